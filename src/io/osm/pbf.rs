//! `.osm.pbf`, by the `osmpbf` crate, block by block.

use std::path::Path;

use osmpbf::{BlobDecode, BlobReader, PrimitiveBlock, RelMemberType};

use super::elements::{Element, Pass};
use super::{OsmError, Tags};

pub fn each(
    path: &Path,
    pass: Pass,
    goes_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Element) -> bool,
) -> Result<(), OsmError> {
    let damaged = |error: osmpbf::Error| OsmError::Damaged(error.to_string());
    let mut blobs = BlobReader::from_path(path).map_err(damaged)?;
    loop {
        if !goes_on() {
            return Err(OsmError::CalledOff);
        }
        // The reader takes a damaged block for granted in places: what it trips over is damage, not the end of the program.
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let Some(blob) = blobs.next() else { return Ok(false) };
            match blob.map_err(damaged)?.decode() {
                Ok(BlobDecode::OsmData(block)) => Ok(elements(&block, pass, take)),
                Ok(_) => Ok(true),
                Err(error) => Err(damaged(error)),
            }
        }));
        match read {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => return Ok(()),
            Ok(Err(error)) => return Err(error),
            Err(_) => return Err(OsmError::Damaged("a block contradicts itself".to_owned())),
        }
    }
}

fn elements(block: &PrimitiveBlock, pass: Pass, take: &mut dyn FnMut(Element) -> bool) -> bool {
    let tags = |tags: &mut dyn Iterator<Item = (&str, &str)>| -> Tags {
        tags.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    };
    for group in block.groups() {
        if pass.nodes() {
            for node in group.dense_nodes() {
                let tags = tags(&mut node.tags());
                if !take(Element::Node { id: node.id(), lon: node.lon(), lat: node.lat(), tags }) {
                    return false;
                }
            }
            for node in group.nodes() {
                let tags = tags(&mut node.tags());
                if !take(Element::Node { id: node.id(), lon: node.lon(), lat: node.lat(), tags }) {
                    return false;
                }
            }
        }
        if pass.ways() {
            for way in group.ways() {
                let tags = tags(&mut way.tags());
                if !take(Element::Way { id: way.id(), tags, refs: way.refs().collect() }) {
                    return false;
                }
            }
        }
        if pass.relations() {
            for relation in group.relations() {
                let members = relation.members().filter(|member| member.member_type == RelMemberType::Way);
                let members = members.map(|member| (member.member_id, member.role().is_ok_and(|role| role == "inner")));
                let element = Element::Relation { tags: tags(&mut relation.tags()), members: members.collect() };
                if !take(element) {
                    return false;
                }
            }
        }
    }
    true
}

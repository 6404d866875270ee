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
    for blob in BlobReader::from_path(path).map_err(damaged)? {
        if !goes_on() {
            return Err(OsmError::CalledOff);
        }
        if let BlobDecode::OsmData(block) = blob.map_err(damaged)?.decode().map_err(damaged)?
            && !elements(&block, pass, take)
        {
            return Ok(());
        }
    }
    Ok(())
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

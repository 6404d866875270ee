//! The elements of a file one after another, whichever way it is written.

use std::io::Read as _;
use std::path::Path;

use super::{OsmError, Tags, pbf, xml};

/// An element of a file.
pub enum Element {
    /// A place.
    Node { id: i64, lon: f64, lat: f64, tags: Tags },
    /// Places in a row.
    Way { id: i64, tags: Tags, refs: Vec<i64> },
    /// Ways that make one thing: each with whether it is the rim of a hole.
    Relation { tags: Tags, members: Vec<(i64, bool)> },
}

/// Which elements are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    NodesAndRelations,
    Ways,
    Nodes,
}

impl Pass {
    pub fn nodes(self) -> bool {
        self != Self::Ways
    }

    pub fn ways(self) -> bool {
        self == Self::Ways
    }

    pub fn relations(self) -> bool {
        self == Self::NodesAndRelations
    }
}

/// Hands on the elements of a pass; `take` says whether to go on.
pub fn each(
    path: &Path,
    pass: Pass,
    goes_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Element) -> bool,
) -> Result<(), OsmError> {
    let mut start = [0; 64];
    let mut file = crate::basemap::open_file(path).map_err(OsmError::Open)?;
    let mut read = 0;
    while read < start.len() {
        match file.read(&mut start[read..]).map_err(OsmError::Open)? {
            0 => break,
            n => read += n,
        }
    }
    let start = &start[..read];
    let is_xml = start.trim_ascii_start().starts_with(b"<");
    if start.starts_with(&[0x1f, 0x8b]) || is_xml {
        xml::each(path, !is_xml, pass, goes_on, take)
    } else if start.windows(9).any(|nine| nine == b"OSMHeader") {
        pbf::each(path, pass, goes_on, take)
    } else {
        Err(OsmError::Unknown)
    }
}

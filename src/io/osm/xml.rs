//! `.osm` and `.osm.gz`: the same as XML, read as it streams by.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::elements::{Element, Pass};
use super::{OsmError, Tags};

/// A file that unpacks to more than this is none.
const LARGEST: u64 = 8 << 30;

/// One element with more parts than this is none.
const MOST_PARTS: usize = 200_000;

/// One tag with more bytes than this is none.
const MOST_BYTES: usize = 4 << 20;

/// A reader that gives so much and no more before it is given leave again: else one tag would fill the memory.
struct Rationed<R> {
    from: R,
    left: usize,
}

impl<R: BufRead> Read for Rationed<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Rationed<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 {
            return Err(std::io::Error::other("an element without end"));
        }
        self.from.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.from.consume(count);
    }
}

/// The element that is open.
#[derive(Default)]
struct Open {
    kind: Kind,
    id: i64,
    at: [f64; 2],
    tags: Tags,
    refs: Vec<i64>,
    members: Vec<(i64, bool)>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    None,
    Node,
    Way,
    Relation,
}

pub fn each(
    path: &Path,
    is_packed: bool,
    pass: Pass,
    goes_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Element) -> bool,
) -> Result<(), OsmError> {
    let file = BufReader::with_capacity(1 << 16, File::open(path).map_err(OsmError::Open)?);
    if is_packed {
        let unpacked = flate2::bufread::MultiGzDecoder::new(file).take(LARGEST);
        events(BufReader::with_capacity(1 << 16, unpacked), pass, goes_on, take)
    } else {
        events(file.take(LARGEST), pass, goes_on, take)
    }
}

fn events(
    from: impl BufRead,
    pass: Pass,
    goes_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Element) -> bool,
) -> Result<(), OsmError> {
    let mut reader = Reader::from_reader(Rationed { from, left: MOST_BYTES });
    let mut buffer = Vec::new();
    let mut open = Open::default();
    let mut is_osm = false;
    let mut depth = 0_u64;
    for count in 0_u64.. {
        if count % 65_536 == 0 && !goes_on() {
            return Err(OsmError::CalledOff);
        }
        buffer.clear();
        reader.get_mut().left = MOST_BYTES;
        let at = |reader: &Reader<_>| reader.buffer_position();
        let event = reader.read_event_into(&mut buffer);
        let event = event.map_err(|error| OsmError::Damaged(format!("{error} (byte {})", at(&reader))))?;
        let (start, is_whole) = match event {
            Event::Start(start) => {
                depth += 1;
                (start, false)
            }
            Event::Empty(start) => (start, true),
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let is_end = matches!(end.name().as_ref(), "node" | "way" | "relation");
                if is_end && !open.give(pass, take) {
                    return Ok(());
                }
                continue;
            }
            // Who reads it does not mind a file that was cut between two elements.
            Event::Eof if depth > 0 => return Err(OsmError::Damaged(format!("byte {}", at(&reader)))),
            Event::Eof => break,
            _ => continue,
        };
        let damaged = || OsmError::Damaged(format!("byte {}", at(&reader)));
        match start.name().as_ref() {
            "osm" => is_osm = true,
            "node" => {
                let place = [number(&start, "lon").unwrap_or(f64::NAN), number(&start, "lat").unwrap_or(f64::NAN)];
                open =
                    Open { kind: Kind::Node, at: place, id: id(&start, "id").ok_or_else(damaged)?, ..Open::default() };
            }
            "way" => open = Open { kind: Kind::Way, id: id(&start, "id").ok_or_else(damaged)?, ..Open::default() },
            "relation" => open = Open { kind: Kind::Relation, ..Open::default() },
            "nd" => open.refs.extend(id(&start, "ref").filter(|_| open.refs.len() < MOST_PARTS)),
            "member" if attribute(&start, "type").as_deref() == Some("way") => {
                let is_hole = attribute(&start, "role").as_deref() == Some("inner");
                open.members
                    .extend(id(&start, "ref").filter(|_| open.members.len() < MOST_PARTS).map(|id| (id, is_hole)));
            }
            "tag" => {
                if let (Some(key), Some(value)) = (attribute(&start, "k"), attribute(&start, "v"))
                    && open.tags.len() < MOST_PARTS
                {
                    open.tags.push((key, value));
                }
            }
            _ => {}
        }
        let is_element = matches!(start.name().as_ref(), "node" | "way" | "relation");
        if is_whole && is_element && !open.give(pass, take) {
            return Ok(());
        }
    }
    if is_osm { Ok(()) } else { Err(OsmError::Unknown) }
}

impl Open {
    /// Hands on the element that ends here; whether to go on.
    fn give(&mut self, pass: Pass, take: &mut dyn FnMut(Element) -> bool) -> bool {
        let Self { kind, id, at: [lon, lat], tags, refs, members } = std::mem::take(self);
        match kind {
            Kind::Node if pass.nodes() => take(Element::Node { id, lon, lat, tags }),
            Kind::Way if pass.ways() => take(Element::Way { id, tags, refs }),
            Kind::Relation if pass.relations() => take(Element::Relation { tags, members }),
            _ => true,
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn id(start: &BytesStart<'_>, name: &str) -> Option<i64> {
    attribute(start, name)?.parse().ok()
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<f64> {
    attribute(start, name)?.parse().ok()
}

//! OpenStreetMap files: `.osm.pbf`, `.osm` and `.osm.gz`, read as things on a map.
//!
//! Part of floor 8. A file is gone through several times rather than held: first the nodes of the area that is wanted and
//! the relations, then the ways, then what nodes those reach beyond the area. Memory follows the area, not the file. What
//! tags mean is told by `basemap`, so that a file and a map packed from it are drawn alike.

mod context;
mod elements;
mod pbf;
mod project;
mod rings;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub use context::{ContextOptions, ContextTaken, context_of};
pub use project::{SurroundingsError, SurroundingsOptions, surroundings};
pub use rings::area as ring_area;

use self::elements::{Element, Pass};
use crate::basemap::{Form, MapClass, Names, class_of_tags, names_of_tags, rank_of_tags};
use crate::i18n::{Lang, system_words, tr, tr_with};

/// Whom everything from OpenStreetMap owes to, in words that are the same in every language.
pub const CREDIT: &str = "© OpenStreetMap contributors";

/// More nodes than this are not held: a rectangle has to be given then.
const MOST_NODES: usize = 24_000_000;

/// Nor more parts of ways and areas than this.
const MOST_PARTS: usize = 32_000_000;

/// One storey where only their number is said, in metres.
const STOREY_M: f64 = 3.0;

/// A thing on a map, in degrees WGS 84.
#[derive(Clone, Debug, PartialEq)]
pub struct MapThing {
    /// What it is.
    pub class: MapClass,
    /// Where it is.
    pub shape: ThingShape,
    /// What it is called.
    pub names: Names,
    /// How early its name shows.
    pub rank: u8,
    /// How high a building is, where that is said, in metres.
    pub height_m: Option<f64>,
}

/// Where a thing is: longitude and latitude in degrees.
#[derive(Clone, Debug, PartialEq)]
pub enum ThingShape {
    /// A place.
    Point([f64; 2]),
    /// A line.
    Line(Vec<[f64; 2]>),
    /// Polygons, each a ring and its holes; the last point does not repeat the first.
    Area(Vec<Vec<Vec<[f64; 2]>>>),
}

/// What was read, and what could not be.
#[derive(Debug, Default)]
pub struct OsmRead {
    /// Things in the order of the file: nodes, ways, relations.
    pub things: Vec<MapThing>,
    /// Areas that do not close, mostly because part of them is not in the file.
    pub open_areas: usize,
    /// Ways and areas of which points are not in the file.
    pub incomplete: usize,
}

/// Why a file cannot be read. The texts begin in lower case.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum OsmError {
    /// The file system refuses.
    Open(std::io::Error),
    /// It is no OpenStreetMap file.
    Unknown,
    /// It is damaged, in the words of who reads it.
    Damaged(String),
    /// There is more in it than can be held.
    TooMuch,
    /// It was called off.
    CalledOff,
}

impl OsmError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Open(error) => tr_with(lang, "archive-error-open", &[("error", system_words(lang, error).into())]),
            Self::Unknown => tr(lang, "osm-error-unknown"),
            Self::Damaged(why) => tr_with(lang, "osm-error-damaged", &[("why", why.as_str().into())]),
            Self::TooMuch => tr(lang, "osm-error-too-much"),
            Self::CalledOff => tr(lang, "pack-called-off"),
        }
    }
}

/// Whether a name is that of an OpenStreetMap file.
#[must_use]
pub fn is_osm(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    [".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.xml"].iter().any(|end| name.ends_with(end))
}

/// Reads what is drawn of a file, of all of it or of what touches a rectangle in degrees (west, south, east, north).
///
/// `goes_on` is asked now and then whether to go on.
///
/// # Errors
/// When it is no such file, is damaged, or holds too much.
pub fn read(path: &Path, cover_deg: Option<[f64; 4]>, goes_on: &dyn Fn() -> bool) -> Result<OsmRead, OsmError> {
    let mut nodes = Nodes::default();
    let mut read = OsmRead::default();
    let mut relations: Vec<Relation> = Vec::new();
    let mut too_much = false;
    let mut members_left = MOST_PARTS;
    let inside = |lon: f64, lat: f64| {
        cover_deg
            .is_none_or(|[west, south, east, north]| (west..=east).contains(&lon) && (south..=north).contains(&lat))
    };
    elements::each(path, Pass::NodesAndRelations, goes_on, &mut |element| match element {
        Element::Node { id, lon, lat, tags } => {
            if !is_on_earth(lon, lat) || !inside(lon, lat) {
                return true;
            }
            nodes.push(id, lon, lat);
            too_much |= nodes.0.len() > MOST_NODES;
            read.things.extend(thing(&tags, Form::Point, || Some(ThingShape::Point([lon, lat]))));
            !too_much
        }
        Element::Relation { tags, members } => {
            let relation = Relation::of(&tags, members);
            members_left = members_left.saturating_sub(relation.as_ref().map_or(0, |relation| relation.members.len()));
            too_much |= members_left == 0;
            relations.extend(relation);
            !too_much
        }
        Element::Way { .. } => true,
    })?;
    if too_much {
        return Err(OsmError::TooMuch);
    }
    nodes.sort();
    let (ways, needed) = ways(path, &nodes, &relations, cover_deg.is_some(), goes_on)?;
    if !needed.is_empty() {
        elements::each(path, Pass::Nodes, goes_on, &mut |element| {
            if let Element::Node { id, lon, lat, .. } = element
                && needed.contains(&id)
                && is_on_earth(lon, lat)
            {
                nodes.push(id, lon, lat);
            }
            true
        })?;
        nodes.sort();
    }
    read.take_ways(&ways, &nodes);
    // Ways are copied into the areas that they go round, and one may go round many.
    let mut points_left = 2 * MOST_PARTS;
    for relation in &relations {
        if !goes_on() {
            return Err(OsmError::CalledOff);
        }
        read.take_relation(relation, &ways, &nodes, &mut points_left)?;
    }
    Ok(read)
}

fn is_on_earth(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

/// A way that is wanted.
struct Way {
    refs: Vec<i64>,
    tags: Tags,
    /// What it is by its own tags.
    class: Option<(MapClass, Form)>,
}

/// Properties of an element.
type Tags = Vec<(String, String)>;

/// A relation that is drawn.
struct Relation {
    tags: Tags,
    /// Ways, and whether each is the rim of a hole.
    members: Vec<(i64, bool)>,
    class: MapClass,
}

impl Relation {
    fn of(tags: &Tags, members: Vec<(i64, bool)>) -> Option<Self> {
        let word = word_of(tags);
        let class = match word("type")? {
            "multipolygon" => class_of_tags(Form::Area, &word)?,
            "boundary" => class_of_tags(Form::Line, &word)
                .filter(|class| matches!(class, MapClass::RegionBorder | MapClass::MunicipalBorder))?,
            _ => return None,
        };
        // A way goes round an area once, however often it is named.
        let mut named = BTreeSet::new();
        let members = members.into_iter().filter(|(way, _)| named.insert(*way)).collect();
        Some(Self { tags: tags.clone(), members, class })
    }
}

/// The ways that are drawn or belong to something that is, and the nodes that they need from outside the area.
fn ways(
    path: &Path,
    nodes: &Nodes,
    relations: &[Relation],
    is_part: bool,
    goes_on: &dyn Fn() -> bool,
) -> Result<(BTreeMap<i64, Way>, BTreeSet<i64>), OsmError> {
    let of_relations: BTreeSet<i64> =
        relations.iter().flat_map(|relation| relation.members.iter().map(|(way, _)| *way)).collect();
    let mut ways = BTreeMap::new();
    let mut needed = BTreeSet::new();
    let mut others: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut refs_left = MOST_PARTS;
    elements::each(path, Pass::Ways, goes_on, &mut |element| {
        let Element::Way { id, tags, refs } = element else { return true };
        let is_member = of_relations.contains(&id);
        let class = class_of_way(&tags, &refs);
        if class.is_none() && !is_member {
            return true;
        }
        refs_left = refs_left.saturating_sub(refs.len());
        if refs_left == 0 {
            return false;
        }
        if is_part && !refs.iter().any(|node| nodes.place(*node).is_some()) {
            // The far side of a park whose near side is in the area is needed all the same.
            if is_member {
                others.insert(id, refs);
            }
            return true;
        }
        if is_part {
            needed.extend(refs.iter().filter(|node| nodes.place(**node).is_none()));
        }
        ways.insert(id, Way { refs, tags, class });
        true
    })?;
    if refs_left == 0 {
        return Err(OsmError::TooMuch);
    }
    for relation in relations.iter().filter(|relation| relation.class.form() == Form::Area) {
        if relation.members.iter().any(|(way, _)| ways.contains_key(way)) {
            for (id, _) in &relation.members {
                if let Some(refs) = others.remove(id) {
                    needed.extend(refs.iter().copied());
                    ways.insert(*id, Way { refs, tags: Vec::new(), class: None });
                }
            }
        }
    }
    Ok((ways, needed))
}

fn class_of_way(tags: &Tags, refs: &[i64]) -> Option<(MapClass, Form)> {
    let word = word_of(tags);
    let is_closed = refs.len() > 3 && refs.first() == refs.last();
    if is_closed && let Some(class) = class_of_tags(Form::Area, &word) {
        return Some((class, Form::Area));
    }
    // A square is no street that runs around it.
    if word("area") == Some("yes") {
        return None;
    }
    class_of_tags(Form::Line, &word).map(|class| (class, Form::Line))
}

fn word_of<'a>(tags: &'a Tags) -> impl Fn(&str) -> Option<&'a str> {
    move |key| tags.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

/// What an element is drawn as, by its tags.
fn thing(tags: &Tags, form: Form, shape: impl FnOnce() -> Option<ThingShape>) -> Option<MapThing> {
    if tags.is_empty() {
        return None;
    }
    let word = word_of(tags);
    class_of_tags(form, &word).and_then(|class| described(class, tags, shape()?))
}

fn described(class: MapClass, tags: &Tags, shape: ThingShape) -> Option<MapThing> {
    let word = word_of(tags);
    let metres = |text: &str| text.trim().trim_end_matches('m').trim().replace(',', ".").parse::<f64>().ok();
    let levels = || word("building:levels").and_then(metres).map(|levels| levels * STOREY_M);
    let height = word("height").and_then(metres).or_else(levels);
    let names = if class == MapClass::Building { Names::default() } else { names_of_tags(&word) };
    Some(MapThing {
        class,
        shape,
        names,
        rank: if class == MapClass::Place { rank_of_tags(&word) } else { 1 },
        height_m: height.filter(|height| class == MapClass::Building && (0.5..1_000.0).contains(height)),
    })
}

impl OsmRead {
    fn take_ways(&mut self, ways: &BTreeMap<i64, Way>, nodes: &Nodes) {
        for way in ways.values() {
            let Some((class, form)) = way.class else { continue };
            let points = nodes.line(&way.refs);
            self.incomplete += usize::from(points.len() < way.refs.len());
            let shape = match form {
                Form::Area => rings::ring(points).map(|ring| ThingShape::Area(vec![vec![ring]])),
                _ => (points.len() > 1).then_some(ThingShape::Line(points)),
            };
            match shape {
                Some(shape) => self.things.extend(described(class, &way.tags, shape)),
                None => self.open_areas += 1,
            }
        }
    }

    fn take_relation(
        &mut self,
        relation: &Relation,
        ways: &BTreeMap<i64, Way>,
        nodes: &Nodes,
        points_left: &mut usize,
    ) -> Result<(), OsmError> {
        let size: usize = relation.members.iter().filter_map(|(id, _)| ways.get(id)).map(|way| way.refs.len()).sum();
        *points_left = points_left.checked_sub(size).ok_or(OsmError::TooMuch)?;
        let known = relation.members.iter().filter_map(|(id, is_hole)| Some((ways.get(id)?, *is_hole)));
        if relation.class.form() == Form::Line {
            // A border that two municipalities share is a member of both; it is drawn by its own way when that says so.
            let unsaid = known.filter(|(way, _)| way.class.is_none());
            let lines = unsaid.map(|(way, _)| nodes.line(&way.refs)).filter(|points| points.len() > 1);
            self.things
                .extend(lines.filter_map(|points| described(relation.class, &Vec::new(), ThingShape::Line(points))));
            return Ok(());
        }
        let mut parts: [Vec<Vec<[f64; 2]>>; 2] = Default::default();
        let mut any = false;
        for (way, is_hole) in known {
            any = true;
            parts[usize::from(is_hole)].push(nodes.line(&way.refs));
        }
        if !any {
            return Ok(());
        }
        let [outer, inner] = parts.map(rings::joined);
        self.open_areas += outer.open + inner.open;
        let polygons = rings::polygons(outer.rings, inner.rings);
        if !polygons.is_empty() {
            self.things.extend(described(relation.class, &relation.tags, ThingShape::Area(polygons)));
        }
        Ok(())
    }
}

/// Places of nodes by number, in units of 1e-7 degrees.
#[derive(Default)]
struct Nodes(Vec<(i64, [i32; 2])>);

impl Nodes {
    fn push(&mut self, id: i64, lon: f64, lat: f64) {
        self.0.push((id, [lon, lat].map(|deg| (deg * 1e7).round() as i32)));
    }

    fn sort(&mut self) {
        self.0.sort_unstable();
        self.0.dedup_by_key(|(id, _)| *id);
    }

    fn place(&self, id: i64) -> Option<[f64; 2]> {
        let at = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.0[at].1.map(|deg| f64::from(deg) / 1e7))
    }

    /// The places of nodes, those left out that are not in the file.
    fn line(&self, refs: &[i64]) -> Vec<[f64; 2]> {
        refs.iter().filter_map(|id| self.place(*id)).collect()
    }
}

//! GeoJSON as things on a map: what its properties say in the words of OpenStreetMap, of the exchange format or of the
//! schemas of tiles, else what its file is called.

use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::basemap::{Form, MapClass, Names, class_of, class_of_tags, names_of_tags, rank_of_tags};
use crate::io::osm::{MapThing, ThingShape};

/// What a file that is longer has beyond this is not read: it is told to be damaged.
const LARGEST: u64 = 4 << 30;

/// What was read.
#[derive(Default)]
pub struct Read {
    pub things: Vec<MapThing>,
    pub unknown: usize,
    pub faulty: usize,
    /// Whom the file says it owes to.
    pub credit: Option<String>,
}

/// Why it cannot be read.
pub enum Fault {
    Open(std::io::Error),
    Syntax(String),
}

/// Reads a file, packed or not, feature by feature: of a large one only what is drawn is held.
pub fn read(path: &Path) -> Result<Read, Fault> {
    use std::io::{BufRead as _, BufReader, Read as _};
    let mut file = BufReader::new(crate::basemap::open_file(path).map_err(Fault::Open)?);
    let is_packed = file.fill_buf().map_err(Fault::Open)?.starts_with(&[0x1f, 0x8b]);
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    let layer = stem.rsplit(['-', '_', ' ']).next().unwrap_or_default().to_owned();
    let mut document = Document { read: Read::default(), layer: &layer };
    let found = if is_packed {
        let unpacked = BufReader::new(flate2::bufread::MultiGzDecoder::new(file).take(LARGEST));
        document.take(&mut serde_json::Deserializer::from_reader(unpacked))
    } else {
        document.take(&mut serde_json::Deserializer::from_reader(file.take(LARGEST)))
    };
    found.map_err(|error| Fault::Syntax(error.to_string()))?;
    Ok(document.read)
}

/// A file while it is read.
struct Document<'a> {
    read: Read,
    layer: &'a str,
}

impl Document<'_> {
    fn take<R: serde_json::de::Read<'static>>(
        &mut self,
        json: &mut serde_json::Deserializer<R>,
    ) -> serde_json::Result<()> {
        json.deserialize_map(&mut *self)?;
        json.end()
    }
}

impl<'de> Visitor<'de> for &mut Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object of GeoJSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut alone = serde_json::Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => map.next_value_seed(Features(self))?,
                "credit" => self.read.credit = map.next_value::<Value>()?.as_str().map(str::to_owned),
                "type" | "geometry" | "properties" | "coordinates" | "geometries" => {
                    alone.insert(key, map.next_value()?);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        match alone.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => {}
            Some("Feature") => self.read.take(&Value::Object(alone), self.layer),
            Some(_) => self.read.take(&serde_json::json!({"geometry": alone}), self.layer),
            None => return Err(A::Error::custom("no type")),
        }
        Ok(())
    }
}

/// The features of a collection.
struct Features<'a, 'b>(&'a mut Document<'b>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(feature) = list.next_element::<Value>()? {
            self.0.read.take(&feature, self.0.layer);
        }
        Ok(())
    }
}

impl Read {
    fn take(&mut self, feature: &Value, layer: &str) {
        let nothing = Value::Null;
        let properties = feature.get("properties").unwrap_or(&nothing);
        let geometry = feature.get("geometry").unwrap_or(&nothing);
        let shapes = shapes(geometry, 0);
        if shapes.is_empty() {
            self.faulty += 1;
            return;
        }
        // Numbers are words too: some files count their classes.
        let number = |key: &str| properties.get(key).and_then(Value::as_f64);
        let counted = number("k").map(|n| n.to_string());
        let level = number("admin_level").map(|n| n.to_string());
        let word = |key: &str| match (key, properties.get(key).and_then(Value::as_str)) {
            (_, Some(word)) => Some(word),
            ("k", None) => counted.as_deref(),
            ("admin_level", None) => level.as_deref(),
            _ => None,
        };
        for shape in shapes {
            let form = match shape {
                ThingShape::Point(_) => Form::Point,
                ThingShape::Line(_) => Form::Line,
                ThingShape::Area(_) => Form::Area,
            };
            let class = exchange(word("maakblok"), word("kind"), form)
                .or_else(|| schematic(word("layer"), form))
                .or_else(|| class_of_tags(form, &word))
                .or_else(|| class_of(layer, form, &word));
            let Some(class) = class else {
                self.unknown += 1;
                continue;
            };
            let mut names = if class == MapClass::Building { Names::default() } else { names_of_tags(&word) };
            for (name, key) in [(&mut names.nl, "name_nl"), (&mut names.fr, "name_fr"), (&mut names.en, "name_en")] {
                if let Some(word) = word(key).filter(|word| !word.is_empty()) {
                    word.clone_into(name);
                }
            }
            let height = number("height_m").or(number("height")).filter(|height| (0.5..1_000.0).contains(height));
            let rank = number("rank").map_or_else(|| rank_of_tags(&word), |rank| rank.clamp(1.0, 4.0) as u8);
            let rank = if class == MapClass::Place { rank } else { 1 };
            self.things.push(MapThing { class, shape, names, rank, height_m: height });
        }
    }
}

/// What the exchange format says.
fn exchange(what: Option<&str>, kind: Option<&str>, form: Form) -> Option<MapClass> {
    let class = match (what?, kind.unwrap_or("building")) {
        ("context", "building") => MapClass::Building,
        ("context", "water") if form == Form::Line => MapClass::Waterway,
        ("context" | "surface", "water") => MapClass::Water,
        ("context", "rail") => MapClass::Rail,
        ("context", "road") => MapClass::Street,
        ("context" | "surface", "green") => MapClass::Green,
        _ => return None,
    };
    (class.form() == form).then_some(class)
}

/// What the layers of the built-in schematic are.
fn schematic(layer: Option<&str>, form: Form) -> Option<MapClass> {
    let class = match layer? {
        "canal" | "river" => MapClass::Waterway,
        "dock" => MapClass::Water,
        "rail" => MapClass::Rail,
        "region_border" => MapClass::RegionBorder,
        "municipal_border" => MapClass::MunicipalBorder,
        "station" => MapClass::Station,
        "place" => MapClass::Place,
        "green" => MapClass::Green,
        _ => return None,
    };
    (class.form() == form).then_some(class)
}

fn point(value: &Value) -> Option<[f64; 2]> {
    let (lon, lat) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
    ((-180.0..=180.0).contains(&lon) && (-85.0..=85.0).contains(&lat)).then_some([lon, lat])
}

fn points(value: &Value) -> Option<Vec<[f64; 2]>> {
    value.as_array()?.iter().map(point).collect()
}

fn polygon(value: &Value) -> Option<Vec<Vec<[f64; 2]>>> {
    let ring = |value: &Value| {
        let mut ring = points(value)?;
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        (ring.len() > 2).then_some(ring)
    };
    let mut rings = value.as_array()?.iter().filter_map(ring);
    let mut polygon = vec![rings.next()?];
    polygon.extend(rings);
    Some(polygon)
}

fn shapes(geometry: &Value, depth: usize) -> Vec<ThingShape> {
    /// Collections in collections are not followed farther.
    const DEEPEST: usize = 4;
    let nothing = Value::Null;
    let at = geometry.get("coordinates").unwrap_or(&nothing);
    let each = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match geometry.get("type").and_then(Value::as_str).unwrap_or_default() {
        "Point" => point(at).map(ThingShape::Point).into_iter().collect(),
        "MultiPoint" => each(at).iter().filter_map(point).map(ThingShape::Point).collect(),
        "LineString" => points(at).filter(|line| line.len() > 1).map(ThingShape::Line).into_iter().collect(),
        "MultiLineString" => {
            each(at).iter().filter_map(points).filter(|line| line.len() > 1).map(ThingShape::Line).collect()
        }
        "Polygon" => polygon(at).map(|rings| ThingShape::Area(vec![rings])).into_iter().collect(),
        "MultiPolygon" => {
            let polygons: Vec<_> = each(at).iter().filter_map(polygon).collect();
            if polygons.is_empty() { Vec::new() } else { vec![ThingShape::Area(polygons)] }
        }
        "GeometryCollection" if depth < DEEPEST => {
            let parts = each(geometry.get("geometries").unwrap_or(&nothing));
            parts.iter().flat_map(|part| shapes(part, depth + 1)).collect()
        }
        _ => Vec::new(),
    }
}

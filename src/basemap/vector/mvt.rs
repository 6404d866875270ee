//! Mapbox Vector Tiles, version 2: protocol buffers with layers of features, read and written.
//!
//! After the specification at <https://github.com/mapbox/vector-tile-spec/tree/master/2.1>. The wire format is `prost`'s
//! work. Geometry is read here: a feature that contradicts itself is left out alone and counted, and no number in it asks
//! for more memory than its bytes are long.

use std::collections::BTreeMap;

use prost::Message as _;

/// A tile as it stands in its bytes.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Tile {
    #[prost(message, repeated, tag = "3")]
    /// Its layers.
    pub layers: Vec<Layer>,
}

/// Features of one kind, which share keys and values.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Layer {
    #[prost(uint32, required, tag = "15")]
    pub version: u32,
    #[prost(string, required, tag = "1")]
    pub name: String,
    #[prost(message, repeated, tag = "2")]
    pub features: Vec<Feature>,
    #[prost(string, repeated, tag = "3")]
    pub keys: Vec<String>,
    #[prost(message, repeated, tag = "4")]
    pub values: Vec<Value>,
    #[prost(uint32, optional, tag = "5")]
    pub extent: Option<u32>,
}

/// A shape with properties: pairs of places in the layer's keys and values.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Feature {
    #[prost(uint64, optional, tag = "1")]
    pub id: Option<u64>,
    #[prost(uint32, repeated, packed = "true", tag = "2")]
    pub tags: Vec<u32>,
    #[prost(uint32, optional, tag = "3")]
    pub kind: Option<u32>,
    #[prost(uint32, repeated, packed = "true", tag = "4")]
    pub geometry: Vec<u32>,
}

/// A value; one of these is there.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Value {
    #[prost(string, optional, tag = "1")]
    pub string: Option<String>,
    #[prost(float, optional, tag = "2")]
    pub float: Option<f32>,
    #[prost(double, optional, tag = "3")]
    pub double: Option<f64>,
    #[prost(int64, optional, tag = "4")]
    pub int: Option<i64>,
    #[prost(uint64, optional, tag = "5")]
    pub uint: Option<u64>,
    #[prost(sint64, optional, tag = "6")]
    pub sint: Option<i64>,
    #[prost(bool, optional, tag = "7")]
    pub bool: Option<bool>,
}

/// Where a feature is, in parts of its tile: from 0 at the north-west to 1 at the south-east, and a little beyond.
#[derive(Clone, Debug, PartialEq)]
pub enum MapShape {
    /// Places.
    Points(Vec<[f32; 2]>),
    /// Lines of two points or more.
    Lines(Vec<Vec<[f32; 2]>>),
    /// Rings of three points or more, the last not repeating the first; what lies in an even number of them is outside.
    Area(Vec<Vec<[f32; 2]>>),
}

impl MapShape {
    /// The rectangle around it, in parts of its tile: left, top, right, bottom. Nothing is in that of no points.
    #[must_use]
    pub fn bounds(&self) -> [f32; 4] {
        let nothing = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        let with = |[w, n, e, s]: [f32; 4], [x, y]: [f32; 2]| [w.min(x), n.min(y), e.max(x), s.max(y)];
        match self {
            Self::Points(points) => points.iter().copied().fold(nothing, with),
            Self::Lines(parts) | Self::Area(parts) => parts.iter().flatten().copied().fold(nothing, with),
        }
    }
}

/// Farther from its tile than this, in its own size, nothing is a map.
const FAR: f32 = 8.0;

impl Tile {
    /// Reads a tile; `None` when the bytes are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        // An empty value takes two bytes in a file and a hundred in memory.
        (parts_of(bytes, true, &mut 0)? <= MOST_PARTS).then(|| Self::decode(bytes).ok())?
    }
}

/// A tile of more features, keys and values than this is none.
const MOST_PARTS: usize = 600_000;

/// How many parts a message has, counted without reading them; of a tile those of its layers. `None` when it is damaged.
fn parts_of(mut bytes: &[u8], is_tile: bool, sum: &mut usize) -> Option<usize> {
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let length = match key & 7 {
            0 => {
                varint(&mut bytes)?;
                continue;
            }
            1 => 8,
            2 => usize::try_from(varint(&mut bytes)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (part, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        *sum += 1;
        if *sum > MOST_PARTS {
            break;
        }
        if is_tile && key >> 3 == 3 {
            parts_of(part, false, sum)?;
        }
    }
    Some(*sum)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    prost::encoding::decode_varint(bytes).ok()
}

impl Layer {
    /// The value of a feature's property.
    pub fn value(&self, feature: &Feature, key: &str) -> Option<&Value> {
        let pairs = feature.tags.chunks_exact(2);
        let mut found = pairs.filter(|pair| self.keys.get(pair[0] as usize).is_some_and(|name| name == key));
        found.next().and_then(|pair| self.values.get(pair[1] as usize))
    }

    /// Where a feature is; `None` when its geometry contradicts itself or is empty.
    pub fn shape(&self, feature: &Feature) -> Option<MapShape> {
        let extent = self.extent.unwrap_or(4096).max(1);
        let parts = parts(&feature.geometry, extent as f32)?;
        let shape = match feature.kind? {
            1 => MapShape::Points(parts.into_iter().flatten().collect()),
            2 => MapShape::Lines(parts.into_iter().filter(|line| line.len() > 1).collect()),
            3 => MapShape::Area(parts.into_iter().filter(|ring| ring.len() > 2).collect()),
            _ => return None,
        };
        let is_empty = match &shape {
            MapShape::Points(points) => points.is_empty(),
            MapShape::Lines(parts) | MapShape::Area(parts) => parts.is_empty(),
        };
        (!is_empty).then_some(shape)
    }
}

impl Value {
    /// As text, if it is some.
    pub fn text(&self) -> Option<&str> {
        self.string.as_deref()
    }

    /// As a number, if it is one or reads as one.
    pub fn number(&self) -> Option<f64> {
        let whole = || self.int.or(self.sint).map(|n| n as f64).or(self.uint.map(|n| n as f64));
        let written = || self.string.as_deref().and_then(|text| text.trim().parse().ok());
        self.double.or(self.float.map(f64::from)).or_else(whole).or_else(written).filter(|n: &f64| n.is_finite())
    }

    /// Whether it says yes.
    pub fn is_true(&self) -> bool {
        self.bool == Some(true)
            || self.number().is_some_and(|n| n != 0.0)
            || matches!(self.text(), Some("true" | "yes"))
    }
}

/// The parts of a geometry: each begins where the pen is moved to. Rings are closed by a command, not by a point.
fn parts(geometry: &[u32], extent: f32) -> Option<Vec<Vec<[f32; 2]>>> {
    let mut parts: Vec<Vec<[f32; 2]>> = Vec::new();
    let mut numbers = geometry.iter().copied();
    let (mut x, mut y) = (0_i32, 0_i32);
    while let Some(command) = numbers.next() {
        let (what, count) = (command & 7, command >> 3);
        match what {
            1 | 2 => {
                for _ in 0..count {
                    let zigzag = |n: u32| (n >> 1) as i32 ^ -((n & 1) as i32);
                    x = x.checked_add(zigzag(numbers.next()?))?;
                    y = y.checked_add(zigzag(numbers.next()?))?;
                    let at = [x as f32 / extent, y as f32 / extent];
                    if at.iter().any(|part| part.abs() > FAR) {
                        return None;
                    }
                    if what == 1 {
                        parts.push(vec![at]);
                    } else {
                        parts.last_mut()?.push(at);
                    }
                }
            }
            7 => {}
            _ => return None,
        }
    }
    Some(parts)
}

/// Collects a layer to be written: keys and values are stored once.
pub struct LayerWriter {
    layer: Layer,
    keys: BTreeMap<String, u32>,
    values: BTreeMap<Key, u32>,
}

/// A property to be written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number of tenths.
    Tenths(i64),
}

/// A geometry to be written, in whole parts of the tile's extent.
pub enum Drawn<'a> {
    /// A place.
    Point([i32; 2]),
    /// Lines.
    Lines(&'a [Vec<[i32; 2]>]),
    /// Rings; the outer ones run clockwise as seen on the map, holes the other way.
    Area(&'a [Vec<[i32; 2]>]),
}

impl LayerWriter {
    /// A layer of a name without features; its sides have `extent` parts.
    #[must_use]
    pub fn new(name: &str, extent: u32) -> Self {
        let layer = Layer { version: 2, name: name.to_owned(), extent: Some(extent), ..Layer::default() };
        Self { layer, keys: BTreeMap::new(), values: BTreeMap::new() }
    }

    /// Adds a feature. Its parts must not be empty.
    pub fn put<'p>(&mut self, drawn: &Drawn<'_>, properties: impl IntoIterator<Item = (&'p str, Key)>) {
        let mut tags = Vec::new();
        for (key, value) in properties {
            let next = self.keys.len() as u32;
            let layer = &mut self.layer;
            tags.push(*self.keys.entry(key.to_owned()).or_insert_with(|| {
                layer.keys.push(key.to_owned());
                next
            }));
            let next = self.values.len() as u32;
            tags.push(*self.values.entry(value.clone()).or_insert_with(|| {
                layer.values.push(match value {
                    Key::Text(text) => Value { string: Some(text), ..Value::default() },
                    Key::Whole(number) => Value { sint: Some(number), ..Value::default() },
                    Key::Tenths(tenths) => Value { double: Some(tenths as f64 / 10.0), ..Value::default() },
                });
                next
            }));
        }
        let mut pen = Pen::default();
        let kind = match drawn {
            Drawn::Point(at) => {
                pen.go(1, &[*at]);
                1
            }
            Drawn::Lines(lines) => {
                lines.iter().for_each(|line| pen.line(line));
                2
            }
            Drawn::Area(rings) => {
                for ring in *rings {
                    pen.line(ring);
                    pen.commands.push(7 | 1 << 3);
                }
                3
            }
        };
        self.layer.features.push(Feature { id: None, tags, kind: Some(kind), geometry: pen.commands });
    }

    /// The layer; `None` when nothing was put into it.
    pub fn finish(self) -> Option<Layer> {
        Some(self.layer).filter(|layer| !layer.features.is_empty())
    }
}

/// Writes geometry: each point as the way from the one before.
#[derive(Default)]
struct Pen {
    commands: Vec<u32>,
    at: [i32; 2],
}

impl Pen {
    fn go(&mut self, what: u32, points: &[[i32; 2]]) {
        self.commands.push(what | (points.len() as u32) << 3);
        for point in points {
            for (to, from) in point.iter().zip(self.at) {
                let by = to.wrapping_sub(from);
                self.commands.push(((by << 1) ^ (by >> 31)) as u32);
            }
            self.at = *point;
        }
    }

    fn line(&mut self, points: &[[i32; 2]]) {
        let Some((first, rest)) = points.split_first() else { return };
        self.go(1, &[*first]);
        if !rest.is_empty() {
            self.go(2, rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(geometry: Vec<u32>, kind: u32) -> (Layer, Feature) {
        let feature = Feature { geometry, kind: Some(kind), ..Feature::default() };
        (Layer { version: 2, name: "a".into(), extent: Some(100), ..Layer::default() }, feature)
    }

    /// The polygon of the specification, 4.3.5.5: (3,6), (8,12), (20,34).
    #[test]
    fn the_polygon_of_the_specification_is_read() {
        let (layer, feature) = layer(vec![9, 6, 12, 18, 10, 12, 24, 44, 15], 3);
        let ring = vec![[0.03, 0.06], [0.08, 0.12], [0.2, 0.34]];
        assert_eq!(layer.shape(&feature), Some(MapShape::Area(vec![ring])));
    }

    #[test]
    fn geometry_that_contradicts_itself_is_left_out() {
        for geometry in [
            vec![],
            vec![9],                                       // a move to nowhere
            vec![!7 | 1],                                  // half a billion points in no bytes
            vec![18, 0, 0],                                // a line from nowhere
            vec![9, 6, 12, 4],                             // a command that is none
            vec![9, u32::MAX - 1, 0],                      // far beyond the tile
            vec![9, u32::MAX - 1, 0, 10, u32::MAX - 1, 0], // past what can be counted
        ] {
            let (layer, feature) = layer(geometry.clone(), 2);
            assert_eq!(layer.shape(&feature), None, "{geometry:?}");
        }
    }

    #[test]
    fn a_tile_of_a_million_empty_values_is_none() {
        let mut layer = b"\x78\x02\x0a\x01a".to_vec();
        layer.extend([0x22, 0x00].repeat(1_000_000));
        let mut tile = vec![0x1a];
        prost::encoding::encode_varint(layer.len() as u64, &mut tile);
        tile.extend(layer);
        assert!(Tile::read(&tile).is_none());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut writer = LayerWriter::new("road", 4096);
        let lines = vec![vec![[0, 0], [4096, 4096], [-64, 12]], vec![[5, 5], [6, 7]]];
        writer.put(&Drawn::Lines(&lines), [("name", Key::Text("Havenlaan".into())), ("lanes", Key::Whole(-2))]);
        writer.put(&Drawn::Point([2048, 1024]), [("name", Key::Text("Havenlaan".into()))]);
        let bytes = Tile { layers: vec![writer.finish().unwrap()] }.encode_to_vec();
        let tile = Tile::read(&bytes).unwrap();
        let layer = &tile.layers[0];
        assert_eq!((layer.keys.len(), layer.values.len()), (2, 2), "each value stands once");
        let first = &layer.features[0];
        assert_eq!(layer.value(first, "lanes").and_then(Value::number), Some(-2.0));
        let part = |n: i32| n as f32 / 4096.0;
        let wanted = lines.iter().map(|line| line.iter().map(|p| p.map(part)).collect()).collect();
        assert_eq!(layer.shape(first), Some(MapShape::Lines(wanted)));
        assert_eq!(layer.shape(&layer.features[1]), Some(MapShape::Points(vec![[0.5, 0.25]])));
        assert!(Tile::read(&bytes[..bytes.len() - 3]).is_none());
    }
}

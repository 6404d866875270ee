//! A vector tile understood: what is drawn of it, with class, shape and names.

use super::class::{Form, MapClass, class_of, rank_of};
use super::mvt::{Feature, Layer, MapShape, Tile, Value};
use crate::basemap::named::Names;

/// What is drawn of a tile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VectorTile {
    /// In the order in which it is drawn.
    pub features: Vec<MapFeature>,
    /// How many features contradict themselves and are left out.
    pub damaged: usize,
}

/// A thing on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapFeature {
    /// What it is.
    pub class: MapClass,
    /// Where it is, in parts of its tile.
    pub shape: MapShape,
    /// The rectangle around that: left, top, right, bottom.
    pub bounds: [f32; 4],
    /// What it is called, where it is called anything.
    pub names: Option<Box<Names>>,
    /// How early its name shows: 1 first.
    pub rank: u8,
    /// How high a building is said to be.
    pub height_m: Option<f32>,
}

/// More features than this in one tile are no map.
const MOST: usize = 200_000;

impl VectorTile {
    /// Understands the bytes of a tile, unpacked; `None` when they are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let tile = Tile::read(bytes)?;
        let mut read = Self::default();
        for layer in &tile.layers {
            if !matches!(layer.version, 1 | 2) {
                return None;
            }
            for feature in &layer.features {
                if read.features.len() >= MOST {
                    break;
                }
                read.take(layer, feature);
            }
        }
        read.features.sort_by_key(|feature| feature.class);
        Some(read)
    }

    fn take(&mut self, layer: &Layer, feature: &Feature) {
        let form = match feature.kind {
            Some(1) => Form::Point,
            Some(2) => Form::Line,
            Some(3) => Form::Area,
            _ => {
                self.damaged += 1;
                return;
            }
        };
        // Some schemas count their classes.
        let counted = layer.value(feature, "k").and_then(Value::number).map(|n| n.to_string());
        let word = |key: &str| match layer.value(feature, key) {
            Some(value) if key == "k" => value.text().or(counted.as_deref()),
            Some(value) if value.is_true() && value.text().is_none() => Some("yes"),
            Some(value) => value.text().or_else(|| value.number().filter(|n| *n < 0.0).map(|_| "-1")),
            None => None,
        };
        let level = layer.value(feature, "admin_level").and_then(Value::number).map(|n| n.to_string());
        let word = |key: &str| if key == "admin_level" { level.as_deref() } else { word(key) };
        let Some(class) = class_of(&layer.name, form, &word) else { return };
        let Some(shape) = layer.shape(feature) else {
            self.damaged += 1;
            return;
        };
        let height = ["height", "render_height", "height_m"].iter().find_map(|key| layer.value(feature, key)?.number());
        self.features.push(MapFeature {
            class,
            bounds: shape.bounds(),
            shape,
            names: if class == MapClass::Building { None } else { names(&word) },
            rank: if class == MapClass::Place { rank_of(&word) } else { 1 },
            height_m: height.filter(|height| (0.5..1_000.0).contains(height)).map(|height| height as f32),
        });
    }

    /// About how many bytes it takes in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        let points = |shape: &MapShape| match shape {
            MapShape::Points(points) => points.len(),
            MapShape::Lines(parts) | MapShape::Area(parts) => parts.iter().map(|part| part.len() + 3).sum(),
        };
        self.features.iter().map(|of| size_of::<MapFeature>() + 8 * points(&of.shape) + 64).sum()
    }
}

/// The names among properties.
pub fn names<'a>(word: &impl Fn(&str) -> Option<&'a str>) -> Option<Box<Names>> {
    let of = |keys: &[&str]| keys.iter().find_map(|key| word(key)).map(cleaned).unwrap_or_default();
    let common = of(&["name", "n", "name:latin"]);
    // A sign in Brussels has both names, French and Dutch, with a dash between them.
    let mut both = common.splitn(2, " - ").map(str::to_owned);
    let (first, second) = (both.next().unwrap_or_default(), both.next());
    let known = |name: String, of_sign: &str| if name.is_empty() { of_sign.to_owned() } else { name };
    let names = Names {
        en: of(&["name:en", "name_en"]),
        fr: known(of(&["name:fr"]), &first),
        nl: known(of(&["name:nl"]), second.as_deref().unwrap_or(&first)),
    };
    (!names.nl.is_empty() || !names.fr.is_empty() || !names.en.is_empty()).then(|| Box::new(names))
}

/// A name as it may stand on a map: one line of reasonable length.
fn cleaned(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::super::mvt::{Drawn, Key, LayerWriter};
    use super::*;
    use prost::Message as _;

    #[test]
    fn a_tile_is_understood_in_the_order_in_which_it_is_drawn() {
        let square = vec![vec![[0, 0], [100, 0], [100, 100], [0, 100]]];
        let mut buildings = LayerWriter::new("buildings", 4096);
        buildings.put(&Drawn::Area(&square), [("height", Key::Whole(12)), ("name", Key::Text("Citroën".into()))]);
        let mut roads = LayerWriter::new("roads", 4096);
        let line = vec![vec![[0, 0], [9, 9]]];
        roads.put(
            &Drawn::Lines(&line),
            [("kind", Key::Text("minor_road".into())), ("name", Key::Text("Rue du Port - Havenstraat".into()))],
        );
        roads.put(&Drawn::Lines(&line), [("kind", Key::Text("ferry".into()))]);
        let layers = vec![buildings.finish().unwrap(), roads.finish().unwrap()];
        let read = VectorTile::read(&Tile { layers }.encode_to_vec()).unwrap();
        assert_eq!(read.features.iter().map(|f| f.class).collect::<Vec<_>>(), [MapClass::Street, MapClass::Building]);
        let names = read.features[0].names.as_ref().unwrap();
        assert_eq!((names.fr.as_str(), names.nl.as_str()), ("Rue du Port", "Havenstraat"));
        assert_eq!(read.features[1].height_m, Some(12.0));
        assert!(read.size() > 100 && read.damaged == 0);
    }
}

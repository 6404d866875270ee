//! The features of the schematic, in degrees, as they stand in its file.

use std::sync::LazyLock;

use serde::Deserialize;

use super::placed::Placed;
use crate::basemap::named::Names;
use crate::crs::Frame;

/// The schematic of the canal zone.
#[derive(Debug, Default)]
pub struct Schematic {
    pub(in crate::basemap) features: Vec<Feature>,
    /// The ring around the part of the Brussels-Capital Region that the schematic covers.
    brussels_deg: Vec<[f64; 2]>,
}

/// A feature of the file.
#[derive(Debug, Deserialize)]
pub(in crate::basemap) struct Feature {
    pub properties: Properties,
    pub geometry: Geometry,
}

/// What a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::basemap) enum Layer {
    Canal,
    Dock,
    Lock,
    Bridge,
    River,
    Rail,
    RegionBorder,
    MunicipalBorder,
    Station,
    Green,
    Place,
    Region,
}

/// What the file says about a feature.
#[derive(Debug, Deserialize)]
pub(in crate::basemap) struct Properties {
    pub layer: Layer,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub name_nl: String,
    #[serde(default)]
    pub name_fr: String,
    #[serde(default)]
    pub name_en: String,
    /// Width of water or of a bridge's road.
    #[serde(default)]
    pub width_m: f64,
    #[serde(default)]
    pub area_ha: f64,
    /// Length over width of a green.
    #[serde(default)]
    pub aspect: f64,
    /// Direction of the longer axis of a green.
    #[serde(default)]
    pub bearing_deg: f64,
    /// 1 is shown first when zooming in, 3 last.
    #[serde(default)]
    pub rank: u8,
    /// The number of a railway line.
    #[serde(default)]
    pub code: String,
    /// Where the name of an area stands.
    #[serde(default)]
    pub label: Option<[f64; 2]>,
}

/// Where a feature is, in degrees.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", content = "coordinates")]
pub(in crate::basemap) enum Geometry {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    Polygon(Vec<Vec<[f64; 2]>>),
}

#[derive(Deserialize)]
struct Collection {
    bbox: [f64; 4],
    features: Vec<Feature>,
}

/// The schematic, read once.
pub fn schematic() -> &'static Schematic {
    static SCHEMATIC: LazyLock<Schematic> = LazyLock::new(|| {
        // A file that does not parse gives an empty map; a test refuses it.
        Schematic::parse(include_str!("../../../assets/basemap/canal-zone.geojson")).unwrap_or_default()
    });
    &SCHEMATIC
}

impl Schematic {
    fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let Collection { bbox: [west, south, east, _], features } = serde_json::from_str(text)?;
        let border = features.iter().find(|feature| feature.properties.layer == Layer::RegionBorder);
        let mut brussels_deg = match border.map(|feature| &feature.geometry) {
            Some(Geometry::LineString(points)) => points.clone(),
            _ => Vec::new(),
        };
        // The border runs clockwise from the west edge to the east edge; the region goes on to the south of the cover.
        brussels_deg.extend([[east, south], [west, south]]);
        Ok(Self { features, brussels_deg })
    }

    /// Lays it into the local metres of a frame. Keep the result while the frame stays.
    #[must_use]
    pub fn place(&self, frame: &Frame) -> Placed {
        Placed::new(self, frame)
    }

    pub(in crate::basemap) fn is_in_brussels(&self, [x, y]: [f64; 2]) -> bool {
        let ring = &self.brussels_deg;
        let mut inside = false;
        for (i, &[ax, ay]) in ring.iter().enumerate() {
            let [bx, by] = ring[(i + 1) % ring.len()];
            if (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax) {
                inside = !inside;
            }
        }
        inside
    }
}

impl Properties {
    /// The names as far as they are known.
    pub fn names(&self) -> Names {
        let or_common = |name: &str| if name.is_empty() { self.name.clone() } else { name.to_owned() };
        Names { en: self.name_en.clone(), nl: or_common(&self.name_nl), fr: or_common(&self.name_fr) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::{COVER_DEG, region_at};
    use crate::model::Region;

    #[test]
    fn the_file_holds_what_the_reference_names() {
        let count = |layer| schematic().features.iter().filter(|f| f.properties.layer == layer).count();
        assert_eq!(count(Layer::Rail), 8);
        assert_eq!(count(Layer::Station), 13);
        assert_eq!(count(Layer::Lock), 2);
        assert_eq!(count(Layer::Dock), 4);
        assert_eq!(count(Layer::Bridge), 9);
        assert_eq!(count(Layer::Green), 9);
        assert_eq!(count(Layer::River), 2);
        assert_eq!(count(Layer::RegionBorder), 1);
    }

    #[test]
    fn what_is_drawn_as_a_stretch_of_canal_joins_the_next() {
        let stretches: Vec<_> = schematic()
            .features
            .iter()
            .filter(|f| f.properties.layer == Layer::Canal)
            .map(|f| match &f.geometry {
                Geometry::LineString(points) => points.clone(),
                other => panic!("a canal is a line, not {other:?}"),
            })
            .collect();
        for pair in stretches.windows(2) {
            assert_eq!(pair[0].last(), pair[1].first());
        }
        assert_eq!(stretches[0][0], [4.2931, 50.7901]);
    }

    #[test]
    fn known_places_lie_on_their_side_of_the_border() {
        for (name, lon, lat, region) in [
            ("NovaCity", 4.2875, 50.8170, Region::Brussels),
            ("Tour & Taxis", 4.3470, 50.8655, Region::Brussels),
            ("Vergote", 4.3557, 50.8686, Region::Brussels),
            ("Schaerbeek-Formation", 4.4030, 50.8915, Region::Brussels),
            ("Vilvoorde station", 4.4328, 50.9246, Region::Flanders),
            ("Machelen, Broeklin", 4.4320, 50.9095, Region::Flanders),
            ("Zaventem station", 4.4699, 50.8857, Region::Flanders),
            ("Paris", 2.3522, 48.8566, Region::None),
            ("Ghent", 3.7250, 51.0540, Region::None),
        ] {
            assert_eq!(region_at(lon, lat), region, "{name}");
        }
        assert_eq!(region_at(f64::NAN, 50.85), Region::None);
    }

    #[test]
    fn the_cover_stated_in_code_is_the_file_s() {
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../../../assets/basemap/canal-zone.geojson")).unwrap();
        assert_eq!(file["bbox"], serde_json::json!(COVER_DEG));
        assert_eq!(file["credit"], crate::basemap::CREDIT);
    }
}

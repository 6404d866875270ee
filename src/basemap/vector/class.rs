//! What things on a vector map are: the layers and words of Protomaps, OpenMapTiles and Shortbread, and OpenStreetMap's own
//! tags, brought to some fifteen classes.
//!
//! Sources: <https://docs.protomaps.com/basemaps/layers>, <https://openmaptiles.org/schema/>,
//! <https://shortbread-tiles.org/schema/1.0/>, <https://wiki.openstreetmap.org/wiki/Map_features>. What is in none of the
//! classes is not drawn: the map is to be quiet.

/// What a thing on the map is. In the order in which it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MapClass {
    /// Land where people work: industry, docks, railway yards, building sites.
    Works,
    /// Parks, woods, grass, fields.
    Green,
    /// Water as wide as it is.
    Water,
    /// Water as a line.
    Waterway,
    /// Paths for feet and bicycles.
    Path,
    /// Streets, lanes, service ways.
    Street,
    /// Roads between quarters.
    MainRoad,
    /// Motorways.
    Motorway,
    /// Tramways on the surface.
    Tram,
    /// Railways on the surface.
    Rail,
    /// Buildings.
    Building,
    /// Borders of municipalities.
    MunicipalBorder,
    /// Borders of regions and countries.
    RegionBorder,
    /// A line that only carries the name of a street or of water.
    NameOnly,
    /// A railway station or a stop of the metro.
    Station,
    /// A municipality, a quarter.
    Place,
}

impl MapClass {
    /// All classes, in the order in which they are drawn.
    pub const ALL: [Self; 16] = [
        Self::Works,
        Self::Green,
        Self::Water,
        Self::Waterway,
        Self::Path,
        Self::Street,
        Self::MainRoad,
        Self::Motorway,
        Self::Tram,
        Self::Rail,
        Self::Building,
        Self::MunicipalBorder,
        Self::RegionBorder,
        Self::NameOnly,
        Self::Station,
        Self::Place,
    ];

    /// Its name as a layer of the maps that this program packs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Green => "green",
            Self::Water => "water",
            Self::Waterway => "waterway",
            Self::Path => "path",
            Self::Street => "street",
            Self::MainRoad => "main_road",
            Self::Motorway => "motorway",
            Self::Tram => "tram",
            Self::Rail => "rail",
            Self::Building => "building",
            Self::MunicipalBorder => "municipal_border",
            Self::RegionBorder => "region_border",
            Self::NameOnly => "name_only",
            Self::Station => "station",
            Self::Place => "place",
        }
    }

    /// Which shape things of the class have.
    #[must_use]
    pub fn form(self) -> Form {
        match self {
            Self::Works | Self::Green | Self::Water | Self::Building => Form::Area,
            Self::Station | Self::Place => Form::Point,
            _ => Form::Line,
        }
    }
}

/// Which of three shapes something has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A place.
    Point,
    /// A line.
    Line,
    /// An area.
    Area,
}

/// What a feature of a layer is; `None` for what is not drawn. `word` gives its property of a name.
pub fn class_of<'a>(layer: &str, form: Form, word: &impl Fn(&str) -> Option<&'a str>) -> Option<MapClass> {
    if let Some(own) = MapClass::ALL.into_iter().find(|class| class.key() == layer && class.form() == form)
        && word("kind").is_none()
        && word("class").is_none()
        && ["natural", "waterway", "k", "pmap:kind"].iter().all(|key| word(key).is_none())
    {
        return Some(own);
    }
    if is_below_ground(word) {
        return None;
    }
    let kind = ["kind", "pmap:kind", "class", "k"].into_iter().find_map(word);
    let class = match layer {
        "building" | "buildings" => Some(MapClass::Building),
        "ocean" | "water_polygons" => Some(MapClass::Water),
        "water" => match form {
            Form::Area if word("natural") != Some("wetland") && word("landuse").is_none_or(|of| of == "basin") => {
                Some(MapClass::Water)
            }
            Form::Line => waterway(kind.or(word("waterway"))?),
            _ => None,
        },
        "waterway" | "water_lines" | "physical_line" => waterway(word("waterway").or(kind)?),
        "road" | "roads" | "transportation" | "streets" | "transit" => {
            let detail = ["kind_detail", "pmap:kind_detail", "subclass"].into_iter().find_map(word);
            let tagged = word("highway").and_then(highway).or_else(|| word("railway").and_then(railway));
            tagged.or_else(|| railway(detail?)).or_else(|| road(kind?))
        }
        "rail" | "railway" => railway(word("railway").or(kind)?),
        "street_labels" | "transportation_name" | "water_name" | "water_lines_labels" => Some(MapClass::NameOnly),
        "boundary" | "boundaries" | "border" => border(word("admin_level").or(word("kind_detail")).or(kind)?),
        "place" | "places" | "place_labels" => Some(MapClass::Place),
        "poi" | "pois" | "public_transport" => {
            let stop = ["railway", "station", "halt", "train_station"];
            let is = |key: &str| word(key).is_some_and(|of| stop[1..].contains(&of));
            (is("railway") || is("kind") || is("subclass") || (kind == Some(stop[0]) && word("subclass").is_none()))
                .then_some(MapClass::Station)
        }
        "landuse" | "land" | "landcover" | "park" | "natural" | "sites" | "green" | "globallandcover" => {
            let tags = ["landuse", "leisure", "natural"].into_iter().find_map(|key| ground(word(key)?));
            tags.or_else(|| ground(kind?)).or_else(|| (layer == "park").then_some(MapClass::Green))
        }
        _ => None,
    };
    // A border is drawn as a line only: the sides of its areas are sides of tiles too.
    class.filter(|class| match class.form() {
        Form::Line => form == Form::Line,
        of => of == form,
    })
}

/// What OpenStreetMap's tags say that something is; `None` for what is not drawn.
pub fn class_of_tags<'a>(form: Form, word: &impl Fn(&str) -> Option<&'a str>) -> Option<MapClass> {
    if is_below_ground(word) {
        return None;
    }
    match form {
        Form::Area => {
            let says = |key: &str| word(key).filter(|of| *of != "no");
            if says("building").or_else(|| says("building:part")).is_some() {
                return Some(MapClass::Building);
            }
            let is_water = word("natural") == Some("water")
                || word("waterway").is_some_and(|of| matches!(of, "riverbank" | "dock" | "canal"))
                || word("landuse").is_some_and(|of| matches!(of, "basin" | "reservoir"));
            if is_water {
                return Some(MapClass::Water);
            }
            ["landuse", "leisure", "natural"].into_iter().find_map(|key| ground(word(key)?))
        }
        Form::Line => {
            let way = word("highway").and_then(highway);
            way.or_else(|| word("railway").and_then(railway))
                .or_else(|| word("waterway").and_then(waterway))
                .or_else(|| (word("boundary") == Some("administrative")).then(|| border(word("admin_level")?))?)
        }
        Form::Point => {
            let is_stop = word("railway").is_some_and(|of| matches!(of, "station" | "halt"));
            let is_place = word("place")
                .is_some_and(|of| matches!(of, "city" | "town" | "suburb" | "village" | "quarter" | "neighbourhood"));
            match (is_stop, is_place) {
                (true, _) => Some(MapClass::Station),
                (_, true) => Some(MapClass::Place),
                _ => None,
            }
        }
    }
}

/// How early the name of a place shows: 1 first, 4 last.
pub fn rank_of<'a>(word: &impl Fn(&str) -> Option<&'a str>) -> u8 {
    let kind = ["pmap:kind_detail", "kind_detail", "place", "class", "kind", "pmap:kind"].into_iter().find_map(word);
    match kind.unwrap_or_default() {
        "country" | "state" | "region" | "city" => 1,
        "town" | "locality" | "borough" => 2,
        "suburb" | "village" | "macrohood" => 3,
        _ => 4,
    }
}

/// Tunnels, and whatever is said to lie below the ground: it is not seen.
fn is_below_ground<'a>(word: &impl Fn(&str) -> Option<&'a str>) -> bool {
    word("tunnel").is_some_and(|of| !matches!(of, "no" | "building_passage" | "false"))
        || word("brunnel") == Some("tunnel")
        || word("location") == Some("underground")
        || ["layer", "pmap:level"].iter().any(|key| word(key).is_some_and(|of| of.starts_with('-')))
}

fn highway(word: &str) -> Option<MapClass> {
    match word.trim_end_matches("_link") {
        "motorway" | "trunk" => Some(MapClass::Motorway),
        "primary" | "secondary" => Some(MapClass::MainRoad),
        "tertiary" | "unclassified" | "residential" | "living_street" | "service" | "pedestrian" | "road"
        | "busway" => Some(MapClass::Street),
        "footway" | "path" | "cycleway" | "track" | "steps" | "bridleway" => Some(MapClass::Path),
        _ => None,
    }
}

/// Roads as the schemas of tiles call them.
fn road(word: &str) -> Option<MapClass> {
    match word {
        "highway" | "1" => Some(MapClass::Motorway),
        "major_road" | "medium_road" | "2" | "3" => Some(MapClass::MainRoad),
        "minor_road" | "minor" | "street" | "4" | "5" => Some(MapClass::Street),
        "other" | "6" => Some(MapClass::Path),
        word => highway(word).or_else(|| railway(word)),
    }
}

fn railway(word: &str) -> Option<MapClass> {
    match word {
        "rail" | "railway" | "narrow_gauge" | "preserved" => Some(MapClass::Rail),
        "tram" | "light_rail" => Some(MapClass::Tram),
        _ => None,
    }
}

fn waterway(word: &str) -> Option<MapClass> {
    matches!(word, "river" | "canal" | "stream" | "ditch" | "drain" | "waterway" | "riverbank")
        .then_some(MapClass::Waterway)
}

fn border(level: &str) -> Option<MapClass> {
    match level {
        "2" | "3" | "4" | "country" | "region" => Some(MapClass::RegionBorder),
        "8" | "locality" => Some(MapClass::MunicipalBorder),
        _ => None,
    }
}

/// What grows or is done on land.
fn ground(word: &str) -> Option<MapClass> {
    match word {
        "industrial" | "commercial" | "railway" | "harbour" | "port" | "brownfield" | "construction" | "quarry"
        | "landfill" | "depot" => Some(MapClass::Works),
        "park" | "forest" | "wood" | "grass" | "meadow" | "grassland" | "cemetery" | "garden" | "village_green"
        | "recreation_ground" | "allotments" | "orchard" | "nature_reserve" | "scrub" | "heath" | "pitch"
        | "golf_course" | "farmland" | "farm" | "vineyard" | "greenfield" | "playground" | "wetland" | "green"
        | "national_park" | "dog_park" | "graveyard" | "grave_yard" | "plant_nursery" => Some(MapClass::Green),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(layer: &str, form: Form, words: &[(&str, &'static str)]) -> Option<MapClass> {
        class_of(layer, form, &|key| words.iter().find(|(name, _)| *name == key).map(|(_, word)| *word))
    }

    #[test]
    fn each_schema_says_the_same_in_its_own_words() {
        use Form::{Area, Line, Point};
        use MapClass::{
            Building, Green, MainRoad, Motorway, Path, Place, Rail, Station, Street, Water, Waterway, Works,
        };
        // Protomaps 4 and 3, OpenMapTiles, Shortbread.
        assert_eq!(class("roads", Line, &[("kind", "highway")]), Some(Motorway));
        assert_eq!(class("roads", Line, &[("pmap:kind", "major_road"), ("highway", "primary")]), Some(MainRoad));
        assert_eq!(class("transportation", Line, &[("class", "primary")]), Some(MainRoad));
        assert_eq!(class("streets", Line, &[("kind", "residential")]), Some(Street));
        assert_eq!(class("roads", Line, &[("pmap:kind", "other"), ("highway", "footway")]), Some(Path));
        assert_eq!(class("roads", Line, &[("kind", "rail"), ("kind_detail", "tram")]), Some(MapClass::Tram));
        assert_eq!(class("transit", Line, &[("pmap:kind", "railway"), ("railway", "rail")]), Some(Rail));
        assert_eq!(class("transportation", Line, &[("class", "rail"), ("subclass", "rail")]), Some(Rail));
        assert_eq!(class("transportation", Line, &[("class", "rail"), ("brunnel", "tunnel")]), None);
        assert_eq!(class("water", Area, &[("kind", "canal")]), Some(Water));
        assert_eq!(class("water", Line, &[("kind", "canal")]), Some(Waterway));
        assert_eq!(class("water_lines", Line, &[("kind", "stream")]), Some(Waterway));
        assert_eq!(class("landuse", Area, &[("class", "industrial")]), Some(Works));
        assert_eq!(class("land", Area, &[("kind", "forest")]), Some(Green));
        assert_eq!(class("landuse", Area, &[("kind", "residential")]), None);
        assert_eq!(class("buildings", Area, &[("kind", "building")]), Some(Building));
        assert_eq!(class("boundaries", Line, &[("admin_level", "4")]), Some(MapClass::RegionBorder));
        assert_eq!(class("boundaries", Area, &[("admin_level", "4")]), None);
        assert_eq!(class("poi", Point, &[("class", "railway"), ("subclass", "station")]), Some(Station));
        assert_eq!(class("poi", Point, &[("class", "railway"), ("subclass", "subway_entrance")]), None);
        assert_eq!(class("place_labels", Point, &[("kind", "town")]), Some(Place));
        // Tags as they stand, and the layers of the maps that this program packs.
        assert_eq!(class("water", Area, &[("natural", "wetland")]), None);
        assert_eq!(class("railway", Line, &[("railway", "subway")]), None);
        assert_eq!(class("works", Area, &[]), Some(Works));
        assert_eq!(class("main_road", Line, &[]), Some(MainRoad));
    }
}

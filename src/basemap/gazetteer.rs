//! Places by name, without a network: communes, stations, quays, docks, locks, bridges, sites, quarters, parks and the known
//! cases.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;

use super::coordinates::Coordinates;
use super::named::Names;
use super::schematic::{Geometry, Layer, schematic};
use crate::i18n::Lang;

/// A place one can go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What it is called, in the order of [`Lang::ALL`]. Where English has no name of its own, both others stand there.
    pub names: [String; 3],
    /// Longitude in degrees WGS 84.
    pub lon: f64,
    /// Latitude in degrees WGS 84.
    pub lat: f64,
    /// What it is.
    pub kind: PlaceKind,
    /// The zoom of a web map that shows it well.
    pub zoom: u8,
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A productive block or site known from its publication.
    Case,
    /// A municipality.
    Commune,
    /// A quarter.
    Quarter,
    /// A quay.
    Quay,
    /// A site, a building, a square along the canal.
    Site,
    /// A dock.
    Dock,
    /// A station.
    Station,
    /// A lock.
    Lock,
    /// A bridge.
    Bridge,
    /// A park or a wood.
    Green,
    /// Coordinates that were typed.
    Coordinates,
}

impl PlaceKind {
    /// All kinds that the gazetteer has.
    pub const ALL: [Self; 10] = [
        Self::Case,
        Self::Commune,
        Self::Quarter,
        Self::Dock,
        Self::Station,
        Self::Quay,
        Self::Site,
        Self::Lock,
        Self::Bridge,
        Self::Green,
    ];

    /// Its key in the messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Case => "place-case",
            Self::Commune => "place-commune",
            Self::Quarter => "place-quarter",
            Self::Quay => "place-quay",
            Self::Site => "place-site",
            Self::Dock => "place-dock",
            Self::Station => "place-station",
            Self::Lock => "place-lock",
            Self::Bridge => "place-bridge",
            Self::Green => "place-green",
            Self::Coordinates => "place-coordinates",
        }
    }
}

impl Place {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        &self.names[lang.index()]
    }

    /// The scale that shows it well, in logical pixels per metre of ground.
    #[must_use]
    pub fn px_per_m(&self) -> f64 {
        let pixel_m = 156_543.033_93 * self.lat.to_radians().cos() / 2f64.powi(i32::from(self.zoom));
        1.0 / pixel_m
    }
}

/// All places, cases first.
pub fn gazetteer() -> &'static [Place] {
    static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
        let mut places = cases();
        let others = others();
        // A commune that the schematic has as a label stands in the list once.
        let is_told = |place: &Place| {
            let near = |other: &&Place| (other.lon - place.lon).hypot(other.lat - place.lat) < 0.05;
            place.kind == PlaceKind::Quarter && others.iter().filter(near).any(|other| other.names[1] == place.names[1])
        };
        places.extend(of_the_schematic().into_iter().filter(|place| !is_told(place)));
        places.extend(others);
        // Kinds in their order; in each the files' order.
        places.sort_by_key(|place| place.kind);
        places
    });
    &PLACES
}

/// The places whose name matches what was typed, best first; of [coordinates](Coordinates::typed) the place that they are.
///
/// Case, accents and punctuation do not matter. Names that begin with it come before names with a word that begins
/// with it, and those before names that merely hold it; the reader's language before the others; then the order of the
/// gazetteer. Nothing typed finds nothing.
///
/// ```
/// use maakblok::{basemap::find, i18n::Lang};
/// assert_eq!(find("petite ile", Lang::En)[0].names[2], "CityGate II / Petite Île");
/// ```
#[must_use]
pub fn find(query: &str, lang: Lang) -> Vec<Cow<'static, Place>> {
    if let Some(typed) = Coordinates::typed(query) {
        let names = Lang::ALL.map(|lang| typed.words(lang));
        let place = Place { names, lon: typed.lon, lat: typed.lat, kind: PlaceKind::Coordinates, zoom: 17 };
        return vec![Cow::Owned(place)];
    }
    let query = plain(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, &'static Place)> = Vec::new();
    for place in gazetteer() {
        let score = Lang::ALL
            .into_iter()
            .filter_map(|l| {
                let name = plain(place.name(l));
                let at = name.find(&query)?;
                let word = name.starts_with(&query) || name.contains(&format!(" {query}"));
                Some(
                    2 * if at == 0 {
                        0
                    } else if word {
                        1
                    } else {
                        2
                    } + u8::from(l != lang),
                )
            })
            .chain(also_called(place).iter().filter_map(|name| {
                // As people say it: as good as its name where it begins so.
                name.find(&query).map(|at| if at == 0 { 1 } else { 4 })
            }))
            .min();
        found.extend(score.map(|score| (score, place)));
    }
    // A site before the stop that is called after it; stable: other equals stay in the order of the gazetteer.
    found.sort_by_key(|(score, place)| (*score, place.kind == PlaceKind::Station));
    found.into_iter().map(|(_, place)| Cow::Borrowed(place)).collect()
}

/// What the great stations are called by those who take the train, as [`plain`] writes it.
fn also_called(place: &Place) -> &'static [&'static str] {
    if place.kind != PlaceKind::Station {
        return &[];
    }
    match place.name(Lang::Nl) {
        "Brussel-Noord" => &["gare du nord", "noordstation", "north station"],
        "Brussel-Zuid" => &["gare du midi", "zuidstation", "south station", "midi station"],
        "Brussel-Centraal" => &["gare centrale", "centraal station", "central station"],
        "Brussel-West" => &["gare de l ouest", "weststation", "west station"],
        _ => &[],
    }
}

/// Lower case, without accents, with one space wherever there was none of a letter or digit.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let base = match c {
            'à' | 'â' | 'ä' | 'á' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            // Combining accents, as some keyboards and file systems write them.
            '\u{300}'..='\u{36f}' => continue,
            other => other,
        };
        if base.is_alphanumeric() {
            plain.push(base);
        } else if !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    // “Tour & Taxis” is “Tour et Taxis” and “Thurn en Taxis” too.
    for and in [" et ", " en ", " and "] {
        plain = plain.replace(and, " ");
    }
    plain
}

fn cases() -> Vec<Place> {
    #[derive(Default, Deserialize)]
    struct File {
        cases: Vec<Case>,
    }
    #[derive(Deserialize)]
    struct Case {
        name_en: String,
        name_nl: Option<String>,
        name_fr: Option<String>,
        lon: f64,
        lat: f64,
        within_m: f64,
    }
    // A file that does not parse gives no cases; a test refuses it.
    let file: File = serde_json::from_str(include_str!("../../assets/basemap/cases.json")).unwrap_or_default();
    let place = |case: Case| Place {
        names: [
            case.name_en.clone(),
            case.name_nl.unwrap_or_else(|| case.name_en.clone()),
            case.name_fr.unwrap_or(case.name_en),
        ],
        lon: case.lon,
        lat: case.lat,
        kind: PlaceKind::Case,
        zoom: if case.within_m <= 200.0 { 17 } else { 16 },
    };
    file.cases.into_iter().map(place).collect()
}

/// The places of `assets/basemap/places.json`.
fn others() -> Vec<Place> {
    #[derive(Default, Deserialize)]
    struct File {
        places: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        kind: Kind,
        name_en: Option<String>,
        name_nl: String,
        name_fr: String,
        lon: f64,
        lat: f64,
        zoom: u8,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Commune,
        Station,
        Quay,
        Site,
        Quarter,
    }
    // A file that does not parse gives no places; a test refuses it.
    let file: File = serde_json::from_str(include_str!("../../assets/basemap/places.json")).unwrap_or_default();
    let place = |one: One| {
        let names = Names { en: one.name_en.unwrap_or_default(), nl: one.name_nl, fr: one.name_fr };
        let kind = match one.kind {
            Kind::Commune => PlaceKind::Commune,
            Kind::Station => PlaceKind::Station,
            Kind::Quay => PlaceKind::Quay,
            Kind::Site => PlaceKind::Site,
            Kind::Quarter => PlaceKind::Quarter,
        };
        Place { names: Lang::ALL.map(|lang| names.one(lang)), lon: one.lon, lat: one.lat, kind, zoom: one.zoom }
    };
    file.places.into_iter().map(place).collect()
}

fn of_the_schematic() -> Vec<Place> {
    let mut places = Vec::new();
    let kinds = [
        (Layer::Place, PlaceKind::Quarter, 14),
        (Layer::Dock, PlaceKind::Dock, 15),
        (Layer::Station, PlaceKind::Station, 16),
        (Layer::Lock, PlaceKind::Lock, 16),
        (Layer::Bridge, PlaceKind::Bridge, 16),
        (Layer::Green, PlaceKind::Green, 15),
    ];
    for (layer, kind, zoom) in kinds {
        for feature in schematic().features.iter().filter(|feature| feature.properties.layer == layer) {
            let at = match &feature.geometry {
                Geometry::Point(at) => Some(*at),
                Geometry::LineString(_) | Geometry::Polygon(_) => feature.properties.label,
            };
            let names = feature.properties.names();
            let names = Lang::ALL.map(|lang| names.one(lang));
            places.extend(at.map(|[lon, lat]| Place { names, lon, lat, kind, zoom }));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::has_message;

    #[test]
    fn every_place_has_three_names_and_lies_in_the_zone() {
        assert!(gazetteer().len() >= 180, "{}", gazetteer().len());
        let communes = gazetteer().iter().filter(|place| place.kind == PlaceKind::Commune);
        assert!(communes.count() >= 40);
        assert!(gazetteer().iter().filter(|place| place.kind == PlaceKind::Case).count() >= 20);
        for place in gazetteer() {
            assert!(place.names.iter().all(|name| !name.is_empty()), "{place:?}");
            assert!((4.19..=4.56).contains(&place.lon) && (50.64..=51.07).contains(&place.lat), "{place:?}");
        }
        for kind in PlaceKind::ALL {
            assert!(gazetteer().iter().any(|place| place.kind == kind), "{kind:?}");
            for lang in Lang::ALL {
                assert!(has_message(lang, kind.key()), "{} in {}", kind.key(), lang.code());
            }
        }
        assert!(Lang::ALL.iter().all(|lang| has_message(*lang, PlaceKind::Coordinates.key())));
    }

    /// The site itself comes before its station, however its name is written.
    #[test]
    fn a_site_is_found_before_what_is_called_after_it() {
        for query in ["Tour & Taxis", "tour et taxis", "Tour en Taxis", "Thurn & Taxis", "thurn en taxis"] {
            for lang in Lang::ALL {
                let found = find(query, lang);
                assert_eq!((found[0].kind, found[0].name(Lang::Nl)), (PlaceKind::Site, "Thurn & Taxis"), "{query}");
                assert!(found.len() > 3, "{query}: the buildings and the station are there too");
            }
        }
    }

    #[test]
    fn stations_are_found_by_what_travellers_call_them() {
        for (words, name) in
            [("Gare du Nord", "Brussel-Noord"), ("zuidstation", "Brussel-Zuid"), ("gare centrale", "Brussel-Centraal")]
        {
            let found = find(words, Lang::Fr);
            let first = found.first().expect("it is known");
            assert_eq!((first.name(Lang::Nl), first.kind), (name, PlaceKind::Station), "{words}");
        }
    }

    #[test]
    fn coordinates_are_a_place() {
        let found = find("148900 170600", Lang::En);
        assert_eq!((found.len(), found[0].kind), (1, PlaceKind::Coordinates));
        assert!((found[0].lon - 4.3527).abs() < 1e-3);
    }

    #[test]
    fn what_begins_with_it_comes_first_whatever_the_accents() {
        let first = |query: &str, lang| find(query, lang).first().map(|place| place.name(lang).to_owned());
        assert_eq!(first("BIEST", Lang::En).as_deref(), Some("Biestebroeck basin"));
        assert_eq!(first("vilv", Lang::Nl).as_deref(), Some("Vilvoorde"));
        assert_eq!(find("vilvoorde", Lang::Nl).iter().filter(|place| place.name(Lang::Nl) == "Vilvoorde").count(), 2);
        assert_eq!(first("ixelles", Lang::Nl).as_deref(), Some("Elsene"));
        assert_eq!(first("beco", Lang::Nl).as_deref(), Some("Becodok"));
        assert_eq!(first("élisabeth", Lang::Fr).as_deref(), Some("Parc Élisabeth"));
        assert_eq!(first("midi", Lang::Fr).as_deref(), Some("Bruxelles-Midi"));
        assert_eq!(first("zuid", Lang::Fr).as_deref(), Some("Bruxelles-Midi"), "another language finds it too");
        let vergote = find("vergote", Lang::Nl);
        assert!(vergote.len() >= 3 && vergote[0].names[1].starts_with("Vergote"));
        assert!(find("  ", Lang::En).is_empty());
        assert!(find("Timbuktu", Lang::En).is_empty());
    }

    #[test]
    fn letters_are_compared_bare() {
        assert_eq!(plain("  Écluse d'Anderlecht "), "ecluse d anderlecht");
        assert_eq!(plain("E\u{301}cluse"), "ecluse");
    }
}

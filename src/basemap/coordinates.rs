//! Coordinates as they are typed: degrees of WGS 84, or metres of Lambert 72 and Lambert 2008, told apart by how large they are.

use crate::crs::wgs84_from_epsg;
use crate::i18n::{Lang, NO_BREAK, number, parse_number};

/// A place by its coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// The system that they were typed in.
    pub system: Grid,
    /// As they were typed: east first, in degrees or metres.
    pub typed: [f64; 2],
    /// Longitude in degrees WGS 84.
    pub lon: f64,
    /// Latitude in degrees WGS 84.
    pub lat: f64,
}

/// A system that coordinates are typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// Degrees of WGS 84.
    Wgs84,
    /// Metres of Lambert 72 (EPSG:31370).
    Lambert72,
    /// Metres of Lambert 2008 (EPSG:3812).
    Lambert2008,
}

impl Grid {
    /// Its name, the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS 84",
            Self::Lambert72 => "Lambert 72",
            Self::Lambert2008 => "Lambert 2008",
        }
    }
}

/// Where Belgium lies in the two grids, from and to, east first, in metres: they have no place in common.
const LAMBERT_72_M: [[f64; 2]; 2] = [[20_000.0, 20_000.0], [300_000.0, 250_000.0]];
const LAMBERT_2008_M: [[f64; 2]; 2] = [[520_000.0, 520_000.0], [800_000.0, 750_000.0]];

impl Coordinates {
    /// Reads two numbers, with a space, a comma or a semicolon between them: `50.8503, 4.3517`, `4,3517 50,8503`, `50°51′01″ N
    /// 4°21′06″ E`, `148 900; 170 600`. Of degrees the larger one is taken for the latitude where no letter says otherwise, as
    /// it is in Belgium and around. `None` for anything else.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let text = without_names(text.trim());
        let (first, second) = halves(text).find_map(|(a, b)| Some((Half::read(a)?, Half::read(b)?)))?;
        if first.is_degrees || second.is_degrees || first.value.abs() <= 180.0 && second.value.abs() <= 180.0 {
            return Self::degrees(first, second);
        }
        let within = |[from, to]: [[f64; 2]; 2]| {
            let at = [first.value, second.value];
            (0..2).all(|axis| (from[axis]..=to[axis]).contains(&at[axis]))
        };
        let (system, epsg) = if within(LAMBERT_72_M) {
            (Grid::Lambert72, 31370)
        } else if within(LAMBERT_2008_M) {
            (Grid::Lambert2008, 3812)
        } else {
            return None;
        };
        let [lon, lat] = wgs84_from_epsg(epsg, first.value, second.value).ok()?;
        Some(Self { system, typed: [first.value, second.value], lon, lat })
    }

    fn degrees(first: Half, second: Half) -> Option<Self> {
        let is_swapped = match (first.is_latitude, second.is_latitude) {
            (Some(true), Some(true)) | (Some(false), Some(false)) => return None,
            (Some(is), _) => is,
            (_, Some(is)) => !is,
            (None, None) => first.value > second.value,
        };
        let [lon, lat] = if is_swapped { [second.value, first.value] } else { [first.value, second.value] };
        // A pole is no site, and whole small numbers are measures rather than places.
        let is_place = lon.abs() <= 180.0 && lat.abs() <= 85.0;
        let is_meant = first.is_degrees || second.is_degrees || lon.fract() != 0.0 || lat.fract() != 0.0;
        (is_place && is_meant).then_some(Self { system: Grid::Wgs84, typed: [lon, lat], lon, lat })
    }

    /// In words: `Lambert 72 · 148 900, 170 600`.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let [x, y] = self.typed;
        match self.system {
            Grid::Wgs84 => {
                let [lat, lon] = [y, x].map(|degrees| number(lang, degrees, 5));
                format!("{} · {lat}{NO_BREAK}°, {lon}{NO_BREAK}°", self.system.name())
            }
            Grid::Lambert72 | Grid::Lambert2008 => {
                let [x, y] = [x, y].map(|metres| number(lang, metres, u8::from(metres.fract() != 0.0)));
                format!("{} · {x}{NO_BREAK}m, {y}{NO_BREAK}m", self.system.name())
            }
        }
    }
}

/// One of two coordinates.
#[derive(Clone, Copy)]
struct Half {
    value: f64,
    /// Whether a letter or a sign of degrees says that it is an angle.
    is_degrees: bool,
    /// What a letter says of it.
    is_latitude: Option<bool>,
}

impl Half {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let last = text.chars().last()?;
        // East is E in English and French, O in Dutch; west is W or, in French, O: that is said by nobody here.
        let (is_latitude, sign) = match last.to_ascii_uppercase() {
            'N' => (Some(true), 1.0),
            'S' => (Some(true), -1.0),
            'E' => (Some(false), 1.0),
            'W' => (Some(false), -1.0),
            _ => (None, 1.0),
        };
        let digits = if is_latitude.is_some() { text[..text.len() - last.len_utf8()].trim() } else { text };
        let is_degrees = is_latitude.is_some() || digits.contains('°');
        let value = if digits.contains('°') { sexagesimal(digits)? } else { parse_number(digits)? };
        value.is_finite().then_some(Self { value: sign * value, is_degrees, is_latitude })
    }
}

/// Degrees, minutes and seconds, the last two left out or not: `50°51′01.5″`.
fn sexagesimal(text: &str) -> Option<f64> {
    let (degrees, rest) = text.split_once('°')?;
    let degrees = parse_number(degrees.trim())?;
    let rest = rest.trim();
    let (minutes, rest) = match rest.split_once(['′', '\'', '’']) {
        Some((minutes, rest)) => (parse_number(minutes.trim())?, rest.trim()),
        None => (0.0, rest),
    };
    let seconds = rest.trim_end_matches(['″', '"', '”']).trim_end_matches('\'').trim();
    let seconds = if seconds.is_empty() { 0.0 } else { parse_number(seconds)? };
    let sound = (0.0..60.0).contains(&minutes) && (0.0..60.0).contains(&seconds);
    let part = minutes / 60.0 + seconds / 3600.0;
    sound.then_some(if degrees < 0.0 { degrees - part } else { degrees + part })
}

/// The text without the name of a system before it: that is told by the numbers.
fn without_names(text: &str) -> &str {
    let names = ["lambert 2008", "lambert 72", "lambert72", "wgs 84", "wgs84", "l72", "l08"];
    let lower = text.to_lowercase();
    let name = names.into_iter().find(|name| lower.starts_with(name));
    name.and_then(|name| text.get(name.len()..)).unwrap_or(text).trim_start_matches([':', '·', ' '])
}

/// All ways to take a text apart in two: at a semicolon, after a comma with a space, at a letter of a side of the earth, at a
/// space, at a comma; the likelier first.
fn halves(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let at = |sign: &'static str| text.split_once(sign);
    let letters = text.char_indices().filter(|(_, c)| "NSEWnsew".contains(*c));
    let after: Vec<usize> = letters.map(|(at, c)| at + c.len_utf8()).collect();
    let at_letter =
        after.into_iter().map(|at| text.split_at(at)).map(|(a, b)| (a, b.trim_start_matches([',', ';', ' '])));
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    // A space may part thousands: the one in the middle of several parts the numbers.
    let middle = spaces.len() / 2;
    let mut by_middle: Vec<usize> = (0..spaces.len()).collect();
    by_middle.sort_by_key(|at| at.abs_diff(middle));
    let at_space = by_middle.into_iter().map(move |at| text.split_at(spaces[at]));
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    let at_comma = (commas.len() == 1).then(|| at(",")).flatten();
    [at(";"), at(", ")].into_iter().flatten().chain(at_letter).chain(at_space).chain(at_comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_read_as_people_write_them() {
        for text in [
            "50.8503, 4.3517",
            "50.8503,4.3517",
            "4.3517 50.8503",
            "50,8503; 4,3517",
            "50,8503 4,3517",
            "50.8503 N, 4.3517 E",
            "4.3517E 50.8503N",
            "50.8503N 4.3517E",
            "WGS 84 · 50.8503, 4.3517",
            "50°51′01.08″ N 4°21'06.12\" E",
            "50°51′01.08″ 4°21′06.12″",
        ] {
            let found = Coordinates::typed(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.system, Grid::Wgs84, "{text}");
            assert!((found.lon - 4.3517).abs() < 1e-6 && (found.lat - 50.8503).abs() < 1e-6, "{text}: {found:?}");
        }
        assert_eq!(Coordinates::typed("33.5 S 70.6 W").map(|c| (c.lon, c.lat)), Some((-70.6, -33.5)));
    }

    /// The Grand-Place of Brussels, about, in the two grids, within a metre of each other.
    #[test]
    fn grids_are_told_by_how_large_their_numbers_are() {
        for (text, system) in [
            ("148900 170600", Grid::Lambert72),
            ("148 900, 170 600", Grid::Lambert72),
            ("148900.5; 170600", Grid::Lambert72),
            ("Lambert 72: 148900 170600", Grid::Lambert72),
            ("648 890 670 614", Grid::Lambert2008),
        ] {
            let found = Coordinates::typed(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.system, system, "{text}");
            assert!((found.lon - 4.3527).abs() < 1e-3 && (found.lat - 50.8460).abs() < 1e-3, "{text}: {found:?}");
        }
        let words = Coordinates::typed("148900 170600").expect("they are coordinates").words(Lang::En);
        assert_eq!(words.replace(['\u{202f}', '\u{a0}'], " "), "Lambert 72 · 148 900 m, 170 600 m");
    }

    #[test]
    fn other_numbers_and_words_are_no_place() {
        for text in
            ["", "Biestebroeck", "12", "5 3", "100x80", "50.8", "95.2 10.0 N S", "1e9 4.3", "900000 900000", "NaN, 4.3"]
        {
            assert_eq!(Coordinates::typed(text), None, "{text}");
        }
    }
}

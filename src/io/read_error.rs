//! Why a project file could not be read, in words that say what is wrong, where, and what to do.

use std::fmt;

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The path in the file, such as `/variants/0/volumes/3`; empty for the file as a whole.
    pub path: String,
    /// The line, from 1; 0 when it is not known.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.path.is_empty(), self.line) {
            (true, 0) => f.write_str("the file"),
            (true, line) => write!(f, "line {line}, column {}", self.column),
            (false, 0) => f.write_str(&self.path),
            (false, line) => write!(f, "{} (line {line}, column {})", self.path, self.column),
        }
    }
}

/// Why a project file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refused.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// A folder or a device.
    #[error("is {0}, not a file")]
    NotAFile(&'static str),
    /// Larger than any project could be.
    #[error("is {} MB large; a project file has at most {} MB", .length / 1_000_000, .limit / 1_000_000)]
    TooLarge {
        /// Its length in bytes.
        length: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// There is nothing in it.
    #[error("is empty; a backup may lie beside it under the same name with ~1 at its end")]
    Empty,
    /// Not text.
    #[error("is not a project: {0}")]
    Binary(&'static str),
    /// Text in another encoding.
    #[error("is not UTF-8 text (byte {offset}, line {line}); save it as UTF-8")]
    NotUtf8 {
        /// The first byte that is wrong, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// It ends in the middle.
    #[error(
        "ends too early, at {place}: the rest is missing; a backup may lie beside it under the same name with ~1 at its end"
    )]
    Truncated {
        /// Where it ends.
        place: Place,
    },
    /// Not JSON.
    #[error("is not sound JSON at {place}: {what}")]
    NotJson {
        /// Where.
        place: Place,
        /// What.
        what: String,
    },
    /// Lists in lists in lists.
    #[error("is nested too deep at line {}, column {}: more than 120 lists and objects inside one another", .place.line, .place.column)]
    TooDeep {
        /// Where.
        place: Place,
    },
    /// Sound JSON of another kind.
    #[error("is not a Maakblok project: {0}")]
    OtherFormat(String),
    /// Made by a program that knows more.
    #[error(
        "was written by {written_by} as version {version} of the format; this program knows versions up to {known}. Open it with that program or a newer one"
    )]
    Newer {
        /// The version of the file.
        version: u64,
        /// The newest version known here.
        known: u64,
        /// The program that wrote it.
        written_by: String,
    },
    /// A version that cannot be.
    #[error("says it is of version {0} of the format, which there never was")]
    NoSuchVersion(String),
    /// An older file that the steps could not lift.
    #[error("is of version {from} of the format and could not be brought up to date: {what}")]
    NotUpgraded {
        /// The version of the file.
        from: u64,
        /// What was not understood.
        what: String,
    },
    /// Something is missing, double or of another kind than it should be.
    #[error("{place}: {what}")]
    Wrong {
        /// Where.
        place: Place,
        /// What.
        what: String,
    },
}

/// What a JSON error says, without its place and in plainer words.
pub(super) fn plain_words(error: &serde_json::Error) -> String {
    let mut text = error.to_string();
    if let Some(at) = text.rfind(" at line ") {
        text.truncate(at);
    }
    if let Some(field) = text.strip_prefix("missing field ") {
        return format!("the field {} is missing", field.replace('`', "\""));
    }
    if let Some(field) = text.strip_prefix("duplicate field ") {
        return format!("the field {} stands there twice", field.replace('`', "\""));
    }
    for (start, noun) in [("invalid type: ", ""), ("invalid value: ", ""), ("invalid length ", "a length of ")] {
        if let Some((found, expected)) = text.strip_prefix(start).and_then(|rest| rest.split_once(", expected ")) {
            return format!("expected {}, found {noun}{}", plain_kind(expected), plain_kind(found));
        }
    }
    if let Some((found, expected)) =
        text.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        let one_of = expected.trim_start_matches("one of ").replace('`', "\"");
        return format!("{} is not known here; known are {one_of}", found.replace('`', "\""));
    }
    match text.as_str() {
        "number out of range" => "a number is too large to be stored".to_owned(),
        "expected value" => "a value was expected (numbers, \"text\", lists, objects, true, false, null)".to_owned(),
        "trailing comma" => "there is a comma before a closing bracket".to_owned(),
        "trailing characters" => "something follows after the end of the project".to_owned(),
        _ => text,
    }
}

/// The kinds of serde in plainer words.
fn plain_kind(kind: &str) -> String {
    let known = [
        ("string ", "the text "),
        ("floating point ", "the number "),
        ("integer ", "the number "),
        ("boolean ", "the value "),
    ];
    for (start, plain) in known {
        if let Some(rest) = kind.strip_prefix(start) {
            return format!("{plain}{}", rest.replace('`', ""));
        }
    }
    match kind {
        "f64" | "f32" => "a number".to_owned(),
        "u64" | "u32" | "usize" => "a whole number from 0 up".to_owned(),
        "a string" => "text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "map" => "an object".to_owned(),
        "sequence" | "a sequence" => "a list".to_owned(),
        "an array of length 2" => "two numbers".to_owned(),
        "0" | "1" => format!("{kind} of them"),
        other => other.replace('`', ""),
    }
}

/// What sound JSON that is no project seems to be.
pub(super) fn seems_to_be(kind: Option<&str>, format: Option<&str>) -> String {
    let is = |what: &str| format!("it seems to be {what}");
    match (format, kind) {
        (Some("maakblok-library"), _) => {
            is("a library of uses, typologies or rules; those belong into a project's settings")
        }
        (Some("maakblok-report"), _) => is("a report made from a project"),
        (Some("maakblok-journal"), _) => is("the journal of a project; open the project beside it"),
        (Some(other), _) => format!("its field \"format\" says \"{other}\" instead of \"maakblok-project\""),
        (None, Some("FeatureCollection" | "Feature" | "GeometryCollection" | "Polygon" | "MultiPolygon")) => {
            is("GeoJSON; import it instead of opening it")
        }
        (None, Some("CityJSON" | "CityJSONFeature")) => is("CityJSON"),
        (None, Some("Topology")) => is("TopoJSON; turn it into GeoJSON and import that"),
        _ => "the field \"format\" is missing; a project begins with \"format\": \"maakblok-project\"".to_owned(),
    }
}

/// What bytes that are no text seem to be.
pub(super) fn binary_kind(bytes: &[u8]) -> &'static str {
    let known: [(&[u8], &str); 9] = [
        (b"\x89PNG", "it seems to be a PNG image"),
        (b"\xff\xd8\xff", "it seems to be a JPEG image"),
        (b"%PDF", "it seems to be a PDF"),
        (b"PK\x03\x04", "it seems to be a zip archive; unpack it first"),
        (b"\x1f\x8b", "it seems to be compressed; unpack it first"),
        (b"SQLite format 3", "it seems to be a database such as a GeoPackage"),
        (b"PMTiles", "it seems to be a map archive"),
        (b"AC10", "it seems to be a DWG drawing"),
        (b"glTF", "it seems to be a glTF model"),
    ];
    known.iter().find(|(start, _)| bytes.starts_with(start)).map_or("it is not text but binary data", |(_, what)| what)
}

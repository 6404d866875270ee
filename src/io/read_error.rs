//! Why a project file could not be read, in words that say what is wrong, where, and what to do.

use std::io;

use crate::i18n::{Arg, Lang, system_words, tr, tr_with};

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

impl Place {
    /// As people read it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let args = [
            ("path", Arg::from(self.path.as_str())),
            ("line", self.line.to_string().into()),
            ("column", self.column.to_string().into()),
        ];
        match (self.path.is_empty(), self.line) {
            (true, 0) => tr(lang, "place-file"),
            (true, _) => tr_with(lang, "place-line", &args),
            (false, 0) => self.path.clone(),
            (false, _) => tr_with(lang, "place-path-line", &args),
        }
    }
}

/// What stands where a file should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFile {
    /// A folder.
    Folder,
    /// A device or a pipe.
    Device,
}

impl NoFile {
    /// As people call it.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        tr(lang, if self == Self::Folder { "no-file-folder" } else { "no-file-device" })
    }
}

/// What bytes that are no text seem to be: a key of the messages `binary-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BinaryKind(&'static str);

impl BinaryKind {
    /// Tells what bytes are by how they begin; `None` when they may be text.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const KNOWN: [(&[u8], &str); 10] = [
            (b"\x89PNG", "png"),
            (b"\xff\xd8\xff", "jpeg"),
            (b"%PDF", "pdf"),
            (b"PK\x03\x04", "zip"),
            (b"\x1f\x8b", "gzip"),
            (b"SQLite format 3", "sqlite"),
            (b"PMTiles", "pmtiles"),
            (b"AC10", "dwg"),
            (b"glTF", "gltf"),
            (b"fgb", "flatgeobuf"),
        ];
        let start = &bytes[..bytes.len().min(4096)];
        let named = KNOWN.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, key)| Self(key));
        // UTF-16 has zeros too, and a sentence of its own.
        let utf16 = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
        named.or_else(|| (start.contains(&0) && !utf16).then_some(Self::UNKNOWN))
    }

    /// Bytes of no kind that is known.
    pub(super) const UNKNOWN: Self = Self("unknown");

    fn text(self, lang: Lang) -> String {
        tr(lang, &format!("binary-{}", self.0))
    }
}

/// Why a file could not be read. The texts begin in lower case, for use after a name and a colon.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum ReadError {
    /// The system refused.
    Io(#[from] io::Error),
    /// There is no such file.
    Missing,
    /// The system does not let this user read it.
    NoPermission,
    /// A folder or a device.
    NotAFile(NoFile),
    /// Larger than any project could be.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// There is nothing in it.
    Empty,
    /// Not text.
    Binary(BinaryKind),
    /// Text in another encoding.
    NotUtf8 {
        /// The first byte that is wrong, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// It ends in the middle.
    Truncated {
        /// Where it ends.
        place: Place,
    },
    /// Not JSON.
    NotJson {
        /// Where.
        place: Place,
        /// What, as the reader of JSON says it.
        what: String,
    },
    /// Lists in lists in lists.
    TooDeep {
        /// Where.
        place: Place,
    },
    /// Sound JSON of another kind.
    OtherFormat {
        /// What its field `format` says.
        format: Option<String>,
        /// What its field `type` says.
        kind: Option<String>,
    },
    /// Made by a program that knows more.
    Newer {
        /// The version of the file.
        version: u64,
        /// The newest version known here.
        known: u64,
        /// The program that wrote it, where the file says so.
        written_by: Option<String>,
    },
    /// A version that cannot be.
    NoSuchVersion(String),
    /// An older file that the steps could not lift.
    NotUpgraded {
        /// The version of the file.
        from: u64,
        /// What was not understood.
        what: String,
    },
    /// Something is missing, double or of another kind than it should be.
    Wrong {
        /// Where.
        place: Place,
        /// What, as the reader of JSON says it.
        what: String,
    },
}

impl ReadError {
    /// What the system says of a file that it does not open.
    #[must_use]
    pub fn of_system(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::NoPermission,
            _ => Self::Io(error),
        }
    }

    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let say = |key: &str, args: &[(&str, Arg<'_>)]| tr_with(lang, key, args);
        match self {
            Self::Io(error) => say("read-error-system", &[("error", system_words(lang, error).into())]),
            Self::Missing => tr(lang, "read-error-missing"),
            Self::NoPermission => tr(lang, "read-error-permission"),
            Self::NotAFile(what) => say("read-error-no-file", &[("what", what.text(lang).into())]),
            Self::TooLarge { limit } => {
                say("read-error-too-large", &[("limit", (limit / 1_000_000).to_string().into())])
            }
            Self::Empty => tr(lang, "read-error-empty"),
            Self::Binary(kind) => say("read-error-binary", &[("what", kind.text(lang).into())]),
            Self::NotUtf8 { offset, line } => {
                say("read-error-utf8", &[("offset", offset.to_string().into()), ("line", line.to_string().into())])
            }
            Self::Truncated { place } => say("read-error-truncated", &[("place", place.text(lang).into())]),
            Self::NotJson { place, what } => {
                let what = plain_words(what, lang);
                say("read-error-json", &[("place", place.text(lang).into()), ("what", what.into())])
            }
            Self::TooDeep { place } => say("read-error-deep", &[("place", place.text(lang).into())]),
            Self::OtherFormat { format, kind } => {
                let what = seems_to_be(kind.as_deref(), format.as_deref(), lang);
                say("read-error-other", &[("what", what.into())])
            }
            Self::Newer { version, known, written_by } => {
                let program = written_by.clone().unwrap_or_else(|| tr(lang, "read-error-newer-program"));
                let version = version.to_string();
                let args =
                    [("program", program.into()), ("version", version.into()), ("known", known.to_string().into())];
                say("read-error-newer", &args)
            }
            Self::NoSuchVersion(version) => say("read-error-version", &[("version", version.as_str().into())]),
            Self::NotUpgraded { from, what } => {
                say("read-error-upgrade", &[("version", from.to_string().into()), ("what", what.as_str().into())])
            }
            Self::Wrong { place, what } => format!("{}: {}", place.text(lang), plain_words(what, lang)),
        }
    }
}

/// What a JSON error says, without its place and in plainer words.
fn plain_words(error: &str, lang: Lang) -> String {
    let text = error.rfind(" at line ").map_or(error, |at| &error[..at]);
    let say = |key: &str, args: &[(&str, Arg<'_>)]| tr_with(lang, key, args);
    let name = |field: &str| Arg::from(field.replace('`', "\""));
    if let Some(field) = text.strip_prefix("missing field ") {
        return say("json-field-missing", &[("field", name(field))]);
    }
    if let Some(field) = text.strip_prefix("duplicate field ") {
        return say("json-field-twice", &[("field", name(field))]);
    }
    for (start, key) in [
        ("invalid type: ", "json-expected"),
        ("invalid value: ", "json-expected"),
        ("invalid length ", "json-expected-length"),
    ] {
        if let Some((found, expected)) = text.strip_prefix(start).and_then(|rest| rest.split_once(", expected ")) {
            let args = [("expected", plain_kind(expected, lang).into()), ("found", plain_kind(found, lang).into())];
            return say(key, &args);
        }
    }
    if let Some((found, expected)) =
        text.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        let known = expected.trim_start_matches("one of ");
        return say("json-unknown", &[("found", name(found)), ("known", name(known))]);
    }
    if let Some(sign) = text.strip_prefix("expected `").and_then(|rest| rest.strip_suffix('`')) {
        return say("json-sign-expected", &[("sign", sign.replace("` or `", " / ").into())]);
    }
    if text.starts_with("control character") {
        return tr(lang, "json-control");
    }
    match text {
        "key must be a string" => tr(lang, "json-key-text"),
        "invalid number" => tr(lang, "json-number"),
        "invalid escape"
        | "invalid unicode code point"
        | "lone leading surrogate in hex escape"
        | "unexpected end of hex escape" => tr(lang, "json-escape"),
        "number out of range" => tr(lang, "json-number-range"),
        "expected value" | "expected ident" => tr(lang, "json-value-expected"),
        "trailing comma" => tr(lang, "json-trailing-comma"),
        "trailing characters" => tr(lang, "json-trailing"),
        _ => text.to_owned(),
    }
}

/// The kinds of serde in plainer words.
fn plain_kind(kind: &str, lang: Lang) -> String {
    let known = [
        ("string ", "json-kind-the-text"),
        ("floating point ", "json-kind-the-number"),
        ("integer ", "json-kind-the-number"),
        ("boolean ", "json-kind-the-value"),
    ];
    for (start, key) in known {
        if let Some(rest) = kind.strip_prefix(start) {
            return tr_with(lang, key, &[("value", rest.replace('`', "").into())]);
        }
    }
    match kind {
        "f64" | "f32" => tr(lang, "json-kind-number"),
        "u64" | "u32" | "usize" => tr(lang, "json-kind-whole"),
        "a string" => tr(lang, "json-kind-text"),
        "a boolean" => tr(lang, "json-kind-boolean"),
        "map" => tr(lang, "json-kind-object"),
        "sequence" | "a sequence" => tr(lang, "json-kind-list"),
        "an array of length 2" => tr(lang, "json-kind-two-numbers"),
        "an object with a project" => tr(lang, "json-kind-project"),
        "an object of uses and shares" => tr(lang, "json-kind-shares"),
        "0" | "1" => tr_with(lang, "json-kind-count", &[("count", kind.into())]),
        other => other.replace('`', ""),
    }
}

/// What sound JSON that is no project seems to be.
fn seems_to_be(kind: Option<&str>, format: Option<&str>, lang: Lang) -> String {
    let key = match (format, kind) {
        (Some("maakblok-library"), _) => "other-library",
        (Some("maakblok-report"), _) => "other-report",
        (Some("maakblok-journal"), _) => "other-journal",
        (Some(other), _) => return tr_with(lang, "other-format", &[("format", other.into())]),
        (None, Some("FeatureCollection" | "Feature" | "GeometryCollection" | "Polygon" | "MultiPolygon")) => {
            "other-geojson"
        }
        (None, Some("CityJSON" | "CityJSONFeature")) => "other-cityjson",
        (None, Some("Topology")) => "other-topojson",
        _ => "other-no-format",
    };
    tr(lang, key)
}

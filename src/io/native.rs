//! The project file: `*.maakblok`, UTF-8 JSON, one project.
//!
//! [`read`] goes through the bytes once and straight into the model; only when that fails are they read again, slowly,
//! to say where the trouble is. [`write()`] always gives the same bytes for the same project, in the order of the
//! model's fields, so that a small edit is a small diff.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::marker::PhantomData;
use std::path::Path;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StringDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use serde_json::error::Category;

use super::digest::Fingerprint;
use super::finite::NotANumber;
use super::layout::Layout;
use super::read_error::{BinaryKind, NoFile, Place, ReadError};
use super::repair::{LoadNote, repair};
use super::{compat, finite};
use crate::model::Project;
use crate::record::Key;

/// What a project file says it is.
pub const FORMAT: &str = "maakblok-project";

/// What is kept in a file of its own kind, with the fields that make it one before its own.
pub(super) trait Stored: Sized + for<'de> Deserialize<'de> + Serialize {
    /// What its files say they are.
    const FORMAT: &'static str;
    /// The first version that was ever written, and the one that this program writes.
    const VERSIONS: (u64, u64);
    /// Lifts a file of an older version to the current one, or says what it did not understand.
    fn upgrade(file: Value, from: u64) -> Result<Value, String>;
    /// Writes its own fields into an object that is open.
    fn write_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

impl Stored for Project {
    const FORMAT: &'static str = FORMAT;
    const VERSIONS: (u64, u64) = (compat::FIRST, compat::CURRENT);

    fn upgrade(file: Value, from: u64) -> Result<Value, String> {
        compat::upgrade(file, from)
    }

    fn write_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.write_fields(map)
    }
}

/// Files larger than this are refused before they are read, in bytes.
pub const LARGEST_FILE: u64 = 1 << 30;

/// The program as it signs files.
pub const WRITTEN_BY: &str = concat!("maakblok ", env!("CARGO_PKG_VERSION"));

/// A project that was read, with what there is to say about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The project; its ids are unique and it has a variant. [`crate::model::check`] says what else is wrong with it.
    pub project: Project,
    /// What was put right while reading.
    pub notes: Vec<LoadNote>,
    /// The version of an older file.
    pub upgraded_from: Option<u64>,
    /// What the file looked like, to notice when somebody else changes it.
    pub fingerprint: Fingerprint,
}

/// Reads a project file.
///
/// # Errors
/// What is wrong with the file, where, and what to do.
pub fn load(path: &Path) -> Result<Loaded, ReadError> {
    let bytes = read_bytes(path, LARGEST_FILE)?;
    let mut loaded = read(&bytes)?;
    loaded.fingerprint = loaded.fingerprint.dated(std::fs::metadata(path));
    Ok(loaded)
}

/// The bytes of a regular file of at most `most_bytes`.
///
/// # Errors
/// When there is none, it is too large, or the system refuses.
pub fn read_bytes(path: &Path, most_bytes: u64) -> Result<Vec<u8>, ReadError> {
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    let metadata = std::fs::metadata(path).map_err(ReadError::of_system)?;
    if metadata.is_dir() {
        return Err(ReadError::NotAFile(NoFile::Folder));
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile(NoFile::Device));
    }
    if metadata.len() > most_bytes {
        return Err(ReadError::TooLarge { limit: most_bytes });
    }
    let file = std::fs::File::open(path).map_err(ReadError::of_system)?;
    read_stream(file, most_bytes, metadata.len() as usize + 1)
}

/// The bytes of a stream to its end, `most_bytes` at most.
///
/// # Errors
/// When there are more, they are plainly no text, or the system refuses.
pub fn read_stream(mut stream: impl Read, most_bytes: u64, capacity: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::with_capacity(capacity);
    // A first look: an endless stream of zeros shall not fill the memory before it is refused.
    (&mut stream).take(4096).read_to_end(&mut bytes).map_err(ReadError::of_system)?;
    if let Some(kind) = BinaryKind::of(&bytes) {
        return Err(ReadError::Binary(kind));
    }
    let left = most_bytes.saturating_sub(bytes.len() as u64) + 1;
    stream.take(left).read_to_end(&mut bytes).map_err(ReadError::of_system)?;
    // A file may have grown since it was asked for its length.
    if bytes.len() as u64 > most_bytes { Err(ReadError::TooLarge { limit: most_bytes }) } else { Ok(bytes) }
}

/// Reads a project from the bytes of a file.
///
/// # Errors
/// What is wrong with the bytes, where, and what to do.
pub fn read(bytes: &[u8]) -> Result<Loaded, ReadError> {
    let (mut project, upgraded_from) = read_as::<Project>(bytes)?;
    let mut notes: Vec<LoadNote> = upgraded_from.map(|from| LoadNote::Upgraded { from }).into_iter().collect();
    notes.append(&mut repair(&mut project));
    Ok(Loaded { project, notes, upgraded_from, fingerprint: Fingerprint::of(bytes) })
}

/// What the bytes of a file hold, and the version that it was lifted from.
pub(super) fn read_as<T: Stored>(bytes: &[u8]) -> Result<(T, Option<u64>), ReadError> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match parse(text) {
        Ok(held) => Ok((held, None)),
        Err(error) => {
            let Older { file, version } = explain::<T>(text, &error)?;
            Ok((lift(file, version)?, Some(version)))
        }
    }
}

/// The way of every sound file of the current version.
fn parse<T: Stored>(text: &[u8]) -> Result<T, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let file = FileIn::deserialize(&mut json)?;
    json.end()?;
    Ok(file.0)
}

/// A file of an older version, as plain JSON.
struct Older {
    file: Value,
    version: u64,
}

fn lift<T: Stored>(file: Value, from: u64) -> Result<T, ReadError> {
    let file = T::upgrade(file, from).map_err(|what| ReadError::NotUpgraded { from, what })?;
    serde_path_to_error::deserialize::<_, FileIn<T>>(file).map(|file| file.0).map_err(|e| ReadError::Wrong {
        place: Place { path: pointer(e.path()), line: 0, column: 0 },
        what: e.inner().to_string(),
    })
}

/// What a file says of itself; everything else is passed over.
#[derive(serde::Deserialize)]
struct Head {
    #[serde(default)]
    format: Option<Value>,
    #[serde(default)]
    version: Option<Value>,
    #[serde(default)]
    written_by: Option<Value>,
    #[serde(default, rename = "type")]
    kind: Option<Value>,
}

/// Why bytes are no file of the current version: an error, or a file of an older one.
fn explain<T: Stored>(text: &[u8], first: &serde_json::Error) -> Result<Older, ReadError> {
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    not_text(text)?;
    // First what the file is as a whole: a newer one has every right to look different inside.
    let is_object = text.trim_ascii_start().starts_with(b"{");
    if is_object && let Ok(head) = serde_json::from_slice::<Head>(text) {
        let as_text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
        let format = as_text(&head.format);
        if format.as_deref() != Some(T::FORMAT) {
            return Err(ReadError::OtherFormat { format, kind: as_text(&head.kind) });
        }
        let (first, current) = T::VERSIONS;
        match head.version.as_ref().map(|version| (version, version.as_u64())) {
            Some((_, Some(version))) if version > current => {
                let written_by = as_text(&head.written_by);
                return Err(ReadError::Newer { version, known: current, written_by });
            }
            Some((_, Some(version))) if (first..current).contains(&version) => {
                let file = serde_json::from_slice(text).map_err(|e| located(&e, String::new()))?;
                return Ok(Older { file, version });
            }
            Some((version, as_number)) if as_number != Some(current) => {
                return Err(ReadError::NoSuchVersion(version.to_string()));
            }
            _ => {}
        }
    }
    let mut json = serde_json::Deserializer::from_slice(text);
    match serde_path_to_error::deserialize::<_, FileIn<T>>(&mut json) {
        Err(error) => Err(located(error.inner(), pointer(error.path()))),
        // The project is whole; what follows it is the trouble.
        Ok(_) => Err(located(first, String::new())),
    }
}

/// Bytes that are no UTF-8 text, or hold what no text has.
fn not_text(text: &[u8]) -> Result<(), ReadError> {
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Err(ReadError::NotUtf8 { offset: 0, line: 1 });
    }
    let wrong = std::str::from_utf8(text).err();
    let is_no_text = text.contains(&0) || (wrong.is_some() && !text.trim_ascii_start().starts_with(b"{"));
    if let Some(kind) = BinaryKind::of(text).or_else(|| is_no_text.then_some(BinaryKind::UNKNOWN)) {
        return Err(ReadError::Binary(kind));
    }
    wrong.map_or(Ok(()), |wrong| {
        let offset = wrong.valid_up_to();
        Err(ReadError::NotUtf8 { offset, line: 1 + text[..offset].iter().filter(|b| **b == b'\n').count() })
    })
}

fn located(error: &serde_json::Error, path: String) -> ReadError {
    let place = Place { path, line: error.line(), column: error.column() };
    match error.classify() {
        Category::Eof => ReadError::Truncated { place },
        Category::Syntax if error.to_string().starts_with("recursion limit") => ReadError::TooDeep { place },
        Category::Syntax => ReadError::NotJson { place, what: error.to_string() },
        Category::Data | Category::Io => ReadError::Wrong { place, what: error.to_string() },
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("/{index}")),
            Segment::Map { key } => text.push_str(&format!("/{key}")),
            // The name of a kind of shape is a field in the file; what has no name adds nothing.
            Segment::Enum { variant } => text.push_str(&format!("/{variant}")),
            Segment::Unknown => {}
        }
    }
    text
}

/// What is kept, with the fields that make it a file.
struct FileIn<T>(T);

impl<'de, T: Stored> Deserialize<'de> for FileIn<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FileVisitor<T>(PhantomData<T>);
        impl<'de, T: Stored> Visitor<'de> for FileVisitor<T> {
            type Value = FileIn<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object with a project")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FileIn<T>, A::Error> {
                let seen = RefCell::default();
                let rest = WithoutHead::<A, T> { map, seen: &seen, of: PhantomData };
                let held = T::deserialize(MapAccessDeserializer::new(rest))?;
                let Seen { format, version, .. } = seen.into_inner();
                for (missing, name) in [(!format, "format"), (!version, "version")] {
                    if missing {
                        return Err(A::Error::missing_field(name));
                    }
                }
                Ok(FileIn(held))
            }
        }
        deserializer.deserialize_map(FileVisitor(PhantomData))
    }
}

/// Which of the file's own fields went by.
#[derive(Default)]
struct Seen {
    format: bool,
    version: bool,
    written_by: bool,
}

/// The fields of an object without those that make it a file; those are looked at as they go by.
struct WithoutHead<'a, A, T> {
    map: A,
    seen: &'a RefCell<Seen>,
    of: PhantomData<T>,
}

impl<'de, A: MapAccess<'de>, T: Stored> WithoutHead<'_, A, T> {
    /// Looks at a field of the file's own; says whether it was one.
    fn look(&mut self, key: &str) -> Result<bool, A::Error> {
        let mut seen = self.seen.borrow_mut();
        let (flag, name) = match key {
            "format" => (&mut seen.format, "format"),
            "version" => (&mut seen.version, "version"),
            "written_by" => (&mut seen.written_by, "written_by"),
            _ => return Ok(false),
        };
        if std::mem::replace(flag, true) {
            return Err(A::Error::duplicate_field(name));
        }
        match name {
            "format" => {
                let format: String = self.map.next_value()?;
                if format != T::FORMAT {
                    let known = T::FORMAT;
                    return Err(A::Error::custom(format!("the format is \"{format}\" instead of \"{known}\"")));
                }
            }
            "version" => {
                let version: u64 = self.map.next_value()?;
                if version != T::VERSIONS.1 {
                    return Err(A::Error::custom(format!("version {version} of the format is not known")));
                }
            }
            _ => {
                let _: serde::de::IgnoredAny = self.map.next_value()?;
            }
        }
        Ok(true)
    }
}

impl<'de, A: MapAccess<'de>, T: Stored> MapAccess<'de> for WithoutHead<'_, A, T> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.map.next_key::<Key<'de>>()? {
            if self.look(&key)? {
                continue;
            }
            return match key {
                std::borrow::Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
                std::borrow::Cow::Owned(key) => seed.deserialize(StringDeserializer::new(key)).map(Some),
            };
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// The bytes of a project's file.
///
/// # Errors
/// When a number of the project is none: such a file could not be read again.
pub fn write(project: &Project) -> Result<Vec<u8>, NotANumber> {
    bytes_of(project)
}

/// The bytes of a file of its own kind.
pub(super) fn bytes_of<T: Stored>(held: &T) -> Result<Vec<u8>, NotANumber> {
    let mut bytes = Vec::new();
    match write_as(held, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(WriteError::NotANumber(error)) => Err(error),
        // Memory takes every byte.
        Err(WriteError::Io(error)) => Err(NotANumber { path: error.to_string() }),
    }
}

/// Why a project could not be written somewhere.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A number that is none.
    #[error(transparent)]
    NotANumber(#[from] NotANumber),
    /// The writer refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Writes a project's file.
///
/// # Errors
/// When a number of the project is none (then nothing was written), or the writer refuses.
pub fn write_to<W: Write>(project: &Project, writer: W) -> Result<(), WriteError> {
    write_as(project, writer)
}

/// Writes a file of its own kind.
pub(super) fn write_as<T: Stored, W: Write>(held: &T, mut writer: W) -> Result<(), WriteError> {
    finite::check(held)?;
    let mut json = serde_json::Serializer::with_formatter(&mut writer, Layout::default());
    FileOut(held).serialize(&mut json).map_err(std::io::Error::from)?;
    Ok(writer.write_all(b"\n")?)
}

/// What is kept, with the fields that make it a file.
struct FileOut<'a, T>(&'a T);

impl<T: Stored> Serialize for FileOut<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", T::FORMAT)?;
        map.serialize_entry("version", &T::VERSIONS.1)?;
        map.serialize_entry("written_by", WRITTEN_BY)?;
        self.0.write_into(&mut map)?;
        map.end()
    }
}

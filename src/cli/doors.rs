//! Where the command line meets files and the formats of other floors; kept in one place so that each door is changed
//! once.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::{FAILED, Failure, Run};
use crate::basemap::region_at;
use crate::io::geojson::{self, Content, ImportOptions};
use crate::io::native;
use crate::io::save::{self, SaveOptions};
use crate::model::Project;

/// A project that was read, and how.
pub(super) struct Opened {
    pub project: Project,
    /// What was left out, repaired or assumed: sentences, and whether something of the file was lost.
    pub notes: Vec<(String, bool)>,
    /// Whether it came from a project file, so that paths in it mean something to the reader.
    pub is_own: bool,
}

/// The bytes of a source, with what they are.
pub(super) struct Source {
    pub bytes: Vec<u8>,
    /// How messages call it.
    pub shown: String,
    /// The name without folders and extension, for a project that has none.
    pub stem: Option<String>,
    pub content: Content,
}

/// How messages call a path.
pub(super) fn shown(path: &Path) -> String {
    if is_dash(path) { "-".to_owned() } else { path.display().to_string() }
}

pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a file or standard input, and tells what it is by its content.
pub(super) fn read(path: &Path, run: &mut Run<'_>) -> Result<Source, Failure> {
    let name = shown(path);
    let bytes = if is_dash(path) { read_stdin(run)? } else { read_file(path, run)? };
    if bytes.len() as u64 > run.most_bytes {
        return Err(too_large(&name, run));
    }
    if let Some(what) = binary(&bytes) {
        return Err(run.failed("cli-binary", &[("file", name), ("what", what.to_owned())]));
    }
    let is_project = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("maakblok"));
    let content = match geojson::content(&bytes) {
        // A project so damaged that it does not say what it is: its own reader explains it best.
        Content::Unknown if is_project => Content::Own,
        content => content,
    };
    let stem = path.file_stem().filter(|_| !is_dash(path)).map(|stem| stem.to_string_lossy().into_owned());
    Ok(Source { bytes, shown: name, stem, content })
}

fn too_large(name: &str, run: &Run<'_>) -> Failure {
    let limit = (run.most_bytes / 1_000_000).to_string();
    run.failed("cli-too-large", &[("file", name.to_owned()), ("limit", limit)])
}

fn read_file(path: &Path, run: &Run<'_>) -> Result<Vec<u8>, Failure> {
    let name = || ("file", shown(path));
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => run.failed("cli-missing", &[name()]),
        io::ErrorKind::PermissionDenied => run.failed("cli-no-permission", &[name()]),
        _ => run.failed("cli-unreadable", &[name(), ("error", error.to_string())]),
    };
    let metadata = fs::metadata(path).map_err(refused)?;
    if metadata.is_dir() {
        return Err(run.failed("cli-folder", &[name()]));
    }
    if metadata.len() > run.most_bytes {
        return Err(too_large(&shown(path), run));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    fs::File::open(path).and_then(|file| file.take(run.most_bytes + 1).read_to_end(&mut bytes)).map_err(refused)?;
    Ok(bytes)
}

fn read_stdin(run: &mut Run<'_>) -> Result<Vec<u8>, Failure> {
    if std::mem::replace(&mut run.stdin_is_used, true) {
        return Err(run.failed("cli-stdin-twice", &[]));
    }
    let mut bytes = Vec::new();
    let unreadable = |run: &Run<'_>, error: io::Error| {
        run.failed("cli-unreadable", &[("file", "-".to_owned()), ("error", error.to_string())])
    };
    // A first look: an endless stream of zeros shall not fill the memory before it is refused.
    if let Err(error) = (&mut *run.stdin).take(4096).read_to_end(&mut bytes) {
        return Err(unreadable(run, error));
    }
    if binary(&bytes).is_none() {
        let limit = run.most_bytes.saturating_sub(bytes.len() as u64) + 1;
        if let Err(error) = (&mut *run.stdin).take(limit).read_to_end(&mut bytes) {
            return Err(unreadable(run, error));
        }
    }
    Ok(bytes)
}

/// What bytes that are no text seem to be.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    let start = &bytes[..bytes.len().min(4096)];
    let known: [(&[u8], &str); 7] = [
        (b"\x89PNG", "PNG"),
        (b"%PDF", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x1f\x8b", "GZIP"),
        (b"SQLite format 3", "SQLite / GeoPackage"),
        (b"PMTiles", "PMTiles"),
        (b"fgb", "FlatGeobuf"),
    ];
    let named = known.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, name)| *name);
    named.or_else(|| start.contains(&0).then_some("?"))
}

/// Reads a project of any format that holds one, and says on standard error what is to be said about it.
pub(super) fn open(path: &Path, run: &mut Run<'_>) -> Result<Opened, Failure> {
    let source = read(path, run)?;
    let name = source.shown.clone();
    let opened = understand(source, run)?;
    for (note, _) in &opened.notes {
        run.say(&format!("{name}: {note}"));
    }
    Ok(opened)
}

/// The project in a source, with its notes unsaid.
pub(super) fn understand(source: Source, run: &Run<'_>) -> Result<Opened, Failure> {
    let Source { bytes, shown, stem, content } = source;
    let told = |text: String| Failure::Told(FAILED, format!("{shown}: {text}"));
    if content == Content::Own {
        let loaded = native::read(&bytes).map_err(|error| told(error.to_string()))?;
        let notes = loaded.notes.iter().map(|note| (note.text(run.lang), false)).collect();
        return Ok(Opened { project: loaded.project, notes, is_own: true });
    }
    let parsed = geojson::parse(&bytes).map_err(|error| told(error.text(run.lang)))?;
    drop(bytes);
    let options = ImportOptions { name: stem.as_deref(), region_at: Some(&region_at), lang: run.lang, origin: None };
    let imported = geojson::build(parsed, &options).map_err(|error| told(error.text(run.lang)))?;
    let notes = imported.notes.iter().map(|note| (note.text(run.lang), note.kind.is_loss())).collect();
    Ok(Opened { project: imported.project, notes, is_own: false })
}

/// Writes a result to a file, whole or not at all, or to standard output.
pub(super) fn put(path: &Path, bytes: &[u8], run: &mut Run<'_>) -> Result<(), Failure> {
    if is_dash(path) {
        return Ok(run.out.write_all(bytes)?);
    }
    if is_stream(path) {
        let written = fs::OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(bytes));
        return written.map_err(|error| unwritten(path, &error, run));
    }
    save::write_whole(path, bytes).map_err(|error| unwritten(path, &error, run))
}

/// Writes a project as its own kind of file, with a backup of what was there, or to standard output.
pub(super) fn put_project(path: &Path, project: &Project, run: &mut Run<'_>) -> Result<(), Failure> {
    if is_dash(path) || is_stream(path) {
        let bytes = native::write(project).map_err(|error| unwritten(path, &error, run))?;
        return put(path, &bytes, run);
    }
    let options = SaveOptions { overwrite: true, ..SaveOptions::default() };
    let saved = save::save(project, path, options).map_err(|error| unwritten(path, &error, run))?;
    for note in saved.notes {
        run.say(&format!("{}: {}", shown(path), note.text(run.lang)));
    }
    Ok(())
}

fn unwritten(path: &Path, error: &dyn std::error::Error, run: &Run<'_>) -> Failure {
    run.failed("cli-unwritable", &[("file", shown(path)), ("error", error.to_string())])
}

/// A device or a pipe cannot be replaced, only written to.
fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

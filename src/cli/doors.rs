//! Where the command line meets files: streams beside files, and the name of a file before what is said of it. What the
//! bytes mean is told by `io::door`, as for the window.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::{FAILED, Failure, Run};
use crate::basemap::region_at;
use crate::io::door::{self, Opened};
use crate::io::geojson::{Content, ImportOptions};
use crate::io::save::{self, SaveOptions};
use crate::io::{self, NoFile, ReadError, native};
use crate::model::{Project, SharedLibrary};

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

/// A failure with the file before it.
pub(super) fn told(file: &str, text: &str) -> Failure {
    Failure::Told(FAILED, format!("{file}: {text}"))
}

/// Reads a file or standard input, and tells what it is by its content.
pub(super) fn read(path: &Path, run: &mut Run<'_>) -> Result<Source, Failure> {
    let name = shown(path);
    let bytes = if is_dash(path) {
        if std::mem::replace(&mut run.stdin_is_used, true) {
            return Err(run.failed("cli-stdin-twice", &[]));
        }
        native::read_stream(&mut *run.stdin, run.most_bytes, 0)
    } else {
        match native::read_bytes(path, run.most_bytes) {
            // A pipe has been named on purpose: `report <(…)`.
            Err(ReadError::NotAFile(NoFile::Device)) => fs::File::open(path)
                .map_err(ReadError::of_system)
                .and_then(|stream| native::read_stream(stream, run.most_bytes, 0)),
            read => read,
        }
    };
    let bytes = bytes.map_err(|error| told(&name, &error.text(run.lang)))?;
    let content = door::content_of(&bytes, Some(path));
    let stem = path.file_stem().filter(|_| !is_dash(path)).map(|stem| stem.to_string_lossy().into_owned());
    Ok(Source { bytes, shown: name, stem, content })
}

/// Reads a project of any format that holds one, and says on standard error what is to be said about it.
pub(super) fn open(path: &Path, run: &mut Run<'_>) -> Result<Opened, Failure> {
    let source = read(path, run)?;
    let name = source.shown.clone();
    let opened = understand(source, run)?;
    say_notes(&name, &opened, run);
    Ok(opened)
}

/// Says on standard error what is to be said about what was read.
pub(super) fn say_notes(name: &str, opened: &Opened, run: &mut Run<'_>) {
    for note in &opened.notes {
        run.say(&format!("{name}: {}", note.text));
    }
}

/// The project in a source, with its notes unsaid.
pub(super) fn understand(source: Source, run: &Run<'_>) -> Result<Opened, Failure> {
    let Source { bytes, shown, stem, content } = source;
    let options = ImportOptions {
        name: stem.as_deref(),
        region_at: Some(&region_at),
        lang: run.lang,
        ..ImportOptions::default()
    };
    door::understand(bytes, content, &options).map_err(|error| told(&shown, &error.text(run.lang)))
}

/// The uses, rates and brief in a source.
pub(super) fn library(source: &Source, run: &Run<'_>) -> Result<SharedLibrary, Failure> {
    io::library::read(&source.bytes).map_err(|error| told(&source.shown, &error.text(run.lang)))
}

/// Writes a result to a file, whole or not at all, or to standard output.
pub(super) fn put(path: &Path, bytes: &[u8], run: &mut Run<'_>) -> Result<(), Failure> {
    if is_dash(path) {
        return Ok(run.out.write_all(bytes)?);
    }
    let written = if is_stream(path) {
        let written = fs::OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(bytes));
        written.map_err(save::SaveError::Io)
    } else {
        save::write_whole(path, bytes)
    };
    written.map_err(|error| told(&shown(path), &error.text(run.lang)))
}

/// Writes a project as its own kind of file, with a backup of what was there, or to standard output.
pub(super) fn put_project(path: &Path, project: &Project, run: &mut Run<'_>) -> Result<(), Failure> {
    let name = shown(path);
    let unwritten = |error: save::SaveError, run: &Run<'_>| told(&name, &error.text(run.lang));
    if is_dash(path) || is_stream(path) {
        let bytes = native::write(project).map_err(|error| unwritten(error.into(), run))?;
        return put(path, &bytes, run);
    }
    let options = SaveOptions { overwrite: true, ..SaveOptions::default() };
    let saved = save::save(project, path, options).map_err(|error| unwritten(error, run))?;
    for note in saved.notes {
        run.say(&format!("{name}: {}", note.text(run.lang)));
    }
    Ok(())
}

/// A device or a pipe cannot be replaced, only written to.
fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

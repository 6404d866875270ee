//! Every edit since the last save, on disk as soon as it is made.
//!
//! A journal is a list of lines of JSON: first what it builds on, then one line an edit. Each line begins with a digest
//! of its rest, so that a line that was cut off or damaged is noticed. It lies beside its project file, or in the
//! user's data folder for a project that was never saved (then it holds the whole project as well). It is locked while
//! a window has the project open, and removed when that window closes cleanly: a journal with edits that nobody holds
//! is what a crash left.
//!
//! Before a save a line says what the file will look like; so a crash between saving and emptying the journal is told
//! from a file that somebody else changed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use super::digest::{Digest, Fingerprint};
use super::finite::{self, NotANumber};
use super::native::WRITTEN_BY;
use super::save::follow_links;
use crate::edit::Edit;
use crate::i18n::{Lang, system_words, tr, tr_with};
use crate::model::Project;

mod replay;

pub use replay::{Recovery, recover};

/// What a journal says it is.
const FORMAT: &str = "maakblok-journal";
const VERSION: u64 = 1;

/// What a journal builds on.
#[derive(Clone, Copy, Debug)]
pub enum Base<'a> {
    /// A project file of this look.
    File(&'a Fingerprint),
    /// A project that was never saved.
    Unsaved(&'a Project),
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum JournalError {
    /// Another window holds it.
    InUse,
    /// The edits it holds do not belong to the project file as it is.
    OtherBase,
    /// An edit with a number that is none.
    NotANumber(#[from] NotANumber),
    /// There is no folder to put it in.
    NoPlace,
    /// The system refused.
    Io(#[from] io::Error),
}

impl JournalError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::InUse => tr(lang, "journal-error-in-use"),
            Self::OtherBase => tr(lang, "journal-error-base"),
            Self::NoPlace => tr(lang, "journal-error-place"),
            Self::NotANumber(error) => tr_with(lang, "journal-error-number", &[("what", error.text(lang).into())]),
            Self::Io(error) => tr_with(lang, "journal-error-system", &[("error", system_words(lang, error).into())]),
        }
    }
}

impl From<serde_json::Error> for JournalError {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Header<P> {
    format: String,
    version: u64,
    written_by: String,
    /// The content of the project file; none for a project that was never saved.
    base: Option<Digest>,
    /// The project as it was, when it was never saved.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    project: Option<P>,
}

/// A line after the first; its number goes up by one.
#[derive(Serialize, Deserialize)]
struct Line<E> {
    n: u64,
    /// An edit was made.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    edit: Option<E>,
    /// The project, edits up to here included, is about to be saved as a file of this content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    saving: Option<Digest>,
}

/// The journal of an open project. Dropping it leaves it on disk; [`Journal::close`] removes it.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// The number of the next line.
    next: u64,
    /// How many bytes of it are whole lines.
    length: u64,
    sync: Option<Sync>,
}

/// Forces the journal to the disk in a thread of its own: writing a line survives a crash of the program at once, the
/// disk may take its time to survive a power cut, and no frame waits for it.
#[derive(Debug)]
struct Sync {
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sync {
    fn start(file: &File) -> Option<Self> {
        let file = file.try_clone().ok()?;
        let (wake, woken) = sync_channel(1);
        let work = move || {
            while woken.recv().is_ok() {
                // A disk that refuses is noticed by the next write.
                let _ = file.sync_data();
            }
        };
        let thread = std::thread::Builder::new().name("journal to disk".to_owned()).spawn(work).ok()?;
        Some(Self { wake: Some(wake), thread: Some(thread) })
    }
}

impl Drop for Sync {
    fn drop(&mut self) {
        // The thread ends when nobody can wake it any more; its handle on the file holds the lock until then.
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A journal that was just opened.
#[derive(Debug)]
pub enum Opened {
    /// It is empty and ready.
    Fresh(Journal),
    /// It holds edits that were never saved: what a crash left. Nothing in it is touched until that is decided.
    Leftover(Leftover),
}

/// Edits that a crash left.
#[derive(Debug)]
pub struct Leftover {
    file: File,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Leftover {
    /// What it holds, on top of the project file as it is now; a project that was never saved needs no base. `None` when
    /// all of it is in the file already: then it can be discarded.
    #[must_use]
    pub fn recover(&self, base: Option<(&Project, &Fingerprint)>) -> Option<Recovery> {
        replay::recover_bytes(&self.bytes, base)
    }

    /// Goes on in the same journal after the recovered edits.
    ///
    /// # Errors
    /// When nothing was recovered, or on top of another file than the edits were made on, or the journal cannot be written.
    pub fn resume(mut self, recovery: &Recovery) -> Result<Journal, JournalError> {
        if recovery.project.is_none() || !recovery.base_matches {
            return Err(JournalError::OtherBase);
        }
        self.file.set_len(recovery.whole_bytes)?;
        let mut length = recovery.whole_bytes;
        self.file.seek(SeekFrom::End(0))?;
        if !self.bytes.get(..length as usize).is_some_and(|kept| kept.ends_with(b"\n")) {
            self.file.write_all(b"\n")?;
            length += 1;
        }
        let sync = Sync::start(&self.file);
        Ok(Journal { file: self.file, path: self.path, next: recovery.next_line, length, sync })
    }

    /// Keeps a copy of the journal beside it, for somebody who knows better what to do with it; the copy's path.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn set_aside(&self) -> io::Result<PathBuf> {
        let name = self.path.file_name().unwrap_or_default();
        let numbered = |number: u32| {
            let mut name = name.to_owned();
            name.push(format!("~{number}"));
            self.path.with_file_name(name)
        };
        // An earlier crash's copy stays what it is.
        for path in (1..).map(numbered) {
            let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            file.write_all(&self.bytes)?;
            file.sync_all()?;
            return Ok(path);
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Forgets the edits and starts anew.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn discard(self, base: Base<'_>) -> Result<Journal, JournalError> {
        Journal::start(self.file, self.path, base)
    }
}

impl Journal {
    /// The journal beside a project file, links followed.
    #[must_use]
    pub fn path_beside(project_file: &Path) -> PathBuf {
        let target = follow_links(project_file).unwrap_or_else(|_| project_file.to_owned());
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".journal");
        target.with_file_name(name)
    }

    /// The journal of a project file in another folder, for when its own folder takes no files.
    #[must_use]
    pub fn path_in(folder: &Path, project_file: &Path) -> PathBuf {
        let full = fs::canonicalize(project_file).unwrap_or_else(|_| project_file.to_owned());
        let mut name = full.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.journal", Digest::of(full.as_os_str().as_encoded_bytes())));
        folder.join(name)
    }

    /// Whether a window holds the journal of a project file: then that window has the file open.
    #[must_use]
    pub fn is_held(project_file: &Path) -> bool {
        let held = |file: File| matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        File::open(Self::path_beside(project_file)).is_ok_and(held)
    }

    /// The journals in a folder that are of no project file: projects that were never saved, in order of name.
    #[must_use]
    pub fn unsaved_in(folder: &Path) -> Vec<PathBuf> {
        let is_one = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with("unsaved-") && name.ends_with(".journal"))
        };
        let mut found: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_one).collect();
        found.sort();
        found
    }

    /// The place of the journal of a new project in a folder: the first number that is free.
    #[must_use]
    pub fn path_for_unsaved(folder: &Path) -> PathBuf {
        let path = |number: u32| folder.join(format!("unsaved-{number}.journal"));
        (1..).map(path).find(|path| !path.exists()).unwrap_or_else(|| path(0))
    }

    /// Opens the journal at a path and locks it.
    ///
    /// # Errors
    /// When another window holds it or the folder takes no files.
    pub fn open(path: &Path, base: Base<'_>) -> Result<Opened, JournalError> {
        // The one who held it may remove it between our opening and locking it; then we would hold a file that is in
        // no folder any more, and try again.
        for _ in 0..8 {
            let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
            lock(&file)?;
            if !is_still_at(&file, path) {
                continue;
            }
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            return if replay::holds_anything(&bytes) {
                Ok(Opened::Leftover(Leftover { file, path: path.to_owned(), bytes }))
            } else {
                Self::start(file, path.to_owned(), base).map(Opened::Fresh)
            };
        }
        Err(JournalError::InUse)
    }

    fn start(file: File, path: PathBuf, base: Base<'_>) -> Result<Self, JournalError> {
        let sync = Sync::start(&file);
        let mut journal = Self { file, path, next: 1, length: 0, sync };
        journal.begin(base)?;
        Ok(journal)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many lines it holds beside the first.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.next - 1
    }

    /// Adds an edit. When this returns, the edit survives a crash of the program.
    ///
    /// # Errors
    /// When the edit holds a number that is none, or the journal cannot be written; what it held before stays.
    pub fn append(&mut self, edit: &Edit) -> Result<(), JournalError> {
        finite::check(edit)?;
        self.line(&Line { n: self.next, edit: Some(edit), saving: None })
    }

    /// Says that the project is about to be saved as a file of this content.
    pub(super) fn saving(&mut self, content: Digest) -> Result<(), JournalError> {
        self.line(&Line { n: self.next, edit: None, saving: Some(content) })?;
        // The file must not be on the disk before this line is.
        Ok(self.file.sync_data()?)
    }

    /// Starts anew: the project was saved as a file of this look.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn reset(&mut self, saved: &Fingerprint) -> Result<(), JournalError> {
        self.begin(Base::File(saved))
    }

    /// Removes it: the project is closed, saved or not wanted.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn close(self) -> Result<(), JournalError> {
        // Removed while still locked, so that nobody opens what is about to go.
        Ok(fs::remove_file(&self.path)?)
    }

    fn begin(&mut self, base: Base<'_>) -> Result<(), JournalError> {
        let (digest, project) = match base {
            Base::File(fingerprint) => (Some(fingerprint.digest), None),
            Base::Unsaved(project) => {
                finite::check(project)?;
                (None, Some(project))
            }
        };
        let header = Header {
            format: FORMAT.to_owned(),
            version: VERSION,
            written_by: WRITTEN_BY.to_owned(),
            base: digest,
            project,
        };
        let line = with_digest(&header)?;
        self.file.set_len(0)?;
        self.length = 0;
        self.next = 1;
        self.write(&line)
    }

    fn line(&mut self, line: &Line<&Edit>) -> Result<(), JournalError> {
        if self.length == 0 {
            // Without its first line nothing after it could be read.
            return Err(io::Error::other("its first line is missing").into());
        }
        let line = with_digest(line)?;
        self.write(&line)?;
        self.next += 1;
        Ok(())
    }

    fn write(&mut self, line: &[u8]) -> Result<(), JournalError> {
        // Whatever a write that failed left behind goes first.
        self.file.seek(SeekFrom::Start(self.length))?;
        if let Err(error) = self.file.write_all(line) {
            let _ = self.file.set_len(self.length);
            return Err(error.into());
        }
        self.length += line.len() as u64;
        match &self.sync {
            // A thread that is already asked to will see this line too.
            Some(Sync { wake: Some(wake), .. }) => drop(wake.try_send(())),
            _ => self.file.sync_data()?,
        }
        Ok(())
    }
}

/// Locks a journal. One that is just being let go of is waited for, for a tenth of a second.
fn lock(file: &File) -> Result<(), JournalError> {
    for _ in 0..10 {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(std::time::Duration::from_millis(10)),
            // A file system without locks: better a journal that two could share than none.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Err(JournalError::InUse)
}

/// What stands before and after the digest of a line.
const BEFORE: &[u8] = b"{\"sum\":\"";
const AFTER: &[u8] = b"\",";

/// A line: an object whose first field is the digest of its rest.
fn with_digest<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let object = serde_json::to_vec(value)?;
    let rest = &object[1..];
    Ok([BEFORE, Digest::of(rest).to_string().as_bytes(), AFTER, rest, b"\n"].concat())
}

/// Whether an open file is still the one at a path.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Whether an open file is still the one at a path; a locked file cannot be removed here.
#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

//! Putting a project on disk: whole or not at all, with backups, and never over somebody else's work unasked.
//!
//! The new content goes into a file of another name in the same folder, is forced to the disk, and only then takes
//! the place of the old one. So the file holds at every moment, also when the power goes, either all of the old or all
//! of the new content. What was there becomes the backup `NAME~1`; older backups move up to `~5`.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::digest::{Digest, Fingerprint};
use super::finite::NotANumber;
use super::journal::Journal;
use super::native;
use super::read_error::NoFile;
use crate::i18n::{Lang, tr, tr_with};
use crate::model::Project;

/// How many backups are kept.
pub const BACKUPS: usize = 5;

/// How a project shall be saved.
#[derive(Default)]
pub struct SaveOptions<'a> {
    /// What the file looked like when it was read or last saved; a file that differs is somebody else's work. `None`
    /// for a file that shall be new.
    pub since: Option<Fingerprint>,
    /// Replace what is there, whoever wrote it.
    pub overwrite: bool,
    /// The journal of this file: it learns of the save before it happens and is emptied after it.
    pub journal: Option<&'a mut Journal>,
}

/// What came of a save.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// What the file looks like now.
    pub fingerprint: Fingerprint,
    /// The file that was written, links followed.
    pub path: PathBuf,
    /// What did not work on the side; the file itself is safe.
    pub notes: Vec<SaveNote>,
}

/// What did not work beside a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveNote {
    /// No backup could be made.
    NoBackup(String),
    /// The journal could not be emptied; it will be recognised as saved.
    JournalKept(String),
}

impl SaveNote {
    /// As people read it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (key, reason) = match self {
            Self::NoBackup(reason) => ("save-no-backup", reason),
            Self::JournalKept(reason) => ("save-journal-kept", reason),
        };
        tr_with(lang, key, &[("reason", reason.as_str().into())])
    }
}

/// Why a project was not saved. The file is as it was.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum SaveError {
    /// Somebody else saved it meanwhile.
    ChangedOnDisk,
    /// There is a file of that name already.
    Exists,
    /// The path is a folder or a device.
    NotAFile(NoFile),
    /// The file is protected.
    Protected,
    /// The folder takes no files.
    FolderRefuses(io::Error),
    /// There is no such folder.
    NoFolder(PathBuf),
    /// No room.
    DiskFull {
        /// How many bytes the file takes.
        needed: u64,
    },
    /// A number of the project is none.
    NotANumber(#[from] NotANumber),
    /// Anything else that the system says.
    Io(io::Error),
}

impl SaveError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let say = |key: &str, name: &str, value: String| tr_with(lang, key, &[(name, value.into())]);
        match self {
            Self::ChangedOnDisk => tr(lang, "save-error-changed"),
            Self::Exists => tr(lang, "save-error-exists"),
            Self::NotAFile(what) => say("save-error-no-file", "what", what.text(lang)),
            Self::Protected => tr(lang, "save-error-protected"),
            Self::FolderRefuses(error) => say("save-error-folder", "error", error.to_string()),
            Self::NoFolder(folder) => say("save-error-no-folder", "folder", folder.display().to_string()),
            Self::DiskFull { needed } => say("save-error-full", "needed", needed.div_ceil(1_000_000).to_string()),
            Self::NotANumber(error) => say("save-error-number", "what", error.text(lang)),
            Self::Io(error) => say("save-error-system", "error", error.to_string()),
        }
    }
}

/// Saves a project. Symbolic links are followed, permissions kept.
///
/// # Errors
/// Why it was not saved; what was on disk is then as it was.
pub fn save(project: &Project, path: &Path, options: SaveOptions<'_>) -> Result<Saved, SaveError> {
    let target = follow_links(path).map_err(SaveError::Io)?;
    let old = look_at(&target)?;
    if let Some(old) = &old {
        if !options.overwrite {
            is_ours(&target, old, options.since.as_ref())?;
        }
        if old.permissions().readonly() {
            return Err(SaveError::Protected);
        }
    }
    let bytes = native::write(project)?;
    let mut notes = Vec::new();
    let mut journal = options.journal;
    let there_already =
        old.as_ref().is_some_and(|old| old.len() == bytes.len() as u64) && fs::read(&target).is_ok_and(|b| b == bytes);
    // Saving twice must not push out a backup.
    if !there_already {
        replace(&target, &bytes, old.is_some(), &mut notes, |digest| {
            // A journal that cannot be written any more must not stop the save: it is the way out.
            if let Some(journal) = &mut journal {
                let _ = journal.saving(digest);
            }
        })?;
    }
    let fingerprint = Fingerprint::of(&bytes).dated(fs::metadata(&target));
    if let Some(journal) = journal
        && let Err(error) = journal.reset(&fingerprint)
    {
        notes.push(SaveNote::JournalKept(error.to_string()));
    }
    Ok(Saved { fingerprint, path: target, notes })
}

/// Writes bytes to a file, whole or not at all, with the permissions that it had; links are followed. For files that
/// need no backups (exports, reports, settings).
///
/// # Errors
/// Why it was not written; what was on disk is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let target = follow_links(path).map_err(SaveError::Io)?;
    if look_at(&target)?.is_some_and(|old| old.permissions().readonly()) {
        return Err(SaveError::Protected);
    }
    let file = prepare(&target, bytes)?;
    file.commit().map_err(|e| in_words(e, &target, bytes.len()))
}

fn replace(
    target: &Path,
    bytes: &[u8],
    backup: bool,
    notes: &mut Vec<SaveNote>,
    mut before: impl FnMut(Digest),
) -> Result<(), SaveError> {
    let file = prepare(target, bytes)?;
    // Only now that the new content is safe on the disk: a save that fails must not push out old backups.
    if backup && let Err(error) = rotate(target) {
        notes.push(SaveNote::NoBackup(error.to_string()));
    }
    before(Digest::of(bytes));
    file.commit().map_err(|e| in_words(e, target, bytes.len()))?;
    sweep(target);
    Ok(())
}

/// The new content under another name, forced to the disk.
fn prepare(target: &Path, bytes: &[u8]) -> Result<AtomicWriteFile, SaveError> {
    let words = |e| in_words(e, target, bytes.len());
    let mut file = AtomicWriteFile::open(target).map_err(words)?;
    file.write_all(bytes).map_err(words)?;
    file.sync_all().map_err(words)?;
    Ok(file)
}

fn in_words(error: io::Error, target: &Path, needed: usize) -> SaveError {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => SaveError::DiskFull { needed: needed as u64 },
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => SaveError::FolderRefuses(error),
        // Some file systems of the kernel have the folder and say of every new file that it is not there.
        Kind::NotFound | Kind::NotADirectory if folder_of(target).is_dir() => SaveError::FolderRefuses(error),
        Kind::NotFound | Kind::NotADirectory => SaveError::NoFolder(folder_of(target)),
        _ => SaveError::Io(error),
    }
}

fn folder_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The file that a path leads to; a link to nothing leads to the file that it would make.
pub(super) fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    // As many as Linux follows.
    for _ in 0..40 {
        match fs::read_link(&path) {
            Ok(to) => path = folder_of(&path).join(to),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links, perhaps in a circle"))
}

/// What is at the path: a regular file, or nothing.
fn look_at(target: &Path) -> Result<Option<Metadata>, SaveError> {
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
        Ok(metadata) => Err(SaveError::NotAFile(if metadata.is_dir() { NoFile::Folder } else { NoFile::Device })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(in_words(error, target, 0)),
    }
}

/// Whether the file is still the one that was read. The content decides, whatever the time says: two saves may fall
/// into one tick of the file system's clock.
fn is_ours(target: &Path, old: &Metadata, since: Option<&Fingerprint>) -> Result<(), SaveError> {
    let Some(since) = since else { return Err(SaveError::Exists) };
    let same =
        old.len() == since.length && since.same_content(&Fingerprint::of(&fs::read(target).map_err(SaveError::Io)?));
    if same { Ok(()) } else { Err(SaveError::ChangedOnDisk) }
}

/// The place of a backup, 1 being the newest.
#[must_use]
pub fn backup_path(path: &Path, number: usize) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!("~{number}"));
    path.with_file_name(name)
}

/// The backups that there are, the newest first.
#[must_use]
pub fn backups(path: &Path) -> Vec<PathBuf> {
    let target = follow_links(path).unwrap_or_else(|_| path.to_owned());
    (1..=BACKUPS).map(|number| backup_path(&target, number)).filter(|backup| backup.is_file()).collect()
}

/// Makes what is there now the newest backup.
fn rotate(target: &Path) -> io::Result<()> {
    let newest = backup_path(target, 1);
    // A save that was stopped right after this left its backup; it need not be there twice.
    if same_file_content(target, &newest) {
        return Ok(());
    }
    for number in (1..BACKUPS).rev() {
        match fs::rename(backup_path(target, number), backup_path(target, number + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    // A second name for the old content costs nothing; where the file system knows no such thing, a copy.
    fs::hard_link(target, &newest).or_else(|_| {
        let mut copy = AtomicWriteFile::open(&newest)?;
        copy.write_all(&fs::read(target)?)?;
        copy.commit()
    })
}

fn same_file_content(a: &Path, b: &Path) -> bool {
    let length = |path| fs::metadata(path).map(|m: Metadata| m.len());
    match (length(a), length(b)) {
        (Ok(la), Ok(lb)) if la == lb => matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b),
        _ => false,
    }
}

/// Removes what saves left that were killed: `.NAME.` with six letters or digits, at least ten minutes older than what
/// was just saved, so that nobody is writing it any more.
fn sweep(target: &Path) {
    let Some(name) = target.file_name().and_then(|name| name.to_str()) else { return };
    let Ok(now) = fs::metadata(target).and_then(|m| m.modified()) else { return };
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    let start = format!(".{name}.");
    for entry in entries.flatten() {
        let file_name = entry.file_name();
        let Some(rest) = file_name.to_str().and_then(|n| n.strip_prefix(&start)) else { continue };
        let made_by_a_save = rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric());
        let modified = entry.metadata().and_then(|m| m.modified()).ok();
        let age = modified.and_then(|modified| now.duration_since(modified).ok());
        if made_by_a_save && age.is_some_and(|age| age.as_secs() > 600) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

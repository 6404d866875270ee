//! An open project and the files behind it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::paths::suggested_name;
use super::session::Session;
use crate::edit::Edit;
use crate::io::digest::Fingerprint;
use crate::io::journal::Journal;

/// An open project and the files behind it.
pub struct Document {
    /// The project.
    pub session: Session,
    /// Its file, once it has one.
    pub path: Option<PathBuf>,
    pub(super) fingerprint: Option<Fingerprint>,
    pub(super) journal: Option<Journal>,
    /// Where in the history the file stands; `None` when it stands nowhere in it.
    pub(super) saved_mark: Option<u64>,
    /// Whether another window has the file; then it can only be saved under another name.
    pub in_use: bool,
    pub(super) saving: bool,
    /// Tells it from the documents opened before and after it.
    pub(super) serial: u64,
    /// Edits that the journal has not taken yet.
    pub(super) unwritten: Vec<Edit>,
    /// Since when they wait, by the clock.
    pub(super) waiting_since: Option<Duration>,
    /// Whether the user has been told that the journal takes no edits.
    pub(super) is_unprotected: bool,
}

impl Document {
    /// Whether there is something that the file does not have.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.saved_mark != Some(self.session.history().mark())
    }

    /// Tells it from the documents opened before and after it.
    #[must_use]
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// Whether it is being saved right now.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.saving
    }

    /// Whether every edit is in the journal, so that a crash costs none.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.journal.is_some() && self.unwritten.is_empty()
    }

    /// The name of the file without its folder, or the project's name.
    #[must_use]
    pub fn file_name(&self) -> String {
        let name = self.path.as_deref().and_then(Path::file_name);
        name.map_or_else(
            || suggested_name(&self.session.project().name, "maakblok"),
            |n| n.to_string_lossy().into_owned(),
        )
    }
}

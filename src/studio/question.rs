//! What is asked of the user before something goes on.

use std::path::PathBuf;

use super::action::{Action, PathFor};
use crate::i18n::{Arg, Lang, number, tr, tr_with};
use crate::io::journal::{Leftover, Recovery};

/// What is asked of the user, with what depends on the answer.
pub enum Question {
    /// There is unsaved work: save it, drop it, or stay?
    Unsaved {
        /// What the project is called.
        name: String,
        /// What goes on after it.
        then: Box<Action>,
    },
    /// A crash left edits: take them up, or let them go?
    Recover {
        /// The journal.
        leftover: Box<Leftover>,
        /// What it holds.
        recovery: Box<Recovery>,
        /// Where the file is.
        path: Option<PathBuf>,
    },
    /// Somebody else changed the file: save elsewhere, replace it, or stay?
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// A typed path leads to a file that is there already.
    Replace {
        /// What the path was for.
        what: PathFor,
        /// The file.
        path: PathBuf,
    },
}

impl Question {
    /// Heading, text and the words of the choices; the one that loses nothing stands first.
    #[must_use]
    pub fn words(&self, lang: Lang) -> (String, String, Vec<String>) {
        let words = |title: &str, text: String, choices: &[&str]| {
            (tr(lang, title), text, choices.iter().map(|key| tr(lang, key)).collect())
        };
        match self {
            Self::Unsaved { name, .. } => {
                let text = tr_with(lang, "ask-unsaved-text", &[("name", name.as_str().into())]);
                words("ask-unsaved", text, &["ask-save", "ask-drop", "ask-stay"])
            }
            Self::Recover { recovery, path, .. } => {
                let count = number(lang, recovery.edits as f64, 0);
                let last = recovery.last_label().map(|label| label.text(lang)).unwrap_or_default();
                let args = [("n", Arg::from(recovery.edits)), ("count", count.into()), ("last", last.into())];
                let key = if path.is_some() { "ask-recover-text" } else { "ask-recover-text-unsaved" };
                let mut text = tr_with(lang, key, &args);
                let leave = if path.is_some() { "ask-recover-no" } else { "ask-recover-forget" };
                if !recovery.base_matches {
                    let key = if recovery.project.is_some() { "ask-recover-other" } else { "ask-recover-unfit" };
                    text = format!("{text}. {}", tr(lang, key));
                }
                if recovery.project.is_some() {
                    let take = if recovery.base_matches { "ask-recover-yes" } else { "ask-recover-copy" };
                    words("ask-recover", text, &[take, leave])
                } else {
                    words("ask-recover", text, &[leave])
                }
            }
            Self::ChangedOnDisk { path } => words(
                "ask-changed",
                tr_with(lang, "ask-changed-text", &[("path", path.display().to_string().into())]),
                &["ask-elsewhere", "ask-replace", "ask-stay"],
            ),
            Self::Replace { path, .. } => words(
                "ask-exists",
                tr_with(lang, "ask-exists-text", &[("path", path.display().to_string().into())]),
                &["ask-stay", "ask-replace"],
            ),
        }
    }
}

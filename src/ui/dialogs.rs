//! The system's file dialogs.
//!
//! On Linux they go through a desktop portal that may be missing or hang; they are called from a thread of their own,
//! and where none can be there the path is typed instead.

use rfd::FileDialog;

use crate::studio::{DialogAnswer, Dialogs, FileFilter};

/// The system's file dialogs.
pub struct SystemDialogs;

impl SystemDialogs {
    /// Whether the machine can show a dialog: on Linux, whether a message bus is there to ask for one.
    fn available() -> bool {
        !cfg!(target_os = "linux") || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|bus| !bus.is_empty())
    }
}

fn dialog(title: &str, filters: &[FileFilter]) -> FileDialog {
    let mut dialog = FileDialog::new().set_title(title);
    for filter in filters {
        dialog = dialog.add_filter(&filter.name, &filter.extensions);
    }
    dialog
}

fn answer(path: Option<std::path::PathBuf>) -> DialogAnswer {
    path.map_or(DialogAnswer::Cancelled, DialogAnswer::Chosen)
}

impl Dialogs for SystemDialogs {
    fn open(&self, title: &str, filters: &[FileFilter]) -> DialogAnswer {
        if !Self::available() {
            return DialogAnswer::Unavailable;
        }
        answer(dialog(title, filters).pick_file())
    }

    fn save(&self, title: &str, name: &str, filters: &[FileFilter]) -> DialogAnswer {
        if !Self::available() {
            return DialogAnswer::Unavailable;
        }
        answer(dialog(title, filters).set_file_name(name).save_file())
    }
}

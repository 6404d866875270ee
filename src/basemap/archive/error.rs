//! Why a map in a file cannot be read, in words.

use crate::i18n::{Lang, system_words, tr, tr_with};

/// Why an archive, or a tile of it, cannot be read. The texts begin in lower case, for use after a name and a colon.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum ArchiveError {
    /// The file system refuses.
    Open(std::io::Error),
    /// Its first bytes are those of no archive.
    NotAnArchive,
    /// A version of the format that is not known.
    Version {
        /// The version that it says it has.
        version: u8,
    },
    /// It ends before something that it says it has.
    Truncated,
    /// Something in it contradicts itself.
    Damaged {
        /// What of it.
        what: Part,
    },
    /// Its tiles are of a kind that cannot be drawn.
    UnknownTiles {
        /// What it calls them.
        format: String,
    },
    /// It is packed in a way that cannot be unpacked.
    Packing {
        /// What the packing is called.
        name: &'static str,
    },
    /// Something in it is larger than anything of its kind should be.
    TooLarge,
    /// There are no tiles in it.
    Empty,
    /// The reader of databases refuses.
    Database(rusqlite::Error),
}

/// A part of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The first bytes.
    Head,
    /// The list of tiles.
    Directory,
    /// What it says of itself.
    Metadata,
    /// A tile.
    Tile,
}

impl ArchiveError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Open(error) => tr_with(lang, "archive-error-open", &[("error", system_words(lang, error).into())]),
            Self::NotAnArchive => tr(lang, "archive-error-kind"),
            Self::Version { version } => {
                tr_with(lang, "archive-error-version", &[("version", version.to_string().into())])
            }
            Self::Truncated => tr(lang, "archive-error-truncated"),
            Self::Damaged { what } => {
                let key = match what {
                    Part::Head => "archive-error-head",
                    Part::Directory => "archive-error-directory",
                    Part::Metadata => "archive-error-metadata",
                    Part::Tile => "archive-error-tile",
                };
                tr(lang, key)
            }
            Self::UnknownTiles { format } => {
                tr_with(lang, "archive-error-format", &[("format", format.as_str().into())])
            }
            Self::Packing { name } => tr_with(lang, "archive-error-packing", &[("name", (*name).into())]),
            Self::TooLarge => tr(lang, "archive-error-large"),
            Self::Empty => tr(lang, "archive-error-empty"),
            Self::Database(error) => tr_with(lang, "archive-error-database", &[("error", error.to_string().into())]),
        }
    }

    /// The tiles of a part cannot be right.
    pub(super) fn damaged(what: Part) -> Self {
        Self::Damaged { what }
    }
}

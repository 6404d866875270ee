//! What can be wrong with a map under the drawing, in words.

use std::sync::Arc;

use crate::basemap::ArchiveError;
use crate::basemap::online::OnlineError;
use crate::i18n::{Lang, tr};

/// Why a map, or a tile of it, is not seen.
#[derive(Clone, Debug)]
pub enum MapFault {
    /// Its file cannot be read.
    File(Arc<ArchiveError>),
    /// The network does not give it.
    Online(OnlineError),
    /// Its tiles are damaged.
    Damaged,
    /// The list of services has none of that name.
    Unknown,
}

impl MapFault {
    /// The sentence for people; it begins in lower case.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::File(error) => error.text(lang),
            Self::Online(error) => error.text(lang),
            Self::Damaged => tr(lang, "archive-error-tile"),
            Self::Unknown => tr(lang, "map-unknown"),
        }
    }

    /// After how many seconds another try makes sense; never for what is damaged.
    #[must_use]
    pub fn again_after_s(&self) -> Option<u32> {
        match self {
            // A folder of the network, or a stick, may come back.
            Self::File(error) => matches!(**error, ArchiveError::Open(_)).then_some(20),
            Self::Online(error) => Some(error.again_after_s()),
            Self::Damaged | Self::Unknown => None,
        }
    }

    /// Whether it only says that the program is offline, which the user knows.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Online(OnlineError::Offline))
    }
}

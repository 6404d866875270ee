//! What can be wrong with a map under the drawing, in words, and what all sources of tiles have in common.

use std::sync::Arc;

use super::TileId;
use super::archive::{Archive, ArchiveError, ArchiveInfo};
use super::online::{OnlineError, OnlineSource};
use crate::i18n::{Lang, tr, tr_with};

/// Why a map, or a tile of it, is not seen.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum MapFault {
    /// Its file cannot be read.
    File(Arc<ArchiveError>),
    /// The network does not give it.
    Online(OnlineError),
    /// Its tiles are damaged.
    Damaged,
    /// The list of services has none of that name.
    Unknown,
    /// Nobody waits for it any more.
    CalledOff,
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
            Self::CalledOff => tr(lang, "export-called-off"),
        }
    }

    /// The sentence for people of a map that is asked for again by itself.
    #[must_use]
    pub fn text_while_shown(&self, lang: Lang) -> String {
        let text = self.text(lang);
        match self.again_after_s().filter(|_| matches!(self, Self::Online(_))) {
            Some(_) => tr_with(lang, "online-again", &[("what", text.into())]),
            None => text,
        }
    }

    /// After how many seconds another try makes sense; never for what is damaged.
    #[must_use]
    pub fn again_after_s(&self) -> Option<u32> {
        match self {
            // A folder of the network, or a stick, may come back.
            Self::File(error) => matches!(**error, ArchiveError::Open(_)).then_some(20),
            Self::Online(error) => Some(error.again_after_s()),
            Self::Damaged | Self::Unknown | Self::CalledOff => None,
        }
    }

    /// Whether it only says that the program is offline, which the user knows.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Online(OnlineError::Offline))
    }
}

/// Something that has tiles: a file, or a service of the network.
pub trait TileReader: Send + Sync {
    /// What it says of itself.
    fn info(&self) -> &ArchiveInfo;

    /// The bytes of a tile, unpacked; `None` where it has none. May block.
    ///
    /// # Errors
    /// When it cannot be had.
    fn read(&self, tile: TileId) -> Result<Option<Vec<u8>>, MapFault>;
}

impl TileReader for Archive {
    fn info(&self) -> &ArchiveInfo {
        self.info()
    }

    fn read(&self, tile: TileId) -> Result<Option<Vec<u8>>, MapFault> {
        self.tile(tile).map_err(|error| MapFault::File(Arc::new(error)))
    }
}

impl TileReader for OnlineSource {
    fn info(&self) -> &ArchiveInfo {
        self.info()
    }

    fn read(&self, tile: TileId) -> Result<Option<Vec<u8>>, MapFault> {
        self.tile(tile).map_err(MapFault::Online)
    }
}

//! Where tiles come from: an archive on the disk or a service of the network, and what is understood of its tiles.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::basemap::MapFault;
use crate::basemap::{Archive, ArchiveInfo, OnlineSource, TileId, TileKind, TileReader, VectorTile};

/// Understood tiles are kept up to this many bytes.
const KEPT_BYTES: usize = 96 << 20;

/// An open source of tiles.
pub struct Source {
    /// Tells it from others; never used twice.
    pub serial: u64,
    from: Box<dyn TileReader>,
    /// Whether asking it may take long.
    is_slow: bool,
    /// What was wrong with the last tile that was asked for.
    fault: Mutex<Option<MapFault>>,
}

/// What became of a tile that was asked for.
#[derive(Clone, Debug)]
pub enum Fetched<T> {
    /// Here it is.
    Here(T),
    /// There is none.
    None,
    /// It cannot be had, for this reason.
    Failed(MapFault),
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("serial", &self.serial).field("info", self.info()).finish_non_exhaustive()
    }
}

impl Source {
    /// A source that is a file.
    pub fn file(serial: u64, archive: Archive) -> Self {
        Self { serial, from: Box::new(archive), is_slow: false, fault: Mutex::default() }
    }

    /// A source of the network.
    pub fn network(serial: u64, source: OnlineSource) -> Self {
        Self { serial, from: Box::new(source), is_slow: true, fault: Mutex::default() }
    }

    /// What it says of itself.
    pub fn info(&self) -> &ArchiveInfo {
        self.from.info()
    }

    /// Whether asking it may take long.
    pub fn is_slow(&self) -> bool {
        self.is_slow
    }

    /// Remembers how the last tile fared.
    pub fn has_answered(&self, fault: Option<MapFault>) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// What was wrong with the last tile.
    pub fn fault(&self) -> Option<MapFault> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The tile whose bytes show a tile: itself, or the finest there is over it.
    pub fn data_tile(&self, tile: TileId) -> TileId {
        tile.at_zoom(self.info().zooms[1])
    }

    /// The bytes of a tile. Blocks.
    pub fn bytes(&self, tile: TileId) -> Fetched<Vec<u8>> {
        match self.from.read(tile) {
            Ok(Some(bytes)) => Fetched::Here(bytes),
            Ok(None) => Fetched::None,
            Err(why) => Fetched::Failed(why),
        }
    }
}

/// A tile that is understood by one thread while others that want it wait.
type Slot = Arc<OnceLock<Fetched<Arc<VectorTile>>>>;

/// Understood tiles of shapes, shared by the threads that draw.
#[derive(Debug, Default)]
pub struct Understood(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    slots: BTreeMap<(u64, TileId), (u64, Slot)>,
    clock: u64,
    bytes: usize,
}

impl Understood {
    /// A tile of a source of shapes, understood once.
    pub fn tile(&self, source: &Source, tile: TileId) -> Fetched<Arc<VectorTile>> {
        debug_assert_eq!(source.info().kind, TileKind::Vector);
        let key = (source.serial, tile);
        let slot = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.clock += 1;
            let clock = kept.clock;
            let slot = kept.slots.entry(key).or_default();
            slot.0 = clock;
            Arc::clone(&slot.1)
        };
        let mut is_new = 0;
        let result = slot.get_or_init(|| match source.bytes(tile) {
            Fetched::Here(bytes) => match VectorTile::read(&bytes) {
                Some(tile) => {
                    is_new = tile.size();
                    Fetched::Here(Arc::new(tile))
                }
                None => Fetched::Failed(MapFault::Damaged),
            },
            Fetched::None => Fetched::None,
            Fetched::Failed(why) => Fetched::Failed(why),
        });
        let may_come = matches!(result, Fetched::Failed(why) if why.again_after_s().is_some());
        if is_new > 0 || may_come {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if may_come {
                kept.slots.remove(&key);
            }
            kept.bytes += is_new;
            kept.shrink();
        }
        result.clone()
    }

    /// The tile, if it has been understood already.
    pub fn known(&self, source: &Source, tile: TileId) -> Option<Arc<VectorTile>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.slots.get(&(source.serial, tile))?.1.get()? {
            Fetched::Here(tile) => Some(Arc::clone(tile)),
            _ => None,
        }
    }
}

impl Kept {
    /// Lets the tiles go that were wanted longest ago.
    fn shrink(&mut self) {
        if self.bytes <= KEPT_BYTES {
            return;
        }
        let mut by_age: Vec<(u64, (u64, TileId))> = self.slots.iter().map(|(key, (used, _))| (*used, *key)).collect();
        by_age.sort_unstable();
        for (_, key) in by_age {
            if self.bytes <= KEPT_BYTES / 2 {
                break;
            }
            if let Some((_, slot)) = self.slots.remove(&key)
                && let Some(Fetched::Here(tile)) = slot.get()
            {
                self.bytes = self.bytes.saturating_sub(tile.size());
            }
        }
    }
}

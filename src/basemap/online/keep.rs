//! An area of a service kept for use without a network: only where its terms allow, when the user asks for it, within
//! bounds, and slowly when it says so.
//!
//! OpenFreeMap's maker has put it so (project's discussion 142): an explicit action of the user, about 50 MB at most, three
//! requests at once, waiting when the answer is 429, kept locally. What has been fetched stays in the cache, so work that was
//! called off goes on where it stopped.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{OnlineError, OnlineSource};
use crate::basemap::TileId;
use crate::basemap::archive::{ArchiveInfo, TileKind, Written, packed, write_pmtiles};
use crate::i18n::{Lang, tr};

/// The most bytes of an area.
pub const MOST_KEPT_BYTES: u64 = 50_000_000;

/// How many requests are under way at once.
const AT_ONCE: usize = 3;

/// How often a tile is asked for when the service wants to rest.
const TRIES: usize = 4;

/// The longest that is waited before another try.
const LONGEST_WAIT: Duration = Duration::from_secs(90);

/// About how many bytes a tile of shapes of a city has, by what was measured on tiles of Brussels and Florence; of pictures.
const TILE_BYTES: [u64; 2] = [60_000, 25_000];

/// An area that may be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeepPlan {
    /// What of the map, in degrees: west, south, east, north.
    pub cover_deg: [f64; 4],
    /// Its tiles, coarse ones first.
    pub tiles: Vec<TileId>,
    /// About how many bytes they have.
    pub about_bytes: u64,
}

impl KeepPlan {
    /// The tiles of an area at the zooms that a service has, from the one that shows it whole.
    #[must_use]
    pub fn new(info: &ArchiveInfo, cover_deg: [f64; 4]) -> Self {
        /// More are never kept; they need not be listed.
        const MOST: usize = 20_000;
        /// Coarser tiles show no site.
        const FROM: u8 = 8;
        /// Pictures deeper than this are too many.
        const DEEPEST_PICTURE: u8 = 17;
        let [west, south, east, north] = cover_deg;
        let most = if info.kind == TileKind::Raster { info.zooms[1].min(DEEPEST_PICTURE) } else { info.zooms[1] };
        let mut tiles = Vec::new();
        for zoom in FROM.max(info.zooms[0])..=most {
            let (first, last) = (TileId::at(west, north, zoom), TileId::at(east, south, zoom));
            // Across the end of the map there is no area.
            let (Some(columns), Some(rows)) = (last.x.checked_sub(first.x), last.y.checked_sub(first.y)) else {
                continue;
            };
            let count = (u64::from(columns) + 1) * (u64::from(rows) + 1);
            if tiles.len() as u64 + count > MOST as u64 {
                return Self { cover_deg, tiles, about_bytes: u64::MAX };
            }
            for y in first.y..=last.y {
                tiles.extend((first.x..=last.x).map(|x| TileId { zoom, x, y }).filter(|tile| info.may_have(*tile)));
            }
        }
        let about = TILE_BYTES[usize::from(info.kind == TileKind::Raster)];
        let about_bytes = tiles.len() as u64 * about;
        Self { cover_deg, tiles, about_bytes }
    }

    /// Whether it is within what may be kept.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.about_bytes <= MOST_KEPT_BYTES
    }
}

/// Who watches the work.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Whether to go on.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
    /// Told of each tile that is done.
    pub done: &'a (dyn Fn() + Sync),
}

/// Why an area was not kept.
#[derive(Clone, Debug, PartialEq)]
pub enum KeepError {
    /// The terms of the service do not allow it.
    NotAllowed,
    /// It turned out to have more bytes than may be kept.
    TooLarge,
    /// It was called off; what had come stays in the cache.
    CalledOff,
    /// The network does not give it.
    Online(OnlineError),
}

impl KeepError {
    /// The sentence for people; it begins in lower case.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::NotAllowed => tr(lang, "keep-not-allowed"),
            Self::TooLarge => tr(lang, "keep-too-large"),
            Self::CalledOff => tr(lang, "keep-called-off"),
            Self::Online(error) => error.text(lang),
        }
    }
}

/// Fetches the tiles of a plan and makes one PMTiles file of them.
///
/// # Errors
/// When the terms do not allow it, it is too large, the service fails, or it was called off.
pub fn keep(source: &OnlineSource, plan: &KeepPlan, name: &str, watch: Watch<'_>) -> Result<Vec<u8>, KeepError> {
    if !source.service().may_prefetch {
        return Err(KeepError::NotAllowed);
    }
    if !plan.is_allowed() {
        return Err(KeepError::TooLarge);
    }
    let (next, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let stopped = AtomicBool::new(false);
    let fault: Mutex<Option<KeepError>> = Mutex::new(None);
    let tiles: Mutex<BTreeMap<TileId, Arc<[u8]>>> = Mutex::default();
    let stop = |why: KeepError| {
        stopped.store(true, Ordering::Relaxed);
        fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
    };
    let is_vector = source.info().kind == TileKind::Vector;
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(tile) = plan.tiles.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if stopped.load(Ordering::Relaxed) {
                        return;
                    }
                    match patiently(source, *tile, watch) {
                        Ok(Some(found)) => {
                            let found = if is_vector { packed(&found) } else { found };
                            let sum = bytes.fetch_add(found.len(), Ordering::Relaxed) + found.len();
                            if sum as u64 > MOST_KEPT_BYTES {
                                return stop(KeepError::TooLarge);
                            }
                            tiles.lock().unwrap_or_else(PoisonError::into_inner).insert(*tile, found.into());
                        }
                        Ok(None) => {}
                        Err(why) => return stop(why),
                    }
                    (watch.done)();
                    if !(watch.goes_on)() {
                        return stop(KeepError::CalledOff);
                    }
                }
            });
        }
    });
    if let Some(why) = fault.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(why);
    }
    let tiles = tiles.into_inner().unwrap_or_else(PoisonError::into_inner);
    let tile_type = match (is_vector, tiles.values().next().map(|bytes| image::guess_format(bytes))) {
        (true, _) => 1,
        (_, Some(Ok(image::ImageFormat::Jpeg))) => 3,
        (_, Some(Ok(image::ImageFormat::WebP))) => 4,
        _ => 2,
    };
    let about = Written {
        name,
        attribution: &source.info().attribution,
        kind: source.info().kind,
        tile_type,
        cover_deg: plan.cover_deg,
        more: serde_json::Map::new(),
    };
    let mut file = Vec::new();
    // Memory takes what is written.
    let _ = write_pmtiles(&tiles, &about, &mut file);
    Ok(file)
}

/// A tile, asked for again after a rest where the service wants one.
fn patiently(source: &OnlineSource, tile: TileId, watch: Watch<'_>) -> Result<Option<Vec<u8>>, KeepError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match source.tile(tile) {
            Ok(found) => return Ok(found),
            Err(OnlineError::Refused { status: 429 | 503, again_after }) if tries < TRIES => {
                let mut waited = Duration::ZERO;
                let wait = again_after.min(LONGEST_WAIT);
                while waited <= wait {
                    // In short pieces, so that it can be called off meanwhile.
                    let piece = Duration::from_millis(200).min(wait + Duration::from_millis(20));
                    std::thread::sleep(piece);
                    waited += piece;
                    if !(watch.goes_on)() {
                        return Err(KeepError::CalledOff);
                    }
                }
            }
            Err(error) => return Err(KeepError::Online(error)),
        }
    }
}

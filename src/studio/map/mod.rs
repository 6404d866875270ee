//! The maps under the drawing: which lie there, their tiles as they come, their names, and how each of them fares.
//!
//! A frame says what it sees and gets what there is at once; what is missing is made by threads, the middle of the view
//! first, and wakes the window when it comes. Meanwhile a coarser or an older picture stands in. How a picture is held for
//! the screen is the window's matter: it hands in what turns pixels into one.

mod layers;
mod names;
mod picture;
mod source;
mod work;

pub use layers::{MapLayer, MapSource, MapState};
pub use picture::{PictureKey, TileLook};

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use self::layers::Opened;
use self::names::NamesOf;
use self::source::{Fetched, Source};
use self::work::{Done, Job, Workers};
use super::services::Services;
use crate::basemap::online::{Gate, Service, TileCache};
use crate::basemap::{
    COARSEST_LAID, DEEPEST, MapFault, MapLook, TileGrid, TileId, TileKind, covers_view, part_of_tile,
    tile_corners_local, tiles_in_view,
};
use crate::crs::Frame;
use crate::geometry::{Bounds, Outline, Point};
use crate::i18n::Lang;
use crate::look::Theme;
use crate::scene::{Pixels, Scene, Tone};

/// Pictures are kept up to this many bytes.
const KEPT_BYTES: usize = 256 << 20;

/// And so many, with those tiles of which there is nothing to show.
const KEPT_ENTRIES: usize = 8_192;

/// So many pictures are taken in a frame: handing one to the screen takes a moment.
const TAKEN_A_FRAME: usize = 4;

/// And no more after so many bytes.
const TAKEN_BYTES: usize = 4 << 20;

/// How far beyond the view names are set, as part of it.
const MARGIN: f64 = 0.35;

/// How many zooms up a stand-in is looked for.
const STAND_IN: u8 = 6;

/// What a frame sees.
#[derive(Clone, Debug)]
pub struct MapView<'a> {
    /// The frame of the project.
    pub frame: &'a Arc<Frame>,
    /// What is seen of it.
    pub bounds: Bounds,
    /// At which scale, in logical pixels to a metre.
    pub px_per_m: f64,
    /// Pixels of the screen to a logical one.
    pub density: f64,
    /// The colours.
    pub theme: Theme,
    /// How maps of shapes look.
    pub look: MapLook,
    /// How strongly all maps are seen, from 0 to 1.
    pub strength: f32,
    /// The language of names; `None` where there shall be none.
    pub names: Option<Lang>,
    /// What is drawn over the maps: names keep off it.
    pub clear_of: &'a [Arc<Outline>],
    /// The services of the network that there are.
    pub services: &'a [Service],
    /// How often files of maps were written while the program ran: those that are open are then opened again.
    pub written: u64,
    /// The time since the program started.
    pub now: Duration,
}

/// A picture to be painted.
#[derive(Clone, Debug)]
pub struct Piece<T> {
    /// What was made of its pixels.
    pub picture: T,
    /// Where its corners are, in local metres: north-west, north-east, south-east, south-west.
    pub corners: [Point; 4],
    /// Which part of the picture: left, top, right, bottom, each from 0 to 1.
    pub part: [f32; 4],
    /// How much it covers.
    pub opacity: f32,
    /// Whether it came as a picture or was drawn here.
    pub kind: TileKind,
}

/// What a frame gets.
#[derive(Debug)]
pub struct MapFrame<T> {
    /// Pictures in painter's order.
    pub pieces: Vec<Piece<T>>,
    /// The names over them.
    pub names: Option<Arc<Scene>>,
    /// Whether a map covers all of the view, so that nothing is to lie below it: one that is faded fades to paper.
    pub covers_all: bool,
    /// Whether something is still to come.
    pub is_waiting: bool,
    /// When something that failed may be asked for again, on the clock of [`MapView::now`].
    pub again_at: Option<Duration>,
}

/// A picture that was made, or why there is none.
enum Held<T> {
    Picture(T),
    Nothing,
    /// It may be asked for again then.
    Failed(Option<Duration>),
}

struct Entry<T> {
    held: Held<T>,
    bytes: usize,
    used: u64,
}

/// The maps under the drawing.
pub struct Maps<T> {
    wake: Arc<dyn Fn() + Send + Sync>,
    threads: bool,
    gate: Gate,
    cache: Option<Arc<TileCache>>,
    written: u64,
    opened: BTreeMap<MapSource, Opened>,
    next_serial: u64,
    pictures: HashMap<PictureKey, Entry<T>>,
    /// The pictures of each tile of a source, whatever they look like.
    by_tile: HashMap<(u64, TileId), Vec<PictureKey>>,
    bytes: usize,
    frame: u64,
    names: Option<(Arc<NamesOf>, Arc<Scene>)>,
    /// The sources of which something was in the last frame.
    seen: BTreeSet<u64>,
    /// How many tiles of shapes have come from the network.
    come: u64,
    workers: Workers,
    receiver: Receiver<Done>,
}

impl<T: Clone> Maps<T> {
    /// No maps yet. Requests go through the gate alone.
    #[must_use]
    pub fn new(services: &Services, gate: &Gate, cache: Option<Arc<TileCache>>) -> Self {
        let (sender, receiver) = channel();
        Self {
            wake: Arc::clone(&services.wake),
            threads: services.threads,
            gate: gate.clone(),
            cache,
            written: 0,
            opened: BTreeMap::new(),
            next_serial: 1,
            pictures: HashMap::new(),
            by_tile: HashMap::new(),
            bytes: 0,
            frame: 0,
            names: None,
            seen: BTreeSet::new(),
            come: 0,
            workers: Workers::new(sender, Arc::clone(&services.wake), services.threads),
            receiver,
        }
    }

    /// What there is of the layers in a view, the lowest first; asks for what is missing. `hold` makes of pixels what the
    /// screen wants.
    pub fn see(&mut self, layers: &[MapLayer], view: &MapView<'_>, hold: &mut dyn FnMut(Pixels) -> T) -> MapFrame<T> {
        self.frame += 1;
        self.take_in(view.now, hold);
        self.seen.clear();
        let mut jobs = self.open(layers, view);
        let mut frame =
            MapFrame { pieces: Vec::new(), names: None, covers_all: false, is_waiting: false, again_at: None };
        let mut sources: Vec<Arc<Source>> = Vec::new();
        let all = Tone::of_strength(view.strength);
        let mut missing: Vec<(usize, Job)> = Vec::new();
        for layer in layers.iter().filter(|layer| layer.on) {
            let Some(Opened::Ready(source)) = self.opened.get(&layer.source) else { continue };
            let source = Arc::clone(source);
            let tone = Tone::of_strength(layer.strength).on(all);
            // The lowest has paper under it: nothing of the built-in map shall show through.
            let is_lowest = sources.is_empty();
            let before = frame.pieces.len();
            self.layer(&source, view, tone, is_lowest, &mut frame, &mut missing);
            if frame.pieces.len() > before {
                self.seen.insert(source.serial);
            }
            let covers = covers_view(view.frame, view.bounds, source.info().cover_deg);
            frame.covers_all |= is_lowest && covers && !frame.pieces.is_empty();
            sources.push(source);
        }
        // The middle of every layer before the rim of any.
        missing.sort_by_key(|(order, _)| *order);
        frame.is_waiting = !missing.is_empty() || !jobs.is_empty();
        jobs.extend(missing.into_iter().map(|(_, job)| job));
        self.name(sources, view, &mut frame, &mut jobs);
        self.workers.want(jobs);
        self.let_go();
        frame.again_at = self.again_at(view.now);
        frame
    }

    /// When something that failed and is wanted may be asked for again.
    fn again_at(&self, now: Duration) -> Option<Duration> {
        let pictures =
            self.pictures.values().filter(|entry| entry.used == self.frame).filter_map(|entry| match entry.held {
                Held::Failed(again) => again,
                _ => None,
            });
        let sources = self.opened.values().filter_map(|opened| match opened {
            Opened::Failed(_, again) => *again,
            _ => None,
        });
        pictures.chain(sources).filter(|again| *again > now).min()
    }

    /// The pieces of a layer, and the jobs for what it lacks.
    fn layer(
        &mut self,
        source: &Arc<Source>,
        view: &MapView<'_>,
        tone: Tone,
        is_lowest: bool,
        frame: &mut MapFrame<T>,
        missing: &mut Vec<(usize, Job)>,
    ) {
        let info = source.info();
        let is_vector = info.kind == TileKind::Vector;
        let deepest = if is_vector { DEEPEST } else { info.zooms[1].max(COARSEST_LAID) };
        let (side_px, px_per_m) =
            if is_vector { (512.0, view.px_per_m) } else { (256.0, view.px_per_m * view.density) };
        let grid = TileGrid { side_px, zooms: [info.zooms[0], deepest], ..TileGrid::default() };
        let look = TileLook {
            theme: if is_vector { view.theme } else { Theme::Paper },
            look: if is_vector { view.look } else { MapLook::Quiet },
            grey: (tone.grey * 16.0).round() as u8,
            ground: is_vector && is_lowest,
            density: if is_vector { (view.density * 16.0).round() as u16 } else { 16 },
        };
        for (order, tile) in tiles_in_view(view.frame, view.bounds, px_per_m, grid).into_iter().enumerate() {
            if !info.may_have(source.data_tile(tile)) {
                continue;
            }
            // As many pixels as it has on the screen, in steps of a quarter of an octave, so that zooming asks for few.
            let shown_px = tile.side_m() * view.px_per_m * view.density;
            let side_px = if is_vector { ((shown_px.log2() * 4.0 - 0.01).ceil() / 4.0).exp2().round() } else { 0.0 };
            // A picture serves all finer tiles in it, each with its part.
            let of = if is_vector { tile } else { source.data_tile(tile) };
            let key = PictureKey { source: source.serial, tile: of, side_px: (side_px as u32).min(2_048), look };
            let is_held = self.pictures.get_mut(&key).map(|entry| {
                entry.used = self.frame;
                match &entry.held {
                    Held::Failed(Some(again)) => *again > view.now,
                    _ => true,
                }
            });
            if is_held != Some(true) {
                missing.push((order, Job::Picture(key, Arc::clone(source))));
            }
            let corners = tile_corners_local(view.frame, tile);
            let piece = match self.pictures.get(&key).map(|entry| &entry.held) {
                Some(Held::Picture(picture)) => Some((picture.clone(), [0.0, 0.0, 1.0, 1.0])),
                Some(Held::Nothing) => None,
                _ => self.stand_in(&key),
            };
            if let Some((picture, [left, top, right, bottom])) = piece {
                let [l, t, r, b] = part_of_tile(of, tile).map(|part| part as f32);
                let (wide, high) = (right - left, bottom - top);
                let part = [left + l * wide, top + t * high, left + r * wide, top + b * high];
                frame.pieces.push(Piece { picture, corners, part, opacity: tone.opacity, kind: info.kind });
            }
        }
    }

    /// Another picture of a tile, or the part of one of a coarser tile.
    fn stand_in(&mut self, key: &PictureKey) -> Option<(T, [f32; 4])> {
        for up in 0..=STAND_IN.min(key.tile.zoom) {
            let tile = key.tile.at_zoom(key.tile.zoom - up);
            let plain = |look: TileLook| TileLook { density: 0, ..look };
            let others = self.by_tile.get(&(key.source, tile)).map(Vec::as_slice).unwrap_or_default();
            let found = others
                .iter()
                .filter(|other| plain(other.look) == plain(key.look))
                .filter(|other| matches!(self.pictures.get(other), Some(Entry { held: Held::Picture(_), .. })));
            let best = found.max_by_key(|other| other.side_px).copied();
            if let Some(entry) = best.and_then(|best| self.pictures.get_mut(&best)) {
                entry.used = self.frame;
                let Held::Picture(picture) = &entry.held else { continue };
                return Some((picture.clone(), part_of_tile(tile, key.tile).map(|part| part as f32)));
            }
        }
        None
    }

    /// The names of a view, or those set a moment ago.
    fn name(&mut self, sources: Vec<Arc<Source>>, view: &MapView<'_>, frame: &mut MapFrame<T>, jobs: &mut Vec<Job>) {
        let sources: Vec<_> = sources.into_iter().filter(|source| source.info().kind == TileKind::Vector).collect();
        let Some(lang) = view.names.filter(|_| !sources.is_empty()) else {
            self.names = None;
            return;
        };
        let margin = MARGIN * view.bounds.width_m().max(view.bounds.height_m());
        let wanted = NamesOf {
            sources,
            frame: Arc::clone(view.frame),
            lang,
            look: view.look,
            clear_of: view.clear_of.to_vec(),
            reach: view.bounds.grown(margin),
            px_per_m: view.px_per_m,
            come: self.come,
        };
        if !self.names.as_ref().is_some_and(|(of, _)| of.serves(&wanted, &view.bounds)) {
            frame.is_waiting = true;
            jobs.push(Job::Names(Arc::new(wanted)));
        }
        frame.names = self.names.as_ref().map(|(_, scene)| Arc::clone(scene));
    }

    /// Takes in what the threads have made.
    fn take_in(&mut self, now: Duration, hold: &mut dyn FnMut(Pixels) -> T) {
        let (mut taken, mut bytes) = (0, self.bytes);
        while (taken < TAKEN_A_FRAME && self.bytes < bytes + TAKEN_BYTES) || !self.threads {
            bytes = bytes.min(self.bytes);
            let Ok(done) = self.receiver.try_recv() else { return };
            self.workers.taken(&done);
            match done {
                Done::Opened(source, _, result) => self.take_opened(source, *result, now),
                Done::Names(of, scene) => self.names = Some((of, Arc::new(scene))),
                Done::Picture(key, fetched) => {
                    taken += 1;
                    self.take_picture(key, fetched, now, hold);
                }
            }
        }
        // The rest comes with the next frame.
        (self.wake)();
    }

    fn take_opened(&mut self, of: MapSource, result: Result<Source, MapFault>, now: Duration) {
        let opened = match result {
            Ok(source) => Opened::Ready(Arc::new(source)),
            Err(fault) => {
                let again = fault.again_after_s().map(|s| now + Duration::from_secs(s.into()));
                Opened::Failed(fault, again)
            }
        };
        self.opened.insert(of, opened);
    }

    fn take_picture(
        &mut self,
        key: PictureKey,
        fetched: Fetched<Pixels>,
        now: Duration,
        hold: &mut dyn FnMut(Pixels) -> T,
    ) {
        let source = self.opened.values_mut().find_map(|opened| match opened {
            Opened::Ready(source) if source.serial == key.source => Some(source),
            _ => None,
        });
        // Of a map that was taken away meanwhile nothing is wanted.
        let Some(source) = source else { return };
        let (held, bytes) = match fetched {
            Fetched::Here(pixels) => {
                source.has_answered(None);
                if source.is_slow() && source.info().kind == TileKind::Vector && key.tile.zoom <= source.info().zooms[1]
                {
                    self.come += 1;
                }
                let bytes = pixels.size_bytes();
                (Held::Picture(hold(pixels)), bytes)
            }
            Fetched::None => (Held::Nothing, 0),
            Fetched::Failed(why) => {
                let again = why.again_after_s().map(|s| now + Duration::from_secs(s.into()));
                source.has_answered(Some(why));
                (Held::Failed(again), 0)
            }
        };
        self.bytes += bytes;
        match self.pictures.insert(key, Entry { held, bytes, used: self.frame }) {
            Some(before) => self.bytes -= before.bytes,
            None => self.by_tile.entry((key.source, key.tile)).or_default().push(key),
        }
    }

    fn forget(&mut self, key: &PictureKey) {
        let Some(entry) = self.pictures.remove(key) else { return };
        self.bytes -= entry.bytes;
        let tile = (key.source, key.tile);
        if let Some(keys) = self.by_tile.get_mut(&tile) {
            keys.retain(|other| other != key);
            if keys.is_empty() {
                self.by_tile.remove(&tile);
            }
        }
    }

    /// Lets pictures go that were not seen for longest, when there are too many.
    fn let_go(&mut self) {
        if self.bytes <= KEPT_BYTES && self.pictures.len() <= KEPT_ENTRIES {
            return;
        }
        let old = self.pictures.iter().filter(|(_, entry)| entry.used < self.frame);
        let mut by_age: Vec<(u64, PictureKey)> = old.map(|(key, entry)| (entry.used, *key)).collect();
        by_age.sort_by_key(|(used, _)| *used);
        for (_, key) in by_age {
            if self.bytes <= KEPT_BYTES * 3 / 4 && self.pictures.len() <= KEPT_ENTRIES * 3 / 4 {
                break;
            }
            self.forget(&key);
        }
    }

    /// How many bytes of pictures are kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// How each layer fares, in their order.
    #[must_use]
    pub fn states(&self, layers: &[MapLayer]) -> Vec<MapState> {
        layers.iter().map(|layer| self.state(layer)).collect()
    }

    fn state(&self, layer: &MapLayer) -> MapState {
        match self.opened.get(&layer.source) {
            Some(Opened::Ready(source)) => MapState {
                name: source.info().name.clone(),
                credit: source.info().attribution.clone(),
                kind: Some(source.info().kind),
                zooms: source.info().zooms,
                cover_deg: source.info().cover_deg,
                is_seen: self.seen.contains(&source.serial),
                fault: source.fault(),
            },
            Some(Opened::Failed(fault, _)) => MapState { fault: Some(fault.clone()), ..MapState::default() },
            _ => MapState::default(),
        }
    }
}

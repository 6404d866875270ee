//! The names on the map of a view, set in a thread.

use std::sync::Arc;

use super::source::{Fetched, Source, Understood};
use crate::basemap::{MapLook, NameStyle, TileGrid, TileKind, VectorTile, name_tiles, tiles_in_view};
use crate::crs::Frame;
use crate::geometry::{Bounds, Outline};
use crate::i18n::Lang;
use crate::scene::Scene;

/// A change of scale by more than this asks for new names.
const ZOOM_CHANGE: f64 = 1.12;

/// More tiles than this are not asked for names.
const MOST: usize = 160;

/// What names are set of.
#[derive(Debug)]
pub struct NamesOf {
    pub sources: Vec<Arc<Source>>,
    pub frame: Arc<Frame>,
    pub lang: Lang,
    pub look: MapLook,
    /// What they keep off.
    pub clear_of: Vec<Arc<Outline>>,
    /// What they reach over.
    pub reach: Bounds,
    pub px_per_m: f64,
    /// How many tiles had come from the network.
    pub come: u64,
}

impl PartialEq for NamesOf {
    fn eq(&self, other: &Self) -> bool {
        self.is_of_the_same(other) && self.reach == other.reach && self.px_per_m == other.px_per_m
    }
}

impl NamesOf {
    fn is_of_the_same(&self, other: &Self) -> bool {
        let serials = |of: &Self| of.sources.iter().map(|source| source.serial).collect::<Vec<_>>();
        self.lang == other.lang
            && self.look == other.look
            && self.clear_of == other.clear_of
            && self.come == other.come
            && self.frame.origin_deg() == other.frame.origin_deg()
            && serials(self) == serials(other)
    }

    /// Whether names set of this serve for what is wanted in a view.
    pub fn serves(&self, wanted: &Self, view: &Bounds) -> bool {
        let zoom = self.px_per_m / wanted.px_per_m;
        self.is_of_the_same(wanted) && self.reach.holds(view) && (1.0 / ZOOM_CHANGE..=ZOOM_CHANGE).contains(&zoom)
    }

    /// Sets them.
    pub fn set(&self, understood: &Understood) -> Scene {
        let mut tiles: Vec<(_, Arc<VectorTile>)> = Vec::new();
        for source in self.sources.iter().filter(|source| source.info().kind == TileKind::Vector) {
            let info = source.info();
            let grid = TileGrid { side_px: 512.0, zooms: info.zooms, most: MOST };
            for tile in tiles_in_view(&self.frame, self.reach, self.px_per_m, grid) {
                if !info.may_have(tile) {
                    continue;
                }
                // From the network names come with their tiles, never before them.
                let known = match (source.is_slow(), understood.known(source, tile)) {
                    (true, known) => known,
                    (false, Some(known)) => Some(known),
                    (false, None) => match understood.tile(source, tile) {
                        Fetched::Here(shapes) => Some(shapes),
                        _ => None,
                    },
                };
                tiles.extend(known.map(|shapes| (tile, shapes)));
            }
        }
        let style = NameStyle { lang: self.lang, look: self.look, clear_of: &self.clear_of };
        name_tiles(&tiles, &self.frame, style, &self.reach, self.px_per_m)
    }
}

//! The names on the schematic: which a scale shows, in which language, and where they stand.

use super::data::{Layer, Properties};
use super::placed::Placed;
use crate::basemap::labels::{Board, Wish, marks, name_along};
use crate::basemap::named::Names;
use crate::geometry::{Bounds, Point};
use crate::i18n::Lang;
use crate::look::{Role, TypeRole};
use crate::model::Region;
use crate::scene::{Anchor, Scene, Shape, SignKind};

/// From here on names stand in both languages of Brussels, in pixels per metre (1:15,000 at 96 dpi).
const BOTH_FROM: f64 = 0.25;

/// Something with a name.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub layer: Layer,
    pub at: Point,
    names: Names,
    rank: u8,
    region: Region,
    /// Of water; 0 for anything else.
    half_width_m: f64,
    half_length_m: f64,
}

impl Placed {
    pub(super) fn name_all(&self, scene: &mut Scene, lang: Lang, view: &Bounds, px_per_m: f64) {
        let mut board = Board::new(px_per_m, *view);
        for station in self.spots.iter().filter(|spot| spot.is_dotted(px_per_m)) {
            board.reserve(station.at, 4.0);
            if view.contains(station.at) {
                scene.push(Shape::Sign { at: station.at, kind: SignKind::Dot, role: Role::MapLabel });
            }
        }
        if px_per_m > 0.25 {
            for crossing in self.bridges.iter().chain(&self.locks) {
                board.reserve(crossing.at, (crossing.width_m / 2.0 + 2.0) * px_per_m);
            }
        }
        let put = |board: &mut Board, layer: Layer, rank: u8| {
            for spot in self.spots.iter().filter(|spot| spot.layer == layer && spot.rank == rank) {
                if !spot.is_named(px_per_m) {
                    continue;
                }
                if layer == Layer::Dock {
                    // Along its water, beside it while it is narrower than the letters.
                    let half_px = spot.half_width_m * px_per_m;
                    let beside_px = if half_px > 9.0 { 0.0 } else { half_px + 9.0 };
                    let (text, along_m) = (spot.text(lang, px_per_m), self.canal.nearest_m(spot.at));
                    name_along(board, &self.canal, along_m, &text, TypeRole::MapStreet, beside_px, px_per_m);
                } else {
                    board.put(spot.wish(lang, px_per_m));
                }
            }
        };
        put(&mut board, Layer::Region, 0);
        put(&mut board, Layer::Place, 1);
        self.name_canal(&mut board, lang, view, px_per_m);
        self.name_border(&mut board, lang, view, px_per_m);
        put(&mut board, Layer::Dock, 1);
        for rank in 1..=3 {
            put(&mut board, Layer::Station, rank);
            put(&mut board, Layer::Dock, rank.max(2));
            put(&mut board, Layer::Place, rank.max(2));
        }
        for layer in [Layer::Green, Layer::Lock, Layer::Bridge] {
            put(&mut board, layer, 0);
        }
        self.name_rails(&mut board, view, px_per_m);
        for label in board.finish() {
            scene.push(Shape::Label(label));
        }
    }

    /// The canal's name along it, at points that stay where they are while the map is moved.
    fn name_canal(&self, board: &mut Board, lang: Lang, view: &Bounds, px_per_m: f64) {
        if px_per_m < 0.05 {
            return;
        }
        for (i, along_m) in marks(self.canal.length_m(), 600.0 / px_per_m).enumerate() {
            let Some((at, _)) = self.canal.at(along_m) else { continue };
            if !view.grown(600.0 / px_per_m).contains(at) {
                continue;
            }
            let Some(stretch) = self.stretches.iter().find(|s| (s.along_m[0]..=s.along_m[1]).contains(&along_m)) else {
                continue;
            };
            // Near, its two names take turns: together they would be longer than most of its straight parts.
            let other = if lang == Lang::Fr { Lang::Nl } else { Lang::Fr };
            let own = if lang == Lang::En && px_per_m >= BOTH_FROM { Lang::Nl } else { lang };
            let text = stretch.names.one(if px_per_m >= BOTH_FROM && i % 2 == 1 { other } else { own });
            // In the water where it is wide enough, else beside it, clear of a dock.
            let half_text_m = Board::width_px(&text, TypeRole::MapWater) / 2.0 / px_per_m;
            let dock_m = self.spots.iter().filter(|spot| spot.layer == Layer::Dock).map(|dock| {
                let off_m = (self.canal.nearest_m(dock.at) - along_m).abs();
                if off_m < dock.half_length_m + half_text_m { dock.half_width_m * 2.0 } else { 0.0 }
            });
            let wide_px = dock_m.fold(stretch.width_m, f64::max) * px_per_m;
            let beside_px = if stretch.width_m * px_per_m > 18.0 { 0.0 } else { wide_px.max(3.5) / 2.0 + 11.0 };
            name_along(board, &self.canal, along_m, &text, TypeRole::MapWater, beside_px, px_per_m);
        }
    }

    /// Both regions' names on their sides of the border.
    fn name_border(&self, board: &mut Board, lang: Lang, view: &Bounds, px_per_m: f64) {
        if px_per_m < 0.2 {
            return;
        }
        let region = |region: Region| {
            let spot = self.spots.iter().find(|spot| spot.layer == Layer::Region && spot.region == region);
            spot.map(|spot| spot.text(lang, px_per_m))
        };
        for along_m in marks(self.border_axis.length_m(), 1_100.0 / px_per_m) {
            let Some((at, _)) = self.border_axis.at(along_m) else { continue };
            if !view.grown(600.0 / px_per_m).contains(at) {
                continue;
            }
            // The border runs clockwise around Brussels: Flanders lies to its left.
            for (side, side_px) in [(Region::Flanders, 9.0), (Region::Brussels, -9.0)] {
                if let Some(text) = region(side) {
                    name_along(board, &self.border_axis, along_m, &text, TypeRole::MapRegion, side_px, px_per_m);
                }
            }
        }
    }

    fn name_rails(&self, board: &mut Board, view: &Bounds, px_per_m: f64) {
        if px_per_m < 0.15 {
            return;
        }
        for rail in &self.rails {
            let axis = &rail.axis;
            for along_m in marks(axis.length_m(), 1_300.0 / px_per_m) {
                if axis.at(along_m).is_some_and(|(at, _)| view.contains(at)) {
                    name_along(board, axis, along_m, &rail.code, TypeRole::MapStreet, 8.0, px_per_m);
                }
            }
        }
    }
}

impl Spot {
    pub fn new(layer: Layer, at: Point, p: &Properties, [lon, lat]: [f64; 2]) -> Spot {
        // Docks lie in Brussels, all four.
        let region = if layer == Layer::Dock { Region::Brussels } else { crate::basemap::region_at(lon, lat) };
        let half_width_m = p.width_m / 2.0;
        let half_length_m = if half_width_m > 0.0 { p.area_ha * 1e4 / p.width_m / 2.0 } else { 0.0 };
        Spot { layer, at, names: p.names(), rank: p.rank, region, half_width_m, half_length_m }
    }

    fn is_dotted(&self, px_per_m: f64) -> bool {
        self.layer == Layer::Station && px_per_m > if self.rank == 1 { 0.025 } else { 0.045 }
    }

    /// Whether a scale shows its name.
    fn is_named(&self, px_per_m: f64) -> bool {
        let (from, to) = match (self.layer, self.rank) {
            (Layer::Region, _) => (0.0, 0.09),
            (Layer::Place, 1) => (0.0, 0.7),
            (Layer::Place, 2) => (0.016, 0.7),
            (Layer::Place, _) => (0.03, 0.7),
            (Layer::Station, 1) => (0.05, f64::INFINITY),
            (Layer::Station, 2) => (0.07, f64::INFINITY),
            (Layer::Dock, 1) | (Layer::Station, _) => (0.1, f64::INFINITY),
            (Layer::Dock, _) => (0.14, f64::INFINITY),
            (Layer::Green, _) => (0.11, f64::INFINITY),
            _ => (0.3, f64::INFINITY),
        };
        (from..to).contains(&px_per_m)
    }

    fn text(&self, lang: Lang, px_per_m: f64) -> String {
        let text = if self.layer == Layer::Region {
            let one = self.names.one(lang);
            if self.region == Region::Brussels && px_per_m >= BOTH_FROM { self.names.both(lang) } else { one }
        } else if self.region == Region::Flanders {
            self.names.nl.clone()
        } else if px_per_m < BOTH_FROM {
            self.names.one(lang)
        } else {
            self.names.both(lang)
        };
        if self.layer == Layer::Region { text.to_uppercase() } else { text }
    }

    fn wish(&self, lang: Lang, px_per_m: f64) -> Wish {
        let (style, role) = match (self.layer, self.rank) {
            (Layer::Region, _) => (TypeRole::MapRegion, Role::MapLabel),
            (Layer::Place, 1) => (TypeRole::Small, Role::Ink2),
            _ => (TypeRole::MapStreet, Role::MapLabel),
        };
        let (aside_px, anchor) = match self.layer {
            Layer::Station => (7.0, Anchor::Left),
            Layer::Bridge | Layer::Lock => (5.0, Anchor::Left),
            _ => (0.0, Anchor::Centre),
        };
        let at = self.at + Point { x: aside_px / px_per_m, y: 0.0 };
        Wish { at, text: self.text(lang, px_per_m), style, role, angle_deg: 0.0, anchor }
    }
}

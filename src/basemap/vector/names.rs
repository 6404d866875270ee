//! The names on a vector map: streets along themselves, water on it, stations and places; none over another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::class::MapClass;
use super::draw::{MapLook, placing};
use super::mvt::MapShape;
use super::tile::VectorTile;
use crate::basemap::TileId;
use crate::basemap::curve::Axis;
use crate::basemap::labels::{Board, Wish, name_along};
use crate::basemap::named::Names;
use crate::crs::Frame;
use crate::geometry::{Bounds, Outline, Point};
use crate::i18n::Lang;
use crate::look::{Role, TypeRole};
use crate::model::Region;
use crate::scene::{Anchor, HALO_PX, Layer, Scene, Shape, SignKind};

/// From here on names stand in both languages of Brussels, in pixels per metre.
const BOTH_FROM: f64 = 0.25;

/// A street shorter than this on the picture has no room for a name, in pixels.
const SHORTEST_PX: f64 = 36.0;

/// How many pieces of a street are tried.
const TRIED: usize = 3;

/// What a scale shows of the names of classes, in pixels to a metre.
fn shown(class: MapClass, rank: u8) -> std::ops::Range<f64> {
    match (class, rank) {
        (MapClass::Place, 1) => 0.0..0.5,
        (MapClass::Place, 2) => 0.012..0.7,
        (MapClass::Place, 3) => 0.03..1.2,
        (MapClass::Place, _) => 0.08..1.6,
        (MapClass::Station, _) => 0.1..f64::INFINITY,
        (MapClass::Motorway | MapClass::MainRoad, _) => 0.22..f64::INFINITY,
        (MapClass::Street | MapClass::NameOnly, _) => 0.55..f64::INFINITY,
        (MapClass::Path, _) => 2.0..f64::INFINITY,
        (MapClass::Water | MapClass::Waterway, _) => 0.05..f64::INFINITY,
        (MapClass::Green, _) => 0.15..f64::INFINITY,
        _ => 0.0..0.0,
    }
}

/// How names are set.
#[derive(Clone, Copy, Debug)]
pub struct NameStyle<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// How the map under them looks.
    pub look: MapLook,
    /// What is drawn over the map, and would cut them.
    pub clear_of: &'a [Arc<Outline>],
}

impl NameStyle<'static> {
    /// Names that stand wherever there is room.
    #[must_use]
    pub fn new(lang: Lang, look: MapLook) -> Self {
        Self { lang, look, clear_of: &[] }
    }
}

/// How far the casing of names reaches on a map of black buildings, in logical pixels.
const FIGURE_GROUND_HALO_PX: f64 = 3.0;

/// Sets the names that fit in a view, with the dots of stations.
///
/// In Brussels streets have both names, the reader's first, once there is room for two; elsewhere a thing has the name in
/// the reader's language, or the one it has.
#[must_use]
pub fn name_tiles(
    tiles: &[(TileId, Arc<VectorTile>)],
    frame: &Frame,
    style: NameStyle<'_>,
    view: &Bounds,
    px_per_m: f64,
) -> Scene {
    let lang = style.lang;
    let mut scene = Scene::default();
    scene.begin(Layer::Map);
    if !(px_per_m.is_finite() && px_per_m > 0.0) {
        return scene;
    }
    let mut found = Found::default();
    for (id, tile) in tiles {
        let place = placing(*id, frame);
        let [lon, lat] = id.place_deg([0.5, 0.5]);
        let in_brussels = crate::basemap::region_at(lon, lat) == Region::Brussels;
        let text = |names: &Names| match (in_brussels, px_per_m >= BOTH_FROM) {
            (true, true) => names.both(lang),
            _ => names.one(lang),
        };
        for feature in &tile.features {
            let Some(names) = &feature.names else { continue };
            if shown(feature.class, feature.rank).contains(&px_per_m) {
                found.take(feature.class, feature.rank, &feature.shape, || text(names), &place, view, px_per_m);
            }
        }
    }
    found.set(&mut scene, style, view, px_per_m);
    scene
}

/// Names that may be set.
#[derive(Default)]
struct Found {
    places: Vec<(u8, Point, String)>,
    stations: Vec<(Point, String)>,
    areas: Vec<(MapClass, f64, Point, String)>,
    /// Lines by name: how important, and the pieces.
    lines: BTreeMap<String, (MapClass, Vec<Vec<Point>>)>,
}

impl Found {
    #[expect(clippy::too_many_arguments, reason = "all of it is one feature and where it is seen")]
    fn take(
        &mut self,
        class: MapClass,
        rank: u8,
        shape: &MapShape,
        text: impl FnOnce() -> String,
        place: &impl Fn([f32; 2]) -> Option<Point>,
        view: &Bounds,
        px_per_m: f64,
    ) {
        let wide = view.grown(600.0 / px_per_m);
        match shape {
            MapShape::Points(points) => {
                let inside = |at: &&[f32; 2]| at.iter().all(|part| (0.0..1.0).contains(part));
                let Some(at) = points.iter().find(inside).and_then(|&at| place(at)) else { return };
                if !wide.contains(at) {
                    return;
                }
                match class {
                    MapClass::Station => self.stations.push((at, text())),
                    _ => self.places.push((rank, at, text())),
                }
            }
            MapShape::Lines(parts) => {
                let text = text();
                for part in parts {
                    let points: Vec<Point> = part.iter().filter_map(|&at| place(at)).collect();
                    if !Bounds::around(points.iter().copied()).is_some_and(|bounds| bounds.meets(view)) {
                        continue;
                    }
                    if points.len() > 1 {
                        let entry = self.lines.entry(text.clone()).or_insert_with(|| (class, Vec::new()));
                        entry.0 = entry.0.max(class);
                        entry.1.push(points);
                    }
                }
            }
            MapShape::Area(rings) => {
                let Some(ring) = rings.first() else { return };
                let outline = Outline::from_points(ring.iter().filter_map(|&at| place(at)));
                let room_px = outline.area_m2().sqrt() * px_per_m;
                if room_px > 40.0
                    && let Some(at) = outline.inner_point()
                    && wide.contains(at)
                {
                    self.areas.push((class, outline.area_m2(), at, text()));
                }
            }
        }
    }

    fn set(mut self, scene: &mut Scene, style: NameStyle<'_>, view: &Bounds, px_per_m: f64) {
        let halo_px = if style.look == MapLook::FigureGround { FIGURE_GROUND_HALO_PX } else { HALO_PX };
        let mut board = Board::new(px_per_m, *view).clear_of(style.clear_of).haloed(halo_px);
        self.places.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
        self.stations.sort_by(|a, b| a.1.cmp(&b.1));
        for (at, _) in &self.stations {
            board.reserve(*at, 4.0);
        }
        let wish = |at, text: String, style, role, anchor| Wish { at, text, style, role, angle_deg: 0.0, anchor };
        for (rank, at, text) in std::mem::take(&mut self.places) {
            let (style, role) =
                if rank == 1 { (TypeRole::Small, Role::Ink2) } else { (TypeRole::MapStreet, Role::MapLabel) };
            board.put(wish(at, text, style, role, Anchor::Centre));
        }
        for (at, text) in &self.stations {
            let beside = *at + Point { x: 7.0 / px_per_m, y: 0.0 };
            let is_set = board.put(wish(beside, text.clone(), TypeRole::MapStreet, Role::MapLabel, Anchor::Left));
            if is_set && view.contains(*at) {
                scene.push(Shape::Sign { at: *at, kind: SignKind::Dot, role: Role::MapLabel });
            }
        }
        let mut lines: Vec<(String, MapClass, Vec<Axis>)> =
            self.lines.into_iter().map(|(text, (class, pieces))| (text, class, joined(pieces))).collect();
        // Water first, then roads by their importance; the order of names settles the rest.
        let order = |class: MapClass| match class {
            MapClass::Waterway => 0,
            MapClass::Motorway => 1,
            MapClass::MainRoad => 2,
            MapClass::Street => 3,
            _ => 4,
        };
        lines.sort_by_key(|(_, class, _)| order(*class));
        for (text, class, mut axes) in lines {
            axes.sort_by(|a, b| b.length_m().total_cmp(&a.length_m()));
            let style = if class == MapClass::Waterway { TypeRole::MapWater } else { TypeRole::MapStreet };
            for axis in axes.iter().take(TRIED).filter(|axis| axis.length_m() * px_per_m >= SHORTEST_PX) {
                if name_along(&mut board, axis, axis.length_m() / 2.0, &text, style, 0.0, px_per_m) {
                    break;
                }
            }
        }
        self.areas.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.3.cmp(&b.3)));
        // A lake that tiles cut into pieces has its name in the largest.
        let mut named = BTreeSet::new();
        self.areas.retain(|(_, _, _, text)| named.insert(text.clone()));
        for (class, _, at, text) in self.areas {
            let style = if class == MapClass::Water { TypeRole::MapWater } else { TypeRole::MapStreet };
            board.put(wish(at, text, style, Role::MapLabel, Anchor::Centre));
        }
        for label in board.finish() {
            scene.push(Shape::Label(label));
        }
    }
}

/// The pieces of a line put together where one ends and another begins.
fn joined(mut pieces: Vec<Vec<Point>>) -> Vec<Axis> {
    /// Pieces of other tiles begin where they were rounded to, in metres.
    const NEAR_M: f64 = 0.8;
    /// More pieces than this are looked at as they are.
    const MOST: usize = 200;
    let mut whole = Vec::new();
    let is_few = pieces.len() <= MOST;
    while let Some(mut line) = pieces.pop() {
        while let (Some(&first), Some(&last)) = (line.first(), line.last()) {
            if !is_few {
                break;
            }
            let near = |p: Option<&Point>, q: Point| p.is_some_and(|&p| crate::geometry::distance_m(p, q) < NEAR_M);
            let Some(at) = pieces
                .iter()
                .position(|other| [first, last].iter().any(|&end| near(other.first(), end) || near(other.last(), end)))
            else {
                break;
            };
            let mut other = pieces.swap_remove(at);
            if near(other.first(), first) || near(other.last(), last) {
                other.reverse();
            }
            if near(other.first(), last) {
                line.extend(other.into_iter().skip(1));
            } else {
                other.extend(line.into_iter().skip(1));
                line = other;
            }
        }
        whole.push(Axis::new(line));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    #[test]
    fn pieces_that_meet_are_one_line_whichever_way_they_run() {
        let pieces = vec![
            vec![point(0.0, 0.0), point(10.0, 0.0)],
            vec![point(20.0, 0.0), point(10.0, 0.1)],
            vec![point(0.0, 0.0), point(-5.0, 0.0)],
            vec![point(100.0, 0.0), point(120.0, 0.0)],
        ];
        let mut lengths: Vec<f64> = joined(pieces).iter().map(|axis| axis.length_m().round()).collect();
        lengths.sort_by(f64::total_cmp);
        assert_eq!(lengths, [20.0, 25.0]);
    }
}

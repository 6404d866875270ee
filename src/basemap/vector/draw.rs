//! Vector tiles as shapes with roles: what a scale shows, how wide, in which order.
//!
//! The same code draws a tile in a square of its own, to be painted as a picture, and many tiles in a project's frame, for
//! files of vectors. Widths follow the ground once they are wide enough to be seen.

use std::sync::Arc;

use super::class::MapClass;
use super::mvt::MapShape;
use super::tile::{MapFeature, VectorTile};
use crate::basemap::curve::{beside, clipped};
use crate::basemap::{TileId, part_of_tile};
use crate::crs::Frame;
use crate::geometry::{Bounds, Outline, Point, Ring, point, runs_without};
use crate::look::{Dash, Role, Stroke};
use crate::scene::{Layer, Paint, Pen, Scene, Shape};

/// How a vector map looks, besides its theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapLook {
    /// Light greys, water and railways legible: the drawing carries the colour.
    #[default]
    Quiet,
    /// What is built in ink, what is open in paper.
    FigureGround,
}

/// Standard gauge.
const GAUGE_M: f64 = 1.435;

/// Shapes are drawn this far beyond a tile, in pixels, so that no seam is seen.
const OVERLAP_PX: f64 = 0.4;

/// What lies farther beside the picture than this, in pixels, does not reach into it with its width: near, half of a
/// motorway with its kerb.
fn beside_px(px_per_m: f64) -> f64 {
    (7.0 * px_per_m).max(24.0)
}

/// From here on, in pixels, a road has edges.
const EDGES_FROM_PX: f64 = 3.0;

/// Where a tile's parts lie in the world that is drawn.
struct Laid<'a> {
    tile: &'a VectorTile,
    place: &'a dyn Fn([f32; 2]) -> Option<Point>,
    /// What of the world it may draw in; anything where it is alone.
    inside: Option<Bounds>,
    /// What of the tile is seen, in parts of it: left, top, right, bottom. What lies beside is not even placed.
    seen: [f32; 4],
}

/// Draws a tile, or the part of it that a deeper `tile` shows, in a square whose south-west corner is the origin.
///
/// `side_m` is how long the side of `tile` is on the ground.
#[must_use]
pub fn draw_tile(of: TileId, tile: TileId, shapes: &VectorTile, side_m: f64, side_px: f64, look: MapLook) -> Scene {
    let [left, top, right, bottom] = part_of_tile(of, tile);
    let deeper = (right - left).recip();
    let place = |[u, v]: [f32; 2]| {
        let (x, y) = ((f64::from(u) - left) * deeper, (f64::from(v) - top) * deeper);
        Some(point(x * side_m, (1.0 - y) * side_m))
    };
    let view = Bounds { min: point(0.0, 0.0), max: point(side_m, side_m) };
    let pad = beside_px(side_px / side_m) / side_px / deeper;
    let seen = [left - pad, top - pad, right + pad, bottom + pad].map(|part| part as f32);
    draw(&[Laid { tile: shapes, place: &place, inside: None, seen }], &view, side_px / side_m, look)
}

/// Draws tiles in the local metres of a frame, each inside its own sides.
#[must_use]
pub fn draw_tiles(
    tiles: &[(TileId, Arc<VectorTile>)],
    frame: &Frame,
    view: &Bounds,
    px_per_m: f64,
    look: MapLook,
) -> Scene {
    let places: Vec<_> = tiles.iter().map(|(id, _)| placing(*id, frame)).collect();
    let laid = tiles.iter().zip(&places).map(|((id, tile), place)| {
        let corners = crate::basemap::tile_corners_local(frame, *id);
        let inside = Bounds::around(corners).map(|bounds| bounds.grown(OVERLAP_PX / px_per_m));
        Laid { tile, place, inside, seen: [f32::NEG_INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::INFINITY] }
    });
    draw(&laid.collect::<Vec<_>>(), view, px_per_m, look)
}

/// Where parts of a tile lie in a frame.
pub(super) fn placing(id: TileId, frame: &Frame) -> impl Fn([f32; 2]) -> Option<Point> + '_ {
    move |[u, v]| {
        let [lon, lat] = id.place_deg([f64::from(u), f64::from(v)]);
        frame.local_from_wgs84(lon, lat).ok()
    }
}

fn draw(tiles: &[Laid<'_>], view: &Bounds, px_per_m: f64, look: MapLook) -> Scene {
    let mut scene = Scene::default();
    scene.begin(Layer::Map);
    if !(px_per_m.is_finite() && px_per_m > 0.0) {
        return scene;
    }
    let mut drawing = Drawing { scene, view: view.grown(beside_px(px_per_m) / px_per_m), px_per_m };
    // Where buildings are too small to be drawn there is no figure: the quiet map stands in.
    let quiet = look == MapLook::Quiet || px_per_m < shown_from(MapClass::Building);
    for class in MapClass::ALL {
        if class == MapClass::Path && quiet {
            // Edges of all roads lie under all roads, so that crossings are open.
            for class in [MapClass::Street, MapClass::MainRoad, MapClass::Motorway] {
                drawing.each(tiles, class, &mut |drawing, laid, of| drawing.road(laid, of, true));
            }
        }
        let shown = quiet || matches!(class, MapClass::Water | MapClass::Building);
        if !shown || px_per_m < shown_from(class) {
            continue;
        }
        drawing.each(tiles, class, &mut |drawing, laid, of| match class {
            MapClass::Works => drawing.area(laid, of, Role::Yard, None),
            MapClass::Green => drawing.area(laid, of, Role::MapGreen, None),
            MapClass::Water => {
                let edge = Pen::new(Role::MapWaterEdge, Stroke::MapWaterEdge);
                drawing.area(laid, of, Role::MapWater, Some(edge).filter(|_| quiet));
            }
            MapClass::Building if quiet => {
                let edge = Pen::new(Role::MapBuildingEdge, Stroke::MapBuilding);
                drawing.area(laid, of, Role::MapBuilding, Some(edge).filter(|_| drawing.px_per_m >= 0.6));
            }
            MapClass::Building => drawing.area(laid, of, Role::Ink1, None),
            MapClass::Path | MapClass::Street | MapClass::MainRoad | MapClass::Motorway => {
                drawing.road(laid, of, false);
            }
            MapClass::Waterway => drawing.line(laid, of, Pen::new(Role::MapWater, Stroke::Edge).rounded(), Some(3.0)),
            MapClass::Tram => drawing.line(laid, of, Pen::new(Role::MapRail, Stroke::Hair), None),
            MapClass::Rail => drawing.rail(laid, of),
            MapClass::MunicipalBorder => {
                drawing.line(laid, of, Pen::dashed(Role::MapBuildingEdge, Stroke::Hair, Dash::Setback), None);
            }
            MapClass::RegionBorder => {
                drawing.line(laid, of, Pen::dashed(Role::MapBorder, Stroke::Fine, Dash::RegionBorder), None);
            }
            MapClass::NameOnly | MapClass::Station | MapClass::Place => {}
        });
    }
    drawing.scene
}

/// The scale from which things of a class show, in pixels to a metre.
fn shown_from(class: MapClass) -> f64 {
    match class {
        MapClass::Path => 0.5,
        MapClass::Street => 0.06,
        MapClass::MainRoad => 0.012,
        MapClass::Building => 0.1,
        MapClass::Tram => 0.25,
        MapClass::MunicipalBorder => 0.03,
        _ => 0.0,
    }
}

struct Drawing {
    scene: Scene,
    view: Bounds,
    px_per_m: f64,
}

impl Drawing {
    fn each(&mut self, tiles: &[Laid<'_>], class: MapClass, draw: &mut dyn FnMut(&mut Self, &Laid<'_>, &MapFeature)) {
        for laid in tiles {
            let [left, top, right, bottom] = laid.seen;
            let is_seen = |[w, n, e, s]: [f32; 4]| w <= right && e >= left && n <= bottom && s >= top;
            for feature in laid.tile.of(class).iter().filter(|feature| is_seen(feature.bounds)) {
                draw(self, laid, feature);
            }
        }
    }

    /// The points of a part in the world; `None` when it is not in view.
    fn points(&self, laid: &Laid<'_>, part: &[[f32; 2]]) -> Option<Vec<Point>> {
        let points: Vec<Point> = part.iter().filter_map(|&at| (laid.place)(at)).collect();
        Bounds::around(points.iter().copied()).filter(|bounds| bounds.meets(&self.view)).map(|_| points)
    }

    fn area(&mut self, laid: &Laid<'_>, feature: &MapFeature, fill: Role, edge: Option<Pen>) {
        let MapShape::Area(rings) = &feature.shape else { return };
        let fill = Some(Paint::Role(fill));
        for rings in polygons(rings) {
            // What lies wholly in its tile is one shape; what was cut at the side of a tile has no edge there.
            let whole = rings.iter().flat_map(|ring| ring.iter()).flatten().all(|part| (0.0..=1.0).contains(part));
            let mut placed = rings.iter().filter_map(|ring| {
                let points: Vec<Point> = ring.iter().filter_map(|&at| (laid.place)(at)).collect();
                (points.len() > 2).then_some(points)
            });
            let Some(outer) = placed.next() else { continue };
            if !Bounds::around(outer.iter().copied()).is_some_and(|bounds| bounds.meets(&self.view)) {
                continue;
            }
            let mut all = vec![outer];
            all.extend(placed);
            if !whole && let Some(inside) = laid.inside {
                all = all.iter().map(|ring| ring_inside(ring, &inside)).collect();
                if all[0].len() < 3 {
                    continue;
                }
            }
            let mut parts = all.into_iter().filter(|ring| ring.len() > 2).map(Ring::new);
            let Some(outer) = parts.next() else { continue };
            let outline = Arc::new(Outline::with_holes(&outer, parts));
            let pen = edge.filter(|_| whole);
            self.scene.push(Shape::Area { outline, fill: fill.clone(), hatch: None, pen });
            if let Some(pen) = edge.filter(|_| !whole) {
                rings.iter().for_each(|ring| self.open_edges(laid, ring, pen));
            }
        }
    }

    /// The edges of a ring but those along the sides of its tile.
    fn open_edges(&mut self, laid: &Laid<'_>, ring: &[[f32; 2]], pen: Pen) {
        let beyond =
            |a: [f32; 2], b: [f32; 2]| (0..2).any(|axis| a[axis].max(b[axis]) <= 0.0 || a[axis].min(b[axis]) >= 1.0);
        for run in runs_without(ring, beyond) {
            self.part(laid, &run, pen, None);
        }
    }

    fn line(&mut self, laid: &Laid<'_>, feature: &MapFeature, pen: Pen, width_m: Option<f64>) {
        let MapShape::Lines(parts) = &feature.shape else { return };
        parts.iter().for_each(|part| self.part(laid, part, pen, width_m));
    }

    fn part(&mut self, laid: &Laid<'_>, part: &[[f32; 2]], pen: Pen, width_m: Option<f64>) {
        let Some(points) = self.points(laid, part) else { return };
        match laid.inside {
            Some(inside) => {
                for points in clipped(&points, &inside) {
                    self.scene.push(Shape::Line { points, pen, width_m });
                }
            }
            None => self.scene.push(Shape::Line { points, pen, width_m }),
        }
    }

    /// A road, or the wider line under it that gives it edges.
    fn road(&mut self, laid: &Laid<'_>, feature: &MapFeature, as_edge: bool) {
        let width_m = match feature.class {
            MapClass::Motorway => 11.0,
            MapClass::MainRoad => 10.0,
            MapClass::Street => 6.5,
            _ => 1.6,
        };
        let width_px = width_m * self.px_per_m;
        let has_edges = width_px >= EDGES_FROM_PX && feature.class != MapClass::Path;
        if as_edge != has_edges && as_edge {
            return;
        }
        let (role, width_m, stroke) = match (as_edge, has_edges, feature.class) {
            (true, ..) => (Role::MapRoadEdge, width_m + 1.6 / self.px_per_m, Stroke::Edge),
            (false, true, _) => (Role::MapRoad, width_m, Stroke::Edge),
            // Too narrow for edges it is one line, in their colour.
            (false, false, MapClass::Motorway) => (Role::MapRoadEdge, width_m, Stroke::Edge),
            (false, false, MapClass::MainRoad) => (Role::MapRoadEdge, width_m, Stroke::Fine),
            _ => (Role::MapRoadEdge, width_m.min(1.4 / self.px_per_m), Stroke::Hair),
        };
        self.line(laid, feature, Pen::new(role, stroke).rounded(), Some(width_m));
    }

    /// Two rails where there is room between them.
    fn rail(&mut self, laid: &Laid<'_>, feature: &MapFeature) {
        let pen = Pen::new(Role::MapRail, Stroke::MapRail);
        if GAUGE_M * self.px_per_m < 2.0 {
            self.line(laid, feature, pen, None);
            return;
        }
        let MapShape::Lines(parts) = &feature.shape else { return };
        for points in parts.iter().filter_map(|part| self.points(laid, part)).collect::<Vec<_>>() {
            let runs = laid.inside.map_or_else(|| vec![points.clone()], |inside| clipped(&points, &inside));
            for (run, side) in runs.iter().flat_map(|run| [(run, 0.5), (run, -0.5)]) {
                let points = beside(run, side * GAUGE_M);
                self.scene.push(Shape::Line { points, pen, width_m: None });
            }
        }
    }
}

impl VectorTile {
    /// Its features of a class.
    #[must_use]
    pub fn of(&self, class: MapClass) -> &[MapFeature] {
        let from = self.features.partition_point(|feature| feature.class < class);
        let to = self.features.partition_point(|feature| feature.class <= class);
        &self.features[from..to]
    }
}

/// The polygons among rings: each begins with a ring that turns as the first does, and has those that turn the other way
/// as holes.
fn polygons(rings: &[Vec<[f32; 2]>]) -> Vec<&[Vec<[f32; 2]>]> {
    let turns = |ring: &Vec<[f32; 2]>| {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f32>() > 0.0
    };
    let Some(outer) = rings.first().map(turns) else { return Vec::new() };
    let mut starts: Vec<usize> = (0..rings.len()).filter(|&at| turns(&rings[at]) == outer).collect();
    starts.push(rings.len());
    starts.windows(2).map(|pair| &rings[pair[0]..pair[1]]).collect()
}

/// A ring cut to a rectangle (Sutherland–Hodgman); where it leaves and comes back it runs along the sides.
#[must_use]
pub fn ring_inside(ring: &[Point], bounds: &Bounds) -> Vec<Point> {
    let mut points = ring.to_vec();
    let [min, max] = [bounds.min, bounds.max];
    // Which coordinate, where the side is, and which way is inside.
    for (is_x, at, way) in [(true, min.x, 1.0), (true, max.x, -1.0), (false, min.y, 1.0), (false, max.y, -1.0)] {
        let axis = |p: Point| if is_x { p.x } else { p.y };
        let mut kept = Vec::with_capacity(points.len() + 4);
        for (i, &b) in points.iter().enumerate() {
            let a = points[(i + points.len() - 1) % points.len()];
            let (da, db) = ((axis(a) - at) * way, (axis(b) - at) * way);
            if (da >= 0.0) != (db >= 0.0) {
                kept.push(a + (b - a) * (da / (da - db)));
            }
            if db >= 0.0 {
                kept.push(b);
            }
        }
        points = kept;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(class: MapClass, shape: MapShape) -> VectorTile {
        let feature = MapFeature { class, bounds: shape.bounds(), shape, names: None, rank: 1, height_m: None };
        VectorTile { features: vec![feature], damaged: 0 }
    }

    fn square(a: f32, b: f32) -> Vec<[f32; 2]> {
        vec![[a, a], [b, a], [b, b], [a, b]]
    }

    /// A road 5 m beside a tile reaches into it by a metre and a half, however near one looks.
    #[test]
    fn a_wide_road_beside_a_tile_is_drawn_into_it_at_every_scale() {
        let of = TileId { zoom: 14, x: 0, y: 0 };
        let side_m = 1_500.0;
        // West of the middle of the tile, where a deeper tile begins.
        let u = (0.5 - 5.0 / side_m) as f32;
        let road = tile(MapClass::Motorway, MapShape::Lines(vec![vec![[u, 0.4], [u, 0.6]]]));
        for deeper in 1..=6_u8 {
            let tile = TileId { zoom: 14 + deeper, x: 1 << (deeper - 1), y: 1 << (deeper - 1) };
            let side_m = side_m / f64::from(1_u32 << deeper);
            let drawn = draw_tile(of, tile, &road, side_m, 512.0, MapLook::Quiet);
            assert!(!drawn.shapes.is_empty(), "{deeper} zooms deeper");
        }
    }

    #[test]
    fn rings_that_turn_the_other_way_are_holes() {
        let hole: Vec<[f32; 2]> = square(0.4, 0.6).into_iter().rev().collect();
        let rings = vec![square(0.2, 0.8), hole, square(0.85, 0.9)];
        let found: Vec<usize> = polygons(&rings).iter().map(|rings| rings.len()).collect();
        assert_eq!(found, [2, 1]);
        let drawn = draw_tile(
            TileId { zoom: 14, x: 0, y: 0 },
            TileId { zoom: 14, x: 0, y: 0 },
            &tile(MapClass::Building, MapShape::Area(rings)),
            1_000.0,
            512.0,
            MapLook::Quiet,
        );
        let areas: Vec<f64> = drawn
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Area { outline, .. } => Some(outline.area_m2()),
                _ => None,
            })
            .collect();
        // 600² − 200² and 50².
        assert!((areas[0] - 320_000.0).abs() < 1.0 && (areas[1] - 2_500.0).abs() < 1.0, "{areas:?}");
    }

    #[test]
    fn what_is_cut_at_the_side_of_a_tile_has_no_edge_there() {
        let shapes = tile(MapClass::Building, MapShape::Area(vec![square(-0.1, 0.5)]));
        let id = TileId { zoom: 14, x: 8_391, y: 5_497 };
        let frame = Frame::new(4.37, 50.85).unwrap();
        let corners = crate::basemap::tile_corners_local(&frame, id);
        let view = Bounds::around(corners).unwrap();
        let scene = draw_tiles(&[(id, Arc::new(shapes))], &frame, &view, 1.0, MapLook::Quiet);
        let mut inside = 0;
        for shape in &scene.shapes {
            assert!(view.grown(0.5).holds(&shape.bounds().unwrap()), "{shape:?}");
            if let Shape::Line { points, .. } = shape {
                inside += points.len();
            }
        }
        // The corner in the middle and the two ends: two edges of the square, in one run.
        assert_eq!(inside, 3);
    }

    #[test]
    fn a_deeper_tile_shows_its_part_of_a_coarser_one() {
        let line = MapShape::Lines(vec![vec![[0.5, 0.75], [1.0, 0.75]]]);
        let (of, tile_id) = (TileId { zoom: 14, x: 3, y: 5 }, TileId { zoom: 15, x: 7, y: 11 });
        let scene = draw_tile(of, tile_id, &tile(MapClass::Rail, line), 100.0, 512.0, MapLook::Quiet);
        let Shape::Line { points, .. } = &scene.shapes[0] else { panic!("a line") };
        // The lower right quarter: the line lies along its middle, half the gauge to one side.
        assert!((points[0].x - 0.0).abs() < 1e-9 && (points[0].y - 50.0).abs() < 1.0, "{points:?}");
        assert!((points[1].x - 100.0).abs() < 1e-9);
    }
}

//! The schematic in the local metres of one frame, and its scene for a view and a scale.

use std::sync::Arc;

use super::data::{Feature, Geometry, Layer, Schematic};
use super::names::Spot;
use super::ribbon::Ribbon;
use crate::basemap::curve::{Axis, beside, clipped, rounded, span_inside};
use crate::basemap::named::Names;
use crate::crs::Frame;
use crate::geometry::{Bounds, Outline, Point, distance_m, point};
use crate::i18n::Lang;
use crate::look::{Dash, Role, Stroke, tokens};
use crate::scene::{Paint, Pen, Scene, Shape};

/// Corners of the canal are rounded over this length, in metres.
const CANAL_REACH_M: f64 = 120.0;
/// Corners of railways are rounded over this length, in metres.
const RAIL_REACH_M: f64 = 300.0;
/// From rail to rail, in metres.
const GAUGE_M: f64 = 1.435;
/// The quay between the water's edge and the second line of it, in metres.
const QUAY_M: f64 = 3.0;
/// A frame farther from the zone than this has no use for it, in metres.
const FAR_M: f64 = 200_000.0;
/// From here on the canal is as wide as on the ground, in pixels per metre.
const RIBBON_FROM: f64 = 0.13;
/// The schematic in one frame. Made by [`Schematic::place`]; holds no reference to it.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    pub(super) stretches: Vec<Stretch>,
    pub(super) canal: Axis,
    pub(super) ribbon: Ribbon,
    pub(super) docks: Vec<(Arc<Outline>, Bounds)>,
    pub(super) rivers: Vec<Stretch>,
    pub(super) rails: Vec<Rail>,
    pub(super) border: Vec<Point>,
    pub(super) border_axis: Axis,
    pub(super) municipal: Vec<Vec<Point>>,
    pub(super) greens: Vec<(Arc<Outline>, Bounds)>,
    pub(super) bridges: Vec<Crossing>,
    pub(super) locks: Vec<Crossing>,
    pub(super) spots: Vec<Spot>,
    bounds: Option<Bounds>,
}

#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub points: Vec<Point>,
    pub width_m: f64,
    pub names: Names,
    /// Where it begins and ends along the whole canal.
    pub along_m: [f64; 2],
}

#[derive(Clone, Debug)]
pub(super) struct Rail {
    pub axis: Axis,
    pub code: String,
}

/// A bridge or a lock: where it crosses the water, in which direction the water runs, and how wide both are.
#[derive(Clone, Debug)]
pub(super) struct Crossing {
    pub at: Point,
    along: Point,
    water_m: f64,
    pub width_m: f64,
}

impl Placed {
    pub(super) fn new(schematic: &Schematic, frame: &Frame) -> Self {
        let mut placed = Self::default();
        let centre = frame.local_from_wgs84(4.37, 50.88);
        if !centre.is_ok_and(|p| p.x.hypot(p.y) < FAR_M) {
            return placed;
        }
        let local = |[lon, lat]: [f64; 2]| frame.local_from_wgs84(lon, lat).ok();
        let line = |points: &[[f64; 2]]| points.iter().filter_map(|&p| local(p)).collect::<Vec<Point>>();
        let mut canal_points: Vec<Point> = Vec::new();
        for feature in schematic.features.iter().filter(|f| f.properties.layer == Layer::Canal) {
            if let Geometry::LineString(points) = &feature.geometry {
                canal_points.extend(line(points));
            }
        }
        canal_points.dedup();
        let smooth = rounded(&canal_points, CANAL_REACH_M);
        placed.canal = Axis::new(smooth.clone());
        for feature in &schematic.features {
            placed.add(feature, &smooth, &local, &line);
        }
        placed.ribbon = Ribbon::new(&placed.canal, &placed.stretches);
        placed.bounds = Bounds::around(smooth.into_iter().chain(placed.border.iter().copied()));
        placed
    }

    fn add(
        &mut self,
        Feature { properties: p, geometry }: &Feature,
        canal: &[Point],
        local: &dyn Fn([f64; 2]) -> Option<Point>,
        line: &dyn Fn(&[[f64; 2]]) -> Vec<Point>,
    ) {
        match (p.layer, geometry) {
            (Layer::Canal, Geometry::LineString(points)) => {
                let points = line(points);
                let ends = points.first().zip(points.last());
                let Some(along_m) = ends.map(|(a, b)| [self.canal.nearest_m(*a), self.canal.nearest_m(*b)]) else {
                    return;
                };
                let points = between(&self.canal, canal, along_m);
                self.stretches.push(Stretch { points, width_m: p.width_m, names: p.names(), along_m });
            }
            (Layer::River, Geometry::LineString(points)) => self.rivers.push(Stretch {
                points: rounded(&line(points), CANAL_REACH_M),
                width_m: p.width_m,
                names: p.names(),
                along_m: [0.0; 2],
            }),
            (Layer::Rail, Geometry::LineString(points)) => {
                let axis = Axis::new(rounded(&line(points), RAIL_REACH_M));
                self.rails.push(Rail { axis, code: p.code.clone() });
            }
            (Layer::RegionBorder, Geometry::LineString(points)) => {
                self.border = line(points);
                self.border_axis = Axis::new(self.border.clone());
            }
            (Layer::MunicipalBorder, Geometry::LineString(points)) => self.municipal.push(line(points)),
            (Layer::Dock, Geometry::Polygon(rings)) => {
                let outline = Outline::from_points(rings.iter().flat_map(|ring| line(ring)));
                self.docks.extend(outline.bounds().map(|bounds| (Arc::new(outline), bounds)));
                self.spots.extend(p.label.and_then(local).map(|at| Spot::new(p.layer, at, p, [0.0; 2])));
            }
            (Layer::Green, Geometry::Point(at_deg)) => {
                let Some(at) = local(*at_deg) else { return };
                let outline = oval(at, p.area_ha * 1e4, p.aspect, p.bearing_deg);
                self.greens.extend(outline.bounds().map(|bounds| (Arc::new(outline), bounds)));
                self.spots.push(Spot::new(p.layer, at, p, *at_deg));
            }
            (Layer::Bridge | Layer::Lock, Geometry::Point(at_deg)) => {
                let Some(near) = local(*at_deg) else { return };
                let along_m = self.canal.nearest_m(near);
                let Some((at, along)) = self.canal.at(along_m) else { return };
                let stretch = self.stretches.iter().find(|s| (s.along_m[0]..=s.along_m[1]).contains(&along_m));
                let water_m = stretch.map_or(0.0, |stretch| stretch.width_m);
                let crossing = Crossing { at, along, water_m, width_m: p.width_m };
                // Its name stands on the eastern bank, clear of the quay.
                let [a, b] = crossing.across(water_m / 2.0 + 18.0, 0.0);
                self.spots.push(Spot::new(p.layer, if a.x > b.x { a } else { b }, p, *at_deg));
                if p.layer == Layer::Bridge { &mut self.bridges } else { &mut self.locks }.push(crossing);
            }
            (_, Geometry::Point(at_deg)) => {
                self.spots.extend(local(*at_deg).map(|at| Spot::new(p.layer, at, p, *at_deg)));
            }
            _ => {}
        }
    }

    /// The rectangle around all of it; `None` where the frame is too far away to have any of it.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    #[cfg(test)]
    pub(super) fn ribbon(&self) -> &Ribbon {
        &self.ribbon
    }

    /// What is seen of it in a view (everything when `None`) at a scale in pixels per metre of ground.
    ///
    /// Widths follow the ground once they are wide enough to be seen; before that the canal keeps a least width, as on
    /// any small map. Names are few when far and in both languages of Brussels when near; in Flanders they are Dutch.
    #[must_use]
    pub fn scene(&self, lang: Lang, view: Option<Bounds>, px_per_m: f64) -> Scene {
        self.drawn(Some(lang), view, px_per_m)
    }

    /// The same, without names where no language is given.
    #[must_use]
    pub fn drawn(&self, names: Option<Lang>, view: Option<Bounds>, px_per_m: f64) -> Scene {
        let mut scene = Scene::default();
        let Some(all) = self.bounds else { return scene };
        if !(px_per_m.is_finite() && px_per_m > 0.0) {
            return scene;
        }
        // A little more than the view, so that no line ends inside it while it is moved.
        let view = view.unwrap_or(all.grown(5_000.0)).grown(80.0 / px_per_m);
        self.ground(&mut scene, &view);
        self.water(&mut scene, &view, px_per_m);
        self.crossings(&mut scene, &view, px_per_m);
        self.borders(&mut scene, &view, px_per_m);
        self.railways(&mut scene, &view, px_per_m);
        if let Some(lang) = names {
            self.name_all(&mut scene, lang, &view, px_per_m);
        }
        scene
    }

    fn ground(&self, scene: &mut Scene, view: &Bounds) {
        for (outline, _) in self.greens.iter().filter(|(_, bounds)| bounds.meets(view)) {
            scene.push(area(outline, Some(Role::MapGreen), None));
        }
    }

    fn water(&self, scene: &mut Scene, view: &Bounds, px_per_m: f64) {
        let edge_m = f64::from(tokens().stroke(Stroke::MapWaterEdge)) / px_per_m;
        for river in &self.rivers {
            let width_m = river.width_m.max(1.4 / px_per_m);
            band(scene, &river.points, view, Role::MapWater, width_m);
        }
        let docks: Vec<&Arc<Outline>> =
            self.docks.iter().filter(|(_, bounds)| bounds.meets(view)).map(|(outline, _)| outline).collect();
        let edge = Pen::new(Role::MapWaterEdge, Stroke::MapWaterEdge);
        let is_near = px_per_m >= RIBBON_FROM;
        let ribbons = if is_near { self.ribbon.parts(view) } else { Vec::new() };
        // The second line of the quay, when there is room between the two.
        if QUAY_M * px_per_m > 3.0 {
            let pen = Pen::new(Role::MapBuildingEdge, Stroke::Hair);
            for points in ribbons.iter().flat_map(|ribbon| ribbon.sides(QUAY_M)) {
                scene.push(Shape::Line { points, pen, width_m: None });
            }
            for dock in &docks {
                let ring: Vec<Point> = dock.outer().iter().chain(dock.outer().first()).copied().collect();
                for (role, width_m) in [(Role::MapBuildingEdge, QUAY_M + edge_m), (Role::MapLand, QUAY_M)] {
                    band(scene, &ring, view, role, 2.0 * width_m);
                }
            }
        }
        // First every edge, then every surface: where two waters meet no edge is left between them.
        let shown_m = |stretch: &Stretch| stretch.width_m.max((2.6 + stretch.width_m / 30.0) / px_per_m);
        let stretches: &[Stretch] = if is_near { &[] } else { &self.stretches };
        for stretch in stretches {
            band(scene, &stretch.points, view, Role::MapWaterEdge, shown_m(stretch) + 2.0 * edge_m);
        }
        for points in ribbons.iter().flat_map(|ribbon| ribbon.sides(edge_m / 2.0)) {
            scene.push(Shape::Line { points, pen: edge, width_m: None });
        }
        for dock in docks {
            scene.push(area(dock, Some(Role::MapWater), Some(edge)));
        }
        for stretch in stretches {
            band(scene, &stretch.points, view, Role::MapWater, shown_m(stretch));
        }
        for ribbon in &ribbons {
            scene.push(area(&Arc::new(ribbon.outline()), Some(Role::MapWater), None));
        }
    }

    fn crossings(&self, scene: &mut Scene, view: &Bounds, px_per_m: f64) {
        let near = |crossing: &&Crossing| view.grown(200.0).contains(crossing.at);
        if px_per_m > 0.12 {
            for bridge in self.bridges.iter().filter(near) {
                let [a, b] = bridge.across(bridge.water_m / 2.0 + 14.0, 0.0);
                let width_m = bridge.width_m.max(2.5 / px_per_m);
                band(scene, &[a, b], view, Role::MapRoadEdge, width_m + 1.6 / px_per_m);
                band(scene, &[a, b], view, Role::MapRoad, width_m);
            }
        }
        if px_per_m > 0.25 {
            // Two pairs of mitre gates, pointing south, where the water comes from.
            for lock in self.locks.iter().filter(near) {
                let half_m = lock.water_m / 2.0;
                for along_m in [-40.0, 40.0] {
                    let [a, b] = lock.across(half_m, along_m);
                    let tip = lock.at + lock.along * (along_m - half_m * 0.4);
                    let pen = Pen::new(Role::MapLabel, Stroke::Fine);
                    scene.push(Shape::Line { points: vec![a, tip, b], pen, width_m: None });
                }
            }
        }
    }

    fn borders(&self, scene: &mut Scene, view: &Bounds, px_per_m: f64) {
        if px_per_m > 0.03 {
            let pen = Pen::dashed(Role::MapBuildingEdge, Stroke::Hair, Dash::Setback);
            for border in &self.municipal {
                dashed(scene, border, view, pen, px_per_m);
            }
        }
        let pen = Pen::dashed(Role::MapBorder, Stroke::Fine, Dash::RegionBorder);
        dashed(scene, &self.border, view, pen, px_per_m);
    }

    fn railways(&self, scene: &mut Scene, view: &Bounds, px_per_m: f64) {
        let pen = Pen::new(Role::MapRail, Stroke::MapRail);
        for rail in &self.rails {
            for points in clipped(rail.axis.points(), view) {
                if GAUGE_M * px_per_m < 2.0 {
                    scene.push(Shape::Line { points, pen, width_m: None });
                } else {
                    for side in [0.5, -0.5] {
                        let points = beside(&points, side * GAUGE_M);
                        scene.push(Shape::Line { points, pen, width_m: None });
                    }
                }
            }
        }
    }
}

impl Crossing {
    /// The two ends of a line across the water, `along_m` downstream of the middle.
    fn across(&self, half_m: f64, along_m: f64) -> [Point; 2] {
        let side = Point { x: -self.along.y, y: self.along.x };
        let middle = self.at + self.along * along_m;
        [middle - side * half_m, middle + side * half_m]
    }
}

/// An oval of an area around a point.
fn oval(at: Point, area_m2: f64, aspect: f64, bearing_deg: f64) -> Outline {
    let aspect = if aspect > 0.0 { aspect } else { 1.0 };
    let short_m = (area_m2 / (std::f64::consts::PI * aspect)).sqrt();
    let (sin, cos) = bearing_deg.to_radians().sin_cos();
    Outline::from_points((0..48).map(|i| {
        let (s, c) = (std::f64::consts::TAU * f64::from(i) / 48.0).sin_cos();
        let (along, across) = (c * short_m * aspect, s * short_m);
        point(at.x + along * sin + across * cos, at.y + along * cos - across * sin)
    }))
}

/// The points of a smooth line between two distances along it.
fn between(axis: &Axis, points: &[Point], [from_m, to_m]: [f64; 2]) -> Vec<Point> {
    let mut part = Vec::new();
    part.extend(axis.at(from_m).map(|(p, _)| p));
    let mut along_m = 0.0;
    for (i, &p) in points.iter().enumerate() {
        along_m += if i > 0 { distance_m(points[i - 1], p) } else { 0.0 };
        if from_m < along_m && along_m < to_m {
            part.push(p);
        }
    }
    part.extend(axis.at(to_m).map(|(p, _)| p));
    part
}

fn area(outline: &Arc<Outline>, fill: Option<Role>, pen: Option<Pen>) -> Shape {
    Shape::Area { outline: Arc::clone(outline), fill: fill.map(Paint::Role), hatch: None, pen }
}

/// A line as wide as it is on the ground.
fn band(scene: &mut Scene, points: &[Point], view: &Bounds, role: Role, width_m: f64) {
    for points in clipped(points, &view.grown(width_m)) {
        scene.push(Shape::Line { points, pen: Pen::new(role, Stroke::Hair), width_m: Some(width_m) });
    }
}

/// A broken line. Far out it is one line; near, where its pieces are long, each is broken from its own start, so that
/// the rhythm stays where it is while the map is moved.
fn dashed(scene: &mut Scene, points: &[Point], view: &Bounds, pen: Pen, px_per_m: f64) {
    if px_per_m < 0.3 {
        for points in clipped(points, view) {
            scene.push(Shape::Line { points, pen, width_m: None });
        }
        return;
    }
    let period_px: f32 = pen.dash.map_or(1.0, |dash| tokens().dash(dash).iter().sum());
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let Some((t0, t1)) = span_inside(a, b, view) else { continue };
        let length_px = distance_m(a, b) * px_per_m;
        let period = f64::from(period_px) / length_px;
        let t0 = if period < 1.0 { (t0 / period).floor() * period } else { 0.0 };
        let points = vec![a + (b - a) * t0, a + (b - a) * t1];
        scene.push(Shape::Line { points, pen, width_m: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::schematic;

    fn labels(scene: &Scene) -> Vec<String> {
        let text = |shape: &Shape| match shape {
            Shape::Label(label) => Some(label.text.clone()),
            _ => None,
        };
        scene.shapes.iter().filter_map(text).collect()
    }

    fn around(frame: &Frame, lon: f64, lat: f64, half_m: f64) -> Bounds {
        let at = frame.local_from_wgs84(lon, lat).unwrap();
        Bounds { min: at, max: at }.grown(half_m)
    }

    #[test]
    fn every_part_has_its_role() {
        let frame = Frame::new(4.36, 50.87).unwrap();
        let scene = schematic().place(&frame).scene(Lang::En, None, 0.05);
        let roles: Vec<Role> = scene
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Area { fill: Some(Paint::Role(role)), .. } => Some(*role),
                Shape::Line { pen, .. } => Some(pen.role),
                _ => None,
            })
            .collect();
        for role in [Role::MapWater, Role::MapWaterEdge, Role::MapRail, Role::MapGreen, Role::MapBorder] {
            assert!(roles.contains(&role), "{role:?}");
        }
        assert!(scene.shapes.len() < 200, "a small map has few shapes");
    }

    #[test]
    fn names_are_bilingual_in_brussels_and_dutch_in_flanders_when_near() {
        let frame = Frame::new(4.36, 50.87).unwrap();
        let placed = schematic().place(&frame);
        let north = around(&frame, 4.3608, 50.8597, 300.0);
        let near = |lang, view| labels(&placed.scene(lang, Some(view), 1.0));
        assert!(near(Lang::Nl, north).contains(&"Brussel-Noord · Bruxelles-Nord".to_owned()));
        assert!(near(Lang::Fr, north).contains(&"Bruxelles-Nord · Brussel-Noord".to_owned()));
        let vilvoorde = around(&frame, 4.4328, 50.9246, 300.0);
        assert!(near(Lang::Fr, vilvoorde).contains(&"Vilvoorde".to_owned()));
        assert!(!near(Lang::Fr, vilvoorde).contains(&"Vilvorde".to_owned()));
        let far = labels(&placed.scene(Lang::En, None, 0.02));
        assert!(far.contains(&"BRUSSELS".to_owned()) && far.contains(&"FLANDERS".to_owned()));
    }

    #[test]
    fn greens_and_docks_have_the_areas_of_the_reference() {
        let placed = schematic().place(&Frame::new(4.36, 50.87).unwrap());
        let hectares = |areas: &[(Arc<Outline>, Bounds)]| -> Vec<f64> {
            areas.iter().map(|(outline, _)| outline.area_m2() / 1e4).collect()
        };
        for (found, stated) in hectares(&placed.docks).iter().zip([6.4, 3.1, 3.1, 11.7]) {
            assert!((found / stated - 1.0).abs() < 0.02, "{found} ha for {stated}");
        }
        assert!((hectares(&placed.greens)[0] / 186.0 - 1.0).abs() < 0.01);
    }

    #[test]
    fn moving_the_view_moves_no_name() {
        let frame = Frame::new(4.36, 50.87).unwrap();
        let placed = schematic().place(&frame);
        let view = around(&frame, 4.35, 50.862, 2_000.0);
        let moved = Bounds { min: view.min + point(150.0, 90.0), max: view.max + point(150.0, 90.0) };
        let inner = Bounds { min: moved.min, max: view.max }.grown(-900.0);
        let shown = |view| -> Vec<_> {
            let inside = |shape: Shape| match shape {
                Shape::Label(label) if inner.contains(label.at) => Some(label),
                _ => None,
            };
            placed.scene(Lang::Nl, Some(view), 0.2).shapes.into_iter().filter_map(inside).collect()
        };
        assert_eq!(shown(view), shown(moved));
    }

    #[test]
    fn a_frame_elsewhere_and_a_view_of_nothing_give_an_empty_map() {
        let paris = schematic().place(&Frame::new(2.3522, 48.8566).unwrap());
        assert!(paris.bounds().is_none());
        assert!(paris.scene(Lang::En, None, 1.0).shapes.is_empty());
        let here = schematic().place(&Frame::new(4.36, 50.87).unwrap());
        assert!(here.scene(Lang::En, None, f64::NAN).shapes.is_empty());
        assert!(here.scene(Lang::En, None, 0.0).shapes.is_empty());
    }
}

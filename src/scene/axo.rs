//! The axonometry: plan oblique, the plan turned by 30 degrees and heights true, as prisms in painter's order.

use std::sync::Arc;

use super::{FaceSide, Paint, Pen, PlanOptions, Scene, Shape, ground};
use crate::geometry::{Bounds, Outline, Point, Transform, overlap_area_m2, point};
use crate::library::UseLook;
use crate::look::{Dash, Role, Stroke};
use crate::model::{State, Storey, Variant, Volume};

/// The plan is turned by so much, counter-clockwise: one sees its southern and its western faces.
const TURN_DEG: f64 = 30.0;

/// Shared by less than this two prisms do not stand on one another, in m².
const SHARED_M2: f64 = 0.05;

/// The axonometry of a variant, without what lies around it. Points of the scene are metres on the sheet.
#[must_use]
pub fn axo(variant: &Variant, options: &PlanOptions<'_>) -> Scene {
    let map = Transform::rotation(Point::default(), -TURN_DEG);
    let mut scene = Scene::default();
    for plot in variant.plots.iter().filter(|plot| plot.outline.fault().is_none()) {
        let pen = Pen::dashed(Role::PlotLine, Stroke::Fine, Dash::PlotLine);
        let outline = Arc::new(plot.outline.transformed(&map));
        scene.push(Shape::Area { outline, fill: None, hatch: None, pen: Some(pen) });
    }
    let mut flat = Scene::default();
    ground::surfaces(&mut flat, variant, options);
    for shape in flat.shapes {
        if let Shape::Area { outline, fill, pen, .. } = shape {
            let outline = Arc::new(outline.transformed(&map));
            scene.push(Shape::Area { outline, fill, hatch: None, pen });
        }
    }
    let prisms: Vec<Prism<'_>> = variant.volumes.iter().filter_map(|volume| Prism::new(volume, &map)).collect();
    for at in in_order(&prisms) {
        prisms[at].draw(&mut scene, options);
    }
    scene
}

/// A volume above ground, its plan turned.
struct Prism<'a> {
    volume: &'a Volume,
    plan: Outline,
    bounds: Bounds,
    base_m: f64,
    top_m: f64,
}

impl<'a> Prism<'a> {
    fn new(volume: &'a Volume, map: &Transform) -> Option<Self> {
        let is_seen = volume.footprint.fault().is_none() && volume.storeys.iter().any(Storey::stands_above);
        let plan = volume.footprint.transformed(map);
        let bounds = plan.bounds().filter(|_| is_seen)?;
        Some(Self { volume, bounds, plan, base_m: volume.base_m.max(0.0), top_m: volume.top_m() })
    }

    /// Whether it is to be painted before another: it lies behind it, or under it.
    fn is_before(&self, other: &Self) -> Option<bool> {
        let (a, b) = (&self.bounds, &other.bounds);
        let (left, right) = (a.min.x.max(b.min.x), a.max.x.min(b.max.x));
        if right - left <= 1e-6 {
            return None;
        }
        let meet = a.min.y < b.max.y && b.min.y < a.max.y;
        if meet && overlap_area_m2(&self.plan, &other.plan) > SHARED_M2 {
            return Some(self.base_m < other.base_m);
        }
        // Where both are on the screen the one farther up the sheet is farther away.
        let x = (left + right) / 2.0;
        let (own, others) = (middle_at(&self.plan, x)?, middle_at(&other.plan, x)?);
        Some(own > others)
    }

    fn draw(&self, scene: &mut Scene, options: &PlanOptions<'_>) {
        let lifted = |p: Point, level_m: f64| point(p.x, p.y + level_m);
        // Those farther away first: in a court one sees the wall at its back.
        let mut faces: Vec<(Point, Point, FaceSide)> =
            self.plan.edges().filter_map(|(a, b)| Some((a, b, side(a, b)?))).collect();
        faces.sort_by(|a, b| (b.0.y + b.1.y).total_cmp(&(a.0.y + a.1.y)));
        for (a, b, side) in faces {
            let mut level_m = self.base_m;
            for storey in self.volume.storeys.iter().filter(|storey| !storey.below_ground) {
                let top_m = level_m + storey.height_m;
                let corners = [lifted(a, level_m), lifted(b, level_m), lifted(b, top_m), lifted(a, top_m)];
                let (fill, line) = if storey.state == State::Removed {
                    (None, Pen::dashed(Role::Ink2, Stroke::Hair, Dash::Ghost))
                } else {
                    (Some(face(options.look_of(storey), side)), Pen::new(Role::StoreyLine, Stroke::Hair))
                };
                let outline = Arc::new(Outline::from_points(corners));
                scene.push(Shape::Area { outline, fill, hatch: None, pen: Some(line) });
                level_m = top_m;
            }
            let corners =
                [lifted(a, self.base_m), lifted(b, self.base_m), lifted(b, self.top_m), lifted(a, self.top_m)];
            scene.push(Shape::Area {
                outline: Arc::new(Outline::from_points(corners)),
                fill: None,
                hatch: None,
                pen: Some(Pen::new(Role::VolumeEdge, Stroke::Fine)),
            });
        }
        let top = self.volume.storeys.iter().rev().find(|storey| storey.stands_above());
        let look = top.and_then(|top| options.look_of(top));
        let up = Transform::translation(Point { x: 0.0, y: self.top_m });
        scene.push(Shape::Area {
            outline: Arc::new(self.plan.transformed(&up)),
            fill: Some(look.map_or(Paint::Role(Role::Hairline), |look| Paint::Use(look.clone()))),
            hatch: None,
            pen: Some(Pen::new(Role::VolumeEdge, Stroke::Fine)),
        });
    }
}

fn face(look: Option<&UseLook>, side: FaceSide) -> Paint {
    look.map_or(Paint::Role(Role::Hairline), |look| Paint::Face(look.clone(), side))
}

/// The side that an edge's wall faces, where one sees it: what is built lies to the left of an edge.
fn side(a: Point, b: Point) -> Option<FaceSide> {
    let out = Point { x: b.y - a.y, y: a.x - b.x };
    (out.y < -1e-9).then_some(if out.x < 0.0 { FaceSide::Left } else { FaceSide::Right })
}

/// The middle of what an upright line cuts out of an outline.
fn middle_at(outline: &Outline, x: f64) -> Option<f64> {
    let crossings = outline.edges().filter(|(a, b)| (a.x <= x) != (b.x <= x));
    let ys = crossings.map(|(a, b)| a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x));
    let (low, high) = ys.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
    (low <= high).then_some((low + high) / 2.0)
}

/// The places of prisms in the order in which they are painted: of those with none left to wait for the lowest and farthest
/// first. Where they wait for one another in a circle the farthest goes.
fn in_order(prisms: &[Prism<'_>]) -> Vec<usize> {
    let waits_for = |at: usize, other: usize| prisms[other].is_before(&prisms[at]) == Some(true);
    let mut left: Vec<usize> = (0..prisms.len()).collect();
    left.sort_by(|&a, &b| {
        let key = |at: usize| (prisms[at].base_m, -prisms[at].bounds.max.y);
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let waits: Vec<Vec<usize>> = (0..prisms.len())
        .map(|at| (0..prisms.len()).filter(|&other| other != at && waits_for(at, other)).collect())
        .collect();
    let mut done = vec![false; prisms.len()];
    let mut order = Vec::with_capacity(prisms.len());
    while !left.is_empty() {
        let free = left.iter().position(|&at| waits[at].iter().all(|&other| done[other])).unwrap_or(0);
        let at = left.remove(free);
        done[at] = true;
        order.push(at);
    }
    order
}

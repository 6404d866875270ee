//! The edges near a point: of the variant, and of what stands around it.

use super::Target;
use crate::geometry::{Bounds, Outline, Point, TOLERANCE_M, distance_m, nearest_on_segment};
use crate::model::{ContextShape, Id, MarkKind};
use crate::studio::index::Kind;

/// An edge that comes near the pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub a: Point,
    pub b: Point,
    pub of: Id,
}

impl Edge {
    /// Whether it ends at a point.
    pub fn ends_at(&self, at: Point) -> bool {
        distance_m(self.a, at) <= TOLERANCE_M || distance_m(self.b, at) <= TOLERANCE_M
    }
}

/// The edges that come within `reach_m` of `at`.
pub(super) fn near_edges(target: &Target<'_>, at: Point, reach_m: f64) -> Vec<Edge> {
    let around = Bounds { min: at, max: at }.grown(reach_m);
    let mut near = Vec::new();
    let mut keep = |a: Point, b: Point, of: Id| {
        let comes_near = Bounds::around([a, b]).is_some_and(|bounds| bounds.meets(&around));
        if comes_near && distance_m(nearest_on_segment(at, a, b), at) <= reach_m {
            near.push(Edge { a, b, of });
        }
    };
    let found = target.index.meeting(around);
    for (_, id) in found.into_iter().filter(|(kind, id)| target.counts(*kind, *id)) {
        target.variant.outline(id).into_iter().flat_map(Outline::edges).for_each(|(a, b)| keep(a, b, id));
    }
    for mark in target.variant.marks.iter().filter(|mark| target.counts(Kind::Mark, mark.id)) {
        let Some(dir) = mark.direction().filter(|_| mark.kind == MarkKind::Guide) else { continue };
        // So long that neither its ends nor its middle, which it does not have, come near.
        const ENDLESS_M: f64 = 1e4;
        let d = at - mark.a.0;
        let foot = mark.a.0 + dir * (d.x * dir.x + d.y * dir.y);
        keep(foot - dir * ENDLESS_M, foot + dir * (3.0 * ENDLESS_M), mark.id);
    }
    if target.has_context() {
        for (_, id) in target.context.meeting(around) {
            context_edges(target, id, &mut keep);
        }
        for (a, b) in target.map.iter().flat_map(|map| map.meeting(around)) {
            keep(a, b, MAP);
        }
    }
    near
}

/// What edges of the built-in map are of: nothing that has an id.
const MAP: Id = Id(0);

/// The edges that end within `reach_m` of `at`, as from the far end to the near one; none where so much ends there that
/// nobody could say which is meant.
pub(super) fn ending_near(target: &Target<'_>, at: Point, reach_m: f64) -> Vec<Edge> {
    const MOST_THINGS: usize = 64;
    let around = Bounds { min: at, max: at }.grown(reach_m);
    let mut near = Vec::new();
    let mut keep = |a: Point, b: Point, of: Id| {
        for (from, to) in [(a, b), (b, a)] {
            if around.contains(to) {
                near.push(Edge { a: from, b: to, of });
            }
        }
    };
    let Some(found) = target.index.meeting_few(around, MOST_THINGS) else { return Vec::new() };
    for (_, id) in found.into_iter().filter(|(kind, id)| target.counts(*kind, *id)) {
        target.variant.outline(id).into_iter().flat_map(Outline::edges).for_each(|(a, b)| keep(a, b, id));
    }
    if target.has_context() {
        for (_, id) in target.context.meeting_few(around, MOST_THINGS).unwrap_or_default() {
            context_edges(target, id, &mut keep);
        }
    }
    near
}

fn context_edges(target: &Target<'_>, id: Id, keep: &mut impl FnMut(Point, Point, Id)) {
    match target.project.context.get(id).map(|thing| &thing.shape) {
        Some(ContextShape::Area(outline)) => outline.edges().for_each(|(a, b)| keep(a, b, id)),
        Some(ContextShape::Line(points)) => points.windows(2).for_each(|pair| keep(pair[0].0, pair[1].0, id)),
        None => {}
    }
}

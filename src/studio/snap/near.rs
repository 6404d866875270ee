//! The edges near a point: of the variant, and of what stands around it.

use super::{Line, Target};
use crate::geometry::{Bounds, Outline, Point, TOLERANCE_M, distance_m, nearest_on_segment};
use crate::model::{Id, MarkKind};
use crate::studio::index::Kind;

/// An edge that comes near the pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub a: Point,
    pub b: Point,
    pub of: Id,
}

impl Edge {
    /// The edge as a line.
    pub fn line(self) -> Line {
        Line { from: self.a, to: self.b }
    }

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
        context_edges(target, around, &mut keep);
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
    if target.has_context() && target.context.meeting_few(around, MOST_THINGS).is_some() {
        context_edges(target, around, &mut keep);
    }
    near
}

/// The edges of what stands around the site that may come near: of long lines the parts that do.
fn context_edges(target: &Target<'_>, around: Bounds, keep: &mut impl FnMut(Point, Point, Id)) {
    for (id, run) in target.context.runs_meeting(around) {
        let Some(thing) = target.project.context.get(id) else { continue };
        match run {
            Some(run) => run.edges(thing).for_each(|(a, b)| keep(a, b, id)),
            None => {
                let edges =
                    thing.edge_counts().enumerate().flat_map(|(line, count)| (0..count).map(move |at| (line, at)));
                edges.filter_map(|(line, at)| thing.edge(line, at)).for_each(|(a, b)| keep(a, b, id));
            }
        }
    }
}

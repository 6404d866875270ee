//! Lines that a drawing could go on along: square to its last side, parallel or square to the reference edge, along the
//! project's axes, on beyond the end of an edge.

use super::near::{ending_near, near_edges};
use super::{Line, SnapKind, Target};
use crate::geometry::{Point, TOLERANCE_M, direction, distance_m, left_of};

/// How near the end of an edge the pointer must be for the edge to be thought on, in logical pixels.
const EXTENDS_PX: f64 = 72.0;

/// How long an edge must be to lead somewhere, in logical pixels.
const LEADS_PX: f64 = 24.0;

/// How many edges that meet where a drawing begins have a say.
const MOST_BEGUN_ON: usize = 4;

/// A line to go on along.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path {
    pub from: Point,
    /// Of length 1.
    pub dir: Point,
    pub kind: SnapKind,
    /// What it was taken from, to be shown.
    pub guide: Line,
    /// Whether it goes on to both sides.
    pub both_ways: bool,
}

impl Path {
    /// The point of it nearest to `p`, unless that lies behind its beginning.
    pub fn foot(&self, p: Point) -> Option<Point> {
        let d = p - self.from;
        let along_m = d.x * self.dir.x + d.y * self.dir.y;
        (self.both_ways || along_m > TOLERANCE_M).then(|| self.from + self.dir * along_m)
    }
}

/// The lines for a pointer at `at`, the strongest kind first.
pub(super) fn paths(target: &Target<'_>, at: Point) -> Vec<Path> {
    let mut paths = Vec::with_capacity(8);
    let allows = |kind| target.off.allows(kind);
    if allows(SnapKind::Extension) {
        for edge in ending_near(target, at, EXTENDS_PX / target.px_per_m) {
            let Some(dir) = direction(edge.b - edge.a) else { continue };
            // The chords of a curve lead nowhere.
            if distance_m(edge.a, edge.b) * target.px_per_m < LEADS_PX {
                continue;
            }
            let guide = Line { from: edge.a, to: edge.b };
            paths.push(Path { from: edge.b, dir, kind: SnapKind::Extension, guide, both_ways: false });
        }
    }
    // The reference edge goes on without end: whoever rested on it means it.
    if let Some(edge) = target.reference.filter(|_| allows(SnapKind::Extension)) {
        for (from, to) in [(edge.from, edge.to), (edge.to, edge.from)] {
            let dir = direction(to - from);
            paths.extend(dir.map(|dir| Path {
                from: to,
                dir,
                kind: SnapKind::Extension,
                guide: edge,
                both_ways: false,
            }));
        }
    }
    let Some(&last) = target.drawn.last() else { return paths };
    // What begins on an edge knows what is square to it and along it.
    let begun_on = if allows(SnapKind::Parallel) { near_edges(target, last, 2.0 * TOLERANCE_M) } else { Vec::new() };
    let mut through_last = |dir, kind, guide| paths.push(Path { from: last, dir, kind, guide, both_ways: true });
    if let [.., before, _] = target.drawn
        && let Some(dir) = direction(last - *before).filter(|_| allows(SnapKind::Square))
    {
        let guide = Line { from: *before, to: last };
        through_last(dir, SnapKind::Square, guide);
        through_last(left_of(dir), SnapKind::Square, guide);
    }
    if let Some(edge) = target.reference.filter(|_| allows(SnapKind::Parallel))
        && let Some(dir) = direction(edge.to - edge.from)
    {
        through_last(dir, SnapKind::Parallel, edge);
        through_last(left_of(dir), SnapKind::Perpendicular, edge);
    }
    for edge in begun_on.iter().take(MOST_BEGUN_ON) {
        let guide = edge.line();
        if let Some(dir) = direction(edge.b - edge.a) {
            through_last(dir, SnapKind::Parallel, guide);
            through_last(left_of(dir), SnapKind::Perpendicular, guide);
        }
    }
    if allows(SnapKind::Axis) {
        for dir in [target.axes.east(), target.axes.north()] {
            through_last(dir, SnapKind::Axis, Line { from: last, to: last + dir });
        }
    }
    paths
}

/// Lengths that a side of the drawing may want to have too: of its other sides, and of the reference edge.
pub(super) fn lengths_m(target: &Target<'_>) -> Vec<f64> {
    let drawn = target.drawn.windows(2).map(|ends| distance_m(ends[0], ends[1]));
    let reference = target.reference.map(|edge| distance_m(edge.from, edge.to));
    drawn.chain(reference).filter(|length_m| *length_m > TOLERANCE_M).collect()
}

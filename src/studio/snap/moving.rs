//! Where shapes that are being moved want to be: corner on corner, corner on edge, in line with what stands near, or a whole
//! measure away from where they were.

use super::near::near_edges;
use super::{Best, Line, Lock, Snap, SnapKind, Target, on_step};
use crate::geometry::{Bounds, Outline, Point, distance_m, nearest_on_segment};
use crate::model::{Axes, ContextShape};

/// How near two sides must come to be drawn in line, in logical pixels.
const IN_LINE_PX: f64 = 6.0;

/// How far around things are looked at for being in line, in logical pixels.
const AROUND_PX: f64 = 360.0;

/// What is being moved: where its corners were when it began.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moved {
    /// Those nearest to the hand: the eye follows only what is under it.
    corners: Vec<Point>,
    /// The box around all.
    local: Option<Bounds>,
    /// The box around all in the project's own axes.
    own: Option<Bounds>,
}

impl Moved {
    /// Outlines that are gripped at `from`.
    pub fn new<'a>(outlines: impl Iterator<Item = &'a Outline>, from: Point, axes: Axes) -> Self {
        const MOST: usize = 64;
        let mut corners: Vec<Point> = outlines.flat_map(Outline::outer).copied().collect();
        let local = Bounds::around(corners.iter().copied());
        let own = Bounds::around(corners.iter().map(|&p| axes.own_from_local(p)));
        if corners.len() > MOST {
            let nearer = |a: &Point, b: &Point| distance_m(*a, from).total_cmp(&distance_m(*b, from));
            corners.select_nth_unstable_by(MOST, nearer);
            corners.truncate(MOST);
        }
        Self { corners, local, own }
    }
}

/// How far things go that were gripped at `from` when the pointer is at `at`: the shift, and what caught one of them.
#[must_use]
pub fn find_shift(target: &Target<'_>, moved: &Moved, from: Point, at: Point) -> (Point, Option<Snap>) {
    let mut shift = at - from;
    if let Lock::Along(dir, one_way) = axis_lock(target, shift) {
        let along_m = shift.x * dir.x + shift.y * dir.y;
        let whole_m = on_step(if one_way { along_m.max(0.0) } else { along_m }, target.step_m());
        let to = from + dir * whole_m;
        let guide = Some(Line { from, to });
        return (dir * whole_m, Some(Snap { at: to, kind: SnapKind::Held, of: None, along: None, guide }));
    }
    const MILLIMETRE_M: f64 = 0.001;
    if target.suspended || target.off.all {
        return (Point { x: on_step(shift.x, MILLIMETRE_M), y: on_step(shift.y, MILLIMETRE_M) }, None);
    }
    if let Some((by, snap)) = caught_corner(target, moved, shift) {
        return (by, Some(snap));
    }
    let step_m = if target.off.allows(SnapKind::Grid) { target.step_m() } else { MILLIMETRE_M };
    let own = target.axes.own_from_local(shift);
    shift = target.axes.local_from_own(Point { x: on_step(own.x, step_m), y: on_step(own.y, step_m) });
    if !target.off.allows(SnapKind::Aligned) {
        return (shift, None);
    }
    in_line(target, moved, at - from, shift)
}

/// Shift keeps to the nearer of the project's axes.
fn axis_lock(target: &Target<'_>, shift: Point) -> Lock {
    if target.lock != Lock::Present {
        return target.lock;
    }
    let own = target.axes.own_from_local(shift);
    Lock::Along(if own.x.abs() >= own.y.abs() { target.axes.east() } else { target.axes.north() }, false)
}

/// The shift that brings one of the corners onto a corner or an edge near it.
fn caught_corner(target: &Target<'_>, moved: &Moved, shift: Point) -> Option<(Point, Snap)> {
    let mut caught: Option<(SnapKind, f64, Point, Snap)> = None;
    for &corner in &moved.corners {
        let at = corner + shift;
        let mut best = Best::new(target, at);
        for edge in near_edges(target, at, best.reach_m) {
            best.offer(edge.a, SnapKind::Vertex, Some(edge.of), None);
            best.offer(edge.b, SnapKind::Vertex, Some(edge.of), None);
            let itself = Some(Line { from: edge.a, to: edge.b });
            best.offer(nearest_on_segment(at, edge.a, edge.b), SnapKind::Edge, Some(edge.of), itself);
        }
        let Some((far_m, snap)) = best.found else { continue };
        if caught.is_none_or(|(kind, best_m, ..)| (snap.kind, far_m) < (kind, best_m)) {
            caught = Some((snap.kind, far_m, snap.at - corner, snap));
        }
    }
    caught.map(|(_, _, by, snap)| (by, snap))
}

/// The sides and the middle of a box, across the east and across the north.
fn marks(bounds: Bounds) -> [[f64; 3]; 2] {
    let middle = bounds.centre();
    [[bounds.min.x, middle.x, bounds.max.x], [bounds.min.y, middle.y, bounds.max.y]]
}

/// The shift with sides and middles brought in line with those of things near, in each of the project's directions for itself;
/// without any, the shift as it is.
fn in_line(target: &Target<'_>, moved: &Moved, wanted: Point, whole: Point) -> (Point, Option<Snap>) {
    let own = |p: Point| target.axes.own_from_local(p);
    let (Some(local), Some(box_own)) = (moved.local, moved.own) else { return (whole, None) };
    let shifted = |bounds: Bounds, by: Point| Bounds { min: bounds.min + by, max: bounds.max + by };
    let (local, box_own) = (shifted(local, wanted), shifted(box_own, own(wanted)));
    const MOST_THINGS: usize = 64;
    let around = local.grown(AROUND_PX / target.px_per_m);
    let mut nearest: [Option<(f64, Point)>; 2] = [None, None];
    let drawn = target.index.meeting_few(around, MOST_THINGS).unwrap_or_default();
    let drawn = drawn.into_iter().filter(|(kind, id)| target.counts(*kind, *id));
    let drawn = drawn.filter_map(|(_, id)| target.variant.outline(id));
    let standing = if target.has_context() { target.context.meeting_few(around, MOST_THINGS) } else { None };
    let standing = standing.into_iter().flatten().filter_map(|(_, id)| match &target.project.context.get(id)?.shape {
        ContextShape::Area(outline) => Some(outline),
        ContextShape::Line(_) => None,
    });
    for outline in drawn.chain(standing) {
        let Some(other) = Bounds::around(outline.outer().iter().map(|&p| own(p))) else { continue };
        for (side, (mine, theirs)) in marks(box_own).into_iter().zip(marks(other)).enumerate() {
            for gap in mine.into_iter().flat_map(|m| theirs.into_iter().map(move |t| t - m)) {
                if gap.abs() * target.px_per_m <= IN_LINE_PX
                    && nearest[side].is_none_or(|(best, _)| gap.abs() < best.abs())
                {
                    nearest[side] = Some((gap, other.centre()));
                }
            }
        }
    }
    let (wanted_own, whole_own) = (own(wanted), own(whole));
    let pick = |near: Option<(f64, Point)>, wanted: f64, whole: f64| near.map_or(whole, |(gap, _)| wanted + gap);
    let by = Point { x: pick(nearest[0], wanted_own.x, whole_own.x), y: pick(nearest[1], wanted_own.y, whole_own.y) };
    let Some((_, other)) = nearest[0].or(nearest[1]) else { return (whole, None) };
    let shift = target.axes.local_from_own(by);
    let middle = target.axes.local_from_own(box_own.centre() - wanted_own + by);
    let guide = Some(Line { from: target.axes.local_from_own(other), to: middle });
    (shift, Some(Snap { at: middle, kind: SnapKind::Aligned, of: None, along: None, guide }))
}

//! The direction of the line being drawn, held: the point stays on it and is caught by what the line crosses and by corners
//! that lie square beside it.

use super::{Best, Edge, Line, Snap, SnapKind, Target, crossing, grid_step_m, near_edges, on_grid_along};
use crate::geometry::{Point, TOLERANCE_M, distance_m};

/// Where the pointer at `at` means to be on the held line; `None` when there is no direction to hold yet.
pub(super) fn find(target: &Target<'_>, at: Point) -> Option<Snap> {
    let (last, held) = (*target.drawn.last()?, target.held?);
    // A line that was held from another point ended there.
    let of_last = held.along.filter(|line| distance_m(line.from, last) < TOLERANCE_M);
    let line = of_last.unwrap_or(Line { from: last, to: held.at });
    let length_m = distance_m(line.from, line.to);
    if length_m < TOLERANCE_M {
        return None;
    }
    let dir = (line.to - line.from) / length_m;
    let on_line = |p: Point| {
        let d = p - line.from;
        line.from + dir * (d.x * dir.x + d.y * dir.y)
    };
    let foot = on_line(at);
    let found = |at, kind, of| Some(Snap { at, kind, of, along: Some(line) });
    if target.suspended {
        const MILLIMETRE_M: f64 = 0.001;
        return found(on_grid_along(last, foot, MILLIMETRE_M), SnapKind::Held, None);
    }
    let mut best = Best::new(target, foot);
    let reach_m = best.release_m;
    let here = Edge { a: foot - dir * reach_m, b: foot + dir * reach_m, of: crate::model::Id(0) };
    for edge in near_edges(target, foot, reach_m) {
        if let Some(at) = crossing(&here, &edge) {
            best.offer(at, SnapKind::Intersection, Some(edge.of));
        }
    }
    // Whoever points at a corner elsewhere means the line to end beside it.
    for edge in near_edges(target, at, reach_m) {
        for corner in [edge.a, edge.b] {
            if distance_m(corner, at) <= reach_m {
                best.offer(on_line(corner), SnapKind::Aligned, Some(edge.of));
            }
        }
    }
    match best.found {
        Some((_, snap)) => found(snap.at, snap.kind, snap.of),
        None => found(on_grid_along(last, foot, grid_step_m(target.px_per_m)), SnapKind::Held, None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::find_with;
    use super::*;
    use crate::geometry::point;

    /// A line that has begun at (20, 30) towards the east-north-east, held while the pointer goes elsewhere.
    fn held_at(x: f64, y: f64) -> Snap {
        let caught = Snap { at: point(40.0, 35.0), kind: SnapKind::Grid, of: None, along: None };
        find_with(Point { x, y }, &[point(20.0, 30.0)], Some(caught), true)
    }

    #[test]
    fn the_point_stays_on_the_line_by_whole_measures() {
        let snap = held_at(52.0, 30.0);
        assert_eq!(snap.kind, SnapKind::Held);
        let d = snap.at - point(20.0, 30.0);
        assert!((d.y / d.x - 0.25).abs() < 1e-6, "in the same direction: {d:?}");
        let length_m = distance_m(snap.at, point(20.0, 30.0));
        assert!((length_m - length_m.round()).abs() < 1e-4, "{length_m} m at four pixels a metre");
    }

    #[test]
    fn it_ends_where_it_crosses_an_edge_and_beside_a_corner() {
        // The east side of the plot at x = 100 is crossed at y = 50.
        let crossed = held_at(101.0, 49.0);
        assert_eq!(crossed.kind, SnapKind::Intersection);
        assert!(distance_m(crossed.at, point(100.0, 50.0)) < 1e-6, "{crossed:?}");
        // Pointing at the corner (0, 80) of the plot means the place on the line square beside it.
        let beside = held_at(0.5, 79.5);
        assert_eq!(beside.kind, SnapKind::Aligned);
        let d = beside.at - point(0.0, 80.0);
        assert!((d.x * 4.0 + d.y).abs() < 1e-6, "square to the line: {d:?}");
    }

    #[test]
    fn a_line_that_was_held_from_another_point_is_over() {
        let line = Line { from: point(0.0, 0.0), to: point(1.0, 0.0) };
        let caught = Snap { at: point(20.0, 30.0), kind: SnapKind::Held, of: None, along: Some(line) };
        let snap = find_with(Point { x: 30.3, y: 40.2 }, &[point(20.0, 30.0)], Some(caught), true);
        assert_eq!((snap.kind, snap.along), (SnapKind::Grid, None), "there is no new direction yet");
    }
}

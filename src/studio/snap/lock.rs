//! A line that is held: the point stays on it and is caught by what the line crosses and by corners that lie square beside
//! it. Held is what was caught when Shift went down (the edge, its extension, the direction from the last point), or
//! a direction chosen by an arrow key or typed.

use super::near::{Edge, near_edges};
use super::{Best, Held, Line, Snap, SnapKind, Target, crossing, on_grid_along};
use crate::geometry::{Point, direction, distance_m};

/// What is held of the direction.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Lock {
    /// Nothing.
    #[default]
    Free,
    /// What was caught last.
    Present,
    /// This direction from the last point, of length 1; `true` when it leads one way only.
    Along(Point, bool),
}

/// Where the pointer at `at` means to be on the held line; `None` when there is no line to hold yet.
pub(super) fn find(target: &Target<'_>, at: Point) -> Option<Snap> {
    let last = target.drawn.last().copied();
    let (line, one_way) = match target.lock {
        Lock::Free => return None,
        Lock::Along(dir, one_way) => (Line { from: last?, to: last? + dir }, one_way),
        Lock::Present => {
            let held = target.held?;
            // A line that was held from another point ended there.
            let going_on = held.along.filter(|along| along.last == last).map(|along| along.line);
            let caught = || match held.kind {
                SnapKind::Edge | SnapKind::Extension => held.guide,
                _ => last.map(|last| Line { from: last, to: held.at }),
            };
            (going_on.or_else(caught)?, false)
        }
    };
    let dir = direction(line.to - line.from)?;
    let on_line = |p: Point| {
        let d = p - line.from;
        let along_m = d.x * dir.x + d.y * dir.y;
        line.from + dir * if one_way { along_m.max(0.0) } else { along_m }
    };
    let foot = on_line(at);
    let along = Some(Held { line, last });
    let found = |at, kind, of| Some(Snap { at, kind, of, along, guide: Some(line) });
    let whole = |step_m| on_grid_along(last.unwrap_or(line.from), foot, step_m);
    if target.suspended {
        const MILLIMETRE_M: f64 = 0.001;
        return found(whole(MILLIMETRE_M), SnapKind::Held, None);
    }
    let mut best = Best::new(target, foot);
    let reach_m = best.release_m;
    let here = Edge { a: foot - dir * reach_m, b: foot + dir * reach_m, of: crate::model::Id(0) };
    for edge in near_edges(target, foot, reach_m) {
        if let Some(at) = crossing(&here, &edge) {
            best.offer(at, SnapKind::Intersection, Some(edge.of), Some(line));
        }
    }
    // Whoever points at a corner elsewhere means the line to end beside it.
    for edge in near_edges(target, at, reach_m) {
        for corner in [edge.a, edge.b] {
            if distance_m(corner, at) <= reach_m {
                best.offer(
                    on_line(corner),
                    SnapKind::Aligned,
                    Some(edge.of),
                    Some(Line { from: corner, to: on_line(corner) }),
                );
            }
        }
    }
    match best.found {
        Some((_, snap)) => Some(Snap { along, ..snap }),
        None if target.off.allows(SnapKind::Grid) => found(whole(target.step_m()), SnapKind::Held, None),
        None => found(foot, SnapKind::Held, None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::find_with;
    use super::*;
    use crate::geometry::point;

    fn caught(at: Point, kind: SnapKind, guide: Option<Line>) -> Snap {
        Snap { at, kind, of: None, along: None, guide }
    }

    /// A line that has begun at (20, 30) towards the east-north-east, held while the pointer goes elsewhere.
    fn held_at(x: f64, y: f64) -> Snap {
        let before = caught(point(40.0, 35.0), SnapKind::Grid, None);
        find_with(Point { x, y }, &[point(20.0, 30.0)], Some(before), Lock::Present)
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
    fn an_edge_is_held_before_anything_is_drawn() {
        let edge = Line { from: point(0.0, 0.0), to: point(100.0, 0.0) };
        let on_it = caught(point(30.3, 0.0), SnapKind::Edge, Some(edge));
        let snap = find_with(Point { x: 60.4, y: 22.0 }, &[], Some(on_it), Lock::Present);
        assert_eq!((snap.kind, snap.at), (SnapKind::Held, point(60.0, 0.0)));
    }

    #[test]
    fn a_chosen_direction_needs_nothing_caught_before() {
        let north = Lock::Along(Point { x: 0.0, y: 1.0 }, false);
        let snap = find_with(Point { x: 52.0, y: 44.2 }, &[point(20.0, 30.0)], None, north);
        assert_eq!((snap.kind, snap.at), (SnapKind::Held, point(20.0, 44.0)));
        // One way only: behind the point there is nothing.
        let north = Lock::Along(Point { x: 0.0, y: 1.0 }, true);
        assert_eq!(find_with(Point { x: 52.0, y: 10.0 }, &[point(20.0, 30.0)], None, north).at, point(20.0, 30.0));
    }

    #[test]
    fn a_line_that_was_held_from_another_point_is_over() {
        let line = Line { from: point(0.0, 0.0), to: point(1.0, 0.0) };
        let along = Some(Held { line, last: Some(point(0.0, 0.0)) });
        let before = Snap { along, ..caught(point(20.0, 30.0), SnapKind::Held, None) };
        let snap = find_with(Point { x: 30.3, y: 40.2 }, &[point(20.0, 30.0)], Some(before), Lock::Present);
        assert_eq!((snap.kind, snap.along), (SnapKind::Grid, None), "there is no new direction yet");
    }
}

//! Lines with fewer corners (Ramer 1972, Douglas and Peucker 1973), without recursion: a line of a stranger may have any shape.

use super::Point;

/// The corners of a line that lie farther than `tolerance` from the line without them; the ends always stay. A ring is given
/// with its first point repeated at the end.
#[must_use]
pub fn simplified(points: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(last) = points.len().checked_sub(1).filter(|last| *last > 1) else { return points.to_vec() };
    let mut keep = vec![false; points.len()];
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    // A line that winds endlessly is not looked at endlessly: then its corners stay.
    let mut budget = points.len().saturating_mul(64).max(100_000);
    while let Some((from, to)) = open.pop() {
        if to - from < 2 {
            continue;
        }
        if budget < to - from {
            keep[from..=to].fill(true);
            continue;
        }
        budget -= to - from;
        let (mut farthest, mut far) = (from, tolerance * tolerance);
        for at in from + 1..to {
            let nearest = super::nearest_on_segment(points[at], points[from], points[to]);
            let off = points[at] - nearest;
            let square = off.x * off.x + off.y * off.y;
            if square > far {
                (farthest, far) = (at, square);
            }
        }
        if farthest > from {
            keep[farthest] = true;
            open.extend([(from, farthest), (farthest, to)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// The same of a ring whose last point does not repeat its first.
#[must_use]
pub fn simplified_ring(ring: &[Point], tolerance: f64) -> Vec<Point> {
    let closed: Vec<Point> = ring.iter().chain(ring.first()).copied().collect();
    let mut simple = simplified(&closed, tolerance);
    simple.pop();
    simple
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    #[test]
    fn corners_on_a_line_go_and_the_ends_stay() {
        let line = [point(0.0, 0.0), point(5.0, 0.1), point(10.0, 0.0), point(10.0, 8.0)];
        assert_eq!(simplified(&line, 0.2), [line[0], line[2], line[3]]);
        assert_eq!(simplified(&line, 0.01), line);
        let ring = [point(0.0, 0.0), point(4.0, 0.0), point(4.0, 2.0), point(4.0, 4.0), point(0.0, 4.0)];
        assert_eq!(simplified_ring(&ring, 0.1), [ring[0], ring[1], ring[3], ring[4]]);
        assert_eq!(simplified(&line[..2], 9.0), line[..2]);
    }

    #[test]
    fn a_saw_of_many_teeth_costs_no_stack() {
        let saw: Vec<Point> = (0..300_000).map(|n| point(f64::from(n), f64::from(n % 2))).collect();
        assert!(simplified(&saw, 0.1).len() > 200_000);
    }
}

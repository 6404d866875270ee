//! Lines made smooth, moved sideways, measured along and cut to a view.

use crate::geometry::{Bounds, Point, distance_m};

/// The same line with its corners rounded, each over at most `reach_m` of the lines that meet there.
///
/// A line that was simplified has corners that the thing itself does not have. With a reach of 120 m and a turn of
/// 30° the curve leaves the corner by 16 m, well inside what the schematic promises.
pub fn rounded(points: &[Point], reach_m: f64) -> Vec<Point> {
    let [first, .., last] = points else { return points.to_vec() };
    let mut curve = vec![*first];
    for corner in points.windows(3) {
        let (a, b, c) = (corner[0], corner[1], corner[2]);
        let (before_m, after_m) = (distance_m(a, b), distance_m(b, c));
        let cut_m = reach_m.min(0.45 * before_m).min(0.45 * after_m);
        if cut_m <= 0.0 {
            continue;
        }
        let (from, to) = (b + (a - b) * (cut_m / before_m), b + (c - b) * (cut_m / after_m));
        const STEPS: u32 = 12;
        for step in 0..=STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            curve.push(from * ((1.0 - t) * (1.0 - t)) + b * (2.0 * t * (1.0 - t)) + to * (t * t));
        }
    }
    curve.push(*last);
    curve
}

/// The line moved to its left by `by_m` (right when negative), vertex by vertex.
pub fn beside(points: &[Point], by_m: f64) -> Vec<Point> {
    let last = points.len().saturating_sub(1);
    (0..points.len())
        .map(|i| {
            let (a, b) = (points[i.saturating_sub(1)], points[(i + 1).min(last)]);
            match unit(b - a) {
                Some(d) => points[i] + Point { x: -d.y, y: d.x } * by_m,
                None => points[i],
            }
        })
        .collect()
}

/// A direction of length 1.
pub fn unit(d: Point) -> Option<Point> {
    let length = d.x.hypot(d.y);
    (length > 0.0).then(|| d / length)
}

/// The parts of a line inside a rectangle.
pub fn clipped(points: &[Point], view: &Bounds) -> Vec<Vec<Point>> {
    let mut runs: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let Some((t0, t1)) = span_inside(a, b, view) else {
            open = false;
            continue;
        };
        let at = |t: f64| if t >= 1.0 { b } else { a + (b - a) * t };
        match runs.last_mut() {
            Some(run) if open && t0 <= 0.0 => run.push(at(t1)),
            _ => runs.push(vec![at(t0), at(t1)]),
        }
        open = t1 >= 1.0;
    }
    runs
}

/// From where to where a segment runs inside a rectangle, as parts of its length (Liang–Barsky).
pub fn span_inside(a: Point, b: Point, view: &Bounds) -> Option<(f64, f64)> {
    let d = b - a;
    let (mut t0, mut t1) = (0.0_f64, 1.0_f64);
    for (delta, low, high) in [(d.x, view.min.x - a.x, view.max.x - a.x), (d.y, view.min.y - a.y, view.max.y - a.y)] {
        if delta == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
        } else {
            let (enter, leave) = if delta > 0.0 { (low / delta, high / delta) } else { (high / delta, low / delta) };
            t0 = t0.max(enter);
            t1 = t1.min(leave);
        }
    }
    (t0 < t1).then_some((t0, t1))
}

/// A line with the distance along it at every point.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    points: Vec<Point>,
    along_m: Vec<f64>,
}

impl Axis {
    /// Measures a line.
    pub fn new(points: Vec<Point>) -> Self {
        let mut along_m = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        for (i, &p) in points.iter().enumerate() {
            if i > 0 {
                sum += distance_m(points[i - 1], p);
            }
            along_m.push(sum);
        }
        Self { points, along_m }
    }

    /// The line.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The distance along it at every point.
    pub fn along_m(&self) -> &[f64] {
        &self.along_m
    }

    /// Its length.
    pub fn length_m(&self) -> f64 {
        self.along_m.last().copied().unwrap_or_default()
    }

    /// The point at a distance along it, and the direction there; `None` beyond its ends.
    pub fn at(&self, along_m: f64) -> Option<(Point, Point)> {
        if !(0.0..=self.length_m()).contains(&along_m) {
            return None;
        }
        let next = self.along_m.partition_point(|&m| m < along_m).clamp(1, self.points.len().checked_sub(1)?);
        let (a, b) = (self.points[next - 1], self.points[next]);
        let direction = unit(b - a)?;
        Some((a + direction * (along_m - self.along_m[next - 1]), direction))
    }

    /// The distance along it of the point nearest to `p`.
    pub fn nearest_m(&self, p: Point) -> f64 {
        let mut best = (f64::INFINITY, 0.0);
        for (pair, &start_m) in self.points.windows(2).zip(&self.along_m) {
            let q = crate::geometry::nearest_on_segment(p, pair[0], pair[1]);
            let off_m = distance_m(p, q);
            if off_m < best.0 {
                best = (off_m, start_m + distance_m(pair[0], q));
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    #[test]
    fn a_rounded_corner_stays_near_it() {
        let line = [point(0.0, 0.0), point(1000.0, 0.0), point(1000.0, 1000.0)];
        let curve = rounded(&line, 100.0);
        assert_eq!(curve.first(), Some(&line[0]));
        assert_eq!(curve.last(), Some(&line[2]));
        let off = curve.iter().map(|&p| distance_m(p, line[1])).fold(f64::INFINITY, f64::min);
        // The middle of the curve is a quarter of each leg off the corner: √2 · 25 m.
        assert!((off - 35.355).abs() < 0.01, "{off}");
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_cut_in_two() {
        let view = Bounds { min: point(0.0, 0.0), max: point(10.0, 10.0) };
        let runs = clipped(&[point(5.0, 5.0), point(15.0, 5.0), point(15.0, 8.0), point(5.0, 8.0)], &view);
        assert_eq!(runs, [vec![point(5.0, 5.0), point(10.0, 5.0)], vec![point(10.0, 8.0), point(5.0, 8.0)]]);
        assert!(clipped(&[point(20.0, 0.0), point(20.0, 10.0)], &view).is_empty());
    }

    #[test]
    fn distance_along_and_back() {
        let axis = Axis::new(vec![point(0.0, 0.0), point(100.0, 0.0), point(100.0, 50.0)]);
        assert_eq!(axis.length_m(), 150.0);
        let (p, d) = axis.at(120.0).unwrap();
        assert_eq!((p, d), (point(100.0, 20.0), point(0.0, 1.0)));
        assert_eq!(axis.nearest_m(point(140.0, 20.0)), 120.0);
        assert!(axis.at(151.0).is_none());
        assert!(Axis::default().at(0.0).is_none());
    }

    #[test]
    fn a_parallel_lies_to_the_left() {
        assert_eq!(beside(&[point(0.0, 0.0), point(10.0, 0.0)], 2.0), [point(0.0, 2.0), point(10.0, 2.0)]);
    }
}

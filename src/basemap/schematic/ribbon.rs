//! The canal as wide as it is on the ground: its two banks, with widths that change over some length.

use super::placed::Stretch;
use crate::basemap::curve::{Axis, unit};
use crate::geometry::{Bounds, Outline, Point};

/// A change of width takes this length, in metres.
const TAPER_M: f64 = 60.0;

/// A line with half its width at every point.
#[derive(Clone, Debug, Default)]
pub struct Ribbon {
    knots: Vec<Knot>,
}

#[derive(Clone, Copy, Debug)]
struct Knot {
    at: Point,
    /// To the left of the direction of the line, of length 1.
    left: Point,
    half_m: f64,
}

impl Ribbon {
    /// A ribbon along the canal, as wide as its stretches.
    pub fn new(canal: &Axis, stretches: &[Stretch]) -> Self {
        let mut along_m: Vec<f64> = canal.along_m().to_vec();
        for stretch in stretches {
            along_m.extend((-6..=6).map(|i| stretch.along_m[1] + f64::from(i) * TAPER_M / 12.0));
        }
        along_m.sort_by(f64::total_cmp);
        along_m.dedup_by(|a, b| *a - *b < 0.05);
        let directions: Vec<(Point, Point, f64)> = along_m
            .into_iter()
            .filter_map(|m| canal.at(m).map(|(at, d)| (at, d, half_width_m(stretches, m))))
            .collect();
        let last = directions.len().saturating_sub(1);
        let knot = |(i, &(at, d, half_m)): (usize, &(Point, Point, f64))| {
            // At a corner the banks follow the mean of both directions.
            let d = unit(d + directions[(i + 1).min(last)].1).unwrap_or(d);
            Knot { at, left: Point { x: -d.y, y: d.x }, half_m }
        };
        Self { knots: directions.iter().enumerate().map(knot).collect() }
    }

    /// The parts of it that a view may show.
    pub fn parts(&self, view: &Bounds) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        let mut open = false;
        for pair in self.knots.windows(2) {
            let reach_m = pair[0].half_m.max(pair[1].half_m) + 10.0;
            let seen = Bounds::around(pair.iter().map(|knot| knot.at)).is_some_and(|b| b.grown(reach_m).meets(view));
            match parts.last_mut() {
                Some(part) if open && seen => part.knots.push(pair[1]),
                _ if seen => parts.push(Self { knots: pair.to_vec() }),
                _ => {}
            }
            open = seen;
        }
        parts
    }

    /// Its two banks, moved out by a distance.
    pub fn sides(&self, out_m: f64) -> [Vec<Point>; 2] {
        [1.0, -1.0].map(|side| self.knots.iter().map(|k| k.at + k.left * (side * (k.half_m + out_m))).collect())
    }

    /// Its surface.
    pub fn outline(&self) -> Outline {
        let [left, right] = self.sides(0.0);
        Outline::from_points(right.into_iter().chain(left.into_iter().rev()))
    }
}

/// Half the canal's width at a distance along it: that of its stretch, easing into the next.
fn half_width_m(stretches: &[Stretch], along_m: f64) -> f64 {
    let mut width_m = stretches.first().map_or(0.0, |stretch| stretch.width_m);
    for pair in stretches.windows(2) {
        let t = ((along_m - pair[0].along_m[1]) / TAPER_M + 0.5).clamp(0.0, 1.0);
        width_m += (pair[1].width_m - pair[0].width_m) * t * t * (3.0 - 2.0 * t);
    }
    width_m / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::schematic;
    use crate::crs::Frame;
    use crate::geometry::point;

    #[test]
    fn the_canal_is_as_wide_as_measured() {
        let frame = Frame::new(4.3180, 50.8346).unwrap();
        let placed = schematic().place(&frame);
        let part = Bounds { min: point(-300.0, -300.0), max: point(300.0, 300.0) };
        let ribbons = placed.ribbon().parts(&part);
        assert_eq!(ribbons.len(), 1);
        let [left, right] = ribbons[0].sides(0.0);
        for (a, b) in left.into_iter().zip(right) {
            assert!((crate::geometry::distance_m(a, b) - 27.0).abs() < 1e-6);
        }
        assert_eq!(ribbons[0].outline().fault(), None);
    }
}

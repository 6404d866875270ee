//! A map of the plane from places known in both: how a scan lies on the ground, by two to four points.
//!
//! With one point it moves, with two it keeps its shape (a similarity), with three or more it may be stretched and sheared (an
//! affine map); more points than a map needs are met as closely as can be (least squares), and what is left over is told.

use super::{Point, distance_m};

/// A map from the pixels of a picture to metres: x = a·u + b·v + c, y = d·u + e·v + f, as `[a, b, c, d, e, f]`.
pub type WorldFromPixel = [f64; 6];

/// Where a pixel comes to lie.
#[must_use]
pub fn world_from_pixel([a, b, c, d, e, f]: WorldFromPixel, [u, v]: [f64; 2]) -> Point {
    Point { x: a * u + b * v + c, y: d * u + e * v + f }
}

/// Which pixel lies at a point; `None` for a map that folds the picture to a line.
#[must_use]
pub fn pixel_from_world([a, b, c, d, e, f]: WorldFromPixel, at: Point) -> Option<[f64; 2]> {
    let det = a * e - b * d;
    let (x, y) = (at.x - c, at.y - f);
    (det.abs() > 1e-12).then(|| [(e * x - b * y) / det, (a * y - d * x) / det])
}

/// A map found, and how well it meets its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieFit {
    /// The map.
    pub map: WorldFromPixel,
    /// How far the points lie from where they should, in metres, as root of the mean square; 0 when the map meets all.
    pub residual_m: f64,
    /// The farthest of them.
    pub worst_m: f64,
}

/// The map that brings pixels to places: of one, `now` moved; of two, `now` moved, turned and scaled (mirrored pictures stay
/// mirrored); of more, the best affine map. `None` when the points do not tell: none, two in one place, three in a line.
#[must_use]
pub fn tied(ties: &[([f64; 2], Point)], now: WorldFromPixel) -> Option<TieFit> {
    let map = match ties {
        [] => return None,
        [(pixel, at)] => {
            let by = *at - world_from_pixel(now, *pixel);
            let [a, b, c, d, e, f] = now;
            [a, b, c + by.x, d, e, f + by.y]
        }
        [first, second] => similar(*first, *second, now)?,
        more => affine(more)?,
    };
    let off = |(pixel, at): &([f64; 2], Point)| distance_m(world_from_pixel(map, *pixel), *at);
    let square: f64 = ties.iter().map(off).map(|off| off * off).sum();
    let worst_m = ties.iter().map(off).fold(0.0, f64::max);
    Some(TieFit { map, residual_m: (square / ties.len() as f64).sqrt(), worst_m })
}

/// The map `now`, then turned, scaled and moved so that two pixels come where they belong.
fn similar((p, a): ([f64; 2], Point), (q, b): ([f64; 2], Point), now: WorldFromPixel) -> Option<WorldFromPixel> {
    let (from, to) = (world_from_pixel(now, q) - world_from_pixel(now, p), b - a);
    let square = from.x * from.x + from.y * from.y;
    if square < 1e-12 || to.x.hypot(to.y) < 1e-6 {
        return None;
    }
    // As complex numbers: to / from.
    let (re, im) = ((to.x * from.x + to.y * from.y) / square, (to.y * from.x - to.x * from.y) / square);
    let [m0, m1, m2, m3, m4, m5] = now;
    let turned = |x: f64, y: f64| (re * x - im * y, im * x + re * y);
    let ((a0, d0), (b0, e0), (c0, f0)) = (turned(m0, m3), turned(m1, m4), turned(m2, m5));
    let map = [a0, b0, c0, d0, e0, f0];
    let by = a - world_from_pixel(map, p);
    Some([a0, b0, c0 + by.x, d0, e0, f0 + by.y])
}

/// The affine map that meets points best, by the normal equations about their middle.
fn affine(ties: &[([f64; 2], Point)]) -> Option<WorldFromPixel> {
    let n = ties.len() as f64;
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / n;
    let axis = |axis: usize| mean(ties.iter().map(|(pixel, _)| pixel[axis]).collect());
    let (mu, mv) = (axis(0), axis(1));
    let mx = mean(ties.iter().map(|(_, at)| at.x).collect());
    let my = mean(ties.iter().map(|(_, at)| at.y).collect());
    let sum = |of: &dyn Fn([f64; 2], Point) -> f64| {
        ties.iter().map(|(p, at)| of([p[0] - mu, p[1] - mv], *at - Point { x: mx, y: my })).sum::<f64>()
    };
    let (uu, uv, vv) = (sum(&|[u, _], _| u * u), sum(&|[u, v], _| u * v), sum(&|[_, v], _| v * v));
    let det = uu * vv - uv * uv;
    // Three in a line say nothing of what lies beside it.
    if det < 1e-6 * (uu + vv) * (uu + vv) {
        return None;
    }
    let row = |along: &dyn Fn(Point) -> f64| {
        let (su, sv) = (sum(&|[u, _], at| u * along(at)), sum(&|[_, v], at| v * along(at)));
        [(su * vv - sv * uv) / det, (sv * uu - su * uv) / det]
    };
    let ([a, b], [d, e]) = (row(&|at| at.x), row(&|at| at.y));
    Some([a, b, mx - a * mu - b * mv, d, e, my - d * mu - e * mv])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    /// A tenth of a metre to a pixel, rows going south.
    const NOW: WorldFromPixel = [0.1, 0.0, 0.0, 0.0, -0.1, 0.0];

    #[test]
    fn one_point_moves_two_keep_the_shape_three_and_four_stretch() {
        let moved = tied(&[([100.0, 50.0], point(30.0, 40.0))], NOW).unwrap();
        assert_eq!(moved.map, [0.1, 0.0, 20.0, 0.0, -0.1, 45.0]);
        // Two points 100 pixels apart come to lie 20 m apart, north to south: turned by a quarter, twice as large.
        let two = tied(&[([0.0, 0.0], point(5.0, 5.0)), ([100.0, 0.0], point(5.0, -15.0))], NOW).unwrap();
        assert!(distance_m(world_from_pixel(two.map, [0.0, 100.0]), point(-15.0, 5.0)) < 1e-9);
        assert!(two.residual_m < 1e-9);
        let three =
            [([0.0, 0.0], point(0.0, 0.0)), ([100.0, 0.0], point(30.0, 0.0)), ([0.0, 100.0], point(5.0, -10.0))];
        let fit = tied(&three, NOW).unwrap();
        assert!(distance_m(world_from_pixel(fit.map, [100.0, 100.0]), point(35.0, -10.0)) < 1e-9);
        assert!(fit.worst_m < 1e-9);
        // A fourth that is 4 m off: each of a square's corners gives way by a quarter of it.
        let four = [three[0], three[1], three[2], ([100.0, 100.0], point(39.0, -10.0))];
        let fit = tied(&four, NOW).unwrap();
        assert!((fit.worst_m - 1.0).abs() < 1e-9 && (fit.residual_m - 1.0).abs() < 1e-9, "{fit:?}");
        let back = pixel_from_world(fit.map, world_from_pixel(fit.map, [12.0, 34.0])).unwrap();
        assert!((back[0] - 12.0).abs() < 1e-9 && (back[1] - 34.0).abs() < 1e-9);
    }

    #[test]
    fn points_that_do_not_tell_give_no_map() {
        let same = ([5.0, 5.0], point(0.0, 0.0));
        assert_eq!(tied(&[], NOW), None);
        assert_eq!(tied(&[same, ([5.0, 5.0], point(9.0, 0.0))], NOW), None);
        let line = |n: f64| ([n, n], point(n, 0.0));
        assert_eq!(tied(&[line(0.0), line(10.0), line(20.0)], NOW), None);
        assert_eq!(pixel_from_world([1.0, 2.0, 0.0, 2.0, 4.0, 0.0], point(1.0, 1.0)), None);
    }
}

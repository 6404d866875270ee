//! A map of the plane from places known in both: how a scan lies on the ground, by two to four points.
//!
//! With one point it moves, with two it is turned and scaled too (a similarity). More points are met as closely as can be
//! (least squares), and what is left over is told: it keeps its shape, or, where that is allowed, is stretched and sheared as
//! three points ask for (an affine map).

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
    /// How far each of them lies off, in their order, up to [`MOST_TOLD`].
    pub off_m: [f64; MOST_TOLD],
}

/// Of so many points it is told how far each lies off.
pub const MOST_TOLD: usize = 4;

/// The map that brings pixels to places: of one, `now` moved; of more, moved, turned and scaled (mirrored pictures stay
/// mirrored) as meets them best; where it `may_stretch`, of three and more the best affine map. `None` when the points do not
/// tell: none, all in one place, or in a line where they are to say what lies beside it.
#[must_use]
pub fn tied(ties: &[([f64; 2], Point)], now: WorldFromPixel, may_stretch: bool) -> Option<TieFit> {
    let map = match ties {
        [] => return None,
        [(pixel, at)] => {
            let by = *at - world_from_pixel(now, *pixel);
            let [a, b, c, d, e, f] = now;
            [a, b, c + by.x, d, e, f + by.y]
        }
        [_, _, _, ..] if may_stretch => affine(ties)?,
        more => similar(more, if may_stretch { now } else { unstretched(now) })?,
    };
    Some(met(ties, map))
}

/// How well a map meets points; no points are met by any.
#[must_use]
pub fn met(ties: &[([f64; 2], Point)], map: WorldFromPixel) -> TieFit {
    let off = |(pixel, at): &([f64; 2], Point)| distance_m(world_from_pixel(map, *pixel), *at);
    let square: f64 = ties.iter().map(off).map(|off| off * off).sum();
    let worst_m = ties.iter().map(off).fold(0.0, f64::max);
    let mut off_m = [0.0; MOST_TOLD];
    off_m.iter_mut().zip(ties).for_each(|(told, tie)| *told = off(tie));
    TieFit { map, residual_m: (square / ties.len().max(1) as f64).sqrt(), worst_m, off_m }
}

/// By how much a map bends right angles, in degrees, and by which part it makes one side of a square longer than the other;
/// both 0 for one that keeps the shape.
#[must_use]
pub fn distortion([a, b, _, d, e, _]: WorldFromPixel) -> (f64, f64) {
    let (across, down) = (a.hypot(d), b.hypot(e));
    let cosine = (a * b + d * e) / (across * down);
    let (longer, shorter) = (across.max(down), across.min(down));
    let shear_deg = cosine.clamp(-1.0, 1.0).asin().to_degrees().abs();
    if shorter > 0.0 { (shear_deg, longer / shorter - 1.0) } else { (0.0, 0.0) }
}

/// The map as large as before, neither stretched nor sheared.
fn unstretched([a, b, c, d, e, f]: WorldFromPixel) -> WorldFromPixel {
    // Down is a quarter turn clockwise from across, or counter-clockwise in a mirrored picture.
    let way = if a * e - b * d > 0.0 { 1.0 } else { -1.0 };
    [a, -d * way, c, d, a * way, f]
}

/// The map `now`, then turned, scaled and moved so that pixels come as near as can be to where they belong.
fn similar(ties: &[([f64; 2], Point)], now: WorldFromPixel) -> Option<WorldFromPixel> {
    let n = ties.len() as f64;
    let middle = |points: &[Point]| points.iter().fold(Point { x: 0.0, y: 0.0 }, |sum, at| sum + *at) / n;
    let from: Vec<Point> = ties.iter().map(|(pixel, _)| world_from_pixel(now, *pixel)).collect();
    let to: Vec<Point> = ties.iter().map(|(_, at)| *at).collect();
    let (from_middle, to_middle) = (middle(&from), middle(&to));
    // As complex numbers about their middles: the best ratio of to and from.
    let (mut re, mut im, mut square) = (0.0, 0.0, 0.0);
    for (from, to) in from.iter().zip(&to) {
        let (p, q) = (*from - from_middle, *to - to_middle);
        re += q.x * p.x + q.y * p.y;
        im += q.y * p.x - q.x * p.y;
        square += p.x * p.x + p.y * p.y;
    }
    if square < 1e-12 || re.hypot(im) < 1e-6 * square.sqrt() {
        return None;
    }
    let (re, im) = (re / square, im / square);
    let [a, b, c, d, e, f] = now;
    let turned = |x: f64, y: f64| (re * x - im * y, im * x + re * y);
    let ((a, d), (b, e), (c, f)) = (turned(a, d), turned(b, e), turned(c - from_middle.x, f - from_middle.y));
    Some([a, b, c + to_middle.x, d, e, f + to_middle.y])
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
        let moved = tied(&[([100.0, 50.0], point(30.0, 40.0))], NOW, false).unwrap();
        assert_eq!(moved.map, [0.1, 0.0, 20.0, 0.0, -0.1, 45.0]);
        // Two points 100 pixels apart come to lie 20 m apart, north to south: turned by a quarter, twice as large.
        let two = tied(&[([0.0, 0.0], point(5.0, 5.0)), ([100.0, 0.0], point(5.0, -15.0))], NOW, false).unwrap();
        assert!(distance_m(world_from_pixel(two.map, [0.0, 100.0]), point(-15.0, 5.0)) < 1e-9);
        assert!(two.residual_m < 1e-9);
        let three =
            [([0.0, 0.0], point(0.0, 0.0)), ([100.0, 0.0], point(30.0, 0.0)), ([0.0, 100.0], point(5.0, -10.0))];
        let fit = tied(&three, NOW, true).unwrap();
        assert!(distance_m(world_from_pixel(fit.map, [100.0, 100.0]), point(35.0, -10.0)) < 1e-9);
        assert!(fit.worst_m < 1e-9);
        // A fourth that is 4 m off: each of a square's corners gives way by a quarter of it.
        let four = [three[0], three[1], three[2], ([100.0, 100.0], point(39.0, -10.0))];
        let fit = tied(&four, NOW, true).unwrap();
        assert!((fit.worst_m - 1.0).abs() < 1e-9 && (fit.residual_m - 1.0).abs() < 1e-9, "{fit:?}");
        let back = pixel_from_world(fit.map, world_from_pixel(fit.map, [12.0, 34.0])).unwrap();
        assert!((back[0] - 12.0).abs() < 1e-9 && (back[1] - 34.0).abs() < 1e-9);
    }

    /// Three corners of a square of 100 pixels, one of them 3 m off: the shape stays, and who is off is told.
    #[test]
    fn a_picture_that_keeps_its_shape_tells_which_point_is_off() {
        let off = point(3.0, -10.0);
        let ties = [([0.0, 0.0], point(0.0, 0.0)), ([100.0, 0.0], point(10.0, 0.0)), ([0.0, 100.0], off)];
        let fit = tied(&ties, NOW, false).unwrap();
        let (shear_deg, stretch) = distortion(fit.map);
        assert!(shear_deg < 1e-9 && stretch < 1e-9);
        assert!(fit.residual_m > 0.5 && fit.worst_m < 3.0, "{fit:?}");
        // Whatever the residuals, their sum over x and over y is nothing: the middles meet.
        let sum = ties.iter().fold(Point::zero(), |sum, (pixel, at)| sum + (world_from_pixel(fit.map, *pixel) - *at));
        assert!(sum.x.abs() < 1e-9 && sum.y.abs() < 1e-9);
        // No small change of the four numbers of a similarity meets them better.
        let square = |map: WorldFromPixel| -> f64 {
            ties.iter().map(|(pixel, at)| distance_m(world_from_pixel(map, *pixel), *at).powi(2)).sum()
        };
        let best = square(fit.map);
        let [a, b, c, d, e, f] = fit.map;
        for step in [-1e-4, 1e-4] {
            assert!(square([a, b, c + step, d, e, f]) > best && square([a, b, c, d, e, f + step]) > best);
            assert!(square([a + step, b, c, d, e - step, f]) > best, "scaled");
            assert!(square([a, b + step, c, d + step, e, f]) > best, "turned");
        }
        // Stretched it meets all three, and says by how much it had to.
        let stretched = tied(&ties, NOW, true).unwrap();
        let (shear_deg, stretch) = distortion(stretched.map);
        assert!(stretched.worst_m < 1e-9);
        assert!((shear_deg - 0.3_f64.atan().to_degrees()).abs() < 1e-6, "{shear_deg}");
        assert!((stretch - (1.09_f64.sqrt() - 1.0)).abs() < 1e-9, "{stretch}");
        // Two mirrored pictures keep their shape too, and stay mirrored.
        let mirrored = [0.1, 0.0, 0.0, 0.0, 0.1, 0.0];
        let turned = tied(&ties, mirrored, false).unwrap().map;
        assert!(distortion(turned).0 < 1e-9 && turned[0] * turned[4] - turned[1] * turned[3] > 0.0, "{turned:?}");
        // Three in a line tell how it lies as long as it keeps its shape.
        let line = |n: f64| ([n, 0.0], point(n / 5.0, 0.0));
        let [a, ..] = tied(&[line(0.0), line(50.0), line(100.0)], NOW, false).unwrap().map;
        assert!((a - 0.2).abs() < 1e-12);
        // Made to keep its shape again, nothing of that is left.
        let (shear_deg, stretch) = distortion(tied(&ties, stretched.map, false).unwrap().map);
        assert!(shear_deg < 1e-9 && stretch < 1e-9);
    }

    #[test]
    fn points_that_do_not_tell_give_no_map() {
        let same = ([5.0, 5.0], point(0.0, 0.0));
        assert_eq!(tied(&[], NOW, true), None);
        assert_eq!(tied(&[same, ([5.0, 5.0], point(9.0, 0.0))], NOW, false), None);
        let line = |n: f64| ([n, n], point(n, 0.0));
        assert_eq!(tied(&[line(0.0), line(10.0), line(20.0)], NOW, true), None);
        assert_eq!(pixel_from_world([1.0, 2.0, 0.0, 2.0, 4.0, 0.0], point(1.0, 1.0)), None);
    }
}

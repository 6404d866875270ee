//! A shape drawn by hand in one stroke, made into an outline with square corners.
//!
//! The stroke is thinned to its corners, closed, freed of small steps and squared to one direction. What is shorter
//! than twice the tolerance counts as a tremble of the hand. The tolerance is in local metres: the caller derives it
//! from the size of a pixel. Rounded strokes keep their slanting parts, so a circle becomes about an octagon.

use geo::{BooleanOps as _, Simplify as _};

use super::square::{Along, Wall, from_frame, in_frame, main_direction_of, settled};
use super::{FARTHEST_M, Outline, Point, TOLERANCE_M, direction, distance_m};

/// No more points of a stroke than this are looked at, evenly spread: thinning takes time by their square at worst.
const MOST_POINTS: usize = 1500;

/// No outline by hand has more corners than this before it is squared.
const MOST_CORNERS: usize = 128;

/// Walls shorter than this many tolerances never slant.
const SLANTS_FROM: f64 = 6.0;

/// A gap between the ends of a stroke, as a share of its length, that is closed by drawing its first and last walls on.
const GAP_SHARE: f64 = 0.15;

/// The outline that a stroke by hand means: closed, with corners square to `along` or to its own main direction.
///
/// The stroke need not meet its start, and may run past it or cross itself; the largest part counts. Walls more than
/// 30° off both directions slant when they are longer than six tolerances. `along` is a vector of any length; one
/// without length counts as none. Points that are not finite are passed over.
///
/// `None` when fewer than three corners or less than `(2 · tolerance_m)²` remain, or when the tolerance is not a number
/// of at least [`TOLERANCE_M`].
///
/// ```
/// use maakblok::geometry::{outline_from_stroke, point};
/// let stroke = [point(0.0, 0.1), point(9.8, -0.1), point(10.2, 6.2), point(0.1, 5.8), point(-0.1, 0.4)];
/// let hall = outline_from_stroke(&stroke, 0.5, Some(point(1.0, 0.0))).unwrap();
/// assert_eq!(hall.outer().len(), 4);
/// assert!((hall.area_m2() - 60.0).abs() < 2.0);
/// ```
#[must_use]
pub fn outline_from_stroke(stroke: &[Point], tolerance_m: f64, along: Option<Point>) -> Option<Outline> {
    if !(TOLERANCE_M..=FARTHEST_M).contains(&tolerance_m) {
        return None;
    }
    let mut corners = closed(corners_of(stroke, tolerance_m), tolerance_m);
    without_short(&mut corners, 2.0 * tolerance_m);
    let runs: Vec<Point> = edges(&corners).map(|(a, b)| b - a).collect();
    let along = along.and_then(direction).or_else(|| main_direction_of(&runs))?;
    let origin = *corners.first()?;
    let ring = tidied(corners.iter().map(|&p| in_frame(p - origin, along)).collect(), tolerance_m);
    let outline_of = |ring: &[Point]| {
        let outline = Outline::from_points(ring.iter().map(|&p| from_frame(p, along) + origin));
        let is_sound = outline.fault().is_none() && outline.area_m2() >= 4.0 * tolerance_m * tolerance_m;
        is_sound.then_some(outline)
    };
    // Where it crosses itself its largest part is tidied once more, and taken as it is when that makes it cross again.
    outline_of(&ring).or_else(|| {
        let part = largest_part(ring)?;
        outline_of(&tidied(part.clone(), tolerance_m)).or_else(|| outline_of(&part))
    })
}

/// The few points of the stroke that say how it runs.
fn corners_of(stroke: &[Point], tolerance_m: f64) -> Vec<Point> {
    let near = |p: &Point| p.x.abs() <= FARTHEST_M && p.y.abs() <= FARTHEST_M;
    let mut points: Vec<Point> = stroke.iter().copied().filter(near).collect();
    // A pen that rests leaves points by the hundred in one place.
    let mut apart_m = tolerance_m / 2.0;
    loop {
        let mut last: Option<Point> = None;
        points.retain(|&p| {
            let keeps = last.is_none_or(|last| distance_m(last, p) >= apart_m);
            if keeps {
                last = Some(p);
            }
            keeps
        });
        if points.len() <= MOST_POINTS {
            break;
        }
        apart_m *= 2.0;
    }
    let mut line = geo::LineString(points);
    let mut off_m = tolerance_m;
    loop {
        line = line.simplify(off_m);
        if line.0.len() <= MOST_CORNERS {
            return line.0;
        }
        off_m *= 2.0;
    }
}

/// The stroke as a ring: its ends become one corner where its first and last walls, drawn on, meet near the gap.
fn closed(mut stroke: Vec<Point>, tolerance_m: f64) -> Vec<Point> {
    let length_m: f64 = stroke.windows(2).map(|pair| if let &[a, b] = pair { distance_m(a, b) } else { 0.0 }).sum();
    let (&[start, second, ..], &[.., before, end]) = (stroke.as_slice(), stroke.as_slice()) else { return stroke };
    let gap_m = distance_m(start, end);
    if stroke.len() < 4 || gap_m > GAP_SHARE * length_m {
        return stroke;
    }
    let corner = meeting(before, end, start, second).filter(|&p| {
        let goes_on = (p - end).x * (end - before).x + (p - end).y * (end - before).y > 0.0;
        let comes_from = (start - p).x * (second - start).x + (start - p).y * (second - start).y > 0.0;
        goes_on && comes_from && distance_m(p, start) + distance_m(p, end) <= 2.0 * gap_m
    });
    let joined = corner.or_else(|| (gap_m < tolerance_m).then(|| (start + end) / 2.0));
    if let (Some(joined), Some(first)) = (joined, stroke.first_mut()) {
        *first = joined;
        stroke.pop();
    }
    stroke
}

/// Where the lines `a`–`b` and `c`–`d` meet; `None` when they are within 30° of parallel.
fn meeting(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (u, v) = (direction(b - a)?, direction(d - c)?);
    let sine = u.x * v.y - u.y * v.x;
    let way_m = ((c.x - b.x) * v.y - (c.y - b.y) * v.x) / sine;
    (sine.abs() >= 0.5).then(|| b + u * way_m)
}

/// The edges of a ring.
fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Takes away edges below `least_m`, the shortest first: each becomes the corner of its neighbours or its own middle.
fn without_short(ring: &mut Vec<Point>, least_m: f64) {
    while ring.len() > 3 {
        let lengths = edges(ring).map(|(a, b)| distance_m(a, b)).enumerate();
        let Some((i, length_m)) = lengths.min_by(|a, b| a.1.total_cmp(&b.1)) else { return };
        if length_m >= least_m {
            return;
        }
        // Turned so that the short edge comes second: before, a, b, after.
        let count = ring.len();
        ring.rotate_left((i + count - 1) % count);
        let &mut [before, a, b, after, ..] = ring.as_mut_slice() else { return };
        let middle = (a + b) / 2.0;
        let corner = meeting(before, a, b, after).filter(|&p| distance_m(p, middle) <= 2.0 * length_m);
        ring.splice(1..3, [corner.unwrap_or(middle)]);
    }
}

/// The ring, in the frame of its direction, with its walls level and upright, and without short ones.
fn tidied(mut ring: Vec<Point>, tolerance_m: f64) -> Vec<Point> {
    // Every round but the last takes away a corner.
    for _ in 0..=ring.len() {
        ring = laid(&ring, tolerance_m);
        let shortest_m = edges(&ring).map(|(a, b)| distance_m(a, b)).fold(f64::INFINITY, f64::min);
        if shortest_m >= 2.0 * tolerance_m || ring.len() <= 3 {
            break;
        }
        without_short(&mut ring, 2.0 * tolerance_m);
    }
    ring
}

/// The ring with its walls level and upright, without straight corners and spikes.
fn laid(ring: &[Point], tolerance_m: f64) -> Vec<Point> {
    let count = ring.len();
    let wall = |(i, (a, b)): (usize, (Point, Point))| {
        let along = match (Along::of(b - a), b - a) {
            (Along::Slant, d) if distance_m(a, b) < SLANTS_FROM * tolerance_m => {
                if d.x.abs() > d.y.abs() {
                    Along::X
                } else {
                    Along::Y
                }
            }
            (along, _) => along,
        };
        Wall { along, joints: vec![i, (i + 1) % count] }
    };
    let walls: Vec<Wall> = edges(ring).enumerate().map(wall).collect();
    let mut ring = settled(ring, &walls);
    // What is taken away may leave its neighbour straight: go on until a whole round stands.
    let mut stands = 0;
    while ring.len() > 2 && stands < ring.len() {
        let (Some(&before), &[at, after, ..]) = (ring.last(), ring.as_slice()) else { break };
        let (u, v) = (at - before, after - at);
        let (lengths_m2, cross) = (distance_m(before, at) * distance_m(at, after), u.x * v.y - u.y * v.x);
        if distance_m(before, at) < TOLERANCE_M || cross.abs() <= 1e-6 * lengths_m2 {
            ring.remove(0);
            stands = 0;
        } else {
            ring.rotate_left(1);
            stands += 1;
        }
    }
    ring
}

/// The outer ring of the largest part that a ring that crosses itself goes around.
fn largest_part(ring: Vec<Point>) -> Option<Vec<Point>> {
    let polygon = geo::Polygon::new(geo::LineString(ring), Vec::new());
    // What it goes around twice is inside as well.
    let parts = polygon.union_with_fill_rule(&geo::MultiPolygon::new(Vec::new()), geo::bool_ops::FillRule::NonZero);
    let area_m2 = |part: &geo::Polygon<f64>| geo::Area::unsigned_area(part);
    let largest = parts.0.into_iter().max_by(|a, b| area_m2(a).total_cmp(&area_m2(b)))?;
    let mut ring = largest.into_inner().0.0;
    ring.pop();
    Some(ring)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Transform, point};

    /// Numbers within ±1 that look random and are the same on every run.
    fn noise(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
        }
    }

    /// A stroke with a point every 5 cm along the corners, and up to `jitter_m` beside them.
    fn drawn(corners: &[(f64, f64)], jitter_m: f64, seed: u64) -> Vec<Point> {
        let mut noise = noise(seed);
        let mut stroke = Vec::new();
        for pair in corners.windows(2) {
            let (a, b) = (point(pair[0].0, pair[0].1), point(pair[1].0, pair[1].1));
            let steps = (distance_m(a, b) / 0.05) as usize;
            stroke.extend((0..steps).map(|i| a + (b - a) * (i as f64 / steps as f64)));
        }
        stroke.iter().map(|&p| p + Point { x: noise(), y: noise() } * jitter_m).collect()
    }

    const RECTANGLE: [(f64, f64); 5] = [(0.0, 0.0), (30.0, 0.4), (29.6, 20.0), (-0.3, 19.7), (0.2, 1.2)];
    const L: [(f64, f64); 7] =
        [(0.5, 0.3), (30.0, 0.0), (30.4, 12.0), (12.0, 12.2), (12.0, 29.6), (0.0, 30.0), (0.3, -1.0)];
    const U: [(f64, f64); 9] = [
        (15.0, 0.0),
        (40.0, 0.0),
        (40.5, 25.0),
        (30.0, 25.0),
        (29.6, 10.0),
        (10.0, 10.4),
        (10.0, 25.0),
        (0.0, 24.6),
        (0.4, 0.3),
    ];

    #[test]
    fn hand_drawn_buildings_get_as_many_corners_as_were_meant() {
        // Areas: 30 × 20; 30 × 12 and 12 × 18; 40 × 10 and twice 10 × 15.
        for (corners, count, area_m2) in [(&RECTANGLE[..], 4, 597.0), (&L[..], 6, 572.0), (&U[..], 8, 703.0)] {
            for seed in 0..40 {
                let stroke = drawn(corners, 0.3, seed);
                for turned_deg in [0.0, 12.0, 41.0, 66.6, 200.0] {
                    let turn = Transform::rotation(point(10.0, 5.0), turned_deg);
                    let turned: Vec<Point> = stroke.iter().map(|&p| turn.apply(p)).collect();
                    let given = turn.apply(point(1.0, 0.0)) - turn.apply(point(0.0, 0.0));
                    for along in [None, Some(given), Some(Point { x: -given.y, y: given.x })] {
                        let outline = outline_from_stroke(&turned, 0.8, along).unwrap();
                        assert_eq!(outline.outer().len(), count, "seed {seed} turned {turned_deg}");
                        assert!((outline.area_m2() / area_m2 - 1.0).abs() < 0.05, "{} of {area_m2}", outline.area_m2());
                        let straight = outline.edges().all(|(a, b)| {
                            let (d, axis) = (b - a, outline.outer()[1] - outline.outer()[0]);
                            let d = in_frame(d, direction(axis).unwrap());
                            d.x.abs().min(d.y.abs()) < 1e-6
                        });
                        assert!(straight);
                    }
                }
            }
        }
    }

    #[test]
    fn a_stroke_may_end_early_or_run_on_past_its_start() {
        let early = [(0.0, 5.0), (0.0, 20.0), (30.0, 20.0), (30.0, 0.0), (5.0, 0.0)];
        let past = [(0.0, 0.0), (0.0, 20.0), (30.0, 20.0), (30.0, 0.0), (-4.0, 0.2)];
        let along = [(0.0, 0.0), (0.0, 20.0), (30.0, 20.0), (30.0, 0.0), (0.1, 0.0), (0.3, 7.0)];
        let round_twice = [RECTANGLE, RECTANGLE].concat();
        for (i, corners) in [&early[..], &past, &along, &round_twice].iter().enumerate() {
            let outline = outline_from_stroke(&drawn(corners, 0.2, 7), 0.8, None).unwrap();
            assert_eq!(outline.outer().len(), 4, "{i}: {:?}", outline.outer());
            assert!((outline.area_m2() / 600.0 - 1.0).abs() < 0.05, "{i}: {}", outline.area_m2());
        }
    }

    #[test]
    fn a_round_stroke_keeps_slanting_walls() {
        let at = |i: usize| (i as f64 / 500.0 * std::f64::consts::TAU).sin_cos();
        let stroke: Vec<Point> = (0..500).map(|i| Point { x: 10.0 * at(i).0, y: 10.0 * at(i).1 }).collect();
        let outline = outline_from_stroke(&stroke, 0.5, Some(point(1.0, 0.0))).unwrap();
        assert!((6..=16).contains(&outline.outer().len()), "{:?}", outline.outer());
        assert!((outline.area_m2() / 314.0 - 1.0).abs() < 0.15, "{}", outline.area_m2());
    }

    #[test]
    fn scribbles_and_degenerate_strokes_give_nothing() {
        let mut noise = noise(3);
        let scribble: Vec<Point> = (0..900).map(|_| Point { x: noise(), y: noise() } * 0.4).collect();
        assert_eq!(outline_from_stroke(&scribble, 0.8, None), None);
        let line = drawn(&[(0.0, 0.0), (30.0, 9.0)], 0.2, 1);
        assert_eq!(outline_from_stroke(&line, 0.8, None), None);
        let back = drawn(&[(0.0, 0.0), (30.0, 9.0), (0.0, 0.0)], 0.2, 1);
        assert_eq!(outline_from_stroke(&back, 0.8, None), None);
        assert_eq!(outline_from_stroke(&[], 0.8, None), None);
        assert_eq!(outline_from_stroke(&[point(1.0, 1.0); 5000], 0.8, None), None);
        let stroke = drawn(&RECTANGLE, 0.2, 1);
        for tolerance_m in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e4] {
            assert_eq!(outline_from_stroke(&stroke, tolerance_m, None), None);
        }
        // Doubles and points that are no numbers leave no trace, and a direction without length counts as none.
        let clean = outline_from_stroke(&stroke, 0.8, None).unwrap();
        let nan = Point { x: f64::NAN, y: 1.0 };
        let dirty: Vec<Point> = stroke.iter().flat_map(|&p| [p, nan, p, Point { x: f64::INFINITY, y: 0.0 }]).collect();
        assert_eq!(outline_from_stroke(&dirty, 0.8, Some(nan)), Some(clean));
    }
}

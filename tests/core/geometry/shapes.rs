//! Shapes of all kinds to test with, and a scan line that measures them and knows nothing of the modules it judges.

use maakblok::geometry::{Outline, Point, QUANTUM_M, Ring, distance_m, point};
use proptest::prelude::*;
use proptest::sample::Index;

/// Corners in no unit yet.
pub type Corners = Vec<(f64, f64)>;

pub fn star(corners: std::ops::Range<usize>, least: f64) -> impl Strategy<Value = (Corners, Corners)> {
    let corner = (-0.4..0.4, least..1.0_f64);
    (prop::collection::vec(corner, corners), 0.2..0.7).prop_map(|(corners, court)| {
        let step = std::f64::consts::TAU / corners.len() as f64;
        let at = |(i, &(jitter, r)): (usize, &(f64, f64))| {
            let (y, x) = (step * (i as f64 + jitter)).sin_cos();
            (r * x, r * y)
        };
        let outer: Corners = corners.iter().enumerate().map(at).collect();
        let court = outer.iter().map(|(x, y)| (x * court, y * court)).collect();
        (outer, court)
    })
}

pub fn box_of(x: (f64, f64), y: (f64, f64)) -> Corners {
    vec![(x.0, y.0), (x.1, y.0), (x.1, y.1), (x.0, y.1)]
}

/// A rectangle, an L or a U with a place for a court in its foot.
pub fn right_angled() -> impl Strategy<Value = (Corners, Corners)> {
    (0..3, 1.0..4.0, 1.0..4.0, 0.15..0.45, 0.15..0.8, 0.3..1.0).prop_map(|(kind, w, h, b, a, end)| {
        let (b, a, end): (f64, f64, f64) = (w * b, h * a, h * (a + (1.0 - a) * end));
        let court = box_of((0.3 * b, w - 0.3 * b), (0.25 * a, 0.75 * a));
        match kind {
            0 => (box_of((0.0, w), (0.0, h)), box_of((0.3 * w, 0.8 * w), (0.2 * h, 0.7 * h))),
            1 => (vec![(0.0, 0.0), (w, 0.0), (w, a), (b, a), (b, h), (0.0, h)], court),
            _ => (vec![(0.0, 0.0), (w, 0.0), (w, h), (w - b, h), (w - b, a), (b, a), (b, end), (0.0, end)], court),
        }
    })
}

/// The shape turned, at a place up to 5 km away, 20 to 20 000 m² large.
pub fn placed(kind: impl Strategy<Value = (Corners, Corners)>, courts: bool) -> impl Strategy<Value = Outline> {
    let angle = prop_oneof![1 => Just(0.0), 4 => -3.2..3.2_f64];
    let area = (20.0_f64.ln()..20_000.0_f64.ln()).prop_map(f64::exp);
    (kind, any::<bool>(), angle, area, (0.0..5e3, -3.2..3.2_f64)).prop_map(
        move |((outer, court), has_court, angle, area_m2, (far_m, way))| {
            let make = |scale: f64, x: f64, y: f64| {
                let (sine, cosine) = angle.sin_cos();
                let ring = |corners: &Corners| {
                    let at = |&(u, v): &(f64, f64)| {
                        point(x + scale * (u * cosine - v * sine), y + scale * (u * sine + v * cosine))
                    };
                    Ring::new(corners.iter().map(at))
                };
                Outline::with_holes(&ring(&outer), (has_court && courts).then(|| ring(&court)))
            };
            let scale = (area_m2 / make(1.0, 0.0, 0.0).area_m2()).sqrt();
            make(scale, far_m * way.cos(), far_m * way.sin())
        },
    )
}

pub fn shape() -> impl Strategy<Value = Outline> {
    prop_oneof![placed(star(5..15, 0.35), true), placed(right_angled(), true)]
}

/// Without corners so sharp that a mitre would run away (25° and less).
pub fn convex() -> impl Strategy<Value = Outline> {
    let cut_box = |(outer, _): (Corners, Corners)| ([&outer[..2], &outer[outer.len() - 1..]].concat(), vec![]);
    let shapes = prop_oneof![
        2 => placed(star(5..15, 0.999_999), false),
        1 => placed(right_angled().prop_map(cut_box), false),
        1 => placed(right_angled().prop_filter("a box", |(outer, _)| outer.len() == 4), false),
    ];
    shapes.prop_filter("convex and blunt", |shape| {
        let points = shape.outer();
        let around =
            (0..points.len()).map(|i| (points[i], points[(i + 1) % points.len()], points[(i + 2) % points.len()]));
        let cosine = |(a, p, b): (Point, Point, Point)| {
            let (d, e) = (p - a, b - p);
            (d.x * e.x + d.y * e.y) / (distance_m(a, p) * distance_m(p, b))
        };
        shape.is_convex() && around.map(cosine).all(|cosine| cosine > -0.89)
    })
}

/// Two shapes: over each other, nearly the same, or neighbours that nearly share a wall.
pub fn pair() -> impl Strategy<Value = (Outline, Outline)> {
    let jitter = prop_oneof![Just((0.0, 0.0)), (-1.5e-3..1.5e-3, -1.5e-3..1.5e-3)];
    (shape(), shape(), 0..4, (-0.6..0.6, -0.6..0.6), jitter, any::<Index>()).prop_map(
        |(a, b, kind, (u, v), jitter, edge)| {
            let (box_a, box_b) = (a.bounds().expect("a shape has bounds"), b.bounds().expect("a shape has bounds"));
            let jitter = Point { x: jitter.0, y: jitter.1 };
            let other = match kind {
                0 => a.translated(jitter),
                1 => {
                    let edges: Vec<_> = a.edges().collect();
                    let (p, q) = *edge.get(&edges);
                    let turned = |ring: &Ring| Ring::new(ring.points().iter().map(|&r| p + q - r + jitter));
                    Outline::with_holes(&turned(&a.rings()[0]), a.holes().iter().map(turned))
                }
                _ => {
                    let off = Point {
                        x: u * (box_a.width_m() + box_b.width_m()),
                        y: v * (box_a.height_m() + box_b.height_m()),
                    };
                    b.translated(box_a.centre() - box_b.centre() + off)
                }
            };
            (a, other)
        },
    )
}

pub fn path(points: std::ops::Range<usize>) -> impl Strategy<Value = Corners> {
    prop::collection::vec((-0.6..0.6, -0.6..0.6), points)
}

/// Fractions of the bounds as points.
pub fn within(outline: &Outline, path: &Corners) -> Vec<Point> {
    let bounds = outline.bounds().expect("a shape has bounds");
    let c = bounds.centre();
    path.iter().map(|(u, v)| point(c.x + u * bounds.width_m(), c.y + v * bounds.height_m())).collect()
}

/// The area in m² of all places where `counts` holds, given for each group of outlines whether it covers the place.
///
/// Between neighbouring heights at which an edge ends or two cross, all edges are straight and keep their order, so the
/// width at half height times the height is exact.
pub fn covered_m2(groups: &[&[Outline]], counts: impl Fn(&[bool]) -> bool) -> f64 {
    let Some(origin) = groups.iter().flat_map(|group| group.iter()).find_map(|o| o.outer().first().copied()) else {
        return 0.0;
    };
    let mut edges = Vec::new();
    for (group, outlines) in groups.iter().enumerate() {
        let all = outlines.iter().flat_map(Outline::edges);
        edges.extend(all.map(|(a, b)| (group, a - origin, b - origin)).filter(|(_, a, b)| a.y != b.y));
    }
    let mut heights: Vec<f64> = edges.iter().flat_map(|(_, a, b)| [a.y, b.y]).collect();
    for (i, &(_, a, b)) in edges.iter().enumerate() {
        for &(_, p, q) in &edges[i + 1..] {
            let (d, e) = (b - a, q - p);
            let t = ((p.x - a.x) * e.y - (p.y - a.y) * e.x) / (d.x * e.y - d.y * e.x);
            heights.extend((t > 0.0 && t < 1.0).then_some(a.y + t * d.y));
        }
    }
    heights.sort_by(f64::total_cmp);
    let mut sum_m2 = 0.0;
    for strip in heights.windows(2).filter(|strip| strip[0] < strip[1]) {
        let y = f64::midpoint(strip[0], strip[1]);
        let spans = edges.iter().filter(|(_, a, b)| (a.y < y) != (b.y < y));
        let mut at: Vec<(f64, usize)> =
            spans.map(|&(g, a, b)| (a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), g)).collect();
        at.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut inside = vec![false; groups.len()];
        for ends in at.windows(2) {
            inside[ends[0].1] ^= true;
            if counts(&inside) {
                sum_m2 += (ends[1].0 - ends[0].0) * (strip[1] - strip[0]);
            }
        }
    }
    sum_m2
}

pub fn sum_m2(parts: &[Outline]) -> f64 {
    parts.iter().map(Outline::area_m2).sum()
}

/// What more than one of the parts covers, at most, in m².
pub fn doubled_m2(parts: &[Outline]) -> f64 {
    let singles: Vec<&[Outline]> = parts.iter().map(std::slice::from_ref).collect();
    covered_m2(&singles, |inside| inside.iter().filter(|&&is_in| is_in).count() > 1)
}

/// What cutting may lose, in m²: 1e-9 of the area, or half a step of the storage grid along all walls, for a cut point
/// cannot lie better on a wall that is nearly along an axis.
pub fn rounding_m2(shape: &Outline) -> f64 {
    (1e-9 * shape.area_m2()).max(0.5 * QUANTUM_M * shape.perimeter_m())
}

pub fn are_sound(parts: &[Outline]) -> bool {
    parts.iter().all(|part| part.fault().is_none())
}

/// Numbers of all kinds, those that are none included.
pub fn any_number() -> impl Strategy<Value = f64> {
    let odd = [0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, 1e5, -1e5, 1e9];
    prop_oneof![-50.0..50.0, any::<f64>(), prop::sample::select(odd.to_vec())]
}

/// So many cases, the same every time.
pub fn cases(seed: u64) -> ProptestConfig {
    ProptestConfig {
        cases: 96,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(seed),
        ..ProptestConfig::default()
    }
}

//! What must hold for any input: squaring, mapping, flattening and strokes by hand.

use maakblok::geometry::{
    Arc, Outline, Point, SquareFault, Transform, arc_through, distance_m, main_direction, nearest_on_segment,
    outline_from_stroke, point, regular, squared, squared_to, union_area_m2,
};
use proptest::prelude::*;

use super::shapes::{any_number, cases};

fn somewhere(reach_m: f64) -> impl Strategy<Value = Point> {
    (-reach_m..reach_m, -reach_m..reach_m).prop_map(|(x, y)| point(x, y))
}

fn turn() -> impl Strategy<Value = Transform> {
    (somewhere(2e4), -360.0..360.0).prop_map(|(about, deg)| Transform::rotation(about, deg))
}

/// How far a wall's end lies off the direction at most, in metres.
fn off_m(outline: &Outline, along: Point) -> f64 {
    let off = outline.edges().map(|(a, b)| b - a).map(|d| {
        let (x, y) = (d.x * along.x + d.y * along.y, d.y * along.x - d.x * along.y);
        x.abs().min(y.abs())
    });
    off.fold(0.0, f64::max)
}

/// Numbers of all kinds, those that are none included.
/// The cells of a grid, row by row, whose joints are moved by `jitter` of 1 m and then turned.
fn grid(columns: usize, rows: usize, jitter: &[Point], turn: &Transform) -> Vec<Outline> {
    let joint = |c: usize, r: usize| {
        turn.apply(Point { x: 12.0 * c as f64, y: 10.0 * r as f64 } + jitter[r * (columns + 1) + c])
    };
    let cell = |c, r| Outline::from_points([joint(c, r), joint(c + 1, r), joint(c + 1, r + 1), joint(c, r + 1)]);
    (0..rows).flat_map(|r| (0..columns).map(move |c| (c, r))).map(|(c, r)| cell(c, r)).collect()
}

proptest! {
    #![proptest_config(cases(23))]

    #[test]
    fn a_skewed_rectangle_becomes_a_rectangle_and_then_stays(
        (w, h) in (2.0..80.0, 2.0..80.0),
        jitter in prop::collection::vec(somewhere(0.08), 4),
        turn in turn(),
    ) {
        let side: f64 = f64::min(w, h);
        let corners = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)];
        let corners = corners.iter().zip(&jitter).map(|(&(x, y), &j)| turn.apply(Point { x, y } + j * side));
        let skewed = Outline::from_points(corners);
        let square = squared(&[&skewed]).unwrap();
        prop_assert_eq!(square[0].outer().len(), 4);
        prop_assert_eq!(square[0].fault(), None);
        prop_assert!(off_m(&square[0], main_direction(&[&skewed]).unwrap()) < 1e-6);
        let lengths: Vec<f64> = square[0].edges().map(|(a, b)| distance_m(a, b)).collect();
        prop_assert!((lengths[0] - lengths[2]).abs() < 1e-6 && (lengths[1] - lengths[3]).abs() < 1e-6);
        prop_assert!((square[0].area_m2() / skewed.area_m2() - 1.0).abs() < 0.03);
        for (a, b) in skewed.outer().iter().zip(square[0].outer()) {
            prop_assert!(distance_m(*a, *b) < 0.3 * w.max(h));
        }
        prop_assert_eq!(squared(&[&square[0]]), Err(SquareFault::NothingToDo));
    }

    #[test]
    fn cells_of_a_grid_keep_their_joints(
        (columns, rows) in (1_usize..5, 1_usize..4),
        jitter in prop::collection::vec(somewhere(0.8), 20),
        turn in turn(),
    ) {
        let cells = grid(columns, rows, &jitter, &turn);
        let square = squared(&cells.iter().collect::<Vec<_>>()).unwrap();
        // Corners that were one point are one point still, to the last digit.
        for (a, a_new) in cells.iter().zip(&square) {
            prop_assert_eq!((a_new.outer().len(), a_new.fault()), (4, None));
            for (b, b_new) in cells.iter().zip(&square) {
                for (p, p_new) in a.outer().iter().zip(a_new.outer()) {
                    for (q, q_new) in b.outer().iter().zip(b_new.outer()) {
                        prop_assert_eq!(p == q, p_new == q_new);
                    }
                }
            }
        }
        let all: Vec<&Outline> = square.iter().collect();
        let sum_m2: f64 = square.iter().map(Outline::area_m2).sum();
        prop_assert!((sum_m2 - union_area_m2(&all)).abs() < 1e-3);
        prop_assert_eq!(squared(&all), Err(SquareFault::NothingToDo));
    }

    #[test]
    fn a_house_against_a_long_wall_stays_against_it(
        (at, lean, bend) in (2.0..18.0, -1.0..1.0, -1.5..1.5),
        gap in -0.004..0.004,
        turn in turn(),
    ) {
        let on = |x: f64| x / 30.0 * bend;
        let hall = [(0.0, 0.0), (30.0, bend), (30.0, -9.0), (0.0, -9.0)];
        let house = [(at, on(at) + gap), (at + 9.0, on(at + 9.0) + gap), (at + 9.0 + lean, 8.0), (at, 8.0)];
        let outline = |points: &[(f64, f64)]| {
            Outline::from_points(points.iter().map(|&(x, y)| turn.apply(Point { x, y })))
        };
        let square = squared(&[&outline(&hall), &outline(&house)]).unwrap();
        for corner in &square[1].outer()[..2] {
            prop_assert!(square[0].distance_to_edge_m(*corner) < 3e-7);
        }
        prop_assert!(square.iter().all(|outline| outline.outer().len() == 4));
    }

    #[test]
    fn squaring_any_ring_gives_sound_outlines_or_none(
        points in prop::collection::vec(somewhere(30.0), 3..12),
        along in prop::option::of((any_number(), any_number())),
    ) {
        for outline in Outline::from_points(points).repaired() {
            let result = match along {
                Some((x, y)) => squared_to(&[&outline], Point { x, y }),
                None => squared(&[&outline]),
            };
            for square in result.into_iter().flatten() {
                prop_assert_eq!(square.fault(), None);
            }
        }
    }

    #[test]
    fn maps_invert_and_follow_one_another(
        turn in turn(),
        (a, b, p) in (somewhere(500.0), somewhere(500.0), somewhere(500.0)),
        factor in 0.01..100.0,
    ) {
        prop_assume!(distance_m(a, b) > 0.01);
        let maps = [
            turn,
            Transform::translation(a),
            Transform::mirror(a, b).unwrap(),
            Transform::scaling(a, factor).unwrap(),
        ];
        let mut all = Transform::default();
        let mut at = p;
        for map in maps {
            all = all.then(map);
            at = map.apply(at);
            prop_assert!(distance_m(map.inverse().unwrap().apply(map.apply(p)), p) < 1e-6);
        }
        prop_assert!(distance_m(all.apply(p), at) < 1e-5);
        let mirror = maps[2];
        prop_assert!(distance_m(mirror.apply(a), a) < 1e-9 && distance_m(mirror.apply(b), b) < 1e-9);
        let hexagon = regular(a, b, 6).unwrap();
        let area_m2 = hexagon.transformed(&all).area_m2();
        prop_assert!((area_m2 / hexagon.area_m2() / all.area_factor() - 1.0).abs() < 1e-2);
    }

    #[test]
    fn quarter_turns_and_upright_mirrors_leave_no_trace(
        points in prop::collection::vec(somewhere(3e4), 3..9),
        (x, y) in (-1e4..1e4, -1e4..1e4),
        quarters in -9..9,
    ) {
        let outline = Outline::from_points(points);
        prop_assume!(outline.area_m2() > 1.0);
        let turn = Transform::rotation(Point { x, y }, 90.0 * f64::from(quarters));
        prop_assert_eq!((0..4).fold(outline.clone(), |o, _| o.transformed(&turn)), outline.clone());
        let mirror = Transform::mirror(Point { x, y }, Point { x, y: y + 3.0 }).unwrap();
        prop_assert_eq!(outline.transformed(&mirror).transformed(&mirror), outline);
    }

    #[test]
    fn arcs_lie_on_their_circle_within_the_tolerance(
        (a, on, b) in (somewhere(200.0), somewhere(200.0), somewhere(200.0)),
        tolerance_m in 0.005..0.5,
    ) {
        let points = arc_through(a, on, b, tolerance_m);
        prop_assert_eq!(points.last(), Some(&b));
        let Some(arc) = Arc::through(a, on, b) else { return Ok(()) };
        prop_assert!(distance_m(arc.at(0.0), a) < 1e-5 && distance_m(arc.at(1.0), b) < 1e-5);
        let off_m = |p: Point| (distance_m(p, arc.centre) - arc.radius_m).abs();
        let line: Vec<Point> = [a].into_iter().chain(points.iter().copied()).collect();
        prop_assert!(line.len() <= 361 && line.iter().all(|&p| off_m(p) < 1e-5));
        if line.len() < 361 {
            prop_assert!(line.windows(2).all(|e| off_m((e[0] + e[1]) / 2.0) <= tolerance_m + 1e-6));
            // The point on the way lies within the tolerance of the chords.
            let near = line.windows(2).map(|e| distance_m(on, nearest_on_segment(on, e[0], e[1])));
            prop_assert!(near.fold(f64::INFINITY, f64::min) <= tolerance_m + 1e-6);
        }
    }

    #[test]
    fn a_tangent_arc_begins_along_its_heading_and_ends_at_its_end(
        (from, heading, to) in (somewhere(200.0), somewhere(1.0), somewhere(200.0)),
    ) {
        let Some(arc) = Arc::tangent(from, heading, to) else { return Ok(()) };
        prop_assert!(distance_m(arc.at(0.0), from) < 1e-5 && distance_m(arc.at(1.0), to) < 1e-5);
        prop_assert!(arc.sweep_deg.abs() <= 360.0);
        let step = arc.at(1e-4) - from;
        let cosine = (step.x * heading.x + step.y * heading.y)
            / (distance_m(step, Point::zero()) * distance_m(heading, Point::zero()));
        prop_assert!(cosine > 0.999, "{cosine}");
    }

    #[test]
    fn no_stroke_panics_and_every_outline_is_sound(
        wild in prop::collection::vec((any_number(), any_number()), 0..300),
        walk in prop::collection::vec(somewhere(2.0), 0..1500),
        tolerance_m in prop_oneof![0.05..3.0, any_number()],
        along in prop::option::of((any_number(), any_number())),
    ) {
        let wild: Vec<Point> = wild.into_iter().map(|(x, y)| Point { x, y }).collect();
        let walked: Vec<Point> = walk.iter().scan(Point::zero(), |at, &step| { *at = *at + step; Some(*at) }).collect();
        for stroke in [wild, walked, walk] {
            if let Some(outline) = outline_from_stroke(&stroke, tolerance_m, along.map(|(x, y)| Point { x, y })) {
                prop_assert_eq!(outline.fault(), None);
                prop_assert!(outline.area_m2() >= 4.0 * tolerance_m * tolerance_m);
            }
        }
    }

    #[test]
    fn curves_never_panic(n in prop::collection::vec(any_number(), 7)) {
        let (a, b, c) = (Point { x: n[0], y: n[1] }, Point { x: n[2], y: n[3] }, Point { x: n[4], y: n[5] });
        let line = arc_through(a, b, c, n[6]);
        prop_assert!(line.len() <= 360 && line.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
        for outline in maakblok::geometry::circle(a, b, n[6]).into_iter().chain(regular(a, b, 7)) {
            prop_assert_eq!(outline.fault(), None);
        }
    }
}

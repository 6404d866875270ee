//! What must hold for any shape: put together, cut, shared out, edges and corners moved, drawn in and out.
//!
//! Areas are compared with those of the scan line in `shapes`.

use super::shapes::{
    any_number, are_sound, cases, convex, covered_m2, doubled_m2, pair, path, rounding_m2, shape, sum_m2, within,
};
use maakblok::geometry::{
    Corner, Keep, Outline, Point, QUANTUM_M, VertexAt, distance_m, merged, outside_m2, overlap_area_m2, part_inside,
    point, shared_by_all, union_area_m2, united,
};
use proptest::prelude::*;
use proptest::sample::Index;

fn vertex(outline: &Outline, pick: Index) -> VertexAt {
    let all: Vec<VertexAt> = outline.vertices().map(|(at, _)| at).collect();
    *pick.get(&all)
}

fn size_m(outline: &Outline) -> f64 {
    outline.area_m2().sqrt()
}

proptest! {
    #![proptest_config(cases(29))]

    #[test]
    fn what_is_put_together_and_taken_apart_has_the_area_of_a_scan_line((a, b) in pair()) {
        prop_assert!(a.fault().is_none() && b.fault().is_none());
        let (one, other) = (std::slice::from_ref(&a), std::slice::from_ref(&b));
        let both = covered_m2(&[one, other], |inside| inside[0] && inside[1]);
        let first = covered_m2(&[one, other], |inside| inside[0] && !inside[1]);
        let any = covered_m2(&[one, other], |inside| inside[0] || inside[1]);
        prop_assert!((both + first - a.area_m2()).abs() < 1e-9 * a.area_m2(), "the scan line itself");
        let perimeter_m = a.perimeter_m() + b.perimeter_m();
        let welded_m2 = 1e-3 + 2e-3 * perimeter_m;
        for (name, parts, expected_m2) in [
            ("united", united(&[&a, &b]), any),
            ("without", a.without(&[&b]), first),
            ("shared", shared_by_all(&[&a, &b]), both),
        ] {
            prop_assert!(are_sound(&parts), "{name} {parts:?}");
            prop_assert!((sum_m2(&parts) - expected_m2).abs() < welded_m2, "{name} {} {expected_m2}", sum_m2(&parts));
            prop_assert!(doubled_m2(&parts) < 1e-6 * perimeter_m, "{name} {}", doubled_m2(&parts));
        }
        let plain_m2 = 1e-6 * (1.0 + perimeter_m);
        prop_assert!((overlap_area_m2(&a, &b) - both).abs() < plain_m2, "{} {both}", overlap_area_m2(&a, &b));
        prop_assert!((union_area_m2(&[&a, &b]) - any).abs() < plain_m2);
        prop_assert!((sum_m2(&merged(&[&a, &b])) - any).abs() < plain_m2);
        prop_assert!((part_inside(&a, &b) * a.area_m2() - both).abs() < plain_m2);
        prop_assert!((outside_m2(&a, &b) - first).abs() < plain_m2);
        prop_assert!((sum_m2(&a.common(&b)) - both).abs() < 5e-3 + plain_m2);
    }

    #[test]
    fn three_shapes_are_put_together_and_taken_apart((a, b) in pair(), c in shape(), by in path(1..2)) {
        let c = c.translated(within(&a, &by)[0] - c.bounds().unwrap().centre());
        let all = [a, b, c];
        let singles: Vec<&[Outline]> = all.iter().map(std::slice::from_ref).collect();
        let [a, b, c] = all.each_ref();
        let welded_m2 = 1e-3 + 2e-3 * all.iter().map(Outline::perimeter_m).sum::<f64>();
        for (name, parts, expected_m2) in [
            ("united", united(&[a, b, c]), covered_m2(&singles, |inside| inside.contains(&true))),
            ("without", a.without(&[b, c]), covered_m2(&singles, |i| i[0] && !i[1] && !i[2])),
            ("shared", shared_by_all(&[a, b, c]), covered_m2(&singles, |inside| !inside.contains(&false))),
        ] {
            prop_assert!(are_sound(&parts), "{name} {parts:?}");
            prop_assert!((sum_m2(&parts) - expected_m2).abs() < welded_m2, "{name} {} {expected_m2}", sum_m2(&parts));
        }
    }

    #[test]
    fn parts_of_a_cut_add_up_and_cannot_be_cut_again(shape in shape(), line in path(2..6)) {
        let line = within(&shape, &line);
        let parts = shape.cut_along(&line);
        prop_assert!(are_sound(&parts));
        let area_m2 = shape.area_m2();
        prop_assert!((sum_m2(&parts) - area_m2).abs() < rounding_m2(&shape), "{:e}", sum_m2(&parts) - area_m2);
        prop_assert!(doubled_m2(&parts) < 1e-6 * area_m2);
        for part in &parts {
            let again = part.cut_along(&line);
            let largest_m2 = again.iter().map(Outline::area_m2).fold(0.0, f64::max);
            prop_assert!(part.area_m2() - largest_m2 < 1e-3 * part.perimeter_m(), "{again:?}");
        }
    }

    #[test]
    fn a_straight_cut_across_the_middle_of_a_convex_shape_gives_two(shape in convex(), way in -3.2..3.2_f64) {
        let middle = shape.inner_point().unwrap();
        let parts = shape.cut_along(&[middle, point(middle.x + way.cos(), middle.y + way.sin())]);
        prop_assert_eq!(parts.len(), 2);
    }

    #[test]
    fn parts_shared_out_are_equal(shape in shape(), n in 2_usize..13, way in -3.2..3.2_f64, part in 0.02..0.98_f64) {
        let across = Point { x: way.cos(), y: way.sin() };
        let area_m2 = shape.area_m2();
        // A cut goes through a corner within three steps of the grid, whatever the area.
        let grid_m2 = 3.0 * QUANTUM_M * shape.perimeter_m();
        let parts = shape.cut_evenly(n, across);
        prop_assert_eq!(parts.len(), n);
        for part in &parts {
            prop_assert!(are_sound(part));
            let off_m2 = sum_m2(part) - area_m2 / n as f64;
            prop_assert!(off_m2.abs() < (1e-6 * area_m2 / n as f64).max(grid_m2), "{off_m2:e} {grid_m2:e}");
        }
        let all: Vec<Outline> = parts.into_iter().flatten().collect();
        prop_assert!((sum_m2(&all) - area_m2).abs() < rounding_m2(&shape), "{:e}", sum_m2(&all) - area_m2);
        prop_assert!(doubled_m2(&all) < 1e-6 * area_m2);
        let (off, rest) = shape.cut_off(part * area_m2, across).unwrap();
        prop_assert!(are_sound(&off) && are_sound(&rest));
        let off_m2 = sum_m2(&off) - part * area_m2;
        let least_m2 = area_m2 * part.min(1.0 - part);
        prop_assert!(off_m2.abs() < (1e-6 * least_m2).max(grid_m2), "{off_m2:e} {grid_m2:e}");
        prop_assert!((sum_m2(&off) + sum_m2(&rest) - area_m2).abs() < rounding_m2(&shape));
    }

    #[test]
    fn an_edge_moved_out_and_in_is_where_it_was(shape in shape(), pick in any::<Index>(), by in -0.5..0.5) {
        let at = vertex(&shape, pick);
        let by_m: f64 = by * size_m(&shape);
        if let Some(moved) = shape.with_edge_moved(at, by_m) {
            prop_assert_eq!(moved.fault(), None);
            if moved.vertices().count() == shape.vertices().count() {
                let back = moved.with_edge_moved(at, -by_m);
                prop_assert!(back.is_some());
                for ((_, p), (_, q)) in back.unwrap().vertices().zip(shape.vertices()) {
                    prop_assert!(distance_m(p, q) < 1e-3, "{p:?} {q:?}");
                }
            }
        }
        let (start, end) = shape.edge(at).unwrap();
        if let Some(pulled) = shape.with_edge_extruded(at, by_m) {
            prop_assert_eq!(pulled.fault(), None);
            if pulled.vertices().count() == shape.vertices().count() + 2 {
                let gained_m2 = pulled.area_m2() - shape.area_m2();
                let expected_m2 = by_m * distance_m(start, end);
                prop_assert!((gained_m2 - expected_m2).abs() < 1e-6 * shape.perimeter_m(), "{gained_m2} {expected_m2}");
            }
        }
    }

    #[test]
    fn an_edge_gets_its_length(shape in shape(), pick in any::<Index>(), factor in 0.3..2.0, keep in 0..2) {
        let at = vertex(&shape, pick);
        let (start, end) = shape.edge(at).unwrap();
        let length_m: f64 = factor * distance_m(start, end);
        let keep = [Keep::Start, Keep::End][keep as usize];
        if let Some(new) = shape.with_edge_length(at, length_m, keep) {
            prop_assert_eq!(new.fault(), None);
            if new.vertices().count() == shape.vertices().count() {
                let (new_start, new_end) = new.edge(at).unwrap();
                prop_assert!((distance_m(new_start, new_end) - length_m).abs() < 1e-6);
                let (kept, was) = match keep {
                    Keep::Start => (new_start, start),
                    Keep::End => (new_end, end),
                };
                prop_assert!(distance_m(kept, was) < 2e-6);
            }
        }
    }

    #[test]
    fn corners_cut_or_rounded_take_from_the_area(
        shape in shape(),
        pick in any::<Index>(),
        off in 0.01..0.4,
        fine in 1e-3..0.1,
    ) {
        let at = vertex(&shape, pick);
        let points = shape.rings()[at.ring].points();
        let n = points.len();
        let (a, p, b) = (points[(at.index + n - 1) % n], points[at.index], points[(at.index + 1) % n]);
        let cross = (p.x - a.x) * (b.y - p.y) - (p.y - a.y) * (b.x - p.x);
        let sine = cross / (distance_m(a, p) * distance_m(p, b));
        let off_m: f64 = off * size_m(&shape);
        let hair_m2 = 1e-6 * shape.perimeter_m();
        if let Some(cut) = shape.with_corner(at, Corner::Cut { length_m: off_m }) {
            prop_assert_eq!(cut.fault(), None);
            prop_assert!((shape.area_m2() - cut.area_m2() - sine * off_m * off_m / 2.0).abs() < hair_m2);
        }
        if let Some(rounded) = shape.with_corner(at, Corner::Rounded { radius_m: off_m, tolerance_m: fine }) {
            prop_assert_eq!(rounded.fault(), None);
            let lost_m2 = (shape.area_m2() - rounded.area_m2()) * sine.signum();
            prop_assert!(lost_m2 > -hair_m2 && lost_m2 < off_m * off_m * 200.0);
            prop_assert!(rounded.perimeter_m() < shape.perimeter_m());
        }
        for corner in [Corner::Cut { length_m: off_m }, Corner::Rounded { radius_m: off_m, tolerance_m: fine }] {
            if let Some(all) = shape.with_all_corners(corner) {
                prop_assert_eq!(all.fault(), None);
                prop_assert!(!shape.is_convex() || all.area_m2() < shape.area_m2());
            }
        }
    }

    #[test]
    fn a_convex_shape_drawn_out_and_in_is_what_it_was(shape in convex(), by in 0.001..1.0) {
        let by_m: f64 = by * size_m(&shape);
        let out = shape.inset(-by_m);
        prop_assert!(out.len() == 1 && are_sound(&out));
        let back = out[0].inset(by_m);
        prop_assert_eq!(back.len(), 1);
        prop_assert_eq!(back[0].outer().len(), shape.outer().len());
        for (p, q) in back[0].outer().iter().zip(shape.outer()) {
            prop_assert!(distance_m(*p, *q) < 1e-3);
        }
    }

    #[test]
    fn less_is_left_the_further_a_shape_is_drawn_in(shape in shape(), mut by in prop::collection::vec(-0.4..0.4, 4)) {
        by.sort_by(f64::total_cmp);
        let mut before = f64::INFINITY;
        for by in by.iter().map(|by| by * size_m(&shape)) {
            let parts = shape.inset(by);
            prop_assert!(are_sound(&parts), "{by} {parts:?}");
            let area_m2 = sum_m2(&parts);
            prop_assert!(area_m2 <= before + 1e-6 * shape.perimeter_m(), "{by} {area_m2} {before}");
            prop_assert_eq!(area_m2 < shape.area_m2(), by > 0.0);
            before = area_m2;
        }
    }

    #[test]
    fn a_bar_covers_its_line_times_its_width(shape in shape(), line in path(2..6), width_m in 0.1..40.0) {
        let line = within(&shape, &line);
        let length_m: f64 = line.windows(2).map(|ends| distance_m(ends[0], ends[1])).sum();
        let bar = Outline::bar(&line, width_m);
        prop_assert!(bar.is_some() || line.len() > 2);
        if let Some(bar) = bar {
            prop_assert_eq!(bar.fault(), None);
            let hair_m2 = 1e-6 * bar.perimeter_m();
            let (area_m2, expected_m2) = (bar.area_m2(), width_m * length_m);
            prop_assert!((area_m2 - expected_m2).abs() < hair_m2, "{area_m2} {expected_m2}");
        }
    }

    #[test]
    fn no_number_brings_it_down(
        shape in shape(),
        (a, b, c, d) in (any_number(), any_number(), any_number(), any_number()),
        pick in any::<Index>(),
        n in any::<usize>(),
    ) {
        let at = vertex(&shape, pick);
        let (p, q) = (Point { x: a, y: b }, Point { x: c, y: d });
        let mut all = shape.cut_along(&[p, q]);
        all.extend(shape.cut_along(&[shape.outer()[0], p, q]));
        all.extend(shape.cut_evenly(n, p).into_iter().chain(shape.cut_evenly(n % 20, p)).flatten());
        all.extend(shape.cut_off(c, p).into_iter().flat_map(|(part, rest)| [part, rest]).flatten());
        all.extend(shape.with_edge_moved(at, a));
        all.extend(shape.with_edge_extruded(at, a));
        let keeps = [Keep::Start, Keep::End];
        all.extend(keeps.into_iter().filter_map(|keep| shape.with_edge_length(at, a, keep)));
        all.extend(shape.with_corner(at, Corner::Cut { length_m: a }));
        all.extend(shape.with_corner(at, Corner::Rounded { radius_m: a, tolerance_m: b }));
        all.extend(shape.with_all_corners(Corner::Cut { length_m: a }));
        all.extend(shape.with_all_corners(Corner::Rounded { radius_m: a, tolerance_m: b }));
        all.extend(shape.inset(a));
        all.extend(Outline::bar(&[p, q], 3.0).into_iter().chain(Outline::bar(&[point(0.0, 0.0), p, q], a)));
        for odd in &all {
            prop_assert_eq!(odd.fault(), None, "{:?}", odd);
        }
    }
}

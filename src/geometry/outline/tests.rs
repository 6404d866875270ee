//! Outlines: areas, faults, what lies within, how they are stored.

use serde::Deserialize as _;

use super::*;

#[test]
fn courts_are_left_out_of_the_area() {
    let outer = Ring::new([point(0.0, 0.0), point(40.0, 0.0), point(40.0, 30.0), point(0.0, 30.0)]);
    let court = Ring::new([point(10.0, 10.0), point(30.0, 10.0), point(30.0, 20.0), point(10.0, 20.0)]);
    let block = Outline::with_holes(&outer, [court]);
    assert_eq!(block.area_m2(), 1000.0);
    assert_eq!(block.fault(), None);
    assert!(!block.contains(point(20.0, 15.0)), "the court is not inside");
    assert!(block.contains(point(5.0, 5.0)));
    let (_, indices) = block.triangles();
    assert_eq!(indices.len(), 8 * 3, "a ring of four with a hole of four gives eight triangles");
}

#[test]
fn a_bow_tie_is_a_fault_and_falls_apart_in_two() {
    let tie = Outline::from_points([point(0.0, 0.0), point(10.0, 10.0), point(10.0, 0.0), point(0.0, 10.0)]);
    assert_eq!(tie.fault(), Some(RingFault::SelfCrossing));
    let parts = tie.repaired();
    assert_eq!(parts.len(), 2);
    assert!((parts.iter().map(Outline::area_m2).sum::<f64>() - 50.0).abs() < 1e-9);
}

#[test]
fn a_pentagram_that_always_turns_left_is_not_taken_for_convex() {
    let star = (0..5).map(|i| {
        let angle = std::f64::consts::TAU * f64::from(i * 2) / 5.0;
        point(10.0 * angle.cos(), 10.0 * angle.sin())
    });
    assert_eq!(Outline::from_points(star).fault(), Some(RingFault::SelfCrossing));
}

#[test]
fn a_clockwise_ring_from_a_file_has_its_inside_on_the_left() {
    use serde::de::{IntoDeserializer, value::Error};
    let read = |ring: &[[f64; 2]]| {
        let rings = vec![ring.iter().map(|p| p.to_vec()).collect::<Vec<_>>()];
        Outline::deserialize(IntoDeserializer::<Error>::into_deserializer(rings)).unwrap()
    };
    let hall = read(&[[0.0, 0.0], [0.0, 6.0], [10.0, 6.0], [10.0, 0.0]]);
    assert_eq!(hall.inset(1.0).iter().map(Outline::area_m2).collect::<Vec<_>>(), [32.0]);
    let beside = Outline::rectangle(point(5.0, 0.0), point(15.0, 6.0));
    assert!((crate::geometry::union_area_m2(&[&hall, &beside]) - 90.0).abs() < 1e-6);
    let line = [[0.0, 0.0], [5.0, 0.0], [2.0, 0.0]];
    assert_eq!(read(&line).outer(), line.map(|[x, y]| point(x, y)), "what encloses nothing stays as it came");
}

#[test]
fn degenerate_rings_are_named() {
    assert_eq!(Outline::from_points([point(0.0, 0.0), point(1.0, 0.0)]).fault(), Some(RingFault::TooFewPoints));
    let far = Outline::from_points([point(0.0, 0.0), point(1e6, 0.0), point(0.0, 1.0)]);
    assert_eq!(far.fault(), Some(RingFault::OutOfReach));
    let flat = Outline::from_points([point(0.0, 0.0), point(1.0, 0.0), point(2.0, 0.0)]);
    assert!(flat.fault().is_some());
}

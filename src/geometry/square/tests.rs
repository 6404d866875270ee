//! What squaring does to houses in a row, to courts and to cut corners.

use super::*;
use crate::geometry::{Transform, point, union_area_m2};

fn ring(points: &[(f64, f64)]) -> Ring {
    Ring::new(points.iter().map(|&(x, y)| point(x, y)))
}

fn outline(points: &[(f64, f64)]) -> Outline {
    Outline::new(&ring(points))
}

/// How far the ends of walls lie off a right or straight angle at most, in metres; walls that slant are passed over.
fn off_square_m(outline: &Outline) -> f64 {
    let along = main_direction(&[outline]).unwrap();
    let off = outline.edges().map(|(a, b)| in_frame(b - a, along)).map(|d| d.x.abs().min(d.y.abs()));
    off.filter(|off_m| *off_m < 1.0).fold(0.0, f64::max)
}

/// Three houses whose walls all lean and whose fronts are bent.
fn row() -> [Outline; 3] {
    [
        outline(&[(0.0, 0.4), (10.0, -0.4), (10.4, 12.6), (0.4, 12.0)]),
        outline(&[(10.0, -0.4), (20.0, 0.4), (20.4, 12.3), (10.4, 12.6)]),
        outline(&[(20.0, 0.4), (30.0, -0.4), (30.4, 11.7), (20.4, 12.3)]),
    ]
}

#[test]
fn skewed_neighbours_become_rectangles_with_shared_walls() {
    let [a, b, c] = row();
    let square = squared_to(&[&a, &b, &c], point(1.0, 0.0)).unwrap();
    // Fronts: the middles lie at 0, 0 and 0. Backs: at 12.3, 12.45 and 12.0, each 10 m long: 12.25.
    for (house, west) in square.iter().zip([0.2, 10.2, 20.2]) {
        let hand = outline(&[(west, 0.0), (west + 10.0, 0.0), (west + 10.0, 12.25), (west, 12.25)]);
        assert_eq!(house, &hand);
    }
    // To their own direction they are turned by the mean of the lean of walls and fronts.
    let own = squared(&[&a, &b, &c]).unwrap();
    assert!(own.iter().all(|house| house.outer().len() == 4 && off_square_m(house) < 1e-6));
    assert_eq!(own[0].outer()[1], own[1].outer()[0]);
    assert_eq!(own[0].outer()[2], own[1].outer()[3]);
    assert_eq!(own[1].outer()[2], own[2].outer()[3]);
    let all: Vec<&Outline> = own.iter().collect();
    let sum_m2: f64 = own.iter().map(Outline::area_m2).sum();
    assert!((sum_m2 - union_area_m2(&all)).abs() < 1e-4);
    let before_m2: f64 = row().iter().map(Outline::area_m2).sum();
    assert!((sum_m2 / before_m2 - 1.0).abs() < 0.01, "{sum_m2} of {before_m2}");
    assert_eq!(squared(&all), Err(SquareFault::NothingToDo));
}

#[test]
fn a_long_wall_moves_less_than_a_short_one_on_its_line() {
    let hall = outline(&[(0.0, 0.0), (10.0, 1.0), (40.0, 1.0), (40.0, 20.0), (0.0, 20.0)]);
    // Middles at 0.5 over 10 m and at 1.0 over 30 m: 0.875, and the area stays.
    let square = squared_to(&[&hall], point(1.0, 0.0)).unwrap();
    assert_eq!(square[0].outer()[..3], [point(0.0, 0.875), point(10.0, 0.875), point(40.0, 0.875)]);
    assert!((square[0].area_m2() - hall.area_m2()).abs() < 1e-9);
}

#[test]
fn a_turned_row_keeps_its_direction() {
    let turn = Transform::rotation(point(40.0, 90.0), -23.4);
    let house = |x: f64| Outline::rectangle(point(x, 0.0), point(x + 6.0, 9.0)).transformed(&turn);
    let houses = [house(0.0), house(6.0), house(12.0)];
    assert_eq!(squared(&[&houses[0], &houses[1], &houses[2]]), Err(SquareFault::NothingToDo));
    let along = main_direction(&[&houses[0]]).unwrap();
    assert!((along.y.atan2(along.x).to_degrees() - 23.4).abs() < 1e-5);
    // One shared corner is put 0.5 m off in both houses.
    let bent = turn.apply(point(6.0, 9.5));
    let at = crate::geometry::VertexAt { ring: 0, index: 2 };
    let at_second = crate::geometry::VertexAt { ring: 0, index: 3 };
    assert!(distance_m(houses[0].outer()[2], turn.apply(point(6.0, 9.0))) < 1e-6);
    let (a, b) = (houses[0].with_vertex(at, bent).unwrap(), houses[1].with_vertex(at_second, bent).unwrap());
    let square = squared_to(&[&a, &b, &houses[2]], along).unwrap();
    // The back is 18 m long; two thirds of it lie 0.25 m farther out.
    let back = turn.inverse().unwrap().apply(square[0].outer()[2]);
    assert!(distance_m(back, point(6.0, 9.0 + 0.25 * 2.0 / 3.0)) < 1e-6, "{back:?}");
    assert_eq!(square[0].outer()[2], square[1].outer()[3]);
}

#[test]
fn an_l_with_a_court_becomes_square() {
    let l = Outline::with_holes(
        &ring(&[(0.3, 0.0), (30.0, 0.5), (29.8, 12.0), (12.2, 11.6), (12.0, 30.0), (0.0, 29.7)]),
        [ring(&[(2.0, 2.0), (10.0, 2.2), (9.8, 8.0), (2.1, 8.1)])],
    );
    let square = squared(&[&l]).unwrap();
    assert_eq!((square[0].outer().len(), square[0].holes().len(), square[0].holes()[0].points().len()), (6, 1, 4));
    assert!(off_square_m(&square[0]) < 1e-6);
    assert!((square[0].area_m2() / l.area_m2() - 1.0).abs() < 0.01);
}

#[test]
fn a_corner_cut_at_45_degrees_keeps_its_direction() {
    let hall = outline(&[(0.0, 0.0), (20.0, 0.4), (20.0, 8.0), (16.0, 12.0), (0.0, 12.4)]);
    let square = squared_to(&[&hall], point(0.0, -3.0)).unwrap();
    // Front at 0.2, back at 12.2; the cut lies on x + y = 28.
    assert_eq!(square[0], outline(&[(0.0, 0.2), (20.0, 0.2), (20.0, 8.0), (15.8, 12.2), (0.0, 12.2)]));
    assert_eq!(squared(&[&square[0]]), Err(SquareFault::NothingToDo));
}

#[test]
fn a_neighbours_corner_on_a_wall_stays_on_it() {
    // Two houses against one long hall; their shared wall ends 4 mm off the hall's.
    let hall = outline(&[(0.0, 0.0), (30.0, 0.6), (30.0, -10.0), (0.0, -10.0)]);
    let west = outline(&[(0.0, 0.0), (15.0, 0.304), (15.3, 8.0), (0.0, 8.0)]);
    let east = outline(&[(15.0, 0.304), (30.0, 0.6), (30.0, 8.0), (15.3, 8.0)]);
    let square = squared(&[&hall, &west, &east]).unwrap();
    assert!(square.iter().all(|house| house.outer().len() == 4 && off_square_m(house) < 1e-6));
    let corner = square[1].outer()[1];
    assert_eq!(corner, square[2].outer()[0]);
    assert!(square[0].distance_to_edge_m(corner) < 2e-7);
    // Neighbours on both sides of a slanting wall: the wall's line is kept, and the corner on it.
    let under = outline(&[(0.0, 0.0), (20.0, 0.0), (20.0, 20.0)]);
    let over = outline(&[(0.0, 0.0), (10.0, 10.0), (9.6, 20.2), (0.0, 20.0)]);
    let square = squared_to(&[&under, &over], point(1.0, 0.0)).unwrap();
    let corner = square[1].outer()[1];
    assert!((corner.x - 9.8).abs() < 1e-9 && under.distance_to_edge_m(corner) < 1e-9);
    assert_eq!(square[0], under);
}

#[test]
fn what_would_vanish_is_refused_and_what_is_square_left() {
    let hall = Outline::rectangle(point(0.0, 0.0), point(9.0, 4.0));
    let flat = outline(&[(0.0, 0.0), (10.0, 0.0), (5.0, 1.0)]);
    assert_eq!(squared(&[&hall, &flat]), Err(SquareFault::WouldCross { outline: 1 }));
    let bow_tie = outline(&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 5.0)]);
    assert_eq!(squared(&[&hall, &bow_tie]), Err(SquareFault::Faulty { outline: 1 }));
    assert_eq!(squared(&[&hall]), Err(SquareFault::NothingToDo));
    assert_eq!(squared(&[]), Err(SquareFault::NothingToDo));
    assert_eq!(squared_to(&[&hall], Point { x: f64::NAN, y: 1.0 }), Err(SquareFault::NoDirection));
    assert_eq!(squared_to(&[&hall], Point::zero()), Err(SquareFault::NoDirection));
    // Walls in all directions alike: the longest says.
    let octagon = crate::geometry::regular(point(0.0, 0.0), point(5.0, 0.0), 8).unwrap();
    assert!(main_direction(&[&octagon]).is_some());
    assert_eq!(main_direction(&[]), None);
}

//! Where points want to be, among a plot and two roads.

use super::*;
use crate::geometry::Outline;
use crate::model::{At, Context, ContextKind, ContextShape, Origin, Plot};
use crate::record::Extra;

fn variant() -> Variant {
    let mut variant = Variant::new(Id(1), "A");
    variant.plots.insert(Plot::new(Id(2), "P", Outline::rectangle(point(0.0, 0.0), point(100.0, 80.0))));
    variant
}

fn project() -> Project {
    let mut project = Project::new("P", Origin::new(4.3, 50.8), "A");
    project.variants[0] = variant();
    let wall = |from: Point, to: Point| ContextShape::Line(vec![At(from), At(to)]);
    for (id, shape) in
        [(10, wall(point(-20.0, 20.0), point(130.0, 20.0))), (11, wall(point(120.0, 0.0), point(120.0, 80.0)))]
    {
        project.context.insert(Context {
            id: Id(id),
            name: String::new(),
            kind: ContextKind::Road,
            shape,
            height_m: None,
            credit: String::new(),
            extra: Extra::default(),
        });
    }
    project
}

fn find_held(at: Point, drawn: &[Point], held: Option<Snap>) -> Snap {
    find_with(at, drawn, held, Lock::Free)
}

pub(super) fn find_with(at: Point, drawn: &[Point], held: Option<Snap>, lock: Lock) -> Snap {
    let project = project();
    let (index, context) = (Index::new(&project.variants[0]), Index::of_context(&project));
    let target = Target {
        project: &project,
        variant: &project.variants[0],
        index: &index,
        context: &context,
        map: None,
        px_per_m: 4.0,
        sight: Sight { layers: &project.layers, only: None },
        without: &[],
        drawn,
        held,
        lock,
        reference: None,
        axes: Axes::default(),
        off: &SnapOff::default(),
        suspended: false,
    };
    find(&target, at)
}

fn find_at(x: f64, y: f64, drawn: &[Point]) -> Snap {
    find_held(Point { x, y }, drawn, None)
}

#[test]
fn edges_catch_where_they_cross_whatever_they_are_of() {
    let road_and_plot = find_at(101.0, 21.5, &[]);
    assert_eq!((road_and_plot.kind, road_and_plot.at), (SnapKind::Intersection, point(100.0, 20.0)));
    let roads = find_at(119.0, 19.0, &[]);
    assert_eq!((roads.kind, roads.at), (SnapKind::Intersection, point(120.0, 20.0)));
    assert_eq!(find_at(110.3, 20.5, &[]).kind, SnapKind::Edge, "of the road between");
    assert_eq!(find_at(121.0, 79.0, &[]).kind, SnapKind::Vertex, "the end of a line is one");
}

#[test]
fn of_a_long_line_around_the_site_every_corner_catches() {
    let mut project = Project::new("P", Origin::new(4.3, 50.8), "A");
    let ring: Vec<Point> = (0..5_000).map(bank).collect();
    let shape = ContextShape::Area(Outline::from_points(ring.iter().copied()));
    let (name, kind, extra) = (String::new(), ContextKind::Water, Extra::default());
    project.context.insert(Context { id: Id(10), name, kind, shape, height_m: None, credit: String::new(), extra });
    let (index, context) = (Index::default(), Index::of_context(&project));
    let variant = &project.variants[0];
    for corner in ring.iter().step_by(37).chain(ring.last()) {
        let target = Target {
            project: &project,
            variant,
            index: &index,
            context: &context,
            map: None,
            px_per_m: 40.0,
            sight: Sight { layers: &project.layers, only: None },
            without: &[],
            drawn: &[],
            held: None,
            lock: Lock::Free,
            reference: None,
            axes: Axes::default(),
            off: &SnapOff::default(),
            suspended: false,
        };
        let snap = find(&target, *corner + Point { x: 0.05, y: 0.05 });
        assert_eq!((snap.kind, snap.at), (SnapKind::Vertex, *corner));
    }
    // The last edge, from the end of the ring to its beginning, too.
    let middle = (ring[0] + ring[4_999]) / 2.0;
    assert_eq!(context.runs_meeting(crate::geometry::Bounds { min: middle, max: middle }).len(), 1);
}

/// A bank that winds round the site.
fn bank(i: u32) -> Point {
    let turn = f64::from(i) / 5_000.0 * std::f64::consts::TAU;
    let out_m = 2_000.0 + 50.0 * (turn * 90.0).sin();
    point(out_m * turn.cos(), out_m * turn.sin())
}

#[test]
fn a_line_meets_an_edge_squarely() {
    let foot = find_at(33.4, 0.5, &[point(33.0, 12.0)]);
    assert_eq!((foot.kind, foot.at), (SnapKind::Foot, point(33.0, 0.0)));
    assert_eq!(find_at(38.0, 0.5, &[point(33.0, 12.0)]).kind, SnapKind::Edge, "four metres on it is only the edge");
    // A line that goes on square to the last one ends on the edge it meets.
    let drawn = [point(20.0, 50.0), point(70.0, 40.0)];
    let meets = find_at(62.3, 0.4, &drawn);
    assert_eq!(meets.kind, SnapKind::Intersection);
    let (a, b) = (drawn[1] - drawn[0], meets.at - drawn[1]);
    assert!((a.x * b.x + a.y * b.y).abs() < 1e-6 && meets.at.y.abs() < 1e-9, "{meets:?}");
}

#[test]
fn what_has_caught_the_pointer_lets_it_go_later() {
    // Twelve pixels at four a metre are three metres; sixteen are four.
    let caught = find_at(2.9, -0.1, &[]);
    assert_eq!(caught.kind, SnapKind::Vertex);
    assert_eq!(find_at(3.5, -0.1, &[]).kind, SnapKind::Edge);
    assert_eq!(find_held(Point { x: 3.5, y: -0.1 }, &[], Some(caught)).kind, SnapKind::Vertex);
    assert_eq!(find_held(Point { x: 4.1, y: -0.1 }, &[], Some(caught)).kind, SnapKind::Edge);
}

#[test]
fn a_corner_beats_an_edge_and_an_edge_beats_the_grid() {
    assert_eq!(find_at(1.0, 1.0, &[]).kind, SnapKind::Vertex);
    assert_eq!(find_at(49.0, 1.0, &[]).at, point(50.0, 0.0), "the middle of the south edge");
    let edge = find_at(20.3, 1.0, &[]);
    assert_eq!((edge.kind, edge.at), (SnapKind::Edge, Point { x: 20.3, y: 0.0 }));
    assert_eq!(find_at(20.3, 30.4, &[]).at, point(20.0, 30.0), "whole metres at four pixels a metre");
}

#[test]
fn a_line_turns_square_and_closes_on_its_start() {
    let drawn = [point(20.0, 20.0), point(30.0, 25.0)];
    let square = find_at(21.5, 42.4, &drawn);
    assert_eq!(square.kind, SnapKind::Square);
    let (a, b) = (drawn[1] - drawn[0], square.at - drawn[1]);
    assert!((a.x * b.x + a.y * b.y).abs() < 1e-5, "square to the first line");
    let equal = find_at(25.6, 34.9, &drawn);
    assert_eq!((equal.kind, equal.at), (SnapKind::Equal, point(25.0, 35.0)), "as long as the first side");
    let closing = [point(20.0, 20.0), point(40.0, 20.0), point(40.0, 40.0)];
    assert_eq!(find_at(20.5, 20.5, &closing).kind, SnapKind::Close);
}

#[test]
fn the_grid_follows_the_zoom() {
    assert_eq!(grid_step_m(4.0), 1.0);
    assert_eq!(grid_step_m(40.0), 0.1);
    assert_eq!(grid_step_m(0.1), 50.0);
}

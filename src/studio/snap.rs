//! Where a point wants to be: on a corner, in the middle of an edge, on an edge, square to the last line, on the grid.
//!
//! Distances are in screen pixels, so that snapping feels the same at every zoom. The nearest wins within a rank; a
//! better rank wins within the radius.

use super::index::{Index, Kind};
use crate::geometry::{Bounds, Outline, Point, distance_m, nearest_on_segment, point};
use crate::model::{Id, Variant};

/// How near a point must come to be caught, in logical pixels (`control.snap_radius` of the look).
const RADIUS_PX: f64 = 12.0;

/// What a point was caught by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SnapKind {
    /// The first point of the line being drawn: a click closes it.
    Close,
    /// A corner.
    Vertex,
    /// The middle of an edge.
    Midpoint,
    /// An edge.
    Edge,
    /// Square to the line before, or in its direction.
    Square,
    /// The grid.
    Grid,
}

impl SnapKind {
    /// The message key of its name at the cursor.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Close => "snap-close",
            Self::Vertex => "snap-vertex",
            Self::Midpoint => "snap-midpoint",
            Self::Edge => "snap-edge",
            Self::Square => "snap-square",
            Self::Grid => "snap-grid",
        }
    }
}

/// A point found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// Where.
    pub at: Point,
    /// By what.
    pub kind: SnapKind,
    /// Of which thing.
    pub of: Option<Id>,
}

/// What is to be caught by.
pub struct Target<'a> {
    /// The variant.
    pub variant: &'a Variant,
    /// Its index.
    pub index: &'a Index,
    /// Logical pixels per metre.
    pub px_per_m: f64,
    /// Things that do not count: what is being dragged.
    pub without: &'a [Id],
    /// The points of the line being drawn.
    pub drawn: &'a [Point],
    /// Whether nothing shall catch but the grid of millimetres.
    pub suspended: bool,
}

/// Where the pointer at `at` means to be.
#[must_use]
pub fn find(target: &Target<'_>, at: Point) -> Snap {
    if target.suspended {
        let mm = |value: f64| (value * 1000.0).round() / 1000.0;
        return Snap { at: point(mm(at.x), mm(at.y)), kind: SnapKind::Grid, of: None };
    }
    let reach_m = RADIUS_PX / target.px_per_m;
    let mut best: Option<(SnapKind, f64, Snap)> = None;
    let mut offer = |snap: Snap| {
        let distance = distance_m(at, snap.at);
        if distance <= reach_m && best.as_ref().is_none_or(|(kind, d, _)| (snap.kind, distance) < (*kind, *d)) {
            best = Some((snap.kind, distance, snap));
        }
    };
    if let Some(&first) = target.drawn.first().filter(|_| target.drawn.len() >= 3) {
        offer(Snap { at: first, kind: SnapKind::Close, of: None });
    }
    let around = Bounds { min: at, max: at }.grown(reach_m);
    for (kind, id) in target.index.meeting(around) {
        if target.without.contains(&id) {
            continue;
        }
        if let Some(outline) = outline_of(target.variant, kind, id) {
            for (a, b) in outline.edges() {
                offer(Snap { at: a, kind: SnapKind::Vertex, of: Some(id) });
                offer(Snap { at: (a + b) / 2.0, kind: SnapKind::Midpoint, of: Some(id) });
                offer(Snap { at: nearest_on_segment(at, a, b), kind: SnapKind::Edge, of: Some(id) });
            }
        }
    }
    if let [.., before, last] = target.drawn {
        for foot in square_feet(*before, *last, at) {
            offer(Snap {
                at: on_grid_along(*last, foot, grid_step_m(target.px_per_m)),
                kind: SnapKind::Square,
                of: None,
            });
        }
    }
    best.map_or_else(|| grid(at, grid_step_m(target.px_per_m)), |(_, _, snap)| snap)
}

fn outline_of(variant: &Variant, kind: Kind, id: Id) -> Option<&Outline> {
    match kind {
        Kind::Plot => variant.plots.get(id).map(|plot| &plot.outline),
        Kind::Volume => variant.volumes.get(id).map(|volume| &volume.footprint),
        Kind::Surface => variant.surfaces.get(id).map(|surface| &surface.outline),
        Kind::Pin => None,
    }
}

/// The feet of `at` on the line through `last` that goes on from `before` and on the one square to it.
fn square_feet(before: Point, last: Point, at: Point) -> [Point; 2] {
    let length = distance_m(before, last).max(f64::MIN_POSITIVE);
    let along = (last - before) / length;
    let across = Point { x: -along.y, y: along.x };
    let d = at - last;
    [along, across].map(|dir| last + dir * (d.x * dir.x + d.y * dir.y))
}

/// `foot` moved along its line from `from` so that the distance is a whole number of grid steps.
fn on_grid_along(from: Point, foot: Point, step_m: f64) -> Point {
    let length = distance_m(from, foot);
    let rounded = (length / step_m).round() * step_m;
    if rounded == 0.0 {
        return from;
    }
    let p = from + (foot - from) * (rounded / length);
    point(p.x, p.y)
}

/// The step of the grid that free points fall on: the least of 0.01, 0.05, 0.1, 0.5, … 100 m that is three pixels or
/// more, so that what is drawn freely has whole measures without feeling stiff.
#[must_use]
pub fn grid_step_m(px_per_m: f64) -> f64 {
    const STEPS_M: [f64; 9] = [0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 50.0, 100.0];
    const STEP_PX: f64 = 3.0;
    STEPS_M.into_iter().find(|step| step * px_per_m >= STEP_PX).unwrap_or(100.0)
}

fn grid(at: Point, step_m: f64) -> Snap {
    // Dividing by the inverse keeps 0.1 m steps free of noise digits.
    let per_m = (1.0 / step_m).round().max(1.0);
    let on =
        |value: f64| if step_m < 1.0 { (value * per_m).round() / per_m } else { (value / step_m).round() * step_m };
    Snap { at: point(on(at.x), on(at.y)), kind: SnapKind::Grid, of: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Plot;

    fn variant() -> Variant {
        let mut variant = Variant::new(Id(1), "A");
        variant.plots.insert(Plot::new(Id(2), "P", Outline::rectangle(point(0.0, 0.0), point(100.0, 80.0))));
        variant
    }

    fn find_at(x: f64, y: f64, drawn: &[Point]) -> Snap {
        let variant = variant();
        let index = Index::new(&variant);
        let target = Target { variant: &variant, index: &index, px_per_m: 4.0, without: &[], drawn, suspended: false };
        find(&target, Point { x, y })
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
        let square = find_at(25.6, 34.9, &drawn);
        assert_eq!(square.kind, SnapKind::Square);
        let (a, b) = (drawn[1] - drawn[0], square.at - drawn[1]);
        assert!((a.x * b.x + a.y * b.y).abs() < 1e-5, "square to the first line");
        let closing = [point(20.0, 20.0), point(40.0, 20.0), point(40.0, 40.0)];
        assert_eq!(find_at(20.5, 20.5, &closing).kind, SnapKind::Close);
    }

    #[test]
    fn the_grid_follows_the_zoom() {
        assert_eq!(grid_step_m(4.0), 1.0);
        assert_eq!(grid_step_m(40.0), 0.1);
        assert_eq!(grid_step_m(0.1), 50.0);
    }
}

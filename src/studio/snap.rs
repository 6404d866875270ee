//! Where a point wants to be: on a corner, where edges cross, in the middle of one, square on one, on one or on beyond its end,
//! square to the last line, parallel to a reference, along the project's axes, on the grid. Context counts like everything
//! else.
//!
//! Distances are in screen pixels, so that snapping feels the same at every zoom. The nearest wins within a rank; a
//! better rank wins within the radius; what has caught the pointer lets it go a little later.

mod kinds;
mod lines;
mod lock;
mod moving;
mod near;

pub use kinds::{SnapKind, SnapOff, SnapSwitch};
pub use lock::Lock;
pub use moving::{Moved, find_shift};

use super::index::{Index, Kind};
use super::map_edges::MapEdges;
use super::sight::Sight;
use crate::geometry::{Point, TOLERANCE_M, direction, distance_m, nearest_on_segment, point};
use crate::model::{Axes, Id, LayerKind, Project, Variant};
use lines::{Path, lengths_m, paths};
use near::{Edge, near_edges};

/// How near a point must come to be caught, in logical pixels (`control.snap_radius` of the look).
pub const RADIUS_PX: f64 = 12.0;

/// How far it must go to be let go again, in logical pixels (`control.snap_release`): a sign that flickers says nothing.
const RELEASE_PX: f64 = 16.0;

/// A point found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// Where.
    pub at: Point,
    /// By what.
    pub kind: SnapKind,
    /// Of which thing.
    pub of: Option<Id>,
    /// The line that is held, while one is.
    pub along: Option<Held>,
    /// The edge or line that it was taken from.
    pub guide: Option<Line>,
}

/// A line by two of its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Where it was begun.
    pub from: Point,
    /// Where it leads.
    pub to: Point,
}

/// A line that is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// The line.
    pub line: Line,
    /// The last point drawn when it was taken hold of: from another point it is over.
    pub last: Option<Point>,
}

/// What is to be caught by.
pub struct Target<'a> {
    /// The project.
    pub project: &'a Project,
    /// The variant.
    pub variant: &'a Variant,
    /// Where things are in it.
    pub index: &'a Index,
    /// Where things are around it.
    pub context: &'a Index,
    /// The lines of the built-in map, while it is shown.
    pub map: Option<&'a MapEdges>,
    /// Logical pixels per metre.
    pub px_per_m: f64,
    /// What is seen: only that catches.
    pub sight: Sight<'a>,
    /// Things that do not count: what is being dragged.
    pub without: &'a [Id],
    /// The points of the line being drawn.
    pub drawn: &'a [Point],
    /// What the pointer was caught by a moment ago: it is let go later than it was caught.
    pub held: Option<Snap>,
    /// The line that the point shall stay on.
    pub lock: Lock,
    /// The edge that others shall be parallel or square to.
    pub reference: Option<Line>,
    /// The project's axes.
    pub axes: Axes,
    /// What is switched off.
    pub off: &'a SnapOff,
    /// Whether nothing shall catch but the grid of millimetres.
    pub suspended: bool,
}

impl Target<'_> {
    /// Whether a thing catches.
    fn counts(&self, kind: Kind, id: Id) -> bool {
        !self.without.contains(&id) && self.sight.shows(kind, id)
    }

    /// Whether what stands around the site catches; while some things are isolated it is out of sight.
    fn has_context(&self) -> bool {
        let layers = self.sight.layers;
        !self.off.kinds.contains(&SnapSwitch::Context) && layers.shows(LayerKind::Context) && self.sight.only.is_none()
    }

    fn step_m(&self) -> f64 {
        grid_step_m(self.px_per_m)
    }
}

/// Where the pointer at `at` means to be.
#[must_use]
pub fn find(target: &Target<'_>, at: Point) -> Snap {
    if let Some(snap) = lock::find(target, at) {
        return snap;
    }
    const MILLIMETRE_M: f64 = 0.001;
    let mut best = Best::new(target, at);
    if let Some(&first) = target.drawn.first().filter(|_| target.drawn.len() >= 3 && !target.suspended) {
        best.offer(first, SnapKind::Close, None, None);
    }
    if target.suspended || target.off.all {
        return best.found.map_or_else(|| grid(target.axes, at, MILLIMETRE_M), |(_, snap)| snap);
    }
    let near = near_edges(target, at, best.release_m);
    for edge in &near {
        offer_edge(&mut best, edge, target.drawn.last().copied());
    }
    // Each pair is looked at: where very many edges lie under the pointer, crossings are too near to be meant.
    const MOST_CROSSED: usize = 32;
    let crossed = &near[..near.len().min(MOST_CROSSED)];
    for (i, one) in crossed.iter().enumerate() {
        for other in &crossed[i + 1..] {
            // Where both end it is a corner.
            let is_corner = |at: &Point| one.ends_at(*at) && other.ends_at(*at);
            if let Some(at) = crossing(one, other).filter(|at| !is_corner(at)) {
                best.offer(at, SnapKind::Intersection, Some(one.of), None);
            }
        }
    }
    offer_paths(target, &mut best, crossed);
    let step_m = if target.off.allows(SnapKind::Grid) { target.step_m() } else { MILLIMETRE_M };
    best.found.map_or_else(|| grid(target.axes, at, step_m), |(_, snap)| snap)
}

/// The edge nearest to `at`, within reach.
#[must_use]
pub fn edge_at(target: &Target<'_>, at: Point) -> Option<Line> {
    nearest_edge(target, at, |edge| !target.variant.marks.contains(edge.of)).map(Edge::line)
}

/// The edge nearest to `at`, within reach, or of a guide line, which has no ends, a piece about there.
#[must_use]
pub fn edge_or_guide_at(target: &Target<'_>, at: Point) -> Option<Line> {
    const HALF_PIECE_M: f64 = 10.0;
    let nearest = nearest_edge(target, at, |_| true)?;
    let line = nearest.line();
    let dir = direction(line.to - line.from).filter(|_| target.variant.marks.contains(nearest.of));
    let foot = nearest_on_segment(at, line.from, line.to);
    Some(dir.map_or(line, |dir| Line { from: foot - dir * HALF_PIECE_M, to: foot + dir * HALF_PIECE_M }))
}

fn nearest_edge(target: &Target<'_>, at: Point, may_be: impl Fn(&Edge) -> bool) -> Option<Edge> {
    let far_m = |edge: &Edge| distance_m(at, nearest_on_segment(at, edge.a, edge.b));
    let mut near = near_edges(target, at, RADIUS_PX / target.px_per_m);
    near.retain(may_be);
    near.into_iter().min_by(|x, y| far_m(x).total_cmp(&far_m(y)))
}

fn offer_edge(best: &mut Best<'_>, edge: &Edge, last: Option<Point>) {
    let (a, b, of) = (edge.a, edge.b, Some(edge.of));
    let itself = Some(edge.line());
    best.offer(a, SnapKind::Vertex, of, None);
    best.offer(b, SnapKind::Vertex, of, None);
    best.offer((a + b) / 2.0, SnapKind::Midpoint, of, itself);
    best.offer(nearest_on_segment(best.at, a, b), SnapKind::Edge, of, itself);
    if let Some(foot) = last.and_then(|last| foot_on_segment(last, a, b)) {
        best.offer(foot, SnapKind::Foot, of, itself);
    }
}

/// Offers the lines that the drawing could go on along, where they cross one another and edges, and lengths on them.
fn offer_paths(target: &Target<'_>, best: &mut Best<'_>, crossed: &[Edge]) {
    let at = best.at;
    let reach_m = best.release_m;
    let feet = paths(target, at).into_iter().filter_map(|path| Some((path, path.foot(at)?)));
    let near: Vec<(Path, Point)> = feet.filter(|(_, foot)| distance_m(*foot, at) <= reach_m).collect();
    let lengths_m = if target.off.allows(SnapKind::Equal) { lengths_m(target) } else { Vec::new() };
    for (i, (path, foot)) in near.iter().enumerate() {
        let guide = Some(path.guide);
        // Extensions end where they will; lines from the last point have whole measures.
        let whole = if path.both_ways && target.off.allows(SnapKind::Grid) {
            on_grid_along(path.from, *foot, target.step_m())
        } else {
            *foot
        };
        best.offer(whole, path.kind, None, guide);
        let here = Edge { a: *foot - path.dir * (2.0 * reach_m), b: *foot + path.dir * (2.0 * reach_m), of: Id(0) };
        for edge in crossed {
            // Squarely from the last point it is the foot, which says more.
            let is_foot = path.both_ways && is_square(path.dir, edge.b - edge.a);
            if let Some(at) = crossing(&here, edge).filter(|_| !is_foot) {
                best.offer(at, SnapKind::Intersection, Some(edge.of), guide);
            }
        }
        for (other, there) in &near[i + 1..] {
            // Lines through one and the same point cross there and nowhere else.
            if distance_m(other.from, path.from) > TOLERANCE_M {
                let reach = other.dir * (2.0 * reach_m);
                if let Some(at) = crossing(&here, &Edge { a: *there - reach, b: *there + reach, of: Id(0) }) {
                    best.offer(at, SnapKind::Intersection, None, guide);
                }
            }
        }
        if path.both_ways {
            let ahead =
                if (*foot - path.from).x * path.dir.x + (*foot - path.from).y * path.dir.y < 0.0 { -1.0 } else { 1.0 };
            for length_m in &lengths_m {
                best.offer(path.from + path.dir * (ahead * length_m), SnapKind::Equal, None, guide);
            }
        }
    }
}

/// The best of what is offered: the strongest kind, and the nearest of it.
struct Best<'a> {
    at: Point,
    reach_m: f64,
    release_m: f64,
    held: Option<Snap>,
    off: &'a SnapOff,
    found: Option<(f64, Snap)>,
}

impl<'a> Best<'a> {
    fn new(target: &Target<'a>, at: Point) -> Self {
        let (reach_m, release_m) = (RADIUS_PX / target.px_per_m, RELEASE_PX / target.px_per_m);
        Self { at, reach_m, release_m, held: target.held, off: target.off, found: None }
    }

    fn offer(&mut self, at: Point, kind: SnapKind, of: Option<Id>, guide: Option<Line>) {
        // A point on a line goes along with the pointer: there it is the line that holds.
        let is_same = |held: Snap| {
            let slides = kind.slides() && (held.of, held.guide) == (of, guide);
            held.kind == kind && (slides || distance_m(held.at, at) < TOLERANCE_M)
        };
        let is_held = self.held.is_some_and(is_same);
        // What holds the pointer already counts as that much nearer.
        let head_start_m = if is_held { self.release_m - self.reach_m } else { 0.0 };
        let far_m = distance_m(self.at, at) - head_start_m;
        let is_better = |(best_m, best): &(f64, Snap)| (kind, far_m) < (best.kind, *best_m);
        if far_m <= self.reach_m && self.off.allows(kind) && self.found.as_ref().is_none_or(is_better) {
            self.found = Some((far_m, Snap { at, kind, of, along: None, guide }));
        }
    }
}

fn is_square(dir: Point, d: Point) -> bool {
    (dir.x * d.x + dir.y * d.y).abs() < 1e-6 * d.x.hypot(d.y)
}

/// Where a line from `from` meets the segment squarely, if it does.
fn foot_on_segment(from: Point, a: Point, b: Point) -> Option<Point> {
    let (d, e) = (b - a, from - a);
    let length2 = d.x * d.x + d.y * d.y;
    let part = (d.x * e.x + d.y * e.y) / length2;
    ((0.0..=1.0).contains(&part) && part.is_finite()).then(|| a + d * part)
}

/// Where two segments cross; `None` for those that merely run along one another.
fn crossing(one: &Edge, other: &Edge) -> Option<Point> {
    let (d, e) = (one.b - one.a, other.b - other.a);
    let across = d.x * e.y - d.y * e.x;
    let apart = other.a - one.a;
    let (s, t) = ((apart.x * e.y - apart.y * e.x) / across, (apart.x * d.y - apart.y * d.x) / across);
    let within = |part: f64| (-1e-9..=1.0 + 1e-9).contains(&part);
    (within(s) && within(t)).then(|| one.a + d * s)
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

/// The nearest whole number of steps.
fn on_step(value: f64, step_m: f64) -> f64 {
    // Dividing by the inverse keeps 0.1 m steps free of noise digits.
    let per_m = (1.0 / step_m).round().max(1.0);
    if step_m < 1.0 { (value * per_m).round() / per_m } else { (value / step_m).round() * step_m }
}

/// A free point on the grid, which lies along the project's axes.
fn grid(axes: Axes, at: Point, step_m: f64) -> Snap {
    let own = axes.own_from_local(at);
    let at = axes.local_from_own(Point { x: on_step(own.x, step_m), y: on_step(own.y, step_m) });
    Snap { at: point(at.x, at.y), kind: SnapKind::Grid, of: None, along: None, guide: None }
}

#[cfg(test)]
mod tests;

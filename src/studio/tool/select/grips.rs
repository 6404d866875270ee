//! What can be gripped of the selected shapes: corners, the middles of edges, edges.

use super::super::{Ctx, GRIP_PX, HandleKind};
use crate::geometry::{Point, Ring, VertexAt, bearing_deg, distance_m, nearest_on_segment};
use crate::model::Id;

/// How near the pointer must be to an edge to grip it, in logical pixels: less than for a corner, for an edge is long.
const EDGE_PX: f64 = 5.0;

/// How long an edge must be on the screen to be gripped, or to have a handle on its middle: the chords of a curve are
/// taken hold of by coming nearer.
const CHORD_PX: f64 = 24.0;

/// Something to grip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GripKind {
    /// A corner: it is moved, or deleted.
    Vertex,
    /// The middle of an edge: a new corner is pulled out of it.
    Midpoint,
    /// An edge: it is moved parallel to itself, or pulled out.
    Edge,
}

/// A corner, or the edge that starts there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grip {
    pub id: Id,
    pub at: VertexAt,
    pub kind: GripKind,
}

impl Grip {
    /// The handle that shows it, if it has one.
    pub fn handle(self) -> Option<HandleKind> {
        match self.kind {
            GripKind::Vertex => Some(HandleKind::Vertex),
            GripKind::Midpoint => Some(HandleKind::Midpoint),
            GripKind::Edge => None,
        }
    }
}

/// The grips of the selection that have a handle, and where: of one or a few shapes, so that a large selection stays
/// readable, and on curves only where there is room.
pub fn handles<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = (Grip, Point)> + 'a {
    edges(ctx).flat_map(|Edge { id, at, a, b, before }| {
        let (into_px, on_px) = (ctx.distance_px(before, a), ctx.distance_px(a, b));
        let turns = !is_smooth(before, a, b);
        let corner = (turns || into_px.min(on_px) >= CHORD_PX).then_some((Grip { id, at, kind: GripKind::Vertex }, a));
        let middle = Grip { id, at, kind: GripKind::Midpoint };
        corner.into_iter().chain((on_px >= CHORD_PX).then_some((middle, (a + b) / 2.0)))
    })
}

/// An edge of a selected shape.
struct Edge {
    id: Id,
    at: VertexAt,
    a: Point,
    b: Point,
    /// Where the edge before it starts.
    before: Point,
}

/// The edges of the selection.
fn edges<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = Edge> + 'a {
    const MOST_SHAPES: usize = 4;
    let few = ctx.selection.len() <= MOST_SHAPES;
    let outlines = ctx.selection.ids().filter(move |_| few).filter_map(|id| Some((id, ctx.outline(id)?)));
    outlines.flat_map(|(id, outline)| {
        outline.rings().iter().map(Ring::points).enumerate().flat_map(move |(ring, points)| {
            let n = points.len();
            (0..n).map(move |index| Edge {
                id,
                at: VertexAt { ring, index },
                a: points[index],
                b: points[(index + 1) % n],
                before: points[(index + n - 1) % n],
            })
        })
    })
}

/// Whether a line goes through `at` without a corner that one would want to take hold of: a chord of a curve to the next.
fn is_smooth(before: Point, at: Point, after: Point) -> bool {
    const CORNER_DEG: f64 = 25.0;
    let turn_deg = (bearing_deg(at, after) - bearing_deg(before, at) + 180.0).rem_euclid(360.0) - 180.0;
    turn_deg.abs() < CORNER_DEG
}

/// The grip at a place, and where it is: a corner before the middle of an edge, and both before the edge.
pub fn grip_at(ctx: &Ctx<'_>, world: Point) -> Option<(Grip, Point)> {
    let near = handles(ctx).filter(|(_, at)| ctx.distance_px(*at, world) <= GRIP_PX);
    let handle = near.min_by(|(a, p), (b, q)| {
        let rank = |grip: &Grip| u8::from(grip.kind == GripKind::Midpoint);
        rank(a).cmp(&rank(b)).then(distance_m(*p, world).total_cmp(&distance_m(*q, world)))
    });
    handle.or_else(|| {
        let long = edges(ctx).filter(|edge| ctx.distance_px(edge.a, edge.b) >= CHORD_PX);
        let on = long
            .map(|Edge { id, at, a, b, .. }| (Grip { id, at, kind: GripKind::Edge }, nearest_on_segment(world, a, b)));
        let near = on.filter(|(_, p)| ctx.distance_px(*p, world) <= EDGE_PX);
        near.min_by(|(_, p), (_, q)| distance_m(*p, world).total_cmp(&distance_m(*q, world)))
    })
}

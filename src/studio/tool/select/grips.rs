//! What can be gripped of the selected shapes: corners, the middles of edges, edges.

use super::super::{Ctx, GRIP_PX, HandleKind};
use crate::geometry::{Point, VertexAt, distance_m, nearest_on_segment};
use crate::model::Id;

/// How near the pointer must be to an edge to grip it, in logical pixels: less than for a corner, for an edge is long.
const EDGE_PX: f64 = 5.0;

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

/// The grips of the selection that have a handle, and where: of one or a few shapes, so that a large selection stays readable.
pub fn handles<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = (Grip, Point)> + 'a {
    edges(ctx).flat_map(|(id, at, a, b)| {
        [(Grip { id, at, kind: GripKind::Vertex }, a), (Grip { id, at, kind: GripKind::Midpoint }, (a + b) / 2.0)]
    })
}

/// The edges of the selection, each with its two ends.
fn edges<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = (Id, VertexAt, Point, Point)> + 'a {
    const MOST_SHAPES: usize = 4;
    let few = ctx.selection.len() <= MOST_SHAPES;
    let outlines = ctx.selection.ids().filter(move |_| few).filter_map(|id| Some((id, ctx.outline(id)?)));
    outlines.flat_map(|(id, outline)| {
        outline.vertices().filter_map(move |(at, _)| {
            let (a, b) = outline.edge(at)?;
            Some((id, at, a, b))
        })
    })
}

/// The grip at a place, and where it is: a corner before the middle of an edge, and both before the edge.
pub fn grip_at(ctx: &Ctx<'_>, world: Point) -> Option<(Grip, Point)> {
    let near = handles(ctx).filter(|(_, at)| ctx.distance_px(*at, world) <= GRIP_PX);
    let handle = near.min_by(|(a, p), (b, q)| {
        let rank = |grip: &Grip| u8::from(grip.kind == GripKind::Midpoint);
        rank(a).cmp(&rank(b)).then(distance_m(*p, world).total_cmp(&distance_m(*q, world)))
    });
    handle.or_else(|| {
        let on = edges(ctx).map(|(id, at, a, b)| {
            let p = nearest_on_segment(world, a, b);
            (Grip { id, at, kind: GripKind::Edge }, p)
        });
        let near = on.filter(|(_, p)| ctx.distance_px(*p, world) <= EDGE_PX);
        near.min_by(|(_, p), (_, q)| distance_m(*p, world).total_cmp(&distance_m(*q, world)))
    })
}

//! Pulling a corner or an edge of a shape: what the shape becomes, from what it was when the pull began.

use super::super::{Ctx, Dimension, Field, FieldKind, Overlay, OverlayLine, OverlayPen, Pointer};
use super::grips::{Grip, GripKind};
use crate::geometry::{Outline, Point, Ring, VertexAt, bearing_deg, distance_m};
use crate::studio::snap::{Snap, SnapKind, grid_step_m};

/// A pull under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    pub grip: Grip,
    /// The shape before it.
    before: Outline,
    /// Where it was gripped.
    from: Point,
    /// An edge is pulled out square instead of moved.
    pub extrudes: bool,
    /// How far an edge has come, outwards positive, in metres.
    by_m: f64,
    /// The shape cannot be pulled so far: it would cross itself.
    pub refused: bool,
}

impl Pull {
    pub fn new(grip: Grip, from: Point, before: Outline) -> Self {
        Self { grip, before, from, extrudes: false, by_m: 0.0, refused: false }
    }

    /// The name of the edit.
    pub fn key(&self) -> &'static str {
        match (self.grip.kind, self.extrudes) {
            (GripKind::Vertex, _) => "edit-move-vertex",
            (GripKind::Midpoint, _) => "edit-insert-vertex",
            (GripKind::Edge, false) => "edit-move-edge",
            (GripKind::Edge, true) => "edit-extrude-edge",
        }
    }

    /// The corner that follows the pointer, in the shape as it becomes.
    fn vertex(&self) -> VertexAt {
        let VertexAt { ring, index } = self.grip.at;
        VertexAt { ring, index: index + usize::from(self.grip.kind == GripKind::Midpoint) }
    }

    /// What the shape becomes for a pointer, and by what the pointer was caught; `None` where it cannot be.
    pub fn to(&mut self, pointer: Pointer, held: Option<Snap>, ctx: &Ctx<'_>) -> (Snap, Option<Outline>) {
        let (snap, outline) = match self.grip.kind {
            GripKind::Vertex | GripKind::Midpoint => self.corner_to(pointer, held, ctx),
            GripKind::Edge => self.edge_to(pointer, held, ctx),
        };
        self.refused = outline.is_none();
        (snap, outline)
    }

    fn corner_to(&self, pointer: Pointer, held: Option<Snap>, ctx: &Ctx<'_>) -> (Snap, Option<Outline>) {
        let at = self.grip.at;
        let ring = self.before.rings().get(at.ring).map_or(&[][..], Ring::points);
        let n = ring.len().max(1);
        let was = ring.get(at.index).copied().unwrap_or(self.from);
        // A typed length is that of the edge before it; else axes and Shift go from where it was.
        let before = if self.grip.kind == GripKind::Midpoint {
            was
        } else {
            ring.get((at.index + n - 1) % n).copied().unwrap_or(was)
        };
        let typed = ctx.typed.get(FieldKind::Length).is_some() || ctx.typed.get(FieldKind::Bearing).is_some();
        let drawn = [if typed || self.grip.kind == GripKind::Midpoint { before } else { was }];
        let snap = ctx.place(pointer, &drawn, &[self.grip.id], held);
        let outline = match self.grip.kind {
            GripKind::Midpoint => self.before.with_vertex_after(at, snap.at),
            _ => self.before.with_vertex(at, snap.at),
        };
        (snap, outline)
    }

    fn edge_to(&mut self, pointer: Pointer, held: Option<Snap>, ctx: &Ctx<'_>) -> (Snap, Option<Outline>) {
        self.extrudes = pointer.alt;
        let snap = ctx.snap(pointer, &[], &[self.grip.id], held);
        let Some((a, b)) = self.before.edge(self.grip.at) else { return (snap, None) };
        let length_m = distance_m(a, b);
        // Rings run so that the right of an edge is outside.
        let out = Point { x: (b - a).y / length_m, y: -(b - a).x / length_m };
        let outwards_m = |d: Point| d.x * out.x + d.y * out.y;
        let pointed_m = if snap.kind == SnapKind::Grid {
            let step_m = if pointer.ctrl { 0.001 } else { grid_step_m(ctx.px_per_m) };
            (outwards_m(pointer.world - self.from) / step_m).round() * step_m
        } else {
            outwards_m(snap.at - a)
        };
        // Where the pointer is says in or out; a minus turns it round.
        let typed_m = ctx.typed.get(FieldKind::Distance).map(|far_m| if pointed_m < 0.0 { -far_m } else { far_m });
        self.by_m = typed_m.unwrap_or(pointed_m);
        let outline = if self.extrudes {
            self.before.with_edge_extruded(self.grip.at, self.by_m)
        } else {
            self.before.with_edge_moved(self.grip.at, self.by_m)
        };
        (snap, outline)
    }

    /// What shall be seen of it: lengths of what changes, and the measures at the cursor.
    pub fn show(&self, overlay: &mut Overlay, ctx: &Ctx<'_>) {
        let Some(outline) = ctx.outline(self.grip.id) else { return };
        let area = Field::new(FieldKind::Area, outline.area_m2());
        let off = outline.inner_point();
        let mut dimension = |a: Point, b: Point, off: Option<Point>| {
            overlay.dimensions.push(Dimension { a, b, length_m: distance_m(a, b), off });
        };
        if self.grip.kind == GripKind::Edge {
            if let Some((a, b)) = self.before.edge(self.grip.at) {
                let length_m = distance_m(a, b);
                let out = Point { x: (b - a).y / length_m, y: -(b - a).x / length_m } * self.by_m;
                overlay.lines.push(OverlayLine { points: vec![a, b], closed: false, pen: OverlayPen::Guide });
                if self.refused {
                    let wanted = if self.extrudes { vec![a, a + out, b + out, b] } else { vec![a + out, b + out] };
                    overlay.lines.push(OverlayLine { points: wanted, closed: false, pen: OverlayPen::Refused });
                }
                dimension(a, a + out, off);
                dimension(a + out, b + out, off);
            }
            overlay.readout = vec![Field::new(FieldKind::Distance, self.by_m), area];
            return;
        }
        let at = self.vertex();
        let Some(ring) = outline.rings().get(at.ring).map(Ring::points) else { return };
        let n = ring.len();
        let Some(&p) = ring.get(at.index) else { return };
        let (a, b) = (ring[(at.index + n - 1) % n], ring[(at.index + 1) % n]);
        dimension(a, p, None);
        dimension(p, b, None);
        overlay.readout = vec![
            Field::new(FieldKind::Length, distance_m(a, p)),
            Field::new(FieldKind::Bearing, bearing_deg(a, p)),
            area,
        ];
    }
}

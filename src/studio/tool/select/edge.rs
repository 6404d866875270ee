//! An edge under the pointer, and giving it a length.

use super::super::overlay::{Handle, HandleKind, Overlay, OverlayLine, OverlayPen, rings};
use super::super::{Ctx, Field, FieldKind};
use super::grips::Grip;
use crate::geometry::{Keep, Outline, Point, distance_m};

/// An edge under the pointer, that can be given a length.
pub struct HotEdge {
    pub grip: Grip,
    pub a: Point,
    pub b: Point,
    /// The end that stays: the one that is farther from the pointer.
    pub keep: Keep,
}

impl HotEdge {
    /// The shape with this edge so long.
    pub fn with_length(&self, length_m: f64, ctx: &Ctx<'_>) -> Option<Outline> {
        ctx.outline(self.grip.id)?.with_edge_length(self.grip.at, length_m, self.keep)
    }

    /// The edge, its length, the end that a typed length moves, and what comes of it while it is typed.
    pub fn show(&self, overlay: &mut Overlay, ctx: &Ctx<'_>) {
        let (a, b) = (self.a, self.b);
        overlay.lines.push(OverlayLine { points: vec![a, b], closed: false, pen: OverlayPen::Hover });
        overlay.readout = vec![Field::new(FieldKind::Length, distance_m(a, b))];
        let moves = if self.keep == Keep::Start { b } else { a };
        overlay.handles.push(Handle { at: moves, kind: HandleKind::Vertex, hot: true });
        let new = ctx.typed.get(FieldKind::Length).and_then(|length_m| self.with_length(length_m, ctx));
        overlay.lines.extend(new.iter().flat_map(|outline| rings(outline, OverlayPen::Live)));
    }
}

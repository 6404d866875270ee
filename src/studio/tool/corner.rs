//! Cutting or rounding one corner: it is clicked, and how far follows the pointer or is typed; with Alt it is rounded.

use super::overlay::{Handle, HandleKind, Hint, Overlay, OverlayPen, rings};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, GRIP_PX, Machine, Pointer, ToolKind};
use crate::geometry::{Bounds, Corner as CornerCut, FLATTEN_M, Outline, Point, VertexAt, distance_m};
use crate::model::Id;
use crate::studio::reshape::with_outline;
use crate::studio::snap::grid_step_m;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Corner {
    /// The corner under the pointer.
    hover: Option<Found>,
    state: Option<Sizing>,
}

/// A corner of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Found {
    id: Id,
    at: VertexAt,
    point: Point,
}

/// A corner that is being cut.
#[derive(Clone, Debug)]
struct Sizing {
    corner: Found,
    /// Where the button went down, while it is down.
    pressed: Option<Point>,
    /// How far along its edges it is cut, or its radius.
    size_m: f64,
    rounded: bool,
}

impl Machine for Corner {
    fn kind(&self) -> ToolKind {
        ToolKind::Corner
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, self.state.take()) {
            (Event::Move(pointer), None) => {
                self.hover = corner_at(ctx, pointer.world);
                Vec::new()
            }
            (Event::Leave, None) => {
                self.hover = None;
                Vec::new()
            }
            (Event::Press(pointer), None) => {
                let Some(corner) = corner_at(ctx, pointer.world) else {
                    return vec![Effect::Say("say-no-corner-here")];
                };
                let (pressed, rounded) = (Some(pointer.world), pointer.alt);
                self.state = Some(Sizing { corner, pressed, size_m: 0.0, rounded });
                Vec::new()
            }
            (Event::Move(pointer), Some(state)) => {
                self.state = Some(state.to(pointer, ctx));
                Vec::new()
            }
            (Event::Release(pointer), Some(state))
                if state.pressed.is_some_and(|at| ctx.distance_px(at, pointer.world) <= DRAG_PX) =>
            {
                self.state = Some(Sizing { pressed: None, ..state });
                Vec::new()
            }
            (Event::Release(pointer) | Event::Press(pointer) | Event::Set(pointer), Some(state)) => {
                let state = state.to(pointer, ctx);
                let Some(outline) = state.outline(ctx) else { return vec![Effect::Say("say-corner-too-far")] };
                let id = state.corner.id;
                self.hover = None;
                vec![Effect::Apply(with_outline(ctx, id, outline, "edit-corners")), Effect::Select(vec![id])]
            }
            (Event::Escape | Event::Backspace, Some(_)) => Vec::new(),
            (_, state) => {
                self.state = state;
                Vec::new()
            }
        }
    }

    fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Esc", "hint-back")];
        const NEXT: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Alt", "hint-round"), ("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        match self.state {
            None => Hint { key: "hint-corner-first", keys: FIRST },
            Some(_) => Hint { key: "hint-corner-second", keys: NEXT },
        }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay::default();
        let Some(state) = &self.state else {
            let handle = |corner: Found| Handle { at: corner.point, kind: HandleKind::Vertex, hot: true };
            overlay.handles.extend(self.hover.map(handle));
            return overlay;
        };
        let kind = if state.rounded { FieldKind::Radius } else { FieldKind::Length };
        overlay.readout = vec![Field::new(kind, state.size_m)];
        match (state.outline(ctx), ctx.outline(state.corner.id)) {
            (Some(outline), _) => overlay.lines.extend(rings(&outline, OverlayPen::Live)),
            (None, Some(outline)) if state.size_m > 0.0 => overlay.lines.extend(rings(outline, OverlayPen::Refused)),
            _ => {}
        }
        overlay
    }

    fn is_busy(&self) -> bool {
        self.state.is_some()
    }
}

impl Sizing {
    /// As far as the pointer is from the corner, or as typed.
    fn to(self, pointer: Pointer, ctx: &Ctx<'_>) -> Self {
        let away_m = distance_m(self.corner.point, pointer.world);
        let step_m = if pointer.ctrl { 0.001 } else { grid_step_m(ctx.px_per_m) };
        let typed = |kind| ctx.typed.get(kind).map(f64::abs);
        let typed_m = typed(FieldKind::Radius).or_else(|| typed(FieldKind::Length));
        let size_m = typed_m.unwrap_or((away_m / step_m).round() * step_m);
        Self { size_m, rounded: pointer.alt, ..self }
    }

    fn outline(&self, ctx: &Ctx<'_>) -> Option<Outline> {
        let cut = if self.rounded {
            CornerCut::Rounded { radius_m: self.size_m, tolerance_m: FLATTEN_M }
        } else {
            CornerCut::Cut { length_m: self.size_m }
        };
        ctx.outline(self.corner.id)?.with_corner(self.corner.at, cut)
    }
}

/// The corner within reach: of what is selected before others, the nearest first.
fn corner_at(ctx: &Ctx<'_>, at: Point) -> Option<Found> {
    let reach = Bounds { min: at, max: at }.grown(GRIP_PX / ctx.px_per_m);
    let corners = ctx.meeting(reach).into_iter().filter_map(|(_, id)| Some((id, ctx.outline(id)?)));
    let corners = corners.flat_map(|(id, outline)| {
        outline.vertices().map(move |(at, point)| Found { id, at, point }).collect::<Vec<_>>()
    });
    let near = corners.filter(|corner| ctx.distance_px(corner.point, at) <= GRIP_PX);
    near.min_by(|a, b| {
        let rank = |corner: &Found| !ctx.selection.contains(corner.id);
        rank(a).cmp(&rank(b)).then(distance_m(a.point, at).total_cmp(&distance_m(b.point, at)))
    })
}

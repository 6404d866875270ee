//! Drawing outlines out or in: what is clicked follows the pointer; with Alt the new outline becomes a thing of its own.
//!
//! A click on what is selected, or beside everything, is about all that is selected; so is a distance typed at once.

use super::create::{Purpose, create_each};
use super::mark::guides;
use super::overlay::{Hint, Overlay, OverlayLine, OverlayPen, rings};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::edit::Label;
use crate::geometry::{Outline, Point, nearest_on_segment};
use crate::model::Id;
use crate::studio::operate::name_of;
use crate::studio::reshape::{is_sound, purpose_of, reshaped};
use crate::studio::snap::{Snap, SnapKind, grid_step_m};

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Offset {
    hover: Option<Id>,
    state: Option<State>,
    snap: Option<Snap>,
}

#[derive(Clone, Debug)]
struct State {
    ids: Vec<Id>,
    from: Point,
    pressed: bool,
    /// Outwards positive.
    by_m: f64,
    /// New things are made.
    copy: bool,
    /// What each becomes.
    parts: Vec<(Id, Vec<Outline>)>,
}

impl Offset {
    /// How far the outline goes for a pointer: to the pointer's distance from it, or as typed.
    fn to(&mut self, pointer: Pointer, state: State, ctx: &Ctx<'_>) -> State {
        let snap = ctx.snap(pointer, &[], &state.ids, self.snap);
        self.snap = Some(snap);
        let Some(outline) = nearest(ctx, &state.ids, pointer.world) else { return state };
        let free = snap.kind == SnapKind::Grid;
        let at = if free { pointer.world } else { snap.at };
        let mut far_m = outline.distance_to_edge_m(at);
        if free && !pointer.ctrl {
            let step_m = grid_step_m(ctx.px_per_m);
            far_m = (far_m / step_m).round() * step_m;
        }
        let pointed_m = if outline.contains(at) { -far_m } else { far_m };
        let by_m = ctx.typed.get(FieldKind::Distance).map_or(pointed_m, |typed| {
            // Where the pointer is says in or out; a minus turns it round.
            if pointed_m < 0.0 { -typed } else { typed }
        });
        State { by_m, copy: pointer.alt, parts: offset(ctx, &state.ids, by_m), ..state }
    }
}

impl Machine for Offset {
    fn kind(&self) -> ToolKind {
        ToolKind::Offset
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, self.state.take()) {
            (Event::Move(pointer), None) => {
                self.hover = shape_at(ctx, pointer.world);
                Vec::new()
            }
            (Event::Leave, None) => {
                self.hover = None;
                Vec::new()
            }
            (Event::Press(pointer), None) => {
                let ids = meant(ctx, shape_at(ctx, pointer.world));
                if ids.is_empty() {
                    return vec![Effect::Say("say-no-shape-here")];
                }
                let (from, parts) = (pointer.world, Vec::new());
                self.state = Some(State { ids, from, pressed: true, by_m: 0.0, copy: pointer.alt, parts });
                Vec::new()
            }
            (Event::Set(pointer), None) => typed_at_once(pointer, ctx),
            (Event::Move(pointer), Some(state)) => {
                self.state = Some(self.to(pointer, state, ctx));
                Vec::new()
            }
            (Event::Release(pointer), Some(state))
                if state.pressed && ctx.distance_px(state.from, pointer.world) <= DRAG_PX =>
            {
                self.state = Some(State { pressed: false, ..state });
                Vec::new()
            }
            (Event::Release(pointer) | Event::Press(pointer) | Event::Set(pointer), Some(state)) => {
                let state = self.to(pointer, state, ctx);
                finish(state, ctx)
            }
            (Event::Enter, Some(state)) => finish(state, ctx),
            (Event::Escape | Event::Backspace, Some(_)) => {
                self.snap = None;
                Vec::new()
            }
            (_, state) => {
                self.state = state;
                Vec::new()
            }
        }
    }

    fn snap(&self) -> Option<Snap> {
        self.snap
    }

    fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Esc", "hint-back")];
        const NEXT: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Alt", "hint-new-thing"), ("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        match self.state {
            None => Hint { key: "hint-offset-first", keys: FIRST },
            Some(_) => Hint { key: "hint-offset-second", keys: NEXT },
        }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay::default();
        let live = |parts: &[(Id, Vec<Outline>)]| {
            let parts = parts.iter().flat_map(|(_, parts)| parts);
            parts.flat_map(|part| rings(part, OverlayPen::Live)).collect::<Vec<_>>()
        };
        let Some(state) = &self.state else {
            let outline = self.hover.and_then(|id| ctx.outline(id));
            overlay.lines.extend(outline.into_iter().flat_map(|outline| rings(outline, OverlayPen::Hover)));
            let ids = meant(ctx, None);
            if !ids.is_empty() {
                let typed = ctx.typed.get(FieldKind::Distance);
                overlay.lines.extend(typed.into_iter().flat_map(|by_m| live(&offset(ctx, &ids, by_m))));
                overlay.readout = vec![Field::maybe(FieldKind::Distance, typed)];
            }
            return overlay;
        };
        overlay.snap = self.snap;
        overlay.lines.extend(live(&state.parts));
        if let Some(snap) = self.snap
            && let Some(outline) = nearest(ctx, &state.ids, snap.at)
        {
            let nearest = outline.edges().map(|(a, b)| nearest_on_segment(snap.at, a, b));
            let near = nearest.min_by(|p, q| ctx.distance_px(*p, snap.at).total_cmp(&ctx.distance_px(*q, snap.at)));
            let points = near.map(|p| vec![p, snap.at]);
            overlay.lines.extend(points.map(|points| OverlayLine { points, closed: false, pen: OverlayPen::Guide }));
        }
        let mut parts = state.parts.iter().flat_map(|(_, parts)| parts).peekable();
        let area_m2 = parts.peek().is_some().then(|| parts.map(Outline::area_m2).sum());
        overlay.readout = vec![Field::new(FieldKind::Distance, state.by_m), Field::maybe(FieldKind::Area, area_m2)];
        overlay
    }

    /// Typed at once it is for what is selected.
    fn takes_typing(&self) -> bool {
        true
    }

    fn is_busy(&self) -> bool {
        self.state.is_some()
    }
}

/// What a click means: what is selected there before what lies on top.
fn shape_at(ctx: &Ctx<'_>, at: Point) -> Option<Id> {
    const REACH_PX: f64 = 8.0;
    let hits = ctx.hit(at, REACH_PX / ctx.px_per_m);
    let shapes = || hits.iter().copied().filter(|id| ctx.outline(*id).is_some_and(|o| o.fault().is_none()));
    // A volume answers from outside too, as far as the hand reaches.
    let near = || {
        let reach = crate::geometry::Bounds { min: at, max: at }.grown(REACH_PX / ctx.px_per_m);
        let mut found = ctx.meeting(reach).into_iter().map(|(_, id)| id);
        found.find(|id| ctx.outline(*id).is_some_and(|o| o.distance_to_edge_m(at) * ctx.px_per_m <= REACH_PX))
    };
    shapes().find(|id| ctx.selection.contains(*id)).or_else(|| shapes().next()).or_else(near)
}

/// What is offset: the shape that is meant, with all that is selected if it is; without one all that is selected.
fn meant(ctx: &Ctx<'_>, at: Option<Id>) -> Vec<Id> {
    match at {
        Some(id) if !ctx.selection.contains(id) => vec![id],
        _ => ctx.selection.ids().filter(|id| ctx.outline(*id).is_some_and(|o| o.fault().is_none())).collect(),
    }
}

/// The outline whose edge is nearest.
fn nearest<'a>(ctx: &'a Ctx<'_>, ids: &[Id], at: Point) -> Option<&'a Outline> {
    let outlines = ids.iter().filter_map(|id| ctx.outline(*id));
    outlines.min_by(|a, b| a.distance_to_edge_m(at).total_cmp(&b.distance_to_edge_m(at)))
}

fn offset(ctx: &Ctx<'_>, ids: &[Id], by_m: f64) -> Vec<(Id, Vec<Outline>)> {
    ids.iter().filter_map(|id| Some((*id, ctx.outline(*id)?.inset(-by_m)))).collect()
}

/// New things beside the old ones: within a volume one that stands on its roof, around it a yard; of a plot, of which a second
/// one would count the ground twice, guide lines along the edges.
fn beside(ctx: &Ctx<'_>, by_m: f64, parts: Vec<(Id, Vec<Outline>)>) -> Vec<Effect> {
    let purpose = parts.first().and_then(|(id, _)| purpose_of(ctx.variant, *id)).unwrap_or(ctx.purpose_in_hand);
    let outlines = parts.into_iter().flat_map(|(_, parts)| parts);
    let (edit, made) = match purpose {
        Purpose::Plot => {
            let edges: Vec<(Point, Point)> = outlines.flat_map(|o| o.edges().collect::<Vec<_>>()).collect();
            guides(ctx, &edges)
        }
        Purpose::Volume if by_m > 0.0 => create_each(ctx, Purpose::Surface, outlines),
        Purpose::Volume | Purpose::Surface => create_each(ctx, purpose, outlines),
    };
    vec![Effect::Apply(edit), Effect::Select(made)]
}

/// A distance that was typed before anything was clicked is for all that is selected.
fn typed_at_once(pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
    let (ids, Some(by_m)) = (meant(ctx, None), ctx.typed.get(FieldKind::Distance)) else { return Vec::new() };
    let parts = offset(ctx, &ids, by_m);
    finish(State { ids, from: pointer.world, pressed: false, by_m, copy: pointer.alt, parts }, ctx)
}

fn finish(state: State, ctx: &Ctx<'_>) -> Vec<Effect> {
    // Drawn in so far that nothing is left is a slip, not a way to remove things.
    if state.by_m == 0.0 || state.parts.iter().any(|(_, parts)| parts.is_empty()) {
        return vec![Effect::Say("why-nothing-left")];
    }
    if state.copy {
        return beside(ctx, state.by_m, state.parts);
    }
    let label = Label::about("edit-offset", name_of(ctx.variant, &state.ids, ctx.lang));
    let (edit, there) = reshaped(ctx, label, &state.parts);
    if !is_sound(&edit) {
        return vec![Effect::Say("why-would-cross")];
    }
    vec![Effect::Apply(edit), Effect::Select(there)]
}

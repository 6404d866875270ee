//! Selecting: click, frame, Shift; dragging what is selected; pulling its corners and edges.

mod drag;
mod edge;
mod grips;
mod knob;
mod pull;

use super::overlay::{Dimension, Handle, Hint, Overlay, OverlayLine, OverlayPen, aids, rings, selected, sign_frame};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::geometry::{Bounds, Keep, Outline, Point, distance_m};
use crate::model::{Id, Relation};
use crate::studio::relations::{MOST_RELATED, relations_of};
use crate::studio::reshape::with_outline;
use crate::studio::snap::Snap;
use drag::Dragged;
use edge::HotEdge;
use grips::{Grip, GripKind, grip_at, handles};
use knob::{HeldKnob, knob_at};
use pull::Pull;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Select {
    state: State,
    hover: Option<Id>,
    /// Where the pointer is over the drawing.
    pointer: Option<Point>,
    /// How many things lie under it.
    under: usize,
    /// The handle under the pointer, and where it was found.
    hot: Option<(Grip, Point)>,
    /// The handle of a typology under the pointer.
    knob: Option<Box<HeldKnob>>,
    snap: Option<Snap>,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    /// The button is down on a thing, or on nothing.
    Pointing { from: Pointer, on: Option<Id> },
    /// The button is down on a handle.
    PointingGrip { from: Pointer, grip: Grip },
    /// A frame is being drawn.
    Framing { from: Point, to: Point, add: bool },
    /// The selection is being dragged; `shift_m` is how far it has come.
    Dragging { from: Point, shift_m: Point, dragged: Dragged },
    /// A corner or an edge is being pulled.
    Pulling(Pull),
    /// A handle of a typology is being pulled.
    Turning(Box<HeldKnob>),
}

impl Select {
    /// As it is when what it drags is still where it was.
    pub(super) fn rewound(mut self) -> Self {
        if let State::Dragging { shift_m, .. } = &mut self.state {
            *shift_m = Point::default();
        }
        self
    }

    fn pointing(&mut self, pointer: Pointer, from: Pointer, on: Option<Id>, ctx: &Ctx<'_>) -> Vec<Effect> {
        if ctx.distance_px(from.world, pointer.world) < DRAG_PX {
            self.state = State::Pointing { from, on };
            return Vec::new();
        }
        // Only what is selected can be dragged, so that nothing moves by accident; and no plot, for it lies under everything:
        // whoever drags in its yard draws a frame.
        let is_meant = |id: Id| ctx.selection.contains(id) && !ctx.variant.plots.contains(id);
        if on.is_some_and(is_meant) && !from.shift {
            let dragged = Dragged::new(ctx, from.world);
            let (shift_m, snap) = ctx.shift(pointer, from.world, &dragged.moved, &dragged.ids);
            self.snap = snap;
            let edit = dragged.by(ctx, shift_m);
            self.state = State::Dragging { from: from.world, shift_m, dragged };
            return vec![Effect::BeginGesture, Effect::Apply(edit)];
        }
        self.state = State::Framing { from: from.world, to: pointer.world, add: from.shift };
        Vec::new()
    }

    /// Pulls on to where the pointer is.
    fn pulled(&mut self, mut pull: Pull, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let (snap, outline) = pull.to(pointer, self.snap, ctx);
        self.snap = Some(snap);
        let edit = outline.map(|outline| with_outline(ctx, pull.grip.id, outline, pull.key()));
        self.state = State::Pulling(pull);
        [Effect::BeginGesture].into_iter().chain(edit.map(Effect::Apply)).collect()
    }

    /// The edge under the pointer, while nothing else is done.
    fn hot_edge(&self, ctx: &Ctx<'_>) -> Option<HotEdge> {
        let (grip, at) = self.hot.filter(|(grip, _)| grip.kind != GripKind::Vertex && self.state == State::Idle)?;
        let (a, b) = ctx.outline(grip.id)?.edge(grip.at)?;
        let keep = if distance_m(a, at) > distance_m(b, at) { Keep::Start } else { Keep::End };
        Some(HotEdge { grip, a, b, keep })
    }

    /// The edge under the pointer gets the typed length; the end that is farther stays.
    fn edge_to_length(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let Some((edge, length_m)) = self.hot_edge(ctx).zip(ctx.typed.get(FieldKind::Length)) else {
            return Vec::new();
        };
        self.pointer = Some(pointer.world);
        self.hot = None;
        match edge.with_length(length_m, ctx) {
            Some(outline) => vec![Effect::Apply(with_outline(ctx, edge.grip.id, outline, "edit-edge-length"))],
            None => vec![Effect::Say("say-not-so-far")],
        }
    }

    /// A corner where the edge was double-clicked.
    fn insert_vertex(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let Some((grip, at)) = self.hot.filter(|(grip, _)| grip.kind != GripKind::Vertex) else { return Vec::new() };
        let outline = ctx.outline(grip.id).and_then(|outline| outline.with_vertex_after(grip.at, at));
        let edit = outline.map(|outline| with_outline(ctx, grip.id, outline, "edit-insert-vertex"));
        edit.map(Effect::Apply).into_iter().collect()
    }

    /// Selects what lies under the selected at the pointer; after the lowest comes the topmost.
    fn next_under(&self, ctx: &Ctx<'_>) -> Option<Effect> {
        let hits = hits(ctx, self.pointer?);
        let current = hits.iter().position(|id| ctx.selection.single() == Some(*id));
        let next = current.map_or(0, |index| (index + 1) % hits.len());
        hits.get(next).map(|id| Effect::Select(vec![*id]))
    }

    /// What a click would be about: the shape whose handle or edge is under the pointer, else what lies topmost there.
    #[must_use]
    pub fn under_pointer(&self, ctx: &Ctx<'_>) -> Option<Id> {
        self.hot.map(|(grip, _)| grip.id).or_else(|| hits(ctx, self.pointer?).first().copied())
    }

    /// Whether there is something else at the pointer that [`Event::Next`] would select.
    #[must_use]
    pub fn has_next(&self, ctx: &Ctx<'_>) -> bool {
        let is_other = |effect| matches!(effect, Effect::Select(ids) if ctx.selection.to_vec() != ids);
        self.state == State::Idle && self.next_under(ctx).is_some_and(is_other)
    }

    fn delete_vertex(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let Some(grip) = self.hot_vertex(ctx) else { return Vec::new() };
        self.hot = None;
        let outline = ctx.outline(grip.id).and_then(|outline| outline.without_vertex(grip.at));
        match outline.filter(|outline| outline.fault().is_none()) {
            Some(outline) => vec![Effect::Apply(with_outline(ctx, grip.id, outline, "edit-delete-vertex"))],
            None => vec![Effect::Say("say-three-points")],
        }
    }

    /// Whether Delete would take a corner rather than the selection.
    #[must_use]
    pub fn is_on_vertex(&self, ctx: &Ctx<'_>) -> bool {
        self.hot_vertex(ctx).is_some()
    }

    /// The corner under the pointer, if it is still there: since the pointer moved, an undo may have taken it away.
    fn hot_vertex(&self, ctx: &Ctx<'_>) -> Option<Grip> {
        let (grip, at) = self.hot.filter(|(grip, _)| grip.kind == GripKind::Vertex)?;
        handles(ctx).any(|there| there == (grip, at)).then_some(grip)
    }
}

impl Machine for Select {
    fn takes_steps_back(&self) -> bool {
        false
    }

    fn kind(&self) -> ToolKind {
        ToolKind::Select
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, std::mem::take(&mut self.state)) {
            // What is typed is for the edge that it was begun on.
            (Event::Move(_) | Event::Leave, State::Idle) if ctx.is_typing => Vec::new(),
            (Event::Set(pointer), State::Idle) => match self.knob.as_mut() {
                Some(knob) => knob.to(pointer, ctx).map(Effect::Apply).into_iter().collect(),
                None => self.edge_to_length(pointer, ctx),
            },
            (Event::DoubleClick(_), State::Idle) => self.insert_vertex(ctx),
            (Event::Move(pointer), State::Idle) => {
                self.knob = knob_at(ctx, pointer.world);
                self.hot = grip_at(ctx, pointer.world).filter(|_| self.knob.is_none());
                let hits = hits(ctx, pointer.world);
                (self.pointer, self.under, self.hover) = (Some(pointer.world), hits.len(), hits.first().copied());
                Vec::new()
            }
            (Event::Leave, State::Idle) => {
                (self.hot, self.knob) = (None, None);
                (self.pointer, self.under, self.hover) = (None, 0, None);
                Vec::new()
            }
            (Event::Press(pointer), State::Idle) => {
                if let Some(knob) = knob_at(ctx, pointer.world) {
                    self.state = State::Turning(knob);
                    return Vec::new();
                }
                self.state = match grip_at(ctx, pointer.world) {
                    Some((grip, _)) => State::PointingGrip { from: pointer, grip },
                    None => {
                        let hits = hits(ctx, pointer.world);
                        // What is selected already is meant first, so that it can be dragged from under others.
                        let on = hits.iter().copied().find(|id| ctx.selection.contains(*id)).or(hits.first().copied());
                        State::Pointing { from: pointer, on }
                    }
                };
                Vec::new()
            }
            (Event::Move(pointer), State::Pointing { from, on }) => self.pointing(pointer, from, on, ctx),
            (Event::Release(_), State::Pointing { from, .. }) => click(from, ctx),
            // A click on an edge is a click on the shape; one on a handle changes nothing.
            (Event::Release(_), State::PointingGrip { from, grip })
                if grip.kind == GripKind::Edge && !hits(ctx, from.world).is_empty() =>
            {
                click(from, ctx)
            }
            (Event::Move(pointer), State::PointingGrip { from, grip }) => {
                if ctx.distance_px(from.world, pointer.world) < DRAG_PX / 2.0 {
                    self.state = State::PointingGrip { from, grip };
                    return Vec::new();
                }
                let Some(outline) = ctx.outline(grip.id) else { return Vec::new() };
                self.pulled(Pull::new(grip, from.world, outline.clone()), pointer, ctx)
            }
            (Event::Move(pointer), State::Turning(mut knob)) => {
                let edit = knob.to(pointer, ctx);
                self.state = State::Turning(knob);
                edit.map_or_else(Vec::new, |edit| vec![Effect::BeginGesture, Effect::Apply(edit)])
            }
            (Event::Set(pointer), State::Turning(mut knob)) => {
                let edit = knob.to(pointer, ctx);
                self.knob = None;
                let ends = knob.begun.then_some(Effect::EndGesture);
                edit.map(Effect::Apply).into_iter().chain(ends).collect()
            }
            (Event::Release(_), State::Turning(knob)) => {
                self.knob = None;
                if knob.begun { vec![Effect::EndGesture] } else { Vec::new() }
            }
            (Event::Move(pointer), State::Pulling(pull)) => self.pulled(pull, pointer, ctx),
            (Event::Set(pointer), State::Pulling(pull)) => {
                let mut pull = pull;
                let (_, outline) = pull.to(pointer, self.snap, ctx);
                (self.snap, self.hot) = (None, None);
                match outline
                    .map(|outline| tidied(&outline))
                    .filter(|outline| outline.fault().is_none() && !outline.touches_itself())
                {
                    Some(outline) => {
                        let edit = with_outline(ctx, pull.grip.id, outline, pull.key());
                        vec![Effect::Apply(edit), Effect::EndGesture]
                    }
                    None => vec![Effect::CancelGesture, Effect::Say("say-not-so-far")],
                }
            }
            (Event::Release(_), State::Pulling(pull)) if pull.refused => {
                (self.snap, self.hot) = (None, None);
                vec![Effect::CancelGesture, Effect::Say("say-not-so-far")]
            }
            (Event::Release(_), State::Pulling(pull)) => {
                (self.snap, self.hot) = (None, None);
                let id = pull.grip.id;
                let Some(outline) = ctx.outline(id) else { return vec![Effect::EndGesture] };
                let tidy = tidied(outline);
                if tidy.fault().is_some() || tidy.touches_itself() {
                    return vec![Effect::CancelGesture, Effect::Say("say-crosses-itself")];
                }
                let mut effects = Vec::new();
                if tidy != *outline {
                    effects.push(Effect::Apply(with_outline(ctx, id, tidy, pull.key())));
                }
                effects.push(Effect::EndGesture);
                effects
            }
            (Event::Move(pointer), State::Framing { from, add, .. }) => {
                self.state = State::Framing { from, to: pointer.world, add };
                Vec::new()
            }
            (Event::Release(_), State::Framing { from, to, add }) => frame(from, to, add, ctx),
            (Event::Move(pointer), State::Dragging { from, shift_m, dragged }) => {
                let (wanted, snap) = ctx.shift(pointer, from, &dragged.moved, &dragged.ids);
                self.snap = snap;
                let edit = dragged.by(ctx, wanted - shift_m);
                self.state = State::Dragging { from, shift_m: wanted, dragged };
                // Begun with every step: what is typed anew takes up a drag that was over.
                vec![Effect::BeginGesture, Effect::Apply(edit)]
            }
            (Event::Set(pointer), State::Dragging { from, shift_m, dragged }) => {
                self.snap = None;
                let (wanted, _) = ctx.shift(pointer, from, &dragged.moved, &dragged.ids);
                vec![Effect::Apply(dragged.by(ctx, wanted - shift_m)), Effect::EndGesture]
            }
            (Event::Release(_), State::Dragging { .. }) => {
                self.snap = None;
                vec![Effect::EndGesture]
            }
            (Event::Escape, State::Turning(knob)) => {
                if knob.begun {
                    vec![Effect::CancelGesture]
                } else {
                    Vec::new()
                }
            }
            (Event::Escape, State::Dragging { .. } | State::Pulling(_)) => {
                self.snap = None;
                vec![Effect::CancelGesture]
            }
            (Event::Escape, State::Idle) => {
                self.hot = None;
                vec![Effect::Select(Vec::new())]
            }
            (Event::Release(_), State::PointingGrip { .. }) | (Event::Escape, _) => Vec::new(),
            (Event::Delete, State::Idle) => self.delete_vertex(ctx),
            (Event::Next, State::Idle) => self.next_under(ctx).into_iter().collect(),
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
        const EDGE: &[(&str, &str)] = &[("Alt", "hint-extrude"), ("0…9", "hint-edge-length")];
        const PULL: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Alt", "hint-extrude"), ("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const KNOB: &[(&str, &str)] = &[("0…9", "hint-type"), ("Ctrl", "hint-fine"), ("Esc", "hint-back")];
        const DRAG: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Shift", "hint-hold"), ("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        match &self.state {
            State::Idle if self.knob.is_some() => Hint { key: "hint-select-knob", keys: &[("0…9", "hint-type")] },
            State::Turning(_) => Hint { key: "hint-select-knob", keys: KNOB },
            State::Idle if self.hot.is_some() => match self.hot.map(|(grip, _)| grip.kind) {
                Some(GripKind::Vertex) => Hint { key: "hint-select-vertex", keys: &[("Del", "hint-delete-vertex")] },
                Some(GripKind::Edge) => Hint { key: "hint-select-edge", keys: EDGE },
                _ => Hint { key: "hint-select-midpoint", keys: &[] },
            },
            State::Framing { .. } => Hint { key: "hint-select-frame", keys: &[("Esc", "hint-back")] },
            State::Pulling(pull) if pull.grip.kind == GripKind::Edge => Hint { key: "hint-select-drag", keys: PULL },
            State::Dragging { .. } | State::Pulling(_) => Hint { key: "hint-select-drag", keys: DRAG },
            _ if self.under > 1 => {
                const KEYS: &[(&str, &str)] =
                    &[("Shift", "hint-select-add"), ("Tab", "hint-select-under"), ("Del", "hint-delete")];
                Hint { key: "hint-select", keys: KEYS }
            }
            _ => Hint { key: "hint-select", keys: &[("Shift", "hint-select-add"), ("Del", "hint-delete")] },
        }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        let hover = self.hover.filter(|id| self.state == State::Idle && !ctx.selection.contains(*id));
        if let Some(id) = hover {
            overlay.lines.extend(ctx.outline(id).into_iter().flat_map(|outline| rings(outline, OverlayPen::Hover)));
            overlay.lines.extend(sign_frame(ctx, id, OverlayPen::Hover));
        }
        overlay.lines.extend(selected(ctx));
        if !matches!(self.state, State::Dragging { .. } | State::Framing { .. }) {
            let handle = |(grip, at): (Grip, Point)| {
                Some(Handle { at, kind: grip.handle()?, hot: self.hot == Some((grip, at)) })
            };
            overlay.handles = handles(ctx).filter_map(handle).collect();
            knob::show_all(&mut overlay, ctx);
        }
        if self.state == State::Idle {
            related(&mut overlay, ctx);
        }
        if let Some(edge) = self.hot_edge(ctx) {
            edge.show(&mut overlay, ctx);
        }
        match &self.state {
            State::Idle => self.knob.iter().for_each(|knob| knob.show(&mut overlay, ctx)),
            State::Turning(knob) => knob.show(&mut overlay, ctx),
            State::Framing { from, to, .. } => {
                let bounds = Bounds::around([*from, *to]);
                overlay.marquee = bounds.map(|bounds| (bounds, to.x < from.x));
            }
            State::Pulling(pull) => pull.show(&mut overlay, ctx),
            &State::Dragging { from, shift_m, .. } => {
                let to = from + shift_m;
                overlay.dimensions.push(Dimension { a: from, b: to, length_m: distance_m(from, to), off: None });
                overlay.readout = Field::from_to(from, to).to_vec();
            }
            _ => {}
        }
        if self.is_busy() {
            overlay.lines.extend(aids(ctx, overlay.snap));
        }
        overlay
    }

    fn is_busy(&self) -> bool {
        self.state != State::Idle
    }

    /// What is pulled, and all that follows it, is worked out from how it was when the pull began.
    fn restarts_on(&self, event: Event) -> bool {
        matches!(event, Event::Move(_) | Event::Set(_)) && matches!(self.state, State::Turning(_) | State::Pulling(_))
    }

    /// Whether a length can be typed for what is under the pointer.
    fn takes_typing(&self) -> bool {
        self.is_busy() || self.knob.is_some() || self.hot.is_some_and(|(grip, _)| grip.kind != GripKind::Vertex)
    }
}

/// Lines from the volume that is selected to those that it has a relation with, and which.
fn related(overlay: &mut Overlay, ctx: &Ctx<'_>) {
    let at = |id: Id| ctx.outline(id)?.inner_point();
    let mut selected = ctx.selection.ids().filter(|id| ctx.variant.volumes.contains(*id));
    let Some(id) = selected.next() else { return };
    // Of several that which is between just these.
    if selected.next().is_some() && ctx.selection.ids().count() > MOST_RELATED {
        return;
    }
    let is_all = |relation: &&Relation| relation.of.iter().all(|of| ctx.selection.contains(*of));
    let is_meant = |relation: &&Relation| ctx.selection.single().is_some() || is_all(relation);
    let Some(from) = at(id) else { return };
    for relation in relations_of(ctx.variant, id).filter(is_meant) {
        for to in relation.of.iter().filter(|of| **of != id).filter_map(|of| at(*of)) {
            overlay.lines.push(OverlayLine { points: vec![from, to], closed: false, pen: OverlayPen::Guide });
            let words = crate::i18n::tr(ctx.lang, &format!("relation-{}", relation.kind.key()));
            overlay.names.push(((from + to) / 2.0, words));
        }
    }
}

/// An outline whose corner was pulled: the corner may have come to lie on another, or have turned its ring inside out.
fn tidied(outline: &Outline) -> Outline {
    Outline::from_polygon(&outline.polygon())
}

/// What lies at a point, the topmost first.
fn hits(ctx: &Ctx<'_>, at: Point) -> Vec<Id> {
    ctx.hit(at, 4.0 / ctx.px_per_m)
}

fn click(from: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
    // Always what is on top, whatever is selected: that is what was outlined under the pointer.
    match (hits(ctx, from.world).first(), from.shift) {
        (Some(top), true) => vec![Effect::Toggle(*top)],
        (Some(top), false) => vec![Effect::Select(vec![*top])],
        (None, true) => Vec::new(),
        (None, false) if !ctx.seen_at(from.world, 0.0).is_empty() => {
            vec![Effect::Select(Vec::new()), Effect::Say("say-locked-here")]
        }
        (None, false) => vec![Effect::Select(Vec::new())],
    }
}

/// What a frame takes: drawn to the right, what lies wholly within; drawn to the left, what it touches.
fn frame(from: Point, to: Point, add: bool, ctx: &Ctx<'_>) -> Vec<Effect> {
    let Some(bounds) = Bounds::around([from, to]) else { return Vec::new() };
    let found = if to.x < from.x {
        let mut found = ctx.meeting(bounds);
        // The index knows boxes only; a slanted outline may lie beside the frame although its box meets it.
        found.retain(|(_, id)| ctx.outline(*id).is_none_or(|outline| outline.meets(&bounds)));
        found
    } else {
        let mut found = ctx.index.within(bounds);
        found.retain(|(kind, id)| ctx.sight.touches(*kind, *id));
        found
    };
    let ids = found.into_iter().map(|(_, id)| id).collect();
    vec![if add { Effect::SelectAlso(ids) } else { Effect::Select(ids) }]
}

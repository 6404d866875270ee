//! Selecting: click, frame, Shift; dragging what is selected; pulling its corners.

use super::carry::{moved_by, with_carried};
use super::overlay::{Dimension, Handle, HandleKind, Hint, Overlay, OverlayPen, aids, rings, selected};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, GRIP_PX, Pointer};
use crate::edit::{Edit, EditBuilder, Label};
use crate::geometry::{Bounds, Outline, Point, VertexAt, bearing_deg, distance_m};
use crate::model::{Id, Plot, Surface, Volume};
use crate::studio::snap::{Moved, Snap};

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
    snap: Option<Snap>,
}

/// A corner, or the middle of the edge that starts there.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grip {
    id: Id,
    at: VertexAt,
    kind: HandleKind,
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
    Dragging { from: Point, shift_m: Point, ids: Vec<Id>, moved: Moved },
    /// A corner is being pulled.
    Pulling { id: Id, at: VertexAt },
}

impl Select {
    pub(super) fn snap(&self) -> Option<Snap> {
        self.snap
    }

    pub(super) fn is_busy(&self) -> bool {
        self.state != State::Idle
    }

    pub(super) fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, std::mem::take(&mut self.state)) {
            (Event::Move(pointer), State::Idle) => {
                self.hot = grip_at(ctx, pointer.world);
                let hits = hits(ctx, pointer.world);
                (self.pointer, self.under, self.hover) = (Some(pointer.world), hits.len(), hits.first().copied());
                Vec::new()
            }
            (Event::Leave, State::Idle) => {
                self.hot = None;
                (self.pointer, self.under, self.hover) = (None, 0, None);
                Vec::new()
            }
            (Event::Press(pointer), State::Idle) => {
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
            (Event::Move(pointer), State::PointingGrip { from, grip }) => {
                if ctx.distance_px(from.world, pointer.world) < DRAG_PX / 2.0 {
                    self.state = State::PointingGrip { from, grip };
                    return Vec::new();
                }
                let Some(outline) = ctx.outline(grip.id) else { return Vec::new() };
                let snap = ctx.snap(pointer, &[], &[grip.id], self.snap);
                self.snap = Some(snap);
                let (at, pulled, key) = match grip.kind {
                    HandleKind::Vertex => (grip.at, outline.with_vertex(grip.at, snap.at), "edit-move-vertex"),
                    HandleKind::Midpoint => {
                        let at = VertexAt { index: grip.at.index + 1, ..grip.at };
                        (at, outline.with_vertex_after(grip.at, snap.at), "edit-insert-vertex")
                    }
                };
                self.state = State::Pulling { id: grip.id, at };
                let mut effects = vec![Effect::BeginGesture];
                effects.extend(pulled.map(|outline| Effect::Apply(reshaped(ctx, grip.id, outline, key))));
                effects
            }
            (Event::Move(pointer), State::Pulling { id, at }) => {
                let snap = ctx.snap(pointer, &[], &[id], self.snap);
                self.snap = Some(snap);
                self.state = State::Pulling { id, at };
                let outline = ctx.outline(id).and_then(|outline| outline.with_vertex(at, snap.at));
                outline
                    .map(|outline| Effect::Apply(reshaped(ctx, id, outline, "edit-move-vertex")))
                    .into_iter()
                    .collect()
            }
            (Event::Release(_), State::Pulling { id, .. }) => {
                self.snap = None;
                self.hot = None;
                let Some(outline) = ctx.outline(id) else { return vec![Effect::EndGesture] };
                // A corner may have come to lie on another, or have turned its ring inside out.
                let tidy = Outline::from_polygon(&outline.polygon());
                if tidy.fault().is_some() {
                    return vec![Effect::CancelGesture, Effect::Say("say-crosses-itself")];
                }
                let mut effects = Vec::new();
                if tidy != *outline {
                    effects.push(Effect::Apply(reshaped(ctx, id, tidy, "edit-move-vertex")));
                }
                effects.push(Effect::EndGesture);
                effects
            }
            (Event::Move(pointer), State::Framing { from, add, .. }) => {
                self.state = State::Framing { from, to: pointer.world, add };
                Vec::new()
            }
            (Event::Release(_), State::Framing { from, to, add }) => frame(from, to, add, ctx),
            (Event::Move(pointer), State::Dragging { from, shift_m, ids, moved }) => {
                let (wanted, snap) = ctx.shift(pointer, from, &moved, &ids);
                self.snap = snap;
                let edit = moved_by(ctx, &ids, wanted - shift_m);
                self.state = State::Dragging { from, shift_m: wanted, ids, moved };
                vec![Effect::Apply(edit)]
            }
            (Event::Set(pointer), State::Dragging { from, shift_m, ids, moved }) => {
                self.snap = None;
                let (wanted, _) = ctx.shift(pointer, from, &moved, &ids);
                vec![Effect::Apply(moved_by(ctx, &ids, wanted - shift_m)), Effect::EndGesture]
            }
            (Event::Release(_), State::Dragging { .. }) => {
                self.snap = None;
                vec![Effect::EndGesture]
            }
            (Event::Escape, State::Dragging { .. } | State::Pulling { .. }) => {
                self.snap = None;
                vec![Effect::CancelGesture]
            }
            (Event::Escape, State::Idle) => {
                self.hot = None;
                vec![Effect::Select(Vec::new())]
            }
            (Event::Escape, _) => Vec::new(),
            (Event::Delete, State::Idle) => self.delete_vertex(ctx),
            (Event::Next, State::Idle) => self.next_under(ctx).into_iter().collect(),
            (_, state) => {
                self.state = state;
                Vec::new()
            }
        }
    }

    fn pointing(&mut self, pointer: Pointer, from: Pointer, on: Option<Id>, ctx: &Ctx<'_>) -> Vec<Effect> {
        if ctx.distance_px(from.world, pointer.world) < DRAG_PX {
            self.state = State::Pointing { from, on };
            return Vec::new();
        }
        // Only what is selected can be dragged, so that nothing moves by accident.
        if on.is_some_and(|id| ctx.selection.contains(id)) && !from.shift {
            // Found once: what the drag passes on its way is not picked up.
            let ids = with_carried(ctx, &ctx.selection.to_vec());
            let moved = Moved::new(ids.iter().filter_map(|id| ctx.outline(*id)));
            let (shift_m, snap) = ctx.shift(pointer, from.world, &moved, &ids);
            self.snap = snap;
            let edit = moved_by(ctx, &ids, shift_m);
            self.state = State::Dragging { from: from.world, shift_m, ids, moved };
            return vec![Effect::BeginGesture, Effect::Apply(edit)];
        }
        self.state = State::Framing { from: from.world, to: pointer.world, add: from.shift };
        Vec::new()
    }

    /// Selects what lies under the selected at the pointer; after the lowest comes the topmost.
    fn next_under(&self, ctx: &Ctx<'_>) -> Option<Effect> {
        let hits = hits(ctx, self.pointer?);
        let current = hits.iter().position(|id| ctx.selection.single() == Some(*id));
        let next = current.map_or(0, |index| (index + 1) % hits.len());
        hits.get(next).map(|id| Effect::Select(vec![*id]))
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
            Some(outline) => vec![Effect::Apply(reshaped(ctx, grip.id, outline, "edit-delete-vertex"))],
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
        let (grip, at) = self.hot.filter(|(grip, _)| grip.kind == HandleKind::Vertex)?;
        handles(ctx).any(|there| there == (grip, at)).then_some(grip)
    }

    pub(super) fn hint(&self) -> Hint {
        match self.state {
            State::Idle if self.hot.is_some() => match self.hot.map(|(grip, _)| grip.kind) {
                Some(HandleKind::Vertex) => Hint { key: "hint-select-vertex", keys: &[("Del", "hint-delete-vertex")] },
                _ => Hint { key: "hint-select-midpoint", keys: &[] },
            },
            State::Framing { .. } => Hint { key: "hint-select-frame", keys: &[("Esc", "hint-back")] },
            State::Dragging { .. } | State::Pulling { .. } => {
                Hint { key: "hint-select-drag", keys: &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")] }
            }
            _ if self.under > 1 => {
                const KEYS: &[(&str, &str)] =
                    &[("Shift", "hint-select-add"), ("Tab", "hint-select-under"), ("Del", "hint-delete")];
                Hint { key: "hint-select", keys: KEYS }
            }
            _ => Hint { key: "hint-select", keys: &[("Shift", "hint-select-add"), ("Del", "hint-delete")] },
        }
    }

    pub(super) fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        if let Some(outline) = self.hover.filter(|id| !ctx.selection.contains(*id)).and_then(|id| ctx.outline(id))
            && self.state == State::Idle
        {
            overlay.lines.extend(rings(outline, OverlayPen::Hover));
        }
        overlay.lines.extend(selected(ctx));
        if !matches!(self.state, State::Dragging { .. } | State::Framing { .. }) {
            overlay.handles = handles(ctx)
                .map(|(grip, at)| Handle { at, kind: grip.kind, hot: self.hot == Some((grip, at)) })
                .collect();
        }
        match self.state {
            State::Framing { from, to, .. } => {
                let bounds = Bounds::around([from, to]);
                overlay.marquee = bounds.map(|bounds| (bounds, to.x < from.x));
            }
            State::Pulling { id, at } => {
                if let Some((a, p, b)) = neighbours(ctx, id, at) {
                    for (from, to) in [(a, p), (p, b)] {
                        overlay.dimensions.push(Dimension {
                            a: from,
                            b: to,
                            length_m: distance_m(from, to),
                            off: None,
                        });
                    }
                    overlay.readout = vec![
                        Field::new(FieldKind::Length, distance_m(a, p)),
                        Field::new(FieldKind::Bearing, bearing_deg(a, p)),
                        Field::maybe(FieldKind::Area, ctx.outline(id).map(Outline::area_m2)),
                    ];
                }
            }
            State::Dragging { from, shift_m, .. } if shift_m != Point::default() => {
                let length_m = distance_m(from, from + shift_m);
                overlay.dimensions.push(Dimension { a: from, b: from + shift_m, length_m, off: None });
                overlay.readout = vec![
                    Field::new(FieldKind::Length, length_m),
                    Field::new(FieldKind::Bearing, bearing_deg(from, from + shift_m)),
                ];
            }
            _ => {}
        }
        if self.is_busy() {
            overlay.lines.extend(aids(ctx, overlay.snap));
        }
        overlay
    }
}

/// The handles of the selection: of one or a few shapes, so that a large selection stays readable.
fn handles<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = (Grip, Point)> + 'a {
    const MOST_SHAPES: usize = 4;
    let few = ctx.selection.len() <= MOST_SHAPES;
    let outlines = ctx.selection.ids().filter(move |_| few).filter_map(|id| Some((id, ctx.outline(id)?)));
    outlines.flat_map(|(id, outline)| {
        outline.vertices().flat_map(move |(at, p)| {
            let ring = outline.rings()[at.ring].points();
            let next = ring[(at.index + 1) % ring.len()];
            [
                (Grip { id, at, kind: HandleKind::Vertex }, p),
                (Grip { id, at, kind: HandleKind::Midpoint }, (p + next) / 2.0),
            ]
        })
    })
}

fn grip_at(ctx: &Ctx<'_>, world: Point) -> Option<(Grip, Point)> {
    let near = handles(ctx).filter(|(_, at)| ctx.distance_px(*at, world) <= GRIP_PX);
    // A corner wins over the middle of a short edge.
    near.min_by(|(a, p), (b, q)| {
        let rank = |grip: &Grip| u8::from(grip.kind == HandleKind::Midpoint);
        rank(a).cmp(&rank(b)).then(distance_m(*p, world).total_cmp(&distance_m(*q, world)))
    })
}

fn neighbours(ctx: &Ctx<'_>, id: Id, at: VertexAt) -> Option<(Point, Point, Point)> {
    let ring = ctx.outline(id)?.rings().get(at.ring)?.points();
    let n = ring.len();
    let p = *ring.get(at.index)?;
    Some((ring[(at.index + n - 1) % n], p, ring[(at.index + 1) % n]))
}

/// What lies at a point, the topmost first.
fn hits(ctx: &Ctx<'_>, at: Point) -> Vec<Id> {
    ctx.index.hit(ctx.variant, at, 4.0 / ctx.px_per_m)
}

fn click(from: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
    // Always what is on top, whatever is selected: that is what was outlined under the pointer.
    match (hits(ctx, from.world).first(), from.shift) {
        (Some(top), true) => vec![Effect::Toggle(*top)],
        (Some(top), false) => vec![Effect::Select(vec![*top])],
        (None, true) => Vec::new(),
        (None, false) => vec![Effect::Select(Vec::new())],
    }
}

/// What a frame takes: drawn to the right, what lies wholly within; drawn to the left, what it touches.
fn frame(from: Point, to: Point, add: bool, ctx: &Ctx<'_>) -> Vec<Effect> {
    let Some(bounds) = Bounds::around([from, to]) else { return Vec::new() };
    let found = if to.x < from.x {
        let mut found = ctx.index.meeting(bounds);
        // The index knows boxes only; a slanted outline may lie beside the frame although its box meets it.
        found.retain(|(_, id)| ctx.outline(*id).is_none_or(|outline| outline.meets(&bounds)));
        found
    } else {
        ctx.index.within(bounds)
    };
    let ids = found.into_iter().map(|(_, id)| id).collect();
    vec![if add { Effect::SelectAlso(ids) } else { Effect::Select(ids) }]
}

/// The edit that gives a thing another outline.
fn reshaped(ctx: &Ctx<'_>, id: Id, outline: Outline, key: &str) -> Edit {
    let v = ctx.variant;
    let mut edit = EditBuilder::new(ctx.project, v.id, Label::new(key));
    if let Some(old) = v.volumes.get(id) {
        edit.volume(Volume { footprint: outline, ..Volume::clone(old) });
    } else if let Some(old) = v.plots.get(id) {
        edit.plot(Plot { outline, ..Plot::clone(old) });
    } else if let Some(old) = v.surfaces.get(id) {
        edit.surface(Surface { outline, ..Surface::clone(old) });
    }
    edit.finish()
}

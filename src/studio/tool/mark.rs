//! Guide lines and dimensions: a guide beside an edge or through two points, a dimension between two points.

use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::edit::{Edit, EditBuilder, Label};
use crate::geometry::{Point, TOLERANCE_M, direction, distance_m, left_of, point};
use crate::model::{At, Id, Mark as ModelMark, MarkKind};
use crate::record::Extra;
use crate::studio::snap::{Line, Snap, SnapKind, grid_step_m};

/// The tool.
#[derive(Clone, Debug)]
pub struct Mark {
    kind: MarkKind,
    state: State,
    /// The edge under the pointer before the first click, for a guide.
    edge: Option<Line>,
    snap: Option<Snap>,
    /// Where the button went down, while it is down.
    pressed: Option<Point>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Idle,
    /// The first point is set.
    From(Point),
    /// A line is set, and what is asked is how far beside it: of a guide from its edge, of a dimension from its points.
    Beside(Line),
}

impl Mark {
    pub(super) fn new(kind: MarkKind) -> Self {
        Self { kind, state: State::Idle, edge: None, snap: None, pressed: None }
    }

    fn place(&mut self, pointer: Pointer, ctx: &Ctx<'_>) {
        let snap = match self.state {
            State::Idle => {
                self.edge = ctx.edge_or_guide_at(pointer).filter(|_| self.kind == MarkKind::Guide);
                ctx.snap(pointer, &[], &[], self.snap)
            }
            State::From(from) => ctx.place(pointer, &[from], &[], self.snap),
            State::Beside(line) => self.beside(line, pointer, ctx),
        };
        self.snap = Some(snap);
    }

    /// Where the pointer is beside a line: caught, a whole measure away, or as far as typed on its side.
    fn beside(&self, line: Line, pointer: Pointer, ctx: &Ctx<'_>) -> Snap {
        let snap = ctx.snap(pointer, &[], &[], self.snap);
        let is_free = snap.kind == SnapKind::Grid;
        let at = if is_free { pointer.world } else { snap.at };
        let Some((left, pointed_m)) = aside(line, at) else { return snap };
        // The side is where the hand is, even while the line itself catches the point.
        let side = aside(line, pointer.world).map_or(1.0, |(_, m)| 1f64.copysign(m));
        let typed = ctx.typed.get(FieldKind::Distance).map(|typed| typed * side);
        let step_m = grid_step_m(ctx.px_per_m);
        let whole = (is_free && !pointer.ctrl).then(|| (pointed_m / step_m).round() * step_m);
        let Some(wanted_m) = typed.or(whole) else { return snap };
        let to = at + left * (wanted_m - pointed_m);
        Snap { at: to, kind: SnapKind::Grid, of: None, ..snap }
    }

    fn set_point(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let Some(at) = self.snap.map(|snap| snap.at) else { return Vec::new() };
        match (self.state, self.kind) {
            (State::Idle, _) => {
                self.state = self.edge.take().map_or(State::From(at), State::Beside);
                Vec::new()
            }
            (State::From(from), _) if distance_m(from, at) <= TOLERANCE_M => Vec::new(),
            (State::From(from), MarkKind::Dimension) => {
                self.state = State::Beside(Line { from, to: at });
                self.pressed = None;
                Vec::new()
            }
            (State::From(from), MarkKind::Guide) => self.finish(from, at, 0.0, ctx),
            (State::Beside(line), kind) => {
                let Some((left, aside_m)) = aside(line, at) else { return Vec::new() };
                match kind {
                    MarkKind::Dimension => self.finish(line.from, line.to, aside_m, ctx),
                    MarkKind::Guide => {
                        let by = left * aside_m;
                        self.finish(line.from + by, line.to + by, 0.0, ctx)
                    }
                }
            }
        }
    }

    fn finish(&mut self, a: Point, b: Point, aside_m: f64, ctx: &Ctx<'_>) -> Vec<Effect> {
        (self.state, self.pressed) = (State::Idle, None);
        let key = match self.kind {
            MarkKind::Guide => "edit-guide",
            MarkKind::Dimension => "edit-dimension",
        };
        let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, Label::new(key));
        let (id, extra) = (edit.take_id(), Extra::default());
        let stored = |p: Point| At(point(p.x, p.y));
        edit.mark(ModelMark { id, kind: self.kind, a: stored(a), b: stored(b), aside_m, extra });
        vec![Effect::Apply(edit.finish()), Effect::Select(vec![id])]
    }
}

impl Machine for Mark {
    fn kind(&self) -> ToolKind {
        match self.kind {
            MarkKind::Guide => ToolKind::Guide,
            MarkKind::Dimension => ToolKind::Dimension,
        }
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Move(pointer) => {
                self.place(pointer, ctx);
                Vec::new()
            }
            Event::Leave if !self.is_busy() => {
                (self.snap, self.edge) = (None, None);
                Vec::new()
            }
            Event::Press(pointer) | Event::Set(pointer) => {
                self.place(pointer, ctx);
                self.pressed = Some(pointer.world);
                self.set_point(ctx)
            }
            Event::Release(pointer) => {
                let dragged = self.pressed.take().is_some_and(|at| ctx.distance_px(at, pointer.world) > DRAG_PX);
                self.place(pointer, ctx);
                if dragged && self.is_busy() { self.set_point(ctx) } else { Vec::new() }
            }
            Event::Escape | Event::Backspace if self.is_busy() => {
                self.state = State::Idle;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn snap(&self) -> Option<Snap> {
        self.snap
    }

    fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const NEXT: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Shift", "hint-hold"), ("← ↑ ↓", "hint-lock"), ("Esc", "hint-back")];
        const BESIDE: &[(&str, &str)] = &[("0…9", "hint-type"), ("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        match (self.kind, self.state) {
            (MarkKind::Guide, State::Idle) => Hint { key: "hint-guide-first", keys: FIRST },
            (MarkKind::Guide, State::From(_)) => Hint { key: "hint-guide-second", keys: NEXT },
            (MarkKind::Guide, State::Beside(_)) => Hint { key: "hint-guide-beside", keys: BESIDE },
            (MarkKind::Dimension, State::Idle) => Hint { key: "hint-dimension-first", keys: FIRST },
            (MarkKind::Dimension, State::From(_)) => Hint { key: "hint-dimension-second", keys: NEXT },
            (MarkKind::Dimension, State::Beside(_)) => Hint { key: "hint-dimension-beside", keys: BESIDE },
        }
    }

    fn overlay(&self, _: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        let line = |points: Vec<Point>, pen| OverlayLine { points, closed: false, pen };
        let Some(at) = self.snap.map(|snap| snap.at) else { return overlay };
        match self.state {
            State::Idle => {
                overlay.lines.extend(self.edge.map(|edge| line(vec![edge.from, edge.to], OverlayPen::Hover)));
            }
            State::From(from) => {
                overlay.lines.push(line(vec![from, at], OverlayPen::Live));
                overlay.readout = Field::from_to(from, at).to_vec();
            }
            State::Beside(of) => {
                let Some((left, aside_m)) = aside(of, at) else { return overlay };
                let (a, b) = (of.from + left * aside_m, of.to + left * aside_m);
                match self.kind {
                    MarkKind::Guide => {
                        // On beyond both ends, as it will be.
                        let reach = (b - a) * 50.0;
                        overlay.lines.push(line(vec![a - reach, b + reach], OverlayPen::Guide));
                        overlay.lines.push(line(vec![of.from, of.to], OverlayPen::Hover));
                    }
                    MarkKind::Dimension => {
                        overlay.lines.push(line(vec![of.from, a, b, of.to], OverlayPen::Guide));
                        let length_m = distance_m(a, b);
                        overlay.dimensions.push(Dimension { a, b, length_m, off: Some((of.from + of.to) / 2.0) });
                    }
                }
                overlay.readout = vec![Field::new(FieldKind::Distance, aside_m.abs())];
            }
        }
        overlay
    }

    fn is_busy(&self) -> bool {
        self.state != State::Idle
    }
}

/// The edit that draws a guide line along each edge, and their ids.
pub(super) fn guides(ctx: &Ctx<'_>, edges: &[(Point, Point)]) -> (Edit, Vec<Id>) {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, Label::new("edit-guide"));
    let ids = edges.iter().map(|&(a, b)| {
        let (id, extra) = (edit.take_id(), Extra::default());
        edit.mark(ModelMark { id, kind: MarkKind::Guide, a: At(a), b: At(b), aside_m: 0.0, extra });
        id
    });
    let ids = ids.collect();
    (edit.finish(), ids)
}

/// The left of a line, and how far to its left a point lies, in metres.
fn aside(line: Line, at: Point) -> Option<(Point, f64)> {
    let left = left_of(direction(line.to - line.from)?);
    Some((left, (at - line.from).x * left.x + (at - line.from).y * left.y))
}

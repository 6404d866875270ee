//! Shapes by few points: a rectangle by a side and a depth, one on an edge that is there, a bar along a line, a circle or
//! regular polygon.
//!
//! Each says what outline its points, the pointer and what was typed come to; clicking, typing and taking back are the same
//! for all.

use super::create::made;
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen, rings};
use super::points::Points;
use super::{Ctx, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::geometry::{
    FLATTEN_M, Outline, Point, TOLERANCE_M, circle, direction, distance_m, left_of, regular, segments_for,
};
use crate::studio::snap::{Line, Snap, SnapKind, grid_step_m};

/// Which shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A rectangle by one side and its depth.
    ThreePoints,
    /// A rectangle on an edge, over its whole length or a typed part of it.
    OnEdge,
    /// A bar along a line of two or more points.
    Bar,
    /// A circle, or a regular polygon.
    Circle,
}

/// The width of a bar until another is typed, in metres: a slab of homes or offices lit from both sides.
const BAR_WIDTH_M: f64 = 14.0;

/// The tool.
#[derive(Clone, Debug)]
pub struct Shape {
    form: Form,
    points: Points,
    /// The edge under the pointer before the first click.
    edge: Option<Line>,
    bar_width_m: f64,
    /// On which side of its line the bar lies.
    side: Side,
    /// The line of the bar is whole: only its width is still open.
    is_whole: bool,
    /// 0 for a circle.
    sides: usize,
    /// Where the hand is: it says on which side of a side a typed depth lies, even while the side catches the point.
    hand: Point,
}

/// Where a bar lies beside its line, seen the way it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    /// The line is its middle.
    #[default]
    Middle,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

impl Side {
    /// The one after it, round and round.
    fn next(self) -> Self {
        match self {
            Self::Middle => Self::Left,
            Self::Left => Self::Right,
            Self::Right => Self::Middle,
        }
    }

    /// The bar along a line.
    fn bar(self, line: &[Point], width_m: f64) -> Option<Outline> {
        match self {
            Self::Middle => Outline::bar(line, width_m),
            Self::Left => Outline::bar_between(line, 0.0, width_m),
            Self::Right => Outline::bar_between(line, -width_m, 0.0),
        }
    }
}

/// What the points come to.
struct Shaped {
    outline: Outline,
    fields: Vec<Field>,
    dimensions: Vec<(Point, Point)>,
}

impl Shape {
    pub(super) fn new(form: Form) -> Self {
        let (points, hand) = (Points::default(), Point::default());
        Self {
            form,
            points,
            edge: None,
            bar_width_m: BAR_WIDTH_M,
            side: Side::default(),
            is_whole: false,
            sides: 0,
            hand,
        }
    }

    /// The tool that can make anew what this one makes with an event: the line of a bar is then whole.
    pub(super) fn finished_by(&self, event: Event) -> Self {
        let mut tool = self.clone();
        if self.form == Form::Bar && !self.is_whole {
            let end = self.end_by(event).map(|snap| snap.at);
            tool.points.begin_with(self.points.set().iter().copied().chain(end).collect());
            (tool.points.snap, tool.is_whole) = (None, true);
        }
        tool
    }

    /// The point under the pointer, where it still belongs to a bar that an event ends: what is typed is for all that is
    /// seen, Enter takes it as the second.
    fn end_by(&self, event: Event) -> Option<Snap> {
        let takes = matches!(event, Event::Set(_)) || (event == Event::Enter && self.points.len() < 2);
        self.points.snap.filter(|_| takes)
    }

    fn place(&mut self, pointer: Pointer, ctx: &Ctx<'_>) {
        // A depth is measured from the side, not from its end.
        let is_depth = self.is_depth();
        let drawn: &[Point] = if is_depth { &[] } else { self.points.set() };
        let mut snap = ctx.place(pointer, drawn, &[], self.points.snap);
        if is_depth && snap.kind == SnapKind::Grid && !pointer.ctrl {
            snap.at = whole_depth(self.points.set(), pointer.world, grid_step_m(ctx.px_per_m));
        }
        if self.form == Form::OnEdge && !self.is_busy() {
            self.edge = ctx.edge_at(pointer);
        }
        (self.points.snap, self.hand) = (Some(snap), pointer.world);
    }

    /// Whether the next point says how deep a rectangle is.
    fn is_depth(&self) -> bool {
        matches!(self.form, Form::ThreePoints | Form::OnEdge) && self.points.len() >= 2
    }

    fn set_point(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let Some(at) = self.points.next() else { return Vec::new() };
        if self.form == Form::OnEdge && !self.is_busy() {
            let Some(edge) = self.edge else { return vec![Effect::Say("say-no-edge")] };
            // A typed length is taken from the end that was clicked nearer to.
            let (a, b) = (edge.from, edge.to);
            self.points.begin_with(if distance_m(a, at) <= distance_m(b, at) { vec![a, b] } else { vec![b, a] });
            return Vec::new();
        }
        let last_of = match self.form {
            Form::ThreePoints | Form::OnEdge => 2,
            Form::Circle => 1,
            Form::Bar => usize::MAX,
        };
        if self.points.len() >= last_of {
            return self.finish(ctx);
        }
        self.points.add(pointer);
        Vec::new()
    }

    /// What was typed counts: a width or a number of sides alone changes the shape and sets no point.
    fn set_typed(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let typed = |kind| ctx.typed.get(kind);
        match self.form {
            Form::Bar => {
                let width_m = self.bar_width_m(ctx);
                if width_m <= TOLERANCE_M {
                    return vec![Effect::Say("say-no-rectangle")];
                }
                self.bar_width_m = width_m;
                if self.is_whole || typed(FieldKind::Area).is_some() {
                    return self.finish(ctx);
                }
                let goes_on = typed(FieldKind::Length).is_some() || typed(FieldKind::Bearing).is_some();
                if goes_on { self.set_point(pointer, ctx) } else { Vec::new() }
            }
            Form::Circle => {
                if let Some(sides) = typed(FieldKind::Sides) {
                    self.sides = sides as usize;
                }
                let is_sized = typed(FieldKind::Radius).is_some() || typed(FieldKind::Area).is_some();
                if is_sized { self.finish(ctx) } else { Vec::new() }
            }
            Form::ThreePoints if !self.is_depth() => {
                let effects = self.set_point(pointer, ctx);
                self.points.let_go();
                // Side and depth at once: 60x14.
                if typed(FieldKind::Width).is_some() { self.finish(ctx) } else { effects }
            }
            Form::ThreePoints | Form::OnEdge => self.finish(ctx),
        }
    }

    fn finish(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let Some(shaped) = self.shaped(ctx) else { return vec![Effect::Say("say-no-shape")] };
        if shaped.outline.fault().is_some() || shaped.outline.touches_itself() {
            return vec![Effect::Say("say-no-shape")];
        }
        self.points.take();
        (self.edge, self.is_whole) = (None, false);
        made(ctx, ctx.purpose_in_hand, shaped.outline)
    }

    /// What it comes to now; `None` while that is nothing.
    fn shaped(&self, ctx: &Ctx<'_>) -> Option<Shaped> {
        let at = self.points.next();
        match self.form {
            Form::ThreePoints | Form::OnEdge => {
                let &[a, b] = self.points.set().get(..2)? else { return None };
                side_and_depth(a, b, at.unwrap_or(b), self.hand, ctx, self.form == Form::OnEdge)
            }
            Form::Bar => {
                let width_m = self.bar_width_m(ctx);
                let line = self.bar_line();
                let outline = self.side.bar(&line, width_m)?;
                let last = line.windows(2).next_back().map(|ends| (ends[0], ends[1]));
                let fields =
                    vec![Field::new(FieldKind::Width, width_m), Field::new(FieldKind::Area, outline.area_m2())];
                Some(Shaped { outline, fields, dimensions: last.into_iter().collect() })
            }
            Form::Circle => self.round(*self.points.set().first()?, at?, ctx),
        }
    }

    /// The middle line of the bar, to where the pointer is.
    fn bar_line(&self) -> Vec<Point> {
        if self.is_whole { self.points.set().to_vec() } else { self.points.with_next() }
    }

    /// How wide the bar is: as typed, or so that it has the typed area.
    fn bar_width_m(&self, ctx: &Ctx<'_>) -> f64 {
        let typed = |kind| ctx.typed.get(kind).map(f64::abs);
        typed(FieldKind::Width)
            .or_else(|| bar_width_for_m(&self.bar_line(), self.side, typed(FieldKind::Area)?))
            .unwrap_or(self.bar_width_m)
    }

    fn round(&self, centre: Point, at: Point, ctx: &Ctx<'_>) -> Option<Shaped> {
        let sides = ctx.typed.get(FieldKind::Sides).map_or(self.sides, |sides| sides as usize);
        let typed_m = ctx.typed.get(FieldKind::Radius).or_else(|| {
            let area_m2 = ctx.typed.get(FieldKind::Area)?;
            let about_m = (area_m2 / std::f64::consts::PI).sqrt();
            let n = if sides >= 3 { sides } else { segments_for(about_m, 360.0, FLATTEN_M) } as f64;
            // n triangles with two sides of r and τ / n between them.
            Some((2.0 * area_m2 / (n * (std::f64::consts::TAU / n).sin())).sqrt())
        });
        let pointed_m = distance_m(centre, at);
        let dir = direction(at - centre).unwrap_or_else(|| ctx.axes().east());
        let radius_m = typed_m.unwrap_or(pointed_m);
        let corner = centre + dir * radius_m;
        let outline = if sides >= 3 { regular(centre, corner, sides) } else { circle(centre, corner, FLATTEN_M) }?;
        let fields = vec![
            Field::new(FieldKind::Radius, radius_m),
            Field::maybe(FieldKind::Sides, (sides >= 3).then_some(sides as f64)),
            Field::new(FieldKind::Area, outline.area_m2()),
        ];
        Some(Shaped { outline, fields, dimensions: vec![(centre, corner)] })
    }
}

impl Machine for Shape {
    fn has_other_way(&self) -> bool {
        self.form == Form::Bar
    }

    fn kind(&self) -> ToolKind {
        match self.form {
            Form::ThreePoints => ToolKind::ThreePoints,
            Form::OnEdge => ToolKind::OnEdge,
            Form::Bar => ToolKind::Bar,
            Form::Circle => ToolKind::Circle,
        }
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Move(pointer) => {
                self.place(pointer, ctx);
                Vec::new()
            }
            Event::Leave if !self.is_busy() => {
                (self.points.snap, self.edge) = (None, None);
                Vec::new()
            }
            Event::Press(pointer) => {
                self.place(pointer, ctx);
                self.set_point(pointer, ctx)
            }
            Event::Set(pointer) => {
                self.place(pointer, ctx);
                self.set_typed(pointer, ctx)
            }
            Event::Release(pointer) => {
                let dragged = self.points.was_dragged(pointer, ctx);
                self.place(pointer, ctx);
                if dragged && self.form != Form::OnEdge { self.set_point(pointer, ctx) } else { Vec::new() }
            }
            Event::DoubleClick(_) | Event::Enter if self.form == Form::Bar && self.is_busy() => {
                if event != Event::Enter {
                    self.points.drop_crumb();
                }
                self.points.snap = self.end_by(event);
                self.finish(ctx)
            }
            Event::Enter if self.is_busy() => self.finish(ctx),
            Event::OtherWay if self.has_other_way() => {
                self.side = self.side.next();
                Vec::new()
            }
            Event::Backspace | Event::Escape if self.is_busy() => {
                // An edge is both of its points.
                self.points.back(if self.form == Form::OnEdge { Event::Escape } else { event });
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn snap(&self) -> Option<Snap> {
        self.points.snap
    }

    fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const NEXT: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Shift", "hint-hold"), ("← ↑ ↓", "hint-lock"), ("Esc", "hint-back")];
        const DEPTH: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Alt", "hint-cut-out"), ("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const ENDS: &[(&str, &str)] =
            &[("Enter", "hint-close"), ("A", "hint-bar-side"), ("0…9", "hint-type"), ("Backspace", "hint-last-point")];
        const BAR: &[(&str, &str)] =
            &[("A", "hint-bar-side"), ("0…9", "hint-type"), ("Shift", "hint-hold"), ("Esc", "hint-back")];
        match (self.form, self.points.len()) {
            (Form::ThreePoints, 0) => Hint { key: "hint-side-first", keys: FIRST },
            (Form::ThreePoints, 1) => Hint { key: "hint-side-second", keys: NEXT },
            (Form::OnEdge, 0) => Hint { key: "hint-edge-first", keys: FIRST },
            (Form::ThreePoints | Form::OnEdge, _) => Hint { key: "hint-depth", keys: DEPTH },
            (Form::Bar, 0) => Hint { key: "hint-bar-first", keys: FIRST },
            (Form::Bar, 1) => Hint { key: "hint-bar-next", keys: BAR },
            (Form::Bar, _) => Hint { key: "hint-bar-next", keys: ENDS },
            (Form::Circle, 0) => Hint { key: "hint-circle-first", keys: FIRST },
            (Form::Circle, _) => Hint { key: "hint-circle-second", keys: NEXT },
        }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.points.snap, ..Overlay::default() };
        let line = |points: Vec<Point>, pen| OverlayLine { points, closed: false, pen };
        if !self.is_busy() {
            overlay.lines.extend(self.edge.map(|edge| line(vec![edge.from, edge.to], OverlayPen::Hover)));
            return overlay;
        }
        let to = self.points.step();
        if !self.is_depth()
            && !self.is_whole
            && self.form != Form::Circle
            && let Some((from, to)) = to
        {
            overlay.readout.extend(Field::from_to(from, to));
        }
        let Some(shaped) = self.shaped(ctx) else {
            if let Some((from, to)) = to {
                overlay.lines.push(line(vec![from, to], OverlayPen::Live));
                overlay.dimensions.push(Dimension { a: from, b: to, length_m: distance_m(from, to), off: None });
            }
            if matches!(self.form, Form::ThreePoints | Form::Bar) {
                overlay.readout.insert(overlay.readout.len().min(1), Field::maybe(FieldKind::Width, None));
            }
            return overlay;
        };
        overlay.lines.extend(rings(&shaped.outline, OverlayPen::Live));
        if self.form == Form::Bar {
            overlay.lines.push(line(self.bar_line(), OverlayPen::Guide));
        }
        let off = shaped.outline.inner_point();
        overlay.dimensions.extend(shaped.dimensions.into_iter().map(|(a, b)| {
            let length_m = distance_m(a, b);
            Dimension { a, b, length_m, off: off.filter(|_| self.form != Form::Circle) }
        }));
        overlay.readout.extend(shaped.fields);
        overlay
    }

    fn is_busy(&self) -> bool {
        self.points.is_begun()
    }
}

/// The width at which a bar along a line has an area; `None` for a line without length.
fn bar_width_for_m(line: &[Point], side: Side, area_m2: f64) -> Option<f64> {
    /// At bends that are cut off the area is no longer just length times width; a few rounds find it to the millimetre.
    const ROUNDS: usize = 12;
    let length_m: f64 = line.windows(2).map(|ends| distance_m(ends[0], ends[1])).sum();
    let mut width_m = area_m2 / length_m;
    for _ in 0..ROUNDS {
        width_m *= area_m2 / side.bar(line, width_m)?.area_m2();
    }
    width_m.is_finite().then_some(width_m)
}

/// The rectangle on the side from `a` to `b`, as deep as `to` is away from it; what was typed holds.
fn side_and_depth(a: Point, b: Point, to: Point, hand: Point, ctx: &Ctx<'_>, may_be_part: bool) -> Option<Shaped> {
    let whole_m = distance_m(a, b);
    let dir = direction(b - a)?;
    let left = left_of(dir);
    let typed = |kind| ctx.typed.get(kind);
    let length_m = typed(FieldKind::Length).filter(|_| may_be_part).map_or(whole_m, f64::abs);
    let depth_of = |p: Point| (p - a).x * left.x + (p - a).y * left.y;
    let (pointed_m, side) = (depth_of(to), depth_of(hand));
    let depth_m = match (typed(FieldKind::Width), typed(FieldKind::Area)) {
        (Some(width_m), _) => width_m * 1f64.copysign(side),
        (None, Some(area_m2)) => (area_m2 / length_m).copysign(side),
        (None, None) => pointed_m,
    };
    let end = a + dir * length_m;
    let outline = Outline::from_points([a, end, end + left * depth_m, a + left * depth_m]);
    let mut fields = vec![Field::new(FieldKind::Width, depth_m.abs())];
    if may_be_part {
        fields.push(Field::new(FieldKind::Length, length_m));
    }
    fields.push(Field::new(FieldKind::Area, length_m * depth_m.abs()));
    let dimensions = vec![(a, end), (end, end + left * depth_m)];
    Some(Shaped { outline, fields, dimensions })
}

/// `at` moved so that it is a whole number of grid steps away from the side.
fn whole_depth(side: &[Point], at: Point, step_m: f64) -> Point {
    let &[a, b, ..] = side else { return at };
    let Some(left) = direction(b - a).map(left_of) else { return at };
    let depth_m = (at - a).x * left.x + (at - a).y * left.y;
    at + left * ((depth_m / step_m).round() * step_m - depth_m)
}

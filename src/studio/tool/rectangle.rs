//! Drawing a rectangle by two opposite corners.
//!
//! The rectangle lies along the plot: its sides follow the edge of the plot that is nearest to the first corner, since
//! few sites look north. Off any plot it lies along the axes.

use super::create::made;
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::geometry::{
    Outline, Point, TOLERANCE_M, bearing_deg, direction, distance_m, left_of, nearest_on_segment, point,
};
use crate::studio::snap::{Lock, Snap, SnapKind, grid_step_m};

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Rectangle {
    state: State,
    snap: Option<Snap>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    /// The first corner is set; `along` is the direction of the first side. `pressed` is where the button
    /// went down, while it is down: a corner that was caught lies elsewhere.
    Corner { first: Point, along: Point, pressed: Option<Point>, corner: Point },
}

impl Rectangle {
    /// The direction of the first side and the opposite corner for a pointer. A free one gets sides of whole grid steps in
    /// the rectangle's own axes; what was typed holds.
    fn corner(&mut self, pointer: Pointer, first: Point, along: Point, ctx: &Ctx<'_>) -> (Point, Point) {
        let mut snap = ctx.snap(pointer, &[], &[], self.snap);
        let along = match (ctx.lock_of)(pointer) {
            Lock::Along(dir, _) => dir,
            Lock::Free | Lock::Present => along,
        };
        let is_free = snap.kind == SnapKind::Grid && !pointer.ctrl;
        let along = longer(along, first, if is_free { pointer.world } else { snap.at });
        let across = left_of(along);
        let in_axes = |p: Point| {
            let d = p - first;
            (d.x * along.x + d.y * along.y, d.x * across.x + d.y * across.y)
        };
        let (mut u, mut v) = in_axes(if is_free { pointer.world } else { snap.at });
        if is_free {
            let step_m = grid_step_m(ctx.px_per_m);
            (u, v) = ((u / step_m).round() * step_m, (v / step_m).round() * step_m);
            // Nearly a square is one.
            const SQUARE_PX: f64 = 6.0;
            if (u.abs() - v.abs()).abs() * ctx.px_per_m < SQUARE_PX
                && u != 0.0
                && ctx.drawing.off.allows(SnapKind::Equal)
            {
                v = u.abs().copysign(v);
                snap.kind = SnapKind::Equal;
            }
        }
        let typed = |kind| ctx.typed.get(kind);
        // The sides lead to where the hand is, even while a point is caught on one of them.
        let hand = in_axes(pointer.world);
        let led = [(u, hand.0), (v, hand.1)].map(|(side, hand)| if side == 0.0 { 0f64.copysign(hand) } else { side });
        let sides = with_typed(led, typed(FieldKind::Length), typed(FieldKind::Width), typed(FieldKind::Area));
        if sides != [u, v] {
            snap = Snap { kind: SnapKind::Grid, of: None, ..snap };
        }
        let at = first + along * sides[0] + across * sides[1];
        let at = if is_free || sides != [u, v] { point(at.x, at.y) } else { snap.at };
        self.snap = Some(Snap { at, ..snap });
        (along, at)
    }

    fn finish(&mut self, first: Point, along: Point, corner: Point, ctx: &Ctx<'_>) -> Vec<Effect> {
        let points = corners(first, along, corner);
        if distance_m(points[0], points[1]) < TOLERANCE_M || distance_m(points[1], points[2]) < TOLERANCE_M {
            return vec![Effect::Say("say-no-rectangle")];
        }
        self.state = State::Idle;
        made(ctx, ctx.purpose_in_hand, Outline::from_points(points))
    }
}

impl Machine for Rectangle {
    fn kind(&self) -> ToolKind {
        ToolKind::Rectangle
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, self.state) {
            (Event::Move(pointer), State::Idle) => {
                self.snap = Some(ctx.snap(pointer, &[], &[], self.snap));
                Vec::new()
            }
            (Event::Leave, State::Idle) => {
                self.snap = None;
                Vec::new()
            }
            (Event::Press(pointer), State::Idle) => {
                let snap = ctx.snap(pointer, &[], &[], self.snap);
                let along = side_direction(ctx, snap.at);
                self.state = State::Corner { first: snap.at, along, pressed: Some(pointer.world), corner: snap.at };
                self.snap = Some(snap);
                Vec::new()
            }
            (Event::Move(pointer), State::Corner { first, along, pressed, .. }) => {
                let (along, corner) = self.corner(pointer, first, along, ctx);
                self.state = State::Corner { first, along, pressed, corner };
                Vec::new()
            }
            (Event::Release(pointer), State::Corner { first, along, pressed: Some(from), .. }) => {
                let (along, corner) = self.corner(pointer, first, along, ctx);
                if ctx.distance_px(from, pointer.world) > DRAG_PX {
                    return self.finish(first, along, corner, ctx);
                }
                self.state = State::Corner { first, along, pressed: None, corner };
                Vec::new()
            }
            (Event::Press(pointer) | Event::Set(pointer), State::Corner { first, along, .. }) => {
                let (along, corner) = self.corner(pointer, first, along, ctx);
                self.finish(first, along, corner, ctx)
            }
            (Event::Enter, State::Corner { first, along, corner, .. }) => self.finish(first, along, corner, ctx),
            (Event::Escape | Event::Backspace, State::Corner { .. }) => {
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
        const SECOND: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Alt", "hint-cut-out"), ("← ↑ ↓", "hint-lock"), ("Esc", "hint-back")];
        match self.state {
            State::Idle => Hint { key: "hint-rectangle-first", keys: FIRST },
            State::Corner { .. } => Hint { key: "hint-rectangle-second", keys: SECOND },
        }
    }

    fn overlay(&self, _: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        if let State::Corner { first, along, corner, .. } = self.state {
            let points = corners(first, along, corner);
            let sides = [(points[0], points[1]), (points[1], points[2])];
            let [length_m, width_m] = sides.map(|(a, b)| distance_m(a, b));
            for ((a, b), length_m) in sides.into_iter().zip([length_m, width_m]) {
                overlay.dimensions.push(Dimension { a, b, length_m, off: Some((points[0] + points[2]) / 2.0) });
            }
            overlay.readout = vec![
                Field::new(FieldKind::Length, length_m),
                Field::new(FieldKind::Width, width_m),
                Field::new(FieldKind::Bearing, bearing_deg(points[0], points[1])),
                Field::new(FieldKind::Area, length_m * width_m),
            ];
            overlay.lines.push(OverlayLine { points: points.to_vec(), closed: true, pen: OverlayPen::Live });
        }
        overlay
    }

    fn is_busy(&self) -> bool {
        self.state != State::Idle
    }
}

/// Of a direction and the one square to it, that of the longer side between two corners: its length is what people say
/// first. Where both are about as long it stays as it is.
fn longer(along: Point, first: Point, corner: Point) -> Point {
    const MUCH: f64 = 1.05;
    let d = corner - first;
    let (u, v) = (d.x * along.x + d.y * along.y, d.y * along.x - d.x * along.y);
    if v.abs() > MUCH * u.abs() { left_of(along) } else { along }
}

/// Two sides, signed by the way they lead, with what was typed of them; an area makes up for the side that was not.
fn with_typed([u, v]: [f64; 2], length_m: Option<f64>, width_m: Option<f64>, area_m2: Option<f64>) -> [f64; 2] {
    let signed = |typed: Option<f64>, side: f64| typed.map_or(side, |typed| typed * 1f64.copysign(side));
    let (mut length, mut width) = (signed(length_m, u), signed(width_m, v));
    if let Some(area_m2) = area_m2 {
        if width_m.is_some() && length_m.is_none() {
            length = (area_m2 / width.abs()).copysign(u);
        } else if width_m.is_none() {
            width = (area_m2 / length.abs()).copysign(v);
        }
    }
    [length, width].map(|side| if side.is_finite() { side } else { 0.0 })
}

/// The direction of the edge nearest to `at`: of the volume that it lies on, else of the plot around it; where there is
/// neither.
fn side_direction(ctx: &Ctx<'_>, at: Point) -> Point {
    let hits = ctx.seen_at(at, 1.0);
    let volume = hits.iter().find_map(|id| ctx.variant.volumes.get(*id)).map(|volume| &volume.footprint);
    let plot = || hits.iter().find_map(|id| ctx.variant.plots.get(*id)).map(|plot| &plot.outline);
    let nearest = volume.or_else(plot).and_then(|outline| {
        let away = |(a, b): &(Point, Point)| distance_m(at, nearest_on_segment(at, *a, *b));
        outline.edges().min_by(|x, y| away(x).total_cmp(&away(y)))
    });
    nearest.and_then(|(a, b)| direction(b - a)).unwrap_or_else(|| ctx.axes().east())
}

/// The four corners of the rectangle with a side in direction `along` (of length 1) between opposite corners.
fn corners(first: Point, along: Point, opposite: Point) -> [Point; 4] {
    let d = opposite - first;
    let u = d.x * along.x + d.y * along.y;
    let second = first + along * u;
    [first, second, opposite, first + (opposite - second)]
}

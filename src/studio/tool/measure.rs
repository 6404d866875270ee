//! Measuring: lengths and bearings from point to point, the angle between them, and the area they enclose. Nothing of it is kept.

use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, Effect, Event, Field, FieldKind, Pointer, ToolKind};
use crate::geometry::{Outline, Point, TOLERANCE_M, bearing_deg, distance_m};
use crate::studio::snap::{Snap, SnapKind};

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    points: Vec<Point>,
    snap: Option<Snap>,
    /// What was measured stays to be read until the next click.
    done: bool,
    closed: bool,
}

impl Measure {
    pub(super) fn snap(&self) -> Option<Snap> {
        self.snap
    }

    pub(super) fn is_busy(&self) -> bool {
        !self.points.is_empty()
    }

    pub(super) fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Move(pointer) => {
                self.place(pointer, ctx);
                Vec::new()
            }
            Event::Leave if !self.is_busy() => {
                self.snap = None;
                Vec::new()
            }
            Event::Press(pointer) | Event::Set(pointer) => {
                if self.done {
                    *self = Self { snap: self.snap, ..Self::default() };
                }
                self.place(pointer, ctx);
                let Some(snap) = self.snap else { return Vec::new() };
                if snap.kind == SnapKind::Close {
                    (self.done, self.closed) = (true, true);
                } else if self.points.last().is_none_or(|&last| distance_m(last, snap.at) > TOLERANCE_M) {
                    self.points.push(snap.at);
                }
                Vec::new()
            }
            Event::DoubleClick(_) | Event::Enter if self.points.len() >= 2 => {
                self.done = true;
                Vec::new()
            }
            Event::Backspace if self.is_busy() => {
                self.done = false;
                self.points.pop();
                Vec::new()
            }
            Event::Escape if self.is_busy() => {
                *self = Self { snap: self.snap, ..Self::default() };
                Vec::new()
            }
            Event::Escape => vec![Effect::Switch(ToolKind::Select)],
            _ => Vec::new(),
        }
    }

    fn place(&mut self, pointer: Pointer, ctx: &Ctx<'_>) {
        let drawn: &[Point] = if self.done { &[] } else { &self.points };
        let mut snap = ctx.place(pointer, drawn, &[], self.snap);
        if snap.kind == SnapKind::Grid && ctx.typed.is_empty() {
            // What is measured is there: it is not to be rounded.
            snap.at = pointer.world;
        }
        self.snap = Some(snap);
    }

    pub(super) fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Esc", "hint-back")];
        const NEXT: &[(&str, &str)] = &[
            ("Enter", "hint-end"),
            ("Shift", "hint-hold"),
            ("← ↑ ↓", "hint-lock"),
            ("Backspace", "hint-last-point"),
            ("Esc", "hint-back"),
        ];
        match (self.done, self.points.len()) {
            (true, _) => Hint { key: "hint-measure-done", keys: FIRST },
            (false, 0) => Hint { key: "hint-measure-first", keys: FIRST },
            (false, _) => Hint { key: "hint-measure-next", keys: NEXT },
        }
    }

    pub(super) fn overlay(&self) -> Overlay {
        let mut overlay = Overlay { snap: self.snap.filter(|_| !self.done), ..Overlay::default() };
        let next = self.snap.map(|snap| snap.at).filter(|_| !self.done);
        let path: Vec<Point> = self.points.iter().copied().chain(next).collect();
        let (Some(&last), Some(&before)) = (path.last(), path.iter().rev().nth(1)) else { return overlay };
        let outline = Outline::from_points(path.iter().copied());
        let is_area = path.len() >= 3 && outline.fault().is_none();
        overlay.lines.push(OverlayLine { points: path.clone(), closed: self.closed, pen: OverlayPen::Live });
        if is_area && !self.closed {
            let closing = vec![last, path[0]];
            overlay.lines.push(OverlayLine { points: closing, closed: false, pen: OverlayPen::Guide });
        }
        let off = is_area.then(|| outline.inner_point()).flatten();
        let sides = path.windows(2).map(|ends| (ends[0], ends[1])).chain(self.closed.then_some((last, path[0])));
        let mut whole_m = 0.0;
        for (a, b) in sides {
            let length_m = distance_m(a, b);
            whole_m += length_m;
            overlay.dimensions.push(Dimension { a, b, length_m, off });
        }
        overlay.readout = vec![
            Field::new(FieldKind::Length, distance_m(before, last)),
            Field::new(FieldKind::Bearing, bearing_deg(before, last)),
        ];
        if let Some(&corner_before) = path.iter().rev().nth(2) {
            overlay.readout.push(Field::new(FieldKind::Angle, angle_deg(corner_before, before, last)));
            overlay.readout.push(Field::new(FieldKind::Whole, whole_m));
            overlay.readout.push(Field::maybe(FieldKind::Area, is_area.then(|| outline.area_m2())));
        }
        overlay
    }
}

/// The angle at `corner` between the ways to `a` and to `b`, in degrees in `[0, 180]`.
fn angle_deg(a: Point, corner: Point, b: Point) -> f64 {
    let turn = (bearing_deg(corner, a) - bearing_deg(corner, b)).rem_euclid(360.0);
    turn.min(360.0 - turn)
}

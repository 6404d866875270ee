//! Measuring: lengths and bearings from point to point, the angle between them, and the area they enclose. Nothing of it is kept.

use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::points::Points;
use super::{Ctx, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::geometry::{Outline, Point, bearing_deg, distance_m};
use crate::studio::snap::{Snap, SnapKind};

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    points: Points,
    /// What was measured stays to be read until the next click.
    done: bool,
    closed: bool,
}

impl Measure {
    fn place(&mut self, pointer: Pointer, ctx: &Ctx<'_>) {
        if self.done {
            // Beside what was measured nothing is drawn on.
            self.points.snap = Some(ctx.place(pointer, &[], &[], self.points.snap));
        } else {
            self.points.place(pointer, ctx);
        }
        let snap = self.points.snap.as_mut().filter(|snap| snap.kind == SnapKind::Grid && ctx.typed.is_empty());
        if let Some(snap) = snap {
            // What is measured is there: it is not to be rounded.
            snap.at = pointer.world;
        }
    }

    fn begin_anew(&mut self) {
        self.points.take();
        (self.done, self.closed) = (false, false);
    }
}

impl Machine for Measure {
    fn kind(&self) -> ToolKind {
        ToolKind::Measure
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Move(pointer) => {
                self.place(pointer, ctx);
                Vec::new()
            }
            Event::Leave if !self.is_busy() => {
                self.points.snap = None;
                Vec::new()
            }
            Event::Press(pointer) | Event::Set(pointer) => {
                if self.done {
                    self.begin_anew();
                }
                self.place(pointer, ctx);
                if self.points.snap.is_some_and(|snap| snap.kind == SnapKind::Close) {
                    (self.done, self.closed) = (true, true);
                } else {
                    self.points.add(pointer);
                }
                Vec::new()
            }
            Event::Release(_) => {
                self.points.let_go();
                Vec::new()
            }
            Event::DoubleClick(_) if self.points.len() >= 2 => {
                self.points.drop_crumb();
                self.done = self.points.len() >= 2;
                Vec::new()
            }
            Event::Enter if self.points.len() >= 2 => {
                self.done = true;
                Vec::new()
            }
            Event::Backspace if self.is_busy() => {
                self.done = false;
                self.points.take_back();
                Vec::new()
            }
            Event::Escape if self.is_busy() => {
                self.begin_anew();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn snap(&self) -> Option<Snap> {
        self.points.snap
    }

    fn hint(&self) -> Hint {
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

    fn overlay(&self, _: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.points.snap.filter(|_| !self.done), ..Overlay::default() };
        let path = if self.done { self.points.set().to_vec() } else { self.points.with_next() };
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
            overlay.readout.push(Field::new(FieldKind::Total, whole_m));
            overlay.readout.push(Field::maybe(FieldKind::Area, is_area.then(|| outline.area_m2())));
        }
        overlay
    }

    fn is_busy(&self) -> bool {
        self.points.is_begun()
    }
}

/// The angle at `corner` between the ways to `a` and to `b`, in degrees in `[0, 180]`.
fn angle_deg(a: Point, corner: Point, b: Point) -> f64 {
    let turn = (bearing_deg(corner, a) - bearing_deg(corner, b)).rem_euclid(360.0);
    turn.min(360.0 - turn)
}

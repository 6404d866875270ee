//! Drawing an outline point by point: a plot, a volume, a surface.

use super::create::{Purpose, create};
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, Effect, Event, Field, FieldKind, Pointer, ToolKind};
use crate::geometry::{Outline, Point, TOLERANCE_M, bearing_deg, distance_m};
use crate::studio::snap::{Snap, SnapKind};

/// The tool.
#[derive(Clone, Debug)]
pub struct Draw {
    purpose: Purpose,
    points: Vec<Point>,
    snap: Option<Snap>,
    /// The last press set a point: should it turn out to be the second of a double click, the point is a crumb.
    last_press_set: bool,
}

impl Draw {
    pub(super) fn new(purpose: Purpose) -> Self {
        Self { purpose, points: Vec::new(), snap: None, last_press_set: false }
    }

    pub(super) fn snap(&self) -> Option<Snap> {
        self.snap
    }

    pub(super) fn purpose(&self) -> Purpose {
        self.purpose
    }

    pub(super) fn is_busy(&self) -> bool {
        !self.points.is_empty()
    }

    pub(super) fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, self.points.len()) {
            (Event::Move(pointer), _) => {
                self.snap = Some(self.place(pointer, ctx));
                Vec::new()
            }
            (Event::Leave, 0) => {
                self.snap = None;
                Vec::new()
            }
            (Event::Press(pointer) | Event::Set(pointer), _) => self.add(pointer, ctx),
            (Event::DoubleClick(_), 1..) => {
                // The first click of the two has set the last point, or closed the outline already.
                if std::mem::take(&mut self.last_press_set) {
                    self.points.pop();
                }
                if self.points.len() >= 3 { self.close(ctx) } else { Vec::new() }
            }
            (Event::Enter, 3..) => self.close(ctx),
            (Event::Enter, 1..) => vec![Effect::Say("say-three-points")],
            (Event::Backspace, 1..) => {
                self.points.pop();
                Vec::new()
            }
            (Event::Escape, 0) => vec![Effect::Switch(ToolKind::Select)],
            (Event::Escape, _) => {
                self.points.clear();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Where the next point goes; with a typed area, so far that the outline closed from there has it.
    fn place(&self, pointer: Pointer, ctx: &Ctx<'_>) -> Snap {
        let snap = ctx.place(pointer, &self.points, &[], self.snap);
        let area_m2 = ctx.typed.get(FieldKind::Area).filter(|_| ctx.typed.get(FieldKind::Length).is_none());
        let at = area_m2.and_then(|area_m2| end_for_area(&self.points, snap.at, area_m2));
        at.map_or(snap, |at| Snap { at, kind: SnapKind::Grid, of: None, ..snap })
    }

    fn add(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let snap = self.place(pointer, ctx);
        self.snap = Some(snap);
        self.last_press_set = false;
        if snap.kind == SnapKind::Close {
            return self.close(ctx);
        }
        if self.points.last().is_none_or(|&last| distance_m(last, snap.at) > TOLERANCE_M) {
            self.points.push(snap.at);
            self.last_press_set = true;
        }
        Vec::new()
    }

    fn close(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let outline = Outline::from_points(self.points.iter().copied());
        if outline.fault().is_some() {
            return vec![Effect::Say("say-crosses-itself")];
        }
        self.points.clear();
        self.snap = None;
        let (edit, id) = create(ctx, self.purpose, outline);
        vec![Effect::Apply(edit), Effect::Select(vec![id])]
    }

    pub(super) fn hint(&self) -> Hint {
        const START: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const GOING: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("Shift", "hint-hold"), ("← ↑ ↓", "hint-lock"), ("Backspace", "hint-last-point")];
        const CLOSING: &[(&str, &str)] = &[
            ("Enter", "hint-close"),
            ("0…9", "hint-type"),
            ("Shift", "hint-hold"),
            ("← ↑ ↓", "hint-lock"),
            ("Backspace", "hint-last-point"),
        ];
        match self.points.len() {
            0 => Hint { key: "hint-draw-first", keys: START },
            1 | 2 => Hint { key: "hint-draw-next", keys: GOING },
            _ => Hint { key: "hint-draw-close", keys: CLOSING },
        }
    }

    pub(super) fn overlay(&self) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        let Some(snap) = self.snap else { return overlay };
        let mut points = self.points.clone();
        if snap.kind != SnapKind::Close {
            points.push(snap.at);
        }
        let outline = Outline::from_points(points.iter().copied());
        let crosses = self.points.len() >= 3 && outline.fault().is_some();
        if !self.points.is_empty() {
            let pen = if crosses { OverlayPen::Refused } else { OverlayPen::Live };
            overlay.lines.push(OverlayLine { closed: snap.kind == SnapKind::Close, points: points.clone(), pen });
            if self.points.len() >= 2 && snap.kind != SnapKind::Close {
                let closing = vec![snap.at, self.points[0]];
                overlay.lines.push(OverlayLine { points: closing, closed: false, pen: OverlayPen::Guide });
            }
        }
        if let Some(&last) = self.points.last() {
            let length_m = distance_m(last, snap.at);
            let off = (points.len() >= 3).then(|| outline.inner_point()).flatten();
            overlay.dimensions.push(Dimension { a: last, b: snap.at, length_m, off });
            overlay.readout = vec![
                Field::new(FieldKind::Length, length_m),
                Field::new(FieldKind::Bearing, bearing_deg(last, snap.at)),
            ];
            if self.points.len() >= 2 {
                let area_m2 = (points.len() >= 3 && !crosses).then(|| outline.area_m2());
                overlay.readout.push(Field::maybe(FieldKind::Area, area_m2));
            }
        }
        overlay
    }
}

/// How far from the last point towards `to` the next one must be for the outline closed from there to have an area;
/// `None` when it never has.
fn end_for_area(points: &[Point], to: Point, area_m2: f64) -> Option<Point> {
    let (&first, &last) = (points.first()?, points.last()?);
    let length_m = distance_m(last, to);
    if points.len() < 2 || length_m < TOLERANCE_M {
        return None;
    }
    let dir = (to - last) / length_m;
    let cross = |a: Point, b: Point| a.x * b.y - a.y * b.x;
    // Seen from the first point, twice the area is that so far and one triangle more: it grows evenly with the length.
    let so_far: f64 = points.windows(2).map(|ends| cross(ends[0] - first, ends[1] - first)).sum();
    let per_m = cross(last - first, dir);
    let lengths = [2.0 * area_m2, -2.0 * area_m2].map(|twice| (twice - so_far) / per_m);
    let length_m = lengths.into_iter().filter(|m| m.is_finite() && *m > TOLERANCE_M).min_by(f64::total_cmp)?;
    Some(last + dir * length_m)
}

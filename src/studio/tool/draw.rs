//! Drawing an outline point by point: a plot, a volume, a surface.

use super::create::{Purpose, made};
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::geometry::{Arc, FLATTEN_M, Outline, Point, TOLERANCE_M, arc_through, bearing_deg, distance_m};
use crate::studio::snap::{self, Snap, SnapKind};

/// The tool.
#[derive(Clone, Debug)]
pub struct Draw {
    purpose: Purpose,
    points: Vec<Point>,
    snap: Option<Snap>,
    /// How many points each step added, so that an arc is taken back whole.
    steps: Vec<usize>,
    /// The last press set a point: should it turn out to be the second of a double click, the point is a crumb.
    last_press_set: bool,
    /// The next side is an arc, and its end once that is set.
    arc: Option<ArcEnd>,
    /// It was refused because it crosses itself: asked again, it is repaired.
    refused: bool,
}

/// An arc being drawn: first its end, then how far it bulges.
#[derive(Clone, Copy, Debug, PartialEq)]
enum ArcEnd {
    Open,
    At(Point),
}

impl Draw {
    pub(super) fn new(purpose: Purpose) -> Self {
        let (points, steps) = (Vec::new(), Vec::new());
        Self { purpose, points, snap: None, steps, last_press_set: false, arc: None, refused: false }
    }

    /// Where the next point goes; with a typed area, so far that the outline closed from there has it.
    fn place(&self, pointer: Pointer, ctx: &Ctx<'_>) -> Snap {
        if let Some(ArcEnd::At(end)) = self.arc {
            return self.bulge(pointer, end, ctx);
        }
        let snap = ctx.place(pointer, &self.points, &[], self.snap);
        let area_m2 = ctx.typed.get(FieldKind::Area).filter(|_| ctx.typed.get(FieldKind::Length).is_none());
        let at = area_m2.and_then(|area_m2| end_for_area(&self.points, snap.at, area_m2));
        at.map_or(snap, |at| Snap { at, kind: SnapKind::Grid, of: None, ..snap })
    }

    /// The point that the arc to `end` goes through: where the pointer is, with a typed radius, or so that the arc goes on
    /// in the direction of the side before it.
    fn bulge(&self, pointer: Pointer, end: Point, ctx: &Ctx<'_>) -> Snap {
        let free = Snap { at: pointer.world, kind: SnapKind::Grid, of: None, along: None, guide: None };
        let Some(&last) = self.points.last() else { return free };
        let (chord, middle) = (end - last, (last + end) / 2.0);
        let half_m = distance_m(last, end) / 2.0;
        let side = (chord.x * (pointer.world - last).y - chord.y * (pointer.world - last).x).signum();
        if let Some(radius_m) = ctx.typed.get(FieldKind::Radius).filter(|radius_m| *radius_m >= half_m && half_m > 0.0)
        {
            let out = Point { x: -chord.y, y: chord.x } / (2.0 * half_m) * side;
            let rise_m = radius_m - (radius_m * radius_m - half_m * half_m).max(0.0).sqrt();
            return Snap { at: middle + out * rise_m, ..free };
        }
        if let [.., before, _] = self.points.as_slice()
            && let Some(arc) = Arc::tangent(last, last - *before, end)
            && !pointer.ctrl
        {
            let at = arc.at(0.5);
            if ctx.distance_px(at, pointer.world) <= snap::RADIUS_PX {
                return Snap { at, kind: SnapKind::Tangent, ..free };
            }
        }
        free
    }

    /// One step back: an arc goes whole, and its end first.
    fn take_back(&mut self) {
        self.refused = false;
        if let Some(ArcEnd::At(_)) = self.arc {
            self.arc = Some(ArcEnd::Open);
            return;
        }
        let count = self.steps.pop().unwrap_or(1);
        self.points.truncate(self.points.len().saturating_sub(count));
        // A side that has nowhere to begin is none.
        self.arc = self.arc.filter(|_| self.is_busy());
    }

    fn add(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let snap = self.place(pointer, ctx);
        self.snap = Some(snap);
        self.last_press_set = false;
        self.refused = false;
        match self.arc {
            Some(ArcEnd::At(end)) => {
                let Some(&last) = self.points.last() else { return Vec::new() };
                let arc = arc_through(last, snap.at, end, FLATTEN_M);
                let closes = self.points.first() == Some(&end);
                let count = arc.len() - usize::from(closes);
                self.points.extend(arc.into_iter().take(count));
                self.steps.push(count);
                self.arc = None;
                return if closes { self.close(ctx) } else { Vec::new() };
            }
            Some(ArcEnd::Open) => {
                if self.points.last().is_some_and(|&last| distance_m(last, snap.at) > TOLERANCE_M) {
                    self.arc = Some(ArcEnd::At(snap.at));
                }
                return Vec::new();
            }
            None => {}
        }
        if snap.kind == SnapKind::Close {
            return self.close(ctx);
        }
        if self.points.last().is_none_or(|&last| distance_m(last, snap.at) > TOLERANCE_M) {
            self.points.push(snap.at);
            self.steps.push(1);
            self.last_press_set = true;
        }
        Vec::new()
    }

    fn close(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let mut outline = Outline::from_points(self.points.iter().copied());
        if outline.fault().is_some() || outline.touches_itself() {
            // Asked a second time, it is repaired: of what falls apart the largest is what was meant.
            let parts = outline.repaired().into_iter().filter(|part| !part.touches_itself());
            match Outline::largest(parts).filter(|_| std::mem::replace(&mut self.refused, true)) {
                Some(repaired) => outline = repaired,
                None => return vec![Effect::Say("say-crosses-itself-draw")],
            }
        }
        *self = Self::new(self.purpose);
        made(ctx, self.purpose, outline)
    }
}

impl Machine for Draw {
    fn has_other_way(&self) -> bool {
        true
    }

    fn kind(&self) -> ToolKind {
        match self.purpose {
            Purpose::Plot => ToolKind::Plot,
            Purpose::Volume => ToolKind::Polygon,
            Purpose::Surface => ToolKind::Surface,
        }
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
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
                    self.take_back();
                }
                if self.points.len() >= 3 { self.close(ctx) } else { Vec::new() }
            }
            (Event::Enter, 3..) => self.close(ctx),
            (Event::Enter, 1..) => vec![Effect::Say("say-three-points")],
            (Event::Backspace, 1..) => {
                self.take_back();
                Vec::new()
            }
            (Event::OtherWay, 1..) => {
                self.arc = if self.arc.is_some() { None } else { Some(ArcEnd::Open) };
                Vec::new()
            }
            (Event::Escape, _) => {
                *self = Self { snap: self.snap, ..Self::new(self.purpose) };
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn snap(&self) -> Option<Snap> {
        self.snap
    }

    fn hint(&self) -> Hint {
        const START: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const GOING: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("A", "hint-arc"), ("Shift", "hint-hold"), ("← ↑ ↓", "hint-lock")];
        const ARC: &[(&str, &str)] = &[("A", "hint-straight"), ("0…9", "hint-type"), ("Esc", "hint-back")];
        const BULGE: &[(&str, &str)] = &[("0…9", "hint-radius"), ("A", "hint-straight"), ("Backspace", "hint-back")];
        const CLOSING: &[(&str, &str)] = &[
            ("Enter", "hint-close"),
            ("Alt", "hint-cut-out"),
            ("0…9", "hint-type"),
            ("A", "hint-arc"),
            ("Shift", "hint-hold"),
            ("← ↑ ↓", "hint-lock"),
        ];
        match self.arc {
            Some(ArcEnd::Open) => return Hint { key: "hint-arc-end", keys: ARC },
            Some(ArcEnd::At(_)) => return Hint { key: "hint-arc-bulge", keys: BULGE },
            None => {}
        }
        match self.points.len() {
            0 => Hint { key: "hint-draw-first", keys: START },
            1 | 2 => Hint { key: "hint-draw-next", keys: GOING },
            _ => Hint { key: "hint-draw-close", keys: CLOSING },
        }
    }

    fn overlay(&self, _: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        let Some(snap) = self.snap else { return overlay };
        let mut points = self.points.clone();
        if let (Some(ArcEnd::At(end)), Some(&last)) = (self.arc, points.last()) {
            return self.overlay_arc(overlay, last, snap.at, end);
        }
        if snap.kind != SnapKind::Close {
            points.push(snap.at);
        }
        let outline = Outline::from_points(points.iter().copied());
        let crosses = self.points.len() >= 3 && (outline.fault().is_some() || outline.touches_itself());
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

    fn is_busy(&self) -> bool {
        !self.points.is_empty()
    }
}

impl Draw {
    fn overlay_arc(&self, mut overlay: Overlay, last: Point, on: Point, end: Point) -> Overlay {
        let mut points = self.points.clone();
        points.extend(arc_through(last, on, end, FLATTEN_M));
        let outline = Outline::from_points(points.iter().copied());
        overlay.lines.push(OverlayLine { points, closed: false, pen: OverlayPen::Live });
        overlay.lines.push(OverlayLine { points: vec![last, end], closed: false, pen: OverlayPen::Guide });
        overlay.dimensions.push(Dimension { a: last, b: end, length_m: distance_m(last, end), off: Some(on) });
        let radius_m = Arc::through(last, on, end).map(|arc| arc.radius_m);
        overlay.readout = vec![Field::maybe(FieldKind::Radius, radius_m)];
        if self.points.len() >= 2 {
            let area_m2 = outline.fault().is_none().then(|| outline.area_m2());
            overlay.readout.push(Field::maybe(FieldKind::Area, area_m2));
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

//! Moving, copying, turning, mirroring and scaling what is selected by points that are clicked or measures that are typed.
//!
//! All of them pick points in turn and give one map of the plane; Alt makes a copy of it. The gesture is worked out anew with
//! every event from how the project was when it began.

use super::carry::{arrayed, copies, transformed_by, with_carried};
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, Machine, Pointer, ToolKind};
use crate::edit::{Edit, Label};
use crate::geometry::{Point, TOLERANCE_M, Transform as Map, bearing_deg, distance_m};
use crate::model::{ArrayRule, At, Id};
use crate::studio::reshape::is_sound;
use crate::studio::snap::Snap;

/// What is done to what is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// From a point to a point.
    Move,
    /// The same with a copy, or several.
    Copy,
    /// About a point, from a direction to a direction.
    Rotate,
    /// In a line.
    Mirror,
    /// From a point, a length to a length.
    Scale,
}

/// The tool.
#[derive(Clone, Debug)]
pub struct Transform {
    change: Change,
    /// The points clicked so far.
    points: Vec<Point>,
    /// What is changed; set with the first point.
    ids: Vec<Id>,
    snap: Option<Snap>,
    /// Where the button went down for the last point, while it is down: a point that was caught lies elsewhere.
    pressed: Option<Point>,
    /// Whether a copy is made.
    copy: bool,
    /// What the map comes to, for the cursor.
    result: Option<Found>,
}

/// A map that points or measures have given.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Found {
    map: Map,
    /// The turn in degrees or the factor, where there is one.
    measure: f64,
    /// How many copies, negative for those between.
    copies: f64,
}

impl Transform {
    pub(super) fn new(change: Change) -> Self {
        let (points, ids, copy) = (Vec::new(), Vec::new(), change == Change::Copy);
        Self { change, points, ids, snap: None, pressed: None, copy, result: None }
    }

    pub(super) fn makes_copies(&self) -> bool {
        self.copy
    }

    /// How many points make the map, the last of them where the pointer is.
    fn wanted(&self) -> usize {
        match self.change {
            Change::Move | Change::Copy | Change::Mirror => 2,
            Change::Rotate | Change::Scale => 3,
        }
    }

    fn begin(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let snap = ctx.snap(pointer, &[], &[], self.snap);
        let mut effects = Vec::new();
        let mut ids = ctx.selection.to_vec();
        if ids.is_empty() {
            ids.extend(ctx.hit(pointer.world, 0.0).first());
            if ids.is_empty() {
                return vec![Effect::Say("say-nothing-to-move")];
            }
            effects.push(Effect::Select(ids.clone()));
        }
        self.ids = with_carried(ctx, &ids);
        self.snap = Some(snap);
        self.points = vec![snap.at];
        self.pressed = Some(pointer.world);
        effects.push(Effect::BeginGesture);
        effects
    }

    /// Takes the point where the pointer is; the last one finishes.
    fn set_point(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        if self.points.len() + 1 >= self.wanted() {
            return self.finish(ctx);
        }
        let Some(at) = self.snap.map(|snap| snap.at) else { return Vec::new() };
        if self.points.last().is_some_and(|&last| distance_m(last, at) > TOLERANCE_M) {
            self.points.push(at);
            self.pressed = Some(pointer.world);
        }
        self.preview(ctx)
    }

    fn place(&mut self, pointer: Pointer, ctx: &Ctx<'_>) {
        // Turned and scaled is about the first point, not about the reference.
        let drawn = if self.wanted() == 3 { self.points.get(..1) } else { self.points.get(..) };
        // Copies may be put onto what they are copies of.
        let without: &[Id] = if self.copy { &[] } else { &self.ids };
        self.snap = Some(ctx.place(pointer, drawn.unwrap_or_default(), without, self.snap));
        self.result = self.found(ctx);
    }

    /// Whether what was typed says it all.
    fn is_typed(&self, ctx: &Ctx<'_>) -> bool {
        match self.change {
            Change::Rotate => ctx.typed.get(FieldKind::Turn).is_some(),
            Change::Scale => ctx.typed.get(FieldKind::Factor).is_some(),
            Change::Move | Change::Copy | Change::Mirror => false,
        }
    }

    fn found(&self, ctx: &Ctx<'_>) -> Option<Found> {
        let (&first, at) = (self.points.first()?, self.snap?.at);
        let found = |map, measure| Found { map, measure, copies: ctx.typed.get(FieldKind::Copies).unwrap_or(1.0) };
        match self.change {
            Change::Move | Change::Copy => Some(found(Map::translation(at - first), distance_m(first, at))),
            Change::Mirror => Map::mirror(first, at).map(|map| found(map, bearing_deg(first, at))),
            Change::Rotate => {
                let typed = ctx.typed.get(FieldKind::Turn);
                let reference = self.points.get(1);
                let pointed = || {
                    let turned = bearing_deg(first, at) - bearing_deg(first, *reference?);
                    // Within half a turn either way, as people say it.
                    Some((turned + 180.0).rem_euclid(360.0) - 180.0)
                };
                // Typed is how far; which way is where the hand is, once there is a direction to turn from.
                let by_hand = |deg: f64| if deg < 0.0 { -1.0 } else { 1.0 };
                let way = pointed().map_or_else(|| ctx.drawing.angles.clockwise_deg(1.0), by_hand);
                let turn_deg = typed.map(|deg| deg * way).or_else(pointed)?;
                Some(found(Map::rotation(first, turn_deg), turn_deg))
            }
            Change::Scale => {
                let typed = ctx.typed.get(FieldKind::Factor);
                let pointed = || Some(distance_m(first, at) / distance_m(first, *self.points.get(1)?));
                let factor = typed.or_else(pointed)?;
                Map::scaling(first, factor).map(|map| found(map, factor))
            }
        }
    }

    fn preview(&self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let edit = self.result.map(|found| self.edit(found, ctx).0);
        edit.map_or_else(Vec::new, |edit| vec![Effect::BeginGesture, Effect::Apply(edit)])
    }

    fn finish(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let Some(found) = self.result else { return vec![Effect::Say("say-more-points")] };
        if self.copy && found.map == Map::default() {
            // A copy on top of what it is a copy of is seen by nobody, and counted.
            return vec![Effect::Say("say-copy-in-place")];
        }
        let (edit, made) = self.edit(found, ctx);
        let was_sound = |id: &Id| ctx.outline(*id).is_none_or(|outline| outline.fault().is_none());
        if self.ids.iter().all(was_sound) && !is_sound(&edit) {
            *self = Self { snap: self.snap, ..Self::new(self.change) };
            return vec![Effect::CancelGesture, Effect::Say("why-would-cross")];
        }
        *self = Self { snap: self.snap, ..Self::new(self.change) };
        let mut effects = vec![Effect::BeginGesture, Effect::Apply(edit)];
        if !made.is_empty() {
            effects.push(Effect::Select(made));
        }
        effects.push(Effect::EndGesture);
        effects
    }

    fn edit(&self, found: Found, ctx: &Ctx<'_>) -> (Edit, Vec<Id>) {
        let key = match (self.change, self.copy) {
            (Change::Move, false) => "edit-move",
            (Change::Move | Change::Copy, _) => "edit-copy",
            (Change::Rotate, _) => "edit-rotate",
            (Change::Mirror, _) => "edit-mirror",
            (Change::Scale, _) => "edit-scale",
        };
        if !self.copy {
            return (transformed_by(ctx, &self.ids, &found.map, key), Vec::new());
        }
        // Several copies stay an array: how many and how far apart can be changed later.
        let count = found.copies.abs().max(1.0) as u32;
        match self.rule(found, count).filter(|_| count > 1) {
            Some(rule) => {
                let maps = rule.maps();
                arrayed(ctx, self.ids.clone(), rule, &maps, Label::new(key))
            }
            None => copies(ctx, &self.ids, &self.maps(found, count), Label::new(key)),
        }
    }

    /// The rule that several copies stand by.
    fn rule(&self, found: Found, count: u32) -> Option<ArrayRule> {
        let first = *self.points.first()?;
        let per = if found.copies < 0.0 { f64::from(count) } else { 1.0 };
        match self.change {
            Change::Move | Change::Copy => {
                let by = found.map.apply(Point::default()) / per;
                Some(ArrayRule::Linear { by: At(by), count })
            }
            Change::Rotate => Some(ArrayRule::Polar { about: At(first), turn_deg: found.measure / per, count }),
            Change::Mirror | Change::Scale => None,
        }
    }

    /// The maps of copies that stand by no rule: each so many times as large as the one before, or a single one.
    fn maps(&self, found: Found, count: u32) -> Vec<Map> {
        let (Change::Scale, Some(&first)) = (self.change, self.points.first()) else { return vec![found.map] };
        let per = if found.copies < 0.0 { f64::from(count) } else { 1.0 };
        (1..=count).filter_map(|n| Map::scaling(first, found.measure.powf(f64::from(n) / per))).collect()
    }
}

impl Machine for Transform {
    fn works_from_start(&self) -> bool {
        true
    }

    fn kind(&self) -> ToolKind {
        match self.change {
            Change::Move => ToolKind::Move,
            Change::Copy => ToolKind::Copy,
            Change::Rotate => ToolKind::Rotate,
            Change::Mirror => ToolKind::Mirror,
            Change::Scale => ToolKind::Scale,
        }
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        if let Some(pointer) = event.pointer() {
            self.copy = self.change == Change::Copy || pointer.alt;
        }
        match event {
            Event::Move(pointer) => {
                self.place(pointer, ctx);
                if self.is_busy() { self.preview(ctx) } else { Vec::new() }
            }
            Event::Leave if !self.is_busy() => {
                self.snap = None;
                Vec::new()
            }
            Event::Press(pointer) if !self.is_busy() => self.begin(pointer, ctx),
            Event::Set(pointer) => {
                self.place(pointer, ctx);
                if self.is_typed(ctx) || self.points.len() + 1 >= self.wanted() {
                    self.finish(ctx)
                } else {
                    self.set_point(pointer, ctx)
                }
            }
            Event::Press(pointer) => {
                self.place(pointer, ctx);
                self.set_point(pointer, ctx)
            }
            Event::Release(pointer) if self.pressed.is_some() => {
                let dragged = self.pressed.take().is_some_and(|at| ctx.distance_px(at, pointer.world) > DRAG_PX);
                self.place(pointer, ctx);
                if dragged { self.set_point(pointer, ctx) } else { self.preview(ctx) }
            }
            Event::Enter if self.is_busy() => self.finish(ctx),
            Event::Backspace if self.points.len() > 1 => {
                self.points.pop();
                self.result = self.found(ctx);
                self.preview(ctx)
            }
            Event::Escape | Event::Backspace if self.is_busy() => {
                *self = Self::new(self.change);
                vec![Effect::CancelGesture]
            }
            _ => Vec::new(),
        }
    }

    fn snap(&self) -> Option<Snap> {
        self.snap
    }

    fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const NEXT: &[(&str, &str)] = &[
            ("0…9", "hint-type"),
            ("Alt", "hint-copy"),
            ("Shift", "hint-hold"),
            ("← ↑ ↓", "hint-lock"),
            ("Esc", "hint-back"),
        ];
        const COPIES: &[(&str, &str)] =
            &[("0…9", "hint-type"), ("5x /5", "hint-copies"), ("Shift", "hint-hold"), ("← ↑ ↓", "hint-lock")];
        let key = match (self.change, self.points.len()) {
            (Change::Move | Change::Copy, 0) => "hint-move-first",
            (Change::Move, _) => "hint-move-second",
            (Change::Copy, _) => "hint-copy-second",
            (Change::Rotate, 0) => "hint-rotate-first",
            (Change::Rotate, 1) => "hint-rotate-second",
            (Change::Rotate, _) => "hint-rotate-third",
            (Change::Mirror, 0) => "hint-mirror-first",
            (Change::Mirror, _) => "hint-mirror-second",
            (Change::Scale, 0) => "hint-scale-first",
            (Change::Scale, 1) => "hint-scale-second",
            (Change::Scale, _) => "hint-scale-third",
        };
        let keys = match (self.is_busy(), self.copy) {
            (false, _) => FIRST,
            (true, false) => NEXT,
            (true, true) => COPIES,
        };
        Hint { key, keys }
    }

    fn overlay(&self, _: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        let (Some(&first), Some(at)) = (self.points.first(), self.snap.map(|snap| snap.at)) else { return overlay };
        let guide = |points: Vec<Point>| OverlayLine { points, closed: false, pen: OverlayPen::Guide };
        overlay.lines.push(guide(vec![first, at]));
        overlay.lines.extend(self.points.get(1).map(|&reference| guide(vec![first, reference])));
        let length_m = distance_m(first, at);
        let [length, bearing] = Field::from_to(first, at);
        let measure = self.result.map(|found| found.measure);
        overlay.readout = match self.change {
            Change::Move | Change::Copy => {
                if length_m > 0.0 {
                    overlay.dimensions.push(Dimension { a: first, b: at, length_m, off: None });
                }
                vec![length, bearing]
            }
            Change::Mirror => vec![bearing],
            Change::Rotate => vec![Field::maybe(FieldKind::Turn, measure)],
            Change::Scale => vec![Field::maybe(FieldKind::Factor, measure), Field::new(FieldKind::Length, length_m)],
        };
        if self.copy && self.change != Change::Mirror {
            let count = self.result.map_or(1.0, |found| found.copies.abs());
            overlay.readout.push(Field::new(FieldKind::Copies, count));
        }
        overlay
    }

    fn is_busy(&self) -> bool {
        !self.points.is_empty()
    }
}

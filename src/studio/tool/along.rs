//! Copies along a line: its points are clicked, how many is typed.

use super::carry::{arrayed, with_carried};
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen, rings};
use super::{Ctx, Effect, Event, Field, FieldKind, Pointer, ToolKind};
use crate::edit::Label;
use crate::geometry::{Outline, Point, TOLERANCE_M, distance_m};
use crate::model::{ArrayRule, At};
use crate::studio::snap::Snap;

/// How many copies there are until another number is typed.
const COPIES: u32 = 5;

/// The tool.
#[derive(Clone, Debug)]
pub struct Along {
    points: Vec<Point>,
    snap: Option<Snap>,
    count: u32,
}

impl Default for Along {
    fn default() -> Self {
        Self { points: Vec::new(), snap: None, count: COPIES }
    }
}

impl Along {
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
            Event::Press(_) if ctx.selection.is_empty() => vec![Effect::Say("why-nothing-selected")],
            Event::Press(pointer) => {
                self.place(pointer, ctx);
                self.add();
                Vec::new()
            }
            Event::Set(pointer) => {
                self.place(pointer, ctx);
                if let Some(copies) = ctx.typed.get(FieldKind::Copies) {
                    self.count = copies.abs() as u32;
                }
                let typed = |kind| ctx.typed.get(kind).is_some();
                if typed(FieldKind::Length) || typed(FieldKind::Bearing) {
                    self.add();
                }
                Vec::new()
            }
            Event::DoubleClick(_) | Event::Enter if self.points.len() >= 2 => self.finish(ctx),
            Event::Enter if self.is_busy() => vec![Effect::Say("say-more-points")],
            Event::Backspace if self.is_busy() => {
                self.points.pop();
                Vec::new()
            }
            Event::Escape if self.is_busy() => {
                self.points.clear();
                Vec::new()
            }
            Event::Escape => vec![Effect::Switch(ToolKind::Select)],
            _ => Vec::new(),
        }
    }

    fn place(&mut self, pointer: Pointer, ctx: &Ctx<'_>) {
        self.snap = Some(ctx.place(pointer, &self.points, &[], self.snap));
    }

    fn add(&mut self) {
        let Some(at) = self.snap.map(|snap| snap.at) else { return };
        if self.points.last().is_none_or(|&last| distance_m(last, at) > TOLERANCE_M) {
            self.points.push(at);
        }
    }

    fn rule(points: &[Point], count: u32) -> ArrayRule {
        ArrayRule::Path { points: points.iter().map(|&p| At(p)).collect(), count }
    }

    fn finish(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let rule = Self::rule(&std::mem::take(&mut self.points), self.count);
        let of = with_carried(ctx, &ctx.selection.to_vec());
        let maps = rule.maps();
        let (edit, all) = arrayed(ctx, of, rule, &maps, Label::new("edit-array"));
        vec![Effect::Apply(edit), Effect::Select(all)]
    }

    pub(super) fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const NEXT: &[(&str, &str)] =
            &[("Enter", "hint-end"), ("5x", "hint-copies"), ("0…9", "hint-type"), ("Backspace", "hint-last-point")];
        if self.is_busy() {
            Hint { key: "hint-along-next", keys: NEXT }
        } else {
            Hint { key: "hint-along-first", keys: FIRST }
        }
    }

    pub(super) fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        let (Some(&last), Some(at)) = (self.points.last(), self.snap.map(|snap| snap.at)) else { return overlay };
        let path: Vec<Point> = self.points.iter().copied().chain([at]).collect();
        let count = ctx.typed.get(FieldKind::Copies).map_or(self.count, |copies| copies.abs() as u32);
        // What would stand along it: shown as lines, for it moves with the pointer.
        const MOST_SHOWN: usize = 400;
        let outlines = ctx.selection.ids().filter_map(|id| ctx.outline(id));
        let ghosts: Vec<Outline> = outlines
            .flat_map(|outline| {
                let maps = Self::rule(&path, count).maps();
                maps.into_iter().map(|map| outline.transformed(&map))
            })
            .take(MOST_SHOWN)
            .collect();
        overlay.lines.extend(ghosts.iter().flat_map(|ghost| rings(ghost, OverlayPen::Live)));
        overlay.lines.push(OverlayLine { points: path, closed: false, pen: OverlayPen::Guide });
        let length_m = distance_m(last, at);
        overlay.dimensions.push(Dimension { a: last, b: at, length_m, off: None });
        overlay.readout.extend(Field::from_to(last, at));
        overlay.readout.push(Field::new(FieldKind::Copies, f64::from(count)));
        overlay
    }
}

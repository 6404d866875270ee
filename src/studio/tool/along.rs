//! Copies along a line: its points are clicked, how many is typed.

use super::carry::{arrayed, with_carried};
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen, rings};
use super::points::Points;
use super::{Ctx, Effect, Event, Field, FieldKind, Machine, ToolKind};
use crate::edit::Label;
use crate::geometry::{Outline, Point, distance_m};
use crate::model::{ArrayRule, At};
use crate::studio::snap::Snap;

/// How many copies there are until another number is typed.
const COPIES: u32 = 5;

/// The tool.
#[derive(Clone, Debug)]
pub struct Along {
    points: Points,
    count: u32,
}

impl Default for Along {
    fn default() -> Self {
        Self { points: Points::default(), count: COPIES }
    }
}

impl Along {
    fn rule(points: &[Point], count: u32) -> ArrayRule {
        ArrayRule::Path { points: points.iter().map(|&p| At(p)).collect(), count }
    }

    fn finish(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let rule = Self::rule(&self.points.take(), self.count);
        let of = with_carried(ctx, &ctx.selection.to_vec());
        let maps = rule.maps();
        let (edit, all) = arrayed(ctx, of, rule, &maps, Label::new("edit-array"));
        vec![Effect::Apply(edit), Effect::Select(all)]
    }
}

impl Machine for Along {
    fn kind(&self) -> ToolKind {
        ToolKind::Along
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Move(pointer) => {
                self.points.place(pointer, ctx);
                Vec::new()
            }
            Event::Leave if !self.is_busy() => {
                self.points.snap = None;
                Vec::new()
            }
            Event::Press(_) if ctx.selection.is_empty() => vec![Effect::Say("why-nothing-selected")],
            Event::Press(pointer) => {
                self.points.place(pointer, ctx);
                self.points.add(pointer);
                Vec::new()
            }
            Event::Release(_) => {
                self.points.let_go();
                Vec::new()
            }
            Event::Set(pointer) => {
                self.points.place(pointer, ctx);
                if let Some(copies) = ctx.typed.get(FieldKind::Copies) {
                    self.count = copies.abs() as u32;
                }
                let typed = |kind| ctx.typed.get(kind).is_some();
                if typed(FieldKind::Length) || typed(FieldKind::Bearing) {
                    self.points.add(pointer);
                }
                Vec::new()
            }
            Event::DoubleClick(_) if self.points.len() >= 2 => {
                self.points.drop_crumb();
                if self.points.len() >= 2 { self.finish(ctx) } else { Vec::new() }
            }
            Event::Enter if self.points.len() >= 2 => self.finish(ctx),
            Event::Enter if self.is_busy() => vec![Effect::Say("say-more-points")],
            Event::Backspace | Event::Escape if self.is_busy() => {
                self.points.back(event);
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
            &[("Enter", "hint-end"), ("5x", "hint-copies"), ("0…9", "hint-type"), ("Backspace", "hint-last-point")];
        if self.is_busy() {
            Hint { key: "hint-along-next", keys: NEXT }
        } else {
            Hint { key: "hint-along-first", keys: FIRST }
        }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.points.snap, ..Overlay::default() };
        let Some((last, at)) = self.points.step() else { return overlay };
        let path = self.points.with_next();
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

    fn is_busy(&self) -> bool {
        self.points.is_begun()
    }
}

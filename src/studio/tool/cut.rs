//! Cutting shapes along a line: two clicks for a straight cut, more and Enter for one with bends.

use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::points::Points;
use super::{Ctx, Effect, Event, Field, Machine, Pointer, ToolKind};
use crate::edit::Label;
use crate::geometry::{Outline, Point, distance_m};
use crate::model::Id;
use crate::studio::operate::name_of;
use crate::studio::reshape::{is_sound, reshaped};
use crate::studio::snap::Snap;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Cut {
    points: Points,
}

impl Cut {
    /// A second click cuts; with Alt it is a bend, and so are those after it until Enter.
    fn set_point(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let ends = self.points.add(pointer) && self.points.len() == 2 && !pointer.alt;
        if ends { self.finish(ctx) } else { Vec::new() }
    }

    fn finish(&mut self, ctx: &Ctx<'_>) -> Vec<Effect> {
        let path = self.points.take();
        let parts = parts(ctx, &path);
        if parts.is_empty() {
            return vec![Effect::Say("say-cuts-nothing")];
        }
        let ids: Vec<Id> = parts.iter().map(|(id, _)| *id).collect();
        let label = Label::about("edit-cut", name_of(ctx.variant, &ids, ctx.lang));
        let (edit, there) = reshaped(ctx, label, &parts);
        if !is_sound(&edit) {
            return vec![Effect::Say("why-would-cross")];
        }
        vec![Effect::Apply(edit), Effect::Select(there)]
    }
}

impl Machine for Cut {
    fn kind(&self) -> ToolKind {
        ToolKind::Cut
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
            Event::Press(pointer) | Event::Set(pointer) => {
                self.points.place(pointer, ctx);
                self.set_point(pointer, ctx)
            }
            Event::Release(pointer) => {
                let dragged = self.points.was_dragged(pointer, ctx);
                self.points.place(pointer, ctx);
                if dragged { self.set_point(pointer, ctx) } else { Vec::new() }
            }
            Event::DoubleClick(_) if self.points.len() >= 2 => {
                self.points.drop_crumb();
                if self.points.len() >= 2 { self.finish(ctx) } else { Vec::new() }
            }
            Event::Enter if self.points.len() >= 2 => self.finish(ctx),
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
            &[("Alt", "hint-bend"), ("0…9", "hint-type"), ("Shift", "hint-hold"), ("← ↑ ↓", "hint-lock")];
        const ENDS: &[(&str, &str)] =
            &[("Enter", "hint-cut"), ("0…9", "hint-type"), ("Shift", "hint-hold"), ("Backspace", "hint-last-point")];
        match self.points.len() {
            0 => Hint { key: "hint-cut-first", keys: FIRST },
            1 => Hint { key: "hint-cut-second", keys: NEXT },
            _ => Hint { key: "hint-cut-next", keys: ENDS },
        }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay { snap: self.points.snap, ..Overlay::default() };
        let Some((last, at)) = self.points.step() else { return overlay };
        let path = self.points.with_next();
        for (_, parts) in parts(ctx, &path) {
            let rings = parts.iter().flat_map(Outline::rings);
            overlay.lines.extend(rings.map(|ring| OverlayLine {
                points: ring.points().to_vec(),
                closed: true,
                pen: OverlayPen::Live,
            }));
            // What each part comes to, as it would be.
            let written = parts.iter().filter_map(|part| Some((part.inner_point()?, part.area_m2())));
            overlay.areas.extend(written);
        }
        overlay.lines.push(OverlayLine { points: path, closed: false, pen: OverlayPen::Guide });
        let length_m = distance_m(last, at);
        overlay.dimensions.push(Dimension { a: last, b: at, length_m, off: None });
        overlay.readout = Field::from_to(last, at).to_vec();
        overlay
    }

    fn is_busy(&self) -> bool {
        self.points.is_begun()
    }
}

/// The shapes that a line cuts, with their parts: of what is selected, or of everything it meets when nothing is.
fn parts(ctx: &Ctx<'_>, path: &[Point]) -> Vec<(Id, Vec<Outline>)> {
    let ids = if ctx.selection.is_empty() {
        let bounds = crate::geometry::Bounds::around(path.iter().copied());
        bounds.map_or_else(Vec::new, |bounds| ctx.meeting(bounds).into_iter().map(|(_, id)| id).collect())
    } else {
        ctx.selection.to_vec()
    };
    let outlines = ids.into_iter().filter_map(|id| Some((id, ctx.outline(id).filter(|o| o.fault().is_none())?)));
    let cut = outlines.map(|(id, outline)| (id, outline.cut_along(path)));
    cut.filter(|(_, parts)| parts.len() >= 2).collect()
}

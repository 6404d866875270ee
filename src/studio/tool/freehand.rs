//! Drawing by hand: the stroke is made an outline with straight sides and square corners.

use super::create::made;
use super::overlay::{Hint, Overlay, OverlayLine, OverlayPen, rings};
use super::{Ctx, Effect, Event, Field, FieldKind, Machine, ToolKind};
use crate::geometry::{Outline, Point, distance_m, outline_from_stroke};

/// How far the hand may tremble, in logical pixels.
const TREMBLE_PX: f64 = 8.0;

/// Points of a stroke nearer than this are one, in logical pixels.
const STEP_PX: f64 = 2.0;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Freehand {
    /// The stroke so far; empty while the button is up.
    stroke: Vec<Point>,
    /// What it becomes.
    outline: Option<Outline>,
}

impl Machine for Freehand {
    fn takes_steps_back(&self) -> bool {
        false
    }

    fn kind(&self) -> ToolKind {
        ToolKind::Freehand
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Press(pointer) if !self.is_busy() => {
                self.stroke = vec![pointer.world];
                self.outline = None;
                Vec::new()
            }
            Event::Move(pointer) if self.is_busy() => {
                let is_new = |&last: &Point| ctx.distance_px(last, pointer.world) >= STEP_PX;
                if self.stroke.last().is_some_and(is_new) {
                    self.stroke.push(pointer.world);
                    self.outline = outline(&self.stroke, ctx);
                }
                Vec::new()
            }
            Event::Release(_) if self.is_busy() => {
                let stroke = std::mem::take(&mut self.stroke);
                self.outline = None;
                let Some(outline) = outline(&stroke, ctx) else { return vec![Effect::Say("say-no-shape")] };
                made(ctx, ctx.purpose_in_hand, outline)
            }
            Event::Escape | Event::Backspace if self.is_busy() => {
                *self = Self::default();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn hint(&self) -> Hint {
        let key = if self.is_busy() { "hint-freehand-on" } else { "hint-freehand" };
        Hint { key, keys: &[("Alt", "hint-cut-out"), ("Esc", "hint-back")] }
    }

    fn overlay(&self, _: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay::default();
        if self.is_busy() {
            overlay.lines.push(OverlayLine { points: self.stroke.clone(), closed: false, pen: OverlayPen::Guide });
        }
        if let Some(outline) = &self.outline {
            overlay.lines.extend(rings(outline, OverlayPen::Live));
            overlay.readout = vec![Field::new(FieldKind::Area, outline.area_m2())];
        }
        overlay
    }

    fn is_busy(&self) -> bool {
        !self.stroke.is_empty()
    }
}

/// The outline of a stroke: along the edges of what it is drawn on, if it was begun on something, else along itself.
fn outline(stroke: &[Point], ctx: &Ctx<'_>) -> Option<Outline> {
    let hits = ctx.hit(*stroke.first()?, 0.0);
    let along = hits.iter().find_map(|id| {
        let outline = ctx.outline(*id)?;
        let longest = outline.edges().max_by(|x, y| distance_m(x.0, x.1).total_cmp(&distance_m(y.0, y.1)))?;
        Some(longest.1 - longest.0)
    });
    outline_from_stroke(stroke, TREMBLE_PX / ctx.px_per_m, along).filter(|outline| !outline.touches_itself())
}

//! Painting the use in hand: over volumes on the drawing, from the first press to the release one step. With Alt only the
//! topmost storeys. The strip paints single storeys with the same brush.

use std::collections::BTreeSet;

use super::overlay::{Hint, Overlay, OverlayPen, rings};
use super::{Ctx, Effect, Event, Machine, Pointer, ToolKind};
use crate::edit::{Edit, EditBuilder, Label};
use crate::model::{Id, Storey, Volume};
use crate::studio::storey_change::{StoreyChange, change_storeys};

/// How near the pointer must be to a volume, in logical pixels.
const REACH_PX: f64 = 3.0;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Paint {
    /// What was painted since the press.
    painted: Option<BTreeSet<Id>>,
    under: Option<Id>,
}

impl Paint {
    fn paint(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        self.under = volume_at(pointer, ctx);
        let (Some(painted), Some(id)) = (&mut self.painted, self.under) else { return Vec::new() };
        if !painted.insert(id) {
            return Vec::new();
        }
        let edit = painted_volume(ctx, id, pointer.alt);
        if edit.is_empty() { Vec::new() } else { vec![Effect::Apply(edit)] }
    }
}

/// The volume on top under the pointer.
fn volume_at(pointer: Pointer, ctx: &Ctx<'_>) -> Option<Id> {
    let reach_m = REACH_PX / ctx.px_per_m;
    ctx.hit(pointer.world, reach_m).into_iter().find(|id| ctx.variant.volumes.contains(*id))
}

/// All storeys above ground that stay, or the topmost of them, for the use in hand.
fn painted_volume(ctx: &Ctx<'_>, id: Id, only_top: bool) -> Edit {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, Label::new("edit-paint-use"));
    if let Some(old) = ctx.variant.volumes.get(id) {
        let mut new = Volume::clone(old);
        let stays = Storey::stands_above;
        let above: Vec<usize> = (0..new.storeys.len()).filter(|at| stays(&new.storeys[*at])).collect();
        let from = if only_top { above.len().saturating_sub(1) } else { 0 };
        for &at in &above[from..] {
            change_storeys(&mut new, &StoreyChange::Use(at, ctx.use_in_hand.clone()), ctx.library);
        }
        if new != **old {
            edit.volume(new);
        }
    }
    edit.finish()
}

impl Machine for Paint {
    fn kind(&self) -> ToolKind {
        ToolKind::Paint
    }

    fn is_busy(&self) -> bool {
        self.painted.is_some()
    }

    fn takes_typing(&self) -> bool {
        false
    }

    fn takes_steps_back(&self) -> bool {
        false
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Press(pointer) => {
                self.painted = Some(BTreeSet::new());
                let mut effects = vec![Effect::BeginGesture];
                effects.extend(self.paint(pointer, ctx));
                effects
            }
            Event::Move(pointer) => self.paint(pointer, ctx),
            Event::Release(_) | Event::DoubleClick(_) if self.painted.take().is_some() => vec![Effect::EndGesture],
            Event::Escape if self.painted.take().is_some() => vec![Effect::CancelGesture],
            Event::Leave => {
                self.under = None;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn hint(&self) -> Hint {
        Hint { key: "hint-paint", keys: &[("Alt", "hint-paint-top"), ("Esc", "hint-back")] }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay::default();
        if let Some(outline) = self.under.and_then(|id| ctx.outline(id)) {
            overlay.lines.extend(rings(outline, OverlayPen::Hover));
        }
        overlay
    }
}

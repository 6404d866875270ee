//! The brush: while the button is down, what the pointer comes over is painted; from press to release it is one step.

use egui::{Context, Id, Rect, Response, Ui};

use crate::measure::explain::Spot;
use crate::studio::{Action, PaintStep};

/// A sweep in hand: what was painted in it.
#[derive(Clone, Debug, Default)]
struct Sweep {
    painted: Vec<Spot>,
    last: Option<egui::Pos2>,
}

/// What the brush does in a frame.
#[derive(Debug, Default)]
pub(super) struct Brush {
    began: bool,
}

impl Brush {
    /// A storey that may be under the brush.
    pub(super) fn over(&mut self, ui: &Ui, response: &Response, cell: Rect, spot: Spot, actions: &mut Vec<Action>) {
        if response.is_pointer_button_down_on()
            && sweep(ui.ctx()).is_none()
            && ui.input(|i| i.pointer.primary_pressed())
        {
            self.began = true;
            keep(ui.ctx(), Sweep::default());
        }
        let Some(mut sweep) = sweep(ui.ctx()) else { return };
        let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
        // Between two frames the pointer may have gone past whole storeys.
        let from = sweep.last.unwrap_or(at);
        let steps = ((at - from).length() / 4.0).ceil().clamp(1.0, 200.0);
        let passes = (0..=steps as usize).any(|step| cell.contains(from + (at - from) * (step as f32 / steps)));
        if passes && !sweep.painted.contains(&spot) {
            sweep.painted.push(spot);
            actions.push(Action::Paint(PaintStep::Over(spot)));
            keep(ui.ctx(), sweep);
        }
    }

    /// After all storeys: the sweep goes on, or has ended.
    pub(super) fn finish(&self, ui: &Ui, actions: &mut Vec<Action>) {
        let Some(mut sweep) = sweep(ui.ctx()) else { return };
        let (down, at) = ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos()));
        if down || self.began {
            sweep.last = at;
            keep(ui.ctx(), sweep);
            // A press and a release may come within one frame.
            if !down {
                ui.ctx().request_repaint();
            }
        } else {
            forget(ui.ctx());
            actions.push(Action::Paint(PaintStep::Done));
        }
    }
}

/// Gives up a sweep; `true` when there was one.
pub(super) fn give_up(ctx: &Context) -> bool {
    let there = sweep(ctx).is_some();
    forget(ctx);
    there
}

fn place() -> Id {
    Id::unique("sweep of the brush")
}

fn sweep(ctx: &Context) -> Option<Sweep> {
    ctx.data(|data| data.get_temp(place()))
}

fn keep(ctx: &Context, sweep: Sweep) {
    ctx.data_mut(|data| data.insert_temp(place(), sweep));
}

fn forget(ctx: &Context) {
    ctx.data_mut(|data| data.remove_temp::<Sweep>(place()));
}

//! The outline of the selected storey with its grips: pulling at its upper or its lower line makes it higher or lower.

use egui::{Align2, Context, CursorIcon, Id, Rect, Sense, StrokeKind, Ui, Vec2, pos2};

use super::Scale;
use crate::i18n::{Lang, NO_BREAK, number, tr};
use crate::look::{Role, Stroke, TypeRole};
use crate::model;
use crate::model::limits::STOREY_HEIGHT_M;
use crate::studio::{Action, StoreyChange};
use crate::ui::kit;
use crate::ui::theme::Theme;

/// A grip, in logical pixels.
const GRIP: Vec2 = Vec2::new(18.0, 6.0);

/// Heights that are pulled are whole numbers of these, in metres.
const STEP_M: f64 = 0.05;

/// A grip that is being pulled, and how high the storey would be.
#[derive(Clone, Default)]
struct Pull {
    grip: Option<Id>,
    height_m: f64,
}

/// The storey that is selected: where it is painted, whose it is and how high.
pub(super) struct Selected {
    pub cell: Rect,
    pub volume: model::Id,
    pub at: usize,
    pub height_m: f64,
}

/// Paints it over all stacks. What is pulled shows beside it and becomes one edit when the button is let go, unless
/// it was [given up](give_up).
pub(super) fn show(ui: &Ui, selected: &Selected, scale: &Scale, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let painter = ui.painter();
    let ring = selected.cell.expand(1.0);
    painter.rect_stroke(ring, 0.0, theme.stroke(Stroke::SelectionCasing, Role::Panel), StrokeKind::Middle);
    painter.rect_stroke(ring, 0.0, theme.stroke(Stroke::Selection, Role::Selection), StrokeKind::Middle);
    // A grip wider than the storey would be taken for a part of its neighbour.
    let size = Vec2::new(GRIP.x.min(ring.width()), GRIP.y);
    for (name, y, upwards) in [("upper grip", ring.top(), -1.0), ("lower grip", ring.bottom(), 1.0)] {
        let grip = Rect::from_center_size(pos2(ring.center().x.round(), y), size);
        painter.rect_filled(grip, 0.0, theme.color(Role::Panel));
        painter.rect_stroke(grip, 0.0, theme.stroke(Stroke::Hover, Role::Selection), StrokeKind::Inside);
        // It takes clicks too: they would select the storey beside.
        let id = ui.scope_id().with((name, selected.volume, selected.at));
        let response = ui.interact(grip.expand(2.0), id, Sense::click_and_drag());
        kit::tip(&response, &tr(lang, "strip-grip-tip"), None);
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeVertical);
        }
        if let Some(pulled_px) = response.total_drag_delta() {
            let pulled_m = f64::from(pulled_px.y * upwards / scale.px_per_m);
            let height_m = stepped_m(selected.height_m + pulled_m);
            ui.data_mut(|data| data.insert_temp(pull_id(), Pull { grip: Some(id), height_m }));
            preview(ui, selected.cell, y + pulled_px.y, height_m, lang);
        }
        if response.drag_stopped()
            && let Some(pull) = take_pull(ui.ctx())
            && pull.grip == Some(id)
            && pull.height_m != selected.height_m
        {
            actions.push(Action::Storeys(vec![selected.volume], StoreyChange::Height(selected.at, pull.height_m)));
        }
    }
}

/// The nearest height that a storey can have.
fn stepped_m(height_m: f64) -> f64 {
    let (low_m, high_m) = STOREY_HEIGHT_M;
    // Divided once more, so that 3.05 is written as such.
    ((height_m / STEP_M).round() / (1.0 / STEP_M)).clamp(low_m, high_m)
}

/// Gives up a pull; `true` when there was one. Escape means that before it means the selection.
pub(crate) fn give_up(ctx: &Context) -> bool {
    take_pull(ctx).is_some()
}

fn take_pull(ctx: &Context) -> Option<Pull> {
    ctx.data_mut(|data| data.remove_temp(pull_id()))
}

fn pull_id() -> Id {
    Id::unique("pull at a storey")
}

/// Where the line is pulled to, and how high the storey becomes.
fn preview(ui: &Ui, cell: Rect, y: f32, height_m: f64, lang: Lang) {
    let theme = Theme::of(ui.ctx());
    ui.painter().hline(cell.x_range(), y.round(), theme.stroke(Stroke::Selection, Role::Accent));
    let words = format!("{}{NO_BREAK}m", number(lang, height_m, 2));
    let job = theme.line(TypeRole::Dimension, Role::Accent, &words);
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(pos2(cell.right() + theme.space(3), y), galley.size());
    ui.painter().rect_filled(at.expand2(Vec2::new(3.0, 0.0)), 0.0, theme.color(Role::Panel));
    ui.painter().galley(at.min, galley, theme.color(Role::Accent));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_go_by_steps_and_stay_possible() {
        assert_eq!(stepped_m(3.071), 3.05);
        assert_eq!(stepped_m(-1.0), STOREY_HEIGHT_M.0);
        assert_eq!(stepped_m(1e9), STOREY_HEIGHT_M.1);
    }
}

//! What can be pulled in the strip. The selected storey has grips on its upper and lower line, which make it higher or lower;
//! the selected volume has one on its roof, which gives it more or fewer storeys.

use egui::{Align2, Context, CursorIcon, Id, Rect, Response, Sense, Shape, StrokeKind, Ui, Vec2, pos2};

use super::Scale;
use crate::i18n::{Arg, Lang, NO_BREAK, number, tr, tr_with};
use crate::look::{Role, Stroke, TypeRole};
use crate::model;
use crate::model::limits::{MOST_STOREYS, STOREY_HEIGHT_M};
use crate::studio::{Action, LevelChange, StoreyChange};
use crate::ui::kit;
use crate::ui::theme::Theme;

/// A grip, in logical pixels.
const GRIP: Vec2 = Vec2::new(18.0, 6.0);

/// Heights that are pulled are whole numbers of these, in metres.
const STEP_M: f64 = 0.05;

/// A grip that is being pulled, and what would come of it.
#[derive(Clone, Default)]
struct Pull {
    grip: Option<Id>,
    change: Option<StoreyChange>,
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
    for (name, y, upwards) in [("upper line", ring.top(), -1.0), ("lower line", ring.bottom(), 1.0)] {
        let grip = Rect::from_center_size(pos2(ring.center().x.round(), y), size);
        painter.rect_filled(grip, 0.0, theme.color(Role::Panel));
        painter.rect_stroke(grip, 0.0, theme.stroke(Stroke::Hover, Role::Selection), StrokeKind::Inside);
        let id = ui.scope_id().with((name, selected.volume, selected.at));
        let grip = Grip { rect: grip.expand(2.0), id, tip: "strip-grip-tip", volume: selected.volume };
        grip.pulled(ui, lang, actions, |pulled_px| {
            let height_m = stepped_m(selected.height_m + f64::from(pulled_px * upwards / scale.px_per_m));
            preview(ui, selected.cell, y + pulled_px, &format!("{}{NO_BREAK}m", number(lang, height_m, 2)));
            (height_m != selected.height_m).then_some(StoreyChange::Height(selected.at, height_m))
        });
    }
}

/// A volume that is selected: where it is painted, and what is free at its left, in logical pixels.
pub(super) struct Whole<'a> {
    pub rect: Rect,
    pub volume: &'a model::Volume,
    pub left_room: f32,
}

/// The grip of the roof: a triangle that points up, at the left beside the roof. On the roof stand its name and, in some
/// stacks, other volumes.
pub(super) fn roof(ui: &Ui, whole: &Whole<'_>, scale: &Scale, lang: Lang, actions: &mut Vec<Action>) {
    const SIDE_PX: f32 = 6.0;
    // From the line round the volume.
    const CLEAR_PX: f32 = 3.0;
    const LEAST_PX: f32 = 4.0;
    let theme = Theme::of(ui.ctx());
    let above: Vec<f64> = whole.volume.storeys.iter().filter(|s| !s.below_ground).map(|s| s.height_m).collect();
    let Some(&top_m) = above.last() else { return };
    // Beside the stack where there is room for the smallest, else within its own corner.
    let beside_px = SIDE_PX.min(whole.left_room / 2.0 - CLEAR_PX);
    let (side_px, x) = if beside_px < LEAST_PX {
        (LEAST_PX, whole.rect.left() + CLEAR_PX + LEAST_PX)
    } else {
        (beside_px, whole.rect.left() - CLEAR_PX - beside_px)
    };
    let at = pos2(x, whole.rect.top() + 1.5 * side_px).round();
    let corners = [at + Vec2::new(-side_px, 0.0), at + Vec2::new(0.0, -1.5 * side_px), at + Vec2::new(side_px, 0.0)];
    let grip = Rect::from_points(&corners).expand(2.0);
    let id = ui.scope_id().with(("roof grip", whole.volume.id));
    let grip = Grip { rect: grip, id, tip: "strip-roof-tip", volume: whole.volume.id };
    let response = grip.pulled(ui, lang, actions, |pulled_px| {
        let more = (f64::from(-pulled_px / scale.px_per_m) / top_m).round();
        let count = (above.len() as f64 + more).clamp(1.0, MOST_STOREYS as f64) as usize;
        let height_m: f64 = if count > above.len() {
            above.iter().sum::<f64>() + top_m * (count - above.len()) as f64
        } else {
            above[..count].iter().sum()
        };
        let count_words = number(lang, count as f64, 0);
        let storeys = tr_with(lang, "strip-storeys", &[("n", Arg::from(count)), ("count", count_words.into())]);
        let words = format!("{storeys} · {}{NO_BREAK}m", number(lang, height_m, 2));
        preview(ui, whole.rect, scale.y(whole.volume.base_m + height_m), &words);
        (count != above.len()).then_some(StoreyChange::Above(count))
    });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, tr(lang, "strip-roof-tip")));
    let hot = response.hovered() || response.dragged();
    let fill = theme.color(if hot { Role::Selection } else { Role::Panel });
    ui.painter().add(Shape::convex_polygon(corners.to_vec(), fill, theme.stroke(Stroke::Hover, Role::Selection)));
}

/// Storeys lower than this in the strip have no line to pull, in logical pixels.
pub(super) const LEAST_PULLED: f32 = 12.0;

/// The upper line of a storey that is not in hand: it shows only under the pointer. `together` with all that are selected.
/// A click on it is a click on the storey that is nearer.
#[allow(clippy::too_many_arguments, reason = "a line needs its storey, where it is and how it is shown")]
pub(super) fn line(
    ui: &Ui,
    volume: &model::Volume,
    at: usize,
    cell: Rect,
    height_m: f64,
    together: bool,
    scale: &Scale,
    lang: Lang,
    actions: &mut Vec<Action>,
) -> Response {
    const HALF_PX: f32 = 2.5;
    let rect = Rect::from_min_max(
        pos2(cell.left() + 2.0, cell.top() - HALF_PX),
        pos2(cell.right() - 2.0, cell.top() + HALF_PX),
    );
    let id = ui.scope_id().with(("storey line", volume.id, at));
    let grip = Grip { rect, id, tip: "strip-grip-tip", volume: volume.id };
    let response = grip.pulled_for(ui, lang, actions, together, |pulled_px| {
        let new_m = stepped_m(height_m + f64::from(-pulled_px / scale.px_per_m));
        preview(ui, cell, cell.top() + pulled_px, &format!("{}{NO_BREAK}m", number(lang, new_m, 2)));
        (new_m != height_m).then_some(StoreyChange::Height(at, new_m))
    });
    if response.hovered() || response.dragged() {
        let line = Theme::of(ui.ctx()).stroke(Stroke::Selection, Role::Accent);
        ui.painter().hline(cell.x_range(), cell.top().round(), line);
    }
    response
}

/// The selected storey can be dragged to another place in its stack.
pub(super) fn reorder(
    ui: &Ui,
    volume: &model::Volume,
    at: usize,
    cells: &[Rect],
    responses: &[Response],
    actions: &mut Vec<Action>,
) {
    let (Some(response), Some(storey)) = (responses.get(at), volume.storeys.get(at)) else { return };
    let in_hand = ui.scope_id().with("storey in hand");
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        let like = (0..cells.len()).filter(|other| volume.storeys[*other].below_ground == storey.below_ground);
        let over = like.min_by(|a, b| {
            let far = |at: usize| (cells[at].center().y - pointer.y).abs();
            far(*a).total_cmp(&far(*b))
        });
        let Some(to) = over else { return };
        ui.data_mut(|data| data.insert_temp(in_hand, to));
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if to != at {
            let theme = Theme::of(ui.ctx());
            let y = if to > at { cells[to].top() } else { cells[to].bottom() };
            ui.painter().hline(cells[to].x_range(), y.round(), theme.stroke(Stroke::Cut, Role::Accent));
        }
    }
    if response.drag_stopped()
        && let Some(to) = ui.data_mut(|data| data.remove_temp::<usize>(in_hand)).filter(|to| *to != at)
    {
        actions.push(Action::Storeys(vec![volume.id], StoreyChange::MoveTo(at, to)));
        actions.push(Action::SelectStorey(Some(to)));
    }
}

/// Something that follows the pointer up and down.
struct Grip {
    rect: Rect,
    id: Id,
    /// The message key of what it is for.
    tip: &'static str,
    volume: model::Id,
}

impl Grip {
    /// `comes_to` shows what a pull of so many pixels comes to and says what change it is, if it is one; that becomes an edit
    /// when the button is let go, unless the pull was [given up](give_up).
    fn pulled(
        &self,
        ui: &Ui,
        lang: Lang,
        actions: &mut Vec<Action>,
        comes_to: impl FnOnce(f32) -> Option<StoreyChange>,
    ) -> Response {
        self.pulled_for(ui, lang, actions, false, comes_to)
    }

    /// The same, of its storey alone or of all that are selected.
    fn pulled_for(
        &self,
        ui: &Ui,
        lang: Lang,
        actions: &mut Vec<Action>,
        together: bool,
        comes_to: impl FnOnce(f32) -> Option<StoreyChange>,
    ) -> Response {
        // It takes clicks too, which else would go to whatever lies below; a line passes them on.
        let response = ui.interact(self.rect, self.id, Sense::click_and_drag());
        kit::tip(&response, &tr(lang, self.tip), None);
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeVertical);
        }
        if let Some(pulled_px) = response.total_drag_delta() {
            let change = comes_to(pulled_px.y);
            ui.data_mut(|data| data.insert_temp(pull_id(), Pull { grip: Some(self.id), change }));
        }
        if response.drag_stopped()
            && let Some(change) =
                take_pull(ui.ctx()).filter(|pull| pull.grip == Some(self.id)).and_then(|pull| pull.change)
        {
            actions.push(match change {
                StoreyChange::Height(_, height_m) if together => Action::Levels(LevelChange::Height(height_m)),
                change => Action::Storeys(vec![self.volume], change),
            });
        }
        response
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

/// Where the line is pulled to, and what it comes to.
fn preview(ui: &Ui, cell: Rect, y: f32, words: &str) {
    let theme = Theme::of(ui.ctx());
    ui.painter().hline(cell.x_range(), y.round(), theme.stroke(Stroke::Selection, Role::Accent));
    let job = theme.line(TypeRole::Dimension, Role::Accent, words);
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

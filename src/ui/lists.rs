//! Lists that lie over the drawing: every edit by name, and what the check found. A click goes there; only what is in
//! sight is worded and drawn.

use egui::{Align2, Area, Frame, Id, Margin, Order, Rect, ScrollArea, Ui, Vec2};

use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::look::{Role, Stroke};
use crate::model::Fault;
use crate::studio::{Action, Command, Studio};

/// Shows those that are open, at the upper corners of the drawing.
pub fn show(ui: &Ui, canvas: Rect, studio: &Studio, actions: &mut Vec<Action>) {
    if studio.panels.undo_list {
        undo_list(ui, canvas, studio, actions);
    }
    if studio.panels.findings {
        findings(ui, canvas, studio, actions);
    }
}

/// Every edit by name, the undone ones pale.
fn undo_list(ui: &Ui, canvas: Rect, studio: &Studio, actions: &mut Vec<Action>) {
    let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
    let history = session.history();
    let place = history.place();
    let count = history.done().len() + history.undone().len() + 1;
    let rows = Rows { count, shown: Some(place), wide: 280.0 };
    panel(ui, canvas, Align2::LEFT_TOP, Command::UndoList, studio, actions, &rows, |ui, at, actions| {
        let name = match at.checked_sub(1) {
            None => tr(lang, "undo-list-start"),
            Some(at) => history.label(at).map(|label| label.text(lang)).unwrap_or_default(),
        };
        let caption = if at > place { tr(lang, "undo-list-undone") } else { String::new() };
        if kit::ListRow::new(&name).right(&caption).on(at == place).show(ui).clicked() {
            actions.push(Action::GoTo(at));
        }
    });
}

/// What the check found, the thing first.
fn findings(ui: &Ui, canvas: Rect, studio: &Studio, actions: &mut Vec<Action>) {
    let lang = studio.lang();
    let faults: Vec<&Fault> = studio.findings().collect();
    let rows = Rows { count: faults.len().max(1), shown: None, wide: 640.0 };
    panel(ui, canvas, Align2::RIGHT_TOP, Command::Findings, studio, actions, &rows, |ui, at, actions| {
        let Some(fault) = faults.get(at) else {
            let key = if studio.is_checked() { "findings-none" } else { "findings-looking" };
            kit::ListRow::new(&tr(lang, key)).show(ui);
            return;
        };
        let text = fault.text(lang);
        let selected = studio.session().is_some_and(|s| fault.at.id.is_some_and(|id| s.selection().contains(id)));
        let row = kit::ListRow::new(&text).on(selected).show(ui);
        kit::tip(&row, &text, None);
        if let Some(id) = fault.at.id.filter(|_| row.clicked()) {
            actions.push(Action::Show(id, fault.at.storey));
        }
    });
}

/// The rows of a list.
struct Rows {
    count: usize,
    /// The one that shall be in sight when the list is opened.
    shown: Option<usize>,
    /// Width in logical pixels.
    wide: f32,
}

#[allow(clippy::too_many_arguments, reason = "where it lies, what it is of, and how a row is shown")]
fn panel(
    ui: &Ui,
    canvas: Rect,
    corner: Align2,
    command: Command,
    studio: &Studio,
    actions: &mut Vec<Action>,
    rows: &Rows,
    mut row: impl FnMut(&mut Ui, usize, &mut Vec<Action>),
) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let inside = canvas.shrink(theme.space(5));
    let height = theme.size("/control/list_row");
    let room = (canvas.height() - 100.0).max(height * 3.0);
    let id = Id::unique(("list", command));
    Area::new(id).order(Order::Middle).fixed_pos(corner.pos_in_rect(&inside)).pivot(corner).show(ui.ctx(), |ui| {
        Frame::new()
            .fill(theme.color(Role::Raised))
            .stroke(theme.stroke(Stroke::Fine, Role::HairlineStrong))
            .inner_margin(Margin::symmetric(12, 4))
            .show(ui, |ui| {
                ui.set_width(rows.wide.min(canvas.width() - 60.0).max(60.0));
                if kit::closing_head(ui, command.name(lang).trim_end_matches('…'), &tr(lang, "notice-close")) {
                    actions.push(Action::Run(command));
                }
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                let pass = ui.ctx().cumulative_pass_nr();
                let fresh = ui.data_mut(|data| {
                    // Opened when it was not shown in the pass before.
                    let last = std::mem::replace(data.get_temp_mut_or_default::<u64>(id), pass);
                    last + 1 < pass
                });
                let mut list =
                    ScrollArea::vertical().auto_shrink([false, true]).max_height(room).min_scrolled_height(room);
                if let Some(shown) = rows.shown.filter(|_| fresh) {
                    list = list.vertical_scroll_offset((shown as f32 * height - room / 2.0).max(0.0));
                }
                list.show_rows(ui, height, rows.count, |ui, seen| {
                    for at in seen {
                        ui.push_id(at, |ui| row(ui, at, actions));
                    }
                });
            });
    });
}

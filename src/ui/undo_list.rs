//! The list of changes: every edit by name, the undone ones pale; a click goes there.

use egui::{Area, Frame, Id, Margin, Order, Rect, ScrollArea, Ui, Vec2};

use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::look::{Role, Stroke};
use crate::studio::{Action, Command, Studio};

/// Shows it at the upper left of the drawing.
pub fn show(ui: &Ui, canvas: Rect, studio: &Studio, actions: &mut Vec<Action>) {
    let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
    let theme = Theme::of(ui.ctx());
    let history = session.history();
    let place = history.place();
    Area::new(Id::unique("undo list"))
        .order(Order::Middle)
        .fixed_pos(canvas.left_top() + Vec2::splat(theme.space(5)))
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(theme.color(Role::Raised))
                .stroke(theme.stroke(Stroke::Fine, Role::HairlineStrong))
                .inner_margin(Margin::symmetric(12, 4))
                .show(ui, |ui| {
                    ui.set_width(280.0);
                    kit::section_head(ui, None, &Command::UndoList.name(lang), "");
                    let height = theme.size("/control/list_row");
                    let rows = history.done().len() + history.undone().len() + 1;
                    ui.spacing_mut().item_spacing = Vec2::ZERO;
                    let list = ScrollArea::vertical().max_height(canvas.height() - 140.0).stick_to_bottom(true);
                    // A day's work is thousands of entries: only those in sight are named and drawn.
                    list.show_rows(ui, height, rows, |ui, seen| {
                        for at in seen {
                            let entry = match at.checked_sub(1) {
                                None => tr(lang, "undo-list-start"),
                                Some(at) => history.label(at).map(|label| label.text(lang)).unwrap_or_default(),
                            };
                            ui.push_id(at, |ui| {
                                let caption = if at > place { tr(lang, "undo-list-undone") } else { String::new() };
                                if kit::list_row(ui, None, &entry, &caption, at == place, true).clicked() {
                                    actions.push(Action::GoTo(at));
                                }
                            });
                        }
                    });
                });
        });
}

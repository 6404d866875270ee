//! The list of what catches points, over its button in the status line.

use egui::{Response, Ui};

use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::studio::{Action, Command, SnapSwitch, Studio};

/// Shows the button and, while it is open, the list.
pub fn show(ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
    let lang = studio.lang();
    let off = &studio.settings.drawing.off;
    let key = match (off.all, off.kinds.is_empty()) {
        (true, _) => "status-snap-off",
        (false, true) => "status-snap",
        (false, false) => "status-snap-some",
    };
    let button = kit::status_button(ui, &Command::Snapping.name(lang), &tr(lang, key));
    if !egui::Popup::is_id_open(ui.ctx(), egui::Popup::default_response_id(&button)) {
        kit::tip(&button, &Command::Snapping.tip(lang), None);
    }
    list(&button, studio, actions);
}

fn list(button: &Response, studio: &Studio, actions: &mut Vec<Action>) {
    const WIDTH: f32 = 264.0;
    let (lang, theme) = (studio.lang(), Theme::of(&button.ctx));
    let off = &studio.settings.drawing.off;
    let popup = egui::Popup::menu(button)
        .align(egui::RectAlign::TOP_END)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .gap(theme.space(1))
        .width(WIDTH)
        .frame(kit::raised(theme, theme.space(4) as i8))
        .accessible_name(Command::Snapping.name(lang));
    popup.show(|ui| {
        ui.set_min_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut on = !off.all;
        if kit::check_row(ui, &mut on, &Command::Snapping.name(lang), true).changed() {
            actions.push(Action::Run(Command::Snapping));
        }
        ui.add_space(theme.space(2));
        kit::seam(ui);
        ui.add_space(theme.space(2));
        for switch in SnapSwitch::ALL {
            let mut on = !off.kinds.contains(&switch);
            if kit::check_row(ui, &mut on, &tr(lang, switch.key()), !off.all).changed() {
                actions.push(Action::SnapSwitch(switch));
            }
        }
    });
}

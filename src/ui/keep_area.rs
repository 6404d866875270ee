//! The sheet that keeps what is in view for use without a network: from which service, how much, and for other sources the
//! commands that make an extract.

use egui::{Id, Ui};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::basemap::online::MOST_KEPT_BYTES;
use crate::i18n::{number, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Command, Studio};

/// Shows it while it is open.
pub fn show(ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
    if !studio.panels.keep_area {
        return;
    }
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let title = Command::KeepArea.name(lang);
    let shown = kit::modal(ui.ctx(), Id::unique("keep-area"), title.trim_end_matches('…'), 560.0, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.label(theme.text(TypeRole::Body, Role::Ink2, tr(lang, "keep-intro")));
        for offer in studio.keep_offers() {
            ui.add_space(theme.space(3));
            kit::section_head(ui, None, offer.service.name(lang), "");
            let millions = |bytes: u64| number(lang, bytes as f64 / 1e6, 0);
            let args = [
                ("tiles", number(lang, offer.plan.tiles.len() as f64, 0).into()),
                ("size", millions(offer.plan.about_bytes).into()),
                ("most", millions(MOST_KEPT_BYTES).into()),
            ];
            let is_allowed = offer.plan.is_allowed();
            let key = if is_allowed { "keep-size" } else { "keep-size-too-large" };
            let ink = if is_allowed { Role::Ink2 } else { Role::Warning };
            ui.add(egui::Label::new(theme.text(TypeRole::Small, ink, tr_with(lang, key, &args))).wrap());
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink3, &offer.service.attribution)).wrap());
            let online = studio.settings.online;
            if !online {
                ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "keep-offline")));
            }
            let name = tr_with(lang, "keep-from", &[("name", offer.service.name(lang).to_owned().into())]);
            let button = kit::Button::new(&name).icon(Icon::Save).enabled(is_allowed && online).show(ui);
            if button.clicked() {
                actions.push(Action::KeepArea(offer.service.id.clone()));
            }
        }
        ui.add_space(theme.space(3));
        kit::section_head(ui, None, &tr(lang, "keep-others"), "");
        ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "keep-others-note"))).wrap());
        for (at, command) in studio.extract_commands().into_iter().enumerate() {
            ui.horizontal(|ui| {
                let name = tr_with(lang, "keep-copy", &[("number", (at + 1).to_string().into())]);
                if kit::icon_button(ui, Icon::Copy, &name, None, false, true).clicked() {
                    actions.push(Action::CopyText(command.clone()));
                }
                ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink1, &command)).wrap());
            });
        }
        ui.add_space(theme.space(4));
        kit::button(ui, &tr(lang, "notice-close"), None).clicked()
    });
    if shown.inner || shown.close {
        actions.push(Action::Run(Command::KeepArea));
    }
}

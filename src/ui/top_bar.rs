//! The bar at the top: menu, project, variants, what can be handed on.

use egui::{Align, Layout as EguiLayout, Ui, Vec2};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Command, Studio};

/// Shows it.
pub fn show(ui: &mut Ui, studio: &Studio, drawer: &mut bool, is_drawer: bool, actions: &mut Vec<Action>) {
    let (Some(document), lang) = (&studio.document, studio.lang()) else { return };
    let theme = Theme::of(ui.ctx());
    let height = ui.available_height();
    let wide = ui.available_width() >= theme.size("/breakpoint/wide");
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme.space(2), 0.0);
        ui.add_space(theme.space(3));
        let menu = kit::icon_button(ui, Icon::Menu, &tr(lang, "menu"), None, false, true);
        super::menu::show(&menu, studio, actions);
        ui.add_space(theme.space(2));
        let name = &document.session.project().name;
        ui.add(egui::Label::new(theme.text(TypeRole::Label, Role::Ink1, name)).truncate().selectable(false));
        saved_mark(ui, studio);
        ui.add_space(theme.space(2));
        for command in [Command::Undo, Command::Redo] {
            let (name, shortcut) = (command.name(lang), command.shortcut().map(|s| s.text(lang)));
            let enabled = studio.can_run(command).is_ok();
            let icon = command.icon().and_then(Icon::of_key).unwrap_or(Icon::Undo);
            if kit::icon_button(ui, icon, &name, shortcut.as_deref(), false, enabled).clicked() {
                actions.push(Action::Run(command));
            }
        }
        ui.add_space(theme.space(3));
        variants(ui, studio, height, actions);
        ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
            ui.add_space(theme.space(4));
            if is_drawer {
                let name = tr(lang, "panel-drawer");
                if kit::icon_button(ui, Icon::Settings, &name, None, *drawer, true).clicked() {
                    *drawer = !*drawer;
                }
            }
            for command in [Command::Export, Command::Palette] {
                let (name, shortcut) = (command.name(lang), command.shortcut().map(|s| s.text(lang)));
                let icon = command.icon().and_then(Icon::of_key);
                let clicked = if wide {
                    kit::Button::new(&name).icon(icon).shortcut(shortcut.as_deref()).show(ui).clicked()
                } else {
                    kit::icon_button(ui, icon.unwrap_or(Icon::Export), &name, shortcut.as_deref(), false, true)
                        .clicked()
                };
                if clicked {
                    actions.push(Action::Run(command));
                }
                ui.add_space(theme.space(2));
            }
        });
    });
}

/// A dot and a word: saved, not saved, saving.
fn saved_mark(ui: &mut Ui, studio: &Studio) {
    let Some(document) = &studio.document else { return };
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let (key, role) = if document.is_saving() {
        ("mark-saving", Role::Ink3)
    } else if document.is_dirty() {
        ("mark-unsaved", Role::Ink2)
    } else if document.path.is_some() {
        ("mark-saved", Role::Good)
    } else {
        ("mark-new", Role::Ink3)
    };
    ui.add_space(theme.space(2));
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(6.0), egui::Sense::hover());
    if document.is_dirty() {
        ui.painter().circle_stroke(rect.center(), 2.5, egui::Stroke::new(1.0, theme.color(role)));
    } else {
        ui.painter().circle_filled(rect.center(), 2.5, theme.color(role));
    }
    ui.add(egui::Label::new(theme.text(TypeRole::Caption, Role::Ink2, tr(lang, key))).selectable(false));
}

/// A tab for each variant; `0` is the baseline, the others have letters.
fn variants(ui: &mut Ui, studio: &Studio, height: f32, actions: &mut Vec<Action>) {
    let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
    let open = session.variant().id;
    let mut letters = 'A'..='Z';
    for variant in &session.project().variants {
        let letter = if variant.baseline { '0' } else { letters.next().unwrap_or('+') };
        let response = kit::tab(ui, &letter.to_string(), &variant.name, variant.id == open, height);
        if response.clicked() {
            actions.push(Action::OpenVariant(variant.id));
            actions.push(Action::Select(Vec::new()));
        }
    }
    let name = Command::NewVariant.name(lang);
    if kit::icon_button(ui, Icon::Plus, &name, None, false, true).clicked() {
        actions.push(Action::Run(Command::NewVariant));
    }
}

//! The sheet that says which maps lie under the drawing: the built-in one, and one of the services of the network with its terms.

use egui::{Id, Ui};

use super::kit;
use super::theme::Theme;
use crate::basemap::{Service, service, services};
use crate::i18n::{Lang, tr};
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Command, Studio};

/// Shows it while it is open.
pub fn show(ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
    if !studio.panels.map_sources {
        return;
    }
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let title = Command::MapSources.name(lang);
    let shown = kit::modal(ui.ctx(), Id::unique("map-sources"), title.trim_end_matches('…'), 520.0, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let mut map = studio.settings.map;
        if kit::check_row(ui, &mut map, &tr(lang, "map-built-in"), true).clicked() {
            actions.push(Action::Run(Command::ToggleMap));
        }
        note(ui, &tr(lang, "map-built-in-note"));
        ui.add_space(theme.space(4));
        kit::section_head(ui, None, &tr(lang, "map-network"), "");
        let now = service(&studio.settings.tile_service).filter(|_| studio.settings.tiles);
        if choice(ui, &tr(lang, "map-offline"), now.is_none()) {
            actions.push(Action::TileService(None));
        }
        note(ui, &tr(lang, "map-offline-note"));
        for one in services() {
            ui.add_space(theme.space(2));
            if choice(ui, one.name(lang), now.is_some_and(|now| now.id == one.id)) {
                actions.push(Action::TileService(Some(one.id.clone())));
            }
            note(ui, &terms(one, lang));
        }
        ui.add_space(theme.space(4));
        kit::button(ui, &tr(lang, "notice-close"), None).clicked()
    });
    if shown.inner || shown.close {
        actions.push(Action::Run(Command::MapSources));
    }
}

/// Small words under a choice, in line with its name.
fn note(ui: &mut Ui, words: &str) {
    /// The box before the name, and the gap after it.
    const BOX: f32 = 22.0;
    let theme = Theme::of(ui.ctx());
    ui.horizontal(|ui| {
        ui.add_space(BOX);
        ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, words)).wrap());
    });
}

/// One of several; whether it was clicked and is not chosen yet.
fn choice(ui: &mut Ui, name: &str, is_chosen: bool) -> bool {
    let mut on = is_chosen;
    kit::check_row(ui, &mut on, name, true).clicked() && !is_chosen
}

/// Whom a service owes to, and what its terms allow.
fn terms(of: &Service, lang: Lang) -> String {
    let prints = match of.may_print {
        Some(true) => "map-may-print",
        Some(false) => "map-no-print",
        None => "map-unknown-print",
    };
    let ahead = if of.may_prefetch { "map-may-pack" } else { "map-no-pack" };
    let cover = of.cover_deg.map(|_| tr(lang, "map-part-only"));
    let parts = [Some(of.attribution.clone()), cover, Some(tr(lang, prints)), Some(tr(lang, ahead))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}. {}", parts.join(" · "), of.terms_url)
}

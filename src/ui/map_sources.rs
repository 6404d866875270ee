//! The sheet of maps under the drawing: the built-in one, files, and services of the network with their terms; how strongly
//! each is seen, and what is wrong with one that is not.

use egui::{Id, Ui};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::basemap::MapLook;
use crate::basemap::online::Service;
use crate::i18n::{Lang, sentence, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::studio::map::{MapLayer, MapSource, MapState};
use crate::studio::{Action, Command, MapStep, Studio};

/// Width of the sheet.
const WIDTH: f32 = 600.0;

/// Width of a slider.
const SLIDER: f32 = 120.0;

/// The box before a name, and the gap after it.
const BOX: f32 = 22.0;

/// What is being typed in the sheet.
#[derive(Default)]
pub struct MapSources {
    url: String,
    name: String,
    contact: Option<String>,
}

impl MapSources {
    /// Shows it while it is open.
    pub fn show(&mut self, ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
        if !studio.panels.map_sources {
            self.contact = None;
            return;
        }
        let lang = studio.lang();
        let title = Command::MapSources.name(lang);
        let height = ui.ctx().content_rect().height() - 150.0;
        let shown = kit::modal(ui.ctx(), Id::unique("map-sources"), title.trim_end_matches('…'), WIDTH, |ui| {
            let theme = Theme::of(ui.ctx());
            ui.spacing_mut().item_spacing.y = 1.0;
            kit::scrolled(ui, egui::ScrollArea::vertical().max_height(height), |ui| {
                ui.set_width(WIDTH - 56.0);
                self.look(ui, studio, actions);
                ui.add_space(theme.space(4));
                self.stack(ui, studio, actions);
                ui.add_space(theme.space(4));
                self.network(ui, studio, actions);
            });
            ui.add_space(theme.space(4));
            kit::button(ui, &tr(lang, "notice-close"), None).clicked()
        });
        if shown.inner || shown.close {
            actions.push(Action::Run(Command::MapSources));
        }
    }

    /// How all maps look.
    #[expect(clippy::unused_self, reason = "the three parts of the sheet are called alike")]
    fn look(&self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let lang = studio.lang();
        kit::field_row(ui, &tr(lang, "map-look"), |ui| {
            let mut look = studio.settings.map_look;
            let (quiet, ground) = (tr(lang, "map-look-quiet"), tr(lang, "map-look-figure-ground"));
            let items = [kit::Segment::new(MapLook::Quiet, &quiet), kit::Segment::new(MapLook::FigureGround, &ground)];
            if kit::segments(ui, &tr(lang, "map-look"), &mut look, &items) {
                actions.push(Action::Map(MapStep::Look(look)));
            }
        });
        kit::field_row(ui, &tr(lang, "map-strength"), |ui| {
            let strength = studio.settings.map_strength;
            let (response, pulled) = kit::slider(ui, &tr(lang, "map-strength"), strength, SLIDER);
            kit::tip(&response, &tr(lang, "map-strength-tip"), None);
            actions.extend(pulled.map(|pulled| Action::Map(MapStep::AllStrength(pulled))));
        });
    }

    /// The maps on one another, the uppermost first.
    #[expect(clippy::unused_self, reason = "the three parts of the sheet are called alike")]
    fn stack(&self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        kit::section_head(ui, None, &tr(lang, "map-stack"), &tr(lang, "map-stack-order"));
        let layers = &studio.settings.maps;
        for (at, layer) in layers.iter().enumerate().rev() {
            let state = studio.maps.get(at).cloned().unwrap_or_default();
            layer_row(ui, studio, (at, layer), &state, actions);
        }
        let mut map = studio.settings.map;
        if kit::check_row(ui, &mut map, &tr(lang, "map-built-in"), true).clicked() {
            actions.push(Action::Run(Command::ToggleMap));
        }
        note(ui, Role::Ink2, &tr(lang, "map-built-in-note"));
        ui.add_space(theme.space(2));
        if kit::button(ui, &Command::AddMap.name(lang), Some(Icon::Plus)).clicked() {
            actions.push(Action::Run(Command::AddMap));
        }
    }

    /// The services of the network.
    fn network(&mut self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        kit::section_head(ui, None, &tr(lang, "map-network"), "");
        let mut online = studio.settings.online;
        if kit::check_row(ui, &mut online, &tr(lang, "map-online"), true).clicked() {
            actions.push(Action::Run(Command::ToggleTiles));
        }
        note(ui, Role::Ink2, &tr(lang, if online { "map-online-note" } else { "map-offline-note" }));
        for service in studio.map_services() {
            ui.add_space(theme.space(2));
            let source = MapSource::Service(service.id.clone());
            let place = studio.settings.maps.iter().position(|layer| layer.source == source);
            ui.horizontal(|ui| {
                let mut is_in = place.is_some();
                if kit::check_row(ui, &mut is_in, service.name(lang), true).clicked() {
                    actions.push(Action::Map(match place {
                        Some(at) => MapStep::Remove(at),
                        None => MapStep::Add(source.clone()),
                    }));
                }
                if studio.settings.own_services.iter().any(|own| own.id == service.id) {
                    let name = tr_with(lang, "map-forget", &[("name", service.name(lang).to_owned().into())]);
                    if kit::icon_button(ui, Icon::Close, &name, None, false, true).clicked() {
                        actions.push(Action::Map(MapStep::ForgetOwn(service.id.clone())));
                    }
                }
            });
            note(ui, Role::Ink2, &terms(service, lang));
        }
        ui.add_space(theme.space(4));
        let hint = tr(lang, "map-own-url-hint");
        kit::field_row(ui, &tr(lang, "map-own-url"), |ui| {
            kit::TextField::new("map-url", &mut self.url).name(&tr(lang, "map-own-url")).hint(&hint).show(ui);
        });
        kit::field_row(ui, &tr(lang, "map-own-name"), |ui| {
            kit::TextField::new("map-name", &mut self.name).name(&tr(lang, "map-own-name")).show(ui);
        });
        if kit::button(ui, &tr(lang, "map-own-add"), Some(Icon::Plus)).clicked() && !self.url.trim().is_empty() {
            actions.push(Action::Map(MapStep::AddOwn(std::mem::take(&mut self.name), std::mem::take(&mut self.url))));
        }
        ui.add_space(theme.space(4));
        kit::field_row(ui, &tr(lang, "map-contact"), |ui| {
            let contact = self.contact.get_or_insert_with(|| studio.settings.contact.clone());
            let hint = tr(lang, "map-contact-hint");
            let field = kit::TextField::new("map-contact", contact).name(&tr(lang, "map-contact")).hint(&hint).show(ui);
            kit::tip(&field.response, &tr(lang, "map-contact-tip"), None);
            if field.response.lost_focus() && *contact != studio.settings.contact {
                actions.push(Action::Map(MapStep::Contact(contact.clone())));
            }
        });
    }
}

/// A map of the stack: shown or not, how strongly, above which, and what is wrong with it.
fn layer_row(
    ui: &mut Ui,
    studio: &Studio,
    (at, layer): (usize, &MapLayer),
    state: &MapState,
    actions: &mut Vec<Action>,
) {
    let lang = studio.lang();
    let name = studio.map_name(&layer.source);
    let named = |key: &str| tr_with(lang, key, &[("name", name.clone().into())]);
    ui.horizontal(|ui| {
        let mut on = layer.on;
        if kit::check_box(ui, &mut on, &named("map-show"), true).clicked() {
            actions.push(Action::Map(MapStep::Show(at, on)));
        }
        let room = (ui.available_width() - SLIDER - 110.0).max(80.0);
        kit::elided_label(ui, TypeRole::Body, Role::Ink1, &name, room);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if kit::icon_button(ui, Icon::Close, &named("map-remove"), None, false, true).clicked() {
                actions.push(Action::Map(MapStep::Remove(at)));
            }
            let can_rise = at + 1 < studio.settings.maps.len();
            if kit::icon_button(ui, Icon::RaiseLayer, &named("map-raise"), None, false, can_rise).clicked() {
                actions.push(Action::Map(MapStep::Raise(at, true)));
            }
            let (response, pulled) = kit::slider(ui, &named("map-strength-of"), layer.strength, SLIDER);
            kit::tip(&response, &tr(lang, "map-strength-tip"), None);
            actions.extend(pulled.map(|pulled| Action::Map(MapStep::Strength(at, pulled))));
        });
    });
    let offline = matches!(layer.source, MapSource::Service(_)) && !studio.settings.online;
    match &state.fault {
        Some(fault) if layer.on && !fault.is_offline() => note(ui, Role::Warning, &sentence(&fault.text(lang))),
        _ if layer.on && offline => note(ui, Role::Ink2, &tr(lang, "map-offline-layer")),
        _ if !state.credit.is_empty() => note(ui, Role::Ink2, &state.credit),
        _ => {}
    }
}

/// Small words under a name, in line with it.
fn note(ui: &mut Ui, ink: Role, words: &str) {
    let theme = Theme::of(ui.ctx());
    ui.horizontal(|ui| {
        ui.add_space(BOX);
        ui.add(egui::Label::new(theme.text(TypeRole::Small, ink, words)).wrap());
    });
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
    let terms = if of.terms_url.is_empty() { &of.url } else { &of.terms_url };
    format!("{}. {terms}", parts.join(" · "))
}

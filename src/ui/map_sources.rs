//! The sheet of maps under the drawing: the built-in one, files, and services of the network with their terms; how strongly
//! each is seen, and what is wrong with one that is not.

use egui::{Id, Rect, Ui};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::basemap::online::Service;
use crate::basemap::{MapLook, TileKind};
use crate::i18n::{Lang, sentence, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::studio::map::{MapLayer, MapSource, MapState};
use crate::studio::{Action, Command, MapStep, Studio};

/// Width of the sheet.
pub const WIDTH: f32 = 424.0;

/// Width of a slider.
const SLIDER: f32 = 110.0;

/// The box before a name, and the gap after it.
const BOX: f32 = 22.0;

/// What is being typed in the sheet.
#[derive(Default)]
pub struct MapSources {
    url: String,
    name: String,
    contact: Option<String>,
    /// Why the address that was typed is none.
    wrong: Option<String>,
    /// How often it was opened: each time it begins at its head.
    opened: u32,
    is_open: bool,
}

impl MapSources {
    /// Shows it while it is open, over the panels at the right: what it changes stays in sight, and can be drawn on.
    pub fn show(&mut self, ui: &Ui, window: Rect, studio: &Studio, actions: &mut Vec<Action>) {
        let was_open = std::mem::replace(&mut self.is_open, studio.panels.map_sources);
        if !self.is_open {
            (self.contact, self.wrong) = (None, None);
            return;
        }
        self.opened += u32::from(!was_open);
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        let place = window
            .with_min_y(window.top() + theme.size("/panel/top_bar"))
            .with_max_y(window.bottom() - theme.size("/panel/status"));
        let title = Command::MapSources.name(lang);
        let words = (title.trim_end_matches('…'), &*tr(lang, "notice-close"));
        let close = kit::side_sheet(ui.ctx(), Id::unique("map-sources"), place, WIDTH, words, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let area = egui::ScrollArea::vertical().id_salt(("maps", self.opened)).auto_shrink([false, false]);
            kit::scrolled(ui, area, |ui| {
                // The bar that scrolls has its own room.
                ui.set_width(ui.available_width() - theme.space(5));
                self.look(ui, studio, actions);
                ui.add_space(theme.space(4));
                self.stack(ui, studio, actions);
                ui.add_space(theme.space(4));
                self.network(ui, studio, actions);
                ui.add_space(theme.space(5));
            });
        });
        if close {
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
        for (command, on) in
            [(Command::ToggleMapNames, studio.settings.map_names), (Command::ToggleGrid, studio.settings.grid)]
        {
            kit::field_row(ui, "", |ui| {
                let mut on = on;
                if kit::check_row(ui, &mut on, &command.name(lang), true).clicked() {
                    actions.push(Action::Run(command));
                }
            });
        }
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
            ui.add_space(theme.space(2));
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
        ui.add_space(theme.space(2));
        note(ui, Role::Ink3, &tr(lang, "map-of-machine"));
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
        kit::section_head(ui, None, &tr(lang, "map-own"), "");
        note(ui, Role::Ink2, &tr(lang, "map-own-note"));
        let hint = tr(lang, "map-own-url-hint");
        kit::field_row(ui, &tr(lang, "map-own-url"), |ui| {
            kit::TextField::new("map-url", &mut self.url).name(&tr(lang, "map-own-url")).hint(&hint).show(ui);
        });
        kit::field_row(ui, &tr(lang, "map-own-name"), |ui| {
            kit::TextField::new("map-name", &mut self.name).name(&tr(lang, "map-own-name")).show(ui);
        });
        if let Some(wrong) = &self.wrong {
            note(ui, Role::Warning, wrong);
        }
        if kit::button(ui, &tr(lang, "map-own-add"), Some(Icon::Plus)).clicked() && !self.url.trim().is_empty() {
            // What is wrong is said here, and what was typed stays to be mended.
            self.wrong = Service::typed(&self.name, &self.url).err().map(|error| sentence(&error.text(lang)));
            if self.wrong.is_none() {
                let (name, url) = (std::mem::take(&mut self.name), std::mem::take(&mut self.url));
                actions.push(Action::Map(MapStep::AddOwn(name, url)));
            }
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
        note(ui, Role::Ink2, &tr(lang, "map-contact-note"));
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
        let room = (ui.available_width() - 68.0).max(80.0);
        let ink = if layer.on { Role::Ink1 } else { Role::Ink3 };
        kit::elided_label(ui, TypeRole::Body, ink, &name, room);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if kit::icon_button(ui, Icon::Close, &named("map-remove"), None, false, true).clicked() {
                actions.push(Action::Map(MapStep::Remove(at)));
            }
            let can_rise = at + 1 < studio.settings.maps.len();
            if kit::icon_button(ui, Icon::RaiseLayer, &named("map-raise"), None, false, can_rise).clicked() {
                actions.push(Action::Map(MapStep::Raise(at, true)));
            }
        });
    });
    ui.horizontal(|ui| {
        ui.add_space(BOX);
        let (response, pulled) = kit::slider(ui, &named("map-strength-of"), layer.strength, SLIDER);
        kit::tip(&response, &tr(lang, "map-strength-tip"), None);
        actions.extend(pulled.map(|pulled| Action::Map(MapStep::Strength(at, pulled))));
        if let Some(kind) = state.kind {
            let key = if kind == TileKind::Vector { "map-of-shapes" } else { "map-of-pictures" };
            let zooms = [("from", state.zooms[0].to_string().into()), ("to", state.zooms[1].to_string().into())];
            ui.add_space(Theme::of(ui.ctx()).space(3));
            ui.label(Theme::of(ui.ctx()).text(TypeRole::Caption, Role::Ink3, tr_with(lang, key, &zooms)));
        }
    });
    if let Some(words) = studio.map_is_elsewhere(state.cover_deg).filter(|_| layer.on) {
        note(ui, Role::Warning, &words);
    }
    let offline = matches!(layer.source, MapSource::Service(_)) && !studio.settings.online;
    match &state.fault {
        Some(fault) if layer.on && !fault.is_offline() => {
            note(ui, Role::Warning, &sentence(&fault.text_while_shown(lang)));
        }
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

//! The line at the bottom: what the next click does, where the pointer is, the scale, whose map it is.

use egui::{Align, Layout as EguiLayout, Ui, Vec2};

use super::kit;
use super::theme::Theme;
use crate::basemap::MapFault;
use crate::geometry::Point;
use crate::i18n::{Lang, NO_BREAK, UNDEFINED, number, tr, tr_with};
use crate::io::page::scale_words;
use crate::look::{Role, TypeRole};
use crate::studio::map::MapState;
use crate::studio::{Action, Command, Coordinates, PictureChoice, Session, Studio};

/// Keys while a figure is explained, with the messages of what they do.
const EXPLAIN_KEYS: &[(&str, &str)] =
    &[("↑ ↓", "explain-key-rows"), ("Ctrl C", "explain-key-copy"), ("Esc", "explain-key-close")];

/// Shows it.
pub fn show(
    ui: &mut Ui,
    studio: &Studio,
    pointer: Option<Point>,
    credits: &str,
    narrow: bool,
    actions: &mut Vec<Action>,
) {
    let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
    let theme = Theme::of(ui.ctx());
    ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
        ui.add_space(theme.space(2));
        if !narrow {
            kit::status_item(ui, credits, false);
        }
        let fails = |state: &MapState| matches!(&state.fault, Some(MapFault::Online(_)));
        let (key, offline) = match (studio.settings.online, studio.maps.iter().any(fails)) {
            (false, _) => ("status-offline", true),
            (true, true) => ("status-no-network", true),
            (true, false) => ("status-online", false),
        };
        let response = kit::status_item(ui, &tr(lang, key), offline);
        kit::tip(&response, &tr(lang, &format!("{key}-tip")), None);
        scales(ui, studio, session, actions);
        if !narrow || pointer.is_some() {
            let system = studio.settings.coordinates;
            // While a tool is in hand that sets points, where the point would be.
            let caught = session.tool().snap().map(|snap| snap.at).filter(|_| pointer.is_some());
            let at = coordinates(session, caught.or(pointer), system, lang);
            let response = kit::status_button(ui, &Command::Coordinates.name(lang), &at);
            let epsg = system.epsg().map_or_else(|| "local".to_owned(), |epsg| epsg.to_string());
            let tip = format!("{}. {}", tr(lang, &format!("coordinates-{epsg}")), tr(lang, "coordinates-next"));
            kit::tip(&response, &tip, None);
            if response.clicked() {
                actions.push(Action::Run(Command::Coordinates));
            }
        }
        super::snapping::show(ui, studio, actions);
        let is_amiss = |state: &&MapState| state.fault.as_ref().is_some_and(|fault| !fault.is_offline());
        let amiss = studio.maps.iter().filter(is_amiss).count();
        if amiss > 0 {
            let args = [("n", amiss.into()), ("count", number(lang, amiss as f64, 0).into())];
            let words = format!("! {}", tr_with(lang, "status-maps-amiss", &args));
            let response = kit::status_button(ui, &Command::MapSources.name(lang), &words);
            kit::tip(&response, &tr(lang, "status-maps-amiss-tip"), None);
            if response.clicked() {
                actions.push(Action::Run(Command::MapSources));
            }
        }
        let found = studio.findings().count();
        if found > 0 {
            let args = [("n", found.into()), ("count", number(lang, found as f64, 0).into())];
            let words = format!("! {}", tr_with(lang, "status-findings", &args));
            let response = kit::status_button(ui, &Command::Findings.name(lang), &words);
            let keys = Command::Findings.shortcut().map(|shortcut| shortcut.text(lang));
            kit::tip(&response, &Command::Findings.tip(lang), keys.as_deref());
            if response.clicked() {
                actions.push(Action::Run(Command::Findings));
            }
        }
        if let Some(name) = studio.busy_with().next() {
            match studio.part_done() {
                Some(part) => {
                    let words = format!("{name} {}{NO_BREAK}%", number(lang, 100.0 * part, 0));
                    let cancel = tr(lang, "task-cancel");
                    let response = kit::status_button(ui, &cancel, &format!("{words} · {cancel}"));
                    if response.clicked() {
                        actions.push(Action::CallOff);
                    }
                    // It goes on in a thread, and is looked at now and then.
                    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
                }
                None => {
                    kit::status_item(ui, name, false);
                }
            }
        }
        ui.with_layout(EguiLayout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(theme.space(3), 0.0);
            ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
            ui.add_space(theme.space(4));
            hint(ui, session, lang);
        });
    });
}

/// Where the pointer is or was last, in the system that is asked for; dashes where it was nowhere.
fn coordinates(session: &Session, at: Option<Point>, system: Coordinates, lang: Lang) -> String {
    let (names, decimals) = match system {
        Coordinates::Local => (["x", "y"], 2),
        Coordinates::Wgs84 => (["lon", "lat"], 6),
        Coordinates::Lambert2008 => (["L2008 E", "N"], 2),
        Coordinates::Lambert72 => (["L72 E", "N"], 2),
    };
    let place = at.and_then(|p| match system.epsg() {
        None => Some([p.x, p.y]),
        Some(epsg) => session.frame().epsg_from_local(epsg, p).ok(),
    });
    let value = |axis: usize| place.map_or_else(|| UNDEFINED.to_owned(), |place| number(lang, place[axis], decimals));
    format!("{}{NO_BREAK}{}   {}{NO_BREAK}{}", names[0], value(0), names[1], value(1))
}

fn hint(ui: &mut Ui, session: &Session, lang: Lang) {
    let theme = Theme::of(ui.ctx());
    let (tool, says, keys) = match session.explanation() {
        // While something is explained the keys are for that.
        Some(explanation) => {
            let name = explanation.name.clone();
            (tr_with(lang, "explain-title", &[("name", name.into())]), "explain-hint", EXPLAIN_KEYS)
        }
        None => {
            let hint = session.tool().hint();
            (tr(lang, &format!("cmd-tool-{}", session.tool().kind().key())), hint.key, hint.keys)
        }
    };
    let label = |text, role| egui::Label::new(theme.text(TypeRole::Small, role, text)).selectable(false);
    ui.add(egui::Label::new(theme.text(TypeRole::Label, Role::Ink1, tool)).selectable(false));
    ui.add(label(tr(lang, says), Role::Ink2).truncate());
    for (key, words) in keys {
        let key = &keycap_words(key, lang);
        /// Around a keycap and between it and its words.
        const PADS: f32 = 24.0;
        let words = tr(lang, words);
        let width = |text: &str| ui.painter().layout_job(theme.line(TypeRole::Small, Role::Ink1, text)).size().x;
        // A hint that has no room is left out rather than cut.
        if width(key) + width(&words) + PADS > ui.available_width() {
            break;
        }
        kit::hint(ui, key, &words);
    }
}

/// A key as it is called in a language.
fn keycap_words(key: &str, lang: Lang) -> String {
    let message = match key {
        "Shift" => "key-shift",
        "Del" => "key-delete",
        "Esc" => "key-escape",
        "Enter" => "key-enter",
        other => return other.to_owned(),
    };
    tr(lang, message)
}

/// The scale; a click lists those that architects draw at.
fn scales(ui: &mut Ui, studio: &Studio, session: &Session, actions: &mut Vec<Action>) {
    const WIDTH: f32 = 132.0;
    let lang = studio.lang();
    let button = kit::status_button(ui, &Command::ViewScale.name(lang), &scale(session, lang));
    if !egui::Popup::is_id_open(ui.ctx(), egui::Popup::default_response_id(&button)) {
        kit::tip(&button, &Command::ViewScale.tip(lang), None);
    }
    kit::menu_panel(&button, &Command::ViewScale.name(lang), WIDTH, |ui| {
        for n in PictureChoice::SCALES {
            let words = scale_words(f64::from(n), lang);
            if kit::menu_row(ui, None, &words, None, true).clicked() {
                actions.push(Action::RunWith(Command::ViewScale, f64::from(n)));
                ui.close();
            }
        }
        if kit::menu_row(ui, None, &tr(lang, "view-scale-other"), None, true).clicked() {
            actions.push(Action::Run(Command::ViewScale));
            ui.close();
        }
    });
}

fn scale(session: &Session, lang: Lang) -> String {
    let denominator = session.camera.scale_denominator(crate::io::drawing::PX_PER_INCH);
    // Three digits say enough of a scale that follows the wheel.
    let digits = 10f64.powf((denominator.log10().floor() - 2.0).max(0.0));
    let rounded = (denominator / digits).round() * digits;
    scale_words(rounded, lang)
}

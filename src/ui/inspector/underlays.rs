//! The pictures under the drawing: shown or not, locked or not, how strongly, and how well they lie.

use egui::Ui;

use super::project::text_row;
use crate::geometry::distortion;
use crate::i18n::{Lang, NO_BREAK, number, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::model::Underlay;
use crate::studio::tool::ToolKind;
use crate::studio::{Action, Command, PictureShows, Studio, UnderlayStep};
use crate::ui::icons::Icon;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// Width of a slider.
const SLIDER: f32 = 84.0;

/// Shows those of the project; nothing where it has none.
pub fn show(ui: &mut Ui, studio: &Studio, lang: Lang, actions: &mut Vec<Action>) {
    let Some(session) = studio.session() else { return };
    let underlays = &session.project().underlays;
    if underlays.is_empty() {
        return;
    }
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(3));
    kit::seam(ui);
    kit::section_head(ui, None, &tr(lang, "panel-underlays"), "");
    for underlay in underlays.iter().rev() {
        one(ui, studio, underlay, lang, actions);
    }
    let is_placing = session.tool().kind() == ToolKind::Tie;
    let name = Command::ToolTie.name(lang);
    if kit::Button::new(&name).on(is_placing).show(ui).clicked() {
        actions.push(Action::Run(Command::ToolTie));
    }
}

fn one(ui: &mut Ui, studio: &Studio, underlay: &Underlay, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let id = underlay.id;
    let about = |key: &str| tr_with(lang, key, &[("name", underlay.name.as_str().into())]);
    text_row(ui, &format!("underlay-{}", id.0), &tr(lang, "field-name"), &underlay.name, |name| {
        actions.push(Action::Underlay(id, UnderlayStep::Name(name)));
    });
    kit::field_row(ui, "", |ui| {
        let (icon, what) = if underlay.hidden { (Icon::Hide, "layer-show") } else { (Icon::Show, "layer-hide") };
        if kit::icon_button(ui, icon, &about(what), None, underlay.hidden, true).clicked() {
            actions.push(Action::Underlay(id, UnderlayStep::Show(underlay.hidden)));
        }
        let (icon, what) = if underlay.locked { (Icon::Lock, "layer-unlock") } else { (Icon::Unlock, "layer-lock") };
        if kit::icon_button(ui, icon, &about(what), None, underlay.locked, true).clicked() {
            actions.push(Action::Underlay(id, UnderlayStep::Lock(!underlay.locked)));
        }
        if kit::icon_button(ui, Icon::Close, &about("map-remove"), None, false, true).clicked() {
            actions.push(Action::Underlay(id, UnderlayStep::Remove));
        }
    });
    kit::field_row(ui, &tr(lang, "field-opacity"), |ui| {
        let (_, pulled) = kit::slider(ui, &about("underlay-opacity"), underlay.opacity(), SLIDER);
        actions.extend(pulled.map(|pulled| Action::Underlay(id, UnderlayStep::Opacity(pulled))));
    });
    let (ink, words) = match studio.picture(underlay.picture) {
        PictureShows::Nothing => (Role::Warning, tr(lang, "underlay-gone")),
        PictureShows::UnderWay => (Role::Ink3, tr(lang, "underlay-reading")),
        PictureShows::Pixels(_) => (Role::Ink3, lies(underlay, lang)),
    };
    ui.horizontal(|ui| {
        ui.add(egui::Label::new(theme.text(TypeRole::Caption, ink, words)).wrap());
    });
    if underlay.ties.len() > 2 {
        let mut stretches = underlay.stretches;
        if kit::check_row(ui, &mut stretches, &tr(lang, "underlay-stretch"), !underlay.locked).clicked() {
            actions.push(Action::Underlay(id, UnderlayStep::Stretch(stretches)));
        }
    }
    ui.add_space(theme.space(2));
}

/// How far a map may bend or stretch a picture before that is told: less is the scanner's.
const TOLD_SHEAR_DEG: f64 = 0.2;
const TOLD_STRETCH: f64 = 0.005;

/// By how many points it was placed, and how well it meets them.
fn lies(underlay: &Underlay, lang: Lang) -> String {
    let Some(fit) = underlay.fit() else { return tr(lang, "underlay-untied") };
    let count = underlay.ties.len();
    let metres = |m: f64| format!("{}{NO_BREAK}m", number(lang, m, 2));
    let args = [
        ("n", count.into()),
        ("count", count.to_string().into()),
        ("residual", metres(fit.residual_m).into()),
        ("worst", metres(fit.worst_m).into()),
    ];
    // Two points are met whatever they are, and three where it may stretch: only one more tells something.
    let enough = if underlay.stretches { 3 } else { 2 };
    let mut words = tr_with(lang, if count > enough { "underlay-fit" } else { "underlay-tied" }, &args);
    let (shear_deg, stretch) = distortion(underlay.world_from_pixel);
    if shear_deg > TOLD_SHEAR_DEG || stretch > TOLD_STRETCH {
        let args = [("shear", number(lang, shear_deg, 1).into()), ("stretch", number(lang, stretch * 100.0, 1).into())];
        words = format!("{words} · {}", tr_with(lang, "underlay-distorted", &args));
    }
    words
}

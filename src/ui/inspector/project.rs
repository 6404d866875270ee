//! The project and the open variant, when nothing is selected.

use egui::Ui;

use super::brief::Brief;
use crate::edit::Info;
use crate::i18n::{Arg, Lang, NO_BREAK, number, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::model::LayerKind;
use crate::studio::tool::FieldKind;
use crate::studio::{Action, Command, Session, Studio};
use crate::ui::icons::Icon;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// Shows it.
pub fn show(ui: &mut Ui, brief: &mut Brief, studio: &Studio, lang: Lang, actions: &mut Vec<Action>) {
    let Some(session) = studio.session() else { return };
    let theme = Theme::of(ui.ctx());
    let project = session.project();
    let variant = session.variant();
    kit::section_head(ui, Some(Icon::Layers), &tr(lang, "panel-project"), &tr(lang, "panel-nothing-selected"));
    if variant.plots.is_empty() && variant.volumes.is_empty() {
        let keys = Command::ToolPlot.shortcut().map(|s| s.text(lang)).unwrap_or_default();
        let clicked = kit::empty_state(
            ui,
            Icon::Plot,
            &tr(lang, "empty-no-plot"),
            &tr(lang, "empty-draw-with"),
            &keys,
            &tr(lang, "empty-draw-plot"),
        );
        if clicked.clicked() {
            actions.push(Action::Run(Command::ToolPlot));
        }
        ui.add_space(theme.space(4));
        kit::seam(ui);
    }
    let is_placing = session.tool().kind() == crate::studio::tool::ToolKind::Tie;
    if is_placing {
        super::underlays::show(ui, studio, lang, actions);
        ui.add_space(theme.space(3));
        kit::seam(ui);
    }
    text_row(ui, "project-name", &tr(lang, "field-project"), &project.name, |name| {
        let info = Info { name, ..Info::of(project) };
        actions.push(Action::Info(Box::new(info)));
    });
    text_row(ui, "variant-name", &tr(lang, "field-variant"), &variant.name, |name| {
        actions.push(Action::NameVariant(variant.id, name));
    });
    kit::field_row(ui, "", |ui| {
        let mut baseline = variant.baseline;
        if kit::check_row(ui, &mut baseline, &tr(lang, "field-baseline"), true).changed() {
            actions.push(Action::Baseline(variant.id, baseline));
        }
    });
    if !is_placing {
        super::underlays::show(ui, studio, lang, actions);
    }
    layers(ui, session, lang, actions);
    brief.show(ui, session, lang, actions);
    ui.add_space(theme.space(3));
    kit::seam(ui);
    ui.add_space(theme.space(3));
    if project.north_deg != 0.0 {
        let deg = crate::ui::measures::value_of(FieldKind::Bearing, project.north_deg, session.drawing().angles, lang);
        fact_row(ui, &tr(lang, "field-north"), &format!("{deg}{NO_BREAK}°"));
    }
    let [lon, lat] = session.frame().origin_deg();
    let place = format!("{}°N {}°E", number(lang, lat, 4), number(lang, lon, 4));
    fact_row(ui, &tr(lang, "field-origin"), &place);
    let count =
        |key: &str, n: usize| tr_with(lang, key, &[("n", Arg::from(n)), ("count", number(lang, n as f64, 0).into())]);
    let (plots, volumes) = (variant.plots.len(), variant.volumes.len());
    fact_row(ui, &tr(lang, "field-content"), &count("count-plots", plots));
    fact_row(ui, "", &count("count-volumes", volumes));
    if !variant.surfaces.is_empty() {
        fact_row(ui, "", &count("count-surfaces", variant.surfaces.len()));
    }
    if !project.description.is_empty() {
        ui.add_space(theme.space(3));
        kit::seam(ui);
        ui.add_space(theme.space(3));
        ui.label(theme.text(TypeRole::Small, Role::Ink2, &project.description));
    }
    for source in &project.sources {
        ui.add_space(theme.space(2));
        ui.label(theme.text(TypeRole::Caption, Role::Ink3, source));
    }
}

/// The layers, each with an eye and a lock.
fn layers(ui: &mut Ui, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(3));
    kit::seam(ui);
    kit::section_head(ui, None, &tr(lang, "panel-layers"), "");
    let layers = &session.project().layers;
    for layer in LayerKind::ALL {
        let name = tr(lang, layer.key());
        let about = |key: &str| tr_with(lang, key, &[("name", name.as_str().into())]);
        let (hidden, locked) = (!layers.shows(layer), layers.locked.contains(&layer));
        kit::field_row(ui, &name, |ui| {
            let (icon, what) =
                if hidden { (Icon::Hide, about("layer-show")) } else { (Icon::Show, about("layer-hide")) };
            if kit::icon_button(ui, icon, &what, None, hidden, true).clicked() {
                actions.push(Action::Layers(layers.clone().with_hidden(layer, !hidden)));
            }
            // What stands around the site cannot be selected anyway.
            if layer != LayerKind::Context {
                let what = about(if locked { "layer-unlock" } else { "layer-lock" });
                let icon = if locked { Icon::Lock } else { Icon::Unlock };
                if kit::icon_button(ui, icon, &what, None, locked, true).clicked() {
                    actions.push(Action::Layers(layers.clone().with_locked(layer, !locked)));
                }
            }
        });
    }
}

/// A row with a name to be typed; `commit` gets the new one.
pub(super) fn text_row(ui: &mut Ui, salt: &str, label: &str, text: &str, commit: impl FnOnce(String)) {
    kit::field_row(ui, label, |ui| {
        let mut name = text.to_owned();
        let field = kit::TextField::new((salt, text), &mut name).name(label).show(ui);
        if field.committed && name.trim() != text && !name.trim().is_empty() {
            commit(name.trim().to_owned());
        }
    });
}

/// A row that only says something.
pub(super) fn fact_row(ui: &mut Ui, label: &str, text: &str) {
    kit::field_row(ui, label, |ui| fact(ui, text));
}

/// What such a row says.
pub(super) fn fact(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui.ctx());
    ui.add(egui::Label::new(theme.text(TypeRole::Body, Role::Ink1, text)).truncate());
}

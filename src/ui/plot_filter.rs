//! The sheet that looks for plots among many, to be selected and given a typology.

use egui::{Id, Ui, vec2};

use super::kit::{self, Choice};
use super::theme::Theme;
use crate::i18n::{Lang, number, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Command, PlotFilter, Studio};

/// The sheet.
#[derive(Default)]
pub struct PlotFilterSheet {
    now: PlotFilter,
    is_open: bool,
    /// What is found shall be selected.
    is_waiting: bool,
}

impl PlotFilterSheet {
    /// Shows it while it is open.
    pub fn show(&mut self, ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
        if !studio.panels.plot_filter {
            (self.is_open, self.is_waiting) = (false, false);
            return;
        }
        let (Some(_), lang) = (studio.session(), studio.lang()) else { return };
        if !std::mem::replace(&mut self.is_open, true) {
            self.now = studio.plot_filter().clone();
        }
        let theme = Theme::of(ui.ctx());
        let title = Command::SelectPlots.name(lang);
        let shown = kit::modal(ui.ctx(), Id::unique("plot-filter"), title.trim_end_matches('…'), 380.0, |ui| {
            self.fields(ui, studio.plot_attributes(), lang);
            ui.add_space(theme.space(3));
            let found = studio.plots_found().filter(|found| found.filter == self.now);
            let words = found.map_or_else(String::new, |found| {
                let count = |n: usize| number(lang, n as f64, 0);
                tr_with(
                    lang,
                    "plots-found",
                    &[("count", count(found.ids.len()).into()), ("of", count(found.of).into())],
                )
            });
            ui.label(theme.text(TypeRole::Small, Role::Ink2, words));
            ui.add_space(theme.space(3));
            let buttons = ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing = vec2(theme.space(3), 0.0);
                // While it is still looked for, what is found is selected as soon as it is.
                let can = found.is_none_or(|found| !found.ids.is_empty());
                let select =
                    ui.add_enabled_ui(can, |ui| kit::button(ui, &tr(lang, "plots-select"), None).clicked()).inner;
                (select, kit::button(ui, &tr(lang, "notice-close"), None).clicked())
            });
            let (select, close) = buttons.inner;
            self.is_waiting |= select;
            let ready = found.filter(|_| self.is_waiting);
            if let Some(found) = ready.filter(|found| !found.ids.is_empty()) {
                actions.push(Action::Select(found.ids.clone()));
            }
            self.is_waiting &= ready.is_none();
            ready.is_some_and(|found| !found.ids.is_empty()) || close
        });
        if studio.plots_found().is_none_or(|found| found.filter != self.now) && studio.busy_with().next().is_none() {
            actions.push(Action::FilterPlots(self.now.clone()));
        }
        if shown.inner || shown.close {
            actions.push(Action::Run(Command::SelectPlots));
        }
    }

    fn fields(&mut self, ui: &mut Ui, attributes: &[String], lang: Lang) {
        let filter = &mut self.now;
        for (key, unit, value) in [
            ("plots-least", "m²", &mut filter.least_m2),
            ("plots-most", "m²", &mut filter.most_m2),
            ("plots-frontage", "m", &mut filter.least_frontage_m),
        ] {
            let label = tr(lang, key);
            kit::noted_row(ui, &label, &tr(lang, &format!("{key}-tip")), |ui| {
                let mut typed = value.unwrap_or(f64::NAN);
                let any = value.is_none().then(|| tr(lang, "plots-any"));
                let field = kit::NumberField::new(key, &mut typed).unit(unit).decimals(0).range(0.0..=1e9).lang(lang);
                let field = field.placeholder(any.as_deref()).name(&label).show(ui);
                if field.committed {
                    *value = Some(typed).filter(|typed| typed.is_finite() && *typed > 0.0);
                }
            });
        }
        let label = tr(lang, "plots-text");
        kit::noted_row(ui, &label, &tr(lang, "plots-text-tip"), |ui| {
            kit::TextField::new("plots-text", &mut filter.text).name(&label).show(ui)
        });
        for (at, (key, value)) in filter.attributes.iter_mut().enumerate() {
            attribute_rows(ui, at, (key, value), attributes, lang);
        }
        // One line more than is asked, so that there is always another to ask.
        if !attributes.is_empty() {
            let (mut key, mut value) = Default::default();
            attribute_rows(ui, filter.attributes.len(), (&mut key, &mut value), attributes, lang);
            filter.attributes.push((key, value));
        }
        filter.attributes.retain(|(key, _)| !key.is_empty());
        kit::field_row(ui, "", |ui| kit::check_row(ui, &mut filter.is_empty, &tr(lang, "plots-empty"), true));
    }
}

/// An attribute to choose, and below it what its value shall be.
fn attribute_rows(ui: &mut Ui, at: usize, (key, value): (&mut String, &mut String), attributes: &[String], lang: Lang) {
    // What is asked stands there, also where no plot has it.
    let asked = key.clone();
    let mut offered: Vec<&String> = attributes.iter().collect();
    if !asked.is_empty() && !attributes.contains(&asked) {
        offered.push(&asked);
    }
    let label = tr(lang, if at == 0 { "plots-attribute" } else { "plots-attribute-and" });
    let name = format!("{} {}", tr(lang, "plots-attribute"), at + 1);
    kit::noted_row(ui, &label, &tr(lang, "plots-attribute-tip"), |ui| {
        let any = Choice::pinned(tr(lang, "plots-any"));
        let choices: Vec<Choice> =
            std::iter::once(any).chain(offered.iter().map(|key| Choice::new(key.as_str()))).collect();
        let current = offered.iter().position(|known| **known == asked).map_or(0, |at| at + 1);
        let (chosen, response) = kit::dropdown(ui, &name, Some(current), "", &choices);
        if let Some(at) = chosen {
            *key = at.checked_sub(1).and_then(|at| offered.get(at)).map(|key| (*key).clone()).unwrap_or_default();
        }
        response
    });
    if !key.is_empty() {
        let label = tr(lang, "plots-value");
        kit::noted_row(ui, &label, &tr(lang, "plots-value-tip"), |ui| {
            let name = format!("{name}: {label}");
            kit::TextField::new(("plots-value", at), value).name(&name).hint(&tr(lang, "plots-value-hint")).show(ui)
        });
    }
}

//! Values by lot for the typologies on several plots: which measures, within which bounds, from which seed.

use std::collections::BTreeMap;

use egui::Ui;

use crate::generate::{Generator, Param, ParamUnit};
use crate::i18n::{Lang, tr, tr_with};
use crate::model::Id;
use crate::studio::{Action, Scatter, Session};
use crate::ui::kit::{self, Choice};
use crate::ui::theme::Theme;

/// What is chosen.
#[derive(Default)]
pub struct ScatterPanel {
    ranges: BTreeMap<&'static str, [f64; 2]>,
    seed: f64,
}

impl ScatterPanel {
    /// Shows it where one way of making blocks is at work on all of the plots.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, plots: &[Id], lang: Lang, actions: &mut Vec<Action>) {
        let of = |plot: &Id| session.recipe_on(*plot).map(|recipe| recipe.generator.as_str());
        let Some(generator) =
            plots.first().and_then(of).filter(|first| plots.iter().all(|plot| of(plot) == Some(first)))
        else {
            if plots.iter().any(|plot| of(plot).is_some()) {
                let words = Theme::of(ui.ctx()).text(
                    crate::look::TypeRole::Small,
                    crate::look::Role::Ink2,
                    tr(lang, "scatter-none"),
                );
                ui.add(egui::Label::new(words).wrap());
            }
            return;
        };
        let Some(generator) = Generator::named(generator) else { return };
        let theme = Theme::of(ui.ctx());
        let params = generator.params();
        self.ranges.retain(|key, _| params.iter().any(|param| param.key == *key));
        ui.add_space(theme.space(2));
        kit::section_head(ui, None, &tr(lang, "scatter-head"), "");
        let mut removed = None;
        for (key, range) in &mut self.ranges {
            let Some(param) = params.iter().find(|param| param.key == *key) else { continue };
            if range_rows(ui, param, range, lang) {
                removed = Some(*key);
            }
        }
        if let Some(key) = removed {
            self.ranges.remove(key);
        }
        kit::field_row(ui, "", |ui| {
            let free: Vec<&&Param> = params.iter().filter(|param| !self.ranges.contains_key(param.key)).collect();
            let choices: Vec<Choice> = free.iter().map(|param| Choice::new(param.name(lang))).collect();
            let name = tr(lang, "scatter-add");
            if let Some(param) = kit::dropdown(ui, &name, None, &name, &choices).0.and_then(|at| free.get(at)) {
                self.ranges.insert(param.key, around(param));
            }
        });
        let label = tr(lang, "scatter-seed");
        kit::field_row(ui, &label, |ui| {
            let field = kit::NumberField::new("scatter-seed", &mut self.seed);
            field.decimals(0).step(1.0).range(0.0..=1e9).lang(lang).name(&label).show(ui)
        });
        kit::field_row(ui, "", |ui| {
            ui.add_enabled_ui(!self.ranges.is_empty(), |ui| {
                let button = kit::button(ui, &tr(lang, "scatter-do"), None);
                kit::tip(&button, &tr(lang, "scatter-tip"), None);
                if button.clicked() {
                    let ranges = self.ranges.iter().map(|(key, range)| ((*key).to_owned(), *range)).collect();
                    let scatter = Scatter { ranges, seed: self.seed as u64 };
                    actions.push(Action::Scatter(plots.to_vec(), scatter));
                }
            });
        });
    }
}

/// Bounds to begin with: some way below and above what is usual.
fn around(param: &Param) -> [f64; 2] {
    let by = (param.usual * 0.25).max(1.0);
    [param.sound(param.usual - by), param.sound(param.usual + by)]
}

/// The bounds of a measure, in two rows; whether it shall go.
fn range_rows(ui: &mut Ui, param: &Param, range: &mut [f64; 2], lang: Lang) -> bool {
    let name = param.name(lang);
    let decimals = if param.unit == ParamUnit::Metres { 1 } else { 0 };
    let [least, most] = param.range;
    for (at, key) in ["scatter-low", "scatter-high"].into_iter().enumerate() {
        let whole = format!("{name}, {}", tr(lang, key));
        let label = if at == 0 { name.clone() } else { tr(lang, key) };
        kit::noted_row(ui, &label, &param.note(lang), |ui| {
            let field = kit::NumberField::new(("scatter", param.key, at), &mut range[at]);
            let field = field.unit(param.unit_sign()).decimals(decimals).step(1.0).range(least..=most);
            field.lang(lang).name(&whole).show(ui)
        });
    }
    kit::field_row(ui, "", |ui| {
        kit::link(ui, crate::look::TypeRole::Small, &tr_with(lang, "scatter-remove", &[("name", name.into())]))
            .clicked()
    })
}

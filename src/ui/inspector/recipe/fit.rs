//! Fitting a typology to a figure: what the figure shall be, and which measures may change for it.

use egui::Ui;

use crate::generate::{Generator, Param};
use crate::i18n::{Lang, UNDEFINED, tr};
use crate::look::{Role, TypeRole};
use crate::measure::{AnyFigure, FigureId};
use crate::model::Recipe;
use crate::studio::{Action, FIT_FIGURES, FitWish, RecipeStep, Session};
use crate::ui::kit::{self, Choice};
use crate::ui::theme::Theme;

/// What is typed.
pub struct Fit {
    figure: FigureId,
    value: Option<f64>,
    params: [Option<&'static str>; 2],
}

impl Default for Fit {
    fn default() -> Self {
        Self { figure: FigureId::Dwellings, value: None, params: [None; 2] }
    }
}

impl Fit {
    /// A figure, what it shall be, and the measures that may change for it.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, recipe: &Recipe, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        let Some(generator) = Generator::named(&recipe.generator) else { return };
        kit::section_head(ui, None, &tr(lang, "recipe-fit"), "");
        self.figure_rows(ui, lang);
        let params = generator.params();
        for chosen in &mut self.params {
            *chosen = chosen.filter(|key| params.iter().any(|param| param.key == *key));
        }
        param_row(ui, &tr(lang, "recipe-fit-param"), &params, &mut self.params[0], lang);
        if self.params[0].is_some() {
            param_row(ui, &tr(lang, "recipe-fit-second"), &params, &mut self.params[1], lang);
        }
        kit::field_row(ui, "", |ui| {
            let mut keys: Vec<String> = self.params.iter().flatten().map(|key| (*key).to_owned()).collect();
            keys.dedup();
            let wish = self.value.filter(|_| !keys.is_empty());
            ui.add_enabled_ui(wish.is_some(), |ui| {
                let button = kit::button(ui, &tr(lang, "recipe-fit-do"), None);
                kit::tip(&button, &tr(lang, "recipe-fit-tip"), None);
                if let Some(value) = wish.filter(|_| button.clicked()) {
                    let wish = FitWish { params: keys, figure: self.figure, value };
                    actions.push(Action::Recipe(recipe.id, RecipeStep::Fit(wish)));
                }
            });
        });
        if let Some(said) = session.fit_said(recipe.id) {
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, said)).wrap());
        }
        ui.add_space(theme.space(2));
    }

    fn figure_rows(&mut self, ui: &mut Ui, lang: Lang) {
        let figures: Vec<Choice> = FIT_FIGURES.iter().map(|figure| Choice::new(figure.name(lang))).collect();
        let label = tr(lang, "recipe-fit-figure");
        kit::field_row(ui, &label, |ui| {
            let current = FIT_FIGURES.iter().position(|figure| *figure == self.figure);
            if let Some(at) = kit::dropdown(ui, &label, current, "", &figures).0 {
                (self.figure, self.value) = (FIT_FIGURES[at], None);
            }
        });
        let label = tr(lang, if FitWish::is_about(self.figure) { "recipe-fit-about" } else { "recipe-fit-least" });
        let factor = AnyFigure::Known(self.figure).shown_factor();
        kit::field_row(ui, &label, |ui| {
            let mut typed = self.value.map_or(f64::NAN, |value| value * factor);
            let field = kit::NumberField::new(("fit", self.figure.key()), &mut typed)
                .unit(&self.figure.unit(lang))
                .decimals(self.figure.decimals())
                .range(0.0..=1e9)
                .lang(lang)
                .placeholder(self.value.is_none().then_some(UNDEFINED))
                .name(&label)
                .show(ui);
            if field.committed && typed.is_finite() {
                self.value = Some(typed / factor);
            }
        });
    }
}

/// A measure to choose; the first choice is none.
fn param_row(ui: &mut Ui, label: &str, params: &[&'static Param], chosen: &mut Option<&'static str>, lang: Lang) {
    kit::field_row(ui, label, |ui| {
        let none = Choice::new(UNDEFINED);
        let named = params.iter().map(|param| Choice::new(param.name(lang)));
        let choices: Vec<Choice> = std::iter::once(none).chain(named).collect();
        let current = chosen.and_then(|key| params.iter().position(|param| param.key == key)).map_or(0, |at| at + 1);
        if let Some(at) = kit::dropdown(ui, label, Some(current), UNDEFINED, &choices).0 {
            *chosen = at.checked_sub(1).and_then(|at| params.get(at)).map(|param| param.key);
        }
    });
}

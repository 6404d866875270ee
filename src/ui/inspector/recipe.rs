//! The typology at work on a plot: its parameters, what lies behind the edges, what was done by hand, and the way out.

use std::collections::BTreeSet;

use egui::{Ui, Vec2};

use crate::generate::{Generator, Param, ParamUnit, element_title};
use crate::geometry::{bearing_deg, distance_m};
use crate::i18n::{Lang, NO_BREAK, UNDEFINED, number, tr, tr_with};
use crate::library::Typology;
use crate::look::{Role, TypeRole};
use crate::measure::{AnyFigure, FigureId};
use crate::model::{EdgeRole, Id, Recipe};
use crate::studio::{Action, FIT_FIGURES, FitWish, RecipeStep, Session, given_up_words, recipe_name};
use crate::ui::icons::Icon;
use crate::ui::kit::{self, Choice};
use crate::ui::theme::Theme;

/// The section, with what it worked out of the recipe that is shown.
#[derive(Default)]
pub struct RecipePanel {
    made: Option<Made>,
    fit: Fit,
}

/// What is typed to fit a measure to a figure.
struct Fit {
    figure: FigureId,
    value: Option<f64>,
    param: Option<&'static str>,
}

impl Default for Fit {
    fn default() -> Self {
        Self { figure: FigureId::Dwellings, value: None, param: None }
    }
}

impl Fit {
    /// A figure, what it shall be, and the measure that may change for it.
    fn show(&mut self, ui: &mut Ui, recipe: &Recipe, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        let Some(generator) = Generator::named(&recipe.generator) else { return };
        kit::section_head(ui, None, &tr(lang, "recipe-fit"), "");
        let figures: Vec<Choice> = FIT_FIGURES.iter().map(|figure| Choice::new(figure.name(lang))).collect();
        let label = tr(lang, "recipe-fit-figure");
        kit::field_row(ui, &label, |ui| {
            let current = FIT_FIGURES.iter().position(|figure| *figure == self.figure);
            if let Some(at) = kit::dropdown(ui, &label, current, "", &figures).0 {
                (self.figure, self.value) = (FIT_FIGURES[at], None);
            }
        });
        let label = tr(lang, "recipe-fit-value");
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
        let params = generator.params();
        let label = tr(lang, "recipe-fit-param");
        kit::field_row(ui, &label, |ui| {
            let choices: Vec<Choice> = params.iter().map(|param| Choice::new(param.name(lang))).collect();
            let current = params.iter().position(|param| Some(param.key) == self.param);
            if let Some(at) = kit::dropdown(ui, &label, current, UNDEFINED, &choices).0 {
                self.param = Some(params[at].key);
            }
        });
        let param = self.param.filter(|key| params.iter().any(|param| param.key == *key));
        kit::field_row(ui, "", |ui| {
            let wish = self.value.zip(param);
            ui.add_enabled_ui(wish.is_some(), |ui| {
                let button = kit::button(ui, &tr(lang, "recipe-fit-do"), None);
                kit::tip(&button, &tr(lang, "recipe-fit-tip"), None);
                if let Some((value, param)) = wish.filter(|_| button.clicked()) {
                    let wish = FitWish { param: param.to_owned(), figure: self.figure, value };
                    actions.push(Action::Recipe(recipe.id, RecipeStep::Fit(wish)));
                }
            });
        });
        ui.add_space(theme.space(2));
    }
}

/// What follows from one state of a recipe: to make it anew takes as long as a good part of a frame.
struct Made {
    of: (u64, Id, Lang),
    /// Elements with changes by hand, and whether they are kept aside.
    by_hand: Vec<(String, bool)>,
    notes: Vec<String>,
}

impl Made {
    fn new(session: &Session, recipe: &Recipe, lang: Lang) -> Self {
        let here = session.by_hand(recipe).into_keys().map(|key| (key, false));
        let aside = recipe.aside.keys().map(|key| (key.clone(), true));
        let notes = match session.made_of(recipe).as_ref() {
            Ok(made) => given_up_words(&made.given_up, lang),
            Err(refusal) => vec![crate::i18n::sentence(&refusal.text(lang))],
        };
        let is_behind = session.variant().plots.get(recipe.plot).is_some_and(|plot| plot.outline != recipe.outline);
        let behind = is_behind.then(|| tr(lang, "recipe-behind"));
        Self {
            of: (session.revision(), recipe.id, lang),
            by_hand: here.chain(aside).collect(),
            notes: behind.into_iter().chain(notes).collect(),
        }
    }
}

impl RecipePanel {
    /// Shows it for a plot, if one is at work there.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, plot: Id, lang: Lang, actions: &mut Vec<Action>) {
        let Some(recipe) = session.recipe_on(plot) else { return };
        let theme = Theme::of(ui.ctx());
        let of = (session.revision(), recipe.id, lang);
        let known = self.made.take().filter(|made| made.of == of);
        let made = known.unwrap_or_else(|| Made::new(session, recipe, lang));
        for note in &made.notes {
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, format!("– {note}"))).wrap());
        }
        params(ui, recipe, lang, actions);
        by_hand(ui, recipe, &made.by_hand, lang, actions);
        self.fit.show(ui, recipe, lang, actions);
        edges(ui, recipe, lang, actions);
        ui.add_space(theme.space(2));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(theme.space(3));
            let detach = kit::button(ui, &tr(lang, "recipe-detach"), None);
            kit::tip(&detach, &tr(lang, "recipe-detach-tip"), None);
            if detach.clicked() {
                actions.push(Action::Recipe(recipe.id, RecipeStep::Detach));
            }
        });
        self.made = Some(made);
    }
}

/// What a thing is that a recipe made, with the ways to the recipe and back to how it was made.
pub fn of_thing(ui: &mut Ui, session: &Session, id: Id, lang: Lang, actions: &mut Vec<Action>) {
    let Some((recipe, element)) = session.recipe_of(id) else { return };
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(3));
    kit::seam(ui);
    kit::section_head(ui, Some(Icon::Typology), &recipe_name(recipe, lang), &element_title(element, lang));
    ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "recipe-element-help")));
    ui.add_space(theme.space(1));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme.space(4), theme.space(2));
        if kit::link(ui, TypeRole::Small, &tr(lang, "recipe-go")).clicked() {
            actions.push(Action::Select(vec![recipe.plot]));
        }
        let reset = kit::link(ui, TypeRole::Small, &tr(lang, "recipe-reset"));
        kit::tip(&reset, &tr(lang, "recipe-reset-tip"), None);
        if reset.clicked() {
            actions.push(Action::Recipe(recipe.id, RecipeStep::Reset(element.to_owned())));
        }
    });
}

/// The parameters; a dot where one is not as the typology has it, which takes it back.
fn params(ui: &mut Ui, recipe: &Recipe, lang: Lang, actions: &mut Vec<Action>) {
    let Some(generator) = Generator::named(&recipe.generator) else { return };
    let typology = Typology::named(&recipe.typology);
    for param in generator.params() {
        let own = typology.and_then(|typology| typology.values.get(param.key)).copied();
        let usual = own.unwrap_or(param.usual);
        let value = param.value_in(&recipe.values);
        let label = param.name(lang);
        let top = ui.cursor().top();
        let to = param_row(ui, recipe.id, param, &label, value, lang);
        if let Some(to) = to.filter(|to| *to != value) {
            actions.push(Action::Recipe(recipe.id, RecipeStep::Value(param.key.to_owned(), Some(to))));
        }
        if value != usual {
            let row = egui::Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=ui.cursor().top());
            let words = tr_with(lang, "recipe-usual", &[("value", param.words(usual, lang).into())]);
            if kit::override_dot(ui, row, &words, &words).clicked() {
                actions.push(Action::Recipe(recipe.id, RecipeStep::Value(param.key.to_owned(), own)));
            }
        }
    }
}

/// A parameter to be typed or chosen; what it became comes back.
fn param_row(ui: &mut Ui, recipe: Id, param: &Param, label: &str, value: f64, lang: Lang) -> Option<f64> {
    kit::field_row(ui, label, |ui| {
        if let ParamUnit::Choice(names) = param.unit {
            let choices: Vec<Choice> = names.iter().map(|name| Choice::new(Param::choice_words(name, lang))).collect();
            return kit::dropdown(ui, label, Some(value as usize), "", &choices).0.map(|at| at as f64);
        }
        let [low, high] = param.range;
        let decimals = if param.unit == ParamUnit::Metres { 1 } else { 0 };
        let mut typed = value;
        let field = kit::NumberField::new((recipe, param.key), &mut typed)
            .unit(param.unit_sign())
            .decimals(decimals)
            .step(1.0)
            .range(low..=high)
            .lang(lang)
            .name(label);
        field.show(ui).committed.then(|| param.sound(typed))
    })
}

/// What was done by hand, each with the way back.
fn by_hand(ui: &mut Ui, recipe: &Recipe, all: &[(String, bool)], lang: Lang, actions: &mut Vec<Action>) {
    if all.is_empty() {
        return;
    }
    let theme = Theme::of(ui.ctx());
    kit::section_head(ui, None, &tr(lang, "recipe-by-hand"), &number(lang, all.len() as f64, 0));
    let keys: BTreeSet<&(String, bool)> = all.iter().collect();
    for (key, is_aside) in keys {
        kit::field_row(ui, &element_title(key, lang), |ui| {
            let reset = kit::link(ui, TypeRole::Small, &tr(lang, "recipe-reset"));
            kit::tip(&reset, &tr(lang, "recipe-reset-tip"), None);
            if reset.clicked() {
                actions.push(Action::Recipe(recipe.id, RecipeStep::Reset(key.clone())));
            }
            if *is_aside {
                ui.add_space(theme.space(3));
                let words = kit::elided_label(ui, TypeRole::Small, Role::Ink2, &tr(lang, "recipe-aside"), 80.0);
                kit::tip(&words, &tr(lang, "recipe-aside-tip"), None);
            }
        });
    }
}

/// What lies behind each edge of the plot.
fn edges(ui: &mut Ui, recipe: &Recipe, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    kit::section_head(ui, None, &tr(lang, "recipe-edges"), "");
    let choices: Vec<Choice> =
        EdgeRole::ALL.iter().map(|role| Choice::new(tr(lang, &format!("edge-{}", role.key())))).collect();
    for (at, (a, b)) in recipe.outline.edges().enumerate() {
        let role = recipe.roles.get(at).copied().unwrap_or_default();
        // Outward from the plot, which lies to the left of its edges.
        let facing = compass(bearing_deg(a, b) + 90.0, lang);
        let label = format!("{facing} · {}{NO_BREAK}m", number(lang, distance_m(a, b), 1));
        kit::field_row(ui, &label, |ui| {
            let current = EdgeRole::ALL.iter().position(|of| *of == role);
            let chosen = kit::dropdown(ui, &label, current, "", &choices).0;
            if let Some(role) = chosen.and_then(|at| EdgeRole::ALL.get(at)) {
                actions.push(Action::Recipe(recipe.id, RecipeStep::Role(at, *role)));
            }
        });
    }
    let guess = kit::link(ui, TypeRole::Small, &tr(lang, "recipe-guess"));
    kit::tip(&guess, &tr(lang, "recipe-guess-tip"), None);
    if guess.clicked() {
        actions.push(Action::Recipe(recipe.id, RecipeStep::GuessRoles));
    }
    ui.add_space(theme.space(1));
}

/// The side of a compass with eight of them that a bearing points to.
fn compass(bearing_deg: f64, lang: Lang) -> String {
    const SIDES: [&str; 8] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
    let at = (bearing_deg.rem_euclid(360.0) / 45.0).round() as usize % SIDES.len();
    tr(lang, &format!("compass-{}", SIDES[at]))
}

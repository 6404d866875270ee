//! The typology at work on a plot: its parameters, what lies behind the edges, what was done by hand, and the way out.

mod by_hand;
mod fit;
mod scatter;

use egui::{Ui, Vec2};

pub use by_hand::of_thing;
pub use scatter::ScatterPanel;

use crate::generate::{Generator, Param, ParamUnit, VERSION, front_of};
use crate::geometry::{bearing_deg, distance_m};
use crate::i18n::{Lang, NO_BREAK, number, tr, tr_with};
use crate::library::Typology;
use crate::look::{Role, TypeRole};
use crate::model::{EdgeRole, Id, Recipe};
use crate::studio::{Action, RecipeStep, Session, given_up_words};
use crate::ui::kit::{self, Choice};
use crate::ui::theme::Theme;
use by_hand::Changed;
use fit::Fit;

/// The section, with what it worked out of the recipe that is shown.
#[derive(Default)]
pub struct RecipePanel {
    made: Option<Made>,
    fit: Fit,
    /// The name that a typology would be saved under.
    name: String,
}

/// What follows from one state of a recipe: to make it anew takes as long as a good part of a frame.
struct Made {
    of: (u64, Id, Lang),
    /// What was done by hand, element by element.
    by_hand: Vec<Changed>,
    notes: Vec<String>,
    /// What lies behind the edges as far as it is drawn.
    guessed: Vec<EdgeRole>,
}

impl Made {
    fn new(session: &Session, recipe: &Recipe, lang: Lang) -> Self {
        let notes = match session.made_of(recipe).as_ref() {
            Ok(made) => given_up_words(&made.given_up, lang),
            Err(refusal) => vec![crate::i18n::sentence(&refusal.text(lang))],
        };
        let is_behind = session.variant().plots.get(recipe.plot).is_some_and(|plot| plot.outline != recipe.outline);
        let built = Typology::built_named(&recipe.typology).map(|(_, built)| built.notes[lang.index()].clone());
        let older = (recipe.made_by.unwrap_or(1) != VERSION).then(|| tr(lang, "recipe-older"));
        let behind = is_behind.then(|| tr(lang, "recipe-behind"));
        Self {
            of: (session.revision(), recipe.id, lang),
            by_hand: Changed::all(session, recipe, lang),
            guessed: session.roles_drawn_around(recipe),
            notes: older.into_iter().chain(behind).chain(built).chain(notes).collect(),
        }
    }
}

impl RecipePanel {
    /// Shows it for a plot, if one is at work there.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, plot: Id, lang: Lang, actions: &mut Vec<Action>) {
        let Some(recipe) = session.recipe_on(plot) else {
            let stands = session.sums().is_some_and(|sums| sums.volumes_on(plot).next().is_some());
            if stands {
                self.save_row(ui, session, plot, lang, actions);
            }
            return;
        };
        let theme = Theme::of(ui.ctx());
        let of = (session.revision(), recipe.id, lang);
        let known = self.made.take().filter(|made| made.of == of);
        let made = known.unwrap_or_else(|| Made::new(session, recipe, lang));
        for note in &made.notes {
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, format!("– {note}"))).wrap());
        }
        params(ui, session, recipe, lang, actions);
        by_hand::show(ui, recipe.id, &made.by_hand, lang, actions);
        self.fit.show(ui, session, recipe, lang, actions);
        edges(ui, recipe, &made.guessed, lang, actions);
        ui.add_space(theme.space(2));
        self.save_row(ui, session, plot, lang, actions);
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

impl RecipePanel {
    /// A name, and the button that saves a typology under it.
    fn save_row(&mut self, ui: &mut Ui, session: &Session, plot: Id, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        let is_at_work = session.recipe_on(plot).is_some();
        kit::section_head(ui, None, &tr(lang, "own-typology-head"), "");
        let label = tr(lang, "own-typology-called");
        kit::field_row(ui, &label, |ui| kit::TextField::new(("own", plot), &mut self.name).name(&label).show(ui));
        kit::field_row(ui, "", |ui| {
            ui.add_enabled_ui(!self.name.trim().is_empty(), |ui| {
                let button = kit::button(ui, &tr(lang, "own-typology-save"), None);
                let tip = if is_at_work { "own-typology-save-tip" } else { "own-typology-drawn-tip" };
                kit::tip(&button, &tr(lang, tip), None);
                if button.clicked() {
                    actions.push(Action::SaveTypology(plot, std::mem::take(&mut self.name)));
                }
            });
        });
        ui.add_space(theme.space(1));
    }
}

/// Fields of measures and numbers are no narrower, and those of choices, in logical pixels.
const NUMBER_WIDTH: f32 = 84.0;
const CHOICE_WIDTH: f32 = 140.0;

/// The parameters; a dot where one is not as the typology has it, which takes it back.
fn params(ui: &mut Ui, session: &Session, recipe: &Recipe, lang: Lang, actions: &mut Vec<Action>) {
    let Some(generator) = Generator::named(&recipe.generator) else { return };
    let own = session.project().typologies.iter().find(|own| own.name == recipe.typology).map(|own| &own.values);
    let built = Typology::built_named(&recipe.typology).map(|(_, built)| &built.values);
    let values = Typology::named(&recipe.typology).map(|typology| &typology.values).or(built).or(own);
    // Short numbers need less room than what they are called.
    let params = generator.params();
    let labels: Vec<String> = params.iter().map(|param| param.name(lang)).collect();
    let column = kit::column_for(ui, &labels, NUMBER_WIDTH);
    for param in params {
        let own = values.and_then(|values| values.get(param.key)).copied();
        let usual = own.unwrap_or(param.usual);
        let value = param.value_in(&recipe.values);
        let label = param.name(lang);
        let top = ui.cursor().top();
        let to = param_row(ui, recipe.id, param, &label, value, (column, lang));
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
fn param_row(
    ui: &mut Ui,
    recipe: Id,
    param: &Param,
    label: &str,
    value: f64,
    (column, lang): (f32, Lang),
) -> Option<f64> {
    let column = match param.unit {
        // What is chosen is as long as that.
        ParamUnit::Choice(_) => kit::column_for(ui, &[label.to_owned()], CHOICE_WIDTH).min(column),
        _ => column,
    };
    kit::row_with_column(ui, label, &param.note(lang), column, |ui| {
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

/// What lies behind each edge of the plot.
fn edges(ui: &mut Ui, recipe: &Recipe, guessed: &[EdgeRole], lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    kit::section_head(ui, None, &tr(lang, "recipe-edges"), "");
    let choices: Vec<Choice> =
        EdgeRole::ALL.iter().map(|role| Choice::new(tr(lang, &format!("edge-{}", role.key())))).collect();
    let front = front_of(recipe);
    let is_guessed = guessed.is_empty() || guessed == recipe.roles;
    for (at, (a, b)) in recipe.outline.edges().enumerate() {
        let role = recipe.roles.get(at).copied().unwrap_or_default();
        // Outward from the plot, which lies to the left of its edges.
        let facing = compass(bearing_deg(a, b) + 90.0, lang);
        let mut label = format!("{facing} · {}{NO_BREAK}m", number(lang, distance_m(a, b), 1));
        if front == Some(at) {
            // Its word takes the room of its length.
            label = format!("{facing} · {}", tr(lang, "recipe-front"));
        }
        let top = ui.cursor().top();
        kit::field_row(ui, &label, |ui| {
            let current = EdgeRole::ALL.iter().position(|of| *of == role);
            let chosen = kit::dropdown(ui, &label, current, "", &choices).0;
            if let Some(role) = chosen.and_then(|at| EdgeRole::ALL.get(at)) {
                actions.push(Action::Recipe(recipe.id, RecipeStep::Role(at, *role)));
            }
        });
        // A dot where it was said otherwise, which takes back what is drawn there.
        if let Some(drawn) = guessed.get(at).filter(|drawn| **drawn != role) {
            let row = egui::Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=ui.cursor().top());
            let words =
                tr_with(lang, "recipe-edge-drawn", &[("what", tr(lang, &format!("edge-{}", drawn.key())).into())]);
            if kit::override_dot(ui, row, &words, &words).clicked() {
                actions.push(Action::Recipe(recipe.id, RecipeStep::Role(at, *drawn)));
            }
        }
    }
    let help = if is_guessed { "recipe-edges-help" } else { "recipe-edges-own" };
    ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, tr(lang, help))).wrap());
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

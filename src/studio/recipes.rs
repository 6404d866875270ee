//! Work on typologies: put on plots, given other values, taken back to how they are made, detached.

use std::collections::BTreeSet;

use super::fitting::FitWish;
use super::recipe_words::{recipe_name, with_given_up};
use super::{Session, Studio};
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::generate::{Generator, GivenUp, Hands, Param, Refusal, element_title, made_by, remake, with_front};
use crate::i18n::{Lang, sentence, tr, tr_with};
use crate::library::Library;
use crate::model::{ByHand, EdgeRole, HandPart, Id, LayerKind, Project, Recipe, Variant};

/// A step of work on a recipe.
#[derive(Clone, Debug, PartialEq)]
pub enum RecipeStep {
    /// A parameter gets a value, or the usual one again.
    Value(String, Option<f64>),
    /// Something else lies behind an edge of the plot, by its place in the outline.
    Role(usize, EdgeRole),
    /// What lies behind the edges is guessed anew from the surroundings.
    GuessRoles,
    /// An element is as it is made again, or one thing of it.
    Reset(String, Option<HandPart>),
    /// What was made stays, as plain things.
    Detach,
    /// A measure is fitted to a figure.
    Fit(FitWish),
}

/// The edit that makes a recipe what it is now, with what was done by hand, and what came of it.
///
/// # Errors
/// When that cannot be made.
pub(super) fn remade(
    project: &Project,
    v: &Variant,
    (now, hands): (Recipe, Hands),
    with: (&Library, Lang),
    label: Label,
) -> Result<(Edit, Vec<GivenUp>), Refusal> {
    let mut edit = EditBuilder::new(project, v.id, label);
    let remade = remake(&mut edit, v, now, hands, with)?;
    Ok((edit.finish(), remade))
}

/// The name of the step that gives a parameter a value.
pub(super) fn value_label(param: &Param, value: f64, lang: Lang) -> Label {
    let name = tr_with(
        lang,
        "recipe-value",
        &[("param", param.name(lang).into()), ("value", param.words(value, lang).into())],
    );
    Label::about("edit-recipe-value", name)
}

impl Studio {
    /// Carries out a step of work on a recipe.
    pub(super) fn recipe_step(&mut self, id: Id, step: RecipeStep) {
        if let RecipeStep::Fit(wish) = &step {
            return self.fit_recipe(id, wish);
        }
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.keep_made();
        session.settle();
        let session = &*session;
        let v = session.variant();
        if let Some(why) = session.why_not_drawn(LayerKind::Volumes) {
            return self.say(tr(lang, why), None);
        }
        let Some(recipe) = v.recipes.get(id) else { return };
        let name = recipe_name(recipe, lang);
        let (mut now, mut hands) = session.brought_up(recipe);
        let label = match step {
            RecipeStep::Fit(_) => return,
            RecipeStep::Detach => {
                let mut edit = EditBuilder::new(session.project(), v.id, Label::about("edit-recipe-detach", name));
                edit.push(Change::Recipe(v.id, Put::gone(id)));
                let edit = edit.finish();
                self.apply(edit);
                return self.say_done(tr(lang, "recipe-detached"));
            }
            RecipeStep::Value(key, value) => {
                let param = Generator::named(&now.generator).and_then(|generator| generator.param(&key));
                let Some(param) = param else { return };
                match value {
                    Some(value) => drop(now.values.insert(key, value)),
                    None => drop(now.values.remove(&key)),
                }
                value_label(param, param.value_in(&now.values), lang)
            }
            RecipeStep::Role(edge, role) => {
                now.roles.resize(now.outline.edges().count(), EdgeRole::default());
                if let Some(place) = now.roles.get_mut(edge) {
                    *place = role;
                }
                Label::about("edit-recipe-role", tr(lang, &format!("edge-{}", role.key())))
            }
            RecipeStep::GuessRoles => {
                let Some(plot) = v.plots.get(recipe.plot) else { return };
                now.roles = with_front(&plot.outline, session.guessed_roles(plot));
                Label::about("edit-recipe-role", tr(lang, "recipe-guessed"))
            }
            RecipeStep::Reset(element, part) => {
                reset(&mut now, &mut hands, session.library(), &element, part);
                Label::about("edit-recipe-reset", element_title(&element, lang))
            }
        };
        match remade(session.project(), v, (now, hands), (session.library(), lang), label) {
            Ok((edit, given_up)) => {
                self.apply(edit);
                self.let_go_of_complaint(&tr(lang, "recipe-refused"));
                let words = with_given_up(String::new(), &given_up, lang);
                if !words.is_empty() {
                    self.say(words, None);
                }
            }
            Err(refusal) => {
                self.complain(tr(lang, "recipe-refused"), vec![sentence(&refusal.text(lang))], None);
            }
        }
    }

    /// Says what the last step did to recipes besides what was asked for; after what was said since notice `first`, if anything
    /// was.
    pub(super) fn tell_of_recipes(&mut self, first: u64) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        let mark = session.history().mark();
        if mark <= session.told_of_recipes || session.history().in_gesture() {
            return;
        }
        session.told_of_recipes = mark;
        let Some((forward, inverse)) = session.history().last() else { return };
        let news = session.recipe_news(forward, inverse);
        let v = session.variant();
        let plots = |ids: &[Id]| -> String {
            let names: Vec<String> = ids.iter().filter_map(|id| v.plots.get(*id)).map(|plot| plot.called()).collect();
            names.join(", ")
        };
        let mut words = Vec::new();
        if !news.set_aside.is_empty() {
            let names: BTreeSet<String> = news.set_aside.iter().map(|element| element_title(element, lang)).collect();
            let names = names.into_iter().collect::<Vec<_>>().join(", ");
            words.push(tr_with(lang, "recipe-set-aside", &[("names", names.into())]));
        }
        if !news.behind.is_empty() {
            words.push(tr_with(lang, "recipe-stays", &[("plots", plots(&news.behind).into())]));
        }
        if !news.let_go.is_empty() && forward.label.key != "edit-recipe-detach" {
            words.push(tr(lang, "recipe-let-go"));
        }
        if !words.is_empty() {
            self.say_besides(first, &words);
        }
    }
}

/// Takes back what was done by hand to an element, or one thing of it. What stands on another stands only with that.
fn reset(now: &mut Recipe, hands: &mut Hands, library: &Library, element: &str, part: Option<HandPart>) {
    let mut take_back = |key: &str, part: Option<HandPart>| {
        for of in [&mut *hands, &mut now.aside] {
            let left = of.remove(key).map(|hand| part.map_or_else(ByHand::default, |part| hand.without(part)));
            of.extend(left.filter(|hand| !hand.is_nothing()).map(|hand| (key.to_owned(), hand)));
        }
    };
    take_back(element, part);
    let Ok(made) = made_by(now, library) else { return };
    let on = |key: &str| {
        let volume = made.volumes.iter().find(|volume| volume.element == key)?;
        Some(made.volumes.get(volume.on?)?.element.clone())
    };
    let mut below = on(element);
    while let Some(key) = below {
        let is_removed = hands.get(&key).or_else(|| now.aside.get(&key)).is_some_and(|hand| hand.removed);
        if is_removed {
            for of in [&mut *hands, &mut now.aside] {
                if let Some(hand) = of.get_mut(&key) {
                    hand.removed = false;
                }
            }
        }
        below = on(&key);
    }
}

/// The plots that a typology would be put on: those that are selected, or that what is selected stands on.
#[must_use]
pub fn plots_in_hand(session: &Session) -> Vec<Id> {
    let of = |id: Id| session.variant().plot_under(id).flatten();
    let all: BTreeSet<Id> = session.selection().ids().filter_map(of).collect();
    all.into_iter().collect()
}

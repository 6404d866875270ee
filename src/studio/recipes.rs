//! Typologies at work in a variant: put on plots, given other values, detached; and how what they made follows when their
//! plot gets another outline.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use super::fitting::FitWish;
use super::{Session, Studio};
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::generate::{
    GivenUp, Made, Making, REACH_M, Refusal, Remade, Remaking, by_hand, carried_roles, element_title, guess_roles,
    made_by, remake, with_front,
};
use crate::i18n::{Lang, number, tr, tr_with};
use crate::library::Typology;
use crate::model::{ByHand, EdgeRole, Id, Plot, Project, Recipe, Variant};

/// A step of work on a recipe.
#[derive(Clone, Debug, PartialEq)]
pub enum RecipeStep {
    /// A parameter gets a value, or the usual one again.
    Value(String, Option<f64>),
    /// Something else lies behind an edge of the plot, by its place in the outline.
    Role(usize, EdgeRole),
    /// What lies behind the edges is guessed anew from the surroundings.
    GuessRoles,
    /// An element is as it is made again.
    Reset(String),
    /// What was made stays, as plain things.
    Detach,
    /// A measure is fitted to a figure.
    Fit(FitWish),
}

/// What a recipe makes, kept while nothing changes: to make it anew takes a good part of a frame.
pub(super) struct KeptMade {
    revision: u64,
    recipe: Id,
    made: Arc<Making>,
}

impl Session {
    /// The recipe on a plot of the open variant.
    #[must_use]
    pub fn recipe_on(&self, plot: Id) -> Option<&Recipe> {
        self.variant().recipes.iter().find(|recipe| recipe.plot == plot).map(|recipe| &**recipe)
    }

    /// The recipe that made a thing, and the name of its element.
    #[must_use]
    pub fn recipe_of(&self, id: Id) -> Option<(&Recipe, &str)> {
        let v = self.variant();
        // Most have none; a volume leads to its plot.
        let plot = v.volumes.get(id).map(|volume| v.plot_of(volume));
        let may_be = |recipe: &&Arc<Recipe>| plot.is_none_or(|plot| plot == Some(recipe.plot));
        v.recipes.iter().filter(may_be).find_map(|recipe| Some((&**recipe, recipe.element_of(id)?)))
    }

    /// What a recipe of the open variant makes, or why it makes nothing.
    #[must_use]
    pub fn made_of(&self, recipe: &Recipe) -> Arc<Making> {
        let mut known = self.kept_made().lock().unwrap_or_else(PoisonError::into_inner);
        let of = (self.revision(), recipe.id);
        if let Some(kept) = known.as_ref().filter(|kept| (kept.revision, kept.recipe) == of) {
            return Arc::clone(&kept.made);
        }
        let made = Arc::new(made_by(recipe, self.library()));
        *known = Some(KeptMade { revision: of.0, recipe: of.1, made: Arc::clone(&made) });
        made
    }

    /// What was done by hand to what a recipe made, by the names of its elements.
    #[must_use]
    pub fn by_hand(&self, recipe: &Recipe) -> BTreeMap<String, ByHand> {
        let made = self.made_of(recipe);
        by_hand(recipe, made.as_ref().as_ref().unwrap_or(&Made::default()), self.variant())
    }

    /// The recipe on the one plot that is selected, with what it makes.
    pub(super) fn recipe_in_hand(&self) -> Option<(Id, Arc<Making>)> {
        let recipe = self.recipe_on(self.selection().single()?)?;
        Some((recipe.id, self.made_of(recipe)))
    }

    /// What follows for recipes from an edit that was just applied: plots with another outline.
    pub(super) fn recipes_follow(&self, applied: &Edit) -> Option<Edit> {
        let mut edits: Option<EditBuilder> = None;
        let (mut touched, mut of): (Option<BTreeSet<Id>>, Option<Id>) = (None, None);
        let mut by_plot: Option<BTreeMap<Id, &Recipe>> = None;
        for change in &applied.changes {
            let Change::Plot(variant, put) = change else { continue };
            // An edit changes the plots of one variant.
            if edits.is_some() && of != Some(*variant) {
                continue;
            }
            of = Some(*variant);
            let v = self.project().variant(*variant)?;
            let Some(plot) = v.plots.get(put.id) else { continue };
            let by_plot = by_plot.get_or_insert_with(|| recipes_by_plot(v));
            let Some(recipe) = by_plot.get(&put.id).filter(|recipe| recipe.outline != plot.outline) else { continue };
            let touched = touched.get_or_insert_with(|| touched_by(applied));
            let with = Remaking { touched, ..Remaking::new(v, self.library(), Lang::En) };
            let label = applied.label.clone();
            let edit = edits.get_or_insert_with(|| EditBuilder::new(self.project(), v.id, label));
            let roles = carried_roles(&recipe.outline, &recipe.roles, &plot.outline, &self.roles_of(plot));
            let now = Recipe { outline: plot.outline.clone(), roles, ..Recipe::clone(recipe) };
            // Where nothing can be made what stands stays, until something can.
            let _ = remake(edit, Some(recipe), now, &with);
        }
        edits.map(EditBuilder::finish).filter(|edit| !edit.is_empty())
    }

    /// Whether an edit changes a plot that a recipe stands on.
    pub(super) fn concerns_recipes(&self, edit: &Edit) -> bool {
        let plots = edit.changes.iter().filter_map(|change| match change {
            Change::Plot(variant, put) => Some((*variant, put.id)),
            _ => None,
        });
        let mut known: BTreeMap<Id, BTreeMap<Id, &Recipe>> = BTreeMap::new();
        plots.into_iter().any(|(variant, plot)| {
            let of = known
                .entry(variant)
                .or_insert_with(|| self.project().variant(variant).map(recipes_by_plot).unwrap_or_default());
            of.contains_key(&plot)
        })
    }

    fn roles_of(&self, plot: &Plot) -> Vec<EdgeRole> {
        let guessed = guess_roles(&plot.outline, self.context_near(&plot.outline, REACH_M));
        with_front(&plot.outline, guessed)
    }
}

/// The edit, named by `key`, that gives a parameter of a recipe a value; nothing where that cannot be made.
pub(super) fn value_edit(
    project: &Project,
    with: &Remaking<'_>,
    recipe: &Recipe,
    key: &'static str,
    (param, value): (&str, f64),
) -> Option<Edit> {
    let mut now = recipe.clone();
    now.values.insert(param.to_owned(), value);
    let label = Label::about(key, recipe_name(recipe, with.lang));
    let mut edit = EditBuilder::new(project, with.variant.id, label);
    remake(&mut edit, Some(recipe), now, with).ok()?;
    Some(edit.finish())
}

/// The recipes of a variant by their plots: looked up for many plots at once.
fn recipes_by_plot(v: &Variant) -> BTreeMap<Id, &Recipe> {
    v.recipes.iter().map(|recipe| (recipe.plot, &**recipe)).collect()
}

/// All things that an edit is about.
fn touched_by(edit: &Edit) -> BTreeSet<Id> {
    let of = |change: &Change| match change {
        Change::Volume(_, put) => Some(put.id),
        Change::Surface(_, put) => Some(put.id),
        Change::GoodsAccess(_, put) => Some(put.id),
        _ => None,
    };
    edit.changes.iter().filter_map(of).collect()
}

impl Studio {
    /// Puts a typology on plots that nothing else stands on; one that is there becomes this one. What could not be done is said,
    /// plot by plot.
    pub(super) fn place_typology(&mut self, id: &str, plots: &[Id]) {
        let lang = self.lang();
        let (Some(typology), Some(session)) = (Typology::named(id), self.session_mut()) else { return };
        session.keep_made();
        session.settle();
        let session = &*session;
        let v = session.variant();
        let with = Remaking::new(v, session.library(), lang);
        let label = Label::about("edit-typology", typology.name(lang));
        let mut edit = EditBuilder::new(session.project(), v.id, label);
        let mut all = Remade::default();
        let mut faults = Vec::new();
        for plot in plots.iter().filter_map(|id| v.plots.get(*id)) {
            let was = session.recipe_on(plot.id);
            if is_built_on(session, plot.id, was) {
                faults.push(tr_with(lang, "typology-built-on", &[("plot", plot.called().into())]));
                continue;
            }
            let id = was.map_or_else(|| edit.take_id(), |was| was.id);
            let roles = was.map_or_else(|| session.roles_of(plot), |was| was.roles.clone());
            let mut now = Recipe::new(id, plot.id, typology, plot.outline.clone(), roles, session.library());
            if let Some(was) = was {
                (now.elements, now.buildings) = (was.elements.clone(), was.buildings.clone());
                now.aside = was.aside.clone();
            }
            match remake(&mut edit, was, now, &with) {
                Ok(remade) => {
                    all.given_up.extend(remade.given_up);
                    all.volumes.extend(remade.volumes);
                    all.set_aside.extend(remade.set_aside);
                }
                Err(refusal) => {
                    let args = [("plot", plot.called().into()), ("why", refusal.text(lang).into())];
                    faults.push(tr_with(lang, "typology-refused", &args));
                }
            }
        }
        let edit = edit.finish();
        if !faults.is_empty() {
            self.complain(tr(lang, "typology-not-placed"), faults, None);
        }
        if all.volumes.is_empty() {
            return;
        }
        self.apply(edit);
        let Some(session) = self.session_mut() else { return };
        session.select(plots.to_vec());
        let placed = tr_with(lang, "typology-placed", &[("name", typology.name(lang).into())]);
        self.say_done(said(placed, &all, lang));
    }

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
        let Some(recipe) = v.recipes.get(id) else { return };
        let name = recipe_name(recipe, lang);
        let mut now = Recipe::clone(recipe);
        let mut reset = None;
        let key = match step {
            RecipeStep::Fit(_) => return,
            RecipeStep::Detach => {
                let mut edit = EditBuilder::new(session.project(), v.id, Label::about("edit-recipe-detach", name));
                edit.push(Change::Recipe(v.id, Put::gone(id)));
                let edit = edit.finish();
                return self.apply(edit);
            }
            RecipeStep::Value(key, value) => {
                match value {
                    Some(value) => drop(now.values.insert(key, value)),
                    None => drop(now.values.remove(&key)),
                }
                "edit-recipe-value"
            }
            RecipeStep::Role(edge, role) => {
                now.roles.resize(now.outline.edges().count(), EdgeRole::default());
                if let Some(place) = now.roles.get_mut(edge) {
                    *place = role;
                }
                "edit-recipe-role"
            }
            RecipeStep::GuessRoles => {
                let Some(plot) = v.plots.get(recipe.plot) else { return };
                now.roles = session.roles_of(plot);
                "edit-recipe-role"
            }
            RecipeStep::Reset(element) => {
                now.aside.remove(&element);
                reset = Some(element);
                "edit-recipe-reset"
            }
        };
        let label = match &reset {
            Some(element) => Label::about(key, element_title(element, lang)),
            None => Label::about(key, name),
        };
        let mut edit = EditBuilder::new(session.project(), v.id, label);
        let with = Remaking { reset: reset.as_deref(), ..Remaking::new(v, session.library(), lang) };
        match remake(&mut edit, Some(recipe), now, &with) {
            Ok(remade) => {
                let edit = edit.finish();
                self.apply(edit);
                let words = said(String::new(), &remade, lang);
                if !words.is_empty() {
                    self.say(words, None);
                }
            }
            Err(refusal) => self.refuse_recipe(refusal),
        }
    }

    fn refuse_recipe(&mut self, refusal: Refusal) {
        let lang = self.lang();
        self.complain(tr(lang, "recipe-refused"), vec![crate::i18n::sentence(&refusal.text(lang))], None);
    }
}

/// The plots that a typology would be put on: those that are selected, or that what is selected stands on.
#[must_use]
pub fn plots_in_hand(session: &Session) -> Vec<Id> {
    let of = |id: Id| session.variant().plot_under(id).flatten();
    let all: BTreeSet<Id> = session.selection().ids().filter_map(of).collect();
    all.into_iter().collect()
}

/// What a recipe is called: its typology, or the name that it was saved under.
#[must_use]
pub fn recipe_name(recipe: &Recipe, lang: Lang) -> String {
    Typology::named(&recipe.typology).map_or_else(|| recipe.typology.clone(), |typology| typology.name(lang).to_owned())
}

/// Whether something stands on a plot that its recipe has not made.
fn is_built_on(session: &Session, plot: Id, recipe: Option<&Recipe>) -> bool {
    let is_of = |id: Id| recipe.is_some_and(|recipe| recipe.element_of(id).is_some());
    session.sums().is_some_and(|sums| sums.volumes_on(plot).any(|id| !is_of(id)))
}

/// What came of it: what there was no room for, and what was set aside.
fn said(first: String, remade: &Remade, lang: Lang) -> String {
    let mut parts = vec![first];
    parts.extend(given_up_words(&remade.given_up, lang));
    if !remade.set_aside.is_empty() {
        let names: BTreeSet<String> = remade.set_aside.iter().map(|element| element_title(element, lang)).collect();
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        parts.push(tr_with(lang, "recipe-set-aside", &[("names", names.into())]));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// What there was no room for, a sentence for each parameter.
#[must_use]
pub fn given_up_words(given_up: &[GivenUp], lang: Lang) -> Vec<String> {
    let mut by_param: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for up in given_up {
        let sums = by_param.entry(up.what).or_default();
        *sums = [sums[0] + up.given, sums[1] + up.asked];
    }
    let words = by_param.into_iter().map(|(what, [given, asked])| {
        let name = tr(lang, &format!("given-up-{}", what.replace('_', "-")));
        let [given, asked] = [given, asked].map(|value| number(lang, value, 0));
        tr_with(lang, "typology-given-up", &[("what", name.into()), ("given", given.into()), ("asked", asked.into())])
    });
    words.collect()
}

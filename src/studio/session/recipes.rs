//! Recipes of the open project: looked up, kept while nothing changes, and made anew in the same step in which their plots
//! change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use super::Session;
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::generate::{
    Begun, Hands, Making, by_hand, dwellings, entrance_key, followed, hands_on, made_by, with_front,
};
use crate::geometry::{Motion, Outline, distance_m};
use crate::i18n::Lang;
use crate::library::Library;
use crate::model::{At, ByHand, EdgeRole, Id, Plot, Recipe, Variant};
use crate::studio::surroundings::roles_around;

/// What a recipe makes, kept while nothing changes: to make it anew takes a good part of a frame.
pub struct KeptMade {
    revision: u64,
    recipe: Id,
    made: Arc<Making>,
}

/// A recipe whose plot an edit is about to change, as it was before.
pub struct Before {
    recipe: Arc<Recipe>,
    plot: Outline,
    hands: Hands,
    /// What the edit changes together with the plot, of what the recipe made.
    touched: BTreeMap<Id, Shape>,
    /// All that it made goes along with the plot, moved, turned or mirrored: nothing has to be made anew.
    along: Option<Motion>,
}

/// What lies no farther from where its plot would have taken it went with it, in metres.
const WENT_M: f64 = 2e-3;

/// Where something lay.
#[derive(Clone, PartialEq)]
enum Shape {
    Area(Outline),
    Point(At),
}

impl Shape {
    fn of(v: &Variant, id: Id) -> Option<Self> {
        v.outline(id).cloned().map(Self::Area).or_else(|| v.place(id).map(Self::Point))
    }

    /// Whether this went to where the other is.
    fn went_to(&self, other: &Self, motion: &Motion) -> bool {
        match (self, other) {
            (Self::Area(was), Self::Area(now)) => was.transformed(&motion.map).lies_as(now, WENT_M),
            (Self::Point(At(was)), Self::Point(At(now))) => distance_m(motion.map.apply(*was), *now) <= WENT_M,
            _ => false,
        }
    }
}

impl Before {
    /// What the edit changed, as it was and as it is.
    fn touched_now<'a>(&'a self, v: &'a Variant) -> impl Iterator<Item = (&'a Shape, Shape)> + 'a {
        self.touched.iter().filter_map(|(id, was)| Some((was, Shape::of(v, *id)?)))
    }

    /// Of the maps that may have taken the plot where it is now the one that took most of what the edit changed with it.
    fn likeliest<'m>(&self, motions: &'m [Motion], v: &Variant) -> Option<&'m Motion> {
        let touched: Vec<(&Shape, Shape)> = self.touched_now(v).collect();
        let carried = |motion: &Motion| touched.iter().filter(|(was, now)| was.went_to(now, motion)).count();
        // The first of equals.
        motions.iter().rev().max_by_key(|motion| carried(motion))
    }

    /// Whether a map took all that the edit changed of what was made, and it changed something.
    fn carries(&self, motion: &Motion, v: &Variant) -> bool {
        let mut touched = self.touched_now(v).peekable();
        touched.peek().is_some() && touched.all(|(was, now)| was.went_to(&now, motion))
    }

    /// What was done by hand as it is after the edit: it goes with the plot, and what the edit changed in another way is by hand
    /// from now on.
    fn hands_after(&self, motion: Option<&Motion>, v: &Variant) -> Hands {
        let mut hands = self.hands.clone();
        // What the edit took away from the recipe it has no more.
        let kept = v.recipes.get(self.recipe.id);
        for (key, id) in &self.recipe.elements {
            if kept.is_some_and(|kept| kept.elements.get(key).is_some_and(|now| now != id)) {
                hands.insert(key.clone(), ByHand { removed: true, ..ByHand::default() });
                continue;
            }
            let touched = self.touched.get(id).and_then(|was| Some((was, Shape::of(v, *id)?)));
            let Some((was, now)) = touched else {
                if let (Some(hand), Some(motion)) = (hands.get_mut(key), motion.filter(|motion| motion.is_rigid)) {
                    *hand = std::mem::take(hand).mapped(&motion.map);
                }
                continue;
            };
            let is_carried = motion.is_some_and(|motion| was.went_to(&now, motion));
            let known = hands.get(key).is_some_and(|hand| hand.outline.is_some() || hand.at.is_some());
            if !is_carried || known {
                let hand = hands.entry(key.clone()).or_default();
                match now {
                    Shape::Area(outline) => hand.outline = Some(outline),
                    Shape::Point(at) => hand.at = Some(at),
                }
            }
        }
        hands
    }
}

impl Session {
    /// The recipe on a plot of the open variant.
    #[must_use]
    pub fn recipe_on(&self, plot: Id) -> Option<&Recipe> {
        self.variant().recipes.get(self.recipe_index.on(plot)?).map(|recipe| &**recipe)
    }

    /// The recipe that made a thing, and the name of its element.
    #[must_use]
    pub fn recipe_of(&self, id: Id) -> Option<(&Recipe, &str)> {
        let recipe = self.variant().recipes.get(self.recipe_index.of(id)?)?;
        Some((&**recipe, recipe.element_of(id)?))
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
    pub fn by_hand(&self, recipe: &Recipe) -> Hands {
        let mut hands = match self.made_of(recipe).as_ref() {
            Ok(made) => by_hand(recipe, made, self.variant()),
            Err(_) => hands_on(recipe, self.library(), self.variant()),
        };
        // The name of a building is the building's, whatever stands in it.
        hands.values_mut().for_each(|hand| hand.building = None);
        hands.retain(|_, hand| !hand.is_nothing());
        hands
    }

    /// What typologies have made on top of some of what they made, and on top of that, with the doors of all of it.
    pub(in crate::studio) fn made_above(&self, ids: &[Id]) -> Vec<Id> {
        let gone: BTreeSet<Id> = ids.iter().copied().collect();
        // Of a plot that goes all that was made goes.
        let volumes = ids.iter().filter(|id| self.variant().volumes.contains(**id));
        let recipes = volumes.filter_map(|id| self.recipe_of(*id)).map(|(recipe, _)| (recipe.id, recipe));
        let of: BTreeMap<Id, &Recipe> = recipes.filter(|(_, recipe)| !gone.contains(&recipe.plot)).collect();
        let mut above = Vec::new();
        for recipe in of.into_values() {
            let made = self.made_of(recipe);
            let Ok(made) = made.as_ref() else { continue };
            let mut hangs: Vec<bool> = Vec::with_capacity(made.volumes.len());
            for volume in &made.volumes {
                let id = recipe.elements.get(&volume.element).filter(|id| self.variant().has(**id));
                let on_gone = volume.on.is_some_and(|below| hangs[below]);
                above.extend(id.filter(|id| on_gone && !gone.contains(id)));
                hangs.push(on_gone || id.is_some_and(|id| gone.contains(id)));
            }
            let doors = made.entrances.iter().filter(|door| door.of.is_some_and(|of| hangs[of]));
            above.extend(doors.filter_map(|door| recipe.elements.get(&entrance_key(&door.element))));
        }
        above
    }

    /// The recipe on the one plot that is selected, with what it makes.
    pub(in crate::studio) fn recipe_in_hand(&self) -> Option<(Id, Arc<Making>)> {
        let recipe = self.recipe_on(self.selection().single()?)?;
        Some((recipe.id, self.made_of(recipe)))
    }

    /// A recipe for the outline that its plot has now, with what was done by hand so far.
    pub(in crate::studio) fn brought_up(&self, recipe: &Recipe) -> (Recipe, Hands) {
        brought_up(self.variant(), recipe, self.library(), |plot| self.guessed_roles(plot))
    }

    /// What lies behind the edges of a plot, as far as what is drawn around it says.
    pub(in crate::studio) fn guessed_roles(&self, plot: &Plot) -> Vec<EdgeRole> {
        roles_around(self.project(), &self.context_index, plot)
    }

    /// What lies behind the edges that a recipe was made for, as far as what is drawn around its plot says; nothing where the plot
    /// has another outline by now.
    #[must_use]
    pub fn roles_drawn_around(&self, recipe: &Recipe) -> Vec<EdgeRole> {
        let plot = self.variant().plots.get(recipe.plot).filter(|plot| plot.outline == recipe.outline);
        plot.map(|plot| with_front(&plot.outline, self.guessed_roles(plot))).unwrap_or_default()
    }

    /// Whether an edit changes a plot that a recipe stands on.
    pub(super) fn concerns_recipes(&self, edit: &Edit) -> bool {
        let is_open = |variant: &Id| *variant == self.variant().id;
        edit.changes.iter().any(|change| match change {
            Change::Plot(variant, put) if is_open(variant) => {
                put.value.is_some() && self.recipe_index.on(put.id).is_some()
            }
            // Another variant than the open one: as when an edit of it is brought back.
            Change::Plot(variant, put) => {
                put.value.is_some() && self.project().variant(*variant).is_some_and(|v| !v.recipes.is_empty())
            }
            Change::Volume(variant, put) if is_open(variant) => self.counts_homes(put.id).is_some(),
            // One that goes over to another plot.
            Change::Recipe(variant, Put { id, value: Some(now) }) => {
                let was = self.project().variant(*variant).and_then(|v| v.recipes.get(*id));
                was.is_some_and(|was| was.plot != now.plot)
            }
            _ => false,
        })
    }

    /// The size of dwellings of the recipe that made a volume, where it is known.
    fn counts_homes(&self, id: Id) -> Option<f64> {
        self.variant().recipes.get(self.recipe_index.of(id)?)?.dwelling_m2
    }

    /// The volumes that an edit is about to change whose number of dwellings is as many as they have room for: it stays so.
    pub(super) fn homes_before(&self, edit: &Edit) -> Vec<(Id, f64)> {
        let v = self.variant();
        // What makes a recipe another says its homes itself.
        if edit.changes.iter().any(|change| matches!(change, Change::Recipe(..))) {
            return Vec::new();
        }
        let of = |change: &Change| {
            let Change::Volume(variant, Put { id, value: Some(now) }) = change else { return None };
            let each_m2 = self.counts_homes(*id).filter(|_| *variant == v.id)?;
            let was = v.volumes.get(*id)?;
            let counted = dwellings(&was.storeys, was.footprint.area_m2(), each_m2);
            (was.dwellings == counted && now.dwellings == was.dwellings).then_some((*id, each_m2))
        };
        edit.changes.iter().filter_map(of).collect()
    }

    /// What follows for known numbers of dwellings from an edit that was just applied.
    pub(super) fn homes_follow(&self, counted: &[(Id, f64)], label: &Label) -> Option<Edit> {
        let v = self.variant();
        let mut edit = EditBuilder::new(self.project(), v.id, label.clone());
        for (id, each_m2) in counted {
            let Some(volume) = v.volumes.get(*id) else { continue };
            let count = dwellings(&volume.storeys, volume.footprint.area_m2(), *each_m2);
            edit.change_volume(self.project(), *id, |volume| volume.dwellings = count);
        }
        Some(edit.finish()).filter(|edit| !edit.is_empty())
    }

    /// The recipes of a variant by their plots: of the open one they are known, of another they are gathered once.
    fn recipes_by_plot<'a>(&'a self, v: &'a Variant) -> impl Fn(Id) -> Option<&'a Arc<Recipe>> {
        let gathered = (v.id != self.variant().id).then(|| by_plot(v));
        move |plot| match &gathered {
            Some(recipes) => recipes.get(&plot).copied(),
            None => v.recipes.get(self.recipe_index.on(plot)?),
        }
    }

    /// The recipes whose plots an edit is about to change, as they are before it.
    pub(super) fn recipes_before(&self, edit: &Edit) -> BTreeMap<Id, Before> {
        let mut before = BTreeMap::new();
        let Some(v) = variant_of(edit).and_then(|id| self.project().variant(id)) else { return before };
        let recipe_on = self.recipes_by_plot(v);
        let touched = touched_by(edit);
        for change in &edit.changes {
            let Change::Plot(_, Put { id, value: Some(plot) }) = change else { continue };
            let Some((recipe, was)) = recipe_on(*id).zip(v.plots.get(*id)) else { continue };
            let of_recipe = recipe.elements.values().filter(|id| touched.contains_key(id));
            let shapes: BTreeMap<Id, Shape> = of_recipe.filter_map(|id| Some((*id, Shape::of(v, *id)?))).collect();
            let motions = Motion::between(&recipe.outline, &plot.outline);
            let all_go = |motion: &&Motion| {
                let mut standing = recipe.elements.values().filter(|id| v.has(**id));
                let goes = |id: &Id| {
                    let now = touched.get(id).and_then(Option::as_ref);
                    shapes.get(id).zip(now).is_some_and(|(was, now)| was.went_to(now, motion))
                };
                motion.is_rigid && standing.all(goes)
            };
            let along = motions.iter().find(all_go).copied().filter(|_| recipe.outline == was.outline);
            // A rectangle mirrored onto itself is the same; what lies in it is not.
            if recipe.outline == plot.outline && along.is_none_or(|motion| motion.leaves(&plot.outline)) {
                continue;
            }
            let hands = if along.is_some() { Hands::new() } else { hands_on(recipe, self.library(), v) };
            let plot = was.outline.clone();
            before.insert(recipe.id, Before { recipe: Arc::clone(recipe), plot, hands, touched: shapes, along });
        }
        // One that goes over to another plot, as when plots are joined.
        for change in &edit.changes {
            let Change::Recipe(_, Put { id, value: Some(now) }) = change else { continue };
            let Some(recipe) = v.recipes.get(*id).filter(|was| was.plot != now.plot) else { continue };
            let hands = hands_on(recipe, self.library(), v);
            let (plot, touched) = (recipe.outline.clone(), BTreeMap::new());
            before.insert(*id, Before { recipe: Arc::clone(recipe), plot, hands, touched, along: None });
        }
        before
    }

    /// What follows for recipes from an edit that was just applied: their plots have other outlines.
    pub(super) fn recipes_follow(&self, applied: &Edit, before: &BTreeMap<Id, Before>) -> Option<Edit> {
        let v = self.project().variant(variant_of(applied)?)?;
        let recipe_on = self.recipes_by_plot(v);
        let mut edit = EditBuilder::new(self.project(), v.id, applied.label.clone());
        let (mut begun, mut gone) = (Vec::new(), Vec::new());
        for (_, plot) in plots_of(applied) {
            let Some((recipe, plot)) = recipe_on(plot).zip(v.plots.get(plot)) else { continue };
            let before = before.get(&recipe.id);
            if let Some(motion) = before.and_then(|before| before.along.as_ref()) {
                let now = followed(recipe, &plot.outline, Some(motion), Vec::new);
                edit.push(Change::Recipe(v.id, Put::value(now)));
                continue;
            }
            if recipe.outline == plot.outline {
                continue;
            }
            let motions = Motion::between(&recipe.outline, &plot.outline);
            let motion = before.map_or_else(|| motions.first(), |before| before.likeliest(&motions, v));
            // A plot that becomes another around a hall that stays leaves it where it is.
            let goes = !recipe.has_taken_over() || before.zip(motion).is_some_and(|(before, m)| before.carries(m, v));
            let now = followed(recipe, &plot.outline, motion.filter(|_| goes), || self.guessed_roles(plot));
            let hands = before.map(|before| before.hands_after(motion, v)).unwrap_or_default();
            match Begun::new(v, now, hands, self.library()) {
                Ok(made) => {
                    gone.extend(made.gone());
                    begun.push(made);
                }
                // Where nothing can be made what stands stays until something can; it goes on belonging to where it was taken.
                Err(_) => {
                    let taken = before.and_then(|before| before.taken_along(&plot.outline, v));
                    if let Some(recipe) = taken {
                        edit.push(Change::Recipe(v.id, Put::value(recipe)));
                    }
                }
            }
        }
        edit.remove_for_now(v, &gone);
        for made in begun {
            made.put(&mut edit, v, Lang::En);
        }
        Some(edit.finish()).filter(|edit| !edit.is_empty())
    }

    /// What an edit that was just made did to recipes: what was set aside by it, which could not follow their plots, and which
    /// are at work no more although what they made stands.
    #[must_use]
    pub(in crate::studio) fn recipe_news(&self, forward: &Edit, inverse: &Edit) -> News {
        let mut news = News::default();
        let Some(v) = variant_of(forward).and_then(|id| self.project().variant(id)) else { return news };
        let was = |id: Id| {
            inverse.changes.iter().rev().find_map(|change| match change {
                Change::Recipe(_, put) if put.id == id => put.value.clone(),
                _ => None,
            })
        };
        let recipe_of = |change: &Change| match change {
            Change::Recipe(_, put) => Some(put.id),
            _ => None,
        };
        for id in forward.changes.iter().filter_map(recipe_of).collect::<BTreeSet<Id>>() {
            let was = was(id);
            let Some(now) = v.recipes.get(id) else {
                let stands = |recipe: &Arc<Recipe>| recipe.elements.values().any(|id| v.has(*id));
                news.let_go.extend(was.filter(stands).map(|recipe| recipe.plot));
                continue;
            };
            for (key, hand) in &now.aside {
                let known = was.as_ref().and_then(|was| was.aside.get(key));
                let is_new =
                    hand.parts().into_iter().any(|part| known.is_none_or(|known| !known.parts().contains(&part)));
                if is_new {
                    news.set_aside.push(key.clone());
                }
            }
        }
        let recipe_on = self.recipes_by_plot(v);
        for (_, plot) in plots_of(forward) {
            let of = recipe_on(plot).zip(v.plots.get(plot));
            if of.is_some_and(|(recipe, plot)| recipe.outline != plot.outline) {
                news.behind.push(plot);
            }
        }
        news
    }
}

/// What an edit did to recipes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// The elements with changes by hand that there is no place for any more.
    pub set_aside: Vec<String>,
    /// The plots whose recipes make nothing of them any more: what stands was made for another outline.
    pub behind: Vec<Id>,
    /// The plots of recipes that are at work no more, while what they made stands.
    pub let_go: Vec<Id>,
}

impl Before {
    /// The recipe where it was taken together with all that it made, although nothing can be made of its plot.
    fn taken_along(&self, plot: &Outline, v: &Variant) -> Option<Recipe> {
        let motions = Motion::between(&self.plot, plot);
        let motion = self.likeliest(&motions, v).filter(|motion| motion.is_rigid)?;
        let is_taken = |id: &Id| !v.has(*id) || self.touched.contains_key(id);
        self.recipe.elements.values().all(is_taken).then(|| {
            let there = self.recipe.outline.transformed(&motion.map);
            followed(&self.recipe, &there, Some(motion), Vec::new)
        })
    }
}

/// A recipe for the outline that its plot has now, with what was done by hand so far.
pub(in crate::studio) fn brought_up(
    v: &Variant,
    recipe: &Recipe,
    library: &Library,
    guess: impl FnOnce(&Plot) -> Vec<EdgeRole>,
) -> (Recipe, Hands) {
    let hands = hands_on(recipe, library, v);
    let Some(plot) = v.plots.get(recipe.plot).filter(|plot| plot.outline != recipe.outline) else {
        return (recipe.clone(), hands);
    };
    (followed(recipe, &plot.outline, None, || guess(plot)), hands)
}

/// The recipes of a variant by their plots: looked up for many plots at once.
pub(in crate::studio) fn by_plot(v: &Variant) -> BTreeMap<Id, &Arc<Recipe>> {
    // The first, where two say they are on one plot.
    v.recipes.iter().rev().map(|recipe| (recipe.plot, recipe)).collect()
}

/// The plots that an edit puts, each with its variant.
fn plots_of(edit: &Edit) -> impl Iterator<Item = (Id, Id)> + '_ {
    edit.changes.iter().filter_map(|change| match change {
        Change::Plot(variant, put) if put.value.is_some() => Some((*variant, put.id)),
        _ => None,
    })
}

/// The variant in which an edit changes plots or recipes; one edit changes those of one variant.
fn variant_of(edit: &Edit) -> Option<Id> {
    edit.changes.iter().find_map(|change| match change {
        Change::Plot(variant, _) | Change::Recipe(variant, _) => Some(*variant),
        _ => None,
    })
}

/// All things that an edit is about, with where they are after it.
fn touched_by(edit: &Edit) -> BTreeMap<Id, Option<Shape>> {
    let area = |outline: &Outline| Shape::Area(outline.clone());
    let of = |change: &Change| match change {
        Change::Volume(_, put) => Some((put.id, put.value.as_ref().map(|volume| area(&volume.footprint)))),
        Change::Surface(_, put) => Some((put.id, put.value.as_ref().map(|surface| area(&surface.outline)))),
        Change::GoodsAccess(_, put) => Some((put.id, put.value.as_ref().map(|access| Shape::Point(access.at)))),
        Change::Entrance(_, put) => Some((put.id, put.value.as_ref().map(|entrance| Shape::Point(entrance.at)))),
        _ => None,
    };
    edit.changes.iter().filter_map(of).collect()
}

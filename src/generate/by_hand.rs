//! What was done by hand to what a recipe made: found by comparing it with what was made, and put on again when that is made
//! anew. Nothing of it has to be remembered while its element exists.

use std::collections::BTreeMap;

use super::elements::{Elements, element_name};
use super::made::{Made, MadeAccess, MadeSurface, MadeVolume, dwellings};
use super::{VERSION, made_by};
use crate::geometry::{Outline, TOLERANCE_M, distance_m};
use crate::i18n::Lang;
use crate::library::Library;
use crate::model::limits::MOST_STOREYS;
use crate::model::{At, ByHand, Id, Recipe, Storey, Surface, Variant, Volume};
use crate::record::Extra;

/// Levels that differ by less are the same, in metres.
const SAME_LEVEL_M: f64 = 1e-3;

/// What was done by hand, by the names of elements.
pub type Hands = BTreeMap<String, ByHand>;

/// What was done by hand to what a recipe `made`; what is set aside is not among it.
#[must_use]
pub fn by_hand(recipe: &Recipe, made: &Made, variant: &Variant) -> Hands {
    let all = Elements::new(made);
    let found = recipe.elements.keys().map(|key| (key.clone(), hand_on(recipe, &all, key, variant)));
    found.filter(|(_, hand)| !hand.is_nothing()).collect()
}

/// The same of a recipe that has to be made first. Of one that cannot be made any more everything that stands is as by hand:
/// nobody knows what of it was not.
#[must_use]
pub fn hands_on(recipe: &Recipe, library: &Library, variant: &Variant) -> Hands {
    // What other generators made cannot be told from what was done to it since.
    let is_known = recipe.made_by.unwrap_or(1) == VERSION;
    if let Some(made) = made_by(recipe, library).ok().filter(|_| is_known) {
        return by_hand(recipe, &made, variant);
    }
    let as_it_is = |key: &str, id: Id| {
        if let Some(now) = variant.volumes.get(id) {
            let hollow = MadeVolume { element: key.to_owned(), ..MadeVolume::default() };
            // How many storeys were made is not known: all that stand are kept, and no more are said.
            return ByHand { more_levels: None, ..of_volume(&hollow, None, None, now) };
        }
        if let Some(now) = variant.surfaces.get(id) {
            return ByHand { outline: Some(now.outline.clone()), kind: Some(now.kind), ..ByHand::default() };
        }
        variant.place(id).map_or_else(removed, |at| ByHand { at: Some(at), ..ByHand::default() })
    };
    recipe.elements.iter().map(|(key, id)| (key.clone(), as_it_is(key, *id))).collect()
}

fn removed() -> ByHand {
    ByHand { removed: true, ..ByHand::default() }
}

/// What was done by hand to one element; nothing where it is not made.
fn hand_on(recipe: &Recipe, all: &Elements<'_>, key: &str, v: &Variant) -> ByHand {
    let Some(&id) = recipe.elements.get(key) else { return ByHand::default() };
    if let Some(made) = all.volume(key) {
        let below = made.on.and_then(|below| all.made.volumes.get(below));
        let below_m = below.and_then(|below| Some(v.volumes.get(*recipe.elements.get(&below.element)?)?.top_m()));
        let Some(now) = v.volumes.get(id) else { return removed() };
        let of = v.buildings.get(now.building);
        let building = of.and_then(|building| other_name(&building.name, |lang| made.building_name(lang)));
        return ByHand { building, ..of_volume(made, below_m, recipe.dwelling_m2, now) };
    }
    if let Some(made) = all.surface(key) {
        return v.surfaces.get(id).map_or_else(removed, |now| of_surface(made, now));
    }
    if let Some(made) = all.access(key) {
        let now = v.goods_access.get(id);
        return now.map_or_else(removed, |now| of_place(made, (&now.name, now.at, &now.extra)));
    }
    let entrance = all.entrance(key).map(|made| {
        // It goes with what it leads to.
        let leads_to = made.of.and_then(|of| all.made.volumes.get(of)).and_then(|of| recipe.elements.get(&of.element));
        if leads_to.is_some_and(|of| !v.volumes.contains(*of)) {
            return ByHand::default();
        }
        let now = v.entrances.get(id);
        now.map_or_else(removed, |now| of_place(made, (&now.name, now.at, &now.extra)))
    });
    entrance.unwrap_or_default()
}

/// What is different of a volume. `below_m` is where the volume under it ends as it stands now, if it was made on one;
/// `dwelling_m2` the size of dwellings, where it is known.
fn of_volume(made: &MadeVolume, below_m: Option<f64>, dwelling_m2: Option<f64>, now: &Volume) -> ByHand {
    let base_m = below_m.unwrap_or(made.base_m);
    let (above, below) = counts(&now.storeys);
    let (made_above, made_below) = counts(&made.storeys);
    let made_at = |level: i32| usize::try_from(level + made_below as i32).ok().and_then(|at| made.storeys.get(at));
    let levels = now.storeys.iter().enumerate().map(|(at, storey)| (at as i32 - below as i32, storey));
    let others = levels.filter(|(level, storey)| made_at(*level) != Some(storey));
    // Counted from what stands, so that it follows what is done by hand to storeys.
    let count = |storeys: &[Storey], area_m2: f64| dwelling_m2.and_then(|each_m2| dwellings(storeys, area_m2, each_m2));
    let counted = [count(&now.storeys, now.footprint.area_m2()), count(&made.storeys, made.footprint.area_m2())];
    let is_counted = counted.iter().any(|count| now.dwellings == made.dwellings.or(*count));
    ByHand {
        name: other_name(&now.name, |lang| made.name(lang)),
        code: Some(now.code.clone()).filter(|code| !code.is_empty()),
        outline: other_outline(&made.footprint, &now.footprint),
        base_m: Some(now.base_m).filter(|now_m| (now_m - base_m).abs() > SAME_LEVEL_M),
        more_levels: Some(above as i32 - made_above as i32).filter(|more| *more != 0),
        below: Some(below as u32).filter(|_| below != made_below),
        storeys: others.map(|(level, storey)| (level, storey.clone())).collect(),
        dwellings: (!is_counted).then(|| now.dwellings.unwrap_or(0)),
        extra: now.extra.clone(),
        ..ByHand::default()
    }
}

/// How many storeys are above ground, and how many below.
fn counts(storeys: &[Storey]) -> (usize, usize) {
    let below = storeys.iter().filter(|storey| storey.below_ground).count();
    (storeys.len() - below, below)
}

/// What is different of a piece of ground.
fn of_surface(made: &MadeSurface, now: &Surface) -> ByHand {
    ByHand {
        name: other_name(&now.name, |lang| element_name(&made.element, lang)),
        code: Some(now.code.clone()).filter(|code| !code.is_empty()),
        outline: other_outline(&made.outline, &now.outline),
        kind: Some(now.kind).filter(|kind| *kind != made.kind),
        extra: now.extra.clone(),
        ..ByHand::default()
    }
}

/// What is different of a goods access or an entrance: its name, its place and what else is said of it.
fn of_place(made: &MadeAccess, (name, at, extra): (&str, At, &Extra)) -> ByHand {
    ByHand {
        name: other_name(name, |lang| element_name(&made.element, lang)),
        at: Some(at).filter(|at| distance_m(at.0, made.at) > 2.0 * TOLERANCE_M),
        extra: extra.clone(),
        ..ByHand::default()
    }
}

/// A name that is in no language that which was given.
fn other_name(name: &str, given: impl Fn(Lang) -> String) -> Option<String> {
    let is_made = Lang::ALL.iter().any(|lang| given(*lang) == name);
    (!is_made).then(|| name.to_owned())
}

/// An outline whose corners do not lie where they were made.
fn other_outline(made: &Outline, now: &Outline) -> Option<Outline> {
    (!made.lies_as(now, 2.0 * TOLERANCE_M)).then(|| now.clone())
}

impl ByHand {
    /// This on top of what was set aside before, where nothing newer says otherwise.
    #[must_use]
    pub(super) fn over(mut self, aside: Self) -> Self {
        self.removed |= aside.removed;
        self.name = self.name.or(aside.name);
        self.code = self.code.or(aside.code);
        self.outline = self.outline.or(aside.outline);
        self.base_m = self.base_m.or(aside.base_m);
        self.more_levels = self.more_levels.or(aside.more_levels);
        self.below = self.below.or(aside.below);
        self.dwellings = self.dwellings.or(aside.dwellings);
        self.building = self.building.or(aside.building);
        self.kind = self.kind.or(aside.kind);
        self.at = self.at.or(aside.at);
        for (at, storey) in aside.storeys {
            self.storeys.entry(at).or_insert(storey);
        }
        for (key, value) in aside.extra.iter() {
            if self.extra.iter().all(|(known, _)| known != key) {
                self.extra.keep(key, value.clone());
            }
        }
        self
    }

    /// The storeys of a volume that was made, with what was done by hand; what there is no storey for any more stays here.
    pub(super) fn take_storeys(&mut self, made: &[Storey]) -> Vec<Storey> {
        let (made_above, made_below) = counts(made);
        // What a file says may be anything.
        let most = MOST_STOREYS as i64;
        let above = (made_above as i64 + i64::from(self.more_levels.take().unwrap_or(0))).clamp(0, most) as i32;
        let below = self.below.take().map_or(made_below as i64, i64::from).clamp(0, most) as i32;
        let mut storeys: Vec<Storey> = Vec::new();
        for level in -below..above {
            let by_hand = self.storeys.remove(&level);
            let made_at = usize::try_from(level + made_below as i32).ok().and_then(|at| made.get(at));
            // What is below ground was made or done by hand; above, the topmost goes on.
            let last = || storeys.last().filter(|last| level >= 0 && !last.below_ground).cloned();
            storeys.extend(by_hand.or_else(|| made_at.cloned()).or_else(last));
        }
        storeys
    }
}

//! Makes what a recipe says anew: what was made before follows, what was done by hand stays on top, and what there is no
//! place for any more is set aside until there is one again.
//!
//! In two steps, so that many recipes can be made in one edit: [`Begun`] knows what will go, and [`Begun::put`] puts what
//! there is then. Between the two whoever makes the edit takes away what goes, of all recipes at once.

use std::collections::BTreeMap;

use super::by_hand::Hands;
use super::elements::{Elements, access_key, element_name, entrance_key, ground_key};
use super::made::dwellings;
use super::{Ask, Generator, GivenUp, Made, Making, Refusal, Sides, VERSION, make};
use crate::edit::{Change, EditBuilder, Put};
use crate::geometry::{Outline, part_inside};
use crate::i18n::Lang;
use crate::library::Library;
use crate::model::limits::MEETS_M;
use crate::model::{At, Building, Entrance, GoodsAccess, Id, Recipe, Surface, Variant, Volume, height_above_m};

/// What a recipe makes.
///
/// # Errors
/// When nothing can be made, or nobody knows how.
pub fn made_by(recipe: &Recipe, library: &Library) -> Making {
    let generator = Generator::named(&recipe.generator).ok_or(Refusal::UnknownGenerator)?;
    let (values, programme, drawn) = (&recipe.values, &recipe.programme, recipe.drawn.as_ref());
    make(&recipe.outline, &Ask { generator, values, programme, drawn, sides: Sides::of(recipe), library })
}

/// Adds to an edit all that follows when a recipe becomes `now`, with what was done by hand so far; `lang` is that of the
/// names of what is new, where the recipe does not say one. What the plot has no room for comes back.
///
/// # Errors
/// When nothing can be made; then nothing was added.
pub fn remake(
    edit: &mut EditBuilder,
    v: &Variant,
    now: Recipe,
    hands: Hands,
    (library, lang): (&Library, Lang),
) -> Result<Vec<GivenUp>, Refusal> {
    let begun = Begun::new(v, now, hands, library)?;
    edit.remove_for_now(v, begun.gone());
    Ok(begun.put(edit, v, lang))
}

/// A recipe about to be made anew.
pub struct Begun {
    recipe: Recipe,
    made: Made,
    /// What was done by hand, with what had been set aside.
    hands: Hands,
    /// By the place of each volume that was made: it does not stand, since it or what it stands on was removed.
    absent: Vec<bool>,
    /// The buildings that are there, by their names.
    buildings: BTreeMap<String, Id>,
    gone: Vec<Id>,
}

impl Begun {
    /// Works out what a recipe makes now, and what of it goes.
    ///
    /// # Errors
    /// When nothing can be made.
    pub fn new(v: &Variant, mut recipe: Recipe, mut hands: Hands, library: &Library) -> Result<Self, Refusal> {
        let made = made_by(&recipe, library)?;
        for (key, aside) in std::mem::take(&mut recipe.aside) {
            let newer = hands.remove(&key).unwrap_or_default();
            hands.insert(key, newer.over(aside));
        }
        let elements = Elements::new(&made);
        let is_removed = |key: &str| hands.get(key).is_some_and(|hand| hand.removed);
        let mut absent: Vec<bool> = Vec::with_capacity(made.volumes.len());
        let mut vanished: Vec<String> = recipe.elements.keys().filter(|key| !elements.has(key)).cloned().collect();
        for volume in &made.volumes {
            let key = volume.element.as_str();
            let stands = || recipe.elements.get(key).and_then(|id| v.volumes.get(*id));
            // Something else may carry it by now, such as what its plinth was put together with.
            let hangs =
                volume.on.is_some_and(|below| absent[below]) && !stands().is_some_and(|upper| is_carried(v, upper));
            if hangs && !is_removed(key) {
                vanished.push(key.to_owned());
            }
            absent.push(hangs || is_removed(key));
        }
        let without = made.entrances.iter().filter(|entrance| entrance.of.is_some_and(|of| absent[of]));
        vanished.extend(without.map(|entrance| entrance_key(&entrance.element)));
        let mut gone = Vec::new();
        for key in vanished {
            let Some(id) = recipe.elements.remove(&key) else { continue };
            gone.extend(Some(id).filter(|id| v.has(*id)));
            recipe.away.insert(key, id);
        }
        let buildings = buildings(v, &recipe, &made);
        Ok(Self { recipe, made, hands, absent, buildings, gone })
    }

    /// What there is no place for any more: to be taken away before the rest is put.
    #[must_use]
    pub fn gone(&self) -> &[Id] {
        &self.gone
    }

    /// Puts what there is now; what the plot has no room for comes back.
    pub fn put(self, edit: &mut EditBuilder, v: &Variant, lang: Lang) -> Vec<GivenUp> {
        let Self { mut recipe, made, mut hands, absent, mut buildings, .. } = self;
        let lang = *recipe.lang.get_or_insert(lang);
        recipe.made_by = Some(VERSION).filter(|version| *version > 1);
        let mut take_up = |key: &str, edit: &mut EditBuilder| {
            // A number that something else has by now is not its own any more.
            let away = recipe.away.remove(key).filter(|id| !v.has(*id));
            let id = *recipe.elements.entry(key.to_owned()).or_insert_with(|| away.unwrap_or_else(|| edit.take_id()));
            (id, hands.remove(key).unwrap_or_default())
        };
        let mut left: Hands = BTreeMap::new();
        let mut tops_m: Vec<f64> = Vec::with_capacity(made.volumes.len());
        for (volume, absent) in made.volumes.into_iter().zip(absent.iter().copied()) {
            let key = volume.element.as_str();
            let below_m = volume.on.and_then(|below| tops_m.get(below)).copied();
            if absent {
                tops_m.push(below_m.unwrap_or(volume.base_m) + height_above_m(&volume.storeys));
                continue;
            }
            let (id, mut done) = take_up(key, edit);
            let mut new = v.volumes.get(id).map_or_else(
                || {
                    let name = done.building.take();
                    let building = *buildings.entry(volume.building.clone()).or_insert_with(|| {
                        let name = name.unwrap_or_else(|| volume.building_name(lang));
                        let id = edit.take_id();
                        edit.building(Building::new(id, name, Some(recipe.plot)));
                        id
                    });
                    Volume::new(id, building, String::new(), Outline::default())
                },
                // An element keeps the building that it was put into by hand.
                |old| Volume::clone(old),
            );
            done.building = None;
            new.name = done.name.take().unwrap_or_else(|| volume.name(lang));
            new.code = done.code.take().unwrap_or_default();
            new.base_m = done.base_m.take().or(below_m).unwrap_or(volume.base_m);
            new.storeys = done.take_storeys(&volume.storeys);
            new.footprint = done.outline.take().unwrap_or(volume.footprint);
            // Of dwellings whose size is known as many as what stands has room for.
            let counted = || dwellings(&new.storeys, new.footprint.area_m2(), recipe.dwelling_m2?);
            let known = done.dwellings.take();
            new.dwellings =
                known.map_or_else(|| volume.dwellings.or_else(counted), |known| Some(known).filter(|n| *n > 0));
            new.extra = std::mem::take(&mut done.extra);
            tops_m.push(new.top_m());
            if v.volumes.get(id).is_none_or(|old| **old != new) {
                edit.volume(new);
            }
            if !done.is_nothing() {
                left.insert(volume.element, done);
            }
        }
        for surface in made.surfaces {
            let (id, done) = take_up(&ground_key(&surface.element), edit);
            if done.removed {
                continue;
            }
            let new = Surface {
                id,
                name: done.name.unwrap_or_else(|| element_name(&surface.element, lang)),
                code: done.code.unwrap_or_default(),
                kind: done.kind.unwrap_or(surface.kind),
                outline: done.outline.unwrap_or(surface.outline),
                extra: done.extra,
            };
            if v.surfaces.get(id).is_none_or(|old| **old != new) {
                edit.surface(new);
            }
        }
        for access in made.accesses {
            let (id, done) = take_up(&access_key(&access.element), edit);
            if done.removed {
                continue;
            }
            let new = GoodsAccess {
                id,
                name: done.name.unwrap_or_else(|| element_name(&access.element, lang)),
                at: done.at.unwrap_or(At(access.at)),
                extra: done.extra,
            };
            if v.goods_access.get(id).is_none_or(|old| **old != new) {
                edit.goods_access(new);
            }
        }
        for entrance in made.entrances.into_iter().filter(|entrance| entrance.of.is_none_or(|of| !absent[of])) {
            let (id, done) = take_up(&entrance_key(&entrance.element), edit);
            if done.removed {
                continue;
            }
            let new = Entrance {
                id,
                name: done.name.unwrap_or_else(|| element_name(&entrance.element, lang)),
                at: done.at.unwrap_or(At(entrance.at)),
                extra: done.extra,
            };
            if v.entrances.get(id).is_none_or(|old| **old != new) {
                edit.entrance(new);
            }
        }
        // What is not taken up is of elements that there are none of; of those removed by hand their numbers say it.
        hands.retain(|key, hand| !(hand.removed && recipe.elements.contains_key(key)));
        hands.append(&mut left);
        recipe.aside = hands;
        edit.push(Change::Recipe(v.id, Put::value(recipe)));
        made.given_up
    }
}

/// The building of each name that most of what stands of it belongs to, on the plot of the recipe.
fn buildings(v: &Variant, recipe: &Recipe, made: &Made) -> BTreeMap<String, Id> {
    let mut held: BTreeMap<&str, BTreeMap<Id, usize>> = BTreeMap::new();
    for volume in &made.volumes {
        let now = recipe.elements.get(&volume.element).and_then(|id| v.volumes.get(*id));
        if let Some(now) = now.filter(|now| v.plot_of(now) == Some(recipe.plot)) {
            *held.entry(&volume.building).or_default().entry(now.building).or_default() += 1;
        }
    }
    let most = |of: BTreeMap<Id, usize>| of.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    held.into_iter().filter_map(|(name, of)| Some((name.to_owned(), most(of)?.0))).collect()
}

/// Whether something that stands on its plot carries a volume: it ends where that begins, under most of it.
fn is_carried(v: &Variant, upper: &Volume) -> bool {
    let plot = v.plot_of(upper);
    let lower = v.volumes.iter().filter(|lower| lower.id != upper.id && (lower.top_m() - upper.base_m).abs() < MEETS_M);
    lower.filter(|lower| v.plot_of(lower) == plot).any(|lower| part_inside(&upper.footprint, &lower.footprint) > 0.5)
}

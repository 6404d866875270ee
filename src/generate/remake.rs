//! Makes what a recipe says anew: what was made before follows, what was done by hand stays on top, and what there is no
//! place for any more is set aside until there is one again.

use std::collections::{BTreeMap, BTreeSet};

use super::by_hand::{of_access, of_surface, of_volume};
use super::{Ask, Generator, GivenUp, Made, Making, Refusal, make};
use crate::edit::{Change, EditBuilder, Put};
use crate::geometry::Outline;
use crate::i18n::{Lang, tr};
use crate::library::Library;
use crate::model::{At, Building, ByHand, GoodsAccess, Id, Recipe, Surface, Variant, Volume};
use crate::record::Extra;

/// With what a recipe is made again.
#[derive(Clone, Copy, Debug)]
pub struct Remaking<'a> {
    /// The variant that it is in, as it stands.
    pub variant: &'a Variant,
    /// The uses, for their heights.
    pub library: &'a Library,
    /// The language of the names of what is new.
    pub lang: Lang,
    /// What was changed together with the plot, as when all of it is moved: how it stands now is compared with what is made
    /// now.
    pub touched: &'a BTreeSet<Id>,
    /// The element that shall be as it is made, whatever was done to it.
    pub reset: Option<&'a str>,
}

impl<'a> Remaking<'a> {
    /// With nothing changed beside it, and nothing to be as it is made.
    #[must_use]
    pub fn new(variant: &'a Variant, library: &'a Library, lang: Lang) -> Self {
        static NOTHING: BTreeSet<Id> = BTreeSet::new();
        Self { variant, library, lang, touched: &NOTHING, reset: None }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remade {
    /// What the plot has no room for.
    pub given_up: Vec<GivenUp>,
    /// The volumes, in the order in which they were made.
    pub volumes: Vec<Id>,
    /// The elements with changes by hand that there are none of any more.
    pub set_aside: Vec<String>,
}

/// What a recipe makes.
///
/// # Errors
/// When nothing can be made, or nobody knows how.
pub fn made_by(recipe: &Recipe, library: &Library) -> Making {
    let generator = Generator::named(&recipe.generator).ok_or(Refusal::UnknownGenerator)?;
    let (values, programme, roles) = (&recipe.values, &recipe.programme, recipe.roles.as_slice());
    make(&recipe.outline, &Ask { generator, values, programme, roles, library })
}

/// What was done by hand to what a recipe `made`, by the names of its elements; what is set aside is not among it.
#[must_use]
pub fn by_hand(recipe: &Recipe, made: &Made, variant: &Variant) -> BTreeMap<String, ByHand> {
    let all = Elements::new(made, Some(recipe));
    let mut found = BTreeMap::new();
    let keys = all.keys();
    for key in keys.iter().filter(|key| recipe.elements.contains_key(*key)) {
        let by_hand = all.by_hand(key, variant);
        if !by_hand.is_nothing() {
            found.insert(key.clone(), by_hand);
        }
    }
    found
}

/// Adds to an edit all that follows when a recipe becomes another; `was` is nothing for one that is new.
///
/// # Errors
/// When nothing can be made; then nothing was added.
pub fn remake(
    edit: &mut EditBuilder,
    was: Option<&Recipe>,
    mut now: Recipe,
    with: &Remaking<'_>,
) -> Result<Remade, Refusal> {
    let v = with.variant;
    let made = made_by(&now, with.library)?;
    let made_before = was.map(|was| made_by(was, with.library).unwrap_or_else(|_| made.clone())).unwrap_or_default();
    let before = Elements::new(&made_before, was);
    let after = Elements::new(&made, was);
    let lang = was.and_then(|was| spoken(was, v)).unwrap_or(with.lang);
    let mut remade = Remade { given_up: made.given_up.clone(), ..Remade::default() };
    let mut aside = std::mem::take(&mut now.aside);
    let known = std::mem::take(&mut now.elements);
    let by_hand = |key: &str, aside: &mut BTreeMap<String, ByHand>| {
        if with.reset == Some(key) {
            return ByHand::default();
        }
        let touched = known.get(key).is_some_and(|id| with.touched.contains(id));
        let of = if touched && after.has(key) { &after } else { &before };
        of.by_hand(key, v).over(aside.remove(key).unwrap_or_default())
    };
    // What there is none of any more goes, and what was done to it is kept.
    let keys = after.keys();
    let vanished: Vec<(String, Id)> =
        known.iter().filter(|(key, _)| !keys.contains(*key)).map(|(key, id)| (key.clone(), *id)).collect();
    for (key, _) in &vanished {
        let done = by_hand(key, &mut aside);
        keep(&mut aside, &mut remade, key, done);
    }
    let gone: Vec<Id> = vanished.into_iter().map(|(_, id)| id).filter(|id| v.has(*id)).collect();
    edit.remove(v, &gone);

    // The number of an element and what was done to it.
    let mut take_up = |key: &str, edit: &mut EditBuilder, aside: &mut BTreeMap<String, ByHand>| {
        let id = known.get(key).copied().unwrap_or_else(|| edit.take_id());
        now.elements.insert(key.to_owned(), id);
        (id, by_hand(key, aside))
    };
    let mut buildings = Buildings { known: std::mem::take(&mut now.buildings), put: BTreeMap::new() };
    let mut tops_m: Vec<f64> = Vec::with_capacity(made.volumes.len());
    for volume in &made.volumes {
        let key = volume.element.as_str();
        let (id, mut done) = take_up(key, edit, &mut aside);
        let below_m = volume.on.and_then(|below| tops_m.get(below)).copied();
        let base_m = done.base_m.take().or(below_m).unwrap_or(volume.base_m);
        if done.removed {
            let height_m: f64 = volume.storeys.iter().map(|storey| storey.height_m).sum();
            tops_m.push(base_m + height_m);
            continue;
        }
        let old = v.volumes.get(id);
        let building = buildings.of(edit, v, volume.building, key, now.plot, lang);
        let name = done.name.take().unwrap_or_else(|| element_name(key, lang));
        let footprint = done.outline.take().unwrap_or_else(|| volume.footprint.clone());
        let storeys = done.take_storeys(&volume.storeys);
        let begun = || Volume::new(id, building, String::new(), Outline::default());
        let mut new = old.map_or_else(begun, |old| Volume::clone(old));
        (new.name, new.footprint, new.storeys) = (name, footprint, storeys);
        // An element keeps the building that it was put into by hand.
        if old.is_none() {
            new.building = building;
        }
        new.base_m = (base_m * 1e3).round() / 1e3;
        tops_m.push(new.top_m());
        if old.is_none_or(|old| **old != new) {
            edit.volume(new);
        }
        remade.volumes.push(id);
        keep(&mut aside, &mut remade, key, done);
    }
    for surface in &made.surfaces {
        let key = ground_key(&surface.element);
        let (id, mut done) = take_up(&key, edit, &mut aside);
        if done.removed {
            continue;
        }
        let old = v.surfaces.get(id);
        let new = Surface {
            id,
            name: done.name.take().unwrap_or_else(|| element_name(&surface.element, lang)),
            code: old.map(|old| old.code.clone()).unwrap_or_default(),
            kind: done.kind.take().unwrap_or(surface.kind),
            outline: done.outline.take().unwrap_or_else(|| surface.outline.clone()),
            extra: old.map(|old| old.extra.clone()).unwrap_or_default(),
        };
        if old.is_none_or(|old| **old != new) {
            edit.surface(new);
        }
    }
    for access in &made.accesses {
        let key = access_key(&access.element);
        let (id, mut done) = take_up(&key, edit, &mut aside);
        if done.removed {
            continue;
        }
        let old = v.goods_access.get(id);
        let new = GoodsAccess {
            id,
            name: done.name.take().unwrap_or_else(|| element_name(&access.element, lang)),
            at: done.at.take().unwrap_or(At(access.at)),
            extra: old.map_or_else(Extra::default, |old| old.extra.clone()),
        };
        if old.is_none_or(|old| **old != new) {
            edit.goods_access(new);
        }
    }
    (now.aside, now.buildings) = (aside, buildings.in_order());
    edit.push(Change::Recipe(v.id, Put::value(now)));
    Ok(remade)
}

/// The language of the names that it has given.
fn spoken(recipe: &Recipe, v: &Variant) -> Option<Lang> {
    let mut named = recipe.elements.iter().filter_map(|(key, id)| Some((key, v.volumes.get(*id)?)));
    named.find_map(|(key, volume)| Lang::ALL.into_iter().find(|lang| element_name(key, *lang) == volume.name))
}

/// Keeps what was done to parts of an element that there are none of, such as its topmost storeys.
fn keep(aside: &mut BTreeMap<String, ByHand>, remade: &mut Remade, key: &str, left: ByHand) {
    if !left.is_nothing() {
        remade.set_aside.push(key.to_owned());
        aside.insert(key.to_owned(), left);
    }
}

/// The buildings that volumes belong to.
struct Buildings {
    known: Vec<Id>,
    put: BTreeMap<usize, Id>,
}

impl Buildings {
    /// The building of that place; a new one is called after its first volume.
    fn of(&mut self, edit: &mut EditBuilder, v: &Variant, at: usize, element: &str, plot: Id, lang: Lang) -> Id {
        if let Some(id) = self.put.get(&at) {
            return *id;
        }
        let old = self.known.get(at).and_then(|id| v.buildings.get(*id));
        let building = old.map_or_else(
            || Building::new(edit.take_id(), element_name(element, lang), Some(plot)),
            |old| Building::clone(old),
        );
        let id = building.id;
        // Put also where it is there: the last volume that it had may just have gone.
        edit.building(building);
        self.put.insert(at, id);
        id
    }

    fn in_order(self) -> Vec<Id> {
        self.put.into_values().collect()
    }
}

/// What was made, by the names of elements, with what stands for it.
struct Elements<'a> {
    made: &'a Made,
    recipe: Option<&'a Recipe>,
}

impl<'a> Elements<'a> {
    fn new(made: &'a Made, recipe: Option<&'a Recipe>) -> Self {
        Self { made, recipe }
    }

    fn keys(&self) -> BTreeSet<String> {
        let volumes = self.made.volumes.iter().map(|volume| volume.element.clone());
        let surfaces = self.made.surfaces.iter().map(|surface| ground_key(&surface.element));
        let accesses = self.made.accesses.iter().map(|access| access_key(&access.element));
        volumes.chain(surfaces).chain(accesses).collect()
    }

    fn has(&self, key: &str) -> bool {
        self.made.volumes.iter().any(|volume| volume.element == key)
            || self.made.surfaces.iter().any(|surface| ground_key(&surface.element) == key)
            || self.made.accesses.iter().any(|access| access_key(&access.element) == key)
    }

    /// What was done by hand to an element; nothing where it was not made.
    fn by_hand(&self, key: &str, v: &Variant) -> ByHand {
        let id_of = |key: &str| self.recipe.and_then(|recipe| recipe.elements.get(key)).copied();
        let Some(id) = id_of(key) else { return ByHand::default() };
        let removed = || ByHand { removed: true, ..ByHand::default() };
        if let Some(made) = self.made.volumes.iter().find(|volume| volume.element == key) {
            let below = made.on.and_then(|below| self.made.volumes.get(below));
            let below_m = below.and_then(|below| Some(v.volumes.get(id_of(&below.element)?)?.top_m()));
            return v.volumes.get(id).map_or_else(removed, |now| of_volume(made, below_m, now));
        }
        if let Some(made) = self.made.surfaces.iter().find(|surface| ground_key(&surface.element) == key) {
            return v.surfaces.get(id).map_or_else(removed, |now| of_surface(made, now));
        }
        if let Some(made) = self.made.accesses.iter().find(|access| access_key(&access.element) == key) {
            return v.goods_access.get(id).map_or_else(removed, |now| of_access(made, now));
        }
        ByHand::default()
    }
}

/// The name under which a recipe has a piece of ground: a gate and the way through it have one element name.
fn ground_key(element: &str) -> String {
    format!("{element} ground")
}

/// The name under which a recipe has a goods access.
fn access_key(element: &str) -> String {
    format!("{element} access")
}

/// What an element is called in a list of a recipe's: the ground and the access of a gate are told apart.
#[must_use]
pub fn element_title(key: &str, lang: Lang) -> String {
    let with = |element: &str, of: &str| format!("{} ({})", element_name(element, lang), tr(lang, of));
    match (key.strip_suffix(" ground"), key.strip_suffix(" access")) {
        (Some(element), _) => with(element, "element-ground"),
        (_, Some(element)) => with(element, "element-access"),
        (None, None) => element_name(key, lang),
    }
}

/// What an element is called: `row 1 roof 2`, word by word.
#[must_use]
pub fn element_name(element: &str, lang: Lang) -> String {
    let word = |word: &str| match word.parse::<u32>() {
        Ok(_) => word.to_owned(),
        Err(_) => tr(lang, &format!("element-{word}")),
    };
    let words: Vec<String> = element.split(' ').map(word).collect();
    crate::i18n::sentence(&words.join(" "))
}

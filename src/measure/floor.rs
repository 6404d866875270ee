//! Exact floor space by use, state and place in the section: what is summed before anything is divided.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::library::{Family, Library, Use, UseId};
use crate::model::{State, Storey, Uses, Volume};
use crate::num::Area;

/// A use by number: its place in the library, or beyond it one that the library does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UseKey(u32);

/// The uses met while summing. Floor that names no use at all goes under the empty name.
#[derive(Clone, Debug)]
pub(super) struct UseKeys {
    library: Arc<Library>,
    strangers: Vec<UseId>,
    stranger_keys: BTreeMap<UseId, UseKey>,
    housing: Option<UseKey>,
    student_housing: Option<UseKey>,
}

impl UseKeys {
    pub(super) fn new(library: Arc<Library>) -> Self {
        let known = |id: &str| library.ix(&id.into()).map(|ix| UseKey(u32::from(ix.0)));
        let (housing, student_housing) = (known("housing"), known("student_housing"));
        Self { library, strangers: Vec::new(), stranger_keys: BTreeMap::new(), housing, student_housing }
    }

    fn key(&mut self, id: &UseId) -> UseKey {
        if let Some(ix) = self.library.ix(id) {
            return UseKey(u32::from(ix.0));
        }
        if let Some(key) = self.stranger_keys.get(id) {
            return *key;
        }
        let key = UseKey((self.library.uses().len() + self.strangers.len()) as u32);
        self.strangers.push(id.clone());
        self.stranger_keys.insert(id.clone(), key);
        key
    }

    /// The use, where the library knows it.
    pub(super) fn known(&self, key: UseKey) -> Option<&Use> {
        self.library.uses().get(key.0 as usize)
    }

    /// Its name in figures.
    pub(super) fn id(&self, key: UseKey) -> &UseId {
        let place = key.0 as usize;
        let uses = self.library.uses();
        uses.get(place).map_or_else(|| &self.strangers[place - uses.len()], |known| &known.id)
    }

    /// Whether floor of it is programme: all but parking and plant, and also what the library does not know.
    pub(super) fn is_programme(&self, key: UseKey) -> bool {
        self.known(key).is_none_or(|known| known.family.is_programme())
    }

    /// Whether it is of the family of homes.
    pub(super) fn is_housing(&self, key: UseKey) -> bool {
        self.known(key).is_some_and(|known| known.family == Family::Housing)
    }

    /// Whether floor of it is productive programme.
    pub(super) fn is_productive(&self, key: UseKey) -> bool {
        self.known(key).is_some_and(|known| known.productive && known.family.is_programme())
    }
}

/// Sums of floor space. All but the known dwellings are areas, so they can be added and taken out exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Floor {
    /// Above ground and not removed, by use; in order, and never zero.
    pub(super) by_use: Vec<(UseKey, Area)>,
    /// Below ground and not removed.
    pub(super) below: Area,
    /// Above and below ground, in the order of [`State::ALL`].
    pub(super) by_state: [Area; 4],
    /// Programme on the lowest storeys of volumes on the ground.
    pub(super) ground_programme: Area,
    /// Productive floor among it.
    pub(super) ground_productive: Area,
    /// Floor of the use `housing` in volumes whose number of dwellings is known.
    pub(super) housing_known: Area,
    /// The known dwellings.
    pub(super) dwellings_known: i64,
}

impl Floor {
    /// Makes this the floor of one volume whose footprint has that area.
    pub(super) fn set_to_volume(&mut self, volume: &Volume, footprint: Area, keys: &mut UseKeys) {
        self.clear();
        let stands = |storey: &Storey| !storey.below_ground && storey.state != State::Removed;
        let ground = if volume.is_on_ground() { volume.storeys.iter().position(stands) } else { None };
        for (place, storey) in volume.storeys.iter().enumerate() {
            self.by_state[state_place(storey.state)] += footprint;
            if storey.state == State::Removed {
                continue;
            }
            if storey.below_ground {
                self.below += footprint;
                continue;
            }
            for_each_part(&storey.uses, footprint, keys, |keys, key, part| {
                add_to(&mut self.by_use, key, part);
                if ground == Some(place) && keys.is_programme(key) {
                    self.ground_programme += part;
                    if keys.is_productive(key) {
                        self.ground_productive += part;
                    }
                }
            });
        }
        // A known number stands for the estimate of the volume's housing; where no home can be, there are none.
        let has_homes = self.by_use.iter().any(|(key, _)| keys.is_housing(*key));
        if let Some(dwellings) = volume.dwellings.filter(|_| has_homes) {
            self.dwellings_known = i64::from(dwellings);
            self.housing_known = keys.housing.map_or(Area::ZERO, |key| self.of_use(key));
        }
    }

    fn clear(&mut self) {
        let mut by_use = std::mem::take(&mut self.by_use);
        by_use.clear();
        *self = Self { by_use, ..Self::default() };
    }

    /// Puts in all of another.
    pub(super) fn add(&mut self, other: &Self) {
        self.combine(other, |area| area, 1);
    }

    /// Takes out all of another that was put in.
    pub(super) fn take_out(&mut self, other: &Self) {
        self.combine(other, |area| -area, -1);
    }

    fn combine(&mut self, other: &Self, signed: impl Fn(Area) -> Area, sign: i64) {
        for &(key, area) in &other.by_use {
            add_to(&mut self.by_use, key, signed(area));
        }
        self.below += signed(other.below);
        for (sum, &area) in self.by_state.iter_mut().zip(&other.by_state) {
            *sum += signed(area);
        }
        self.ground_programme += signed(other.ground_programme);
        self.ground_productive += signed(other.ground_productive);
        self.housing_known += signed(other.housing_known);
        self.dwellings_known += sign * other.dwellings_known;
    }

    /// Floor of one use above ground.
    fn of_use(&self, key: UseKey) -> Area {
        self.by_use.binary_search_by_key(&key, |(k, _)| *k).map_or(Area::ZERO, |at| self.by_use[at].1)
    }

    /// All floor above ground.
    pub(super) fn gfa(&self) -> Area {
        self.by_use.iter().map(|(_, area)| *area).sum()
    }

    /// Programme floor above ground.
    pub(super) fn programme(&self, keys: &UseKeys) -> Area {
        self.by_use.iter().filter(|(key, _)| keys.is_programme(*key)).map(|(_, area)| *area).sum()
    }

    /// Productive floor above ground.
    pub(super) fn productive(&self, keys: &UseKeys) -> Area {
        self.by_use.iter().filter(|(key, _)| keys.is_productive(*key)).map(|(_, area)| *area).sum()
    }

    /// Floor of the use `housing` whose dwellings are to be estimated.
    pub(super) fn housing_estimated(&self, keys: &UseKeys) -> Area {
        keys.housing.map_or(Area::ZERO, |key| self.of_use(key)) - self.housing_known
    }

    /// Floor of the use `student_housing`.
    pub(super) fn student_housing(&self, keys: &UseKeys) -> Area {
        keys.student_housing.map_or(Area::ZERO, |key| self.of_use(key))
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The place of a state in [`State::ALL`].
fn state_place(state: State) -> usize {
    match state {
        State::Existing => 0,
        State::Kept => 1,
        State::New => 2,
        State::Removed => 3,
    }
}

fn add_to(by_use: &mut Vec<(UseKey, Area)>, key: UseKey, area: Area) {
    if area.is_zero() {
        return;
    }
    match by_use.binary_search_by_key(&key, |(k, _)| *k) {
        Ok(at) => {
            by_use[at].1 += area;
            if by_use[at].1.is_zero() {
                by_use.remove(at);
            }
        }
        Err(at) => {
            if by_use.is_empty() {
                // Most plots hold one use or two; a vector would start with room for four.
                by_use.reserve_exact(1);
            }
            by_use.insert(at, (key, area));
        }
    }
}

/// Divides a storey's floor among its uses so that the parts sum to it exactly: the last use that has a share takes
/// the remainder.
///
/// Shares that do not sum to 1 are scaled. Where there is nothing to scale (all zero, negative or not numbers) the uses
/// share evenly; a storey without uses is floor of no named use.
fn for_each_part(uses: &Uses, floor: Area, keys: &mut UseKeys, mut each: impl FnMut(&UseKeys, UseKey, Area)) {
    if let [single] = uses.shares() {
        let key = keys.key(&single.id);
        each(keys, key, floor);
        return;
    }
    let shares = uses.shares();
    let weight = |share: f64| if share.is_finite() && share > 0.0 { share } else { 0.0 };
    let sum: f64 = shares.iter().map(|s| weight(s.share)).sum();
    let even = sum <= 0.0;
    let (whole, last) = if even {
        (shares.len() as f64, shares.len().checked_sub(1))
    } else {
        (sum, shares.iter().rposition(|s| weight(s.share) > 0.0))
    };
    let Some(last) = last else {
        let key = keys.key(&"".into());
        each(keys, key, floor);
        return;
    };
    let mut rest = floor;
    for (place, share) in shares.iter().enumerate().take(last + 1) {
        let part = if place == last {
            rest
        } else {
            floor.scaled(if even { 1.0 } else { weight(share.share) } / whole).min(rest)
        };
        rest -= part;
        let key = keys.key(&share.id);
        each(keys, key, part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UseShare;

    fn parts(shares: &[(&str, f64)], floor_m2: f64) -> Vec<(String, f64)> {
        let uses = Uses::new(shares.iter().map(|&(id, share)| UseShare { id: id.into(), share }));
        let mut keys = UseKeys::new(Library::built_in());
        let mut found = Vec::new();
        for_each_part(&uses, Area::from_m2(floor_m2), &mut keys, |keys, key, part| {
            found.push((keys.id(key).to_string(), part.m2()));
        });
        found
    }

    fn named(list: &[(&str, f64)]) -> Vec<(String, f64)> {
        list.iter().map(|&(id, m2)| (id.to_owned(), m2)).collect()
    }

    #[test]
    fn the_parts_of_a_storey_sum_to_it() {
        // A third of 100 m² is 33.333333 to the square millimetre; the last use takes the remainder.
        let third = 1.0 / 3.0;
        let found = parts(&[("office", third), ("retail", third), ("housing", third)], 100.0);
        assert_eq!(found, named(&[("office", 33.333_333), ("retail", 33.333_333), ("housing", 33.333_334)]));
        let sum: Area = found.iter().map(|(_, m2)| Area::from_m2(*m2)).sum();
        assert_eq!(sum, Area::from_m2(100.0));
    }

    #[test]
    fn shares_of_a_faulty_file_are_scaled() {
        assert_eq!(parts(&[("office", 3.0), ("housing", 1.0)], 100.0), named(&[("office", 75.0), ("housing", 25.0)]));
        assert_eq!(parts(&[("office", 0.5), ("housing", -1.0)], 100.0), named(&[("office", 100.0)]));
        assert_eq!(parts(&[("office", 0.0), ("housing", f64::NAN)], 9.0), named(&[("office", 4.5), ("housing", 4.5)]));
        assert_eq!(parts(&[], 9.0), named(&[("", 9.0)]));
        assert_eq!(parts(&[("office", 0.2)], 9.0), named(&[("office", 9.0)]));
    }

    #[test]
    fn what_was_added_can_be_taken_out() {
        let mut keys = UseKeys::new(Library::built_in());
        let (a, b) = (keys.key(&"office".into()), keys.key(&"brewery".into()));
        let one = Floor { by_use: vec![(a, Area::from_m2(1.5))], below: Area::from_m2(3.0), ..Floor::default() };
        let mut sum = Floor { by_use: vec![(b, Area::from_m2(2.0))], dwellings_known: 4, ..Floor::default() };
        let before = sum.clone();
        sum.add(&one);
        assert_eq!(sum.gfa(), Area::from_m2(3.5));
        sum.take_out(&one);
        assert_eq!(sum, before);
    }
}

//! Exact floor space by use, state and place in the section: what is summed before anything is divided.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::library::{Family, Library, Use, UseId, UseIx};
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
}

impl UseKeys {
    pub(super) fn new(library: Arc<Library>) -> Self {
        let housing = library.ix(&"housing".into()).map(|ix| UseKey(u32::from(ix.0)));
        Self { library, strangers: Vec::new(), stranger_keys: BTreeMap::new(), housing }
    }

    pub(super) fn key(&mut self, id: &UseId) -> UseKey {
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

    /// Its place in the library, where the library knows it.
    pub(super) fn ix(&self, key: UseKey) -> Option<UseIx> {
        self.known(key).map(|_| UseIx(key.0 as u16))
    }

    /// Its name in figures.
    pub(super) fn id(&self, key: UseKey) -> &UseId {
        let place = key.0 as usize;
        let uses = self.library.uses();
        uses.get(place).map_or_else(|| &self.strangers[place - uses.len()], |known| &known.id)
    }
}

/// Where a storey lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Below ground.
    Below,
    /// The lowest above ground that is not removed, of a volume on the ground.
    Ground,
    /// Any other.
    Upper,
}

impl Level {
    pub(super) const ALL: [Self; 3] = [Self::Below, Self::Ground, Self::Upper];
}

/// What kind of floor it is: its use, what becomes of it, where it lies, and whether it is floor of homes whose number is
/// known. In this order; packed, since there is one for every piece of every plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FloorKind(u32);

impl FloorKind {
    /// So many kinds of floor has each use.
    pub(super) const OF_USE: usize = 24;

    pub(super) fn new(key: UseKey, state: State, level: Level, homes_counted: bool) -> Self {
        let within = (state_place(state) * 3 + level as usize) * 2 + usize::from(homes_counted);
        Self(key.0 * Self::OF_USE as u32 + within as u32)
    }

    pub(super) fn key(self) -> UseKey {
        UseKey(self.0 / Self::OF_USE as u32)
    }

    /// Its place among the kinds of its use.
    pub(super) fn within(self) -> usize {
        self.0 as usize % Self::OF_USE
    }

    /// A kind of no use in particular.
    pub(super) fn like(within: usize) -> Self {
        Self(within as u32)
    }

    /// Whether it counts as floor above ground.
    pub(super) fn stands_above(self) -> bool {
        self.level() != Level::Below && self.state() != State::Removed
    }

    pub(super) fn state(self) -> State {
        State::ALL[self.within() / 6]
    }

    pub(super) fn level(self) -> Level {
        Level::ALL[self.within() / 2 % 3]
    }

    pub(super) fn homes_counted(self) -> bool {
        self.within() % 2 == 1
    }
}

/// Sums of floor space. All but the known dwellings are areas, so they can be added and taken out exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Floor {
    /// By kind; in order, and never zero.
    pub(super) rows: Vec<(FloorKind, Area)>,
    /// The known dwellings.
    pub(super) dwellings_known: i64,
}

impl Floor {
    /// Makes this the floor of one volume whose footprint has that area.
    pub(super) fn set_to_volume(&mut self, volume: &Volume, footprint: Area, keys: &mut UseKeys) {
        self.rows.clear();
        self.dwellings_known = known_dwellings(volume, keys).map_or(0, i64::from);
        for_each_piece(volume, footprint, keys, |_, kind, part| add_to(&mut self.rows, kind, part));
    }

    /// Puts in all of another.
    pub(super) fn add(&mut self, other: &Self) {
        other.rows.iter().for_each(|&(kind, area)| add_to(&mut self.rows, kind, area));
        self.dwellings_known += other.dwellings_known;
    }

    /// Takes out all of another that was put in.
    pub(super) fn take_out(&mut self, other: &Self) {
        other.rows.iter().for_each(|&(kind, area)| add_to(&mut self.rows, kind, -area));
        self.dwellings_known -= other.dwellings_known;
    }
}

/// The number of dwellings that a volume states. Where no home can be, there are none.
pub(super) fn known_dwellings(volume: &Volume, keys: &UseKeys) -> Option<u32> {
    volume.dwellings.filter(|_| {
        let uses = volume.storeys.iter().filter(|storey| storey.stands_above()).flat_map(|storey| storey.uses.shares());
        let mut known = uses.filter_map(|share| keys.library.get(&share.id));
        known.any(|known| known.family == Family::Housing)
    })
}

/// Calls `each` with every piece of floor of a volume whose footprint has that area: the place of its storey, its kind,
/// and how much it is.
pub(super) fn for_each_piece(
    volume: &Volume,
    footprint: Area,
    keys: &mut UseKeys,
    mut each: impl FnMut(usize, FloorKind, Area),
) {
    let ground = if volume.is_on_ground() { volume.storeys.iter().position(Storey::stands_above) } else { None };
    // A known number stands for the estimate of the volume's housing.
    let counts_homes = known_dwellings(volume, keys).is_some();
    for (place, storey) in volume.storeys.iter().enumerate() {
        let level = match (storey.below_ground, ground == Some(place)) {
            (true, _) => Level::Below,
            (false, true) => Level::Ground,
            (false, false) => Level::Upper,
        };
        let mut piece = |level: Level, keys: &UseKeys, key, part| {
            let counted = counts_homes && keys.housing == Some(key) && storey.stands_above();
            each(place, FloorKind::new(key, storey.state, level, counted), part);
        };
        for_each_part(&storey.uses, footprint, keys, |keys, key, part| piece(level, keys, key, part));
        if let Some(mezzanine) = storey.mezzanine.as_ref().filter(|mezzanine| mezzanine.is_part()) {
            // It is floor over the ground floor, and not the ground floor itself.
            let level = if level == Level::Ground { Level::Upper } else { level };
            let floor = footprint.scaled(mezzanine.share);
            for_each_part(&mezzanine.uses, floor, keys, |keys, key, part| piece(level, keys, key, part));
        }
    }
}

/// The place of a state in [`State::ALL`].
pub(super) fn state_place(state: State) -> usize {
    match state {
        State::Existing => 0,
        State::Kept => 1,
        State::New => 2,
        State::Removed => 3,
    }
}

fn add_to(rows: &mut Vec<(FloorKind, Area)>, kind: FloorKind, area: Area) {
    if area.is_zero() {
        return;
    }
    match rows.binary_search_by_key(&kind, |(k, _)| *k) {
        Ok(at) => {
            rows[at].1 += area;
            if rows[at].1.is_zero() {
                rows.remove(at);
            }
        }
        Err(at) => {
            if rows.is_empty() {
                // Most plots hold one use or two; a vector would start with room for four.
                rows.reserve_exact(1);
            }
            rows.insert(at, (kind, area));
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
        if single.id.is_void() {
            return;
        }
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
        if share.id.is_void() {
            continue;
        }
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
    fn a_void_is_no_floor() {
        assert_eq!(parts(&[("void", 1.0)], 100.0), []);
        assert_eq!(parts(&[("office", 0.75), ("void", 0.25)], 100.0), named(&[("office", 75.0)]));
        assert_eq!(parts(&[("void", 0.25), ("office", 0.75)], 100.0), named(&[("office", 75.0)]));
    }

    #[test]
    fn what_was_added_can_be_taken_out() {
        let mut keys = UseKeys::new(Library::built_in());
        let (a, b) = (keys.key(&"office".into()), keys.key(&"brewery".into()));
        let of = |key, m2| (FloorKind::new(key, State::New, Level::Upper, false), Area::from_m2(m2));
        let one = Floor { rows: vec![of(a, 1.5)], dwellings_known: 3 };
        let mut sum = Floor { rows: vec![of(b, 2.0)], dwellings_known: 4 };
        let before = sum.clone();
        sum.add(&one);
        assert_eq!((sum.rows.len(), sum.dwellings_known), (2, 7));
        sum.take_out(&one);
        assert_eq!(sum, before);
    }

    #[test]
    fn a_kind_of_floor_knows_what_it_was_made_of() {
        for (state, level, counted) in [(State::Removed, Level::Below, true), (State::Existing, Level::Upper, false)] {
            let kind = FloorKind::new(UseKey(70_000), state, level, counted);
            assert_eq!((kind.key(), kind.state(), kind.level()), (UseKey(70_000), state, level));
            assert_eq!(kind.homes_counted(), counted);
        }
    }
}

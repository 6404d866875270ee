//! Floor of a scope by what a chart or a table puts in rows: use, state, building, level. Areas alone; what is divided or
//! multiplied is a figure and has a formula.

use std::collections::{BTreeMap, BTreeSet};

use smallvec::SmallVec;

use super::floor::{FloorKind, UseKey, UseKeys, for_each_piece};
use super::{LevelAreas, Scope, Sums};
use crate::library::{Family, UseId};
use crate::model::limits::MEETS_M;
use crate::model::{Id, Project, State, Variant, Volume};
use crate::num::Area;

/// Floor of one use.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorOfUse {
    /// The use; empty where the floor names none.
    pub id: UseId,
    /// Its family, where the library knows the use.
    pub family: Option<Family>,
    /// Gross floor area in m².
    pub area_m2: f64,
}

impl FloorOfUse {
    /// The floor of some uses together in m².
    #[must_use]
    pub fn sum_m2(uses: &[Self]) -> f64 {
        uses.iter().map(|of| of.area_m2).sum()
    }

    /// The name of its family in files; empty where none is known.
    #[must_use]
    pub fn family_key(&self) -> &'static str {
        self.family.map_or("", Family::key)
    }
}

/// Floor in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorOfState {
    /// What becomes of it.
    pub state: State,
    /// Above and below ground, by use in order of family.
    pub uses: Vec<FloorOfUse>,
}

/// Floor of one building, above ground.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorOfBuilding {
    /// The building.
    pub id: Id,
    /// Its name; may be empty.
    pub name: String,
    /// By use in order of family.
    pub uses: Vec<FloorOfUse>,
    /// The sum in m².
    pub area_m2: f64,
}

/// Floor of one level.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorOfLevel {
    /// 0 is the lowest storey above ground, −1 the first below it. What stands on another volume goes on counting from
    /// that.
    pub level: i64,
    /// By use in order of family.
    pub uses: Vec<FloorOfUse>,
}

/// A piece of floor: of one use, in one storey or on its mezzanine.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorPiece {
    /// The volume.
    pub volume: Id,
    /// The place of its storey in it.
    pub storey: usize,
    /// Its use; empty where the floor names none.
    pub use_id: UseId,
    /// What becomes of it.
    pub state: State,
    /// Whether it counts as floor above ground.
    pub is_above: bool,
    /// Whether it is floor of homes whose number is known.
    pub homes_counted: bool,
    /// Gross floor area in m².
    pub area_m2: f64,
}

impl Sums {
    /// Every piece of floor of a scope, volume by volume from the lowest storey up.
    #[must_use]
    pub fn floor_pieces(&self, project: &Project, scope: &Scope) -> Vec<FloorPiece> {
        let mut pieces = Vec::new();
        let keys = self.each_piece(project, scope, |volume, storey, kind, area| {
            pieces.push((volume.id, storey, kind, area));
        });
        let piece = |(volume, storey, kind, area): (Id, usize, FloorKind, Area)| FloorPiece {
            volume,
            storey,
            use_id: keys.id(kind.key()).clone(),
            state: kind.state(),
            is_above: kind.stands_above(),
            homes_counted: kind.homes_counted(),
            area_m2: area.m2(),
        };
        pieces.into_iter().map(piece).collect()
    }

    /// The floor of a scope by state, states without floor left out.
    #[must_use]
    pub fn floor_by_state(&self, project: &Project, scope: &Scope) -> Vec<FloorOfState> {
        let rows = self.with_scope(project, scope, |tally, keys| {
            let mut by_state: BTreeMap<State, BTreeMap<UseKey, Area>> = BTreeMap::new();
            for (kind, area) in tally.floors.iter().flat_map(|(.., floor)| &floor.rows) {
                *by_state.entry(kind.state()).or_default().entry(kind.key()).or_insert(Area::ZERO) += *area;
            }
            let states = by_state.into_iter();
            states.map(|(state, uses)| FloorOfState { state, uses: in_order(uses, keys) }).collect()
        });
        rows.unwrap_or_default()
    }

    /// The floor above ground of the buildings of a scope, the largest first.
    #[must_use]
    pub fn floor_by_building(&self, project: &Project, scope: &Scope) -> Vec<FloorOfBuilding> {
        let mut buildings: BTreeMap<Id, BTreeMap<UseKey, Area>> = BTreeMap::new();
        let keys = self.each_piece(project, scope, |volume, _, kind, area| {
            if kind.stands_above() {
                let uses = buildings.entry(volume.building).or_default();
                *uses.entry(kind.key()).or_insert(Area::ZERO) += area;
            }
        });
        let variant = project.variant(self.variant());
        let named = |id: Id| variant.and_then(|v| v.buildings.get(id)).map(|b| b.name.clone()).unwrap_or_default();
        let row = |(id, uses): (Id, BTreeMap<UseKey, Area>)| {
            let uses = in_order(uses, &keys);
            FloorOfBuilding { id, name: named(id), area_m2: FloorOfUse::sum_m2(&uses), uses }
        };
        let mut rows: Vec<FloorOfBuilding> = buildings.into_iter().map(row).collect();
        rows.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then(a.id.cmp(&b.id)));
        rows
    }

    /// The floor of a scope by level, the lowest first; what is removed is left out.
    #[must_use]
    pub fn floor_by_level(&self, project: &Project, scope: &Scope) -> Vec<FloorOfLevel> {
        let mut levels: BTreeMap<i64, BTreeMap<UseKey, Area>> = BTreeMap::new();
        let lifts = project.variant(self.variant()).map(lifts).unwrap_or_default();
        let keys = self.each_piece(project, scope, |volume, place, kind, area| {
            if kind.state() != State::Removed {
                let uses = levels.entry(volume.level(place) + lifts.get(&volume.id).unwrap_or(&0)).or_default();
                *uses.entry(kind.key()).or_insert(Area::ZERO) += area;
            }
        });
        levels.into_iter().map(|(level, uses)| FloorOfLevel { level, uses: in_order(uses, &keys) }).collect()
    }

    /// The storeys of a scope at a level, counted as in [`floor_by_level`](Self::floor_by_level): each volume and the place of
    /// the storey in it, the storeys of one volume together.
    #[must_use]
    pub fn storeys_at_level(&self, project: &Project, scope: &Scope, level: i64) -> Vec<(Id, usize)> {
        let lifts = project.variant(self.variant()).map(lifts).unwrap_or_default();
        self.storeys_where(project, scope, |volume, place, kind| {
            kind.state() != State::Removed && volume.level(place) + lifts.get(&volume.id).unwrap_or(&0) == level
        })
    }

    /// The storeys of a scope with floor of a use that is not removed.
    #[must_use]
    pub fn storeys_of_use(&self, project: &Project, scope: &Scope, id: &UseId) -> Vec<(Id, usize)> {
        let mut keys = self.keys.clone();
        let key = keys.key(id);
        self.storeys_where(project, scope, |_, _, kind| kind.state() != State::Removed && kind.key() == key)
    }

    /// The storeys of a scope in some states.
    #[must_use]
    pub fn storeys_in(&self, project: &Project, scope: &Scope, states: &[State]) -> Vec<(Id, usize)> {
        self.storeys_where(project, scope, |_, _, kind| states.contains(&kind.state()))
    }

    fn storeys_where(
        &self,
        project: &Project,
        scope: &Scope,
        wanted: impl Fn(&Volume, usize, FloorKind) -> bool,
    ) -> Vec<(Id, usize)> {
        let mut found = Vec::new();
        self.each_piece(project, scope, |volume, place, kind, _| {
            if found.last() != Some(&(volume.id, place)) && wanted(volume, place, kind) {
                found.push((volume.id, place));
            }
        });
        found
    }

    /// The floor of each level of the variant, whatever it is used for; what is removed is left out.
    pub(super) fn level_areas(&self, project: &Project) -> LevelAreas {
        /// The levels of most volumes.
        type Storeys = SmallVec<[(i64, Area); 6]>;
        let Some(variant) = project.variant(self.variant()) else { return LevelAreas::default() };
        let lifts = lifts(variant);
        let volumes: Vec<&Volume> = variant.volumes.iter().map(|volume| &**volume).collect();
        let storeys_of = |keys: &mut Option<UseKeys>, volume: &&Volume| -> Storeys {
            let mut storeys = Storeys::new();
            if volume.footprint.fault().is_some() {
                return storeys;
            }
            let keys = keys.get_or_insert_with(|| self.keys.clone());
            let footprint = Area::from_m2(volume.footprint.area_m2());
            let lowest = volume.level(0) + lifts.get(&volume.id).unwrap_or(&0);
            for_each_piece(volume, footprint, keys, |place, kind, area| {
                if kind.state() != State::Removed {
                    storeys.push((lowest + place as i64, area));
                }
            });
            storeys
        };
        let mut levels: BTreeMap<i64, Area> = BTreeMap::new();
        crate::cores::ahead(&volumes, storeys_of, |made| {
            for (level, area) in made.flatten() {
                *levels.entry(level).or_insert(Area::ZERO) += area;
            }
        });
        let levels = levels.into_iter().filter(|(_, area)| !area.is_zero());
        LevelAreas(levels.map(|(level, area)| (level, area.m2())).collect())
    }

    /// Calls `each` with every piece of floor in a scope: its volume, the place of its storey, its kind, and how much it is.
    /// The uses met come back.
    fn each_piece(
        &self,
        project: &Project,
        scope: &Scope,
        mut each: impl FnMut(&Volume, usize, FloorKind, Area),
    ) -> UseKeys {
        let mut keys = self.keys.clone();
        let Some(variant) = project.variant(self.variant()) else { return keys };
        for volume in scope.volumes(variant).filter(|volume| volume.footprint.fault().is_none()) {
            let footprint = Area::from_m2(volume.footprint.area_m2());
            for_each_piece(volume, footprint, &mut keys, |place, kind, area| each(volume, place, kind, area));
        }
        keys
    }
}

/// By how many levels the volumes that stand on others are lifted: by those of the volume of their building under them.
#[must_use]
pub fn lifts(variant: &Variant) -> BTreeMap<Id, i64> {
    let mut lifts = BTreeMap::new();
    let upper: BTreeSet<Id> = variant.volumes.iter().filter(|v| !v.begins_on_ground()).map(|v| v.building).collect();
    if upper.is_empty() {
        return lifts;
    }
    let mut stacks: BTreeMap<Id, Vec<&Volume>> = BTreeMap::new();
    for volume in variant.volumes.iter().filter(|volume| upper.contains(&volume.building)) {
        stacks.entry(volume.building).or_default().push(volume);
    }
    for mut stack in stacks.into_values() {
        stack.sort_by(|a, b| a.base_m.total_cmp(&b.base_m).then(a.id.cmp(&b.id)));
        for (at, volume) in stack.iter().enumerate().filter(|(_, volume)| !volume.begins_on_ground()) {
            let under = stack[..at].iter().filter(|under| under.top_m() <= volume.base_m + MEETS_M);
            let levels = under.map(|under| {
                let above = under.storeys.iter().filter(|storey| !storey.below_ground).count() as i64;
                lifts.get(&under.id).unwrap_or(&0) + above
            });
            lifts.insert(volume.id, levels.max().unwrap_or(0));
        }
    }
    lifts
}

/// Uses by family, then as the library has them; those that no family is known of last.
fn in_order(uses: BTreeMap<UseKey, Area>, keys: &UseKeys) -> Vec<FloorOfUse> {
    let with_family = |key: UseKey| keys.known(key).map(|known| known.family);
    let mut uses: Vec<_> = uses.into_iter().filter(|(_, area)| *area != Area::ZERO).collect();
    uses.sort_by_key(|(key, _)| (with_family(*key).is_none(), with_family(*key), *key));
    let floor = |(key, area): (UseKey, Area)| FloorOfUse {
        id: keys.id(key).clone(),
        family: with_family(key),
        area_m2: area.m2(),
    };
    uses.into_iter().map(floor).collect()
}

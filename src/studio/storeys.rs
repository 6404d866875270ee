//! Changes to storeys as edits: of volumes, of levels in many volumes, with what stands on their roofs.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::levels::Levels;
use super::session::Session;
use super::storey_change::{LevelChange, StoreyChange, change_storeys};
use super::tool::carry::standing_on;
use crate::edit::{Edit, EditBuilder, Label};
use crate::model::{Id, Variant, Volume};

/// The edit that makes the change to every one of the volumes that has such a storey. What stands on their roofs goes up and
/// down with them.
#[must_use]
pub fn edit(session: &Session, volumes: &[Id], change: &StoreyChange) -> Edit {
    edit_each(session, volumes, |_| vec![change.clone()])
}

/// The edit that makes the change to every storey of the volumes that is on one of the levels.
#[must_use]
pub fn edit_levels(session: &Session, volumes: &[Id], levels: &Levels, change: &LevelChange) -> Edit {
    edit_each(session, volumes, |volume| {
        let at = levels.storeys_of(volume).map(|at| change.at(at));
        // From the top down, so that the places below stay what they are; what goes down goes from the bottom up.
        if *change == LevelChange::Down { at.collect() } else { at.rev().collect() }
    })
}

/// The edit that makes changes to volumes, for each its own, in order. What stands on their roofs goes up and down with them.
#[must_use]
pub fn edit_each(session: &Session, volumes: &[Id], changes_of: impl Fn(&Volume) -> Vec<StoreyChange>) -> Edit {
    let v = session.variant();
    let names: Vec<&str> =
        volumes.iter().filter_map(|id| v.volumes.get(*id)).map(|volume| volume.name.as_str()).collect();
    let name = if let [one] = names.as_slice() { (*one).to_owned() } else { names.len().to_string() };
    let mut changed = BTreeMap::new();
    let mut first: Option<StoreyChange> = None;
    let mut is_of_height = false;
    for old in volumes.iter().filter_map(|id| v.volumes.get(*id)) {
        let mut new = Volume::clone(old);
        for change in changes_of(old) {
            change_storeys(&mut new, &change, session.library());
            is_of_height |= change.is_of_height();
            first.get_or_insert(change);
        }
        changed.insert(old.id, new);
    }
    let label = first.as_ref().map_or("edit-storey-use", StoreyChange::label);
    let mut edit = EditBuilder::new(session.project(), v.id, Label::about(label, name));
    if is_of_height {
        lift(v, session.index(), &mut changed);
    }
    for (id, new) in changed {
        if v.volumes.get(id).is_some_and(|old| **old != new) {
            edit.volume(new);
        }
    }
    edit.finish()
}

/// Where a volume begins, in metres, as something that can be put in order.
#[derive(Clone, Copy, Debug)]
struct Base(f64);

impl Ord for Base {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Base {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Base {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Base {}

/// Brings what stands on volumes whose roof has come to lie elsewhere up or down to it, and what stands on that.
fn lift(v: &Variant, index: &Index, changed: &mut BTreeMap<Id, Volume>) {
    // The lowest first: when it is a volume's turn, all that lifts it has had its own.
    let base = |id: Id| v.volumes.get(id).map_or(0.0, |volume| volume.base_m);
    let mut waiting: BTreeSet<(Base, Id)> = changed.keys().map(|id| (Base(base(*id)), *id)).collect();
    let mut done = BTreeSet::new();
    while let Some((_, id)) = waiting.pop_first() {
        done.insert(id);
        let (Some(old), Some(new)) = (v.volumes.get(id), changed.get(&id)) else { continue };
        let (Some((_, was_m)), Some((_, is_m))) = (old.standing_levels_m(), new.standing_levels_m()) else { continue };
        if was_m == is_m {
            continue;
        }
        for upper in standing_on(v, index, old).filter(|upper| !done.contains(upper)).collect::<Vec<_>>() {
            let Some(volume) = v.volumes.get(upper) else { continue };
            changed.entry(upper).or_insert_with(|| Volume::clone(volume)).base_m = volume.base_m + (is_m - was_m);
            waiting.insert((Base(volume.base_m), upper));
        }
    }
}

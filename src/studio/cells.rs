//! Changes to cells of a table as edits.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Session;
use super::storey_change::StoreyChange;
use super::storeys;
use crate::edit::{Edit, EditBuilder, Label};
use crate::model::{Entity, Id};
use crate::schedule::{CellChange, NewCell, RowOf};

/// The edit of all that is no storey: names, regions, and on which plot a building stands.
pub(super) fn things_edit(session: &Session, changes: &[CellChange]) -> Edit {
    let (project, variant) = (session.project(), session.variant());
    let mut edit = EditBuilder::new(project, variant.id, Label::new("edit-table-cells"));
    // Two cells of one row are one change of it.
    let (mut plots, mut buildings, mut volumes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for CellChange { of, to } in changes {
        match (*of, to) {
            (RowOf::Plot(id), NewCell::Name(name)) => {
                change(&mut plots, variant.plots.get(id), |p| p.name.clone_from(name));
            }
            (RowOf::Plot(id), NewCell::Region(region)) => {
                change(&mut plots, variant.plots.get(id), |plot| plot.region = *region);
            }
            (RowOf::Building(id), NewCell::Name(name)) => {
                change(&mut buildings, variant.buildings.get(id), |building| building.name.clone_from(name));
            }
            (RowOf::Building(id), NewCell::Plot(plot)) => {
                change(&mut buildings, variant.buildings.get(id), |building| building.plot = *plot);
            }
            (RowOf::Storey(id, _), NewCell::Name(name)) => {
                change(&mut volumes, variant.volumes.get(id), |volume| volume.name.clone_from(name));
            }
            _ => {}
        }
    }
    for plot in plots.into_values() {
        edit.plot(plot);
    }
    for building in buildings.into_values() {
        edit.building(building);
    }
    for volume in volumes.into_values() {
        edit.volume(volume);
    }
    edit.finish()
}

/// Changes the copy of a thing that is to be, begun from the thing that is.
fn change<T: Entity>(changed: &mut BTreeMap<Id, T>, thing: Option<&Arc<T>>, change: impl FnOnce(&mut T)) {
    if let Some(thing) = thing {
        change(changed.entry(thing.id()).or_insert_with(|| T::clone(thing)));
    }
}

/// The edit of all that is about storeys.
pub(super) fn storeys_edit(session: &Session, changes: &[CellChange]) -> Edit {
    let mut of_volumes: BTreeMap<Id, Vec<StoreyChange>> = BTreeMap::new();
    for CellChange { of, to } in changes {
        let RowOf::Storey(id, at) = *of else { continue };
        let change = match to {
            NewCell::Uses(uses, keeps_height) => StoreyChange::Uses(at, uses.clone(), *keeps_height),
            NewCell::State(state) => StoreyChange::State(at, *state),
            NewCell::Height(height_m) => StoreyChange::Height(at, *height_m),
            NewCell::Name(_) | NewCell::Region(_) | NewCell::Plot(_) => continue,
        };
        of_volumes.entry(id).or_default().push(change);
    }
    let volumes: Vec<Id> = of_volumes.keys().copied().collect();
    let mut edit =
        storeys::edit_each(session, &volumes, |volume| of_volumes.get(&volume.id).cloned().unwrap_or_default());
    edit.label = Label::new("edit-table-cells");
    edit
}

//! What can be done to the storeys of a volume, each as one edit.

use crate::edit::{Edit, EditBuilder, Label};
use crate::library::{Library, UseId};
use crate::model::limits::{MOST_STOREYS, STOREY_HEIGHT_M};
use crate::model::{Id, Project, State, Storey, UseShare, Uses, Volume};

/// A change to the storeys of a volume.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreyChange {
    /// A storey on top, like the topmost one.
    Add,
    /// A storey below ground, under all others.
    AddBasement,
    /// The storey again, right above it.
    Duplicate(usize),
    /// The topmost storey again, above it.
    DuplicateTop,
    /// The storey goes.
    Remove(usize),
    /// The topmost storey goes.
    RemoveTop,
    /// The storey changes places with the one above.
    Up(usize),
    /// The storey changes places with the one below.
    Down(usize),
    /// The whole storey for one use, with the height that use asks for when the storey had its old use's height.
    Use(usize, UseId),
    /// One of several uses becomes another.
    ReplaceShare(usize, usize, UseId),
    /// A further use with half of the largest share.
    AddShare(usize, UseId),
    /// One of several uses goes.
    RemoveShare(usize, usize),
    /// The share of one of several uses, 0 to 1.
    Share(usize, usize, f64),
    /// Its height in metres.
    Height(usize, f64),
    /// What becomes of it.
    State(usize, State),
    /// What becomes of all storeys.
    StateOfAll(State),
}

impl StoreyChange {
    fn label(&self) -> &'static str {
        match self {
            Self::Add => "edit-add-storey",
            Self::AddBasement => "edit-add-basement",
            Self::Duplicate(_) | Self::DuplicateTop => "edit-duplicate-storey",
            Self::Remove(_) | Self::RemoveTop => "edit-remove-storey",
            Self::Up(_) | Self::Down(_) => "edit-reorder-storeys",
            Self::Use(..) | Self::ReplaceShare(..) | Self::AddShare(..) | Self::RemoveShare(..) => "edit-storey-use",
            Self::Share(..) => "edit-storey-share",
            Self::Height(..) => "edit-storey-height",
            Self::State(..) => "edit-storey-state",
            Self::StateOfAll(_) => "edit-state",
        }
    }
}

/// The edit that makes the change to every one of the volumes that has such a storey.
#[must_use]
pub fn edit(project: &Project, variant: Id, volumes: &[Id], change: &StoreyChange, library: &Library) -> Edit {
    let names: Vec<&str> = volumes
        .iter()
        .filter_map(|id| project.variant(variant)?.volumes.get(*id))
        .map(|volume| volume.name.as_str())
        .collect();
    let name = if let [one] = names.as_slice() { (*one).to_owned() } else { names.len().to_string() };
    let mut edit = EditBuilder::new(project, variant, Label::about(change.label(), name));
    for &id in volumes {
        edit.change_volume(project, id, |volume| change_storeys(volume, change, library));
    }
    edit.finish()
}

fn change_storeys(volume: &mut Volume, change: &StoreyChange, library: &Library) {
    let storeys = &mut volume.storeys;
    let room = storeys.len() < MOST_STOREYS;
    match change {
        StoreyChange::Add if room => {
            let like_top = storeys.iter().rev().find(|storey| !storey.below_ground).cloned();
            let mut storey = like_top.unwrap_or_else(|| default_storey(library));
            storey.state = State::New;
            storeys.push(storey);
        }
        StoreyChange::AddBasement if room => {
            let mut storey = storeys.first().filter(|s| s.below_ground).cloned().unwrap_or_else(|| basement(library));
            storey.state = State::New;
            storeys.insert(0, storey);
        }
        StoreyChange::Add | StoreyChange::AddBasement => {}
        StoreyChange::Duplicate(at) => {
            if let Some(storey) = storeys.get(*at).filter(|_| room).cloned() {
                storeys.insert(at + 1, storey);
            }
        }
        StoreyChange::DuplicateTop => {
            storeys.extend(storeys.last().filter(|_| room).cloned());
        }
        StoreyChange::RemoveTop => {
            storeys.pop();
        }
        StoreyChange::Remove(at) => {
            if *at < storeys.len() {
                storeys.remove(*at);
            }
        }
        StoreyChange::Up(at) => {
            // Below ground stays below ground: storeys trade places only with their like.
            if at + 1 < storeys.len() && storeys[*at].below_ground == storeys[at + 1].below_ground {
                storeys.swap(*at, at + 1);
            }
        }
        StoreyChange::Down(at) => {
            if *at > 0 && *at < storeys.len() && storeys[*at].below_ground == storeys[at - 1].below_ground {
                storeys.swap(*at, at - 1);
            }
        }
        StoreyChange::Use(at, id) => {
            if let Some(storey) = storeys.get_mut(*at) {
                let had_default = storey
                    .uses
                    .main()
                    .and_then(|old| library.get(old))
                    .is_none_or(|old| (old.floor_to_floor_m - storey.height_m).abs() < 1e-9);
                if let Some(new) = library.get(id).filter(|_| had_default) {
                    storey.height_m = new.floor_to_floor_m;
                }
                storey.uses = Uses::single(id.clone());
            }
        }
        StoreyChange::ReplaceShare(at, index, id) => change_uses(storeys.get_mut(*at), |shares| {
            if shares.iter().all(|share| share.id != *id)
                && let Some(share) = shares.get_mut(*index)
            {
                share.id = id.clone();
            }
        }),
        StoreyChange::AddShare(at, id) => change_uses(storeys.get_mut(*at), |shares| {
            if shares.iter().any(|share| share.id == *id) {
                return;
            }
            let largest = shares.iter_mut().max_by(|a, b| a.share.total_cmp(&b.share));
            let half = largest.map_or(1.0, |largest| {
                largest.share /= 2.0;
                largest.share
            });
            shares.push(UseShare { id: id.clone(), share: half });
        }),
        StoreyChange::RemoveShare(at, index) => {
            change_uses(storeys.get_mut(*at), |shares| {
                if shares.len() > 1 && *index < shares.len() {
                    shares.remove(*index);
                }
            });
            if let Some(storey) = storeys.get_mut(*at)
                && let Some(whole) = storey.uses.scaled_to_whole()
            {
                storey.uses = whole;
            }
        }
        StoreyChange::Share(at, index, share) => {
            if let Some(storey) = storeys.get_mut(*at) {
                storey.uses = storey.uses.with_share(*index, *share);
            }
        }
        StoreyChange::Height(at, height_m) => {
            if let Some(storey) = storeys.get_mut(*at) {
                storey.height_m = height_m.clamp(STOREY_HEIGHT_M.0, STOREY_HEIGHT_M.1);
            }
        }
        StoreyChange::State(at, state) => {
            if let Some(storey) = storeys.get_mut(*at) {
                storey.state = *state;
            }
        }
        StoreyChange::StateOfAll(state) => storeys.iter_mut().for_each(|storey| storey.state = *state),
    }
}

fn change_uses(storey: Option<&mut Storey>, change: impl FnOnce(&mut Vec<UseShare>)) {
    if let Some(storey) = storey {
        let mut shares = storey.uses.shares().to_vec();
        change(&mut shares);
        storey.uses = Uses::new(shares);
    }
}

fn default_storey(library: &Library) -> Storey {
    let id = UseId::from("craft_workshop");
    let height_m = library.storey_height_m(&id);
    Storey::new(id, height_m)
}

fn basement(library: &Library) -> Storey {
    let id = UseId::from("parking");
    let height_m = library.storey_height_m(&id);
    let mut storey = Storey::new(id, height_m);
    storey.below_ground = true;
    storey
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Outline, point};

    fn volume() -> Volume {
        let outline = Outline::rectangle(point(0.0, 0.0), point(60.0, 14.0));
        let mut volume = Volume::new(Id(3), Id(2), "Hall", outline);
        volume.storeys = vec![Storey::new("craft_workshop", 5.0), Storey::new("housing", 3.0)];
        volume
    }

    fn after(change: &StoreyChange) -> Volume {
        let mut volume = volume();
        change_storeys(&mut volume, change, &Library::built_in());
        volume
    }

    #[test]
    fn a_new_storey_is_like_the_top_one_and_a_basement_goes_under_all() {
        assert_eq!(after(&StoreyChange::Add).storeys[2], Storey::new("housing", 3.0));
        let cellar = &after(&StoreyChange::AddBasement).storeys[0];
        assert!(cellar.below_ground);
        assert_eq!(cellar.uses.main().map(UseId::as_str), Some("parking"));
    }

    #[test]
    fn a_new_use_brings_its_height_unless_the_height_was_set_by_hand() {
        assert_eq!(after(&StoreyChange::Use(1, "office".into())).storeys[1].height_m, 3.7);
        let mut volume = volume();
        volume.storeys[1].height_m = 4.2;
        change_storeys(&mut volume, &StoreyChange::Use(1, "office".into()), &Library::built_in());
        assert_eq!(volume.storeys[1].height_m, 4.2);
    }

    #[test]
    fn mixed_storeys_stay_whole() {
        let mut volume = after(&StoreyChange::AddShare(1, "office".into()));
        assert!(volume.storeys[1].uses.are_whole());
        change_storeys(&mut volume, &StoreyChange::Share(1, 0, 0.25), &Library::built_in());
        assert_eq!(volume.storeys[1].uses.shares()[1].share, 0.75);
        change_storeys(&mut volume, &StoreyChange::RemoveShare(1, 0), &Library::built_in());
        assert_eq!(volume.storeys[1].uses, Uses::single("office".into()));
    }

    #[test]
    fn out_of_range_changes_do_nothing() {
        assert_eq!(after(&StoreyChange::Remove(9)), volume());
        assert_eq!(after(&StoreyChange::Up(1)), volume());
        assert_eq!(after(&StoreyChange::Height(0, 1e9)).storeys[0].height_m, 100.0);
    }
}

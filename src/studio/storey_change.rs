//! What can be done to storeys, and what it makes of those of a volume.

use crate::library::{Library, UseId};
use crate::model::limits::{MOST_LOAD_KN_M2, MOST_STOREYS, STOREY_HEIGHT_M};
use crate::model::{Mezzanine, State, Storey, UseShare, Uses, Volume};

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
    /// So many storeys above ground: those that are missing like the topmost one.
    Above(usize),
    /// The storey changes places with the one above.
    Up(usize),
    /// The storey changes places with the one below.
    Down(usize),
    /// The whole storey for one use, with the height that use asks for when the storey had its old use's height.
    Use(usize, UseId),
    /// The whole storey for one use, as high as it is.
    UseAlone(usize, UseId),
    /// The whole storey for several uses by their shares; its height stays, or goes with the largest as it goes with one.
    Uses(usize, Uses, bool),
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
    /// The storey goes to another place among those of its side of the ground.
    MoveTo(usize, usize),
    /// Whether its height stays when its use changes; let go, it takes the height that its use asks for.
    Lock(usize, bool),
    /// A second floor within its height, on a part of it from 0 to 1, for a use; or none.
    Mezzanine(usize, Option<(f64, UseId)>),
    /// The live load that its floor is known to carry, in kN/m²; 0 when nobody knows.
    Load(usize, f64),
}

/// A change to every selected storey.
#[derive(Clone, Debug, PartialEq)]
pub enum LevelChange {
    /// For one use.
    Use(UseId),
    /// Their height in metres.
    Height(f64),
    /// What becomes of them.
    State(State),
    /// Again, each right above itself.
    Duplicate,
    /// They go.
    Remove,
    /// Each changes places with the one above.
    Up,
    /// Each changes places with the one below.
    Down,
    /// Whether their height stays.
    Lock(bool),
    /// A second floor within them, or none.
    Mezzanine(Option<(f64, UseId)>),
    /// The load that their floors carry.
    Load(f64),
}

impl LevelChange {
    /// What it is to the storey at a place.
    pub(super) fn at(&self, at: usize) -> StoreyChange {
        match self {
            Self::Use(id) => StoreyChange::Use(at, id.clone()),
            Self::Height(height_m) => StoreyChange::Height(at, *height_m),
            Self::State(state) => StoreyChange::State(at, *state),
            Self::Duplicate => StoreyChange::Duplicate(at),
            Self::Remove => StoreyChange::Remove(at),
            Self::Up => StoreyChange::Up(at),
            Self::Down => StoreyChange::Down(at),
            Self::Lock(locked) => StoreyChange::Lock(at, *locked),
            Self::Mezzanine(mezzanine) => StoreyChange::Mezzanine(at, mezzanine.clone()),
            Self::Load(load) => StoreyChange::Load(at, *load),
        }
    }
}

impl StoreyChange {
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::Add => "edit-add-storey",
            Self::AddBasement => "edit-add-basement",
            Self::Duplicate(_) | Self::DuplicateTop => "edit-duplicate-storey",
            Self::Remove(_) | Self::RemoveTop => "edit-remove-storey",
            Self::Above(_) => "edit-storey-count",
            Self::Up(_) | Self::Down(_) | Self::MoveTo(..) => "edit-reorder-storeys",
            Self::Lock(..) => "edit-storey-lock",
            Self::Mezzanine(..) => "edit-storey-mezzanine",
            Self::Load(..) => "edit-storey-load",
            Self::Use(..)
            | Self::Uses(..)
            | Self::UseAlone(..)
            | Self::ReplaceShare(..)
            | Self::AddShare(..)
            | Self::RemoveShare(..) => "edit-storey-use",
            Self::Share(..) => "edit-storey-share",
            Self::Height(..) => "edit-storey-height",
            Self::State(..) => "edit-storey-state",
            Self::StateOfAll(_) => "edit-state",
        }
    }

    /// Whether it is about how high a volume is. What is said to go leaves what stands on it where it is: there is
    /// something to be decided.
    pub(super) fn is_of_height(&self) -> bool {
        !matches!(self, Self::State(..) | Self::StateOfAll(_) | Self::Share(..) | Self::Mezzanine(..) | Self::Load(..))
    }
}

/// Makes a change to the storeys of a volume; one that does not fit changes nothing.
pub(super) fn change_storeys(volume: &mut Volume, change: &StoreyChange, library: &Library) {
    let storeys = &mut volume.storeys;
    let room = storeys.len() < MOST_STOREYS;
    match change {
        StoreyChange::Add if room => {
            storeys.push(like_top(storeys, library));
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
        StoreyChange::Above(count) => {
            let below = storeys.iter().filter(|storey| storey.below_ground).count();
            let wanted = below + (*count).clamp(1, MOST_STOREYS - below.min(MOST_STOREYS - 1));
            storeys.truncate(wanted);
            while storeys.len() < wanted {
                storeys.push(like_top(storeys, library));
            }
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
                if let Some(new) = library.get(id).filter(|_| has_default_height(storey, library)) {
                    storey.height_m = new.floor_to_floor_m;
                }
                storey.uses = Uses::single(id.clone());
            }
        }
        StoreyChange::Uses(at, uses, keeps_height) => {
            if let Some(storey) = storeys.get_mut(*at) {
                let follows = !keeps_height && has_default_height(storey, library);
                let asks = uses.main().and_then(|id| library.get(id)).filter(|_| follows);
                storey.height_m = asks.map_or(storey.height_m, |new| new.floor_to_floor_m);
                storey.uses = uses.clone();
            }
        }
        StoreyChange::UseAlone(at, id) => {
            if let Some(storey) = storeys.get_mut(*at) {
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
                // Whoever sets a height means it, also when it happens to be that of the use.
                storey.height_locked = true;
            }
        }
        StoreyChange::Lock(at, locked) => {
            if let Some(storey) = storeys.get_mut(*at) {
                storey.height_locked = *locked;
                let asked = storey.uses.main().and_then(|id| library.get(id)).filter(|_| !locked);
                storey.height_m = asked.map_or(storey.height_m, |known| known.floor_to_floor_m);
            }
        }
        StoreyChange::MoveTo(from, to) => {
            let is_like =
                |at: usize| storeys.get(at).zip(storeys.get(*from)).map(|(a, b)| a.below_ground == b.below_ground);
            if is_like(*to) == Some(true) {
                let storey = storeys.remove(*from);
                storeys.insert(*to, storey);
            }
        }
        StoreyChange::Mezzanine(at, mezzanine) => {
            if let Some(storey) = storeys.get_mut(*at) {
                let of = |(share, id): &(f64, UseId)| Box::new(Mezzanine::new(share.clamp(0.01, 1.0), id.clone()));
                storey.mezzanine = mezzanine.as_ref().map(of);
            }
        }
        StoreyChange::Load(at, load) => {
            if let Some(storey) = storeys.get_mut(*at) {
                storey.load_kn_m2 = load.clamp(0.0, MOST_LOAD_KN_M2);
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

/// Whether a storey is as high as its use asks for, and nobody locked it: then it follows when the use changes.
pub(super) fn has_default_height(storey: &Storey, library: &Library) -> bool {
    let old = storey.uses.main().and_then(|old| library.get(old));
    !storey.height_locked && old.is_none_or(|old| (old.floor_to_floor_m - storey.height_m).abs() < 1e-9)
}

fn change_uses(storey: Option<&mut Storey>, change: impl FnOnce(&mut Vec<UseShare>)) {
    if let Some(storey) = storey {
        let mut shares = storey.uses.shares().to_vec();
        change(&mut shares);
        storey.uses = Uses::new(shares);
    }
}

/// A new storey like the topmost one above ground.
fn like_top(storeys: &[Storey], library: &Library) -> Storey {
    let top = storeys.iter().rev().find(|storey| !storey.below_ground).cloned();
    Storey { state: State::New, ..top.unwrap_or_else(|| default_storey(library)) }
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
    use crate::model::Id;

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
    fn so_many_storeys_stand_above_ground() {
        assert_eq!(after(&StoreyChange::Above(4)).storeys[1..], [(); 3].map(|()| Storey::new("housing", 3.0)));
        assert_eq!(after(&StoreyChange::Above(1)).storeys, [Storey::new("craft_workshop", 5.0)]);
        assert_eq!(after(&StoreyChange::Above(0)).storeys.len(), 1, "none at all is no building");
        assert_eq!(after(&StoreyChange::Above(usize::MAX)).storeys.len(), MOST_STOREYS);
        let mut volume = after(&StoreyChange::AddBasement);
        change_storeys(&mut volume, &StoreyChange::Above(1), &Library::built_in());
        assert_eq!(volume.storeys.iter().map(|storey| storey.below_ground).collect::<Vec<_>>(), [true, false]);
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

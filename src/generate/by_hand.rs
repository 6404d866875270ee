//! What was done by hand to what a recipe made: found by comparing it with what was made, and put on again when that is made
//! anew. Nothing of it has to be remembered while its element exists.

use super::element_name;
use super::made::{MadeAccess, MadeSurface, MadeVolume};
use crate::geometry::{Outline, Point, Ring, TOLERANCE_M, distance_m};
use crate::i18n::Lang;
use crate::model::{ByHand, GoodsAccess, Storey, Surface, Volume};

/// Levels that differ by less are the same, in metres.
const SAME_LEVEL_M: f64 = 1e-3;

/// What is different of a volume. `below_m` is where the volume under it ends as it stands now, if it was made on one.
pub(super) fn of_volume(made: &MadeVolume, below_m: Option<f64>, now: &Volume) -> ByHand {
    let base_m = below_m.unwrap_or(made.base_m);
    let (count, made_count) = (now.storeys.len(), made.storeys.len());
    let is_other = |(at, storey): &(usize, &Storey)| made.storeys.get(*at) != Some(storey);
    let others = now.storeys.iter().enumerate().filter(is_other);
    ByHand {
        name: other_name(&made.element, &now.name),
        outline: other_outline(&made.footprint, &now.footprint),
        base_m: Some(now.base_m).filter(|now_m| (now_m - base_m).abs() > SAME_LEVEL_M),
        levels: (count != made_count).then_some(count as u32),
        storeys: others.map(|(at, storey)| (at as u32, storey.clone())).collect(),
        ..ByHand::default()
    }
}

/// What is different of a piece of ground.
pub(super) fn of_surface(made: &MadeSurface, now: &Surface) -> ByHand {
    ByHand {
        name: other_name(&made.element, &now.name),
        outline: other_outline(&made.outline, &now.outline),
        kind: Some(now.kind).filter(|kind| *kind != made.kind),
        ..ByHand::default()
    }
}

/// What is different of a goods access.
pub(super) fn of_access(made: &MadeAccess, now: &GoodsAccess) -> ByHand {
    let at = Some(now.at).filter(|at| distance_m(at.0, made.at) > 2.0 * TOLERANCE_M);
    ByHand { name: other_name(&made.element, &now.name), at, ..ByHand::default() }
}

/// A name that is in no language that of the element.
fn other_name(element: &str, name: &str) -> Option<String> {
    let is_made = Lang::ALL.iter().any(|lang| element_name(element, *lang) == name);
    (!is_made).then(|| name.to_owned())
}

/// An outline whose corners do not lie where they were made.
fn other_outline(made: &Outline, now: &Outline) -> Option<Outline> {
    let near = |(a, b): (&Point, &Point)| distance_m(*a, *b) <= 2.0 * TOLERANCE_M;
    let same_ring =
        |(a, b): (&Ring, &Ring)| a.points().len() == b.points().len() && a.points().iter().zip(b.points()).all(near);
    let (a, b) = (made.rings(), now.rings());
    let is_same = a.len() == b.len() && a.iter().zip(b).all(same_ring);
    (!is_same).then(|| now.clone())
}

impl ByHand {
    /// With what was set aside before, where nothing newer says otherwise.
    #[must_use]
    pub(super) fn over(mut self, aside: Self) -> Self {
        self.removed |= aside.removed;
        self.name = self.name.or(aside.name);
        self.outline = self.outline.or(aside.outline);
        self.base_m = self.base_m.or(aside.base_m);
        self.levels = self.levels.or(aside.levels);
        self.kind = self.kind.or(aside.kind);
        self.at = self.at.or(aside.at);
        for (at, storey) in aside.storeys {
            self.storeys.entry(at).or_insert(storey);
        }
        self
    }

    /// The storeys of a volume that was made, with what was done by hand; what there is no storey for any more stays here.
    pub(super) fn take_storeys(&mut self, made: &[Storey]) -> Vec<Storey> {
        let count = self.levels.take().map_or(made.len(), |levels| levels as usize);
        let mut storeys: Vec<Storey> = Vec::with_capacity(count);
        for at in 0..count {
            let by_hand = self.storeys.remove(&(at as u32));
            let last = || storeys.last().cloned();
            storeys.extend(by_hand.or_else(|| made.get(at).cloned()).or_else(last));
        }
        storeys
    }
}

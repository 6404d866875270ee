//! The footprint of a plot: what its ground volumes cover together, remembered group by group.
//!
//! Volumes whose bounds meet form a group, and a group is measured by a boolean union; all others are simply summed.
//! After a change only the groups that gained, lost or changed a volume are measured again. A group's area is a pure
//! function of its volumes, rounded on its own, so the sum is the same however it came about.

use crate::geometry::{Bounds, Outline, groups_that_meet, union_area_m2};
use crate::model::Id;
use crate::num::Area;

/// The ground volumes of one plot, in order of id.
#[derive(Clone, Debug, Default)]
pub(super) struct Ground {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    volume: Id,
    bounds: Bounds,
    /// The area of its own outline.
    own: Area,
    /// The first volume of its group; `None` when the group has yet to be measured.
    group: Option<Id>,
    /// What its group covers, kept with the first of it.
    covered: Area,
}

impl Ground {
    /// Puts in a volume; its outline must be sound.
    pub(super) fn insert(&mut self, volume: Id, outline: &Outline, own: Area) {
        let Some(bounds) = outline.bounds() else { return };
        let part = Part { volume, bounds, own, group: None, covered: Area::ZERO };
        if self.parts.is_empty() {
            // Most plots hold one ground volume; a vector would start with room for four.
            self.parts.reserve_exact(1);
        }
        match self.parts.binary_search_by_key(&volume, |part| part.volume) {
            Ok(at) => self.parts[at] = part,
            Err(at) => self.parts.insert(at, part),
        }
    }

    /// Takes out a volume, if it is there; what was grouped with it has to be measured again.
    pub(super) fn remove(&mut self, volume: Id) {
        if let Ok(at) = self.parts.binary_search_by_key(&volume, |part| part.volume) {
            let group = self.parts.remove(at).group;
            for part in self.parts.iter_mut().filter(|part| part.group == group) {
                part.group = None;
            }
        }
    }

    /// The volumes in it.
    pub(super) fn volumes(&self) -> impl Iterator<Item = Id> + '_ {
        self.parts.iter().map(|part| part.volume)
    }

    /// Whether no volume is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Measures what has to be measured and answers what all cover together. `outline` finds a volume's outline.
    pub(super) fn settle<'a>(&mut self, outline: impl Fn(Id) -> Option<&'a Outline>) -> Area {
        if let [only] = self.parts.as_mut_slice() {
            only.group = Some(only.volume);
            only.covered = only.own;
            return only.own;
        }
        let bounds: Vec<Bounds> = self.parts.iter().map(|part| part.bounds).collect();
        for members in groups_that_meet(&bounds) {
            let first = self.parts[members[0]].volume;
            // A group that lost a volume was marked, one that gained holds a new mark: the same mark all over is the
            // same group.
            if members.iter().all(|&member| self.parts[member].group == Some(first)) {
                continue;
            }
            let covered = if let [only] = members[..] {
                self.parts[only].own
            } else {
                let outlines: Vec<&Outline> =
                    members.iter().filter_map(|&member| outline(self.parts[member].volume)).collect();
                Area::from_m2(union_area_m2(&outlines))
            };
            for &member in &members {
                self.parts[member].group = Some(first);
                self.parts[member].covered = Area::ZERO;
            }
            self.parts[members[0]].covered = covered;
        }
        self.parts.iter().map(|part| part.covered).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn square(x: f64, y: f64) -> Outline {
        Outline::rectangle(point(x, y), point(x + 10.0, y + 10.0))
    }

    #[test]
    fn groups_part_and_join_as_volumes_come_and_go() {
        // Three squares in a row over 22 m, the middle one over both others, and one apart: 220 and 100.
        let outlines = [square(0.0, 0.0), square(5.0, 0.0), square(12.0, 0.0), square(50.0, 0.0)];
        let find = |id: Id| outlines.get(id.0 as usize);
        let mut ground = Ground::default();
        for (id, outline) in outlines.iter().enumerate() {
            ground.insert(Id(id as u64), outline, Area::from_m2(100.0));
        }
        assert_eq!(ground.settle(find), Area::from_m2(320.0));
        // Without the middle one each stands alone.
        ground.remove(Id(1));
        assert_eq!(ground.settle(find), Area::from_m2(300.0));
        ground.remove(Id(0));
        assert_eq!(ground.settle(find), Area::from_m2(200.0));
        // The middle and the east one share 3 m: 170 and 100.
        ground.insert(Id(1), &outlines[1], Area::from_m2(100.0));
        assert_eq!(ground.settle(find), Area::from_m2(270.0));
    }
}

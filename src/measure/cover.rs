//! What a plot's volumes cover: on the ground, and seen from above.
//!
//! Both are unions ([`Ground`]). Where nothing stands on a roof or in the air they are the same, and only one is kept.

use super::ground::Ground;
use crate::geometry::Outline;
use crate::model::{Id, Volume};
use crate::num::Area;

/// The volumes of one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Cover {
    ground: Ground,
    /// All that rise above ground, while there is one that does not stand on it.
    roof: Option<Box<Ground>>,
    uppers: usize,
}

/// What they cover together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Covered {
    /// On the ground.
    pub(super) footprint: Area,
    /// Seen from above.
    pub(super) roof: Area,
}

impl std::ops::AddAssign for Covered {
    fn add_assign(&mut self, other: Self) {
        self.footprint += other.footprint;
        self.roof += other.roof;
    }
}

impl std::ops::SubAssign for Covered {
    fn sub_assign(&mut self, other: Self) {
        self.footprint -= other.footprint;
        self.roof -= other.roof;
    }
}

impl Cover {
    /// Puts in a volume whose outline is sound and has that area.
    pub(super) fn insert(&mut self, volume: &Volume, own: Area) {
        if volume.is_on_ground() {
            self.ground.insert(volume.id, &volume.footprint, own);
        } else if rises(volume) {
            self.uppers += 1;
            self.roof.get_or_insert_with(|| Box::new(self.ground.clone()));
        } else {
            return;
        }
        if let Some(roof) = &mut self.roof {
            roof.insert(volume.id, &volume.footprint, own);
        }
    }

    /// Takes out a volume that was put in as it is.
    pub(super) fn remove(&mut self, volume: &Volume) {
        if volume.is_on_ground() {
            self.ground.remove(volume.id);
        } else if rises(volume) {
            self.uppers = self.uppers.saturating_sub(1);
            if self.uppers == 0 {
                self.roof = None;
            }
        }
        if let Some(roof) = &mut self.roof {
            roof.remove(volume.id);
        }
    }

    /// Whether no volume is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.ground.is_empty() && self.roof.is_none()
    }

    /// The volumes on the ground.
    pub(super) fn on_ground(&self) -> impl Iterator<Item = Id> + '_ {
        self.ground.volumes()
    }

    /// Measures what has to be measured and answers what all cover together. `outline` finds a volume's outline.
    pub(super) fn settle<'a>(&mut self, outline: impl Fn(Id) -> Option<&'a Outline>) -> Covered {
        let footprint = self.ground.settle(&outline);
        let roof = self.roof.as_mut().map_or(footprint, |roof| roof.settle(&outline));
        Covered { footprint, roof }
    }
}

/// Whether it has storeys above ground that are not removed.
fn rises(volume: &Volume) -> bool {
    volume.storeys.iter().any(crate::model::Storey::stands_above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;
    use crate::model::Storey;

    fn volume(id: u64, x: f64, base_m: f64) -> Volume {
        let outline = Outline::rectangle(point(x, 0.0), point(x + 10.0, 10.0));
        let mut volume = Volume::new(Id(id), Id(1), "", outline);
        volume.base_m = base_m;
        volume.storeys = vec![Storey::new("office", 4.0)];
        volume
    }

    #[test]
    fn what_stands_on_a_roof_covers_nothing_more_unless_it_leans_over() {
        let volumes = [volume(2, 0.0, 0.0), volume(3, 0.0, 4.0), volume(4, 6.0, 4.0)];
        let find = |id: Id| volumes.iter().find(|volume| volume.id == id).map(|volume| &volume.footprint);
        let area = Area::from_m2(100.0);
        let mut cover = Cover::default();
        cover.insert(&volumes[0], area);
        assert_eq!(cover.settle(find), Covered { footprint: area, roof: area });
        cover.insert(&volumes[1], area);
        assert_eq!(cover.settle(find), Covered { footprint: area, roof: area });
        cover.insert(&volumes[2], area);
        assert_eq!(cover.settle(find), Covered { footprint: area, roof: Area::from_m2(160.0) });
        cover.remove(&volumes[1]);
        cover.remove(&volumes[2]);
        assert_eq!(cover.settle(find), Covered { footprint: area, roof: area });
        assert!(cover.roof.is_none());
    }
}

//! Relations between volumes, after *AND / OR / EITHER / NOR – working models for the productive metropolis*
//! (plusofficearchitects and WRKSHP collectif, 30 September 2016). What each word means here is this program's own reading,
//! and is marked so wherever it is shown.

use serde::{Deserialize, Serialize};

use super::limits::MEETS_M;
use super::{Id, Variant, Volume};
use crate::geometry::overlap_area_m2;
use crate::library::Library;
use crate::record::record;

record! {
    /// A relation between volumes.
    pub struct Relation {
        /// Its number.
        pub id: Id,
        /// Which.
        pub kind: RelationKind,
        /// The volumes, in the order in which they were named.
        pub of: Vec<Id>,
        /// What is worth knowing of it.
        pub note: String = default,
    }
}

/// How volumes stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// AND: stacked in one section.
    And,
    /// OR: one or the other over time, on floors that can be both.
    Or,
    /// EITHER: side by side on one plot.
    Either,
    /// NOR: kept free of homes.
    Nor,
}

impl RelationKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::And, Self::Or, Self::Either, Self::Nor];

    /// Its name in files and messages.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Either => "either",
            Self::Nor => "nor",
        }
    }

    /// The least number of volumes that it is between.
    #[must_use]
    pub fn least(self) -> usize {
        if self == Self::Nor { 1 } else { 2 }
    }
}

impl Relation {
    /// Whether the volumes are drawn so. Stacked: each begins where another ends, over some of it. Convertible: their storeys
    /// above ground are of one height for each level that both have. Side by side: on one plot, both on the ground, over
    /// nothing of each other. Kept free: no storey of them has homes. `None` where that cannot be told, as some are gone.
    #[must_use]
    pub fn is_drawn(&self, v: &Variant, library: &Library) -> Option<bool> {
        let all: Vec<&Volume> =
            self.of.iter().map(|id| v.volumes.get(*id).map(|volume| &**volume)).collect::<Option<_>>()?;
        if all.len() < self.kind.least() {
            return None;
        }
        let shares_ground = |a: &Volume, b: &Volume| overlap_area_m2(&a.footprint, &b.footprint) > SHARED_M2;
        let pairs = || all.iter().enumerate().flat_map(|(at, a)| all[at + 1..].iter().map(move |b| (*a, *b)));
        Some(match self.kind {
            RelationKind::And => all.iter().all(|a| {
                let meets =
                    |b: &Volume| (a.base_m - b.top_m()).abs() < MEETS_M || (b.base_m - a.top_m()).abs() < MEETS_M;
                all.iter().any(|b| b.id != a.id && meets(b) && shares_ground(a, b))
            }),
            RelationKind::Or => pairs().all(|(a, b)| {
                let heights = |volume: &Volume| -> Vec<f64> {
                    volume.storeys.iter().filter(|s| !s.below_ground).map(|s| s.height_m).collect()
                };
                heights(a).iter().zip(heights(b)).all(|(a, b)| (a - b).abs() < MEETS_M)
            }),
            RelationKind::Either => pairs().all(|(a, b)| {
                let plots = (v.plot_of(a), v.plot_of(b));
                let on_ground = a.begins_on_ground() && b.begins_on_ground();
                plots.0.is_some() && plots.0 == plots.1 && on_ground && !shares_ground(a, b)
            }),
            RelationKind::Nor => all.iter().all(|volume| volume.floors_of(|id| library.is_home(id)) == 0.0),
        })
    }
}

/// Ground of less than this is not shared, in m².
const SHARED_M2: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Outline, point};
    use crate::model::{Building, Plot, Storey};
    use crate::record::Extra;

    fn variant() -> Variant {
        let mut v = Variant::new(Id(1), "A");
        v.plots.insert(Plot::new(Id(2), "Werf", Outline::rectangle(point(0.0, 0.0), point(90.0, 60.0))));
        v.buildings.insert(Building::new(Id(3), "Hall", Some(Id(2))));
        // A hall with homes on it, and another hall beside them.
        for (id, from, to, base_m, uses) in [
            (10, 0.0, 40.0, 0.0, vec!["craft_workshop"]),
            (11, 0.0, 20.0, 5.0, vec!["housing", "housing"]),
            (12, 50.0, 80.0, 0.0, vec!["office"]),
        ] {
            let outline = Outline::rectangle(point(from, 0.0), point(to, 20.0));
            let mut volume = Volume::new(Id(id), Id(3), "V", outline);
            volume.base_m = base_m;
            volume.storeys = uses.into_iter().map(|id| Storey::new(id, 5.0)).collect();
            v.volumes.insert(volume);
        }
        v
    }

    #[test]
    fn a_relation_knows_whether_it_is_drawn() {
        let (v, library) = (variant(), Library::built_in());
        let is = |kind, of: &[u64]| {
            let of = of.iter().map(|id| Id(*id)).collect();
            Relation { id: Id(20), kind, of, note: String::new(), extra: Extra::default() }.is_drawn(&v, &library)
        };
        assert_eq!(is(RelationKind::And, &[10, 11]), Some(true));
        assert_eq!(is(RelationKind::And, &[10, 12]), Some(false));
        assert_eq!(is(RelationKind::Or, &[10, 12]), Some(true), "storeys of one height");
        assert_eq!(is(RelationKind::Either, &[10, 12]), Some(true));
        assert_eq!(is(RelationKind::Either, &[10, 11]), Some(false));
        assert_eq!(is(RelationKind::Nor, &[12]), Some(true));
        assert_eq!(is(RelationKind::Nor, &[11]), Some(false));
        assert_eq!(is(RelationKind::And, &[10, 99]), None, "one is gone");
        assert_eq!(is(RelationKind::And, &[10]), None, "one alone is no pair");
    }
}

//! Storeys and the uses in them: the thing that is really drawn.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::library::UseId;
use crate::record::record;

record! {
    /// One floor of a volume.
    pub struct Storey {
        /// What happens there, with shares that sum to 1.
        pub uses: Uses,
        /// Floor to floor, in metres.
        pub height_m: f64,
        /// Whether it is there already and stays.
        pub state: State = default,
        /// Whether it lies below ground.
        pub below_ground: bool = default,
        /// Whether its height stays when its use changes.
        pub height_locked: bool = default,
        /// A second floor within its height, on a part of it.
        pub mezzanine: Option<Box<Mezzanine>> = default,
        /// The live load its floor is known to carry, in kN/m²; 0 where nobody knows.
        pub load_kn_m2: f64 = default,
    }
}

record! {
    /// A second floor within the height of a storey, on a part of it.
    pub struct Mezzanine {
        /// Its part of the storey's floor, 0 to 1.
        pub share: f64,
        /// What happens there, with shares that sum to 1.
        pub uses: Uses,
    }
}

impl Mezzanine {
    /// On a part of the storey, for one use.
    #[must_use]
    pub fn new(share: f64, use_id: UseId) -> Self {
        Self { share, uses: Uses::single(use_id), extra: crate::record::Extra::default() }
    }

    /// Whether its share is a part of a storey.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.share > 0.0 && self.share <= 1.0
    }
}

/// How high storeys reach above ground together, in metres.
#[must_use]
pub fn height_above_m(storeys: &[Storey]) -> f64 {
    storeys.iter().filter(|storey| !storey.below_ground).map(|storey| storey.height_m).sum()
}

impl Storey {
    /// A new storey above ground with one use.
    #[must_use]
    pub fn new(use_id: impl Into<UseId>, height_m: f64) -> Self {
        Self {
            uses: Uses::single(use_id.into()),
            height_m,
            state: State::New,
            below_ground: false,
            height_locked: false,
            mezzanine: None,
            load_kn_m2: 0.0,
            extra: crate::record::Extra::default(),
        }
    }

    /// Whether it is floor above ground: it lies there and does not go.
    #[must_use]
    pub fn stands_above(&self) -> bool {
        !self.below_ground && self.state != State::Removed
    }

    /// Whether a use stands in it or on its mezzanine.
    #[must_use]
    pub fn has_use(&self, id: &UseId) -> bool {
        let mezzanine = self.mezzanine.iter().flat_map(|mezzanine| mezzanine.uses.shares());
        self.uses.shares().iter().chain(mezzanine).any(|share| share.id == *id)
    }

    /// The part of its floor that is there, 0 to 1: all but the void.
    #[must_use]
    pub fn floor_part(&self) -> f64 {
        let void = self.uses.shares().iter().filter(|share| share.id.is_void()).map(|share| share.share);
        (1.0 - void.filter(|share| share.is_finite()).sum::<f64>()).clamp(0.0, 1.0)
    }
}

/// What becomes of a storey.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It will be built.
    #[default]
    New,
    /// It is there; nothing is decided.
    Existing,
    /// It is there and stays.
    Kept,
    /// It is there and goes; its floor no longer counts.
    Removed,
}

impl State {
    /// All states in the order of reports.
    pub const ALL: [Self; 4] = [Self::Existing, Self::Kept, Self::New, Self::Removed];

    /// Its name in files and messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Existing => "existing",
            Self::Kept => "kept",
            Self::Removed => "removed",
        }
    }
}

/// A use and its share of a storey's floor.
#[derive(Clone, Debug, PartialEq)]
pub struct UseShare {
    /// The use.
    pub id: UseId,
    /// Its share, 0 to 1.
    pub share: f64,
}

/// The uses of a storey. In files an object `{"use_id": share, …}`, in the order in which the storey is painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uses(Shares);

/// Most storeys have one use, and a hundred thousand buildings have half a million storeys: one share needs no memory of its
/// own.
type Shares = SmallVec<[UseShare; 1]>;

/// Shares of a storey may miss 1 by this much.
pub const SHARE_TOLERANCE: f64 = 1e-3;

impl Uses {
    /// The whole floor for one use.
    #[must_use]
    pub fn single(id: UseId) -> Self {
        Self(SmallVec::from_buf([UseShare { id, share: 1.0 }]))
    }

    /// Several uses with their shares, as given.
    #[must_use]
    pub fn new(shares: impl IntoIterator<Item = UseShare>) -> Self {
        Self(shares.into_iter().collect())
    }

    /// The shares, in order.
    #[must_use]
    pub fn shares(&self) -> &[UseShare] {
        &self.0
    }

    /// The use with the largest share, the first of equals; a void is none.
    #[must_use]
    pub fn main(&self) -> Option<&UseId> {
        let mut best: Option<&UseShare> = None;
        for share in self.0.iter().filter(|share| !share.id.is_void()) {
            if best.is_none_or(|b| share.share > b.share) {
                best = Some(share);
            }
        }
        best.map(|share| &share.id)
    }

    /// The same uses with one of them given way to another; where both are there their shares are added.
    #[must_use]
    pub fn replaced(&self, from: &UseId, to: &UseId) -> Self {
        let mut shares = Shares::new();
        for share in &self.0 {
            let id = if share.id == *from { to } else { &share.id };
            match shares.iter_mut().find(|known| known.id == *id) {
                Some(known) => known.share += share.share,
                None => shares.push(UseShare { id: id.clone(), share: share.share }),
            }
        }
        Self(shares)
    }

    /// The sum of the shares.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.0.iter().map(|share| share.share).sum()
    }

    /// Whether every share is a number from 0 to 1 and they sum to 1 within [`SHARE_TOLERANCE`].
    #[must_use]
    pub fn are_whole(&self) -> bool {
        self.0.iter().all(|s| (0.0..=1.0 + SHARE_TOLERANCE).contains(&s.share))
            && (self.sum() - 1.0).abs() <= SHARE_TOLERANCE
    }

    /// The same uses with shares scaled to sum to 1; `None` when there is nothing to scale.
    #[must_use]
    pub fn scaled_to_whole(&self) -> Option<Self> {
        let sum = self.sum();
        let sound = self.0.iter().all(|s| s.share.is_finite() && s.share >= 0.0);
        (sound && sum.is_finite() && sum > 0.0)
            .then(|| Self(self.0.iter().map(|s| UseShare { id: s.id.clone(), share: s.share / sum }).collect()))
    }

    /// The same uses with one of them set to `share` (0 to 1) and the others scaled to fill the rest. The last use
    /// of a storey keeps the whole floor.
    #[must_use]
    pub fn with_share(&self, index: usize, share: f64) -> Self {
        if self.0.len() < 2 || index >= self.0.len() {
            return self.clone();
        }
        let share = share.clamp(0.0, 1.0);
        let others: f64 = self.0.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, s)| s.share).sum();
        let even = (1.0 - share) / (self.0.len() - 1) as f64;
        // To a billionth: 0.3 is written as 0.3 and not as what 1 − 0.7 leaves of it.
        let tidy = |share: f64| (share * 1e9).round() / 1e9;
        let value = |(i, s): (usize, &UseShare)| UseShare {
            id: s.id.clone(),
            share: tidy(match i == index {
                true => share,
                false if others > 0.0 => s.share / others * (1.0 - share),
                false => even,
            }),
        };
        // What has no part of the floor is no use of it.
        Self(self.0.iter().enumerate().map(value).filter(|of| of.share > 0.0).collect())
    }
}

impl Serialize for Uses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for share in &self.0 {
            map.serialize_entry(&share.id, &share.share)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Uses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct UsesVisitor;
        impl<'de> Visitor<'de> for UsesVisitor {
            type Value = Uses;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of uses and shares, such as {\"office\": 0.4, \"housing\": 0.6}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut shares = Shares::new();
                while let Some((id, share)) = map.next_entry()? {
                    shares.push(UseShare { id, share });
                }
                Ok(Uses(shares))
            }
        }
        deserializer.deserialize_map(UsesVisitor)
    }
}

impl schemars::JsonSchema for Uses {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Uses".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Uses and their shares of the floor, which sum to 1 within 0.001",
            "type": "object",
            "additionalProperties": { "type": "number", "minimum": 0, "maximum": 1 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_gives_way_to_another_with_all_its_share() {
        let uses = Uses::new(
            [("office", 0.5), ("housing", 0.3), ("retail", 0.2)].map(|(id, share)| UseShare { id: id.into(), share }),
        );
        let left = uses.replaced(&"office".into(), &"retail".into());
        assert_eq!(
            left.shares().iter().map(|s| (s.id.as_str(), s.share)).collect::<Vec<_>>(),
            [("retail", 0.7), ("housing", 0.3)]
        );
        assert_eq!(uses.replaced(&"school".into(), &"retail".into()), uses);
    }

    #[test]
    fn setting_one_share_leaves_the_whole_whole() {
        let uses = Uses::new(
            [("office", 0.5), ("housing", 0.3), ("retail", 0.2)].map(|(id, share)| UseShare { id: id.into(), share }),
        );
        let set = uses.with_share(0, 0.2);
        assert!((set.sum() - 1.0).abs() < 1e-12);
        assert!((set.shares()[1].share - 0.48).abs() < 1e-12, "the others keep their proportion");
        assert_eq!(Uses::single("office".into()).with_share(0, 0.5).sum(), 1.0);
    }
}

//! Arrays: things and the rule by which copies of them stand, which can be changed as long as the array is not detached.

use serde::{Deserialize, Serialize};

use super::{At, Id};
use crate::geometry::{Point, Transform};
use crate::record::record;

/// More copies than this are a slip of the finger.
pub const MOST_COPIES: u32 = 1_000;

record! {
    /// Things with copies that stand by a rule.
    pub struct Array {
        /// Its number.
        pub id: Id,
        /// What is copied.
        pub of: Vec<Id>,
        /// The copies: of each step along the rule a list, in the order of `of`.
        pub copies: Vec<Vec<Id>>,
        /// Where they stand.
        pub rule: ArrayRule,
    }
}

/// Where copies stand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ArrayRule {
    /// Each so far on from the one before.
    Linear {
        /// From one to the next, as `[x, y]` in local metres.
        #[schemars(with = "[f64; 2]")]
        by: At,
        /// How many.
        count: u32,
    },
    /// Each turned on from the one before.
    Polar {
        /// The point turned about, as `[x, y]` in local metres.
        #[schemars(with = "[f64; 2]")]
        about: At,
        /// From one to the next, in degrees clockwise.
        turn_deg: f64,
        /// How many.
        count: u32,
    },
}

impl ArrayRule {
    /// How many copies there are.
    #[must_use]
    pub fn count(self) -> u32 {
        let (Self::Linear { count, .. } | Self::Polar { count, .. }) = self;
        count.min(MOST_COPIES)
    }

    /// The same with another number of copies.
    #[must_use]
    pub fn with_count(mut self, to: u32) -> Self {
        let (Self::Linear { count, .. } | Self::Polar { count, .. }) = &mut self;
        *count = to.clamp(1, MOST_COPIES);
        self
    }

    /// The way to each copy.
    #[must_use]
    pub fn maps(self) -> Vec<Transform> {
        let step = |n: u32| match self {
            Self::Linear { by, .. } => Transform::translation(by.0 * f64::from(n)),
            Self::Polar { about, turn_deg, .. } => Transform::rotation(about.0, turn_deg * f64::from(n)),
        };
        (1..=self.count()).map(step).collect()
    }

    /// From one to the next: a length in metres, or a turn in degrees.
    #[must_use]
    pub fn spacing(self) -> f64 {
        match self {
            Self::Linear { by, .. } => by.0.x.hypot(by.0.y),
            Self::Polar { turn_deg, .. } => turn_deg,
        }
    }

    /// The same with another spacing in the same direction.
    #[must_use]
    pub fn with_spacing(self, to: f64) -> Self {
        match self {
            Self::Linear { by, count } => {
                let was = self.spacing();
                let by = if was > 0.0 { by.0 * (to / was) } else { Point { x: to, y: 0.0 } };
                Self::Linear { by: At(crate::geometry::point(by.x, by.y)), count }
            }
            Self::Polar { about, count, .. } => Self::Polar { about, turn_deg: to, count },
        }
    }
}

impl Array {
    /// Whether a thing is one of it.
    #[must_use]
    pub fn holds(&self, id: Id) -> bool {
        self.of.contains(&id) || self.copies.iter().any(|step| step.contains(&id))
    }
}

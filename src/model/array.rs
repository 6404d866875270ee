//! Arrays: things and the rule by which copies of them stand, which can be changed as long as the array is not detached.

use serde::{Deserialize, Serialize};

use super::{At, Id};
use crate::geometry::{Point, TOLERANCE_M, Transform, bearing_deg, distance_m, point};
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
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
    /// Spread evenly along a line, and turned as it turns; the things themselves stand at its beginning.
    Path {
        /// The line, as a list of `[x, y]` in local metres.
        #[schemars(with = "Vec<[f64; 2]>")]
        points: Vec<At>,
        /// How many.
        count: u32,
    },
}

impl ArrayRule {
    /// How many copies there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        let (Self::Linear { count, .. } | Self::Polar { count, .. } | Self::Path { count, .. }) = self;
        (*count).min(MOST_COPIES)
    }

    /// The same with another number of copies.
    #[must_use]
    pub fn with_count(mut self, to: u32) -> Self {
        let (Self::Linear { count, .. } | Self::Polar { count, .. } | Self::Path { count, .. }) = &mut self;
        *count = to.clamp(1, MOST_COPIES);
        self
    }

    /// The way to each copy.
    #[must_use]
    pub fn maps(&self) -> Vec<Transform> {
        let step = |n: u32| match self {
            Self::Linear { by, .. } => Some(Transform::translation(by.0 * f64::from(n))),
            Self::Polar { about, turn_deg, .. } => Some(Transform::rotation(about.0, turn_deg * f64::from(n))),
            Self::Path { points, count } => {
                let whole_m = path_length_m(points);
                let (from, first_deg) = on_path(points, 0.0)?;
                let (to, deg) = on_path(points, whole_m * f64::from(n) / f64::from((*count).clamp(1, MOST_COPIES)))?;
                Some(Transform::rotation(from, deg - first_deg).then(Transform::translation(to - from)))
            }
        };
        (1..=self.count()).filter_map(step).collect()
    }

    /// The same rule when all that stands by it has gone through a map.
    #[must_use]
    pub fn mapped(&self, map: &Transform) -> Self {
        let at = |p: At| {
            let p = map.apply(p.0);
            At(point(p.x, p.y))
        };
        match self {
            Self::Linear { by, count } => {
                let by = map.apply(by.0) - map.apply(Point::default());
                Self::Linear { by: At(point(by.x, by.y)), count: *count }
            }
            Self::Polar { about, turn_deg, count } => {
                let turn_deg = if map.is_mirroring() { -turn_deg } else { *turn_deg };
                Self::Polar { about: at(*about), turn_deg, count: *count }
            }
            Self::Path { points, count } => {
                Self::Path { points: points.iter().map(|p| at(*p)).collect(), count: *count }
            }
        }
    }

    /// From one to the next: a length in metres, or a turn in degrees.
    #[must_use]
    pub fn spacing(&self) -> f64 {
        match self {
            Self::Linear { by, .. } => by.0.x.hypot(by.0.y),
            Self::Polar { turn_deg, .. } => *turn_deg,
            Self::Path { points, count } => path_length_m(points) / f64::from((*count).clamp(1, MOST_COPIES)),
        }
    }

    /// The same with another spacing in the same direction; along a line as many as come nearest to it.
    #[must_use]
    pub fn with_spacing(self, to: f64) -> Self {
        let was = self.spacing();
        match self {
            Self::Linear { by, count } => {
                let by = if was > 0.0 { by.0 * (to / was) } else { Point { x: to, y: 0.0 } };
                Self::Linear { by: At(point(by.x, by.y)), count }
            }
            Self::Polar { about, count, .. } => Self::Polar { about, turn_deg: to, count },
            Self::Path { ref points, .. } => {
                let count = (path_length_m(points) / to).round();
                self.with_count(count.clamp(1.0, f64::from(MOST_COPIES)) as u32)
            }
        }
    }
}

fn path_length_m(points: &[At]) -> f64 {
    points.windows(2).map(|ends| distance_m(ends[0].0, ends[1].0)).sum()
}

/// The point of a path so far along it, and the bearing that the path has there.
fn on_path(points: &[At], along_m: f64) -> Option<(Point, f64)> {
    let mut left_m = along_m;
    let mut last = None;
    for ends in points.windows(2) {
        let (a, b) = (ends[0].0, ends[1].0);
        let length_m = distance_m(a, b);
        if length_m <= TOLERANCE_M {
            continue;
        }
        let deg = bearing_deg(a, b);
        if left_m <= length_m + TOLERANCE_M {
            return Some((a + (b - a) * (left_m / length_m), deg));
        }
        left_m -= length_m;
        last = Some((b, deg));
    }
    last
}

impl Array {
    /// All that stands by it: the things and their copies, also those that have been deleted since.
    pub fn members(&self) -> impl Iterator<Item = Id> + '_ {
        self.of.iter().chain(self.copies.iter().flatten()).copied()
    }

    /// Whether a thing is one of it.
    #[must_use]
    pub fn holds(&self, id: Id) -> bool {
        self.members().any(|member| member == id)
    }
}

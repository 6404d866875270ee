//! Marks of the draughtsman: guide lines to draw along, dimensions that are written on the plan.

use serde::{Deserialize, Serialize};

use super::{At, Id};
use crate::geometry::{Bounds, Point, direction, distance_m, left_of};
use crate::record::record;

record! {
    /// A guide line or a dimension.
    pub struct Mark {
        /// Its number.
        pub id: Id,
        /// What it is.
        pub kind: MarkKind,
        /// One point of it, as `[x, y]` in local metres.
        #[schemars(with = "[f64; 2]")]
        pub a: At,
        /// Another.
        #[schemars(with = "[f64; 2]")]
        pub b: At,
        /// How far a dimension is written to the left of the way from `a` to `b`, in metres; negative to the right.
        pub aside_m: f64 = default,
    }
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// An endless line to draw along; never printed.
    Guide,
    /// The distance of two points.
    Dimension,
}

impl Mark {
    /// Its length in metres: what a dimension says.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        distance_m(self.a.0, self.b.0)
    }

    /// Its direction, of length 1; `None` when both points are one.
    #[must_use]
    pub fn direction(&self) -> Option<Point> {
        direction(self.b.0 - self.a.0)
    }

    /// The ends of the line that a dimension is written along.
    #[must_use]
    pub fn written_line(&self) -> Option<[Point; 2]> {
        let dir = self.direction()?;
        let aside = left_of(dir) * self.aside_m;
        Some([self.a.0 + aside, self.b.0 + aside])
    }

    /// The box around a dimension; `None` for a guide, which has no end.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let line = self.written_line().filter(|_| self.kind == MarkKind::Dimension)?;
        Bounds::around([self.a.0, self.b.0].into_iter().chain(line))
    }
}

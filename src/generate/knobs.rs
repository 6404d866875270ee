//! Handles of a generator: where on the ground one of its measures can be taken hold of, and which way it grows.

use super::made::Plan;
use crate::geometry::{Bounds, Outline, Point, Transform, direction};

/// A handle in local metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knob {
    /// The parameter.
    pub key: &'static str,
    /// Where it is.
    pub at: Point,
    /// From where the measure is taken, for the line that is drawn while it is pulled.
    pub from: Point,
    /// How much the value grows for a metre that the handle is pulled away from there.
    pub per_m: f64,
}

impl Knob {
    /// The way that it is pulled, of length 1.
    #[must_use]
    pub fn along(&self) -> Option<Point> {
        direction(self.at - self.from)
    }

    /// In another frame.
    pub(super) fn mapped(&self, map: &Transform) -> Self {
        Self { at: map.apply(self.at), from: map.apply(self.from), ..*self }
    }
}

/// A side of a rectangle that a measure moves.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grows {
    /// Eastwards: the handle is on the eastern side, and measures from the western one.
    East,
    /// Northwards.
    North,
    /// Southwards.
    South,
    /// Westwards.
    West,
}

impl Plan {
    /// A handle on a side of a piece, for the measure from the other side of it.
    pub(super) fn knob(&mut self, key: &'static str, piece: &Outline, grows: Grows) {
        if let Some(bounds) = piece.bounds() {
            self.knob_of(key, bounds, grows, 1.0);
        }
    }

    /// A handle on the side of a court that looks to the front, for the depth of what stands before it.
    pub(super) fn knob_before(&mut self, key: &'static str, whole: Option<Bounds>, court: Option<Bounds>) {
        if let (Some(whole), Some(court)) = (whole, court) {
            let before =
                Bounds { min: Point { x: court.min.x, y: whole.min.y }, max: Point { x: court.max.x, y: court.min.y } };
            self.knob_of(key, before, Grows::North, 1.0);
        }
    }

    /// A handle on a side of a rectangle, with how much the value grows for a metre.
    pub(super) fn knob_of(&mut self, key: &'static str, bounds: Bounds, grows: Grows, per_m: f64) {
        let middle = bounds.centre();
        let (from, at) = match grows {
            Grows::East => (Point { x: bounds.min.x, y: middle.y }, Point { x: bounds.max.x, y: middle.y }),
            Grows::North => (Point { x: middle.x, y: bounds.min.y }, Point { x: middle.x, y: bounds.max.y }),
            Grows::West => (Point { x: bounds.max.x, y: middle.y }, Point { x: bounds.min.x, y: middle.y }),
            Grows::South => (Point { x: middle.x, y: bounds.max.y }, Point { x: middle.x, y: bounds.min.y }),
        };
        // One handle a measure: the first piece has it.
        if self.knobs.iter().all(|knob| knob.key != key) {
            self.knobs.push(Knob { key, at, from, per_m });
        }
    }
}

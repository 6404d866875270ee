//! Handles of a generator: where on the ground one of its measures or numbers can be taken hold of, and which way it grows.

use super::made::Plan;
use super::params::{Param, ParamUnit};
use super::site::Site;
use super::{Values, site};
use crate::geometry::{Bounds, Outline, Point, Transform, direction, distance_m, left_of};
use crate::model::EdgeRole;

/// A handle in local metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knob {
    /// The parameter.
    pub key: &'static str,
    /// Where it is.
    pub at: Point,
    /// From where the measure is taken, for the line that is drawn while it is pulled.
    pub from: Point,
    /// The way that it is pulled for more, of length 1. Numbers are pulled northwards, whichever way the plot lies.
    pub along: Point,
    /// How much the value grows for a metre that the handle is pulled that way; nothing for numbers, which grow by steps on the
    /// screen.
    pub per_m: Option<f64>,
    /// Of a number that the plot has no room for, how many there are.
    pub there_are: Option<f64>,
}

/// The way to more of a number.
const NORTH: Point = Point { x: 0.0, y: 1.0 };

impl Knob {
    /// In another frame.
    pub(super) fn mapped(&self, map: &Transform) -> Self {
        let at = map.apply(self.at);
        let along = match self.per_m {
            Some(_) => direction(map.apply(self.at + self.along) - at).unwrap_or(self.along),
            None => NORTH,
        };
        Self { at, from: map.apply(self.from), along, ..*self }
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

/// Where in a piece the handle of a number is: away from others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spot {
    /// In the middle.
    Middle,
    /// Towards the front.
    Front,
    /// Towards the back.
    Back,
    /// To the left as seen from the street.
    Left,
    /// To the right.
    Right,
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
        let (from, at, along) = match grows {
            Grows::East => (Point { x: bounds.min.x, y: middle.y }, Point { x: bounds.max.x, y: middle.y }, (1.0, 0.0)),
            Grows::North => {
                (Point { x: middle.x, y: bounds.min.y }, Point { x: middle.x, y: bounds.max.y }, (0.0, 1.0))
            }
            Grows::West => {
                (Point { x: bounds.max.x, y: middle.y }, Point { x: bounds.min.x, y: middle.y }, (-1.0, 0.0))
            }
            Grows::South => {
                (Point { x: middle.x, y: bounds.max.y }, Point { x: middle.x, y: bounds.min.y }, (0.0, -1.0))
            }
        };
        let along = Point { x: along.0, y: along.1 };
        self.add(Knob { key, at, from, along, per_m: Some(per_m), there_are: None });
    }

    /// A handle for a distance from the left side of a piece into it.
    pub(super) fn knob_inward(&mut self, key: &'static str, piece: &Outline, by_m: f64) {
        if let Some(bounds) = piece.bounds() {
            let from = Point { x: bounds.min.x, y: bounds.centre().y };
            let along = Point { x: 1.0, y: 0.0 };
            self.add(Knob { key, at: from + along * by_m, from, along, per_m: Some(1.0), there_are: None });
        }
    }

    /// A handle for a number, in a piece.
    pub(super) fn count(&mut self, key: &'static str, piece: &Outline, spot: Spot) {
        /// So far towards a side, from the middle.
        const ASIDE: f64 = 0.6;
        let Some(bounds) = piece.bounds() else { return };
        let (x, y) = match spot {
            Spot::Middle => (0.0, 0.0),
            Spot::Front => (0.0, -ASIDE),
            Spot::Back => (0.0, ASIDE),
            Spot::Left => (-ASIDE, 0.0),
            Spot::Right => (ASIDE, 0.0),
        };
        let middle = bounds.centre();
        let at = Point { x: middle.x + x * bounds.width_m() / 2.0, y: middle.y + y * bounds.height_m() / 2.0 };
        self.add(Knob { key, at, from: at, along: NORTH, per_m: None, there_are: None });
    }

    /// Says how many there are of a number, which may be fewer than were asked for.
    pub(super) fn there_are(&mut self, key: &str, count: usize) {
        let knobs = self.knobs.iter_mut().filter(|knob| knob.key == key);
        knobs.for_each(|knob| knob.there_are = Some(count as f64));
    }

    /// Handles for the distances that are kept to the edges of the plot, one for each kind: on its longest edge.
    pub(super) fn setbacks(&mut self, site: &Site, values: &Values<'_>) {
        for role in EdgeRole::ALL {
            let Some(key) = site::setback(role) else { continue };
            let of_role = site.outline.edges().zip(&site.roles).filter(|(_, of)| **of == role).map(|(edge, _)| edge);
            let longest = of_role.max_by(|(a, b), (c, d)| distance_m(*a, *b).total_cmp(&distance_m(*c, *d)));
            let Some((a, b)) = longest else { continue };
            let Some(along) = direction(b - a).map(left_of) else { continue };
            // Beside the middle, where goods come in.
            let from = a + (b - a) * 0.35;
            let at = from + along * values.get(key);
            self.add(Knob { key, at, from, along, per_m: Some(1.0), there_are: None });
        }
    }

    /// Handles that another generator made.
    pub(super) fn knobs_of(&mut self, knobs: impl IntoIterator<Item = Knob>) {
        knobs.into_iter().for_each(|knob| self.add(knob));
    }

    /// One handle for each parameter: the first piece has it.
    fn add(&mut self, knob: Knob) {
        if self.knobs.iter().all(|known| known.key != knob.key) {
            self.knobs.push(knob);
        }
    }
}

impl Param {
    /// Whether it is pulled step by step rather than along the ground.
    #[must_use]
    pub fn is_count(&self) -> bool {
        self.unit == ParamUnit::Count
    }
}

//! Points of a line that are set one by one: by clicks, by a drag for two of them, by measures that are typed.

use super::{Ctx, DRAG_PX, Event, Pointer};
use crate::geometry::{Point, TOLERANCE_M, distance_m};
use crate::studio::snap::Snap;

/// The points set so far, and where the next one would be.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    set: Vec<Point>,
    /// Where the next one would be.
    pub snap: Option<Snap>,
    /// Where the button went down for the last point, while it is down: a point that was caught lies elsewhere.
    pressed: Option<Point>,
    /// The last press set a point: should it turn out to be the second of a double click, the point is a crumb.
    maybe_crumb: bool,
}

impl Points {
    /// The points set.
    pub fn set(&self) -> &[Point] {
        &self.set
    }

    /// How many are set.
    pub fn len(&self) -> usize {
        self.set.len()
    }

    /// Whether a line has been begun.
    pub fn is_begun(&self) -> bool {
        !self.set.is_empty()
    }

    /// Where the next one would be.
    pub fn next(&self) -> Option<Point> {
        self.snap.map(|snap| snap.at)
    }

    /// The points set and the next one.
    pub fn with_next(&self) -> Vec<Point> {
        self.set.iter().copied().chain(self.next()).collect()
    }

    /// The way from the last point to the next.
    pub fn step(&self) -> Option<(Point, Point)> {
        self.set.last().copied().zip(self.next())
    }

    /// The next one is where the pointer is, or as typed.
    pub fn place(&mut self, pointer: Pointer, ctx: &Ctx<'_>) {
        self.snap = Some(ctx.place(pointer, &self.set, &[], self.snap));
    }

    /// Sets the next one; `false` when it lies on the last.
    pub fn add(&mut self, pointer: Pointer) -> bool {
        let Some(at) = self.next() else { return false };
        self.maybe_crumb = self.set.last().is_none_or(|&last| distance_m(last, at) > TOLERANCE_M);
        if self.maybe_crumb {
            self.set.push(at);
            self.pressed = Some(pointer.world);
        }
        self.maybe_crumb
    }

    /// The button came up: `true` when it went so far from where the last point was set that this is a point too.
    pub fn was_dragged(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> bool {
        self.pressed.take().is_some_and(|at| ctx.distance_px(at, pointer.world) > DRAG_PX)
    }

    /// The button is up, whatever it was.
    pub fn let_go(&mut self) {
        self.pressed = None;
    }

    /// A double click: the first click of the two has set the last point already.
    pub fn drop_crumb(&mut self) {
        if std::mem::take(&mut self.maybe_crumb) {
            self.take_back();
        }
    }

    /// One step back.
    pub fn take_back(&mut self) {
        self.set.pop();
        (self.pressed, self.maybe_crumb) = (None, false);
    }

    /// Backspace takes one step back, Escape all of them.
    pub fn back(&mut self, event: Event) {
        if event == Event::Escape {
            self.take();
        } else {
            self.take_back();
        }
    }

    /// All of them, to be used; the line is over.
    pub fn take(&mut self) -> Vec<Point> {
        (self.pressed, self.maybe_crumb) = (None, false);
        std::mem::take(&mut self.set)
    }

    /// Begins with points that are given, in place of those that were set.
    pub fn begin_with(&mut self, points: Vec<Point>) {
        self.take();
        self.set = points;
    }
}

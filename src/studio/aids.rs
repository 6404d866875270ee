//! What helps the hand while drawing: the reference edge, the axis that is locked, how the user likes to be helped.
//!
//! They belong to the session, not to a tool: they outlast the states of a tool, and are let go of when another is taken.

use super::entry::{Angles, Entry, Made};
use super::session::Session;
use super::snap::{Line, Lock, SnapKind, SnapOff};
use super::tool::{Event, Pointer, Tool, Typed};
use crate::geometry::{Point, direction, left_of};
use crate::i18n::Lang;
use crate::model::Axes;

/// How long the pointer must rest on an edge before others are drawn parallel to it, in seconds.
pub const REFERENCE_AFTER_S: f64 = 0.3;

/// How the user likes to draw.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Drawing {
    /// What does not catch.
    pub off: SnapOff,
    /// How angles are written.
    pub angles: Angles,
    /// Whether the built-in map is there to be caught by; not remembered with the rest, for it is whether it is shown.
    #[serde(skip)]
    pub map: bool,
}

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrow {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// A direction that an arrow key has locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The project's east and west.
    East,
    /// The project's north and south.
    North,
    /// Along the reference edge.
    Parallel,
    /// Square to the reference edge.
    Perpendicular,
}

impl Axis {
    /// Its direction, of length 1; `None` without a reference edge to take it from.
    #[must_use]
    pub fn direction(self, axes: Axes, reference: Option<Line>) -> Option<Point> {
        let along = || reference.and_then(|edge| direction(edge.to - edge.from));
        match self {
            Self::East => Some(axes.east()),
            Self::North => Some(axes.north()),
            Self::Parallel => along(),
            Self::Perpendicular => along().map(left_of),
        }
    }
}

/// The aids of a session.
#[derive(Clone, Debug, Default)]
pub(super) struct Aids {
    pub drawing: Drawing,
    pub entry: Option<Entry>,
    pub typed: Typed,
    pub made: Option<Made>,
    pub lock: Option<Axis>,
    pub reference: Option<Line>,
    /// The edge that the pointer rests on, and since when.
    resting: Option<(Line, f64)>,
    /// The tool as it was before the button went down, and the state of the project then.
    pub before_press: Option<(Tool, u64)>,
    /// Where the pointer was last.
    pub pointer: Pointer,
    /// How far it has gone since something was made, in logical pixels.
    pub moved_px: f64,
}

impl Aids {
    /// Another tool is taken, or the one in hand begins anew: nothing is held or typed for it.
    pub fn let_go(&mut self) {
        self.forget_typed();
        self.made = None;
        self.lock = None;
        self.reference = None;
        self.resting = None;
    }

    /// What was typed no longer holds.
    pub fn forget_typed(&mut self) {
        self.entry = None;
        self.typed = Typed::default();
    }

    /// Notes what the pointer was caught by: an edge it rests on for a while becomes the reference.
    pub fn follow(&mut self, tool: &Tool, time_s: f64) {
        const EDGES: [SnapKind; 3] = [SnapKind::Edge, SnapKind::Midpoint, SnapKind::Foot];
        let snap = tool.snap().filter(|snap| EDGES.contains(&snap.kind) && snap.of.is_some());
        let Some(edge) = snap.and_then(|snap| snap.guide) else {
            self.resting = None;
            return;
        };
        match self.resting {
            Some((line, since)) if line == edge => {
                if time_s - since >= REFERENCE_AFTER_S {
                    self.reference = Some(edge);
                }
            }
            _ => self.resting = Some((edge, time_s)),
        }
    }

    /// The line that a point to be set shall stay on.
    pub fn lock_of(&self, pointer: Pointer, axes: Axes) -> Lock {
        use super::tool::FieldKind;
        let bearing = self.typed.get(FieldKind::Bearing).map(|deg| Axes::new(deg).north());
        let axis = || self.lock.and_then(|axis| axis.direction(axes, self.reference));
        match (bearing, axis()) {
            (Some(dir), _) => Lock::Along(dir, true),
            (None, Some(dir)) => Lock::Along(dir, false),
            (None, None) if pointer.shift => Lock::Present,
            (None, None) => Lock::Free,
        }
    }
}

impl Session {
    /// How the user likes to draw.
    #[must_use]
    pub fn drawing(&self) -> &Drawing {
        &self.aids.drawing
    }

    /// Changes how the user likes to draw.
    pub fn set_drawing(&mut self, drawing: Drawing) {
        self.aids.drawing = drawing;
    }

    /// The edge that others are drawn parallel or square to.
    #[must_use]
    pub fn reference(&self) -> Option<Line> {
        self.aids.reference
    }

    /// The direction that is locked.
    #[must_use]
    pub fn locked(&self) -> Option<Axis> {
        self.aids.lock
    }

    /// Locks the direction of an arrow key, or lets it go again. Returns the message key of what is to be told.
    pub fn lock(&mut self, arrow: Arrow, lang: Lang) -> Option<&'static str> {
        let was = self.aids.lock;
        let next = match (arrow, was) {
            (Arrow::Left | Arrow::Right, Some(Axis::East))
            | (Arrow::Up, Some(Axis::North))
            | (Arrow::Down, Some(Axis::Perpendicular)) => None,
            (Arrow::Left | Arrow::Right, _) => Some(Axis::East),
            (Arrow::Up, _) => Some(Axis::North),
            (Arrow::Down, Some(Axis::Parallel)) => Some(Axis::Perpendicular),
            (Arrow::Down, _) if self.aids.reference.is_none() => return Some("say-no-reference"),
            (Arrow::Down, _) => Some(Axis::Parallel),
        };
        self.aids.lock = next;
        self.show_again(lang);
        None
    }

    /// The press was not meant: a second finger came down, and the two move the view.
    pub fn take_back_press(&mut self) {
        let Some((tool, mark)) = self.aids.before_press.take() else { return };
        self.settle();
        if self.history().mark() > mark {
            self.undo();
        }
        self.hand_back(tool);
        self.aids.made = None;
    }

    /// Alt is held, or no longer, wherever the pointer is.
    pub(super) fn hold_alt(&mut self, alt: bool) {
        self.aids.pointer.alt = alt;
    }

    /// Where the pointer was last.
    pub(super) fn last_pointer(&self) -> Pointer {
        self.aids.pointer
    }

    /// Shows the tool once more where the pointer is: what it goes by has changed.
    pub(super) fn show_again(&mut self, lang: Lang) {
        let pointer = self.last_pointer();
        self.tool_event(Event::Move(pointer), lang);
    }
}

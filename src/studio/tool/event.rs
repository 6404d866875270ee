//! What happens to a tool, and what it wants done.

use super::ToolKind;
use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::Id;

/// Where the pointer is and what is held.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointer {
    /// In local metres, as it is: not snapped.
    pub world: Point,
    /// Shift: add to the selection.
    pub shift: bool,
    /// Ctrl or Command: no snapping.
    pub ctrl: bool,
    /// Alt: a copy is made.
    pub alt: bool,
    /// When, in seconds since the program began: what the pointer rests on is told by it.
    pub time_s: f64,
}

/// What happens to a tool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// The pointer is there now.
    Move(Pointer),
    /// The pointer left the drawing.
    Leave,
    /// The button went down.
    Press(Pointer),
    /// The button came up.
    Release(Pointer),
    /// What was typed shall count: a click, whether or not the button is down.
    Set(Pointer),
    /// The second click of a double click came up.
    DoubleClick(Pointer),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Backspace: one step back within the drawing in hand.
    Backspace,
    /// The tool's other way: the next side is an arc, or no longer; the bar lies on the other side of its line.
    OtherWay,
    /// Tab: what lies under the selected.
    Next,
    /// Delete, while a vertex is under the pointer.
    Delete,
}

impl Event {
    /// Where the pointer is, for an event of the pointer over the drawing.
    #[must_use]
    pub fn pointer(self) -> Option<Pointer> {
        match self {
            Self::Move(at) | Self::Press(at) | Self::Release(at) | Self::Set(at) | Self::DoubleClick(at) => Some(at),
            Self::Leave | Self::Enter | Self::Escape | Self::Backspace | Self::OtherWay | Self::Next | Self::Delete => {
                None
            }
        }
    }

    /// The same event with Shift held or not.
    #[must_use]
    pub fn with_shift(mut self, shift: bool) -> Self {
        match &mut self {
            Self::Move(at) | Self::Press(at) | Self::Release(at) | Self::Set(at) | Self::DoubleClick(at) => {
                at.shift = shift;
            }
            Self::Leave | Self::Enter | Self::Escape | Self::Backspace | Self::OtherWay | Self::Next | Self::Delete => {
            }
        }
        self
    }
}

/// What a tool wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Select just these.
    Select(Vec<Id>),
    /// Select these too.
    SelectAlso(Vec<Id>),
    /// Select it or let it go.
    Toggle(Id),
    /// Edits belong together from here.
    BeginGesture,
    /// An edit.
    Apply(Edit),
    /// The gesture is done.
    EndGesture,
    /// The gesture is taken back.
    CancelGesture,
    /// Take another tool in hand.
    Switch(ToolKind),
    /// Tell the user, by message key.
    Say(&'static str),
}

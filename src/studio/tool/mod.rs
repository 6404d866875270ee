//! Tools: state machines on local metres.
//!
//! A tool takes an [`Event`], moves to its next state and returns [`Effect`]s for the session to carry out. It draws
//! nothing; it says what shall be seen ([`Overlay`]) and what the next click does ([`Hint`]), both from its state.
//! `Pointing` comes before dragging: nothing moves until the pointer has gone a few pixels. A gesture becomes one entry
//! of the history; Escape takes it back.

mod along;
pub(in crate::studio) mod carry;
mod corner;
mod create;
mod ctx;
mod cut;
mod draw;
mod event;
mod field;
mod freehand;
mod kind;
mod mark;
mod measure;
mod north;
mod offset;
mod overlay;
mod paint;
mod points;
mod rectangle;
mod select;
mod shape;
mod tie;
mod transform;

pub use create::Purpose;
pub use ctx::Ctx;
pub use event::{Effect, Event, Pointer};
pub use field::{Field, FieldKind, FieldUnit, Typed};
pub use kind::ToolKind;
pub(in crate::studio) use overlay::rings;
pub use overlay::{Dimension, Handle, HandleKind, Hint, Overlay, OverlayLine, OverlayPen, marks};

use super::snap::Snap;
use crate::model::MarkKind;

/// How far the pointer must go before a press becomes a drag, in logical pixels.
pub const DRAG_PX: f64 = 6.0;

/// How near a handle must be to be gripped, in logical pixels.
pub const GRIP_PX: f64 = 9.0;

/// What all tools have in common.
trait Machine {
    /// Which tool it is.
    fn kind(&self) -> ToolKind;

    /// Goes through an event; of Escape only while it is busy, or the mark.
    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect>;

    /// What the next click does, and the keys that change it.
    fn hint(&self) -> Hint;

    /// What shall be seen over the drawing.
    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay;

    /// What the pointer was caught by.
    fn snap(&self) -> Option<Snap> {
        None
    }

    /// Whether it is in the middle of something that Escape would take back.
    fn is_busy(&self) -> bool {
        false
    }

    /// Whether a measure can be typed for what it is doing, or is about to do.
    fn takes_typing(&self) -> bool {
        self.is_busy()
    }

    /// Whether it draws in more than one way, to be changed by a key.
    fn has_other_way(&self) -> bool {
        false
    }

    /// Whether it works out its gesture anew with every event, from the project as it was when it began.
    fn works_from_start(&self) -> bool {
        false
    }

    /// Whether what its gesture has done is taken back before an event.
    fn restarts_on(&self, event: Event) -> bool {
        self.works_from_start() && event != Event::Leave
    }

    /// Whether what it has begun can be taken back step by step; of others all of it goes.
    fn takes_steps_back(&self) -> bool {
        true
    }
}

/// A tool in some state.
#[derive(Clone, Debug)]
pub enum Tool {
    /// Select, drag, pull vertices.
    Select(select::Select),
    /// Draw an outline point by point.
    Draw(draw::Draw),
    /// Draw a rectangle by two corners.
    Rectangle(rectangle::Rectangle),
    /// Draw a shape by few points.
    Shape(shape::Shape),
    /// Draw by hand.
    Freehand(freehand::Freehand),
    /// Cut along a line.
    Cut(cut::Cut),
    /// Draw an outline out or in.
    Offset(offset::Offset),
    /// Cut or round a corner.
    Corner(corner::Corner),
    /// Measure.
    Measure(measure::Measure),
    /// Copies along a line.
    Along(along::Along),
    /// Guide lines and dimensions.
    Mark(mark::Mark),
    /// Choose the project's north.
    North(north::North),
    /// Move, copy, turn, mirror, scale.
    Transform(transform::Transform),
    /// Paint the use in hand.
    Paint(paint::Paint),
    /// Place a picture by points.
    Tie(tie::Tie),
}

impl Default for Tool {
    fn default() -> Self {
        Self::new(ToolKind::Select)
    }
}

impl Tool {
    /// A tool at rest.
    #[must_use]
    pub fn new(kind: ToolKind) -> Self {
        match kind {
            ToolKind::Select => Self::Select(select::Select::default()),
            ToolKind::Plot => Self::Draw(draw::Draw::new(Purpose::Plot)),
            ToolKind::Polygon => Self::Draw(draw::Draw::new(Purpose::Volume)),
            ToolKind::Surface => Self::Draw(draw::Draw::new(Purpose::Surface)),
            ToolKind::Rectangle => Self::Rectangle(rectangle::Rectangle::default()),
            ToolKind::ThreePoints => Self::Shape(shape::Shape::new(shape::Form::ThreePoints)),
            ToolKind::OnEdge => Self::Shape(shape::Shape::new(shape::Form::OnEdge)),
            ToolKind::Bar => Self::Shape(shape::Shape::new(shape::Form::Bar)),
            ToolKind::Circle => Self::Shape(shape::Shape::new(shape::Form::Circle)),
            ToolKind::Freehand => Self::Freehand(freehand::Freehand::default()),
            ToolKind::Cut => Self::Cut(cut::Cut::default()),
            ToolKind::Offset => Self::Offset(offset::Offset::default()),
            ToolKind::Corner => Self::Corner(corner::Corner::default()),
            ToolKind::Measure => Self::Measure(measure::Measure::default()),
            ToolKind::Dimension => Self::Mark(mark::Mark::new(MarkKind::Dimension)),
            ToolKind::Guide => Self::Mark(mark::Mark::new(MarkKind::Guide)),
            ToolKind::North => Self::North(north::North::default()),
            ToolKind::Move => Self::Transform(transform::Transform::new(transform::Change::Move)),
            ToolKind::Copy => Self::Transform(transform::Transform::new(transform::Change::Copy)),
            ToolKind::Along => Self::Along(along::Along::default()),
            ToolKind::Rotate => Self::Transform(transform::Transform::new(transform::Change::Rotate)),
            ToolKind::Mirror => Self::Transform(transform::Transform::new(transform::Change::Mirror)),
            ToolKind::Paint => Self::Paint(paint::Paint::default()),
            ToolKind::Tie => Self::Tie(tie::Tie::default()),
            ToolKind::Scale => Self::Transform(transform::Transform::new(transform::Change::Scale)),
        }
    }

    fn machine(&self) -> &dyn Machine {
        match self {
            Self::Select(tool) => tool,
            Self::Draw(tool) => tool,
            Self::Rectangle(tool) => tool,
            Self::Shape(tool) => tool,
            Self::Freehand(tool) => tool,
            Self::Cut(tool) => tool,
            Self::Offset(tool) => tool,
            Self::Corner(tool) => tool,
            Self::Measure(tool) => tool,
            Self::Along(tool) => tool,
            Self::Mark(tool) => tool,
            Self::North(tool) => tool,
            Self::Transform(tool) => tool,
            Self::Paint(tool) => tool,
            Self::Tie(tool) => tool,
        }
    }

    fn machine_mut(&mut self) -> &mut dyn Machine {
        match self {
            Self::Select(tool) => tool,
            Self::Draw(tool) => tool,
            Self::Rectangle(tool) => tool,
            Self::Shape(tool) => tool,
            Self::Freehand(tool) => tool,
            Self::Cut(tool) => tool,
            Self::Offset(tool) => tool,
            Self::Corner(tool) => tool,
            Self::Measure(tool) => tool,
            Self::Along(tool) => tool,
            Self::Mark(tool) => tool,
            Self::North(tool) => tool,
            Self::Transform(tool) => tool,
            Self::Paint(tool) => tool,
            Self::Tie(tool) => tool,
        }
    }

    /// Which tool it is.
    #[must_use]
    pub fn kind(&self) -> ToolKind {
        self.machine().kind()
    }

    /// Goes through an event.
    pub fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        // Escape always leads back to the mark: what is begun goes first, which each tool does in its own way.
        if event == Event::Escape && !self.is_busy() && self.kind() != ToolKind::Select {
            return vec![Effect::Switch(ToolKind::Select)];
        }
        self.machine_mut().step(event, ctx)
    }

    /// What the pointer was caught by.
    #[must_use]
    pub fn snap(&self) -> Option<Snap> {
        self.machine().snap()
    }

    /// What the next click does, and the keys that change it.
    #[must_use]
    pub fn hint(&self) -> Hint {
        self.machine().hint()
    }

    /// What shall be seen over the drawing.
    #[must_use]
    pub fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = self.machine().overlay(ctx);
        if matches!(self, Self::Select(_)) {
            return overlay;
        }
        if ctx.alt && self.kind().purpose(ctx.purpose_in_hand).is_some() {
            // With Alt what is drawn is cut out of what it lies on: that shall be seen before it is done.
            let live = overlay.lines.iter_mut().filter(|line| line.pen == OverlayPen::Live);
            live.for_each(|line| line.pen = OverlayPen::Cut);
        }
        // What is selected stays marked under every tool, below what the tool draws.
        overlay.lines.splice(0..0, overlay::selected(ctx));
        overlay.lines.extend(overlay::aids(ctx, overlay.snap));
        overlay
    }

    /// Whether a measure can be typed for what it is doing, or is about to do.
    #[must_use]
    pub fn takes_typing(&self) -> bool {
        self.machine().takes_typing()
    }

    /// Whether it draws in more than one way, to be changed by a key.
    #[must_use]
    pub fn has_other_way(&self) -> bool {
        self.machine().has_other_way()
    }

    /// Whether it works out its gesture anew with every event, from the project as it was when it began.
    #[must_use]
    pub fn works_from_start(&self) -> bool {
        self.machine().works_from_start()
    }

    /// Whether what its gesture has done is taken back before an event.
    #[must_use]
    pub fn restarts_on(&self, event: Event) -> bool {
        self.machine().restarts_on(event)
    }

    /// Whether what it works on stays where it is and copies are made.
    #[must_use]
    pub fn makes_copies(&self) -> bool {
        matches!(self, Self::Transform(tool) if tool.makes_copies())
    }

    /// Whether what it has begun can be taken back step by step; of others all of it goes.
    #[must_use]
    pub fn takes_steps_back(&self) -> bool {
        self.machine().takes_steps_back()
    }

    /// Whether it is in the middle of something that Escape would take back.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.machine().is_busy()
    }

    /// Of a tool that an event lets make something: the tool that can make it anew with another measure, if that can be.
    #[must_use]
    pub fn to_make_again(&self, event: Event) -> Option<Self> {
        match self {
            Self::Select(_)
            | Self::Rectangle(_)
            | Self::Offset(_)
            | Self::Corner(_)
            | Self::Mark(_)
            | Self::Transform(_) => Some(self.clone()),
            Self::Shape(tool) => Some(Self::Shape(tool.finished_by(event))),
            Self::Draw(_)
            | Self::Freehand(_)
            | Self::Cut(_)
            | Self::Measure(_)
            | Self::Along(_)
            | Self::North(_)
            | Self::Paint(_)
            | Self::Tie(_) => None,
        }
    }

    /// The tool for a project in which what it made has been taken back.
    #[must_use]
    pub fn rewound(self) -> Self {
        match self {
            Self::Select(tool) => Self::Select(tool.rewound()),
            other => other,
        }
    }
}

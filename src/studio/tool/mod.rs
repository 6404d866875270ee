//! Tools: state machines on local metres.
//!
//! A tool takes an [`Event`], moves to its next state and returns [`Effect`]s for the session to carry out. It draws
//! nothing; it says what shall be seen ([`Overlay`]) and what the next click does ([`Hint`]), both from its state.
//! `Pointing` comes before dragging: nothing moves until the pointer has gone a few pixels. A gesture becomes one entry
//! of the history; Escape takes it back.

mod along;
pub(in crate::studio) mod carry;
mod create;
mod cut;
mod draw;
mod field;
mod freehand;
mod mark;
mod measure;
mod north;
mod offset;
mod overlay;
mod rectangle;
mod select;
mod shape;
mod transform;

pub use create::Purpose;
pub use field::{Field, FieldKind, FieldUnit, Typed};
pub(in crate::studio) use overlay::rings;
pub use overlay::{Dimension, Handle, HandleKind, Hint, Overlay, OverlayLine, OverlayPen, marks};

use super::aids::Drawing;
use super::index::{Index, Kind, kind_of};
use super::map_edges::MapEdges;
use super::selection::Selection;
use super::sight::Sight;
use super::snap::{self, Line, Lock, Moved, Snap, SnapKind};
use crate::edit::Edit;
use crate::geometry::{Bounds, Outline, Point, direction, distance_m, point};
use crate::i18n::Lang;
use crate::library::{Library, UseId};
use crate::model::{Axes, Id, LayerKind, MarkKind, Project, Region, Variant};

/// How far the pointer must go before a press becomes a drag, in logical pixels.
pub const DRAG_PX: f64 = 6.0;

/// How near a handle must be to be gripped, in logical pixels.
pub const GRIP_PX: f64 = 9.0;

/// A tool by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToolKind {
    /// Select, drag, pull vertices.
    #[default]
    Select,
    /// Draw a plot.
    Plot,
    /// Draw a rectangular volume.
    Rectangle,
    /// Draw a volume of any outline.
    Polygon,
    /// Draw a surface.
    Surface,
    /// Draw a rectangle by a side and a depth.
    ThreePoints,
    /// Draw a rectangle on an edge that is there.
    OnEdge,
    /// Draw a bar along a line.
    Bar,
    /// Draw a circle, or a regular polygon.
    Circle,
    /// Draw by hand; it is made square.
    Freehand,
    /// Cut along a line.
    Cut,
    /// Draw an outline out or in.
    Offset,
    /// Measure.
    Measure,
    /// Write a dimension.
    Dimension,
    /// Draw a guide line.
    Guide,
    /// Choose the project's north.
    North,
    /// Move from a point to a point.
    Move,
    /// Copy from a point to a point.
    Copy,
    /// Copy along a line.
    Along,
    /// Turn about a point.
    Rotate,
    /// Mirror in a line.
    Mirror,
    /// Make larger or smaller.
    Scale,
}

impl ToolKind {
    /// Its name in messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Plot => "plot",
            Self::Rectangle => "rectangle",
            Self::Polygon => "polygon",
            Self::Surface => "surface",
            Self::ThreePoints => "three-points",
            Self::OnEdge => "on-edge",
            Self::Bar => "bar",
            Self::Circle => "circle",
            Self::Freehand => "freehand",
            Self::Cut => "cut",
            Self::Offset => "offset",
            Self::Measure => "measure",
            Self::Dimension => "dimension",
            Self::Guide => "guide",
            Self::North => "north",
            Self::Move => "move",
            Self::Copy => "copy",
            Self::Along => "along",
            Self::Rotate => "rotate",
            Self::Mirror => "mirror",
            Self::Scale => "scale",
        }
    }
}

impl ToolKind {
    /// What it draws, if it draws; `in_hand` for shapes that may become anything.
    #[must_use]
    pub fn purpose(self, in_hand: Purpose) -> Option<Purpose> {
        match self {
            Self::Plot => Some(Purpose::Plot),
            Self::Polygon => Some(Purpose::Volume),
            Self::Surface => Some(Purpose::Surface),
            _ => self.draws_any().then_some(in_hand),
        }
    }

    /// The layer of what it draws, if it draws.
    #[must_use]
    pub fn draws_on(self, in_hand: Purpose) -> Option<LayerKind> {
        match self {
            Self::Guide | Self::Dimension => Some(LayerKind::Pins),
            _ => self.purpose(in_hand).map(Purpose::layer),
        }
    }

    /// Whether what it draws may become anything.
    #[must_use]
    pub fn draws_any(self) -> bool {
        matches!(self, Self::Rectangle | Self::ThreePoints | Self::OnEdge | Self::Bar | Self::Circle | Self::Freehand)
    }
}

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
    /// The next side is an arc, or no longer.
    Arc,
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
            Self::Leave | Self::Enter | Self::Escape | Self::Backspace | Self::Arc | Self::Next | Self::Delete => None,
        }
    }

    /// The same event with Shift held or not.
    #[must_use]
    pub fn with_shift(mut self, shift: bool) -> Self {
        match &mut self {
            Self::Move(at) | Self::Press(at) | Self::Release(at) | Self::Set(at) | Self::DoubleClick(at) => {
                at.shift = shift;
            }
            Self::Leave | Self::Enter | Self::Escape | Self::Backspace | Self::Arc | Self::Next | Self::Delete => {}
        }
        self
    }
}

/// What a tool sees of the session.
pub struct Ctx<'a> {
    /// The project.
    pub project: &'a Project,
    /// The open variant.
    pub variant: &'a Variant,
    /// Where things are in it.
    pub index: &'a Index,
    /// Where things are around it.
    pub context: &'a Index,
    /// The lines of the built-in map, while it is shown; laid out when first asked for.
    pub map: &'a dyn Fn() -> Option<&'a MapEdges>,
    /// What is selected.
    pub selection: &'a Selection,
    /// What can be seen and taken hold of.
    pub sight: Sight<'a>,
    /// The uses.
    pub library: &'a Library,
    /// The use that new volumes get.
    pub use_in_hand: &'a UseId,
    /// What shapes become that do not say it themselves.
    pub purpose_in_hand: Purpose,
    /// Whether Alt is held: what is drawn is cut out of what it lies on.
    pub alt: bool,
    /// The kind that new surfaces get.
    pub surface_in_hand: crate::model::SurfaceKind,
    /// Logical pixels per metre.
    pub px_per_m: f64,
    /// Whether something is being typed: what it is for stays what it is.
    pub is_typing: bool,
    /// What was typed for what is in hand.
    pub typed: &'a Typed,
    /// How the user likes to draw.
    pub drawing: &'a Drawing,
    /// The edge that others are drawn parallel or square to.
    pub reference: Option<Line>,
    /// The line that a point to be set shall stay on.
    pub lock_of: &'a dyn Fn(Pointer) -> Lock,
    /// For names given to new things.
    pub lang: Lang,
    /// The region of a place in local metres.
    pub region_at: &'a dyn Fn(Point) -> Region,
}

impl Ctx<'_> {
    /// Where a point wants to be; `held` is what the tool was caught by before.
    #[must_use]
    pub fn snap(&self, pointer: Pointer, drawn: &[Point], without: &[Id], held: Option<Snap>) -> Snap {
        snap::find(&self.target(pointer, drawn, without, held), pointer.world)
    }

    /// What a click at a point means, the most likely first; of what can be selected.
    #[must_use]
    pub fn hit(&self, at: Point, reach_m: f64) -> Vec<Id> {
        let mut hits = self.index.hit(self.variant, at, reach_m);
        hits.retain(|id| self.sight.touches(kind_of(self.variant, *id), *id));
        hits
    }

    /// What meets a rectangle, of what can be selected; the least that must be true of it is that its box does.
    #[must_use]
    pub fn meeting(&self, bounds: Bounds) -> Vec<(Kind, Id)> {
        let mut found = self.index.meeting(bounds);
        found.retain(|(kind, id)| self.sight.touches(*kind, *id));
        found
    }

    /// The edge that the pointer is on, from any thing.
    #[must_use]
    pub fn edge_at(&self, pointer: Pointer) -> Option<Line> {
        snap::edge_at(&self.target(pointer, &[], &[], None), pointer.world)
    }

    /// The edge that the pointer is on, or a piece of the guide line.
    #[must_use]
    pub fn edge_or_guide_at(&self, pointer: Pointer) -> Option<Line> {
        snap::edge_or_guide_at(&self.target(pointer, &[], &[], None), pointer.world)
    }

    /// How far things go that were gripped at `from`: caught by one of their corners, in line with others, or as typed.
    #[must_use]
    pub fn shift(&self, pointer: Pointer, from: Point, moved: &Moved, without: &[Id]) -> (Point, Option<Snap>) {
        let drawn = [from];
        // What is moved is laid beside what is drawn, not beside a map that is schematic.
        let target = snap::Target { map: None, ..self.target(pointer, &drawn, without, None) };
        let (shift, snap) = snap::find_shift(&target, moved, from, pointer.world);
        let Some(length_m) = self.typed.get(FieldKind::Length) else { return (shift, snap) };
        let bearing = self.typed.get(FieldKind::Bearing).map(|deg| Axes::new(deg).north());
        match bearing.or_else(|| direction(shift)).or_else(|| direction(pointer.world - from)) {
            Some(dir) => (dir * length_m, None),
            None => (shift, snap),
        }
    }

    fn target<'a>(
        &'a self,
        pointer: Pointer,
        drawn: &'a [Point],
        without: &'a [Id],
        held: Option<Snap>,
    ) -> snap::Target<'a> {
        snap::Target {
            project: self.project,
            variant: self.variant,
            index: self.index,
            context: self.context,
            map: (self.map)(),
            px_per_m: self.px_per_m,
            sight: self.sight,
            without,
            drawn,
            held,
            lock: (self.lock_of)(pointer),
            reference: self.reference,
            axes: self.axes(),
            off: &self.drawing.off,
            suspended: pointer.ctrl,
        }
    }

    /// Where the next point goes: where it is caught, at the length and in the direction that were typed.
    #[must_use]
    pub fn place(&self, pointer: Pointer, drawn: &[Point], without: &[Id], held: Option<Snap>) -> Snap {
        let snap = self.snap(pointer, drawn, without, held);
        let (Some(&last), Some(length_m)) = (drawn.last(), self.typed.get(FieldKind::Length)) else { return snap };
        let towards = |to: Point| direction(to - last);
        let bearing = self.typed.get(FieldKind::Bearing).map(|deg| Axes::new(deg).north());
        let Some(dir) = bearing.or_else(|| towards(snap.at)).or_else(|| towards(pointer.world)) else { return snap };
        let at = last + dir * length_m;
        // Its direction may still be a found one; its place is not.
        let kind = match snap.kind {
            SnapKind::Square | SnapKind::Parallel | SnapKind::Perpendicular | SnapKind::Axis | SnapKind::Held => {
                snap.kind
            }
            _ => SnapKind::Grid,
        };
        Snap { at: point(at.x, at.y), kind, of: None, ..snap }
    }

    /// The project's axes.
    #[must_use]
    pub fn axes(&self) -> Axes {
        self.project.axes()
    }

    /// Logical pixels between two points.
    #[must_use]
    pub fn distance_px(&self, a: Point, b: Point) -> f64 {
        distance_m(a, b) * self.px_per_m
    }

    /// The outline of a thing, if it has one.
    #[must_use]
    pub fn outline(&self, id: Id) -> Option<&Outline> {
        self.variant.outline(id)
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
            ToolKind::Measure => Self::Measure(measure::Measure::default()),
            ToolKind::Dimension => Self::Mark(mark::Mark::new(MarkKind::Dimension)),
            ToolKind::Guide => Self::Mark(mark::Mark::new(MarkKind::Guide)),
            ToolKind::North => Self::North(north::North::default()),
            ToolKind::Move => Self::Transform(transform::Transform::new(transform::Change::Move)),
            ToolKind::Copy => Self::Transform(transform::Transform::new(transform::Change::Copy)),
            ToolKind::Along => Self::Along(along::Along::default()),
            ToolKind::Rotate => Self::Transform(transform::Transform::new(transform::Change::Rotate)),
            ToolKind::Mirror => Self::Transform(transform::Transform::new(transform::Change::Mirror)),
            ToolKind::Scale => Self::Transform(transform::Transform::new(transform::Change::Scale)),
        }
    }

    /// Which tool it is.
    #[must_use]
    pub fn kind(&self) -> ToolKind {
        match self {
            Self::Select(_) => ToolKind::Select,
            Self::Draw(draw) => match draw.purpose() {
                Purpose::Plot => ToolKind::Plot,
                Purpose::Volume => ToolKind::Polygon,
                Purpose::Surface => ToolKind::Surface,
            },
            Self::Rectangle(_) => ToolKind::Rectangle,
            Self::Shape(tool) => tool.kind(),
            Self::Freehand(_) => ToolKind::Freehand,
            Self::Cut(_) => ToolKind::Cut,
            Self::Offset(_) => ToolKind::Offset,
            Self::Measure(_) => ToolKind::Measure,
            Self::Along(_) => ToolKind::Along,
            Self::Mark(tool) => tool.kind(),
            Self::North(_) => ToolKind::North,
            Self::Transform(tool) => tool.kind(),
        }
    }

    /// Goes through an event.
    pub fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match self {
            Self::Select(tool) => tool.step(event, ctx),
            Self::Draw(tool) => tool.step(event, ctx),
            Self::Rectangle(tool) => tool.step(event, ctx),
            Self::Shape(tool) => tool.step(event, ctx),
            Self::Freehand(tool) => tool.step(event, ctx),
            Self::Cut(tool) => tool.step(event, ctx),
            Self::Offset(tool) => tool.step(event, ctx),
            Self::Measure(tool) => tool.step(event, ctx),
            Self::Along(tool) => tool.step(event, ctx),
            Self::Mark(tool) => tool.step(event, ctx),
            Self::North(tool) => tool.step(event, ctx),
            Self::Transform(tool) => tool.step(event, ctx),
        }
    }

    /// What the pointer was caught by.
    #[must_use]
    pub fn snap(&self) -> Option<Snap> {
        match self {
            Self::Select(tool) => tool.snap(),
            Self::Draw(tool) => tool.snap(),
            Self::Rectangle(tool) => tool.snap(),
            Self::Shape(tool) => tool.snap(),
            Self::Cut(tool) => tool.snap(),
            Self::Offset(tool) => tool.snap(),
            Self::Measure(tool) => tool.snap(),
            Self::Along(tool) => tool.snap(),
            Self::Mark(tool) => tool.snap(),
            Self::Freehand(_) | Self::North(_) => None,
            Self::Transform(tool) => tool.snap(),
        }
    }

    /// What the next click does, and the keys that change it.
    #[must_use]
    pub fn hint(&self) -> Hint {
        match self {
            Self::Select(tool) => tool.hint(),
            Self::Draw(tool) => tool.hint(),
            Self::Rectangle(tool) => tool.hint(),
            Self::Shape(tool) => tool.hint(),
            Self::Freehand(tool) => tool.hint(),
            Self::Cut(tool) => tool.hint(),
            Self::Offset(tool) => tool.hint(),
            Self::Measure(tool) => tool.hint(),
            Self::Along(tool) => tool.hint(),
            Self::Mark(tool) => tool.hint(),
            Self::North(tool) => tool.hint(),
            Self::Transform(tool) => tool.hint(),
        }
    }

    /// What shall be seen over the drawing.
    #[must_use]
    pub fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let mut overlay = match self {
            Self::Select(tool) => return tool.overlay(ctx),
            Self::Draw(tool) => tool.overlay(),
            Self::Rectangle(tool) => tool.overlay(),
            Self::Shape(tool) => tool.overlay(ctx),
            Self::Freehand(tool) => tool.overlay(),
            Self::Cut(tool) => tool.overlay(ctx),
            Self::Offset(tool) => tool.overlay(ctx),
            Self::Measure(tool) => tool.overlay(),
            Self::Along(tool) => tool.overlay(ctx),
            Self::Mark(tool) => tool.overlay(),
            Self::North(tool) => tool.overlay(),
            Self::Transform(tool) => tool.overlay(),
        };
        // What is selected stays marked under every tool, below what the tool draws.
        overlay.lines.splice(0..0, overlay::selected(ctx));
        overlay.lines.extend(overlay::aids(ctx, overlay.snap));
        overlay
    }

    /// Whether a measure can be typed for what it is doing, or is about to do.
    #[must_use]
    pub fn takes_typing(&self) -> bool {
        match self {
            Self::Select(tool) => tool.is_busy() || tool.takes_typing(),
            // Typed at once it is for what is selected.
            Self::Offset(_) => true,
            _ => self.is_busy(),
        }
    }

    /// Whether it works out its gesture anew with every event, from the project as it was when it began.
    #[must_use]
    pub fn works_from_start(&self) -> bool {
        matches!(self, Self::Transform(_))
    }

    /// Of a tool that an event lets make something: the tool that can make it anew with another measure, if that can be.
    #[must_use]
    pub fn to_make_again(&self, event: Event) -> Option<Self> {
        match self {
            Self::Select(_) | Self::Rectangle(_) | Self::Offset(_) | Self::Mark(_) | Self::Transform(_) => {
                Some(self.clone())
            }
            Self::Shape(tool) => Some(Self::Shape(tool.finished_by(event))),
            Self::Draw(_) | Self::Freehand(_) | Self::Cut(_) | Self::Measure(_) | Self::Along(_) | Self::North(_) => {
                None
            }
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

    /// Whether what it has begun can be taken back step by step; of others all of it goes.
    #[must_use]
    pub fn takes_steps_back(&self) -> bool {
        match self {
            Self::Draw(_)
            | Self::Shape(_)
            | Self::Cut(_)
            | Self::Measure(_)
            | Self::Along(_)
            | Self::Transform(_)
            | Self::Rectangle(_)
            | Self::Offset(_)
            | Self::Mark(_) => true,
            Self::Select(_) | Self::Freehand(_) | Self::North(_) => false,
        }
    }

    /// Whether it is in the middle of something that Escape would take back.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Select(tool) => tool.is_busy(),
            Self::Draw(tool) => tool.is_busy(),
            Self::Rectangle(tool) => tool.is_busy(),
            Self::Shape(tool) => tool.is_busy(),
            Self::Freehand(tool) => tool.is_busy(),
            Self::Cut(tool) => tool.is_busy(),
            Self::Offset(tool) => tool.is_busy(),
            Self::Measure(tool) => tool.is_busy(),
            Self::Along(tool) => tool.is_busy(),
            Self::Mark(tool) => tool.is_busy(),
            Self::North(_) => false,
            Self::Transform(tool) => tool.is_busy(),
        }
    }
}

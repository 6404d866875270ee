//! The tools by name.

use super::Purpose;
use crate::model::LayerKind;

/// A tool by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToolKind {
    /// Select, drag, pull vertices.
    #[default]
    Select,
    /// Draw a plot.
    Plot,
    /// Draw a rectangle by two corners.
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
    /// Cut or round a corner.
    Corner,
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
    /// Paint the use in hand.
    Paint,
    /// Place a picture by points.
    Tie,
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
            Self::Corner => "corner",
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
            Self::Paint => "paint",
            Self::Tie => "tie",
        }
    }

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

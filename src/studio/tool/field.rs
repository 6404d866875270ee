//! The measures that stand at the cursor, and those of them that were typed.

use crate::geometry::{Point, bearing_deg, distance_m};

/// What a measure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKind {
    /// The line in hand, or the first side of a rectangle, in metres.
    Length,
    /// The second side of a rectangle, the width of a bar, in metres.
    Width,
    /// From the middle of a circle to its line, in metres.
    Radius,
    /// How far from an edge or an outline, outwards positive, in metres.
    Distance,
    /// A bearing in degrees, clockwise from north.
    Bearing,
    /// The angle between two sides, in degrees.
    Angle,
    /// All lengths together, in metres.
    Total,
    /// A turn in degrees, clockwise.
    Turn,
    /// How many times as large.
    Factor,
    /// How many corners a regular shape has.
    Sides,
    /// How many copies.
    Copies,
    /// How many parts.
    Parts,
    /// How many storeys above ground.
    Storeys,
    /// How many of something, or none.
    Count,
    /// A part of a hundred.
    Percent,
    /// The area of the shape in hand, in m².
    Area,
}

/// What a measure is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldUnit {
    /// Metres.
    Metre,
    /// Square metres.
    SquareMetre,
    /// Degrees.
    Degree,
    /// Percent.
    Percent,
    /// A bare number.
    None,
}

impl FieldKind {
    /// The message key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Length => "field-length",
            Self::Width => "field-width",
            Self::Radius => "field-radius",
            Self::Distance => "field-distance",
            Self::Bearing => "field-bearing",
            Self::Angle => "field-angle",
            Self::Total => "field-total",
            Self::Turn => "field-turn",
            Self::Factor => "field-factor",
            Self::Sides => "field-sides",
            Self::Copies => "field-copies",
            Self::Parts => "field-parts",
            Self::Storeys => "field-storeys",
            Self::Count => "field-count",
            Self::Percent => "field-percent",
            Self::Area => "field-area",
        }
    }

    /// Whether it can be typed; others only say what there is.
    #[must_use]
    pub fn can_be_typed(self) -> bool {
        !matches!(self, Self::Angle | Self::Total)
    }

    /// Its unit.
    #[must_use]
    pub fn unit(self) -> FieldUnit {
        match self {
            Self::Length | Self::Width | Self::Radius | Self::Distance | Self::Total => FieldUnit::Metre,
            Self::Area => FieldUnit::SquareMetre,
            Self::Bearing | Self::Turn | Self::Angle => FieldUnit::Degree,
            Self::Percent => FieldUnit::Percent,
            Self::Factor | Self::Sides | Self::Copies | Self::Parts | Self::Storeys | Self::Count => FieldUnit::None,
        }
    }
}

/// A measure at the cursor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// What it is of.
    pub kind: FieldKind,
    /// Its value in the unit of its kind; `None` while there is none.
    pub value: Option<f64>,
}

impl Field {
    /// A measure with a value.
    #[must_use]
    pub fn new(kind: FieldKind, value: f64) -> Self {
        Self { kind, value: Some(value) }
    }

    /// The length and the bearing of the way between two points; one without length leads nowhere.
    #[must_use]
    pub fn from_to(from: Point, to: Point) -> [Self; 2] {
        let length_m = distance_m(from, to);
        let bearing = (length_m > 0.0).then(|| bearing_deg(from, to));
        [Self::new(FieldKind::Length, length_m), Self::maybe(FieldKind::Bearing, bearing)]
    }

    /// A measure that may have none yet.
    #[must_use]
    pub fn maybe(kind: FieldKind, value: Option<f64>) -> Self {
        Self { kind, value }
    }
}

/// The measures that were typed for what is in hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed(Vec<(FieldKind, f64)>);

impl Typed {
    /// A typed value.
    #[must_use]
    pub fn get(&self, kind: FieldKind) -> Option<f64> {
        self.0.iter().find(|(k, _)| *k == kind).map(|(_, value)| *value)
    }

    /// Sets a value.
    pub fn set(&mut self, kind: FieldKind, value: f64) {
        self.unset(kind);
        self.0.push((kind, value));
    }

    /// Forgets a value.
    pub fn unset(&mut self, kind: FieldKind) {
        self.0.retain(|(k, _)| *k != kind);
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

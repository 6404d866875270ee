//! How the measures of a drawing in hand are written: at the cursor, in the fields there, in the inspector.

use crate::i18n::{Lang, number};
use crate::studio::Angles;
use crate::studio::tool::{FieldKind, FieldUnit};

/// A measure without its unit.
pub fn value_of(kind: FieldKind, value: f64, angles: Angles, lang: Lang) -> String {
    match kind {
        FieldKind::Bearing => number(lang, angles.turned(value), 1),
        FieldKind::Turn => number(lang, angles.clockwise_deg(value), 1),
        FieldKind::Angle | FieldKind::Percent => number(lang, value, 1),
        FieldKind::Area
        | FieldKind::Sides
        | FieldKind::Copies
        | FieldKind::Parts
        | FieldKind::Storeys
        | FieldKind::Count => number(lang, value, 0),
        FieldKind::Length
        | FieldKind::Width
        | FieldKind::Radius
        | FieldKind::Distance
        | FieldKind::Total
        | FieldKind::Factor => number(lang, value, 2),
    }
}

/// The sign of its unit; empty for a bare number.
pub fn unit_of(kind: FieldKind) -> &'static str {
    match kind.unit() {
        FieldUnit::Metre => "m",
        FieldUnit::SquareMetre => "m²",
        FieldUnit::Degree => "°",
        FieldUnit::Percent => "%",
        FieldUnit::None => "",
    }
}

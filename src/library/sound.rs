//! Which numbers can stand as rates: one answer for the check, which names the others, and for the figures, which leave
//! them aside.

use crate::num::Span;

/// Whether a number may stand for the area of one dwelling, room or job, in m²: finite, and not below a thousandth of a
/// m², which is a slip and no rate.
#[must_use]
pub fn is_area_for_one(m2: f64) -> bool {
    m2.is_finite() && m2 >= 1e-3
}

/// Whether areas for one run as they must: the largest gives the low number, so it comes first.
#[must_use]
pub fn are_areas_for_one(m2: &Span) -> bool {
    is_area_for_one(m2.high) && m2.low.is_finite() && m2.low >= m2.mid && m2.mid >= m2.high
}

/// Whether a number may stand for the persons of one home.
#[must_use]
pub fn is_household(persons: f64) -> bool {
    persons > 0.0 && persons <= 1000.0
}

/// Whether a span can count something: finite, not negative, from low to high.
#[must_use]
pub fn is_count(span: &Span) -> bool {
    span.high.is_finite() && span.low >= 0.0 && span.low <= span.mid && span.mid <= span.high
}

/// Whether a number may stand for the height of a storey, in metres: some kilometres at most, which is absurd but harmless.
#[must_use]
pub fn is_storey_height(height_m: f64) -> bool {
    height_m > 0.0 && height_m <= 10_000.0
}

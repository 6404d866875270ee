//! Which numbers can stand for what is no rate: one answer for the check, which names the others, and for the library, which
//! leaves them aside. Rates have their bounds with them; see [`super::RateInfo::allows`].

/// Heights and levels beyond this are no measures of a building, in metres; up to it they may be absurd, but are harmless.
pub const REACH_UP_M: f64 = 10_000.0;

/// Whether a number may stand for the height of a storey, in metres.
#[must_use]
pub fn is_storey_height(height_m: f64) -> bool {
    height_m > 0.0 && height_m <= REACH_UP_M
}

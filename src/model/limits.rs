//! How far numbers may go: one place for the check, the exchange and the window.

/// A volume that comes in from elsewhere, or is stacked in the window, has at most this many storeys.
pub const MOST_STOREYS: usize = 1000;

/// Lowest and highest storey that can be typed, in metres.
pub const STOREY_HEIGHT_M: (f64, f64) = (0.5, 100.0);

/// Storeys that one expects in a city, from where a person stands upright to a high-bay store, in metres; others are worth a
/// second look.
pub const USUAL_STOREY_M: (f64, f64) = (1.8, 45.0);

/// A volume that begins no higher than this over the plot's ground stands on it, in metres.
pub const GROUND_M: f64 = 0.05;

/// A roof that reaches this near to the base of what stands over it carries it, in metres.
pub const MEETS_M: f64 = 0.05;

/// The part of a footprint that has to stand on something: it may reach out over what carries it, but not hang by a corner.
pub const CARRIED_PART: f64 = 0.2;

/// Gross floor below which a stated home is hard to believe, in m²: less than a room with its share of stairs and walls.
pub const LEAST_HOME_M2: f64 = 20.0;

/// Gross floor above which a stated home is hard to believe, in m²: floors were added, and the number was not.
pub const MOST_HOME_M2: f64 = 500.0;

/// More homes than this cannot be typed for a volume: it would be a slip.
pub const MOST_DWELLINGS: f64 = 100_000.0;

pub use crate::library::REACH_UP_M;

/// Lowest and highest base level that can be typed, in metres; others are hard to believe.
pub const BASE_M: (f64, f64) = (-100.0, 1000.0);

/// No floor of a building is known to carry more, in kN/m².
pub const MOST_LOAD_KN_M2: f64 = 200.0;

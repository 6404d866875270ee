//! How far numbers may go: one place for the check, the exchange and the window.

/// A volume that comes in from elsewhere, or is stacked in the window, has at most this many storeys.
pub const MOST_STOREYS: usize = 1000;

/// Lowest and highest storey that can be typed, in metres; others are hard to believe.
pub const STOREY_HEIGHT_M: (f64, f64) = (0.5, 100.0);

/// Lowest and highest base level that can be typed, in metres; others are hard to believe.
pub const BASE_M: (f64, f64) = (-100.0, 1000.0);

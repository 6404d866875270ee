//! Painting the drawing with egui.
//!
//! Floor 10. [`PaintedScene`] draws a [`Scene`](crate::scene::Scene) as a [`Camera`](crate::scene::Camera) shows it:
//! areas, lines, hatches and signs run together into few meshes, in painter's order, with text between them. The same
//! scene painted to a file looks the same. [`overlay`] draws what the hand does on top: hover, selection, snaps.
//!
//! Coordinates are `f64` local metres until the camera is subtracted, then `f32` logical pixels.

mod brush;
pub mod overlay;
mod scene;

pub use brush::Brush;
pub use scene::{PaintReport, PaintedScene};

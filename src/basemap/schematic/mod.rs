//! The built-in map: the canal zone as a schematic, laid into a frame, with water as wide as it is and names that fit.

mod data;
mod edges;
mod names;
mod placed;
mod ribbon;

pub(super) use data::{Geometry, Layer};
pub use data::{Schematic, schematic};
pub use placed::Placed;

//! Figures: what a variant amounts to.
//!
//! Floor 5. Small pure functions over exact sums ([`Sums`]), each figure with its unit, formula and sources
//! ([`FigureId`]). Sums follow an edit without starting over and equal a fresh computation exactly.

mod figures;
mod sums;

pub use figures::{BySkill, FigureId, Figures, PlotFigures, Report};
pub use sums::Sums;

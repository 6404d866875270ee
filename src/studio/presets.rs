//! Which figures stand large in the window: sets for the people around the table, or the user's own choice; never more than
//! twelve.

use serde::{Deserialize, Serialize};

use crate::measure::{AnyFigure, Coefficients, FigureId};

/// No more figures stand large at once.
pub const MOST_FIGURES: usize = 12;

/// A set of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Density, mix, jobs and homes.
    #[default]
    Architect,
    /// Floor that can be let, what it costs and brings, parking.
    Developer,
    /// A few that everybody understands.
    Evening,
    /// The user's own choice.
    Own,
}

impl Preset {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Architect, Self::Developer, Self::Evening, Self::Own];

    /// The message key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Architect => "preset-architect",
            Self::Developer => "preset-developer",
            Self::Evening => "preset-evening",
            Self::Own => "preset-own",
        }
    }

    fn known(self) -> &'static [FigureId] {
        use FigureId as F;
        match self {
            Self::Architect | Self::Own => &FigureId::HEAD,
            Self::Developer => &[
                F::Gfa,
                F::Nia,
                F::Fsi,
                F::Gsi,
                F::Cost,
                F::Rent,
                F::Dwellings,
                F::Jobs,
                F::CarPlaces,
                F::BikePlaces,
                F::ProductiveShare,
                F::GroundProductiveShare,
            ],
            Self::Evening => &[
                F::Dwellings,
                F::Jobs,
                F::JobsLowSkilled,
                F::ProductiveBalance,
                F::Green,
                F::FullSoil,
                F::CarPlaces,
                F::GoodsMovements,
            ],
        }
    }
}

/// The figures that stand large, in order: those of the set, or the user's own by their names. Names that this project does
/// not know are passed over.
#[must_use]
pub fn figures_of(preset: Preset, own: &[String], coefficients: &Coefficients) -> Vec<AnyFigure> {
    if preset == Preset::Own {
        let named = own.iter().filter_map(|key| coefficients.figure_named(key));
        let found: Vec<AnyFigure> = named.take(MOST_FIGURES).collect();
        if !found.is_empty() {
            return found;
        }
    }
    preset.known().iter().copied().map(AnyFigure::Known).take(MOST_FIGURES).collect()
}

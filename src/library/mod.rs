//! Uses and rates with their sources: what a square metre of something means.
//!
//! Floor 2. Read from `assets/library`, which is compiled in; a project adds to it or changes it with
//! [`UseOverride`]s. Coefficients are defaults with a source, never law.

mod own;
mod rates;
mod uses;

pub use own::{Skills, UseOverride};
pub use rates::{are_areas_for_one, is_area_for_one, is_count, is_household, is_storey_height};
pub use uses::{Confidence, Family, Library, Use, UseId, UseIx};

use crate::num::Span;

/// Rates that turn floor space into people.
#[derive(Clone, Debug, PartialEq)]
pub struct PeopleRates {
    /// Gross floor area per dwelling in m²; `low` gives the low number of dwellings, so it is the largest.
    pub dwelling_m2: Span,
    /// Gross floor area per student room in m².
    pub student_room_m2: f64,
    /// Persons per dwelling in Brussels, in Flanders and elsewhere.
    pub household: [f64; 3],
}

impl Default for PeopleRates {
    fn default() -> Self {
        Self {
            dwelling_m2: Span { low: 125.0, mid: 100.0, high: 90.0 },
            student_room_m2: 35.0,
            household: [2.14, 2.33, 2.25],
        }
    }
}

/// Where the defaults of [`PeopleRates`] come from.
pub mod sources {
    /// Gross floor area per dwelling.
    pub const DWELLING_M2: &str = "PPAS Biestebroeck 2017 (100 m² GFA per dwelling); NovaCity I 124, LionCity I 141 as built; low and high are project defaults";
    /// Gross floor area per student room.
    pub const STUDENT_ROOM_M2: &str = "professional estimate, indicative";
    /// Persons per dwelling.
    pub const HOUSEHOLD: &str = "IBSA 2015 (Brussels 2.14); Statbel (Flanders 2.33, Belgium 2.25)";
    /// Density measures.
    pub const SPACEMATRIX: &str = "Berghauser Pont & Haupt, Spacematrix, 2010";
    /// The mixed-use index.
    pub const MXI: &str = "van den Hoek, The MXI (Mixed-use Index), 2008";
    /// Entropy of uses.
    pub const ENTROPY: &str = "Cervero: land-use entropy; effective number after Simpson";
}

//! Uses and rates with their sources: what a square metre of something means.
//!
//! Floor 2. Read from `assets/library`, which is compiled in; a project adds to it or changes it with
//! [`UseOverride`]s and [`OwnRates`]. Coefficients are defaults with a source, never law.

mod drawn;
mod own;
mod own_rates;
mod programme;
mod rates;
mod sound;
mod typology;
mod uses;

pub use drawn::{FREE_TINTS, UseLook, UseTint, hex_bytes};
pub use own::{MOST_NUISANCE, Skills, UseOverride};
pub use own_rates::{OwnRate, OwnRates};
pub use programme::{Programme, Run};
pub use rates::{RateFault, RateId, RateInfo, RateKind, RateTable, RateValue};
pub use sound::{REACH_UP_M, is_storey_height};
pub use typology::{AS_BUILT, Built, Typology};
pub use uses::{Confidence, Family, Library, Use, UseId, UseIx};

/// Where formulas come from.
pub mod sources {
    /// Density measures.
    pub const SPACEMATRIX: &str = "Berghauser Pont & Haupt, Spacematrix, 2010";
    /// The mixed-use index.
    pub const MXI: &str = "van den Hoek, The MXI (Mixed-use Index), 2008";
    /// Which uses are productive.
    pub const PRODUCTIVE: &str = "definition of this program after the 90 % footprint rule of the ZEMU/OGSO (plusofficearchitects + WRKSHP, 2016)";
    /// The biotope factor.
    pub const BIOTOPE: &str = "Biotope area factor, Berlin (BAF); Brussels CBS and CBS+, indicative";
    /// Heat that finds a use.
    pub const HEAT_MATCH: &str =
        "match ratio of this program: recoverable over demand, as if within 300 m; an upper bound, indicative";
    /// Entropy of uses.
    pub const ENTROPY: &str = "Cervero: land-use entropy; effective number after Simpson";
}

//! Persons per home by region.

use crate::library::RateId;
use crate::model::Region;

/// The rate of a region.
pub(super) fn rate(region: Region) -> Option<RateId> {
    RateId::named(match region {
        Region::Brussels => "household_brussels",
        Region::Flanders => "household_flanders",
        Region::None => "household_elsewhere",
    })
}

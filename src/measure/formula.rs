//! The formulas, one small function each, on plain numbers.
//!
//! Areas in m². What cannot be defined answers `None`; nothing here answers NaN or infinity for finite, sound input.

use crate::library::{Family, is_area_for_one};
use crate::num::{Span, ratio};

/// Square metres in a hectare.
pub const M2_PER_HA: f64 = 10_000.0;

/// Floor space index: FSI = GFA / plot area.
///
/// Source: Berghauser Pont & Haupt, *Spacematrix*, 2010 (also FAR, P/S, V/T).
#[must_use]
pub fn fsi(gfa_m2: f64, plot_area_m2: f64) -> Option<f64> {
    ratio(gfa_m2, plot_area_m2)
}

/// Ground space index: GSI = footprint / plot area. Above 1 when buildings reach over their plot.
///
/// Source: Berghauser Pont & Haupt, *Spacematrix*, 2010 (also coverage, B/T, emprise).
#[must_use]
pub fn gsi(footprint_m2: f64, plot_area_m2: f64) -> Option<f64> {
    ratio(footprint_m2, plot_area_m2)
}

/// Mean number of storeys: L = FSI / GSI, where the plot area cancels out: GFA / footprint.
///
/// Source: Berghauser Pont & Haupt, *Spacematrix*, 2010.
#[must_use]
pub fn l(gfa_m2: f64, footprint_m2: f64, plot_area_m2: f64) -> Option<f64> {
    (plot_area_m2 > 0.0).then(|| ratio(gfa_m2, footprint_m2)).flatten()
}

/// Open space ratio: OSR = (1 − GSI) / FSI, where the plot area cancels out: (plot area − footprint) / GFA.
///
/// Source: Berghauser Pont & Haupt, *Spacematrix*, 2010 (also spaciousness).
#[must_use]
pub fn osr(gfa_m2: f64, footprint_m2: f64, plot_area_m2: f64) -> Option<f64> {
    (plot_area_m2 > 0.0).then(|| ratio(plot_area_m2 - footprint_m2, gfa_m2)).flatten()
}

/// Mixed-use index: MXI = 100 × GFA of the housing family / programme GFA. 0 is work only, 100 a dormitory.
///
/// Source: van den Hoek, *The MXI (Mixed-use Index)*, 2008.
#[must_use]
pub fn mxi_percent(housing_m2: f64, programme_m2: f64) -> Option<f64> {
    ratio(100.0 * housing_m2, programme_m2)
}

/// Productive share: productive GFA / programme GFA, of a whole or of its ground floors.
///
/// Source: definition of this program after the 90 % footprint rule of the ZEMU/OGSO (plusofficearchitects + WRKSHP
/// collectif, 2016); which uses are productive stands in the library.
#[must_use]
pub fn productive_share(productive_m2: f64, programme_m2: f64) -> Option<f64> {
    ratio(productive_m2, programme_m2)
}

/// Entropy of the families: −Σ p ln p / ln n, with p the shares of the families that have programme floor and
/// n = [`Family::PROGRAMME_COUNT`], the families a project allows. 0 is one family, 1 all in equal parts.
///
/// Source: land-use entropy after Cervero.
#[must_use]
pub fn entropy(family_m2: &[f64]) -> Option<f64> {
    let whole: f64 = family_m2.iter().sum();
    let sum: f64 = shares(family_m2, whole)?.map(|p| p * p.ln()).sum();
    // One family alone gives −0, which would be shown as such.
    Some((-sum / (Family::PROGRAMME_COUNT as f64).ln()).max(0.0) + 0.0)
}

/// Effective number of families: 1 / Σ p², with p the shares of the families that have programme floor.
///
/// Source: the inverse of Simpson's (Herfindahl's) index.
#[must_use]
pub fn effective_uses(family_m2: &[f64]) -> Option<f64> {
    let whole: f64 = family_m2.iter().sum();
    ratio(1.0, shares(family_m2, whole)?.map(|p| p * p).sum())
}

fn shares(parts: &[f64], whole: f64) -> Option<impl Iterator<Item = f64> + '_> {
    (whole > 0.0).then(|| parts.iter().filter(|part| **part > 0.0).map(move |part| part / whole))
}

/// Dwellings: GFA of the use `housing` / m² per dwelling, plus those whose number is known.
///
/// Source: [`crate::library::sources::DWELLING_M2`].
#[must_use]
pub fn dwellings(housing_estimated_m2: f64, known: f64, dwelling_m2: Span) -> Span {
    by_rate(housing_estimated_m2, dwelling_m2) + Span::exact(known)
}

/// Student rooms: GFA of the use `student_housing` / m² per room.
///
/// Source: [`crate::library::sources::STUDENT_ROOM_M2`].
#[must_use]
pub fn student_rooms(student_housing_m2: f64, room_m2: f64) -> f64 {
    by_rate(student_housing_m2, Span::exact(room_m2)).mid
}

/// Residents: dwellings × persons per dwelling, plus one in every student room.
///
/// Source: [`crate::library::sources::HOUSEHOLD`].
#[must_use]
pub fn residents(dwellings: Span, household: f64, student_rooms: f64) -> Span {
    dwellings * household + Span::exact(student_rooms)
}

/// Jobs of one use: GFA above ground / m² per job (sparse, mid, dense).
///
/// Source: that of the use, mostly the *Employment Density Guide*, 3rd ed., HCA 2015.
#[must_use]
pub fn jobs(gfa_m2: f64, m2_per_job: Span) -> Span {
    by_rate(gfa_m2, m2_per_job)
}

/// Goods movements a day of one use: GFA above ground / 1,000 × movements per 1,000 m² and day.
///
/// Source: that of the use; in the order of magnitude of LAET/FRETURB, indicative.
#[must_use]
pub fn goods_movements_day(gfa_m2: f64, per_1000m2_day: Span) -> Span {
    per_1000m2_day * (gfa_m2 / 1000.0)
}

/// Per hectare of plot.
#[must_use]
pub fn per_ha(count: f64, plot_area_m2: f64) -> Option<f64> {
    ratio(count * M2_PER_HA, plot_area_m2)
}

/// An area over a rate in m² for one; a rate that is not sound gives none.
fn by_rate(area_m2: f64, m2_for_one: Span) -> Span {
    let over = |rate: f64| if is_area_for_one(rate) { area_m2 / rate } else { 0.0 };
    Span { low: over(m2_for_one.low), mid: over(m2_for_one.mid), high: over(m2_for_one.high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn densities_hang_together() {
        // 10,000 m² of plot, 4,000 m² built over, 12,000 m² of floor.
        let (gfa, footprint, plot) = (12_000.0, 4_000.0, 10_000.0);
        assert_eq!(fsi(gfa, plot), Some(1.2));
        assert_eq!(gsi(footprint, plot), Some(0.4));
        assert_eq!(l(gfa, footprint, plot), Some(3.0));
        assert_eq!(osr(gfa, footprint, plot), Some(0.5));
        assert_eq!(l(gfa, footprint, 0.0), None, "no plot, no density");
        assert_eq!(osr(0.0, 0.0, plot), None, "no floor to share the open space");
    }

    #[test]
    fn mix_runs_from_one_family_to_all_in_equal_parts() {
        assert_eq!(entropy(&[500.0]), Some(0.0));
        assert!(entropy(&[10.0; 8]).is_some_and(|h| (h - 1.0).abs() < 1e-12));
        assert_eq!(effective_uses(&[10.0; 4]), Some(4.0));
        assert_eq!(effective_uses(&[0.0]), None);
        assert_eq!(entropy(&[]), None);
    }

    #[test]
    fn a_rate_that_is_no_rate_gives_nothing() {
        for bad in [0.0, -3.0, 1e-300, f64::NAN, f64::INFINITY] {
            assert_eq!(jobs(100.0, Span::exact(bad)), Span::default());
        }
    }
}

//! What stands in the same place: pairs found by a sweep, measured only where it can matter.

use super::limits::{CARRIED_PART, MEETS_M};
use crate::geometry::{Bounds, Outline, overlap_area_m2, part_inside, parted_by_an_edge};

/// Overlaps up to this do not count, in m²: neighbours drawn by hand never meet exactly.
pub(super) const OVERLAP_TOLERANCE_M2: f64 = 1.0;

/// An outline that is sound, with its bounds and what it stands for.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub outline: &'a Outline,
    pub bounds: Bounds,
    /// Its place in the table.
    pub index: usize,
    /// From and to which level in metres; plots have none.
    pub levels_m: (f64, f64),
}

/// The pairs that share more than [`OVERLAP_TOLERANCE_M2`] of ground and more than a centimetre of height, each as the
/// places in the table, lower first, with the shared area in m².
///
/// Sorted by their west side, each is compared with those that begin before it ends.
pub(super) fn overlaps(mut placed: Vec<Placed<'_>>) -> Vec<(usize, usize, f64)> {
    placed.sort_by(|a, b| a.bounds.min.x.total_cmp(&b.bounds.min.x).then(a.index.cmp(&b.index)));
    let mut found = Vec::new();
    for (i, a) in placed.iter().enumerate() {
        for b in &placed[i + 1..] {
            if b.bounds.min.x >= a.bounds.max.x {
                break;
            }
            found.extend(overlap(a, b));
        }
    }
    found.sort_by_key(|&(a, b, _)| (b, a));
    found
}

/// What two share, if it counts; as [`overlaps`] gives it.
fn overlap(a: &Placed<'_>, b: &Placed<'_>) -> Option<(usize, usize, f64)> {
    let levels = a.levels_m.1.min(b.levels_m.1) - a.levels_m.0.max(b.levels_m.0);
    if levels <= 0.01 || shared_bounds_m2(&a.bounds, &b.bounds) <= OVERLAP_TOLERANCE_M2 {
        return None;
    }
    if parted_by_an_edge(a.outline, b.outline) || parted_by_an_edge(b.outline, a.outline) {
        return None;
    }
    let area_m2 = overlap_area_m2(a.outline, b.outline);
    (area_m2 > OVERLAP_TOLERANCE_M2).then(|| (a.index.min(b.index), a.index.max(b.index), area_m2))
}

/// Things by their west side: whoever looks for what meets one need not look at all.
pub(super) struct ByWest<'a> {
    placed: Vec<Placed<'a>>,
    widest_m: f64,
}

impl<'a> ByWest<'a> {
    pub fn new(mut placed: Vec<Placed<'a>>) -> Self {
        placed.sort_by(|a, b| a.bounds.min.x.total_cmp(&b.bounds.min.x));
        let widest_m = placed.iter().map(|placed| placed.bounds.width_m()).fold(0.0, f64::max);
        Self { placed, widest_m }
    }

    /// The others that may share ground with one.
    fn near<'b>(&'b self, one: &'b Placed<'_>) -> impl Iterator<Item = &'b Placed<'a>> {
        let first = self.placed.partition_point(|other| other.bounds.min.x < one.bounds.min.x - self.widest_m);
        let near = self.placed[first..].iter().take_while(|other| other.bounds.min.x <= one.bounds.max.x);
        near.filter(|other| {
            other.index != one.index && shared_bounds_m2(&one.bounds, &other.bounds) > OVERLAP_TOLERANCE_M2
        })
    }

    /// Whether enough of what stands under an upper volume reaches up to its base level.
    pub fn carry(&self, upper: &Placed<'_>, base_m: f64) -> bool {
        let carries = |other: &&Placed<'_>| other.levels_m.0 < base_m - MEETS_M && other.levels_m.1 >= base_m - MEETS_M;
        // Carriers share no ground: those that did would stand in one another, which is found elsewhere.
        let part: f64 = self.near(upper).filter(carries).map(|other| part_inside(upper.outline, other.outline)).sum();
        part >= CARRIED_PART
    }

    /// The pairs of one with others that [`overlaps`] would find among all.
    pub fn overlaps_with<'b>(&'b self, one: &'b Placed<'_>) -> impl Iterator<Item = (usize, usize, f64)> {
        self.near(one).filter_map(|other| overlap(one, other))
    }
}

fn shared_bounds_m2(a: &Bounds, b: &Bounds) -> f64 {
    let width = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
    let height = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
    width.max(0.0) * height.max(0.0)
}

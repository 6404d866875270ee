//! How much shapes cover together, and how much they share.

use geo::{Area as _, BooleanOps as _, unary_union};

use super::{Bounds, Outline};

/// The area covered by at least one of the outlines, in m².
///
/// Outlines that stand alone are summed; only those whose bounds meet go through a boolean union, so the usual plot
/// with separate buildings costs no more than its areas. Outlines with a fault must be left out by the caller.
///
/// ```
/// use maakblok::geometry::{Outline, point, union_area_m2};
/// let a = Outline::rectangle(point(0.0, 0.0), point(10.0, 10.0));
/// let b = Outline::rectangle(point(5.0, 0.0), point(15.0, 10.0));
/// assert!((union_area_m2(&[&a, &b]) - 150.0).abs() < 1e-6);
/// ```
#[must_use]
pub fn union_area_m2(outlines: &[&Outline]) -> f64 {
    groups(outlines)
        .iter()
        .map(|group| match group.as_slice() {
            [alone] => alone.area_m2(),
            several => union(several).unsigned_area(),
        })
        .sum()
}

/// Outlines that cover what these cover and do not overlap; those that stand alone come back as they are.
///
/// Outlines with a fault must be left out by the caller.
#[must_use]
pub fn merged(outlines: &[&Outline]) -> Vec<Outline> {
    let mut parts = Vec::with_capacity(outlines.len());
    for group in groups(outlines) {
        match group.as_slice() {
            [alone] => parts.push((*alone).clone()),
            several => parts.extend(union(several).0.iter().map(Outline::from_polygon)),
        }
    }
    parts
}

fn union(outlines: &[&Outline]) -> geo::MultiPolygon<f64> {
    unary_union(&outlines.iter().map(|o| o.polygon()).collect::<Vec<_>>())
}

/// The outlines in groups whose bounds hang together.
fn groups<'a>(outlines: &[&'a Outline]) -> Vec<Vec<&'a Outline>> {
    let mut boxed: Vec<(Bounds, &Outline)> =
        outlines.iter().filter_map(|outline| outline.bounds().map(|b| (b, *outline))).collect();
    boxed.sort_by(|a, b| a.0.min.x.total_cmp(&b.0.min.x));
    let mut group_of: Vec<usize> = (0..boxed.len()).collect();
    for i in 0..boxed.len() {
        for j in i + 1..boxed.len() {
            if boxed[j].0.min.x >= boxed[i].0.max.x {
                break;
            }
            let (a, b) = (&boxed[i].0, &boxed[j].0);
            if a.min.y < b.max.y && b.min.y < a.max.y {
                join(&mut group_of, i, j);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<&Outline>> = std::collections::BTreeMap::new();
    for (i, (_, outline)) in boxed.iter().enumerate() {
        groups.entry(root(&mut group_of, i)).or_default().push(outline);
    }
    groups.into_values().collect()
}

fn root(group_of: &mut [usize], mut i: usize) -> usize {
    while group_of[i] != i {
        group_of[i] = group_of[group_of[i]];
        i = group_of[i];
    }
    i
}

fn join(group_of: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group_of, a), root(group_of, b));
    group_of[a.max(b)] = a.min(b);
}

/// The area that both cover, in m².
#[must_use]
pub fn overlap_area_m2(a: &Outline, b: &Outline) -> f64 {
    match (a.bounds(), b.bounds()) {
        (Some(ba), Some(bb)) if ba.meets(&bb) => a.polygon().intersection(&b.polygon()).unsigned_area(),
        _ => 0.0,
    }
}

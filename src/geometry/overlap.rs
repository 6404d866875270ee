//! How much shapes cover together, and how much they share.

use geo::{Area as _, BooleanOps as _, unary_union};

use super::{Bounds, Outline, Point, distance_m};

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
    let (bounds, outlines): (Vec<Bounds>, Vec<&Outline>) =
        outlines.iter().filter_map(|outline| Some((outline.bounds()?, *outline))).unzip();
    let of = |group: Vec<usize>| group.into_iter().map(|place| outlines[place]).collect();
    groups_that_meet(&bounds).into_iter().map(of).collect()
}

/// The places of bounds that meet, directly or through others; members and groups in order of place.
///
/// Swept from west to east, each is compared with those that begin before it ends.
///
/// ```
/// use maakblok::geometry::{Bounds, groups_that_meet, point};
/// let at = |x: f64| Bounds { min: point(x, 0.0), max: point(x + 2.0, 1.0) };
/// assert_eq!(groups_that_meet(&[at(0.0), at(9.0), at(3.0), at(1.5)]), [vec![0, 2, 3], vec![1]]);
/// ```
#[must_use]
pub fn groups_that_meet(bounds: &[Bounds]) -> Vec<Vec<usize>> {
    let mut west_to_east: Vec<usize> = (0..bounds.len()).collect();
    west_to_east.sort_by(|&a, &b| bounds[a].min.x.total_cmp(&bounds[b].min.x));
    let mut first_of: Vec<usize> = (0..bounds.len()).collect();
    for (i, &a) in west_to_east.iter().enumerate() {
        for &b in &west_to_east[i + 1..] {
            let (a_box, b_box) = (&bounds[a], &bounds[b]);
            if b_box.min.x >= a_box.max.x {
                break;
            }
            if a_box.min.y < b_box.max.y && b_box.min.y < a_box.max.y {
                join(&mut first_of, a, b);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_at: Vec<usize> = Vec::with_capacity(bounds.len());
    for place in 0..bounds.len() {
        let first = root(&mut first_of, place);
        if first == place {
            group_at.push(groups.len());
            groups.push(vec![place]);
        } else {
            // The first of a group has the lowest place, so its group is there already.
            let group = group_at[first];
            group_at.push(group);
            groups[group].push(place);
        }
    }
    groups
}

fn root(first_of: &mut [usize], mut place: usize) -> usize {
    while first_of[place] != place {
        first_of[place] = first_of[first_of[place]];
        place = first_of[place];
    }
    place
}

fn join(first_of: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(first_of, a), root(first_of, b));
    first_of[a.max(b)] = a.min(b);
}

/// The area that both cover, in m².
#[must_use]
pub fn overlap_area_m2(a: &Outline, b: &Outline) -> f64 {
    match (a.bounds(), b.bounds()) {
        (Some(ba), Some(bb)) if ba.meets(&bb) => a.polygon().intersection(&b.polygon()).unsigned_area(),
        _ => 0.0,
    }
}

/// The part of `inner`, 0 to 1, that lies inside `outer`; 0 for an outline without area.
#[must_use]
pub fn part_inside(inner: &Outline, outer: &Outline) -> f64 {
    let area_m2 = inner.area_m2();
    if area_m2 > 0.0 { (overlap_area_m2(inner, outer) / area_m2).min(1.0) } else { 0.0 }
}

/// How much of a shape is seen within another and beside what covers it, in m²: all of it, and the part of that which
/// lies over none of `below`. Outlines with a fault must be left out by the caller.
///
/// ```
/// use maakblok::geometry::{Outline, point, seen_m2};
/// let strip = |x: f64, to: f64| Outline::rectangle(point(x, 0.0), point(to, 10.0));
/// // A garden that reaches out of its plot, under a hall, and over a cellar.
/// let (garden, plot, hall, cellar) = (strip(0.0, 30.0), strip(5.0, 50.0), strip(20.0, 50.0), strip(0.0, 12.0));
/// let [seen, on_soil] = seen_m2(&garden, &plot, &[&hall], &[&cellar]);
/// assert!((seen - 150.0).abs() < 1e-6 && (on_soil - 80.0).abs() < 1e-6);
/// ```
#[must_use]
pub fn seen_m2(shape: &Outline, within: &Outline, covers: &[&Outline], below: &[&Outline]) -> [f64; 2] {
    let Some(bounds) = shape.bounds() else { return [0.0; 2] };
    let near = |outlines: &[&Outline]| -> Vec<geo::Polygon<f64>> {
        let near = outlines.iter().filter(|outline| outline.bounds().is_some_and(|b| b.meets(&bounds)));
        near.map(|outline| outline.polygon()).collect()
    };
    let (covers, below) = (near(covers), near(below));
    if covers.is_empty() && below.is_empty() && is_in_convex(shape, within) {
        return [shape.area_m2(); 2];
    }
    let mut seen = shape.polygon().intersection(&within.polygon());
    if !covers.is_empty() {
        seen = seen.difference(&unary_union(&covers));
    }
    let seen_m2 = seen.unsigned_area();
    let on_soil_m2 = if below.is_empty() { seen_m2 } else { seen.difference(&unary_union(&below)).unsigned_area() };
    [seen_m2, on_soil_m2]
}

/// Shared walls lie on both sides of their line by rounding; so far off it does not count, in metres.
const HAIR_M: f64 = 1e-6;

/// Whether the line of an edge of `a` has all of `a` on one side and all of `b` on the other: then they share nothing.
#[must_use]
pub fn parted_by_an_edge(a: &Outline, b: &Outline) -> bool {
    let points = a.outer();
    (0..points.len()).any(|i| {
        let (from, to) = (points[i], points[(i + 1) % points.len()]);
        let side = |p: &Point| (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x);
        let hair = HAIR_M * distance_m(from, to);
        let all = |outline: &Outline, sign: f64| outline.outer().iter().all(|p| side(p) * sign >= -hair);
        (all(a, 1.0) && all(b, -1.0)) || (all(a, -1.0) && all(b, 1.0))
    })
}

/// How much of `inner` lies outside `outer`, in m²; 0 when that is quickly seen.
#[must_use]
pub fn outside_m2(inner: &Outline, outer: &Outline) -> f64 {
    if is_in_convex(inner, outer) {
        return 0.0;
    }
    (inner.area_m2() - overlap_area_m2(inner, outer)).max(0.0)
}

/// Whether `outer` is convex without courts and holds every point of `inner`.
fn is_in_convex(inner: &Outline, outer: &Outline) -> bool {
    if !outer.holes().is_empty() {
        return false;
    }
    let points = outer.outer();
    // Every edge has all points of both on the same side.
    let mut sign = 0.0;
    (0..points.len()).all(|i| {
        let (from, to) = (points[i], points[(i + 1) % points.len()]);
        let hair = HAIR_M * distance_m(from, to);
        points.iter().chain(inner.outer()).all(|p| {
            let side = (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x);
            if side.abs() <= hair {
                return true;
            }
            if sign == 0.0 {
                sign = side.signum();
            }
            side.signum() == sign
        })
    })
}

//! What lies behind the edges of a plot, guessed from what is drawn around it.

use super::Sides;
use crate::geometry::{Motion, Outline, Point, TOLERANCE_M, direction, distance_m, left_of, nearest_on_segment};
use crate::model::{Context, ContextKind, ContextShape, EdgeRole, Recipe};

/// So far out one looks, nearest first, in metres: a wall, a pavement, a narrow street, a wide one.
const OUT_M: [f64; 5] = [0.3, 2.0, 5.0, 9.0, 14.0];

/// A line stands for something so wide to both sides, in metres.
const LINE_M: f64 = 5.0;

/// Farther out than this nothing is looked at: what is drawn there needs not be given, in metres.
pub const REACH_M: f64 = OUT_M[OUT_M.len() - 1] + LINE_M;

/// What lies behind each edge of a plot, in the order of its edges: what is met first from the edge outward at most of three
/// places along it. A building right at the edge is a party wall; where nothing is drawn there is a neighbour.
#[must_use]
pub fn guess_roles<'a>(plot: &Outline, around: impl IntoIterator<Item = &'a Context>) -> Vec<EdgeRole> {
    let around: Vec<&Context> = around.into_iter().collect();
    plot.edges().map(|(a, b)| role_of(a, b, &around)).collect()
}

/// The same with a front: where no edge is a street the longest is taken for one, so that the block does not turn round when
/// another becomes longer.
#[must_use]
pub fn with_front(plot: &Outline, mut roles: Vec<EdgeRole>) -> Vec<EdgeRole> {
    if let Some(place) = front(plot, Sides { roles: &roles, ..Sides::default() }).and_then(|front| roles.get_mut(front))
    {
        *place = EdgeRole::Street;
    }
    roles
}

/// The place of the edge that a block faces: the longest street, else the longest edge that nothing is known of, else the
/// longest. `None` for an outline without edges.
#[must_use]
pub(super) fn front(plot: &Outline, sides: Sides<'_>) -> Option<usize> {
    let role = |at: usize| sides.role(at);
    let longest = |of: &dyn Fn(usize) -> bool| {
        let lengths = plot.edges().take(plot.outer().len()).map(|(a, b)| distance_m(a, b)).enumerate();
        let mut lengths: Vec<(usize, f64)> = lengths.collect();
        lengths.sort_by_key(|(at, _)| sides.number(*at));
        // The first of equals by its number: neither a millimetre more on the other side of a rectangle nor an outline that
        // begins elsewhere must turn all round.
        lengths.into_iter().filter(|(at, _)| of(*at)).fold(
            None,
            |best: Option<(usize, f64)>, (at, length_m)| match best {
                Some((_, most_m)) if length_m <= most_m + 10.0 * TOLERANCE_M => best,
                _ => Some((at, length_m)),
            },
        )
    };
    let street = longest(&|at| role(at) == EdgeRole::Street);
    let free = || longest(&|at| role(at) == EdgeRole::Neighbour);
    street.or_else(free).or_else(|| longest(&|_| true)).map(|(at, _)| at)
}

/// The place of the edge that the block of a recipe faces.
#[must_use]
pub fn front_of(recipe: &Recipe) -> Option<usize> {
    front(&recipe.outline, Sides::of(recipe))
}

/// Which edge of an outline each edge of another comes from, where it comes from one.
pub(super) fn edges_from(was: &Outline, now: &Outline, motion: Option<&Motion>) -> Vec<Option<usize>> {
    if let Some(motion) = motion {
        return was.edges_mapped(motion.map.is_mirroring()).into_iter().map(Some).collect();
    }
    let (before, after): (Vec<_>, Vec<_>) = (was.edges().collect(), now.edges().collect());
    if before.len() == after.len() && was.outer().len() == now.outer().len() {
        // As many as there were: they moved, and the ring may begin elsewhere.
        let count = was.outer().len();
        let apart_m = |shift: usize| -> f64 {
            let pairs = (0..count).map(|at| (before[(at + shift) % count], after[at]));
            pairs.map(|(b, a)| distance_m((b.0 + b.1) / 2.0, (a.0 + a.1) / 2.0)).sum()
        };
        let shift = (0..count).min_by(|a, b| apart_m(*a).total_cmp(&apart_m(*b))).unwrap_or(0);
        return (0..after.len()).map(|at| Some(if at < count { (at + shift) % count } else { at })).collect();
    }
    let by_corners = edges_by_corners(was.outer(), now.outer());
    let from = |(a, b): (Point, Point)| {
        let along = direction(b - a)?;
        let middle = (a + b) / 2.0;
        let is_same = |(c, d): &(Point, Point)| {
            let straight = direction(*d - *c).is_some_and(|other| other.x * along.x + other.y * along.y > STRAIGHT);
            straight && distance_m(middle, nearest_on_segment(middle, *c, *d)) < NEAR_M
        };
        before.iter().position(is_same)
    };
    let of = |(at, edge): (usize, &(Point, Point))| by_corners.get(at).copied().flatten().or_else(|| from(*edge));
    after.iter().enumerate().map(of).collect()
}

/// Which edge of a ring each edge of another comes from, by the corners that both have: between two of them corners were put
/// in, taken away or moved. Nothing for rings that have no two corners in common.
fn edges_by_corners(was: &[Point], now: &[Point]) -> Vec<Option<usize>> {
    let (n, m) = (was.len(), now.len());
    let place = |p: &Point| was.iter().position(|q| distance_m(*p, *q) <= TOLERANCE_M);
    let common: Vec<(usize, usize)> = now.iter().enumerate().filter_map(|(at, p)| Some((at, place(p)?))).collect();
    let mut from = vec![None; m];
    if common.len() < 2 {
        return from;
    }
    for (&(a, old_a), &(b, old_b)) in common.iter().zip(common.iter().cycle().skip(1)) {
        let (new_count, old_count) = ((b + m - a) % m, (old_b + n - old_a) % n);
        let old = |step: usize| (old_a + step) % n;
        let length_m = |step: &usize| distance_m(was[old(*step)], was[(old(*step) + 1) % n]);
        for step in 0..new_count {
            let of = match old_count {
                1 => Some(0),
                _ if new_count == 1 => (0..old_count).max_by(|x, y| length_m(x).total_cmp(&length_m(y))),
                _ => (old_count == new_count).then_some(step),
            };
            // Two outlines that share corners in another order are not one that became the other.
            from[(a + step) % m] = of.filter(|_| old_count < n).map(old);
        }
    }
    from
}

/// Edges that lie no farther apart, in metres, and turn no more, by the cosine, are one edge in two outlines.
const NEAR_M: f64 = 2.0;
const STRAIGHT: f64 = 0.97;

fn role_of(a: Point, b: Point, around: &[&Context]) -> EdgeRole {
    let Some(outward) = direction(b - a).map(|along| left_of(along) * -1.0) else { return EdgeRole::default() };
    let met = [0.25, 0.5, 0.75].map(|part| {
        let from = a + (b - a) * part;
        OUT_M.iter().find_map(|out_m| role_at(from + outward * *out_m, *out_m, around)).unwrap_or_default()
    });
    // Of three that differ the one in the middle.
    if met[0] == met[2] { met[0] } else { met[1] }
}

fn role_at(p: Point, out_m: f64, around: &[&Context]) -> Option<EdgeRole> {
    // Of what lies over one another, as a road over water, what one comes by.
    let kinds = [ContextKind::Road, ContextKind::Rail, ContextKind::Water, ContextKind::Building];
    let kind = kinds.into_iter().find(|kind| around.iter().any(|thing| thing.kind == *kind && covers(thing, p)))?;
    match kind {
        ContextKind::Road => Some(EdgeRole::Street),
        ContextKind::Rail => Some(EdgeRole::Rail),
        ContextKind::Water => Some(EdgeRole::Water),
        ContextKind::Building if out_m <= OUT_M[0] => Some(EdgeRole::Party),
        // Across some ground: somebody else's.
        _ => Some(EdgeRole::Neighbour),
    }
}

fn covers(thing: &Context, p: Point) -> bool {
    match &thing.shape {
        ContextShape::Area(outline) => outline.fault().is_none() && outline.contains(p),
        ContextShape::Line(points) => {
            points.windows(2).any(|ends| distance_m(p, nearest_on_segment(p, ends[0].0, ends[1].0)) <= LINE_M)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;
    use crate::model::{At, Id};
    use crate::record::Extra;

    fn thing(kind: ContextKind, shape: ContextShape) -> Context {
        Context {
            id: Id(1),
            name: String::new(),
            kind,
            shape,
            height_m: None,
            credit: String::new(),
            extra: Extra::default(),
        }
    }

    fn area(kind: ContextKind, from: [f64; 2], to: [f64; 2]) -> Context {
        thing(kind, ContextShape::Area(Outline::rectangle(point(from[0], from[1]), point(to[0], to[1]))))
    }

    #[test]
    fn a_plot_without_a_street_has_a_front_that_stays() {
        let plot = Outline::rectangle(point(0.0, 0.0), point(60.0, 40.0));
        let roles = with_front(&plot, vec![EdgeRole::Water, EdgeRole::Neighbour, EdgeRole::Neighbour, EdgeRole::Rail]);
        assert_eq!(roles, [EdgeRole::Water, EdgeRole::Neighbour, EdgeRole::Street, EdgeRole::Rail]);
        assert_eq!(with_front(&plot, roles.clone()), roles);
    }

    #[test]
    fn edges_are_what_is_met_first_behind_them() {
        let plot = Outline::rectangle(point(0.0, 0.0), point(60.0, 40.0));
        let line = [[-50.0, 52.0], [150.0, 52.0]].map(|[x, y]| At(point(x, y)));
        let around = [
            // A pavement of 3 m, then the street in the south; a wall in the east; a railway beyond a strip in the north; and a
            // quay of 8 m before the canal in the west, with a house on the other side of it.
            area(ContextKind::Road, [-20.0, -12.0], [90.0, -3.0]),
            area(ContextKind::Building, [60.0, 0.0], [80.0, 40.0]),
            thing(ContextKind::Rail, ContextShape::Line(line.to_vec())),
            area(ContextKind::Water, [-40.0, -20.0], [-8.0, 60.0]),
            area(ContextKind::Building, [-60.0, 0.0], [-41.0, 40.0]),
        ];
        let roles = guess_roles(&plot, &around);
        assert_eq!(roles, [EdgeRole::Street, EdgeRole::Party, EdgeRole::Rail, EdgeRole::Water]);
        assert_eq!(guess_roles(&plot, []), [EdgeRole::Neighbour; 4]);
        // A house some metres away is no party wall.
        let house = area(ContextKind::Building, [64.0, 0.0], [80.0, 40.0]);
        assert_eq!(guess_roles(&plot, [&house]), [EdgeRole::Neighbour; 4]);
    }
}

//! Making corners square: of one outline, or of neighbours at once so that shared walls stay shared.
//!
//! Every wall within [`SQUARE_WITHIN_DEG`] of the common direction or of its perpendicular is laid along it; others
//! keep their line, and their ends slide on it. A line of walls goes to the mean of its walls, weighted by their
//! lengths, so nothing moves more than it must. A quadrilateral whose corners are off by 8 % of its shorter side keeps
//! its area to 3 %, and smaller errors count by their square.
//! Points are local metres. Whether outlines belong together is left to the caller: those that do not touch are
//! squared to one direction but do not see one another.

use super::{Outline, Point, Ring, direction, distance_m};

mod web;

pub(super) use web::{Wall, settled};

/// Walls farther than this from both directions slant and are left so, in degrees.
pub const SQUARE_WITHIN_DEG: f64 = 30.0;

/// Corners of neighbours this close are one corner, and a corner this close to a wall lies on it, in metres.
const SNAP_M: f64 = 5e-3;

/// Less movement than this is none, in metres.
const STILL_M: f64 = 1e-4;

/// Why corners were not made square.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SquareFault {
    /// All corners are square to a tenth of a millimetre, or there is nothing to square.
    #[error("it is square already")]
    NothingToDo,
    /// An outline would cross itself or vanish.
    #[error("an outline would cross itself or vanish")]
    WouldCross {
        /// Its place in what was given.
        outline: usize,
    },
    /// An outline has a [fault](Outline::fault) as it is.
    #[error("an outline has a fault")]
    Faulty {
        /// Its place in what was given.
        outline: usize,
    },
    /// The direction given has no length.
    #[error("the direction has no length")]
    NoDirection,
}

/// How a wall is to lie in the frame of the common direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Along {
    /// Along the common direction.
    X,
    /// Across it.
    Y,
    /// As it does.
    Slant,
}

impl Along {
    /// From the vector of the wall.
    pub fn of(d: Point) -> Self {
        let within = SQUARE_WITHIN_DEG.to_radians().tan();
        if d.y.abs() <= within * d.x.abs() {
            Self::X
        } else if d.x.abs() <= within * d.y.abs() {
            Self::Y
        } else {
            Self::Slant
        }
    }
}

/// The outlines with their corners made square to their own [main direction](main_direction), in the same order.
///
/// Corners and walls that touch within 5 mm still touch, to the digit of the storage grid.
///
/// # Errors
///
/// See [`SquareFault`]; then nothing is to be changed.
///
/// ```
/// use maakblok::geometry::{Outline, SquareFault, point, squared};
/// let hall = Outline::from_points([point(0.0, 0.2), point(20.0, -0.2), point(20.0, 10.2), point(0.0, 9.8)]);
/// let square = squared(&[&hall]).unwrap();
/// assert_eq!(square[0].outer().len(), 4);
/// assert!((square[0].area_m2() - 200.0).abs() < 0.1);
/// assert_eq!(squared(&[&square[0]]), Err(SquareFault::NothingToDo));
/// ```
pub fn squared(outlines: &[&Outline]) -> Result<Vec<Outline>, SquareFault> {
    none_faulty(outlines)?;
    let along = main_direction(outlines).ok_or(SquareFault::NothingToDo)?;
    laid_along(outlines, along)
}

/// Like [`squared`], with the common direction given as a vector of any length.
///
/// # Errors
///
/// See [`SquareFault`]; then nothing is to be changed.
pub fn squared_to(outlines: &[&Outline], along: Point) -> Result<Vec<Outline>, SquareFault> {
    none_faulty(outlines)?;
    laid_along(outlines, direction(along).ok_or(SquareFault::NoDirection)?)
}

/// The direction that most of the walls are along or across, as a vector of one metre within 45° of east.
///
/// The mean of the walls' directions modulo 90°, weighted by length, in which slanting walls have no say. Where walls
/// lie in all directions it is the longest wall's. `None` without a wall.
#[must_use]
pub fn main_direction(outlines: &[&Outline]) -> Option<Point> {
    let runs: Vec<Point> = outlines.iter().flat_map(|outline| outline.edges()).map(|(a, b)| b - a).collect();
    main_direction_of(&runs)
}

pub(super) fn main_direction_of(runs: &[Point]) -> Option<Point> {
    let length_m = |d: &Point| distance_m(*d, Point::zero());
    let longest =
        runs.iter().filter(|d| direction(**d).is_some()).max_by(|a, b| length_m(a).total_cmp(&length_m(b)))?;
    let by_longest = fourfold_mean(std::iter::once(longest))?;
    let mut along = fourfold_mean(runs.iter()).unwrap_or(by_longest);
    // Without the slanting ones the mean moves a little, and then others may slant.
    for _ in 0..8 {
        let straight = runs.iter().filter(|d| Along::of(in_frame(**d, along)) != Along::Slant);
        let next = fourfold_mean(straight).unwrap_or(by_longest);
        if next == along {
            break;
        }
        along = next;
    }
    Some(along)
}

/// The mean direction modulo 90°; `None` when there is none.
fn fourfold_mean<'a>(runs: impl Iterator<Item = &'a Point>) -> Option<Point> {
    // The square of the square of a complex number has four times its angle.
    let doubled = |z: Point| Point { x: z.x * z.x - z.y * z.y, y: 2.0 * z.x * z.y };
    let (mut sum, mut length_m) = (Point::zero(), 0.0);
    for (d, run) in runs.filter_map(|run| Some((direction(*run)?, run))) {
        let weight = distance_m(*run, Point::zero());
        sum = sum + doubled(doubled(d)) * weight;
        length_m += weight;
    }
    if distance_m(sum, Point::zero()) <= 1e-6 * length_m {
        return None;
    }
    let (sin, cos) = (sum.y.atan2(sum.x) / 4.0).sin_cos();
    Some(upright(Point { x: cos, y: sin }))
}

/// A direction that misses an axis by rounding alone put on it.
fn upright(along: Point) -> Point {
    match along {
        Point { x, y } if y.abs() < 1e-12 => Point { x: x.signum(), y: 0.0 },
        Point { x, y } if x.abs() < 1e-12 => Point { x: 0.0, y: y.signum() },
        other => other,
    }
}

/// A vector in the frame whose x axis is `along`.
pub(super) fn in_frame(v: Point, along: Point) -> Point {
    Point { x: v.x * along.x + v.y * along.y, y: v.y * along.x - v.x * along.y }
}

/// A vector of the frame whose x axis is `along`, in local metres.
pub(super) fn from_frame(v: Point, along: Point) -> Point {
    Point { x: v.x * along.x - v.y * along.y, y: v.x * along.y + v.y * along.x }
}

fn none_faulty(outlines: &[&Outline]) -> Result<(), SquareFault> {
    let faulty = outlines.iter().position(|outline| outline.fault().is_some());
    faulty.map_or(Ok(()), |outline| Err(SquareFault::Faulty { outline }))
}

fn laid_along(outlines: &[&Outline], along: Point) -> Result<Vec<Outline>, SquareFault> {
    let along = upright(along);
    let origin =
        outlines.iter().find_map(|outline| outline.outer().first().copied()).ok_or(SquareFault::NothingToDo)?;
    let web = web::Web::of(outlines, |p| in_frame(p - origin, along));
    let places = settled(&web.joints, &web.walls);
    let mut is_still = true;
    let mut square = Vec::with_capacity(outlines.len());
    for (i, (outline, rings)) in outlines.iter().zip(web.rings(&places)).enumerate() {
        let keeps_turning =
            outline.rings().iter().zip(&rings).all(|(old, new)| signed_m2(old.points()) * signed_m2(new) > 0.0);
        let mut rings =
            rings.into_iter().map(|ring| Ring::new(ring.into_iter().map(|p| from_frame(p, along) + origin)));
        let new = rings.next().map_or_else(Outline::default, |outer| Outline::with_holes(&outer, rings));
        if !keeps_turning || new.fault().is_some() {
            return Err(SquareFault::WouldCross { outline: i });
        }
        is_still &= lies_still(outline, &new);
        square.push(new);
    }
    if is_still { Err(SquareFault::NothingToDo) } else { Ok(square) }
}

/// Whether the corners are the same ones and none has moved.
fn lies_still(old: &Outline, new: &Outline) -> bool {
    let count = |outline: &Outline| outline.vertices().count();
    count(old) == count(new)
        && old.vertices().zip(new.vertices()).all(|((at, a), (to, b))| at == to && distance_m(a, b) <= STILL_M)
}

/// Twice the area, positive when counter-clockwise.
fn signed_m2(ring: &[Point]) -> f64 {
    let Some((&first, rest)) = ring.split_first() else { return 0.0 };
    let cross = |a: Point, b: Point| a.x * b.y - b.x * a.y;
    rest.windows(2).map(|pair| if let &[a, b] = pair { cross(a - first, b - first) } else { 0.0 }).sum()
}

#[cfg(test)]
mod tests;

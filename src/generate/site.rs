//! The plot as generators see it: in a frame of its own, with what may be built on.
//!
//! The frame has its origin at the beginning of the front, `x` along the front and `y` into the plot, in metres. A
//! generator that works in it turns with the plot. Of one that was mirrored the frame is a mirror, too: it begins at the other
//! end of the front.

use super::edges::front;
use super::entrances::Standing;
use super::params::{Param, Values};
use super::{Refusal, Sides};
use crate::geometry::{
    Bounds, Outline, Point, TOLERANCE_M, Transform, direction, distance_m, left_of, nearest_on_segment,
};
use crate::model::EdgeRole;

/// The parameter that says how far from an edge one builds.
pub(super) fn setback(role: EdgeRole) -> Option<&'static str> {
    match role {
        EdgeRole::Street => Some("setback_street_m"),
        EdgeRole::Water => Some("setback_water_m"),
        EdgeRole::Rail => Some("setback_rail_m"),
        EdgeRole::Neighbour => Some("setback_neighbour_m"),
        EdgeRole::Party => None,
    }
}

/// The distances that every generator keeps, and what it does with homes where none may look out.
pub(super) static SETBACKS: [Param; 5] = [
    Param::metres("setback_street_m", 0.0, 0.0, 40.0),
    Param::metres("setback_neighbour_m", 0.0, 3.0, 40.0),
    Param::metres("setback_water_m", 0.0, 5.0, 60.0),
    Param::metres("setback_rail_m", 0.0, 6.0, 60.0),
    Param::choice("homes_without_view", &["offices", "homes"], 0),
];

/// Plots smaller than this have no room for any typology, in m².
const LEAST_PLOT_M2: f64 = 100.0;

/// Ground that is nowhere so wide is not built on, in metres.
const LEAST_BUILT_M: f64 = 5.0;

/// Pieces smaller than this are left open, in m².
const LEAST_PIECE_M2: f64 = 20.0;

/// A wall nearer to a neighbour's ground has no windows, in metres: article 3.132 of the Belgian Civil Code asks 19 dm for
/// views, without consent of the neighbour; indicative.
const VIEW_M: f64 = 1.9;

/// So far from windows rooms have daylight, in metres; a rule of thumb, indicative.
const DAYLIGHT_M: f64 = 8.0;

/// Where more of the floor than this is dark nobody lives: a wing of 14 m with windows on one side, as round many a court, is
/// just light enough.
const MOST_DARK: f64 = 0.6;

/// A plot in its frame.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its outline.
    pub outline: Outline,
    /// What lies behind each edge, in the order of the outline's edges.
    pub roles: Vec<EdgeRole>,
    /// The number of each edge, in the same order: it stays when others come or go.
    pub numbers: Vec<u32>,
    /// The distance that is kept to each edge, in metres.
    pub setbacks_m: Vec<f64>,
    /// What may be built on, the largest first.
    pub buildable: Vec<Outline>,
    /// From the frame to local metres.
    pub local_from_site: Transform,
}

impl Site {
    /// A plot with what lies behind its edges; edges without a role are a neighbour's, and where none is a street the longest
    /// is taken for one.
    ///
    /// # Errors
    /// When the outline has a fault, or nothing can be built on.
    pub(super) fn new(outline: &Outline, sides: Sides<'_>, values: &Values<'_>) -> Result<Self, Refusal> {
        if outline.fault().is_some() {
            return Err(Refusal::FaultyPlot);
        }
        if outline.area_m2() < LEAST_PLOT_M2 {
            return Err(Refusal::TooSmall);
        }
        let edges: Vec<(Point, Point)> = outline.edges().collect();
        let front = front(outline, sides).ok_or(Refusal::FaultyPlot)?;
        let (from, to) = edges[front];
        let along = direction(to - from).ok_or(Refusal::FaultyPlot)?;
        // Turned so that the front lies east, then moved to it.
        let turn_deg = -along.y.atan2(along.x).to_degrees();
        let turn = Transform::rotation(Point::default(), turn_deg);
        let mirror = Transform::mirror(Point::default(), Point { x: 0.0, y: 1.0 }).filter(|_| sides.mirrored);
        let local_from_site = match mirror {
            Some(mirror) => mirror.then(turn).then(Transform::translation(to)),
            None => turn.then(Transform::translation(from)),
        };
        let order = outline.edges_mapped(sides.mirrored);
        let role = |at: &usize| if *at == front { EdgeRole::Street } else { sides.role(*at) };
        let roles: Vec<EdgeRole> = order.iter().map(role).collect();
        let numbers = order.iter().map(|at| sides.number(*at)).collect();
        let site_from_local = local_from_site.inverse().ok_or(Refusal::FaultyPlot)?;
        let outline = outline.transformed(&site_from_local);
        let by_m: Vec<f64> = roles.iter().map(|role| setback(*role).map_or(0.0, |key| values.get(key))).collect();
        let mut buildable = outline.set_back(&by_m);
        if buildable.is_empty() {
            return Err(Refusal::NothingLeft);
        }
        buildable.retain(|part| is_wide(part, LEAST_BUILT_M));
        if buildable.is_empty() {
            return Err(Refusal::TooNarrow);
        }
        Ok(Self { outline, roles, numbers, setbacks_m: by_m, buildable, local_from_site })
    }

    /// A piece of ground within a site, all of it to be built on, as a site of its own in the same frame: its front is the edge
    /// that looks to where the front of the whole is.
    pub(super) fn field(ground: Outline) -> Self {
        let edges: Vec<(Point, Point)> = ground.edges().take(ground.outer().len()).collect();
        let faces_front = |(a, b): &(Point, Point)| direction(*b - *a).is_some_and(|along| along.x > 0.9);
        let low = |at: &usize| edges[*at].0.y + edges[*at].1.y;
        let front = (0..edges.len()).filter(|at| faces_front(&edges[*at])).min_by(|a, b| low(a).total_cmp(&low(b)));
        let count = ground.edges().count();
        let role = |at: usize| if Some(at) == front { EdgeRole::Street } else { EdgeRole::default() };
        Self {
            roles: (0..count).map(role).collect(),
            numbers: (0..count as u32).collect(),
            setbacks_m: vec![0.0; count],
            buildable: vec![ground.clone()],
            outline: ground,
            local_from_site: Transform::default(),
        }
    }

    /// Whether homes may be behind the walls of a shape: none looks at a railway from nearby, and enough of them have windows.
    /// `beside` is what stands beside it as high as it does: walls against that have none.
    #[must_use]
    pub(super) fn is_for_homes<'b>(&self, outline: &Outline, beside: impl FnOnce() -> Standing<'b>) -> bool {
        !self.looks_at_rail(outline) && self.dark_part(outline, beside) < MOST_DARK
    }

    /// The part of a shape that is too far from windows because some of its walls cannot have any: those on a party wall, and
    /// those nearer to a neighbour's ground than the law allows views. 0 where none is so.
    fn dark_part<'b>(&self, outline: &Outline, beside: impl FnOnce() -> Standing<'b>) -> f64 {
        let edges = self.outline.edges().zip(&self.roles);
        let closed = edges.filter_map(|((c, d), role)| {
            let apart_m = match role {
                EdgeRole::Party | EdgeRole::Neighbour => VIEW_M,
                EdgeRole::Street | EdgeRole::Water | EdgeRole::Rail => return None,
            };
            Some((c, d, apart_m))
        });
        let closed: Vec<(Point, Point, f64)> = closed.collect();
        let is_blind = |(a, b): &(Point, Point)| {
            let Some(along) = direction(*b - *a) else { return true };
            let middle = (*a + *b) / 2.0;
            closed.iter().any(|(c, d, apart_m)| {
                runs_along(along, (*c, *d))
                    && distance_m(middle, nearest_on_segment(middle, *c, *d)) < apart_m - TOLERANCE_M
            })
        };
        if closed.is_empty() || !outline.edges().any(|edge| is_blind(&edge)) {
            return 0.0;
        }
        let beside = beside();
        let is_free = |(a, b): &(Point, Point)| beside.is_open((*a + *b) / 2.0, (*a, *b));
        let lit = outline.edges().filter(|edge| !is_blind(edge) && is_free(edge)).filter_map(|(a, b)| {
            let inward = left_of(direction(b - a)?) * DAYLIGHT_M;
            Some(Outline::from_points([a, b, b + inward, a + inward]))
        });
        let lit: Vec<Outline> = lit.collect();
        let dark = outline.without(&lit.iter().collect::<Vec<_>>());
        dark.iter().map(Outline::area_m2).sum::<f64>() / outline.area_m2()
    }

    /// Whether a shape has a wall that looks at a railway from nearby.
    fn looks_at_rail(&self, outline: &Outline) -> bool {
        /// No bedroom looks at trains or at loading from nearer, in metres.
        const NEAR_M: f64 = 20.0;
        let rails = self.outline.edges().zip(&self.roles).filter(|(_, role)| **role == EdgeRole::Rail);
        let rails: Vec<(Point, Point)> = rails.map(|(edge, _)| edge).collect();
        let near = |p: Point| rails.iter().any(|(a, b)| distance_m(p, nearest_on_segment(p, *a, *b)) < NEAR_M);
        // Of a wall its middle, and of that only where it looks outward.
        let looks = |a: Point, b: Point| {
            let Some(along) = direction(b - a) else { return false };
            near((a + b) / 2.0) && rails.iter().any(|rail| runs_along(along, *rail))
        };
        !rails.is_empty() && outline.edges().any(|(a, b)| looks(a, b))
    }

    /// The bounds of what may be built on.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let all = self.buildable.iter().filter_map(Outline::bounds);
        all.reduce(Bounds::union).unwrap_or(Bounds { min: Point::default(), max: Point::default() })
    }

    /// What of the buildable ground lies in a rectangle of the frame, without pieces that are nowhere `least_m` wide.
    #[must_use]
    pub fn within(&self, from: Point, to: Point, least_m: f64) -> Vec<Outline> {
        within(&self.buildable, from, to, least_m)
    }

    /// The edge of the plot that an edge of what is built runs along, at the distance that is kept to it: what lies behind it,
    /// and its number. `None` for an edge that looks into the plot.
    #[must_use]
    pub fn behind(&self, (a, b): (Point, Point)) -> Option<(EdgeRole, u32)> {
        /// Edges that turn no more, by the cosine, run the same way.
        const STRAIGHT: f64 = 0.99;
        /// More than the distance that is kept, in metres.
        const SLACK_M: f64 = 0.1;
        let (along, middle) = (direction(b - a)?, (a + b) / 2.0);
        let runs_so = |c: Point, d: Point| direction(d - c).is_some_and(|o| o.x * along.x + o.y * along.y > STRAIGHT);
        let more_m = |at: usize, (c, d): (Point, Point)| {
            distance_m(middle, nearest_on_segment(middle, c, d)) - self.setbacks_m.get(at).copied().unwrap_or(0.0)
        };
        let edges = self.outline.edges().enumerate().filter(|(_, (c, d))| runs_so(*c, *d));
        let near = edges.map(|(at, edge)| (at, more_m(at, edge))).filter(|(_, more_m)| *more_m <= SLACK_M);
        let (at, _) = near.min_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))?;
        Some((*self.roles.get(at)?, *self.numbers.get(at)?))
    }

    /// The middles of the edges to streets, each with the direction into the plot.
    #[must_use]
    pub fn street_fronts(&self) -> Vec<(Point, Point)> {
        let edges = self.outline.edges().zip(&self.roles).filter(|(_, role)| **role == EdgeRole::Street);
        edges.filter_map(|((a, b), _)| Some(((a + b) / 2.0, left_of(direction(b - a)?)))).collect()
    }
}

/// What of some ground lies in a rectangle, without pieces that are nowhere `least_m` wide, the largest first.
pub(super) fn within<'a>(
    ground: impl IntoIterator<Item = &'a Outline>,
    from: Point,
    to: Point,
    least_m: f64,
) -> Vec<Outline> {
    let window = Outline::rectangle(from, to);
    let pieces = ground.into_iter().flat_map(|part| part.common(&window));
    let mut pieces: Vec<Outline> = pieces.filter(|piece| is_wide(piece, least_m)).collect();
    Outline::sort_by_area(&mut pieces);
    pieces
}

/// Whether a piece is somewhere at least so wide, in metres, and more than a corner.
pub(super) fn is_wide(piece: &Outline, least_m: f64) -> bool {
    piece.fault().is_none()
        && piece.area_m2() >= LEAST_PIECE_M2
        && (least_m <= 0.0 || !piece.inset(least_m / 2.0 - TOLERANCE_M).is_empty())
}

/// Whether an edge runs a way, given as a unit vector: much the same way, so that what lies along both looks at the same
/// ground.
fn runs_along(along: Point, (a, b): (Point, Point)) -> bool {
    /// By the cosine of the angle between them.
    const MUCH: f64 = 0.9;
    direction(b - a).is_some_and(|other| other.x * along.x + other.y * along.y > MUCH)
}

//! Where people come in: doors in the walls that look at a street, else at a court or a yard, else at the water, else along a
//! way beside the neighbour's ground. None looks at a railway, and none at a wall from too near. What stands on something of another kind has a door of its own below:
//! homes on a plinth are not reached through its workshops.

use super::made::Plan;
use super::site::Site;
use crate::geometry::{Bounds, Outline, Point, direction, distance_m, left_of, nearest_on_segment};
use crate::model::Drawn;
use crate::model::EdgeRole;
use crate::model::limits::GROUND_M;

/// A wall shorter than this has no door, in metres.
const LEAST_WALL_M: f64 = 2.0;

/// Nobody comes in through a gap that is narrower, in metres.
const LEAST_GAP_M: f64 = 2.5;

/// Ground before a wall that is no narrower is a yard, in metres.
const YARD_M: f64 = 6.0;

/// So far apart doors in one wall are, about, in metres: a staircase serves some 20 m to each side.
const EVERY_M: f64 = 40.0;

/// Two doors are farther apart, in metres.
const APART_M: f64 = 3.0;

/// Doors keep so far from where goods come in, in metres: a lorry is 2.55 m wide, and somebody waits beside it.
const FROM_GOODS_M: f64 = 6.0;

/// What a metre more to the door may be worth a better side, in metres: a door on the street rather than in the yard.
const BETTER_SIDE_M: f64 = 10.0;

/// What is no farther from a wall is on it, in metres.
const OFF_M: f64 = 0.01;

/// Parts of a programme that nobody comes in by.
const WITHOUT: [&str; 2] = ["deck", "ramp"];

/// What a wall looks at, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Street,
    Within,
    Water,
    Neighbour,
}

/// A wall that doors may be in.
struct Wall {
    ends: (Point, Point),
    side: Side,
}

/// What stands on the ground, with its bounds, for looking out of walls.
pub(super) struct Standing<'a>(Vec<(&'a Outline, Bounds)>);

/// Puts doors into the walls of a plan. Of a block that was drawn those that were drawn with it stay, and no others come.
pub(super) fn put(plan: &mut Plan, site: &Site, drawn: Option<&Drawn>) {
    if plan.blocks.iter().any(|block| block.drawn.is_some()) && drawn.is_some_and(|drawn| !drawn.entrances.is_empty()) {
        return;
    }
    // Of what was drawn, parts may stand over the ground without anything of the plan below them.
    let is_up =
        |at: Option<usize>| at.and_then(|at| drawn?.volumes.get(at)).is_some_and(|volume| volume.base_m >= GROUND_M);
    let on_ground = |block: &super::made::Block| block.on.is_none() && !is_up(block.drawn);
    let standing = plan.blocks.iter().filter(|block| on_ground(block));
    let standing = Standing::new(standing.map(|block| &block.footprint));
    let mut doors =
        Doors { taken: plan.accesses.iter().map(|(_, at)| (*at, FROM_GOODS_M)).collect(), made: Vec::new() };
    let mut walls: Vec<Vec<Wall>> = Vec::with_capacity(plan.blocks.len());
    for block in &plan.blocks {
        let has_doors = on_ground(block) && !WITHOUT.contains(&block.part);
        walls.push(if has_doors { standing.walls(&block.footprint, site) } else { Vec::new() });
    }
    for (place, (block, walls)) in plan.blocks.iter().zip(&walls).enumerate() {
        let length_m = |wall: &Wall| distance_m(wall.ends.0, wall.ends.1);
        let best = walls.iter().min_by(|a, b| a.side.cmp(&b.side).then(length_m(b).total_cmp(&length_m(a))));
        if let Some(wall) = best {
            doors.spread((&block.element, place), wall, &standing);
        }
    }
    for (place, block) in plan.blocks.iter().enumerate() {
        if block.on.and_then(|on| plan.blocks.get(on)).is_none_or(|below| below.part == block.part) {
            continue;
        }
        let ground = std::iter::successors(block.on, |at| plan.blocks.get(*at).and_then(|below| below.on)).last();
        let Some((walls, at)) = ground.and_then(|at| walls.get(at)).zip(block.footprint.bounds()) else { continue };
        doors.nearest((&block.element, place), walls, at.centre(), &standing);
    }
    plan.entrances = doors.made;
}

impl<'a> Standing<'a> {
    pub fn new(outlines: impl IntoIterator<Item = &'a Outline>) -> Self {
        Self(outlines.into_iter().filter_map(|outline| Some((outline, outline.bounds()?))).collect())
    }

    /// The walls of one of them that doors may be in.
    fn walls(&self, footprint: &Outline, site: &Site) -> Vec<Wall> {
        let outer = footprint.edges().take(footprint.outer().len());
        let long = outer.filter(|(a, b)| distance_m(*a, *b) >= LEAST_WALL_M);
        long.filter_map(|ends| Some(Wall { ends, side: self.side(ends, site)? })).collect()
    }

    /// What a wall looks at; nothing where one could not get in.
    fn side(&self, (a, b): (Point, Point), site: &Site) -> Option<Side> {
        /// From its middle, or where something stands before that, from elsewhere.
        const FROM: [f64; 5] = [0.5, 0.25, 0.75, 0.125, 0.875];
        let from = FROM.into_iter().map(|part| a + (b - a) * part).find(|from| self.is_open(*from, (a, b)))?;
        let outward = left_of(direction(b - a)?) * -1.0;
        let of_plot = site.outline.edges().zip(&site.roles);
        // It may stand on the edge itself.
        let behind = of_plot.filter_map(|((c, d), role)| Some((hit_m(from, outward, c, d, -OFF_M)?, *role)));
        let (plot_m, role) = behind.min_by(|a, b| a.0.total_cmp(&b.0))?;
        // Other walls on the way; one's own are behind.
        let reach = Bounds::around([from, from + outward * plot_m])?;
        let others = self.0.iter().filter(|(_, bounds)| bounds.meets(&reach));
        let walls = others.flat_map(|(outline, _)| outline.edges());
        let block_m = walls.filter_map(|(c, d)| hit_m(from, outward, c, d, OFF_M)).fold(f64::INFINITY, f64::min);
        if block_m < plot_m {
            return (block_m >= LEAST_GAP_M).then_some(Side::Within);
        }
        match role {
            EdgeRole::Street => Some(Side::Street),
            EdgeRole::Water => Some(Side::Water),
            // Ground of one's own before the neighbour's is a yard where it is wide enough.
            EdgeRole::Neighbour if plot_m >= YARD_M => Some(Side::Within),
            EdgeRole::Neighbour if plot_m >= LEAST_GAP_M => Some(Side::Neighbour),
            EdgeRole::Rail | EdgeRole::Party | EdgeRole::Neighbour => None,
        }
    }

    /// The stretches of a wall before which one stands in the open, as parts of its length; those too short for a door left out.
    fn open_stretches(&self, (a, b): (Point, Point)) -> Vec<[f64; 2]> {
        let length_m = distance_m(a, b);
        let steps = length_m.ceil().max(1.0);
        let is_open = |step: usize| self.is_open(a + (b - a) * ((step as f64 + 0.5) / steps), (a, b));
        let mut stretches: Vec<[f64; 2]> = Vec::new();
        for step in (0..steps as usize).filter(|step| is_open(*step)) {
            let [from, to] = [step as f64 / steps, (step + 1) as f64 / steps];
            match stretches.last_mut().filter(|last| last[1] >= from - 1e-9) {
                Some(last) => last[1] = to,
                None => stretches.push([from, to]),
            }
        }
        stretches.retain(|[from, to]| (to - from) * length_m >= LEAST_WALL_M);
        stretches
    }

    /// Whether one stands in the open just before a wall.
    pub fn is_open(&self, at: Point, (a, b): (Point, Point)) -> bool {
        let Some(along) = direction(b - a) else { return false };
        let before = at - left_of(along) * 0.5;
        !self.0.iter().any(|(outline, bounds)| bounds.contains(before) && outline.contains(before))
    }
}

/// Doors in the making, and what they keep away from.
struct Doors {
    /// Where something is already, and how far from it one stays.
    taken: Vec<(Point, f64)>,
    made: Vec<(String, Point, Option<usize>)>,
}

impl Doors {
    /// Doors along a wall, evenly over each stretch of it that is in the open, but out of the way of goods.
    fn spread(&mut self, (element, place): (&str, usize), wall: &Wall, standing: &Standing<'_>) {
        let (a, b) = wall.ends;
        let length_m = distance_m(a, b);
        let mut number = 0;
        for [from, to] in standing.open_stretches((a, b)) {
            let stretch_m = (to - from) * length_m;
            let count = (stretch_m / EVERY_M).round().max(1.0);
            for at in 0..count as usize {
                number += 1;
                // `hall 2` is another hall.
                let name = if number == 1 { element.to_owned() } else { format!("{element} door {number}") };
                let middle = from + (to - from) * (at as f64 + 0.5) / count;
                let free = self.free((a, b), middle, stretch_m / count / 2.0, standing);
                self.add((name, place), free);
            }
        }
    }

    /// A door for what stands higher up, in the wall that is nearest below it.
    fn nearest(&mut self, (element, place): (&str, usize), walls: &[Wall], to: Point, standing: &Standing<'_>) {
        let far_m = |wall: &Wall| {
            distance_m(to, nearest_on_segment(to, wall.ends.0, wall.ends.1))
                + BETTER_SIDE_M * f64::from(wall.side as u8)
        };
        let Some(wall) = walls.iter().min_by(|a, b| far_m(a).total_cmp(&far_m(b))) else { return };
        let (a, b) = wall.ends;
        let length_m = distance_m(a, b);
        let at = distance_m(a, nearest_on_segment(to, a, b)) / length_m;
        let free = self.free((a, b), at, length_m, standing);
        self.add((element.to_owned(), place), free);
    }

    /// The place in a wall that is nearest to a part of its length, no farther than `reach_m`, in the open and out of the way of
    /// others; where all is in somebody's way, the nearest in the open.
    fn free(&self, (a, b): (Point, Point), wished: f64, reach_m: f64, standing: &Standing<'_>) -> Option<Point> {
        /// Not in a corner, in metres.
        const FROM_CORNER_M: f64 = 0.5;
        let length_m = distance_m(a, b);
        let corner = FROM_CORNER_M / length_m;
        let wished = wished.clamp(corner, 1.0 - corner);
        let steps = reach_m.floor().max(0.0) as i32;
        let aside = (0..=steps).flat_map(|step| [step, -step]);
        let parts = aside.map(|step| wished + f64::from(step) / length_m);
        let places = parts.filter(|part| (corner..=1.0 - corner).contains(part)).map(|part| a + (b - a) * part);
        let open: Vec<Point> = places.filter(|at| standing.is_open(*at, (a, b))).collect();
        let is_free = |at: &&Point| self.taken.iter().all(|(other, apart_m)| distance_m(**at, *other) >= *apart_m);
        open.iter().find(is_free).or(open.first()).copied()
    }

    fn add(&mut self, (element, place): (String, usize), at: Option<Point>) {
        if let Some(at) = at {
            self.taken.push((at, APART_M));
            self.made.push((element, at, Some(place)));
        }
    }
}

/// How far along a ray an edge is met, in metres and from `least_m` on; nothing where it passes it by.
fn hit_m(from: Point, way: Point, a: Point, b: Point, least_m: f64) -> Option<f64> {
    let edge = b - a;
    let cross = way.x * edge.y - way.y * edge.x;
    if cross.abs() < 1e-12 {
        return None;
    }
    let to = a - from;
    let far_m = (to.x * edge.y - to.y * edge.x) / cross;
    let part = (to.x * way.y - to.y * way.x) / cross;
    (far_m > least_m && (0.0..=1.0).contains(&part)).then_some(far_m)
}

//! The comb: a spine at the back of the plot with teeth towards the street, and yards for vans between them.

use super::knobs::{Grows, Spot};
use super::made::{Plan, at_front, numbered};
use super::params::{Param, Values};
use super::site::{Site, is_wide, within};
use super::spacing::{fitting, spread};
use crate::geometry::{Outline, Point};
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 6] = [
    Param::metres("spine_m", 8.0, 14.0, 40.0),
    Param::count("spine_levels", 1, 3, 20),
    Param::metres("tooth_m", 8.0, 16.0, 40.0),
    Param::metres("comb_yard_m", 6.0, 16.0, 60.0),
    Param::count("teeth", 1, 8, 30),
    Param::count("tooth_levels", 1, 1, 12),
];

/// Narrower pieces are no tooth, in metres.
const LEAST_M: f64 = 6.0;

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let bounds = site.bounds();
    let (from, to) = (bounds.min, bounds.max);
    // A plot too shallow for teeth is all spine.
    let spine_m = values.get("spine_m");
    let back = if to.y - from.y < spine_m + LEAST_M { from.y } else { to.y - spine_m };
    let corner = |x: f64, y: f64| Point { x, y };
    // Along the back of the plot, whichever way that runs: what lies no farther from it than the spine is deep.
    let before: Vec<Outline> = if back <= from.y {
        Vec::new()
    } else {
        let forward = Point { x: 0.0, y: -spine_m };
        site.buildable.iter().flat_map(|part| part.common(&part.translated(forward))).collect()
    };
    let before: Vec<&Outline> = before.iter().collect();
    let spine = site.buildable.iter().flat_map(|part| part.without(&before));
    let mut spine: Vec<Outline> = spine.filter(|piece| is_wide(piece, LEAST_M)).collect();
    Outline::sort_by_area(&mut spine);
    for (piece, outline) in spine.into_iter().enumerate() {
        plan.knob("spine_m", &outline, Grows::South);
        plan.count("spine_levels", &outline, Spot::Left);
        plan.block(numbered("spine", piece + 1), "spine", "comb", outline, values.count("spine_levels"));
    }
    let (tooth_m, yard_m) = (values.get("tooth_m"), values.get("comb_yard_m"));
    let length_m = to.x - from.x;
    let most = fitting(length_m, tooth_m, yard_m);
    let (count, tooth_m) = if most == 0 { (1, length_m) } else { (values.count("teeth").min(most), tooth_m) };
    if back <= from.y {
        return plan.give_up("teeth", f64::from(values.count("teeth")), 0.0);
    }
    let begin = |at: u32| spread(from.x, length_m, tooth_m, at, count);
    for at in 0..count {
        let pieces =
            within(before.iter().copied(), corner(begin(at), from.y), corner(begin(at) + tooth_m, to.y), LEAST_M);
        for (piece, outline) in pieces.into_iter().enumerate() {
            let name = numbered(&format!("tooth {}", at + 1), piece + 1);
            plan.knob("tooth_m", &outline, Grows::East);
            plan.count("tooth_levels", &outline, Spot::Middle);
            plan.count("teeth", &outline, Spot::Front);
            plan.block(name, "tooth", "comb", outline, values.count("tooth_levels"));
        }
        if at + 1 < count {
            let pieces =
                within(before.iter().copied(), corner(begin(at) + tooth_m, from.y), corner(begin(at + 1), to.y), 0.0);
            let yard = format!("yard {}", at + 1);
            plan.ground((&yard, SurfaceKind::Yard), pieces, ("comb_yard_m", Grows::East), at_front);
        }
    }
    plan.there_are("teeth", count as usize);
}

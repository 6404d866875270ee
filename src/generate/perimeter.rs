//! The perimeter block: wings along the edges, a court inside that may have a hall, gates into it.

use super::knobs::Grows;
use super::made::Plan;
use super::params::{Param, Values};
use super::site::Site;
use crate::geometry::{Outline, Point, direction, distance_m, left_of};
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 6] = [
    Param::metres("depth_m", 8.0, 14.0, 30.0),
    Param::count("levels", 1, 5, 30),
    Param::metres("least_court_m", 6.0, 15.0, 60.0),
    Param::choice("court", &["open", "hall"], 0),
    Param::count("gates", 0, 1, 4),
    Param::metres("gate_m", 3.0, 5.0, 12.0),
];

/// A gate leaves at least this of its wing at both sides, in metres.
const BESIDE_GATE_M: f64 = 4.0;

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let (depth_m, levels) = (values.get("depth_m"), values.count("levels"));
    let mut gates = values.count("gates");
    for (place, part) in site.buildable.iter().enumerate() {
        // Of the first part of the ground things count from 1, of others after a hundred each.
        let numbered = |at: usize| place * 100 + at + 1;
        // A court narrower than asked is none: the wings close it.
        let courts: Vec<Outline> = part
            .inset(depth_m)
            .into_iter()
            .filter(|court| !court.inset(values.get("least_court_m") / 2.0).is_empty())
            .collect();
        if courts.is_empty() {
            plan.give_up("least_court_m", values.get("least_court_m"), 0.0);
            plan.block(format!("wing {}", numbered(0)), "wing", 0, part.clone(), levels);
            continue;
        }
        plan.knob_before("depth_m", part.bounds(), courts.first().and_then(Outline::bounds));
        let wings = wings(part, &courts);
        for (at, wing) in wings.into_iter().enumerate() {
            let name = format!("wing {}", numbered(at));
            let gate = (gates > 0).then(|| gate(site, &wing, values.get("gate_m"))).flatten();
            match gate {
                Some((sides, way)) => {
                    gates -= 1;
                    gated(plan, &name, (sides, way, wing), levels);
                }
                None => drop(plan.block(name, "wing", 0, wing, levels)),
            }
        }
        for (at, court) in courts.into_iter().enumerate() {
            let name = format!("court {}", numbered(at));
            if values.get("court") == 1.0 {
                plan.block(name, "court", 0, court, 1);
            } else {
                plan.surfaces.push((name, SurfaceKind::Yard, court));
            }
        }
    }
    let asked = values.count("gates");
    plan.give_up("gates", f64::from(asked), f64::from(asked - gates));
}

/// The ring between a part of the ground and its courts, wing by wing where every edge has one.
fn wings(part: &Outline, courts: &[Outline]) -> Vec<Outline> {
    let outer = part.outer();
    if let ([court], true) = (courts, part.holes().is_empty()) {
        let inner = court.outer();
        if court.holes().is_empty() && inner.len() == outer.len() {
            let n = outer.len();
            let wing = |i: usize| Outline::from_points([outer[i], outer[(i + 1) % n], inner[(i + 1) % n], inner[i]]);
            let wings: Vec<Outline> = (0..n).map(wing).collect();
            let whole_m2 = part.area_m2() - court.area_m2();
            let sum_m2: f64 = wings.iter().map(Outline::area_m2).sum();
            if wings.iter().all(|wing| wing.fault().is_none()) && (whole_m2 - sum_m2).abs() < 0.01 {
                return wings;
            }
        }
    }
    part.without(&courts.iter().collect::<Vec<_>>())
}

/// A way through the middle of a wing that lies on a street: what is left of it at its sides, and the way.
fn gate(site: &Site, wing: &Outline, width_m: f64) -> Option<(Vec<Outline>, Outline)> {
    let fronts = site.street_fronts();
    let (a, b, inward) = wing.edges().find_map(|(a, b)| {
        let along = direction(b - a)?;
        let inward = left_of(along);
        let is_front = fronts.iter().any(|(_, into)| into.x * inward.x + into.y * inward.y > 0.99);
        (is_front && distance_m(a, b) >= width_m + 2.0 * BESIDE_GATE_M).then_some((a, b, inward))
    })?;
    let (middle, along) = ((a + b) / 2.0, direction(b - a)?);
    let reach_m = wing.bounds().map(|bounds| bounds.width_m() + bounds.height_m())?;
    let corner = |side: f64, in_m: f64| middle + along * (side * width_m / 2.0) + inward * in_m;
    let across =
        Outline::from_points([corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, reach_m), corner(-1.0, reach_m)]);
    let way = wing.common(&across).into_iter().next()?;
    let sides = wing.without(&[&across]);
    let usable = sides.len() == 2 && sides.iter().all(|side| side.fault().is_none() && side.area_m2() > 20.0);
    usable.then_some((sides, way))
}

/// A wing with a gate: open on the lowest storey, closed above it.
fn gated(plan: &mut Plan, name: &str, (sides, way, wing): (Vec<Outline>, Outline, Outline), levels: u32) {
    let at = way.bounds().map_or(Point::default(), |bounds| Point { x: bounds.centre().x, y: bounds.min.y });
    plan.accesses.push((format!("{name} gate"), at));
    plan.knob("gate_m", &way, Grows::East);
    plan.surfaces.push((format!("{name} gate"), SurfaceKind::Street, way));
    let mut below = None;
    for (side, word) in sides.into_iter().zip(["left", "right"]) {
        below = Some(plan.block(format!("{name} {word}"), "wing", 0, side, 1));
    }
    if let Some(below) = below.filter(|_| levels > 1) {
        let upper = plan.block_on(below, format!("{name} upper"), "wing", wing, levels - 1);
        plan.blocks[upper].skipped = 1;
    }
}

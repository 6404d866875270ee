//! The perimeter block: wings along the edges, a court inside that may have a hall, gates into it.

use std::collections::BTreeSet;

use super::knobs::{Grows, Spot};
use super::made::Plan;
use super::params::{Param, Values};
use super::site::Site;
use crate::geometry::{Outline, Point, direction, distance_m, left_of};
use crate::model::{EdgeRole, SurfaceKind};

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
            plan.count("levels", part, Spot::Left);
            plan.knob_inward("least_court_m", part, values.get("least_court_m"));
            plan.block(format!("wing {}", numbered(0)), "wing", "block", part.clone(), levels);
            continue;
        }
        if let Some(court) = courts.first() {
            plan.knob_inward("least_court_m", court, values.get("least_court_m"));
        }
        plan.knob_before("depth_m", part.bounds(), courts.first().and_then(Outline::bounds));
        let wings = wings(part, &courts);
        // Where there is most room for handles.
        if let Some(longest) = wings.iter().max_by(|a, b| a.area_m2().total_cmp(&b.area_m2())) {
            plan.count("levels", longest, Spot::Left);
            plan.count("gates", longest, Spot::Right);
        }
        let names = wing_names(site, part, wings.len(), &numbered);
        for (wing, name) in wings.into_iter().zip(names) {
            let gate = (gates > 0).then(|| gate(site, &wing, values.get("gate_m"))).flatten();
            match gate {
                Some((sides, way)) => {
                    gates -= 1;
                    gated(plan, &name, (sides, way, wing), levels);
                }
                None => drop(plan.block(name, "wing", "block", wing, levels)),
            }
        }
        for (at, court) in courts.into_iter().enumerate() {
            let name = format!("court {}", numbered(at));
            if values.get("court") == 1.0 {
                plan.block(name, "court", "block", court, 1);
            } else {
                plan.surfaces.push((name, SurfaceKind::Yard, court));
            }
        }
    }
    let asked = values.count("gates");
    plan.there_are("gates", (asked - gates) as usize);
    plan.give_up("gates", f64::from(asked), f64::from(asked - gates));
}

/// The names of wings: each of an edge has that of the edge, so that it stays when a corner is put into another; others are
/// counted.
fn wing_names(site: &Site, part: &Outline, count: usize, numbered: &dyn Fn(usize) -> usize) -> Vec<String> {
    let edges: Vec<_> = part.edges().collect();
    let mut taken = BTreeSet::new();
    let name = |at: usize| {
        let of_edge = edges.get(at).filter(|_| edges.len() == count).and_then(|edge| site.behind(*edge));
        let number = of_edge.map_or_else(|| numbered(at), |(_, number)| numbered(number as usize));
        // Two wings along one edge are told apart.
        let mut again = 1;
        while !taken.insert((number, again)) {
            again += 1;
        }
        super::made::numbered(&format!("wing {number}"), again)
    };
    (0..count).map(name).collect()
}

/// The ring between a part of the ground and its courts, wing by wing where every edge has one.
fn wings(part: &Outline, courts: &[Outline]) -> Vec<Outline> {
    let outer = part.outer();
    if let ([court], true) = (courts, part.holes().is_empty()) {
        let inner = court.outer();
        if court.holes().is_empty() && inner.len() == outer.len() {
            let n = outer.len();
            let whole_m2 = part.area_m2() - court.area_m2();
            // The court may begin at another corner.
            for shift in 0..n {
                let corner = |i: usize| inner[(i + shift) % n];
                let wing = |i: usize| Outline::from_points([outer[i], outer[(i + 1) % n], corner(i + 1), corner(i)]);
                let wings: Vec<Outline> = (0..n).map(wing).collect();
                let sum_m2: f64 = wings.iter().map(Outline::area_m2).sum();
                if (whole_m2 - sum_m2).abs() < 0.01 && wings.iter().all(|wing| wing.fault().is_none()) {
                    return wings;
                }
            }
        }
    }
    part.without(&courts.iter().collect::<Vec<_>>())
}

/// A way through the middle of a wing that lies on a street: what is left of it at its sides, and the way.
fn gate(site: &Site, wing: &Outline, width_m: f64) -> Option<(Vec<Outline>, Outline)> {
    let (a, b, inward) = wing.edges().find_map(|(a, b)| {
        let inward = left_of(direction(b - a)?);
        let is_front = site.behind((a, b)).is_some_and(|(role, _)| role == EdgeRole::Street);
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
        below = Some(plan.block(format!("{name} {word}"), "wing", "block", side, 1));
    }
    if let Some(below) = below.filter(|_| levels > 1) {
        let upper = plan.block_on(below, format!("{name} upper"), "wing", wing, levels - 1);
        plan.blocks[upper].skipped = 1;
    }
}

//! The stacked factory: wings of workshops on both sides of decks that lorries reach by a ramp, or goods by lifts.

use super::knobs::{Grows, Spot};
use super::made::{Plan, numbered};
use super::params::{Param, Values};
use super::site::{Site, is_wide};
use super::spacing::{fitting, spread};
use crate::geometry::{Bounds, Outline, Point, point};
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 7] = [
    Param::metres("wing_m", 10.0, 18.0, 40.0),
    Param::metres("deck_m", 4.0, 26.0, 40.0),
    Param::count("levels", 2, 3, 8),
    Param::choice("access", &["ramp", "lifts"], 0),
    // The outer diameter of a ramp for lorries: Industria in Barking has one of 30 m.
    Param::metres("ramp_m", 20.0, 30.0, 45.0),
    Param::count("pairs", 1, 1, 8),
    Param::metres("between_m", 10.0, 20.0, 60.0),
];

/// Shorter wings are not worth a deck, in metres.
const LEAST_WING_M: f64 = 12.0;

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let bounds = site.bounds();
    let (from, to) = (bounds.min, bounds.max);
    let (wing_m, deck_m) = (values.get("wing_m"), values.get("deck_m"));
    let pair_m = 2.0 * wing_m + deck_m;
    let depth_m = to.y - from.y;
    let most = fitting(depth_m, pair_m, values.get("between_m"));
    let asked = values.count("pairs");
    let count = asked.min(most.max(1));
    plan.give_up("pairs", f64::from(asked), f64::from(count));
    // The ramp stands at the end of the decks.
    let ramp_m = values.get("ramp_m");
    let has_ramp = values.get("access") == 0.0;
    let fits = to.x - from.x >= ramp_m + 2.0 * LEAST_WING_M && depth_m >= ramp_m;
    if has_ramp && !fits {
        plan.give_up("ramp", 1.0, 0.0);
    }
    let end = if has_ramp && fits { to.x - ramp_m } else { to.x };
    let corner = |x: f64, y: f64| Point { x, y };
    for pair in 0..count {
        let name = |what: &str| if pair == 0 { what.to_owned() } else { format!("pair {} {what}", pair + 1) };
        let begin = spread(from.y, depth_m, pair_m.min(depth_m), pair, count);
        // Where there is no room for both wings there is one, and then a deck as wide as is left.
        let wings: Vec<[f64; 2]> = if depth_m >= pair_m {
            vec![[begin, begin + wing_m], [begin + wing_m + deck_m, begin + pair_m]]
        } else {
            plan.give_up("wings", 2.0, 1.0);
            vec![[begin, begin + wing_m.min(depth_m)]]
        };
        if pair > 0 {
            let last = spread(from.y, depth_m, pair_m.min(depth_m), pair - 1, count) + pair_m;
            let between = Bounds { min: corner(from.x, last), max: corner(to.x, begin) };
            plan.knob_of("between_m", between, Grows::North, 1.0);
        }
        let deck = [wings[0][1], wings.get(1).map_or((wings[0][1] + deck_m).min(to.y), |wing| wing[0])];
        for (at, [low, high]) in wings.iter().enumerate() {
            let pieces = site.within(corner(from.x, *low), corner(end, *high), 6.0);
            for (piece, outline) in pieces.into_iter().enumerate() {
                let element = numbered(&name(if at == 0 { "front" } else { "back" }), piece + 1);
                if at == 0 {
                    plan.knob("wing_m", &outline, Grows::North);
                    plan.count("levels", &outline, Spot::Left);
                }
                plan.block(element, "wing", name("factory"), outline, values.count("levels"));
            }
        }
        if deck[1] - deck[0] >= 3.0 {
            let pieces = site.within(corner(from.x, deck[0]), corner(end, deck[1]), 3.0);
            for (piece, outline) in pieces.into_iter().enumerate() {
                let element = numbered(&name("deck"), piece + 1);
                plan.knob("deck_m", &outline, Grows::North);
                plan.count("pairs", &outline, Spot::Left);
                plan.block(element, "deck", name("factory"), outline, values.count("levels"));
            }
        }
        if has_ramp && fits {
            let middle = ((deck[0] + deck[1]) / 2.0).clamp(from.y + ramp_m / 2.0, to.y - ramp_m / 2.0);
            ramp(plan, site, &name("ramp"), (point(end + ramp_m / 2.0, middle), ramp_m), &name("factory"), values);
        }
    }
    plan.there_are("pairs", count as usize);
}

/// A round ramp, where all of it may be built.
fn ramp(plan: &mut Plan, site: &Site, name: &str, (at, ramp_m): (Point, f64), building: &str, values: &Values<'_>) {
    const CORNERS: usize = 24;
    // A hand's breadth off the wings.
    let radius = ramp_m / 2.0 - 0.1;
    let round = Outline::from_points((0..CORNERS).map(|corner| {
        let turn = std::f64::consts::TAU * corner as f64 / CORNERS as f64;
        point(at.x + radius * turn.cos(), at.y + radius * turn.sin())
    }));
    let inside: Vec<Outline> = site.buildable.iter().flat_map(|part| part.common(&round)).collect();
    let whole = Outline::largest(inside).filter(|piece| piece.area_m2() > 0.98 * round.area_m2());
    match whole.filter(|piece| is_wide(piece, 6.0)) {
        Some(outline) => {
            let y = site.bounds().min.y;
            plan.accesses.push((name.to_owned(), point(at.x, y.max(at.y - ramp_m / 2.0))));
            plan.knob("ramp_m", &outline, Grows::West);
            plan.block(name, "ramp", building, outline, values.count("levels") - 1);
        }
        None => {
            // Its ground is a yard then.
            let box_ =
                (point(at.x - ramp_m / 2.0, at.y - ramp_m / 2.0), point(at.x + ramp_m / 2.0, at.y + ramp_m / 2.0));
            let yards = site.within(box_.0, box_.1, 0.0);
            let yard = yards.into_iter().next();
            plan.surfaces.extend(yard.map(|yard| (format!("{name} yard"), SurfaceKind::Yard, yard)));
            plan.give_up("ramp", 1.0, 0.0);
        }
    }
}

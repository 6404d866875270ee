//! The hall with a crown: a tall hall that fills the ground, with homes or offices round the edge of its roof.

use super::knobs::Spot;
use super::made::{Plan, numbered};
use super::params::{Param, Values};
use super::site::{Site, is_wide};
use crate::geometry::Outline;

pub(super) static PARAMS: [Param; 4] = [
    Param::count("hall_levels", 1, 1, 4),
    Param::metres("crown_m", 8.0, 12.0, 30.0),
    Param::count("crown_levels", 0, 3, 20),
    Param::metres("set_in_m", 0.0, 0.0, 20.0),
];

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let (crown_m, levels) = (values.get("crown_m"), values.count("crown_levels"));
    for (place, hall) in site.buildable.iter().enumerate() {
        let name = numbered("hall", place + 1);
        let below = plan.block(name.clone(), "hall", name.clone(), hall.clone(), values.count("hall_levels"));
        plan.count("hall_levels", hall, Spot::Middle);
        plan.count("crown_levels", hall, Spot::Back);
        plan.knob_inward("set_in_m", hall, values.get("set_in_m"));
        if levels == 0 {
            continue;
        }
        let outer = hall.inset(values.get("set_in_m"));
        let courts: Vec<Vec<Outline>> = outer.iter().map(|part| part.inset(crown_m)).collect();
        let first_court = courts.first().and_then(|courts| courts.first());
        plan.knob_before("crown_m", outer.first().and_then(Outline::bounds), first_court.and_then(Outline::bounds));
        let rings = outer.iter().zip(&courts);
        let rings = rings.flat_map(|(part, courts)| part.without(&courts.iter().collect::<Vec<_>>()));
        let mut ring: Vec<Outline> = rings.filter(|part| is_wide(part, 6.0)).collect();
        Outline::sort_by_area(&mut ring);
        if ring.is_empty() {
            plan.give_up("crown_levels", f64::from(levels), 0.0);
        }
        for (piece, outline) in ring.into_iter().enumerate() {
            plan.block_on(below, numbered(&format!("{name} crown"), piece + 1), "crown", outline, levels);
        }
    }
    plan.accesses.extend(site.street_fronts().first().map(|(at, _)| ("hall".to_owned(), *at)));
}

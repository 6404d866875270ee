//! An old hall put to use again: its outline is kept, courts are cut into it for light, and new storeys may stand on its roof.

use super::knobs::{Grows, Spot};
use super::made::{Plan, numbered};
use super::params::{Param, Values};
use super::site::{Site, is_wide};
use super::spacing::{fitting, spread};
use crate::geometry::{Outline, Point};
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 6] = [
    Param::count("hall_levels", 1, 1, 6),
    Param::count("courts", 0, 1, 8),
    Param::metres("court_m", 8.0, 16.0, 60.0),
    Param::count("added_levels", 0, 0, 12),
    Param::metres("set_in_m", 0.0, 6.0, 30.0),
    Param::percent("cover_percent", 30.0, 100.0, 100.0),
];

/// Between two courts, and round them, in metres.
const BESIDE_M: f64 = 10.0;

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let mut cut = 0;
    for (place, ground) in site.buildable.iter().enumerate() {
        let name = numbered("hall", place + 1);
        let Some(bounds) = ground.bounds() else { continue };
        // The hall stands at the back; what it does not cover is its yard.
        let depth_m = bounds.height_m() * values.part("cover_percent");
        let front = bounds.max.y - depth_m;
        let within = Outline::rectangle(Point { x: bounds.min.x, y: front }, bounds.max);
        let hall = if depth_m < bounds.height_m() - 0.5 {
            Outline::largest(ground.common(&within))
        } else {
            Some(ground.clone())
        };
        let Some(hall) = hall.filter(|hall| is_wide(hall, 6.0)) else { continue };
        let courts = if place == 0 { courts(&hall, values) } else { Vec::new() };
        let left = Outline::largest(hall.without(&courts.iter().collect::<Vec<_>>()));
        let Some(left) = left.filter(|left| left.fault().is_none()) else { continue };
        cut += courts.len();
        if let Some(covered) = hall.bounds() {
            plan.knob_of("cover_percent", covered, Grows::South, 100.0 / bounds.height_m());
        }
        let below = plan.block(name.clone(), "hall", name.clone(), left.clone(), values.count("hall_levels"));
        plan.count("hall_levels", &left, Spot::Left);
        plan.count("courts", &left, Spot::Right);
        plan.count("added_levels", &left, Spot::Back);
        plan.knob_inward("set_in_m", &left, values.get("set_in_m"));
        let added = values.count("added_levels");
        if added > 0 {
            let mut on_roof: Vec<Outline> = left.inset(values.get("set_in_m"));
            on_roof.retain(|part| is_wide(part, 6.0));
            if on_roof.is_empty() {
                plan.give_up("added_levels", f64::from(added), 0.0);
            }
            for (piece, outline) in on_roof.into_iter().enumerate() {
                plan.block_on(below, numbered(&format!("{name} upper"), piece + 1), "added", outline, added);
            }
        }
        for (at, court) in courts.into_iter().enumerate() {
            plan.knob("court_m", &court, Grows::East);
            plan.surfaces.push((format!("court {}", at + 1), SurfaceKind::Yard, court));
        }
        let yards = ground.without(&[&hall]).into_iter();
        if let Some(yard) = Outline::largest(yards.filter(|yard| yard.fault().is_none() && yard.area_m2() > 20.0)) {
            plan.surfaces.push((format!("{name} yard"), SurfaceKind::Yard, yard));
        }
    }
    let asked = values.count("courts");
    plan.there_are("courts", cut);
    plan.give_up("courts", f64::from(asked), cut as f64);
    plan.accesses.extend(site.street_fronts().first().map(|(at, _)| ("hall".to_owned(), *at)));
}

/// Square courts along the middle of a hall, as many as stand clear of its walls.
fn courts(hall: &Outline, values: &Values<'_>) -> Vec<Outline> {
    let Some(bounds) = hall.bounds() else { return Vec::new() };
    let court_m = values.get("court_m");
    let length_m = bounds.width_m() - 2.0 * BESIDE_M;
    let count = values.count("courts").min(fitting(length_m, court_m, BESIDE_M));
    let y = bounds.centre().y - court_m / 2.0;
    let inner = hall.inset(BESIDE_M);
    let place = |at: u32| {
        // One alone lies in the middle.
        let x = if count == 1 {
            bounds.centre().x - court_m / 2.0
        } else {
            spread(bounds.min.x + BESIDE_M, length_m, court_m, at, count)
        };
        Outline::rectangle(Point { x, y }, Point { x: x + court_m, y: y + court_m })
    };
    let is_inside = |court: &Outline| {
        let inside: f64 = inner.iter().flat_map(|part| part.common(court)).map(|piece| piece.area_m2()).sum();
        (inside - court.area_m2()).abs() < 0.01
    };
    (0..count).map(place).filter(is_inside).collect()
}

//! The podium with towers: a low base that covers a part of the plot, towers set in from its edges.

use super::knobs::{Grows, Spot};
use super::made::Plan;
use super::params::{Param, Values};
use super::site::{Site, is_wide};
use super::spacing::{fitting, spread};
use crate::geometry::{Bounds, Outline, Point};

pub(super) static PARAMS: [Param; 8] = [
    Param::count("podium_levels", 1, 2, 6),
    Param::percent("cover_percent", 30.0, 100.0, 100.0),
    Param::count("towers", 0, 2, 12),
    Param::count("tower_levels", 1, 10, 60),
    Param::metres("tower_width_m", 12.0, 22.0, 60.0),
    Param::metres("tower_depth_m", 12.0, 22.0, 60.0),
    Param::metres("set_in_m", 0.0, 3.0, 20.0),
    Param::metres("spacing_m", 6.0, 18.0, 80.0),
];

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let Some(ground) = site.buildable.first() else { return };
    let Some(podium) = covering(ground, values.part("cover_percent")) else { return };
    let below = plan.block("podium", "podium", "podium", podium.clone(), values.count("podium_levels"));
    plan.count("podium_levels", &podium, Spot::Left);
    plan.count("towers", &podium, Spot::Right);
    plan.knob_inward("set_in_m", &podium, values.get("set_in_m"));
    if let Some((whole, covered)) = ground.bounds().zip(podium.bounds()) {
        plan.knob_of("cover_percent", covered, Grows::North, 100.0 / whole.height_m());
    }
    let asked = values.count("towers");
    let deck = Outline::largest(podium.inset(values.get("set_in_m")));
    let towers = deck.map(|deck| towers(&deck, asked, values)).unwrap_or_default();
    plan.give_up("towers", f64::from(asked), towers.len() as f64);
    plan.there_are("towers", towers.len());
    if let [first, second, ..] = towers.as_slice()
        && let (Some(a), Some(b)) = (first.bounds(), second.bounds())
    {
        let is_beside = b.min.x > a.max.x;
        let (min, max) = if is_beside {
            (Point { x: a.max.x, y: a.min.y }, Point { x: b.min.x, y: a.max.y })
        } else {
            (Point { x: a.min.x, y: a.max.y }, Point { x: a.max.x, y: b.min.y })
        };
        let grows = if is_beside { Grows::East } else { Grows::North };
        plan.knob_of("spacing_m", Bounds { min, max }, grows, 1.0);
    }
    for (at, tower) in towers.into_iter().enumerate() {
        plan.knob("tower_width_m", &tower, Grows::East);
        plan.knob("tower_depth_m", &tower, Grows::North);
        plan.count("tower_levels", &tower, Spot::Middle);
        plan.block_on(below, format!("tower {}", at + 1), "tower", tower, values.count("tower_levels"));
    }
}

/// What of the ground lies nearest to the front, until it is a part of it: a podium stands at its street, and what it leaves is
/// behind it.
fn covering(ground: &Outline, part: f64) -> Option<Outline> {
    if part >= 1.0 {
        return Some(ground.clone());
    }
    let bounds = ground.bounds()?;
    let wanted_m2 = ground.area_m2() * part;
    let up_to = |y: f64| {
        let end = Point { x: bounds.max.x, y };
        Outline::largest(ground.common(&Outline::rectangle(bounds.min, end)))
    };
    let (mut low, mut high) = (bounds.min.y, bounds.max.y);
    for _ in 0..30 {
        let middle = (low + high) / 2.0;
        match up_to(middle).filter(|piece| piece.area_m2() >= wanted_m2) {
            Some(_) => high = middle,
            None => low = middle,
        }
    }
    up_to(high)
}

/// As many towers as were asked for and have their size and distance on the deck: in rows from the front, from left to right.
fn towers(deck: &Outline, asked: u32, values: &Values<'_>) -> Vec<Outline> {
    let Some(bounds) = deck.bounds() else { return Vec::new() };
    let (width_m, depth_m) = (values.get("tower_width_m"), values.get("tower_depth_m"));
    let spacing_m = values.get("spacing_m");
    let across = fitting(bounds.width_m(), width_m, spacing_m);
    let along = fitting(bounds.height_m(), depth_m, spacing_m);
    let mut places = Vec::new();
    for row in 0..along {
        let in_row = across.min(asked - (places.len() as u32).min(asked));
        for column in 0..in_row {
            // Spread over the whole length; one alone stands at the front, in the middle.
            let x = spread(bounds.min.x, bounds.width_m(), width_m, column, in_row);
            let y = bounds.min.y + f64::from(row) * (depth_m + spacing_m);
            places.push(Point { x, y });
        }
    }
    let stands = |at: &Point| {
        let tower = Outline::rectangle(*at, Point { x: at.x + width_m, y: at.y + depth_m });
        let inside = tower.common(deck);
        // On an irregular deck a tower may lose a corner, not more.
        let whole = inside.into_iter().find(|piece| piece.area_m2() > 0.9 * width_m * depth_m)?;
        is_wide(&whole, 8.0).then_some(whole)
    };
    places.iter().filter_map(stands).take(asked as usize).collect()
}

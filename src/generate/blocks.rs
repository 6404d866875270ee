//! The assembled block: the ground cut into fields by streets, a building on each: workshops on some, homes on the others.

use super::knobs::{Grows, Spot};
use super::made::{Plan, at_front, numbered};
use super::params::{Param, Values};
use super::site::Site;
use crate::geometry::{Outline, Point};
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 9] = [
    Param::count("columns", 1, 3, 10),
    Param::count("lines", 1, 2, 10),
    Param::metres("street_m", 4.0, 14.0, 60.0),
    Param::count("works", 0, 1, 60),
    Param::count("works_levels", 1, 2, 12),
    Param::metres("works_m", 10.0, 60.0, 80.0),
    Param::count("homes_levels", 1, 6, 30),
    Param::metres("homes_m", 8.0, 14.0, 40.0),
    Param::metres("least_field_m", 8.0, 14.0, 60.0),
];

/// Narrower pieces are no building, in metres.
const LEAST_M: f64 = 6.0;

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let bounds = site.bounds();
    let (from, to) = (bounds.min, bounds.max);
    let street_m = values.get("street_m");
    // As many as asked for, as long as fields stay wide enough.
    let count = |asked: u32, length_m: f64| {
        let fits = ((length_m + street_m) / (values.get("least_field_m") + street_m)).floor().max(1.0) as u32;
        asked.min(fits)
    };
    let (width_m, depth_m) = (to.x - from.x, to.y - from.y);
    let asked = [values.count("columns"), values.count("lines")];
    let (columns, lines) = (count(asked[0], width_m), count(asked[1], depth_m));
    plan.give_up("columns", f64::from(asked[0]), f64::from(columns));
    plan.give_up("lines", f64::from(asked[1]), f64::from(lines));
    let field_m = [width_m, depth_m].into_iter().zip([columns, lines]);
    let field_m: Vec<f64> =
        field_m.map(|(length_m, n)| (length_m - street_m * f64::from(n - 1)) / f64::from(n)).collect();
    let place = |column: u32, line: u32| Point {
        x: from.x + f64::from(column) * (field_m[0] + street_m),
        y: from.y + f64::from(line) * (field_m[1] + street_m),
    };
    let (mut works, mut homes) = (0, 0);
    for line in 0..lines {
        for column in 0..columns {
            let at = place(column, line);
            // The first fields work, where goods come from the street.
            let is_works = works < values.count("works");
            let depth_m = if is_works { values.get("works_m") } else { values.get("homes_m") }.min(field_m[1]);
            let end = Point { x: at.x + field_m[0], y: at.y + depth_m };
            let pieces = site.within(at, end, LEAST_M);
            if pieces.is_empty() {
                continue;
            }
            let (part, number) = if is_works { ("works", &mut works) } else { ("homes", &mut homes) };
            *number += 1;
            let levels = values.count(if is_works { "works_levels" } else { "homes_levels" });
            let name = format!("{part} {number}");
            for (piece, outline) in pieces.into_iter().enumerate() {
                plan.knob(if is_works { "works_m" } else { "homes_m" }, &outline, Grows::North);
                plan.count(if is_works { "works_levels" } else { "homes_levels" }, &outline, Spot::Middle);
                plan.count("works", &outline, Spot::Left);
                plan.count("columns", &outline, Spot::Right);
                plan.count("lines", &outline, Spot::Back);
                plan.knob_inward("least_field_m", &outline, values.get("least_field_m"));
                plan.block(numbered(&name, piece + 1), part, name.clone(), outline, levels);
            }
            // What is left of a field behind its building is garden, or yard where one works.
            if at.y + field_m[1] - end.y > 1.0 {
                let kind = if is_works { SurfaceKind::Yard } else { SurfaceKind::Green };
                let back = site.within(Point { x: at.x, y: end.y }, Point { x: end.x, y: at.y + field_m[1] }, 0.0);
                let back = Outline::largest(back);
                plan.surfaces.extend(back.map(|outline| (format!("{name} yard"), kind, outline)));
            }
        }
    }
    plan.there_are("columns", columns as usize);
    plan.there_are("lines", lines as usize);
    plan.there_are("works", works as usize);
    plan.give_up("works", f64::from(values.count("works")), f64::from(works));
    for column in 0..columns.saturating_sub(1) {
        let x = place(column, 0).x + field_m[0];
        let pieces = site.within(Point { x, y: from.y }, Point { x: x + street_m, y: to.y }, 0.0);
        let street = format!("street {}", column + 1);
        plan.ground((&street, SurfaceKind::Street), pieces, ("street_m", Grows::East), at_front);
    }
}

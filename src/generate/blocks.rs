//! The assembled block: the ground cut into fields by streets, and on each of them what another generator makes there: bars,
//! combs or halls where one works, bars or courtyards where one lives.

use std::collections::BTreeMap;

use super::Generator;
use super::knobs::{Grows, Knob, Spot};
use super::made::{Block, Plan, at_front, numbered};
use super::params::{Param, Values};
use super::site::Site;
use crate::geometry::{Outline, Point};
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 11] = [
    Param::count("columns", 1, 3, 10),
    Param::count("lines", 1, 2, 10),
    Param::metres("street_m", 4.0, 14.0, 60.0),
    Param::count("works", 0, 1, 60),
    Param::count("works_levels", 1, 2, 12),
    Param::metres("works_m", 10.0, 60.0, 80.0),
    Param::count("homes_levels", 1, 6, 30),
    Param::metres("homes_m", 8.0, 14.0, 40.0),
    Param::metres("least_field_m", 8.0, 14.0, 60.0),
    Param::choice("works_as", &["bar", "comb", "crown"], 0),
    Param::choice("homes_as", &["bar", "perimeter"], 0),
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
            let end = Point { x: at.x + field_m[0], y: at.y + field_m[1] };
            let (part, number) = if is_works { ("works", &mut works) } else { ("homes", &mut homes) };
            let field = Field { at, end, part, name: format!("{part} {}", *number + 1) };
            if field.draw(plan, site, values) {
                *number += 1;
            }
        }
    }
    // Streets between the lines, field by field, so that they end where those between columns begin.
    for line in 1..lines {
        for column in 0..columns {
            let at = place(column, line);
            let pieces =
                site.within(Point { x: at.x, y: at.y - street_m }, Point { x: at.x + field_m[0], y: at.y }, 0.0);
            let name = format!("street {}", columns + (line - 1) * columns + column);
            plan.surfaces.extend(Outline::largest(pieces).map(|piece| (name, SurfaceKind::Street, piece)));
        }
    }
    plan.there_are("columns", columns as usize);
    plan.there_are("lines", lines as usize);
    plan.there_are("works", works as usize);
    plan.give_up("works", f64::from(values.count("works")), f64::from(works));
    if homes == 0 {
        plan.give_up("homes", f64::from((asked[0] * asked[1]).saturating_sub(values.count("works"))), 0.0);
    }
    for column in 0..columns.saturating_sub(1) {
        let x = place(column, 0).x + field_m[0];
        let pieces = site.within(Point { x, y: from.y }, Point { x: x + street_m, y: to.y }, 0.0);
        let street = format!("street {}", column + 1);
        plan.ground((&street, SurfaceKind::Street), pieces, ("street_m", Grows::East), at_front);
    }
}

/// A field between streets, with what happens on it.
struct Field {
    at: Point,
    end: Point,
    /// The part of the programme that its storeys are taken from.
    part: &'static str,
    name: String,
}

impl Field {
    /// Draws what stands on it; whether anything does.
    fn draw(&self, plan: &mut Plan, site: &Site, values: &Values<'_>) -> bool {
        let is_works = self.part == "works";
        let way = if is_works { values.get("works_as") } else { values.get("homes_as") };
        let levels = values.count(if is_works { "works_levels" } else { "homes_levels" });
        let level = f64::from(levels);
        let other: Option<(Generator, Vec<(&str, f64)>)> = match (is_works, way as u32) {
            (true, 1) => Some((
                Generator::Comb,
                vec![
                    ("spine_m", 10.0),
                    ("spine_levels", level),
                    ("tooth_m", 9.0),
                    ("comb_yard_m", 9.0),
                    ("tooth_levels", level),
                ],
            )),
            (true, 2) => Some((Generator::Crown, vec![("crown_m", 8.0), ("crown_levels", (level - 1.0).max(0.0))])),
            (false, 1) => Some((
                Generator::Perimeter,
                vec![("depth_m", values.get("homes_m")), ("levels", level), ("least_court_m", 8.0), ("gate_m", 4.0)],
            )),
            _ => None,
        };
        let Some((generator, given)) = other else { return self.bar(plan, site, values, levels) };
        if self.with(plan, site, generator, &given) {
            return true;
        }
        let has_bar = self.bar(plan, site, values, levels);
        if has_bar {
            plan.give_up(if is_works { "works_as" } else { "homes_as" }, 1.0, 0.0);
        }
        has_bar
    }

    /// What another generator makes on the field, from the street in front of it; nothing where it makes nothing.
    fn with(&self, plan: &mut Plan, site: &Site, generator: Generator, given: &[(&str, f64)]) -> bool {
        let Some(ground) = Outline::largest(site.within(self.at, self.end, LEAST_M)) else { return false };
        let given: BTreeMap<String, f64> = given.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect();
        let values = Values::new(generator.params(), &given);
        let mut own = Plan::default();
        generator.draw(&mut own, &Site::field(ground.clone()), &values, None);
        // A field too small for a court has a bar with a garden rather than a block without light. What else it has no room for is
        // in measures of another generator, which nobody can change here.
        let is_dark = own.given_up.iter().any(|up| up.what == "least_court_m");
        if own.blocks.is_empty() || is_dark {
            return false;
        }
        self.handles(plan, &ground, given.get("least_court_m").copied());
        // Of its measures the field has one: how deep homes are.
        let depth = own.knobs.iter().find(|knob| knob.key == "depth_m").filter(|_| self.part == "homes");
        plan.knobs_of(depth.map(|knob| Knob { key: "homes_m", ..*knob }));
        let first = plan.blocks.len();
        let named = |element: &str| format!("{} {element}", self.name);
        for block in own.blocks {
            let below = block.on.and_then(|on| plan.blocks.get(first + on));
            // Storeys go on from those below, whatever they stand on there.
            let skipped = below.map_or(block.skipped, |below| below.skipped + below.levels);
            let (element, building) = (named(&block.element), self.name.clone());
            let on = block.on.map(|on| first + on);
            plan.blocks.push(Block { element, building, part: self.part, on, skipped, ..block });
        }
        plan.surfaces.extend(own.surfaces.into_iter().map(|(element, kind, outline)| (named(&element), kind, outline)));
        plan.accesses.extend(own.accesses.into_iter().map(|(element, at)| (named(&element), at)));
        true
    }

    /// A bar along the street in front of the field.
    fn bar(&self, plan: &mut Plan, site: &Site, values: &Values<'_>, levels: u32) -> bool {
        let is_works = self.part == "works";
        let key = if is_works { "works_m" } else { "homes_m" };
        let depth_m = values.get(key).min(self.end.y - self.at.y);
        let end = Point { x: self.end.x, y: self.at.y + depth_m };
        let pieces = site.within(self.at, end, LEAST_M);
        let is_there = !pieces.is_empty();
        for (piece, outline) in pieces.into_iter().enumerate() {
            plan.knob(key, &outline, Grows::North);
            self.handles(plan, &outline, Some(values.get("least_field_m")));
            plan.block(numbered(&self.name, piece + 1), self.part, self.name.clone(), outline, levels);
        }
        // What is left of a field behind its building is garden, or yard where one works.
        if is_there && self.end.y - end.y > 1.0 {
            let kind = if is_works { SurfaceKind::Yard } else { SurfaceKind::Green };
            let back = Outline::largest(site.within(Point { x: self.at.x, y: end.y }, self.end, 0.0));
            plan.surfaces.extend(back.map(|outline| (format!("{} yard", self.name), kind, outline)));
        }
        is_there
    }

    /// The handles that every field has.
    fn handles(&self, plan: &mut Plan, ground: &Outline, least_m: Option<f64>) {
        let is_works = self.part == "works";
        plan.count(if is_works { "works_levels" } else { "homes_levels" }, ground, Spot::Middle);
        plan.count("works", ground, Spot::Left);
        plan.count("columns", ground, Spot::Right);
        plan.count("lines", ground, Spot::Back);
        if let Some(least_m) = least_m {
            plan.knob_inward("least_field_m", ground, least_m);
        }
    }
}

//! An old hall put to use again: its outline is kept, courts are cut into it for light, and new storeys may stand on its roof.
//! Where one stands already it is that; else a hall is drawn at the back of the plot.

use super::knobs::{Grows, Spot};
use super::made::{Plan, numbered};
use super::params::{Param, Values};
use super::site::{Site, is_wide};
use super::spacing::{fitting, spread};
use crate::geometry::{Bounds, Outline, Point};
use crate::model::limits::GROUND_M;
use crate::model::{Drawn, SurfaceKind};

pub(super) static PARAMS: [Param; 7] = [
    Param::count("hall_levels", 1, 1, 6),
    Param::percent("mezzanine_percent", 0.0, 0.0, 60.0),
    Param::count("courts", 0, 1, 8),
    Param::metres("court_m", 8.0, 16.0, 60.0),
    Param::count("added_levels", 0, 0, 12),
    Param::metres("set_in_m", 0.0, 6.0, 30.0),
    Param::percent("cover_percent", 30.0, 100.0, 100.0),
];

/// Between two courts, and round them, in metres.
const BESIDE_M: f64 = 10.0;

/// Converts what stands on a plot: `standing` is in the frame of the site.
pub(super) fn convert(plan: &mut Plan, site: &Site, values: &Values<'_>, standing: &Drawn) {
    let mut cut = 0;
    let on_ground = standing.volumes.iter().enumerate().filter(|(_, volume)| volume.base_m < GROUND_M);
    for (place, (at, volume)) in on_ground.enumerate() {
        // A hall that courts would cut to pieces stays whole.
        let hall = Hall::cut(&volume.footprint, place, values).unwrap_or_else(|| Hall::whole(&volume.footprint, place));
        let below = hall.put(plan, volume.storeys.len() as u32, values);
        plan.blocks[below].drawn = Some(at);
        // New storeys only where nothing stands on the roof.
        let is_free = standing.volumes.iter().all(|upper| {
            upper.base_m < GROUND_M || crate::geometry::overlap_area_m2(&upper.footprint, &volume.footprint) < 1.0
        });
        if is_free {
            added(plan, below, &hall.name, &hall.outline, values);
        }
        cut += hall.put_courts(plan);
    }
    let uppers = standing.volumes.iter().enumerate().filter(|(_, volume)| volume.base_m >= GROUND_M);
    for (at, volume) in uppers {
        let name = format!("part {}", at + 1);
        let place = plan.block(name, "", volume.building_name(), volume.footprint.clone(), 0);
        plan.blocks[place].drawn = Some(at);
    }
    finish(plan, site, values, cut);
}

/// Draws a hall at the back of the plot, as one that might stand there.
pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let mut cut = 0;
    for (place, ground) in site.buildable.iter().enumerate() {
        let Some(bounds) = ground.bounds() else { continue };
        // The hall stands at the back; what it does not cover is its yard.
        let depth_m = bounds.height_m() * values.part("cover_percent");
        let front = bounds.max.y - depth_m;
        let within = Outline::rectangle(Point { x: bounds.min.x, y: front }, bounds.max);
        let covered = if depth_m < bounds.height_m() - 0.5 {
            Outline::largest(ground.common(&within))
        } else {
            Some(ground.clone())
        };
        let Some(covered) = covered.filter(|hall| is_wide(hall, 6.0)) else { continue };
        let Some(hall) = Hall::cut(&covered, place, values) else { continue };
        if let Some(covered) = covered.bounds() {
            plan.knob_of("cover_percent", covered, Grows::South, 100.0 / bounds.height_m());
        }
        let below = hall.put(plan, values.count("hall_levels"), values);
        plan.count("hall_levels", &hall.outline, Spot::Left);
        added(plan, below, &hall.name, &hall.outline, values);
        let yard_name = format!("{} yard", hall.name);
        cut += hall.put_courts(plan);
        let yards = ground.without(&[&covered]).into_iter();
        if let Some(yard) = Outline::largest(yards.filter(|yard| yard.fault().is_none() && yard.area_m2() > 20.0)) {
            plan.surfaces.push((yard_name, SurfaceKind::Yard, yard));
        }
    }
    finish(plan, site, values, cut);
}

/// A hall with the courts that are cut into it.
struct Hall {
    name: String,
    /// What is left of it.
    outline: Outline,
    courts: Vec<Outline>,
}

impl Hall {
    /// One with courts, if it is the first; nothing where they leave nothing sound of it.
    fn cut(hall: &Outline, place: usize, values: &Values<'_>) -> Option<Self> {
        let courts = if place == 0 { courts(hall, values) } else { Vec::new() };
        let left = Outline::largest(hall.without(&courts.iter().collect::<Vec<_>>()));
        let outline = left.filter(|left| left.fault().is_none())?;
        Some(Self { outline, courts, ..Self::whole(hall, place) })
    }

    /// One without any.
    fn whole(hall: &Outline, place: usize) -> Self {
        Self { name: numbered("hall", place + 1), outline: hall.clone(), courts: Vec::new() }
    }

    /// Puts it, with its mezzanine and its handles; its place comes back.
    fn put(&self, plan: &mut Plan, levels: u32, values: &Values<'_>) -> usize {
        let below = plan.block(self.name.clone(), "hall", self.name.clone(), self.outline.clone(), levels);
        plan.blocks[below].mezzanine = values.part("mezzanine_percent");
        handles(plan, &self.outline, values);
        below
    }

    /// Puts its courts; how many there are comes back.
    fn put_courts(self, plan: &mut Plan) -> usize {
        let count = self.courts.len();
        for (at, court) in self.courts.into_iter().enumerate() {
            plan.knob("court_m", &court, Grows::East);
            plan.surfaces.push((format!("court {}", at + 1), SurfaceKind::Yard, court));
        }
        count
    }
}

/// Says how many courts there are, and lets goods in from the street.
fn finish(plan: &mut Plan, site: &Site, values: &Values<'_>, cut: usize) {
    let asked = values.count("courts");
    plan.there_are("courts", cut);
    plan.give_up("courts", f64::from(asked), cut as f64);
    plan.accesses.extend(site.street_fronts().first().map(|(at, _)| ("hall".to_owned(), *at)));
}

/// The handles of numbers and of how far new storeys stand back.
fn handles(plan: &mut Plan, hall: &Outline, values: &Values<'_>) {
    plan.count("courts", hall, Spot::Right);
    plan.count("added_levels", hall, Spot::Back);
    plan.knob_inward("set_in_m", hall, values.get("set_in_m"));
    if let Some(bounds) = hall.bounds() {
        // As if it lay along the front, over the whole length.
        let deep = bounds.min.y + bounds.height_m() * values.part("mezzanine_percent");
        let floor = Bounds { min: bounds.min, max: Point { x: bounds.centre().x, y: deep } };
        plan.knob_of("mezzanine_percent", floor, Grows::North, 100.0 / bounds.height_m());
    }
}

/// New storeys on the roof of a hall.
fn added(plan: &mut Plan, below: usize, name: &str, hall: &Outline, values: &Values<'_>) {
    let levels = values.count("added_levels");
    if levels == 0 {
        return;
    }
    let mut on_roof: Vec<Outline> = hall.inset(values.get("set_in_m"));
    on_roof.retain(|part| is_wide(part, 6.0));
    if on_roof.is_empty() {
        plan.give_up("added_levels", f64::from(levels), 0.0);
    }
    for (piece, outline) in on_roof.into_iter().enumerate() {
        plan.block_on(below, numbered(&format!("{name} upper"), piece + 1), "added", outline, levels);
    }
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

//! Shadows in plan: a convention of drawing, not the sun of a day.
//!
//! The light comes from the south-west. What stands throws its shadow on the ground and on lower roofs, each as long as it
//! is high over what it falls on. Where a picture shows few enough, shadows that meet are made one, so that none is
//! darker than another.

use std::sync::Arc;

use super::{Paint, Shape};
use crate::geometry::{Bounds, Outline, Point, merged};
use crate::look::Role;

/// Where the shadow of one metre of height ends, in metres.
const PER_M: Point = Point { x: 0.30, y: 0.24 };

/// More shadows than this in one picture are not made one: it would take longer than a frame.
const MERGED_AT_MOST: usize = 200;

/// What throws a shadow.
pub(super) struct Caster<'a> {
    pub footprint: &'a Outline,
    pub bounds: Bounds,
    pub base_m: f64,
    pub top_m: f64,
}

impl Caster<'_> {
    /// Its bounds with its shadow on the ground.
    pub(super) fn reach(bounds: Bounds, top_m: f64) -> Bounds {
        let shifted = PER_M * top_m.max(0.0);
        bounds.union(Bounds { min: bounds.min + shifted, max: bounds.max + shifted })
    }

    /// Its shadow on a level; `None` when it does not rise over it.
    fn on_level(&self, level_m: f64) -> Option<Outline> {
        let (from, to) = ((self.base_m - level_m).max(0.0), self.top_m - level_m);
        (to > from).then(|| self.footprint.swept(PER_M * from, PER_M * to))
    }
}

/// The shadows on the ground.
pub(super) fn on_ground(casters: &[Caster<'_>]) -> Vec<Shape> {
    let shadows: Vec<Outline> = casters.iter().filter_map(|caster| caster.on_level(0.0)).collect();
    shapes(shadows)
}

/// The shadows on the roof of `host` from the casters whose shadow may reach it.
pub(super) fn on_roof(host: &Caster<'_>, casters: &[&Caster<'_>]) -> Vec<Shape> {
    let on_it = casters.iter().filter_map(|caster| caster.on_level(host.top_m));
    let shadows: Vec<Outline> = on_it.flat_map(|shadow| shadow.common(host.footprint)).collect();
    shapes(shadows)
}

/// For every caster those that rise over it and may shade its roof or cover it.
pub(super) fn rising_over<'c, 'a>(casters: &'c [Caster<'a>]) -> Vec<Vec<&'c Caster<'a>>> {
    let mut by_x: Vec<usize> = (0..casters.len()).collect();
    by_x.sort_by(|&a, &b| casters[a].bounds.min.x.total_cmp(&casters[b].bounds.min.x));
    let widest_m = casters.iter().map(|caster| caster.bounds.width_m()).fold(0.0, f64::max);
    let mut rising: Vec<Vec<&Caster<'_>>> = vec![Vec::new(); casters.len()];
    for caster in casters {
        let reach = Caster::reach(caster.bounds, caster.top_m);
        let first = by_x.partition_point(|&j| casters[j].bounds.min.x < reach.min.x - widest_m);
        for &j in by_x[first..].iter().take_while(|&&j| casters[j].bounds.min.x <= reach.max.x) {
            if casters[j].top_m < caster.top_m - 0.01 && casters[j].bounds.meets(&reach) {
                rising[j].push(caster);
            }
        }
    }
    rising
}

fn shapes(shadows: Vec<Outline>) -> Vec<Shape> {
    let shadows = match shadows.len() {
        2..=MERGED_AT_MOST => merged(&shadows.iter().collect::<Vec<_>>()),
        _ => shadows,
    };
    let shape = |outline| Shape::Area {
        outline: Arc::new(outline),
        fill: Some(Paint::Role(Role::DrawShadow)),
        hatch: None,
        pen: None,
    };
    shadows.into_iter().map(shape).collect()
}

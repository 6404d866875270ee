//! The volumes of a plan: lowest top first, so that towers paint over what they stand on.

use std::sync::Arc;

use super::plan::{drawable, rings_as_lines};
use super::shadow::{self, Caster};
use super::{Anchor, Ink, Label, Layer, Paint, Pen, PlanOptions, Scene, Shape};
use crate::geometry::{Bounds, Outline, Point};
use crate::library::UseLook;
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::model::{State, Storey, Variant, Volume};

/// The parapet's line lies this far inside the edge, in metres.
const PARAPET_M: f64 = 0.55;
/// Below this many pixels for a metre there are no shadows: they would be a smear.
const SHADOWS_FROM_PX: f64 = 0.6;
/// More volumes than this in one picture throw no shadow on one another's roofs.
const ROOF_SHADOWS_AT_MOST: usize = 2_500;
/// Hatches are not drawn in shapes lower than this (LOOK §6).
const HATCH_FROM_PX: f64 = 14.0;
/// Room that a storey count needs, in pixels.
const LABEL_PX: f64 = 16.0;

/// A volume that stands, as it is drawn.
struct Standing<'a> {
    volume: &'a Volume,
    bounds: Bounds,
    top: &'a Storey,
    top_m: f64,
    storeys: usize,
}

/// A volume that does not stand, as it is drawn.
enum Hidden {
    BelowGround,
    Removed,
    WithoutStoreys,
    Faulty,
}

/// Shadows, volumes and what is hidden.
pub(super) fn draw(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    let mut standing = Vec::new();
    let mut hidden = Vec::new();
    let mut sort_in = |volume| match seen(volume, options) {
        Some(Ok(one)) => standing.push(one),
        Some(Err(kind)) => hidden.push((volume, kind)),
        None => {}
    };
    options.volumes_of(variant).for_each(|volume| sort_in(&**volume));
    standing.sort_by(|a, b| a.top_m.total_cmp(&b.top_m).then(a.volume.id.cmp(&b.volume.id)));

    let mut casters = Vec::new();
    if options.px(1.0) >= SHADOWS_FROM_PX {
        casters.extend(standing.iter().map(|one| Caster {
            footprint: &one.volume.footprint,
            bounds: one.bounds,
            base_m: one.volume.base_m,
            top_m: one.top_m,
        }));
    }
    scene.begin(Layer::Shadows);
    scene.shapes.extend(shadow::on_ground(&casters));
    scene.begin(Layer::Volumes);
    let near = casters.len() <= ROOF_SHADOWS_AT_MOST;
    let rising = if near { shadow::rising_over(&casters) } else { Vec::new() };
    for (i, one) in standing.iter().enumerate() {
        let over = rising.get(i).map_or(&[][..], Vec::as_slice);
        one.draw(scene, options, over, casters.get(i));
    }
    scene.begin(Layer::Hidden);
    for (volume, kind) in hidden {
        if options.subjects {
            scene.name_next(volume.id, &volume.name);
        }
        rings_as_lines(scene, &volume.footprint, kind.pen());
    }
}

/// How a volume is drawn; `None` when it is out of view or nothing can be drawn.
fn seen<'a>(volume: &'a Volume, options: &PlanOptions<'_>) -> Option<Result<Standing<'a>, Hidden>> {
    if !options.sees(volume.id) {
        return None;
    }
    let bounds = drawable(&volume.footprint)?;
    // Its shadow may be in view when it is not; the whole height is the longest that the shadow can be.
    let in_view = options.view.is_none_or(|view| {
        view.meets(&bounds)
            || (Caster::reach(bounds, 1_000.0).meets(&view) && Caster::reach(bounds, volume.top_m()).meets(&view))
    });
    if !in_view {
        return None;
    }
    if volume.footprint.fault().is_some() {
        return Some(Err(Hidden::Faulty));
    }
    let mut level_m = volume.base_m;
    let (mut above, mut storeys) = (false, 0);
    let mut top: Option<(&Storey, f64)> = None;
    for storey in volume.storeys.iter().filter(|storey| !storey.below_ground) {
        above = true;
        level_m += storey.height_m;
        if storey.state != State::Removed {
            storeys += 1;
            top = Some((storey, level_m));
        }
    }
    Some(match top {
        Some((top, top_m)) => Ok(Standing { volume, bounds, top, top_m, storeys }),
        None if above => Err(Hidden::Removed),
        None if volume.storeys.is_empty() => Err(Hidden::WithoutStoreys),
        None => Err(Hidden::BelowGround),
    })
}

impl Hidden {
    fn pen(&self) -> Pen {
        match self {
            Self::BelowGround => Pen::dashed(Role::Ink3, Stroke::Hair, Dash::Overhead),
            Self::Removed => Pen::dashed(Role::Ink2, Stroke::Fine, Dash::Ghost),
            Self::WithoutStoreys => Pen::dashed(Role::Ink2, Stroke::Fine, Dash::Guide),
            Self::Faulty => Pen::dashed(Role::Warning, Stroke::Edge, Dash::Ghost),
        }
    }
}

impl Standing<'_> {
    fn draw(&self, scene: &mut Scene, options: &PlanOptions<'_>, over: &[&Caster<'_>], roof: Option<&Caster<'_>>) {
        let shorter_px = options.shorter_px(&self.bounds);
        if options.subjects {
            scene.name_next(self.volume.id, &self.volume.name);
        }
        let lit = options.lights(self.volume.id);
        let use_of = options.look_of(self.top).filter(|_| lit);
        // A use that nobody knows is drawn as a building without one.
        let without = if lit { Role::Hairline } else { Role::Raised };
        scene.push(Shape::Area {
            outline: Arc::new(self.volume.footprint.clone()),
            fill: Some(use_of.map_or(Paint::Role(without), |look| Paint::Use(look.clone()))),
            hatch: use_of.map(|look| look.hatch).filter(|_| shorter_px >= HATCH_FROM_PX),
            pen: self.edge(shorter_px).map(|pen| if lit { pen } else { Pen::new(Role::HairlineStrong, pen.stroke) }),
        });
        if let Some(roof) = roof.filter(|_| !over.is_empty()) {
            scene.shapes.extend(shadow::on_roof(roof, over));
        }
        if options.px(PARAPET_M) >= 1.6 && shorter_px >= 24.0 {
            for inner in self.volume.footprint.inset(PARAPET_M) {
                scene.push(Shape::Area {
                    outline: Arc::new(inner),
                    fill: None,
                    hatch: None,
                    pen: Some(Pen::new(Role::StoreyLine, Stroke::Hair)),
                });
            }
        }
        if shorter_px >= LABEL_PX {
            scene.shapes.extend(self.label(options, over, use_of));
        }
    }

    /// What is built is drawn strong, what only happens to be there fine; small shapes become their colour alone.
    fn edge(&self, shorter_px: f64) -> Option<Pen> {
        let stroke = match shorter_px {
            px if px < 4.0 => return None,
            px if px < 12.0 => Stroke::Hair,
            _ if self.top.state == State::Existing => Stroke::Fine,
            _ => Stroke::Edge,
        };
        Some(Pen::new(Role::VolumeEdge, stroke))
    }

    /// The storey count, where nothing higher stands on it.
    fn label(&self, options: &PlanOptions<'_>, over: &[&Caster<'_>], use_of: Option<&UseLook>) -> Option<Shape> {
        let footprint = &self.volume.footprint;
        let need_m = options.px_per_m.map_or(1.0, |scale| LABEL_PX / 2.0 / scale);
        let on_it: Vec<&Outline> =
            over.iter().filter(|other| other.bounds.meets(&self.bounds)).map(|other| other.footprint).collect();
        // How far the nearest edge is, on it or around it; nothing where something covers it.
        let room_m = |p: Point| {
            let covered = !footprint.contains(p) || on_it.iter().any(|other| other.contains(p));
            let outlines = on_it.iter().copied().chain([footprint]);
            if covered { 0.0 } else { outlines.map(|o| o.distance_to_edge_m(p)).fold(f64::INFINITY, f64::min) }
        };
        let middle = footprint.inner_point()?;
        let mut best = (room_m(middle), middle);
        if !on_it.is_empty() || best.0 < need_m {
            // Then the place half-way, or a good way, to an edge or a corner, if it is clearly roomier.
            best.0 *= 1.5;
            for towards in footprint.edges().take(12).flat_map(|(a, b)| [(a + b) / 2.0, a]) {
                for part in [0.5, 0.75] {
                    let place = middle + (towards - middle) * part;
                    let room = room_m(place);
                    if room > best.0 {
                        best = (room, place);
                    }
                }
            }
        }
        if best.0 < need_m {
            return None;
        }
        Some(Shape::Label(Label {
            at: best.1,
            text: self.storeys.to_string(),
            style: TypeRole::Level,
            ink: use_of.map_or(Ink::Role(Role::Ink1), |look| Ink::OnUse(look.clone())),
            halo: None,
            halo_px: super::HALO_PX,
            angle_deg: 0.0,
            anchor: Anchor::Centre,
            room_m: Some(self.bounds.width_m().min(self.bounds.height_m())),
        }))
    }
}

//! What a drawing takes up of the ground: names of maps that would be cut there keep off it.

use std::sync::Arc;

use crate::geometry::{Bounds, Outline, point};
use crate::model::{Context, ContextShape, LayerKind, Project, Variant};

/// Of more plots, or more pieces of surroundings, than this each is not kept clear: names would have nowhere to stand.
const MOST: usize = 200;

/// The outlines of plots and surroundings that are shown: each of a few; nothing for the plots of a whole register, and
/// one rectangle for surroundings that were brought in.
#[must_use]
pub fn occupied(project: &Project, variant: &Variant) -> Vec<Arc<Outline>> {
    let mut taken: Vec<Arc<Outline>> = Vec::new();
    if project.layers.shows(LayerKind::Plots) && variant.plots.len() <= MOST {
        taken.extend(variant.plots.iter().map(|plot| Arc::new(plot.outline.clone())));
    }
    if !project.layers.shows(LayerKind::Context) {
        return taken;
    }
    let context = || project.context.iter().map(|one| &**one);
    if project.context.len() > MOST {
        let whole = context().filter_map(Context::bounds).reduce(Bounds::union);
        taken.extend(whole.map(|whole| Arc::new(rectangle(whole))));
        return taken;
    }
    taken.extend(context().filter_map(|one| match &one.shape {
        ContextShape::Area(outline) => Some(Arc::new(outline.clone())),
        ContextShape::Line(_) => None,
    }));
    taken
}

/// A rectangle as an outline.
#[must_use]
pub fn rectangle(Bounds { min, max }: Bounds) -> Outline {
    Outline::from_points([min, point(max.x, min.y), max, point(min.x, max.y)])
}

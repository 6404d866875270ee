//! What lies behind the edges of a plot, as far as it is drawn around it.

use super::index::Index;
use crate::generate::{REACH_M, guess_roles};
use crate::geometry::distance_m;
use crate::model::{EdgeRole, Plot, Project};

/// What lies behind each edge of a plot; `context` says where things are around it.
#[must_use]
pub(super) fn roles_around(project: &Project, context: &Index, plot: &Plot) -> Vec<EdgeRole> {
    let near = plot.outline.bounds().map(|bounds| context.meeting(bounds.grown(REACH_M))).unwrap_or_default();
    let things = near.into_iter().filter_map(|(_, id)| project.context.get(id)).map(|thing| &**thing);
    guess_roles(&plot.outline, things)
}

/// How long a plot lies on streets that are drawn around it, in metres.
#[must_use]
pub(super) fn frontage_m(project: &Project, context: &Index, plot: &Plot) -> f64 {
    let edges = plot.outline.edges().zip(roles_around(project, context, plot));
    edges.filter(|(_, role)| *role == EdgeRole::Street).map(|((a, b), _)| distance_m(a, b)).sum()
}

//! The plan from above.

use super::Scene;
use crate::geometry::Bounds;
use crate::i18n::Lang;
use crate::library::Library;
use crate::model::{Project, Variant};

/// What a plan shows.
#[derive(Clone, Debug)]
pub struct PlanOptions<'a> {
    /// The language of its labels.
    pub lang: Lang,
    /// The uses.
    pub library: &'a Library,
    /// Only what meets this rectangle; everything when `None`.
    pub view: Option<Bounds>,
}

/// The plan of a variant with the project's context.
#[must_use]
pub fn plan(_project: &Project, _variant: &Variant, _options: &PlanOptions<'_>) -> Scene {
    Scene::default()
}

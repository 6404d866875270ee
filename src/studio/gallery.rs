//! Typologies as they are at home: each on a plot of its usual size, drawn in plan and in axonometry.

use std::sync::{Arc, LazyLock};

use crate::edit::{EditBuilder, Label};
use crate::generate::{Hands, remake, with_front};
use crate::geometry::{Bounds, Outline, point};
use crate::i18n::Lang;
use crate::library::{Library, Typology};
use crate::model::{Origin, OwnTypology, Plot, Project, Recipe, Start};
use crate::scene::{PlanOptions, Scene, Shape, axo, plan};

/// A typology on its plot.
pub struct Shown {
    /// Its number, or the name of one of a project's own.
    pub id: String,
    /// One that comes with the program, with what its catalogue says.
    pub built_in: Option<&'static Typology>,
    /// Its plan, and what that covers.
    pub plan: (Arc<Scene>, Bounds),
    /// Its axonometry, and what that covers of the sheet.
    pub axo: (Arc<Scene>, Bounds),
}

/// All that come with the program, drawn when they are first asked for.
pub fn gallery() -> &'static [Shown] {
    static ALL: LazyLock<Vec<Shown>> = LazyLock::new(|| Typology::built_in().iter().filter_map(shown).collect());
    &ALL
}

/// A project with a typology on a plot of its usual size and nothing else; `None` where it cannot be made.
#[must_use]
pub fn at_home(typology: &Typology) -> Option<Project> {
    let [width_m, depth_m] = typology.usual_plot_m;
    on_plot(typology, Outline::rectangle(point(0.0, 0.0), point(width_m, depth_m)), &Library::built_in())
}

/// A project with a typology on one plot and nothing else; `None` where it cannot be made.
#[must_use]
pub fn on_plot(start: impl Into<Start>, outline: Outline, library: &Library) -> Option<Project> {
    let start = start.into();
    let mut project = Project::new(start.typology.clone(), Origin::new(4.34, 50.86), "A");
    let variant = project.variants.first()?.id;
    let mut edit = EditBuilder::new(&project, variant, Label::new("edit-typology"));
    let (plot, recipe) = (edit.take_id(), edit.take_id());
    edit.plot(Plot::new(plot, "", outline.clone()));
    let roles = with_front(&outline, Vec::new());
    let recipe = Recipe::new(recipe, plot, start, outline, roles, library);
    remake(&mut edit, project.variants.first()?, recipe, Hands::new(), (library, Lang::En)).ok()?;
    edit.finish().apply(&mut project).ok()?;
    Some(project)
}

fn shown(typology: &'static Typology) -> Option<Shown> {
    drawn(typology.id.clone(), Some(typology), &at_home(typology)?, &Library::built_in())
}

/// One of a project's own, on a plot as large as the one that it was saved from.
#[must_use]
pub fn shown_own(own: &OwnTypology, library: &Library) -> Option<Shown> {
    let [width_m, depth_m] = own.plot_m.map(|m| if m.is_finite() { m.clamp(10.0, 2_000.0) } else { 60.0 });
    let outline = Outline::rectangle(point(0.0, 0.0), point(width_m, depth_m));
    drawn(own.name.clone(), None, &on_plot(own, outline, library)?, library)
}

fn drawn(id: String, built_in: Option<&'static Typology>, project: &Project, library: &Library) -> Option<Shown> {
    let variant = project.variants.first()?;
    let options = PlanOptions::new(Lang::En, library);
    let bounds = variant.bounds()?;
    let mut plan = plan(project, variant, &options);
    // Signs and words keep their size, and would cover what is so small.
    plan.shapes.retain(|shape| matches!(shape, Shape::Area { .. } | Shape::Line { .. }));
    plan.layers.clear();
    let plan = Arc::new(plan);
    let axo = axo(variant, &options);
    let axo_covers = axo.bounds()?;
    Some(Shown { id, built_in, plan: (plan, bounds), axo: (Arc::new(axo), axo_covers) })
}

//! Typologies made anew, and put on many plots.

use maakblok::edit::{Edit, EditBuilder, Label};
use maakblok::generate::{Begun, Hands, hands_on, remake, with_front};
use maakblok::geometry::{Outline, point};
use maakblok::i18n::Lang;
use maakblok::library::{Library, Typology};
use maakblok::model::{Plot, Project, Recipe};
use maakblok::studio::gallery;

/// Every typology on a plot of two hectares, to be made anew with another distance to its neighbours.
pub fn on_two_hectares() -> Vec<Project> {
    let plot = Outline::rectangle(point(0.0, 0.0), point(160.0, 125.0));
    let library = Library::built_in();
    Typology::built_in().iter().filter_map(|typology| gallery::on_plot(typology, plot.clone(), &library)).collect()
}

/// The edit that a pull of a handle asks for.
pub fn remade(project: &Project, library: &Library) -> Edit {
    let v = &project.variants[0];
    let recipe = v.recipes.iter().next().expect("there is a recipe");
    let mut now = Recipe::clone(recipe);
    now.values.insert("setback_neighbour_m".to_owned(), 4.0);
    let mut edit = EditBuilder::new(project, v.id, Label::new("edit-recipe-value"));
    let hands = hands_on(recipe, library, v);
    remake(&mut edit, v, now, hands, (library, Lang::En)).expect("there is room");
    edit.finish()
}

/// Parcels of 40 × 30 m, side by side.
pub fn parcels(n: usize) -> Project {
    let mut project = Project::new("Parcels", maakblok::model::Origin::new(4.34, 50.86), "A");
    let variant = project.variants[0].id;
    let mut edit = EditBuilder::new(&project, variant, Label::new("edit-plot"));
    for at in 0..n {
        let (x, y) = ((at % 100) as f64 * 45.0, (at / 100) as f64 * 35.0);
        let id = edit.take_id();
        edit.plot(Plot::new(id, "", Outline::rectangle(point(x, y), point(x + 40.0, y + 30.0))));
    }
    edit.finish().apply(&mut project).expect("it fits");
    project
}

/// The edit that puts a typology on all plots.
pub fn painted(project: &Project, typology: &Typology, library: &Library) -> Edit {
    let v = &project.variants[0];
    let mut edit = EditBuilder::new(project, v.id, Label::new("edit-typology"));
    for plot in v.plots.iter() {
        let roles = with_front(&plot.outline, Vec::new());
        let recipe = Recipe::new(edit.take_id(), plot.id, typology, plot.outline.clone(), roles, library);
        if let Ok(begun) = Begun::new(v, recipe, Hands::new(), library) {
            begun.put(&mut edit, v, Lang::En);
        }
    }
    edit.finish()
}

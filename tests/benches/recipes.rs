//! Typologies made anew, and put on many plots.

use maakblok::edit::{Edit, EditBuilder, Label};
use maakblok::generate::{Begun, Hands, hands_on, remake, with_front};
use maakblok::geometry::{Outline, Point, Transform, point};
use maakblok::i18n::Lang;
use maakblok::library::{Library, Typology};
use maakblok::model::{Plot, Project, Recipe};
use maakblok::studio::tool::{Event, Pointer, ToolKind};
use maakblok::studio::{Session, gallery};

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

/// A session with a typology on two hectares and the handle of a measure in hand, to be pulled step by step.
pub struct Pulled {
    session: Session,
    at: Point,
    along: Point,
    step: u32,
}

impl Pulled {
    pub fn new(project: &Project) -> Option<Self> {
        let mut session = Session::new(project.clone()).ok()?;
        session.camera.px_per_m = 6.0;
        let plot = session.variant().plots.iter().next()?.id;
        session.select(vec![plot]);
        session.take_tool(ToolKind::Select);
        let recipe = session.recipe_on(plot)?;
        let made = session.made_of(recipe);
        let knob = *made.as_ref().as_ref().ok()?.knobs.iter().find(|knob| knob.per_m == Some(1.0))?;
        session.tool_event(Event::Press(pointer(knob.at)), Lang::En);
        Some(Self { session, at: knob.at, along: knob.along, step: 0 })
    }

    /// One movement of the pointer: what a frame has to do for it.
    pub fn pull(&mut self) -> u64 {
        self.step += 1;
        let to = self.at + self.along * (1.0 + 0.5 * f64::from(self.step % 8));
        self.session.tool_event(Event::Move(pointer(to)), Lang::En);
        self.session.revision()
    }
}

fn pointer(world: Point) -> Pointer {
    Pointer { world, shift: false, ctrl: false, alt: false, time_s: 0.0 }
}

/// Parcels with a typology on each, and the edit that moves all of them with what stands there.
pub fn moved(n: usize, library: &Library) -> (Session, Edit) {
    let mut project = parcels(n);
    let stack = Typology::named("T06").expect("the catalogue has it");
    painted(&project, stack, library).apply(&mut project).expect("it fits");
    let session = Session::new(project).expect("it is on earth");
    let v = session.variant();
    let mut edit = EditBuilder::new(session.project(), v.id, Label::new("edit-move"));
    let map = Transform::translation(point(3.0, 2.0));
    let ids = v.plots.iter().map(|plot| plot.id).chain(v.volumes.iter().map(|volume| volume.id));
    for id in ids.chain(v.surfaces.iter().map(|surface| surface.id)) {
        if let Some(outline) = v.outline(id) {
            edit.outline(v, id, outline.transformed(&map));
        }
    }
    for access in v.goods_access.iter() {
        let at = maakblok::model::At(map.apply(access.at.0));
        edit.goods_access(maakblok::model::GoodsAccess { at, ..maakblok::model::GoodsAccess::clone(access) });
    }
    let edit = edit.finish();
    (session, edit)
}

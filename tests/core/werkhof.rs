//! A small project to look at: the invented block *Werkhof*, between a canal and small streets.

use maakblok::geometry::{Outline, Point, Ring, point};
use maakblok::model::{
    At, Building, Context, ContextKind, ContextShape, GoodsAccess, Id, Note, Origin, Plot, Project, State, Storey,
    Surface, SurfaceKind, Variant, Volume,
};

/// A point of the invented block *Werkhof*, whose sides are turned by 11° from the grid.
pub fn turned(x: f64, y: f64) -> Point {
    let (sin, cos) = 11f64.to_radians().sin_cos();
    point(x * cos - y * sin, x * sin + y * cos)
}

/// A rectangle of the block, from its lower left corner.
pub fn rectangle(x: f64, y: f64, width: f64, depth: f64) -> Outline {
    Outline::from_points([turned(x, y), turned(x + width, y), turned(x + width, y + depth), turned(x, y + depth)])
}

/// Puts a project together.
pub struct Maker {
    pub project: Project,
    pub variant: Variant,
}

impl Maker {
    pub fn new() -> Self {
        let mut project = Project::new("Werkhof", Origin::new(4.31, 50.83), "Sokkel");
        let variant = project.variants.remove(0);
        Self { project, variant }
    }

    pub fn volume(&mut self, name: &str, footprint: Outline, base_m: f64, storeys: &[(&str, f64)]) -> Id {
        let (building, id) = (self.project.take_id(), self.project.take_id());
        self.variant.buildings.insert(Building::new(building, name, None));
        let mut volume = Volume::new(id, building, name, footprint);
        volume.base_m = base_m;
        volume.storeys = storeys.iter().map(|&(id, height)| Storey::new(id, height)).collect();
        self.variant.volumes.insert(volume);
        id
    }

    pub fn change(&mut self, id: Id, change: impl FnOnce(&mut Volume)) {
        let mut volume = (**self.variant.volumes.get(id).expect("the volume is there")).clone();
        change(&mut volume);
        self.variant.volumes.insert(volume);
    }

    pub fn surface(&mut self, kind: SurfaceKind, outline: Outline) {
        let id = self.project.take_id();
        let (name, code) = (String::new(), String::new());
        self.variant.surfaces.insert(Surface { id, name, code, kind, outline, extra: Default::default() });
    }

    pub fn context(&mut self, kind: ContextKind, name: &str, shape: ContextShape) {
        let (id, name) = (self.project.take_id(), name.to_owned());
        self.project.context.insert(Context {
            id,
            name,
            kind,
            shape,
            height_m: None,
            credit: String::new(),
            extra: Default::default(),
        });
    }

    pub fn around(&mut self, kind: ContextKind, name: &str, outline: Outline) {
        self.context(kind, name, ContextShape::Area(outline));
    }

    pub fn line(&mut self, kind: ContextKind, name: &str, points: &[(f64, f64)]) {
        self.context(kind, name, ContextShape::Line(points.iter().map(|&(x, y)| At(turned(x, y))).collect()));
    }
}

/// A plot with three halls, a stack and houses on them, between a canal and small streets.
pub fn werkhof() -> (Project, Variant) {
    let mut make = Maker::new();
    use ContextKind::{Building as House, Green, Rail, Road, Water};
    make.around(Water, "Kanaal · Canal", rectangle(-320.0, 100.0, 700.0, 42.0));
    make.around(Green, "", rectangle(-75.0, 30.0, 38.0, 36.0));
    for (name, points) in [
        ("Werkhuizenkaai · Quai des Ateliers", [(-320.0, 84.0), (380.0, 84.0)]),
        ("Sluisstraat", [(-11.0, 84.0), (-11.0, -160.0)]),
        ("Vlotstraat", [(123.0, 84.0), (123.0, -160.0)]),
        ("Aakstraat · Rue du Chaland", [(-320.0, -12.0), (380.0, -12.0)]),
    ] {
        make.line(Road, name, &points);
    }
    make.line(Rail, "", &[(-320.0, 152.0), (60.0, 152.0), (380.0, 160.0)]);
    for i in 0..22 {
        let x = f64::from(i) * 9.0;
        make.around(House, "", rectangle(130.0 + x, -36.0, 8.2, 14.0 + f64::from(i % 3)));
        make.around(House, "", rectangle(-220.0 + x, -40.0 - f64::from(i % 2), 8.6, 18.0));
        make.around(House, "", rectangle(-220.0 + x, 158.0, 8.6, 11.0 + f64::from(i % 4)));
        make.around(House, "", rectangle(130.0, -4.0 + f64::from(i) * 3.4, 12.0 + f64::from(i % 3), 3.3));
    }
    make.around(House, "", rectangle(-75.0, -2.0, 30.0, 28.0));
    make.around(House, "", rectangle(-140.0, 0.0, 55.0, 62.0));

    let plot = make.project.take_id();
    let mut site = Plot::new(plot, "Werkhof", rectangle(0.0, 0.0, 112.0, 72.0));
    site.code = "21901A0123".into();
    make.variant.plots.insert(site);
    make.surface(SurfaceKind::Yard, rectangle(0.0, 0.0, 112.0, 72.0));
    make.surface(SurfaceKind::Green, rectangle(1.0, 1.0, 9.0, 6.0));
    make.surface(SurfaceKind::Water, rectangle(95.0, 2.0, 14.0, 5.0));

    make.volume("West hall", rectangle(4.0, 9.0, 40.0, 38.0), 0.0, &[("food_production", 6.5)]);
    make.volume("Quay hall", rectangle(4.0, 47.0, 80.0, 18.0), 0.0, &[("craft_workshop", 6.5)]);
    make.volume("Shops", rectangle(84.0, 47.0, 20.0, 18.0), 0.0, &[("retail", 6.5)]);
    make.volume("East hall", rectangle(64.0, 8.0, 22.0, 39.0), 0.0, &[("final_mile_logistics", 6.5)]);
    make.volume("House 1", rectangle(6.0, 49.0, 24.0, 13.0), 6.5, &[("housing", 3.0); 5]);
    make.volume("House 2", rectangle(40.0, 49.0, 22.0, 13.0), 6.5, &[("housing", 3.0); 4]);
    make.volume("House 3", rectangle(74.0, 49.0, 24.0, 13.0), 6.5, &[("student_housing", 3.0); 6]);
    make.volume("House 4", rectangle(7.0, 14.0, 13.0, 28.0), 6.5, &[("housing", 3.0); 4]);
    make.volume("Offices", rectangle(66.0, 30.0, 38.0, 13.0), 6.5, &[("office", 3.6); 2]);
    let stack = [("repair_reuse", 6.5), ("maker_space", 5.0), ("craft_workshop", 5.0), ("incubator", 4.0)];
    make.volume("Stack", rectangle(86.0, 8.0, 20.0, 39.0), 0.0, &stack);
    make.volume("Greenhouse", rectangle(86.0, 18.0, 20.0, 12.0), 20.5, &[("growing", 4.5)]);
    let court = Outline::with_holes(
        &Ring::new([(-75.0, 66.0), (-37.0, 66.0), (-37.0, 78.0), (-75.0, 78.0)].map(|(x, y)| turned(x, y))),
        [Ring::new([(-62.0, 69.0), (-50.0, 69.0), (-50.0, 75.0), (-62.0, 75.0)].map(|(x, y)| turned(x, y)))],
    );
    make.volume("School", court, 0.0, &[("school", 4.0); 3]);
    let cellar = make.volume("Cellar", rectangle(47.0, 4.0, 14.0, 20.0), 0.0, &[("parking", 3.0)]);
    make.change(cellar, |volume| volume.storeys[0].below_ground = true);
    let shed = make.volume("Shed", rectangle(48.0, 30.0, 12.0, 9.0), 0.0, &[("warehouse", 5.0)]);
    make.change(shed, |volume| volume.storeys[0].state = State::Removed);
    let kept = make.volume("Kiosk", rectangle(50.0, 41.0, 8.0, 5.0), 0.0, &[("culture_sport", 4.0)]);
    make.change(kept, |volume| volume.storeys[0].state = State::Existing);
    let tie = Outline::from_points([turned(24.0, 1.0), turned(36.0, 7.0), turned(36.0, 1.0), turned(24.0, 7.0)]);
    make.volume("Tie", tie, 0.0, &[("plant", 3.0)]);

    let (access, note) = (make.project.take_id(), make.project.take_id());
    let at = At(turned(60.0, 0.0));
    make.variant.goods_access.insert(GoodsAccess { id: access, name: "Gate".into(), at, extra: Default::default() });
    let text = "Keep the chimney & \"arch\" <1924>".to_owned();
    let at = At(turned(108.0, 55.0));
    make.variant.notes.insert(Note { id: note, text, author: String::new(), at, extra: Default::default() });
    (make.project, make.variant)
}

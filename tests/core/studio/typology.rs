//! Typologies put on plots in the studio.

use maakblok::edit::{EditBuilder, Label};
use maakblok::generate::made_by;
use maakblok::geometry::{Bounds, Outline, overlap_area_m2, point};
use maakblok::i18n::Lang;
use maakblok::io::drawing::{PictureFormat, PlanPicture, draw_axo, draw_plan};
use maakblok::library::{Library, Typology};
use maakblok::measure::FigureId;
use maakblok::model::{
    Context, ContextKind, ContextShape, Id, Origin, Plot, Project, SharedLibrary, Start, State, check,
};
use maakblok::record::Extra;
use maakblok::studio::{AS_BUILT, Action, Command, RecipeStep, Scatter, StoreyChange, gallery};

use crate::puppet::{Home, Puppet};

#[test]
fn a_typology_stands_on_its_plot_as_one_step() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [130.0, 90.0]);
    let before = puppet.text();
    puppet.act(Action::PlaceTypology("T01".to_owned(), vec![plot]));
    puppet.no_complaints();
    let v = puppet.variant();
    assert_eq!((v.volumes.len(), v.buildings.len(), v.surfaces.len(), v.goods_access.len()), (9, 3, 2, 2));
    assert!(v.buildings.iter().all(|building| building.plot == Some(plot)));
    let mut names: Vec<&str> = v.volumes.iter().map(|volume| volume.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names[..3], ["Row 1", "Row 1 roof 1", "Row 1 roof 2"]);
    assert!(puppet.notices().iter().any(|said| said.contains("Placed: Workshop plinth")));
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before, "all of it was one step");
    puppet.run(Command::Redo);
    assert_eq!(puppet.variant().volumes.len(), 9);
}

#[test]
fn nothing_is_put_where_buildings_stand_or_no_block_fits() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [60.0, 40.0]);
    puppet.volume([10.0, 10.0], [30.0, 30.0]);
    let sliver = puppet.plot([0.0, 100.0], [60.0, 104.0]);
    let before = puppet.text();
    // One that converts a hall takes what stands.
    for typology in Typology::built_in().iter().filter(|typology| typology.generator != "conversion") {
        puppet.act(Action::PlaceTypology(typology.id.clone(), vec![plot, sliver]));
        let complaint = puppet.complaint();
        assert!(complaint.details.iter().any(|said| said.contains("there are buildings already")), "{complaint:?}");
        assert!(complaint.details.iter().any(|said| said.contains("nowhere wide enough")), "{complaint:?}");
        assert_eq!(puppet.text(), before);
    }
    puppet.act(Action::PlaceTypology("T99".to_owned(), vec![plot]));
    assert_eq!(puppet.text(), before, "there is no such typology");
}

#[test]
fn what_a_plot_has_no_room_for_is_said() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [45.0, 50.0]);
    puppet.act(Action::PlaceTypology("T02".to_owned(), vec![plot]));
    assert!(puppet.notices().iter().any(|said| said.contains("towers: room for 1 of 2")), "{:?}", puppet.notices());
}

/// With `MAAKBLOK_SHOTS` set to a folder a plan of each is written there.
#[test]
fn every_typology_stands_where_it_is_at_home_without_a_finding() {
    let shots = std::env::var_os("MAAKBLOK_SHOTS").map(std::path::PathBuf::from);
    for typology in Typology::built_in() {
        let home = Home::new();
        let mut puppet = Puppet::drawing(&home);
        let plot = puppet.plot([0.0, 0.0], typology.usual_plot_m);
        puppet.act(Action::PlaceTypology(typology.id.clone(), vec![plot]));
        puppet.no_complaints();
        let project = puppet.studio.session().expect("it is open").project();
        let found: Vec<String> = check(project).iter().map(|fault| fault.text(Lang::En)).collect();
        assert_eq!(found, [""; 0], "{}", typology.id);
        let project_at_home = gallery::at_home(typology).expect("it can be made");
        assert_eq!(check(&project_at_home), [], "{}", typology.id);
        if let Some(folder) = &shots {
            let picture = PlanPicture { size_px: [640.0, 480.0], map: false, ..PlanPicture::default() };
            let variant = project_at_home.variants[0].id;
            let bytes = draw_axo(&project_at_home, variant, &picture, PictureFormat::Png).expect("it can be drawn");
            std::fs::write(folder.join(format!("{} axo.png", typology.id)), bytes).expect("the folder can be written");
            let picture = PlanPicture { size_px: [640.0, 480.0], map: false, ..PlanPicture::default() };
            let variant = project.variants[0].id;
            let bytes = draw_plan(project, variant, &picture, PictureFormat::Png).expect("it can be drawn").bytes;
            std::fs::write(folder.join(format!("{}.png", typology.id)), bytes).expect("the folder can be written");
        }
    }
}

#[test]
fn a_block_keeps_away_from_water_and_fronts_the_street_that_is_drawn() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [120.0, 70.0]);
    let outline = |from: [f64; 2], to: [f64; 2]| Outline::rectangle(point(from[0], from[1]), point(to[0], to[1]));
    let session = puppet.studio.session_mut().expect("it is open");
    let mut edit = EditBuilder::new(session.project(), session.variant().id, Label::new("edit-project"));
    for (kind, area) in [
        (ContextKind::Water, outline([-30.0, -60.0], [150.0, -2.0])),
        (ContextKind::Road, outline([120.0, -60.0], [132.0, 120.0])),
    ] {
        let (id, shape) = (edit.take_id(), ContextShape::Area(area));
        edit.context(Context {
            id,
            name: String::new(),
            kind,
            shape,
            height_m: None,
            credit: String::new(),
            extra: Extra::default(),
        });
    }
    session.apply(edit.finish()).expect("it can be put");
    puppet.act(Action::PlaceTypology("T10".to_owned(), vec![plot]));
    puppet.no_complaints();
    let bounds = puppet.variant().volumes.iter().filter_map(|volume| volume.footprint.bounds());
    let all = bounds.reduce(Bounds::union).expect("something stands");
    // One warehouse of 36 m along the street in the east, in the middle of what is left: 5 m from the quay, 3 m from the others.
    assert_eq!((all.min.y, all.max.y), (5.0, 67.0));
    assert!((all.width_m() - 36.0).abs() < 1e-6 && (all.centre().x - 61.5).abs() < 1e-6, "{all:?}");
}

#[test]
fn several_plots_get_theirs_in_one_step() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plots = vec![puppet.plot([0.0, 0.0], [90.0, 70.0]), puppet.plot([200.0, 0.0], [290.0, 70.0])];
    let before = puppet.text();
    puppet.act(Action::PlaceTypology("T19".to_owned(), plots.clone()));
    puppet.no_complaints();
    let v = puppet.variant();
    let on = |plot| v.volumes.iter().filter(|volume| v.plot_of(volume) == Some(plot)).count();
    assert_eq!((on(plots[0]), on(plots[1])), (6, 6));
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
}

/// The floor on a plot in m², and the names of what stands there, in order.
fn on_plot(puppet: &Puppet, plot: Id) -> (f64, Vec<String>) {
    let figures = puppet.session().sums().expect("sums").plot(plot).expect("figures");
    let v = puppet.variant();
    let mut names: Vec<String> =
        v.volumes.iter().filter(|x| v.plot_of(x) == Some(plot)).map(|volume| volume.name.clone()).collect();
    names.sort_unstable();
    (figures.mid(FigureId::Gfa).expect("floor"), names)
}

#[test]
fn a_block_that_was_drawn_is_saved_and_put_on_other_plots() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 200.0], [60.0, 240.0]);
    let hall = puppet.volume([5.0, 205.0], [35.0, 225.0]);
    puppet.act(Action::NameVolume(hall, "Hal".to_owned()));
    let upper = puppet.volume([5.0, 205.0], [20.0, 225.0]);
    puppet.act(Action::NameVolume(upper, "Woningen".to_owned()));
    puppet.act(Action::Storeys(vec![upper], StoreyChange::Use(0, "housing".into())));
    let drawn = on_plot(&puppet, plot);
    puppet.act(Action::SaveTypology(plot, "Canal yard".to_owned()));
    puppet.no_complaints();
    let own = &puppet.session().project().typologies[0];
    assert_eq!((own.name.as_str(), own.generator.as_str()), ("Canal yard", "drawn"));
    assert_eq!(own.drawn.as_ref().map(|drawn| drawn.volumes.len()), Some(2));
    // On a larger plot, and on one across: as it was drawn, what stands on the hall on the hall.
    for (from, to) in [([100.0, 200.0], [180.0, 260.0]), ([200.0, 200.0], [245.0, 290.0])] {
        let other = puppet.plot(from, to);
        puppet.act(Action::PlaceTypology("Canal yard".to_owned(), vec![other]));
        puppet.no_complaints();
        let there = on_plot(&puppet, other);
        assert!((there.0 - drawn.0).abs() < 0.5, "{} for {}", there.0, drawn.0);
        assert_eq!(there.1, drawn.1);
        let recipe = puppet.session().recipe_on(other).expect("it is at work");
        assert!(puppet.session().by_hand(recipe).is_empty());
        let id = recipe.id;
        let at =
            |puppet: &Puppet| puppet.volume_of(puppet.session().recipe_on(other).unwrap().elements["part 1"]).clone();
        let before = at(&puppet);
        puppet.act(Action::Recipe(id, RecipeStep::Value("along_percent".to_owned(), Some(100.0))));
        assert!(before.footprint != at(&puppet).footprint, "it can be shifted");
        let faults = check(puppet.session().project());
        assert!(faults.iter().all(|fault| fault.severity != maakblok::model::Severity::Error), "{faults:?}");
    }
    puppet.sweep();
    // On one with less room what fits stands, and it is said.
    let small = puppet.plot([300.0, 200.0], [326.0, 226.0]);
    puppet.act(Action::PlaceTypology("Canal yard".to_owned(), vec![small]));
    assert!(on_plot(&puppet, small).0 > 100.0);
    puppet.sweep();
}

#[test]
fn what_is_at_work_is_saved_with_its_measures_and_goes_by_library_files() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 200.0], [130.0, 290.0]);
    puppet.act(Action::PlaceTypology("T01".to_owned(), vec![plot]));
    let id = puppet.session().recipe_on(plot).expect("it is at work").id;
    puppet.act(Action::Recipe(id, RecipeStep::Value("roof_levels".to_owned(), Some(7.0))));
    let before = puppet.text();
    puppet.act(Action::SaveTypology(plot, " High plinth ".to_owned()));
    puppet.no_complaints();
    let other = puppet.plot([200.0, 200.0], [330.0, 290.0]);
    puppet.act(Action::PlaceTypology("High plinth".to_owned(), vec![other]));
    assert_eq!(puppet.session().recipe_on(other).expect("it is at work").values["roof_levels"], 7.0);
    // By a library file into another project.
    let library = SharedLibrary::of(puppet.session().project());
    let bytes = maakblok::io::library::write(&library).expect("it can be written");
    let read = maakblok::io::library::read(&bytes).expect("it can be read");
    assert_eq!(read, library);
    let mut elsewhere = Project::new("Elsewhere", Origin::new(4.3, 50.8), "A");
    SharedLibrary::of(&elsewhere).with(read).put_into(&mut elsewhere);
    assert_eq!(elsewhere.typologies, puppet.session().project().typologies);
    // A name that the catalogue has is refused; the same name again takes the place of the first.
    puppet.act(Action::SaveTypology(plot, "T05".to_owned()));
    assert!(puppet.notices().iter().any(|said| said.contains("a name of its own")), "{:?}", puppet.notices());
    puppet.act(Action::SaveTypology(other, "High plinth".to_owned()));
    assert_eq!(puppet.session().project().typologies.len(), 1);
    puppet.act(Action::RemoveTypology("High plinth".to_owned()));
    assert!(puppet.session().project().typologies.is_empty());
    assert!(puppet.session().recipe_on(other).is_some(), "what it made stays alive");
    puppet.sweep();
    while puppet.text() != before {
        puppet.run(Command::Undo);
    }
}

#[test]
fn many_plots_get_a_typology_each_with_values_by_lot() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-plot"));
    let mut plots = Vec::new();
    for at in 0..120 {
        let (x, y) = (f64::from(at % 12) * 45.0, f64::from(at / 12) * 40.0);
        let id = edit.take_id();
        edit.plot(Plot::new(id, format!("P{at}"), Outline::rectangle(point(x, y), point(x + 40.0, y + 35.0))));
        plots.push(id);
    }
    puppet.studio.session_mut().expect("open").apply(edit.finish()).expect("it fits");
    let before = puppet.text();
    puppet.act(Action::PlaceTypology("T06".to_owned(), plots.clone()));
    puppet.studio.tick();
    puppet.no_complaints();
    assert_eq!((puppet.variant().recipes.len(), puppet.selected().len()), (120, 120));
    let placed = puppet.text();
    let scatter = |seed: u64| {
        let ranges = [("podium_levels".to_owned(), [3.0, 6.0]), ("cover_percent".to_owned(), [30.0, 60.0])].into();
        Scatter { ranges, seed }
    };
    let levels = |puppet: &Puppet| -> Vec<usize> {
        let of =
            |plot: &Id| puppet.session().recipe_on(*plot).map(|r| puppet.volume_of(r.elements["podium"]).storeys.len());
        plots.iter().filter_map(of).collect()
    };
    puppet.act(Action::Scatter(plots.clone(), scatter(1)));
    puppet.studio.tick();
    let first = levels(&puppet);
    assert_eq!(first.len(), 120);
    assert!((3..=6).all(|n| first.contains(&n)) && first.iter().all(|n| (3..=6).contains(n)), "{first:?}");
    puppet.sweep();
    puppet.act(Action::Scatter(plots.clone(), scatter(2)));
    puppet.studio.tick();
    assert_ne!(levels(&puppet), first);
    puppet.act(Action::Scatter(plots.clone(), scatter(1)));
    puppet.studio.tick();
    assert_eq!(levels(&puppet), first, "the same seed, the same values");
    for _ in 0..3 {
        puppet.run(Command::Undo);
    }
    assert!(puppet.text() == placed, "each is one step");
    puppet.run(Command::Undo);
    assert!(puppet.text() == before);
}

/// What is published of six built examples, drawn by their generators: within a tenth, each in its notes where it differs.
#[test]
fn built_examples_come_to_what_is_published_of_them() {
    let library = Library::built_in();
    let mut built_ones = Vec::new();
    for typology in Typology::built_in() {
        let Some(built) = &typology.built else { continue };
        built_ones.push(built.name.as_str());
        let [width_m, depth_m] = built.plot_m;
        let outline = Outline::rectangle(point(0.0, 0.0), point(width_m, depth_m));
        let start = Start::as_built(typology).expect("it is built");
        let project = gallery::on_plot(start, outline, &library).expect("there is room");
        assert!(check(&project).is_empty(), "{}: {:?}", built.name, check(&project));
        let v = &project.variants[0];
        let made = made_by(v.recipes.iter().next().expect("a recipe"), &library).expect("there is room");
        assert!(made.given_up.is_empty(), "{}: {:?}", built.name, made.given_up);
        let report = maakblok::measure::Sums::new(&project, v.id).report(&project);
        let report = serde_json::to_value(&report).expect("a report is JSON");
        let floors = v.volumes.iter().map(|volume| {
            let below =
                v.volumes.iter().filter(|lower| lower.base_m < volume.base_m && lower.top_m() <= volume.base_m + 0.01);
            let under = below.filter(|lower| overlap_area_m2(&lower.footprint, &volume.footprint) > 1.0);
            volume.storeys.len() + under.map(|lower| lower.storeys.len()).max().unwrap_or(0)
        });
        let floors = floors.max().unwrap_or(0) as f64;
        for (key, published) in &built.published {
            let found = if key == "floors" {
                floors
            } else {
                let path = format!("/totals/{}", key.replace('.', "/"));
                report.pointer(&path).and_then(serde_json::Value::as_f64).unwrap_or_else(|| panic!("{path}"))
            };
            let off = (found - published).abs() / published;
            assert!(off <= 0.1, "{}: {key} is {found}, published {published}", built.name);
        }
        for (lang, note) in Lang::ALL.iter().zip(&built.notes) {
            assert!(note.ends_with('.') && note.len() > 60, "{} in {lang:?}", built.name);
        }
    }
    let names = ["NovaCity I", "Strathcona Village", "Industria", "TIR", "Copernic", "LionCity I"];
    assert!(names.iter().all(|name| built_ones.iter().any(|built| built.starts_with(name))), "{built_ones:?}");
    // And in the studio they are put like any other.
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 200.0], [180.0, 322.0]);
    puppet.act(Action::PlaceTypology(format!("T16{AS_BUILT}"), vec![plot]));
    puppet.no_complaints();
    assert!(puppet.notices().iter().any(|said| said.contains("Placed: Copernic, Haren")), "{:?}", puppet.notices());
    let recipe = puppet.session().recipe_on(plot).expect("it is at work");
    assert!(puppet.session().by_hand(recipe).is_empty());
}

#[test]
fn a_hall_that_stands_is_converted_and_stays_the_hall_that_it_is() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 200.0], [120.0, 280.0]);
    let hall = puppet.volume([10.0, 210.0], [100.0, 260.0]);
    puppet.act(Action::NameVolume(hall, "Old foundry".to_owned()));
    puppet.act(Action::Storeys(vec![hall], StoreyChange::Height(0, 9.5)));
    puppet.act(Action::Storeys(vec![hall], StoreyChange::State(0, State::Existing)));
    let before = puppet.text();
    let outline = puppet.volume_of(hall).footprint.clone();
    // Others do not go where something stands; a conversion takes it.
    puppet.act(Action::PlaceTypology("T05".to_owned(), vec![plot]));
    assert_eq!(puppet.text(), before);
    puppet.studio.notices.clear();
    puppet.act(Action::PlaceTypology("T15".to_owned(), vec![plot]));
    puppet.no_complaints();
    let volume = puppet.volume_of(hall).clone();
    assert_eq!((volume.name.as_str(), volume.storeys.len(), volume.storeys[0].height_m), ("Old foundry", 1, 9.5));
    assert_eq!((volume.footprint, volume.storeys[0].state), (outline.clone(), State::Kept));
    assert!(volume.storeys[0].has_use(&"materials_recovery".into()), "what happens there is the typology's");
    let recipe = |puppet: &Puppet| puppet.session().recipe_on(plot).expect("it is at work").clone();
    assert!(puppet.session().by_hand(&recipe(&puppet)).is_empty());
    // A court cut into it, storeys on its roof.
    let id = recipe(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Value("courts".to_owned(), Some(1.0))));
    puppet.act(Action::Recipe(id, RecipeStep::Value("added_levels".to_owned(), Some(2.0))));
    let before_m2 = on_plot(&puppet, plot).0;
    puppet.act(Action::Recipe(id, RecipeStep::Value("mezzanine_percent".to_owned(), Some(25.0))));
    let more_m2 = on_plot(&puppet, plot).0 - before_m2;
    assert!(
        (more_m2 - 0.25 * puppet.volume_of(hall).footprint.area_m2()).abs() < 0.5,
        "a quarter more of the hall: {more_m2}"
    );
    let open_m2 = outline.area_m2() - puppet.volume_of(hall).footprint.area_m2();
    assert!((open_m2 - 256.0).abs() < 1.0, "a court of 16 × 16 m: {open_m2}");
    let added = recipe(&puppet).elements["hall upper"];
    assert_eq!((puppet.volume_of(added).base_m, puppet.volume_of(added).storeys.len()), (9.5, 2));
    puppet.sweep();
    // The plot may become another: the hall stays where it stands.
    let footprint = puppet.volume_of(hall).footprint.clone();
    let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-move"));
    edit.outline(puppet.variant(), plot, Outline::rectangle(point(-10.0, 190.0), point(115.0, 275.0)));
    puppet.studio.session_mut().expect("open").apply(edit.finish()).expect("it fits");
    assert!(puppet.volume_of(hall).footprint.lies_as(&footprint, 1e-3));
    assert!(puppet.session().by_hand(&recipe(&puppet)).is_empty());
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::ToolMove);
    puppet.click(0.0, 200.0);
    puppet.click(30.0, 210.0);
    assert!(puppet.volume_of(hall).footprint != footprint, "moved with its plot it goes along");
    assert!(puppet.session().by_hand(&recipe(&puppet)).is_empty());
    puppet.sweep();
    // Chosen once more, it is still that hall.
    let footprint = puppet.volume_of(hall).footprint.clone();
    puppet.act(Action::PlaceTypology("T15".to_owned(), vec![plot]));
    assert!(puppet.volume_of(hall).footprint.area_m2() >= footprint.area_m2() - 1.0);
    assert_eq!(puppet.volume_of(hall).storeys[0].height_m, 9.5);
    // Another typology does not take its place, and the hall stays when its plot goes.
    puppet.act(Action::PlaceTypology("T05".to_owned(), vec![plot]));
    assert!(puppet.variant().volumes.contains(hall));
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::Delete);
    assert!(puppet.variant().volumes.contains(hall));
    while puppet.text() != before {
        puppet.run(Command::Undo);
    }
}

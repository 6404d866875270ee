//! What commands and panels do to things: delete, duplicate, variants, names.

use maakblok::edit::Info;
use maakblok::geometry::Point;
use maakblok::i18n::Lang;
use maakblok::measure::FigureId;
use maakblok::model::{Region, State};
use maakblok::studio::{Action, Command, Screen, StoreyChange};

use crate::puppet::{Home, Puppet};

#[test]
fn a_step_through_the_history_is_seen_where_it_happens() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    let a = puppet.session().variant().id;
    puppet.run(Command::NewVariant);
    let b = puppet.session().variant().id;
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    puppet.act(Action::OpenVariant(a));
    puppet.run(Command::NewVariant);
    let names =
        |puppet: &Puppet| puppet.session().project().variants.iter().map(|variant| variant.id).collect::<Vec<_>>();
    let c = puppet.session().variant().id;
    assert_eq!(names(&puppet), [a, b, c], "a new variant comes after the others, so that these keep their letters");
    puppet.run(Command::Undo);
    assert_eq!((names(&puppet), puppet.session().variant().id), (vec![a, b], a), "back to the one it was copied from");
    puppet.run(Command::Undo);
    assert_eq!(puppet.session().variant().id, b);
    puppet.act(Action::OpenVariant(a));
    puppet.run(Command::Redo);
    assert_eq!((puppet.session().variant().id, puppet.session().variant().volumes.len()), (b, 1));
    puppet.run(Command::RemoveVariant);
    assert_eq!(puppet.notices(), ["Deleted: Variant 2"]);
    puppet.run(Command::Undo);
    assert_eq!(puppet.session().variant().id, b, "and comes back in sight");
}

#[test]
fn delete_says_what_went_and_its_notice_brings_it_back() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [100.0, 80.0]);
    let hall = puppet.volume([10.0, 10.0], [40.0, 20.0]);
    let before = puppet.text();
    puppet.run(Command::Delete);
    let v = puppet.variant();
    assert!(v.volumes.is_empty() && v.buildings.is_empty(), "a building goes with its last volume");
    assert_eq!(puppet.notices(), ["Deleted: Hall 1"]);
    assert!(puppet.selected().is_empty());
    let notice = puppet.studio.notices[0].id;
    puppet.act(Action::NoticeButton(notice));
    assert_eq!(puppet.text(), before);
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::Delete);
    assert_eq!(puppet.variant().plot_of(puppet.volume_of(hall)), None, "the hall stands on no plot now");
    puppet.run(Command::SelectAll);
    puppet.run(Command::Undo);
    puppet.run(Command::SelectAll);
    puppet.run(Command::Delete);
    assert_eq!(puppet.notices(), ["Deleted: 2 things"]);
    puppet.run(Command::Delete);
    assert_eq!(puppet.notices(), ["Select something first"]);
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
}

#[test]
fn a_duplicate_lies_beside_its_original_with_ids_of_its_own() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    let plinth = puppet.volume([10.0, 10.0], [60.0, 40.0]);
    let upper = puppet.volume([20.0, 20.0], [40.0, 30.0]);
    puppet.act(Action::Select(vec![plinth, upper]));
    puppet.run(Command::Duplicate);
    let copies = puppet.selected();
    assert_eq!(copies.len(), 2);
    assert!(!copies.contains(&plinth) && !copies.contains(&upper));
    let [a, b] = [puppet.volume_of(copies[0]).clone(), puppet.volume_of(copies[1]).clone()];
    assert_eq!(a.building, b.building, "the copies are one building");
    assert_ne!(a.building, puppet.volume_of(plinth).building);
    // Beside both together: 50 m wide, and 5 m of air.
    let shift = Point { x: 55.0, y: 0.0 };
    assert_eq!(a.footprint, puppet.volume_of(plinth).footprint.translated(shift));
    assert_eq!((a.base_m, b.base_m), (0.0, 5.0));
    assert_eq!((a.name.as_str(), b.name.as_str()), ("Hall 2", "Upper volume 2"));
    puppet.there_and_back(&start);
}

#[test]
fn what_the_check_finds_follows_every_edit() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    let hall = puppet.volume([10.0, 10.0], [60.0, 40.0]);
    assert_eq!(puppet.studio.findings().count(), 0);
    puppet.run(Command::Duplicate);
    let copy = puppet.selected()[0];
    assert!(puppet.studio.findings_of(copy).next().is_some(), "the copy stands over the edge of the plot");
    let told: Vec<String> = puppet.studio.findings_of(copy).map(|fault| fault.what(Lang::En)).collect();
    assert_eq!(told, ["450 m² of it lie outside “Plot 1”; all its floor area counts there"]);
    assert_eq!(puppet.studio.findings_of(hall).count(), 0);
    puppet.act(Action::Show(copy, None));
    assert_eq!(puppet.selected(), [copy]);
    // A building is shown by its volumes, a storey by itself.
    let building = puppet.volume_of(copy).building;
    puppet.act(Action::Show(building, None));
    assert_eq!(puppet.selected(), [copy]);
    puppet.act(Action::Show(hall, Some(0)));
    assert_eq!((puppet.selected(), puppet.session().selection().storey()), (vec![hall], Some(0)));
    puppet.run(Command::Undo);
    assert_eq!(puppet.studio.findings().count(), 0);
    puppet.act(Action::Base(hall, 7.5));
    assert_eq!(puppet.studio.findings_of(hall).count(), 1, "it hangs in the air");
    // What was found in one project is not said of another.
    puppet.run(Command::SaveAs);
    puppet.act(Action::Path(maakblok::studio::PathFor::Save, home.path("a.maakblok")));
    puppet.run(Command::New);
    assert_eq!(puppet.studio.findings().count(), 0);
}

#[test]
fn a_storey_below_ground_goes_under_what_stands_on_the_ground() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [60.0, 20.0]);
    puppet.run(Command::AddBasement);
    assert_eq!((puppet.volume_of(hall).storeys.len(), puppet.session().selection().storey()), (2, Some(0)));
    puppet.run(Command::AddStorey);
    assert_eq!(puppet.session().selection().storey(), Some(2), "what was added is selected");
    let upper = puppet.volume([10.0, 4.0], [50.0, 16.0]);
    assert_eq!(puppet.studio.can_run(Command::AddBasement), Err("why-not-on-ground"));
    puppet.run(Command::AddBasement);
    assert_eq!(puppet.volume_of(upper).storeys.len(), 1);
}

#[test]
fn variants_are_copies_that_go_their_own_way() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let first = puppet.variant().id;
    let hall = puppet.volume([0.0, 0.0], [60.0, 14.0]);
    let before = puppet.text();
    puppet.run(Command::NewVariant);
    let second = puppet.variant().id;
    assert_ne!(first, second);
    assert_eq!(puppet.variant().name, "Variant 2");
    puppet.act(Action::Storeys(vec![hall], StoreyChange::Add));
    let gfa = |puppet: &Puppet| puppet.session().sums().unwrap().totals().one(FigureId::Gfa);
    assert_eq!(gfa(&puppet), 1680.0);
    puppet.act(Action::OpenVariant(first));
    assert_eq!(gfa(&puppet), 840.0, "the first is as it was");
    puppet.act(Action::OpenVariant(second));
    assert_eq!(gfa(&puppet), 1680.0);
    puppet.act(Action::NameVariant(second, "Sokkel".to_owned()));
    puppet.act(Action::Baseline(first, true));
    let project = puppet.session().project();
    assert!(project.variants[0].baseline);
    assert_eq!(project.variants[1].name, "Sokkel");
    puppet.run(Command::RemoveVariant);
    assert_eq!(puppet.variant().id, first, "another one is open now");
    puppet.run(Command::RemoveVariant);
    assert_eq!(puppet.notices(), ["A project keeps at least one variant"]);
    assert_eq!(puppet.session().project().variants.len(), 1);
    puppet.run(Command::Undo);
    assert_eq!(puppet.session().project().variants.len(), 2);
    // The journal and the figures follow through all of it.
    puppet.act(Action::OpenVariant(second));
    assert_eq!(gfa(&puppet), 1680.0);
    puppet.there_and_back_to(&before, 4);
}

#[test]
fn new_variants_get_names_that_are_free_and_stand_beside_their_original() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::NewVariant);
    puppet.run(Command::NewVariant);
    let names = |puppet: &Puppet| -> Vec<String> {
        puppet.session().project().variants.iter().map(|v| v.name.clone()).collect()
    };
    assert_eq!(names(&puppet), ["Variant 1", "Variant 2", "Variant 3"]);
    let second = puppet.session().project().variants[1].id;
    puppet.act(Action::OpenVariant(second));
    puppet.run(Command::RemoveVariant);
    puppet.run(Command::NewVariant);
    let mut all = names(&puppet);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 3, "{:?}", names(&puppet));
}

#[test]
fn taking_back_a_new_variant_opens_the_one_it_was_made_from() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::NewVariant);
    let second = puppet.variant().id;
    puppet.run(Command::NewVariant);
    puppet.run(Command::Undo);
    assert_eq!(puppet.variant().id, second);
}

#[test]
fn names_are_edits() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    let plot = puppet.plot([0.0, 0.0], [100.0, 80.0]);
    let hall = puppet.volume([10.0, 10.0], [60.0, 40.0]);
    let building = puppet.volume_of(hall).building;
    let entries = puppet.session().history().place();
    puppet.act(Action::NamePlot(plot, "Kaai".to_owned()));
    puppet.act(Action::Region(plot, Region::Flanders));
    puppet.act(Action::NameVolume(hall, "Hal".to_owned()));
    puppet.act(Action::NameBuilding(building, "Gebouw".to_owned()));
    puppet.act(Action::Rehouse(building, None));
    puppet.act(Action::Base(hall, 4.5));
    puppet.act(Action::Dwellings(hall, Some(12)));
    let info = Info { name: "Biestebroeck".to_owned(), ..Info::of(puppet.session().project()) };
    puppet.act(Action::Info(Box::new(info)));
    assert_eq!(puppet.session().history().place(), entries + 8);
    let v = puppet.variant();
    assert_eq!(v.plots.get(plot).map(|p| (p.name.as_str(), p.region)), Some(("Kaai", Region::Flanders)));
    assert_eq!(v.buildings.get(building).map(|b| (b.name.as_str(), b.plot)), Some(("Gebouw", None)));
    let volume = puppet.volume_of(hall);
    assert_eq!((volume.name.as_str(), volume.base_m, volume.dwellings), ("Hal", 4.5, Some(12)));
    assert_eq!(puppet.session().project().name, "Biestebroeck");
    // The same again changes nothing and leaves no entry.
    puppet.act(Action::NamePlot(plot, "Kaai".to_owned()));
    puppet.act(Action::Base(hall, 4.5));
    assert_eq!(puppet.session().history().place(), entries + 8);
    puppet.there_and_back(&start);
}

#[test]
fn a_base_and_a_state_change_what_is_measured() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 100.0]);
    let hall = puppet.volume([10.0, 10.0], [60.0, 30.0]);
    let figures = |puppet: &Puppet| puppet.session().sums().unwrap().totals();
    assert_eq!((figures(&puppet).one(FigureId::Footprint), figures(&puppet).one(FigureId::Gfa)), (1000.0, 1000.0));
    puppet.act(Action::Base(hall, 4.0));
    assert_eq!(
        (figures(&puppet).one(FigureId::Footprint), figures(&puppet).one(FigureId::Gfa)),
        (0.0, 1000.0),
        "it hovers"
    );
    puppet.act(Action::Base(hall, 0.0));
    puppet.act(Action::Storeys(vec![hall], StoreyChange::State(0, State::Removed)));
    assert_eq!(
        (figures(&puppet).one(FigureId::Footprint), figures(&puppet).one(FigureId::Gfa)),
        (0.0, 0.0),
        "it will be gone"
    );
    assert_eq!(figures(&puppet).gfa_by_state_m2.get("removed"), Some(&1000.0));
}

#[test]
fn commands_that_cannot_be_run_say_why() {
    let home = Home::new();
    let mut puppet = Puppet::new(&home);
    for (command, words) in [
        (Command::Save, "Open a project first"),
        (Command::Undo, "Nothing to undo"),
        (Command::Delete, "Select something first"),
        (Command::AddStorey, "Select a volume first"),
        (Command::ToolPlot, "Open a project first"),
        (Command::RemoveVariant, "A project keeps at least one variant"),
    ] {
        puppet.run(command);
        assert_eq!(puppet.notices(), [words], "{command:?}");
    }
    puppet.run(Command::New);
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    puppet.run(Command::Start);
    assert_eq!(puppet.studio.screen, Screen::Start);
    puppet.run(Command::Delete);
    assert_eq!(puppet.variant().volumes.len(), 1, "nothing is deleted behind the start screen");
    puppet.run(Command::Start);
    assert_eq!(puppet.studio.screen, Screen::Editor);
}

#[test]
fn looking_around_changes_no_project() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [100.0, 80.0]);
    puppet.volume([10.0, 10.0], [60.0, 40.0]);
    let before = puppet.text();
    puppet.run(Command::ZoomAll);
    let camera = puppet.session().camera;
    // 80 m fit in 900 px less 14 % on both sides: 648 / 80; the 100 m would allow more.
    assert_eq!((camera.px_per_m, camera.centre_local), (8.1, Point { x: 50.0, y: 40.0 }));
    puppet.run(Command::ZoomIn);
    puppet.run(Command::ZoomOut);
    assert!((puppet.session().camera.px_per_m - 8.1).abs() < 1e-9);
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::ZoomSelection);
    for command in [Command::ToggleMap, Command::LangFr, Command::ThemeNight, Command::UndoList, Command::Palette] {
        puppet.run(command);
    }
    assert_eq!(puppet.text(), before);
    let again = Puppet::new(&home);
    assert_eq!(again.studio.settings.theme, maakblok::look::Theme::Night, "settings are kept");
    assert!(!again.studio.settings.map);
}

//! Files: saving, asking, importing, exporting; other windows, disks that refuse. Crashes are in `recovery`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use maakblok::io::native;
use maakblok::library::{Family, Skills, UseOverride};
use maakblok::model::{Id, Origin, Project};
use maakblok::num::Span;
use maakblok::studio::{Action, Command, DialogAnswer, Dialogs, FileFilter, PathFor, PlotFilter, Screen, Services};

use crate::puppet::{Home, Puppet};

/// A saved project with one plot, closed again.
pub fn saved(home: &Home, name: &str) -> std::path::PathBuf {
    let path = home.path(name);
    let mut puppet = Puppet::drawing(home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    puppet.save_as(&path);
    puppet.no_complaints();
    puppet.run(Command::Quit);
    assert!(puppet.studio.quit);
    path
}

pub fn dirty(puppet: &Puppet) -> bool {
    puppet.studio.document.as_ref().is_some_and(maakblok::studio::Document::is_dirty)
}

/// The files in a folder, by name.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
fn unsaved_work_is_asked_about_before_it_goes() {
    let home = Home::new();
    let other = saved(&home, "other.maakblok");
    let ways =
        [Action::Run(Command::New), Action::Open(other.clone()), Action::OpenCase(0), Action::Run(Command::Quit)];
    for way in ways {
        let mut puppet = Puppet::drawing(&home);
        let hall = puppet.volume([0.0, 0.0], [60.0, 14.0]);
        let before = puppet.text();
        // Stay.
        puppet.act(way.clone());
        assert_eq!(puppet.asked(), Some("unsaved"), "{way:?}");
        puppet.answer("ask-stay");
        assert_eq!((puppet.asked(), puppet.studio.quit), (None, false));
        assert_eq!(puppet.text(), before);
        // Save; it has a file already, so nothing more is asked.
        let path = home.path("mine.maakblok");
        puppet.save_as(&path);
        puppet.act(Action::NameVolume(hall, "Hal".to_owned()));
        puppet.act(way.clone());
        puppet.answer("ask-save");
        assert_eq!(puppet.asked(), None, "{way:?}");
        assert!(fs::read_to_string(&path).unwrap().contains("Hal"), "{way:?}");
        let gone_on =
            puppet.studio.quit || puppet.session().variant().volumes.get(hall).is_none_or(|v| v.name != "Hal");
        assert!(gone_on, "{way:?}: goes on after saving");
        if !puppet.studio.quit {
            // Drop.
            puppet.scale(4.0);
            puppet.volume([200.0, 0.0], [260.0, 14.0]);
            puppet.act(way.clone());
            puppet.answer("ask-drop");
            assert_eq!(puppet.asked(), None);
            assert!(!dirty(&puppet), "{way:?}");
            puppet.run(Command::Quit);
            assert!(puppet.studio.quit);
        }
        drop(puppet);
        assert_eq!(names(&home.path("data")), [""; 0], "{way:?}: no journal is left behind");
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn saving_before_leaving_a_project_without_a_file_asks_for_a_path_and_then_leaves() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    puppet.run(Command::Quit);
    puppet.answer("ask-save");
    assert_eq!(puppet.wants(), Some(PathFor::Save));
    // Called off: nothing goes on.
    puppet.act(Action::NoPath);
    assert!(!puppet.studio.quit);
    puppet.save_as(&home.path("called-off.maakblok"));
    assert!(!puppet.studio.quit, "a later save is a save and nothing more");
    puppet.volume([0.0, 40.0], [60.0, 54.0]);
    puppet.run(Command::SaveAs);
    puppet.act(Action::NoPath);
    puppet.run(Command::New);
    puppet.answer("ask-save");
    assert_eq!(puppet.variant().volumes.len(), 0, "saved to its file, then the new one is there");

    puppet.scale(4.0);
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    puppet.run(Command::Quit);
    puppet.answer("ask-save");
    let path = home.path("late.maakblok");
    puppet.act(Action::Path(PathFor::Save, path.clone()));
    assert!(path.exists());
    assert!(puppet.studio.quit, "saved, then closed as was asked");
}

#[test]
fn undoing_to_the_saved_state_is_saved_again() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    assert!(!dirty(&puppet));
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    assert!(dirty(&puppet));
    puppet.run(Command::Undo);
    assert!(!dirty(&puppet));
    puppet.run(Command::Redo);
    puppet.run(Command::Save);
    assert!(!dirty(&puppet));
    puppet.run(Command::Undo);
    assert!(dirty(&puppet));
    puppet.run(Command::Quit);
    assert_eq!(puppet.asked(), Some("unsaved"));
}

#[test]
fn a_typed_path_gets_its_extension_and_never_replaces_unasked() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    puppet.run(Command::Save);
    assert_eq!(puppet.studio.path_wanted, Some((PathFor::Save, home.path("untitled.maakblok").display().to_string())));
    puppet.act(Action::Path(PathFor::Save, home.path("block")));
    let path = home.path("block.maakblok");
    assert!(path.exists());
    assert_eq!(puppet.studio.document.as_ref().unwrap().path.as_deref(), Some(&*path));
    assert_eq!(puppet.notices(), ["Saved block.maakblok"]);
    assert_eq!(puppet.studio.settings.recent[0].path, path);

    let taken = home.path("taken.maakblok");
    fs::write(&taken, "somebody's").unwrap();
    puppet.run_with_path(Command::SaveAs, &taken);
    assert_eq!(puppet.asked(), Some("replace"));
    puppet.answer("ask-stay");
    assert_eq!(fs::read_to_string(&taken).unwrap(), "somebody's");
    assert_eq!(puppet.studio.path_wanted, Some((PathFor::Save, taken.display().to_string())), "to type another");
    puppet.act(Action::Path(PathFor::Save, taken.clone()));
    puppet.answer("ask-replace");
    assert_eq!(fs::read_to_string(&taken).unwrap(), puppet.text());
    assert_eq!(fs::read_to_string(home.path("taken.maakblok~1")).unwrap(), "somebody's", "a backup is kept");
    // Its own file is no other's: nothing is asked.
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    puppet.run_with_path(Command::SaveAs, &taken);
    assert_eq!(puppet.asked(), None);
    assert_eq!(fs::read_to_string(&taken).unwrap(), puppet.text());
    assert!(!home.path("block.maakblok.journal").exists(), "the journal went along");
}

/// A dialog in which the user types that name.
struct Typed(std::path::PathBuf);

impl Dialogs for Typed {
    fn open(&self, _: &str, _: &[FileFilter]) -> DialogAnswer {
        DialogAnswer::Chosen(self.0.clone())
    }

    fn save(&self, _: &str, _: &str, _: &[FileFilter]) -> DialogAnswer {
        DialogAnswer::Chosen(self.0.clone())
    }
}

#[test]
fn a_name_that_the_dialog_did_not_know_is_asked_about_before_it_is_replaced() {
    let home = Home::new();
    let taken = home.path("block.maakblok");
    fs::write(&taken, "somebody's").unwrap();
    // The dialog was told «block»; that «block.maakblok» is there it could not know.
    let services = Services { dialogs: Arc::new(Typed(home.path("block"))), ..home.services() };
    let mut puppet = Puppet::with(&home, services);
    puppet.run(Command::New);
    puppet.run(Command::SaveAs);
    assert_eq!(puppet.asked(), Some("replace"));
    assert_eq!(fs::read_to_string(&taken).unwrap(), "somebody's");
    puppet.answer("ask-replace");
    assert_eq!(fs::read_to_string(&taken).unwrap(), puppet.text());
    // What the dialog asked about itself is not asked twice.
    let services = Services { dialogs: Arc::new(Typed(taken.clone())), ..home.services() };
    let mut puppet = Puppet::with(&home, services);
    puppet.run(Command::New);
    puppet.run(Command::SaveAs);
    assert_eq!(puppet.asked(), None);
}

#[test]
fn an_export_onto_the_own_project_is_a_save_and_onto_an_open_one_is_refused() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    assert!(dirty(&puppet));
    puppet.run_with_path(Command::Export, &path);
    assert!(!dirty(&puppet), "it is saved");
    assert_eq!(fs::read_to_string(&path).unwrap(), puppet.text());
    let mut other = Puppet::drawing(&home);
    other.plot([0.0, 0.0], [100.0, 80.0]);
    other.run_with_path(Command::Export, &path);
    assert_eq!(other.asked(), None, "it is open elsewhere: there is nothing to choose");
    assert_eq!(other.studio.path_wanted.as_ref().map(|(what, _)| *what), Some(PathFor::Export), "to type another");
    assert_eq!(fs::read_to_string(&path).unwrap(), puppet.text());
}

#[test]
fn a_typed_path_may_begin_at_home_and_have_dots_in_its_name() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    puppet.run_with_path(Command::SaveAs, Path::new("~/Block 1.5"));
    puppet.no_complaints();
    let path = home.path("Block 1.5.maakblok");
    assert_eq!(fs::read_to_string(&path).unwrap(), puppet.text());
    puppet.run_with_path(Command::Export, Path::new("~/plan.svg"));
    assert!(home.path("plan.svg").exists());
    puppet.run_with_path(Command::Export, Path::new("~/plan.5"));
    assert_eq!(puppet.complaint().text, "Not exported");
    assert!(puppet.complaint().details[0].starts_with("The name must end in"), "{:?}", puppet.complaint());
}

#[test]
fn pictures_figures_and_exchange_files_are_written_by_their_extension() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    for (name, begin) in [
        ("plan.svg", b"<svg".as_slice()),
        ("plan.png", b"\x89PNG"),
        ("plan.pdf", b"%PDF"),
        ("plan.geojson", b"{"),
        ("figures.csv", b"plot"),
    ] {
        let to = home.path(name);
        puppet.run_with_path(Command::Export, &to);
        puppet.no_complaints();
        assert_eq!(puppet.notices(), [format!("Exported {name}")]);
        let bytes = fs::read(&to).unwrap();
        let head = &bytes[..bytes.len().min(200)];
        assert!(
            head.windows(begin.len()).any(|part| part == begin),
            "{name} begins {:?}",
            String::from_utf8_lossy(head)
        );
    }
    assert!(dirty(&puppet), "an export is no save");
    puppet.run_with_path(Command::Export, &home.path("plan.dwg"));
    assert_eq!(puppet.complaint().text, "Not exported");
    assert!(!home.path("plan.dwg").exists());
    let notice = puppet.complaint().id;
    puppet.act(Action::Dismiss(notice));
    puppet.no_complaints();
    puppet.run_with_path(Command::Export, &home.path("plan.svg"));
    assert_eq!(puppet.asked(), Some("replace"));
    puppet.answer("ask-replace");
    assert_eq!(puppet.notices(), ["Exported plan.svg"]);
}

#[test]
fn an_import_is_one_edit_with_ids_of_its_own() {
    let home = Home::new();
    let mut source = Puppet::drawing(&home);
    source.plot([0.0, 0.0], [100.0, 80.0]);
    source.volume([10.0, 10.0], [40.0, 20.0]);
    source.run(Command::AddStorey);
    let exchange = home.path("block.geojson");
    source.run_with_path(Command::Export, &exchange);
    drop(source);

    let mut puppet = Puppet::drawing(&home);
    let own = puppet.volume([200.0, 0.0], [260.0, 14.0]);
    let (before, entries) = (puppet.text(), puppet.session().history().place());
    puppet.run_with_path(Command::Import, &exchange);
    assert_eq!(puppet.session().history().place(), entries + 1);
    let v = puppet.variant();
    assert_eq!((v.plots.len(), v.volumes.len()), (1, 2));
    let imported = v.volumes.iter().find(|volume| volume.id != own).unwrap();
    assert_eq!((imported.storeys.len(), v.plot_of(imported)), (2, v.plots.iter().next().map(|p| p.id)));
    let bounds = imported.footprint.bounds().unwrap();
    assert!((bounds.min.x - 10.0).abs() < 1e-3 && (bounds.min.y - 10.0).abs() < 1e-3, "where it was: {bounds:?}");
    puppet.there_and_back_to(&before, 1);
    // Once more: ids stay apart.
    puppet.run_with_path(Command::Import, &exchange);
    assert_eq!(puppet.variant().volumes.len(), 3);
}

/// A map of parcels brought into an open project: plots that can be told apart by what the file says, as one step.
#[test]
fn parcels_are_imported_as_plots_and_found_by_what_the_file_says_of_them() {
    let home = Home::new();
    let path = home.path("parcels.geojson");
    let parcel = |at: usize, zone: &str| {
        let (w, e) = (4.34 + 0.001 * at as f64, 4.3408 + 0.001 * at as f64);
        format!(
            r#"{{"type":"Feature","properties":{{"zone":"{zone}"}},"geometry":{{"type":"Polygon","coordinates":[[[{w},50.86],[{e},50.86],[{e},50.8605],[{w},50.8605],[{w},50.86]]]}}}}"#
        )
    };
    let features = ["ZEMU", "park", "ZEMU"].iter().enumerate().map(|(at, zone)| parcel(at, zone)).collect::<Vec<_>>();
    fs::write(&path, format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))).unwrap();
    let mut puppet = Puppet::drawing(&home);
    let before = puppet.text();
    puppet.run_with_path(Command::ImportPlots, &path);
    assert_eq!((puppet.variant().plots.len(), puppet.session().project().context.len()), (3, 0));
    puppet.there_and_back_to(&before, 1);
    let filter = PlotFilter { attributes: vec![("zone".to_owned(), "= zemu".to_owned())], ..PlotFilter::default() };
    puppet.act(Action::FilterPlots(filter));
    let found = puppet.studio.plots_found().expect("it was looked for").clone();
    assert_eq!((found.ids.len(), found.of, found.attributes.as_slice()), (2, 3, &["zone".to_owned()][..]));
    puppet.act(Action::Select(found.ids.clone()));
    puppet.act(Action::PlaceTypology("T03".to_owned(), found.ids.clone()));
    let standing: Vec<Id> = puppet.variant().recipes.iter().map(|recipe| recipe.plot).collect();
    assert_eq!(standing, found.ids);
}

#[test]
fn a_project_with_variants_is_imported_as_one_variant_where_it_lies_on_earth() {
    let home = Home::new();
    let path = home.path("elsewhere.maakblok");
    let mut source = Puppet::new(&home);
    // A hundredth of a degree further north: 1,112.5 m at this latitude.
    source.act(Action::NewAt { lon_deg: 4.3170, lat_deg: 50.8436, name: "Elsewhere".to_owned() });
    source.scale(4.0);
    let hall = source.volume([0.0, 0.0], [60.0, 14.0]);
    source.run(Command::NewVariant);
    source.run(Command::AddStorey);
    source.act(Action::Select(vec![hall]));
    source.run(Command::AddStorey);
    source.save_as(&path);
    drop(source);

    let mut puppet = Puppet::new(&home);
    puppet.act(Action::NewAt { lon_deg: 4.3170, lat_deg: 50.8336, name: "Here".to_owned() });
    puppet.run_with_path(Command::Import, &path);
    puppet.no_complaints();
    let volumes: Vec<_> = puppet.variant().volumes.iter().cloned().collect();
    let [volume] = volumes.as_slice() else { panic!("{} volumes", volumes.len()) };
    let at = volume.footprint.bounds().unwrap().min;
    assert!(at.x.abs() < 1.0 && (at.y - 1112.5).abs() < 1.0, "{at:?}");
    assert!((volume.footprint.area_m2() - 840.0).abs() < 0.01);
    assert_eq!(volume.storeys.len(), 1, "as in the first variant");
}

#[test]
fn an_import_brings_uses_that_are_missing_and_leaves_the_figures_that_are_there() {
    let home = Home::new();
    let path = home.path("brewery.maakblok");
    let mut project = Project::new("Brewery", Origin::new(4.32, 50.833), "A");
    let mut brewery = UseOverride::new("brewery");
    brewery.family = Some(Family::Making);
    brewery.m2_per_job = Some(Span::exact(50.0));
    brewery.skills = Some(Skills { low: 0.5, middle: 0.25, high: 0.25 });
    brewery.goods_per_1000m2_day = Some(Span::exact(4.0));
    let mut office = UseOverride::new("office");
    office.m2_per_job = Some(Span::exact(10.0));
    project.uses = vec![brewery, office];
    project.rates.set("student_room_m2", "", Span::exact(20.0), "");
    project.next_id = 4;
    let building = maakblok::model::Building::new(Id(2), "Brewery", None);
    let footprint = maakblok::geometry::Outline::rectangle([100.0, 0.0].into(), [150.0, 20.0].into());
    let mut volume = maakblok::model::Volume::new(Id(3), Id(2), "Brewery", footprint);
    volume.storeys = vec![maakblok::model::Storey::new("brewery", 6.0)];
    project.variants[0].buildings.insert(building);
    project.variants[0].volumes.insert(volume);
    fs::write(&path, native::write(&project).unwrap()).unwrap();

    let mut puppet = Puppet::drawing(&home);
    puppet.act(Action::UseInHand("office".into()));
    puppet.volume([0.0, 0.0], [60.0, 15.0]);
    let before = (puppet.text(), puppet.report()["totals"]["jobs"]["mid"].as_f64().unwrap());
    puppet.run_with_path(Command::Import, &path);
    // 1,000 m² at 50 m² per job, half of them low-skilled, four movements per 1,000 m².
    let totals = puppet.report()["totals"].clone();
    assert_eq!(totals["jobs_by_use"]["brewery"]["mid"], 20.0);
    assert!((totals["jobs"]["mid"].as_f64().unwrap() - before.1 - 20.0).abs() < 1e-9, "offices count as before");
    assert_eq!(puppet.session().library().get(&"brewery".into()).unwrap().skills, Some([0.5, 0.25, 0.25]));
    let said = puppet.studio.notices.last().unwrap().details.join("\n");
    assert!(said.contains("“brewery” was added") && said.contains("“office” has other values"), "{said}");
    assert!(said.contains("rates for homes and residents"), "{said}");
    puppet.there_and_back_to(&before.0, 1);
}

#[test]
fn an_import_from_the_start_screen_shows_what_came() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    let exchange = home.path("block.geojson");
    puppet.run_with_path(Command::Export, &exchange);
    puppet.run(Command::Start);
    puppet.run_with_path(Command::Import, &exchange);
    assert_eq!(puppet.studio.screen, Screen::Editor);
    assert_eq!(puppet.variant().volumes.len(), 2);
}

#[test]
fn a_file_changed_by_somebody_else_is_noticed_before_it_is_replaced() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    let theirs = fs::read_to_string(&path).unwrap().replace("Untitled", "Theirs");
    fs::write(&path, &theirs).unwrap();
    puppet.run(Command::Save);
    assert_eq!(puppet.asked(), Some("changed"));
    puppet.answer("ask-stay");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    assert!(dirty(&puppet));
    puppet.run(Command::Save);
    puppet.answer("ask-elsewhere");
    let mine = home.path("mine.maakblok");
    puppet.act(Action::Path(PathFor::Save, mine.clone()));
    assert_eq!(fs::read_to_string(&mine).unwrap(), puppet.text());
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);

    let mut second = Puppet::opening(&home, &path);
    second.volume([10.0, 10.0], [40.0, 20.0]);
    fs::write(&path, theirs.replace("Theirs", "Again")).unwrap();
    second.run(Command::Save);
    second.answer("ask-replace");
    assert_eq!(fs::read_to_string(&path).unwrap(), second.text());
    assert!(fs::read_to_string(home.path("a.maakblok~1")).unwrap().contains("Again"), "theirs is the backup");
    assert!(!dirty(&second));
}

#[test]
fn a_file_that_was_deleted_meanwhile_is_saved_again() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    fs::remove_file(&path).unwrap();
    puppet.run(Command::Save);
    assert_eq!((puppet.asked(), dirty(&puppet)), (None, false));
    assert_eq!(fs::read_to_string(&path).unwrap(), puppet.text());
}

#[test]
fn a_second_window_on_one_file_is_told_and_saves_elsewhere() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut first = Puppet::opening(&home, &path);
    let mut second = Puppet::opening(&home, &path);
    assert_eq!(second.complaint().text, "Another window has this project open");
    assert!(second.studio.document.as_ref().unwrap().in_use);
    first.volume([10.0, 10.0], [40.0, 20.0]);
    first.run(Command::Save);
    let of_first = first.text();
    second.volume([50.0, 10.0], [80.0, 20.0]);
    second.run(Command::Save);
    assert_eq!(second.wants(), Some(PathFor::Save), "a save asks for another name");
    let free = home.path("a 2.maakblok").display().to_string();
    assert_eq!(second.studio.path_wanted, Some((PathFor::Save, free.clone())), "and offers one that is free");
    second.act(Action::Path(PathFor::Save, path.clone()));
    assert_eq!(second.asked(), None, "its own name is the other window's: nothing can be replaced there");
    assert_eq!(second.studio.path_wanted, Some((PathFor::Save, free)));
    assert_eq!(fs::read_to_string(&path).unwrap(), of_first);
    // Nor can a third window that has another project.
    let mut third = Puppet::drawing(&home);
    third.plot([0.0, 0.0], [10.0, 10.0]);
    third.run_with_path(Command::SaveAs, &path);
    assert_eq!((third.asked(), third.complaint().text.as_str()), (None, "Another window has this project open"));
    assert_eq!(fs::read_to_string(&path).unwrap(), of_first);
    let mine = home.path("b.maakblok");
    second.act(Action::Path(PathFor::Save, mine.clone()));
    let document = second.studio.document.as_ref().unwrap();
    assert!(!document.in_use && !document.is_dirty());
    assert_eq!(document.path.as_deref(), Some(&*mine));
    second.volume([50.0, 40.0], [80.0, 50.0]);
    second.run(Command::Save);
    assert_eq!(fs::read_to_string(&mine).unwrap(), second.text());
    // The first goes on as if nothing had been.
    first.volume([10.0, 40.0], [40.0, 50.0]);
    first.run(Command::Save);
    assert_eq!(first.asked(), None);
    assert_eq!(fs::read_to_string(&path).unwrap(), first.text());
}

#[test]
fn a_path_that_refuses_is_told_and_the_work_stays() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    let text = puppet.text();
    fs::create_dir(home.path("folder.maakblok")).unwrap();
    fs::write(home.path("wall"), "a file, not a folder").unwrap();
    // A folder takes a name.
    let folder = home.path("folder.maakblok");
    puppet.run_with_path(Command::SaveAs, &folder);
    assert_eq!(puppet.complaint().text, "Not saved");
    assert_eq!(puppet.studio.path_wanted, Some((PathFor::Save, folder.display().to_string())));
    puppet.act(Action::NoPath);
    for to in [home.path("nowhere/deep/a.maakblok"), home.path("wall/a.maakblok")] {
        puppet.run_with_path(Command::SaveAs, &to);
        let complaint = puppet.complaint().clone();
        assert_eq!(complaint.text, "Not saved", "{}", to.display());
        let details = complaint.details.join("\n");
        assert!(details.contains(&to.file_name().unwrap().to_string_lossy().into_owned()), "{details}");
        assert_eq!(complaint.button.as_ref().map(|(_, action)| action), Some(&Action::Run(Command::SaveAs)));
        puppet.act(Action::Dismiss(complaint.id));
        assert_eq!(puppet.text(), text);
        assert!(dirty(&puppet));
        assert_eq!(
            puppet.studio.document.as_ref().unwrap().path.as_deref(),
            Some(&*path),
            "its file is still its file"
        );
    }
    // Protected: refused for everybody.
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    puppet.run(Command::Save);
    assert_eq!(puppet.complaint().text, "Not saved");
    puppet.volume([60.0, 10.0], [90.0, 20.0]);
    puppet.run_with_path(Command::SaveAs, &home.path("b.maakblok"));
    assert!(!dirty(&puppet));
    puppet.no_complaints_but("Not saved");
}

#[test]
fn what_cannot_be_opened_is_told_and_nothing_else_happens() {
    let home = Home::new();
    let mut puppet = Puppet::new(&home);
    fs::write(home.path("broken.maakblok"), "{ \"format\": ").unwrap();
    fs::create_dir(home.path("folder")).unwrap();
    for name in ["missing.maakblok", "broken.maakblok", "folder"] {
        puppet.act(Action::Open(home.path(name)));
        // That a folder is no map of tiles is found first.
        puppet.studio.tick();
        let complaint = puppet.complaint().clone();
        assert_eq!(complaint.text, "Not opened");
        assert!(complaint.details.iter().any(|line| line.contains(name)), "{:?}", complaint.details);
        puppet.act(Action::Dismiss(complaint.id));
        assert_eq!((puppet.studio.screen, puppet.studio.document.is_none()), (Screen::Start, true));
    }
    puppet.run(Command::New);
    puppet.scale(4.0);
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    let text = puppet.text();
    puppet.run_with_path(Command::Import, &home.path("broken.maakblok"));
    assert_eq!(puppet.complaint().text, "Not opened");
    assert_eq!(puppet.text(), text);
}

#[test]
fn an_exchange_file_opens_as_a_project_without_a_file() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    let exchange = home.path("block.geojson");
    puppet.run_with_path(Command::Export, &exchange);
    let bytes = fs::read(&exchange).unwrap();
    let mut again = Puppet::opening(&home, &exchange);
    assert_eq!(again.variant().volumes.len(), 1);
    assert_eq!(again.studio.document.as_ref().unwrap().path, None);
    again.run(Command::Save);
    assert_eq!(again.wants(), Some(PathFor::Save), "it is not written back over the exchange file");
    assert_eq!(fs::read(&exchange).unwrap(), bytes);
}

#[test]
fn the_cases_that_come_along_open_as_new_projects() {
    let home = Home::new();
    for (at, case) in maakblok::studio::cases::CASES.iter().enumerate() {
        let mut puppet = Puppet::new(&home);
        puppet.act(Action::OpenCase(at));
        puppet.no_complaints();
        let document = puppet.studio.document.as_ref().unwrap();
        assert!(document.path.is_none() && !document.is_dirty(), "{}", case.file);
        assert_eq!(puppet.session().selection().to_vec(), Vec::<Id>::new());
        let again = native::read(puppet.text().as_bytes()).unwrap();
        assert_eq!(&again.project, puppet.session().project());
        puppet.run(Command::Quit);
    }
}

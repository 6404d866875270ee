//! Settings that are changed while a project is open stand in the list of changes, and undo comes past them.

use maakblok::basemap::MapLook;
use maakblok::geometry::point;
use maakblok::i18n::Lang;
use maakblok::io::page::Paper;
use maakblok::look::Theme;
use maakblok::scene::Camera;
use maakblok::studio::map::MapSource;
use maakblok::studio::{Action, Command, MapStep, NoticeLevel, Page, PathFor, PictureChoice, Pulled, SnapSwitch};

use super::block;
use crate::puppet::{Home, Puppet};

fn names(puppet: &Puppet) -> Vec<String> {
    puppet.session().history().done().map(|label| label.text(Lang::En)).collect()
}

#[test]
fn undo_comes_past_settings_in_their_turn() {
    let home = Home::new();
    let (mut puppet, ..) = block(&home);
    let path = home.path("block.maakblok");
    puppet.save_as(&path);
    let text = puppet.text();
    let place = puppet.session().history().place();
    puppet.run(Command::ThemeNight);
    puppet.run(Command::CadAngles);
    puppet.act(Action::SnapSwitch(SnapSwitch::Grid));
    puppet.run(Command::LangNl);
    assert_eq!(
        names(&puppet)[place..],
        ["Setting: Night", "Setting: CAD angles: on", "Setting: Whole measures: off", "Setting: Nederlands"]
    );
    assert!(!puppet.studio.document.as_ref().expect("open").is_dirty(), "the project is as saved as it was");
    let new = puppet.volume([0.0, 100.0], [20.0, 120.0]);
    puppet.run(Command::Undo);
    assert!(!puppet.variant().has(new));
    puppet.run(Command::Undo);
    assert_eq!(puppet.studio.lang(), Lang::En);
    puppet.run(Command::Undo);
    assert!(puppet.studio.settings.drawing.off.kinds.is_empty());
    puppet.act(Action::GoTo(place));
    assert_eq!(puppet.studio.settings.theme, Theme::Paper);
    assert_eq!(puppet.session().drawing().angles, maakblok::studio::Angles::Bearings, "the session knows too");
    assert_eq!(puppet.text(), text);
    puppet.redo_all();
    assert_eq!((puppet.studio.lang(), puppet.studio.settings.theme), (Lang::Nl, Theme::Night));
    assert!(puppet.variant().has(new));
}

#[test]
fn a_setting_takes_nothing_away_that_could_be_done_again() {
    let home = Home::new();
    let (mut puppet, ..) = block(&home);
    let all = puppet.text();
    puppet.run(Command::Undo);
    puppet.run(Command::ThemeNight);
    puppet.run(Command::Redo);
    assert_eq!(puppet.text(), all);
    assert_eq!(puppet.studio.settings.theme, Theme::Night, "and it stays");
    // At the start screen there is no list to stand in.
    puppet.run(Command::Start);
    let place = puppet.session().history().place();
    puppet.run(Command::ThemePaper);
    assert_eq!((puppet.session().history().place(), puppet.studio.settings.theme), (place, Theme::Paper));
}

#[test]
fn what_was_just_made_is_made_for_good_once_a_setting_is_changed() {
    let home = Home::new();
    let (mut puppet, ..) = block(&home);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 200.0);
    puppet.click(20.0, 210.0);
    puppet.run(Command::ThemeNight);
    assert!(!puppet.studio.begin_entry("3"), "there is nothing to type anew");
}

#[test]
fn what_is_switched_off_does_not_catch_and_closing_still_does() {
    let home = Home::new();
    let (mut puppet, ..) = block(&home);
    let caught = |puppet: &mut Puppet, x: f64, y: f64| {
        puppet.run(Command::ToolPlot);
        puppet.hover(x, y);
        puppet.session().tool().snap().map(|snap| snap.kind.key())
    };
    assert_eq!(caught(&mut puppet, 10.4, 10.3), Some("snap-vertex"));
    puppet.act(Action::SnapSwitch(SnapSwitch::Vertex));
    assert_eq!(caught(&mut puppet, 10.4, 10.3), Some("snap-edge"));
    puppet.act(Action::SnapSwitch(SnapSwitch::Edge));
    assert_eq!(caught(&mut puppet, 10.4, 10.3), Some("snap-grid"));
    puppet.act(Action::SnapSwitch(SnapSwitch::Vertex));
    puppet.run(Command::Snapping);
    assert_eq!(caught(&mut puppet, 10.4, 10.3), Some("snap-grid"));
    for [x, y] in [[200.0, 0.0], [230.0, 0.0], [230.0, 40.0]] {
        puppet.click(x, y);
    }
    puppet.click(200.6, 0.4);
    assert!(!puppet.session().tool().is_busy(), "a click near the first corner closes the outline");
}

/// Which maps are fetched is a setting that undo comes past; what is no service is none.
#[test]
fn maps_of_the_network_are_chosen_and_left_again() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let service = |id: &str| MapSource::Service(id.to_owned());
    let now = |puppet: &Puppet| {
        let maps = puppet.studio.settings.maps.iter().map(|layer| layer.source.clone()).collect::<Vec<_>>();
        (puppet.studio.settings.online, maps)
    };
    assert_eq!(now(&puppet), (false, vec![]), "nothing is asked for until that is wished");
    puppet.run(Command::ToggleTiles);
    assert_eq!(now(&puppet), (true, vec![service("openfreemap")]), "the first time there is something to be seen");
    assert!(puppet.studio.gate.is_online());
    puppet.act(Action::Map(MapStep::Add(service("urbis-gray"))));
    puppet.act(Action::Map(MapStep::Add(service("urbis-gray"))));
    assert_eq!(now(&puppet).1, [service("openfreemap"), service("urbis-gray")], "each lies there once");
    puppet.act(Action::Map(MapStep::Raise(0, true)));
    assert_eq!(now(&puppet).1, [service("urbis-gray"), service("openfreemap")]);
    puppet.act(Action::Map(MapStep::Remove(1)));
    puppet.run(Command::ToggleTiles);
    assert_eq!(now(&puppet), (false, vec![service("urbis-gray")]));
    assert!(!puppet.studio.gate.is_online());
    for _ in 0..5 {
        puppet.run(Command::Undo);
        assert!(!puppet.studio.settings.online && !puppet.studio.gate.is_online(), "undo never goes online");
    }
    assert_eq!(now(&puppet), (false, vec![service("openfreemap")]), "the maps chosen since are gone");
    puppet.act(Action::Map(MapStep::AddOwn("Ours".to_owned(), "https://maps.example.org/{z}/{x}/{y}.png".to_owned())));
    let own = puppet.studio.settings.own_services[0].id.clone();
    assert_eq!(puppet.studio.map_name(&service(&own)), "Ours");
    for wrong in ["maps.example.org", "https://maps.example.org/x.png", "https://maps.example.org/{z}/{x}.pbf"] {
        let (level, all) = (NoticeLevel::Error, puppet.studio.settings.own_services.len());
        puppet.studio.notices.clear();
        puppet.act(Action::Map(MapStep::AddOwn(String::new(), wrong.to_owned())));
        assert_eq!(puppet.studio.notices.last().expect("it is said").level, level, "{wrong}");
        assert_eq!(puppet.studio.settings.own_services.len(), all, "{wrong}");
    }
    puppet.act(Action::Map(MapStep::ForgetOwn(own)));
    assert!(puppet.studio.settings.own_services.is_empty());
    assert_eq!(now(&puppet).1, [service("openfreemap")]);
    puppet.run(Command::MapSources);
    assert!(puppet.studio.panels.map_sources);
}

/// The grid that is seen is the grid that is printed, in the system that the status line shows.
#[test]
fn the_coordinate_grid_goes_out_with_the_picture() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [400.0, 300.0]);
    puppet.act(Action::ChoosePicture(PictureChoice { whole: true, page: Page::Hd, ..PictureChoice::default() }));
    let picture = |puppet: &mut Puppet, name: &str| {
        let path = home.path(name);
        puppet.act(Action::Path(PathFor::Picture, path.clone()));
        std::fs::read_to_string(path).expect("it was written").replace('\u{202f}', "")
    };
    let without = picture(&mut puppet, "without.svg");
    puppet.run(Command::ToggleGrid);
    let local = picture(&mut puppet, "local.svg");
    assert!(!without.contains(">200<") && local.contains(">200<"), "metres of the project");
    for _ in 0..3 {
        puppet.run(Command::Coordinates);
    }
    let lambert_72 = picture(&mut puppet, "lambert.svg");
    // The site lies between 145 and 150 km east in Lambert 72.
    assert!(!lambert_72.contains(">200<"));
    let is_east = |text: &str| text.parse::<u32>().is_ok_and(|metres| (140_000..155_000).contains(&metres));
    assert!(lambert_72.split(['>', '<']).any(is_east));
    puppet.run(Command::ToggleGrid);
    let again = picture(&mut puppet, "again.svg");
    assert_eq!(again, without);
}

/// What an export shows is chosen: what is in view as large as it is there, or all of the drawing, on a page, to scale.
#[test]
fn a_picture_shows_the_view_or_the_drawing_at_the_scale_that_was_chosen() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 50.0]);
    let session = puppet.studio.session_mut().expect("a project is open");
    session.camera = Camera { centre_local: point(90.0, 25.0), px_per_m: 4.0, size_px: [800.0, 600.0] };
    let written = |puppet: &mut Puppet, choice: PictureChoice| {
        puppet.act(Action::ChoosePicture(choice));
        let path = home.path("a.svg");
        let _ = std::fs::remove_file(&path);
        puppet.act(Action::Path(PathFor::Picture, path.clone()));
        let svg = std::fs::read_to_string(path).expect("it was written");
        let plot: Vec<f64> = svg
            .split("<g id=\"plots\">")
            .nth(1)
            .and_then(|group| group.split(" d=\"M").nth(1))
            .and_then(|d| d.split('Z').next())
            .expect("the plot is drawn")
            .split('L')
            .filter_map(|corner| corner.split(' ').next()?.parse().ok())
            .collect();
        let ends = |x: f64, y: f64| (x.round(), y.round());
        let [left, right] = [f64::min, f64::max].map(|of| plot.iter().copied().reduce(of).expect("corners"));
        // What the drawing measures in, whatever the size on paper is written in.
        let page = svg.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split('"').next()).expect("a view box");
        let page: Vec<f64> = page.split(' ').filter_map(|side| side.parse().ok()).collect();
        (ends(page[0], page[1]), ends(left, right))
    };
    // 90 m left of the middle at 4 px to a metre.
    assert_eq!(written(&mut puppet, PictureChoice::default()), ((800.0, 600.0), (40.0, 440.0)));
    // A3 lying, 1:500: 2 mm to a metre, the middle of the drawing in the middle of the page.
    let paper = PictureChoice { whole: true, page: Page::Paper(Paper::A3), upright: false, scale: Some(500) };
    let ((wide, _), (left, right)) = written(&mut puppet, paper);
    assert!((right - left - 200.0 / 25.4 * 96.0).abs() < 1.5 && ((left + right) / 2.0 - wide / 2.0).abs() < 1.5);
    assert_eq!(wide, 1587.0);
    assert_eq!(puppet.studio.picture_words().len(), 2, "it fits");
    puppet.act(Action::ChoosePicture(PictureChoice { page: Page::Paper(Paper::A4), scale: Some(200), ..paper }));
    assert_eq!(puppet.studio.picture_words().len(), 3, "100 m at 1:200 are wider than A4, which is said");
    assert_eq!(puppet.studio.picture_words()[1].replace('\u{a0}', " "), "1:200: 59 × 42 m of ground");
}

/// A map that covers another place is said to; one that covers this is not.
#[test]
fn a_map_of_elsewhere_says_so() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 50.0]);
    let [lon, lat] = puppet.session().frame().origin_deg();
    let here = [lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1];
    assert_eq!(puppet.studio.map_is_elsewhere(Some(here)), None);
    assert_eq!(puppet.studio.map_is_elsewhere(None), None, "the whole world");
    // A degree of latitude north of it: some 111 km less the half degree that it reaches.
    let north = [lon - 0.1, lat + 1.0, lon + 0.1, lat + 2.0];
    let words = puppet.studio.map_is_elsewhere(Some(north)).expect("it is elsewhere");
    assert!(words.contains("111"), "{words}");
}

/// What was done to the maps stands in the history by name, and what is told goes with the project it was told about.
#[test]
fn steps_of_the_maps_have_names_and_notices_go_with_their_project() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 50.0]);
    puppet.act(Action::Map(MapStep::Add(MapSource::Service("urbis-gray".to_owned()))));
    puppet.act(Action::Map(MapStep::Show(0, false)));
    puppet.act(Action::Map(MapStep::Look(MapLook::FigureGround)));
    let all = names(&puppet);
    for (name, word) in all.iter().rev().zip(["Figure-ground", "Hide UrbIS", "Add UrbIS"]) {
        assert!(name.contains(word), "{name}");
    }
    puppet.studio.complain("It hurts".to_owned(), Vec::new(), None);
    puppet.studio.tick();
    assert_eq!(puppet.notices(), ["It hurts"]);
    for _ in 0..5 {
        puppet.studio.inform("More".to_owned(), vec!["of it".to_owned()]);
        puppet.studio.complain(format!("It hurts {}", puppet.notices().len()), Vec::new(), None);
    }
    assert!(puppet.notices().iter().all(|text| text.starts_with("It hurts")), "what went well goes first");
    assert!(puppet.notices().len() <= 3, "never so many that the drawing is covered: {:?}", puppet.notices());
    puppet.run(Command::New);
    if puppet.studio.question.is_some() {
        puppet.answer("ask-drop");
    }
    puppet.studio.tick();
    assert!(!puppet.notices().iter().any(|text| text.starts_with("It hurts")), "{:?}", puppet.notices());
}

/// Pulling a strength is seen all the way, and is one step that undo takes back.
#[test]
fn pulling_the_strength_of_a_map_is_one_step() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 50.0]);
    puppet.act(Action::Map(MapStep::Add(MapSource::Service("urbis-gray".to_owned()))));
    let before = puppet.studio.settings.maps[0].strength;
    let steps = names(&puppet).len();
    for (to, let_go) in [(0.6, false), (0.4, false), (0.2, true)] {
        puppet.act(Action::Map(MapStep::Strength(0, Pulled { to, let_go })));
        assert_eq!(puppet.studio.settings.maps[0].strength, to);
    }
    puppet.act(Action::Map(MapStep::AllStrength(Pulled { to: 0.5, let_go: true })));
    assert_eq!(names(&puppet).len(), steps + 2);
    assert!(names(&puppet).iter().any(|name| name.contains("Strength of UrbIS")), "{:?}", names(&puppet));
    puppet.run(Command::Undo);
    assert_eq!((puppet.studio.settings.map_strength, puppet.studio.settings.maps[0].strength), (1.0, 0.2));
    puppet.run(Command::Undo);
    assert_eq!(puppet.studio.settings.maps[0].strength, before);
    puppet.run(Command::Redo);
    puppet.run(Command::Redo);
    assert_eq!((puppet.studio.settings.map_strength, puppet.studio.settings.maps[0].strength), (0.5, 0.2));
}

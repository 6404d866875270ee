//! Scans under the drawing: laid, placed by points, faded, kept with the project, on every picture.

use std::path::Path;

use maakblok::geometry::{distance_m, point, world_from_pixel};
use maakblok::model::Underlay;
use maakblok::studio::{Action, Command, NoticeLevel, PathFor, PictureShows, Pulled, UnderlayStep};

use crate::puppet::{Home, Puppet};

fn scan(path: &Path, size: [u32; 2]) {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbaImage::from_fn(size[0], size[1], |x, y| image::Rgba([x as u8, y as u8, 90, 255]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    std::fs::write(path, bytes.into_inner()).unwrap();
}

fn only(puppet: &Puppet) -> Underlay {
    let underlays = &puppet.session().project().underlays;
    assert_eq!(underlays.len(), 1);
    Underlay::clone(underlays.iter().next().unwrap())
}

fn with_scan(home: &Home) -> Puppet {
    let mut puppet = Puppet::drawing(home);
    let path = home.path("scan.png");
    scan(&path, [200, 100]);
    puppet.act(Action::Path(PathFor::Underlay, path));
    puppet.studio.tick();
    puppet
}

/// The view is 300 by 225 m around the middle; the picture takes six tenths of it: 180 m across, 0.9 m to a pixel.
#[test]
fn a_scan_lies_in_the_middle_of_the_view_and_is_placed_by_points() {
    let home = Home::new();
    let mut puppet = with_scan(&home);
    let lies = |puppet: &Puppet, u: f64, v: f64| world_from_pixel(only(puppet).world_from_pixel, [u, v]);
    assert!(distance_m(lies(&puppet, 0.0, 0.0), point(-90.0, 45.0)) < 1e-9);
    assert!(distance_m(lies(&puppet, 200.0, 100.0), point(90.0, -45.0)) < 1e-9);
    puppet.run(Command::ToolTie);
    // The middle of the picture belongs 20 m farther east and 5 m north: it moves.
    puppet.click(0.0, 0.0);
    puppet.click(20.0, 5.0);
    assert!(distance_m(lies(&puppet, 100.0, 50.0), point(20.0, 5.0)) < 1e-9);
    // Its upper left corner, now at (−70, 50), belongs at (20, 50): a quarter turn of 45 m for what were 100.6 m.
    puppet.click(-69.0, 49.0);
    puppet.click(20.0, 51.0);
    let now = only(&puppet);
    assert_eq!(now.ties.len(), 2);
    assert!(distance_m(lies(&puppet, 100.0, 50.0), point(20.0, 5.0)) < 1e-9, "the first point stays");
    let across = lies(&puppet, 200.0, 0.0) - lies(&puppet, 0.0, 0.0);
    let down = lies(&puppet, 0.0, 100.0) - lies(&puppet, 0.0, 0.0);
    assert!((across.x * down.x + across.y * down.y).abs() < 1e-6, "it keeps its shape");
    assert!((across.x.hypot(across.y) / down.x.hypot(down.y) - 2.0).abs() < 1e-9);
    puppet.run(Command::Undo);
    puppet.run(Command::Undo);
    assert!(distance_m(lies(&puppet, 0.0, 0.0), point(-90.0, 45.0)) < 1e-9);
    // Beside the picture, or when it is locked, there is nothing to place.
    puppet.click(140.0, 100.0);
    let said = |puppet: &Puppet| puppet.studio.notices.last().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(said(&puppet).contains("no picture"), "{}", said(&puppet));
    let id = only(&puppet).id;
    puppet.act(Action::Underlay(id, UnderlayStep::Lock(true)));
    puppet.click(0.0, 0.0);
    puppet.click(20.0, 5.0);
    assert!(only(&puppet).ties.is_empty());
}

#[test]
fn a_scan_goes_with_its_project_and_onto_its_pictures() {
    let home = Home::new();
    let mut puppet = with_scan(&home);
    let id = only(&puppet).id;
    assert!(matches!(puppet.studio.picture(only(&puppet).picture), PictureShows::Pixels(_)));
    let steps = puppet.session().history().place();
    for (to, let_go) in [(0.9, false), (0.7, false), (0.5, true)] {
        puppet.act(Action::Underlay(id, UnderlayStep::Opacity(Pulled { to, let_go })));
        assert_eq!(only(&puppet).opacity(), to, "it is seen while it is pulled");
    }
    assert_eq!(puppet.session().history().place(), steps + 1, "pulling is one step");
    puppet.act(Action::Underlay(id, UnderlayStep::Opacity(Pulled { to: 0.2, let_go: false })));
    puppet.act(Action::Underlay(id, UnderlayStep::Lock(true)));
    assert_eq!(only(&puppet).opacity(), 0.5, "what is not let go of is taken back by the next step");
    puppet.act(Action::Underlay(id, UnderlayStep::Name("Plan of 1904".to_owned())));
    let path = home.path("site.maakblok");
    puppet.act(Action::Path(PathFor::Save, path.clone()));
    std::fs::remove_file(home.path("scan.png")).unwrap();
    let mut again = Puppet::opening(&home, &path);
    assert_eq!((only(&again).name.as_str(), only(&again).opacity()), ("Plan of 1904", 0.5));
    again.studio.tick();
    assert!(
        matches!(again.studio.picture(only(&again).picture), PictureShows::Pixels(_)),
        "it is stored in the project"
    );
    let svg = home.path("site.svg");
    again.act(Action::Path(PathFor::Export, svg.clone()));
    let text = std::fs::read_to_string(&svg).unwrap();
    assert!(text.contains("<image") && text.contains("opacity=\"0.5\""));
    again.act(Action::Underlay(id, UnderlayStep::Show(false)));
    again.act(Action::Path(PathFor::Export, home.path("hidden.svg")));
    assert!(!std::fs::read_to_string(home.path("hidden.svg")).unwrap().contains("<image"));
    // Added to another project it comes along.
    let mut other = Puppet::drawing(&home);
    other.act(Action::Path(PathFor::Import, path));
    assert_eq!(only(&other).name, "Plan of 1904");
    assert_eq!(other.session().project().pictures.len(), 1);
    let id = only(&other).id;
    other.act(Action::Underlay(id, UnderlayStep::Remove));
    assert!(other.session().project().pictures.is_empty(), "nothing is left of it");
    other.run(Command::Undo);
    assert_eq!(only(&other).id, id);
}

#[test]
fn what_is_no_picture_is_said() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    std::fs::write(home.path("scan.png"), b"no picture at all").unwrap();
    puppet.act(Action::Path(PathFor::Underlay, home.path("scan.png")));
    puppet.studio.tick();
    let notice = puppet.studio.notices.last().expect("it is said");
    assert_eq!(notice.level, NoticeLevel::Error);
    assert!(puppet.session().project().underlays.is_empty());
}

//! Ten gestures of drawing by hand and keyboard, in this process and, where it can be, at the real program. Both must write the
//! same file, with the measures that were typed.

use std::path::Path;

use egui::{Key, Modifiers};
use maakblok::geometry::distance_m;
use maakblok::io::native;
use maakblok::model::{MarkKind, Variant};
use maakblok::studio::Command;

use super::hands::{CTRL, CTRL_SHIFT, Hands, InProcess, Person, services};

const SIZE: [f32; 2] = [1440.0, 900.0];

/// The ten, one after another on one sheet, and the file saved.
fn ten<H: Hands>(person: &mut Person<H>, folder: &Path) {
    let none = Modifiers::NONE;
    person.command(Command::New);
    person.zoom_in();
    // 1 A plot, its first side typed, the others by clicks.
    person.key(none, Key::P);
    person.click_m(-90.0, -60.0);
    person.hover_m(-40.0, -60.0);
    person.text("180");
    person.key(none, Key::Enter);
    person.click_m(90.0, 60.0);
    person.click_m(-90.0, 60.0);
    person.key(none, Key::Enter);
    // 2 A hall, side and depth at once.
    person.key(none, Key::R);
    person.click_m(-80.0, -50.0);
    person.hover_m(-50.0, -40.0);
    person.text("60x14");
    person.key(none, Key::Enter);
    // 3 It was to be wider.
    person.text("60x16");
    person.key(none, Key::Enter);
    // 4 A row of six: copied once by a typed distance, then five.
    person.key(none, Key::R);
    person.click_m(-80.0, 10.0);
    person.hover_m(-70.0, 20.0);
    person.text("20x12");
    person.key(none, Key::Enter);
    person.key(none, Key::K);
    person.click_m(-80.0, 10.0);
    person.hover_m(-60.0, 10.0);
    person.text("15");
    person.key(none, Key::Enter);
    person.text("5x");
    person.key(none, Key::Enter);
    // 5 A bar with a bend.
    person.key(none, Key::B);
    person.click_m(20.0, -40.0);
    person.click_m(70.0, -40.0);
    person.click_m(70.0, -10.0);
    person.key(none, Key::Enter);
    // 6 A silo.
    person.key(none, Key::C);
    person.click_m(40.0, 40.0);
    person.hover_m(44.0, 40.0);
    person.text("6");
    person.key(none, Key::Enter);
    // 7 The silo is cut in two.
    person.key(none, Key::X);
    person.click_m(40.0, 55.0);
    person.click_m(40.0, 25.0);
    // 8 A guide six metres inside the south side.
    person.key(none, Key::U);
    person.click_m(0.0, -60.0);
    person.hover_m(0.0, -57.0);
    person.text("6");
    person.key(none, Key::Enter);
    // 9 The length of the hall is written.
    person.key(none, Key::D);
    person.click_m(-80.0, -50.0);
    person.click_m(-20.0, -50.0);
    person.hover_m(-50.0, -53.0);
    person.text("4");
    person.key(none, Key::Enter);
    // 10 By a command with its measure: the hall is turned.
    person.key(none, Key::V);
    person.key(none, Key::Escape);
    person.click_m(-30.0, -44.0);
    person.key(CTRL, Key::K);
    person.text("rotate 90");
    person.key(none, Key::Enter);
    person.key(CTRL_SHIFT, Key::S);
    person.give_path(&folder.join("ten.maakblok"));
    person.wait("Label", "saved", true);
}

/// The measures of what came of it.
fn check(folder: &Path) -> String {
    let path = folder.join("ten.maakblok");
    let project = native::load(&path).unwrap().project;
    let v: &Variant = project.main_variant().unwrap();
    let plot = v.plots.iter().next().unwrap();
    assert!((plot.outline.area_m2() - 180.0 * 120.0).abs() < 1e-6, "{:?}", plot.outline);
    let sides = |outline: &maakblok::geometry::Outline| {
        let mut sides: Vec<i64> = outline.edges().map(|(a, b)| (distance_m(a, b) * 1000.0).round() as i64).collect();
        sides.sort_unstable();
        sides
    };
    let with = |wanted: &[i64]| v.volumes.iter().filter(|volume| sides(&volume.footprint) == wanted).count();
    assert_eq!(with(&[16_000, 16_000, 60_000, 60_000]), 1, "the hall, typed anew");
    assert_eq!(with(&[12_000, 12_000, 20_000, 20_000]), 6, "the row");
    let bounds =
        v.volumes.iter().find(|volume| sides(&volume.footprint)[3] == 60_000).unwrap().footprint.bounds().unwrap();
    assert!((bounds.width_m() - 16.0).abs() < 1e-6 && (bounds.height_m() - 60.0).abs() < 1e-6, "turned: {bounds:?}");
    // (50 + 30) m of a slab of 14 m.
    assert_eq!(
        v.volumes.iter().filter(|volume| (volume.footprint.area_m2() - 1120.0).abs() < 1e-6).count(),
        1,
        "the bar"
    );
    let halves: Vec<f64> = v.volumes.iter().map(|volume| volume.footprint.area_m2()).filter(|m2| *m2 < 60.0).collect();
    assert_eq!(halves.len(), 2);
    assert!((halves[0] - halves[1]).abs() < 0.01, "the silo in two: {halves:?}");
    let guide = v.marks.iter().find(|mark| mark.kind == MarkKind::Guide).unwrap();
    assert!((guide.a.0.y + 54.0).abs() < 1e-6, "{guide:?}");
    let dimension = v.marks.iter().find(|mark| mark.kind == MarkKind::Dimension).unwrap();
    assert!((dimension.length_m() - 60.0).abs() < 1e-6 && (dimension.aside_m + 4.0).abs() < 1e-6, "{dimension:?}");
    std::fs::read_to_string(&path).unwrap()
}

#[test]
fn ten_gestures_in_this_process() {
    let home = tempfile::tempdir().unwrap();
    ten(&mut Person::new(InProcess::new(services(home.path()), SIZE)), home.path());
    check(home.path());
}

#[test]
#[cfg(feature = "inspect")]
fn ten_gestures_at_the_real_window_are_the_same() {
    use super::wire::Program;

    let (home, here) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let Some(program) = Program::start_or_skip(home.path(), SIZE) else { return };
    let mut person = Person::new(program);
    ten(&mut person, home.path());
    let real = check(home.path());
    person.hands.quit();
    ten(&mut Person::new(InProcess::new(services(here.path()), SIZE)), here.path());
    assert_eq!(real, check(here.path()), "the same file");
}

//! The main job of the program, done by a person at the window: once in this process and, built with the feature
//! `inspect` on a machine with Xvfb, once at the real program. Both must write the same file and report the same.
//!
//! ```text
//! cargo test --test window --features inspect journey
//! ```

use std::path::Path;

use egui::{Key, Modifiers};
use maakblok::i18n::Lang;
use maakblok::studio::Command;

use super::hands::{CTRL, CTRL_SHIFT, Hands, InProcess, Person, services};

const SIZE: [f32; 2] = [1440.0, 900.0];

/// Figures of the empty project, and of the finished one, as the panel says them: 840 m² of housing at 125 to 90 m² a
/// home are 6.7 to 9.3 of them.
const BEFORE: [(&str, &str); 3] =
    [("floor area, GFA", "0 m²"), ("FSI", "– no plot yet"), ("jobs per hectare", "– no plot yet")];
const AFTER: [(&str, &str); 5] = [
    ("floor area, GFA", "2\u{202f}520 m²"),
    ("FSI", "0.32"),
    ("GSI", ", coverage 0.11"),
    ("productive floor", "840 m²"),
    ("homes", "8 7 – 9"),
];

/// From the start screen to a saved file, all undone and done again on the way; then the file opened anew and saved
/// under a second name.
fn journey<H: Hands>(person: &mut Person<H>, folder: &Path) {
    person.command(Command::New);
    person.fill("Project", "Biestebroeck");
    person.draw_hall();
    person.fill("Name", "Atelier");
    person.key(CTRL_SHIFT, Key::E);
    person.key(CTRL_SHIFT, Key::E);
    person.command(Command::ToolSelect);
    for (storey, id) in [(1, "office"), (2, "housing")] {
        // In the strip below the drawing, where all storeys are seen at once.
        person.click("ListBoxOption", &format!("Atelier · Storey {storey}: craft workshop"));
        person.choose("Use", id);
        person.wait("ListBoxOption", &format!("Storey {storey}: {id}"), true);
    }
    person.fill("Storey height", "2.9");

    // What the panel shows while drawing, as it follows by hand; see `check` for the sums.
    for (name, said) in AFTER {
        assert_eq!(person.figure(name), said, "{name}");
    }
    let mut undone = 0;
    while person.can(Command::Undo) {
        person.key(CTRL, Key::Z);
        undone += 1;
    }
    // Name, plot, volume, name, two storeys, two uses, a height.
    assert_eq!(undone, 9);
    for (name, said) in BEFORE {
        assert_eq!(person.figure(name), said, "{name} of an empty project");
    }
    while person.can(Command::Redo) {
        person.key(CTRL_SHIFT, Key::Z);
    }
    for (name, said) in AFTER {
        assert_eq!(person.figure(name), said, "{name}, made again");
    }
    person.key(CTRL_SHIFT, Key::S);
    person.give_path(&folder.join("first.maakblok"));
    person.wait("Label", "saved", true);

    person.key(CTRL, Key::N);
    person.wait("Label", "no file yet", true);
    person.key(CTRL, Key::O);
    person.give_path(&folder.join("first.maakblok"));
    person.wait("Label", "saved", true);
    person.key(CTRL_SHIFT, Key::S);
    person.give_path(&folder.join("second.maakblok"));
    person.wait("Label", "saved", true);
    for _ in 0..100 {
        if folder.join("second.maakblok").exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    person.key(Modifiers::NONE, Key::Escape);
}

/// What `maakblok report FILE --format json` says of the file that the journey wrote.
fn report(file: &Path) -> serde_json::Value {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_maakblok"))
        .args(["report", &file.display().to_string(), "--format", "json"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The report has the figures that follow by hand; both files are the same.
fn check(folder: &Path) -> (String, serde_json::Value) {
    let (first, second) = (folder.join("first.maakblok"), folder.join("second.maakblok"));
    let text = std::fs::read_to_string(&first).unwrap();
    assert_eq!(std::fs::read_to_string(&second).unwrap(), text, "opened and saved again it is the same");
    let report = report(&first);
    assert_eq!(report["project"], "Biestebroeck");
    let totals = &report["totals"];
    // A plot of 100 × 80 m; 60 × 14 m = 840 m² in three storeys: 2,520; FSI 0.315, GSI 0.105.
    // Jobs: 840 / 47 workshop + 840 / 16 office = 70.37; dwellings: 840 / 100; a third of the floor is housing.
    for (figure, value) in [
        ("plot_area_m2", 8000.0),
        ("footprint_m2", 840.0),
        ("gfa_m2", 2520.0),
        ("productive_m2", 840.0),
        ("fsi", 0.315),
        ("gsi", 0.105),
        ("l", 3.0),
        ("mxi_percent", 100.0 / 3.0),
    ] {
        let told = totals[figure].as_f64().unwrap_or(f64::NAN);
        assert!((told - value).abs() < 1e-6, "{figure} is {told}");
    }
    let mid = |figure: &str| totals[figure]["mid"].as_f64().unwrap_or(f64::NAN);
    assert!((mid("jobs") - (840.0 / 47.0 + 52.5)).abs() < 1e-6, "{}", totals["jobs"]);
    assert!((mid("dwellings") - 8.4).abs() < 1e-6, "{}", totals["dwellings"]);
    let project: serde_json::Value = serde_json::from_str(&text).unwrap();
    let volume = &project["variants"][0]["volumes"][0];
    assert_eq!(volume["name"], "Atelier");
    let heights: Vec<f64> =
        volume["storeys"].as_array().unwrap().iter().filter_map(|storey| storey["height_m"].as_f64()).collect();
    assert_eq!(heights, [5.0, 3.7, 2.9], "the uses' own, and one that was typed");
    (text, report)
}

#[test]
fn the_main_job_in_this_process() {
    let home = tempfile::tempdir().unwrap();
    let mut person = Person::new(InProcess::new(services(home.path()), SIZE));
    journey(&mut person, home.path());
    check(home.path());
    let studio = &person.hands.0.state().studio;
    let told: Vec<&str> = studio.notices.iter().map(|notice| notice.text.as_str()).collect();
    assert!(told.iter().all(|text| text.starts_with("Saved ")), "{told:?}");
    assert_eq!(studio.lang(), Lang::En);
}

#[test]
#[cfg(feature = "inspect")]
fn the_main_job_at_the_real_window_is_the_same() {
    use super::wire::Program;

    let (home, here) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let Some(program) = Program::start_or_skip(home.path(), SIZE) else { return };
    let mut person = Person::new(program);
    journey(&mut person, home.path());
    let real = check(home.path());
    person.hands.quit();

    let mut person = Person::new(InProcess::new(services(here.path()), SIZE));
    journey(&mut person, here.path());
    assert_eq!(real, check(here.path()), "the same file and the same report");
}

#[test]
#[cfg(not(feature = "inspect"))]
fn the_main_job_at_the_real_window_is_the_same() {
    eprintln!("skipped: the real window is driven when built with --features inspect");
}

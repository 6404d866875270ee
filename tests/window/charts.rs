//! The charts beside the drawing: opened, chosen among, asked by clicking a dot, following while one draws, exported.

use egui::{Key, Modifiers};
use maakblok::i18n::{Lang, tr};
use maakblok::studio::Command;

use super::hands::{CTRL, InProcess, Person, services};

const SIZE: [f32; 2] = [1280.0, 800.0];

#[test]
fn charts_stay_open_while_one_draws_and_are_written_to_files() {
    let home = tempfile::tempdir().unwrap();
    let mut person = Person::new(InProcess::new(services(home.path()), SIZE));
    person.command(Command::New);
    person.draw_hall();
    person.key(CTRL | Modifiers::SHIFT, Key::G);
    let said = |person: &mut Person<InProcess>, begins: &str| {
        let images = person.hands.0.state().studio.panels.chart.is_some();
        assert!(images, "a chart is open");
        person.image(begins)
    };
    // 60 × 14 m on 100 × 80 m.
    assert!(said(&mut person, "Density").contains("GSI 0.1"), "{}", said(&mut person, "Density"));
    // The tool is still in hand: another hall, beside the sheet, and the chart follows. (840 + 490) / 8000 = 0.17.
    person.click_m(15.0, 20.0);
    person.click_m(50.0, 34.0);
    assert_eq!(person.hands.0.state().studio.session().unwrap().variant().volumes.len(), 2);
    assert!(said(&mut person, "Density").contains("GSI 0.17"), "{}", said(&mut person, "Density"));
    assert!(person.hands.0.state().studio.trail_steps() >= 2, "the way there is shown");
    for name in ["Mix", "Buildings", "Levels", "Jobs", "Balance"] {
        person.click("RadioButton", name);
        assert!(person.image(name).starts_with(name));
    }
    let file = home.path().join("balance.csv");
    person.click("Link", &tr(Lang::En, "chart-export"));
    person.give_path(&file);
    let text = std::fs::read_to_string(&file).expect("it was written");
    assert!(text.starts_with("state,use,family,gfa_m2\nnew,"), "{text}");
    person.key(CTRL | Modifiers::SHIFT, Key::G);
    assert!(person.hands.0.state().studio.panels.chart.is_none());
    assert!(person.can(Command::Undo), "drawing was never interrupted");
}

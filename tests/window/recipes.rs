//! A typology at the window: put on a plot, given other measures, worked on by hand.

use egui::{Key, Modifiers};
use maakblok::studio::Command;

use super::hands::{InProcess, Person, services, session};

/// A plot of 100 × 80 m, selected.
fn plot(home: &std::path::Path) -> Person<InProcess> {
    let mut person = Person::new(InProcess::new(services(home), [1440.0, 1800.0]));
    person.command(Command::New);
    person.zoom_in();
    person.command(Command::ToolPlot);
    for [x, y] in [[-50.0, -40.0], [50.0, -40.0], [50.0, 40.0], [-50.0, 40.0], [-50.0, -40.0]] {
        person.click_m(x, y);
    }
    person.command(Command::ToolSelect);
    person.click_m(0.0, 0.0);
    person
}

fn storeys(person: &Person<InProcess>) -> Vec<usize> {
    session(person).variant().volumes.iter().map(|volume| volume.storeys.len()).collect()
}

#[test]
fn a_typology_is_put_on_a_plot_changed_and_keeps_what_was_done_by_hand() {
    let home = tempfile::tempdir().unwrap();
    let mut person = plot(home.path());
    person.click("ComboBox", "Typology");
    person.click("ListBoxOption", "T03 Working alley");
    assert_eq!(storeys(&person), [7, 7, 7, 7]);
    person.fill("Storeys", "5");
    assert_eq!(storeys(&person), [5, 5, 5, 5]);
    // The lowest storey of the first row becomes an office, and another measure leaves it so.
    let first = session(&person).variant().volumes.iter().next().expect("a row").id;
    person.click("ListBoxOption", "Row 1 · Storey 0: craft workshop");
    person.choose("Use", "office");
    person.key(Modifiers::NONE, Key::Escape);
    person.key(Modifiers::NONE, Key::Escape);
    person.click("ListBoxOption", "Row 1 · Storey 0: office");
    person.click("Link", "to the typology");
    person.fill("Storeys", "6");
    assert_eq!(storeys(&person), [6, 6, 6, 6]);
    let lowest = |person: &Person<InProcess>| {
        session(person).variant().volumes.get(first).expect("the row").storeys[0].uses.main().map(ToString::to_string)
    };
    assert_eq!(lowest(&person).as_deref(), Some("office"));
    person.get("Heading", "Changed by hand");
    person.click("Link", "as made");
    assert_eq!(lowest(&person).as_deref(), Some("craft_workshop"));
    // The dot takes the measure back to that of the typology.
    let dot = person.name_that_begins("Button", "The typology has 7");
    person.click("Button", &dot);
    assert_eq!(storeys(&person), [7, 7, 7, 7]);
}

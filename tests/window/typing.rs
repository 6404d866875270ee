//! Typing at the window: what stands in a field when something else is asked for, lists found by letters, keys over the
//! drawing.

use egui::{Key, Modifiers};
use maakblok::i18n::{Lang, tr};
use maakblok::model::Volume;
use maakblok::studio::Command;
use maakblok::studio::tool::ToolKind;

use super::hands::{CTRL, CTRL_SHIFT, InProcess, Person, hall_just_drawn, services, session};

fn volume(person: &Person<InProcess>) -> &Volume {
    session(person).variant().volumes.iter().next().expect("there is a hall")
}

fn tool(person: &Person<InProcess>) -> ToolKind {
    session(person).tool().kind()
}

#[test]
fn what_is_being_typed_is_saved_with_the_rest() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.maakblok");
    let mut person = hall_just_drawn(home.path());
    person.key(CTRL_SHIFT, Key::S);
    person.give_path(&path);
    person.click("TextInput", "Name");
    person.key(CTRL, Key::A);
    person.text("Third name");
    person.key(CTRL, Key::S);
    person.wait("Label", "saved", true);
    assert_eq!(volume(&person).name, "Third name");
    assert!(std::fs::read_to_string(&path).unwrap().contains("Third name"));
    // And quitting asks about it.
    person.click("TextInput", "Name");
    person.key(CTRL, Key::A);
    person.text("Fourth name");
    person.key(CTRL, Key::Q);
    assert_eq!(volume(&person).name, "Fourth name");
    assert!(person.hands.0.state().studio.question.is_some(), "there is something to save");
}

#[test]
fn escape_in_a_field_is_for_the_field_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    person.click("TextInput", "Name");
    person.text(" and more");
    person.key(Modifiers::NONE, Key::Escape);
    assert_eq!(volume(&person).name, "Hall 1");
    assert_eq!(tool(&person), ToolKind::Rectangle, "the tool stays in hand");
    person.click("ComboBox", "New volumes");
    person.key(Modifiers::NONE, Key::Escape);
    assert_eq!(tool(&person), ToolKind::Rectangle, "it closed the list");
    person.key(Modifiers::NONE, Key::Escape);
    assert_eq!(tool(&person), ToolKind::Select);
}

#[test]
fn letters_and_arrows_find_a_line_of_a_list() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    let in_hand = |person: &Person<InProcess>| session(person).use_in_hand.to_string();
    person.click("ComboBox", "New volumes");
    person.text("hous");
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(in_hand(&person), "housing", "and not the warehouse, which holds the letters too");
    // The field has the keyboard now: Enter opens the list, and from then on the keys are the list's.
    person.key(Modifiers::NONE, Key::Enter);
    person.text("craft");
    person.key(Modifiers::NONE, Key::Space);
    person.text(" work");
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(in_hand(&person), "craft_workshop");
    person.click("ComboBox", "New volumes");
    person.text("hous");
    person.key(Modifiers::NONE, Key::ArrowDown);
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(in_hand(&person), "student_housing", "the second that begins with it");
}

#[test]
fn a_number_may_have_its_unit_and_says_its_limits() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    person.click("ListBoxOption", "Hall 1 · Storey 0: craft workshop");
    person.fill("Storey height", "4.5 m");
    assert_eq!(volume(&person).storeys[0].height_m, 4.5);
    person.click("TextInput", "Storey height");
    person.key(CTRL, Key::A);
    person.text("0.1");
    person.wait("Label", "from 0.50 to 100.00\u{202f}m", true);
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(volume(&person).storeys[0].height_m, 4.5, "it is not taken, and nothing else is put in its place");
    assert_eq!(person.get("TextInput", "Storey height").value, "0.1", "it stays, to be put right");
}

#[test]
fn a_shortcut_while_typing_takes_no_letter() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    person.click("ListBoxOption", "Hall 1 · Storey 0: craft workshop");
    let before = volume(&person).name.clone();
    person.click("TextInput", "Name");
    person.key(Modifiers::NONE, Key::End);
    person.key(CTRL, Key::H);
    person.key(Modifiers::NONE, Key::Enter);
    assert!(person.hands.0.state().studio.panels.undo_list, "the list of changes opened");
    assert_eq!(volume(&person).name, before);
}

#[test]
fn a_suggested_path_is_taken_with_enter() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    person.key(CTRL_SHIFT, Key::S);
    person.give_path(&home.path().join("a.maakblok"));
    person.wait("Label", "saved", true);
    person.key(CTRL_SHIFT, Key::S);
    person.wait("TextInput", "Path", true);
    person.key(Modifiers::NONE, Key::Enter);
    person.wait("TextInput", "Path", false);
}

#[test]
fn tab_over_the_drawing_goes_to_what_lies_under() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    person.command(Command::ToolSelect);
    person.key(Modifiers::NONE, Key::Escape);
    person.click_m(0.0, -13.0);
    let selected = |person: &Person<InProcess>| {
        let session = session(person);
        let id = session.selection().single().expect("one thing is selected");
        session.variant().plots.contains(id)
    };
    assert!(!selected(&person), "the hall lies on the plot");
    person.key(Modifiers::NONE, Key::Tab);
    assert!(selected(&person));
    person.key(Modifiers::NONE, Key::Tab);
    assert!(!selected(&person));
}

#[test]
fn remarks_of_the_brief_have_lines_and_are_one_step() {
    let home = tempfile::tempdir().unwrap();
    let mut person = Person::new(InProcess::new(services(home.path()), [1440.0, 1800.0]));
    person.command(Command::New);
    let notes = |person: &Person<InProcess>| {
        let session = session(person);
        session.project().brief.notes.clone()
    };
    let field = tr(Lang::En, "brief-notes");
    let role = person.role_of(&field);
    person.click(&role, &field);
    person.text("No net loss.");
    person.key(Modifiers::NONE, Key::Enter);
    person.text("Goods from the canal.");
    assert_eq!(notes(&person), "", "nothing is settled while one types");
    let canvas = person.get("Canvas", &tr(Lang::En, "canvas-name")).rect;
    person.click_at(canvas.center());
    assert_eq!(notes(&person), "No net loss.\nGoods from the canal.");
    person.command(Command::Undo);
    assert_eq!(notes(&person), "", "all of it is one step");
    // Escape takes back what was typed.
    person.click(&role, &field);
    person.text("Never mind");
    person.key(Modifiers::NONE, Key::Escape);
    person.click_at(canvas.center());
    assert_eq!(notes(&person), "");
}

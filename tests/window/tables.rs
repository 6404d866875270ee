//! Tables and the library at the window: a cell changed in its row, a rate that is tried before it is applied.

use egui::{Event, Key, Modifiers};
use maakblok::studio::Command;

use super::hands::{CTRL_SHIFT, Hands as _, InProcess, Person, hall_just_drawn, session};

fn height_m(person: &Person<InProcess>) -> f64 {
    session(person).variant().volumes.iter().next().expect("there is a hall").storeys[0].height_m
}

#[test]
fn a_cell_is_changed_where_it_stands_and_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    let before = height_m(&person);
    let row = person.row_of_hall();
    assert!(!session(&person).selection().is_empty(), "the row selects its volume");
    let name = person.name_that_ends("TextInput", ": height");
    person.fill(&name, "7.25");
    assert_eq!(height_m(&person), 7.25);
    // The pointer may leave the row while one types.
    person.click("TextInput", &name);
    person.hover(row.rect.left_top() - egui::vec2(0.0, 120.0));
    person.text("1");
    person.key(Modifiers::NONE, Key::Escape);
    assert_eq!(height_m(&person), 7.25);
    person.command(Command::Undo);
    assert_eq!(height_m(&person), before);
}

#[test]
fn one_types_in_the_sheet_that_explains_and_in_the_library_opened_from_it() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    let figure = maakblok::measure::AnyFigure::Known(maakblok::measure::FigureId::Jobs);
    person.hands.0.state_mut().studio.act(maakblok::studio::Action::Explain(Some(figure)));
    person.key(Modifiers::NONE, Key::Tab);
    person.fill("at least", "40");
    assert_eq!(session(&person).project().brief.target_of("jobs").and_then(|target| target.least), Some(40.0));
    person.click("Link", "Edit uses and rates");
    person.fill("Floor area per job: mid", "40");
    assert!(person.hands.0.state().studio.draft().expect("it is edited").is_changed());
}

#[test]
fn a_rate_is_tried_before_it_is_applied_and_keys_do_not_reach_the_drawing() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    person.key(CTRL_SHIFT, Key::L);
    let uses = session(&person).project().uses.clone();
    person.fill("Floor area per job: mid", "40");
    assert_eq!(session(&person).project().uses, uses, "nothing is applied yet");
    assert!(person.hands.0.state().studio.draft().expect("it is edited").is_changed());
    person.key(Modifiers::NONE, Key::Delete);
    assert_eq!(session(&person).variant().volumes.len(), 1, "what lies behind is left alone");
    person.click("Button", "Apply");
    let density = session(&person).library().get(&"craft_workshop".into()).and_then(|known| known.m2_per_job);
    assert_eq!(density.map(|span| span.mid), Some(40.0));
    person.click("Button", "Close");
    person.command(Command::Undo);
    assert_eq!(session(&person).project().uses, uses);
}

#[test]
fn a_spreadsheet_gives_cells_to_the_cell_that_was_pressed_and_words_to_the_field() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall_just_drawn(home.path());
    person.command(Command::DuplicateStorey);
    person.command(Command::DuplicateStorey);
    let heights = |person: &Person<InProcess>| -> Vec<f64> {
        let volume = session(person).variant().volumes.iter().next().expect("there is a hall");
        volume.storeys.iter().map(|storey| storey.height_m).collect()
    };
    let before = heights(&person);
    assert_eq!(before.len(), 3);
    let row = person.row_of_hall();
    let name = person.name_that_ends("TextInput", ": height");
    person.click("TextInput", &name);
    // One value is for the field that one types in, several are for the cells.
    person.hands.events(vec![Event::Paste("5\n6\n7\n".to_owned())]);
    assert_eq!(heights(&person), [5.0, 6.0, 7.0]);
    person.command(Command::Undo);
    assert_eq!(heights(&person), before);
    // With the pointer over the table and no field in hand, the cell that was pressed takes it.
    person.click_at(row.rect.left_center() + egui::vec2(12.0, 0.0));
    person.hands.events(vec![Event::Paste("Quai\t\t".to_owned())]);
    let notice = person.hands.0.state().studio.notices.last().map(|notice| notice.text.clone());
    assert!(notice.is_some_and(|said| said.contains("Nothing was changed")), "the plot of a storey is fixed");
    // Over the drawing the clipboard is for the drawing.
    person.key(Modifiers::NONE, Key::Escape);
    person.hover(row.rect.left_top() - egui::vec2(0.0, 300.0));
    person.hands.events(vec![Event::Paste("Quai".to_owned())]);
    let notice = person.hands.0.state().studio.notices.last().map(|notice| notice.text.clone());
    assert!(notice.is_some_and(|said| !said.contains("Nothing was changed")));
    // A block of lines for another field is for that field.
    person.click("TextInput", "Name");
    let told = |person: &Person<InProcess>| person.hands.0.state().studio.notices.len();
    let before = (heights(&person), told(&person));
    person.hands.events(vec![Event::Paste("5\n6\n7\n".to_owned())]);
    assert_eq!((heights(&person), told(&person)), before);
    person.key(Modifiers::NONE, Key::Escape);
}

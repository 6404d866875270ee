//! What is typed and cannot be taken: it is said where it stands, stays to be put right, and nothing else hears the keys.

use egui::{Key, Modifiers};
use maakblok::measure::FigureId;
use maakblok::model::Uses;
use maakblok::studio::{Action, Command};

use super::hands::{CTRL, CTRL_SHIFT, InProcess, Person, hall, session};

fn uses(person: &Person<InProcess>) -> Uses {
    session(person).variant().volumes.iter().next().expect("there is a hall").storeys[0].uses.clone()
}

/// Whether a text is said anywhere.
fn says(person: &mut Person<InProcess>, words: &str) -> bool {
    use super::hands::Hands as _;
    person.hands.widgets().iter().any(|w| w.label.contains(words) || w.value.contains(words))
}

#[test]
fn a_number_out_of_bounds_stays_in_its_field_and_the_keys_do_too() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    let base_m =
        |person: &Person<InProcess>| session(person).variant().volumes.iter().next().expect("there is a hall").base_m;
    person.fill("Base", "-3000");
    assert_eq!(base_m(&person), 0.0);
    assert!(says(&mut person, "“-3000” is not taken. To type: from"), "it is said why");
    assert_eq!(person.get("TextInput", "Base").value, "-3000", "and stays to be put right");
    person.key(CTRL, Key::A);
    person.key(Modifiers::NONE, Key::Delete);
    assert_eq!(session(&person).variant().volumes.len(), 1, "the keys are for the field");
    person.text("-3");
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(base_m(&person), -3.0);
    // Whoever leaves the field for another finds what it said before.
    person.click("TextInput", "Base");
    person.key(CTRL, Key::A);
    person.text("9999");
    person.key(Modifiers::NONE, Key::Tab);
    assert_eq!((base_m(&person), person.get("TextInput", "Base").value.as_str()), (-3.0, "−3.00"));
    assert!(says(&mut person, "“9999” is not taken"));
}

#[test]
fn several_uses_are_typed_in_the_table_and_put_right_where_they_are_wrong() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    let before = uses(&person);
    person.row_of_hall();
    let name = person.name_that_ends("ComboBox", ": use");
    person.choose(&name, "Several uses…");
    person.key(CTRL, Key::A);
    person.text("housing 60 %, lofts 40 %");
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(uses(&person), before);
    assert!(says(&mut person, "“lofts”"), "what is wrong is said at the cell");
    assert!(person.hands.0.state().studio.notices.is_empty(), "and nowhere else");
    assert_eq!(person.get("TextInput", &name).value, "housing 60 %, lofts 40 %");
    person.key(CTRL, Key::A);
    person.text("housing 60 %, office");
    person.key(Modifiers::NONE, Key::Enter);
    let shares: Vec<(String, f64)> =
        uses(&person).shares().iter().map(|share| (share.id.to_string(), share.share)).collect();
    assert_eq!(shares, [("housing".to_owned(), 0.6), ("office".to_owned(), 0.4)]);
    person.command(Command::Undo);
    assert_eq!(uses(&person), before);
}

#[test]
fn a_mix_typed_in_the_list_of_uses_goes_on_in_the_field() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    person.row_of_hall();
    let name = person.name_that_ends("ComboBox", ": use");
    person.click("ComboBox", &name);
    person.text("housing 70, office 30");
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(person.get("TextInput", &name).value, "housing 70, office 30");
    person.key(Modifiers::NONE, Key::Tab);
    assert_eq!(uses(&person).shares().len(), 2, "leaving the field settles it, as any other");
}

#[test]
fn escape_in_a_field_of_a_sheet_is_for_the_field() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    person.key(CTRL_SHIFT, Key::F);
    person.fill("Find a figure", "floor area");
    let name = person.name_that_ends("TextInput", ": at least");
    person.fill(&name, "much");
    assert!(says(&mut person, "“much” is not taken"));
    person.key(Modifiers::NONE, Key::Escape);
    assert!(person.hands.0.state().studio.panels.figures, "the list is still there");
    assert_eq!(person.get("TextInput", &name).value, "");
    person.key(Modifiers::NONE, Key::Escape);
    assert!(!person.hands.0.state().studio.panels.figures, "the next one closes it");
}

#[test]
fn a_target_is_asked_for_in_its_unit_and_cannot_be_the_impossible() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    let target = |person: &Person<InProcess>, key: &str| {
        session(person).project().brief.target_of(key).map(|target| (target.least, target.most))
    };
    person.hands.0.state_mut().studio.act(Action::Explain(Some(FigureId::Gfa.into())));
    person.key(Modifiers::NONE, Key::Tab);
    person.fill("at least", "5000 m²");
    assert_eq!(target(&person, "gfa_m2"), Some((Some(5000.0), None)));
    person.fill("at most", "3000");
    assert_eq!(target(&person, "gfa_m2"), Some((Some(5000.0), None)));
    assert!(says(&mut person, "The least, 5\u{202f}000, is over the most, 3\u{202f}000"));
    person.key(Modifiers::NONE, Key::Escape);
    assert!(person.find("TextInput", "at most").is_some(), "still open");
    person.fill("at most", "much");
    assert!(says(&mut person, "“much” is not taken"));
    person.key(Modifiers::NONE, Key::Escape);
    person.hands.0.state_mut().studio.act(Action::Explain(Some(FigureId::ProductiveShare.into())));
    person.key(Modifiers::NONE, Key::Tab);
    person.fill("at least", "250");
    assert_eq!(target(&person, "productive_share"), None);
    assert!(says(&mut person, "a share is from 0 to 100\u{202f}%"));
    person.key(CTRL, Key::A);
    person.text("25 %");
    person.key(Modifiers::NONE, Key::Enter);
    assert_eq!(target(&person, "productive_share"), Some((Some(0.25), None)));
}

#[test]
fn pieces_of_a_formula_go_where_the_caret_is_each_time() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    let formula = |person: &Person<InProcess>| session(person).project().brief.figures[0].formula.clone();
    person.key(CTRL_SHIFT, Key::F);
    person.click("Link", "New figure…");
    let id = |person: &Person<InProcess>| session(person).project().brief.figures[0].id.clone();
    person.fill("In formulas", "jobs");
    assert_eq!(id(&person), "figure_1");
    assert!(says(&mut person, "Another figure is called “jobs”"), "said where it was typed");
    person.key(Modifiers::NONE, Key::Escape);
    person.fill("Formula", "2 * ");
    person.click("Link", "What can be written here…");
    person.fill("Find by name", "gfa_m2");
    let piece = person.name_that_begins("Button", "gfa_m2: ");
    person.click("Button", &piece);
    assert_eq!(formula(&person), "2 * gfa_m2");
    // The caret is behind it: one goes on typing.
    person.text(" + 1");
    person.key(Modifiers::NONE, Key::Home);
    person.text("1 + ");
    person.click("Button", &piece);
    assert_eq!(formula(&person), "1 + gfa_m2 2 * gfa_m2 + 1", "where the caret was then");
    // Another figure knows nothing of that caret.
    person.click("Link", "done");
    person.click("Link", "New figure…");
    let before = session(&person).project().brief.figures[1].formula.clone();
    person.click("Link", "What can be written here…");
    person.fill("Find by name", "gfa_m2");
    person.click("Button", &piece);
    assert_eq!(session(&person).project().brief.figures[1].formula, format!("{before} gfa_m2"));
}

//! What is done with the right button, in the strip and with the clipboard of the system.

use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Vec2};
use maakblok::i18n::{Lang, tr};
use maakblok::studio::Command;

use super::hands::{CTRL, Hands as _, InProcess, Person, services, session};

/// A plot with a hall on it, the hall selected and the select tool in hand.
fn hall(home: &std::path::Path) -> Person<InProcess> {
    let mut person = Person::new(InProcess::new(services(home), [1280.0, 800.0]));
    person.click("Button", &Command::New.name(Lang::En));
    person.draw_hall();
    person.command(Command::ToolSelect);
    person
}

fn button(person: &mut Person<InProcess>, button: PointerButton, pos: Pos2, pressed: bool) {
    person.hands.events(vec![Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE }]);
}

#[test]
fn the_menu_of_a_corner_deletes_it() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    let corner = person.at(30.0, -6.0);
    person.hover(corner);
    button(&mut person, PointerButton::Secondary, corner, true);
    button(&mut person, PointerButton::Secondary, corner, false);
    person.hands.settle();
    let row = |person: &mut Person<InProcess>| {
        let name = tr(Lang::En, "edit-delete-vertex");
        person.hands.widgets().into_iter().find(|w| w.label == name).map(|w| w.rect.center())
    };
    let at = row(&mut person).expect("the corner is under the pointer");
    // On the way to it the pointer crosses the drawing and the menu.
    person.hover(corner.lerp(at, 0.5));
    person.hover(at);
    assert_eq!(row(&mut person), Some(at), "it stays where it is");
    person.click_at(at);
    let volume = session(&person).variant().volumes.iter().next().expect("the hall");
    assert_eq!(volume.footprint.outer().len(), 3);
}

#[test]
fn the_roof_in_the_strip_is_pulled_up_and_down_by_whole_storeys() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    let storeys = |person: &Person<InProcess>| {
        session(person).variant().volumes.iter().next().map_or(0, |volume| volume.storeys.len())
    };
    let name = tr(Lang::En, "strip-roof-tip");
    let grip = person.get("Slider", &name).rect.center();
    // One storey of 5 m is as high as its cell; the strip is scaled anew with every storey.
    let cell = person.get("ListBoxOption", "Hall 1 · Storey 0: craft workshop").rect.height();
    person.drag(grip, Vec2::new(0.0, -2.2 * cell));
    assert_eq!(storeys(&person), 3);
    let grip = person.get("Slider", &name).rect.center();
    let cell = person.get("ListBoxOption", "Hall 1 · Storey 0: craft workshop").rect.height();
    person.drag(grip, Vec2::new(3.0, 0.9 * cell));
    assert_eq!(storeys(&person), 2);
    // Escape gives a pull up.
    let grip = person.get("Slider", &name).rect.center();
    person.hover(grip);
    button(&mut person, PointerButton::Primary, grip, true);
    person.hover(grip - Vec2::new(0.0, 60.0));
    person.key(Modifiers::NONE, Key::Escape);
    button(&mut person, PointerButton::Primary, grip - Vec2::new(0.0, 60.0), false);
    assert_eq!(storeys(&person), 2);
    person.key(CTRL, Key::Z);
    assert_eq!(storeys(&person), 3, "each pull was one step");
}

#[test]
fn the_clipboard_of_the_system_takes_and_gives() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    person.hands.events(vec![Event::Copy]);
    let commands = &person.hands.0.output().platform_output.commands;
    let text = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = text.expect("a text for the clipboard");
    person.hover_m(0.0, 20.0);
    person.hands.events(vec![Event::Paste(text.clone())]);
    person.hands.settle();
    assert_eq!(session(&person).variant().volumes.len(), 2);
    person.hands.events(vec![Event::Cut]);
    person.hands.settle();
    assert_eq!(session(&person).variant().volumes.len(), 1);
    // While a name is written the clipboard belongs to its field.
    person.click_m(0.0, -13.0);
    person.click("TextInput", &tr(Lang::En, "field-name"));
    person.hands.events(vec![Event::Paste("Werkhof".to_owned())]);
    person.hands.settle();
    assert_eq!(session(&person).variant().volumes.len(), 1);
    assert!(person.get("TextInput", &tr(Lang::En, "field-name")).value.contains("Werkhof"));
}

#[test]
fn the_strip_keeps_its_order_while_the_hand_moves_and_takes_the_new_one_when_it_lets_go() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    person.command(Command::ToolRectangle);
    person.click_m(-45.0, 5.0);
    person.click_m(-35.0, 25.0);
    person.command(Command::ToolSelect);
    let names: Vec<String> = session(&person).variant().volumes.iter().map(|volume| volume.name.clone()).collect();
    let stands = |person: &mut Person<InProcess>| -> Vec<f32> {
        let cells = person.hands.widgets();
        let left = |name: &String| {
            let cell = cells.iter().find(|cell| cell.role == "ListBoxOption" && cell.label.starts_with(name.as_str()));
            cell.map_or(f32::NAN, |cell| cell.rect.left())
        };
        names.iter().map(left).collect()
    };
    let before = stands(&mut person);
    assert!(before[1] < before[0], "the second lies to the west: {before:?}");
    let (from, to) = (person.at(-40.0, 15.0), person.at(40.0, 15.0));
    person.hover(from);
    button(&mut person, PointerButton::Primary, from, true);
    (1..=6).for_each(|step| person.hover(from.lerp(to, step as f32 / 6.0)));
    let during = stands(&mut person);
    assert!(during[1] < during[0], "{during:?}");
    button(&mut person, PointerButton::Primary, to, false);
    person.hands.settle();
    let after = stands(&mut person);
    assert!(after[0] < after[1], "now it lies to the east: {after:?}");
}

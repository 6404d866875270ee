//! Fingers and pens: one draws, two move the view.
//!
//! The system hands a touch on as such and, of the first finger, as a pointer too; so do these hands.

use egui::{Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, Vec2};
use maakblok::geometry::Point;
use maakblok::studio::Command;

use super::hands::{Hands as _, InProcess, Person, services, session};

/// A finger, or a pen that presses.
#[derive(Clone, Copy)]
struct Finger {
    id: u64,
    force: Option<f32>,
    /// The first of those that are down: it is the pointer too.
    points: bool,
}

impl Finger {
    const FIRST: Self = Self { id: 1, force: None, points: true };
    const SECOND: Self = Self { id: 2, force: None, points: false };
    const PEN: Self = Self { id: 7, force: Some(0.4), points: true };

    fn touch(self, phase: TouchPhase, pos: Pos2) -> Event {
        Event::Touch { device_id: TouchDeviceId(0), id: TouchId(self.id), phase, pos, force: self.force }
    }

    fn button(pos: Pos2, pressed: bool) -> Event {
        Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    fn down(self, at: Pos2) -> Vec<Event> {
        let mut events = vec![self.touch(TouchPhase::Start, at)];
        if self.points {
            events.extend([Event::PointerMoved(at), Self::button(at, true)]);
        }
        events
    }

    fn moves(self, to: Pos2) -> Vec<Event> {
        let mut events = vec![self.touch(TouchPhase::Move, to)];
        if self.points {
            events.push(Event::PointerMoved(to));
        }
        events
    }

    fn up(self, at: Pos2) -> Vec<Event> {
        let mut events = vec![self.touch(TouchPhase::End, at)];
        if self.points {
            events.extend([Self::button(at, false), Event::PointerGone]);
        }
        events
    }
}

fn drawing(home: &std::path::Path) -> Person<InProcess> {
    let mut person = Person::new(InProcess::new(services(home), [1280.0, 800.0]));
    person.click("Button", &Command::New.name(maakblok::i18n::Lang::En));
    person.command(Command::ToolRectangle);
    person
}

fn hand(person: &mut Person<InProcess>, events: Vec<Event>) {
    person.hands.events(events);
}

/// Presses, goes there in steps, and lets go.
fn stroke(person: &mut Person<InProcess>, finger: Finger, from: Pos2, to: Pos2) {
    hand(person, finger.down(from));
    for step in 1..=5 {
        hand(person, finger.moves(from + (to - from) * (step as f32 / 5.0)));
    }
    hand(person, finger.up(to));
}

#[test]
fn one_finger_or_a_pen_draws() {
    let home = tempfile::tempdir().unwrap();
    let mut person = drawing(home.path());
    for (finger, x) in [(Finger::FIRST, -60.0), (Finger::PEN, 10.0)] {
        let (from, to) = (person.at(x, -20.0), person.at(x + 40.0, 10.0));
        stroke(&mut person, finger, from, to);
    }
    let sizes: Vec<[f64; 2]> = session(&person)
        .variant()
        .volumes
        .iter()
        .filter_map(|volume| volume.footprint.bounds())
        .map(|bounds| [bounds.width_m().round(), bounds.height_m().round()])
        .collect();
    assert_eq!(sizes, [[40.0, 30.0], [40.0, 30.0]]);
}

#[test]
fn two_fingers_move_and_scale_the_view_and_draw_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut person = drawing(home.path());
    let before = session(&person).camera;
    let (a, b) = (person.at(-30.0, 0.0), person.at(30.0, 0.0));
    let place = session(&person).history().place();
    hand(&mut person, Finger::FIRST.down(a));
    hand(&mut person, Finger::SECOND.down(b));
    // Apart to twice the distance, and all of it 40 pixels to the right.
    let by = Vec2::new(40.0, 0.0);
    for step in 1..=10 {
        let t = step as f32 / 10.0;
        let apart = (b - a) * (0.5 * t);
        hand(&mut person, Finger::FIRST.moves(a - apart + by * t));
        hand(&mut person, Finger::SECOND.moves(b + apart + by * t));
    }
    let after = session(&person).camera;
    assert!((after.px_per_m / before.px_per_m - 2.0).abs() < 0.05, "{} and {}", before.px_per_m, after.px_per_m);
    // What lay between the fingers still does.
    let middle = Point { x: 0.0, y: 0.0 };
    let [was, is] = [before, after].map(|camera| camera.screen_from_world(middle)[0]);
    assert!((is - was - 40.0).abs() < 2.0, "{was} and {is}");
    // The second comes up first, then the first, which draws nothing on its own way up.
    hand(&mut person, Finger::SECOND.up(b));
    hand(&mut person, Finger::FIRST.moves(a + Vec2::new(200.0, 60.0)));
    hand(&mut person, Finger::FIRST.up(a));
    assert_eq!(session(&person).history().place(), place);
    assert!(!session(&person).tool().is_busy(), "the first finger's press is taken back");
    // And one finger draws again.
    stroke(&mut person, Finger::FIRST, a, a + Vec2::new(80.0, 60.0));
    assert_eq!(session(&person).variant().volumes.len(), 1);
}

#[test]
fn a_finger_that_rests_opens_the_menu_of_what_lies_there() {
    let home = tempfile::tempdir().unwrap();
    let mut person = drawing(home.path());
    let (from, to) = (person.at(-30.0, -20.0), person.at(30.0, 20.0));
    stroke(&mut person, Finger::FIRST, from, to);
    person.command(Command::ToolSelect);
    let hall = session(&person).variant().volumes.iter().next().expect("the hall").id;
    let before = session(&person).history().place();
    let at = person.at(10.0, 10.0);
    hand(&mut person, Finger::FIRST.down(at));
    for _ in 0..8 {
        hand(&mut person, Vec::new());
    }
    hand(&mut person, Finger::FIRST.up(at));
    assert_eq!(session(&person).selection().to_vec(), [hall]);
    let row = person.hands.widgets().into_iter().find(|w| w.label == Command::Duplicate.name(maakblok::i18n::Lang::En));
    assert!(row.is_some(), "the menu is open");
    assert_eq!(session(&person).history().place(), before, "and the press did nothing else");
}

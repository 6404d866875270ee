//! Panels and sheets that are pulled larger: they follow the hand as far as they can, and what is pulled is remembered.

use egui::{Key, Modifiers, Rect, pos2, vec2};
use maakblok::i18n::{Lang, tr};
use maakblok::studio::{Command, Levels};

use super::hands::{CTRL_SHIFT, Hands as _, InProcess, Person, hall, session};

fn canvas(person: &mut Person<InProcess>) -> Rect {
    person.get("Canvas", &tr(Lang::En, "canvas-name")).rect
}

#[test]
fn the_strip_is_pulled_higher_from_either_side_of_its_line_and_what_is_selected_stays() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    let selected = session(&person).selection().ids().count();
    assert_eq!(selected, 1);
    let mut bottom = canvas(&mut person).bottom();
    for (beside, up) in [(-3.0, 40.0), (3.0, 30.0)] {
        let from = pos2(400.0, bottom + beside);
        person.drag(from, vec2(0.0, -up));
        let now = canvas(&mut person).bottom();
        assert!((now - (bottom - up)).abs() <= 1.0, "it follows the hand: {bottom} to {now}");
        assert_eq!(session(&person).selection().ids().count(), selected);
        bottom = now;
    }
    // Beyond its limit it stops, and comes back from there at once.
    person.drag(pos2(400.0, bottom + 1.0), vec2(0.0, -2000.0));
    let highest = canvas(&mut person).bottom();
    person.drag(pos2(400.0, highest + 1.0), vec2(0.0, 20.0));
    assert!((canvas(&mut person).bottom() - (highest + 20.0)).abs() <= 1.0);
    let kept = person.hands.0.state().studio.settings.panels;
    let text = serde_json::to_string(&person.hands.0.state().studio.settings).unwrap();
    let read: maakblok::studio::Settings = serde_json::from_str(&text).unwrap();
    assert_eq!(read.panels, kept);
    assert!(kept.strip_px.is_some() && kept.figures_px.is_none());
}

#[test]
fn a_chart_is_pulled_larger_by_its_corner_and_its_bars_select_storeys() {
    let home = tempfile::tempdir().unwrap();
    let mut person = hall(home.path());
    person.command(Command::DuplicateStorey);
    person.key(Modifiers::NONE, Key::Escape);
    person.key(CTRL_SHIFT, Key::G);
    person.click("RadioButton", "Levels");
    let image = |person: &mut Person<InProcess>| {
        let widgets = person.hands.widgets();
        widgets.into_iter().find(|w| w.role == "Image" && w.label.starts_with("Levels")).expect("a chart is shown").rect
    };
    let before = image(&mut person);
    let foot = person.get("Link", &tr(Lang::En, "chart-export")).rect.bottom();
    let corner = pos2(before.right() + 7.0, foot + 7.0);
    // It stands at the foot of the drawing, and is moved up by what it grows.
    person.drag(corner, vec2(60.0, 30.0));
    let after = image(&mut person);
    assert!((after.width() - before.width() - 60.0).abs() <= 1.0, "{before:?} {after:?}");
    assert!((after.height() - before.height() - 30.0).abs() <= 1.0, "{before:?} {after:?}");
    // Level 1 is the upper of two bars.
    person.click_at(pos2(after.left() + 60.0, after.top() + 20.0));
    let selection = session(&person).selection();
    assert_eq!((selection.ids().count(), selection.levels()), (1, &Levels::one(1)));
}

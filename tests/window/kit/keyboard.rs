//! Names, roles, and the keyboard: Tab reaches every control, Enter and Space use it, the ring shows it.

use egui::Key;
use egui::accesskit::{Role, Toggled};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use maakblok::look::{self, TypeRole, tokens};
use maakblok::ui::Icon;
use maakblok::ui::kit::{self, Button, FigureView, Segment, Verdict};

use super::window;

#[derive(Default)]
struct Bar {
    clicks: Vec<&'static str>,
    view: u8,
    north_up: bool,
}

fn bar() -> Harness<'static, Bar> {
    window(look::Theme::Paper, [600.0, 200.0]).wgpu().build_ui_state(
        |ui, bar: &mut Bar| {
            ui.horizontal(|ui| {
                let mut note = |response: egui::Response, name| {
                    if response.clicked() {
                        bar.clicks.push(name);
                    }
                };
                note(kit::tool_button(ui, Icon::Bar, "Bar", Some("B"), true, true), "bar");
                note(kit::tool_button(ui, Icon::Cut, "Cut", Some("C"), false, false), "cut");
                note(kit::icon_button(ui, Icon::Undo, "Undo", Some("Ctrl+Z"), false, true), "undo");
                note(Button::new("Compare").icon(Icon::Compare).show(ui), "compare");
                note(kit::primary(ui, "Take B over"), "take");
                note(kit::link(ui, TypeRole::Body, "Why?"), "why");
                note(kit::tab(ui, "A", "Sokkel", true, 44.0), "tab");
            });
            let items = [Segment::new(0, "Plan"), Segment::new(1, "Axo"), Segment::new(2, "Section")];
            kit::segments(ui, "view", &mut bar.view, &items);
            kit::check_row(ui, &mut bar.north_up, "North up", true);
        },
        Bar::default(),
    )
}

#[test]
fn every_control_has_its_name_and_role() {
    let harness = bar();
    for (role, name) in [
        (Role::Button, "Bar"),
        (Role::Button, "Cut"),
        (Role::Button, "Undo"),
        (Role::Button, "Compare"),
        (Role::Button, "Take B over"),
        (Role::Link, "Why?"),
        (Role::Tab, "A Sokkel"),
        (Role::RadioButton, "Section"),
        (Role::CheckBox, "North up"),
    ] {
        harness.get_by_role_and_label(role, name);
    }
    assert!(harness.get_by_label("Cut").accesskit_node().is_disabled());
    assert_eq!(harness.get_by_label("Bar").accesskit_node().toggled(), Some(Toggled::True));
    assert!(harness.unnamed_widgets().is_empty());
}

#[test]
fn tab_goes_from_control_to_control_and_leaves_out_the_disabled() {
    let mut harness = bar();
    let mut visited = Vec::new();
    for _ in 0..10 {
        harness.key_press(Key::Tab);
        harness.run_steps(2);
        let names =
            ["Bar", "Cut", "Undo", "Compare", "Take B over", "Why?", "A Sokkel", "Plan", "Axo", "Section", "North up"];
        visited.extend(names.into_iter().find(|name| harness.get_by_label(name).is_focused()));
    }
    assert_eq!(
        visited,
        ["Bar", "Undo", "Compare", "Take B over", "Why?", "A Sokkel", "Plan", "Axo", "Section", "North up"]
    );
}

#[test]
fn enter_and_space_use_the_control_in_focus() {
    let mut harness = bar();
    harness.get_by_label("Undo").focus();
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    harness.key_press(Key::Space);
    harness.run_steps(2);
    assert_eq!(harness.state().clicks, ["undo", "undo"]);
    harness.get_by_label("Axo").focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    assert!(harness.get_by_label("Section").is_focused());
    harness.key_press(Key::Space);
    harness.run_steps(2);
    assert_eq!(harness.state().view, 2);
    harness.get_by_label("North up").focus();
    harness.run_steps(2);
    harness.key_press(Key::Space);
    harness.run_steps(2);
    assert!(harness.state().north_up);
}

#[test]
fn a_disabled_control_does_nothing() {
    let mut harness = bar();
    harness.get_by_label("Cut").click();
    harness.run_steps(2);
    assert!(harness.state().clicks.is_empty());
}

/// How many pixels of the picture have the accent.
fn accents(harness: &mut Harness<'_, Bar>) -> usize {
    let look::Rgba([r, g, b, _]) = tokens().color(look::Theme::Paper, look::Role::Accent);
    harness.render().unwrap().pixels().filter(|p| p.0 == [r, g, b, 255]).count()
}

#[test]
fn the_ring_shows_only_for_the_keyboard() {
    let mut harness = bar();
    harness.run();
    let without = accents(&mut harness);
    harness.key_press(Key::Tab);
    harness.run_steps(3);
    // 34 square, 1 px off, 2 px wide: about 4 × 38 × 2 pixels without its corners.
    let ring = accents(&mut harness) - without;
    assert!((250..=310).contains(&ring), "{ring} pixels");
    harness.get_by_label("Bar").click();
    harness.run_steps(3);
    harness.remove_cursor();
    harness.run_steps(3);
    assert_eq!(accents(&mut harness), without, "after a click there is no ring");
}

#[test]
fn a_tooltip_says_the_name_and_the_keys() {
    let mut harness = bar();
    harness.get_by_label("Undo").hover();
    harness.run_steps(6);
    assert!(harness.query_all_by_label("Undo").count() >= 2, "the button and its tooltip");
}

#[test]
fn a_figure_is_read_out_whole() {
    let view = FigureView {
        note: "151 – 258".into(),
        verdict: Some(Verdict::Warning("−8".into())),
        ..FigureView::new("jobs", "192", "")
    };
    assert_eq!(view.spoken(), "jobs 192 151 – 258 ! −8");
    assert_eq!(FigureView::undefined("FSI", "no plot area").spoken(), "FSI – no plot area");
    let mut harness = window(look::Theme::Night, [300.0, 80.0]).build_ui_state(
        move |ui, asked: &mut bool| *asked |= kit::figure_cell(ui, &view, false, false).clicked(),
        false,
    );
    harness.get_by_role_and_label(Role::Button, "jobs 192 151 – 258 ! −8").click();
    harness.run_steps(2);
    assert!(*harness.state(), "a figure is a door to its explanation");
}

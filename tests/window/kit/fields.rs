//! Fields: what is typed, when it is settled, and that the mouse writes nothing.

use egui::accesskit::Role;
use egui::{Key, Modifiers, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use maakblok::i18n::Lang;
use maakblok::look;
use maakblok::ui::kit::{self, NumberField, TextField};

use super::window;

/// A panel with two fields, and what they reported.
#[derive(Default)]
struct Panel {
    length_m: f64,
    width_m: f64,
    name: String,
    previews: Vec<f64>,
    commits: Vec<f64>,
    restored: u32,
}

fn panel(lang: Lang) -> Harness<'static, Panel> {
    let start = Panel { length_m: 28.0, width_m: 13.256, name: "Quay hall".into(), ..Panel::default() };
    window(look::Theme::Paper, [352.0, 200.0]).build_ui_state(
        move |ui, panel: &mut Panel| {
            let field = kit::field_row(ui, "Length", |ui| {
                NumberField::new("length", &mut panel.length_m).unit("m").range(0.5..=5000.0).lang(lang).show(ui)
            });
            kit::field_row(ui, "Width", |ui| {
                NumberField::new("width", &mut panel.width_m).unit("m").lang(lang).show(ui)
            });
            kit::field_row(ui, "Name", |ui| TextField::new("name", &mut panel.name).show(ui));
            if field.changed {
                panel.previews.push(panel.length_m);
            }
            if field.committed {
                panel.commits.push(panel.length_m);
            }
            panel.restored += u32::from(field.restored);
        },
        start,
    )
}

fn enter(harness: &mut Harness<'_, Panel>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run_steps(2);
}

#[test]
fn a_row_names_its_field_and_shows_its_value_in_the_language() {
    for (lang, shown) in [(Lang::En, "28.00"), (Lang::Nl, "28,00"), (Lang::Fr, "28,00")] {
        let harness = panel(lang);
        assert_eq!(harness.get_by_role_and_label(Role::TextInput, "Length").value().as_deref(), Some(shown));
    }
}

#[test]
fn typing_replaces_the_number_previews_it_and_enter_settles_it() {
    let mut harness = panel(Lang::Nl);
    enter(&mut harness, "Length", "32,5");
    assert_eq!(harness.state().length_m, 32.5);
    assert!(harness.state().commits.is_empty(), "nothing is settled while typing");
    assert_eq!(harness.state().previews.last(), Some(&32.5));
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(harness.state().commits, [32.5]);
    assert_eq!(harness.get_by_role_and_label(Role::TextInput, "Length").value().as_deref(), Some("32,50"));
}

#[test]
fn leaving_the_field_by_tab_settles_it_too() {
    let mut harness = panel(Lang::En);
    enter(&mut harness, "Length", "1 200,25");
    harness.key_press(Key::Tab);
    harness.run_steps(3);
    assert_eq!(harness.state().commits, [1200.25]);
    assert!(harness.get_by_role_and_label(Role::TextInput, "Width").is_focused());
}

#[test]
fn what_is_out_of_bounds_is_kept_to_be_put_right_after_enter_and_given_up_after_tab() {
    let mut harness = panel(Lang::En);
    enter(&mut harness, "Length", "5001");
    assert_eq!(harness.state().length_m, 28.0, "nothing impossible is shown meanwhile");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    let length = |harness: &Harness<'_, Panel>| {
        let field = harness.get_by_role_and_label(Role::TextInput, "Length");
        (field.value().unwrap_or_default(), field.is_focused())
    };
    assert_eq!(length(&harness), ("5001".to_owned(), true));
    harness.key_press(Key::Tab);
    harness.run_steps(3);
    assert_eq!(length(&harness), ("28.00".to_owned(), false));
    assert!(harness.state().commits.is_empty());
}

#[test]
fn what_nobody_typed_is_not_judged() {
    let mut harness = panel(Lang::En);
    // A file may say what the field would not take.
    harness.state_mut().length_m = 9000.0;
    for key in [Key::Tab, Key::Enter] {
        harness.get_by_role_and_label(Role::TextInput, "Length").focus();
        harness.run_steps(2);
        harness.key_press(key);
        harness.run_steps(3);
        let field = harness.get_by_role_and_label(Role::TextInput, "Length");
        assert_eq!((field.value().as_deref(), field.is_focused()), (Some("9\u{202f}000.00"), false));
    }
    assert!(harness.state().commits.is_empty());
    assert_eq!(harness.state().length_m, 9000.0);
}

#[test]
fn escape_takes_the_old_number_back() {
    let mut harness = panel(Lang::En);
    enter(&mut harness, "Length", "99");
    assert_eq!(harness.state().length_m, 99.0);
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert_eq!(harness.state().length_m, 28.0);
    assert!(harness.state().commits.is_empty());
    assert_eq!(harness.state().restored, 1);
}

#[test]
fn what_is_no_number_changes_nothing() {
    let mut harness = panel(Lang::En);
    enter(&mut harness, "Length", "wide");
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(harness.state().length_m, 28.0);
    assert!(harness.state().commits.is_empty() && harness.state().previews.is_empty());
}

#[test]
fn arrow_keys_nudge_and_shift_makes_it_ten() {
    let mut harness = panel(Lang::En);
    harness.get_by_role_and_label(Role::TextInput, "Length").focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowUp);
    harness.run_steps(2);
    assert_eq!(harness.state().length_m, 29.0);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
    harness.run_steps(2);
    assert_eq!(harness.state().length_m, 39.0);
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    assert_eq!(harness.state().length_m, 38.0);
    assert!(harness.get_by_role_and_label(Role::TextInput, "Length").is_focused(), "arrows do not leave the field");
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(harness.state().commits, [38.0]);
}

#[test]
fn the_mouse_never_writes_a_number() {
    let mut harness = panel(Lang::En);
    let rect = harness.get_by_role_and_label(Role::TextInput, "Length").rect();
    harness.drag_at(pos2(rect.left() + 4.0, rect.center().y));
    harness.run_steps(2);
    harness.hover_at(pos2(rect.right() - 4.0, rect.center().y));
    harness.run_steps(2);
    harness.drop_at(pos2(rect.right() - 4.0, rect.center().y));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 3.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run_steps(3);
    assert_eq!(harness.state().length_m, 28.0);
    assert!(harness.state().previews.is_empty() && harness.state().commits.is_empty());
}

#[test]
fn digits_that_are_not_shown_survive_a_visit() {
    let mut harness = panel(Lang::En);
    harness.get_by_role_and_label(Role::TextInput, "Width").focus();
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(harness.state().width_m, 13.256);
}

#[test]
fn a_text_is_typed_and_taken_back() {
    let mut harness = panel(Lang::En);
    enter(&mut harness, "Name", " B");
    assert_eq!(harness.state().name, "Quay hall B");
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert_eq!(harness.state().name, "Quay hall");
}

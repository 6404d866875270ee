//! Popovers, dialogs, menus, lists to choose from, and toasts.

use egui::accesskit::Role;
use egui::{Id, Key, Rect, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use maakblok::library::{Family, Library};
use maakblok::look::{self, TypeRole};
use maakblok::ui::kit::{self, Button, Choice, PopoverSide, SwatchOf};
use maakblok::ui::{Icon, Theme};

use super::{gallery::save, window};

#[test]
fn a_popover_stands_beside_its_figure_and_escape_closes_it() {
    let mut harness = window(look::Theme::Paper, [900.0, 300.0]).wgpu().build_ui_state(
        |ui, open: &mut Option<Rect>| {
            let whole = ui.ctx().content_rect();
            ui.painter().rect_filled(whole, 0.0, Theme::of(ui.ctx()).color(look::Role::Ground));
            if open.is_some() {
                let anchor = Rect::from_min_size(pos2(700.0, 100.0), vec2(150.0, 60.0));
                let shown = kit::popover(ui.ctx(), Id::unique("why"), "jobs", anchor, PopoverSide::Left, whole, |ui| {
                    ui.set_width(300.0);
                    ui.label(Theme::of(ui.ctx()).text(TypeRole::Title, look::Role::Ink1, "Jobs in this plan"));
                    kit::link(ui, TypeRole::Body, "Edit the densities");
                });
                *open = (!shown.close).then_some(shown.rect);
            }
        },
        Some(Rect::NOTHING),
    );
    harness.run_steps(3);
    let sheet = harness.state().unwrap();
    assert!(sheet.right() <= 700.0 && sheet.top() >= 0.0, "{sheet:?}");
    save(&harness.render().unwrap(), "popover");
    harness.get_by_label("Edit the densities");
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert_eq!(*harness.state(), None);
}

#[test]
fn a_click_outside_closes_a_popover_and_one_inside_does_not() {
    let mut harness = window(look::Theme::Paper, [900.0, 300.0]).build_ui_state(
        |ui, open: &mut bool| {
            let whole = ui.ctx().content_rect();
            let anchor = Rect::from_min_size(pos2(20.0, 20.0), vec2(50.0, 20.0));
            if *open {
                let shown =
                    kit::popover(ui.ctx(), Id::unique("note"), "note", anchor, PopoverSide::Below, whole, |ui| {
                        kit::button(ui, "Keep", None);
                    });
                *open = !shown.close;
            }
        },
        true,
    );
    harness.run_steps(3);
    harness.get_by_label("Keep").click();
    harness.run_steps(2);
    assert!(*harness.state());
    harness.drag_at(pos2(800.0, 250.0));
    harness.run_steps(1);
    harness.drop_at(pos2(800.0, 250.0));
    harness.run_steps(2);
    assert!(!harness.state());
}

#[test]
fn a_dialog_waits_for_an_answer_over_the_scrim() {
    let mut harness = window(look::Theme::Paper, [700.0, 400.0]).wgpu().build_ui_state(
        |ui, answer: &mut Option<&'static str>| {
            ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, Theme::of(ui.ctx()).color(look::Role::Ink1));
            if kit::button(ui, "Behind", None).clicked() {
                *answer = Some("behind");
            }
            if answer.is_none() {
                let shown = kit::modal(ui.ctx(), Id::unique("leave"), "Keep the changes?", 320.0, |ui| {
                    ui.horizontal(|ui| {
                        let save = kit::primary(ui, "Save").clicked();
                        let drop = kit::button(ui, "Leave without", None).clicked();
                        (save, drop)
                    })
                    .inner
                });
                *answer = match shown.inner {
                    (true, _) => Some("save"),
                    (_, true) => Some("drop"),
                    _ if shown.close => Some("stay"),
                    _ => None,
                };
            }
        },
        None,
    );
    harness.run_steps(3);
    save(&harness.render().unwrap(), "modal");
    harness.get_by_label("Save").click();
    harness.run_steps(2);
    assert_eq!(*harness.state(), Some("save"));
}

#[test]
fn a_menu_opens_by_keyboard_and_a_line_of_it_closes_it() {
    let mut harness = window(look::Theme::Paper, [400.0, 300.0]).wgpu().build_ui_state(
        |ui, chosen: &mut Vec<&'static str>| {
            let button = kit::icon_button(ui, Icon::Menu, "Menu", None, false, true);
            kit::menu_panel(&button, "Menu", 240.0, |ui| {
                if kit::menu_row(ui, Some(Icon::Open), "Open…", Some("Ctrl+O"), true).clicked() {
                    chosen.push("open");
                }
                kit::menu_row(ui, Some(Icon::Save), "Save", Some("Ctrl+S"), false);
                kit::menu_row(ui, None, "Settings…", None, true);
            });
        },
        Vec::new(),
    );
    harness.get_by_label("Menu").focus();
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    save(&harness.render().unwrap(), "menu");
    harness.get_by_role_and_label(Role::MenuItem, "Open…").click();
    harness.run_steps(3);
    assert_eq!(harness.state(), &["open"]);
    assert!(harness.query_by_role_and_label(Role::MenuItem, "Open…").is_none());
}

#[test]
fn a_use_is_chosen_from_a_list() {
    let library = Library::built_in();
    let lang = maakblok::i18n::Lang::En;
    let choices: Vec<_> = library.offered().map(|u| Choice::with_swatch(u.name(lang), SwatchOf::of(u))).collect();
    let housing = library.offered().position(|u| u.family == Family::Housing).unwrap();
    // The list opens at what is chosen; a neighbour is in sight without scrolling.
    let near = housing - 2;
    let wanted = choices[near].text.clone();
    let mut harness = window(look::Theme::Paper, [352.0, 420.0]).wgpu().build_ui_state(
        move |ui, current: &mut usize| {
            let chosen = kit::field_row(ui, "Use", |ui| kit::dropdown(ui, "Use", Some(*current), "", &choices).0);
            *current = chosen.unwrap_or(*current);
        },
        housing,
    );
    harness.get_by_role_and_label(Role::ComboBox, "Use").click();
    harness.run_steps(8);
    save(&harness.render().unwrap(), "dropdown");
    harness.get_by_role_and_label(Role::ListBoxOption, &wanted).click();
    harness.run_steps(3);
    assert_eq!(*harness.state(), near);
    assert!(harness.query_by_role_and_label(Role::ListBoxOption, &wanted).is_none(), "the list is closed");
}

#[test]
fn an_error_offers_its_two_ways_out() {
    let mut harness = window(look::Theme::Paper, [320.0, 160.0]).build_ui_state(
        |ui, pressed: &mut Option<usize>| {
            let now = kit::error_card(ui, "Not saved", "The disk is full.", &["Save elsewhere", "Try again"]);
            *pressed = pressed.or(now);
            Button::new("other").show(ui);
        },
        None,
    );
    harness.get_by_label("Try again").click();
    harness.run_steps(2);
    assert_eq!(*harness.state(), Some(1));
}

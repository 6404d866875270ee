//! What gives way in a small window, and what does not; the list of places on the start screen; pulling at a storey.

use egui::{Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use maakblok::i18n::Lang;
use maakblok::studio::{Action, Command, Folders, Screen, Services};
use maakblok::ui::App;

fn window(width: f32, height: f32) -> Harness<'static, App> {
    let services = Services { folders: Folders::default(), ..Services::for_tests() };
    let builder = Harness::builder().with_size([width, height]).with_max_steps(16);
    builder.build_eframe(|_| App::new(services, None, Some(Lang::En)))
}

/// The controls of a role by name, with their places.
fn of_role(harness: &Harness<'_, App>, role: &str) -> Vec<(String, Rect)> {
    let nodes = harness.root().children_recursive();
    nodes
        .filter(|node| format!("{:?}", node.accesskit_node().role()) == role)
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
        .collect()
}

#[test]
fn however_many_variants_the_open_one_and_the_buttons_are_in_sight() {
    let mut harness = window(900.0, 600.0);
    harness.state_mut().studio.act(Action::OpenCase(0));
    harness.run();
    for _ in 0..24 {
        harness.state_mut().studio.act(Action::Run(Command::NewVariant));
    }
    harness.run();
    let check = |harness: &Harness<'_, App>, open: &str| {
        let plus = of_role(harness, "Button").into_iter().find(|(name, _)| *name == Command::NewVariant.name(Lang::En));
        let plus = plus.expect("there is a plus").1;
        let palette = of_role(harness, "Button").into_iter().find(|(name, _)| *name == Command::Palette.name(Lang::En));
        assert!(plus.right() <= palette.expect("there is a palette").1.left(), "{plus}");
        let tab = of_role(harness, "Tab").into_iter().find(|(name, _)| name.starts_with(open)).expect("a tab").1;
        assert!(tab.left() >= 200.0 && tab.right() <= plus.left(), "{open}: {tab} before {plus}");
    };
    check(&harness, "Y ");
    let first = harness.state().studio.session().unwrap().project().variants[0].id;
    harness.state_mut().studio.act(Action::OpenVariant(first));
    harness.run();
    check(&harness, "A ");
}

#[test]
fn places_are_listed_and_chosen_with_the_keyboard() {
    let mut harness = window(1280.0, 800.0);
    let field = of_role(&harness, "TextInput").remove(0).1.center();
    let type_in = |harness: &mut Harness<'_, App>, words: &str| {
        harness.hover_at(field);
        for pressed in [true, false] {
            let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
            harness.event(egui::Event::PointerButton { pos: field, button, pressed, modifiers });
            harness.run();
        }
        harness.event(egui::Event::Text(words.to_owned()));
        harness.run();
    };
    let press = |harness: &mut Harness<'_, App>, key: Key| {
        harness.key_press(key);
        harness.run();
    };
    type_in(&mut harness, "vergote");
    let found = of_role(&harness, "ListBoxOption");
    assert!(found.len() >= 3, "{found:?}");
    press(&mut harness, Key::Escape);
    assert!(of_role(&harness, "ListBoxOption").is_empty(), "Escape empties the field");
    type_in(&mut harness, "vergote");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert!(harness.state().studio.screen == Screen::Editor);
    assert_eq!(harness.state().studio.session().unwrap().project().name, found[1].0);
    harness.state_mut().studio.act(Action::Run(Command::Start));
    harness.run();
    assert!(of_role(&harness, "ListBoxOption").is_empty(), "the field is empty after one comes back");
}

#[test]
fn a_storey_is_pulled_higher_at_its_line_in_one_edit() {
    let mut harness = window(1280.0, 800.0);
    harness.state_mut().studio.act(Action::OpenCase(0));
    harness.run();
    let volume = harness.state().studio.session().unwrap().variant().volumes.iter().next().unwrap().id;
    harness.state_mut().studio.act(Action::Select(vec![volume]));
    harness.state_mut().studio.act(Action::SelectStorey(Some(0)));
    harness.run();
    let height_m = |harness: &Harness<'_, App>| {
        harness.state().studio.session().unwrap().variant().volumes.get(volume).unwrap().storeys[0].height_m
    };
    let before_m = height_m(&harness);
    let mut cells = of_role(&harness, "ListBoxOption").into_iter();
    let cell = cells.find(|(name, _)| name.starts_with("6 workshops · Storey 0")).unwrap().1;
    let button = |harness: &mut Harness<'_, App>, pos: egui::Pos2, pressed: bool| {
        let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
        harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
        harness.run();
    };
    let (from, to) = (cell.center_top(), cell.center_top() - egui::vec2(0.0, 12.0));
    harness.hover_at(from);
    harness.run();
    button(&mut harness, from, true);
    harness.hover_at(to);
    harness.run();
    assert_eq!(height_m(&harness), before_m, "nothing is edited while one pulls");
    button(&mut harness, to, false);
    assert!(height_m(&harness) > before_m + 1.0, "{}", height_m(&harness));
    harness.state_mut().studio.act(Action::Run(Command::Undo));
    assert_eq!(height_m(&harness), before_m);
    // Escape gives up the pull and nothing else.
    harness.hover_at(from);
    harness.run();
    button(&mut harness, from, true);
    harness.hover_at(to);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    button(&mut harness, to, false);
    assert_eq!(height_m(&harness), before_m);
    let session = harness.state().studio.session().unwrap();
    assert_eq!((session.selection().single(), session.selection().storey()), (Some(volume), Some(0)));
}

//! Recipes: what they made follows their values and their plot, and what was done by hand stays on it.

use std::collections::BTreeMap;

use maakblok::edit::{EditBuilder, Label};
use maakblok::generate::{Generator, Knob, made_by};
use maakblok::geometry::{Outline, point};
use maakblok::measure::FigureId;
use maakblok::model::{EdgeRole, Id, Recipe, Storey, Volume};
use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Command, FitWish, RecipeStep, StoreyChange};

use crate::puppet::{Home, Puppet};
use crate::synthetic::Random;

/// A plot of 130 × 90 m with workshop plinths and homes on their roofs.
fn plinths(home: &Home) -> (Puppet, Id) {
    let mut puppet = Puppet::drawing(home);
    let plot = puppet.plot([0.0, 0.0], [130.0, 90.0]);
    puppet.act(Action::PlaceTypology("T01".to_owned(), vec![plot]));
    puppet.no_complaints();
    (puppet, plot)
}

fn recipe(puppet: &Puppet) -> &Recipe {
    puppet.variant().recipes.iter().next().expect("there is a recipe")
}

fn element<'a>(puppet: &'a Puppet, name: &str) -> &'a Volume {
    let id = *recipe(puppet).elements.get(name).unwrap_or_else(|| panic!("{name} among {:?}", recipe(puppet).elements));
    puppet.variant().volumes.get(id).unwrap_or_else(|| panic!("{name} stands"))
}

fn has(puppet: &Puppet, name: &str) -> bool {
    recipe(puppet).elements.get(name).is_some_and(|id| puppet.variant().volumes.contains(*id))
}

fn value(puppet: &mut Puppet, key: &str, value: f64) {
    let id = recipe(puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Value(key.to_owned(), Some(value))));
}

/// The names of the elements that were changed by hand.
fn by_hand(puppet: &Puppet) -> Vec<String> {
    puppet.session().by_hand(recipe(puppet)).into_keys().collect()
}

/// The plot selected, and the handle of a measure of what stands on it.
fn handle(puppet: &mut Puppet, plot: Id, key: &str) -> Knob {
    puppet.run(Command::ToolSelect);
    puppet.act(Action::Select(vec![plot]));
    let made = made_by(recipe(puppet), puppet.session().library()).expect("it can be made");
    *made.knobs.iter().find(|knob| knob.key == key).unwrap_or_else(|| panic!("{key} has a handle"))
}

fn give_outline(puppet: &mut Puppet, plot: Id, outline: Outline) {
    let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-move"));
    edit.outline(puppet.variant(), plot, outline);
    puppet.studio.session_mut().expect("it is open").apply(edit.finish()).expect("it fits");
}

#[test]
fn another_value_makes_it_anew_in_one_step_and_things_keep_their_numbers() {
    let home = Home::new();
    let (mut puppet, _) = plinths(&home);
    let before = puppet.text();
    let (row, roof) = (element(&puppet, "row 1").id, element(&puppet, "row 1 roof 1").id);
    assert_eq!(element(&puppet, "row 1 roof 1").storeys.len(), 4);
    value(&mut puppet, "roof_levels", 6.0);
    assert_eq!(element(&puppet, "row 1 roof 1").storeys.len(), 6);
    assert_eq!((element(&puppet, "row 1").id, element(&puppet, "row 1 roof 1").id), (row, roof));
    assert!(by_hand(&puppet).is_empty());
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
    // The usual one of the generator again, which is not that of the typology.
    let id = recipe(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Value("roof_levels".to_owned(), None)));
    assert!(!recipe(&puppet).values.contains_key("roof_levels"));
    puppet.sweep();
}

#[test]
fn what_was_done_by_hand_stays_and_what_loses_its_place_is_kept_for_later() {
    let home = Home::new();
    let (mut puppet, _) = plinths(&home);
    let roof = element(&puppet, "row 1 roof 2").id;
    puppet.act(Action::Storeys(vec![roof], StoreyChange::Use(3, "office".into())));
    puppet.act(Action::Storeys(vec![roof], StoreyChange::Height(1, 4.2)));
    puppet.act(Action::NameVolume(roof, "Library".to_owned()));
    assert_eq!(by_hand(&puppet), ["row 1 roof 2"]);
    value(&mut puppet, "roof_length_m", 20.0);
    let use_of = |volume: &Volume, at: usize| volume.storeys[at].uses.main().expect("a use").to_string();
    let library = |puppet: &Puppet| {
        let volume = element(puppet, "row 1 roof 2");
        (volume.name.clone(), use_of(volume, 3), volume.storeys[1].height_m)
    };
    assert_eq!(library(&puppet), ("Library".to_owned(), "office".to_owned(), 4.2));
    assert!(element(&puppet, "row 1 roof 2").footprint.area_m2() < 20.5 * 25.0, "but it became shorter");
    // The topmost storey goes with the third and the fourth, and comes back with them.
    value(&mut puppet, "roof_levels", 2.0);
    assert_eq!(element(&puppet, "row 1 roof 2").storeys.len(), 2);
    assert!(puppet.notices().iter().any(|said| said.contains("kept aside")), "{:?}", puppet.notices());
    assert_eq!(recipe(&puppet).aside.keys().collect::<Vec<_>>(), ["row 1 roof 2"]);
    value(&mut puppet, "roof_levels", 5.0);
    assert_eq!(library(&puppet), ("Library".to_owned(), "office".to_owned(), 4.2));
    assert!(recipe(&puppet).aside.is_empty());
    // All of it goes, and comes back.
    value(&mut puppet, "roof_blocks", 1.0);
    assert!(!has(&puppet, "row 1 roof 2"));
    value(&mut puppet, "roof_blocks", 2.0);
    assert_eq!(library(&puppet), ("Library".to_owned(), "office".to_owned(), 4.2));
    // One by one it is given up.
    let id = recipe(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Reset("row 1 roof 2".to_owned(), None)));
    assert!(by_hand(&puppet).is_empty());
    assert_eq!(element(&puppet, "row 1 roof 2").name, "Row 1 roof 2");
    puppet.sweep();
}

#[test]
fn what_was_removed_by_hand_stays_away_until_it_is_asked_for() {
    let home = Home::new();
    let (mut puppet, _) = plinths(&home);
    let roof = element(&puppet, "row 2 roof 1").id;
    puppet.act(Action::Select(vec![roof]));
    puppet.run(Command::Delete);
    value(&mut puppet, "roof_levels", 5.0);
    assert!(!has(&puppet, "row 2 roof 1"));
    assert_eq!(by_hand(&puppet), ["row 2 roof 1"]);
    let id = recipe(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Reset("row 2 roof 1".to_owned(), None)));
    assert!(has(&puppet, "row 2 roof 1") && by_hand(&puppet).is_empty());
    assert_eq!(element(&puppet, "row 2 roof 1").storeys.len(), 5);
    puppet.sweep();
}

#[test]
fn what_stands_on_a_plinth_rises_with_it() {
    let home = Home::new();
    let (mut puppet, _) = plinths(&home);
    let row = element(&puppet, "row 1").id;
    puppet.act(Action::Storeys(vec![row], StoreyChange::Height(0, 8.0)));
    value(&mut puppet, "roof_levels", 3.0);
    assert_eq!(element(&puppet, "row 1").storeys[0].height_m, 8.0);
    assert_eq!(element(&puppet, "row 1 roof 1").base_m, 8.0);
    assert_eq!(by_hand(&puppet), ["row 1"], "only the plinth was changed by hand");
}

#[test]
fn the_block_follows_its_plot_as_part_of_the_same_step() {
    let home = Home::new();
    let (mut puppet, plot) = plinths(&home);
    let roof = element(&puppet, "row 1 roof 1").id;
    puppet.act(Action::Storeys(vec![roof], StoreyChange::Use(0, "office".into())));
    let before = puppet.text();
    let all = |puppet: &Puppet| -> Vec<Id> {
        let v = puppet.variant();
        v.volumes.iter().map(|volume| volume.id).chain(v.surfaces.iter().map(|surface| surface.id)).collect()
    };
    // Moved with all that stands on it.
    let mut everything = all(&puppet);
    everything.push(plot);
    puppet.act(Action::Select(everything));
    puppet.run(Command::ToolMove);
    puppet.click(20.0, 20.0);
    puppet.click(27.3, 24.1);
    assert_ne!(puppet.text(), before);
    let outline = puppet.variant().plots.get(plot).expect("the plot").outline.clone();
    assert_eq!(recipe(&puppet).outline, outline);
    assert_eq!(by_hand(&puppet), ["row 1 roof 1"], "nothing else was done by hand");
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
    // Another outline.
    give_outline(&mut puppet, plot, Outline::rectangle(point(0.0, 0.0), point(100.0, 90.0)));
    assert!(puppet.variant().volumes.iter().all(|v| v.footprint.bounds().is_some_and(|b| b.max.x <= 97.0 + 1e-6)));
    assert_eq!(element(&puppet, "row 1 roof 1").storeys[0].uses.main().map(ToString::to_string), Some("office".into()));
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before, "one step");
    puppet.sweep();
}

#[test]
fn a_plot_too_small_leaves_what_stands_and_a_detached_block_is_plain() {
    let home = Home::new();
    let (mut puppet, plot) = plinths(&home);
    let footprints = |puppet: &Puppet| -> Vec<Outline> {
        puppet.variant().volumes.iter().map(|volume| volume.footprint.clone()).collect()
    };
    let before = footprints(&puppet);
    let outline = puppet.variant().plots.get(plot).expect("the plot").outline.clone();
    give_outline(&mut puppet, plot, Outline::rectangle(point(0.0, 0.0), point(130.0, 4.0)));
    assert_eq!(footprints(&puppet), before);
    give_outline(&mut puppet, plot, outline);
    assert_eq!(footprints(&puppet), before);
    let id = recipe(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Detach));
    assert!(puppet.variant().recipes.is_empty());
    assert_eq!(footprints(&puppet), before);
    give_outline(&mut puppet, plot, Outline::rectangle(point(0.0, 0.0), point(80.0, 90.0)));
    assert_eq!(footprints(&puppet), before, "it follows no more");
    puppet.run(Command::Undo);
    puppet.run(Command::Undo);
    assert_eq!(puppet.variant().recipes.len(), 1, "and is tied again by undo");
}

#[test]
fn an_edge_that_becomes_water_is_kept_away_from() {
    let home = Home::new();
    let (mut puppet, _) = plinths(&home);
    let id = recipe(&puppet).id;
    let south = |puppet: &Puppet| {
        let bounds = puppet.variant().volumes.iter().filter_map(|volume| volume.footprint.bounds());
        bounds.map(|bounds| bounds.min.y).fold(f64::INFINITY, f64::min)
    };
    let before = south(&puppet);
    let edge =
        recipe(&puppet).outline.edges().position(|(a, b)| a.y == 0.0 && b.y == 0.0).expect("an edge in the south");
    for at in 0..4 {
        let role = if at == edge { EdgeRole::Water } else { EdgeRole::Street };
        puppet.act(Action::Recipe(id, RecipeStep::Role(at, role)));
    }
    assert!(south(&puppet) >= 5.0 - 1e-6, "{before} became {}", south(&puppet));
    puppet.sweep();
}

#[test]
fn a_handle_is_pulled_and_everything_follows_in_one_step() {
    let home = Home::new();
    let (mut puppet, plot) = plinths(&home);
    let knob = handle(&mut puppet, plot, "row_depth_m");
    let before = puppet.text();
    let to = knob.at + knob.along * 4.2;
    puppet.press(knob.at.x, knob.at.y);
    puppet.hover((knob.at.x + to.x) / 2.0, (knob.at.y + to.y) / 2.0);
    puppet.hover(to.x, to.y);
    // 25 m and 4.2 more, in steps of half a metre.
    assert_eq!(recipe(&puppet).values["row_depth_m"], 29.0);
    let overlay = puppet.session().with_ctx(maakblok::i18n::Lang::En, |ctx| puppet.session().tool().overlay(ctx));
    assert!(overlay.names.iter().any(|(_, words)| words == "Depth of rows 29.0\u{202f}m"), "{:?}", overlay.names);
    puppet.release(to.x, to.y);
    let width = element(&puppet, "row 1").footprint.area_m2() / 87.0;
    assert!((width - 29.0).abs() < 1.0, "{width}");
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before, "one step");
    // Escape takes it back while it is pulled.
    puppet.press(knob.at.x, knob.at.y);
    puppet.hover(to.x, to.y);
    assert_ne!(puppet.text(), before);
    puppet.event(Event::Escape);
    assert_eq!(puppet.text(), before);
    // A press alone changes nothing.
    puppet.press(knob.at.x, knob.at.y);
    puppet.release(knob.at.x, knob.at.y);
    assert_eq!(puppet.text(), before);
    puppet.sweep();
}

#[test]
fn a_number_is_pulled_up_and_typed_on_its_handle() {
    let home = Home::new();
    let (mut puppet, plot) = plinths(&home);
    let before = puppet.text();
    let knob = handle(&mut puppet, plot, "roof_levels");
    // Twenty pixels for one more.
    let up_m = 41.0 / puppet.session().camera.px_per_m;
    puppet.drag([knob.at.x, knob.at.y], [knob.at.x, knob.at.y + up_m]);
    assert_eq!(recipe(&puppet).values["roof_levels"], 6.0);
    assert_eq!(element(&puppet, "row 1 roof 1").storeys.len(), 6);
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before, "one step");
    let knob = handle(&mut puppet, plot, "roof_blocks");
    puppet.hover(knob.at.x, knob.at.y);
    puppet.types("0");
    puppet.enter();
    assert!(!has(&puppet, "row 1 roof 1"));
    // Where there are none is still where to ask for some.
    let knob = handle(&mut puppet, plot, "roof_blocks");
    puppet.hover(knob.at.x, knob.at.y);
    puppet.types("3");
    puppet.enter();
    assert!(has(&puppet, "row 1 roof 1"));
    puppet.sweep();
}

#[test]
fn a_number_that_the_plot_has_no_room_for_is_not_lowered_by_pulling_it_up() {
    let home = Home::new();
    let (mut puppet, plot) = plinths(&home);
    let knob = handle(&mut puppet, plot, "rows");
    assert_eq!(knob.there_are, Some(3.0), "eight were asked for");
    let before = puppet.text();
    let px = 1.0 / puppet.session().camera.px_per_m;
    puppet.press(knob.at.x, knob.at.y);
    puppet.hover(knob.at.x, knob.at.y + 41.0 * px);
    let overlay = puppet.session().with_ctx(maakblok::i18n::Lang::En, |ctx| puppet.session().tool().overlay(ctx));
    assert!(overlay.names.iter().any(|(_, words)| words == "Rows at most 3 · no room for more"), "{:?}", overlay.names);
    puppet.release(knob.at.x, knob.at.y + 41.0 * px);
    assert_eq!(puppet.text(), before);
    puppet.drag([knob.at.x, knob.at.y], [knob.at.x, knob.at.y - 21.0 * px]);
    assert_eq!(recipe(&puppet).values["rows"], 2.0, "one fewer than there are");
}

#[test]
fn a_part_in_percent_is_typed_on_its_handle() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [40.0, 35.0]);
    puppet.act(Action::PlaceTypology("T06".to_owned(), vec![plot]));
    let knob = handle(&mut puppet, plot, "cover_percent");
    puppet.hover(knob.at.x, knob.at.y);
    puppet.types("60");
    puppet.enter();
    assert_eq!(recipe(&puppet).values["cover_percent"], 60.0);
    let area_m2 = element(&puppet, "podium").footprint.area_m2();
    let free_m2 = 34.0 * 32.0;
    assert!((area_m2 / free_m2 - 0.6).abs() < 0.02, "{area_m2} of {free_m2}");
}

#[test]
fn a_measure_is_typed_on_its_handle() {
    let home = Home::new();
    let (mut puppet, plot) = plinths(&home);
    let knob = handle(&mut puppet, plot, "street_m");
    puppet.hover(knob.at.x, knob.at.y);
    puppet.types("30");
    puppet.enter();
    assert_eq!(recipe(&puppet).values["street_m"], 30.0);
    assert_eq!(recipe(&puppet).elements.keys().filter(|key| key.starts_with("street")).count(), 2);
}

#[test]
fn a_measure_is_fitted_to_as_many_homes_as_asked() {
    let home = Home::new();
    let (mut puppet, _) = plinths(&home);
    let id = recipe(&puppet).id;
    let homes = |puppet: &Puppet| puppet.session().sums().expect("sums").totals().mid(FigureId::Dwellings);
    let fit = |puppet: &mut Puppet, params: &[&str], value: f64| {
        let params = params.iter().map(|param| (*param).to_owned()).collect();
        let wish = FitWish { params, figure: FigureId::Dwellings, value };
        puppet.act(Action::Recipe(id, RecipeStep::Fit(wish)));
        puppet.studio.tick();
    };
    let said = |puppet: &Puppet, words: &str| {
        assert!(puppet.notices().iter().any(|said| said.contains(words)), "{words} in {:?}", puppet.notices());
    };
    let before = puppet.text();
    // Six blocks of 25 × 13 m: 1 950 m² a storey, 19.5 homes of 100 m².
    fit(&mut puppet, &["roof_levels"], 110.0);
    let found = homes(&puppet).expect("there are homes");
    assert_eq!(recipe(&puppet).values["roof_levels"], 6.0);
    assert!((110.0..130.0).contains(&found), "{found}");
    said(&puppet, "Storeys on roofs 4 → 6: homes 116");
    assert!(
        puppet.session().fit_said(id).is_some_and(|words| words.contains("4 → 6")),
        "it stands beside what was asked"
    );
    fit(&mut puppet, &["roof_levels"], 110.0);
    said(&puppet, "It is so already: homes 116");
    puppet.run(Command::Undo);
    assert_eq!((puppet.text(), puppet.session().fit_said(id)), (before.clone(), None));
    // More than it can bring: as near as it comes.
    fit(&mut puppet, &["roof_levels"], 5000.0);
    assert_eq!(recipe(&puppet).values["roof_levels"], 20.0);
    said(&puppet, "comes nearest");
    puppet.run(Command::Undo);
    // Storeys of the plinths bring no homes, and nothing is changed for nothing.
    fit(&mut puppet, &["levels"], 110.0);
    said(&puppet, "no influence on homes here");
    assert_eq!(puppet.text(), before);
    // Two measures come nearer than one.
    fit(&mut puppet, &["roof_levels", "roof_length_m"], 101.0);
    let both = homes(&puppet).expect("there are homes");
    assert!((101.0..105.0).contains(&both), "{both}");
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before, "one step");
    puppet.sweep();
}

/// Walks through values at random; whatever was done by hand is there wherever its element is.
#[test]
fn nothing_done_by_hand_is_lost_on_thirty_walks() {
    let mut random = Random::new(7);
    let home = Home::new();
    let (mut puppet, _) = plinths(&home);
    let keys = ["roof_levels", "roof_blocks", "roof_length_m", "row_depth_m", "street_m", "levels", "rows"];
    for walk in 0..30 {
        // What was done, by element: the use of the lowest storey and the name.
        let mut done: BTreeMap<String, (Storey, String)> = BTreeMap::new();
        let volumes: Vec<(String, Id)> = recipe(&puppet)
            .elements
            .iter()
            .filter(|(key, _)| has(&puppet, key))
            .map(|(k, id)| (k.clone(), *id))
            .collect();
        for _ in 0..3 {
            let (key, id) = random.pick(&volumes).clone();
            let name = format!("By hand {walk} {}", random.next() % 1000);
            puppet.act(Action::Storeys(vec![id], StoreyChange::Use(0, "school".into())));
            puppet.act(Action::NameVolume(id, name.clone()));
            done.insert(key.clone(), (element(&puppet, &key).storeys[0].clone(), name));
        }
        for _ in 0..6 {
            let key = *random.pick(&keys);
            let [low, high] = Generator::Rows.param(key).expect("rows have it").range;
            let to = random.within(low, high.min(low + 40.0));
            value(&mut puppet, key, to);
            let made = made_by(recipe(&puppet), puppet.session().library()).expect("it can be made");
            for (key, (storey, name)) in &done {
                if made.volumes.iter().any(|volume| volume.element == *key) {
                    let volume = element(&puppet, key);
                    assert_eq!((&volume.storeys[0], &volume.name), (storey, name), "{key} on walk {walk}");
                } else {
                    assert!(recipe(&puppet).aside.contains_key(key), "{key} is kept on walk {walk}");
                }
            }
        }
    }
    puppet.sweep();
}

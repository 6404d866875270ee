//! Arrays: copies that stay live until they are detached.

use maakblok::io::door::{self, WriteOptions};
use maakblok::model::{ArrayRule, Id, Recipe};
use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Command, RecipeStep, StoreyChange};

use crate::puppet::{Home, Puppet, has_corners};

fn west(puppet: &Puppet) -> Vec<f64> {
    let mut west: Vec<f64> =
        puppet.variant().volumes.iter().map(|v| v.footprint.bounds().expect("bounds").min.x).collect();
    west.sort_by(f64::total_cmp);
    west
}

/// A hall of 20 by 10 metres at the origin and five copies of it, 25 m apart; the array.
fn row(home: &Home) -> (Puppet, Id, Id) {
    let mut puppet = Puppet::drawing(home);
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    puppet.run(Command::ToolCopy);
    puppet.click(0.0, 0.0);
    puppet.click(25.0, 0.0);
    puppet.types("5x");
    puppet.enter();
    puppet.run(Command::ToolSelect);
    let array = puppet.variant().arrays.iter().next().expect("an array").id;
    (puppet, hall, array)
}

fn rule(puppet: &Puppet, array: Id) -> ArrayRule {
    puppet.variant().arrays.get(array).expect("the array").rule.clone()
}

#[test]
fn count_and_spacing_of_a_row_can_be_changed() {
    let home = Home::new();
    let (mut puppet, _, array) = row(&home);
    let before = puppet.text();
    assert_eq!(west(&puppet), [0.0, 25.0, 50.0, 75.0, 100.0, 125.0]);
    assert_eq!((rule(&puppet, array).count(), rule(&puppet, array).spacing()), (5, 25.0));
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_spacing(22.0)));
    assert_eq!(west(&puppet), [0.0, 22.0, 44.0, 66.0, 88.0, 110.0]);
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_count(2)));
    assert_eq!(west(&puppet), [0.0, 22.0, 44.0]);
    assert_eq!(puppet.variant().buildings.len(), 3, "buildings of copies that went are gone too");
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_count(3)));
    assert_eq!(west(&puppet), [0.0, 22.0, 44.0, 66.0]);
    puppet.there_and_back_to(&before, 3);
    // A single copy is no array.
    assert!(puppet.variant().arrays.len() == 1);
    puppet.run(Command::ToolCopy);
    puppet.click(0.0, 0.0);
    puppet.click(0.0, 30.0);
    assert_eq!(puppet.variant().arrays.len(), 1);
}

#[test]
fn copies_follow_what_they_are_copies_of_when_they_are_updated() {
    let home = Home::new();
    let (mut puppet, hall, array) = row(&home);
    puppet.act(Action::Storeys(vec![hall], StoreyChange::Add));
    puppet.act(Action::Select(vec![hall]));
    puppet.drag([10.0, 5.0], [10.0, 35.0]);
    puppet.act(Action::UpdateArray(array));
    let storeys: Vec<usize> = puppet.variant().volumes.iter().map(|volume| volume.storeys.len()).collect();
    assert_eq!(storeys, [2; 6]);
    let south = puppet.variant().volumes.iter().map(|v| v.footprint.bounds().expect("bounds").min.y);
    assert!(south.into_iter().all(|y| (y - 30.0).abs() < 1e-6), "they went along");
    let names: std::collections::BTreeSet<&str> =
        puppet.variant().volumes.iter().map(|volume| volume.name.as_str()).collect();
    assert_eq!(names.len(), 6, "and keep their names");
}

#[test]
fn what_was_done_to_a_copy_by_hand_stays_when_count_and_spacing_change() {
    let home = Home::new();
    let (mut puppet, hall, array) = row(&home);
    let third = puppet.variant().arrays.get(array).expect("the array").copies[1][0];
    puppet.act(Action::Storeys(vec![third], StoreyChange::Use(0, "housing".into())));
    puppet.act(Action::Storeys(vec![third], StoreyChange::Add));
    // Its south side is pulled out by 6 m.
    puppet.act(Action::Select(vec![third]));
    puppet.drag([57.0, 0.0], [57.0, -6.0]);
    let own = puppet.volume_of(third).clone();
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_count(6)));
    assert_eq!(puppet.volume_of(third), &own);
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_spacing(30.0)));
    let moved = puppet.volume_of(third);
    assert_eq!(moved.storeys, own.storeys);
    has_corners(&moved.footprint, &[[60.0, -6.0], [80.0, -6.0], [80.0, 10.0], [60.0, 10.0]]);
    assert_eq!(west(&puppet), [0.0, 30.0, 60.0, 90.0, 120.0, 150.0, 180.0]);
    puppet.act(Action::UpdateArray(array));
    assert_eq!(puppet.volume_of(third).storeys, puppet.volume_of(hall).storeys);
    has_corners(&puppet.volume_of(third).footprint, &[[60.0, 0.0], [80.0, 0.0], [80.0, 10.0], [60.0, 10.0]]);
}

#[test]
fn copies_stand_on_the_plot_that_the_rule_brings_them_to() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let west = puppet.plot([-20.0, -20.0], [200.0, 40.0]);
    let east = puppet.plot([200.0, -20.0], [400.0, 40.0]);
    puppet.volume([0.0, 0.0], [20.0, 10.0]);
    puppet.run(Command::ToolCopy);
    puppet.click(0.0, 0.0);
    puppet.click(25.0, 0.0);
    puppet.types("5x");
    puppet.enter();
    let array = puppet.variant().arrays.iter().next().expect("an array").id;
    let plots = |p: &Puppet| -> Vec<Option<Id>> {
        p.variant().volumes.iter().map(|volume| p.variant().plot_of(volume)).collect()
    };
    assert_eq!(plots(&puppet), [Some(west); 6]);
    let before = puppet.text();
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_spacing(70.0)));
    // At 0, 70, 140, 210, 280, 350 m.
    let [w, e] = [Some(west), Some(east)];
    assert_eq!(plots(&puppet), [w, w, w, e, e, e]);
    puppet.there_and_back_to(&before, 1);
}

#[test]
fn an_array_that_is_moved_turned_or_mirrored_as_a_whole_takes_its_rule_along() {
    let home = Home::new();
    let (mut puppet, _, array) = row(&home);
    puppet.run(Command::SelectAll);
    puppet.act(Action::RunWith(Command::TurnBy, 90.0));
    // The row ran east; turned clockwise it runs south.
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_count(6)));
    let boxes: Vec<_> = puppet.variant().volumes.iter().filter_map(|v| v.footprint.bounds()).collect();
    let first = boxes[0];
    for (n, bounds) in boxes.iter().enumerate() {
        assert!((bounds.min.x - first.min.x).abs() < 1e-3, "{n}: {bounds:?}");
        assert!((first.min.y - bounds.min.y - 25.0 * n as f64).abs() < 1e-3, "{n}: {bounds:?}");
    }
    assert_eq!(boxes.len(), 7);
    // One of them alone leaves the rule to the others.
    let was = rule(&puppet, array);
    let copy = puppet.variant().arrays.get(array).expect("the array").copies[0][0];
    puppet.act(Action::Select(vec![copy]));
    puppet.act(Action::RunWith(Command::TurnBy, 45.0));
    assert_eq!(rule(&puppet, array), was);
}

#[test]
fn a_detached_array_leaves_its_copies_and_a_removed_original_its_array() {
    let home = Home::new();
    let (mut puppet, hall, array) = row(&home);
    let before = puppet.text();
    puppet.act(Action::DetachArray(array));
    assert_eq!((west(&puppet).len(), puppet.variant().arrays.len()), (6, 0));
    puppet.there_and_back_to(&before, 1);
    puppet.run(Command::Undo);
    puppet.act(Action::Select(vec![hall]));
    puppet.run(Command::Delete);
    assert_eq!((west(&puppet).len(), puppet.variant().arrays.len()), (5, 0));
    // A copy that is deleted by hand stays away.
    puppet.run(Command::Undo);
    let copy = puppet.variant().arrays.get(array).expect("the array").copies[1][0];
    puppet.act(Action::Select(vec![copy]));
    puppet.run(Command::Delete);
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_spacing(30.0)));
    assert_eq!(west(&puppet), [0.0, 30.0, 90.0, 120.0, 150.0]);
}

#[test]
fn copies_turned_about_a_point_are_an_array_too() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.volume([10.0, 0.0], [30.0, 10.0]);
    puppet.run(Command::ToolRotate);
    puppet.held.alt = true;
    puppet.click(0.0, 0.0);
    puppet.hover(30.0, 0.0);
    puppet.types("90");
    puppet.tab();
    puppet.types_on("3x");
    puppet.enter();
    puppet.held.alt = false;
    let array = puppet.variant().arrays.iter().next().expect("an array");
    assert_eq!((array.rule.count(), array.rule.spacing()), (3, 90.0));
    let bounds = puppet.variant().volumes.iter().filter_map(|v| v.footprint.bounds());
    let all = bounds.reduce(maakblok::geometry::Bounds::union).expect("bounds");
    assert!((all.min.x + 30.0).abs() < 1e-6 && (all.min.y + 30.0).abs() < 1e-6, "all round: {all:?}");
}

#[test]
fn copies_along_a_line_turn_as_it_turns() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.volume([-2.0, -3.0], [2.0, 3.0]);
    let before = puppet.text();
    puppet.run(Command::ToolAlong);
    puppet.with_ctrl(|p| p.click(0.0, 0.0));
    puppet.click(40.0, 0.0);
    puppet.click(40.0, -40.0);
    puppet.hover(40.0, -60.0);
    puppet.types("4x");
    puppet.enter();
    puppet.event(Event::Enter);
    let array = puppet.variant().arrays.iter().next().expect("an array").clone();
    assert_eq!((array.rule.count(), array.rule.spacing()), (4, 20.0));
    let boxes: Vec<[f64; 4]> = puppet
        .variant()
        .volumes
        .iter()
        .filter_map(|v| v.footprint.bounds())
        .map(|b| [b.centre().x, b.centre().y, b.width_m(), b.height_m()].map(|value| (value * 1e6).round() / 1e6))
        .collect();
    let expected = [
        [0.0, 0.0, 4.0, 6.0],
        [20.0, 0.0, 4.0, 6.0],
        [40.0, 0.0, 4.0, 6.0],
        [40.0, -20.0, 6.0, 4.0],
        [40.0, -40.0, 6.0, 4.0],
    ];
    assert_eq!(boxes, expected);
    puppet.act(Action::ArrayRule(array.id, array.rule.clone().with_spacing(39.0)));
    assert_eq!(puppet.variant().volumes.len(), 3, "two come nearest to it");
    puppet.run(Command::Undo);
    puppet.there_and_back_to(&before, 1);
}

/// A plot with a comb, and two copies of it 150 m apart.
#[test]
fn copies_of_a_plot_have_its_typology_and_follow_it_when_they_are_updated() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [100.0, 70.0]);
    puppet.act(Action::PlaceTypology("T14".to_owned(), vec![plot]));
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::ToolCopy);
    puppet.click(0.0, 0.0);
    puppet.click(150.0, 0.0);
    puppet.types("2x");
    puppet.enter();
    puppet.run(Command::ToolSelect);
    let array = puppet.variant().arrays.iter().next().expect("an array").id;
    let before = puppet.text();
    let stands = |puppet: &Puppet| -> Vec<(usize, f64, usize)> {
        let session = puppet.session();
        let of = |recipe: &Recipe| {
            let volumes = recipe.elements.values().filter_map(|id| session.variant().volumes.get(*id));
            let floor_m2: f64 = volumes.clone().map(|v| v.footprint.area_m2() * v.storeys.len() as f64).sum();
            (volumes.count(), floor_m2.round(), session.by_hand(recipe).len())
        };
        session.variant().recipes.iter().map(|recipe| of(recipe)).collect()
    };
    let (count, floor_m2, _) = stands(&puppet)[0];
    assert_eq!(stands(&puppet), [(count, floor_m2, 0); 3]);
    // One more, farther apart: all have it.
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_count(3)));
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_spacing(130.0)));
    assert_eq!(stands(&puppet), [(count, floor_m2, 0); 4]);
    // Fewer teeth and another use of the spine on the first: the others follow when they are asked to.
    let recipe = puppet.session().recipe_on(plot).expect("it is at work").clone();
    puppet.act(Action::Recipe(recipe.id, RecipeStep::Value("teeth".to_owned(), Some(2.0))));
    puppet.act(Action::Storeys(vec![recipe.elements["spine"]], StoreyChange::Use(1, "school".into())));
    let (fewer, less_m2, by_hand) = stands(&puppet)[0];
    assert!(fewer < count && by_hand == 1);
    // Moved before that, they are what they were.
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_spacing(140.0)));
    assert_eq!(stands(&puppet)[1..], [(count, floor_m2, 0); 3]);
    puppet.act(Action::UpdateArray(array));
    assert_eq!(stands(&puppet), [(fewer, less_m2, 1); 4]);
    // What was not there when the array was made is copied, too, and goes with a copy that goes.
    puppet.act(Action::Recipe(recipe.id, RecipeStep::Value("teeth".to_owned(), Some(3.0))));
    puppet.act(Action::UpdateArray(array));
    assert_eq!(stands(&puppet), [(count, floor_m2, 1); 4]);
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_count(1)));
    assert_eq!(stands(&puppet), [(count, floor_m2, 1); 2]);
    assert_eq!(puppet.variant().volumes.len(), 2 * count, "nothing is left standing on no plot");
    puppet.act(Action::ArrayRule(array, rule(&puppet, array).with_count(2)));
    assert_eq!(stands(&puppet), [(count, floor_m2, 1); 3]);
    puppet.no_complaints();
    puppet.there_and_back_to(&before, 10);
}

#[test]
fn an_exchange_file_says_what_it_has_no_place_for() {
    let home = Home::new();
    let (puppet, ..) = row(&home);
    let (project, variant) = (puppet.session().project(), puppet.variant().id);
    let path = home.path("row.geojson");
    let said = door::write(project, variant, &path, &WriteOptions::default()).expect("written");
    assert_eq!(said, ["1 guide line, dimension or array is not part of an exchange file"]);
}

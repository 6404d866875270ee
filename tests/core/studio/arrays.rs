//! Arrays: copies that stay live until they are detached.

use maakblok::io::door::{self, WriteOptions};
use maakblok::model::{ArrayRule, Id, Storey};
use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Command, StoreyChange};

use crate::puppet::{Home, Puppet};

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
    puppet.act(Action::ArrayRule(array, rule(&puppet, array)));
    let storeys: Vec<usize> = puppet.variant().volumes.iter().map(|volume| volume.storeys.len()).collect();
    assert_eq!(storeys, [2; 6]);
    let south = puppet.variant().volumes.iter().map(|v| v.footprint.bounds().expect("bounds").min.y);
    assert!(south.into_iter().all(|y| (y - 30.0).abs() < 1e-6), "they went along");
    let names: std::collections::BTreeSet<&str> =
        puppet.variant().volumes.iter().map(|volume| volume.name.as_str()).collect();
    assert_eq!(names.len(), 6, "and keep their names");
    let _: &Storey = &puppet.volume_of(hall).storeys[1];
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

#[test]
fn an_exchange_file_says_what_it_has_no_place_for() {
    let home = Home::new();
    let (puppet, ..) = row(&home);
    let (project, variant) = (puppet.session().project(), puppet.variant().id);
    let path = home.path("row.geojson");
    let said = door::write(project, variant, &path, &WriteOptions::default()).expect("written");
    assert_eq!(said, ["1 guide line, dimension or array is not part of an exchange file"]);
}

//! Storeys: added, doubled, removed, reordered; their uses, shares and heights.

use maakblok::library::UseId;
use maakblok::measure::FigureId;
use maakblok::model::{Id, State, limits};
use maakblok::studio::{Action, Command, StoreyChange};

use crate::puppet::{Home, Puppet};

fn hall(home: &Home) -> (Puppet, Id) {
    let mut puppet = Puppet::drawing(home);
    let id = puppet.volume([0.0, 0.0], [60.0, 14.0]);
    (puppet, id)
}

/// The main uses from the bottom up.
fn uses(puppet: &Puppet, id: Id) -> Vec<String> {
    puppet.volume_of(id).storeys.iter().map(|s| s.uses.main().unwrap().to_string()).collect()
}

#[test]
fn a_stack_grows_turns_and_shrinks() {
    let home = Home::new();
    let (mut puppet, id) = hall(&home);
    let start = puppet.text();
    let change = |puppet: &mut Puppet, change: StoreyChange| puppet.act(Action::Storeys(vec![id], change));
    puppet.run(Command::AddStorey);
    change(&mut puppet, StoreyChange::Use(1, "office".into()));
    puppet.run(Command::AddStorey);
    assert_eq!(uses(&puppet, id), ["craft_workshop", "office", "office"], "a new one is like the topmost");
    puppet.run(Command::AddBasement);
    assert_eq!(uses(&puppet, id), ["parking", "craft_workshop", "office", "office"]);
    assert_eq!(puppet.volume_of(id).top_m(), 5.0 + 3.7 + 3.7, "what is below ground lifts nothing");
    puppet.act(Action::SelectStorey(Some(1)));
    puppet.run(Command::DuplicateStorey);
    assert_eq!(uses(&puppet, id), ["parking", "craft_workshop", "craft_workshop", "office", "office"]);
    change(&mut puppet, StoreyChange::Up(2));
    assert_eq!(uses(&puppet, id), ["parking", "craft_workshop", "office", "craft_workshop", "office"]);
    change(&mut puppet, StoreyChange::Down(1));
    assert_eq!(uses(&puppet, id)[0], "parking", "the cellar stays below");
    puppet.act(Action::SelectStorey(Some(4)));
    puppet.run(Command::RemoveStorey);
    assert_eq!(puppet.session().selection().storey(), None, "what is gone is not selected");
    puppet.run(Command::RemoveStorey);
    assert_eq!(uses(&puppet, id), ["parking", "craft_workshop", "office"]);
    let figures = puppet.session().sums().unwrap().totals();
    assert_eq!((figures.one(FigureId::Gfa), figures.one(FigureId::GfaBelow)), (1680.0, 840.0));
    while !puppet.volume_of(id).storeys.is_empty() {
        puppet.run(Command::RemoveStorey);
    }
    let entries = puppet.session().history().place();
    puppet.run(Command::RemoveStorey);
    assert_eq!(puppet.session().history().place(), entries, "nothing more to remove");
    puppet.run(Command::AddStorey);
    assert_eq!(uses(&puppet, id), ["craft_workshop"]);
    for _ in puppet.session().history().place()..=usize::MAX {
        if puppet.text() == start || puppet.studio.can_run(Command::Undo).is_err() {
            break;
        }
        puppet.run(Command::Undo);
    }
    assert_eq!(puppet.text(), start);
}

#[test]
fn shares_of_a_storey_stay_whole() {
    let home = Home::new();
    let (mut puppet, id) = hall(&home);
    let change = |puppet: &mut Puppet, change: StoreyChange| puppet.act(Action::Storeys(vec![id], change));
    change(&mut puppet, StoreyChange::AddShare(0, UseId::from("office")));
    change(&mut puppet, StoreyChange::AddShare(0, UseId::from("retail")));
    let shares = |puppet: &Puppet| -> Vec<f64> {
        puppet.volume_of(id).storeys[0].uses.shares().iter().map(|share| share.share).collect()
    };
    let sum: f64 = shares(&puppet).iter().sum();
    assert_eq!((shares(&puppet).len(), sum), (3, 1.0));
    change(&mut puppet, StoreyChange::Share(0, 1, 0.6));
    assert_eq!(shares(&puppet)[1], 0.6);
    assert!(puppet.volume_of(id).storeys[0].uses.are_whole());
    let figures = puppet.session().sums().unwrap().totals();
    // 60 % of 840.
    let office_m2 = figures.gfa_by_use_m2.get("office").copied().unwrap_or_default();
    assert!((office_m2 - 504.0).abs() < 1e-6, "{:?}", figures.gfa_by_use_m2);
    assert!((figures.one(FigureId::Gfa) - 840.0).abs() < 1e-9);
    change(&mut puppet, StoreyChange::Share(0, 1, 1.0));
    assert!(puppet.volume_of(id).storeys[0].uses.are_whole());
    change(&mut puppet, StoreyChange::RemoveShare(0, 0));
    change(&mut puppet, StoreyChange::ReplaceShare(0, 0, UseId::from("studio")));
    assert!(puppet.volume_of(id).storeys[0].uses.are_whole());
    change(&mut puppet, StoreyChange::State(0, State::Kept));
    change(&mut puppet, StoreyChange::Height(0, 6.25));
    assert_eq!(puppet.volume_of(id).top_m(), 6.25);
}

#[test]
fn several_volumes_grow_together_and_shrink_from_their_own_tops() {
    let home = Home::new();
    let (mut puppet, low) = hall(&home);
    let high = puppet.volume([0.0, 40.0], [60.0, 54.0]);
    for _ in 0..3 {
        puppet.run(Command::AddStorey);
    }
    puppet.act(Action::Storeys(vec![high], StoreyChange::Use(3, "housing".into())));
    puppet.act(Action::Select(vec![low, high]));
    puppet.run(Command::AddStorey);
    let count = |puppet: &Puppet| (puppet.volume_of(low).storeys.len(), puppet.volume_of(high).storeys.len());
    assert_eq!(count(&puppet), (2, 5));
    assert_eq!(uses(&puppet, high)[3..], ["housing", "housing"]);
    puppet.run(Command::RemoveStorey);
    puppet.run(Command::RemoveStorey);
    assert_eq!(count(&puppet), (0, 3));
    assert_eq!(uses(&puppet, high), ["craft_workshop"; 3], "the homes on top went, one by one");
    puppet.run(Command::Undo);
    puppet.run(Command::DuplicateStorey);
    assert_eq!(uses(&puppet, high), ["craft_workshop", "craft_workshop", "craft_workshop", "housing", "housing"]);
}

#[test]
fn a_tower_ends_somewhere() {
    let home = Home::new();
    let (mut puppet, id) = hall(&home);
    let all = (0..1050).map(|_| StoreyChange::Add);
    for change in all {
        // Without the sweep after every step, which is not what this is about.
        puppet.studio.act(Action::Storeys(vec![id], change));
    }
    puppet.sweep();
    assert_eq!(puppet.volume_of(id).storeys.len(), limits::MOST_STOREYS);
}

#[test]
fn what_stands_on_a_roof_goes_up_and_down_with_it() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    // A house on the hall, and a hut on the house; another house beside the hall.
    let house = puppet.volume([2.0, 2.0], [22.0, 12.0]);
    let hut = puppet.volume([4.0, 4.0], [10.0, 10.0]);
    let beside = puppet.volume([100.0, 0.0], [120.0, 10.0]);
    let bases = |p: &Puppet| [hall, house, hut, beside].map(|id| p.volume_of(id).base_m);
    assert_eq!(bases(&puppet), [0.0, 5.0, 10.0, 0.0]);
    let before = puppet.text();
    puppet.act(Action::Storeys(vec![hall], StoreyChange::Height(0, 6.5)));
    assert_eq!(bases(&puppet), [0.0, 6.5, 11.5, 0.0]);
    puppet.act(Action::Storeys(vec![hall], StoreyChange::Above(3)));
    assert_eq!(bases(&puppet), [0.0, 19.5, 24.5, 0.0]);
    puppet.act(Action::Select(vec![hall, house, beside]));
    puppet.act(Action::RunWith(Command::StoreysTo, 2.0));
    assert_eq!([hall, house, beside].map(|id| puppet.volume_of(id).storeys.len()), [2, 2, 2]);
    assert_eq!(bases(&puppet), [0.0, 13.0, 23.0, 0.0], "by both that grow under it");
    // What is said to go leaves what stands on it: that is to be decided.
    puppet.act(Action::Storeys(vec![hall], StoreyChange::State(1, State::Removed)));
    assert_eq!(bases(&puppet), [0.0, 13.0, 23.0, 0.0]);
    puppet.there_and_back_to(&before, 4);
}

#[test]
fn a_number_of_homes_that_floors_have_outgrown_is_said_and_can_be_estimated_again() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 100.0]);
    puppet.act(Action::UseInHand("housing".into()));
    let volume = puppet.volume([10.0, 10.0], [40.0, 30.0]);
    puppet.act(Action::Dwellings(volume, Some(6)));
    let said = |puppet: &Puppet| puppet.notices().iter().any(|said| said.contains("still counts the 6 homes"));
    puppet.act(Action::Storeys(vec![volume], StoreyChange::Height(0, 3.5)));
    assert!(!said(&puppet), "the same floor");
    puppet.act(Action::Storeys(vec![volume], StoreyChange::Add));
    assert!(said(&puppet), "{:?}", puppet.notices());
    let estimate = puppet.studio.notices.iter().find(|notice| notice.button.is_some()).map(|notice| notice.id);
    puppet.act(Action::NoticeButton(estimate.expect("there is a button")));
    assert_eq!(puppet.volume_of(volume).dwellings, None);
}

#[test]
fn delete_takes_the_storey_that_is_chosen_and_with_none_the_volume() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    puppet.act(Action::Storeys(vec![hall], StoreyChange::Add));
    puppet.act(Action::Storeys(vec![hall], StoreyChange::Use(1, "office".into())));
    puppet.act(Action::Select(vec![hall]));
    puppet.act(Action::SelectStorey(Some(0)));
    puppet.run(Command::Delete);
    assert_eq!(uses(&puppet, hall), ["office"]);
    puppet.act(Action::SelectStorey(None));
    puppet.run(Command::Delete);
    assert!(!puppet.variant().volumes.contains(hall));
}

//! Storeys of several buildings at once: chosen by level, painted, locked, with mezzanines; what does not fit.

use maakblok::measure::FigureId;
use maakblok::measure::explain::Spot;
use maakblok::measure::fit;
use maakblok::model::{Id, State};
use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Command, LevelChange, Levels, PaintStep, StoreyChange};

use crate::puppet::{Home, Puppet};

/// A hall of one storey and a tower of four with a cellar, both selected.
fn two(home: &Home) -> (Puppet, Id, Id) {
    let mut puppet = Puppet::drawing(home);
    let hall = puppet.volume([0.0, 0.0], [40.0, 20.0]);
    let tower = puppet.volume([60.0, 0.0], [80.0, 20.0]);
    puppet.act(Action::Select(vec![tower]));
    puppet.act(Action::Storeys(vec![tower], StoreyChange::Above(4)));
    puppet.run(Command::AddBasement);
    puppet.act(Action::Select(vec![hall, tower]));
    (puppet, hall, tower)
}

fn levels(text: &str) -> Levels {
    Levels::parse(text).unwrap_or_else(|| panic!("{text} are levels"))
}

fn uses(puppet: &Puppet, id: Id) -> Vec<String> {
    puppet.volume_of(id).storeys.iter().map(|storey| storey.uses.main().unwrap().to_string()).collect()
}

#[test]
fn levels_are_changed_in_every_selected_building_as_one_step() {
    let home = Home::new();
    let (mut puppet, hall, tower) = two(&home);
    let start = puppet.text();
    let steps = puppet.session().history().place();
    puppet.act(Action::SelectLevels(levels("1-2")));
    puppet.act(Action::Levels(LevelChange::Use("office".into())));
    assert_eq!(puppet.session().history().place(), steps + 1, "one step");
    assert_eq!(uses(&puppet, hall), ["craft_workshop"], "it has no such level");
    assert_eq!(uses(&puppet, tower), ["parking", "craft_workshop", "office", "office", "craft_workshop"]);
    puppet.act(Action::SelectLevels(levels("roof")));
    puppet.act(Action::Levels(LevelChange::State(State::Kept)));
    let states = |id: Id| puppet.volume_of(id).storeys.iter().map(|storey| storey.state).collect::<Vec<_>>();
    assert_eq!((states(hall), states(tower)[4]), (vec![State::Kept], State::Kept), "of each its own topmost");
    puppet.act(Action::SelectLevels(levels("-1, 0")));
    puppet.act(Action::Levels(LevelChange::Height(4.5)));
    let heights: Vec<f64> = puppet.volume_of(tower).storeys.iter().map(|storey| storey.height_m).collect();
    assert_eq!(heights, [4.5, 4.5, 3.7, 3.7, 5.0]);
    assert_eq!(puppet.volume_of(hall).storeys[0].height_m, 4.5);
    puppet.act(Action::SelectLevels(levels("0-1")));
    puppet.act(Action::Levels(LevelChange::Duplicate));
    assert_eq!((puppet.volume_of(hall).storeys.len(), puppet.volume_of(tower).storeys.len()), (2, 7));
    assert_eq!(uses(&puppet, tower)[1..5], ["craft_workshop", "craft_workshop", "office", "office"]);
    puppet.act(Action::SelectLevels(levels("all")));
    puppet.run(Command::RemoveStorey);
    assert!(puppet.volume_of(hall).storeys.is_empty() && puppet.volume_of(tower).storeys.is_empty());
    puppet.sweep();
    puppet.there_and_back_to(&start, 5);
}

#[test]
fn levels_that_nobody_has_select_nothing() {
    let home = Home::new();
    let (mut puppet, hall, _) = two(&home);
    puppet.act(Action::SelectLevels(levels("7")));
    assert!(!puppet.session().has_levels());
    puppet.act(Action::SelectStoreys(vec![hall], levels("0")));
    assert_eq!(puppet.session().selection().storey(), Some(0));
    puppet.act(Action::Select(vec![]));
    assert!(!puppet.session().has_levels(), "without volumes there are no storeys");
}

#[test]
fn a_sweep_of_the_brush_is_one_step_and_can_be_given_up() {
    let home = Home::new();
    let (mut puppet, hall, tower) = two(&home);
    let start = puppet.text();
    puppet.act(Action::UseInHand("housing".into()));
    let over = |volume, storey| Action::Paint(PaintStep::Over(Spot { volume, storey }));
    for storey in 2..5 {
        puppet.act(over(tower, storey));
    }
    // Seen while it is made.
    assert_eq!(uses(&puppet, tower)[2..], ["housing", "housing", "housing"]);
    let homes = puppet.session().sums().unwrap().totals().span(FigureId::Dwellings);
    assert_eq!(homes.mid, 12.0, "three times 400 m² at 100 m² a home");
    let heights = |puppet: &Puppet| puppet.volume_of(tower).storeys[2..].iter().map(|s| s.height_m).collect::<Vec<_>>();
    assert_eq!(heights(&puppet), [5.0; 3], "nothing moves under the brush");
    puppet.act(over(hall, 0));
    puppet.act(Action::Paint(PaintStep::Done));
    assert_eq!(uses(&puppet, hall), ["housing"]);
    assert_eq!(heights(&puppet), [3.0; 3], "then they take the height of their use");
    let painted = puppet.text();
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), start, "all of the sweep is one step");
    puppet.run(Command::Redo);
    assert_eq!(puppet.text(), painted);
    puppet.act(Action::UseInHand("office".into()));
    puppet.act(over(hall, 0));
    puppet.act(Action::Paint(PaintStep::GiveUp));
    assert_eq!(puppet.text(), painted);
}

#[test]
fn on_the_drawing_the_brush_paints_all_storeys_or_the_topmost() {
    let home = Home::new();
    let (mut puppet, hall, tower) = two(&home);
    puppet.act(Action::UseInHand("studio".into()));
    puppet.run(Command::ToolPaint);
    puppet.press(10.0, 10.0);
    puppet.hover(50.0, 10.0);
    puppet.hover(70.0, 10.0);
    puppet.release(70.0, 10.0);
    assert_eq!(uses(&puppet, hall), ["studio"]);
    assert_eq!(uses(&puppet, tower), ["parking", "studio", "studio", "studio", "studio"], "the cellar stays");
    puppet.run(Command::Undo);
    assert_eq!(
        (uses(&puppet, hall)[0].as_str(), uses(&puppet, tower)[1].as_str()),
        ("craft_workshop", "craft_workshop")
    );
    puppet.press(70.0, 10.0);
    puppet.event(Event::Escape);
    assert_eq!(uses(&puppet, tower)[1], "craft_workshop", "Escape takes it back");
    puppet.event(Event::Escape);
    assert_eq!(puppet.session().tool().kind(), maakblok::studio::tool::ToolKind::Select);
}

#[test]
fn a_height_that_was_set_stays_until_it_is_let_go() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [40.0, 20.0]);
    let act = |puppet: &mut Puppet, change| puppet.act(Action::Storeys(vec![hall], change));
    let height = |puppet: &Puppet| puppet.volume_of(hall).storeys[0].height_m;
    act(&mut puppet, StoreyChange::Use(0, "office".into()));
    assert_eq!(height(&puppet), 3.7, "it follows the use");
    act(&mut puppet, StoreyChange::Height(0, 3.7));
    act(&mut puppet, StoreyChange::Lock(0, true));
    act(&mut puppet, StoreyChange::Use(0, "housing".into()));
    assert_eq!(height(&puppet), 3.7, "locked");
    act(&mut puppet, StoreyChange::Lock(0, false));
    assert_eq!(height(&puppet), 3.0, "free, it takes what the use asks for");
    act(&mut puppet, StoreyChange::Height(0, 4.2));
    act(&mut puppet, StoreyChange::Use(0, "craft_workshop".into()));
    assert_eq!(height(&puppet), 4.2, "who sets a height means it");
    let library = puppet.session().library().clone();
    assert_eq!(fit::misfits(puppet.volume_of(hall), &library), [0], "4.2 m is too low for a workshop");
    act(&mut puppet, StoreyChange::Lock(0, false));
    assert_eq!(fit::misfits(puppet.volume_of(hall), &library), [] as [usize; 0]);
}

#[test]
fn a_mezzanine_adds_floor_and_storeys_change_places() {
    let home = Home::new();
    let (mut puppet, _, tower) = two(&home);
    let start = puppet.text();
    let gfa = |puppet: &Puppet| puppet.session().sums().unwrap().totals().one(FigureId::Gfa);
    let before = gfa(&puppet);
    let act = |puppet: &mut Puppet, change| puppet.act(Action::Storeys(vec![tower], change));
    act(&mut puppet, StoreyChange::Mezzanine(1, Some((0.25, "office".into()))));
    assert_eq!(gfa(&puppet), before + 100.0, "a quarter of 400 m²");
    act(&mut puppet, StoreyChange::Use(3, "housing".into()));
    act(&mut puppet, StoreyChange::MoveTo(3, 1));
    assert_eq!(uses(&puppet, tower), ["parking", "housing", "craft_workshop", "craft_workshop", "craft_workshop"]);
    assert!(puppet.volume_of(tower).storeys[2].mezzanine.is_some(), "it goes along");
    act(&mut puppet, StoreyChange::MoveTo(1, 0));
    assert_eq!(uses(&puppet, tower)[0], "parking", "what is above ground does not go below");
    act(&mut puppet, StoreyChange::Mezzanine(2, None));
    assert_eq!(gfa(&puppet), before);
    puppet.sweep();
    puppet.there_and_back_to(&start, 4);
}

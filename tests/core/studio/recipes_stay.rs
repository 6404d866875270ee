//! Recipes through what is done to their plots: cut and joined, moved and mirrored, copied, too small for a while. What was
//! done by hand comes along.

use std::collections::{BTreeMap, BTreeSet};

use maakblok::edit::{Edit, EditBuilder, Label};
use maakblok::generate::{Generator, made_by};
use maakblok::geometry::{Outline, point};
use maakblok::i18n::Lang;
use maakblok::library::Typology;
use maakblok::measure::FigureId;
use maakblok::model::{ByHand, HandPart, Id, LayerKind, Recipe, Volume, check};
use maakblok::studio::{Action, Command, Operation, RecipeStep, StoreyChange, hand_words, operate};

use crate::puppet::{Home, Puppet};
use crate::synthetic::Random;

/// A typology on a plot of its usual size.
fn placed(home: &Home, id: &str) -> (Puppet, Id) {
    let mut puppet = Puppet::drawing(home);
    let [width_m, depth_m] = Typology::named(id).expect("there is one").usual_plot_m;
    let plot = puppet.plot([0.0, 0.0], [width_m, depth_m]);
    puppet.act(Action::PlaceTypology(id.to_owned(), vec![plot]));
    puppet.no_complaints();
    (puppet, plot)
}

fn on(puppet: &Puppet, plot: Id) -> &Recipe {
    puppet.session().recipe_on(plot).expect("a typology is at work there")
}

fn only(puppet: &Puppet) -> &Recipe {
    assert_eq!(puppet.variant().recipes.len(), 1);
    puppet.variant().recipes.iter().next().expect("there is one")
}

fn element<'a>(puppet: &'a Puppet, recipe: &Recipe, name: &str) -> &'a Volume {
    let id = *recipe.elements.get(name).unwrap_or_else(|| panic!("{name} among {:?}", recipe.elements));
    puppet.variant().volumes.get(id).unwrap_or_else(|| panic!("{name} stands"))
}

fn stands(puppet: &Puppet, name: &str) -> bool {
    only(puppet).elements.get(name).is_some_and(|id| puppet.variant().volumes.contains(*id))
}

fn value(puppet: &mut Puppet, key: &str, value: f64) {
    let id = only(puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Value(key.to_owned(), Some(value))));
    puppet.no_complaints();
}

fn by_hand(puppet: &Puppet, recipe: &Recipe) -> Vec<String> {
    puppet.session().by_hand(recipe).into_keys().collect()
}

fn said(puppet: &Puppet, words: &str) {
    assert!(puppet.notices().iter().any(|said| said.contains(words)), "{words} in {:?}", puppet.notices());
}

fn floor_m2(puppet: &Puppet) -> f64 {
    puppet.session().sums().expect("sums").totals().mid(FigureId::Gfa).expect("there is floor")
}

/// Does something to shapes, and selects what is there of them then.
fn shape(puppet: &mut Puppet, ids: &[Id], operation: Operation) {
    let done = puppet.session().with_ctx(Lang::En, |ctx| operate(ctx, ids, operation));
    let (edit, there) = done.unwrap_or_else(|why| panic!("{operation:?}: {why}"));
    apply(puppet, edit);
    puppet.act(Action::Select(there));
    puppet.no_complaints();
}

fn apply(puppet: &mut Puppet, edit: Edit) {
    puppet.studio.session_mut().expect("it is open").apply(edit).expect("it fits");
}

/// Gives something another outline.
fn give_outline(puppet: &mut Puppet, id: Id, outline: Outline) {
    let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-move"));
    edit.outline(puppet.variant(), id, outline);
    let edit = edit.finish();
    apply(puppet, edit);
}

/// Every volume stands inside the plot that its building says, and none in another.
fn no_floor_is_lost_or_doubled(puppet: &Puppet) {
    puppet.sweep();
    for volume in puppet.variant().volumes.iter() {
        let plot = puppet.variant().plot_of(volume).and_then(|plot| puppet.variant().plots.get(plot));
        let outline = &plot.unwrap_or_else(|| panic!("{} is on a plot", volume.name)).outline;
        let out_m2 = maakblok::geometry::outside_m2(&volume.footprint, outline);
        assert!(out_m2 < 0.1, "{} has {out_m2} m² outside its plot", volume.name);
    }
    let faults = check(puppet.session().project());
    let words: Vec<String> = faults.iter().map(|fault| fault.text(Lang::En)).collect();
    assert!(faults.is_empty(), "{words:#?}");
    let v = puppet.variant();
    for building in v.buildings.iter() {
        assert!(v.volumes.iter().any(|volume| volume.building == building.id), "{} has volumes", building.name);
    }
}

#[test]
fn a_plot_that_is_split_has_the_typology_on_every_part_and_one_that_is_joined_has_it_once() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T14");
    let before = puppet.text();
    let spine = element(&puppet, only(&puppet), "spine").id;
    puppet.act(Action::Storeys(vec![spine], StoreyChange::Use(1, "school".into())));
    let changed = puppet.text();
    shape(&mut puppet, &[plot], Operation::SplitInto(2));
    let plots = puppet.selected();
    assert_eq!((plots.len(), puppet.variant().recipes.len()), (2, 2));
    no_floor_is_lost_or_doubled(&puppet);
    let hands: Vec<usize> = plots.iter().map(|plot| by_hand(&puppet, on(&puppet, *plot)).len()).collect();
    assert_eq!(hands.iter().sum::<usize>(), 1, "what was done by hand stays on the part that stays the plot");
    // One part for itself.
    let other = on(&puppet, plots[1]).id;
    puppet.act(Action::Recipe(other, RecipeStep::Value("spine_levels".to_owned(), Some(5.0))));
    no_floor_is_lost_or_doubled(&puppet);
    puppet.run(Command::Undo);
    shape(&mut puppet, &plots, Operation::Union);
    assert_eq!(puppet.variant().recipes.len(), 1);
    no_floor_is_lost_or_doubled(&puppet);
    assert_eq!(by_hand(&puppet, only(&puppet)), ["spine"]);
    puppet.run(Command::Undo);
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), changed, "each is one step");
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
}

#[test]
fn joined_with_what_was_drawn_by_hand_a_typology_lets_go_and_says_so() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T14");
    let beside = puppet.plot([100.0, 0.0], [160.0, 70.0]);
    puppet.volume([110.0, 10.0], [140.0, 40.0]);
    let floor_before_m2 = floor_m2(&puppet);
    shape(&mut puppet, &[plot, beside], Operation::Union);
    assert!(puppet.variant().recipes.is_empty());
    assert_eq!(floor_m2(&puppet), floor_before_m2);
    said(&puppet, "no longer at work");
    no_floor_is_lost_or_doubled(&puppet);
    puppet.run(Command::Undo);
    assert_eq!(puppet.variant().recipes.len(), 1);
    // An empty plot is taken over.
    let empty = puppet.plot([0.0, 70.0], [100.0, 110.0]);
    shape(&mut puppet, &[plot, empty], Operation::Union);
    assert!(floor_m2(&puppet) > floor_before_m2);
    no_floor_is_lost_or_doubled(&puppet);
}

#[test]
fn moved_turned_or_mirrored_with_its_plot_a_block_stays_as_it_was_made() {
    for typology in Typology::built_in() {
        let home = Home::new();
        let (mut puppet, plot) = placed(&home, &typology.id);
        let first = puppet.variant().volumes.iter().next().expect("something stands").id;
        puppet.act(Action::NameVolume(first, "Mine".to_owned()));
        let (count, floor) = (puppet.variant().volumes.len(), floor_m2(&puppet));
        for operation in [
            Operation::Turn(37.0),
            Operation::Flip { east: true },
            Operation::Turn(90.0),
            Operation::Flip { east: false },
        ] {
            shape(&mut puppet, &[plot], operation);
            let what = format!("{} after {operation:?}", typology.id);
            let of: Vec<_> = puppet.session().by_hand(only(&puppet)).into_values().map(|hand| hand.parts()).collect();
            assert_eq!(of, [[HandPart::Name]], "{what}");
            assert_eq!(puppet.variant().volumes.len(), count, "{what}");
            assert!(
                (floor_m2(&puppet) - floor).abs() < 1.0 + 2e-4 * floor,
                "{what}: {floor} became {}",
                floor_m2(&puppet)
            );
            // And it goes on living.
            value(&mut puppet, "setback_neighbour_m", 4.0);
            let of: Vec<_> = puppet.session().by_hand(only(&puppet)).into_values().map(|hand| hand.parts()).collect();
            assert_eq!(of, [[HandPart::Name]], "{what}, set back");
            puppet.run(Command::Undo);
        }
        puppet.sweep();
    }
}

/// A rectangle that is mirrored is the same rectangle: what lies in it says that it was mirrored.
#[test]
fn a_rectangle_mirrored_onto_itself_takes_its_block_along() {
    for id in ["T01", "T14", "T04", "T18", "T19"] {
        for operation in [Operation::Flip { east: true }, Operation::Flip { east: false }, Operation::Turn(180.0)] {
            let home = Home::new();
            let mut puppet = Puppet::drawing(&home);
            let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-plot"));
            let plot = edit.take_id();
            let outline = Outline::rectangle(point(0.0, 0.0), point(130.0, 90.0));
            edit.plot(maakblok::model::Plot::new(plot, "Werf", outline));
            apply(&mut puppet, edit.finish());
            puppet.act(Action::PlaceTypology(id.to_owned(), vec![plot]));
            let floor = floor_m2(&puppet);
            shape(&mut puppet, &[plot], operation);
            let what = format!("{id} after {operation:?}");
            assert_eq!(by_hand(&puppet, only(&puppet)), [""; 0], "{what}");
            value(&mut puppet, "setback_neighbour_m", 4.0);
            assert_eq!(by_hand(&puppet, only(&puppet)), [""; 0], "{what}, set back");
            value(&mut puppet, "setback_neighbour_m", 3.0);
            assert!((floor_m2(&puppet) - floor).abs() < 1.0, "{what}");
            no_floor_is_lost_or_doubled(&puppet);
        }
    }
}

#[test]
fn on_a_larger_plot_there_is_a_larger_block_and_no_stretched_one() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T05");
    let depth_m = |puppet: &Puppet| {
        let bounds = element(puppet, only(puppet), "row 1").footprint.bounds().expect("it has bounds");
        bounds.height_m().min(bounds.width_m())
    };
    assert!((depth_m(&puppet) - 24.0).abs() < 1e-6);
    shape(&mut puppet, &[plot], Operation::Resize(1.5));
    assert!((depth_m(&puppet) - 24.0).abs() < 1e-6, "{}", depth_m(&puppet));
    assert!(by_hand(&puppet, only(&puppet)).is_empty());
}

#[test]
fn an_outline_by_hand_goes_with_its_plot() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T01");
    let id = element(&puppet, only(&puppet), "row 1 roof 1").id;
    give_outline(&mut puppet, id, Outline::rectangle(point(10.0, 20.0), point(21.0, 44.0)));
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::ToolMove);
    puppet.click(0.0, 0.0);
    puppet.click(40.0, 10.0);
    let there = Outline::rectangle(point(50.0, 30.0), point(61.0, 54.0));
    assert!(puppet.volume_of(id).footprint.lies_as(&there, 1e-3), "{:?}", puppet.volume_of(id).footprint);
    value(&mut puppet, "roof_levels", 5.0);
    assert!(puppet.volume_of(id).footprint.lies_as(&there, 1e-3));
    assert_eq!(by_hand(&puppet, only(&puppet)), ["row 1 roof 1"]);
    puppet.sweep();
}

#[test]
fn what_goes_and_comes_back_has_all_that_it_had() {
    let home = Home::new();
    let (mut puppet, _) = placed(&home, "T01");
    let (roof, row) = {
        let recipe = only(&puppet);
        (element(&puppet, recipe, "row 3 roof 2"), element(&puppet, recipe, "row 3"))
    };
    let (roof, building) = (roof.id, row.building);
    puppet.act(Action::Dwellings(roof, Some(17)));
    puppet.act(Action::NameBuilding(building, "North works".to_owned()));
    let volume = Volume { code: "B-17".to_owned(), ..puppet.volume_of(roof).clone() };
    let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-move"));
    edit.volume(volume);
    apply(&mut puppet, edit.finish());
    value(&mut puppet, "rows", 2.0);
    assert!(!stands(&puppet, "row 3 roof 2"));
    said(&puppet, "Row 3 roof 2");
    value(&mut puppet, "rows", 3.0);
    let back = element(&puppet, only(&puppet), "row 3 roof 2").clone();
    assert_eq!((back.dwellings, back.code.as_str()), (Some(17), "B-17"));
    let building = puppet.variant().buildings.get(back.building).expect("it has one");
    assert_eq!(building.name, "North works");
    let row = element(&puppet, only(&puppet), "row 3");
    assert_eq!(row.building, back.building, "the row and what is on it are one building again");
    assert!(only(&puppet).aside.is_empty());
    puppet.sweep();
}

#[test]
fn a_pull_that_passes_places_where_things_have_no_room_leaves_no_trace() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T01");
    let roof = element(&puppet, only(&puppet), "row 3 roof 2").id;
    puppet.act(Action::Dwellings(roof, Some(17)));
    puppet.act(Action::Select(vec![roof]));
    puppet.run(Command::ToolCopy);
    puppet.click(0.0, 0.0);
    puppet.click(200.0, 0.0);
    puppet.types("2x");
    puppet.enter();
    assert_eq!(puppet.variant().arrays.len(), 1);
    puppet.run(Command::ToolSelect);
    puppet.act(Action::Select(vec![plot]));
    let before = puppet.text();
    // The eastern edge, in until one row is left, and out again.
    let edge = puppet.variant().plots.get(plot).expect("the plot").outline.edges().nth(1).expect("it is in the east");
    let at = (edge.0 + edge.1) / 2.0 + (edge.1 - edge.0) * 0.2;
    puppet.with_ctrl(|puppet| {
        puppet.press(at.x, at.y);
        puppet.hover(100.0, at.y);
        puppet.hover(45.0, at.y);
        assert!(!stands(puppet, "row 3 roof 2"));
        puppet.hover(at.x + 0.4, at.y);
        puppet.hover(at.x, at.y);
        puppet.release(at.x, at.y);
    });
    assert!(puppet.text() == before, "nothing happened");
    puppet.with_ctrl(|puppet| puppet.drag([at.x, at.y], [45.0, at.y]));
    said(&puppet, "kept aside until there is a place for them: Row 3 roof 2");
    puppet.run(Command::Undo);
    assert!(puppet.text() == before, "one step");
}

#[test]
fn after_a_while_too_small_a_plot_has_its_block_where_the_plot_is_then() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T01");
    let roof = element(&puppet, only(&puppet), "row 1 roof 1").id;
    puppet.act(Action::NameVolume(roof, "Mine".to_owned()));
    let give = |puppet: &mut Puppet, outline: Outline| {
        give_outline(puppet, plot, outline);
        puppet.act(Action::Select(vec![plot]));
    };
    give(&mut puppet, Outline::rectangle(point(0.0, 0.0), point(130.0, 4.0)));
    said(&puppet, "too small for the typology");
    // With all that stands on it.
    shape(&mut puppet, &[plot], Operation::Turn(90.0));
    let outline = puppet.variant().plots.get(plot).expect("the plot").outline.clone();
    let middle = outline.bounds().expect("it has bounds").centre();
    give(
        &mut puppet,
        Outline::rectangle(point(middle.x - 45.0, middle.y - 65.0), point(middle.x + 45.0, middle.y + 65.0)),
    );
    assert_eq!(by_hand(&puppet, only(&puppet)), ["row 1 roof 1"]);
    no_floor_is_lost_or_doubled(&puppet);
    // Another value while it is behind is refused, and does not mix outlines.
    give(&mut puppet, Outline::rectangle(point(0.0, 0.0), point(4.0, 130.0)));
    let id = only(&puppet).id;
    let before = puppet.text();
    puppet.act(Action::Recipe(id, RecipeStep::Value("roof_levels".to_owned(), Some(7.0))));
    assert_eq!(puppet.text(), before);
    assert!(puppet.complaint().text.contains("cannot be made"));
}

#[test]
fn a_copy_of_a_plot_has_the_typology_and_what_was_done_by_hand() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T01");
    let roof = element(&puppet, only(&puppet), "row 1 roof 1").id;
    puppet.act(Action::Storeys(vec![roof], StoreyChange::Use(0, "school".into())));
    let gone = element(&puppet, only(&puppet), "row 2 roof 1").id;
    puppet.act(Action::Select(vec![gone]));
    puppet.run(Command::Delete);
    let hands = by_hand(&puppet, only(&puppet));
    assert_eq!(hands, ["row 1 roof 1", "row 2 roof 1"]);
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::Duplicate);
    let is_plot = |puppet: &Puppet, id: &Id| puppet.variant().plots.contains(*id);
    let copy = puppet.selected().into_iter().find(|id| is_plot(&puppet, id)).expect("the copy of the plot");
    assert_eq!(by_hand(&puppet, on(&puppet, copy)), hands);
    no_floor_is_lost_or_doubled(&puppet);
}

#[test]
fn what_is_copied_to_the_clipboard_is_pasted_with_its_typology() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T14");
    let tooth = element(&puppet, only(&puppet), "tooth 1").id;
    puppet.act(Action::NameVolume(tooth, "Joinery".to_owned()));
    puppet.act(Action::Select(vec![plot]));
    let text = puppet.copies(Command::ClipCut);
    assert!(puppet.variant().volumes.is_empty(), "what the typology made went with its plot");
    puppet.pastes(Command::Paste, &text);
    assert_eq!(by_hand(&puppet, only(&puppet)), ["tooth 1"]);
    value(&mut puppet, "spine_levels", 4.0);
    assert_eq!(element(&puppet, only(&puppet), "spine").storeys.len(), 4);
    no_floor_is_lost_or_doubled(&puppet);
}

#[test]
fn nothing_is_left_in_the_air_or_on_a_plot_that_goes() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T01");
    let before = puppet.text();
    let row = element(&puppet, only(&puppet), "row 2").id;
    puppet.act(Action::Select(vec![row]));
    puppet.run(Command::Delete);
    assert!(!stands(&puppet, "row 2 roof 1") && !stands(&puppet, "row 2 roof 2") && stands(&puppet, "row 1 roof 1"));
    no_floor_is_lost_or_doubled(&puppet);
    // What stood on it comes back, and with it what carries it.
    let id = only(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Reset("row 2 roof 1".to_owned(), None)));
    assert!(stands(&puppet, "row 2") && stands(&puppet, "row 2 roof 1"));
    no_floor_is_lost_or_doubled(&puppet);
    puppet.run(Command::Undo);
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::Delete);
    let v = puppet.variant();
    assert!(v.volumes.is_empty() && v.buildings.is_empty() && v.surfaces.is_empty() && v.recipes.is_empty());
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
}

#[test]
fn a_corner_put_into_a_plot_leaves_the_other_wings_what_they_are() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T19");
    let wings: Vec<(String, Id)> = only(&puppet).elements.iter().map(|(key, id)| (key.clone(), *id)).collect();
    let north =
        wings.iter().filter(|(key, _)| key.starts_with("wing") && !key.contains("access") && !key.contains("ground"));
    let northern = |puppet: &Puppet, id: Id| {
        puppet.variant().outline(id).and_then(Outline::bounds).map_or(f64::NEG_INFINITY, |bounds| bounds.centre().y)
    };
    let (key, id) = north
        .max_by(|a, b| northern(&puppet, a.1).total_cmp(&northern(&puppet, b.1)))
        .cloned()
        .expect("there is a wing in the north");
    puppet.act(Action::NameVolume(id, "North wing".to_owned()));
    let outline = puppet.variant().plots.get(plot).expect("the plot").outline.clone();
    let mut points = outline.outer().to_vec();
    let (a, b) = (points[0], points[1]);
    points.insert(1, (a + b) / 2.0 + point(0.0, -6.0));
    give_outline(&mut puppet, plot, Outline::from_points(points));
    assert_eq!(by_hand(&puppet, only(&puppet)), [key]);
    let bounds = puppet.volume_of(id).footprint.bounds().expect("it has bounds");
    assert!(bounds.min.y > 50.0, "it still lies in the north: {bounds:?}");
}

#[test]
fn names_stay_in_the_language_that_they_were_given_in() {
    let home = Home::new();
    let (mut puppet, _) = placed(&home, "T01");
    puppet.studio.settings.lang = Lang::Fr;
    value(&mut puppet, "rows", 2.0);
    value(&mut puppet, "rows", 3.0);
    assert_eq!(element(&puppet, only(&puppet), "row 3").name, "Row 3");
    assert!(by_hand(&puppet, only(&puppet)).is_empty());
}

#[test]
fn what_was_done_by_hand_is_taken_back_one_by_one() {
    let home = Home::new();
    let (mut puppet, _) = placed(&home, "T01");
    let roof = element(&puppet, only(&puppet), "row 1 roof 1").id;
    puppet.act(Action::Storeys(vec![roof], StoreyChange::Use(0, "school".into())));
    puppet.act(Action::Storeys(vec![roof], StoreyChange::Use(2, "office".into())));
    puppet.act(Action::NameVolume(roof, "School".to_owned()));
    let parts = |puppet: &Puppet| {
        let hands = puppet.session().by_hand(only(puppet));
        hands.get("row 1 roof 1").map(ByHand::parts).unwrap_or_default()
    };
    assert_eq!(parts(&puppet), [HandPart::Name, HandPart::Storey(0), HandPart::Storey(2)]);
    let hands = puppet.session().by_hand(only(&puppet));
    let words = |part| hand_words(&hands["row 1 roof 1"], part, puppet.session().library(), Lang::En);
    assert_eq!(words(HandPart::Name), "called School");
    assert_eq!(words(HandPart::Storey(2)), "Storey 2: office, 3.70\u{202f}m");
    let id = only(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Reset("row 1 roof 1".to_owned(), Some(HandPart::Storey(2)))));
    assert_eq!(parts(&puppet), [HandPart::Name, HandPart::Storey(0)]);
    puppet.act(Action::Recipe(id, RecipeStep::Reset("row 1 roof 1".to_owned(), Some(HandPart::Name))));
    assert_eq!(parts(&puppet), [HandPart::Storey(0)]);
    puppet.act(Action::Recipe(id, RecipeStep::Reset("row 1 roof 1".to_owned(), None)));
    assert!(parts(&puppet).is_empty());
    puppet.sweep();
}

/// Walks through the values of every typology; after every step each building has what belongs to it and nothing else.
#[test]
fn every_typology_is_sound_on_its_way_through_values() {
    let mut random = Random::new(11);
    for typology in Typology::built_in() {
        let home = Home::new();
        let (mut puppet, _) = placed(&home, &typology.id);
        let generator = Generator::named(&typology.generator).expect("there is one");
        let params = generator.params();
        for step in 0..12 {
            let param = *random.pick(&params);
            let [low, high] = param.range;
            let id = only(&puppet).id;
            let to = param.sound(random.within(low, high.min(low + 40.0)));
            puppet.act(Action::Recipe(id, RecipeStep::Value(param.key.to_owned(), Some(to))));
            puppet.studio.notices.clear();
            puppet.sweep();
            let v = puppet.variant();
            let made = made_by(only(&puppet), puppet.session().library()).expect("it can be made");
            let mut of: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
            for volume in &made.volumes {
                let id = only(&puppet).elements[&volume.element];
                of.entry(&volume.building).or_default().insert(v.volumes.get(id).expect("it stands").building);
            }
            let what = format!("{} after step {step}, {} {to}", typology.id, param.key);
            assert!(of.values().all(|ids| ids.len() == 1), "{what}: {of:?}");
            assert_eq!(of.values().flatten().collect::<BTreeSet<_>>().len(), v.buildings.len(), "{what}: {of:?}");
            assert!(puppet.session().by_hand(only(&puppet)).is_empty(), "{what}");
        }
    }
}

#[test]
fn the_check_knows_typologies() {
    let home = Home::new();
    let (puppet, plot) = placed(&home, "T05");
    let mut project = puppet.session().project().clone();
    let recipe = only(&puppet).clone();
    let second = Recipe { id: Id(900), ..recipe.clone() };
    let third = Recipe { id: Id(901), plot: Id(77), ..recipe };
    let variant = &mut project.variants[0];
    variant.recipes = variant.recipes.iter().map(|recipe| Recipe::clone(recipe)).chain([second, third]).collect();
    let faults: Vec<String> = check(&project).iter().map(|fault| fault.text(Lang::En)).collect();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("another typology is at work"), "{faults:?}");
    assert!(faults[1].contains("77"), "{faults:?}");
    assert!(check(puppet.session().project()).is_empty(), "{plot}");
}

#[test]
fn a_plinth_put_together_with_a_hall_still_carries_its_homes() {
    let home = Home::new();
    let (mut puppet, _) = placed(&home, "T01");
    let row = element(&puppet, only(&puppet), "row 3").id;
    let bounds = puppet.volume_of(row).footprint.bounds().expect("it has bounds");
    // A larger hall beside it, of the same height.
    let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-draw"));
    let (id, building) = (edit.take_id(), puppet.volume_of(row).building);
    let outline = Outline::rectangle(point(bounds.min.x - 30.0, 3.0), point(bounds.max.x - 5.0, 87.0));
    let storeys = puppet.volume_of(row).storeys.clone();
    edit.volume(Volume { storeys, ..Volume::new(id, building, "Hall", outline) });
    apply(&mut puppet, edit.finish());
    shape(&mut puppet, &[id, row], Operation::Union);
    assert!(!stands(&puppet, "row 3"));
    let homes = element(&puppet, only(&puppet), "row 3 roof 1").id;
    value(&mut puppet, "roof_levels", 5.0);
    assert_eq!(puppet.volume_of(homes).storeys.len(), 5, "what carries it is there");
    assert!((puppet.volume_of(homes).base_m - 6.6).abs() < 1e-9);
    puppet.sweep();
}

#[test]
fn a_typology_goes_over_to_a_larger_empty_plot_that_its_plot_is_joined_with() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T14");
    let before_m2 = floor_m2(&puppet);
    let east = puppet.variant().plots.get(plot).expect("the plot").outline.bounds().expect("it has bounds").max.x;
    let mut edit = EditBuilder::new(puppet.session().project(), puppet.variant().id, Label::new("edit-plot"));
    let larger = edit.take_id();
    let outline = Outline::rectangle(point(east, 0.0), point(east + 140.0, 70.0));
    edit.plot(maakblok::model::Plot::new(larger, "Larger", outline));
    apply(&mut puppet, edit.finish());
    shape(&mut puppet, &[plot, larger], Operation::Union);
    assert_eq!(only(&puppet).plot, larger);
    assert!(floor_m2(&puppet) > 1.5 * before_m2, "{} after {before_m2}", floor_m2(&puppet));
    no_floor_is_lost_or_doubled(&puppet);
}

#[test]
fn what_was_moved_by_hand_goes_with_the_part_of_a_split_plot_that_it_lies_on() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T14");
    let teeth: Vec<(String, Id)> = only(&puppet)
        .elements
        .iter()
        .filter(|(key, _)| key.starts_with("tooth") && !key.ends_with("entrance"))
        .map(|(key, id)| (key.clone(), *id))
        .collect();
    for (_, id) in &teeth {
        let outline =
            puppet.volume_of(*id).footprint.transformed(&maakblok::geometry::Transform::translation(point(0.5, 0.0)));
        give_outline(&mut puppet, *id, outline);
    }
    shape(&mut puppet, &[plot], Operation::SplitInto(2));
    let v = puppet.variant();
    for (key, id) in &teeth {
        let volume = v.volumes.get(*id).unwrap_or_else(|| panic!("{key} is not lost"));
        let on = v.plot_of(volume).and_then(|plot| v.plots.get(plot)).expect("it is on a plot");
        let at = volume.footprint.inner_point().expect("it has an inside");
        assert!(on.outline.contains(at), "{key} counts where it stands");
    }
    let overlaps: Vec<String> = check(puppet.session().project())
        .iter()
        .map(|fault| fault.text(Lang::En))
        .filter(|text| text.contains("overlap"))
        .collect();
    assert!(overlaps.len() <= 1, "nothing is built over it: {overlaps:#?}");
}

#[test]
fn a_basement_and_a_storey_more_stay_while_the_typology_says_how_many() {
    let home = Home::new();
    let (mut puppet, _) = placed(&home, "T05");
    let row = element(&puppet, only(&puppet), "row 1").id;
    puppet.act(Action::Storeys(vec![row], StoreyChange::AddBasement));
    puppet.act(Action::Storeys(vec![row], StoreyChange::Use(3, "office".into())));
    puppet.act(Action::Storeys(vec![row], StoreyChange::DuplicateTop));
    let parts = |puppet: &Puppet| puppet.session().by_hand(only(puppet))["row 1"].parts();
    assert_eq!(
        parts(&puppet),
        [HandPart::Levels, HandPart::Below, HandPart::Storey(-1), HandPart::Storey(2), HandPart::Storey(5)]
    );
    let uses = |puppet: &Puppet| -> Vec<String> {
        puppet.volume_of(row).storeys.iter().map(|s| s.uses.main().expect("a use").to_string()).collect()
    };
    let before = uses(&puppet);
    assert_eq!((before.len(), before[3].as_str()), (7, "office"));
    value(&mut puppet, "levels", 7.0);
    assert_eq!(uses(&puppet).len(), 9, "seven, one more and a basement");
    assert_eq!(uses(&puppet)[3], "office");
    value(&mut puppet, "levels", 5.0);
    assert_eq!(uses(&puppet), before);
    let id = only(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Reset("row 1".to_owned(), Some(HandPart::Below))));
    assert_eq!(uses(&puppet), before[1..], "only the basement goes");
    puppet.sweep();
}

#[test]
fn known_dwellings_follow_what_is_done_to_their_storeys() {
    let home = Home::new();
    let (mut puppet, _) = placed(&home, "T18");
    let plot = only(&puppet).plot;
    puppet.act(Action::PlaceTypology(format!("T18{}", maakblok::studio::AS_BUILT), vec![plot]));
    let roof = element(&puppet, only(&puppet), "row 1 roof 1").clone();
    let known = roof.dwellings.expect("their size is known");
    puppet.act(Action::Storeys(vec![roof.id], StoreyChange::Use(0, "office".into())));
    let at_once = puppet.volume_of(roof.id).dwellings.expect("there are still homes");
    assert!(at_once < known, "{at_once} of {known}");
    value(&mut puppet, "setback_neighbour_m", 3.5);
    let now = puppet.volume_of(roof.id).dwellings.expect("there are still homes");
    assert!(now < known, "{now} of {known}: a storey of offices has none");
    assert_eq!(puppet.session().by_hand(only(&puppet))["row 1 roof 1"].parts(), [HandPart::Storey(0)]);
    puppet.act(Action::Dwellings(roof.id, None));
    value(&mut puppet, "setback_neighbour_m", 3.0);
    assert_eq!(puppet.volume_of(roof.id).dwellings, None, "taken away it stays away");
}

#[test]
fn a_relation_waits_for_what_comes_back() {
    let home = Home::new();
    let (mut puppet, _) = placed(&home, "T01");
    let ids = ["row 1", "row 3"].map(|key| element(&puppet, only(&puppet), key).id);
    puppet.act(Action::Relate(ids.to_vec(), maakblok::model::RelationKind::Either));
    value(&mut puppet, "rows", 2.0);
    value(&mut puppet, "rows", 3.0);
    assert_eq!(element(&puppet, only(&puppet), "row 3").id, ids[1], "it has its number again");
    let relation = puppet.variant().relations.iter().next().expect("it is there");
    assert_eq!(relation.is_drawn(puppet.variant(), puppet.session().library()), Some(true));
    puppet.sweep();
}

#[test]
fn what_is_locked_is_not_taken_away_or_made_anew() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T01");
    let layers = puppet.session().project().layers.clone().with_locked(LayerKind::Volumes, true);
    puppet.act(Action::Layers(layers));
    let before: Vec<Volume> = puppet.variant().volumes.iter().map(|volume| Volume::clone(volume)).collect();
    let now = |puppet: &Puppet| -> Vec<Volume> {
        puppet.variant().volumes.iter().map(|volume| Volume::clone(volume)).collect()
    };
    let id = only(&puppet).id;
    puppet.act(Action::Recipe(id, RecipeStep::Value("roof_levels".to_owned(), Some(2.0))));
    assert_eq!(now(&puppet), before);
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::Delete);
    assert_eq!(now(&puppet).len(), before.len());
}

#[test]
fn a_copy_has_numbers_of_its_own_also_for_what_there_is_none_of_just_now() {
    let home = Home::new();
    let (mut puppet, plot) = placed(&home, "T01");
    value(&mut puppet, "rows", 2.0);
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::Duplicate);
    let copy = puppet.selected().into_iter().find(|id| puppet.variant().plots.contains(*id)).expect("the copy");
    for of in [copy, plot] {
        let id = on(&puppet, of).id;
        puppet.act(Action::Recipe(id, RecipeStep::Value("rows".to_owned(), Some(3.0))));
    }
    assert_ne!(on(&puppet, plot).elements["row 3"], on(&puppet, copy).elements["row 3"]);
    no_floor_is_lost_or_doubled(&puppet);
}

/// What a file says of changes by hand may be anything: nothing panics, nothing grows without end.
#[test]
fn absurd_changes_by_hand_in_a_file_do_no_harm() {
    let home = Home::new();
    let (puppet, _) = placed(&home, "T05");
    let mut project = puppet.session().project().clone();
    let absurd = [
        ByHand { more_levels: Some(i32::MAX), ..ByHand::default() },
        ByHand { more_levels: Some(i32::MIN), below: Some(u32::MAX), ..ByHand::default() },
        ByHand { below: Some(2_147_483_648), base_m: Some(f64::NAN), ..ByHand::default() },
    ];
    for hand in absurd {
        let mut recipe = only(&puppet).clone();
        recipe.aside = [("row 1".to_owned(), hand.clone()), ("nobody 7".to_owned(), hand)].into();
        recipe.made_by = Some(2);
        project.variants[0].recipes = std::iter::once(recipe).collect();
        let home = Home::new();
        let path = home.path("absurd.maakblok");
        // A number that is none cannot be in a file; all else can.
        let Ok(bytes) = maakblok::io::native::write(&project) else { continue };
        std::fs::write(&path, bytes).expect("it can be written");
        let mut puppet = Puppet::opening(&home, &path);
        let before = puppet.variant().volumes.len();
        value(&mut puppet, "levels", 6.0);
        assert_eq!(puppet.variant().volumes.len(), before);
        let most = puppet.variant().volumes.iter().map(|volume| volume.storeys.len()).max();
        assert!(most.is_some_and(|most| most <= 2 * maakblok::model::limits::MOST_STOREYS), "{most:?}");
    }
}

/// Blocks of another version of the generators: all that stands is kept, and nothing is doubled.
#[test]
fn what_another_version_made_is_kept_as_it_stands() {
    let home = Home::new();
    let (puppet, _) = placed(&home, "T05");
    let mut project = puppet.session().project().clone();
    let recipe = Recipe { made_by: Some(2), ..only(&puppet).clone() };
    project.variants[0].recipes = std::iter::once(recipe).collect();
    let home = Home::new();
    let path = home.path("other.maakblok");
    std::fs::write(&path, maakblok::io::native::write(&project).expect("it can be written"))
        .expect("it can be written");
    let mut puppet = Puppet::opening(&home, &path);
    let floor = floor_m2(&puppet);
    value(&mut puppet, "setback_neighbour_m", 3.5);
    assert!((floor_m2(&puppet) - floor).abs() < 1.0, "{} for {floor}", floor_m2(&puppet));
}

/// Everything that can be done by hand, on every typology, through thirty walks of values: what was done stands or is kept.
#[test]
fn nothing_done_by_hand_is_lost_on_thirty_walks_through_all_typologies() {
    let mut random = Random::new(23);
    let all = Typology::built_in();
    for walk in 0..30 {
        let typology = &all[walk * 7 % all.len()];
        let home = Home::new();
        let (mut puppet, _) = placed(&home, &typology.id);
        for _ in 0..5 {
            let standing: Vec<Id> =
                only(&puppet).elements.values().copied().filter(|id| puppet.variant().volumes.contains(*id)).collect();
            let id = *random.pick(&standing);
            match random.next() % 7 {
                0 => puppet.act(Action::Storeys(vec![id], StoreyChange::Use(0, "school".into()))),
                1 => puppet.act(Action::Storeys(vec![id], StoreyChange::Height(0, 5.25))),
                2 => puppet.act(Action::NameVolume(id, format!("Mine {walk}"))),
                3 => puppet.act(Action::Dwellings(id, Some(7))),
                4 => puppet.act(Action::Storeys(vec![id], StoreyChange::AddBasement)),
                5 => puppet.act(Action::Storeys(vec![id], StoreyChange::DuplicateTop)),
                _ => {
                    let by = maakblok::geometry::Transform::translation(point(0.75, 0.5));
                    let outline = puppet.volume_of(id).footprint.transformed(&by);
                    give_outline(&mut puppet, id, outline);
                }
            }
        }
        let done = puppet.session().by_hand(only(&puppet));
        assert!(!done.is_empty());
        let generator = Generator::named(&typology.generator).expect("there is one");
        let params = generator.params();
        for step in 0..6 {
            let param = *random.pick(&params);
            let to = param.sound(random.within(param.range[0], param.range[1].min(param.range[0] + 40.0)));
            let id = only(&puppet).id;
            puppet.act(Action::Recipe(id, RecipeStep::Value(param.key.to_owned(), Some(to))));
            puppet.studio.notices.clear();
            let here = puppet.session().by_hand(only(&puppet));
            let what = format!("{} on walk {walk}, step {step}: {} {to}", typology.id, param.key);
            for (key, hand) in &done {
                let now = [here.get(key), only(&puppet).aside.get(key)];
                let holds = |is: &dyn Fn(&ByHand) -> bool| now.into_iter().flatten().any(is);
                let stands = only(&puppet).elements.get(key).and_then(|id| puppet.variant().volumes.get(*id));
                for part in hand.parts() {
                    let is_kept = match part {
                        HandPart::Name => holds(&|now| now.name == hand.name),
                        HandPart::Outline => holds(&|now| now.outline == hand.outline),
                        HandPart::Dwellings => holds(&|now| now.dwellings == hand.dwellings),
                        HandPart::Below => holds(&|now| now.below == hand.below),
                        HandPart::Levels => holds(&|now| now.more_levels == hand.more_levels),
                        HandPart::Base => holds(&|now| now.base_m == hand.base_m),
                        HandPart::Storey(level) => {
                            let wanted = &hand.storeys[&level];
                            // What is made by now as it was done by hand is not by hand any more.
                            let there = |volume: &&std::sync::Arc<Volume>| volume.storeys.contains(wanted);
                            // A storey more is the topmost, wherever that is by now.
                            let is_more = hand.more_levels.is_some();
                            let same = |now: &ByHand| now.storeys.get(&level) == Some(wanted);
                            let moved = |now: &ByHand| is_more && now.storeys.values().any(|storey| storey == wanted);
                            holds(&|now| same(now) || moved(now)) || stands.is_some_and(|v| there(&v))
                        }
                        _ => true,
                    };
                    assert!(is_kept, "{what}: {key} {part:?} of {hand:?}, now {now:?}");
                }
            }
        }
        puppet.sweep();
    }
}

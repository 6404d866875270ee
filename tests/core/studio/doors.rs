//! Entrances that typologies make: they belong to what they lead to, and a door moved by hand stays where it was put.

use maakblok::geometry::{distance_m, point};
use maakblok::library::Typology;
use maakblok::model::{At, Id, Recipe};
use maakblok::studio::{Action, Command, RecipeStep};

use crate::puppet::{Home, Puppet};

/// Wings round a court on the plot that they are at home on.
fn court(home: &Home) -> (Puppet, Id) {
    let mut puppet = Puppet::drawing(home);
    let [width_m, depth_m] = Typology::named("T19").expect("there is one").usual_plot_m;
    let plot = puppet.plot([0.0, 0.0], [width_m, depth_m]);
    puppet.act(Action::PlaceTypology("T19".to_owned(), vec![plot]));
    puppet.no_complaints();
    (puppet, plot)
}

fn recipe(puppet: &Puppet) -> &Recipe {
    puppet.variant().recipes.iter().next().expect("a typology is at work")
}

fn id(puppet: &Puppet, element: &str) -> Id {
    recipe(puppet).elements[element]
}

fn place(puppet: &Puppet, door: Id) -> Option<At> {
    puppet.variant().entrances.get(door).map(|door| door.at)
}

fn by_hand(puppet: &Puppet) -> Vec<String> {
    puppet.session().by_hand(recipe(puppet)).into_keys().collect()
}

fn set(puppet: &mut Puppet, step: RecipeStep) {
    let id = recipe(puppet).id;
    puppet.act(Action::Recipe(id, step));
    puppet.no_complaints();
}

#[test]
fn a_wing_that_is_deleted_takes_its_doors_and_brings_them_back() {
    let home = Home::new();
    let (mut puppet, _) = court(&home);
    let (wing, door) = (id(&puppet, "wing 2"), id(&puppet, "wing 2 entrance"));
    let there = place(&puppet, door);
    assert!(there.is_some());
    puppet.act(Action::Select(vec![wing]));
    puppet.run(Command::Delete);
    assert_eq!((place(&puppet, door), by_hand(&puppet)), (None, vec!["wing 2".to_owned()]));
    set(&mut puppet, RecipeStep::Value("levels".to_owned(), Some(6.0)));
    assert_eq!((place(&puppet, door), by_hand(&puppet)), (None, vec!["wing 2".to_owned()]));
    set(&mut puppet, RecipeStep::Reset("wing 2".to_owned(), None));
    assert_eq!((place(&puppet, door), id(&puppet, "wing 2")), (there, wing));
    assert!(by_hand(&puppet).is_empty());
}

#[test]
fn a_door_goes_along_with_its_wall_and_stays_where_a_hand_put_it() {
    let home = Home::new();
    let (mut puppet, plot) = court(&home);
    let (wing, door) = (id(&puppet, "wing 2"), id(&puppet, "wing 2 entrance"));
    let was = place(&puppet, door).expect("it is there").0;
    puppet.run(Command::ToolSelect);
    // The wing is dragged: its door is still in its wall.
    let middle = puppet.volume_of(wing).footprint.inner_point().expect("it has an inside");
    puppet.act(Action::Select(vec![wing]));
    puppet.drag([middle.x, middle.y], [middle.x + 6.0, middle.y]);
    assert_ne!(puppet.volume_of(wing).footprint.inner_point(), Some(middle));
    let now = place(&puppet, door).expect("it is there").0;
    assert!(distance_m(now, was) > 0.5, "it went along");
    assert!(puppet.volume_of(wing).footprint.distance_to_edge_m(now) < 0.01);
    puppet.run(Command::Undo);
    assert_eq!(place(&puppet, door), Some(At(was)));
    // Its sign lies outside the wall, and a click on that means it.
    puppet.scale(4.0);
    puppet.act(Action::Select(Vec::new()));
    puppet.click(was.x - 1.8, was.y);
    assert_eq!(puppet.selected(), [door]);
    // The door alone is dragged along the wall, and another height of the storeys leaves it there.
    puppet.act(Action::Select(vec![door]));
    puppet.drag([was.x, was.y], [was.x, was.y + 5.0]);
    let put = place(&puppet, door).expect("it is there");
    assert!(distance_m(put.0, point(was.x, was.y + 5.0)) < 0.6, "{put:?}");
    assert_eq!(by_hand(&puppet), ["wing 2 entrance"]);
    set(&mut puppet, RecipeStep::Value("levels".to_owned(), Some(7.0)));
    assert_eq!(place(&puppet, door), Some(put));
    // Moved with its plot, it is where it was on it; a copy of the plot has copies of all doors.
    let count = puppet.variant().entrances.len();
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::ToolMove);
    puppet.click(0.0, 0.0);
    puppet.click(200.0, 30.0);
    assert_eq!(place(&puppet, door), Some(At(put.0 + point(200.0, 30.0))));
    assert_eq!(by_hand(&puppet), ["wing 2 entrance"]);
    puppet.run(Command::Duplicate);
    assert_eq!(puppet.variant().entrances.len(), 2 * count);
}

//! Charts of what is open.

use maakblok::chart::{About, ChartId};
use maakblok::edit::{EditBuilder, Label};
use maakblok::geometry::{Outline, point};
use maakblok::measure::FigureId;
use maakblok::model::{Id, State, Storey, UseShare, Uses, Volume};
use maakblok::studio::{Action, ChartWish, StoreyChange};

use crate::puppet::{Home, Puppet};

#[test]
fn the_chart_of_a_large_project_is_made_beside_the_drawing_and_is_the_same() {
    let home = Home::new();
    let mut puppet = Puppet::opening(&home, &{
        let path = home.path("many.maakblok");
        let district = crate::synthetic::project(2_000, 7);
        std::fs::write(&path, maakblok::io::native::write(&district).unwrap()).unwrap();
        path
    });
    let wish = ChartWish::for_file(ChartId::Buildings);
    puppet.act(Action::Chart(Some(ChartId::Buildings)));
    let shown = puppet.studio.follow_chart(wish).expect("it is made");
    let fresh = puppet.studio.chart(wish).unwrap();
    assert_eq!((shown.table.len() > 1_000, &shown.table), (true, &fresh.table));
    let first = puppet.variant().volumes.iter().next().unwrap().id;
    puppet.act(Action::Storeys(vec![first], StoreyChange::Add));
    let after = puppet.studio.follow_chart(wish).unwrap();
    assert_ne!(after.table, shown.table, "it follows");
}

/// A house of three storeys, and a podium of two with a tower of two on it.
fn podium_and_house(home: &Home) -> (Puppet, [Id; 3]) {
    let mut puppet = Puppet::drawing(home);
    puppet.plot([0.0, 0.0], [100.0, 60.0]);
    let house = puppet.volume([5.0, 5.0], [20.0, 20.0]);
    let podium = puppet.volume([40.0, 5.0], [80.0, 45.0]);
    for (id, storeys) in [(house, 3), (podium, 2)] {
        for _ in 1..storeys {
            puppet.act(Action::Storeys(vec![id], StoreyChange::Add));
        }
    }
    let session = puppet.studio.session_mut().expect("it is open");
    let (base_m, building) = {
        let below = session.variant().volumes.get(podium).expect("the podium");
        (below.top_m(), below.building)
    };
    let mut edit = EditBuilder::new(session.project(), session.variant().id, Label::new("edit-storeys"));
    let tower = edit.take_id();
    let mut volume = Volume::new(tower, building, "Tower", Outline::rectangle(point(45.0, 10.0), point(60.0, 25.0)));
    (volume.base_m, volume.storeys) = (base_m, vec![Storey::new("office", 3.5); 2]);
    edit.volume(volume);
    session.apply(edit.finish()).expect("it fits");
    (puppet, [house, podium, tower])
}

fn clicked(puppet: &mut Puppet, about: About) -> (Vec<Id>, String, bool) {
    let before = puppet.notices().len();
    puppet.act(Action::SelectAbout(about));
    let told = puppet.notices()[before..].iter().any(|said| said.starts_with("Whole buildings"));
    (puppet.selected(), puppet.session().selection().levels().text(), told)
}

#[test]
fn a_bar_selects_the_storeys_that_it_counts_and_says_where_it_cannot() {
    let home = Home::new();
    let (mut puppet, [house, podium, tower]) = podium_and_house(&home);
    assert_eq!(clicked(&mut puppet, About::Level(1)), (vec![house, podium], "1".to_owned(), false));
    // Level 2 is the third storey of the house and the first of the tower.
    assert_eq!(clicked(&mut puppet, About::Level(2)), (vec![house, tower], String::new(), true));
    // The tower alone, and all of it: that is the volume.
    assert_eq!(clicked(&mut puppet, About::Use("office".into())), (vec![tower], String::new(), false));
    assert_eq!(clicked(&mut puppet, About::Whole), (vec![house, podium, tower], String::new(), false));
    let goes = || About::States(&[State::Removed]);
    assert_eq!(clicked(&mut puppet, goes()), (vec![], String::new(), false));
    puppet.act(Action::Storeys(vec![house], StoreyChange::State(2, State::Removed)));
    assert_eq!(clicked(&mut puppet, goes()), (vec![house], "2".to_owned(), false));
}

#[test]
fn of_a_mixed_storey_only_what_counts_is_lit() {
    let home = Home::new();
    let (mut puppet, [house, ..]) = podium_and_house(&home);
    let mixed = Uses::new([("housing", 0.5), ("office", 0.5)].map(|(id, share)| UseShare { id: id.into(), share }));
    puppet.act(Action::Storeys(vec![house], StoreyChange::Uses(1, mixed, true)));
    puppet.act(Action::Explain(Some(FigureId::Jobs.into())));
    let session = puppet.session();
    let lit = session.lit().expect("it is explained");
    let of = |id: &str| session.library().get(&id.into()).expect("it is known");
    assert!(lit.storey(house, 1));
    assert_eq!((lit.part(house, 1, of("office")), lit.part(house, 1, of("housing"))), (true, false));
}

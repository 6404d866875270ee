//! Charts of what is open.

use maakblok::chart::ChartId;
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

//! Relations between volumes in the studio: named, followed, kept in files.

use maakblok::io::native;
use maakblok::model::{Id, RelationKind};
use maakblok::studio::{Action, Command, relations_of};

use crate::puppet::{Home, Puppet};

fn kinds(puppet: &Puppet, id: Id) -> Vec<RelationKind> {
    relations_of(puppet.variant(), id).map(|relation| relation.kind).collect()
}

#[test]
fn a_relation_is_named_follows_its_volumes_and_goes_with_the_last_two() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 200.0], [90.0, 260.0]);
    let hall = puppet.volume([5.0, 205.0], [35.0, 225.0]);
    let homes = puppet.volume([5.0, 205.0], [20.0, 225.0]);
    let office = puppet.volume([50.0, 205.0], [80.0, 225.0]);
    let start = puppet.text();
    puppet.act(Action::Relate(vec![hall, homes], RelationKind::And));
    puppet.act(Action::Relate(vec![hall, office, homes], RelationKind::Either));
    assert_eq!(kinds(&puppet, hall), [RelationKind::And, RelationKind::Either]);
    let drawn = |puppet: &Puppet| -> Vec<Option<bool>> {
        relations_of(puppet.variant(), hall)
            .map(|of| of.is_drawn(puppet.variant(), puppet.session().library()))
            .collect()
    };
    assert_eq!(drawn(&puppet), [Some(true), Some(false)]);
    // The same volumes have one relation: the later.
    puppet.act(Action::Relate(vec![homes, hall], RelationKind::Or));
    assert_eq!(kinds(&puppet, hall), [RelationKind::Or, RelationKind::Either]);
    puppet.sweep();
    // In the file and out of it.
    let bytes = native::write(puppet.session().project()).expect("it can be written");
    assert_eq!(native::read(&bytes).expect("it can be read").project, *puppet.session().project());
    // One goes: of two none is left, of three two are.
    puppet.act(Action::Select(vec![homes]));
    puppet.run(Command::Delete);
    assert_eq!(kinds(&puppet, hall), [RelationKind::Either]);
    assert_eq!(drawn(&puppet), [Some(true)]);
    puppet.sweep();
    let id = relations_of(puppet.variant(), hall).next().expect("there is one").id;
    puppet.act(Action::Unrelate(id));
    assert!(kinds(&puppet, hall).is_empty());
    // One alone is no pair, but may be kept free of homes.
    puppet.act(Action::Relate(vec![hall], RelationKind::And));
    assert!(kinds(&puppet, hall).is_empty());
    puppet.act(Action::Relate(vec![hall], RelationKind::Nor));
    assert_eq!(drawn(&puppet), [Some(true)]);
    while puppet.text() != start {
        puppet.run(Command::Undo);
    }
}

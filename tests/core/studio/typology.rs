//! Typologies put on plots in the studio.

use maakblok::library::Typology;
use maakblok::studio::{Action, Command};

use crate::puppet::{Home, Puppet};

#[test]
fn a_typology_stands_on_its_plot_as_one_step() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [130.0, 90.0]);
    let before = puppet.text();
    puppet.act(Action::PlaceTypology("T01".to_owned(), vec![plot]));
    puppet.no_complaints();
    let v = puppet.variant();
    assert_eq!((v.volumes.len(), v.buildings.len(), v.surfaces.len(), v.goods_access.len()), (9, 3, 2, 2));
    assert!(v.buildings.iter().all(|building| building.plot == Some(plot)));
    let mut names: Vec<&str> = v.volumes.iter().map(|volume| volume.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names[..3], ["Row 1", "Row 1 roof 1", "Row 1 roof 2"]);
    assert!(puppet.notices().iter().any(|said| said.contains("Placed: Workshop plinth")));
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before, "all of it was one step");
    puppet.run(Command::Redo);
    assert_eq!(puppet.variant().volumes.len(), 9);
}

#[test]
fn nothing_is_put_where_buildings_stand_or_no_block_fits() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [60.0, 40.0]);
    puppet.volume([10.0, 10.0], [30.0, 30.0]);
    let sliver = puppet.plot([0.0, 100.0], [60.0, 104.0]);
    let before = puppet.text();
    for typology in Typology::built_in() {
        puppet.act(Action::PlaceTypology(typology.id.clone(), vec![plot, sliver]));
        let complaint = puppet.complaint();
        assert!(complaint.details.iter().any(|said| said.contains("there are buildings already")), "{complaint:?}");
        assert!(complaint.details.iter().any(|said| said.contains("nowhere wide enough")), "{complaint:?}");
        assert_eq!(puppet.text(), before);
    }
    puppet.act(Action::PlaceTypology("T99".to_owned(), vec![plot]));
    assert_eq!(puppet.text(), before, "there is no such typology");
}

#[test]
fn what_a_plot_has_no_room_for_is_said() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [45.0, 40.0]);
    puppet.act(Action::PlaceTypology("T02".to_owned(), vec![plot]));
    assert!(puppet.notices().iter().any(|said| said.contains("towers: room for 1 of 2")), "{:?}", puppet.notices());
}

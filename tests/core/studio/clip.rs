//! Out to the clipboard and in again: beside the pointer or in place, in another variant, another project.

use maakblok::io::native;
use maakblok::library::UseId;
use maakblok::model::LayerKind;
use maakblok::studio::{Action, Command, StoreyChange};

use super::block;
use crate::puppet::{Home, Puppet, has_corners};

#[test]
fn what_was_copied_is_pasted_at_the_pointer_under_a_free_name_and_on_the_plot_there() {
    let home = Home::new();
    let (mut puppet, plot, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    let text = puppet.copies(Command::ClipCopy);
    let before = puppet.text();
    puppet.hover(50.0, 60.0);
    puppet.pastes(Command::Paste, &text);
    let [new] = puppet.selected()[..] else { panic!("one thing was pasted") };
    let volume = puppet.volume_of(new);
    // 30 by 10 metres about the pointer.
    has_corners(&volume.footprint, &[[35.0, 55.0], [65.0, 55.0], [65.0, 65.0], [35.0, 65.0]]);
    assert_ne!(volume.building, puppet.volume_of(a).building);
    assert_eq!(puppet.variant().plot_of(volume), Some(plot));
    assert_eq!((volume.name.as_str(), puppet.volume_of(a).name.as_str()), ("Hall 3", "Hall 1"));
    assert_eq!(volume.storeys, puppet.volume_of(a).storeys);
    puppet.there_and_back_to(&before, 1);
    // With the pointer elsewhere it comes to the middle of what is seen.
    puppet.hover(5000.0, 0.0);
    puppet.pastes(Command::Paste, &text);
    let new = puppet.selected()[0];
    has_corners(&puppet.volume_of(new).footprint, &[[-15.0, -5.0], [15.0, -5.0], [15.0, 5.0], [-15.0, 5.0]]);
}

#[test]
fn what_was_cut_comes_back_in_place_with_what_stands_on_it() {
    let home = Home::new();
    let (mut puppet, _, a, b) = block(&home);
    let upper = puppet.volume([12.0, 12.0], [20.0, 18.0]);
    puppet.act(Action::Select(vec![a]));
    let before = puppet.text();
    let text = puppet.copies(Command::ClipCut);
    assert!(!puppet.variant().has(a) && !puppet.variant().has(upper) && puppet.variant().has(b));
    puppet.there_and_back_to(&before, 1);
    puppet.pastes(Command::PasteInPlace, &text);
    assert_eq!(puppet.selected().len(), 2);
    let [lower, upper] = puppet.selected()[..] else { panic!("two") };
    has_corners(&puppet.volume_of(lower).footprint, &[[10.0, 10.0], [40.0, 10.0], [40.0, 20.0], [10.0, 20.0]]);
    assert_eq!(puppet.volume_of(lower).name, "Hall 1", "the name is free again");
    assert_eq!(puppet.volume_of(upper).base_m, 5.0);
    assert_eq!(puppet.volume_of(upper).building, puppet.volume_of(lower).building, "one building as before");
    // In another variant too.
    puppet.run(Command::NewVariant);
    puppet.run(Command::SelectAll);
    puppet.run(Command::Delete);
    puppet.pastes(Command::PasteInPlace, &text);
    assert_eq!(puppet.variant().volumes.len(), 2);
}

#[test]
fn another_project_elsewhere_gets_it_at_its_place_on_earth_with_its_own_uses() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    let mut project = puppet.session().project().clone();
    let mut own = maakblok::library::UseOverride::new("brewery");
    own.name = Some("Brewery".to_owned());
    own.family = Some(maakblok::library::Family::Making);
    project.uses.push(own);
    let path = home.path("own.maakblok");
    std::fs::write(&path, native::write(&project).expect("bytes")).expect("written");
    puppet.act(Action::Open(path));
    puppet.run(Command::SelectAll);
    puppet.act(Action::Answer(1));
    let mut puppet = Puppet::opening(&home, &home.path("own.maakblok"));
    puppet.act(Action::Storeys(vec![a], StoreyChange::Use(0, UseId::from("brewery"))));
    puppet.act(Action::Select(vec![a]));
    let text = puppet.copies(Command::ClipCopy);
    let centre = puppet.volume_of(a).footprint.inner_point().expect("a middle");
    let on_earth = puppet.session().frame().wgs84_from_local(centre).expect("on earth");

    let mut other = Puppet::new(&home);
    other.act(Action::NewAt { lon_deg: 4.33, lat_deg: 50.84, name: "Elsewhere".to_owned() });
    other.scale(4.0);
    other.pastes(Command::PasteInPlace, &text);
    let new = other.selected()[0];
    let centre = other.volume_of(new).footprint.inner_point().expect("a middle");
    let there = other.session().frame().wgs84_from_local(centre).expect("on earth");
    // A millionth of a degree is a tenth of a metre.
    assert!((there[0] - on_earth[0]).abs() < 1e-6 && (there[1] - on_earth[1]).abs() < 1e-6, "{there:?} {on_earth:?}");
    assert!(other.session().project().uses.iter().any(|own| own.id == UseId::from("brewery")));
    assert_eq!(other.told().details.len(), 1, "and it is said: {:?}", other.told());
}

#[test]
fn what_is_no_drawing_is_not_pasted_and_nothing_lands_where_it_cannot_be_seen() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    let text = puppet.copies(Command::ClipCopy);
    let before = puppet.text();
    for odd in ["", "a shopping list", "{}", "{\"format\": \"maakblok-project\"}", "\u{0}\u{1}"] {
        puppet.pastes(Command::Paste, odd);
        assert!(
            puppet.notices()[0].starts_with("There is no drawing on the clipboard"),
            "{odd}: {:?}",
            puppet.notices()
        );
        assert_eq!(puppet.text(), before);
    }
    let layers = puppet.session().project().layers.clone();
    puppet.act(Action::Layers(layers.with_hidden(LayerKind::Volumes, true)));
    let hidden = puppet.text();
    puppet.pastes(Command::Paste, &text);
    assert!(puppet.notices()[0].contains("hidden layer"), "{:?}", puppet.notices());
    assert_eq!(puppet.text(), hidden);
    puppet.run(Command::SelectNone);
    assert!(puppet.studio.can_run(Command::ClipCopy).is_err(), "nothing is selected");
}

//! Layers that are hidden or locked, by whatever way one comes to what lies on them.

use maakblok::model::LayerKind;
use maakblok::studio::{Action, Command};

use super::block;
use crate::puppet::{Home, Puppet};

fn lock(puppet: &mut Puppet, layer: LayerKind) {
    let layers = puppet.session().project().layers.clone();
    puppet.act(Action::Layers(layers.with_locked(layer, true)));
}

fn hide(puppet: &mut Puppet, layer: LayerKind) {
    let layers = puppet.session().project().layers.clone();
    puppet.act(Action::Layers(layers.with_hidden(layer, true)));
}

#[test]
fn what_is_locked_cannot_be_selected_by_a_panel_and_so_not_be_removed() {
    let home = Home::new();
    let (mut puppet, _, a, b) = block(&home);
    lock(&mut puppet, LayerKind::Volumes);
    let before = puppet.text();
    // A storey clicked in the strip, a finding clicked in the list.
    puppet.act(Action::Select(vec![a]));
    assert_eq!(puppet.selected(), []);
    puppet.act(Action::Show(b, Some(0)));
    assert_eq!((puppet.selected(), puppet.session().selection().storey()), (vec![], None));
    puppet.run(Command::Delete);
    assert_eq!(puppet.text(), before);
}

#[test]
fn nothing_is_drawn_where_it_could_not_be_seen_or_taken_hold_of() {
    let home = Home::new();
    let (mut puppet, ..) = block(&home);
    lock(&mut puppet, LayerKind::Volumes);
    hide(&mut puppet, LayerKind::Pins);
    let before = puppet.text();
    for (tool, why) in [
        (Command::ToolRectangle, "locked layer"),
        (Command::ToolPolygon, "locked layer"),
        (Command::ToolFreehand, "locked layer"),
        (Command::ToolGuide, "hidden layer"),
        (Command::ToolDimension, "hidden layer"),
    ] {
        puppet.run(tool);
        puppet.drag([0.0, 0.0], [30.0, 30.0]);
        assert!(puppet.notices().iter().any(|text| text.contains(why)), "{tool:?}: {:?}", puppet.notices());
        assert_eq!(puppet.text(), before, "{tool:?}");
        puppet.studio.notices.clear();
    }
    // Plots and ground are free.
    let plot = puppet.plot([200.0, 0.0], [240.0, 40.0]);
    assert_eq!(puppet.selected(), [plot]);
}

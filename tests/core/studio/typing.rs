//! Measures typed while drawing: what they mean, that the pointer leaves them alone, that they can be typed anew.

use maakblok::geometry::{bearing_deg, distance_m, point};
use maakblok::i18n::Lang;
use maakblok::studio::tool::{Event, FieldKind};
use maakblok::studio::{Action, Angles, Arrow, Command};

use crate::puppet::{Home, Puppet};

/// The corners of the newest volume.
fn corners(puppet: &Puppet) -> Vec<maakblok::geometry::Point> {
    puppet.variant().volumes.iter().last().expect("a volume").footprint.outer().to_vec()
}

fn sides(puppet: &Puppet) -> Vec<f64> {
    let ring = corners(puppet);
    (0..ring.len()).map(|i| distance_m(ring[i], ring[(i + 1) % ring.len()])).collect()
}

#[track_caller]
fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-3, "{a} is {b} to a millimetre");
}

#[test]
fn a_rectangle_is_as_long_and_as_wide_as_typed() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.hover(31.0, 7.0);
    puppet.types("60x14");
    // The pointer does not write into the field.
    puppet.hover(45.0, 9.0);
    assert_eq!(puppet.typed(), ["60x14"]);
    puppet.enter();
    assert_eq!(corners(&puppet), [point(0.0, 0.0), point(60.0, 0.0), point(60.0, 14.0), point(0.0, 14.0)]);
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), start);
}

#[test]
fn what_was_made_can_be_typed_anew_until_the_next_click() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.click(30.0, 10.0);
    puppet.types("60x14");
    puppet.enter();
    assert_eq!(sides(&puppet), [60.0, 14.0, 60.0, 14.0]);
    puppet.types("12,5");
    puppet.enter();
    assert_eq!(sides(&puppet), [12.5, 14.0, 12.5, 14.0], "what was typed before still holds");
    assert_eq!(puppet.session().history().place(), 1, "it is one edit all the time");
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), start);
    // A click makes it for good.
    puppet.click(0.0, 0.0);
    puppet.click(30.0, 10.0);
    puppet.click(40.0, 0.0);
    puppet.event(Event::Escape);
    assert!(!puppet.studio.begin_entry("5"), "nothing is in hand");
}

#[test]
fn what_cannot_be_made_anew_stays_as_it_was() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.click(30.0, 10.0);
    let made = puppet.text();
    puppet.types("0");
    puppet.enter();
    assert_eq!(puppet.text(), made);
    assert_eq!(puppet.notices(), ["The rectangle has no width yet"]);
}

#[test]
fn an_area_gives_the_side_that_was_not_typed() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.hover(31.0, -7.0);
    puppet.types("60");
    puppet.tab();
    puppet.types_on("1200m2");
    puppet.enter();
    assert_eq!(sides(&puppet), [60.0, 20.0, 60.0, 20.0]);
    assert!(corners(&puppet).iter().all(|p| p.y <= 0.0), "on the side where the pointer was");
}

#[test]
fn a_line_goes_so_far_in_such_a_direction() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    puppet.click(0.0, 0.0);
    puppet.hover(11.0, 20.0);
    puppet.types("12.5m");
    puppet.tab();
    puppet.types_on("30");
    puppet.enter();
    puppet.hover(30.0, 20.0);
    puppet.types("3*8.1");
    puppet.tab();
    puppet.types_on("120");
    puppet.enter();
    puppet.hover(0.0, -20.0);
    puppet.types("10");
    puppet.tab();
    puppet.types_on("210");
    puppet.enter();
    puppet.event(Event::Enter);
    let mut ring = corners(&puppet);
    // Rings are stored counter-clockwise; these were drawn the other way round.
    ring.reverse();
    let at = ring.iter().position(|p| *p == point(0.0, 0.0)).expect("the first corner");
    ring.rotate_left(at);
    for (i, (length_m, deg)) in [(12.5, 30.0), (24.3, 120.0), (10.0, 210.0)].into_iter().enumerate() {
        close(distance_m(ring[i], ring[i + 1]), length_m);
        close(bearing_deg(ring[i], ring[i + 1]), deg);
    }
}

#[test]
fn the_last_side_can_be_typed_anew_and_the_area_finds_its_end() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.click(0.0, 0.0);
    puppet.hover(20.0, 0.3);
    puppet.types("40");
    puppet.enter();
    puppet.types("50");
    puppet.enter();
    puppet.hover(50.0, 20.0);
    // A triangle 50 long of 1,000 m² is 40 high.
    puppet.types("1000m2");
    puppet.enter();
    puppet.event(Event::Enter);
    let plot = puppet.variant().plots.iter().next().expect("a plot");
    assert_eq!(plot.outline.outer(), [point(0.0, 0.0), point(50.0, 0.0), point(50.0, 40.0)]);
}

#[test]
fn a_fault_is_said_and_enter_waits_for_it() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.hover(30.0, 10.0);
    puppet.types("12furlong");
    puppet.enter();
    assert_eq!(puppet.notices(), ["Units are m, cm, mm, ft, in, m², ha and °"]);
    assert_eq!(puppet.typed(), ["12furlong"], "it stays to be mended");
    puppet.types_on("12");
    puppet.enter();
    close(sides(&puppet)[0], 12.0);
}

#[test]
fn a_click_takes_the_typed_length_in_the_direction_of_the_pointer() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.click(0.0, 0.0);
    puppet.hover(0.0, 10.0);
    puppet.types("25");
    puppet.click(0.0, 40.0);
    assert!(puppet.session().entry().is_none());
    puppet.click(30.0, 25.0);
    puppet.event(Event::Enter);
    let plot = puppet.variant().plots.iter().next().expect("a plot");
    assert!(plot.outline.outer().contains(&point(0.0, 25.0)), "{:?}", plot.outline);
}

#[test]
fn escape_gives_up_what_is_typed_before_anything_else() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.hover(30.0, 10.0);
    puppet.types("12");
    puppet.studio.drop_entry();
    puppet.click(30.0, 10.0);
    assert_eq!(sides(&puppet), [30.0, 10.0, 30.0, 10.0]);
}

#[test]
fn angles_may_be_counted_as_in_cad() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::CadAngles);
    assert_eq!(puppet.session().drawing().angles, Angles::Cad);
    let volume = puppet.volume([0.0, 0.0], [10.0, 10.0]);
    puppet.act(Action::Select(vec![volume]));
    puppet.run(Command::ToolMove);
    puppet.click(0.0, 0.0);
    puppet.hover(10.0, 10.0);
    puppet.types("20");
    puppet.tab();
    puppet.types_on("90");
    puppet.enter();
    assert_eq!(puppet.volume_of(volume).footprint.outer()[0], point(0.0, 20.0), "90° is north in CAD");
}

#[test]
fn arrows_lock_the_axes_and_the_reference_edge() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.outline(&[[-80.0, -60.0], [0.0, -20.0], [-80.0, -20.0]]);
    puppet.run(Command::ToolSurface);
    puppet.click(20.0, 20.0);
    puppet.studio.lock(Arrow::Right);
    puppet.click(50.0, 33.0);
    puppet.studio.lock(Arrow::Up);
    puppet.click(71.0, 60.0);
    assert!(puppet.session().locked().is_none(), "a click lets it go");
    // The slanted side of the plot becomes the reference when the pointer rests on it: 2 east for 1 north.
    puppet.rest(-30.0, -35.2);
    assert!(puppet.session().reference().is_some());
    puppet.studio.lock(Arrow::Down);
    puppet.click(10.0, 47.0);
    puppet.event(Event::Enter);
    let surface = puppet.variant().surfaces.iter().next().expect("a surface");
    let ring = surface.outline.outer();
    assert!(ring.contains(&point(50.0, 20.0)) && ring.contains(&point(50.0, 60.0)), "{ring:?}");
    let last = ring.iter().find(|p| p.x < 19.0).expect("the last corner");
    close((60.0 - last.y) / (50.0 - last.x), 0.5);
}

#[test]
fn the_first_length_is_that_of_the_side_that_is_pointed_longer() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    // Beside the plot's west side, which its own direction is taken from, and pointed east.
    puppet.run(Command::ToolRectangle);
    puppet.click(10.0, 40.0);
    puppet.hover(41.0, 48.0);
    puppet.types("40x12");
    puppet.enter();
    let bounds = puppet.variant().volumes.iter().last().and_then(|v| v.footprint.bounds()).expect("a volume");
    assert_eq!((bounds.width_m(), bounds.height_m()), (40.0, 12.0));
}

#[test]
fn a_typed_turn_goes_the_way_the_hand_goes() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    for (hand, deg) in [([20.0, -9.0], 120.0), ([20.0, 9.0], 60.0)] {
        puppet.act(Action::Select(vec![hall]));
        puppet.run(Command::ToolRotate);
        puppet.click(0.0, 0.0);
        puppet.click(20.0, 0.0);
        puppet.hover(hand[0], hand[1]);
        puppet.types("30");
        puppet.enter();
        let ring = puppet.volume_of(hall).footprint.outer().to_vec();
        close(bearing_deg(ring[0], ring[1]), deg);
        puppet.run(Command::Undo);
    }
}

#[test]
fn a_reference_edge_does_not_outlive_what_it_was_of() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.volume([0.0, 0.0], [20.0, 10.0]);
    puppet.run(Command::ToolPolygon);
    puppet.rest(6.0, 0.2);
    assert!(puppet.session().reference().is_some());
    puppet.run(Command::Undo);
    assert!(puppet.session().reference().is_none(), "the hall is gone");
    puppet.run(Command::Redo);
    puppet.rest(6.0, 0.2);
    puppet.run(Command::ToolMove);
    assert!(puppet.session().reference().is_none(), "another tool begins anew");
}

#[test]
fn what_is_typed_anew_is_seen_before_it_is_made() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.click(30.0, 10.0);
    let made = puppet.text();
    assert!(puppet.session().retyped(Lang::En).is_none(), "nothing is typed yet");
    puppet.types("60x14");
    let seen = puppet.session().retyped(Lang::En).expect("a preview");
    let area = seen.readout.iter().find(|field| field.kind == FieldKind::Area).and_then(|field| field.value);
    assert_eq!(area, Some(840.0));
    assert_eq!(puppet.text(), made, "and not made before Enter");
}

//! What was just made with the pointer can be given another measure, until the next click.

use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Arrow, Command};

use super::{block, hall, play};
use crate::puppet::{Home, Puppet, has_corners};

#[test]
fn what_was_pulled_or_dragged_can_be_typed_anew() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolSelect);
    puppet.act(Action::Select(vec![hall]));
    // An edge, out and in: the hand said which way.
    play(
        &mut puppet,
        |p| {
            p.drag([20.0, 7.5], [27.0, 7.5]);
            p.types("6.5");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [26.5, 0.0], [26.5, 10.0], [0.0, 10.0]]),
    );
    play(
        &mut puppet,
        |p| {
            p.drag([20.0, 7.5], [17.0, 7.5]);
            p.types("4");
            p.enter();
            p.types("5");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [15.0, 0.0], [15.0, 10.0], [0.0, 10.0]]),
    );
    // A corner, and a whole shape.
    play(
        &mut puppet,
        |p| {
            p.drag([20.0, 10.0], [20.0, 14.0]);
            p.types("13");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [20.0, 0.0], [20.0, 13.0], [0.0, 10.0]]),
    );
    play(
        &mut puppet,
        |p| {
            p.drag([9.0, 6.0], [39.0, 6.0]);
            p.types("33.3");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[33.3, 0.0], [53.3, 0.0], [53.3, 10.0], [33.3, 10.0]]),
    );
    // An edge to a length, twice; and one that is elsewhere is another.
    play(
        &mut puppet,
        |p| {
            p.hover(17.0, 0.0);
            p.types("30");
            p.enter();
            p.types("40");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [40.0, 0.0], [40.0, 10.0], [0.0, 10.0]]),
    );
    puppet.drag([20.0, 7.5], [25.0, 7.5]);
    puppet.hover(3.0, 10.0);
    puppet.types("30");
    puppet.enter();
    has_corners(&puppet.volume_of(hall).footprint, &[[-5.0, 10.0], [25.0, 10.0], [25.0, 0.0], [-5.0, 0.0]]);
}

#[test]
fn a_bar_that_was_made_can_be_given_another_width_or_area() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolBar);
    puppet.click(0.0, 0.0);
    puppet.click(60.0, 0.0);
    puppet.event(Event::Enter);
    let bar = puppet.selected()[0];
    has_corners(&puppet.volume_of(bar).footprint, &[[0.0, -7.0], [60.0, -7.0], [60.0, 7.0], [0.0, 7.0]]);
    puppet.types("16");
    puppet.enter();
    let bar = puppet.selected()[0];
    has_corners(&puppet.volume_of(bar).footprint, &[[0.0, -8.0], [60.0, -8.0], [60.0, 8.0], [0.0, 8.0]]);
    puppet.types("1200m2");
    puppet.enter();
    let bar = puppet.selected()[0];
    has_corners(&puppet.volume_of(bar).footprint, &[[0.0, -10.0], [60.0, -10.0], [60.0, 10.0], [0.0, 10.0]]);
    assert_eq!(puppet.session().history().place(), 1, "one bar, one step");
    puppet.run(Command::Undo);
    // While it is drawn the area is that of all that is seen, bends and all.
    puppet.run(Command::ToolBar);
    puppet.click(0.0, 0.0);
    puppet.click(60.0, 0.0);
    puppet.hover(60.0, 40.0);
    puppet.types("1000m2");
    puppet.enter();
    let bar = puppet.selected()[0];
    assert!((puppet.volume_of(bar).footprint.area_m2() - 1000.0).abs() < 1e-3);
}

#[test]
fn what_is_selected_is_offset_by_a_distance_typed_at_once() {
    let home = Home::new();
    let (mut puppet, _, a, b) = block(&home);
    let before = puppet.text();
    let was = [a, b].map(|id| puppet.volume_of(id).footprint.bounds().expect("bounds"));
    puppet.act(Action::Select(vec![a, b]));
    puppet.run(Command::ToolOffset);
    puppet.hover(300.0, 300.0);
    puppet.types("-1.5");
    puppet.enter();
    for (id, was) in [a, b].into_iter().zip(was) {
        assert_eq!(puppet.volume_of(id).footprint.bounds(), Some(was.grown(-1.5)));
    }
    puppet.there_and_back_to(&before, 1);
    // Typed anew, and with Alt as new things beside the old.
    puppet.types("2");
    puppet.enter();
    puppet.run(Command::Undo);
    puppet.held.alt = true;
    puppet.hover(300.0, 301.0);
    puppet.types("-1");
    puppet.enter();
    puppet.held.alt = false;
    assert_eq!(puppet.selected().len(), 2);
    assert!(!puppet.selected().contains(&a) && !puppet.selected().contains(&b));
    assert_eq!(puppet.volume_of(a).footprint.bounds(), Some(was[0]));
}

#[test]
fn what_was_held_when_typing_began_is_held_when_it_is_typed_anew() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    // An arrow locks the east; the pointer is elsewhere when another length is typed.
    puppet.run(Command::ToolMove);
    puppet.click(0.0, 0.0);
    puppet.studio.lock(Arrow::Right);
    puppet.click(20.0, 5.0);
    puppet.types("25");
    puppet.enter();
    has_corners(&puppet.volume_of(hall).footprint, &[[25.0, 0.0], [45.0, 0.0], [45.0, 10.0], [25.0, 10.0]]);
    // Shift holds the direction that was caught, here the extension of a slanted edge, while the length is typed.
    puppet.run(Command::ToolPlot);
    puppet.click(0.0, 100.0);
    puppet.hover(60.0, 180.0);
    puppet.with_shift(|p| {
        p.hover(61.0, 170.0);
        p.types("50");
        // On a keyboard where digits need Shift it is let go of meanwhile, and pressed again.
        p.held.shift = false;
        p.hover(62.0, 171.0);
        p.enter();
    });
    puppet.click(90.0, 100.0);
    puppet.event(Event::Enter);
    let plot = puppet.selected()[0];
    let outline = puppet.variant().outline(plot).expect("the plot");
    has_corners(outline, &[[0.0, 100.0], [30.0, 140.0], [90.0, 100.0]]);
}

#[test]
fn a_side_that_is_typed_anew_stays_that_side_while_the_pointer_wanders() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.click(0.0, 0.0);
    puppet.hover(50.0, 0.0);
    puppet.types("100");
    puppet.enter();
    puppet.types("90");
    puppet.hover(60.0, 30.0);
    puppet.enter();
    puppet.click(90.0, 60.0);
    puppet.event(Event::Enter);
    let plot = puppet.selected()[0];
    has_corners(puppet.variant().outline(plot).expect("the plot"), &[[0.0, 0.0], [90.0, 0.0], [90.0, 60.0]]);
}

#[test]
fn a_turn_is_typed_the_way_the_hand_goes_in_either_way_of_writing_angles() {
    let home = Home::new();
    for cad in [false, true] {
        let (mut puppet, hall) = hall(&home);
        if cad {
            puppet.run(Command::CadAngles);
        }
        for (hand, corner) in [([10.0, -20.0], [0.0, -20.0]), ([10.0, 20.0], [0.0, 20.0])] {
            puppet.act(Action::Select(vec![hall]));
            puppet.run(Command::ToolRotate);
            puppet.click(0.0, 0.0);
            puppet.click(20.0, 0.0);
            puppet.hover(hand[0], hand[1]);
            puppet.types("90");
            puppet.enter();
            let outline = &puppet.volume_of(hall).footprint;
            let there = |p: &maakblok::geometry::Point| (p.x - corner[0]).hypot(p.y - corner[1]) < 1e-3;
            assert!(outline.outer().iter().any(there), "CAD {cad}: {outline:?} has {corner:?}");
            puppet.run(Command::Undo);
        }
        // Without a direction to turn from it is as the angles are written: clockwise, or as in CAD the other way.
        puppet.run(Command::ToolRotate);
        puppet.click(0.0, 0.0);
        puppet.types("90");
        puppet.enter();
        let y = if cad { 20.0 } else { -20.0 };
        let there = |p: &maakblok::geometry::Point| p.x.hypot(p.y - y) < 1e-3;
        assert!(puppet.volume_of(hall).footprint.outer().iter().any(there), "CAD {cad}");
    }
}

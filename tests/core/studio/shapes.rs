//! A gesture for every tool that draws or changes shapes: its geometry to the millimetre, and undo back to the same text.

use maakblok::geometry::{Outline, Point, bearing_deg, distance_m, point};
use maakblok::model::Id;
use maakblok::studio::tool::{Event, Purpose};
use maakblok::studio::{Action, Command};

use crate::puppet::{Home, Puppet};

/// The footprint of the newest volume.
fn newest(puppet: &Puppet) -> Outline {
    puppet.variant().volumes.iter().last().expect("a volume").footprint.clone()
}

/// Whether a ring has just these corners, from wherever and whichever way round, to the millimetre.
#[track_caller]
fn has_corners(outline: &Outline, corners: &[[f64; 2]]) {
    let ring = outline.outer();
    let near = |[x, y]: &[f64; 2]| ring.iter().any(|p| distance_m(*p, Point { x: *x, y: *y }) < 1e-3);
    assert!(ring.len() == corners.len() && corners.iter().all(near), "{ring:?} is not {corners:?}");
}

/// A hall of 20 by 10 metres at the origin, selected.
fn hall(home: &Home) -> (Puppet, Id) {
    let mut puppet = Puppet::drawing(home);
    let id = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    (puppet, id)
}

/// Plays a gesture, looks at what came of it, and takes it back.
fn play(puppet: &mut Puppet, gesture: impl FnOnce(&mut Puppet), see: impl FnOnce(&Puppet)) {
    let (before, place) = (puppet.text(), puppet.session().history().place());
    gesture(puppet);
    see(puppet);
    assert_eq!(puppet.session().history().place(), place + 1, "a gesture is one edit");
    puppet.there_and_back_to(&before, 1);
    puppet.run(Command::Undo);
}

#[test]
fn a_rectangle_by_its_side_and_depth() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolThreePoints);
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.click(30.0, 40.0);
            p.hover(60.0, 0.0);
            p.types("14");
            p.enter();
        },
        // 50 m towards 3 : 4, 14 m to its right.
        |p| has_corners(&newest(p), &[[0.0, 0.0], [30.0, 40.0], [41.2, 31.6], [11.2, -8.4]]),
    );
    // At once: side and depth.
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.hover(20.0, 0.0);
            p.types("60x14");
            p.enter();
        },
        |p| has_corners(&newest(p), &[[0.0, 0.0], [60.0, 0.0], [60.0, 14.0], [0.0, 14.0]]),
    );
}

#[test]
fn a_rectangle_on_an_edge_in_two_clicks() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.outline(&[[0.0, 0.0], [80.0, 60.0], [0.0, 60.0]]);
    puppet.run(Command::ToolOnEdge);
    play(
        &mut puppet,
        |p| {
            p.click(40.0, 30.2);
            p.hover(30.0, 40.0);
            p.types("10");
            p.enter();
        },
        |p| has_corners(&newest(p), &[[0.0, 0.0], [80.0, 60.0], [74.0, 68.0], [-6.0, 8.0]]),
    );
    // A part of the edge, from the end that was nearer.
    play(
        &mut puppet,
        |p| {
            p.click(64.0, 48.2);
            p.hover(30.0, 40.0);
            p.types("50x10");
            p.enter();
        },
        |p| has_corners(&newest(p), &[[80.0, 60.0], [40.0, 30.0], [34.0, 38.0], [74.0, 68.0]]),
    );
    puppet.click(-60.0, -60.0);
    assert_eq!(puppet.notices(), ["There is no edge here"]);
}

#[test]
fn a_bar_along_a_line() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolBar);
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.hover(20.0, 0.0);
            // The width for itself sets no point.
            p.types("12");
            p.tab();
            p.tab();
            p.types_on("10");
            p.enter();
            p.click(60.0, 0.0);
            p.double_click(60.0, 40.0);
        },
        |p| {
            let bar = newest(p);
            assert!((bar.area_m2() - (12.0 + 48.0 + 40.0) * 10.0).abs() < 1e-6, "{}", bar.area_m2());
            has_corners(&bar, &[[0.0, -5.0], [65.0, -5.0], [65.0, 40.0], [55.0, 40.0], [55.0, 5.0], [0.0, 5.0]]);
        },
    );
}

#[test]
fn a_circle_and_a_regular_polygon() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolCircle);
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.hover(7.0, 0.0);
            p.types("12.5");
            p.enter();
        },
        |p| {
            let circle = newest(p);
            assert!(circle.outer().iter().all(|q| (distance_m(*q, point(0.0, 0.0)) - 12.5).abs() < 1e-6));
            let exact_m2 = std::f64::consts::PI * 12.5 * 12.5;
            assert!(exact_m2 - circle.area_m2() < 0.01 * std::f64::consts::TAU * 12.5, "flattened by a centimetre");
        },
    );
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.hover(10.0, 0.0);
            p.types("10");
            p.tab();
            p.types_on("6");
            p.enter();
        },
        |p| {
            assert_eq!(newest(p).outer().len(), 6);
            assert!((newest(p).area_m2() - 150.0 * 3f64.sqrt()).abs() < 1e-4);
        },
    );
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.hover(10.0, 0.0);
            p.types("400m2");
            p.enter();
        },
        |p| assert!((newest(p).area_m2() - 400.0).abs() < 1e-3, "{}", newest(p).area_m2()),
    );
}

#[test]
fn shapes_become_what_is_in_hand() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolRectangle);
    for (purpose, counts) in [(Purpose::Plot, [1, 0, 0]), (Purpose::Surface, [0, 0, 1]), (Purpose::Volume, [0, 1, 0])] {
        puppet.act(Action::PurposeInHand(purpose));
        play(
            &mut puppet,
            |p| {
                p.click(0.0, 0.0);
                p.click(30.0, 20.0);
            },
            |p| {
                let v = p.variant();
                assert_eq!([v.plots.len(), v.volumes.len(), v.surfaces.len()], counts, "{purpose:?}");
            },
        );
    }
}

#[test]
fn a_copy_and_then_five_or_five_between() {
    let home = Home::new();
    let (mut puppet, _) = hall(&home);
    let before = puppet.text();
    let west = |p: &Puppet| -> Vec<f64> {
        p.variant().volumes.iter().map(|v| v.footprint.bounds().expect("bounds").min.x).collect()
    };
    puppet.run(Command::ToolCopy);
    puppet.click(0.0, 0.0);
    puppet.click(25.0, 0.0);
    assert_eq!(west(&puppet), [0.0, 25.0]);
    puppet.types("5x");
    puppet.enter();
    assert_eq!(west(&puppet), [0.0, 25.0, 50.0, 75.0, 100.0, 125.0]);
    puppet.types("/5");
    puppet.enter();
    assert_eq!(west(&puppet), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0]);
    puppet.types("30");
    puppet.enter();
    assert_eq!(west(&puppet), [0.0, 30.0], "the distance is typed anew");
    assert_eq!(puppet.variant().buildings.len(), 2, "a copy is a building of its own");
    puppet.there_and_back_to(&before, 1);
}

#[test]
fn a_turn_by_typing_and_by_reference() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolRotate);
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.hover(20.0, 0.0);
            p.types("90");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [0.0, -20.0], [10.0, -20.0], [10.0, 0.0]]),
    );
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.click(20.0, 0.0);
            p.click(40.0, 30.0);
        },
        |p| {
            let ring = p.volume_of(hall).footprint.outer().to_vec();
            assert!(distance_m(ring[1], point(16.0, 12.0)) < 1e-3, "{ring:?}");
        },
    );
    // With Alt the original stays.
    play(
        &mut puppet,
        |p| {
            p.held.alt = true;
            p.click(0.0, 0.0);
            p.hover(20.0, 0.0);
            p.types("-45");
            p.studio.commit_entry();
            p.held.alt = false;
        },
        |p| {
            assert_eq!(p.variant().volumes.len(), 2);
            let ring = newest(p).outer().to_vec();
            assert!((bearing_deg(ring[0], ring[1]) - 45.0).abs() < 1e-6, "90° − 45°");
        },
    );
}

#[test]
fn a_mirror_and_a_scale() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolMirror);
    play(
        &mut puppet,
        |p| {
            p.click(30.0, 0.0);
            p.click(30.0, 20.0);
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[60.0, 0.0], [40.0, 0.0], [40.0, 10.0], [60.0, 10.0]]),
    );
    puppet.run(Command::ToolScale);
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.hover(15.0, 5.0);
            p.types("1.5");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [30.0, 0.0], [30.0, 15.0], [0.0, 15.0]]),
    );
    // A side that is 20 shall be 30.
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.click(20.0, 0.0);
            p.hover(40.0, 2.0);
            p.types("2");
            p.tab();
            p.types_on("");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [40.0, 0.0], [40.0, 20.0], [0.0, 20.0]]),
    );
}

#[test]
fn escape_in_the_middle_leaves_no_trace() {
    let home = Home::new();
    let (mut puppet, _) = hall(&home);
    let before = puppet.text();
    for command in [Command::ToolMove, Command::ToolCopy, Command::ToolRotate, Command::ToolMirror, Command::ToolScale]
    {
        puppet.run(command);
        puppet.click(0.0, 0.0);
        puppet.click(30.0, 7.0);
        puppet.hover(31.0, 17.0);
        puppet.event(Event::Escape);
        if matches!(command, Command::ToolMove | Command::ToolCopy | Command::ToolMirror) {
            // Two points have made it already.
            puppet.run(Command::Undo);
        }
        assert_eq!(puppet.text(), before, "{command:?}");
        puppet.run(Command::ToolSelect);
        let hall = puppet.variant().volumes.iter().next().expect("the hall").id;
        puppet.act(Action::Select(vec![hall]));
    }
}

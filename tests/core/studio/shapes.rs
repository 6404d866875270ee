//! A gesture for every tool that draws or changes shapes: its geometry to the millimetre, and undo back to the same text.

use maakblok::geometry::{Outline, bearing_deg, distance_m, point};
use maakblok::i18n::Lang;
use maakblok::studio::tool::{Event, OverlayPen, Purpose};
use maakblok::studio::{Action, Command};

use super::{hall, play};
use crate::puppet::{Home, Puppet, has_corners};

/// The footprint of the newest volume.
fn newest(puppet: &Puppet) -> Outline {
    puppet.variant().volumes.iter().last().expect("a volume").footprint.clone()
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
    assert_eq!(west(&puppet), [0.0, 6.0, 12.0, 18.0, 24.0, 30.0], "the distance is typed anew, and is still divided");
    puppet.types("1x");
    puppet.enter();
    assert_eq!(west(&puppet), [0.0, 30.0], "and is still thirty");
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
            p.studio.commit_entry(false);
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
    let place = puppet.session().history().place();
    for command in [Command::ToolMove, Command::ToolCopy, Command::ToolRotate, Command::ToolMirror, Command::ToolScale]
    {
        puppet.run(command);
        puppet.click(0.0, 0.0);
        puppet.hover(30.0, 7.0);
        if matches!(command, Command::ToolRotate | Command::ToolScale) {
            puppet.click(30.0, 7.0);
            puppet.hover(31.0, 17.0);
        }
        assert_ne!(puppet.text(), before, "{command:?} is seen at once");
        puppet.event(Event::Escape);
        assert_eq!(puppet.text(), before, "{command:?}");
        assert_eq!(puppet.session().history().place(), place, "{command:?}");
        puppet.run(Command::ToolSelect);
        let hall = puppet.variant().volumes.iter().next().expect("the hall").id;
        puppet.act(Action::Select(vec![hall]));
    }
}

#[test]
fn a_step_back_in_a_turn_takes_back_its_reference_only() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    let before = puppet.text();
    puppet.run(Command::ToolRotate);
    puppet.click(0.0, 0.0);
    puppet.click(20.0, 0.0);
    puppet.hover(10.0, -10.0);
    puppet.event(Event::Backspace);
    assert_eq!(puppet.text(), before, "without a reference nothing is turned");
    // From another reference it is a turn of 90° again.
    puppet.click(0.0, 20.0);
    puppet.click(20.0, 0.0);
    has_corners(&puppet.volume_of(hall).footprint, &[[0.0, 0.0], [0.0, -20.0], [10.0, -20.0], [10.0, 0.0]]);
    puppet.there_and_back_to(&before, 1);
}

#[test]
fn a_copy_is_not_laid_on_what_it_is_copied_from() {
    let home = Home::new();
    let (mut puppet, _) = hall(&home);
    let before = puppet.text();
    puppet.run(Command::ToolCopy);
    puppet.double_click(0.0, 0.0);
    assert_eq!(puppet.text(), before);
}

#[test]
fn a_bar_lies_left_or_right_of_its_line_too() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    for (times, [south, north]) in [(1, [0.0, 14.0]), (2, [-14.0, 0.0]), (3, [-7.0, 7.0])] {
        puppet.run(Command::ToolBar);
        puppet.click(0.0, 0.0);
        for _ in 0..times {
            puppet.event(Event::OtherWay);
        }
        puppet.click(60.0, 0.0);
        puppet.event(Event::Enter);
        has_corners(&newest(&puppet), &[[0.0, south], [60.0, south], [60.0, north], [0.0, north]]);
        puppet.run(Command::Undo);
    }
    // Round a corner, with an area that is asked for: 60 and 40 m of front, the court inside.
    puppet.run(Command::ToolBar);
    puppet.click(0.0, 0.0);
    puppet.event(Event::OtherWay);
    puppet.click(60.0, 0.0);
    puppet.hover(60.0, 40.0);
    puppet.types("1000m2");
    puppet.enter();
    assert!((newest(&puppet).area_m2() - 1000.0).abs() < 1e-3);
    let bounds = newest(&puppet).bounds().expect("bounds");
    assert_eq!((bounds.min.y, bounds.max.x), (0.0, 60.0), "the front is on the line");
}

#[test]
fn one_corner_is_cut_or_rounded() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolCorner);
    play(
        &mut puppet,
        |p| {
            p.click(20.0, 10.0);
            p.hover(23.0, 14.0);
            p.types("4");
            p.enter();
        },
        |p| {
            let cut = [[0.0, 0.0], [20.0, 0.0], [20.0, 6.0], [16.0, 10.0], [0.0, 10.0]];
            has_corners(&p.volume_of(hall).footprint, &cut);
        },
    );
    // With Alt an arc: 4 − π of the square of the radius goes at a quarter of a circle.
    play(
        &mut puppet,
        |p| {
            p.held.alt = true;
            p.drag([20.0, 10.0], [17.0, 14.0]);
            p.held.alt = false;
        },
        |p| {
            let lost_m2 = 200.0 - p.volume_of(hall).footprint.area_m2();
            assert!((lost_m2 - 25.0 * (1.0 - std::f64::consts::FRAC_PI_4)).abs() < 0.1, "{lost_m2}");
        },
    );
    let before = puppet.text();
    puppet.click(0.0, 0.0);
    puppet.types("12");
    puppet.enter();
    assert_eq!(puppet.notices(), ["The edges beside the corner are not long enough"]);
    assert_eq!(puppet.text(), before);
    puppet.click(10.0, 5.0);
    assert_eq!(puppet.notices(), ["There is no corner here"]);
}

#[test]
fn an_arc_taken_back_before_it_begins_leaves_a_tool_that_draws() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.click(0.0, 0.0);
    puppet.event(Event::OtherWay);
    puppet.event(Event::Backspace);
    puppet.outline(&[[0.0, 0.0], [30.0, 0.0], [30.0, 20.0]]);
    assert_eq!(puppet.variant().plots.len(), 1);
}

#[test]
fn ctrl_z_takes_back_the_last_point_of_any_line() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolBar);
    for [x, y] in [[0.0, 0.0], [40.0, 0.0], [40.0, 30.0]] {
        puppet.click(x, y);
    }
    puppet.run(Command::Undo);
    puppet.event(Event::Enter);
    has_corners(&newest(&puppet), &[[0.0, -7.0], [40.0, -7.0], [40.0, 7.0], [0.0, 7.0]]);
    // And a double click does not leave a crumb where the hand trembled.
    puppet.run(Command::ToolBar);
    puppet.click(0.0, 100.0);
    puppet.with_ctrl(|p| {
        p.click(40.0, 100.0);
        p.click(40.02, 100.01);
        p.event(Event::DoubleClick(maakblok::studio::tool::Pointer { world: point(40.02, 100.01), ..p.held }));
    });
    has_corners(&newest(&puppet), &[[0.0, 93.0], [40.0, 93.0], [40.0, 107.0], [0.0, 107.0]]);
}

#[test]
fn a_guide_line_is_no_edge_to_build_on() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolGuide);
    puppet.click(0.0, 0.0);
    puppet.click(50.0, 10.0);
    puppet.run(Command::ToolOnEdge);
    puppet.click(20.0, 4.0);
    assert_eq!(puppet.notices(), ["There is no edge here"]);
    // A guide beside it keeps to the site.
    puppet.run(Command::ToolGuide);
    puppet.click(20.0, 4.0);
    puppet.hover(20.0, 14.0);
    puppet.types("10");
    puppet.enter();
    let far = puppet.variant().marks.iter().flat_map(|mark| [mark.a.0, mark.b.0]).map(|p| p.x.hypot(p.y));
    assert!(far.fold(0.0, f64::max) < 100.0);
}

#[test]
fn an_edge_is_moved_pulled_out_and_made_so_long() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.scale(8.0);
    puppet.run(Command::ToolSelect);
    // Dragged: both neighbours become longer.
    play(
        &mut puppet,
        |p| p.drag([20.0, 7.0], [27.1, 7.0]),
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [27.0, 0.0], [27.0, 10.0], [0.0, 10.0]]),
    );
    // Typed while it is pulled.
    play(
        &mut puppet,
        |p| {
            p.pull([20.0, 7.0], [24.0, 7.0]);
            p.types("6.25");
            p.enter();
            p.release(24.0, 7.0);
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [26.25, 0.0], [26.25, 10.0], [0.0, 10.0]]),
    );
    // With Alt it is pulled out: of a slanted neighbour that makes a bay.
    puppet.run(Command::ToolPolygon);
    puppet.outline(&[[-60.0, 0.0], [-40.0, 0.0], [-50.0, 20.0]]);
    let wedge = puppet.selected()[0];
    puppet.run(Command::ToolSelect);
    play(
        &mut puppet,
        |p| {
            p.held.alt = true;
            p.drag([-54.0, 0.0], [-54.0, -5.0]);
            p.held.alt = false;
        },
        |p| {
            let bay = [[-60.0, 0.0], [-60.0, -5.0], [-40.0, -5.0], [-40.0, 0.0], [-50.0, 20.0]];
            has_corners(&p.volume_of(wedge).footprint, &bay);
        },
    );
    // Hovered and typed: the end that is nearer moves.
    puppet.act(Action::Select(vec![hall]));
    play(
        &mut puppet,
        |p| {
            p.hover(17.0, 0.0);
            p.types("60");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [60.0, 0.0], [60.0, 10.0], [0.0, 10.0]]),
    );
    // Too far in is refused, and nothing has happened.
    let before = puppet.text();
    puppet.pull([20.0, 7.5], [10.0, 7.5]);
    puppet.types("30");
    puppet.enter();
    puppet.release(10.0, 7.5);
    assert_eq!(puppet.notices(), ["It cannot go so far: the outline would cross itself"]);
    assert_eq!(puppet.text(), before);
    // The same by hand: it is not left where the hand was a moment before.
    puppet.drag([20.0, 7.5], [-90.0, 7.5]);
    assert_eq!(puppet.notices(), ["It cannot go so far: the outline would cross itself"]);
    assert_eq!(puppet.text(), before);
}

#[test]
fn a_corner_goes_so_far_as_typed_and_a_double_click_sets_one() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolSelect);
    play(
        &mut puppet,
        |p| {
            p.pull([20.0, 10.0], [26.0, 13.0]);
            // From the corner before it, which is (20, 0).
            p.types("15");
            p.tab();
            p.types_on("0");
            p.enter();
            p.release(26.0, 13.0);
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[0.0, 0.0], [20.0, 0.0], [20.0, 15.0], [0.0, 10.0]]),
    );
    play(
        &mut puppet,
        |p| {
            // A click on a handle does not take it along.
            p.click(20.0, 10.0);
            p.hover(30.0, 15.0);
            p.double_click(5.0, 0.0);
        },
        |p| {
            has_corners(
                &p.volume_of(hall).footprint,
                &[[0.0, 0.0], [5.0, 0.0], [20.0, 0.0], [20.0, 10.0], [0.0, 10.0]],
            );
        },
    );
}

#[test]
fn a_dragged_shape_goes_so_far_as_typed() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolSelect);
    play(
        &mut puppet,
        |p| {
            p.pull([10.0, 5.0], [22.0, 5.2]);
            p.types("7.5");
            p.enter();
            p.release(22.0, 5.2);
        },
        |p| assert_eq!(p.volume_of(hall).footprint.outer()[0], point(7.5, 0.0)),
    );
}

#[test]
fn a_cut_along_a_line() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolCut);
    play(
        &mut puppet,
        |p| {
            p.click(5.0, 14.0);
            p.click(5.0, -4.0);
        },
        |p| {
            let mut areas: Vec<f64> = p.variant().volumes.iter().map(|v| v.footprint.area_m2()).collect();
            areas.sort_by(f64::total_cmp);
            assert_eq!(areas, [50.0, 150.0]);
            assert_eq!(p.selected().len(), 2);
            has_corners(&p.volume_of(hall).footprint, &[[5.0, 0.0], [20.0, 0.0], [20.0, 10.0], [5.0, 10.0]]);
        },
    );
    // With a bend: Alt sets it, Enter cuts.
    play(
        &mut puppet,
        |p| {
            p.click(5.0, -4.0);
            p.held.alt = true;
            p.click(5.0, 5.0);
            p.held.alt = false;
            p.click(25.0, 5.0);
            p.event(Event::Enter);
        },
        |p| has_corners(&newest(p), &[[5.0, 0.0], [20.0, 0.0], [20.0, 5.0], [5.0, 5.0]]),
    );
    let before = puppet.text();
    puppet.click(-8.0, 12.0);
    puppet.click(-8.0, -3.0);
    assert_eq!(puppet.notices(), ["The line cuts nothing"]);
    assert_eq!(puppet.text(), before);
}

#[test]
fn an_outline_follows_the_pointer_out_and_in() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolOffset);
    play(
        &mut puppet,
        |p| {
            p.click(10.0, 5.0);
            p.hover(10.0, 8.0);
            p.types("2.5");
            p.enter();
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[2.5, 2.5], [17.5, 2.5], [17.5, 7.5], [2.5, 7.5]]),
    );
    play(
        &mut puppet,
        |p| {
            p.click(10.0, 5.0);
            p.click(10.0, -6.1);
        },
        |p| has_corners(&p.volume_of(hall).footprint, &[[-6.0, -6.0], [26.0, -6.0], [26.0, 16.0], [-6.0, 16.0]]),
    );
    // With Alt a thing of its own: a yard round the hall.
    play(
        &mut puppet,
        |p| {
            p.held.alt = true;
            p.click(10.0, 5.0);
            p.click(10.0, -8.0);
            p.held.alt = false;
        },
        |p| {
            let yard = p.variant().surfaces.iter().next().expect("a yard");
            has_corners(&yard.outline, &[[-8.0, -8.0], [28.0, -8.0], [28.0, 18.0], [-8.0, 18.0]]);
        },
    );
    // Within it, what is set back stands on its roof.
    play(
        &mut puppet,
        |p| {
            p.held.alt = true;
            p.click(10.0, 5.0);
            p.hover(10.0, 8.0);
            p.types("2");
            p.enter();
            p.held.alt = false;
        },
        |p| {
            let upper = p.variant().volumes.iter().last().expect("an upper volume");
            assert_eq!(upper.base_m, 5.0);
            has_corners(&upper.footprint, &[[2.0, 2.0], [18.0, 2.0], [18.0, 8.0], [2.0, 8.0]]);
        },
    );
    // Of a plot guide lines: a setback, and no ground counted twice.
    let plot = puppet.plot([-100.0, -100.0], [100.0, 100.0]);
    puppet.run(Command::ToolOffset);
    play(
        &mut puppet,
        |p| {
            p.act(Action::Select(vec![plot]));
            p.held.alt = true;
            p.hover(60.0, 60.0);
            p.types("-5");
            p.enter();
            p.held.alt = false;
        },
        |p| {
            assert_eq!((p.variant().marks.len(), p.variant().plots.len()), (4, 1));
            assert!(p.variant().marks.iter().all(|mark| mark.a.0.x.abs() == 95.0 || mark.a.0.y.abs() == 95.0));
        },
    );
}

#[test]
fn what_is_typed_for_a_court_is_cut_out_with_alt_and_enter() {
    let home = Home::new();
    let (mut puppet, hall) = hall(&home);
    puppet.run(Command::ToolRectangle);
    puppet.with_ctrl(|p| p.click(6.0, 3.0));
    let pens = |p: &Puppet| -> Vec<OverlayPen> {
        let overlay = p.session().with_ctx(Lang::En, |ctx| p.session().tool().overlay(ctx));
        overlay.lines.iter().map(|line| line.pen).collect()
    };
    puppet.held.alt = true;
    puppet.hover(9.0, 5.0);
    assert!(pens(&puppet).contains(&OverlayPen::Cut), "it is seen what Alt will do");
    puppet.held.alt = false;
    puppet.hover(9.0, 5.0);
    assert!(!pens(&puppet).contains(&OverlayPen::Cut));
    puppet.types("8x4");
    puppet.studio.commit_entry(true);
    assert_eq!(puppet.variant().volumes.len(), 1);
    assert_eq!(puppet.volume_of(hall).footprint.area_m2(), 200.0 - 32.0);
    // And an outline that is closed so.
    puppet.run(Command::ToolSurface);
    for [x, y] in [[1.0, 1.0], [4.0, 1.0], [4.0, 2.0]] {
        puppet.with_ctrl(|p| p.click(x, y));
    }
    puppet.studio.enter(true);
    assert_eq!((puppet.volume_of(hall).footprint.holes().len(), puppet.notices()), (2, vec![]));
    assert!(puppet.variant().surfaces.is_empty());
}

#[test]
fn a_stroke_by_hand_gets_straight_sides() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolFreehand);
    play(
        &mut puppet,
        |p| {
            p.press(0.0, 0.0);
            // Round a rectangle of 60 by 30, half a metre off now and then.
            let corners = [[0.0, 0.0], [60.0, 0.0], [60.0, 30.0], [0.0, 30.0], [0.0, 1.0]];
            for (i, ends) in corners.windows(2).enumerate() {
                for step in 1..=12 {
                    let t = f64::from(step) / 12.0;
                    let off = if (step + i as i32) % 3 == 0 { 0.5 } else { -0.3 };
                    p.hover(
                        ends[0][0] + (ends[1][0] - ends[0][0]) * t + off,
                        ends[0][1] + (ends[1][1] - ends[0][1]) * t - off,
                    );
                }
            }
            p.release(0.0, 1.0);
        },
        |p| {
            let outline = newest(p);
            assert_eq!(outline.outer().len(), 4, "{outline:?}");
            assert!((outline.area_m2() - 1800.0).abs() < 90.0, "within a twentieth: {}", outline.area_m2());
        },
    );
    puppet.press(0.0, 0.0);
    puppet.release(0.0, 0.0);
    assert_eq!(puppet.notices(), ["This makes no shape yet"]);
}

#[test]
fn measuring_changes_nothing() {
    let home = Home::new();
    let (mut puppet, _) = hall(&home);
    let before = puppet.text();
    puppet.run(Command::ToolMeasure);
    puppet.click(0.2, 0.1);
    puppet.click(20.1, 0.1);
    puppet.hover(20.2, 9.9);
    let fields: Vec<(&str, f64)> = puppet
        .session()
        .with_ctx(Lang::En, |ctx| puppet.session().tool().overlay(ctx))
        .readout
        .iter()
        .filter_map(|field| Some((field.kind.key(), field.value?)))
        .collect();
    let expected = [
        ("field-length", 10.0),
        ("field-bearing", 0.0),
        ("field-angle", 90.0),
        ("field-total", 30.0),
        ("field-area", 100.0),
    ];
    assert_eq!(fields, expected);
    puppet.click(20.2, 9.9);
    puppet.event(Event::Enter);
    puppet.event(Event::Escape);
    assert_eq!(puppet.text(), before);
    assert_eq!(puppet.session().history().place(), 1, "only the hall");
}

#[test]
fn the_projects_north_is_any_edge_and_drawing_follows_it() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    // A quay towards 3 east and 4 north.
    puppet.outline(&[[0.0, 0.0], [30.0, 40.0], [-10.0, 70.0], [-40.0, 30.0]]);
    play(
        &mut puppet,
        |p| {
            p.run(Command::ToolNorth);
            p.click(15.2, 20.0);
        },
        |p| assert!((p.session().project().north_deg - 36.869_897_6).abs() < 1e-6),
    );
    puppet.run(Command::ToolNorth);
    puppet.click(15.2, 20.0);
    // Off the plot a rectangle lies along it, and its sides are whole metres.
    puppet.run(Command::ToolRectangle);
    puppet.click(100.0, 0.0);
    puppet.hover(130.0, 40.0);
    puppet.types("20x10");
    puppet.enter();
    let ring = newest(&puppet).outer().to_vec();
    let along = (0..4).map(|i| bearing_deg(ring[i], ring[(i + 1) % 4])).any(|deg| (deg - 36.869_897_6).abs() < 1e-4);
    assert!(along, "{ring:?}");
    puppet.run(Command::ToolNorth);
    puppet.event(Event::Backspace);
    assert_eq!(puppet.session().project().north_deg, 0.0);
}

#[test]
fn an_arc_as_a_side_by_its_end_and_bulge() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.click(40.0, 0.0);
            p.event(Event::OtherWay);
            p.click(40.0, 20.0);
            // Half a circle of 10 m on to the east, as a typed radius.
            p.hover(46.0, 10.0);
            p.types("10");
            p.enter();
            p.click(0.0, 20.0);
            p.event(Event::Enter);
        },
        |p| {
            let outline = newest(p);
            let round = outline.outer().iter().filter(|q| q.x > 40.001);
            assert!(round.clone().count() > 20);
            assert!(round.into_iter().all(|q| (distance_m(*q, point(40.0, 10.0)) - 10.0).abs() < 1e-6));
            let exact_m2 = 800.0 + std::f64::consts::PI * 50.0;
            assert!(exact_m2 - outline.area_m2() < 0.01 * std::f64::consts::PI * 10.0, "{}", outline.area_m2());
        },
    );
    // An arc is taken back whole, its end first.
    puppet.click(0.0, 0.0);
    puppet.click(40.0, 0.0);
    puppet.event(Event::OtherWay);
    puppet.click(40.0, 20.0);
    puppet.click(50.0, 10.0);
    puppet.event(Event::Backspace);
    puppet.click(20.0, 30.0);
    puppet.event(Event::Enter);
    has_corners(&newest(&puppet), &[[0.0, 0.0], [40.0, 0.0], [20.0, 30.0]]);
}

#[test]
fn an_outline_that_crosses_itself_is_repaired_when_asked_twice() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    play(
        &mut puppet,
        |p| {
            for [x, y] in [[0.0, 0.0], [40.0, 40.0], [40.0, 0.0], [10.0, 30.0]] {
                p.click(x, y);
            }
            p.event(Event::Enter);
            p.event(Event::Enter);
        },
        |p| assert!((newest(p).area_m2() - 400.0).abs() < 1e-6, "the larger of two triangles: {}", newest(p).area_m2()),
    );
}

#[test]
fn a_click_near_a_corner_begins_a_shape_there() {
    let home = Home::new();
    let (mut puppet, _) = hall(&home);
    // Ten pixels beside the corner it is caught by: that is no drag.
    puppet.run(Command::ToolRectangle);
    puppet.click(22.0, 1.2);
    assert_eq!(puppet.notices(), Vec::<&str>::new());
    puppet.click(50.0, 30.0);
    has_corners(&newest(&puppet), &[[20.0, 0.0], [50.0, 0.0], [50.0, 30.0], [20.0, 30.0]]);
}

#[test]
fn a_guide_beside_an_edge_catches_and_a_dimension_is_written() {
    let home = Home::new();
    let (mut puppet, _) = hall(&home);
    puppet.run(Command::ToolGuide);
    play(
        &mut puppet,
        |p| {
            p.click(5.0, 0.2);
            p.hover(5.0, -3.0);
            p.types("6");
            p.enter();
        },
        |p| {
            let guide = p.variant().marks.iter().next().expect("a guide");
            assert!((guide.a.0.y + 6.0).abs() < 1e-6 && (guide.b.0.y + 6.0).abs() < 1e-6, "{guide:?}");
        },
    );
    // Through two points, and points are caught on it.
    play(
        &mut puppet,
        |p| {
            p.click(60.0, 40.0);
            p.click(70.0, 50.0);
        },
        |p| assert_eq!(p.variant().marks.len(), 1),
    );
    puppet.click(60.0, 40.0);
    puppet.click(70.0, 50.0);
    puppet.run(Command::ToolPolygon);
    puppet.hover(100.4, 79.1);
    let snap = puppet.session().tool().snap().expect("a snap");
    assert!((snap.at.x - snap.at.y - 20.0).abs() < 1e-6, "{snap:?}");
    puppet.run(Command::Undo);
    puppet.run(Command::ToolDimension);
    play(
        &mut puppet,
        |p| {
            p.click(0.0, 0.0);
            p.click(20.0, 0.0);
            p.hover(10.0, -4.2);
            p.types("5");
            p.enter();
        },
        |p| {
            let dimension = p.variant().marks.iter().next().expect("a dimension");
            assert_eq!((dimension.length_m(), dimension.aside_m), (20.0, -5.0));
            assert_eq!(dimension.written_line(), Some([point(0.0, -5.0), point(20.0, -5.0)]));
        },
    );
    // It can be taken, moved and deleted.
    puppet.click(0.0, 0.0);
    puppet.click(20.0, 0.0);
    puppet.click(10.0, -5.0);
    let dimension = puppet.selected()[0];
    puppet.run(Command::ToolSelect);
    puppet.run(Command::SelectNone);
    puppet.click(6.0, -5.2);
    assert_eq!(puppet.selected(), [dimension]);
    play(&mut puppet, |p| p.run(Command::Delete), |p| assert!(p.variant().marks.is_empty()));
}

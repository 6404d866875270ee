//! Selecting, dragging, pulling corners, moving from point to point.

use maakblok::geometry::{Outline, Point, distance_m, nearest_on_segment, point};
use maakblok::model::{Id, LayerKind};
use maakblok::studio::tool::{Event, Tool, ToolKind};
use maakblok::studio::{Action, Arrow, Command, MapEdges, SnapKind, SnapSwitch};

use super::block;
use crate::puppet::{Home, Puppet};

fn min_of(puppet: &Puppet, id: Id) -> [f64; 2] {
    let min = puppet.volume_of(id).footprint.bounds().unwrap().min;
    [min.x, min.y]
}

#[test]
fn a_click_selects_what_is_on_top_and_tab_what_lies_under_it() {
    let home = Home::new();
    let (mut puppet, plot, a, b) = block(&home);
    puppet.click(20.0, 14.0);
    assert_eq!(puppet.selected(), [a]);
    puppet.click(20.0, 14.0);
    assert_eq!(puppet.selected(), [a], "the same place again is the same thing");
    puppet.event(Event::Next);
    assert_eq!(puppet.selected(), [plot]);
    puppet.event(Event::Next);
    assert_eq!(puppet.selected(), [a], "and round");
    puppet.event(Event::Next);
    puppet.click(20.0, 14.0);
    assert_eq!(puppet.selected(), [a], "a click means what is outlined, whatever is selected");
    puppet.click(80.0, 14.0);
    assert_eq!(puppet.selected(), [b]);
    puppet.with_shift(|p| p.click(20.0, 14.0));
    assert_eq!(puppet.selected(), [a, b]);
    puppet.with_shift(|p| p.click(80.0, 14.0));
    assert_eq!(puppet.selected(), [a]);
    puppet.act(Action::Select(vec![plot]));
    puppet.with_shift(|p| p.click(20.0, 14.0));
    assert_eq!(puppet.selected(), [plot, a], "Shift too means what is outlined");
    puppet.act(Action::Select(vec![a]));
    puppet.with_shift(|p| p.click(200.0, 200.0));
    assert_eq!(puppet.selected(), [a], "Shift beside everything lets nothing go");
    puppet.click(200.0, 200.0);
    assert!(puppet.selected().is_empty());
    puppet.run(Command::SelectAll);
    assert_eq!(puppet.selected(), [plot, a, b]);
}

#[test]
fn a_frame_to_the_right_takes_what_is_within_and_to_the_left_what_it_touches() {
    let home = Home::new();
    let (mut puppet, plot, a, b) = block(&home);
    puppet.drag([5.0, 5.0], [50.0, 30.0]);
    assert_eq!(puppet.selected(), [a]);
    puppet.with_shift(|p| p.drag([55.0, 5.0], [95.0, 30.0]));
    assert_eq!(puppet.selected(), [a, b], "Shift adds");
    puppet.drag([70.0, 30.0], [20.0, 5.0]);
    assert_eq!(puppet.selected(), [plot, a, b], "touched is enough to the left");
    puppet.click(200.0, 200.0);
    puppet.drag([20.0, 5.0], [70.0, 30.0]);
    assert!(puppet.selected().is_empty(), "none lies within");
    puppet.drag([-5.0, -5.0], [105.0, 85.0]);
    assert_eq!(puppet.selected(), [plot, a, b]);
    // Escape in the middle of it changes nothing.
    puppet.pull([-5.0, -5.0], [50.0, 30.0]);
    puppet.event(Event::Escape);
    puppet.release(50.0, 30.0);
    assert_eq!(puppet.selected(), [plot, a, b]);
}

#[test]
fn a_frame_beside_a_slanted_outline_does_not_touch_it() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    puppet.outline(&[[0.0, 0.0], [40.0, 40.0], [30.0, 50.0], [-10.0, 10.0]]);
    let slanted = puppet.selected();
    puppet.run(Command::ToolSelect);
    puppet.run(Command::SelectNone);
    // The lower right of the box around it is empty.
    puppet.drag([39.0, 12.0], [25.0, 2.0]);
    assert!(puppet.selected().is_empty());
    puppet.drag([39.0, 12.0], [10.0, 8.0]);
    assert_eq!(puppet.selected(), slanted);
}

#[test]
fn a_drag_needs_six_pixels_and_a_selected_shape() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    let before = puppet.text();
    puppet.click(20.0, 14.0);
    // Four pixels to a metre: 1.4 m are 5.6 pixels, too little.
    puppet.drag([20.0, 14.0], [21.4, 14.0]);
    assert_eq!(puppet.text(), before);
    puppet.click(20.0, 14.0);
    puppet.click(20.0, 14.0);
    puppet.act(Action::Select(vec![a]));
    puppet.drag([20.0, 14.0], [30.0, 34.0]);
    assert_eq!(min_of(&puppet, a), [20.0, 30.0], "10 to the east, 20 to the north");
    assert_eq!(puppet.session().history().done().last().map(|l| l.key.as_str()), Some("edit-move"));
    puppet.there_and_back_to(&before, 1);
    puppet.run(Command::SelectNone);
    let moved = puppet.text();
    puppet.drag([30.0, 34.0], [60.0, 60.0]);
    assert_eq!(puppet.text(), moved, "what is not selected stays, however it is dragged at");
}

#[test]
fn a_flick_of_the_hand_moves_as_far_as_it_went() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    puppet.press(20.0, 14.0);
    puppet.hover(30.0, 34.0);
    puppet.release(30.0, 34.0);
    assert_eq!(min_of(&puppet, a), [20.0, 30.0]);
    puppet.press(20.0, 30.0);
    puppet.hover(15.0, 25.0);
    puppet.release(15.0, 25.0);
    assert_eq!(min_of(&puppet, a), [15.0, 25.0], "a corner too");
}

#[test]
fn escape_in_the_middle_of_a_drag_restores_every_byte() {
    let home = Home::new();
    let (mut puppet, plot, a, b) = block(&home);
    puppet.act(Action::Select(vec![plot, a, b]));
    let (before, entries) = (puppet.text(), puppet.session().history().place());
    puppet.pull([20.0, 14.0], [137.0, 99.0]);
    assert_ne!(puppet.text(), before, "it follows the pointer");
    puppet.event(Event::Escape);
    assert_eq!(puppet.text(), before);
    puppet.release(137.0, 99.0);
    assert_eq!((puppet.text(), puppet.session().history().place()), (before, entries));
}

#[test]
fn a_drag_back_to_the_start_leaves_no_entry() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    let (before, entries) = (puppet.text(), puppet.session().history().place());
    puppet.pull([20.0, 14.0], [137.0, 99.0]);
    puppet.hover(20.0, 14.0);
    puppet.release(20.0, 14.0);
    assert_eq!((puppet.text(), puppet.session().history().place()), (before, entries));
}

#[test]
fn what_stands_on_a_volume_goes_along_and_what_is_passed_does_not() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    // On paper: no line of the map catches.
    puppet.run(Command::ToggleMap);
    let plinth = puppet.volume([0.0, 0.0], [40.0, 20.0]);
    let house = puppet.volume([5.0, 5.0], [15.0, 15.0]);
    let roof = puppet.volume([6.0, 6.0], [10.0, 10.0]);
    let other = puppet.volume([60.0, 0.0], [100.0, 20.0]);
    let beside = puppet.volume([65.0, 5.0], [75.0, 15.0]);
    puppet.run(Command::ToolSelect);
    puppet.act(Action::Select(vec![plinth]));
    let start = puppet.text();
    let before: Vec<[f64; 2]> = [plinth, house, roof, other, beside].map(|id| min_of(&puppet, id)).to_vec();
    // Across the other building and beyond it.
    puppet.drag([30.0, 10.0], [150.0, 10.0]);
    let after: Vec<[f64; 2]> = [plinth, house, roof, other, beside].map(|id| min_of(&puppet, id)).to_vec();
    for (i, moves) in [true, true, true, false, false].into_iter().enumerate() {
        let by = if moves { 120.0 } else { 0.0 };
        assert_eq!(after[i], [before[i][0] + by, before[i][1]], "thing {i}");
    }
    puppet.there_and_back_to(&start, 1);
    // The upper one alone can be moved.
    puppet.act(Action::Select(vec![house]));
    puppet.drag([133.0, 13.0], [143.0, 13.0]);
    assert_ne!(min_of(&puppet, house), after[1]);
    assert_eq!(min_of(&puppet, plinth), after[0]);
}

#[test]
fn a_building_that_leaves_its_plot_belongs_to_it_no_longer() {
    let home = Home::new();
    let (mut puppet, plot, a, _) = block(&home);
    let other = puppet.plot([0.0, -100.0], [100.0, -20.0]);
    puppet.run(Command::ToolSelect);
    let plot_of = |puppet: &Puppet| puppet.variant().plot_of(puppet.volume_of(a));
    for (to, on) in [([20.0, 200.0], None), ([20.0, -60.0], Some(other)), ([20.0, 14.0], Some(plot))] {
        puppet.act(Action::Select(vec![a]));
        let from = puppet.volume_of(a).footprint.inner_point().unwrap();
        puppet.drag([from.x, from.y], to);
        assert_eq!(plot_of(&puppet), on, "{to:?}");
    }
    puppet.act(Action::Select(vec![plot, a]));
    puppet.drag([20.0, 14.0], [320.0, 214.0]);
    assert_eq!(plot_of(&puppet), Some(plot), "a plot takes its buildings along");
}

#[test]
fn a_corner_is_pulled_and_a_crossing_is_refused_when_let_go() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    let before = puppet.text();
    puppet.drag([40.0, 20.0], [45.0, 30.0]);
    // The rectangle of 30 × 10 with its upper right corner at (45, 30): shoelace gives 30·10 + ½·(5·10 + 30·10) = 475.
    assert_eq!(puppet.volume_of(a).footprint.area_m2(), 475.0);
    assert_eq!(puppet.session().history().done().last().map(|l| l.key.as_str()), Some("edit-move-vertex"));
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
    // Over the opposite side: the outline would cross itself.
    puppet.act(Action::Select(vec![a]));
    puppet.drag([40.0, 20.0], [20.0, -8.0]);
    assert_eq!(puppet.text(), before);
    assert_eq!(puppet.notices().last(), Some(&"The outline would cross itself"));
    puppet.pull([40.0, 20.0], [60.0, 60.0]);
    puppet.event(Event::Escape);
    puppet.release(60.0, 60.0);
    assert_eq!(puppet.text(), before, "Escape takes the corner back");
}

#[test]
fn a_corner_on_its_neighbour_makes_no_doubled_point() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    puppet.drag([40.0, 20.0], [40.0, 10.0]);
    let path = home.path("corner.maakblok");
    let text = puppet.text();
    puppet.save_as(&path);
    let again = Puppet::opening(&home, &path);
    again.no_complaints_but("Another window has this project open");
    assert_eq!(again.text(), text, "what is read is what was written");
}

#[test]
fn a_triangle_turned_inside_out_is_still_an_outline() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.outline(&[[0.0, 0.0], [40.0, 0.0], [20.0, 30.0]]);
    puppet.run(Command::ToolSelect);
    puppet.drag([20.0, 30.0], [20.0, -30.0]);
    let plot = puppet.variant().plots.iter().next().unwrap();
    let expected = Outline::from_points([point(0.0, 0.0), point(40.0, 0.0), point(20.0, -30.0)]);
    assert_eq!(plot.outline.area_m2(), 600.0);
    assert_eq!(plot.outline.bounds(), expected.bounds());
}

#[test]
fn a_corner_is_pulled_out_of_an_edge_and_taken_away_again() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    let before = puppet.text();
    // The middle of the upper edge, 10 m up: 300 + ½ · 30 · 10.
    puppet.drag([25.0, 20.0], [25.0, 30.0]);
    let footprint = &puppet.volume_of(a).footprint;
    assert_eq!((footprint.outer().len(), footprint.area_m2()), (5, 450.0));
    assert_eq!(puppet.session().history().done().last().map(|l| l.key.as_str()), Some("edit-insert-vertex"));
    puppet.hover(25.0, 30.0);
    let on_vertex = |puppet: &Puppet| match puppet.session().tool() {
        Tool::Select(select) => puppet.session().with_ctx(puppet.studio.lang(), |ctx| select.is_on_vertex(ctx)),
        _ => false,
    };
    assert!(on_vertex(&puppet));
    puppet.event(Event::Delete);
    let footprint = &puppet.volume_of(a).footprint;
    assert_eq!((footprint.outer().len(), footprint.area_m2()), (4, 300.0));
    assert!(!on_vertex(&puppet), "no corner is under the pointer any more");
    puppet.run(Command::Undo);
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
}

#[test]
fn a_triangle_keeps_its_corners() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    puppet.outline(&[[0.0, 0.0], [40.0, 0.0], [20.0, 30.0]]);
    puppet.run(Command::ToolSelect);
    let before = puppet.text();
    puppet.hover(20.0, 30.0);
    puppet.event(Event::Delete);
    assert_eq!(puppet.text(), before);
    assert_eq!(puppet.notices(), ["An outline needs three corners"]);
}

#[test]
fn a_corner_that_is_selected_no_longer_is_not_deleted() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    puppet.hover(40.0, 20.0);
    puppet.event(Event::Escape);
    let before = puppet.text();
    puppet.event(Event::Delete);
    assert_eq!(puppet.text(), before);
}

#[test]
fn the_move_tool_goes_from_point_to_point() {
    let home = Home::new();
    let (mut puppet, _, a, b) = block(&home);
    let before = puppet.text();
    puppet.run(Command::ToolMove);
    puppet.click(200.0, 200.0);
    assert_eq!(puppet.notices(), ["Nothing lies there to move"]);
    // Nothing selected: what lies there is taken. From its corner to the corner of the plot.
    puppet.click(10.4, 10.4);
    puppet.hover(50.0, 50.0);
    puppet.click(0.5, 0.5);
    assert_eq!(min_of(&puppet, a), [0.0, 0.0], "corner on corner");
    assert_eq!(puppet.selected(), [a]);
    puppet.there_and_back_to(&before, 1);
    // By a drag, with what is selected.
    puppet.act(Action::Select(vec![a, b]));
    puppet.drag([0.0, 0.0], [0.0, 40.0]);
    assert_eq!((min_of(&puppet, a), min_of(&puppet, b)), ([0.0, 40.0], [60.0, 50.0]));
    let moved = puppet.text();
    puppet.click(0.0, 40.0);
    puppet.hover(33.0, 33.0);
    puppet.event(Event::Escape);
    assert_eq!(puppet.text(), moved, "Escape between the clicks takes it back");
    puppet.event(Event::Escape);
    assert_eq!(puppet.session().tool().kind(), ToolKind::Select);
}

#[test]
fn a_command_in_the_middle_of_a_gesture_does_not_become_part_of_it() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    puppet.act(Action::Select(vec![a]));
    puppet.run(Command::ToolMove);
    puppet.click(10.0, 10.0);
    puppet.hover(30.0, 30.0);
    puppet.run(Command::AddStorey);
    assert_eq!(puppet.volume_of(a).storeys.len(), 2);
    assert_eq!(min_of(&puppet, a), [10.0, 10.0], "the move was not finished");
    puppet.event(Event::Escape);
    assert_eq!(puppet.volume_of(a).storeys.len(), 2, "Escape does not reach it");
    let last = puppet.session().history().done().last().map(|l| l.key.clone());
    assert_eq!(last.as_deref(), Some("edit-add-storey"));
    // Saving in the middle of a drag saves what is done, not what is in hand.
    let path = home.path("middle.maakblok");
    puppet.run(Command::ToolSelect);
    let done = puppet.text();
    puppet.pull([20.0, 14.0], [50.0, 54.0]);
    puppet.save_as(&path);
    puppet.event(Event::Escape);
    assert_eq!(puppet.text(), done);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), done);
}

#[test]
fn hidden_things_are_not_there_for_the_hand_and_locked_ones_cannot_be_taken() {
    let home = Home::new();
    let (mut puppet, plot, a, _) = block(&home);
    let before = puppet.text();
    puppet.act(Action::Select(vec![a]));
    let layers = |p: &Puppet| p.session().project().layers.clone();
    puppet.act(Action::Layers(layers(&puppet).with_locked(LayerKind::Volumes, true)));
    assert!(puppet.selected().is_empty(), "what is locked is let go of");
    puppet.click(20.0, 14.0);
    assert_eq!(puppet.selected(), [plot], "the plot under it");
    puppet.drag([-5.0, -5.0], [300.0, 300.0]);
    assert!(!puppet.selected().contains(&a), "a frame leaves it");
    puppet.run(Command::SelectAll);
    assert!(!puppet.selected().contains(&a));
    // What is locked still catches; what is hidden does not.
    let corner = puppet.volume_of(a).footprint.outer()[0];
    let caught = |p: &mut Puppet| {
        p.run(Command::ToolSurface);
        p.hover(corner.x + 0.6, corner.y + 0.6);
        p.session().tool().snap().map(|snap| snap.kind)
    };
    assert_eq!(caught(&mut puppet), Some(SnapKind::Vertex));
    puppet.act(Action::Layers(layers(&puppet).with_hidden(LayerKind::Volumes, true)));
    assert_ne!(caught(&mut puppet), Some(SnapKind::Vertex));
    puppet.there_and_back_to(&before, 2);
}

#[test]
fn what_is_isolated_is_alone_until_it_is_no_longer() {
    let home = Home::new();
    let (mut puppet, plot, a, b) = block(&home);
    let text = puppet.text();
    puppet.act(Action::Select(vec![a]));
    puppet.run(Command::Isolate);
    puppet.run(Command::SelectAll);
    assert_eq!(puppet.selected(), [a]);
    // What is drawn meanwhile is seen, and can be taken.
    let new = puppet.volume([200.0, 200.0], [220.0, 220.0]);
    puppet.run(Command::SelectAll);
    assert_eq!(puppet.selected(), [a, new]);
    puppet.run(Command::Undo);
    puppet.run(Command::SelectAll);
    assert_eq!(puppet.selected(), [a], "taking back brings nothing else into sight");
    // A copy under way neither.
    puppet.run(Command::ToolCopy);
    puppet.click(10.0, 10.0);
    puppet.hover(20.0, 40.0);
    puppet.hover(30.0, 50.0);
    puppet.event(Event::Escape);
    puppet.run(Command::SelectAll);
    assert_eq!(puppet.selected(), [a]);
    puppet.run(Command::ToolSelect);
    // The line of its plot is seen, and catches nobody's click.
    assert!(puppet.session().isolated().is_some_and(|seen| seen.contains(&plot)));
    puppet.click(70.0, 70.0);
    assert_eq!(puppet.selected(), []);
    puppet.run(Command::Isolate);
    puppet.run(Command::SelectAll);
    assert!(puppet.selected().contains(&b));
    assert_eq!(puppet.text(), text, "nothing of it is in the file");
}

#[test]
fn arrows_move_what_is_selected_by_a_step_of_the_grid_or_ten() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    let before = puppet.text();
    puppet.act(Action::Select(vec![a]));
    puppet.studio.nudge(Arrow::Right, false);
    puppet.studio.nudge(Arrow::Up, true);
    puppet.sweep();
    assert_eq!(min_of(&puppet, a), [11.0, 20.0], "a metre at four pixels a metre, and ten");
    puppet.there_and_back_to(&before, 2);
}

#[test]
fn a_press_that_was_not_meant_leaves_no_trace() {
    let home = Home::new();
    let (mut puppet, _, a, _) = block(&home);
    let before = puppet.text();
    // The second finger comes down after the first has set the corner that closes an outline.
    puppet.run(Command::ToolPlot);
    puppet.click(200.0, 0.0);
    puppet.click(240.0, 0.0);
    puppet.click(240.0, 30.0);
    puppet.press(200.4, 0.4);
    puppet.studio.session_mut().expect("a session").take_back_press();
    puppet.studio.tick();
    puppet.sweep();
    assert_eq!(puppet.text(), before);
    puppet.event(Event::Enter);
    assert_eq!(puppet.variant().plots.len(), 2, "the corners before it are still in hand");
    puppet.run(Command::Undo);
    // Or while something is dragged.
    puppet.run(Command::ToolSelect);
    puppet.act(Action::Select(vec![a]));
    puppet.pull([20.0, 14.0], [50.0, 50.0]);
    puppet.studio.session_mut().expect("a session").take_back_press();
    assert_eq!(puppet.text(), before);
}

#[test]
fn a_drag_in_the_yard_of_a_selected_plot_draws_a_frame() {
    let home = Home::new();
    let (mut puppet, plot, a, b) = block(&home);
    puppet.click(50.0, 60.0);
    assert_eq!(puppet.selected(), [plot]);
    let before = puppet.text();
    puppet.drag([95.0, 60.0], [5.0, 5.0]);
    assert_eq!(puppet.text(), before, "the plot stays under its buildings");
    assert_eq!(puppet.selected(), [plot, a, b]);
    // With the move tool it goes.
    puppet.act(Action::Select(vec![plot]));
    puppet.run(Command::ToolMove);
    puppet.click(0.0, 0.0);
    puppet.click(0.0, 200.0);
    assert_eq!(puppet.variant().outline(plot).and_then(Outline::bounds).expect("bounds").min, point(0.0, 200.0));
}

#[test]
fn what_is_moved_is_caught_by_the_lines_of_the_map_that_is_shown() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [40.0, 20.0]);
    puppet.run(Command::ToolSelect);
    let map = MapEdges::new(puppet.session().frame());
    let away_m = |p: &Puppet| {
        let corners = p.volume_of(hall).footprint.outer().to_vec();
        let around = p.volume_of(hall).footprint.bounds().expect("bounds").grown(10.0);
        let far = |c: Point| map.meeting(around).map(move |(a, b)| distance_m(c, nearest_on_segment(c, a, b)));
        corners.into_iter().flat_map(far).fold(f64::INFINITY, f64::min)
    };
    // Where a line of the map passes within three metres of a corner, twelve pixels.
    let (before, place) = (puppet.text(), puppet.session().history().place());
    puppet.drag([30.0, 10.0], [150.0, 10.0]);
    assert!(away_m(&puppet) < 1e-3, "{}", away_m(&puppet));
    puppet.run(Command::Undo);
    // Not while the surroundings do not count.
    puppet.act(Action::SnapSwitch(SnapSwitch::Context));
    puppet.drag([30.0, 10.0], [150.0, 10.0]);
    assert!(away_m(&puppet) > 0.1, "{}", away_m(&puppet));
    puppet.there_and_back_to(&before, puppet.session().history().place() - place);
}

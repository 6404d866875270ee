//! What can be done to selected shapes by a command: geometry to the millimetre, names and buildings that follow, undo back to
//! the same text.

use maakblok::geometry::{Outline, Point, point};
use maakblok::i18n::Lang;
use maakblok::io::native;
use maakblok::model::{Id, Origin, Project, Surface, SurfaceKind};
use maakblok::record::Extra;
use maakblok::studio::tool::{Event, Pointer, Purpose, ToolKind};
use maakblok::studio::{Action, Command, Operation, Session, StoreyChange, operate};

use crate::puppet::{Home, Puppet, has_corners};

/// Runs a command on a selection, looks at what came of it, and takes it back.
fn play(puppet: &mut Puppet, ids: &[Id], action: Action, see: impl FnOnce(&Puppet)) {
    puppet.act(Action::Select(ids.to_vec()));
    let (before, place) = (puppet.text(), puppet.session().history().place());
    puppet.act(action);
    assert_eq!(puppet.notices(), Vec::<&str>::new());
    see(puppet);
    assert_eq!(puppet.session().history().place(), place + 1, "one edit");
    puppet.there_and_back_to(&before, 1);
    puppet.run(Command::Undo);
    puppet.studio.notices.clear();
}

/// Runs a command that cannot be done and says why.
#[track_caller]
fn refused(puppet: &mut Puppet, ids: &[Id], action: Action, why: &str) {
    puppet.act(Action::Select(ids.to_vec()));
    let before = puppet.text();
    puppet.act(action);
    assert_eq!(puppet.notices(), [why]);
    assert_eq!(puppet.text(), before);
    puppet.studio.notices.clear();
}

fn names(puppet: &Puppet) -> Vec<&str> {
    puppet.variant().volumes.iter().map(|volume| volume.name.as_str()).collect()
}

#[test]
fn shapes_are_united_subtracted_and_intersected() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let a = puppet.volume([0.0, 0.0], [40.0, 20.0]);
    puppet.run(Command::ToolPolygon);
    // Drawn beside and then brought over, for a volume drawn on another stands on it.
    puppet.outline(&[[60.0, 0.0], [80.0, 0.0], [80.0, 40.0], [60.0, 40.0]]);
    let b = puppet.selected()[0];
    puppet.run(Command::ToolMove);
    puppet.click(60.0, 0.0);
    puppet.click(30.0, 10.0);
    has_corners(&puppet.volume_of(b).footprint, &[[30.0, 10.0], [50.0, 10.0], [50.0, 50.0], [30.0, 50.0]]);
    let l =
        [[0.0, 0.0], [40.0, 0.0], [40.0, 10.0], [50.0, 10.0], [50.0, 50.0], [30.0, 50.0], [30.0, 20.0], [0.0, 20.0]];
    play(&mut puppet, &[a, b], Action::Run(Command::Union), |p| {
        assert_eq!((p.selected().len(), p.variant().volumes.len(), p.variant().buildings.len()), (1, 1, 1));
        has_corners(&p.volume_of(p.selected()[0]).footprint, &l);
    });
    play(&mut puppet, &[a, b], Action::Run(Command::Intersect), |p| {
        has_corners(&p.volume_of(p.selected()[0]).footprint, &[[30.0, 10.0], [40.0, 10.0], [40.0, 20.0], [30.0, 20.0]]);
    });
    // Both have 800 m²: the elder is the one that loses.
    play(&mut puppet, &[a, b], Action::Run(Command::Subtract), |p| {
        assert_eq!(p.selected(), [a]);
        let notched = [[0.0, 0.0], [40.0, 0.0], [40.0, 10.0], [30.0, 10.0], [30.0, 20.0], [0.0, 20.0]];
        has_corners(&p.volume_of(a).footprint, &notched);
    });
    let far = puppet.volume([-100.0, -100.0], [-90.0, -90.0]);
    refused(&mut puppet, &[a, far], Action::Run(Command::Union), "The shapes do not touch");
    refused(&mut puppet, &[a, far], Action::Run(Command::Intersect), "The shapes share nothing");
    refused(&mut puppet, &[a], Action::Run(Command::Union), "Select two shapes or more");
}

#[test]
fn a_court_is_a_real_hole() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let block = puppet.volume([0.0, 0.0], [60.0, 40.0]);
    puppet.run(Command::ToolRectangle);
    puppet.act(Action::PurposeInHand(Purpose::Surface));
    puppet.click(15.0, 10.0);
    puppet.click(45.0, 30.0);
    let yard = puppet.selected()[0];
    play(&mut puppet, &[block, yard], Action::Run(Command::Subtract), |p| {
        let footprint = &p.volume_of(block).footprint;
        assert_eq!((footprint.holes().len(), footprint.area_m2()), (1, 60.0 * 40.0 - 30.0 * 20.0));
        assert_eq!(p.variant().surfaces.len(), 1, "the yard that lies in it stays");
    });
    refused(
        &mut puppet,
        &[block, yard],
        Action::Run(Command::Union),
        "Only plots with plots, volumes with volumes, ground with ground",
    );
}

#[test]
fn a_plot_in_three_equal_parts_keeps_its_buildings() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [90.0, 40.0]);
    let east = puppet.volume([70.0, 5.0], [85.0, 35.0]);
    play(&mut puppet, &[plot], Action::RunWith(Command::SplitInto, 3.0), |p| {
        let plots: Vec<_> = p.variant().plots.iter().collect();
        assert_eq!(plots.len(), 3);
        assert!(plots.iter().all(|plot| (plot.outline.area_m2() - 1200.0).abs() < 1e-6));
        assert_eq!(p.selected().len(), 3);
        let building = p.variant().buildings.get(p.volume_of(east).building).expect("its building");
        let of = building.plot.and_then(|plot| p.variant().plots.get(plot)).expect("its plot");
        assert!(of.outline.contains(point(75.0, 20.0)), "it stands on the part that it stands on");
    });
    play(&mut puppet, &[plot], Action::RunWith(Command::SplitOff, 1000.0), |p| {
        let mut areas: Vec<f64> = p.variant().plots.iter().map(|plot| plot.outline.area_m2()).collect();
        areas.sort_by(f64::total_cmp);
        assert!((areas[0] - 1000.0).abs() < 1e-6 && (areas[1] - 2600.0).abs() < 1e-6, "{areas:?}");
    });
    refused(&mut puppet, &[plot], Action::RunWith(Command::SplitOff, 5000.0), "That does not fit these shapes");
}

#[test]
fn parts_of_a_building_are_named_and_share_its_homes() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let row = puppet.volume([0.0, 0.0], [60.0, 10.0]);
    puppet.act(Action::NameVolume(row, "Row".into()));
    puppet.act(Action::Dwellings(row, Some(10)));
    play(&mut puppet, &[row], Action::RunWith(Command::SplitInto, 6.0), |p| {
        assert_eq!(p.variant().volumes.len(), 6);
        assert_eq!(p.variant().buildings.len(), 1, "they stay one building");
        let homes: u32 = p.variant().volumes.iter().filter_map(|volume| volume.dwellings).sum();
        assert_eq!(homes, 10);
        let mut names = names(p);
        names.sort_unstable();
        assert_eq!(names, ["Row", "Row 2", "Row 3", "Row 4", "Row 5", "Row 6"]);
    });
}

#[test]
fn an_outline_is_drawn_out_and_in() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    play(&mut puppet, &[hall], Action::RunWith(Command::Offset, 6.0), |p| {
        has_corners(&p.volume_of(hall).footprint, &[[-6.0, -6.0], [26.0, -6.0], [26.0, 16.0], [-6.0, 16.0]]);
    });
    play(&mut puppet, &[hall], Action::RunWith(Command::Offset, -2.5), |p| {
        has_corners(&p.volume_of(hall).footprint, &[[2.5, 2.5], [17.5, 2.5], [17.5, 7.5], [2.5, 7.5]]);
    });
    refused(&mut puppet, &[hall], Action::RunWith(Command::Offset, -6.0), "Nothing would be left");
}

#[test]
fn three_skewed_neighbours_become_square_at_once() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    let joints =
        [[0.0, 0.0], [20.0, 1.0], [41.0, 0.0], [60.0, -1.0], [60.0, 31.0], [40.0, 30.0], [21.0, 29.0], [0.0, 30.0]];
    let mut ids = Vec::new();
    for [a, b, c, d] in [[0, 1, 6, 7], [1, 2, 5, 6], [2, 3, 4, 5]] {
        puppet.outline(&[joints[a], joints[b], joints[c], joints[d]]);
        ids.push(puppet.selected()[0]);
        puppet.run(Command::ToolPlot);
    }
    play(&mut puppet, &ids, Action::Run(Command::MakeSquare), |p| {
        for plot in p.variant().plots.iter() {
            let ring = plot.outline.outer();
            let square = (0..4).all(|i| {
                let (a, b) = (ring[(i + 1) % 4] - ring[i], ring[(i + 2) % 4] - ring[(i + 1) % 4]);
                (a.x * b.x + a.y * b.y).abs() < 1e-3
            });
            assert!(ring.len() == 4 && square, "{ring:?}");
        }
        let shared = p.variant().plots.iter().flat_map(|plot| plot.outline.outer().to_vec());
        let mut corners: Vec<(i64, i64)> =
            shared.map(|p| ((p.x * 1e4).round() as i64, (p.y * 1e4).round() as i64)).collect();
        corners.sort_unstable();
        corners.dedup();
        assert_eq!(corners.len(), 8, "walls are still shared");
    });
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    refused(&mut puppet, &[hall], Action::Run(Command::MakeSquare), "All corners are square already");
}

#[test]
fn shapes_are_turned_scaled_and_flipped_about_their_middle() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    puppet.outline(&[[0.0, 0.0], [20.0, 0.0], [20.0, 10.0]]);
    let wedge = puppet.selected()[0];
    play(&mut puppet, &[wedge], Action::RunWith(Command::TurnBy, 90.0), |p| {
        has_corners(&p.volume_of(wedge).footprint, &[[5.0, 15.0], [5.0, -5.0], [15.0, -5.0]]);
    });
    play(&mut puppet, &[wedge], Action::RunWith(Command::ScaleBy, 2.0), |p| {
        has_corners(&p.volume_of(wedge).footprint, &[[-10.0, -5.0], [30.0, -5.0], [30.0, 15.0]]);
    });
    play(&mut puppet, &[wedge], Action::Run(Command::FlipEast), |p| {
        has_corners(&p.volume_of(wedge).footprint, &[[20.0, 0.0], [0.0, 0.0], [0.0, 10.0]]);
    });
    play(&mut puppet, &[wedge], Action::Run(Command::FlipNorth), |p| {
        has_corners(&p.volume_of(wedge).footprint, &[[0.0, 10.0], [20.0, 10.0], [20.0, 0.0]]);
    });
}

#[test]
fn shapes_are_brought_in_line_and_apart() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let a = puppet.volume([0.0, 0.0], [10.0, 10.0]);
    let b = puppet.volume([30.0, 7.0], [50.0, 27.0]);
    let c = puppet.volume([55.0, -9.0], [95.0, 1.0]);
    let mins = |p: &Puppet| -> Vec<[f64; 2]> {
        [a, b, c].map(|id| p.volume_of(id).footprint.bounds().expect("bounds").min).map(|p| [p.x, p.y]).to_vec()
    };
    let all = [a, b, c];
    for (command, expected) in [
        (Command::AlignWest, [[0.0, 0.0], [0.0, 7.0], [0.0, -9.0]]),
        (Command::AlignEast, [[85.0, 0.0], [75.0, 7.0], [55.0, -9.0]]),
        (Command::AlignSouth, [[0.0, -9.0], [30.0, -9.0], [55.0, -9.0]]),
        (Command::AlignNorth, [[0.0, 17.0], [30.0, 7.0], [55.0, 17.0]]),
        (Command::AlignMiddleEast, [[42.5, 0.0], [37.5, 7.0], [27.5, -9.0]]),
        (Command::AlignMiddleNorth, [[0.0, 4.0], [30.0, -1.0], [55.0, 4.0]]),
        // 95 wide, 70 taken: two gaps of 12.5.
        (Command::DistributeEast, [[0.0, 0.0], [22.5, 7.0], [55.0, -9.0]]),
    ] {
        play(&mut puppet, &all, Action::Run(command), |p| assert_eq!(mins(p), expected, "{command:?}"));
    }
    refused(&mut puppet, &[a, b], Action::Run(Command::DistributeNorth), "Select three shapes or more");
}

#[test]
fn corners_are_cut_and_rounded() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    play(&mut puppet, &[hall], Action::RunWith(Command::CutCorners, 2.0), |p| {
        let footprint = &p.volume_of(hall).footprint;
        assert_eq!((footprint.outer().len(), footprint.area_m2()), (8, 200.0 - 8.0));
    });
    play(&mut puppet, &[hall], Action::RunWith(Command::RoundCorners, 3.0), |p| {
        let area_m2 = p.volume_of(hall).footprint.area_m2();
        let exact_m2 = 200.0 - (4.0 - std::f64::consts::PI) * 9.0;
        assert!((area_m2 - exact_m2).abs() < 0.2 && area_m2 <= exact_m2, "{area_m2}");
    });
    refused(&mut puppet, &[hall], Action::RunWith(Command::CutCorners, 6.0), "That does not fit these shapes");
}

#[test]
fn a_command_without_its_measure_asks_for_it_in_the_palette() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.volume([0.0, 0.0], [20.0, 10.0]);
    let before = puppet.text();
    puppet.run(Command::Offset);
    assert!(puppet.studio.panels.palette);
    assert_eq!(puppet.studio.palette_words.as_deref(), Some("Offset by "));
    assert_eq!(puppet.text(), before);
}

#[test]
fn an_outline_that_crosses_itself_falls_apart_where_it_does() {
    // A file may hold such a surface; drawing never makes one.
    let mut project = Project::new("P", Origin::new(4.35, 50.85), "A");
    let tie = Outline::from_points([[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0]].map(|[x, y]| point(x, y)));
    let id = project.take_id();
    let (name, code, extra) = (String::new(), String::new(), Extra::default());
    project.variants[0].surfaces.insert(Surface { id, name, code, kind: SurfaceKind::Yard, outline: tie, extra });
    let mut session = Session::new(project).expect("on earth");
    session.selection_mut().set([id]);
    let before = native::write(session.project()).expect("written");
    let run = |session: &Session, operation| session.with_ctx(Lang::En, |ctx| operate(ctx, &[id], operation));
    assert_eq!(run(&session, Operation::Square { to_axes: false }).err(), Some("why-faulty-shape"));
    let (edit, parts) = run(&session, Operation::Repair).expect("it can be repaired");
    session.apply(edit).expect("it fits");
    assert_eq!(parts.len(), 2);
    let areas: Vec<f64> = session.variant().surfaces.iter().map(|surface| surface.outline.area_m2()).collect();
    assert_eq!(areas, [25.0, 25.0]);
    assert_eq!(run(&session, Operation::Repair).err(), Some("why-no-fault"));
    session.undo();
    assert_eq!(native::write(session.project()).expect("written"), before);
}

#[test]
fn what_stands_askew_is_made_square_along_the_projects_axes() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    puppet.with_ctrl(|p| p.outline(&[[0.0, 0.0], [30.0, 1.0], [30.0, 13.0], [0.0, 12.0]]));
    let hall = puppet.selected()[0];
    play(&mut puppet, &[hall], Action::Run(Command::SquareToNorth), |p| {
        let ring = p.volume_of(hall).footprint.outer().to_vec();
        let along = |a: Point, b: Point| (a.x - b.x).abs() < 1e-3 || (a.y - b.y).abs() < 1e-3;
        assert!((0..4).all(|i| along(ring[i], ring[(i + 1) % 4])), "{ring:?}");
    });
}

#[test]
fn what_stands_on_something_that_is_brought_in_line_too_comes_into_line_itself() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plinth = puppet.volume([0.0, 0.0], [60.0, 40.0]);
    let tower = puppet.volume([5.0, 5.0], [20.0, 20.0]);
    play(&mut puppet, &[plinth, tower], Action::Run(Command::AlignEast), |p| {
        has_corners(&p.volume_of(tower).footprint, &[[45.0, 5.0], [60.0, 5.0], [60.0, 20.0], [45.0, 20.0]]);
        assert_eq!(p.volume_of(plinth).footprint.bounds().expect("bounds").min, point(0.0, 0.0));
    });
    // Brought in line they stay; that is no step.
    puppet.act(Action::Select(vec![plinth, tower]));
    puppet.run(Command::AlignEast);
    let place = puppet.session().history().place();
    puppet.run(Command::Undo);
    puppet.run(Command::Redo);
    puppet.run(Command::AlignEast);
    assert_eq!(puppet.session().history().place(), place);
    assert_eq!(puppet.notices(), ["Nothing would change"]);
}

#[test]
fn a_building_is_not_used_up_by_what_is_of_another_kind() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolSurface);
    puppet.outline(&[[0.0, 0.0], [100.0, 0.0], [100.0, 80.0], [0.0, 80.0]]);
    let yard = puppet.selected()[0];
    let hall = puppet.volume([20.0, 20.0], [60.0, 40.0]);
    play(&mut puppet, &[yard, hall], Action::Run(Command::Subtract), |p| {
        assert!(p.variant().has(hall), "the yard loses what the hall covers; the hall stays");
        assert_eq!(p.variant().outline(yard).expect("the yard").area_m2(), 8000.0 - 800.0);
    });
}

#[test]
fn volumes_with_other_storeys_are_united_and_it_is_said_whose_hold() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let large = puppet.volume([0.0, 0.0], [60.0, 40.0]);
    let small = puppet.volume([60.0, 0.0], [80.0, 40.0]);
    puppet.act(Action::Storeys(vec![large], StoreyChange::Add));
    puppet.act(Action::Select(vec![large, small]));
    puppet.run(Command::Union);
    assert_eq!(puppet.notices(), ["The storeys of the largest hold for all of it; those of the others are gone"]);
    assert_eq!((puppet.variant().volumes.len(), puppet.volume_of(large).storeys.len()), (1, 2));
}

#[test]
fn what_was_faulty_before_is_moved_with_the_rest() {
    // As an import may bring it: a bow tie.
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    let mut project = puppet.session().project().clone();
    let bow = Outline::from_points([point(40.0, 0.0), point(60.0, 10.0), point(60.0, 0.0), point(40.0, 10.0)]);
    assert!(bow.fault().is_some());
    let mut volume = puppet.volume_of(hall).clone();
    (volume.id, volume.footprint) = (project.take_id(), bow);
    project.variants[0].volumes.insert(volume);
    let mut session = Session::new(project).expect("a session");
    session.select(session.variant().volumes.iter().map(|volume| volume.id).collect::<Vec<_>>());
    session.take_tool(ToolKind::Move);
    let at = |x: f64| Pointer { world: Point { x, y: 0.0 }, ctrl: true, ..Pointer::default() };
    for event in [Event::Press(at(0.0)), Event::Release(at(0.0)), Event::Move(at(30.0)), Event::Press(at(30.0))] {
        assert_eq!(session.tool_event(event, Lang::En), Vec::<&str>::new(), "nothing is refused");
    }
    let bounds = session.variant().bounds().expect("bounds");
    assert_eq!((bounds.min.x, bounds.max.x), (30.0, 90.0));
}

#[test]
fn a_building_goes_to_the_part_of_its_plot_that_holds_most_of_it() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [90.0, 40.0]);
    // An L: 6 × 30 m² of it lie in the first third, 28 × 12 in the second.
    puppet.run(Command::ToolPolygon);
    puppet.with_ctrl(|p| {
        p.outline(&[[24.0, 4.0], [58.0, 4.0], [58.0, 16.0], [30.0, 16.0], [30.0, 34.0], [24.0, 34.0]]);
    });
    let building = puppet.volume_of(puppet.selected()[0]).building;
    play(&mut puppet, &[plot], Action::RunWith(Command::SplitInto, 3.0), |p| {
        let west = |name: &str| {
            let plot = p.variant().plots.iter().find(|plot| plot.name == name).expect("a part");
            plot.outline.bounds().expect("bounds").min.x.round()
        };
        assert_eq!(["Plot 1", "Plot 2", "Plot 3"].map(west), [0.0, 30.0, 60.0], "in the order of the cuts");
        let on = p.variant().buildings.get(building).and_then(|building| building.plot).expect("a plot");
        assert_eq!(p.variant().plots.get(on).expect("the plot").name, "Plot 2");
    });
}

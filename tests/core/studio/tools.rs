//! The tools that draw: plot, volume, surface, rectangle; closing, refusing, taking back.

use maakblok::geometry::{bearing_deg, distance_m, point};
use maakblok::library::UseId;
use maakblok::measure::FigureId;
use maakblok::model::{Region, State, SurfaceKind};
use maakblok::studio::tool::{Event, ToolKind};
use maakblok::studio::{Action, Command, SnapKind, StoreyChange};

use crate::puppet::{Home, Puppet};

const SQUARE: [[f64; 2]; 4] = [[0.0, 0.0], [20.0, 0.0], [20.0, 20.0], [0.0, 20.0]];

fn busy(puppet: &Puppet) -> bool {
    puppet.session().tool().is_busy()
}

#[test]
fn an_outline_closes_on_its_first_point_by_enter_and_by_double_click() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    for way in ["first point", "enter", "double click"] {
        puppet.run(Command::ToolPlot);
        for [x, y] in &SQUARE[..3] {
            puppet.click(*x, *y);
        }
        match way {
            "first point" => {
                puppet.click(0.0, 20.0);
                puppet.click(0.4, 0.4);
            }
            "enter" => {
                puppet.click(0.0, 20.0);
                puppet.event(Event::Enter);
            }
            _ => puppet.double_click(0.0, 20.0),
        }
        assert!(!busy(&puppet), "{way}");
        let plot = puppet.variant().plots.iter().next().unwrap_or_else(|| panic!("{way}: no plot"));
        assert_eq!((plot.outline.outer().len(), plot.outline.area_m2()), (4, 400.0), "{way}");
        assert_eq!(puppet.selected(), [plot.id], "{way}");
        assert_eq!(puppet.session().tool().kind(), ToolKind::Plot, "{way}: the next one can be drawn at once");
        puppet.run(Command::Undo);
        assert_eq!(puppet.text(), start, "{way}");
    }
}

#[test]
fn a_double_click_beside_the_grid_sets_one_corner_and_no_crumb() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    for [x, y] in [[0.0, 0.0], [20.0, 0.0], [20.0, 20.0]] {
        puppet.click(x, y);
    }
    // 0.4 m off the grid of 1 m, and the hand moves by a pixel between the clicks.
    puppet.click(0.4, 20.4);
    puppet.click(0.6, 20.2);
    puppet.event(Event::DoubleClick(Default::default()));
    let plot = puppet.variant().plots.iter().next().expect("a plot");
    assert_eq!(plot.outline.outer().len(), 4, "{:?}", plot.outline);
    assert_eq!(plot.outline.area_m2(), 400.0);
}

#[test]
fn a_double_click_on_the_first_point_closes_and_begins_nothing_new() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPolygon);
    for [x, y] in SQUARE {
        puppet.click(x, y);
    }
    puppet.double_click(0.0, 0.0);
    assert_eq!(puppet.variant().volumes.len(), 1);
    assert!(!busy(&puppet), "no new outline was begun");
}

#[test]
fn an_outline_that_crosses_itself_is_refused_and_stays_in_hand() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    puppet.run(Command::ToolPlot);
    for [x, y] in [[0.0, 0.0], [40.0, 40.0], [40.0, 0.0], [0.0, 40.0]] {
        puppet.click(x, y);
    }
    puppet.event(Event::Enter);
    assert_eq!(puppet.notices(), ["The outline would cross itself; Enter once more repairs it"]);
    assert!(busy(&puppet));
    assert_eq!(puppet.text(), start);
    puppet.event(Event::Backspace);
    puppet.event(Event::Enter);
    assert_eq!(puppet.variant().plots.len(), 1, "without its last point it is a triangle");
}

#[test]
fn too_few_points_are_said_and_a_line_is_no_outline() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.event(Event::Enter);
    assert!(puppet.notices().is_empty(), "nothing begun, nothing to say");
    puppet.click(0.0, 0.0);
    puppet.click(20.0, 0.0);
    puppet.event(Event::Enter);
    assert_eq!(puppet.notices(), ["An outline needs three corners"]);
    puppet.click(40.0, 0.0);
    puppet.event(Event::Enter);
    assert_eq!(puppet.variant().plots.len(), 0, "three points in a line enclose nothing");
    assert!(busy(&puppet));
}

#[test]
fn escape_takes_back_the_drawing_then_the_tool_then_the_selection() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [40.0, 40.0]);
    let text = puppet.text();
    puppet.run(Command::ToolSurface);
    puppet.click(5.0, 5.0);
    puppet.click(15.0, 5.0);
    puppet.event(Event::Escape);
    assert!(!busy(&puppet));
    assert_eq!(puppet.session().tool().kind(), ToolKind::Surface);
    puppet.event(Event::Escape);
    assert_eq!(puppet.session().tool().kind(), ToolKind::Select);
    assert_eq!(puppet.selected(), [plot]);
    puppet.event(Event::Escape);
    assert!(puppet.selected().is_empty());
    assert_eq!(puppet.text(), text);
}

#[test]
fn undo_in_the_middle_of_a_drawing_takes_back_its_last_corner_and_nothing_else() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let plot = puppet.plot([0.0, 0.0], [40.0, 40.0]);
    let text = puppet.text();
    puppet.run(Command::ToolSurface);
    puppet.click(5.0, 5.0);
    puppet.click(15.0, 5.0);
    puppet.run(Command::Undo);
    assert!(busy(&puppet), "one corner is left");
    puppet.run(Command::Undo);
    assert!(!busy(&puppet));
    assert_eq!((puppet.text(), puppet.session().tool().kind()), (text.clone(), ToolKind::Surface));
    // A rectangle has one corner; a drag goes back to where it began.
    puppet.run(Command::ToolRectangle);
    puppet.click(5.0, 5.0);
    puppet.run(Command::Undo);
    assert!(!busy(&puppet));
    puppet.run(Command::ToolSelect);
    puppet.act(Action::Select(vec![plot]));
    puppet.pull([30.0, 0.0], [30.0, -10.0]);
    assert_ne!(puppet.text(), text);
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), text);
    // Only now the edit before it.
    puppet.release(30.0, -10.0);
    puppet.run(Command::Undo);
    assert_eq!(puppet.variant().plots.len(), 0);
}

#[test]
fn another_tool_lets_go_of_what_was_begun() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    puppet.run(Command::ToolPlot);
    puppet.click(0.0, 0.0);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.run(Command::ToolSelect);
    assert!(!busy(&puppet));
    assert_eq!(puppet.text(), start);
}

#[test]
fn a_rectangle_comes_by_two_clicks_and_by_a_drag_and_needs_width() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolRectangle);
    puppet.click(0.0, 0.0);
    puppet.click(60.0, 0.2);
    assert_eq!(puppet.notices(), ["The rectangle has no width yet"]);
    assert!(busy(&puppet), "the first corner stays");
    puppet.click(60.0, 14.0);
    puppet.drag([0.0, 30.0], [60.0, 44.0]);
    // The second point is set wherever the drag began from: upwards to the left.
    puppet.drag([60.0, 74.0], [0.0, 60.0]);
    let areas: Vec<f64> = puppet.variant().volumes.iter().map(|v| v.footprint.area_m2()).collect();
    assert_eq!(areas, [840.0, 840.0, 840.0]);
    let names: Vec<&str> = puppet.variant().volumes.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["Hall 1", "Hall 2", "Hall 3"]);
    assert_eq!(puppet.variant().buildings.len(), 3);
}

#[test]
fn a_rectangle_lies_along_its_plot() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    // A plot turned by the angle of 3 : 4, sides of 100 and 50 m.
    puppet.run(Command::ToolPlot);
    puppet.with_ctrl(|p| p.outline(&[[0.0, 0.0], [80.0, 60.0], [50.0, 100.0], [-30.0, 40.0]]));
    assert_eq!(puppet.variant().plots.iter().next().unwrap().outline.area_m2(), 5000.0);
    puppet.run(Command::ToolRectangle);
    puppet.click(10.0, 20.0);
    puppet.click(40.0, 50.0);
    let volume = puppet.variant().volumes.iter().next().unwrap();
    let ring = volume.footprint.outer();
    let bearings: Vec<f64> = volume.footprint.edges().map(|(a, b)| bearing_deg(a, b).rem_euclid(90.0)).collect();
    let along = bearing_deg(point(0.0, 0.0), point(80.0, 60.0)).rem_euclid(90.0);
    assert!(bearings.iter().all(|b| (b - along).abs() < 1e-4), "{bearings:?} all like {along}");
    for (a, b) in volume.footprint.edges() {
        let length = distance_m(a, b);
        assert!((length - length.round()).abs() < 1e-6, "whole metres along its own sides: {length}");
    }
    assert_eq!(ring.len(), 4);
}

#[test]
fn a_volume_on_a_volume_stands_on_its_roof_and_in_its_building() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([-10.0, -10.0], [80.0, 40.0]);
    let plinth = puppet.volume([0.0, 0.0], [60.0, 20.0]);
    puppet.run(Command::AddStorey);
    puppet.act(Action::UseInHand(UseId::from("housing")));
    let homes = puppet.volume([10.0, 4.0], [50.0, 16.0]);
    let (below, above) = (puppet.volume_of(plinth).clone(), puppet.volume_of(homes).clone());
    assert_eq!((below.base_m, below.top_m()), (0.0, 10.0), "two storeys of 5 m");
    assert_eq!((above.base_m, above.top_m()), (10.0, 13.0), "housing asks for 3 m");
    assert_eq!(above.building, below.building);
    assert_eq!(above.name, "Upper volume 1");
    assert_eq!(puppet.variant().buildings.len(), 1);
    // Only the plinth stands on the ground: 60 × 20; floor 2 × 1,200 + 40 × 12.
    let figures = puppet.session().sums().unwrap().totals();
    assert_eq!((figures.one(FigureId::Footprint), figures.one(FigureId::Gfa)), (1200.0, 2880.0));
    let top = puppet.volume([15.0, 6.0], [25.0, 12.0]);
    assert_eq!(puppet.volume_of(top).base_m, 13.0, "the topmost carries");
}

#[test]
fn what_is_to_be_demolished_carries_nothing() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([-10.0, -10.0], [80.0, 40.0]);
    let old = puppet.volume([0.0, 0.0], [60.0, 20.0]);
    puppet.run(Command::AddStorey);
    puppet.act(Action::Storeys(vec![old], StoreyChange::State(1, State::Removed)));
    let on_the_rest = puppet.volume([10.0, 4.0], [20.0, 16.0]);
    assert_eq!(puppet.volume_of(on_the_rest).base_m, 5.0, "the upper storey goes, the lower one stays");
    puppet.run(Command::Delete);
    puppet.act(Action::Storeys(vec![old], StoreyChange::State(0, State::Removed)));
    let instead = puppet.volume([10.0, 4.0], [20.0, 16.0]);
    assert_eq!(puppet.volume_of(instead).base_m, 0.0);
    assert_ne!(puppet.volume_of(instead).building, puppet.volume_of(old).building, "a building of its own");
}

#[test]
fn a_plot_takes_in_the_buildings_that_stand_where_it_is_drawn() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    let hall = puppet.volume([0.0, 0.0], [20.0, 10.0]);
    let outside = puppet.volume([100.0, 0.0], [120.0, 10.0]);
    let plot = puppet.plot([-10.0, -10.0], [50.0, 50.0]);
    let v = puppet.variant();
    assert_eq!(v.plot_of(v.volumes.get(hall).unwrap()), Some(plot));
    assert_eq!(v.plot_of(v.volumes.get(outside).unwrap()), None);
    let second = puppet.volume([0.0, 20.0], [20.0, 30.0]);
    let v = puppet.variant();
    assert_eq!(v.plot_of(v.volumes.get(second).unwrap()), Some(plot));
    puppet.there_and_back(&start);
}

#[test]
fn surfaces_have_the_kind_in_hand() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.act(Action::SurfaceInHand(SurfaceKind::Green));
    puppet.run(Command::ToolSurface);
    puppet.outline(&SQUARE);
    let surface = puppet.variant().surfaces.iter().next().unwrap();
    assert_eq!((surface.kind, surface.outline.area_m2()), (SurfaceKind::Green, 400.0));
    let id = surface.id;
    puppet.act(Action::SurfaceKind(id, SurfaceKind::Yard));
    puppet.act(Action::NameSurface(id, "Werkhof".to_owned()));
    let surface = puppet.variant().surfaces.get(id).unwrap();
    assert_eq!((surface.kind, surface.name.as_str()), (SurfaceKind::Yard, "Werkhof"));
}

#[test]
fn what_stands_around_catches_points_as_long_as_it_is_there() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let [lon, lat] = puppet.session().frame().origin_deg();
    let line = format!(
        r#"{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{"maakblok": "context",
            "kind": "rail"}}, "geometry": {{"type": "LineString", "coordinates": [[{lon}, {lat}], [{}, {lat}]]}}}}]}}"#,
        lon + 0.001
    );
    let path = home.path("rail.geojson");
    std::fs::write(&path, line).unwrap();
    puppet.run_with_path(Command::Import, &path);
    puppet.scale(4.0);
    puppet.run(Command::ToolRectangle);
    let caught = |puppet: &mut Puppet, x: f64, y: f64| {
        puppet.hover(x, y);
        let session = puppet.session();
        let overlay = session.with_ctx(puppet.studio.lang(), |ctx| session.tool().overlay(ctx));
        overlay.snap.map(|snap| snap.kind)
    };
    assert_eq!(caught(&mut puppet, 1.0, 1.0), Some(SnapKind::Vertex));
    assert_eq!(caught(&mut puppet, 20.3, 0.7), Some(SnapKind::Edge));
    puppet.run(Command::Undo);
    puppet.run(Command::ToolRectangle);
    assert_eq!(caught(&mut puppet, 20.3, 0.7), Some(SnapKind::Grid), "with the import it goes");
    puppet.run(Command::Redo);
    puppet.run(Command::ToolRectangle);
    assert_eq!(caught(&mut puppet, 20.3, 0.7), Some(SnapKind::Edge));
}

#[test]
fn points_snap_to_corners_and_ctrl_lets_go_of_them() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.run(Command::ToolPlot);
    puppet.with_ctrl(|p| p.outline(&[[0.337, 0.251], [60.0, 0.0], [60.0, 40.0], [0.0, 40.0]]));
    let plot = puppet.variant().plots.iter().next().unwrap();
    assert_eq!(plot.outline.outer()[0], point(0.337, 0.251), "to the millimetre");
    puppet.run(Command::ToolRectangle);
    puppet.hover(1.5, 1.5);
    let overlay = puppet.session().with_ctx(puppet.studio.lang(), |ctx| puppet.session().tool().overlay(ctx));
    assert_eq!(overlay.snap.map(|snap| (snap.kind, snap.at)), Some((SnapKind::Vertex, point(0.337, 0.251))));
    puppet.click(1.5, 1.5);
    puppet.click(59.0, 39.0);
    let volume = puppet.variant().volumes.iter().next().unwrap();
    assert!(volume.footprint.outer().contains(&point(0.337, 0.251)), "{:?}", volume.footprint);
    assert!(volume.footprint.outer().contains(&point(60.0, 40.0)), "{:?}", volume.footprint);
}

#[test]
fn a_plot_knows_the_region_it_lies_in() {
    let home = Home::new();
    let mut puppet = Puppet::new(&home);
    // Down the canal lies Flanders; at Biestebroeck it is Brussels; Paris is neither.
    for (lon_deg, lat_deg, region) in
        [(4.4328, 50.9246, Region::Flanders), (4.317, 50.8336, Region::Brussels), (2.3522, 48.8566, Region::None)]
    {
        puppet.act(Action::NewAt { lon_deg, lat_deg, name: "There".to_owned() });
        if puppet.asked().is_some() {
            puppet.answer("ask-drop");
        }
        puppet.scale(4.0);
        let plot = puppet.plot([0.0, 0.0], [40.0, 40.0]);
        assert_eq!(puppet.variant().plots.get(plot).unwrap().region, region, "{lon_deg} {lat_deg}");
    }
}

#[test]
fn shift_holds_the_direction_of_the_line_being_drawn() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    let before = puppet.text();
    puppet.run(Command::ToolPolygon);
    puppet.click(20.0, 20.0);
    puppet.hover(40.0, 30.0);
    // Held, the line ends on the east side of the plot however the pointer strays: 40 m north on 80 m east.
    puppet.with_shift(|p| p.click(100.5, 58.0));
    puppet.click(100.0, 20.0);
    puppet.event(Event::Enter);
    let volume = puppet.variant().volumes.iter().next().unwrap();
    let corners = volume.footprint.outer();
    assert_eq!(corners.len(), 3, "{corners:?}");
    for wanted in [point(20.0, 20.0), point(100.0, 60.0), point(100.0, 20.0)] {
        assert!(corners.iter().any(|at| distance_m(*at, wanted) < 1e-3), "{wanted:?} among {corners:?}");
    }
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
}

#[test]
fn a_bank_of_the_built_in_map_catches_while_the_map_is_shown() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    // The canal lies beside Biestebroeck: somewhere along this line is a bank.
    let bank = |p: &mut Puppet| {
        (-400..400).map(|x| f64::from(x) + 0.37).find(|&x| {
            p.hover(x, 33.21);
            p.session().tool().snap().is_some_and(|snap| snap.kind == SnapKind::Edge)
        })
    };
    puppet.run(Command::ToolPlot);
    assert!(bank(&mut puppet).is_some());
    puppet.run(Command::ToggleMap);
    assert_eq!(bank(&mut puppet), None, "what is not seen does not catch");
}

//! What `check` finds, and what it does not mind.

use maakblok::geometry::{Outline, Ring, RingFault, point};
use maakblok::i18n::Lang;
use maakblok::library::{Skills, UseOverride};
use maakblok::model::{
    Building, Fault, FaultKind, Id, Origin, Plot, Project, Severity, State, Storey, Variant, Volume, check,
};
use maakblok::num::Span;

use crate::sample::{self, mixed, rectangle};

/// One plot of 60 × 40 m with a hall of 40 × 14 m and two storeys.
fn simple() -> Project {
    let mut project = Project::new("P", Origin::new(4.3, 50.8), "A");
    project.next_id = 10;
    let variant = &mut project.variants[0];
    variant.plots.insert(Plot::new(Id(2), "North", rectangle(0.0, 0.0, 60.0, 40.0)));
    variant.buildings.insert(Building::new(Id(3), "Hall", Some(Id(2))));
    let mut volume = Volume::new(Id(4), Id(3), "Base", rectangle(5.0, 5.0, 40.0, 14.0));
    volume.storeys = vec![Storey::new("craft_workshop", 5.0), Storey::new("office", 3.5)];
    variant.volumes.insert(volume);
    project
}

fn with_volume(change: impl FnOnce(&mut Volume)) -> Project {
    let mut project = simple();
    let mut volume = (**project.variants[0].volumes.get(Id(4)).unwrap()).clone();
    change(&mut volume);
    project.variants[0].volumes.insert(volume);
    project
}

/// The only fault there is.
fn only(project: &Project) -> Fault {
    let mut faults = check(project);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

fn says(project: &Project, severity: Severity, path: &str, text: &str) {
    let fault = only(project);
    assert_eq!(fault.severity, severity, "{fault:?}");
    assert_eq!(fault.at.path, path);
    assert_eq!(fault.text(Lang::En), text);
}

#[test]
fn sound_projects_have_no_faults() {
    assert_eq!(check(&simple()), []);
    assert_eq!(check(&sample::rich()), []);
    assert_eq!(check(&sample::many(400)), []);
}

#[test]
fn references_to_nothing_are_named() {
    let volume = "/variants/0/volumes/0";
    says(
        &with_volume(|v| v.building = Id(77)),
        Severity::Error,
        volume,
        "volume “Base”: it is part of building 77, which does not exist",
    );
    let mut project = simple();
    project.variants[0].buildings.insert(Building::new(Id(3), "", Some(Id(88))));
    says(
        &project,
        Severity::Error,
        "/variants/0/buildings/0",
        "building 3: it stands on plot 88, which does not exist",
    );
    project.variants[0].buildings.insert(Building::new(Id(3), "Hall", None));
    says(
        &project,
        Severity::Warning,
        volume,
        "volume “Base”: it stands on no plot; it counts in totals but in no density",
    );
}

#[test]
fn outlines_that_cannot_be_measured_are_named_once() {
    let tie = Outline::from_points([point(0.0, 0.0), point(10.0, 10.0), point(10.0, 0.0), point(0.0, 10.0)]);
    let fault = only(&with_volume(|v| v.footprint = tie.clone()));
    assert_eq!((fault.kind, fault.severity), (FaultKind::Outline(RingFault::SelfCrossing), Severity::Error));
    let mut project = simple();
    project.variants[0].plots.insert(Plot::new(Id(2), "North", tie));
    let fault = only(&project);
    assert_eq!((fault.at.path.as_str(), fault.at.id), ("/variants/0/plots/0", Some(Id(2))));
    assert_eq!(fault.at.variant, Some(Id(1)));
    assert_eq!(fault.severity, Severity::Error);
    assert_eq!(fault.text(Lang::En), "plot “North”: its outline crosses itself, so its area is not clear");
}

#[test]
fn storeys_are_looked_at_one_by_one() {
    let storey = "/variants/0/volumes/0/storeys/1";
    let prefix = "volume “Base”, storey 2 from the bottom: ";
    let with_storey = |storey: Storey| with_volume(|v| v.storeys[1] = storey);
    says(
        &with_storey(mixed(&[("office", 0.5), ("housing", 0.498)], 3.0)),
        Severity::Error,
        storey,
        &format!("{prefix}the shares sum to 0.998 instead of 1"),
    );
    assert_eq!(check(&with_storey(mixed(&[("office", 0.5), ("housing", 0.4991)], 3.0))), [], "within 0.001");
    says(
        &with_storey(Storey::new("moon_base", 3.0)),
        Severity::Error,
        storey,
        &format!("{prefix}the use “moon_base” is not known; its floor belongs to no family"),
    );
    for (height_m, severity) in
        [(0.0, Severity::Error), (-3.0, Severity::Error), (f64::NAN, Severity::Error), (100.5, Severity::Warning)]
    {
        let fault = only(&with_storey(Storey::new("office", height_m)));
        assert_eq!((fault.severity, fault.at.storey), (severity, Some(1)), "{height_m}");
    }
    let mut cellar = Storey::new("parking", 3.0);
    cellar.below_ground = true;
    assert_eq!(only(&with_storey(cellar.clone())).kind, FaultKind::StoreyOrder);
    assert_eq!(check(&with_volume(|v| v.storeys.insert(0, cellar))), []);
    for (base_m, severity) in [(f64::NAN, Severity::Error), (1001.0, Severity::Warning)] {
        let faults = check(&with_volume(|v| v.base_m = base_m));
        assert!(matches!(faults[0].kind, FaultKind::Base { .. }), "{faults:#?}");
        assert_eq!(faults[0].severity, severity);
    }
}

#[test]
fn what_stands_over_the_edge_of_its_plot_is_told_by_how_much() {
    // 40 m wide from x = 25: 5 m of 14 m depth stand over the edge at x = 60.
    says(
        &with_volume(|v| v.footprint = rectangle(25.0, 5.0, 40.0, 14.0)),
        Severity::Warning,
        "/variants/0/volumes/0",
        "volume “Base”: 70 m² of it lie outside “North”; all its floor area counts there",
    );
    assert_eq!(check(&with_volume(|v| v.footprint = rectangle(20.05, 5.0, 40.0, 14.0))), [], "0.7 m² is no matter");
    // In the bounds of an L-shaped plot, but not in the L: the missing quarter is 30 × 20 m.
    let mut project = simple();
    let l = [(0.0, 0.0), (60.0, 0.0), (60.0, 20.0), (30.0, 20.0), (30.0, 40.0), (0.0, 40.0)];
    let l = Outline::from_points(l.map(|(x, y)| point(x, y)));
    project.variants[0].plots.insert(Plot::new(Id(2), "North", l));
    assert_eq!(check(&project), []);
    let mut volume = Volume::clone(project.variants[0].volumes.get(Id(4)).unwrap());
    volume.footprint = rectangle(35.0, 22.0, 10.0, 10.0);
    project.variants[0].volumes.insert(volume);
    assert!(
        matches!(only(&project).kind, FaultKind::OutsidePlot { outside_m2, .. } if (outside_m2 - 100.0).abs() < 1e-6)
    );
    // A court in a plot is not plot.
    let ring = |x: f64, y: f64, w: f64| Ring::new([point(x, y), point(x + w, y), point(x + w, y + w), point(x, y + w)]);
    let mut project = simple();
    let holed = Outline::with_holes(&ring(0.0, 0.0, 50.0), [ring(10.0, 10.0, 5.0)]);
    project.variants[0].plots.insert(Plot::new(Id(2), "North", holed));
    assert!(
        matches!(only(&project).kind, FaultKind::OutsidePlot { outside_m2, .. } if (outside_m2 - 25.0).abs() < 1e-6)
    );
}

#[test]
fn volumes_in_one_place_count_twice_and_that_is_said() {
    let beside = |footprint: Outline, base_m: f64, state: State| {
        let mut project = simple();
        let mut other = Volume::new(Id(5), Id(3), "Tower", footprint);
        other.base_m = base_m;
        other.storeys = vec![Storey::new("housing", 3.0); 2];
        for storey in &mut other.storeys {
            storey.state = state;
        }
        project.variants[0].volumes.insert(other);
        project
    };
    says(
        &beside(rectangle(40.0, 5.0, 15.0, 10.0), 0.0, State::New),
        Severity::Warning,
        "/variants/0/volumes/1",
        "volume “Tower”: it stands 50 m² inside volume “Base”; both count",
    );
    // Base ends at 8.5 m: on top of it is fine, a metre lower is not.
    assert_eq!(check(&beside(rectangle(5.0, 5.0, 10.0, 10.0), 8.5, State::New)), []);
    assert_eq!(check(&beside(rectangle(5.0, 5.0, 10.0, 10.0), 7.5, State::New)).len(), 1);
    // Wall to wall is fine, and so is standing where something goes.
    assert_eq!(check(&beside(rectangle(45.0, 5.0, 10.0, 10.0), 0.0, State::New)), []);
    assert_eq!(check(&beside(rectangle(5.0, 5.0, 10.0, 10.0), 0.0, State::Removed)), []);
    // A basement reaches below the ground, where the neighbour has none.
    let mut project = beside(rectangle(5.0, 5.0, 10.0, 10.0), 0.0, State::New);
    let mut other = Volume::clone(project.variants[0].volumes.get(Id(5)).unwrap());
    other.storeys = vec![Storey { below_ground: true, ..Storey::new("parking", 3.0) }];
    project.variants[0].volumes.insert(other);
    assert_eq!(check(&project), []);
}

#[test]
fn a_volume_above_the_ground_needs_something_under_it() {
    // Base ends at 8.5 m; a storey of 3 m over it, shifted and lifted.
    let upper = |x: f64, base_m: f64, base_state: State| {
        let mut project = with_volume(|base| base.storeys.iter_mut().for_each(|storey| storey.state = base_state));
        let mut upper = Volume::new(Id(5), Id(3), "Homes", rectangle(x, 5.0, 10.0, 10.0));
        upper.base_m = base_m;
        upper.storeys = vec![Storey::new("housing", 3.0)];
        project.variants[0].volumes.insert(upper);
        project
    };
    assert_eq!(check(&upper(5.0, 8.5, State::New)), []);
    assert_eq!(check(&upper(42.0, 8.5, State::Kept)), [], "it may reach out over what carries it");
    assert_eq!(
        only(&upper(44.0, 8.5, State::Kept)).kind,
        FaultKind::Floating { base_m: 8.5 },
        "but not hang by an edge"
    );
    let floats = "volume “Homes”: it begins at 8.50 m, and hardly anything stands under it at that height";
    says(&upper(46.0, 8.5, State::New), Severity::Warning, "/variants/0/volumes/1", floats);
    says(&upper(5.0, 8.5, State::Removed), Severity::Warning, "/variants/0/volumes/1", floats);
    assert_eq!(only(&upper(5.0, 12.0, State::New)).kind, FaultKind::Floating { base_m: 12.0 });
}

#[test]
fn what_carries_may_stand_on_another_plot() {
    // The north plot ends at x = 60; a bridge that belongs to it rests on the hall beside it alone.
    let bridged = |hall: bool| {
        let mut project = simple();
        let variant = &mut project.variants[0];
        variant.plots.insert(Plot::new(Id(5), "East", rectangle(60.0, 0.0, 40.0, 40.0)));
        if hall {
            variant.buildings.insert(Building::new(Id(6), "East hall", Some(Id(5))));
            let mut volume = Volume::new(Id(7), Id(6), "", rectangle(62.0, 5.0, 30.0, 14.0));
            volume.storeys = vec![Storey::new("warehouse", 8.5)];
            variant.volumes.insert(volume);
        }
        let mut bridge = Volume::new(Id(8), Id(3), "Bridge", rectangle(46.0, 5.0, 20.0, 10.0));
        (bridge.base_m, bridge.storeys) = (8.5, vec![Storey::new("office", 3.0)]);
        variant.volumes.insert(bridge);
        check(&project).into_iter().map(|fault| fault.kind).collect::<Vec<_>>()
    };
    let outside = FaultKind::OutsidePlot { plot: "North".into(), outside_m2: 60.0 };
    assert_eq!(bridged(true), std::slice::from_ref(&outside));
    assert_eq!(bridged(false), [outside, FaultKind::Floating { base_m: 8.5 }]);
}

#[test]
fn a_number_of_homes_without_housing_is_named() {
    let homes = |count| with_volume(|volume| volume.dwellings = Some(count));
    says(
        &homes(12),
        Severity::Warning,
        "/variants/0/volumes/0",
        "volume “Base”: it states 12 homes, but no storey above ground has housing, so they do not count",
    );
    assert_eq!(check(&homes(0)), []);
    let housing = with_volume(|volume| {
        volume.dwellings = Some(5);
        volume.storeys[1] = mixed(&[("housing", 0.2), ("office", 0.8)], 3.0);
    });
    assert_eq!(check(&housing), []);
    // 40 × 14 m, a fifth of it for homes: 112 m².
    let crowded = with_volume(|volume| {
        volume.dwellings = Some(6);
        volume.storeys[1] = mixed(&[("housing", 0.2), ("office", 0.8)], 3.0);
    });
    says(
        &crowded,
        Severity::Warning,
        "/variants/0/volumes/0",
        "volume “Base”: it states 6 homes, which leaves 19 m² of housing floor for each",
    );
    // Two floors of homes were added since one home was counted.
    let grown = with_volume(|volume| {
        volume.dwellings = Some(1);
        volume.storeys[1] = Storey::new("housing", 3.0);
    });
    says(
        &grown,
        Severity::Warning,
        "/variants/0/volumes/0",
        "volume “Base”: it states one home, which leaves it 560 m² of housing floor",
    );
}

#[test]
fn a_storey_that_counts_above_ground_lies_above_it() {
    // Storeys of 5 m and 3.5 m: let in by 4 m the lower one still rises, by 5 m it does not.
    assert_eq!(check(&with_volume(|volume| volume.base_m = -4.0)), []);
    let fault = only(&with_volume(|volume| volume.base_m = -5.0));
    assert_eq!((fault.kind, fault.at.storey), (FaultKind::Buried, Some(0)));
}

#[test]
fn storeys_that_nobody_would_build_are_named() {
    let of_height = |height_m: f64| check(&with_volume(|volume| volume.storeys[1].height_m = height_m));
    for usual in [1.8, 45.0] {
        assert_eq!(of_height(usual), []);
    }
    for odd in [1.79, 90.0] {
        let faults = of_height(odd);
        assert_eq!(faults.len(), 1);
        assert_eq!((&faults[0].kind, faults[0].at.storey), (&FaultKind::StoreyHeight { height_m: odd }, Some(1)));
    }
    // What stands on what goes; both may go, or the upper one alone.
    let state = |lower: State, upper: State| {
        check(&with_volume(|volume| (volume.storeys[0].state, volume.storeys[1].state) = (lower, upper)))
    };
    let hanging = state(State::Removed, State::Kept);
    assert_eq!(
        hanging.iter().map(|of| (&of.kind, of.at.storey)).collect::<Vec<_>>(),
        [(&FaultKind::OnRemoved, Some(1))]
    );
    assert_eq!(state(State::Removed, State::Removed), []);
    assert_eq!(state(State::Kept, State::Removed), []);
}

#[test]
fn volumes_of_two_plots_that_stand_in_one_another_are_named() {
    // What an import into its own project gives: plot on plot, hall in hall.
    let mut project = simple();
    let variant = &mut project.variants[0];
    variant.plots.insert(Plot::new(Id(5), "Again", rectangle(0.0, 0.0, 60.0, 40.0)));
    variant.buildings.insert(Building::new(Id(6), "Hall", Some(Id(5))));
    let mut twin = (**variant.volumes.get(Id(4)).unwrap()).clone();
    (twin.id, twin.building) = (Id(7), Id(6));
    variant.volumes.insert(twin);
    let kinds: Vec<_> = check(&project).into_iter().map(|fault| fault.kind).collect();
    let of = |other, name: &str, area_m2| FaultKind::VolumesOverlap { other: Id(other), name: name.into(), area_m2 };
    assert!(matches!(kinds[0], FaultKind::PlotsOverlap { .. }), "{kinds:#?}");
    assert_eq!(kinds[1..], [of(4, "Base", 560.0)]);
    // On no plot at all it stands in the first just as much.
    let variant = &mut project.variants[0];
    variant.buildings.insert(Building::new(Id(6), "Hall", None));
    let kinds: Vec<_> = check(&project).into_iter().map(|fault| fault.kind).collect();
    assert!(kinds.contains(&FaultKind::NoPlot) && kinds.contains(&of(4, "Base", 560.0)), "{kinds:#?}");
    // And beside it, in none.
    let variant = &mut project.variants[0];
    let mut beside = (**variant.volumes.get(Id(7)).unwrap()).clone();
    beside.footprint = rectangle(5.0, 19.0, 40.0, 14.0);
    variant.volumes.insert(beside);
    assert!(!check(&project).iter().any(|fault| matches!(fault.kind, FaultKind::VolumesOverlap { .. })));
}

#[test]
fn plots_that_share_ground_are_named() {
    let mut project = simple();
    project.variants[0].plots.insert(Plot::new(Id(6), "South", rectangle(50.0, -10.0, 30.0, 20.0)));
    says(
        &project,
        Severity::Warning,
        "/variants/0/plots/1",
        "plot “South”: it shares 100 m² with plot “North”; that ground counts twice",
    );
    project.variants[0].plots.insert(Plot::new(Id(6), "South", rectangle(0.0, -20.0, 60.0, 20.0)));
    assert_eq!(check(&project), [], "neighbours share a line, not ground");
}

#[test]
fn the_project_itself_is_looked_at() {
    let mut project = simple();
    project.origin = Origin::new(4.3, f64::NAN);
    assert_eq!(only(&project).kind, FaultKind::OriginNotOnEarth);
    let mut project = simple();
    project.rates.set("student_room_m2", "", Span::exact(0.0), "");
    assert_eq!(only(&project).at.path, "/rates/student_room_m2");
    let mut project = simple();
    project.uses = vec![UseOverride::new("office"), UseOverride::new("moon_base")];
    let fault = only(&project);
    assert_eq!((fault.kind, fault.at.path.as_str()), (FaultKind::UseWithoutFamily, "/uses/1"));
    let mut own = UseOverride::new("office");
    own.skills = Some(Skills { low: 0.5, middle: 0.25, high: 0.0 });
    own.goods_per_1000m2_day = Some(Span { low: -1.0, mid: 1.0, high: 2.0 });
    let mut project = simple();
    project.uses = vec![own];
    let kinds: Vec<FaultKind> = check(&project).into_iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::UseNumber { field: "goods_per_1000m2_day" }, FaultKind::Skills { sum: 0.75 }]);
    let mut project = simple();
    project.variants.push(Variant::new(Id(7), " a "));
    project.variants.push(Variant::new(Id(8), ""));
    let kinds: Vec<FaultKind> = check(&project).into_iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::NameTwice, FaultKind::NoName]);
    project.variants.clear();
    assert_eq!(only(&project).kind, FaultKind::NoVariants);
}

#[test]
fn every_fault_has_words_in_every_language() {
    let mut project = sample::rich();
    project.rates.set("household_brussels", "", Span::exact(-1.0), "");
    let variant = &mut project.variants[1];
    let mut volume = Volume::clone(variant.volumes.iter().next().unwrap());
    volume.storeys[0].height_m = 1e9;
    volume.storeys[1].uses = mixed(&[("nothing", 2.0)], 1.0).uses;
    volume.base_m = 1e9;
    variant.volumes.insert(volume);
    let faults = check(&project);
    assert!(faults.len() >= 5, "{faults:#?}");
    for fault in &faults {
        let texts = Lang::ALL.map(|lang| fault.text(lang));
        assert!(texts.iter().all(|text| !text.contains("fault-") && !text.contains("{")), "{texts:?}");
        assert!(texts[0] != texts[1] && texts[1] != texts[2], "{texts:?}");
    }
    for key in maakblok::i18n::keys(Lang::En).filter(|key| key.starts_with("fault-") || key.starts_with("load-")) {
        assert!(Lang::ALL.iter().all(|lang| maakblok::i18n::has_message(*lang, key)), "{key}");
    }
}

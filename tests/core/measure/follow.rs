//! Sums that follow edits equal fresh ones exactly.

use maakblok::edit::{Change, Edit, EditBuilder, History, Info, Label, Put};
use maakblok::geometry::{Outline, point};
use maakblok::library::{Family, UseOverride};
use maakblok::measure::{FigureId, Sums};
use maakblok::model::{
    Building, Id, Mezzanine, Origin, OwnFigure, Plot, Project, Region, State, Storey, Surface, SurfaceKind, UseShare,
    Uses, Variant, Volume,
};
use maakblok::num::Span;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{Site, VARIANT, rectangle, storey, storeys};

fn follow(project: &mut Project, sums: &mut Sums, edit: &Edit) -> Edit {
    let inverse = edit.apply(project).expect("the edit fits");
    sums.follow(project, &inverse);
    inverse
}

#[test]
fn an_edit_and_its_undo_leave_no_trace() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    let volume = site.volume(Some(plot), rectangle([0.0, 0.0], [1.0 / 3.0, 0.7]), storeys(3, "office"));
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.1, 10.3]), storeys(3, "housing"));
    let Site { mut project } = site;
    let mut sums = Sums::new(&project, VARIANT);
    let before = sums.totals();
    let mut edit = EditBuilder::new(&project, VARIANT, Label::new("test"));
    edit.change_volume(&project, volume, |volume| volume.storeys.push(storey("brewery")));
    edit.push(Change::Plot(VARIANT, Put::gone(plot)));
    let inverse = follow(&mut project, &mut sums, &edit.finish());
    assert_eq!(sums.totals(), Sums::new(&project, VARIANT).totals());
    assert_eq!(sums.totals().mid(FigureId::Fsi), None);
    follow(&mut project, &mut sums, &inverse);
    assert_eq!(sums.totals(), before);
}

#[test]
fn rates_are_followed() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), storeys(3, "housing"));
    let Site { mut project } = site;
    let mut sums = Sums::new(&project, VARIANT);
    let mut info = Info::of(&project);
    info.rates.set("dwelling_m2", "", Span::exact(150.0), "");
    let mut edit = EditBuilder::new(&project, VARIANT, Label::new("test"));
    edit.info(info);
    follow(&mut project, &mut sums, &edit.finish());
    assert_eq!(sums.totals().span(FigureId::Dwellings), Span::exact(2.0));
}

const OTHER: Id = Id(2);

/// Few ids, so that edits meet: some name things that are not there.
fn plot_id() -> impl Strategy<Value = Id> {
    (10..14u64).prop_map(Id)
}
fn building_id() -> impl Strategy<Value = Id> {
    (20..25u64).prop_map(Id)
}
fn surface_id() -> impl Strategy<Value = Id> {
    (50..55u64).prop_map(Id)
}
fn volume_id() -> impl Strategy<Value = Id> {
    (30..39u64).prop_map(Id)
}

/// Boxes, turned boxes and faulty outlines that overlap, touch or stand alone.
fn outline() -> impl Strategy<Value = Outline> {
    let at = || (0..8u8).prop_map(|n| f64::from(n) * 3.7);
    let upright = (at(), at(), 1..9u8, 1..9u8)
        .prop_map(|(x, y, w, h)| rectangle([x, y], [f64::from(w) * 1.3, f64::from(h) * 1.1]));
    let turned = (at(), at(), 1..9u8).prop_map(|(x, y, r)| {
        let r = f64::from(r);
        Outline::from_points([[0.0, -r], [r, 0.3], [0.0, r], [-r, 0.0]].map(|[dx, dy]| point(x + dx, y + dy)))
    });
    let bow_tie =
        Just(Outline::from_points([[0.0, 0.0], [9.0, 9.0], [9.0, 0.0], [0.0, 9.0]].map(|[x, y]| point(x, y))));
    prop_oneof![6 => upright, 3 => turned, 1 => bow_tie]
}

fn any_storey() -> impl Strategy<Value = Storey> {
    let id = prop_oneof![
        Just("office"),
        Just("housing"),
        Just("student_housing"),
        Just("maker_space"),
        Just("parking"),
        Just("brewery"),
        Just("void"),
        Just("nobody_knows")
    ];
    let share = prop_oneof![Just(1.0), Just(1.0 / 3.0), Just(0.25), Just(0.0), Just(-1.0), Just(f64::NAN)];
    let uses = prop::collection::vec((id, share), 0..4)
        .prop_map(|list| Uses::new(list.into_iter().map(|(id, share)| UseShare { id: id.into(), share })));
    let state = prop_oneof![3 => Just(State::New), 2 => prop::sample::select(State::ALL.to_vec())];
    let mezzanine =
        (prop_oneof![Just(0.4), Just(1.0), Just(0.0), Just(f64::NAN)], prop::sample::select(vec!["office", "void"]))
            .prop_map(|(share, id)| Box::new(Mezzanine::new(share, id.into())));
    let mezzanine = prop::option::weighted(0.2, mezzanine);
    (uses, state, prop::bool::weighted(0.2), mezzanine).prop_map(|(uses, state, below_ground, mezzanine)| Storey {
        uses,
        state,
        below_ground,
        mezzanine,
        ..storey("office")
    })
}

fn any_plot() -> impl Strategy<Value = Plot> {
    (plot_id(), outline(), prop::sample::select(Region::ALL.to_vec())).prop_map(|(id, outline, region)| {
        let mut plot = Plot::new(id, "plot", outline);
        plot.region = region;
        plot
    })
}

fn any_building() -> impl Strategy<Value = Building> {
    (building_id(), prop::option::weighted(0.8, plot_id())).prop_map(|(id, plot)| Building::new(id, "building", plot))
}

fn any_volume() -> impl Strategy<Value = Volume> {
    let storeys = prop::collection::vec(any_storey(), 0..5);
    let known = prop::option::weighted(0.3, 0..9u32);
    (volume_id(), building_id(), outline(), prop::bool::weighted(0.7), storeys, known).prop_map(
        |(id, building, footprint, on_ground, storeys, dwellings)| {
            let mut volume = Volume::new(id, building, "volume", footprint);
            volume.base_m = if on_ground { 0.0 } else { 4.5 };
            volume.storeys = storeys;
            volume.dwellings = dwellings;
            volume
        },
    )
}

fn any_surface() -> impl Strategy<Value = Surface> {
    let kind = prop::sample::select(SurfaceKind::ALL.to_vec());
    (surface_id(), kind, outline()).prop_map(|(id, kind, outline)| Surface {
        id,
        name: String::new(),
        code: String::new(),
        kind,
        outline,
        extra: Default::default(),
    })
}

/// Figures of the project's own: one that can be, one that goes round in a circle, one with a wrong unit.
fn any_own() -> impl Strategy<Value = Option<OwnFigure>> {
    let formula = prop::sample::select(vec![
        "sum(area where use.productive) / site.area",
        "mine + 1",
        "sum(area) + jobs",
        "sum(area of surfaces) / gfa_m2",
    ]);
    prop::option::of(formula.prop_map(|formula| OwnFigure::new("mine", "mine", formula)))
}

fn any_info() -> impl Strategy<Value = (Option<f64>, Option<Family>)> {
    let family = prop::sample::select(vec![Family::Making, Family::Technical, Family::Housing]);
    (prop::option::of(prop_oneof![Just(80.0), Just(0.0)]), prop::option::of(family))
}

#[derive(Clone, Debug)]
enum Step {
    Change(Box<Change>),
    Info(Option<f64>, Option<Family>, Option<OwnFigure>),
}

fn step() -> impl Strategy<Value = Step> {
    let change = prop_oneof![
        3 => any_plot().prop_map(|plot| Change::Plot(VARIANT, Put::value(plot))),
        1 => plot_id().prop_map(|id| Change::Plot(VARIANT, Put::gone(id))),
        3 => any_building().prop_map(|building| Change::Building(VARIANT, Put::value(building))),
        1 => building_id().prop_map(|id| Change::Building(VARIANT, Put::gone(id))),
        12 => any_volume().prop_map(|volume| Change::Volume(VARIANT, Put::value(volume))),
        2 => volume_id().prop_map(|id| Change::Volume(VARIANT, Put::gone(id))),
        4 => any_surface().prop_map(|surface| Change::Surface(VARIANT, Put::value(surface))),
        1 => surface_id().prop_map(|id| Change::Surface(VARIANT, Put::gone(id))),
        1 => any_volume().prop_map(|volume| Change::Volume(OTHER, Put::value(volume))),
    ];
    prop_oneof![
        12 => change.prop_map(|change| Step::Change(Box::new(change))),
        1 => (any_info(), any_own()).prop_map(|((rate, family), own)| Step::Info(rate, family, own)),
    ]
}

#[derive(Clone, Debug)]
enum Move {
    Edit(Vec<Step>),
    Undo,
    Redo,
    DropVariant,
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        12 => prop::collection::vec(step(), 1..5).prop_map(Move::Edit),
        3 => Just(Move::Undo),
        2 => Just(Move::Redo),
        1 => Just(Move::DropVariant),
    ]
}

fn edit_of(project: &Project, steps: Vec<Step>) -> Edit {
    let mut edit = Edit::new(Label::new("test"));
    for step in steps {
        edit.changes.push(match step {
            Step::Change(change) => *change,
            Step::Info(rate, family, own) => {
                let mut info = Info::of(project);
                info.brief.figures = own.into_iter().collect();
                if let Some(rate) = rate {
                    info.rates.set("household_brussels", "", Span::exact(rate), "");
                } else {
                    info.rates.reset("household_brussels", "");
                }
                info.uses = family
                    .map(|family| {
                        let mut brewery = UseOverride::new("brewery");
                        brewery.family = Some(family);
                        brewery.m2_per_job = Some(Span { low: 50.0, mid: 40.0, high: 30.0 });
                        brewery
                    })
                    .into_iter()
                    .collect();
                Change::Info(Box::new(info))
            }
        });
    }
    edit
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(2016), ..ProptestConfig::default() })]

    /// Whatever is edited, undone and redone: sums that followed give exactly the figures of fresh ones.
    #[test]
    fn sums_that_followed_equal_fresh_ones(moves in prop::collection::vec(any_move(), 1..40)) {
        let mut project = Project::new("Any", Origin::new(4.3, 50.85), "A");
        project.variants.push(Variant::new(OTHER, "B"));
        let mut history = History::default();
        let mut sums = Sums::new(&project, VARIANT);
        for next in moves {
            let applied = match next {
                Move::Edit(steps) => {
                    let edit = edit_of(&project, steps);
                    history.commit(&mut project, edit).ok()
                }
                Move::Undo => history.undo(&mut project),
                Move::Redo => history.redo(&mut project),
                Move::DropVariant => {
                    let mut edit = Edit::new(Label::new("test"));
                    edit.changes.push(Change::Variant { id: VARIANT, place: 0, value: None });
                    history.commit(&mut project, edit).ok()
                }
            };
            let Some(applied) = applied else { continue };
            sums.follow(&project, &applied.inverse);
            let fresh = Sums::new(&project, VARIANT);
            prop_assert_eq!(sums.totals(), fresh.totals());
            prop_assert_eq!(sums.report(&project), fresh.report(&project));
        }
    }

    /// Whatever is edited: the edit that comes back takes it back, and its own inverse makes it again.
    #[test]
    fn an_edit_and_its_inverse_are_nothing(moves in prop::collection::vec(prop::collection::vec(step(), 1..8), 1..12)) {
        let mut project = Project::new("Any", Origin::new(4.3, 50.85), "A");
        project.variants.push(Variant::new(OTHER, "B"));
        let text = |project: &Project| serde_json::to_string(project).unwrap();
        for steps in moves {
            let mut edit = edit_of(&project, steps);
            edit.next_id = Some(project.next_id + 3);
            let before = text(&project);
            let inverse = edit.apply(&mut project).unwrap();
            let after = text(&project);
            let again = inverse.apply(&mut project).unwrap();
            prop_assert_eq!(text(&project), before);
            let back = again.apply(&mut project).unwrap();
            prop_assert_eq!(text(&project), after);
            // As text, because shares that are no numbers equal nothing.
            prop_assert_eq!(serde_json::to_string(&back).unwrap(), serde_json::to_string(&inverse).unwrap());
        }
    }

    /// The parts of any figures add up, and no number is lost to infinity.
    #[test]
    fn parts_add_up(volumes in prop::collection::vec(any_volume(), 0..6)) {
        let mut project = Project::new("Any", Origin::new(4.3, 50.85), "A");
        for volume in volumes {
            project.variants[0].volumes.insert(volume);
        }
        let figures = Sums::new(&project, VARIANT).totals();
        let named: f64 = figures.gfa_by_use_m2.values().sum();
        prop_assert!(named <= figures.one(FigureId::Gfa) + 1e-6);
        let stands: f64 =
            figures.gfa_by_state_m2.iter().filter(|(state, _)| *state != "removed").map(|(_, m2)| m2).sum();
        prop_assert!((stands - figures.one(FigureId::Gfa) - figures.one(FigureId::GfaBelow)).abs() < 1e-6);
        for figure in FigureId::ALL {
            prop_assert!(figure.value(&figures).mid().is_none_or(f64::is_finite));
        }
    }
}

//! The studio without a window: the main job from nothing to a saved file, and everything that can be done on the way.

mod again;
mod arrays;
mod charts;
mod clip;
mod counts;
mod doors;
mod files;
mod layers;
mod levels;
mod library;
mod monkey;
mod operations;
mod parts;
mod recipes;
mod recipes_stay;
mod recovery;
mod relations;
mod select;
mod settings;
mod shapes;
mod storeys;
mod tables;
mod tools;
mod typing;
mod typology;
mod underlays;

use maakblok::library::UseId;
use maakblok::measure::FigureId;
use maakblok::model::{Id, Region};
use maakblok::num::Span;
use maakblok::studio::{Action, Command, StoreyChange};

use super::puppet::{Home, Puppet};

/// A plot of 100 × 80 m with two halls of 30 × 10 m in it, nothing selected, the select tool in hand.
fn block(home: &Home) -> (Puppet, Id, Id, Id) {
    let mut puppet = Puppet::drawing(home);
    let plot = puppet.plot([0.0, 0.0], [100.0, 80.0]);
    let a = puppet.volume([10.0, 10.0], [40.0, 20.0]);
    let b = puppet.volume([60.0, 10.0], [90.0, 20.0]);
    puppet.run(Command::ToolSelect);
    puppet.run(Command::SelectNone);
    (puppet, plot, a, b)
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

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// The main job of the program: a plot of 100 × 80 m, a volume of 60 × 14 m, three storeys with three uses.
fn main_job(puppet: &mut Puppet) -> Id {
    puppet.plot([-50.0, -40.0], [50.0, 40.0]);
    let volume = puppet.volume([-30.0, -20.0], [30.0, -6.0]);
    puppet.run(Command::AddStorey);
    puppet.run(Command::AddStorey);
    for (at, id) in [(1, "office"), (2, "housing")] {
        puppet.act(Action::SelectStorey(Some(at)));
        puppet.act(Action::Storeys(vec![volume], StoreyChange::Use(at, UseId::from(id))));
    }
    volume
}

#[test]
fn from_nothing_to_a_saved_project_with_the_right_figures() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    let start = puppet.text();
    let volume = main_job(&mut puppet);
    puppet.no_complaints();

    let figures = puppet.session().sums().unwrap().totals();
    let plot = puppet.variant().plots.iter().next().unwrap();
    assert_eq!(plot.region, Region::Brussels, "a new project lies at the Biestebroeck basin");
    assert_eq!(puppet.volume_of(volume).top_m(), 5.0 + 3.7 + 3.0, "each use brings its height");
    // 100 × 80 and 60 × 14; three storeys of 840.
    assert_eq!(
        (figures.one(FigureId::PlotArea), figures.one(FigureId::Footprint), figures.one(FigureId::Gfa)),
        (8000.0, 840.0, 2520.0)
    );
    assert_eq!(
        (figures.one(FigureId::Programme), figures.one(FigureId::Productive), figures.one(FigureId::GfaBelow)),
        (2520.0, 840.0, 0.0)
    );
    for family in ["making", "office", "housing"] {
        assert_eq!(figures.gfa_by_family_m2.get(family), Some(&840.0), "{family}");
    }
    // 2,520 / 8,000; 840 / 8,000; their quotient; (8,000 − 840) / 2,520 = 179 / 63.
    assert!(close(figures.mid(FigureId::Fsi).unwrap(), 0.315) && close(figures.mid(FigureId::Gsi).unwrap(), 0.105));
    assert!(close(figures.mid(FigureId::L).unwrap(), 3.0) && close(figures.mid(FigureId::Osr).unwrap(), 179.0 / 63.0));
    // One third is housing, one third is productive, all of the ground floor is.
    assert!(close(figures.mid(FigureId::Mxi).unwrap(), 100.0 / 3.0));
    assert!(close(figures.mid(FigureId::ProductiveShare).unwrap(), 1.0 / 3.0));
    assert_eq!(figures.mid(FigureId::GroundProductiveShare), Some(1.0));
    // Three equal families of eight: ln 3 / ln 8, and three of them effectively.
    assert!(
        close(figures.mid(FigureId::Entropy).unwrap(), 3f64.ln() / 8f64.ln())
            && close(figures.mid(FigureId::EffectiveUses).unwrap(), 3.0)
    );
    // 840 m² of homes at 125, 100, 90 m²; 2.14 persons each in Brussels.
    let near = |a: Span, b: Span| close(a.low, b.low) && close(a.mid, b.mid) && close(a.high, b.high);
    let dwellings = Span { low: 6.72, mid: 8.4, high: 840.0 / 90.0 };
    assert!(near(figures.span(FigureId::Dwellings), dwellings), "{:?}", figures.span(FigureId::Dwellings));
    assert!(near(figures.span(FigureId::Residents), dwellings * 2.14), "{:?}", figures.span(FigureId::Residents));
    // Workshops at 60, 47, 35 m² a job and offices at 17, 16, 13: 840/60 + 840/17, 840/47 + 840/16, 840/35 + 840/13.
    let jobs = Span { low: 14.0 + 840.0 / 17.0, mid: 840.0 / 47.0 + 52.5, high: 24.0 + 840.0 / 13.0 };
    assert!(near(figures.span(FigureId::Jobs), jobs), "{:?}", figures.span(FigureId::Jobs));
    // 0.8 ha of plot.
    assert!(
        close(figures.mid(FigureId::JobsPerHa).unwrap(), jobs.mid / 0.8)
            && close(figures.mid(FigureId::DwellingsPerHa).unwrap(), 10.5)
    );
    // A day brings 4 to 1,000 m² of workshop, 2.5 to office, 0.15 to homes: 0.84 × 6.65.
    assert!(close(figures.span(FigureId::GoodsMovements).mid, 5.586), "{:?}", figures.span(FigureId::GoodsMovements));

    puppet.there_and_back(&start);
    let (text, report) = (puppet.text(), puppet.report());
    let path = home.path("block.maakblok");
    puppet.save_as(&path);
    assert!(!puppet.studio.document.as_ref().unwrap().is_dirty());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "the file is the project");

    drop(puppet);
    let reopened = Puppet::opening(&home, &path);
    reopened.no_complaints();
    assert_eq!(reopened.text(), text);
    assert_eq!(reopened.report(), report, "the same report");
}

#[test]
fn every_edit_stands_in_the_list_by_its_name_and_can_be_gone_to() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    main_job(&mut puppet);
    let lang = maakblok::i18n::Lang::En;
    let names: Vec<String> = puppet.session().history().done().map(|label| label.text(lang)).collect();
    assert_eq!(
        names,
        [
            "Draw plot",
            "Draw volume",
            "Add storey: Hall 1",
            "Add storey: Hall 1",
            "Use of storey: Hall 1",
            "Use of storey: Hall 1"
        ]
    );
    let end = puppet.text();
    puppet.act(Action::GoTo(1));
    assert_eq!((puppet.variant().plots.len(), puppet.variant().volumes.len()), (1, 0));
    assert_eq!(puppet.session().history().undone().len(), 5);
    puppet.act(Action::GoTo(99));
    assert_eq!(puppet.text(), end, "beyond the end is the end");
    puppet.act(Action::GoTo(2));
    puppet.run(Command::AddStorey);
    assert_eq!(puppet.session().history().undone().len(), 4, "no volume is selected: nothing was done");
    puppet.run(Command::SelectAll);
    puppet.run(Command::AddStorey);
    assert_eq!(puppet.session().history().undone().len(), 0, "what was undone is past");
}

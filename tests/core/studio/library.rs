//! The library of a project: changed beside the project, its effect shown, applied as one edit; given on as a file.

use std::fs;

use maakblok::io::{library, native};
use maakblok::library::{Confidence, OwnRate, RateId, UseOverride};
use maakblok::measure::{AnyFigure, FigureId};
use maakblok::model::{SharedLibrary, Target};
use maakblok::num::Span;
use maakblok::studio::{Action, Command, LibraryStep};

use crate::puppet::{Home, Puppet};

/// 840 m² of offices.
fn offices(home: &Home) -> Puppet {
    let mut puppet = Puppet::drawing(home);
    puppet.act(Action::UseInHand("office".into()));
    puppet.volume([0.0, 0.0], [60.0, 14.0]);
    puppet
}

fn denser() -> LibraryStep {
    let mut office = UseOverride::new("office");
    office.m2_per_job = Some(Span { low: 20.0, mid: 12.0, high: 10.0 });
    office.source = Some("counted on site".to_owned());
    office.year = Some(2026);
    LibraryStep::Use(Box::new(office))
}

fn jobs(puppet: &Puppet) -> f64 {
    puppet.report()["totals"]["jobs"]["mid"].as_f64().unwrap()
}

#[test]
fn a_change_shows_its_effect_and_becomes_one_edit_when_it_is_applied() {
    let home = Home::new();
    let mut puppet = offices(&home);
    let before = (puppet.text(), jobs(&puppet));
    assert_eq!(before.1, 840.0 / 16.0);
    puppet.run(Command::Library);
    puppet.act(Action::Library(denser()));
    let pv = RateId::named("pv_per_roof").unwrap();
    puppet.act(Action::Library(LibraryStep::Rate(pv, String::new(), Some(OwnRate::new(Span::exact(100.0))))));
    let effect = puppet.studio.effect().expect("it was worked out").clone();
    let told = |(figures, _): &(maakblok::measure::Figures, _), id| AnyFigure::Known(id).value(figures).mid().unwrap();
    assert_eq!((told(&effect.before, FigureId::Jobs), told(&effect.after, FigureId::Jobs)), (52.5, 70.0));
    assert!(told(&effect.before, FigureId::Pv) != told(&effect.after, FigureId::Pv));
    assert_eq!(puppet.text(), before.0, "nothing is applied yet");

    puppet.act(Action::Library(LibraryStep::Apply));
    assert_eq!(jobs(&puppet), 70.0);
    let explained = puppet.session().sums().unwrap().coefficients().clone();
    let (rate, ix) = (RateId::named("area_per_job").unwrap(), explained.library.ix(&"office".into()).unwrap());
    let found = explained.rates.of_use(rate, ix).unwrap();
    assert_eq!((&*found.source, found.is_own, found.confidence), ("counted on site, 2026", true, Confidence::Low));
    let energy = explained.rates.of_use(RateId::named("heat").unwrap(), ix).unwrap();
    assert!(!energy.is_own && energy.source.contains("CIBSE"), "what was not set keeps its source");
    puppet.there_and_back_to(&before.0, 1);
}

#[test]
fn what_cannot_stand_is_said_and_not_applied() {
    let home = Home::new();
    let mut puppet = offices(&home);
    let before = puppet.text();
    puppet.run(Command::Library);
    for (field, m2_per_job, heat) in [
        ("m2_per_job", Some(Span { low: 10.0, mid: 38.0, high: 30.0 }), None),
        ("m2_per_job", Some(Span::exact(0.0)), None),
        ("m2_per_job", Some(Span::exact(-5.0)), None),
        ("m2_per_job", Some(Span::exact(1e9)), None),
        ("m2_per_job", Some(Span::exact(f64::NAN)), None),
        ("heat_kwh_m2_y", None, Some(-1.0)),
        ("heat_kwh_m2_y", None, Some(f64::INFINITY)),
    ] {
        let mut office = UseOverride::new("office");
        (office.m2_per_job, office.heat_kwh_m2_y) = (m2_per_job, heat);
        puppet.act(Action::Library(LibraryStep::Use(Box::new(office))));
        let draft = puppet.studio.draft().unwrap();
        assert!(
            draft.faults().iter().any(|fault| fault.text(maakblok::i18n::Lang::En).contains(field)),
            "{:?}",
            draft.faults()
        );
        let (figures, _) = &puppet.studio.effect().expect("it was worked out").after;
        assert_eq!(AnyFigure::Known(FigureId::Jobs).value(figures).mid(), Some(52.5), "the library's stands");
        puppet.act(Action::Library(LibraryStep::Apply));
        assert_eq!(puppet.text(), before);
        assert!(puppet.notices().iter().any(|said| said.contains("cannot stand")), "{:?}", puppet.notices());
    }
    let pv = RateId::named("pv_per_roof").unwrap();
    puppet.act(Action::Library(LibraryStep::Discard));
    puppet.act(Action::Library(LibraryStep::Rate(pv, String::new(), Some(OwnRate::new(Span::exact(-3.0))))));
    assert!(!puppet.studio.draft().unwrap().may_be_applied());
}

#[test]
fn closing_the_editor_keeps_what_is_not_applied_and_says_so() {
    let home = Home::new();
    let mut puppet = offices(&home);
    puppet.run(Command::Library);
    puppet.act(Action::Library(denser()));
    puppet.run(Command::Library);
    assert!(puppet.notices().iter().any(|said| said.contains("not applied")), "{:?}", puppet.notices());
    puppet.run(Command::Library);
    assert!(puppet.studio.draft().unwrap().is_changed());
    puppet.act(Action::Library(LibraryStep::Discard));
    puppet.run(Command::Library);
    assert!(puppet.studio.draft().is_none());
    assert_eq!(jobs(&puppet), 52.5);
}

#[test]
fn what_changes_in_the_project_meanwhile_is_not_overwritten() {
    let home = Home::new();
    let mut puppet = offices(&home);
    puppet.run(Command::Library);
    puppet.act(Action::Library(denser()));
    puppet.run(Command::Library);
    puppet.act(Action::Target(Target { least: Some(60.0), ..Target::new("jobs") }));
    puppet.run(Command::Library);
    assert!(puppet.studio.draft().unwrap().is_changed(), "it is kept");
    puppet.act(Action::Library(LibraryStep::Apply));
    assert_eq!(puppet.session().project().brief.targets.len(), 1);
    assert_eq!(jobs(&puppet), 70.0);
    puppet.run(Command::Undo);
    let draft = puppet.studio.draft().unwrap();
    assert!(!draft.is_changed() && draft.now().uses.is_empty(), "an undone change is no change waiting to be applied");
}

#[test]
fn the_effect_is_that_of_the_variant_and_the_scope_that_are_shown() {
    let home = Home::new();
    let mut puppet = offices(&home);
    puppet.run(Command::Library);
    puppet.act(Action::Library(denser()));
    puppet.run(Command::Library);
    puppet.act(Action::UseInHand("office".into()));
    puppet.volume([100.0, 0.0], [160.0, 14.0]);
    puppet.run(Command::Library);
    puppet.studio.follow_effect();
    let (figures, _) = &puppet.studio.effect().expect("it was worked out again").after;
    assert_eq!(AnyFigure::Known(FigureId::Jobs).value(figures).mid(), Some(140.0));
}

#[test]
fn what_is_not_applied_is_not_lost_by_leaving() {
    let home = Home::new();
    let mut puppet = offices(&home);
    puppet.save_as(&home.path("a.maakblok"));
    puppet.run(Command::Library);
    puppet.act(Action::Library(denser()));
    for way in [Command::Quit, Command::New] {
        puppet.run(way);
        assert!(!puppet.studio.quit && puppet.studio.panels.library);
        assert!(puppet.notices().iter().any(|said| said.contains("discard")), "{:?}", puppet.notices());
    }
    puppet.act(Action::Library(LibraryStep::Discard));
    puppet.run(Command::Quit);
    assert!(puppet.studio.quit);
}

#[test]
fn a_copy_says_of_each_number_where_it_comes_from() {
    let home = Home::new();
    let mut puppet = offices(&home);
    puppet.run(Command::Library);
    puppet.act(Action::Library(denser()));
    puppet.act(Action::Library(LibraryStep::CopyAll));
    let draft = puppet.studio.draft().unwrap();
    let office = draft.use_of(&"office".into());
    let source = office.source.clone().unwrap();
    assert!(
        source.contains("counted on site, 2026 (area_per_job)") && source.contains("(electricity, heat)"),
        "{source}"
    );
    assert!(draft.is_copy());
    puppet.act(Action::Library(LibraryStep::Use(Box::new(UseOverride { heat_kwh_m2_y: None, ..office }))));
    assert!(!puppet.studio.draft().unwrap().is_copy(), "one number follows the library again");
}

#[test]
fn a_library_goes_from_project_to_project_as_a_file() {
    let home = Home::new();
    let path = home.path("ours.maakblok-library");
    let mut puppet = offices(&home);
    puppet.run(Command::Library);
    puppet.act(Action::Library(denser()));
    puppet.act(Action::Library(LibraryStep::NewUse("office".into(), "Drawing office".to_owned())));
    puppet.act(Action::Library(LibraryStep::Apply));
    puppet.act(Action::Target(Target { least: Some(60.0), ..Target::new("jobs") }));
    puppet.act(Action::BriefNotes("A lorry a day, not more.".to_owned()));
    puppet.run_with_path(Command::ExportLibrary, &path);
    puppet.no_complaints();
    let given = library::read(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(given, SharedLibrary::of(puppet.session().project()));
    puppet.act(Action::Library(LibraryStep::Discard));
    drop(puppet);

    let other = Home::new();
    let mut puppet = offices(&other);
    let before = puppet.text();
    puppet.run_with_path(Command::Import, &path);
    puppet.no_complaints();
    assert!(puppet.studio.panels.library, "what it changes is shown first");
    assert_eq!((jobs(&puppet), puppet.text() == before), (52.5, true));
    puppet.act(Action::Library(LibraryStep::Apply));
    assert_eq!(jobs(&puppet), 70.0);
    assert_eq!(SharedLibrary::of(puppet.session().project()), given);
    puppet.run_with_path(Command::Import, &path);
    assert!(puppet.notices().iter().any(|said| said.contains("already")), "{:?}", puppet.notices());
    puppet.there_and_back_to(&before, 1);
}

#[test]
fn a_use_that_something_is_drawn_with_gives_way_before_it_goes() {
    let home = Home::new();
    let mut puppet = offices(&home);
    puppet.run(Command::Library);
    puppet.act(Action::Library(LibraryStep::NewUse("office".into(), "Studio 9".to_owned())));
    puppet.act(Action::Library(LibraryStep::Apply));
    puppet.act(Action::ReplaceUse("office".into(), "studio_9".into()));
    let drawn =
        |puppet: &Puppet| puppet.variant().volumes.iter().next().unwrap().storeys[0].uses.main().unwrap().to_string();
    assert_eq!(drawn(&puppet), "studio_9");
    assert_eq!(jobs(&puppet), 52.5, "it has the numbers of offices");
    puppet.act(Action::ReplaceUse("studio_9".into(), "housing".into()));
    assert_eq!((drawn(&puppet).as_str(), jobs(&puppet)), ("housing", 0.0));
    puppet.act(Action::Library(LibraryStep::ResetUse("studio_9".into())));
    puppet.act(Action::Library(LibraryStep::Apply));
    assert!(puppet.session().project().uses.is_empty());
    puppet.no_complaints();
}

#[test]
fn files_that_are_no_library_or_no_project_are_told_apart() {
    let text = |bytes: &[u8]| library::read(bytes).unwrap_err().to_string();
    assert!(text(b"{\"format\": \"maakblok-library\", \"version\": 9}").contains('9'));
    assert!(text(b"{\"format\": \"maakblok-library\", \"version\": 1, \"uses\": 3}").contains("/uses"));
    assert!(text(b"{\"format\": \"maakblok-library\", \"version\": 1, \"uses\": [").contains("line 1"));
    let as_project = native::read(b"{\"format\": \"maakblok-library\", \"version\": 1}").unwrap_err().to_string();
    assert!(as_project.contains("library"), "{as_project}");
    let newer = b"{\"format\": \"maakblok-library\", \"version\": 1, \"rule_packs\": [1]}";
    let kept = library::write(&library::read(newer).unwrap()).unwrap();
    assert!(String::from_utf8(kept).unwrap().contains("\"rule_packs\""), "what is not known yet is kept");

    let home = Home::new();
    let path = home.path("a.maakblok-library");
    fs::write(&path, b"{\"format\": \"maakblok-library\", \"version\": 1}").unwrap();
    let mut puppet = Puppet::new(&home);
    puppet.run_with_path(Command::Open, &path);
    assert!(puppet.complaint().details.join(" ").contains("open a project first"), "{:?}", puppet.complaint());
    let mut puppet = offices(&home);
    puppet.run_with_path(Command::Import, &path);
    assert!(puppet.complaint().text.contains("nothing"), "{:?}", puppet.complaint());
}

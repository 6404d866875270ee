//! Figures of a project's own: typed formulas with units, what is wrong with them in words, targets.

use maakblok::formula::offered::Group;
use maakblok::i18n::{Lang, has_message};
use maakblok::measure::{AnyFigure, FigureId, Scope, Sums, check_brief, table};
use maakblok::model::{Brief, FaultKind, Id, OwnFigure, Region, Severity, Target};

use super::{Site, rectangle, storey};

fn own(id: &str, formula: &str, unit: &str) -> OwnFigure {
    OwnFigure { unit: unit.to_owned(), ..OwnFigure::new(id, id.replace('_', " "), formula) }
}

/// 400 m² of workshop, 800 m² of office and 400 m² of homes on 2,000 m².
fn site(figures: Vec<OwnFigure>) -> Site {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    let stack = vec![storey("craft_workshop"), storey("office"), storey("office"), storey("housing")];
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 20.0]), stack);
    site.project.brief.figures = figures;
    site
}

fn value(site: &Site, id: &str) -> Option<[f64; 3]> {
    let span = (*site.totals().own.get(id).unwrap_or_else(|| panic!("{id} is measured")))?;
    Some([span.low, span.mid, span.high])
}

#[test]
fn formulas_over_the_model_give_figures() {
    let site = site(vec![
        own("productive_fsi", "sum(area where use.productive) / site.area", ""),
        own("work_floor", "sum(area where use.family in (making, office))", "m2"),
        own("work_per_home", "work_floor / dwellings", "m2/home"),
        own("jobs_per_100", "100 m2 * jobs / gfa_m2", "job"),
        own("not_homes", "100 % - mxi_percent / 100", "%"),
        own("bays", "ceil(sum(area where state = new and not use.family = housing) / 1000 m2)", ""),
        own("half", "min(gfa_m2, 1 ha) / 2", "ha"),
    ]);
    assert_eq!(value(&site, "productive_fsi"), Some([0.2; 3]));
    assert_eq!(value(&site, "work_floor"), Some([1200.0; 3]));
    // 400 m² of homes at 125, 100, 90: 3.2 to 4.444.
    let Some([low, mid, high]) = value(&site, "work_per_home") else { panic!("there are homes") };
    assert!((low - 270.0).abs() < 1e-9 && (mid - 300.0).abs() < 1e-9 && (high - 375.0).abs() < 1e-9, "{low} {high}");
    // 400 / 47 + 800 / 16 jobs on 1,600 m².
    let Some([_, jobs, _]) = value(&site, "jobs_per_100") else { panic!("there is floor") };
    assert!((jobs - 100.0 * (400.0 / 47.0 + 50.0) / 1600.0).abs() < 1e-9);
    assert_eq!(value(&site, "not_homes"), Some([75.0; 3]));
    assert_eq!(value(&site, "bays"), Some([2.0; 3]));
    assert_eq!(value(&site, "half"), Some([0.08; 3]));
    assert_eq!(check_brief(&site.project), []);
    let report = site.sums().report(&site.project).expect("the variant is there");
    let json = serde_json::to_value(&report).expect("plain JSON");
    assert_eq!(json["totals"]["own"]["work_floor"]["mid"], 1200.0);
    let text = table::report_text(&report, Lang::En);
    assert!(text.lines().any(|line| line.trim_start().starts_with("work floor") && line.contains("1\u{202f}200.0 m²")));
    let csv = maakblok::measure::report_csv::report_csv(&report).expect("rows into memory");
    assert!(csv.contains("own.work_floor,m2,1200,1200,1200"));
}

#[test]
fn what_cannot_be_is_a_dash_with_its_reason() {
    let empty = Site::new();
    let mut empty = Site { project: empty.project };
    empty.project.brief.figures = vec![own("share", "sum(area where use.productive) / sum(area)", "%")];
    assert_eq!(value(&empty, "share"), None);
    let sums = empty.sums();
    let why = AnyFigure::Own(0).why_not(&sums.totals(), sums.coefficients(), Lang::En);
    assert_eq!(why.as_deref(), Some("nothing yet to divide by"));
    let json = serde_json::to_value(sums.totals()).expect("plain JSON");
    assert!(json["own"]["share"].is_null());
}

#[test]
fn what_is_wrong_with_a_formula_is_said_where_it_stands() {
    let site = site(vec![
        own("a", "jobs + gfa_m2", "job"),
        own("b", "gfa_m2 / plots", ""),
        own("c", "d + 1", ""),
        own("d", "c * 2", ""),
        own("e", "gfa_m2", "job"),
        own("f", "jobs", "moons"),
        own("jobs", "1", ""),
        own("9th", "1", ""),
        own("g", "1", ""),
        own("g", "2", ""),
        own("deep", &"(".repeat(900), ""),
    ]);
    let faults = check_brief(&site.project);
    let said: Vec<(String, usize)> = faults
        .iter()
        .map(|fault| match &fault.kind {
            FaultKind::Formula { says, column } => (says[0].clone(), *column),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        ("job and m² cannot be added or compared.", 1),
        ("Nothing is called “plots”.", 10),
        ("“c” needs itself.", 1),
        ("“d” needs itself.", 1),
        ("The formula gives m², the figure says job.", 1),
        ("“moons” is no unit.", 1),
        ("Another figure is called “jobs”.", 1),
        ("“9th” cannot be a name: take small letters, digits and _.", 1),
        ("Another figure is called “g”.", 1),
        ("Too many brackets within brackets.", 65),
    ];
    assert_eq!(said, expected.map(|(text, column)| (text.to_owned(), column)));
    assert!(
        faults.iter().all(|fault| fault.severity == Severity::Error && fault.at.path.starts_with("/brief/figures/"))
    );
    // What cannot be read has no value; the others have theirs.
    assert_eq!(value(&site, "a"), None);
    let sums = site.sums();
    let why = AnyFigure::Own(0).why_not(&sums.totals(), sums.coefficients(), Lang::Nl);
    assert!(why.is_some_and(|why| why.contains("m²")));
    assert_eq!(sums.totals().mid(FigureId::Gfa), Some(1600.0));
}

#[test]
fn what_is_offered_for_a_formula_can_be_written_in_one() {
    let sums = Sums::new(&site(Vec::new()).project, super::VARIANT);
    let coefficients = sums.coefficients();
    let mut seen = 0;
    for group in Group::ALL {
        for piece in group.pieces() {
            let formula = match (group, piece.split_once('(')) {
                (Group::OfUse, _) => format!("sum(area * {piece})"),
                (Group::Function, Some((name, parts))) => {
                    format!("{name}({}", parts.replace('a', "0.5").replace('b', "2").replace('c', "3"))
                }
                _ => piece.clone(),
            };
            let read = coefficients.read(&formula);
            assert!(read.is_ok(), "{formula}: {read:?}");
            if let (Group::Function, Some((name, _))) = (group, piece.split_once('(')) {
                let key = format!("formula-about-{}", name.replace('_', "-"));
                assert!(Lang::ALL.iter().all(|lang| has_message(*lang, &key)), "{key}");
            }
            if let Ok(expr) = read {
                assert!(!coefficients.in_words(&expr, Lang::En).contains('{'), "{formula}");
            }
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
    for figure in coefficients.all_figures() {
        assert!(coefficients.read(figure.key(coefficients)).is_ok(), "{}", figure.key(coefficients));
    }
}

#[test]
fn targets_say_by_how_much_they_are_missed() {
    let bounds = |least: Option<f64>, most: Option<f64>| Target { least, most, ..Target::new("jobs") };
    assert_eq!(bounds(Some(200.0), None).missed_by(192.0), -8.0);
    assert_eq!(bounds(None, Some(1.8)).missed_by(2.0), 2.0 - 1.8);
    assert_eq!(bounds(Some(60.0), Some(80.0)).missed_by(61.0), 0.0);
    assert!(!bounds(Some(2.0), Some(1.0)).is_sound() && !bounds(None, None).is_sound());
    assert!(!bounds(Some(f64::NAN), None).is_sound());
    let mut site = site(vec![own("mine", "jobs", "job")]);
    let brief = Brief::default()
        .with_target(bounds(Some(200.0), None))
        .with_target(Target { most: Some(3.0), ..Target::new("mine") })
        .with_target(Target { least: Some(1.0), ..Target::new("happiness") })
        .with_target(bounds(Some(5.0), Some(1.0)));
    assert_eq!(brief.targets.len(), 3, "one for each figure");
    site.project.brief.targets = brief.targets.clone();
    let kinds: Vec<FaultKind> = check_brief(&site.project).into_iter().map(|fault| fault.kind).collect();
    let nothing = FaultKind::TargetOfNothing { figure: "happiness".to_owned() };
    assert_eq!(kinds, [FaultKind::TargetBounds, nothing]);
    assert_eq!(brief.with_target(bounds(None, None)).targets.len(), 2, "one that asks for nothing goes");
}

#[test]
fn figures_of_a_selection_and_a_change_of_formula_follow() {
    let mut site = site(vec![own("floor", "gfa_m2", "m2")]);
    let volume = site.project.variants[0].volumes.iter().next().expect("a volume").id;
    let figures = site.sums().of(&site.project, &Scope::Volumes([volume].into())).expect("the scope is there");
    assert_eq!(figures.own["floor"].map(|span| span.mid), Some(1600.0));
    let mut sums = site.sums();
    let mut info = maakblok::edit::Info::of(&site.project);
    info.brief.figures[0].formula = "gfa_m2 * 2".to_owned();
    let mut edit = maakblok::edit::Edit::new(maakblok::edit::Label::new("test"));
    edit.changes.push(maakblok::edit::Change::Info(Box::new(info)));
    let inverse = edit.apply(&mut site.project).expect("it fits");
    sums.follow(&site.project, &inverse);
    assert_eq!(sums.report(&site.project), Sums::new(&site.project, Id(1)).report(&site.project));
    assert_eq!(sums.totals().own["floor"].map(|span| span.mid), Some(3200.0));
}

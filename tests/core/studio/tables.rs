//! Tables of the open variant: in order, searched, copied, written, and up to the drawing.

use std::fs;

use maakblok::i18n::Lang;
use maakblok::schedule::{Cell, RowOf, Schedule, ScheduleKind, Sort};
use maakblok::studio::{Action, Command, PathFor, StoreyChange};

use crate::puppet::{Home, Puppet};

/// Three halls of one storey, 10, 9 and 2 by name, of 600, 300 and 900 m², the first two on a plot of 10,000 m².
fn halls(home: &Home) -> Puppet {
    let mut puppet = Puppet::drawing(home);
    puppet.plot([0.0, 0.0], [100.0, 100.0]);
    puppet.act(Action::UseInHand("light_industry".into()));
    for (name, from, to) in [
        ("Hall 10", [10.0, 10.0], [40.0, 30.0]),
        ("Hall 9", [50.0, 10.0], [65.0, 30.0]),
        ("Hall 2", [200.0, 10.0], [230.0, 40.0]),
    ] {
        let volume = puppet.volume(from, to);
        let building = puppet.volume_of(volume).building;
        puppet.act(Action::NameBuilding(building, name.to_owned()));
    }
    puppet
}

fn table(puppet: &mut Puppet, kind: ScheduleKind) -> Schedule {
    puppet.act(Action::Table(Some(kind)));
    puppet.studio.follow_table();
    Schedule::clone(puppet.studio.table().expect("it is worked out"))
}

fn column(schedule: &Schedule, key: &str) -> usize {
    schedule.columns().iter().position(|column| column.key == key).expect("there is such a column")
}

fn names(schedule: &Schedule, order: &[usize]) -> Vec<String> {
    let at = column(schedule, "name");
    order.iter().map(|row| schedule.text(&schedule.rows[*row], at, Lang::En)).collect()
}

#[test]
fn rows_are_sorted_searched_and_summed() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let buildings = table(&mut puppet, ScheduleKind::Buildings);
    let by = |key: &str, falls: bool| Some(Sort { column: column(&buildings, key), falls });
    let order = |filter: &str, sort| names(&buildings, &buildings.order(filter, sort, Lang::En));
    assert_eq!(order("", None), ["Hall 10", "Hall 9", "Hall 2"]);
    assert_eq!(order("", by("name", false)), ["Hall 2", "Hall 9", "Hall 10"], "2 comes before 10");
    assert_eq!(order("", by("gfa_m2", true)), ["Hall 2", "Hall 10", "Hall 9"]);
    assert_eq!(order("hall 9", None), ["Hall 9"]);
    assert_eq!(order("NO PLOT", None), ["Hall 2"], "what stands on no plot says so");
    let all = buildings.order("", None, Lang::En);
    assert_eq!(buildings.sum(&all, column(&buildings, "gfa_m2")), Some(Cell::Number(Some(1800.0))));
    assert_eq!(buildings.sum(&all[..1], column(&buildings, "gfa_m2")), Some(Cell::Number(Some(600.0))));
    assert_eq!(buildings.sum(&all, column(&buildings, "top_m")), None, "heights are not added");

    let plots = table(&mut puppet, ScheduleKind::Plots);
    let said = |key: &str| plots.text(&plots.rows[0], column(&plots, key), Lang::En);
    assert_eq!(
        (said("fsi").as_str(), said("gsi").as_str(), said("productive_share").as_str()),
        ("0.09", "0.09", "100")
    );

    let storeys = table(&mut puppet, ScheduleKind::Storeys);
    assert_eq!(storeys.rows.len(), 3);
    let (level, uses) = (column(&storeys, "level"), column(&storeys, "uses"));
    assert_eq!(storeys.text(&storeys.rows[0], level, Lang::Nl), "0");
    assert_eq!(storeys.text(&storeys.rows[0], uses, Lang::Nl), "lichte industrie");
}

#[test]
fn what_has_no_value_comes_last_whichever_way_it_is_sorted() {
    let home = Home::new();
    let mut puppet = halls(&home);
    puppet.plot([300.0, 0.0], [340.0, 40.0]);
    let plots = table(&mut puppet, ScheduleKind::Plots);
    let share = column(&plots, "productive_share");
    assert_eq!(plots.rows[1].cells[share], Cell::Number(None), "no floor, no share");
    for falls in [true, false] {
        let order = plots.order("", Some(Sort { column: share, falls }), Lang::En);
        assert_eq!(order, [0, 1]);
    }
}

#[test]
fn a_table_follows_what_is_drawn() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let before = table(&mut puppet, ScheduleKind::Storeys);
    let RowOf::Storey(volume, at) = before.rows[0].of else { panic!("it is a storey") };
    puppet.act(Action::Storeys(vec![volume], StoreyChange::Height(at, 7.25)));
    puppet.studio.follow_table();
    let after = puppet.studio.table().unwrap();
    let height = column(after, "height_m");
    assert_eq!(after.rows[0].cells[height], Cell::Number(Some(7.25)));
    puppet.run(Command::Undo);
    puppet.studio.follow_table();
    assert_eq!(**puppet.studio.table().unwrap(), before);
}

#[test]
fn rows_are_copied_as_spreadsheets_of_a_language_take_them() {
    let home = Home::new();
    let mut puppet = halls(&home);
    table(&mut puppet, ScheduleKind::Buildings);
    puppet.run(Command::LangNl);
    puppet.act(Action::CopyTable(vec![1, 0]));
    let text = puppet.studio.to_clipboard.take().unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0].len(), lines[1].len());
    assert!(lines[0][0] == "naam" && lines[0].iter().any(|head| head.ends_with(", midden")), "{:?}", lines[0]);
    assert_eq!((lines[1][0], lines[2][0]), ("Hall 9", "Hall 10"));
    // 300 m² of light industry at its three densities.
    let jobs = &lines[1][lines[1].len() - 3..];
    assert!(jobs.iter().all(|number| number.contains(',') && !number.contains('.')), "{jobs:?}");
    assert!(puppet.notices().iter().any(|said| said.contains('2')), "{:?}", puppet.notices());
}

#[test]
fn a_name_is_never_run_as_a_formula_and_the_rows_written_are_those_that_were_shown() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let buildings = table(&mut puppet, ScheduleKind::Buildings);
    let RowOf::Building(first) = buildings.rows[0].of else { panic!("it is a building") };
    puppet.act(Action::NameBuilding(first, "=HYPERLINK(\"http://x\")".to_owned()));
    puppet.studio.follow_table();
    puppet.act(Action::CopyTable(vec![0]));
    let text = puppet.studio.to_clipboard.take().unwrap();
    assert!(text.lines().nth(1).unwrap().starts_with("'=HYPERLINK"), "{text}");
    puppet.act(Action::ExportTable(vec![2]));
    let last = puppet.variant().volumes.iter().last().unwrap().id;
    puppet.act(Action::Select(vec![last]));
    puppet.run(Command::Delete);
    puppet.act(Action::Path(PathFor::Table, home.path("rows.csv")));
    puppet.no_complaints();
    let text = fs::read_to_string(home.path("rows.csv")).unwrap();
    assert!(text.lines().nth(1).unwrap().starts_with("Hall 2,"), "{text}");
}

#[test]
fn a_table_is_written_as_rows_and_all_tables_as_a_workbook() {
    let home = Home::new();
    let mut puppet = halls(&home);
    table(&mut puppet, ScheduleKind::Buildings);
    let (rows, book) = (home.path("rows.csv"), home.path("all.xlsx"));
    puppet.act(Action::ExportTable(vec![2]));
    puppet.act(Action::Path(PathFor::Table, rows.clone()));
    puppet.act(Action::ExportTable(vec![2]));
    puppet.act(Action::Path(PathFor::Table, book.clone()));
    puppet.no_complaints();
    let text = fs::read_to_string(rows).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() == 2 && lines[1].starts_with("Hall 2,"), "{text}");
    assert!(fs::read(book).unwrap().starts_with(b"PK"));
    // A format that is none of a table is refused in words.
    puppet.act(Action::ExportTable(vec![0]));
    puppet.act(Action::Path(PathFor::Table, home.path("rows.doc")));
    assert!(!puppet.complaint().details.is_empty());
}

//! Tables of the open variant: in order, searched, copied, written, and up to the drawing.

use std::fs;

use maakblok::i18n::Lang;
use maakblok::model::State;
use maakblok::schedule::{Cell, Pasted, RowOf, Schedule, ScheduleKind, Sort};
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
    let jobs = &lines[1][lines[1].len() - 4..lines[1].len() - 1];
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

/// A use with a comma in its name.
const CAFE: &str = "café, restaurant";

/// The table as it is copied, as lines of cells.
fn copied(puppet: &mut Puppet, order: Vec<usize>) -> Vec<Vec<String>> {
    puppet.act(Action::CopyTable(order));
    let text = puppet.studio.to_clipboard.take().expect("it is on the clipboard");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn paste(puppet: &mut Puppet, text: &str, order: &[usize], at: Option<(RowOf, usize)>) {
    puppet.studio.follow_table();
    let shown = puppet.studio.table().expect("it is worked out");
    let rows = order.iter().map(|at| shown.rows[*at].of).collect();
    puppet.act(Action::PasteTable(Box::new(Pasted { text: text.to_owned(), rows, at })));
}

fn text_of(lines: &[Vec<String>]) -> String {
    lines.iter().map(|line| line.join("\t")).collect::<Vec<_>>().join("\r\n")
}

#[test]
fn lines_that_come_back_from_a_spreadsheet_find_their_rows_in_whatever_order_they_are() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let storeys = table(&mut puppet, ScheduleKind::Storeys);
    let before = puppet.text();
    let mut lines = copied(&mut puppet, vec![0, 1, 2]);
    paste(&mut puppet, &text_of(&lines), &[0, 1, 2], None);
    assert_eq!(puppet.text(), before, "what was not changed changes nothing");
    let head = |name: &str| lines[0].iter().position(|head| head == name).expect("there is such a head");
    let (uses, state, height, level) = (head("use"), head("state"), head("height (m)"), head("level"));
    lines[1][uses] = format!("{CAFE} 25 %, Housing 75%");
    lines[1][state] = "kept".to_owned();
    lines[3][height] = "7,5".to_owned();
    lines[3][level] = "17".to_owned();
    // Sorted the other way round meanwhile, and a line was taken out.
    lines.remove(2);
    lines[1..].reverse();
    paste(&mut puppet, &text_of(&lines), &[2, 1, 0], None);
    puppet.no_complaints();
    let storey = |row: usize| {
        let RowOf::Storey(volume, at) = storeys.rows[row].of else { panic!("it is a storey") };
        puppet.volume_of(volume).storeys[at].clone()
    };
    let shares: Vec<(String, f64)> =
        storey(0).uses.shares().iter().map(|share| (share.id.as_str().to_owned(), share.share)).collect();
    assert_eq!(shares, [("hospitality".to_owned(), 0.25), ("housing".to_owned(), 0.75)]);
    assert_eq!(storey(0).state, State::Kept);
    assert_eq!(storey(0).height_m, storey(1).height_m, "what the line says of its height stands: that of industry");
    assert_eq!((storey(2).height_m, storey(2).height_locked), (7.5, true));
    assert_eq!(storey(1).uses, puppet.volume_of(volume_of(&storeys, 1)).storeys[0].uses);
    // The mixed storey is said as it is shown, and typed as it is said.
    puppet.studio.follow_table();
    let shown = puppet.studio.table().unwrap();
    let said = shown.text(&shown.rows[0], column(shown, "uses"), Lang::En);
    assert_eq!(said, format!("{CAFE} 25 %, housing 75 %"));
    let after = puppet.text();
    paste(&mut puppet, &text_of(&lines), &[2, 1, 0], None);
    assert_eq!(puppet.text(), after, "pasting it again changes nothing");
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before, "all of it was one step");
}

fn volume_of(schedule: &Schedule, row: usize) -> maakblok::model::Id {
    let RowOf::Storey(volume, _) = schedule.rows[row].of else { panic!("it is a storey") };
    volume
}

#[test]
fn cells_without_heads_go_to_the_cell_that_was_pressed_and_on_from_there() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let storeys = table(&mut puppet, ScheduleKind::Storeys);
    let height = column(&storeys, "height_m");
    // In the order in which the rows are shown; the gap leaves the one between as it is.
    paste(&mut puppet, "5.5\n\n7,25\n", &[2, 0, 1], Some((storeys.rows[2].of, height)));
    puppet.no_complaints();
    let heights: Vec<f64> = (0..3).map(|row| puppet.volume_of(volume_of(&storeys, row)).storeys[0].height_m).collect();
    let asked = puppet.studio.session().unwrap().library().get(&"light_industry".into()).unwrap().floor_to_floor_m;
    assert_eq!(heights, [asked, 7.25, 5.5]);

    let plots = table(&mut puppet, ScheduleKind::Plots);
    let name = column(&plots, "name");
    paste(&mut puppet, "Quai\tBrussels-Capital Region", &[0], Some((plots.rows[0].of, name)));
    let plot = puppet.variant().plots.iter().next().unwrap().clone();
    assert_eq!((plot.name.as_str(), plot.region), ("Quai", maakblok::model::Region::Brussels));

    let buildings = table(&mut puppet, ScheduleKind::Buildings);
    let on = column(&buildings, "plot");
    let of = buildings.rows[2].of;
    paste(&mut puppet, "Quai", &[0, 1, 2], Some((of, on)));
    let RowOf::Building(id) = of else { panic!("it is a building") };
    assert_eq!(puppet.variant().buildings.get(id).unwrap().plot, Some(plot.id));
    puppet.no_complaints();
}

#[test]
fn what_cannot_stand_in_a_table_changes_nothing_and_is_said_line_by_line() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let storeys = table(&mut puppet, ScheduleKind::Storeys);
    let at = |key: &str, row: usize| Some((storeys.rows[row].of, column(&storeys, key)));
    let before = puppet.text();
    for (text, at, says) in [
        ("", at("height_m", 0), "nothing on the clipboard"),
        ("5", None, "Click the cell"),
        ("4\n5\n0.1", at("height_m", 0), "Line 3: “0.1” is no height from 0.5 to 100.0 m."),
        ("4\n5\n6", at("height_m", 1), "beyond the last row"),
        ("4\t5\t6", at("height_m", 0), "beyond the last row or column"),
        ("NaN", at("height_m", 0), "is no height"),
        ("1e9", at("height_m", 0), "is no height"),
        ("4\t999", at("height_m", 0), "“floor” is not changed in this table"),
        ("housing\toffice\nshed", at("uses", 0), "Line 2: there is no use “shed”."),
        ("housing 60 %, office 30 %", at("uses", 0), "come to 90 %"),
        ("housing %", at("uses", 0), "lacks a share"),
        ("housing 100 %, office", at("uses", 0), "leave nothing for “office”"),
        ("housing 60 %, shed", at("uses", 0), "there is no use “shed”."),
        ("housing -20 %, office 120 %", at("uses", 0), "lacks a share"),
        ("gone", at("state", 0), "is none of existing"),
        ("state\tid\nkept\t999#0", None, "Line 2: there is no row “999#0”"),
        ("state\nkept\nkept\nkept", None, "Copy the column “id”"),
        ("state\nkept", at("state", 0), "Copy the column “id”"),
        ("\"Hall\nHall 2", at("volume", 0), "is not closed"),
    ] {
        paste(&mut puppet, text, &[0, 1, 2], at);
        let complaint = puppet.complaint();
        assert!(complaint.details.iter().any(|said| said.contains(says)), "{text:?}: {:?}", complaint.details);
        assert_eq!(puppet.text(), before, "{text:?}");
    }
    puppet.act(Action::TypeCell(storeys.rows[0].of, column(&storeys, "uses"), "housing 50 %".to_owned()));
    assert!(puppet.complaint().details[0].contains("come to 50 %"));
    puppet.act(Action::TypeCell(storeys.rows[0].of, column(&storeys, "uses"), "void 50 %; Wonen 50 %".to_owned()));
    assert_eq!(puppet.volume_of(volume_of(&storeys, 0)).storeys[0].floor_part(), 0.5, "in any language");
    puppet.act(Action::TypeCell(storeys.rows[0].of, column(&storeys, "uses"), "housing 60,5 %, office".to_owned()));
    let shown = table(&mut puppet, ScheduleKind::Storeys);
    assert_eq!(shown.text(&shown.rows[0], column(&shown, "uses"), Lang::En), "housing 60.5 %, office 39.5 %");
    puppet.act(Action::TypeCell(storeys.rows[0].of, column(&storeys, "uses"), "office 70, housing".to_owned()));
    let shares: Vec<(String, f64)> = puppet.volume_of(volume_of(&storeys, 0)).storeys[0]
        .uses
        .shares()
        .iter()
        .map(|share| (share.id.to_string(), (share.share * 100.0).round()))
        .collect();
    assert_eq!(shares, [("office".to_owned(), 70.0), ("housing".to_owned(), 30.0)], "the last takes the rest");
    for text in ["housing 60 %, office 40", "housing 40 %, office 40 %, housing"] {
        puppet.act(Action::TypeCell(storeys.rows[0].of, column(&storeys, "uses"), text.to_owned()));
        let uses = puppet.volume_of(volume_of(&storeys, 0)).storeys[0].uses.clone();
        let shares: Vec<f64> = uses.shares().iter().map(|share| (share.share * 100.0).round()).collect();
        assert_eq!(shares, [60.0, 40.0], "{text}");
    }
}

#[test]
fn a_stated_number_of_homes_is_spoken_of_when_a_table_changes_their_floor() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let storeys = table(&mut puppet, ScheduleKind::Storeys);
    let uses = column(&storeys, "uses");
    let (hall, row) = (volume_of(&storeys, 0), storeys.rows[0].of);
    let shows = |puppet: &Puppet, words: &str| puppet.notices().iter().any(|said| said.contains(words));
    paste(&mut puppet, "housing", &[0], Some((row, uses)));
    assert!(!shows(&puppet, "still counts"), "none is stated");
    puppet.act(Action::Dwellings(hall, Some(6)));
    paste(&mut puppet, "housing 50 %, office 50 %", &[0], Some((row, uses)));
    assert!(
        shows(&puppet, "1 cell changed · ") && shows(&puppet, "still counts the 6 homes"),
        "{:?}",
        puppet.notices()
    );
    puppet.act(Action::Dwellings(hall, Some(5)));
    puppet.act(Action::TypeCell(row, uses, "housing 80 %, office".to_owned()));
    assert!(shows(&puppet, "still counts the 5 homes"), "{:?}", puppet.notices());
}

#[test]
fn a_line_finds_its_storey_after_a_cellar_came_under_it_and_none_is_taken_twice() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let storeys = table(&mut puppet, ScheduleKind::Storeys);
    let mut lines = copied(&mut puppet, vec![0, 1, 2]);
    let state = lines[0].iter().position(|head| head == "state").expect("there is such a head");
    let hall = volume_of(&storeys, 0);
    puppet.act(Action::Storeys(vec![hall], StoreyChange::AddBasement));
    lines[1][state] = "removed".to_owned();
    paste(&mut puppet, &text_of(&lines), &[], None);
    puppet.no_complaints();
    let states: Vec<State> = puppet.volume_of(hall).storeys.iter().map(|storey| storey.state).collect();
    assert_eq!(states, [State::New, State::Removed], "the cellar is another storey");
    let before = puppet.text();
    let id = lines[0].len() - 1;
    lines[2][id] = lines[1][id].clone();
    paste(&mut puppet, &text_of(&lines), &[], None);
    assert!(puppet.complaint().details[0].contains("comes twice"), "{:?}", puppet.complaint().details);
    // Two storeys of one volume have one name between them.
    let level = format!("name\tid\nA\t{hall}#-1\nB\t{hall}#0").replace("name", "volume");
    paste(&mut puppet, &level, &[], None);
    assert!(puppet.complaint().details[0].contains("two names"), "{:?}", puppet.complaint().details);
    assert_eq!(puppet.text(), before);
}

#[test]
fn what_is_pasted_is_read_against_the_project_as_it_stands() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let storeys = table(&mut puppet, ScheduleKind::Storeys);
    let at = Some((storeys.rows[0].of, column(&storeys, "height_m")));
    let pasted = Pasted { text: "7.5".to_owned(), rows: storeys.rows.iter().map(|row| row.of).collect(), at };
    let before = puppet.text();
    // Undone without a look at the table: what it said a moment ago decides nothing.
    puppet.act(Action::PasteTable(Box::new(pasted.clone())));
    puppet.run(Command::Undo);
    assert_eq!(puppet.text(), before);
    puppet.act(Action::PasteTable(Box::new(pasted.clone())));
    assert_eq!(puppet.volume_of(volume_of(&storeys, 0)).storeys[0].height_m, 7.5);
    // A row that is gone meanwhile takes nothing.
    puppet.act(Action::Select(vec![volume_of(&storeys, 0)]));
    puppet.run(Command::Delete);
    let before = puppet.text();
    puppet.act(Action::PasteTable(Box::new(pasted)));
    assert!(puppet.complaint().details[0].contains("Click the cell"), "{:?}", puppet.complaint().details);
    assert_eq!(puppet.text(), before);
}

#[test]
fn an_empty_line_leaves_a_name_as_it_is() {
    let home = Home::new();
    let mut puppet = halls(&home);
    let buildings = table(&mut puppet, ScheduleKind::Buildings);
    let at = Some((buildings.rows[0].of, column(&buildings, "name")));
    paste(&mut puppet, "A\n\nB", &[0, 1, 2], at);
    let after = table(&mut puppet, ScheduleKind::Buildings);
    assert_eq!(names(&after, &[0, 1, 2]), ["A", "Hall 9", "B"]);
}

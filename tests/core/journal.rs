//! The journal: a crash costs the gesture in hand and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use maakblok::edit::{Edit, EditBuilder, Label};
use maakblok::geometry::point;
use maakblok::io::digest::{Digest, Fingerprint};
use maakblok::io::journal::{Base, Journal, JournalError, Opened, recover};
use maakblok::io::native;
use maakblok::io::save::{SaveOptions, save};
use maakblok::model::{At, Id, Note, Origin, Project};

use crate::sample;
use crate::save::over;

fn bytes(project: &Project) -> Vec<u8> {
    native::write(project).unwrap()
}

fn named(name: &str) -> Project {
    Project::new(name, Origin::new(4.3, 50.8), "A")
}

pub fn note_edit(project: &Project, text: &str) -> Edit {
    let variant = project.variants[0].id;
    let mut builder = EditBuilder::new(project, variant, Label::about("edit-note", text));
    let id = builder.take_id();
    let at = At(point(1.5, 2.5));
    builder.note(Note { id, text: text.to_owned(), author: String::new(), at, extra: Default::default() });
    builder.finish()
}

pub fn fingerprint(path: &Path) -> Fingerprint {
    native::load(path).unwrap().fingerprint
}

pub fn fresh(path: &Path, base: &Fingerprint) -> Journal {
    match Journal::open(path, Base::File(base)).unwrap() {
        Opened::Fresh(journal) => journal,
        Opened::Leftover(_) => panic!("there is something in the journal already"),
    }
}

/// A saved project, and a journal with edits on top of it; returns the states before and after each edit.
fn journalled(folder: &Path, texts: &[&str]) -> (PathBuf, Journal, Vec<Project>) {
    let path = folder.join("p.maakblok");
    let mut project = sample::rich();
    let saved = save(&project, &path, over()).unwrap();
    let mut journal = fresh(&Journal::path_beside(&path), &saved.fingerprint);
    let mut states = vec![project.clone()];
    for text in texts {
        let edit = note_edit(&project, text);
        edit.apply(&mut project).unwrap();
        journal.append(&edit).unwrap();
        states.push(project.clone());
    }
    (path, journal, states)
}

#[test]
fn every_edit_comes_back_after_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journal, states) = journalled(folder.path(), &["one", "two\n{}", "three"]);
    drop(journal);
    let loaded = native::load(&path).unwrap();
    let base = Some((&loaded.project, &loaded.fingerprint));
    let Opened::Leftover(left) = Journal::open(&Journal::path_beside(&path), Base::File(&loaded.fingerprint)).unwrap()
    else {
        panic!("the edits are gone")
    };
    let recovery = left.recover(base).unwrap();
    assert_eq!(recovery.project.as_ref(), states.last());
    assert_eq!((recovery.edits, recovery.complete, recovery.base_matches), (3, true, true));
    assert_eq!(recovery.last_label(), Some(&Label::about("edit-note", "three")));
    // Going on in it, and crashing again, keeps all of them.
    let mut project = recovery.project.clone().unwrap();
    let mut journal = left.resume(&recovery).unwrap();
    let edit = note_edit(&project, "four");
    edit.apply(&mut project).unwrap();
    journal.append(&edit).unwrap();
    drop(journal);
    let again = recover(&Journal::path_beside(&path), base).unwrap();
    assert_eq!((again.project, again.edits), (Some(project), 4));
}

#[test]
fn a_last_line_cut_off_at_any_byte_costs_only_that_edit() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journal, states) = journalled(folder.path(), &["one", "two"]);
    let journal_path = journal.path().to_owned();
    drop(journal);
    let whole = fs::read(&journal_path).unwrap();
    let loaded = native::load(&path).unwrap();
    let base = Some((&loaded.project, &loaded.fingerprint));
    let line_ends: Vec<usize> = whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i).collect();
    for cut in 0..=whole.len() {
        fs::write(&journal_path, &whole[..cut]).unwrap();
        // A line is whole with its last bracket; the line end behind it may be missing.
        let edits = line_ends[1..].iter().filter(|end| cut >= **end).count();
        let recovery = recover(&journal_path, base);
        match edits {
            0 => assert_eq!(recovery, None, "cut at {cut}"),
            _ => {
                let recovery = recovery.unwrap();
                assert_eq!((recovery.project.as_ref(), recovery.edits), (Some(&states[edits]), edits), "cut at {cut}");
                assert!(recovery.complete);
                let Opened::Leftover(left) = Journal::open(&journal_path, Base::File(&loaded.fingerprint)).unwrap()
                else {
                    panic!("cut at {cut}: nothing left over")
                };
                let mut journal = left.resume(&recovery).unwrap();
                journal.append(&note_edit(&states[edits], "more")).unwrap();
                drop(journal);
                assert_eq!(recover(&journal_path, base).unwrap().edits, edits + 1, "cut at {cut}");
            }
        }
    }
}

#[test]
fn a_broken_line_stops_the_replay_there_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journal, states) = journalled(folder.path(), &["one", "two", "three"]);
    let journal_path = journal.path().to_owned();
    drop(journal);
    let loaded = native::load(&path).unwrap();
    let base = Some((&loaded.project, &loaded.fingerprint));
    let text = fs::read_to_string(&journal_path).unwrap();
    fs::write(&journal_path, text.replacen("\"two\"", "\"twO\"", 1)).unwrap();
    let recovery = recover(&journal_path, base).unwrap();
    assert_eq!((recovery.project.as_ref(), recovery.edits, recovery.complete), (Some(&states[1]), 1, false));
    // A line too few.
    let without: Vec<&str> = text.lines().enumerate().filter(|(i, _)| *i != 2).map(|(_, line)| line).collect();
    fs::write(&journal_path, without.join("\n")).unwrap();
    let recovery = recover(&journal_path, base).unwrap();
    assert_eq!((recovery.edits, recovery.complete), (1, true), "a last line without an end counts as cut off");
    // A head that cannot be read: nothing is made up, and nothing thrown away.
    fs::write(&journal_path, text.replacen("maakblok-journal", "maakblok-jurnal", 1)).unwrap();
    let recovery = recover(&journal_path, base).unwrap();
    assert_eq!((recovery.project, recovery.complete, recovery.base_matches), (None, false, false));
    assert!(matches!(Journal::open(&journal_path, Base::File(&loaded.fingerprint)).unwrap(), Opened::Leftover(_)));
}

#[test]
fn edits_on_a_file_that_has_become_another_are_offered_on_top_of_it_but_not_continued() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journal, _) = journalled(folder.path(), &["one", "two"]);
    let journal_path = journal.path().to_owned();
    drop(journal);
    save(&named("somebody else's"), &path, over()).unwrap();
    let loaded = native::load(&path).unwrap();
    let recovery = recover(&journal_path, Some((&loaded.project, &loaded.fingerprint))).unwrap();
    assert_eq!((recovery.base_matches, recovery.edits), (false, 2));
    assert_eq!(recovery.project.as_ref().map(|project| project.name.as_str()), Some("somebody else's"));
    assert_ne!(recovery.project.as_ref(), Some(&loaded.project), "with the notes that were written");
    assert_eq!(recovery.last_label(), Some(&Label::about("edit-note", "two")));
    let Opened::Leftover(left) = Journal::open(&journal_path, Base::File(&loaded.fingerprint)).unwrap() else {
        panic!()
    };
    assert!(matches!(left.resume(&recovery), Err(JournalError::OtherBase)));
}

#[test]
fn a_crash_between_saving_and_emptying_the_journal_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut journal, states) = journalled(folder.path(), &["one", "two"]);
    let journal_path = journal.path().to_owned();
    // What the journal is at the moment the new file stands: found by saving and putting the last lines back.
    let before = fs::read(&journal_path).unwrap();
    let options = SaveOptions { journal: Some(&mut journal), ..over() };
    save(&states[2], &path, options).unwrap();
    let emptied = fs::read(&journal_path).unwrap();
    assert!(emptied.len() < before.len());
    let loaded = native::load(&path).unwrap();
    let base = Some((&loaded.project, &loaded.fingerprint));
    assert_eq!(recover(&journal_path, base), None);
    // Again with a journal that cannot be emptied afterwards: its file is read in between.
    let edit = note_edit(&states[2], "three");
    journal.append(&edit).unwrap();
    let mut third = states[2].clone();
    edit.apply(&mut third).unwrap();
    let mut marked = fs::read(&journal_path).unwrap();
    marked.extend(mark(2, &Fingerprint::of(&bytes(&third))));
    save(&third, &path, over()).unwrap();
    fs::write(&journal_path, &marked).unwrap();
    let loaded = native::load(&path).unwrap();
    let base = Some((&loaded.project, &loaded.fingerprint));
    assert_eq!(recover(&journal_path, base), None, "all of it is in the file");
    // And an edit after it is all there is to recover.
    let edit = note_edit(&third, "four");
    marked.extend(line(&format!("\"n\":3,\"edit\":{}}}", serde_json::to_string(&edit).unwrap())));
    fs::write(&journal_path, &marked).unwrap();
    let mut fourth = third.clone();
    edit.apply(&mut fourth).unwrap();
    let recovery = recover(&journal_path, base).unwrap();
    assert_eq!((recovery.project, recovery.edits, recovery.complete), (Some(fourth), 1, true));
    // What is in the file already can be let go of.
    drop(journal);
    let Opened::Leftover(left) = Journal::open(&journal_path, Base::File(&loaded.fingerprint)).unwrap() else {
        panic!("the journal was emptied unasked")
    };
    left.discard(Base::File(&loaded.fingerprint)).unwrap();
    assert_eq!(recover(&journal_path, base), None);
}

/// A line of a journal from what stands after its digest.
fn line(rest: &str) -> Vec<u8> {
    format!("{{\"sum\":\"{}\",{rest}\n", Digest::of(rest.as_bytes())).into_bytes()
}

/// The line that a save writes before the file changes.
fn mark(number: u64, file: &Fingerprint) -> Vec<u8> {
    line(&format!("\"n\":{number},\"saving\":\"{}\"}}", file.digest))
}

#[test]
fn a_project_that_was_never_saved_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = Journal::path_for_unsaved(folder.path());
    let project = sample::rich();
    let Opened::Fresh(mut journal) = Journal::open(&path, Base::Unsaved(&project)).unwrap() else { panic!() };
    assert_ne!(Journal::path_for_unsaved(folder.path()), path);
    let edit = note_edit(&project, "one");
    journal.append(&edit).unwrap();
    drop(journal);
    assert_eq!(Journal::unsaved_in(folder.path()), std::slice::from_ref(&path));
    let mut expected = project.clone();
    edit.apply(&mut expected).unwrap();
    assert_eq!(recover(&path, None).unwrap().project, Some(expected));
    // An import that was not touched yet is not blank, and comes back as well; a blank project is nothing to lose.
    for (project, something) in [(project, true), (named("new"), false)] {
        let path = folder.path().join("other.journal");
        let Opened::Fresh(journal) = Journal::open(&path, Base::Unsaved(&project)).unwrap() else { panic!() };
        drop(journal);
        assert_eq!(recover(&path, None).is_some(), something);
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn one_window_at_a_time_has_a_project_open() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journal, _) = journalled(folder.path(), &["one"]);
    let print = fingerprint(&path);
    let journal_path = Journal::path_beside(&path);
    assert!(matches!(Journal::open(&journal_path, Base::File(&print)), Err(JournalError::InUse)));
    assert_eq!(journal.lines(), 1, "nothing was taken away by the second one");
    journal.close().unwrap();
    assert!(!journal_path.exists());
    let second = fresh(&journal_path, &print);
    assert!(matches!(Journal::open(&journal_path, Base::File(&print)), Err(JournalError::InUse)));
    drop(second);
    // Left behind, but empty: nothing to recover, and free.
    fresh(&journal_path, &print).close().unwrap();
}

#[test]
fn an_edit_with_a_number_that_is_none_is_refused_and_the_journal_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut journal, states) = journalled(folder.path(), &["one"]);
    let mut builder = EditBuilder::new(&states[1], states[1].variants[1].id, Label::new("edit-move"));
    let id = states[1].variants[1].volumes.iter().next().unwrap().id;
    builder.change_volume(&states[1], id, |volume| volume.base_m = f64::INFINITY);
    assert!(matches!(journal.append(&builder.finish()), Err(JournalError::NotANumber(_))));
    journal.append(&note_edit(&states[1], "two")).unwrap();
    drop(journal);
    let loaded = native::load(&path).unwrap();
    let recovery = recover(&Journal::path_beside(&path), Some((&loaded.project, &loaded.fingerprint))).unwrap();
    assert_eq!((recovery.edits, recovery.complete), (2, true));
    assert_eq!(recovery.project.unwrap().variants[0].notes.get(Id(states[1].next_id)).unwrap().text, "two");
}

//! Crashes: what is offered afterwards, and that nothing is lost or doubled.

use std::fs;

use maakblok::studio::{Action, Command, PathFor, Screen};

use super::files::{dirty, names, saved};
use crate::puppet::{Home, Puppet};

#[test]
fn after_a_crash_the_work_is_offered_and_taken_up() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    let hall = puppet.volume([10.0, 10.0], [40.0, 20.0]);
    puppet.run(Command::AddStorey);
    puppet.run(Command::ToolSelect);
    puppet.act(Action::Select(vec![hall]));
    puppet.drag([20.0, 14.0], [30.0, 34.0]);
    let text = puppet.text();
    puppet.pull([30.0, 34.0], [50.0, 50.0]);
    // In the middle of a gesture the window is gone; the file knows nothing.
    drop(puppet);
    assert!(!fs::read_to_string(&path).unwrap().contains("Hall 1"));

    let mut again = Puppet::opening(&home, &path);
    assert_eq!(again.asked(), Some("recover"));
    let (_, words, _) = again.studio.question.as_ref().unwrap().words(maakblok::i18n::Lang::En);
    assert!(words.contains('3') && words.contains("Move"), "{words}");
    again.answer("ask-recover-yes");
    assert_eq!(again.text(), text);
    assert!(dirty(&again), "the file does not have it yet");
    again.scale(4.0);
    again.volume([60.0, 10.0], [90.0, 20.0]);
    let more = again.text();
    drop(again);

    let mut third = Puppet::opening(&home, &path);
    third.answer("ask-recover-yes");
    assert_eq!(third.text(), more, "a crash after a crash costs nothing either");
    third.run(Command::Save);
    assert!(!dirty(&third));
    drop(third);
    let mut fourth = Puppet::opening(&home, &path);
    assert_eq!((fourth.asked(), fourth.text()), (None, more));
    fourth.run(Command::Quit);
    assert_eq!(names(&home.path("")).iter().filter(|n| n.ends_with(".journal")).count(), 0);
}

#[test]
fn what_a_crash_left_can_be_left() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    drop(puppet);
    let mut again = Puppet::opening(&home, &path);
    again.answer("ask-recover-no");
    assert_eq!(again.text(), fs::read_to_string(&path).unwrap());
    assert!(home.path("a.maakblok.journal~1").exists(), "what was left is kept, and said to be");
    assert!(again.complaint().details[0].ends_with("journal~1"), "{:?}", again.complaint().details);
    again.scale(4.0);
    again.volume([60.0, 10.0], [90.0, 20.0]);
    let text = again.text();
    drop(again);
    let mut third = Puppet::opening(&home, &path);
    third.answer("ask-recover-yes");
    assert_eq!(third.text(), text, "what came after is journalled anew");
}

#[test]
fn work_on_a_file_that_has_become_another_comes_back_as_a_copy() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut puppet = Puppet::opening(&home, &path);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    drop(puppet);
    let theirs = fs::read_to_string(&path).unwrap().replacen("\"name\": \"", "\"name\": \"Their ", 1);
    fs::write(&path, &theirs).unwrap();

    let mut again = Puppet::opening(&home, &path);
    let (_, _, choices) = again.studio.question.as_ref().unwrap().words(maakblok::i18n::Lang::En);
    assert_eq!(choices, ["Open a copy with my changes", "Open as saved"]);
    again.answer("ask-recover-copy");
    let document = again.studio.document.as_ref().unwrap();
    assert!(document.path.is_none() && document.is_dirty(), "the file is not its file");
    assert!(again.text().contains("Hall 1") && again.text().contains("Their "), "{}", again.text());
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    // The copy is protected in its own right.
    let text = again.text();
    drop(again);
    let mut third = Puppet::new(&home);
    third.studio.offer_unsaved();
    third.answer("ask-recover-yes");
    assert_eq!(third.text(), text);
}

#[test]
fn what_a_second_window_did_comes_back_after_a_crash_too() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let first = Puppet::opening(&home, &path);
    let mut second = Puppet::opening(&home, &path);
    second.volume([10.0, 10.0], [40.0, 20.0]);
    let text = second.text();
    drop(second);
    drop(first);
    let mut third = Puppet::new(&home);
    third.studio.offer_unsaved();
    assert_eq!(third.asked(), Some("recover"));
    third.answer("ask-recover-yes");
    assert_eq!(third.text(), text);
}

#[test]
fn what_both_sides_made_new_is_kept_side_by_side() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut mine = Puppet::opening(&home, &path);
    let hall = mine.volume([10.0, 10.0], [40.0, 20.0]);
    mine.act(Action::NameVolume(hall, "Mine".to_owned()));
    mine.run(Command::NewVariant);
    mine.volume([60.0, 10.0], [90.0, 20.0]);
    drop(mine);
    // Somebody else adds more halls than I did, under the same numbers, in a copy that then takes the file's place.
    let copy = home.path("copy.maakblok");
    fs::copy(&path, &copy).unwrap();
    let mut theirs = Puppet::opening(&home, &copy);
    for south in [30.0, 40.0, 50.0, 60.0] {
        theirs.volume([10.0, south], [40.0, south + 5.0]);
    }
    theirs.run(Command::Save);
    let all_of_theirs: Vec<_> = theirs.variant().volumes.iter().cloned().collect();
    theirs.run(Command::Quit);
    drop(theirs);
    fs::rename(&copy, &path).unwrap();

    let mut again = Puppet::opening(&home, &path);
    again.answer("ask-recover-copy");
    let project = again.session().project();
    let first = &project.variants[0];
    for volume in &all_of_theirs {
        assert_eq!(first.volumes.get(volume.id), Some(volume), "theirs is as they left it");
    }
    let mine = first.volumes.iter().find(|volume| volume.name == "Mine").expect("mine is there too");
    assert_eq!(first.volumes.len(), 5);
    assert!(first.buildings.get(mine.building).is_some_and(|building| building.name.starts_with("Hall")));
    assert_eq!((project.variants.len(), project.variants[1].volumes.len()), (2, 2), "my variant as I left it");
    // All of mine can be taken back, and nothing of theirs with it.
    while again.session().history().place() > 0 {
        again.run(Command::Undo);
    }
    assert_eq!(again.text(), fs::read_to_string(&path).unwrap());
}

#[test]
fn a_second_window_that_takes_the_file_over_is_protected_like_the_first() {
    let home = Home::new();
    let path = saved(&home, "a.maakblok");
    let mut first = Puppet::opening(&home, &path);
    let mut second = Puppet::opening(&home, &path);
    first.run(Command::Quit);
    drop(first);
    second.volume([10.0, 10.0], [40.0, 20.0]);
    second.run(Command::Save);
    second.act(Action::Path(PathFor::Save, path.clone()));
    assert_eq!(second.asked(), Some("replace"));
    second.answer("ask-replace");
    assert!(!second.studio.document.as_ref().unwrap().in_use && !dirty(&second));
    second.volume([50.0, 10.0], [80.0, 20.0]);
    let text = second.text();
    drop(second);
    let mut again = Puppet::opening(&home, &path);
    again.answer("ask-recover-yes");
    assert_eq!(again.text(), text);
}

#[cfg(target_os = "linux")]
#[test]
fn edits_that_find_no_room_in_the_journal_wait_until_there_is_some() {
    let Some(disk) = crate::save::TinyDisk::mount("256k") else {
        eprintln!("skipped: a small tmpfs cannot be mounted here");
        return;
    };
    let home = Home::new();
    let path = disk.path().join("p.maakblok");
    let mut puppet = Puppet::drawing(&home);
    let hall = puppet.volume([0.0, 0.0], [60.0, 14.0]);
    puppet.save_as(&path);
    puppet.act(Action::NameVolume(hall, "before".to_owned()));
    // The disk is filled to the last page; names are long so that they need one of their own.
    let ballast = disk.path().join("ballast");
    let _ = fs::write(&ballast, vec![0; 1 << 20]);
    let named = |start: &str| Action::NameVolume(hall, format!("{start} {}", "x".repeat(6000)));
    puppet.studio.act(named("first"));
    puppet.studio.act(named("second"));
    let told = puppet.studio.notices.iter().filter(|n| n.text == "Changes are not protected against a crash");
    assert_eq!(told.count(), 1, "said once: {:?}", puppet.notices());
    assert!(puppet.studio.document.as_ref().is_some_and(|document| !document.is_protected()));
    // A save finds no room either, and does not claim that the journal has everything.
    puppet.studio.act(Action::Run(Command::Save));
    puppet.studio.tick();
    assert_eq!(puppet.complaint().text, "Not saved");
    assert!(!puppet.complaint().details.iter().any(|line| line.contains("journal")), "{:?}", puppet.complaint());
    // With room again, the next edit takes the waiting ones along; the sweep looks at the journal.
    fs::remove_file(&ballast).unwrap();
    puppet.act(Action::NameVolume(hall, "after".to_owned()));
    assert!(puppet.studio.document.as_ref().is_some_and(maakblok::studio::Document::is_protected));
    let text = puppet.text();
    drop(puppet);
    let mut again = Puppet::opening(&home, &path);
    again.answer("ask-recover-yes");
    assert_eq!(again.text(), text);
}

#[test]
fn a_project_that_was_never_saved_is_offered_at_the_next_start() {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    puppet.plot([0.0, 0.0], [100.0, 80.0]);
    puppet.volume([10.0, 10.0], [40.0, 20.0]);
    puppet.run(Command::Undo);
    puppet.run(Command::Redo);
    let text = puppet.text();
    // Another window beside it leaves the work of a living one alone.
    let mut beside = Puppet::new(&home);
    beside.studio.offer_unsaved();
    assert_eq!(beside.asked(), None);
    drop(puppet);
    let mut again = Puppet::new(&home);
    again.studio.offer_unsaved();
    assert_eq!(again.asked(), Some("recover"));
    again.answer("ask-recover-yes");
    assert_eq!((again.text(), again.studio.screen), (text.clone(), Screen::Editor));
    assert!(dirty(&again));
    // What was recovered can be taken back, step by step: plot, volume, and that it was undone and redone.
    assert_eq!(again.session().history().place(), 4);
    again.run(Command::Undo);
    assert_eq!(again.variant().volumes.len(), 0);
    again.run(Command::Redo);
    let path = home.path("rescued.maakblok");
    again.save_as(&path);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(names(&home.path("data")), [""; 0]);
    let mut third = Puppet::new(&home);
    third.studio.offer_unsaved();
    assert_eq!(third.asked(), None);
}

#[test]
fn an_empty_project_leaves_nothing_to_offer() {
    let home = Home::new();
    drop(Puppet::drawing(&home));
    let mut again = Puppet::new(&home);
    again.studio.offer_unsaved();
    assert_eq!(again.asked(), None);
    assert_eq!(names(&home.path("data")), [""; 0], "and it is cleared away");
}

//! Saving: the file is whole at every moment, and nobody's work is overwritten unasked.

use std::fs;
use std::path::{Path, PathBuf};

use maakblok::io::journal::{Base, Journal, JournalError, Opened, recover};
use maakblok::io::save::{SaveError, SaveOptions, backups, save};
use maakblok::io::{NoFile, native};
use maakblok::model::{Origin, Project};

use crate::journal::{fingerprint, fresh, note_edit};
use crate::sample;

fn bytes(project: &Project) -> Vec<u8> {
    native::write(project).unwrap()
}

fn named(name: &str) -> Project {
    Project::new(name, Origin::new(4.3, 50.8), "A")
}

pub fn over() -> SaveOptions<'static> {
    SaveOptions { overwrite: true, ..SaveOptions::default() }
}

fn name_on_disk(path: &Path) -> String {
    native::load(path).unwrap().project.name
}

#[test]
fn a_save_keeps_five_backups_the_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.maakblok");
    let mut since = None;
    for i in 0..8 {
        let saved = save(&named(&i.to_string()), &path, SaveOptions { since, ..SaveOptions::default() }).unwrap();
        assert_eq!(saved.notes, []);
        since = Some(saved.fingerprint);
    }
    // Saving what is there already costs no backup.
    save(&named("7"), &path, over()).unwrap();
    assert_eq!(name_on_disk(&path), "7");
    let names: Vec<String> = backups(&path).iter().map(|backup| name_on_disk(backup)).collect();
    assert_eq!(names, ["6", "5", "4", "3", "2"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6, "nothing else is left in the folder");
}

#[test]
fn what_a_killed_save_left_is_swept_away_once_it_is_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.maakblok");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    for (name, age) in [("old000", Some(old)), ("new000", None), ("longer-name", Some(old))] {
        let file = fs::File::create(folder.path().join(format!(".p.maakblok.{name}"))).unwrap();
        if let Some(age) = age {
            file.set_modified(age).unwrap();
        }
    }
    save(&named("p"), &path, over()).unwrap();
    let left = |name: &str| folder.path().join(format!(".p.maakblok.{name}")).exists();
    assert!(!left("old000"), "nobody is writing it any more");
    assert!(left("new000"), "somebody may be writing it");
    assert!(left("longer-name"), "it is none of ours");
}

#[test]
fn a_file_that_somebody_else_changed_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.maakblok");
    let mine = save(&named("mine"), &path, SaveOptions::default()).unwrap().fingerprint;
    let since = || SaveOptions { since: Some(mine), ..SaveOptions::default() };
    assert!(matches!(save(&named("again"), &path, SaveOptions::default()), Err(SaveError::Exists)));
    // The same length, within the same tick of the clock.
    fs::write(&path, bytes(&named("hers"))).unwrap();
    assert!(matches!(save(&named("mine"), &path, since()), Err(SaveError::ChangedOnDisk)));
    assert_eq!(name_on_disk(&path), "hers");
    // Touched, but the same content: nobody's work is lost.
    fs::write(&path, bytes(&named("mine"))).unwrap();
    assert!(mine.matches_file(&path).unwrap());
    save(&named("next"), &path, since()).unwrap();
    assert!(!mine.matches_file(&path).unwrap());
    save(&named("last"), &path, SaveOptions { overwrite: true, ..since() }).unwrap();
    assert_eq!(name_on_disk(&path), "last");
    // Gone: there is nothing to overwrite.
    fs::remove_file(&path).unwrap();
    save(&named("anew"), &path, since()).unwrap();
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    let (real, link, linked) = (
        folder.path().join("real/p.maakblok"),
        folder.path().join("link.maakblok"),
        folder.path().join("link-to-link.maakblok"),
    );
    symlink("real/p.maakblok", &link).unwrap();
    symlink("link.maakblok", &linked).unwrap();
    // A link to nothing makes the file that it leads to.
    save(&named("1"), &linked, SaveOptions::default()).unwrap();
    assert_eq!(name_on_disk(&real), "1");
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(mode(&real), mode(&plain), "a new file is as the user's mask says");
    for wanted in [0o640, 0o664, 0o600] {
        fs::set_permissions(&real, fs::Permissions::from_mode(wanted)).unwrap();
        let saved = save(&named("2"), &linked, over()).unwrap();
        assert_eq!(saved.path, real);
        assert_eq!(mode(&real), wanted);
    }
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && fs::symlink_metadata(&linked).unwrap().is_symlink());
    assert_eq!(Journal::path_beside(&linked), folder.path().join("real/p.maakblok.journal"));
    symlink("circle", folder.path().join("circle")).unwrap();
    assert!(matches!(save(&named("3"), &folder.path().join("circle"), over()), Err(SaveError::Io(_))));
}

#[test]
fn places_that_take_no_file_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let below_a_file = folder.path().join("file/p.maakblok");
    fs::write(folder.path().join("file"), "x").unwrap();
    assert!(matches!(save(&named("1"), &below_a_file, over()), Err(SaveError::NoFolder(_))));
    assert!(matches!(save(&named("1"), &folder.path().join("no/p.maakblok"), over()), Err(SaveError::NoFolder(_))));
    assert!(matches!(save(&named("1"), folder.path(), over()), Err(SaveError::NotAFile(NoFile::Folder))));
    let path = folder.path().join("p.maakblok");
    save(&named("old"), &path, over()).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert!(matches!(save(&named("new"), &path, over()), Err(SaveError::Protected)));
    assert_eq!(name_on_disk(&path), "old");
}

#[cfg(unix)]
#[test]
fn a_folder_that_refuses_leaves_the_file_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.maakblok");
    save(&named("old"), &path, over()).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.path().join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write into read-only folders");
    } else {
        assert!(matches!(save(&named("new"), &path, over()), Err(SaveError::FolderRefuses(_))));
        assert_eq!(name_on_disk(&path), "old");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

/// A file system of a few pages, where the system lets us make one.
#[cfg(target_os = "linux")]
pub struct TinyDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl TinyDisk {
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(std::process::Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_costs_neither_the_file_nor_a_backup_nor_the_journal() {
    let Some(disk) = TinyDisk::mount("64k") else {
        eprintln!("skipped: a small tmpfs cannot be mounted here");
        return;
    };
    let path = disk.path().join("p.maakblok");
    save(&named("older"), &path, over()).unwrap();
    save(&named("old"), &path, over()).unwrap();
    let mut journal = fresh(&disk.path().join("p.maakblok.journal"), &fingerprint(&path));
    journal.append(&note_edit(&named("old"), "before")).unwrap();
    let large = sample::many(300);
    for _ in 0..7 {
        let options = SaveOptions { journal: Some(&mut journal), ..over() };
        let error = save(&large, &path, options).unwrap_err();
        assert!(matches!(error, SaveError::DiskFull { .. }), "{error}");
    }
    assert_eq!(name_on_disk(&path), "old");
    assert_eq!(backups(&path).iter().map(|b| name_on_disk(b)).collect::<Vec<_>>(), ["older"]);
    // An edit that finds no room is refused whole; the ones before and after it stay.
    let huge = note_edit(&named("old"), &"x".repeat(100_000));
    assert!(matches!(journal.append(&huge), Err(JournalError::Io(_))));
    journal.append(&note_edit(&named("old"), "after")).unwrap();
    drop(journal);
    let loaded = native::load(&path).unwrap();
    let recovery = recover(&Journal::path_beside(&path), Some((&loaded.project, &loaded.fingerprint))).unwrap();
    assert_eq!((recovery.edits, recovery.complete), (2, true));
}

// Killed while saving: the test below starts this binary again with only the helper, and kills it.

const KILL_FOLDER: &str = "MAAKBLOK_TEST_KILL_FOLDER";

fn versions() -> [Project; 2] {
    let mut large = sample::many(40);
    large.name = "large".to_owned();
    [named("small"), large]
}

#[test]
fn helper_that_saves_until_it_is_killed() {
    let Some(folder) = std::env::var_os(KILL_FOLDER).map(PathBuf::from) else { return };
    let path = folder.join("p.maakblok");
    let versions = versions();
    let journal_path = Journal::path_beside(&path);
    let print = fingerprint(&path);
    let mut journal = match Journal::open(&journal_path, Base::File(&print)).unwrap() {
        Opened::Fresh(journal) => journal,
        Opened::Leftover(left) => left.discard(Base::File(&print)).unwrap(),
    };
    for i in 0.. {
        journal.append(&note_edit(&versions[0], &format!("{i}"))).unwrap();
        let options = SaveOptions { journal: Some(&mut journal), ..over() };
        save(&versions[i % 2], &path, options).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn killed_while_saving_two_hundred_times_the_file_is_always_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.maakblok");
    let versions = versions();
    save(&versions[0], &path, SaveOptions::default()).unwrap();
    let mut seed = 0x2016_u64;
    let mut seen = [0; 2];
    for round in 0..200 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "save::helper_that_saves_until_it_is_killed", "--test-threads=1", "--quiet"])
            .env(KILL_FOLDER, folder.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Long enough for it to start, short enough to hit the middle of a save.
        std::thread::sleep(std::time::Duration::from_micros(10_000 + (seed >> 33) % 30_000));
        assert!(child.try_wait().unwrap().is_none(), "the helper ended by itself in round {round}");
        child.kill().unwrap();
        child.wait().unwrap();
        let loaded = native::load(&path).unwrap_or_else(|error| panic!("round {round}: {error}"));
        let which = versions.iter().position(|version| *version == loaded.project);
        seen[which.unwrap_or_else(|| panic!("round {round}: neither version"))] += 1;
        for backup in backups(&path) {
            let backup = native::load(&backup).unwrap_or_else(|error| panic!("round {round}, {backup:?}: {error}"));
            assert!(versions.contains(&backup.project));
        }
        // What the journal has to offer is one edit at most, and on top of what is on the disk.
        let journal = Journal::path_beside(&path);
        if let Some(recovery) = recover(&journal, Some((&loaded.project, &loaded.fingerprint))) {
            assert!(recovery.base_matches && recovery.complete && recovery.edits == 1, "round {round}: {recovery:?}");
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "kills hit both versions: {seen:?}");
}

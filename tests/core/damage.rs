//! Damaged, foreign and hostile files: a sentence with the place, never a panic.

use maakblok::i18n::Lang;
use maakblok::io::native::{self, Loaded};
use maakblok::io::{LoadNote, NoFile, ReadError};
use maakblok::model::{Id, Project, check};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::sample;

fn rich_bytes() -> Vec<u8> {
    native::write(&sample::rich()).unwrap()
}

fn rich_json() -> Value {
    serde_json::from_slice(&rich_bytes()).unwrap()
}

fn error(bytes: &[u8]) -> ReadError {
    native::read(bytes).expect_err("it should not be read")
}

/// The rich project with one value replaced.
fn with(pointer: &str, value: Value) -> String {
    let mut file = rich_json();
    *file.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
    format!("{file:#}")
}

#[test]
fn a_file_cut_off_anywhere_is_called_cut_off() {
    let whole = rich_bytes();
    for cut in (1..whole.len() - 2).step_by(37) {
        let found = error(&whole[..cut]);
        assert!(
            matches!(found, ReadError::Truncated { .. }) || std::str::from_utf8(&whole[..cut]).is_err(),
            "cut at {cut}: {found}"
        );
    }
    assert!(native::read(&whole[..whole.len() - 1]).is_ok(), "the last line end is no part of the project");
}

#[test]
fn what_is_no_project_is_told_by_what_it_is() {
    let nested = "[".repeat(1_000_000);
    let nested_inside =
        format!("{{\"format\":\"maakblok-project\",\"version\":1,\"x\":{}", "{\"a\":".repeat(1_000_000));
    for (bytes, says) in [
        (b"".as_slice(), "is empty"),
        (b" \n\t ", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"PK\x03\x04\x14\0\0\0", "a zip archive"),
        (b"\xde\xad\xbe\xef\x80\x81", "binary data"),
        (b"{\"name\": \"\xff\"}", "not UTF-8"),
        (b"\xff\xfe{\0}\0", "not UTF-8"),
        (b"hello", "not sound JSON at line 1, column"),
        (b"42", "expected an object with a project"),
        (b"[1, 2]", "expected an object with a project, found a list"),
        (b"{}", "\"format\" is missing"),
        (b"{\"type\": \"FeatureCollection\", \"features\": []}", "GeoJSON; import it"),
        (b"{\"type\": \"CityJSON\"}", "CityJSON"),
        (b"{\"format\": \"maakblok-library\", \"version\": 1}", "a library"),
        (b"{\"format\": \"maakblok-report\", \"version\": 1}", "a report"),
        (b"{\"format\": \"dwg\"}", "says \"dwg\""),
        (b"{\"format\": 7}", "\"format\" is missing"),
        (nested.as_bytes(), "an object with a project, found a list"),
        (nested_inside.as_bytes(), "nested too deep"),
    ] {
        let text = error(bytes).to_string();
        assert!(text.contains(says), "{:?}: {text}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    }
    let bom = [b"\xef\xbb\xbf".as_slice(), &rich_bytes()].concat();
    assert!(native::read(&bom).is_ok(), "a byte order mark is no harm");
}

#[test]
fn what_is_wrong_is_told_in_the_language_of_the_user() {
    for (bytes, dutch, french) in [
        (b"".as_slice(), "het is leeg", "il est vide"),
        (b"PK\x03\x04", "zip-archief", "archive zip"),
        (b"{\"format\": \"maakblok-project\",", "houdt te vroeg op, bij regel 1", "trop tôt, à ligne 1"),
        (b"[1, 2]", "verwacht werd een object met een project, er staat een lijst", "trouvé : une liste"),
        (b"{}", "het veld \"format\" ontbreekt", "le champ \"format\" manque"),
    ] {
        let found = error(bytes);
        assert!(found.text(Lang::Nl).contains(dutch), "{}", found.text(Lang::Nl));
        assert!(found.text(Lang::Fr).contains(french), "{}", found.text(Lang::Fr));
    }
}

#[test]
fn versions_are_told() {
    let newer = "{\"variants\": {\"quite\": \"different\"}, \"written_by\": \"maakblok 9.1\", \"version\": 7, \
                 \"format\": \"maakblok-project\"}";
    let text = error(newer.as_bytes()).to_string();
    assert!(text.contains("maakblok 9.1") && text.contains("version 7"), "{text}");
    for version in [json!(0), json!(-1), json!("1"), json!(1.5), json!(null)] {
        let text = error(with("/version", version.clone()).as_bytes()).to_string();
        assert!(text.contains("there never was") || text.contains("whole number"), "{version}: {text}");
    }
    assert!(matches!(error(with("/version", json!(u64::MAX)).as_bytes()), ReadError::Newer { .. }));
}

#[test]
fn the_place_of_a_fault_is_named_with_path_line_and_column() {
    let volume = "/variants/1/volumes/0";
    for (pointer, value, says) in [
        ("/name", json!(7), "/name (line "),
        ("/origin/lon_deg", json!("east"), "expected a number, found the text \"east\""),
        ("/next_id", json!(-4), "expected a whole number from 0 up"),
        ("/variants", json!({}), "expected a list, found an object"),
        ("/variants/1/plots/0/outline/0/2", json!([1]), "/variants/1/plots/0/outline/0/2 (line "),
        ("/variants/1/plots/0/region", json!("mars"), "\"mars\" is not known here"),
        ("/variants/1/volumes/0/storeys/1/uses", json!(["office"]), "an object of uses and shares"),
        ("/variants/1/volumes/0/storeys/1/height_m", json!(null), "/storeys/1/height_m"),
        ("/variants/1/volumes/1/dwellings", json!(-1), "/dwellings"),
        ("/context/2/shape", json!({ "blob": 1 }), "\"blob\" is not known here"),
    ] {
        let text = error(with(pointer, value).as_bytes()).to_string();
        assert!(text.contains(says) && text.contains("(line "), "{pointer}: {text}");
        assert!(!text.contains("f64") && !text.contains('`') && !text.contains("u64"), "no jargon: {text}");
    }
    let mut missing = rich_json();
    missing.pointer_mut(volume).unwrap().as_object_mut().unwrap().remove("footprint");
    let text = error(format!("{missing:#}").as_bytes()).to_string();
    assert!(text.contains(volume) && text.contains("the field \"footprint\" is missing"), "{text}");
    let twice =
        String::from_utf8(rich_bytes()).unwrap().replacen("\"version\": 1,", "\"version\": 1,\n  \"version\": 1,", 1);
    assert!(error(twice.as_bytes()).to_string().contains("\"version\" stands there twice"));
    let text = String::from_utf8(rich_bytes()).unwrap();
    for (number, says) in [("1e999", "too large"), ("NaN", "line "), ("Infinity", "line "), ("-", "line ")] {
        let broken = text.replacen("14.5,", &format!("{number},"), 1);
        assert_ne!(broken, text);
        let found = error(broken.as_bytes()).to_string();
        assert!(found.contains(says), "{number}: {found}");
    }
    let trailing = format!("{text}}}");
    assert!(error(trailing.as_bytes()).to_string().contains("something follows after the end"));
}

#[test]
fn files_that_are_none_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(native::load(folder.path()), Err(ReadError::NotAFile(NoFile::Folder))));
    assert!(matches!(native::load(&folder.path().join("no.maakblok")), Err(ReadError::Missing)));
    let huge = folder.path().join("huge.maakblok");
    // Two gigabytes that take no room on the disk.
    let made = std::fs::File::create(&huge).and_then(|file| file.set_len(2 << 30));
    if made.is_ok() {
        assert!(matches!(native::load(&huge), Err(ReadError::TooLarge { limit: native::LARGEST_FILE })));
    }
    #[cfg(unix)]
    {
        let pipe = folder.path().join("pipe");
        if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
            assert!(matches!(native::load(&pipe), Err(ReadError::NotAFile(NoFile::Device))));
        }
        assert!(matches!(native::load("/dev/zero".as_ref()), Err(ReadError::NotAFile(_))));
    }
}

#[test]
fn ids_that_stand_twice_get_new_ones_and_a_note() {
    let mut file = rich_json();
    let plots = file.pointer_mut("/variants/1/plots").unwrap().as_array_mut().unwrap();
    let mut copy = plots[0].clone();
    copy["name"] = json!("Copy");
    plots.push(copy);
    let old = Id(plots[0]["id"].as_u64().unwrap());
    let next = file["next_id"].as_u64().unwrap();
    let Loaded { project, notes, .. } = native::read(file.to_string().as_bytes()).unwrap();
    assert_eq!(notes, [LoadNote::Renumbered { path: "/variants/1/plots".into(), kind: "plot", old, new: Id(next) }]);
    let plots = &project.variants[1].plots;
    assert_eq!(plots.get(old).unwrap().name, "North");
    assert_eq!(plots.get(Id(next)).unwrap().name, "Copy");
    assert_eq!(project.next_id, next + 1);
    for lang in Lang::ALL {
        let text = notes[0].text(lang);
        assert!(text.contains(&next.to_string()) && !text.contains("load-"), "{text}");
    }
    // And what was put right stays right.
    assert_eq!(native::read(&native::write(&project).unwrap()).unwrap().notes, []);
}

#[test]
fn an_id_stands_for_one_kind_of_thing() {
    let file = json!({
        "format": "maakblok-project", "version": 1, "name": "", "origin": { "lon_deg": 4.0, "lat_deg": 50.0 },
        "next_id": 3,
        "variants": [{
            "id": 1, "name": "A",
            "plots": [{ "id": 1, "name": "P", "outline": [] }],
            "buildings": [{ "id": 1, "name": "B", "plot": 1 }],
            "volumes": [
                { "id": 1, "building": 1, "name": "V", "footprint": [] },
                { "id": u64::MAX, "building": 1, "name": "W", "footprint": [] },
            ],
        }],
    });
    let Loaded { project, notes, .. } = native::read(file.to_string().as_bytes()).unwrap();
    let parted = |kind, count| LoadNote::Parted { kind, example: Id(1), count };
    assert_eq!(notes, [parted("building", 1), parted("volume", 2)]);
    assert!(notes.iter().all(LoadNote::is_fault));
    let variant = &project.variants[0];
    let building = variant.buildings.iter().next().unwrap();
    assert_eq!((building.id, building.plot), (Id(3), Some(Id(1))));
    assert!(variant.volumes.iter().all(|volume| volume.building == building.id));
    assert_eq!(variant.volumes.iter().map(|volume| volume.id).collect::<Vec<_>>(), [Id(4), Id(5)]);
    assert_eq!(project.next_id, 6);
}

#[test]
fn the_counter_and_the_variants_are_put_right() {
    let next = rich_json()["next_id"].as_u64().unwrap();
    for wrong in [0, 1, next - 1, u64::MAX] {
        let Loaded { project, notes, .. } = native::read(with("/next_id", json!(wrong)).as_bytes()).unwrap();
        assert_eq!(project.next_id, next, "of {wrong}");
        let raised = notes.iter().any(|note| matches!(note, LoadNote::CounterRaised { .. }));
        assert!(raised, "{wrong} is below what is in use, or above what can be");
    }
    let Loaded { project, notes, .. } = native::read(with("/variants", json!([])).as_bytes()).unwrap();
    assert_eq!(notes, [LoadNote::VariantAdded]);
    assert_eq!(project.variants.len(), 1);
    let mut file = rich_json();
    file["variants"][1]["id"] = file["variants"][0]["id"].clone();
    let Loaded { project, notes, .. } = native::read(file.to_string().as_bytes()).unwrap();
    assert_eq!(notes.len(), 1);
    assert_ne!(project.variants[0].id, project.variants[1].id);
}

#[test]
fn what_can_be_read_but_not_measured_is_read_and_named() {
    let bow_tie = json!([[[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0]]]);
    for (pointer, value, says) in [
        ("/variants/1/plots/0/outline", bow_tie, "crosses itself"),
        ("/variants/1/plots/0/outline/0/0", json!([1e300, 0.0]), "100 km"),
        ("/variants/1/volumes/0/storeys/1/uses", json!({ "office": 0.5, "housing": 0.6 }), "sum to 1.100"),
        ("/variants/1/volumes/0/building", json!(99), "building 99, which does not exist"),
        ("/variants/1/buildings/0/plot", json!(99), "plot 99, which does not exist"),
        ("/origin/lat_deg", json!(91.0), "not a place on earth"),
    ] {
        let loaded = native::read(with(pointer, value).as_bytes()).unwrap();
        let faults: Vec<String> = check(&loaded.project).iter().map(|fault| fault.text(Lang::En)).collect();
        assert!(faults.iter().any(|line| line.contains(says)), "{pointer}: {faults:#?}");
    }
}

/// Bytes changed, taken out, put in, doubled or moved.
fn mutated(mut bytes: Vec<u8>, changes: &[(u8, usize, usize, u8)]) -> Vec<u8> {
    const TOKENS: [&[u8]; 12] =
        [b"{", b"}", b"[", b"]", b",", b":", b"\"", b"null", b"-1", b"1e999", b"18446744073709551615", b"\"id\""];
    for &(kind, at, length, byte) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at % bytes.len();
        let end = (at + length % 40).min(bytes.len());
        match kind % 5 {
            0 => bytes[at] = byte,
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, TOKENS[usize::from(byte) % TOKENS.len()].iter().copied())),
            3 => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
            _ => bytes[at] ^= 1 << (byte % 8),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_gives_an_error_or_a_project_that_can_be_saved(
        changes in prop::collection::vec((any::<u8>(), any::<usize>(), any::<usize>(), any::<u8>()), 1..6)
    ) {
        match native::read(&mutated(rich_bytes(), &changes)) {
            Err(error) => prop_assert!(!error.to_string().is_empty()),
            Ok(loaded) => {
                let _ = check(&loaded.project);
                let saved = native::write(&loaded.project).unwrap();
                let again = native::read(&saved).unwrap();
                prop_assert_eq!(&again.project, &loaded.project);
                prop_assert_eq!(again.notes, vec![]);
            }
        }
    }
}

#[test]
fn a_project_is_not_bigger_in_words_than_its_faults() {
    // A file may name one thing in ten thousand wrong ways; every one is told, none twice.
    let mut project = Project::clone(&sample::many(50));
    let ids: Vec<Id> = project.variants[0].volumes.iter().map(|v| v.id).collect();
    for id in &ids {
        let mut volume = (**project.variants[0].volumes.get(*id).unwrap()).clone();
        volume.storeys[0].height_m = -1.0;
        project.variants[0].volumes.insert(volume);
    }
    assert_eq!(check(&project).len(), ids.len());
}

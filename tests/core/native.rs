//! The project file: what is written comes back, laid out for people and as the schema says.

use std::fs;
use std::path::Path;

use maakblok::i18n::Lang;
use maakblok::io::native::{self, Loaded};
use maakblok::io::save::{SaveError, SaveOptions, save};
use maakblok::io::schema;
use maakblok::model::{Origin, Plot, Project, check};
use proptest::prelude::*;

use crate::sample;

fn bytes(project: &Project) -> Vec<u8> {
    native::write(project).unwrap()
}

fn read(bytes: &[u8]) -> Loaded {
    native::read(bytes).unwrap_or_else(|error| panic!("{error}\n{}", String::from_utf8_lossy(bytes)))
}

fn named(name: &str) -> Project {
    Project::new(name, Origin::new(4.3, 50.8), "A")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_comes_back_and_saves_to_the_same_bytes(project in sample::project()) {
        let first = bytes(&project);
        let loaded = read(&first);
        prop_assert_eq!(&loaded.project, &project);
        prop_assert_eq!(loaded.notes, vec![]);
        prop_assert_eq!(bytes(&loaded.project), first);
        // Whatever is wrong with it, looking at it does no harm and every fault has words.
        for fault in check(&project) {
            for text in Lang::ALL.map(|lang| fault.text(lang)) {
                prop_assert!(!text.contains("fault-"), "{text}");
            }
        }
    }
}

#[test]
fn everything_survives_with_fields_that_are_not_known() {
    let project = sample::rich();
    let first = bytes(&project);
    let loaded = read(&first);
    assert_eq!(loaded.project, project);
    assert_eq!(loaded.notes, []);
    assert_eq!(loaded.upgraded_from, None);
    assert_eq!(bytes(&loaded.project), first);
    let text = String::from_utf8(first).unwrap();
    // One at each level: file, origin, rates, use, context, variant, plot, building, volume, storey, surface, access, note.
    for key in [
        "targets",
        "height_m\": 17.25",
        "vacancy",
        "smell",
        "osm",
        "colour",
        "owner",
        "year",
        "roof",
        "floor_load",
        "paving",
        "width_m",
        "solved",
    ] {
        assert!(text.contains(key), "{key} is lost");
    }
    // A field from the future stays where it was, whatever stands around it.
    let future = text.replacen("\"name\":", "\"cloud\": {\"a\": [1e-7, 12345678901234567890]},\n  \"name\":", 1);
    let again = bytes(&read(future.as_bytes()).project);
    assert!(String::from_utf8(again).unwrap().contains("12345678901234567890"));
}

#[test]
fn a_file_is_laid_out_for_small_diffs() {
    let mut project = named("P");
    let plot = project.take_id();
    project.variants[0].plots.insert(Plot::new(plot, "North", sample::rectangle(0.0, 0.0, 12.5, 10.0)));
    let (building, volume) = (project.take_id(), project.take_id());
    let mut hall = maakblok::model::Volume::new(volume, building, "Hall", sample::rectangle(0.0, 0.0, 4.0, 4.0));
    hall.storeys = vec![sample::mixed(&[("office", 0.25), ("housing", 0.75)], 3.5)];
    project.variants[0].volumes.insert(hall);
    let text = String::from_utf8(bytes(&project)).unwrap();
    let expected = r#"{
  "format": "maakblok-project",
  "version": 1,
  "written_by": "maakblok VERSION",
  "name": "P",
  "origin": {
    "lon_deg": 4.3,
    "lat_deg": 50.8
  },
  "next_id": 5,
  "variants": [
    {
      "id": 1,
      "name": "A",
      "plots": [
        {
          "id": 2,
          "name": "North",
          "outline": [
            [
              [0.0, 0.0],
              [12.5, 0.0],
              [12.5, 10.0],
              [0.0, 10.0]
            ]
          ]
        }
      ],
      "volumes": [
        {
          "id": 4,
          "building": 3,
          "name": "Hall",
          "footprint": [
            [
              [0.0, 0.0],
              [4.0, 0.0],
              [4.0, 4.0],
              [0.0, 4.0]
            ]
          ],
          "storeys": [
            {"uses": {"office": 0.25, "housing": 0.75}, "height_m": 3.5}
          ]
        }
      ]
    }
  ]
}
"#;
    assert_eq!(text, expected.replace("VERSION", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_number_that_is_none_is_never_written() {
    let mut project = sample::rich();
    project.rates.set("household_brussels", "", maakblok::num::Span::exact(f64::NAN), "");
    assert_eq!(native::write(&project).unwrap_err().path, "/rates/household_brussels/low");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.maakblok");
    assert!(matches!(save(&project, &path, SaveOptions::default()), Err(SaveError::NotANumber(_))));
    assert!(!path.exists());
}

#[test]
fn the_schema_is_the_committed_one_and_says_what_a_file_is() {
    for (name, schema) in [("project", schema::project()), ("library", schema::library())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/schema/{name}.schema.json"));
        let text = schema::text(&schema);
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "the schema of a {name} has changed; UPDATE_SCHEMA=1 writes it, look at the difference"
        );
    }
    let given = maakblok::model::SharedLibrary::of(&sample::rich());
    let given: serde_json::Value = serde_json::from_slice(&maakblok::io::library::write(&given).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema::library()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&given).map(|e| format!("{} {e}", e.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    assert!(!validator.is_valid(&serde_json::json!({"format": "maakblok-library", "version": 1, "uses": 3})));

    let validator = jsonschema::validator_for(&schema::project()).unwrap();
    let sound: serde_json::Value = serde_json::from_slice(&bytes(&sample::rich())).unwrap();
    let errors: Vec<String> = validator.iter_errors(&sound).map(|e| format!("{} {e}", e.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    for (pointer, wrong) in [
        ("/format", serde_json::json!("geojson")),
        ("/variants/1/plots/0/outline/0/0", serde_json::json!([1.0])),
        ("/variants/1/volumes/0/storeys/0/state", serde_json::json!("gone")),
        ("/variants/1/volumes/0/storeys/0/uses/parking", serde_json::json!("all")),
        ("/next_id", serde_json::json!(-1)),
    ] {
        let mut broken = sound.clone();
        *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = wrong;
        assert!(!validator.is_valid(&broken), "{pointer}");
        assert!(native::read(broken.to_string().as_bytes()).is_err(), "{pointer}");
    }
    let mut headless = sound;
    headless.as_object_mut().unwrap().remove("origin");
    assert!(!validator.is_valid(&headless));
}

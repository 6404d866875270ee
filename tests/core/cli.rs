//! The command line: results, messages, exit codes; most of it without a process.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use maakblok::cli::{Io, MOST_BYTES, run};
use maakblok::geometry::{Outline, point};
use maakblok::model::{Building, Id, Origin, Project, Storey, Variant, Volume};

use super::synthetic;

/// The exit code, standard output and standard error of a run.
struct Outcome {
    code: u8,
    out: String,
    err: String,
}

fn maakblok_with(args: &[&str], stdin: &mut dyn Read, locale: &str, most_bytes: u64) -> Outcome {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io { stdin, stdout: &mut out, stderr: &mut err, locale: locale.into(), most_bytes, studio: None };
    let args = std::iter::once("maakblok").chain(args.iter().copied()).map(Into::into);
    let code = run(args.collect::<Vec<_>>(), &mut io);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome { code, out: text(out), err: text(err) }
}

fn maakblok(args: &[&str]) -> Outcome {
    maakblok_with(args, &mut io::empty(), "C", MOST_BYTES)
}

fn with_stdin(args: &[&str], stdin: &str) -> Outcome {
    maakblok_with(args, &mut stdin.as_bytes(), "", MOST_BYTES)
}

fn data(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name).display().to_string()
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn areas_that_say_nothing_of_themselves_are_plots_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (parcels, project) = (path(folder.path(), "parcels.geojson"), path(folder.path(), "a.maakblok"));
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"CAPAKEY":"21304B0100/00C000","use":"depot"},
        "geometry":{"type":"Polygon","coordinates":[[[4.35,50.85],[4.351,50.85],[4.351,50.851],[4.35,50.85]]]}}]}"#;
    fs::write(&parcels, text).unwrap();
    let done = maakblok(&["import", "--as-plots", &parcels, "-o", &project]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let plot = &json(&fs::read_to_string(&project).unwrap())["variants"][0]["plots"][0];
    assert_eq!(plot["attributes"], serde_json::json!({"CAPAKEY": "21304B0100/00C000", "use": "depot"}));
    assert_eq!(plot["code"], "21304B0100/00C000");
    assert_eq!(maakblok(&["import", &parcels, "-o", &project]).code, 0);
    assert_eq!(json(&fs::read_to_string(&project).unwrap())["variants"][0]["plots"], serde_json::Value::Null);
}

#[test]
fn a_block_is_imported_reported_exported_and_the_same_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let (project, again, copy) =
        (path(folder.path(), "a.maakblok"), path(folder.path(), "a.geojson"), path(folder.path(), "b.maakblok"));
    let done = maakblok(&["import", &data("block.geojson"), "-o", &project]);
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""));
    let report = maakblok(&["report", &project, "--format", "json"]);
    assert_eq!(report.code, 0, "{}", report.err);
    assert_eq!(json(&report.out)["format"], "maakblok-report");
    assert_eq!(json(&report.out)["project"], "block");

    assert_eq!(maakblok(&["export", &project, "-o", &again]).code, 0);
    let from_exchange = maakblok(&["report", &again, "--format", "json"]);
    assert_eq!(from_exchange.out, report.out, "export and re-import give the same report");

    assert_eq!(maakblok(&["export", &project, "-o", &copy]).code, 0);
    assert!(fs::read(&project).unwrap() == fs::read(&copy).unwrap(), "a copy differs in nothing");
    assert_eq!(maakblok(&["import", &project, "-o", &copy]).code, 0);
    assert!(fs::read(&project).unwrap() == fs::read(&copy).unwrap(), "a project may stand as a source");
}

#[test]
fn a_library_is_exported_checked_and_given_to_another_project() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(folder.path(), name);
    let (project, library, other, whole) =
        (at("a.maakblok"), at("ours.maakblok-library"), at("b.maakblok"), at("c.maakblok"));
    assert_eq!(maakblok(&["import", &data("block.geojson"), "-o", &other]).code, 0);
    let mut rates = fs::read_to_string(&other).unwrap();
    rates = rates.replacen("\"variants\"", "\"rates\": {\"pv_per_roof\": 100}, \"variants\"", 1);
    fs::write(&project, rates).unwrap();
    assert_eq!(maakblok(&["export", &project, "-o", &library]).code, 0);
    let text = json(&fs::read_to_string(&library).unwrap());
    assert_eq!((&text["format"], &text["rates"]["pv_per_roof"]), (&"maakblok-library".into(), &100.0.into()));
    assert!(text.get("variants").is_none());

    let sound = maakblok(&["check", &library]);
    assert_eq!(sound.code, 0, "{}", sound.out);
    let done = maakblok(&["import", &library, &other, "-o", &whole]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let solar =
        |file: &str| json(&maakblok(&["report", file, "--format", "json"]).out)["totals"]["pv_mwh_year"].clone();
    assert_eq!(solar(&whole), solar(&project));
    assert_ne!(solar(&whole), solar(&other));

    let alone = maakblok(&["import", &library, "-o", &whole]);
    assert!(alone.code == 2 && alone.err.contains("Name a project"), "{}", alone.err);
    let bad = at("bad.maakblok-library");
    fs::write(&bad, "{\"format\": \"maakblok-library\", \"version\": 1, \"rates\": {\"pv_per_roof\": -3}}").unwrap();
    let faulty = maakblok(&["check", &bad]);
    assert!(faulty.code == 1 && faulty.out.contains("/rates/pv_per_roof"), "{}", faulty.out);
}

#[test]
fn content_and_not_the_extension_tells_what_a_file_is() {
    let folder = tempfile::tempdir().unwrap();
    let odd = path(folder.path(), "exchange.txt");
    fs::copy(data("block.geojson"), &odd).unwrap();
    assert_eq!(maakblok(&["report", &odd]).code, 0);
    let project = path(folder.path(), "a.maakblok");
    maakblok(&["import", &odd, "-o", &project]);
    let renamed = path(folder.path(), "a.json");
    fs::rename(&project, &renamed).unwrap();
    assert_eq!(maakblok(&["report", &renamed]).code, 0);
}

#[test]
fn a_dash_reads_standard_input_and_writes_standard_output() {
    let text = fs::read_to_string(data("block.geojson")).unwrap();
    let project = with_stdin(&["import", "-", "-o", "-"], &text);
    assert_eq!(project.code, 0, "{}", project.err);
    assert_eq!(json(&project.out)["format"], "maakblok-project");
    let exchange = with_stdin(&["export", "-", "-o", "-"], &project.out);
    assert_eq!(json(&exchange.out)["type"], "FeatureCollection");
    let csv = with_stdin(&["report", "-", "--format", "csv"], &exchange.out);
    assert!(csv.out.starts_with("scope,id,name,figure"), "{}", csv.out);
    let same = with_stdin(&["export", "-", "-o", "-", "--format", "csv"], &exchange.out);
    assert_eq!(same.out, csv.out);
    let twice = with_stdin(&["check", "-", "-"], &text);
    assert_eq!(twice.code, 2, "{}", twice.err);
}

#[test]
fn notes_go_to_standard_error_with_file_and_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "a.geojson");
    let text = fs::read_to_string(data("block.geojson")).unwrap().replace("\"retail\"", "\"casino\"");
    fs::write(&file, text).unwrap();
    let report = maakblok(&["report", &file]);
    assert_eq!(report.code, 1, "a report says that something is not in it");
    let first = report.err.lines().next().unwrap();
    assert_eq!(
        first,
        format!("maakblok: {file}: /features/4/properties/storeys/0 (12): the use “casino” is not known, left out")
    );
    let dutch = maakblok(&["--lang", "nl", "report", &file]);
    assert!(dutch.err.contains("de functie “casino” is niet bekend"), "{}", dutch.err);
    let french = maakblok_with(&["report", &file], &mut io::empty(), "fr_BE.UTF-8", MOST_BYTES);
    assert!(french.err.contains("l'affectation"), "{}", french.err);
    let check = maakblok(&["check", &file]);
    assert_eq!(check.code, 1);
    assert!(check.out.contains("casino") && check.err.is_empty(), "findings are the result of a check");
    let sound = maakblok(&["check", &data("block.geojson"), &file]);
    assert_eq!(sound.code, 1, "the worst of all files counts");
}

#[test]
fn a_plan_is_drawn_as_png_and_svg() {
    let folder = tempfile::tempdir().unwrap();
    let (png, svg) = (path(folder.path(), "a.png"), path(folder.path(), "a.SVG"));
    let drawn = maakblok(&["render", &data("block.geojson"), "-o", &png, "--size", "320x200"]);
    assert_eq!((drawn.code, drawn.err.as_str()), (0, ""));
    let bytes = fs::read(&png).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!((&bytes[16..20], &bytes[20..24]), (&320u32.to_be_bytes()[..], &200u32.to_be_bytes()[..]));
    assert_eq!(maakblok(&["export", &data("block.geojson"), "-o", &svg]).code, 0);
    let text = fs::read_to_string(&svg).unwrap();
    assert!(text.contains("<svg") && text.contains("block · Variant A"));
    let piped = maakblok(&["render", &data("block.geojson"), "-o", "-", "--format", "svg"]);
    assert_eq!(piped.out, text, "the same picture either way");
}

#[test]
fn a_shape_that_cannot_be_measured_is_left_out_of_figures_and_makes_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "tie.maakblok");
    let mut project = synthetic::project(2, 1);
    let variant = &mut project.variants[0];
    let mut volume = Volume::clone(variant.volumes.iter().next().unwrap());
    let [a, b, c, d] = volume.footprint.outer() else { panic!("a rectangle") };
    volume.footprint = Outline::from_points([*a, *c, *b, *d]);
    variant.volumes.insert(volume);
    fs::write(&file, maakblok::io::native::write(&project).unwrap()).unwrap();
    let report = maakblok(&["report", &file, "--format", "json"]);
    assert_eq!(report.code, 1);
    assert_eq!(json(&report.out)["plots"][0]["gfa_m2"], 0.0);
    assert!(report.err.contains("error: /variants/0/volumes/0: "), "{}", report.err);
    assert_eq!(maakblok(&["check", &file]).code, 1);
}

#[test]
fn a_missing_variant_is_a_fault_that_lists_the_others() {
    let outcome = maakblok(&["report", &data("block.geojson"), "--variant", "B"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert_eq!(
        outcome.err,
        format!("maakblok: {}: there is no variant “B”. It has “Variant A”\n", data("block.geojson"))
    );
    assert_eq!(maakblok(&["report", &data("block.geojson"), "--variant", "variant a"]).code, 0, "case does not matter");
}

#[test]
fn what_cannot_be_read_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let file = path(folder.path(), name);
        fs::write(&file, bytes).unwrap();
        file
    };
    let table = [
        (path(folder.path(), "none.geojson"), "there is no such file"),
        (folder.path().display().to_string(), "it is a folder"),
        (put("empty.geojson", b""), "it is empty"),
        (put("zip.geojson", b"PK\x03\x04\x14\x00\x00"), "zip archive"),
        (put("zeros.geojson", &[0; 5000]), "binary data"),
        (put("cut.geojson", b"{\"type\": \"FeatureCollection\",\n \"features\": ["), "line 2, column 15"),
        (put("other.json", b"{\"a\": 1}"), "not GeoJSON"),
        (put("broken.maakblok", b"{\"format\": \"maakblok-project\""), "broken.maakblok: "),
        (put("list.maakblok", b"[1]"), "list.maakblok: "),
    ];
    for (file, sentence) in table {
        for verb in ["report", "check"] {
            let outcome = maakblok(&[verb, &file]);
            assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{file}");
            assert!(outcome.err.starts_with("maakblok: ") && outcome.err.contains(sentence), "{}", outcome.err);
            assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
        }
    }
}

#[test]
fn endless_and_huge_input_is_refused() {
    let zeros = maakblok_with(&["report", "-"], &mut io::repeat(0), "", MOST_BYTES);
    assert_eq!(zeros.code, 2);
    assert!(zeros.err.contains("binary"), "{}", zeros.err);
    let spaces = maakblok_with(&["report", "-"], &mut io::repeat(b' '), "", 5_000_000);
    assert_eq!(spaces.code, 2);
    assert!(spaces.err.contains("larger than 5 MB"), "{}", spaces.err);
    let file = maakblok_with(&["report", &data("block.geojson")], &mut io::empty(), "", 100);
    assert_eq!(file.code, 2);
}

#[test]
fn output_is_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let target = path(folder.path(), "keep.maakblok");
    fs::write(&target, "precious").unwrap();
    let broken = path(folder.path(), "broken.geojson");
    fs::write(&broken, "{\"type\":").unwrap();
    assert_eq!(maakblok(&["import", &broken, "-o", &target]).code, 2);
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    let nowhere = path(folder.path(), "no/such/folder/a.maakblok");
    let outcome = maakblok(&["import", &data("block.geojson"), "-o", &nowhere]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("does not exist"), "{}", outcome.err);
    let wrong = path(folder.path(), "a.geojson");
    assert_eq!(maakblok(&["import", &data("block.geojson"), "-o", &wrong]).code, 2);
    assert!(!Path::new(&wrong).exists());
    assert_eq!(maakblok(&["import", &data("block.geojson"), "-o", &target]).code, 0);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().filter(|f| f.as_ref().unwrap().path() == Path::new(&target)).count(),
        1
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_permissions_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (path(folder.path(), "real.maakblok"), path(folder.path(), "link.maakblok"));
    fs::write(&real, "").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o664)).unwrap();
    symlink(&real, &link).unwrap();
    assert_eq!(maakblok(&["import", &data("block.geojson"), "-o", &link]).code, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o664);
    assert!(fs::metadata(&real).unwrap().len() > 0);
}

#[test]
fn several_sources_become_one_project() {
    let folder = tempfile::tempdir().unwrap();
    let (first, both) = (path(folder.path(), "first.maakblok"), path(folder.path(), "both.maakblok"));
    maakblok(&["import", &data("block.geojson"), "-o", &first]);
    let outcome = maakblok(&["import", &first, &data("block.geojson"), "-o", &both]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let gfa =
        |file: &str| json(&maakblok(&["report", file, "--format", "json"]).out)["totals"]["gfa_m2"].as_f64().unwrap();
    assert!((gfa(&both) - 2.0 * gfa(&first)).abs() < 1e-3);
    let moved = maakblok(&["import", &data("block.geojson"), "--origin", "-0.1,51.5", "-o", &both]);
    assert!(moved.err.contains("more than 100 km"), "{}", moved.err);
    let refused = maakblok(&["import", &first, "--origin", "4.3,50.8", "-o", &both]);
    assert_eq!(refused.code, 2);
}

/// A project of two buildings of one name, the first of two volumes, with today as a variant before the design.
fn street(name: &str) -> Project {
    let mut project = Project::new(name, Origin::new(4.32, 50.833), "Today");
    project.variants[0].baseline = true;
    let mut design = Variant::new(Id(2), "Design");
    let box_at = |x: f64| Outline::rectangle(point(x, 0.0), point(x + 10.0, 10.0));
    for (building, volumes) in [(3, &[4, 5][..]), (6, &[7])] {
        design.buildings.insert(Building::new(Id(building), "", None));
        for &id in volumes {
            let mut volume = Volume::new(Id(id), Id(building), "", box_at(id as f64 * 20.0));
            volume.storeys = vec![Storey::new("office", 3.5)];
            design.volumes.insert(volume);
        }
    }
    project.variants.push(design);
    project.next_id = 8;
    project
}

#[test]
fn an_export_in_a_national_grid_comes_back_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let block = data("block.geojson");
    let project = path(folder.path(), "a.maakblok");
    maakblok(&["import", &block, "-o", &project]);
    let before = json(&maakblok(&["report", &project, "--format", "json"]).out);
    for (crs, east) in [("3812", 640_000.0..660_000.0), ("EPSG:31370", 140_000.0..160_000.0)] {
        let grid = path(folder.path(), "grid.geojson");
        assert_eq!(maakblok(&["export", &project, "-o", &grid, "--crs", crs]).code, 0);
        let text = json(&fs::read_to_string(&grid).unwrap());
        let first = text.pointer("/features/0/geometry/coordinates/0/0/0").unwrap().as_f64().unwrap();
        assert!(east.contains(&first), "{crs}: {first}");
        let back = maakblok(&["report", &grid, "--format", "json"]);
        assert!(back.err.contains("were converted to WGS 84"), "{}", back.err);
        let after = json(&back.out);
        for figure in ["plot_area_m2", "gfa_m2", "footprint_m2"] {
            let [a, b] = [&before, &after].map(|report| report["totals"][figure].as_f64().unwrap());
            assert!((a / b - 1.0).abs() < 1e-6, "{figure}: {a} and {b} by way of {crs}");
        }
    }
    assert_eq!(maakblok(&["export", &project, "-o", "-", "--crs", "2154"]).code, 2);
}

#[test]
fn projects_that_are_joined_keep_their_buildings() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second, both) =
        (path(folder.path(), "a.maakblok"), path(folder.path(), "b.maakblok"), path(folder.path(), "ab.maakblok"));
    for (file, name) in [(&first, "A"), (&second, "B")] {
        fs::write(file, maakblok::io::native::write(&street(name)).unwrap()).unwrap();
    }
    let joined = maakblok(&["import", &first, &second, &data("block.geojson"), "-o", &both]);
    assert_eq!(joined.code, 0, "{}", joined.err);
    assert!(joined.err.contains("only “Design” is taken"), "{}", joined.err);
    let project = maakblok::io::native::load(Path::new(&both)).unwrap().project;
    assert_eq!((project.name.as_str(), project.variants.len()), ("A", 2), "the first project stays what it was");
    let design = &project.variants[1];
    let sizes = |design: &Variant| {
        let mut sizes: Vec<usize> = design
            .buildings
            .iter()
            .map(|b| design.volumes.iter().filter(|volume| volume.building == b.id).count())
            .collect();
        sizes.sort_unstable();
        sizes
    };
    let block = maakblok(&["import", &data("block.geojson"), "-o", "-"]).out;
    let block = maakblok::io::native::read(block.as_bytes()).unwrap().project;
    let mut expected = [vec![1, 2, 1, 2], sizes(&block.variants[0])].concat();
    expected.sort_unstable();
    assert_eq!(sizes(design), expected);
    let codes = design.volumes.iter().filter(|v| v.name.is_empty()).map(|v| v.code.as_str());
    assert_eq!(codes.collect::<Vec<_>>(), [""; 6], "numbers are not taken for references");
    assert_eq!(project.variants[0].volumes.len(), 0, "today is as it was");
}

#[test]
fn without_a_word_the_design_is_reported_and_not_the_site_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "a.maakblok");
    fs::write(&file, maakblok::io::native::write(&street("A")).unwrap()).unwrap();
    assert_eq!(json(&maakblok(&["report", &file, "--format", "json"]).out)["variant"], "Design");
    let today = maakblok(&["report", &file, "--format", "json", "--variant", "today"]);
    assert_eq!(json(&today.out)["totals"]["gfa_m2"], 0.0);
    let copy = path(folder.path(), "b.maakblok");
    let all = maakblok(&["export", &file, "--variant", "today", "-o", &copy]);
    assert_eq!(all.code, 0);
    assert!(all.err.contains("holds all variants"), "{}", all.err);
    assert_eq!(maakblok(&["export", &file, "--variant", "nowhere", "-o", &copy]).code, 1);
}

#[test]
fn a_check_that_puts_something_right_is_no_sound_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "twice.maakblok");
    let text = String::from_utf8(maakblok::io::native::write(&street("A")).unwrap()).unwrap();
    let twice = text.replacen("\"id\": 7,", "\"id\": 4,", 1);
    assert_ne!(twice, text);
    fs::write(&file, twice).unwrap();
    let checked = maakblok(&["check", &file]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("/variants/1/volumes: two things had the number 4"), "{}", checked.out);
    assert!(!checked.out.contains("sound"), "{}", checked.out);
}

#[test]
fn wrong_arguments_are_told_with_code_2() {
    let block = data("block.geojson");
    let table: Vec<Vec<&str>> = vec![
        vec!["report"],
        vec!["reprot", &block],
        vec![&block, "report", &block],
        vec!["report", &block, "--format", "xml"],
        vec!["import", &block],
        vec!["import", &block, "-o", "a.maakblok", "--origin", "here"],
        vec!["import", &block, "-o", "a.maakblok", "--origin", "4,99"],
        vec!["render", &block, "-o", "a.png", "--size", "0x100"],
        vec!["render", &block, "-o", "a.png", "--size", "99999x99999"],
        vec!["render", &block, "-o", "a.csv"],
        vec!["render", &block, "-o", "-"],
        vec!["export", &block, "-o", "a"],
        vec!["report", &block, "--lang", "de"],
    ];
    for args in table {
        let outcome = maakblok(&args);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{args:?}");
        assert!(outcome.err.starts_with("maakblok: "), "{}", outcome.err);
    }
}

#[test]
fn wrong_arguments_are_told_in_the_language_asked_for() {
    let block = data("block.geojson");
    for (args, dutch) in [
        (vec!["--lang", "nl", "reprot", &block, "x"], "is niet bekend"),
        (vec!["report", "--lang=nl"], "er ontbreekt iets: <PROJECT>"),
        (vec!["--lang", "nl", "render", &block, "-o", "a.png", "--size", "0x0"], "Geef breedte en hoogte in pixels"),
        (vec!["--lang", "nl", "report", &block, "--format", "xml"], "“xml” is onbruikbaar voor --format"),
    ] {
        let outcome = maakblok(&args);
        assert_eq!(outcome.code, 2);
        assert!(outcome.err.starts_with("maakblok: ") && outcome.err.contains(dutch), "{}", outcome.err);
    }
    let french = maakblok_with(&["report"], &mut io::empty(), "fr_BE.UTF-8", MOST_BYTES);
    assert!(french.err.contains("il manque quelque chose"), "{}", french.err);
}

#[test]
fn what_a_later_version_brings_is_said_plainly() {
    let block = data("block.geojson");
    let table: Vec<(Vec<&str>, &str)> = vec![
        (vec!["render", &block, "-o", "a.svg", "--view", "axo"], "--view axo"),
        (vec!["render", &block, "-o", "a.svg", "--view", "section"], "--view section"),
        (vec!["export", &block, "-o", "a.dxf"], ".dxf"),
    ];
    for (args, what) in table {
        let outcome = maakblok(&args);
        assert_eq!((outcome.code, outcome.err), (2, format!("maakblok: {what} is not in this version\n")), "{args:?}");
    }
}

/// A page has the size of its paper, and a metre is as long on it as the scale says: 2 mm at 1:500.
#[test]
fn a_plan_is_drawn_on_paper_to_scale() {
    let block = data("block.geojson");
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let drawn = |name: &str, more: &[&str]| {
        let file = path(name);
        let args = [&["render", &block, "-o", &file], more].concat();
        let outcome = maakblok(&args);
        assert_eq!((outcome.code, outcome.err), (0, String::new()), "{args:?}");
        fs::read(&file).expect("it was written")
    };
    let png = drawn("a3.png", &["--paper", "a3", "--scale", "1:500"]);
    let size = |png: &[u8], at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("a header"));
    // 420 by 297 mm at 150 pixels to the inch.
    assert_eq!([size(&png, 16), size(&png, 20)], [2480, 1754]);
    let density = png.windows(4).position(|four| four == b"pHYs").expect("it says how fine it is");
    // 150 pixels to an inch are 5 906 to a metre, both ways.
    assert_eq!([size(&png, density + 4), size(&png, density + 8), png[density + 12].into()], [5_906, 5_906, 1]);
    let pdf = String::from_utf8_lossy(&drawn("a3.pdf", &["--paper", "A3"])).into_owned();
    let media = pdf.split("/MediaBox").nth(1).expect("a page has a size");
    let box_pt: Vec<f64> = media
        .split(['[', ']'])
        .nth(1)
        .into_iter()
        .flat_map(|all| all.split(' '))
        .filter_map(|n| n.parse().ok())
        .collect();
    // 420 by 297 mm in points, of which 72 make an inch.
    assert!((box_pt[2] - 1_190.55).abs() < 0.01 && (box_pt[3] - 841.89).abs() < 0.01, "{box_pt:?}");
    let upright = drawn("a4.png", &["--paper", "A4", "--upright"]);
    assert_eq!([size(&upright, 16), size(&upright, 20)], [1240, 1754]);
    let svg = |scale: &str| {
        let svg = String::from_utf8(drawn("a.svg", &["--paper", "A3", "--scale", scale])).expect("text");
        assert!(svg.contains("width=\"420mm\" height=\"297mm\""), "it has the size of its paper");
        let drawn = svg.split("data-name=\"Kaai\" d=\"M").nth(1).expect("the plot is drawn");
        let corner = |at: usize| drawn.split(['L', ' ']).nth(at).and_then(|x| x.parse::<f64>().ok()).expect("a number");
        (corner(2) - corner(0)) / 96.0 * 25.4
    };
    // The plot is two thousandths of a degree wide: 140.9 m at this latitude.
    for (scale, wide_mm) in [("1:500", 281.8), ("1:1000", 140.9)] {
        let mm = svg(scale);
        assert!((mm - wide_mm).abs() < 0.3, "{scale}: {mm} mm");
    }
    for wrong in ["500", "2:1", "1:0", "1:-5", "1:x"] {
        let outcome = maakblok(&["render", &block, "-o", "a.svg", "--scale", wrong]);
        assert!(outcome.code == 2 && outcome.err.contains("such as 1:500"), "{wrong}: {}", outcome.err);
    }
}

#[test]
fn a_map_that_is_none_is_said_with_its_name() {
    let block = data("block.geojson");
    let outcome = maakblok(&["render", &block, "-o", "-", "--format", "svg", "--basemap", &block]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("block.geojson: is no map"), "{}", outcome.err);
}

#[test]
fn help_and_version_are_results() {
    let version = maakblok(&["--version"]);
    assert_eq!((version.code, version.out), (0, format!("maakblok {}\n", env!("CARGO_PKG_VERSION"))));
    let help = maakblok(&["--help"]);
    assert_eq!(help.code, 0);
    for verb in ["report", "check", "import", "export", "render"] {
        assert!(help.out.contains(verb), "{}", help.out);
    }
}

/// Standard output of a reader that has gone.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let mut err = Vec::new();
    for format in ["text", "json", "csv"] {
        let mut io = Io {
            stdin: &mut io::empty(),
            stdout: &mut Gone,
            stderr: &mut err,
            locale: String::new(),
            most_bytes: MOST_BYTES,
            studio: None,
        };
        let block = data("block.geojson");
        let args = ["maakblok", "report", &block, "--format", format];
        assert_eq!(run(args.map(Into::into), &mut io), 0);
    }
    assert_eq!(String::from_utf8(err).unwrap(), "");
}

#[test]
fn the_program_itself_reports_and_fails_as_said() {
    let program = env!("CARGO_BIN_EXE_maakblok");
    let report = Command::new(program)
        .args(["report", "--lang", "en", "--format", "json", &data("block.geojson")])
        .output()
        .unwrap();
    assert!(report.status.success());
    assert_eq!(json(&String::from_utf8(report.stdout).unwrap())["version"], 1);
    let missing =
        Command::new(program).args(["check", "/no/such/file.maakblok"]).env("LC_ALL", "nl_BE").output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
    let said = String::from_utf8(missing.stderr).unwrap();
    assert_eq!(said, "maakblok: /no/such/file.maakblok: er is geen bestand met die naam. Kijk de naam en de map na\n");
}

#[test]
fn a_pipe_that_closes_early_ends_the_program_quietly() {
    let program = env!("CARGO_BIN_EXE_maakblok");
    let mut child = Command::new(program)
        .args(["report", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(synthetic::exchange(2000, 1).as_bytes()).unwrap();
    let mut first = [0; 16];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let outcome = child.wait_with_output().unwrap();
    assert_eq!(outcome.status.code(), Some(0));
    assert_eq!(String::from_utf8(outcome.stderr).unwrap(), "");
}

/// An area is packed, laid under a plan, and its buildings come in as surroundings, all from one file.
#[test]
fn an_area_is_packed_drawn_and_imported() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let street = r#"<osm><node id="1" lat="50.86" lon="4.35"/><node id="2" lat="50.86" lon="4.351"/>
        <node id="3" lat="50.861" lon="4.351"/><way id="4"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>
        <tag k="building" v="yes"/></way></osm>"#;
    fs::write(path("area.osm"), street).unwrap();
    let packed = maakblok(&["pack", &path("area.osm"), "-o", &path("area.pmtiles"), "--bbox", "4.3,50.8,4.4,50.9"]);
    assert_eq!(packed.code, 0, "{}", packed.err);
    assert!(packed.err.contains("tiles of 1 things"), "{}", packed.err);
    let imported = maakblok(&["import", &path("area.osm"), "-o", &path("site.maakblok")]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    assert!(imported.err.contains("buildings 1"), "{}", imported.err);
    let drawn = maakblok(&[
        "render",
        &path("site.maakblok"),
        "-o",
        &path("site.svg"),
        "--basemap",
        &path("area.pmtiles"),
        "--map-look",
        "figure-ground",
    ]);
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    let svg = fs::read_to_string(path("site.svg")).unwrap();
    assert!(svg.contains("OpenStreetMap contributors"), "its credit stands on the picture");
    // Surroundings owe to whom they came from under any map, and go on doing so through an exchange file.
    maakblok(&["pack", &path("area.osm"), "-o", &path("ours.pmtiles"), "--attribution", "Ours"]);
    maakblok(&["export", &path("site.maakblok"), "-o", &path("site.geojson")]);
    maakblok(&["import", &path("site.geojson"), "-o", &path("again.maakblok")]);
    let draw = |project: &str, map: &str| {
        let drawn = maakblok(&["render", &path(project), "-o", &path("again.svg"), "--basemap", &path(map)]);
        (drawn, fs::read_to_string(path("again.svg")).unwrap())
    };
    let (_, svg) = draw("again.maakblok", "ours.pmtiles");
    assert!(svg.contains("Ours · © OpenStreetMap contributors"), "both are said");
    // A map whose tiles are damaged does not keep the drawing from being written; it is said.
    let mut bytes = fs::read(path("ours.pmtiles")).unwrap();
    let tiles_at = usize::try_from(u64::from_le_bytes(bytes[56..64].try_into().unwrap())).unwrap();
    bytes[tiles_at..].fill(0);
    fs::write(path("damaged.pmtiles"), bytes).unwrap();
    let (drawn, svg) = draw("again.maakblok", "damaged.pmtiles");
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    assert!(drawn.err.contains("damaged.pmtiles is not on the picture"), "{}", drawn.err);
    assert!(!svg.contains("Ours"), "nor is its credit");
    let wrong = maakblok(&["pack", &path("area.osm"), "-o", &path("b.pmtiles"), "--bbox", "4.4,50.8,4.3,50.9"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("west, south, east and north"), "{}", wrong.err);
    let nothing = maakblok(&["pack", &path("area.osm"), "-o", &path("b.pmtiles"), "--bbox", "5.4,50.8,5.5,50.9"]);
    assert_eq!(nothing.code, 2);
    assert!(!Path::new(&path("b.pmtiles")).exists());
}

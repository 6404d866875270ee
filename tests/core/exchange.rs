//! Exchange GeoJSON: what comes in, what goes out, what is said about the rest.

mod pieces;

use std::path::PathBuf;

use geo::GeodesicArea as _;
use maakblok::crs::Frame;
use maakblok::geometry::{Outline, distance_m, point};
use maakblok::i18n::Lang;
use maakblok::io::geojson::{
    ImportError, ImportNote, ImportOptions, Imported, NoteKind, PlainAreas, build, export, import, parse,
};
use maakblok::library::UseOverride;
use maakblok::measure::{FigureId, Sums};
use maakblok::model::{
    At, Building, Context, ContextKind, ContextShape, Entrance, GoodsAccess, Id, Note, Origin, Plot, Project, Region,
    State, Storey, Surface, SurfaceKind, UseShare, Uses, Variant, Volume,
};
use maakblok::num::Span;
use maakblok::record::Extra;
use proptest::prelude::*;

use super::synthetic;

fn read(text: &str) -> Imported {
    import(text.as_bytes(), &ImportOptions::default()).unwrap()
}

/// A map of parcels: areas that say nothing of themselves here, with columns of their own.
#[test]
fn parcels_come_in_as_plots_with_their_attributes_and_go_out_with_them() {
    let text = collection(&[
        square(
            r#""CAPAKEY":"21304B0100/00C000","name":"","zone":"ZEMU","built":1962,"vacant":true,"owner":null"#,
            0.0,
            0.0,
        ),
        square(
            r#""nationalCadastralReference":"X 2","id":7,"region":"flanders","landuse":"grass","parts":[1,{"a":2}],"slope":NaN"#,
            1.0,
            0.0,
        ),
        square(r#""maakblok":"plot","id":"P","name":"Third","region":"flanders","zone":"port""#, 2.0, 0.0),
        square(r#""building":"yes","name":"A house""#, 3.0, 0.0),
        square(r#""CAPAKEY":"","id":"77","building":0,"water":"0""#, 4.0, 0.0),
    ]);
    let options = ImportOptions { plain: PlainAreas::Plots, ..ImportOptions::default() };
    let imported = import(text.as_bytes(), &options).unwrap();
    let said = [NoteKind::AttributeUnusable("slope".to_owned()), NoteKind::TakenAsTagged];
    assert_eq!(kinds(&imported)[..2], said);
    assert_eq!(only(&imported).plots.iter().nth(1).unwrap().region, Region::Flanders);
    let attributes = |plot: &Plot| serde_json::to_string(&plot.attributes).unwrap();
    let known = |imported: &Imported| -> Vec<(String, String, String)> {
        only(imported).plots.iter().map(|plot| (plot.name.clone(), plot.code.clone(), attributes(plot))).collect()
    };
    let of = |name: &str, code: &str, attributes: &str| (name.to_owned(), code.to_owned(), attributes.to_owned());
    let first = r#"{"CAPAKEY":"21304B0100/00C000","built":1962,"vacant":true,"zone":"ZEMU"}"#;
    let wanted = [
        of("21304B0100/00C000", "21304B0100/00C000", first),
        of("X 2", "X 2", r#"{"landuse":"grass","nationalCadastralReference":"X 2","parts":[1,{"a":2}],"source_id":7}"#),
        of("Third", "P", r#"{"zone":"port"}"#),
        of("77", "77", r#"{"CAPAKEY":"","building":0,"water":"0"}"#),
    ];
    assert_eq!(known(&imported), wanted);
    assert_eq!(imported.project.context.len(), 1, "what says that it is a building stays one");
    // Out and in again it is the same, and a project file keeps it too.
    let again = read(&exported(&imported.project));
    assert_eq!(known(&again), wanted);
    let file = maakblok::io::native::write(&imported.project).unwrap();
    assert_eq!(maakblok::io::native::read(&file).unwrap().project, imported.project);
    // Asked for nothing, they are buildings around the site.
    assert_eq!(only(&read(&text)).plots.len(), 1);
}

/// What has no properties has no attributes, and what is too deep within itself would make a file that nobody can read.
#[test]
fn attributes_are_of_the_feature_alone_and_not_too_deep() {
    let options = ImportOptions { plain: PlainAreas::Plots, ..ImportOptions::default() };
    let ring = r#"{"type":"Polygon","coordinates":[[[4.35,50.85],[4.351,50.85],[4.351,50.851],[4.35,50.85]]]}"#;
    for text in [
        format!(r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{ring}}}]}}"#),
        format!(r#"{{"type":"Feature","properties":null,"geometry":{ring}}}"#),
        ring.to_owned(),
    ] {
        let imported = import(text.as_bytes(), &options).unwrap();
        assert_eq!(only(&imported).plots.iter().next().unwrap().attributes, Default::default(), "{text}");
    }
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let text = collection(&[square(&format!(r#""a":{},"b":{}"#, nested(10), nested(120)), 0.0, 0.0)]);
    let imported = import(text.as_bytes(), &options).unwrap();
    assert_eq!(kinds(&imported), [NoteKind::AttributeUnusable("b".to_owned())]);
    let file = maakblok::io::native::write(&imported.project).unwrap();
    assert_eq!(maakblok::io::native::read(&file).unwrap().project, imported.project);
}

fn kinds(imported: &Imported) -> Vec<NoteKind> {
    imported.notes.iter().map(|note| note.kind.clone()).collect()
}

fn only(imported: &Imported) -> &Variant {
    &imported.project.variants[0]
}

fn report(project: &Project) -> serde_json::Value {
    let variant = project.variants[0].id;
    serde_json::to_value(Sums::new(project, variant).report(project).unwrap()).unwrap()
}

fn exported(project: &Project) -> String {
    let mut out = Vec::new();
    let done = export(project, project.variants[0].id, &mut out).unwrap();
    assert!(done.left_out.is_empty());
    String::from_utf8(out).unwrap()
}

/// A feature with a square of about 20 m at a corner given in steps of 1e-3 degrees.
fn square(properties: &str, east: f64, north: f64) -> String {
    let (w, s) = (4.35 + east * 1e-3, 50.85 + north * 1e-3);
    let (e, n) = (w + 3e-4, s + 2e-4);
    feature(
        properties,
        &format!(r#"{{"type":"Polygon","coordinates":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}"#),
    )
}

fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

#[test]
fn a_hand_made_block_is_read_as_the_interface_says() {
    let imported = read(include_str!("../data/block.geojson"));
    assert_eq!(imported.notes, [], "nothing to say about a sound file");
    let variant = only(&imported);
    assert_eq!(imported.project.origin.lon_deg, 4.321, "the middle of all coordinates");
    assert_eq!(imported.project.origin.lat_deg, 50.84);

    let plots: Vec<_> = variant.plots.iter().map(|p| (p.name.as_str(), p.code.as_str(), p.region)).collect();
    assert_eq!(plots, [("Kaai", "7", Region::Brussels), ("inner", "inner", Region::None)]);
    let volumes: Vec<_> = variant.volumes.iter().collect();
    assert_eq!(volumes.len(), 3);
    let kaai = variant.plots.iter().next().unwrap();

    // One building of two volumes, on the plot around it and on the plot named.
    assert_eq!(volumes[0].building, volumes[1].building);
    assert_eq!(variant.buildings.get(volumes[0].building).unwrap().name, "Works");
    assert_eq!(variant.plot_of(volumes[0]), Some(kaai.id));
    // The smallest plot around it; a building of its own, named after its id.
    let inner = variant.plots.iter().nth(1).unwrap();
    assert_eq!(variant.plot_of(volumes[2]), Some(inner.id));
    assert_eq!(variant.buildings.get(volumes[2].building).unwrap().name, "12");

    // Below ground first, then from the bottom up; heights by the use with the largest share.
    let storeys: Vec<_> = volumes[0]
        .storeys
        .iter()
        .map(|s| (s.uses.main().unwrap().to_string(), s.height_m, s.state, s.below_ground))
        .collect();
    let home = || ("housing".to_owned(), 3.0, State::New, false);
    assert_eq!(
        storeys,
        [
            ("parking".to_owned(), 3.0, State::New, true),
            home(),
            home(),
            home(),
            ("craft_workshop".to_owned(), 5.0, State::Kept, false)
        ]
    );
    assert_eq!((volumes[1].base_m, volumes[1].dwellings, volumes[1].storeys.len()), (5.0, Some(12), 4));

    // Floor space: the court is no floor; three homes and one mixed storey above ground, the tower, the shop.
    let geodesic = |volume: usize| {
        let frame = Frame::new(4.321, 50.84).unwrap();
        let ring = |ring: &maakblok::geometry::Ring| {
            geo::LineString::from_iter(
                ring.points().iter().map(|&p| frame.wgs84_from_local(p).map(geo::Coord::from).unwrap()),
            )
        };
        let rings = volumes[volume].footprint.rings();
        geo::Polygon::new(ring(&rings[0]), rings[1..].iter().map(ring).collect()).geodesic_area_unsigned()
    };
    let expected = 4.0 * geodesic(0) + 4.0 * geodesic(1) + geodesic(2);
    let figures = report(&imported.project);
    let gfa = figures["totals"]["gfa_m2"].as_f64().unwrap();
    assert!((gfa / expected - 1.0).abs() < 1e-6, "{gfa} against {expected}");
    assert_eq!(figures["plots"][0]["id"], "7");

    assert_eq!(variant.surfaces.iter().map(|s| s.kind).collect::<Vec<_>>(), [SurfaceKind::Yard]);
    assert_eq!(variant.goods_access.iter().next().unwrap().name, "Gate");
    let note = variant.notes.iter().next().unwrap();
    assert_eq!((note.text.as_str(), note.author.as_str()), ("Crane stays", "EV"));
    let context: Vec<_> = imported.project.context.iter().map(|c| (c.kind, c.height_m)).collect();
    let house = context[2].1.unwrap();
    assert_eq!(&context[..2], [(ContextKind::Rail, None), (ContextKind::Rail, None)]);
    assert!((house - 9.6).abs() < 1e-12, "three levels of 3.2 m");
}

#[test]
fn origin_is_the_one_asked_for_or_of_the_file_or_the_middle() {
    let text = collection(&[square(r#""maakblok":"plot""#, 0.0, 0.0)]);
    let options = ImportOptions { origin: Some([4.4, 50.9]), ..ImportOptions::default() };
    let asked = import(text.as_bytes(), &options).unwrap().project;
    assert_eq!((asked.origin.lon_deg, asked.origin.lat_deg), (4.4, 50.9));
    let with_header = text.replacen('{', r#"{"maakblok":{"origin":[4.3,50.8],"name":"N","variant":"V"},"#, 1);
    let own = read(&with_header).project;
    assert_eq!((own.origin.lon_deg, own.name.as_str(), own.variants[0].name.as_str()), (4.3, "N", "V"));
    let nowhere = ImportOptions { origin: Some([4.4, 95.0]), ..ImportOptions::default() };
    assert!(matches!(import(text.as_bytes(), &nowhere), Err(ImportError::Origin(_))));
}

#[test]
fn the_region_is_asked_for_where_the_file_does_not_say_it() {
    let text = collection(&[
        square(r#""maakblok":"plot","region":"none""#, 0.0, 0.0),
        square(r#""maakblok":"plot""#, 2.0, 0.0),
        square(r#""maakblok":"plot","region":"mars""#, 4.0, 0.0),
    ]);
    let region_at = |lon: f64, _lat: f64| if lon > 4.353 { Region::Flanders } else { Region::Brussels };
    let options = ImportOptions { region_at: Some(&region_at), ..ImportOptions::default() };
    let imported = import(text.as_bytes(), &options).unwrap();
    let regions: Vec<_> = only(&imported).plots.iter().map(|plot| plot.region).collect();
    assert_eq!(regions, [Region::None, Region::Brussels, Region::Flanders]);
    assert_eq!(kinds(&imported), [NoteKind::ValueUnusable("region".into(), "mars".into())]);
}

#[test]
fn whatever_cannot_be_used_is_named() {
    let volume = |rest: &str| square(&format!(r#""maakblok":"volume","name":"V","plot":"",{rest}"#), 0.0, 0.0);
    let storey = |rest: &str| volume(&format!(r#""storeys":[{{"use":"office"}},{{{rest}}}]"#));
    let polygon = |coordinates: &str| {
        feature(r#""maakblok":"plot""#, &format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#))
    };
    let value = |key: &str, value: &str| NoteKind::ValueUnusable(key.into(), value.into());
    let table: Vec<(String, Vec<NoteKind>)> = vec![
        (storey(r#""uses":{"office":0.5,"housing":0.6}"#), vec![NoteKind::SharesScaled]),
        (storey(r#""uses":{"office":0.5,"housing":0.5005}"#), vec![]),
        (storey(r#""uses":{"office":0.5,"casino":0.5}"#), vec![NoteKind::UnknownUse("casino".into())]),
        (storey(r#""use":"casino""#), vec![NoteKind::UnknownUse("casino".into()), NoteKind::StoreyWithoutUse]),
        (storey(r#""uses":{"office":1,"housing":-1}"#), vec![NoteKind::ShareUnusable("housing".into())]),
        (
            storey(r#""uses":{"office":"a"}"#),
            vec![NoteKind::ShareUnusable("office".into()), NoteKind::StoreyWithoutUse],
        ),
        (storey(r#""use":"office","height_m":-3"#), vec![value("height_m", "-3")]),
        (storey(r#""use":"office","state":"ruin""#), vec![value("state", "ruin")]),
        (storey(r#""use":"office","count":1.5"#), vec![value("count", "1.5")]),
        (storey(r#""use":"office","count":5000"#), vec![NoteKind::TooManyStoreys]),
        (storey(r#""use":"office","below_ground":"deep""#), vec![value("below_ground", "deep")]),
        (volume(r#""storeys":4"#), vec![value("storeys", "4"), NoteKind::NoStoreys]),
        (volume(r#""storeys":["office"]"#), vec![value("storeys", "office"), NoteKind::NoStoreys]),
        (volume(r#""height":12"#), vec![NoteKind::NoStoreys]),
        (volume(r#""storeys":[{"use":"office"}],"base_m":"up""#), vec![value("base_m", "up")]),
        (volume(r#""storeys":[{"use":"office"}],"dwellings":-2"#), vec![value("dwellings", "-2")]),
        (square(r#""maakblok":"tree""#, 0.0, 0.0), vec![NoteKind::UnknownKind("tree".into())]),
        (
            square(r#""maakblok":"surface","kind":"lava""#, 0.0, 0.0),
            vec![NoteKind::MissingKind("kind".into(), "lava".into())],
        ),
        (
            square(r#""maakblok":"context","kind":null"#, 0.0, 0.0),
            vec![NoteKind::MissingKind("kind".into(), "null".into())],
        ),
        (square(r#""natural":"scree""#, 0.0, 0.0), vec![NoteKind::TakenAsBuilding]),
        (square(r#""building":"yes","height":"tall""#, 0.0, 0.0), vec![value("height", "tall")]),
        (feature(r#""maakblok":"plot""#, "null"), vec![NoteKind::NoGeometry]),
        (
            feature(r#""maakblok":"plot""#, r#"{"type":"Point","coordinates":[4,50]}"#),
            vec![NoteKind::WrongGeometry("Polygon".into())],
        ),
        (feature("", r#"{"type":"Point","coordinates":[4,50]}"#), vec![NoteKind::PlainPoint]),
        (feature("", r#"{"type":"LineString","coordinates":[[4,50],[4.001,50]]}"#), vec![NoteKind::PlainLine]),
        (feature("", r#"{"type":"Circle","coordinates":[4,50]}"#), vec![NoteKind::UnknownGeometry("Circle".into())]),
        (feature("", r#"{"type":"GeometryCollection","geometries":[]}"#), vec![NoteKind::GeometryCollection]),
        (polygon("[[4,50],[4,51]]"), vec![NoteKind::UnfitCoordinates("Polygon".into())]),
        (polygon("[[[4.35,50.85],[4.3501,50.85]]]"), vec![NoteKind::TooFewPoints]),
        (polygon("[[[4.35,50.85],[4.3501,50.85],[4.35,50.85]]]"), vec![NoteKind::TooFewPoints]),
        (polygon("[[[4.35,NaN],[4.3501,50.85],[4.3501,50.851]]]"), vec![NoteKind::NotOnEarth]),
        (polygon("[[[4.35,1e999],[4.3501,50.85],[4.3501,50.851]]]"), vec![NoteKind::NotOnEarth]),
        (polygon("[[[4.35,null],[4.3501,50.85],[4.3501,50.851]]]"), vec![NoteKind::NotOnEarth]),
        (polygon("[[[149000,170000],[149100,170000],[149100,170100]]]"), vec![NoteKind::NotOnEarth]),
        (
            polygon("[[[4.35,50.85],[4.3501,50.8501],[4.3501,50.85],[4.35,50.8501],[4.35,50.85]]]"),
            vec![NoteKind::RepairedInParts(2)],
        ),
        (r#"{"type":"Polygon","coordinates":[]}"#.into(), vec![NoteKind::NotAFeature]),
        ("17".into(), vec![NoteKind::NotAFeature]),
    ];
    for (text, expected) in table {
        // A sound plot beside it keeps the origin in place and must come through whatever stands next to it.
        let anchor = square(r#""maakblok":"plot","name":"anchor""#, 3.0, 3.0);
        let imported = read(&collection(&[anchor, text.clone()]));
        let found: Vec<_> = kinds(&imported).into_iter().filter(|kind| *kind != NoteKind::OnNoPlot).collect();
        assert_eq!(found, expected, "{text}");
        assert!(only(&imported).plots.iter().any(|plot| plot.name == "anchor"), "{text}");
        for note in &imported.notes {
            assert!(note.path.starts_with("/features/1"), "{}", note.path);
            assert!(Lang::ALL.iter().all(|&lang| !note.text(lang).contains("exchange-")), "{}", note.text(Lang::En));
        }
    }
}

#[test]
fn a_note_names_the_feature_and_the_storey() {
    let imported = read(&collection(&[
        square(r#""maakblok":"plot""#, 0.0, 0.0),
        square(
            r#""storeys":[{"use":"office"},{"uses":{"office":70,"housing":30}}],"maakblok":"volume","name":"Hall A""#,
            0.0,
            0.0,
        ),
    ]));
    let note = &imported.notes[0];
    assert_eq!(note.path, "/features/1/properties/storeys/1");
    assert_eq!(
        note.text(Lang::En),
        "/features/1/properties/storeys/1 (Hall A): the shares did not sum to 1 and were scaled"
    );
    let shares: Vec<f64> =
        only(&imported).volumes.iter().next().unwrap().storeys[1].uses.shares().iter().map(|s| s.share).collect();
    assert_eq!(shares, [0.7, 0.3]);
}

#[test]
fn one_bad_place_far_away_does_not_move_the_origin() {
    let mut features: Vec<String> = (0..9).map(|i| square(r#""maakblok":"plot""#, f64::from(i), 0.0)).collect();
    features.push(feature(
        r#""maakblok":"plot","name":"null island""#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[0.001,0],[0.001,0.001],[0,0]]]}"#,
    ));
    let imported = read(&collection(&features));
    assert_eq!(only(&imported).plots.len(), 9);
    assert_eq!(kinds(&imported), [NoteKind::TooFar]);
}

#[test]
fn references_are_ids_first_then_names_then_the_place() {
    let volume = |plot: &str| {
        square(&format!(r#""maakblok":"volume","plot":"{plot}","storeys":[{{"use":"office"}}]"#), 0.0, 0.0)
    };
    let imported = read(&collection(&[
        square(r#""maakblok":"plot","id":"A","name":"B""#, 0.0, 0.0),
        square(r#""maakblok":"plot","id":"B","name":"C""#, 2.0, 0.0),
        volume("B"),
        volume("C"),
        volume("Z"),
    ]));
    let variant = only(&imported);
    let plots: Vec<Id> = variant.plots.iter().map(|plot| plot.id).collect();
    let on: Vec<Option<Id>> = variant.volumes.iter().map(|volume| variant.plot_of(volume)).collect();
    assert_eq!(on, [Some(plots[1]), Some(plots[1]), Some(plots[0])]);
    assert_eq!(kinds(&imported), [NoteKind::UnknownPlot("Z".into())]);
}

#[test]
fn several_parts_become_several_things() {
    let imported = read(&collection(&[feature(
        r#""maakblok":"volume","name":"Twins","dwellings":9,"storeys":[{"use":"housing","count":2}]"#,
        r#"{"type":"MultiPolygon","coordinates":[[[[4.35,50.85],[4.3501,50.85],[4.3501,50.8501],[4.35,50.85]]],
            [[[4.352,50.85],[4.3521,50.85],[4.3521,50.8501],[4.352,50.85]]]]}"#,
    )]));
    let volumes: Vec<_> =
        only(&imported).volumes.iter().map(|v| (v.name.as_str(), v.storeys.len(), v.dwellings)).collect();
    assert_eq!(volumes, [("Twins", 2, Some(9)), ("Twins", 2, Some(0))], "the first part has the known homes");
    let dwellings = Sums::new(&imported.project, only(&imported).id).totals().span(FigureId::Dwellings);
    assert_eq!(dwellings, Span::exact(9.0), "and nothing is estimated beside them");
    assert_eq!(kinds(&imported), [NoteKind::SeveralParts(2), NoteKind::OnNoPlot, NoteKind::OnNoPlot]);
}

#[test]
fn tags_say_what_surrounds_the_site() {
    let line = |tag: &str| feature(tag, r#"{"type":"LineString","coordinates":[[4.35,50.85],[4.36,50.85]]}"#);
    let imported = read(&collection(&[
        line(r#""railway":"rail""#),
        line(r#""highway":"primary""#),
        line(r#""waterway":"canal""#),
        square(r#""natural":"water""#, 0.0, 0.0),
        square(r#""leisure":"park""#, 1.0, 0.0),
        square(r#""building":"industrial","height":"12,5 m""#, 2.0, 0.0),
        square(r#""building":"yes","height":" 9 m","building:levels":4"#, 3.0, 0.0),
    ]));
    let context: Vec<_> = imported.project.context.iter().map(|c| (c.kind, c.height_m)).collect();
    use ContextKind::{Building, Green, Rail, Road, Water};
    assert_eq!(
        context,
        [
            (Rail, None),
            (Road, None),
            (Water, None),
            (Water, None),
            (Green, None),
            (Building, Some(12.5)),
            (Building, Some(9.0))
        ]
    );
    assert_eq!(imported.notes, []);
}

#[test]
fn bare_features_and_geometries_are_read() {
    let ring = "[[[4.35,50.85],[4.3501,50.85],[4.3501,50.8501],[4.35,50.85]]]";
    let geometry = format!(r#"{{"coordinates":{ring},"type":"Polygon"}}"#);
    let bare = read(&geometry);
    assert_eq!((bare.project.context.len(), kinds(&bare)), (1, vec![NoteKind::TakenAsBuilding]));
    let bare = read(&format!(
        "\u{feff}{{\"geometry\":{geometry},\"properties\":{{\"maakblok\":\"plot\"}},\"id\":\"x\",\"type\":\"Feature\"}}"
    ));
    assert_eq!(only(&bare).plots.iter().next().unwrap().code, "x");
}

#[test]
fn an_older_file_in_a_national_grid_is_converted() {
    let [x, y] = maakblok::crs::epsg_from_wgs84(3812, 4.35, 50.85).unwrap();
    let text = format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::3812"}}}},
        "features":[{}]}}"#,
        feature(
            r#""maakblok":"plot""#,
            &format!(
                r#"{{"type":"Polygon","coordinates":[[[{x},{y}],[{e},{y}],[{e},{n}],[{x},{n}]]]}}"#,
                e = x + 100.0,
                n = y + 50.0
            )
        )
    );
    let imported = read(&text);
    assert_eq!(kinds(&imported), [NoteKind::Converted(3812)]);
    let area = only(&imported).plots.iter().next().unwrap().outline.area_m2();
    assert!((area / 5000.0 - 1.0).abs() < 2e-4, "{area}: the grid's own scale is a little off");
    let unknown = text.replace("3812", "9999");
    assert!(matches!(import(unknown.as_bytes(), &ImportOptions::default()), Err(ImportError::UnknownSystem(_))));
}

/// A project with one of everything.
fn everything() -> Project {
    let mut project = Project::new("Everything \"quoted\"", Origin::new(4.3456, 50.8765), "Variant B");
    project.description = "Two lines\nof text".into();
    project.sources = vec!["a survey".into()];
    project.rates.set("household_brussels", "", Span::exact(2.0), "");
    let mut brewery = UseOverride::new("brewery");
    brewery.family = Some(maakblok::library::Family::Making);
    brewery.floor_to_floor_m = Some(7.5);
    project.uses.push(brewery);
    for _ in 0..40 {
        project.take_id();
    }
    let rect = |x: f64, y: f64, w: f64, d: f64| Outline::rectangle(point(x, y), point(x + w, y + d));
    let context = |id: u64, shape, kind, height_m| Context {
        id: Id(id),
        name: format!("context {id}"),
        kind,
        shape,
        height_m,
        credit: String::new(),
        extra: Extra::default(),
    };
    let line = [(0.0, -20.0), (33.3333333, -21.0), (90.0, -20.5)].map(|(x, y)| At(point(x, y)));
    project.context.insert(context(30, ContextShape::Line(line.to_vec()), ContextKind::Rail, None));
    let house = ContextShape::Area(rect(-50.0, 0.0, 10.0, 10.0));
    project.context.insert(context(31, house, ContextKind::Building, Some(11.25)));
    let variant = &mut project.variants[0];
    variant.baseline = true;
    let mut plot = Plot::new(Id(7), "", rect(0.0, 0.0, 60.0, 40.0));
    plot.region = Region::Flanders;
    variant.plots.insert(plot);
    // Codes that come before and after numbers, twice the same, and one that looks like another's number.
    for (id, code, x) in [(9, "A", 70.0), (12, "A", 140.0), (13, "9", 210.0)] {
        let mut plot = Plot::new(Id(id), format!("Plot {id}"), rect(x, 0.0, 60.0, 40.0));
        plot.code = code.into();
        plot.region = Region::Brussels;
        variant.plots.insert(plot);
    }
    variant.buildings.insert(Building::new(Id(20), "Same name", Some(Id(7))));
    variant.buildings.insert(Building::new(Id(21), "Same name", Some(Id(7))));
    variant.buildings.insert(Building::new(Id(22), "", None));
    variant.buildings.insert(Building::new(Id(23), "On the other A", Some(Id(12))));
    let court = maakblok::geometry::Ring::new([point(10.0, 10.0), point(20.0, 10.0), point(20.0, 15.0)]);
    let outer = maakblok::geometry::Ring::new([point(5.0, 5.0), point(30.0, 5.0), point(31.0, 30.0), point(5.0, 30.0)]);
    let mut block = Volume::new(Id(2), Id(20), "Block", Outline::with_holes(&outer, [court]));
    let mut cellar = Storey::new("parking", 3.0);
    cellar.below_ground = true;
    let mut mixed = Storey::new("office", 4.0);
    let share = |id: &str, share| UseShare { id: id.into(), share };
    mixed.uses = Uses::new([share("brewery", 1.0 / 3.0), share("office", 2.0 / 3.0 - 0.0005)]);
    mixed.state = State::Kept;
    block.storeys =
        vec![cellar, mixed, Storey::new("housing", 3.1), Storey::new("housing", 3.1), Storey::new("housing", 3.0)];
    variant.volumes.insert(block);
    // On plot 7, but its building stands on no plot: it must not find one by its place.
    let mut loose = Volume::new(Id(3), Id(22), "", rect(40.0, 5.0, 10.0, 10.0));
    loose.storeys = vec![Storey::new("retail", 4.5)];
    loose.code = "L".into();
    variant.volumes.insert(loose);
    let mut high = Volume::new(Id(4), Id(21), "High", rect(40.0, 20.0, 10.0, 10.0));
    (high.base_m, high.dwellings) = (4.5, Some(3));
    high.storeys = vec![Storey::new("housing", 3.0)];
    variant.volumes.insert(high);
    // Away from the plot that its building names by a code that two have.
    let mut away = Volume::new(Id(5), Id(23), "Away", rect(300.0, 300.0, 10.0, 10.0));
    away.storeys = vec![Storey::new("warehouse", 9.0)];
    variant.volumes.insert(away);
    variant.volumes.insert(Volume::new(Id(6), Id(23), "No storeys", rect(150.0, 5.0, 10.0, 10.0)));
    variant.surfaces.insert(Surface {
        id: Id(14),
        name: "Yard".into(),
        code: String::new(),
        kind: SurfaceKind::OpenGround,
        outline: rect(0.0, 31.0, 60.0, 9.0),
        extra: Extra::default(),
    });
    variant.goods_access.insert(GoodsAccess {
        id: Id(15),
        name: "Gate".into(),
        at: At(point(0.0, 20.0)),
        extra: Extra::default(),
    });
    variant.entrances.insert(Entrance {
        id: Id(17),
        name: "Door".into(),
        at: At(point(10.0, 0.0)),
        extra: Extra::default(),
    });
    variant.notes.insert(Note {
        id: Id(16),
        text: "A \\ backslash, “quotes”, é".into(),
        author: String::new(),
        at: At(point(1.5, 2.5)),
        extra: Extra::default(),
    });
    project
}

#[test]
fn export_and_import_give_the_same_project() {
    let project = everything();
    let text = exported(&project);
    let imported = read(&text);
    assert_eq!(kinds(&imported), [NoteKind::DoubleId("A".into()), NoteKind::NoStoreys]);
    assert_eq!(report(&project), report(&imported.project));
    // The counter may restart above the highest number; everything else is as it was.
    let mut back = imported.project;
    assert!(back.next_id > 31);
    back.next_id = project.next_id;
    assert_eq!(back, project);
    assert_eq!(exported(&back), text);
}

#[test]
fn exported_rings_follow_the_standard() {
    let text = exported(&everything());
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let kinds: Vec<&str> =
        value["features"].as_array().unwrap().iter().map(|f| f["properties"]["maakblok"].as_str().unwrap()).collect();
    let mut order: Vec<&str> = kinds.clone();
    order.dedup();
    assert_eq!(order, ["plot", "volume", "surface", "goods_access", "entrance", "note", "context"]);
    for feature in value["features"].as_array().unwrap() {
        if feature["geometry"]["type"] != "Polygon" {
            continue;
        }
        for (place, ring) in feature["geometry"]["coordinates"].as_array().unwrap().iter().enumerate() {
            let ring: Vec<[f64; 2]> = serde_json::from_value(ring.clone()).unwrap();
            assert_eq!(ring.first(), ring.last(), "closed");
            let area: f64 =
                ring.windows(2).map(|e| (e[0][0] - 4.3) * (e[1][1] - 50.8) - (e[1][0] - 4.3) * (e[0][1] - 50.8)).sum();
            assert_eq!(area > 0.0, place == 0, "outer rings counter-clockwise, courts clockwise");
        }
    }
    let block = &value["features"][4]["properties"]["storeys"];
    assert_eq!(block.as_array().unwrap().len(), 4, "equal neighbours are one entry");
    assert_eq!(block[2], serde_json::json!({"use": "housing", "height_m": 3.1, "count": 2}));
}

#[test]
fn a_foreign_file_is_the_same_after_a_round_trip() {
    let first = read(include_str!("../data/block.geojson")).project;
    let second = read(&exported(&first)).project;
    assert_eq!(report(&first), report(&second));
    assert_eq!(first.variants, second.variants);
    assert_eq!(first.context, second.context);
}

#[test]
fn the_synthetic_district_is_the_same_both_ways() {
    let direct = synthetic::project(60, 5);
    let text = synthetic::exchange(60, 5);
    let options = ImportOptions { origin: Some(synthetic::ORIGIN_DEG), ..ImportOptions::default() };
    let imported = import(text.as_bytes(), &options).unwrap();
    assert_eq!(imported.notes, []);
    let (a, b) = (&direct.variants[0], only(&imported));
    assert_eq!((a.plots.len(), a.volumes.len()), (60, 60));
    for (a, b) in a.volumes.iter().zip(b.volumes.iter()) {
        assert_eq!((&a.storeys, &a.code), (&b.storeys, &b.code));
        for (p, q) in a.footprint.outer().iter().zip(b.footprint.outer()) {
            assert!(distance_m(*p, *q) < 2e-3, "eight decimals are a millimetre");
        }
    }
    for (a, b) in a.volumes.iter().zip(b.volumes.iter()) {
        let name = |variant: &Variant, volume: &Volume, id: Option<Id>| {
            assert_eq!(variant.plot_of(volume), id);
            variant.plots.get(id.unwrap()).unwrap().name.clone()
        };
        assert_eq!(
            name(&direct.variants[0], a, direct.variants[0].plot_of(a)),
            name(only(&imported), b, only(&imported).plot_of(b))
        );
    }
    // Ids differ, numbers to eight decimals do too; floor space agrees to the millimetre of the coordinates.
    let gfa = |project: &Project| report(project)["totals"]["gfa_m2"].as_f64().unwrap();
    assert!((gfa(&direct) / gfa(&imported.project) - 1.0).abs() < 1e-4);
}

#[test]
fn texts_put_together_are_one_project() {
    let mut all =
        parse(collection(&[square(r#""maakblok":"plot","id":"A""#, 0.0, 0.0)]).as_bytes(), PlainAreas::Context)
            .unwrap();
    let volume = square(r#""maakblok":"volume","plot":"A","storeys":[{"use":"office"},{"use":"casino"}]"#, 0.0, 0.0);
    all.append(parse(collection(&[volume]).as_bytes(), PlainAreas::Context).unwrap());
    let imported = build(all, &ImportOptions::default()).unwrap();
    assert_eq!(only(&imported).plots.len(), 1);
    assert!(only(&imported).volumes.iter().all(|volume| only(&imported).plot_of(volume).is_some()));
    assert!(imported.notes.iter().all(|note| note.source == 1 && note.path.starts_with("/features/0")));
    assert_eq!(imported.notes.len(), 2);
}

#[test]
fn a_text_that_is_no_geojson_is_refused_with_its_place() {
    let deep = "[".repeat(1_000_000);
    let nested = format!(r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{deep}"#);
    let unexpected = |found, line, column| ImportError::Unexpected { found, line, column };
    let table: Vec<(&[u8], ImportError)> = vec![
        (b"", ImportError::Nothing),
        (b" \n ", ImportError::Nothing),
        (b"\xff\xfe{", ImportError::NotText { line: 1, column: 1 }),
        (b"hello", unexpected('h', 1, 1)),
        (b"[]", unexpected('[', 1, 1)),
        (b"{}", ImportError::NotGeoJson(String::new())),
        (b"{\"type\": \"Topology\"}", ImportError::NotGeoJson("Topology".into())),
        (b"{\"type\": 7}", ImportError::NotGeoJson("7".into())),
        (b"{\"type\": \"FeatureCollection\"}", ImportError::FeaturesNotAList),
        (b"{\"type\": \"FeatureCollection\", \"features\": {}}", ImportError::FeaturesNotAList),
        (b"{\"type\": \"FeatureCollection\", \"features\": [", ImportError::CutOff { line: 1, column: 44 }),
        (b"{\n\"type\": \"FeatureCollection\",\n \"features\": [}", unexpected('}', 3, 15)),
        (b"{\"type\": \"FeatureCollection\", \"features\": []} {}", ImportError::Trailing { line: 1, column: 47 }),
        (b"{\"type\": \"FeatureCollection\", \"features\": [1,]}", unexpected(']', 1, 46)),
        (b"{'type': 'FeatureCollection'}", unexpected('\'', 1, 2)),
        (nested.as_bytes(), ImportError::CutOff { line: 1, column: nested.len() + 1 }),
    ];
    for (text, expected) in table {
        let error = import(text, &ImportOptions::default()).unwrap_err();
        let shown = String::from_utf8_lossy(&text[..text.len().min(60)]).into_owned();
        assert_eq!(error, expected, "{shown}");
        for lang in Lang::ALL {
            assert!(!error.text(lang).contains("exchange-"), "{shown}");
        }
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused_and_never_panics() {
    let text = exported(&everything());
    for end in 0..text.trim_end().len() {
        if text.is_char_boundary(end) {
            assert!(import(&text.as_bytes()[..end], &ImportOptions::default()).is_err(), "cut at {end}");
        }
    }
}

/// Real data beside the checkout; where it is absent, says so and skips.
fn real(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("MAAKBLOK_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let bytes = std::fs::read(folder.join(name)).ok();
    if bytes.is_none() {
        eprintln!("skipped: {name} is not there (set MAAKBLOK_DATA to the folder of the map data)");
    }
    bytes
}

#[test]
fn real_files_come_in() {
    if let Some(bytes) = real("vector/derived-water.geojson") {
        let imported = import(&bytes, &ImportOptions::default()).unwrap();
        assert!(imported.project.context.len() >= 489, "{}", imported.project.context.len());
    }
    if let Some(bytes) = real("vector/wof-vilvoorde.geojson") {
        let imported = import(&bytes, &ImportOptions::default()).unwrap();
        assert_eq!(imported.project.context.len(), 1);
    }
    if let Some(bytes) = real("vector/statbel-municipalities-bbox.geojson") {
        let text =
            String::from_utf8(bytes).unwrap().replace("\"Municipality\": \"", "\"maakblok\": \"plot\", \"name\": \"");
        let imported = read(&text);
        assert!(only(&imported).plots.len() >= 34);
        let vilvoorde = only(&imported).plots.iter().find(|plot| plot.name == "Vilvoorde").unwrap().outline.area_m2();
        assert!((vilvoorde / 21.6e6 - 1.0).abs() < 0.01, "{vilvoorde}: the register says 2 159 ha");
    }
    if let Some(bytes) = real("vector/infrabel-lines-2019-simplified.geojson") {
        let imported = import(&bytes, &ImportOptions::default()).unwrap();
        let guessed = |note: &ImportNote| !matches!(note.kind, NoteKind::PlainLine | NoteKind::NoFeatures);
        assert!(!imported.notes.iter().any(guessed), "no tags, no guesses");
    }
}

prop_compose! {
    fn storey()(
        a in 0.0..1.0f64,
        mixed in any::<bool>(),
        height in 2.5..12.0f64,
        state in 0usize..4,
    ) -> Storey {
        let mut storey = Storey::new("office", height);
        if mixed {
            let share = |id: &str, share| UseShare { id: id.into(), share };
            storey.uses = Uses::new([share("craft_workshop", a), share("housing", 1.0 - a)]);
        }
        storey.state = State::ALL[state];
        storey
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_district_survives_the_round_trip(
        seed in any::<u64>(),
        n in 1usize..9,
        lon in -20.0..30.0f64,
        lat in -60.0..70.0f64,
        storeys in proptest::collection::vec(storey(), 0..6),
        below in 0usize..3,
        base in prop_oneof![Just(0.0), -5.0..20.0f64],
    ) {
        let mut project = synthetic::project(n, seed);
        project.origin = Origin::new(lon, lat);
        let variant = &mut project.variants[0];
        let mut volume = Volume::clone(variant.volumes.iter().next().unwrap());
        volume.base_m = base;
        volume.storeys = storeys;
        volume.storeys.iter_mut().take(below).for_each(|storey| storey.below_ground = true);
        variant.volumes.insert(volume);
        let back = read(&exported(&project)).project;
        prop_assert_eq!(report(&project), report(&back));
        for (a, b) in project.variants[0].volumes.iter().zip(back.variants[0].volumes.iter()) {
            prop_assert_eq!((a.id, &a.name, &a.code, &a.storeys), (b.id, &b.name, &b.code, &b.storeys));
            for ((_, p), (_, q)) in a.footprint.vertices().zip(b.footprint.vertices()) {
                prop_assert!(distance_m(p, q) < 1e-6);
            }
        }
    }

    #[test]
    fn no_change_of_bytes_makes_it_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..3), 1..12),
    ) {
        let mut bytes = include_bytes!("../data/block.geojson").to_vec();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, b"[]{},:\"0-e.n"[usize::from(byte) % 12]),
                _ => { bytes.remove(at); }
            }
        }
        if let Ok(imported) = import(&bytes, &ImportOptions::default()) {
            for note in &imported.notes {
                let _ = note.text(Lang::Nl);
            }
            let _ = report(&imported.project);
            exported(&imported.project);
        }
    }
}

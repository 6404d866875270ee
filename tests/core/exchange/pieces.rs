//! Long lists of features are read in pieces at once; nothing of it may be seen from outside.

use maakblok::io::geojson::{ImportOptions, import};

/// A collection of many features in one line each. `type_first` decides whether a reader can guess where they begin;
/// `nested` is put into the properties of each.
fn long_collection(count: usize, type_first: bool, nested: &str) -> String {
    let feature = |i: usize| {
        let (west, south) = (4.30 + (i % 200) as f64 * 1e-4, 50.80 + (i / 200) as f64 * 1e-4);
        let (east, north) = (west + 5e-5, south + 5e-5);
        // Some that are left out, some that are repaired, some that say nothing: there is something to be noted.
        let kind = match i % 1000 {
            7 => r#""maakblok": "surface", "kind": "moon""#.to_owned(),
            8 => format!(r#""maakblok": "volume", "storeys": [{{"use": "office {i}"}}]"#),
            9 => String::from(r#""building": "yes""#),
            _ => format!(r#""maakblok": "plot", "id": "P{i}""#),
        };
        let ring = format!("[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]");
        let body = format!(
            r#""properties": {{{kind}, "note": {nested}}}, "geometry": {{"type": "Polygon", "coordinates": [{ring}]}}"#
        );
        if type_first {
            format!(r#"{{"type": "Feature", {body}}}"#)
        } else {
            format!(r#"{{{body}, "type": "Feature"}}"#)
        }
    };
    let features: Vec<String> = (0..count).map(feature).collect();
    format!("{{\"type\": \"FeatureCollection\", \"features\": [\n{}\n]}}", features.join(",\n"))
}

#[test]
fn a_long_list_reads_the_same_in_pieces_as_in_one_go() {
    let read = |text: &str| import(text.as_bytes(), &ImportOptions::default()).unwrap();
    for nested in
        ["null", r#"[{"a": 1}, {"type": "Feature", "properties": {}, "geometry": null}, {"type": "Feature"}]"#]
    {
        let (in_pieces, in_one_go) = (long_collection(30_000, true, nested), long_collection(30_000, false, nested));
        assert!(in_one_go.len() > 5 << 20, "long enough to be worth it");
        let (a, b) = (read(&in_pieces), read(&in_one_go));
        assert_eq!(a.notes, b.notes);
        assert!(a.notes.iter().any(|note| note.path.starts_with("/features/8008")), "{:#?}", a.notes);
        assert!(a.project == b.project, "the same project");
        // Where it breaks off is told the same.
        let broken = |text: &str| {
            let end = text.rfind("\"P29998\"").unwrap();
            import(&text.as_bytes()[..end], &ImportOptions::default()).unwrap_err().to_string()
        };
        assert!(broken(&in_pieces).contains("line 30000"), "{}", broken(&in_pieces));
        assert!(broken(&in_one_go).contains("line 30000"), "{}", broken(&in_one_go));
    }
}

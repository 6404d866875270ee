//! Maps made by someone who means harm: each lie in them is a sentence or a part left out, never the program's end.

use std::io::Read as _;

use maakblok::basemap::{
    Archive, ArchiveError, LARGEST_TILE, MapClass, MapLook, TileId, TileKind, VectorTile, draw_tile, packed,
};
use maakblok::io::osm::{self, OsmError, OsmRead, ThingShape};
use maakblok::io::pack::{PackError, PackNote, PackOptions, Packed, pack};
use maakblok::scene::{Pixels, Shape};
use prost::encoding::encode_varint;

fn put(folder: &std::path::Path, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
    std::fs::write(&path, bytes).expect("a file can be written");
    path
}

/// Numbers as protocol buffers write them; those that may be negative count twice.
fn numbers(numbers: &[u64]) -> Vec<u8> {
    let mut out = Vec::new();
    numbers.iter().for_each(|number| encode_varint(*number, &mut out));
    out
}

fn number(at: u64, value: u64) -> Vec<u8> {
    numbers(&[at << 3, value])
}

/// A field that has a length.
fn field(at: u64, bytes: &[u8]) -> Vec<u8> {
    [numbers(&[(at << 3) | 2, bytes.len() as u64]).as_slice(), bytes].concat()
}

const TABLES: &str = "CREATE TABLE metadata (name TEXT, value TEXT);
    CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);";
const SHAPES: &str = "INSERT INTO metadata VALUES ('format', 'pbf'), ('minzoom', '2'), ('maxzoom', '2');";
const PICTURE: &str = "INSERT INTO tiles VALUES (2, 1, 0, x'89504e470d0a1a0a');";

/// Where that picture is: its row is counted from the south.
const LOWEST: TileId = TileId { zoom: 2, x: 1, y: 3 };

fn opened(sql: &str) -> (tempfile::TempDir, Result<Archive, ArchiveError>) {
    let folder = tempfile::tempdir().expect("there is room for files");
    let path = folder.path().join("map.mbtiles");
    let database = rusqlite::Connection::open(&path).expect("a database can be made");
    database.execute_batch(&format!("{TABLES} {sql}")).expect("the words of the test are sound");
    drop(database);
    (folder, Archive::open(&path))
}

#[test]
fn a_database_whose_words_are_absurd_is_told_by_its_tiles() {
    for [least, most, bounds] in [
        ["banana", "-5", "a,b,c,d"],
        ["999", "1e9", "1,2,3"],
        ["-1", "300", "NaN,NaN,NaN,NaN"],
        ["", "0x2", "-inf,0,inf,1"],
        ["200", "250", "200,50,100,40"], // numbers, but no tile is so deep
    ] {
        let words = format!("('minzoom', '{least}'), ('maxzoom', '{most}'), ('bounds', '{bounds}')");
        let (_folder, archive) = opened(&format!("INSERT INTO metadata VALUES {words}; {PICTURE}"));
        let archive = archive.expect("its tiles tell enough");
        let info = archive.info();
        assert_eq!((info.kind, info.zooms, info.cover_deg), (TileKind::Raster, [2, 2], None), "{words}");
        assert_eq!(archive.tile(LOWEST).expect("it is sound").as_deref(), Some(b"\x89PNG\r\n\x1a\n".as_slice()));
    }
}

#[test]
fn a_database_without_words_has_its_tiles_whatever_other_rows_there_are() {
    let rows = "(-1, 0, 0, x'89504e470d0a1a0a'), (14, 0, 0, x'00'), (2, -5, 0, x''), (2, 1099511627776, 0, x''),
        (2, 4, 0, x''), (2, 1, 9, x''), (2, 1, -9223372036854775807, x'')";
    let (_folder, archive) = opened(&format!("DROP TABLE metadata; {PICTURE} INSERT INTO tiles VALUES {rows};"));
    let archive = archive.expect("its tiles tell enough");
    assert_eq!((archive.info().kind, archive.info().name.as_str()), (TileKind::Raster, ""));
    assert_eq!(archive.tiles().expect("a list"), [LOWEST, TileId { zoom: 14, x: 0, y: (1 << 14) - 1 }]);
    assert!(archive.tile(LOWEST).expect("it is sound").is_some(), "it is listed: {:?}", archive.info());
}

#[test]
fn a_database_without_tiles_or_with_a_view_without_end_says_so() {
    let view = "CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n)
        SELECT 2 AS zoom_level, i AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM n;";
    for tiles in ["", view] {
        let (_folder, archive) = opened(&format!("{SHAPES} DROP TABLE tiles; {tiles}"));
        let archive = archive.expect("what it says of itself is sound");
        assert!(matches!(archive.tile(LOWEST), Err(ArchiveError::Database(_))), "{tiles}");
        assert!(matches!(archive.tiles(), Err(ArchiveError::Database(_))), "{tiles}");
    }
    assert!(matches!(opened("DROP TABLE tiles;").1, Err(ArchiveError::Database(_))));
    assert!(matches!(opened("").1, Err(ArchiveError::Empty)));
}

/// Steps are counted, but one step may fill megabytes: an endless view of these would take a day to be stopped.
#[test]
fn a_view_may_not_make_bytes_out_of_nothing() {
    let view = "SELECT 2 AS zoom_level, 1 AS tile_column, 0 AS tile_row, randomblob(99) AS tile_data";
    let (_folder, archive) = opened(&format!("{SHAPES} DROP TABLE tiles; CREATE VIEW tiles AS {view};"));
    assert!(matches!(archive.and_then(|archive| archive.tile(LOWEST)), Err(ArchiveError::Database(_))));
}

#[test]
fn tiles_of_no_bytes_or_too_many_or_of_shapes_among_pictures_spoil_no_other() {
    let (folder, archive) = opened(&SHAPES.replace("pbf", "png"));
    let (archive, longest) = (archive.expect("a sound head"), LARGEST_TILE + 1);
    let database = rusqlite::Connection::open(folder.path().join("map.mbtiles")).expect("it can be written");
    let rows = format!("(2, 0, 0, NULL), (2, 0, 1, 'text'), (2, 0, 2, x''), (2, 0, 3, zeroblob({longest}))");
    let sql = format!("INSERT INTO tiles VALUES {rows}, (2, 1, 0, ?1), (2, 1, 1, x'1a027802')");
    database.execute(&sql, [&packed(&vec![0; longest])]).expect("the words of the test are sound");
    let tile = |x: u32, row: u32| archive.tile(TileId { zoom: 2, x, y: 3 - row });
    for (row, what) in [(0, "nothing at all"), (1, "text"), (3, "too large as it lies")] {
        assert!(matches!(tile(0, row), Err(ArchiveError::Database(_))), "{what}");
    }
    assert!(matches!(tile(0, 2), Ok(None)), "no bytes are nothing to show");
    assert!(matches!(tile(1, 0), Err(ArchiveError::TooLarge)), "too large unpacked");
    let shapes = tile(1, 1).expect("it comes as it is").expect("it is there");
    assert!(archive.info().kind == TileKind::Raster && Pixels::read(&shapes).is_none(), "{shapes:x?}");
}

#[test]
fn a_database_that_is_cut_says_so_wherever_that_is() {
    let (folder, archive) = opened(&format!("{SHAPES} INSERT INTO tiles VALUES (2, 1, 0, zeroblob(20000));"));
    assert!(matches!(archive.and_then(|archive| archive.tile(LOWEST)), Ok(Some(bytes)) if bytes.len() == 20_000));
    let whole = std::fs::read(folder.path().join("map.mbtiles")).expect("it is there");
    for cut in [16, 100, 512].into_iter().chain((4096..whole.len()).step_by(4096)) {
        let path = put(folder.path(), "cut.mbtiles", &whole[..cut]);
        let answer = Archive::open(&path).and_then(|archive| archive.tile(LOWEST));
        assert!(matches!(answer, Err(ArchiveError::Database(_))), "{cut} of {}: {answer:?}", whole.len());
    }
}

/// The tile at `14/8393/5488`.
const THERE: TileId = TileId { zoom: 14, x: 8_393, y: 5_488 };

/// A folder with that tile, and others by name.
fn folder_with(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for files");
    for name in names.iter().chain(&["14/8393/5488.pbf"]) {
        put(folder.path(), name, &tile(&[area(&SQUARE, &[])]));
    }
    folder
}

#[test]
fn a_folder_whose_words_are_none_is_told_by_its_tiles() {
    let deep = "[".repeat(100_000);
    for words in ["{ no json", "[]", r#"{"name": 7, "bounds": "all", "scheme": [1]}"#, r#"{"bounds": [1]}"#, &deep] {
        let folder = folder_with(&[]);
        put(folder.path(), "metadata.json", words.as_bytes());
        let archive = Archive::open(folder.path()).expect("its tiles tell enough");
        let info = archive.info();
        assert_eq!((info.name.as_str(), info.kind, info.zooms), ("", TileKind::Vector, [14, 14]));
        assert!(info.may_have(THERE) && archive.tile(THERE).expect("it is sound").is_some());
    }
}

/// Other zooms, columns and rows than there are, numbers in other digits than files are asked for by, another kind.
#[test]
fn what_a_folder_lists_it_has() {
    let names = "-1/0/0.pbf a/0/0.pbf 4294967296/0/0.pbf 1e3/0/0.pbf 300/0/0.pbf 99/0/0.pbf 014/8393/5489.pbf \
        14/-3/5.pbf 14/20000/5.pbf 14/x/5.pbf 14/08393/5490.pbf 14/8393/-1.pbf 14/8393/99999999999.pbf 14/8393/.pbf \
        14/8393/row.pbf 14/8393/20000.pbf 14/8393/05491.pbf 14/8394/5492.png";
    let misleads = |name: &&str| {
        let folder = folder_with(&[*name]);
        let listed = Archive::open(folder.path()).and_then(|archive| archive.tiles());
        !listed.is_ok_and(|tiles| tiles == [THERE])
    };
    let wrong: Vec<&str> = names.split_whitespace().filter(misleads).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_tile_that_is_a_folder_or_too_large_spoils_no_other() {
    let folder = folder_with(&["14/8394/5488.pbf/inside", "14/8397/5488.png"]);
    put(folder.path(), "14/8395/5488.pbf", &packed(&vec![0; LARGEST_TILE + 1]));
    put(folder.path(), "14/8396/5488.pbf", &vec![0; LARGEST_TILE + 1]);
    let archive = Archive::open(folder.path()).expect("one tile is sound");
    let tile = |x: u32| archive.tile(TileId { x, ..THERE });
    assert!(matches!(tile(8_394), Err(ArchiveError::Open(_))));
    assert!([8_395, 8_396].into_iter().all(|x| matches!(tile(x), Err(ArchiveError::TooLarge))));
    assert!(matches!(tile(8_397), Ok(None)), "a picture among shapes");
    assert!(matches!(tile(8_393), Ok(Some(_))));
}

/// An area of 100 by 100 parts of a tile.
const SQUARE: [u64; 11] = [9, 0, 0, 26, 200, 0, 0, 200, 199, 0, 15];

fn area(geometry: &[u64], tags: &[u64]) -> Vec<u8> {
    field(2, &[number(3, 3), field(2, &numbers(tags)), field(4, &numbers(geometry))].concat())
}

/// A tile with one layer of buildings: its features, and what else is in it.
fn tile(parts: &[Vec<u8>]) -> Vec<u8> {
    field(3, &[number(15, 2), field(1, b"building"), parts.concat()].concat())
}

/// How many features of such a tile are understood, and how many are not.
fn understood(parts: &[Vec<u8>]) -> [usize; 2] {
    let read = VectorTile::read(&tile(parts)).expect("the layer is sound");
    [read.of(MapClass::Building).len(), read.damaged]
}

#[test]
fn what_ends_before_it_says_or_is_of_no_version_is_no_tile() {
    let sound = tile(&[area(&SQUARE, &[])]);
    for cut in 1..sound.len() {
        assert!(VectorTile::read(&sound[..cut]).is_none(), "cut at {cut}");
    }
    for bytes in [
        vec![0x80; 11],
        [vec![0x1a], numbers(&[u64::MAX])].concat(),
        field(3, &[0x12, 0x7f]),                  // a feature longer than its layer
        tile(&[vec![0x12, 4, 0x22, 0x7f, 9, 0]]), // a geometry longer than its feature
        tile(&[vec![0x12, 2, 0x18, 0x80]]),       // a number that goes on after its feature
        field(3, &[field(1, b"building"), area(&SQUARE, &[])].concat()),
        tile(&[area(&SQUARE, &[]), number(15, 3)]),
    ] {
        assert!(VectorTile::read(&bytes).is_none(), "{bytes:x?}");
    }
}

#[test]
fn geometry_that_lies_is_left_out_and_its_neighbours_stay() {
    let (far, widest, many) = (u64::from(u32::MAX) - 1, u64::from(u32::MAX), ((1_u64 << 29) - 1) << 3);
    for (extent, geometry) in [
        (4_096, vec![many | 1]),                         // half a billion places in no bytes
        (4_096, vec![9, 0, 0, many | 2, 2, 2]),          // and a line through as many
        (4_096, vec![9, 0, 0, 18, 200, 0, 0, 200, 12]),  // a command that is none
        (4_096, vec![18, 2, 2, 2, 2, 15]),               // a line from nowhere
        (4_096, vec![9, 0, 0, 10, 200, 0, 15]),          // an area of two corners
        (4_096, vec![9, far, 0, 18, 2, 2, 2, 2, 15]),    // far beyond the tile
        (widest, vec![9, far, 0, 18, far, 0, 2, 2, 15]), // past what can be counted
    ] {
        let found = understood(&[area(&SQUARE, &[]), area(&geometry, &[]), number(5, extent)]);
        assert_eq!(found, [1, 1], "{geometry:?}");
    }
    assert_eq!(understood(&[area(&SQUARE, &[]), number(5, 0)]), [0, 1], "a layer whose sides have no parts");
    // One key, no value: places of keys and values beyond them, and half a pair.
    for tags in [[7, 9, 0].as_slice(), &[0, 99], &[99, 0], &[0]] {
        assert_eq!(understood(&[area(&SQUARE, tags), field(3, b"height")]), [1, 0], "{tags:?}");
    }
    // There and back along a line; three times the same corner.
    for ring in [[9, 0, 0, 18, 200, 0, 99, 0, 15], [9, 200, 200, 18, 0, 0, 0, 0, 15]] {
        let read = VectorTile::read(&tile(&[area(&ring, &[])])).expect("the layer is sound");
        for shape in draw_tile(THERE, THERE, &read, 1_000.0, 512.0, MapLook::Quiet).shapes {
            let Shape::Area { outline, .. } = shape else { continue };
            assert!(outline.area_m2().abs() < 0.1, "{outline:?}");
        }
    }
}

fn read(name: &str, bytes: &[u8]) -> Result<OsmRead, OsmError> {
    let folder = tempfile::tempdir().expect("there is room for files");
    osm::read(&put(folder.path(), name, bytes), None, &|| true)
}

/// How many things there are in a file; nothing where it is said to be damaged.
fn things(name: &str, bytes: &[u8]) -> Option<usize> {
    match read(name, bytes) {
        Ok(read) => Some(read.things.len()),
        Err(OsmError::Damaged(_)) => None,
        Err(other) => panic!("{name}: {other}"),
    }
}

/// An `.osm.pbf` of one block: how long it says it is, and what is in it.
fn pbf(length: u64, blob: &[u8]) -> Vec<u8> {
    let block = |kind: &str, length: u64, blob: &[u8]| {
        let head = [field(1, kind.as_bytes()), number(3, length)].concat();
        [(head.len() as u32).to_be_bytes().as_slice(), &head, blob].concat()
    };
    [block("OSMHeader", 2, &field(1, b"")), block("OSMData", length, blob)].concat()
}

/// Stations, the first `lats` of which have a latitude; `words` are places in a list of three words.
fn stations(ids: &[u64], lats: usize, words: &[u64]) -> Vec<u8> {
    let (lat, lon) = (numbers(&[1_017_200_000, 0, 0][..lats]), numbers(&[87_000_000, 0, 0][..ids.len()]));
    let nodes = [field(1, &numbers(ids)), field(8, &lat), field(9, &lon), field(10, &numbers(words))].concat();
    let list = ["", "railway", "station"].map(|word| field(1, word.as_bytes())).concat();
    [field(1, &list), field(2, &field(2, &nodes))].concat()
}

#[test]
fn blocks_that_lie_are_damage_and_nodes_that_do_not_add_up_are_left_out() {
    let one = stations(&[2], 1, &[1, 2]);
    // A member of a kind that there is not, which the reader takes for granted.
    let member = [number(1, 5), field(8, &[0]), field(9, &[40]), field(10, &[9])].concat();
    let zlib = |bytes: &[u8]| {
        let mut out = Vec::new();
        let mut packer = flate2::read::ZlibEncoder::new(bytes, flate2::Compression::fast());
        packer.read_to_end(&mut out).expect("memory can be read");
        field(3, &out)
    };
    let sized = [number(2, (1 << 31) - 1), zlib(&one)].concat();
    for (what, blob, count) in [
        ("a size of 2 GB that room is not made by", sized.clone(), Some(1)),
        ("a size of 4 GB", [number(2, 1 << 32), field(1, &one)].concat(), None),
        ("no zlib", field(3, b"no zlib at all"), None),
        ("too much", zlib(&field(1, &field(1, &vec![b'a'; 33 << 20]))), None),
        ("nothing", Vec::new(), None),
        ("no words", field(1, &field(2, b"")), None),
        ("no such member", field(1, &[field(1, b""), field(2, &field(4, &member))].concat()), None),
        ("arrays of unlike length", field(1, &stations(&[2, 2, 2], 1, &[1, 2, 0, 1, 2])), Some(1)),
        ("a word beyond the list", field(1, &stations(&[2], 1, &[1, 7])), Some(0)),
        ("a word before the list", field(1, &stations(&[2], 1, &[u64::MAX, 2])), Some(0)),
    ] {
        assert_eq!(things("a.osm.pbf", &pbf(blob.len() as u64, &blob)), count, "{what}");
    }
    let whole = pbf(sized.len() as u64, &sized);
    assert_eq!(things("a.osm.pbf", &[whole.as_slice(), &[0x80, 0, 0, 0]].concat()), None, "a head of 2 GB");
    for cut in pbf(0, b"").len() - 11..whole.len() {
        assert_eq!(things("a.osm.pbf", &whole[..cut]), None, "{cut} of {}", whole.len());
    }
}

/// The reader counts as it goes: numbers past what can be counted, and a block that is shorter than nothing.
#[test]
fn what_cannot_be_counted_is_damage_or_one_station() {
    let past = field(1, &stations(&[u64::MAX - 1, 2], 2, &[1, 2]));
    for bytes in [pbf(past.len() as u64, &past), pbf(u64::MAX, &field(1, &stations(&[2], 1, &[1, 2])))] {
        assert!(matches!(things("a.osm.pbf", &bytes), None | Some(1)));
    }
}

const STATION: &str = r#"<node id="1" lat="50.86" lon="4.35"><tag k="railway" v="station"/></node>"#;

fn xml(inside: &str) -> Vec<u8> {
    format!("<osm>{inside}</osm>").into_bytes()
}

#[test]
fn xml_that_goes_deep_or_defines_words_or_leads_nowhere_is_no_harm() {
    let (into, out) = ("<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(things("a.osm", &xml(&format!("{into}{STATION}{out}"))), Some(1));
    let laughs = (1..10).map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10)));
    let head = format!("<!DOCTYPE osm [<!ENTITY l0 'ha'>{}]>", laughs.collect::<String>());
    let named = STATION.replace("<tag", r#"<tag k="name" v="&l9;"/><tag"#);
    let station = read("a.osm", format!("{head}<osm>{named}&l9;</osm>").as_bytes()).expect("it is sound");
    assert_eq!((station.things.len(), station.things[0].names.nl.as_str()), (1, ""));
    for (from, to) in [("</osm>", "</way></osm>"), ("\"1\"", "\"&l0;\""), ("\"1\"", "\"99999999999999999999\"")] {
        let text = format!("{head}<osm>{STATION}</osm>").replace(from, to);
        assert_eq!(things("a.osm", text.as_bytes()), None, "{to}");
    }
    // Nodes and ways that are not in the file.
    let text = r#"<node id="1" lat="50.86" lon="4.35"/>
        <way id="20"><nd ref="1"/><nd ref="8"/><nd ref="9"/><tag k="highway" v="residential"/></way>
        <way id="21"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/><tag k="building" v="yes"/></way>
        <relation><member type="way" ref="99"/><tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>"#;
    let lost = read("a.osm", &xml(text)).expect("it is sound");
    assert_eq!((lost.things.len(), lost.incomplete, lost.open_areas), (0, 2, 2));
}

/// A file that was cut between two elements has lost some, and must not pass for whole.
#[test]
fn xml_that_does_not_end_is_damaged() {
    let open = STATION.trim_end_matches("</node>");
    let cut = [format!("<osm>{STATION}"), format!("<osm>{open}"), format!("<osm>{STATION}<way id='2'><nd ref='1'/>")];
    let passed: Vec<_> = cut.iter().filter(|text| things("a.osm", text.as_bytes()).is_some()).collect();
    assert!(passed.is_empty(), "{passed:?}");
}

#[test]
fn nodes_off_the_earth_are_none() {
    let odd = [["NaN", "50"], ["4", "inf"], ["1e999", "50"], ["", "50"], ["4,35", "50"], ["999", "50"], ["4", "-91"]];
    let is_taken =
        |[lon, lat]: &&[&str; 2]| things("a.osm", &xml(&STATION.replace("4.35", lon).replace("50.86", lat))) != Some(0);
    let taken: Vec<_> = odd.iter().filter(is_taken).collect();
    assert!(taken.is_empty(), "{taken:?}");
}

/// Each time it would take the room of the whole way: a small file fills the memory.
#[test]
fn a_way_that_a_relation_names_over_and_over_is_there_once() {
    let nodes = [861, 872, 881].map(|at| format!(r#"<node id="{at}" lat="50.{at}" lon="4.{}"/>"#, at % 10)).concat();
    let way = r#"<way id="20"><nd ref="861"/><nd ref="872"/><nd ref="881"/><nd ref="861"/></way>"#;
    let members = r#"<member type="way" ref="20" role="outer"/>"#.repeat(1_000);
    let tags = r#"<tag k="type" v="multipolygon"/><tag k="building" v="yes"/>"#;
    let text = format!("{nodes}{way}<relation>{tags}{members}</relation>");
    let read = read("a.osm", &xml(&text)).expect("it is sound");
    let ThingShape::Area(polygons) = &read.things[0].shape else { panic!("an area") };
    assert_eq!(polygons.len(), 1);
}

/// Packed to 32 kB; with more of it a reader that takes an element whole fills the memory.
#[test]
fn an_element_longer_than_any_of_its_kind_is_refused() {
    let long = format!(r#"<tag k="note" v="{}"/><tag"#, "a".repeat(32 << 20));
    assert_eq!(things("a.osm.gz", &packed(&xml(&STATION.replace("<tag", &long)))), None);
}

fn pack_geojson(features: &str) -> Result<Packed, PackError> {
    let folder = tempfile::tempdir().expect("there is room for files");
    let text = format!(r#"{{"type": "FeatureCollection", "features": {features}}}"#);
    let path = put(folder.path(), "area.geojson", text.as_bytes());
    pack(&[path], &PackOptions { zooms: Some([14, 14]), ..PackOptions::default() }, &|_| true)
}

#[test]
fn geojson_that_cannot_be_is_refused_and_features_that_cannot_are_left_out() {
    let feature = |geometry: &str| format!(r#"{{"type": "Feature", "properties": {{"building": "yes"}}{geometry}}}"#);
    let of = |kind: &str, at: &str| feature(&format!(r#", "geometry": {{"type": "{kind}", "coordinates": {at}}}"#));
    let deep = ["[".repeat(10_000), "]".repeat(10_000)].concat();
    for features in ["[NaN]", "[1e999]", "{\"a\": 1}", &deep, &format!("[{}]", of("Polygon", &deep))] {
        assert!(matches!(pack_geojson(features), Err(PackError::GeoJson(..))), "{}", &features[..5]);
    }
    let odd =
        r#"Point ["NaN", "50"]; Point [4]; Point [999, 5]; LineString [[4, 5], 4]; Polygon [[[4, 5], [5, 5]]]; A 1"#;
    let odd = odd.split("; ").filter_map(|one| one.split_once(' ')).map(|(kind, at)| of(kind, at));
    let faulty: Vec<String> = odd.chain([feature(""), "null".to_owned()]).collect();
    let flat = of("Polygon", "[[[4.35, 50.86], [4.35, 50.86], [4.35, 50.86], [4.35, 50.86]]]");
    for nothing in ["[]", &format!("[{flat}]"), &format!("[{}]", faulty.join(","))] {
        assert!(matches!(pack_geojson(nothing), Err(PackError::Nothing)), "{nothing}");
    }
    let sound = of("Polygon", "[[[4.35, 50.86], [4.351, 50.86], [4.351, 50.861], [4.35, 50.86]]]");
    let result = pack_geojson(&format!("[{},{sound}]", faulty.join(","))).expect("one of them is sound");
    assert_eq!((result.things, result.notes), (1, vec![PackNote::Faulty(faulty.len()), PackNote::NoAttribution]));
}

//! Packing areas: what goes in comes out, cut to tiles and put together again; the same twice; bad sources in words.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use maakblok::basemap::{
    Archive, ArchiveError, Form, MapClass, MapLook, MapShape, NameStyle, TileId, TileKind, VectorTile, lay,
};
use maakblok::crs::Frame;
use maakblok::geometry::{Bounds, point};
use maakblok::i18n::Lang;
use maakblok::io::drawing::{PictureFormat, PlanPicture, PlanSeen, UnderMap, draw_plan};
use maakblok::io::osm::{self, MapThing, OsmError, SurroundingsOptions, ThingShape, surroundings};
use maakblok::io::pack::{PackError, PackNote, PackOptions, Packed, pack};
use maakblok::model::ContextKind;
use maakblok::scene::{Shape, Tone};

use super::data;

fn packed(path: &Path, options: &PackOptions) -> Packed {
    pack(&[path.to_owned()], options, &|_| true).unwrap()
}

fn opened(folder: &Path, packed: &Packed) -> Archive {
    let path = folder.join("area.pmtiles");
    std::fs::write(&path, &packed.bytes).unwrap();
    Archive::open(&path).unwrap()
}

fn count(things: &[MapThing], class: MapClass) -> usize {
    things.iter().filter(|thing| thing.class == class).count()
}

/// A small town in the words of OpenStreetMap: a house with a court, a street that leaves the area, a park whose rim is two
/// ways, a tunnel, a station.
const TOWN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <node id="1" lat="50.8600" lon="4.3500"/><node id="2" lat="50.8600" lon="4.3504"/>
  <node id="3" lat="50.8603" lon="4.3504"/><node id="4" lat="50.8603" lon="4.3500"/>
  <node id="5" lat="50.8601" lon="4.3501"/><node id="6" lat="50.8601" lon="4.3503"/>
  <node id="7" lat="50.8602" lon="4.3503"/><node id="8" lat="50.8602" lon="4.3501"/>
  <node id="9" lat="50.8605" lon="4.3490"/><node id="10" lat="50.8605" lon="4.3700"/>
  <node id="11" lat="50.8610" lon="4.3500"/><node id="12" lat="50.8610" lon="4.3520"/>
  <node id="13" lat="50.8620" lon="4.3520"/><node id="14" lat="50.8620" lon="4.3500"/>
  <node id="15" lat="50.8606" lon="4.3502"><tag k="railway" v="station"/><tag k="name" v="Thurn &amp; Taxis"/></node>
  <way id="20"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
  <way id="21"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="8"/><nd ref="5"/></way>
  <way id="22"><nd ref="9"/><nd ref="10"/><tag k="highway" v="residential"/><tag k="name" v="Rue Picard - Picardstraat"/></way>
  <way id="23"><nd ref="11"/><nd ref="12"/><nd ref="13"/></way>
  <way id="24"><nd ref="13"/><nd ref="14"/><nd ref="11"/></way>
  <way id="25"><nd ref="1"/><nd ref="11"/><tag k="railway" v="rail"/><tag k="tunnel" v="yes"/></way>
  <way id="26"><nd ref="1"/><nd ref="99"/><tag k="railway" v="rail"/></way>
  <relation id="30"><member type="way" ref="20" role="outer"/><member type="way" ref="21" role="inner"/>
    <tag k="type" v="multipolygon"/><tag k="building" v="yes"/><tag k="building:levels" v="4"/></relation>
  <relation id="31"><member type="way" ref="23" role="outer"/><member type="way" ref="24" role="outer"/>
    <tag k="type" v="multipolygon"/><tag k="leisure" v="park"/></relation>
</osm>"#;

fn town(folder: &Path) -> PathBuf {
    let path = folder.join("town.osm");
    std::fs::write(&path, TOWN).unwrap();
    path
}

#[test]
fn a_town_is_read_as_it_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let read = osm::read(&town(folder.path()), None, &|| true).unwrap();
    let of = |class| read.things.iter().filter(move |thing: &&MapThing| thing.class == class).collect::<Vec<_>>();
    let [house] = of(MapClass::Building)[..] else { panic!("one house") };
    assert_eq!(house.height_m, Some(12.0), "four storeys of three metres");
    let ThingShape::Area(polygons) = &house.shape else { panic!("an area") };
    assert_eq!(polygons[0].len(), 2, "with a court");
    let [street] = of(MapClass::Street)[..] else { panic!("one street") };
    assert_eq!((street.names.fr.as_str(), street.names.nl.as_str()), ("Rue Picard", "Picardstraat"));
    let [park] = of(MapClass::Green)[..] else { panic!("one park") };
    let ThingShape::Area(polygons) = &park.shape else { panic!("an area") };
    assert_eq!(polygons[0][0].len(), 4, "its two ways close to one ring");
    assert_eq!(of(MapClass::Station)[0].names.nl, "Thurn & Taxis");
    assert!(of(MapClass::Rail).is_empty(), "one is below ground, of the other only one end is there");
    assert_eq!((read.incomplete, read.open_areas), (1, 1));
}

/// The house keeps its area, court and height through tiles at every zoom it is in; the street goes on beyond the area.
#[test]
fn what_is_packed_is_drawn_as_large_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let options = PackOptions { name: "Town".to_owned(), ..PackOptions::default() };
    let result = packed(&town(folder.path()), &options);
    let archive = opened(folder.path(), &result);
    assert_eq!(
        (archive.info().name.as_str(), archive.info().zooms),
        ("Town", [9, 14]),
        "at 8 the park is less than a pixel"
    );
    assert_eq!(archive.info().attribution, "© OpenStreetMap contributors");
    assert_eq!(result.notes, [PackNote::OpenAreas(1)]);
    let frame = Frame::new(4.35, 50.86).unwrap();
    let view = Bounds { min: point(-50.0, -50.0), max: point(100.0, 100.0) };
    let laid =
        lay(&archive, &frame, (&view, 2.0, 1.0), NameStyle::new(Lang::Nl, MapLook::FigureGround), &|| true).unwrap();
    let drawn: f64 = laid
        .ground
        .shapes
        .iter()
        .map(|shape| match shape {
            Shape::Area { outline, .. } => outline.area_m2(),
            _ => 0.0,
        })
        .sum();
    // 0.0004° by 0.0003° less 0.0002° by 0.0001°, by the frame itself.
    let side = |lon: f64, lat: f64| frame.local_from_wgs84(lon, lat).unwrap();
    let (a, b) = (side(4.3504, 50.8603) - side(4.35, 50.86), side(4.3503, 50.8602) - side(4.3501, 50.8601));
    let wanted = a.x * a.y - b.x * b.y;
    assert!((drawn / wanted - 1.0).abs() < 0.01, "{drawn} for {wanted}");
    let tile = TileId::at(4.3502, 50.86015, 14);
    let read = VectorTile::read(&archive.tile(tile).unwrap().unwrap()).unwrap();
    assert_eq!(read.of(MapClass::Building)[0].height_m, Some(12.0));
    assert_eq!(read.of(MapClass::Street)[0].names.as_ref().unwrap().nl, "Picardstraat");
    // Another reader sees the same: a polygon with a hole, turned as the specification asks.
    let other = mvt_reader::Reader::new(archive.tile(tile).unwrap().unwrap()).unwrap();
    let at = other.get_layer_names().unwrap().iter().position(|name| name == "building").unwrap();
    let features = other.get_features(at).unwrap();
    let geo::Geometry::MultiPolygon(polygons) = features[0].geometry.clone() else { panic!("polygons") };
    assert_eq!((polygons.0.len(), polygons.0[0].interiors().len()), (1, 1));
}

#[test]
fn the_same_sources_give_the_same_file_and_a_rectangle_cuts_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = town(folder.path());
    let all = packed(&path, &PackOptions::default());
    assert!(all.bytes == packed(&path, &PackOptions::default()).bytes);
    let cover = [4.3495, 50.8595, 4.3506, 50.8604];
    let options = PackOptions { cover_deg: Some(cover), zooms: Some([14, 14]), ..PackOptions::default() };
    let part = packed(&path, &options);
    assert!(part.tiles < all.tiles && part.things < all.things);
    let archive = opened(folder.path(), &part);
    assert!(archive.tiles().unwrap().iter().all(|tile| tile.meets(cover)));
    let nowhere = PackOptions { cover_deg: Some([10.0, 40.0, 11.0, 41.0]), ..PackOptions::default() };
    assert!(matches!(pack(std::slice::from_ref(&path), &nowhere, &|_| true), Err(PackError::Nothing)));
    assert!(matches!(pack(&[path], &PackOptions::default(), &|_| false), Err(PackError::CalledOff)));
}

#[test]
fn bad_sources_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        pack(&[path], &PackOptions::default(), &|_| true).expect_err(name)
    };
    assert!(matches!(refused("a.osm", b"<html><body>no</body></html>"), PackError::Osm(_, OsmError::Unknown)));
    assert!(matches!(refused("b.osm", b"<osm><node id='x'"), PackError::Osm(_, OsmError::Damaged(_))));
    assert!(matches!(refused("c.osm.pbf", b"nothing of the kind"), PackError::Osm(_, OsmError::Unknown)));
    assert!(matches!(refused("d.geojson", b"{"), PackError::GeoJson(..)));
    assert!(matches!(refused("e.geojson", b"{\"type\": \"FeatureCollection\"}"), PackError::Nothing));
    assert!(matches!(refused("f.osm.gz", &maakblok::basemap::packed(b"<osm></osm>")[..12]), PackError::Osm(..)));
    let town = town(folder.path());
    let area = folder.path().join("area.pmtiles");
    std::fs::write(&area, packed(&town, &PackOptions::default()).bytes).unwrap();
    assert!(matches!(pack(&[town, area], &PackOptions::default(), &|_| true), Err(PackError::Mixed)));
    for lang in Lang::ALL {
        assert!(refused("g.osm", b"<a/>").text(lang).contains("g.osm"));
    }
    if let Some(path) = data("osm/canal-zone-2013.osm.pbf") {
        let whole = std::fs::read(path).unwrap();
        for part in [whole.len() / 7, whole.len() / 2, whole.len() - 100] {
            assert!(matches!(refused("h.osm.pbf", &whole[..part]), PackError::Osm(_, OsmError::Damaged(_))));
        }
    }
}

#[test]
fn geojson_is_packed_by_what_it_says_or_what_its_file_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("derived-water.geojson");
    let ring = "[[[4.35,50.86],[4.351,50.86],[4.351,50.861],[4.35,50.86]]]";
    let feature = |properties: &str| {
        format!(
            r#"{{"type": "Feature", "properties": {properties}, "geometry": {{"type": "Polygon", "coordinates": {ring}}}}}"#
        )
    };
    let features = [
        feature(r#"{"k": "water"}"#),
        feature(r#"{"building": "yes", "height": 9}"#),
        feature(r#"{"maakblok": "context", "kind": "green"}"#),
        r#"{"type": "Feature", "properties": {}, "geometry": null}"#.to_owned(),
        r#"{"type": "Feature", "properties": {"natural": "tree"}, "geometry": {"type": "Point", "coordinates": [4.35, 50.86]}}"#.to_owned(),
    ];
    let text = format!(r#"{{"type": "FeatureCollection", "features": [{}]}}"#, features.join(","));
    std::fs::write(&path, text).unwrap();
    let result = packed(&path, &PackOptions { zooms: Some([14, 14]), ..PackOptions::default() });
    assert_eq!(result.things, 3);
    assert_eq!(result.notes, [PackNote::Unknown(1), PackNote::Faulty(1), PackNote::NoAttribution]);
    // The schematic that is built in can be packed like any other.
    let schematic = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/basemap/canal-zone.geojson");
    let result = packed(&schematic, &PackOptions::default());
    let archive = opened(folder.path(), &result);
    assert_eq!(archive.info().attribution, maakblok::basemap::CREDIT);
    assert!(result.tiles > 50 && result.things > 40, "{} {}", result.tiles, result.things);
}

#[test]
fn an_archive_is_cut_to_an_area_tile_by_tile() {
    let Some(path) = data("pmtiles/raster-webp512-whitney-z8-15.pmtiles") else { return };
    let folder = tempfile::tempdir().unwrap();
    let whole = Archive::open(&path).unwrap();
    let [west, south, east, north] = whole.info().cover_deg.unwrap();
    let cover = [west, south, f64::midpoint(west, east), f64::midpoint(south, north)];
    let result = packed(&path, &PackOptions { cover_deg: Some(cover), ..PackOptions::default() });
    let archive = opened(folder.path(), &result);
    assert_eq!(archive.info().kind, TileKind::Raster);
    let tiles = archive.tiles().unwrap();
    assert!(tiles.len() < whole.tiles().unwrap().len() && tiles.len() > 8);
    for tile in tiles {
        assert!(archive.tile(tile).unwrap() == whole.tile(tile).unwrap());
    }
}

#[test]
fn an_archive_is_cut_to_zooms_and_keeps_what_it_says_of_its_layers() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = packed(&town(folder.path()), &PackOptions::default());
    let whole = opened(folder.path(), &whole);
    let path = folder.path().join("whole.pmtiles");
    let bytes = packed(&town(folder.path()), &PackOptions::default()).bytes;
    std::fs::write(&path, bytes).expect("it is written");
    let cut = packed(&path, &PackOptions { zooms: Some([12, 13]), ..PackOptions::default() });
    std::fs::write(folder.path().join("cut.pmtiles"), &cut.bytes).expect("it is written");
    let cut = Archive::open(&folder.path().join("cut.pmtiles")).expect("it is a map");
    assert_eq!(cut.info().zooms, [12, 13]);
    assert!(cut.tiles().expect("a list").iter().all(|tile| (12..=13).contains(&tile.zoom)));
    assert!(whole.layers().is_some() && cut.layers() == whole.layers());
    // What is called a map and is none says so, whatever else it could be.
    std::fs::write(&path, b"{}").expect("it is written");
    let error = pack(&[path], &PackOptions::default(), &|_| true).expect_err("it is no map");
    assert!(matches!(error, PackError::Archive(_, ArchiveError::NotAnArchive)), "{error}");
}

/// The built-in map is on a picture where no other covers it, and is credited only then.
#[test]
fn the_built_in_map_steps_back_on_pictures_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = Arc::new(opened(folder.path(), &packed(&town(folder.path()), &PackOptions::default())));
    let [west, south, east, north] = archive.info().cover_deg.expect("it says what it covers");
    let mut project = crate::sample::rich();
    (project.origin.lon_deg, project.origin.lat_deg) = (f64::midpoint(west, east), f64::midpoint(south, north));
    let variant = project.variants.first().expect("one").id;
    let drawn = |half_m: f64| {
        let bounds = Bounds { min: point(-half_m, -half_m), max: point(half_m, half_m) };
        let under = UnderMap { name: "Town".to_owned(), map: archive.clone(), tone: Tone::of_strength(0.4) };
        let picture = PlanPicture { seen: PlanSeen::View(bounds), maps: vec![under], ..PlanPicture::default() };
        let drawn = draw_plan(&project, variant, &picture, PictureFormat::Svg).expect("it is drawn");
        String::from_utf8(drawn.bytes).expect("text").contains("schematic map")
    };
    assert!(!drawn(4.0), "covered, though faded");
    assert!(drawn(20_000.0), "beside the town");
}

/// Counted by another program (osmium) in the note beside the data: 1 170 buildings at Tour & Taxis, 16 730 in the canal
/// zone, of which a few are relations, and some lie below ground.
#[test]
fn real_files_have_the_buildings_that_another_program_counts() {
    for (name, stated) in [("osm/tour-taxis-2013.osm.gz", 1_170.0), ("osm/canal-zone-2013.osm.pbf", 16_730.0)] {
        let Some(path) = data(name) else { return };
        let read = osm::read(&path, None, &|| true).unwrap();
        let buildings = count(&read.things, MapClass::Building) as f64;
        assert!((buildings / stated - 1.0).abs() < 0.01, "{name}: {buildings} for {stated}");
    }
    // The one is cut from the other: read by two readers, the same things lie in the same rectangle.
    let (Some(xml), Some(pbf)) = (data("osm/tour-taxis-2013.osm.gz"), data("osm/canal-zone-2013.osm.pbf")) else {
        return;
    };
    let cover = [4.342, 50.860, 4.360, 50.872];
    let [xml, pbf] = [xml, pbf].map(|path| osm::read(&path, Some(cover), &|| true).unwrap().things);
    for class in MapClass::ALL.into_iter().filter(|class| class.form() != Form::Line && *class != MapClass::Works) {
        assert_eq!(count(&xml, class), count(&pbf, class), "{class:?}");
    }
}

#[test]
fn surroundings_come_in_clipped_with_heights_and_notes() {
    let folder = tempfile::tempdir().unwrap();
    let cover = [4.3495, 50.8595, 4.3515, 50.8615];
    let options = SurroundingsOptions { cover_deg: Some(cover), origin_deg: None, name: "Town", lang: Lang::En };
    let (project, notes) = surroundings(&town(folder.path()), options, &|| true).unwrap();
    let frame = Frame::new(project.origin.lon_deg, project.origin.lat_deg).unwrap();
    let rim = |lon: f64, lat: f64| frame.local_from_wgs84(lon, lat).unwrap();
    let rim = Bounds::around([rim(cover[0], cover[1]), rim(cover[2], cover[3])]).unwrap().grown(0.01);
    assert!(project.context.iter().all(|context| rim.holds(&context.bounds().unwrap())));
    let house = project.context.iter().find(|context| context.kind == ContextKind::Building).unwrap();
    assert_eq!(house.height_m, Some(12.0));
    assert!(notes[0].contains("buildings 1") && notes.last().unwrap().contains("OpenStreetMap"), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("cut at the rim")), "{notes:?}");
    assert!(maakblok::measure::check_all(&project).is_empty());
}

/// A packed tile is a map like any other: what is in it can be read whatever its shape.
#[test]
fn every_tile_of_a_packed_city_reads_without_damage() {
    let Some(path) = data("osm/canal-zone-2013.osm.pbf") else { return };
    let folder = tempfile::tempdir().unwrap();
    let archive = opened(folder.path(), &packed(&path, &PackOptions::default()));
    let mut shapes = 0;
    for tile in archive.tiles().unwrap() {
        let read = VectorTile::read(&archive.tile(tile).unwrap().unwrap()).unwrap();
        assert_eq!(read.damaged, 0, "{tile:?}");
        for feature in &read.features {
            let rings = match &feature.shape {
                MapShape::Area(rings) | MapShape::Lines(rings) => rings.clone(),
                MapShape::Points(points) => vec![points.clone()],
            };
            shapes += rings.len();
            let beyond = rings.iter().flatten().flatten().any(|part| !(-0.02..=1.02).contains(part));
            assert!(!beyond, "{tile:?} {feature:?}");
        }
    }
    assert!(shapes > 30_000, "{shapes}");
}

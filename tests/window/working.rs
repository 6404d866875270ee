//! Maps made in threads: what is wanted comes, whatever was wanted before, and is the same as without threads.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use maakblok::basemap::MapLook;
use maakblok::basemap::online::Gate;
use maakblok::crs::Frame;
use maakblok::geometry::{Bounds, point};
use maakblok::i18n::Lang;
use maakblok::io::pack::{PackOptions, pack};
use maakblok::look::Theme;
use maakblok::scene::Pixels;
use maakblok::studio::Services;
use maakblok::studio::map::{MapFrame, MapLayer, MapSource, MapView, Maps};

/// A few hundred houses and a street on the canal, packed.
fn packed(folder: &Path) -> MapLayer {
    let house = |n: usize| {
        let (west, south) = (4.340 + 0.0004 * (n % 20) as f64, 50.860 + 0.0003 * (n / 20) as f64);
        let (east, north) = (west + 0.0002, south + 0.00015);
        format!(
            r#"{{"type": "Feature", "properties": {{"building": "yes"}}, "geometry": {{"type": "Polygon", "coordinates":
            [[[{west}, {south}], [{east}, {south}], [{east}, {north}], [{west}, {north}], [{west}, {south}]]]}}}}"#
        )
    };
    let street = r#"{"type": "Feature", "properties": {"highway": "residential", "name": "Havenlaan"},
        "geometry": {"type": "LineString", "coordinates": [[4.340, 50.8625], [4.349, 50.8625]]}}"#;
    let features: Vec<String> = (0..400).map(house).chain([street.to_owned()]).collect();
    let source = folder.join("town.geojson");
    std::fs::write(&source, format!(r#"{{"type": "FeatureCollection", "features": [{}]}}"#, features.join(",")))
        .unwrap();
    let path = folder.join("town.pmtiles");
    std::fs::write(&path, pack(&[source], &PackOptions::default(), &|_| true).unwrap().bytes).unwrap();
    MapLayer::new(MapSource::File(path))
}

fn see(maps: &mut Maps<Arc<Pixels>>, layer: &MapLayer, middle: [f64; 2]) -> MapFrame<Arc<Pixels>> {
    let frame = Arc::new(Frame::new(4.344, 50.8625).unwrap());
    let [x, y] = middle;
    let view = MapView {
        frame: &frame,
        bounds: Bounds { min: point(x - 200.0, y - 150.0), max: point(x + 200.0, y + 150.0) },
        px_per_m: 1.5,
        density: 1.0,
        theme: Theme::Paper,
        look: MapLook::Quiet,
        strength: 1.0,
        names: Some(Lang::Nl),
        clear_of: &[],
        services: &[],
        written: 0,
        now: Duration::ZERO,
    };
    maps.see(std::slice::from_ref(layer), &view, &mut Arc::new)
}

/// Frames until nothing is waited for.
fn settled(maps: &mut Maps<Arc<Pixels>>, layer: &MapLayer, middle: [f64; 2]) -> MapFrame<Arc<Pixels>> {
    for _ in 0..4_000 {
        let frame = see(maps, layer, middle);
        if !frame.is_waiting && !frame.pieces.is_empty() {
            return frame;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("what is wanted never comes");
}

#[test]
fn threads_make_what_is_wanted_last_and_the_same_as_one_hand_would() {
    let folder = tempfile::tempdir().unwrap();
    let layer = packed(folder.path());
    let gate = Gate::new(Services::for_tests().network);
    let with_threads = Services { threads: true, ..Services::for_tests() };
    let mut maps: Maps<Arc<Pixels>> = Maps::new(&with_threads, &gate, None);
    // A view that flies about asks for much that nobody waits for.
    for step in 0..60 {
        see(&mut maps, &layer, [f64::from(step % 12) * 90.0 - 500.0, f64::from(step % 7) * 60.0 - 200.0]);
    }
    let flown = settled(&mut maps, &layer, [0.0, 0.0]);
    let mut alone: Maps<Arc<Pixels>> = Maps::new(&Services::for_tests(), &gate, None);
    let calm = settled(&mut alone, &layer, [0.0, 0.0]);
    assert_eq!(flown.pieces.len(), calm.pieces.len());
    for (a, b) in flown.pieces.iter().zip(&calm.pieces) {
        assert_eq!((a.corners, a.part), (b.corners, b.part));
        assert!(a.picture == b.picture, "pixel for pixel");
    }
    assert_eq!(flown.names.map(|names| names.shapes.len()), calm.names.map(|names| names.shapes.len()));
    assert!(maps.states(std::slice::from_ref(&layer))[0].fault.is_none());
    // Letting go ends the threads, whatever is still wanted.
    see(&mut maps, &layer, [5_000.0, 5_000.0]);
    drop(maps);
}

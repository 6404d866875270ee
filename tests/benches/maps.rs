//! Maps: how soon a view is whole, what a frame costs while it is moved, how long packing takes. With the test archives
//! beside the checkout (`MAAKBLOK_DATA`); without them there is nothing to measure.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::Criterion;
use maakblok::basemap::MapLook;
use maakblok::basemap::online::{Gate, NoNetwork};
use maakblok::crs::Frame;
use maakblok::geometry::{Bounds, Point};
use maakblok::i18n::Lang;
use maakblok::io::pack::{PackOptions, pack};
use maakblok::look::Theme;
use maakblok::scene::Pixels;
use maakblok::studio::Services;
use maakblok::studio::map::{MapLayer, MapSource, MapView, Maps};

/// A window of 1920 by 1080.
const WINDOW_PX: [f64; 2] = [1920.0, 1080.0];

fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("MAAKBLOK_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    Some(folder.join(name)).filter(|path| path.exists())
}

struct Seen {
    maps: Maps<[u32; 2]>,
    layers: Vec<MapLayer>,
    frame: Arc<Frame>,
    at: Point,
    px_per_m: f64,
}

impl Seen {
    fn new(archive: PathBuf, [lon, lat]: [f64; 2], px_per_m: f64) -> Self {
        let services = Services { threads: true, ..Services::for_tests() };
        Self {
            maps: Maps::new(&services, &Gate::new(Arc::new(NoNetwork)), None),
            layers: vec![MapLayer::new(MapSource::File(archive))],
            frame: Arc::new(Frame::new(lon, lat).unwrap()),
            at: Point { x: 0.0, y: 0.0 },
            px_per_m,
        }
    }

    /// One frame; whether something is still to come.
    fn see(&mut self) -> bool {
        let half = Point { x: WINDOW_PX[0], y: WINDOW_PX[1] } / (2.0 * self.px_per_m);
        let view = MapView {
            frame: &self.frame,
            bounds: Bounds { min: self.at - half, max: self.at + half },
            px_per_m: self.px_per_m,
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
        let seen = self.maps.see(&self.layers, &view, &mut |pixels: Pixels| pixels.size);
        seen.is_waiting || seen.pieces.is_empty()
    }

    fn wait(&mut self) {
        while self.see() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Measures them.
pub fn maps(c: &mut Criterion) {
    let mut group = c.benchmark_group("map");
    group.sample_size(10);
    // Florence is the densest: 5,800 buildings in one tile. At 0.4 pixels to a metre all of them are seen.
    for (name, archive, place, px_per_m) in [
        ("dense", "pmtiles/firenze-protomaps-v3schema-z0-14.pmtiles", [11.2558, 43.7731], 0.4),
        ("site", "pmtiles/derived-canal-base-z8-14.pmtiles", [4.3476, 50.8655], 2.0),
    ] {
        let Some(path) = data(archive) else { continue };
        group.bench_function(format!("first-view-{name}"), |b| {
            b.iter_custom(|rounds| {
                let mut sum = Duration::ZERO;
                for _ in 0..rounds {
                    let mut seen = Seen::new(path.clone(), place, px_per_m);
                    let begin = Instant::now();
                    seen.wait();
                    sum += begin.elapsed();
                }
                sum
            });
        });
        let mut seen = Seen::new(path, place, px_per_m);
        seen.wait();
        // To and fro by 7 pixels a frame, over what has been seen and what has not; only the frame itself is measured.
        let mut step = 0_u32;
        group.bench_function(format!("frame-{name}"), |b| {
            b.iter(|| {
                step += 1;
                let way = if (step / 120).is_multiple_of(2) { 7.0 } else { -7.0 };
                seen.at.x += way / seen.px_per_m;
                seen.see()
            });
        });
        eprintln!("map: {} MB of pictures held for {name}", seen.maps.bytes() >> 20);
    }
    for (name, file) in
        [("canal-zone", "osm/canal-zone-2013.osm.pbf"), ("region", "osm/brussels-region-2013-01-01.osm.pbf")]
    {
        let Some(path) = data(file) else { continue };
        group.bench_function(format!("pack-{name}"), |b| {
            b.iter(|| pack(std::slice::from_ref(&path), &PackOptions::default(), &|_| true).unwrap().bytes.len());
        });
    }
    group.finish();
}

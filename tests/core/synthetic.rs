//! Synthetic districts: `n` plots around Brussels in a grid, each with a building, as exchange GeoJSON and as a project.
//!
//! Seeded and free of any clock, so that two runs measure the same work. Benches use it through `#[path]`.

use std::fmt::Write as _;

use maakblok::crs::Frame;
use maakblok::geometry::{Outline, Point, point};
use maakblok::model::{Building, Origin, Plot, Project, Region, Storey, UseShare, Uses, Volume};

/// Where the grid is centred, in degrees.
pub const ORIGIN_DEG: [f64; 2] = [4.35, 50.86];

/// From plot to plot, in metres.
const PITCH_M: f64 = 60.0;

/// A small generator of random numbers (splitmix64): the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between `low` and `high`.
    pub fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 / (1u64 << 53) as f64)
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[(self.next() % all.len() as u64) as usize]
    }
}

/// A run of equal storeys.
pub struct Run {
    pub uses: Vec<(&'static str, f64)>,
    pub height_m: f64,
    pub count: usize,
}

/// A plot with its building.
pub struct Parcel {
    pub plot: Vec<Point>,
    pub footprint: Vec<Point>,
    pub runs: Vec<Run>,
}

const GROUND: [&str; 5] = ["craft_workshop", "light_industry", "repair_reuse", "retail", "final_mile_logistics"];
const UPPER: [&str; 3] = ["housing", "office", "studio"];

/// The parcels of a district.
pub fn parcels(n: usize, seed: u64) -> impl Iterator<Item = Parcel> {
    let side = (n as f64).sqrt().ceil().max(1.0) as usize;
    let half = side as f64 / 2.0;
    let mut random = Random::new(seed);
    (0..n).map(move |i| {
        let centre = Point { x: ((i % side) as f64 - half) * PITCH_M, y: ((i / side) as f64 - half) * PITCH_M };
        let angle = random.within(0.0, std::f64::consts::TAU);
        let (half_w, half_d) = (random.within(12.0, 20.0), random.within(12.0, 20.0));
        let corner = |u: f64, v: f64| {
            let (u, v) = (u * half_w, v * half_d);
            point(centre.x + u * angle.cos() - v * angle.sin(), centre.y + u * angle.sin() + v * angle.cos())
        };
        let square = |s: f64| vec![corner(-s, -s), corner(s, -s), corner(s, s), corner(-s, s)];
        // Every fourth building is an L.
        let footprint = if i % 4 == 3 {
            let s = 0.8;
            vec![corner(-s, -s), corner(s, -s), corner(s, 0.0), corner(0.0, 0.0), corner(0.0, s), corner(-s, s)]
        } else {
            square(0.7)
        };
        let first = *random.pick(&GROUND);
        let ground = Run {
            uses: if i % 3 == 0 { vec![(first, 0.75), ("office", 0.25)] } else { vec![(first, 1.0)] },
            height_m: 5.5,
            count: 1,
        };
        let upper =
            Run { uses: vec![(*random.pick(&UPPER), 1.0)], height_m: 3.25, count: 1 + (random.next() % 6) as usize };
        Parcel { plot: square(1.0), footprint, runs: vec![ground, upper] }
    })
}

fn region(i: usize) -> Region {
    if i.is_multiple_of(5) { Region::Flanders } else { Region::Brussels }
}

/// The district as exchange GeoJSON, as another program would write it: coordinates with eight decimals, no numbers of
/// ours.
pub fn exchange(n: usize, seed: u64) -> String {
    let frame = Frame::new(ORIGIN_DEG[0], ORIGIN_DEG[1]).unwrap();
    let mut text = String::with_capacity(n * 900);
    text.push_str("{\"type\":\"FeatureCollection\",\"features\":[");
    for (i, parcel) in parcels(n, seed).enumerate() {
        if i > 0 {
            text.push(',');
        }
        let region = region(i).key();
        let _ = write!(
            text,
            "\n{{\"type\":\"Feature\",\"properties\":{{\"maakblok\":\"plot\",\"id\":\"P{i}\",\"name\":\"Plot {i}\",\
             \"region\":\"{region}\"}},\"geometry\":"
        );
        polygon(&mut text, &frame, &parcel.plot);
        let _ = write!(
            text,
            "}},\n{{\"type\":\"Feature\",\"properties\":{{\"maakblok\":\"volume\",\"id\":\"V{i}\",\"name\":\"Hall {i}\",\
             \"storeys\":["
        );
        for (place, run) in parcel.runs.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let _ = write!(text, "{comma}{{\"uses\":{{");
            for (place, (id, share)) in run.uses.iter().enumerate() {
                let comma = if place == 0 { "" } else { "," };
                let _ = write!(text, "{comma}\"{id}\":{share}");
            }
            let _ = write!(text, "}},\"height_m\":{},\"count\":{}}}", run.height_m, run.count);
        }
        text.push_str("]},\"geometry\":");
        polygon(&mut text, &frame, &parcel.footprint);
        text.push('}');
    }
    text.push_str("\n]}\n");
    text
}

fn polygon(text: &mut String, frame: &Frame, ring: &[Point]) {
    text.push_str("{\"type\":\"Polygon\",\"coordinates\":[[");
    for (i, &p) in ring.iter().chain(ring.first()).enumerate() {
        let [lon, lat] = frame.wgs84_from_local(p).unwrap();
        let comma = if i == 0 { "" } else { "," };
        let _ = write!(text, "{comma}[{lon:.8},{lat:.8}]");
    }
    text.push_str("]]}");
}

/// The same district as a project, without the way over degrees.
pub fn project(n: usize, seed: u64) -> Project {
    let mut project = Project::new("District", Origin::new(ORIGIN_DEG[0], ORIGIN_DEG[1]), "Variant A");
    for (i, parcel) in parcels(n, seed).enumerate() {
        let (plot_id, building_id, volume_id) = (project.take_id(), project.take_id(), project.take_id());
        let mut plot = Plot::new(plot_id, format!("Plot {i}"), Outline::from_points(parcel.plot));
        plot.code = format!("P{i}");
        plot.region = region(i);
        let name = format!("Hall {i}");
        let building = Building::new(building_id, name.clone(), Some(plot_id));
        let mut volume = Volume::new(volume_id, building_id, name, Outline::from_points(parcel.footprint));
        volume.code = format!("V{i}");
        for run in &parcel.runs {
            let shares = run.uses.iter().map(|&(id, share)| UseShare { id: id.into(), share });
            let storey = Storey { uses: Uses::new(shares), ..Storey::new("office", run.height_m) };
            volume.storeys.extend(std::iter::repeat_n(storey, run.count));
        }
        let variant = &mut project.variants[0];
        variant.plots.insert(plot);
        variant.buildings.insert(building);
        variant.volumes.insert(volume);
    }
    project
}

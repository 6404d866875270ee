//! How long things take: `cargo bench --bench speed`, a part of it with `cargo bench --bench speed -- load`.
//!
//! Synthetic districts, the same on every machine; beside each kind of work a bare loop ([`bare`]), because times move
//! with the machine. The tables at the end are those of `tests/README.md`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a program that measures and tells")]

mod apart;
mod bare;
#[cfg(feature = "gui")]
mod frame;
mod maps;
mod recipes;
#[path = "../core/synthetic.rs"]
mod synthetic;
mod table;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, SamplingMode};
use maakblok::chart::{Ask, Chart, ChartId};
use maakblok::crs::Frame;
use maakblok::edit::{Edit, EditBuilder, Label};
use maakblok::geometry::{Outline, Point, point, united};
use maakblok::i18n::Lang;
use maakblok::io::drawing::{PictureFormat, PlanPicture, draw_plan};
use maakblok::io::geojson::{ImportOptions, import};
use maakblok::io::native;
use maakblok::io::save::{SaveOptions, save};
use maakblok::library::{Library, Typology};
use maakblok::look::Role;
use maakblok::measure::{Scope, Sums};
use maakblok::model::{Axes, Context, ContextKind, ContextShape, Id, Project, Region};
use maakblok::scene::{Camera, PlanOptions, plan};
use maakblok::schedule::{Schedule, ScheduleKind};
use maakblok::studio::snap::{self, Lock, SnapOff, Target};
use maakblok::studio::{Index, Kind, MapEdges, Operation, Session, Sight, operate};

use synthetic::Random;
use table::{Apart, Measured, Row};

const SEED: u64 = 7;
const SIZES: [usize; 3] = [10, 1_000, 100_000];
const PICTURE_PX: [u32; 2] = [1920, 1080];

/// A district and the files made of it.
struct District {
    n: usize,
    project: Project,
    /// `district.maakblok`.
    file: PathBuf,
    exchange: PathBuf,
    folder: tempfile::TempDir,
}

impl District {
    fn new(n: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = synthetic::project(n, SEED);
        let (file, exchange) = (folder.path().join("district.maakblok"), folder.path().join("district.geojson"));
        std::fs::write(&file, native::write(&project).unwrap()).unwrap();
        std::fs::write(&exchange, synthetic::exchange(n, SEED)).unwrap();
        Self { n, project, file, exchange, folder }
    }

    fn variant(&self) -> Id {
        self.project.variants[0].id
    }
}

fn main() {
    if apart::is_measured() {
        return;
    }
    let measures = std::env::args().any(|arg| arg == "--bench");
    let filtered = std::env::args().skip(1).any(|arg| !arg.starts_with('-'));
    // Without `--bench` everything is only tried once, and that goes quicker with less.
    let sizes = if measures { &SIZES[..] } else { &SIZES[..2] };
    let measured = Measured { folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed"), since: SystemTime::now() };
    let mut c = Criterion::default()
        .without_plots()
        .nresamples(10_000)
        .output_directory(&measured.folder)
        .configure_from_args();
    for &n in sizes {
        let district = District::new(n);
        files(&mut c, &district);
        figures(&mut c, &district);
        view(&mut c, &district);
        if n == 1_000 {
            operations(&mut c, &district);
        }
        #[cfg(feature = "gui")]
        if n == 1_000 {
            frames(&mut c, &district);
        }
        #[cfg(feature = "gui")]
        if n == 100_000 {
            let mut window = frame::Dragging::new(&district.file, Some(4.0));
            group(&mut c, "frame", 0).bench_function("large", |b| b.iter(|| window.step()));
        }
    }
    for n in if measures { [10_000, 100_000] } else { [10, 1_000] } {
        pictures(&mut c, n);
    }
    maps::maps(&mut c);
    typologies(&mut c, if measures { 10_000 } else { 100 });
    c.final_summary();
    if measures {
        println!();
        table::print(&measured, ROWS);
        if !filtered {
            processes();
        }
    }
}

/// A group whose samples suit work that takes as long as work on a district of `n` buildings.
fn group<'c>(c: &'c mut Criterion, name: &str, n: usize) -> BenchmarkGroup<'c, WallTime> {
    let mut group = c.benchmark_group(name);
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(600));
    if n > 1_000 {
        group.sampling_mode(SamplingMode::Flat);
    }
    group
}

/// Measures without the time that it takes to let go of the result.
fn bench<T>(c: &mut Criterion, name: &str, n: usize, mut work: impl FnMut() -> T) {
    let mut group = group(c, name, n);
    group.bench_function(n.to_string(), |b| b.iter_batched(|| (), |()| work(), BatchSize::PerIteration));
    group.finish();
}

fn files(c: &mut Criterion, district: &District) {
    let n = district.n;
    bench(c, "load", n, || native::load(&district.file).unwrap());
    bench(c, "load-bare", n, || bare::load(&district.file).unwrap());
    let path = district.folder.path().join("saved.maakblok");
    let overwrite = || SaveOptions { overwrite: true, ..SaveOptions::default() };
    // A file that says the same already is left alone, so two projects take turns.
    let mut other = district.project.clone();
    other.description = "Another".to_owned();
    let mut turns = [&district.project, &other].into_iter().cycle();
    bench(c, "save", n, || save(turns.next().unwrap(), &path, overwrite()).unwrap());
    let bytes = native::write(&district.project).unwrap();
    bench(c, "save-bare", n, || bare::save(&bytes, &path).unwrap());
    let text = std::fs::read(&district.exchange).unwrap();
    bench(c, "exchange", n, || {
        let project = import(&text, &ImportOptions::default()).unwrap().project;
        let sums = Sums::new(&project, project.variants[0].id);
        maakblok::measure::write_json(&sums.report_stream(&project).unwrap(), std::io::sink()).unwrap();
        project
    });
    bench(c, "exchange-bare", n, || bare::exchange(&text, std::io::sink()).unwrap());
}

fn figures(c: &mut Criterion, district: &District) {
    let (n, project) = (district.n, &district.project);
    bench(c, "sums", n, || Sums::new(project, district.variant()));
    bench(c, "report", n, || Sums::new(project, district.variant()).report(project).unwrap());
    bench(c, "report-bare", n, || bare::report(project));

    // What is made in a thread of a project that is handed to it whole.
    let sums = Sums::new(project, district.variant());
    bench(c, "clone", n, || project.clone());
    bench(c, "tables", n, || ScheduleKind::ALL.map(|kind| Schedule::new(kind, project, &sums, &Scope::All)));
    let ask = Ask {
        project,
        sums: &sums,
        scope: &Scope::All,
        scope_name: "",
        library: &sums.coefficients().library,
        lang: Lang::En,
        size_px: [680.0, 430.0],
        paper: Role::Raised,
        title: None,
        references: &[],
        trail: &[],
    };
    for id in ChartId::ALL {
        bench(c, &format!("chart-{}", id.key()), n, || Chart::new(id, &ask));
    }

    let mut session = Session::new(project.clone()).unwrap();
    let volume = session.variant().volumes.iter().nth(n / 2).unwrap();
    let (id, plot) = (volume.id, session.variant().plot_of(volume).unwrap());
    let mut edit = EditBuilder::new(project, district.variant(), Label::new("edit-move"));
    edit.change_volume(project, id, |volume| {
        volume.footprint = volume.footprint.translated(point(1.0, 0.5));
        volume.storeys.truncate(1);
    });
    let edit: Edit = edit.finish();
    let mut group = group(c, "edit", n);
    group.bench_function(n.to_string(), |b| {
        b.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                let edit = edit.clone();
                let start = Instant::now();
                session.apply(edit).unwrap();
                let sums = session.sums().unwrap();
                black_box((sums.totals(), Region::ALL.map(|region| sums.region(region)), sums.plot(plot)));
                spent += start.elapsed();
                session.undo();
                session.take_journalled();
            }
            spent
        });
    });
    group.finish();
}

fn view(c: &mut Criterion, district: &District) {
    let n = district.n;
    let variant = &district.project.variants[0];
    let index = Index::new(variant);
    bench(c, "index", n, || Index::new(variant));
    let bounds = variant.bounds().unwrap();
    let mut random = Random::new(SEED);
    let mut places = std::iter::repeat_with(|| {
        point(random.within(bounds.min.x, bounds.max.x), random.within(bounds.min.y, bounds.max.y))
    });
    let places: Vec<Point> = places.by_ref().take(1_000).collect();
    let mut places = places.iter().copied().cycle();
    let mut group = group(c, "hit", 0);
    group.bench_function(n.to_string(), |b| b.iter(|| index.hit(variant, places.next().unwrap(), 0.5)));
    group.bench_function(format!("{n}-bare"), |b| b.iter(|| bare::hit(variant, places.next().unwrap())));
    group.finish();

    // A line is being drawn, so that squares and feet are looked for as well.
    let context = Index::of_context(&district.project);
    let off = SnapOff::default();
    let origin = &district.project.origin;
    let map = MapEdges::new(&Frame::new(origin.lon_deg, origin.lat_deg).unwrap());
    let drawn = [bounds.min, point(bounds.min.x, bounds.min.y + 10.0)];
    let target = Target {
        project: &district.project,
        variant,
        index: &index,
        context: &context,
        map: Some(&map),
        px_per_m: 4.0,
        sight: Sight { layers: &district.project.layers, only: None },
        without: &[],
        drawn: &drawn,
        held: None,
        lock: Lock::Free,
        reference: None,
        axes: Axes::default(),
        off: &off,
        suspended: false,
    };
    let mut group = self::group(c, "snap", 0);
    group.bench_function(n.to_string(), |b| b.iter(|| snap::find(&target, places.next().unwrap())));
    group.finish();
    // The same beside one line of as many edges as there are buildings.
    let mut project = district.project.clone();
    let out_m = bounds.width_m() / 2.0;
    let bank = (0..n).map(|i| {
        let turn = i as f64 / n as f64 * std::f64::consts::TAU;
        bounds.centre() + Point { x: out_m * turn.cos(), y: out_m * turn.sin() }
    });
    let shape = ContextShape::Area(Outline::from_points(bank));
    let (id, name, kind, extra) =
        (project.take_id(), String::new(), ContextKind::Water, maakblok::record::Extra::default());
    project.context.insert(Context { id, name, kind, shape, height_m: None, credit: String::new(), extra });
    let around = Index::of_context(&project);
    let target = Target { project: &project, context: &around, ..target };
    let mut on_bank = (0..1_000).map(|i| {
        let turn = f64::from(i) / 1_000.0 * std::f64::consts::TAU;
        bounds.centre() + Point { x: out_m * turn.cos(), y: out_m * turn.sin() }
    });
    let on_bank: Vec<Point> = on_bank.by_ref().collect();
    let mut on_bank = on_bank.iter().copied().cycle();
    let mut group = self::group(c, "snap-bank", 0);
    group.bench_function(n.to_string(), |b| b.iter(|| snap::find(&target, on_bank.next().unwrap())));
    group.finish();

    let library = Library::with_overrides(&district.project.uses);
    let size_px = PICTURE_PX.map(f64::from);
    let all = Camera::fit(bounds, size_px, 100.0);
    for (name, camera) in [("scene-all", all), ("scene-near", Camera { px_per_m: 4.0, ..all })] {
        bench(c, name, n, || {
            let found = index.meeting(camera.bounds());
            let of = |kind| found.iter().filter(move |(k, _)| *k == kind).map(|(_, id)| *id).collect::<Vec<Id>>();
            let (plots, volumes) = (of(Kind::Plot), of(Kind::Volume));
            let options = PlanOptions {
                volumes: Some(&volumes),
                plots: Some(&plots),
                ..PlanOptions::new(Lang::En, &library).seen_by(&camera)
            };
            plan(&district.project, variant, &options)
        });
    }
}

/// Polygons that fill a picture: a district of its proportions whose footprints stand as close as they can, so that
/// each covers as many pixels as their number allows.
fn pictures(c: &mut Criterion, n: usize) {
    let mut project = synthetic::project(0, SEED);
    let columns = (n as f64 * f64::from(PICTURE_PX[0]) / f64::from(PICTURE_PX[1])).sqrt().round() as usize;
    for (i, (parcel, full)) in
        synthetic::parcels(n, SEED).zip(synthetic::project(n, SEED).variants[0].volumes.iter()).enumerate()
    {
        let side = (n as f64).sqrt().ceil() as usize;
        let half = side as f64 / 2.0;
        let was = Point { x: ((i % side) as f64 - half) * 60.0, y: ((i / side) as f64 - half) * 60.0 };
        let now = Point { x: (i % columns) as f64 * 60.0, y: (i / columns) as f64 * 60.0 };
        let mut volume = maakblok::model::Volume::clone(full);
        volume.footprint = Outline::from_points(parcel.footprint.iter().map(|&p| now + (p - was) * 2.0));
        project.variants[0].volumes.insert(volume);
    }
    let id = project.variants[0].id;
    let picture = PlanPicture { size_px: PICTURE_PX.map(f64::from), ..PlanPicture::default() };
    bench(c, "png", n, || draw_plan(&project, id, &picture, PictureFormat::Png).unwrap());
    bench(c, "png-bare", n, || bare::png(&project.variants[0], PICTURE_PX));
}

#[cfg(feature = "gui")]
fn frames(c: &mut Criterion, district: &District) {
    let mut group = group(c, "frame", 0);
    for (name, px_per_m) in [("all", None), ("1px", Some(1.0)), ("2px", Some(2.0)), ("4px", Some(4.0))] {
        let mut window = frame::Dragging::new(&district.file, px_per_m);
        group.bench_function(name, |b| b.iter(|| window.step()));
    }
    // The same among 25,000 buildings of the surroundings, 100,000 edges.
    let crowded = district.folder.path().join("crowded.maakblok");
    std::fs::write(&crowded, native::write(&crowded_by(&district.project, 25_000)).unwrap()).unwrap();
    let mut window = frame::Dragging::new(&crowded, Some(4.0));
    group.bench_function("crowded", |b| b.iter(|| window.step()));
    let mut window = frame::Empty::new();
    group.bench_function("empty", |b| b.iter(|| window.step()));
    group.finish();
}

/// A project with so many buildings around it, four edges each, on a grid that covers the site and more.
#[cfg(feature = "gui")]
fn crowded_by(project: &Project, n: usize) -> Project {
    let mut project = project.clone();
    let side = (n as f64).sqrt().ceil() as usize;
    for i in 0..n {
        let at = Point { x: (i % side) as f64 - side as f64 / 2.0, y: (i / side) as f64 - side as f64 / 2.0 } * 18.0;
        let outline = Outline::rectangle(point(at.x, at.y), point(at.x + 11.0, at.y + 9.0));
        let (id, name, extra) = (project.take_id(), String::new(), maakblok::record::Extra::default());
        let (kind, shape, height_m) = (ContextKind::Building, ContextShape::Area(outline), Some(9.0));
        project.context.insert(Context { id, name, kind, shape, height_m, credit: String::new(), extra });
    }
    project
}

/// What can be done to a thousand selected shapes at once.
fn operations(c: &mut Criterion, district: &District) {
    let session = Session::new(district.project.clone()).unwrap();
    let ids: Vec<Id> = session.variant().volumes.iter().map(|volume| volume.id).collect();
    for (name, operation) in [
        ("offset", Operation::Offset(-1.0)),
        ("split", Operation::SplitInto(3)),
        ("square", Operation::Square { to_axes: false }),
        ("turn", Operation::Turn(12.5)),
    ] {
        bench(c, name, district.n, || session.with_ctx(Lang::En, |ctx| operate(ctx, &ids, operation)));
    }
    // In one place, so that they hang together.
    let near: Vec<Outline> = (0..district.n)
        .map(|i| {
            let at = Point { x: (i % 32) as f64, y: (i / 32) as f64 } * 9.5;
            Outline::rectangle(point(at.x, at.y), point(at.x + 10.0, at.y + 10.0 + (i % 3) as f64))
        })
        .collect();
    let outlines: Vec<&Outline> = near.iter().collect();
    bench(c, "union", district.n, || united(&outlines));
    bench(c, "subtract", district.n, || near[0].without(&outlines[1..]));
    bench(c, "cut", district.n, || {
        near.iter().map(|outline| outline.cut_along(&[point(-50.0, -40.0), point(400.0, 390.0)]).len()).sum::<usize>()
    });
}

/// Typologies made anew on a plot of two hectares, and one put on many parcels.
fn typologies(c: &mut Criterion, n: usize) {
    let library = Library::built_in();
    let projects = recipes::on_two_hectares();
    bench(c, "remake", projects.len(), || {
        projects.iter().map(|project| recipes::remade(project, &library).changes.len()).sum::<usize>()
    });
    let parcels = recipes::parcels(n);
    let stack = Typology::named("T06").expect("the catalogue has it");
    bench(c, "paint", n, || recipes::painted(&parcels, stack, &library));
    let mut pulled: Vec<_> = projects.iter().filter_map(recipes::Pulled::new).collect();
    bench(c, "pull", pulled.len(), || pulled.iter_mut().map(recipes::Pulled::pull).sum::<u64>());
    let (mut session, edit) = recipes::moved(1_000, &library);
    bench(c, "move-with", 1_000, || {
        session.apply(edit.clone()).expect("it fits");
        session.undo()
    });
}

/// What is measured in processes of their own: the command line's report, and what a project holds in memory.
fn processes() {
    let [small, large] = [1_000, 100_000].map(District::new);
    let [bare_small, bare] = [&small, &large].map(|district| apart::measure("bare", &district.exchange, 5));
    let report = |words, aims, format, district: &District| {
        let bare = if district.n == small.n { bare_small } else { bare };
        Apart { words, aims, cost: apart::measure(format, &district.exchange, 5), bare }
    };
    table::print_apart(&[
        report("exchange GeoJSON → report, 1,000 plots", Some([30.0, 250.0]), "json", &small),
        report("exchange GeoJSON → report, 100,000 plots", Some([1e3, 250.0]), "json", &large),
        report("the same as text", Some([1e3, 250.0]), "text", &large),
        report("the same as CSV", None, "csv", &large),
    ]);
    println!();
    for district in [&small, &large] {
        let kept = apart::measure("session", &district.file, 3).kept_bytes;
        if let Some(kept) = kept {
            let each = kept as f64 / district.n as f64 / 1e3;
            println!(
                "An open project of {} buildings holds {:.1} MB, {each:.2} kB each.",
                district.n,
                kept as f64 / 1e6
            );
        }
    }
    for district in [small, large] {
        let file = std::fs::metadata(&district.file).map_or(0, |m| m.len()) as f64 / 1e6;
        let exchange = std::fs::metadata(&district.exchange).map_or(0, |m| m.len()) as f64 / 1e6;
        println!("Files of {} buildings: {file:.1} MB as project, {exchange:.1} MB as exchange GeoJSON.", district.n);
    }
}

/// The lines of the first table.
const ROWS: &[Row] = &[
    Row("load a project, 10 buildings", "load/10", None, Some("load-bare/10")),
    Row("load a project, 1,000", "load/1000", None, Some("load-bare/1000")),
    Row("load a project, 100,000", "load/100000", Some(1e3), Some("load-bare/100000")),
    Row("save a project, 10", "save/10", None, Some("save-bare/10")),
    Row("save a project, 1,000", "save/1000", None, Some("save-bare/1000")),
    Row("save a project, 100,000", "save/100000", None, Some("save-bare/100000")),
    Row("exchange GeoJSON → report, 10", "exchange/10", None, Some("exchange-bare/10")),
    Row("exchange GeoJSON → report, 1,000", "exchange/1000", Some(30.0), Some("exchange-bare/1000")),
    Row("exchange GeoJSON → report, 100,000", "exchange/100000", Some(1e3), Some("exchange-bare/100000")),
    Row("sums, 100,000", "sums/100000", None, Some("report-bare/100000")),
    Row("full report, 10", "report/10", None, Some("report-bare/10")),
    Row("full report, 1,000", "report/1000", None, Some("report-bare/1000")),
    Row("full report, 100,000", "report/100000", None, Some("report-bare/100000")),
    Row("figures of all and of the plot after one edit, 10", "edit/10", Some(1.0), None),
    Row("figures of all and of the plot after one edit, 1,000", "edit/1000", Some(1.0), None),
    Row("figures of all and of the plot after one edit, 100,000", "edit/100000", Some(1.0), Some("report-bare/100000")),
    Row("all tables, 1,000", "tables/1000", None, None),
    Row("all tables, 100,000 (in a thread)", "tables/100000", None, None),
    Row("chart of densities, 1,000", "chart-spacematrix/1000", Some(4.0), None),
    Row("chart of mixes, 1,000", "chart-mix/1000", Some(4.0), None),
    Row("chart of buildings, 1,000", "chart-buildings/1000", Some(4.0), None),
    Row("chart of levels, 1,000", "chart-storeys/1000", Some(4.0), None),
    Row("chart of densities, 100,000 (in a thread)", "chart-spacematrix/100000", None, None),
    Row("chart of mixes, 100,000 (in a thread)", "chart-mix/100000", None, None),
    Row("chart of buildings, 100,000 (in a thread)", "chart-buildings/100000", None, None),
    Row("chart of levels, 100,000 (in a thread)", "chart-storeys/100000", None, None),
    Row("a project handed to a thread, 100,000", "clone/100000", None, None),
    Row("spatial index, 100,000", "index/100000", None, None),
    Row("hit test, 10", "hit/10", None, Some("hit/10-bare")),
    Row("hit test, 1,000", "hit/1000", None, Some("hit/1000-bare")),
    Row("hit test, 100,000", "hit/100000", None, Some("hit/100000-bare")),
    Row("snap query, 10", "snap/10", Some(0.2), None),
    Row("snap query, 1,000", "snap/1000", Some(0.2), None),
    Row("snap query, 100,000", "snap/100000", Some(0.2), None),
    Row("snap query on a bank of 100,000 edges", "snap-bank/100000", Some(0.2), None),
    Row("each of the twenty typologies made anew on 2 ha, together", "remake/20", Some(80.0), None),
    Row("a handle of each of the twenty pulled for a frame, together", "pull/20", Some(320.0), None),
    Row("1,000 plots moved with their blocks, and back", "move-with/1000", None, None),
    Row("a typology put on 10,000 parcels", "paint/10000", Some(5e3), None),
    Row("1,000 selected outlines drawn in", "offset/1000", None, None),
    Row("1,000 selected outlines split into 3", "split/1000", None, None),
    Row("1,000 selected outlines made square", "square/1000", None, None),
    Row("1,000 selected volumes turned", "turn/1000", None, None),
    Row("1,000 outlines that hang together united", "union/1000", None, None),
    Row("one outline without 999 others", "subtract/1000", None, None),
    Row("1,000 outlines cut by one line", "cut/1000", None, None),
    Row("scene of everything, 10", "scene-all/10", None, None),
    Row("scene of everything, 1,000", "scene-all/1000", None, None),
    Row("scene of everything, 100,000", "scene-all/100000", None, None),
    Row("scene at 4 px/m, 1,000", "scene-near/1000", None, None),
    Row("scene at 4 px/m, 100,000", "scene-near/100000", None, None),
    Row("plan of 10,000 polygons to PNG", "png/10000", Some(300.0), Some("png-bare/10000")),
    Row("plan of 100,000 polygons to PNG", "png/100000", Some(1.5e3), Some("png-bare/100000")),
    Row("frame while dragging, 1,000 buildings in sight", "frame/all", Some(8.0), Some("frame/empty")),
    Row("frame while dragging at 1 px/m", "frame/1px", Some(8.0), Some("frame/empty")),
    Row("frame while dragging at 2 px/m", "frame/2px", Some(8.0), Some("frame/empty")),
    Row("frame while dragging at 4 px/m", "frame/4px", Some(8.0), Some("frame/empty")),
    Row("the same in a project of 100,000 buildings", "frame/large", Some(8.0), Some("frame/empty")),
    Row("the same among 100,000 edges of the surroundings", "frame/crowded", Some(8.0), Some("frame/empty")),
    Row("a first view of a packed city, 1920 × 1080, where it is densest", "map/first-view-dense", Some(300.0), None),
    Row("a first view of a packed site", "map/first-view-site", Some(300.0), None),
    Row("what maps cost a frame while the densest view is moved", "map/frame-dense", Some(4.0), None),
    Row("the same at a site", "map/frame-site", Some(4.0), None),
    Row("the canal zone packed from OpenStreetMap", "map/pack-canal-zone", None, None),
    Row("the region packed from OpenStreetMap", "map/pack-region", Some(2e4), None),
];

//! The plan as scene, SVG and PNG.

use std::sync::Arc;

use maakblok::geometry::{Bounds, Outline, Point, Ring, point};
use maakblok::i18n::Lang;
use maakblok::io::picture::PictureOptions;
use maakblok::io::{png, svg};
use maakblok::library::{Family, Library, UseLook};
use maakblok::look::{Rgba, Role, Stroke, Theme, tokens};
use maakblok::model::{ContextKind, Plot};
use maakblok::scene::{Camera, HatchMarks, Layer, Paint, Pen, PlanOptions, PlanPart, Scene, Shape, plan};
use proptest::prelude::*;

use super::werkhof::{Maker, rectangle, turned, werkhof};

fn camera(size_px: [f64; 2]) -> Camera {
    let site = Bounds::around(rectangle(-60.0, -35.0, 230.0, 150.0).outer().iter().copied()).expect("it has corners");
    Camera::fit(site, size_px, 0.0)
}

fn scene(camera: &Camera) -> Scene {
    let (project, variant) = werkhof();
    let library = Library::built_in();
    plan(&project, &variant, &PlanOptions { subjects: true, ..PlanOptions::new(Lang::Nl, &library).seen_by(camera) })
}

fn options(theme: Theme) -> PictureOptions<'static> {
    PictureOptions {
        credits: "schematic map · © OpenStreetMap contributors",
        title: "Werkhof · Sokkel",
        ..PictureOptions::new(theme, Lang::Nl)
    }
}

#[test]
fn a_camera_finds_its_way_back() {
    let camera = Camera { centre_local: point(120.5, -33.25), px_per_m: 3.78, size_px: [1920.0, 1080.0] };
    let there = camera.screen_from_world(point(100.0, 0.0));
    let back = camera.world_from_screen(there);
    assert!((back.x - 100.0).abs() < 1e-9 && back.y.abs() < 1e-9);
    assert_eq!(camera.screen_from_world(camera.centre_local), [960.0, 540.0]);
    assert!(camera.screen_from_world(point(120.5, 0.0))[1] < 540.0, "north is up");

    // 200 m × 50 m in 1000 × 500 px with margins of 100: 800 px for 200 m.
    let bounds = Bounds { min: point(0.0, 0.0), max: point(200.0, 50.0) };
    let fitted = Camera::fit(bounds, [1000.0, 500.0], 100.0);
    assert_eq!(fitted.px_per_m, 4.0);
    assert_eq!(fitted.screen_from_world(bounds.min), [100.0, 350.0]);
    let nothing = Bounds { min: point(5.0, 5.0), max: point(5.0, 5.0) };
    assert!(Camera::fit(nothing, [1000.0, 500.0], 100.0).px_per_m.is_finite());

    let zoomed = camera.zoomed(2.0, [10.0, 20.0]);
    let (held, still) = (camera.world_from_screen([10.0, 20.0]), zoomed.world_from_screen([10.0, 20.0]));
    assert!((held.x - still.x).abs() < 1e-9 && (held.y - still.y).abs() < 1e-9);
    let panned = camera.panned([30.0, -40.0]).screen_from_world(point(100.0, 0.0));
    assert!((panned[0] - there[0] - 30.0).abs() < 1e-9 && (panned[1] - there[1] + 40.0).abs() < 1e-9);
}

#[test]
fn towers_are_painted_over_what_they_stand_on() {
    let camera = camera([1920.0, 1080.0]);
    let scene = scene(&camera);
    let place = |name: &str| {
        let found = scene.subjects.iter().find(|(_, subject)| subject.name == name);
        found.map_or_else(|| panic!("{name} is not drawn"), |(at, _)| *at)
    };
    assert!(place("Quay hall") < place("House 2") && place("House 2") < place("House 1"));
    assert!(place("Stack") < place("Greenhouse"));
    let layer = |at: usize| scene.layers.iter().rev().find(|(begin, _)| *begin <= at).map(|(_, layer)| *layer);
    assert_eq!(layer(place("House 1")), Some(Layer::Volumes));
    for hidden in ["Cellar", "Shed", "Tie"] {
        assert_eq!(layer(place(hidden)), Some(Layer::Hidden), "{hidden}");
        let Shape::Line { pen, .. } = &scene.shapes[place(hidden)] else { panic!("{hidden} is not a line") };
        assert!(pen.dash.is_some(), "{hidden}");
    }
    let label_after = |name: &str| match &scene.shapes[place(name)..] {
        [_, rest @ ..] => rest.iter().find_map(|shape| match shape {
            Shape::Label(label) => Some(label.text.clone()),
            _ => None,
        }),
        [] => None,
    };
    assert_eq!(label_after("House 3").as_deref(), Some("6"), "the storeys of the volume");
}

#[test]
fn small_things_are_left_out_before_they_are_painted() {
    let (project, variant) = werkhof();
    let library = Library::built_in();
    let everything = plan(&project, &variant, &PlanOptions::new(Lang::En, &library));
    let far = PlanOptions { px_per_m: Some(0.2), ..PlanOptions::new(Lang::En, &library) };
    let overview = plan(&project, &variant, &far);
    let labels = |scene: &Scene| scene.shapes.iter().filter(|shape| matches!(shape, Shape::Label(_))).count();
    assert!(overview.shapes.len() < everything.shapes.len());
    assert!(labels(&overview) < labels(&everything));
    let hatched = |shape: &Shape| matches!(shape, Shape::Area { hatch: Some(_), .. });
    assert!(everything.shapes.iter().any(hatched) && !overview.shapes.iter().any(hatched));
    let nowhere = Bounds { min: point(5_000.0, 5_000.0), max: point(5_100.0, 5_100.0) };
    let elsewhere = PlanOptions { view: Some(nowhere), ..PlanOptions::new(Lang::En, &library) };
    assert!(plan(&project, &variant, &elsewhere).shapes.is_empty());
}

#[test]
fn no_point_of_the_ground_is_shaded_twice() {
    let scene = scene(&camera([1920.0, 1080.0]));
    let shades: Vec<&Outline> = scene
        .shapes
        .iter()
        .enumerate()
        .filter(|(at, _)| {
            scene.layers.iter().rev().find(|(begin, _)| begin <= at).is_some_and(|l| l.1 == Layer::Shadows)
        })
        .filter_map(|(_, shape)| match shape {
            Shape::Area { outline, .. } => Some(&**outline),
            _ => None,
        })
        .collect();
    let each: f64 = shades.iter().map(|outline| outline.area_m2()).sum();
    assert!(shades.len() > 1 && (each - maakblok::geometry::union_area_m2(&shades)).abs() < 0.01);
    // The school: 3 × 4 m high, 38 m × 12 m with a court of 12 m × 6 m. The shadow of 12 m is 3.6 m east and 2.88 m
    // north, 4.083 m and 2.140 m along the sides turned by 11°; it fills part of the court.
    let (along, across) = (3.6 * 11f64.to_radians().cos() + 2.88 * 11f64.to_radians().sin(), {
        2.88 * 11f64.to_radians().cos() - 3.6 * 11f64.to_radians().sin()
    });
    let swept = 38.0 * 12.0 + 38.0 * across + 12.0 * along;
    let lit = (12.0 - along) * (6.0 - across);
    let school = shades.iter().find(|shade| !shade.holes().is_empty()).expect("its court keeps some light");
    assert!((school.area_m2() - (swept - lit)).abs() < 0.01, "{} is not {}", school.area_m2(), swept - lit);
}

fn pixel(picture: &tiny_skia::Pixmap, camera: &Camera, at: Point) -> Rgba {
    let [x, y] = camera.screen_from_world(at);
    let pixel = picture.pixel(x as u32, y as u32).expect("the point is on the picture");
    Rgba([pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
}

#[test]
fn pixels_have_the_colours_of_the_look() {
    let camera = camera([1200.0, 800.0]);
    let mut scene = scene(&camera);
    // Hatches would make a probe a matter of luck.
    for shape in &mut scene.shapes {
        if let Shape::Area { hatch, .. } = shape {
            *hatch = None;
        }
    }
    for theme in Theme::ALL {
        let picture = png::render(&scene, &camera, &options(theme)).expect("it has a size");
        let tokens = tokens();
        let at = |x, y| pixel(&picture, &camera, turned(x, y));
        let of_use = |id: &str, family| tokens.use_color(theme, &UseLook::given(id, family));
        assert_eq!(at(10.0, 59.0), of_use("housing", Family::Housing), "House 1 in {}", theme.key());
        assert_eq!(at(36.0, 12.0), of_use("food_production", Family::Making), "West hall in {}", theme.key());
        assert_eq!(at(70.0, 12.0), of_use("final_mile_logistics", Family::Logistics), "East hall in {}", theme.key());
        assert_eq!(at(-20.0, 105.0), tokens.color(theme, Role::MapWater), "canal in {}", theme.key());
        assert_eq!(at(20.0, 81.5), tokens.color(theme, Role::MapRoad), "quay in {}", theme.key());
        assert_eq!(at(40.0, 4.0), tokens.color(theme, Role::Yard), "yard in {}", theme.key());
        assert_eq!(at(116.0, 4.0), tokens.color(theme, Role::Ground), "ground in {}", theme.key());
    }
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let camera = camera([700.0, 500.0]);
    let make = || {
        let scene = scene(&camera);
        let mut file = Vec::new();
        svg::write(&scene, &camera, &options(Theme::Paper), &mut file).expect("memory can be written");
        let picture = png::render(&scene, &camera, &options(Theme::Paper)).expect("it has a size");
        (file, png::encode(&picture).expect("it can be packed"))
    };
    let (first, second) = (make(), make());
    assert!(first == second);
    let decoded = image::load_from_memory(&first.1).expect("it is a picture");
    assert_eq!((decoded.width(), decoded.height()), (700, 500));
}

#[test]
fn bands_meet_without_a_seam() {
    // A slanting edge over the whole height: every row has the grey of its place, also where two bands meet.
    let outline = Arc::new(Outline::from_points([
        point(-50.0, -50.0),
        point(30.0, -50.0),
        point(-10.0, 50.0),
        point(-50.0, 50.0),
    ]));
    let fill = Some(Paint::Role(Role::Ink1));
    let mut scene = Scene::default();
    scene.push(Shape::Area { outline, fill, hatch: None, pen: None });
    let camera = Camera { centre_local: point(0.0, 0.0), px_per_m: 4.0, size_px: [400.0, 400.0] };
    let bare = PictureOptions { scale_bar: false, north: false, ..PictureOptions::new(Theme::Print, Lang::En) };
    let picture = png::render(&scene, &camera, &bare).expect("it has a size");
    let dark_in_row = |row: u32| -> f64 {
        (0..400).map(|x| f64::from(255 - picture.pixel(x, row).expect("it is there").red()) / 255.0).sum()
    };
    for row in 0..400 {
        // The edge runs from x = 160 px at the top to 320 px at the bottom.
        let expected = 160.0 + 160.0 * (f64::from(row) + 0.5) / 400.0;
        assert!((dark_in_row(row) - expected).abs() < 0.6, "row {row}: {} is not {expected}", dark_in_row(row));
    }
}

#[test]
fn an_svg_holds_every_shape_once_and_says_what_it_is() {
    let (project, variant) = werkhof();
    let library = Library::built_in();
    let scene = plan(&project, &variant, &PlanOptions { subjects: true, ..PlanOptions::new(Lang::Nl, &library) });
    let camera = Camera::fit(scene.bounds().expect("there is something"), [4_000.0, 3_000.0], 50.0);
    let mut file = Vec::new();
    let bare = PictureOptions { scale_bar: false, north: false, ..PictureOptions::new(Theme::Paper, Lang::Nl) };
    svg::write(&scene, &camera, &bare, &mut file).expect("memory can be written");
    let file = String::from_utf8(file).expect("it is UTF-8");
    let count = |class: &str| file.matches(&format!("class=\"{class}\"")).count();
    let shapes = |is: fn(&Shape) -> bool| scene.shapes.iter().filter(|shape| is(shape)).count();
    assert_eq!(count("area"), shapes(|shape| matches!(shape, Shape::Area { .. })));
    assert_eq!(count("line"), shapes(|shape| matches!(shape, Shape::Line { .. })));
    assert_eq!(count("sign"), shapes(|shape| matches!(shape, Shape::Sign { .. })));
    assert_eq!(file.matches("<g").count(), file.matches("</g>").count());
    assert!(file.contains("data-name=\"Keep the chimney &amp; &quot;arch&quot; &lt;1924&gt;\""));
    for layer in ["map", "ground", "plots", "shadows", "volumes", "hidden", "signs"] {
        assert_eq!(file.matches(&format!("<g id=\"{layer}\">")).count(), 1, "{layer}");
    }
    assert_eq!(file.matches("@font-face").count(), 2, "regular and medium are used, light is not");
}

#[test]
fn a_small_svg_reads_as_it_should() {
    let mut make = Maker::new();
    make.around(ContextKind::Water, "", Outline::rectangle(point(-30.0, 14.0), point(30.0, 24.0)));
    let plot = make.project.take_id();
    make.variant.plots.insert(Plot::new(plot, "Kavel", Outline::rectangle(point(-20.0, -14.0), point(20.0, 12.0))));
    make.volume("Hall", Outline::rectangle(point(-16.0, -10.0), point(10.0, 8.0)), 0.0, &[("office", 6.0)]);
    make.volume("House", Outline::rectangle(point(-14.0, -8.0), point(-4.0, 6.0)), 6.0, &[("housing", 3.0); 3]);
    let camera = Camera { centre_local: point(0.0, 3.0), px_per_m: 5.0, size_px: [300.0, 220.0] };
    let library = Library::built_in();
    let options = PlanOptions { subjects: true, ..PlanOptions::new(Lang::En, &library).seen_by(&camera) };
    let scene = plan(&make.project, &make.variant, &options);
    let mut file = Vec::new();
    let picture =
        PictureOptions { embed_fonts: false, title: "Kavel < 1 ha", ..PictureOptions::new(Theme::Paper, Lang::En) };
    svg::write(&scene, &camera, &picture, &mut file).expect("memory can be written");
    insta::assert_snapshot!(String::from_utf8(file).expect("it is UTF-8"));
}

/// Things of about a pixel, at every fraction of one, and half outside the picture.
#[test]
fn specks_are_painted_wherever_they_lie() {
    let camera = camera([64.0, 64.0]);
    let mut scene = Scene::default();
    scene.begin(Layer::Map);
    let corner = camera.world_from_screen([0.0, 64.0]);
    let px_m = 1.0 / camera.px_per_m;
    for step in 0..1_600 {
        let (x, y) = (f64::from(step % 40) * 1.7 - 2.0, f64::from(step / 40) * 1.7 - 2.0);
        let side = (0.3 + f64::from(step % 13) * 0.1) * px_m;
        let at = corner + Point { x, y } * px_m;
        let outline = Outline::from_points([
            at,
            at + Point { x: side, y: 0.0 },
            at + Point { x: side, y: side },
            at + Point { x: 0.0, y: side },
        ]);
        let fill = Some(Paint::Role(Role::Ink1));
        scene.push(Shape::Area { outline: Arc::new(outline), fill, hatch: None, pen: None });
    }
    let picture = png::render(&scene, &camera, &options(Theme::Paper)).expect("it is painted");
    let ground = tokens().color(Theme::Paper, Role::Ground).0;
    let painted = picture.pixels().iter().filter(|pixel| pixel.red() != ground[0]).count();
    assert!(painted > 1_000, "most pixels have one: {painted}");
}

/// Surroundings and design are the two parts of a plan; as figure and ground only buildings and water are left around.
#[test]
fn a_plan_falls_into_its_surroundings_and_what_is_designed() {
    let (project, variant) = werkhof();
    let library = Library::built_in();
    let of = |part, figure_ground| {
        plan(&project, &variant, &PlanOptions { part, figure_ground, ..PlanOptions::new(Lang::En, &library) })
            .shapes
            .len()
    };
    let [all, around, design] = [PlanPart::All, PlanPart::Surroundings, PlanPart::Design].map(|part| of(part, false));
    assert!(around > 0 && design > 0);
    assert_eq!(all, around + design);
    let roads =
        project.context.iter().filter(|one| !matches!(one.kind, ContextKind::Building | ContextKind::Water)).count();
    assert!(roads > 0 && of(PlanPart::Surroundings, true) + roads <= around);
    assert!(of(PlanPart::Design, true) > design, "plots have a casing on black");
}

#[test]
fn wild_shapes_are_painted_as_far_as_they_go() {
    let far = point(9e4, 9e4);
    let wild = [
        Outline::from_points([point(-9e4, -9e4), point(9e4, -9e4), far, point(-9e4, 9e4)]),
        Outline::from_points([point(1.0, 1.0)]),
        Outline::default(),
        Outline::from_points([point(0.0, 0.0), Point { x: f64::NAN, y: 1.0 }, point(1.0, f64::INFINITY)]),
        Outline::from_points([point(0.0, 0.0), point(10.0, 10.0), point(10.0, 0.0), point(0.0, 10.0)]),
    ];
    let mut scene = Scene::default();
    for outline in wild {
        let pen = Pen::new(Role::VolumeEdge, Stroke::Edge);
        let points = outline.outer().to_vec();
        let (outline, fill) = (Arc::new(outline), Some(Paint::Use(UseLook::given("office", Family::Office))));
        scene.push(Shape::Area { outline, fill, hatch: Some(Family::Office), pen: Some(pen) });
        scene.push(Shape::Line { points, pen, width_m: Some(4.0) });
    }
    for px_per_m in [1e-3, 1.0, 9e3] {
        let camera = Camera { centre_local: point(0.0, 0.0), px_per_m, size_px: [300.0, 200.0] };
        let mut file = Vec::new();
        svg::write(&scene, &camera, &options(Theme::Night), &mut file).expect("memory can be written");
        assert!(!String::from_utf8_lossy(&file).contains("NaN"));
        let picture = png::render(&scene, &camera, &options(Theme::Night)).expect("it has a size");
        if px_per_m == 1.0 {
            let office = tokens().use_color(Theme::Night, &UseLook::given("office", Family::Office));
            assert_eq!(pixel(&picture, &camera, point(-100.0, 20.0)), office, "between the lines of its hatch");
        }
    }
    for size_px in [[0.0, 10.0], [10.0, f64::NAN], [1e9, 10.0]] {
        let camera = Camera { centre_local: point(0.0, 0.0), px_per_m: 1.0, size_px };
        let error = png::render(&scene, &camera, &options(Theme::Paper)).expect_err("there is no such picture");
        assert!(error.to_string().contains("each side needs 1 to"), "{error}");
    }
}

/// A star with a court, both around the same middle: never simple to hatch, never crossing itself.
fn star() -> impl Strategy<Value = Outline> {
    let radii = prop::collection::vec(8.0..40.0_f64, 3..12);
    (radii, 1.0..6.0_f64, -50.0..50.0_f64, -50.0..50.0_f64).prop_map(|(radii, court, x, y)| {
        let n = radii.len() as f64;
        let at = move |i: usize, n: f64, radius: f64| {
            let (sin, cos) = (std::f64::consts::TAU * i as f64 / n).sin_cos();
            point(x + radius * cos, y + radius * sin)
        };
        let outer = Ring::new(radii.iter().enumerate().map(|(i, &radius)| at(i, n, radius)));
        // Three spokes may leave the middle narrow; a court half as large as the inner circle always fits.
        let court = court.min(8.0 * (std::f64::consts::PI / n).cos() * 0.4);
        Outline::with_holes(&outer, [Ring::new((0..5).map(|i| at(i, 5.0, court)))])
    })
}

proptest! {
    #[test]
    fn hatches_stay_inside_and_leave_nothing_out(outline in star(), family in 0..10usize, px_per_m in 2.0..12.0_f64) {
        let family = Family::ALL[family];
        let camera = Camera { centre_local: point(0.0, 0.0), px_per_m, size_px: [3_000.0, 3_000.0] };
        let mut marks = HatchMarks::default();
        marks.lay(&outline, &camera, tokens().hatch(family), 3.2, 14.0);
        let inside = |at: [f32; 2]| {
            let world = camera.world_from_screen(at.map(f64::from));
            outline.contains(world) || outline.distance_to_edge_m(world) * px_per_m < 0.01
        };
        for &[a, b] in &marks.segments {
            let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
            prop_assert!([a, middle, b].into_iter().all(inside), "{family:?}: {a:?} – {b:?}");
        }
        prop_assert!(marks.dots.iter().copied().all(inside));
        // Whole lines at a fixed distance: their length is the area over the distance, but for the edges.
        if family == Family::Office {
            let length: f64 = marks.segments.iter().map(|[a, b]| f64::from((a[0] - b[0]).hypot(a[1] - b[1]))).sum();
            let spacing = 1.8 * 3.2;
            let area_px = outline.area_m2() * px_per_m * px_per_m;
            let slack = outline.perimeter_m() * px_per_m * spacing;
            prop_assert!((length * spacing - area_px).abs() <= slack, "{} for {area_px}", length * spacing);
        }
        // It hangs on the project's origin: moving the camera by whole pixels moves it along.
        let moved = camera.panned([7.0, -5.0]);
        let mut again = HatchMarks::default();
        again.lay(&outline, &moved, tokens().hatch(family), 3.2, 14.0);
        prop_assert_eq!(again.segments.len(), marks.segments.len());
        for (a, b) in marks.segments.iter().zip(&again.segments) {
            prop_assert!((a[0][0] + 7.0 - b[0][0]).abs() < 0.01 && (a[0][1] - 5.0 - b[0][1]).abs() < 0.01);
        }
    }
}

#[test]
#[ignore = "writes pictures to look at"]
fn pictures_to_look_at() {
    let folder = std::env::temp_dir();
    let camera = camera([1920.0, 1080.0]);
    let scene = scene(&camera);
    let near = Camera { px_per_m: 12.0, centre_local: turned(70.0, 48.0), ..camera };
    let far = Camera { px_per_m: 1.1, ..camera };
    for (name, camera) in [("near", near), ("far", far)] {
        let picture = png::render(&self::scene(&camera), &camera, &options(Theme::Paper)).expect("it has a size");
        let bytes = png::encode(&picture).expect("it can be packed");
        std::fs::write(folder.join(format!("plan-{name}.png")), bytes).expect("the folder can be written");
    }
    let fine = PictureOptions { zoom: 2.0, ..options(Theme::Print) };
    let close = Camera { px_per_m: 24.0, centre_local: turned(90.0, 30.0), ..camera };
    let picture = png::render(&self::scene(&close), &close, &fine).expect("it has a size");
    std::fs::write(folder.join("plan-fine.png"), png::encode(&picture).expect("it can be packed")).expect("written");
    for theme in Theme::ALL {
        let picture = png::render(&scene, &camera, &options(theme)).expect("it has a size");
        let bytes = png::encode(&picture).expect("it can be packed");
        std::fs::write(folder.join(format!("plan-{}.png", theme.key())), bytes).expect("the folder can be written");
        let mut file = Vec::new();
        svg::write(&scene, &camera, &options(theme), &mut file).expect("memory can be written");
        std::fs::write(folder.join(format!("plan-{}.svg", theme.key())), file).expect("the folder can be written");
    }
}

/// The page holds what the other pictures hold: a fill for every filled area, text that can be found, the faces inside.
#[test]
fn a_pdf_has_the_shapes_and_the_words_of_the_scene() {
    use std::io::Read as _;
    let camera = camera([1200.0, 800.0]);
    let scene = scene(&camera);
    let bytes = maakblok::io::pdf::write(&scene, &camera, &options(Theme::Paper));
    assert!(bytes == maakblok::io::pdf::write(&scene, &camera, &options(Theme::Paper)), "the same bytes");
    assert!(bytes.starts_with(b"%PDF-1.") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    // 1200 by 800 pixels are 900 by 600 points.
    let find = |what: &[u8]| bytes.windows(what.len()).filter(|part| *part == what).count();
    assert_eq!(
        (find(b"/MediaBox [0 0 900 600]"), find(b"/ToUnicode"), find(b"/FontFile3")),
        (1, find(b"/Type0"), find(b"/Type0"))
    );
    // The first packed stream is what is drawn on the page.
    let start = bytes.windows(7).position(|part| part == b"stream\n").unwrap() + 7;
    let mut content = String::new();
    flate2::read::ZlibDecoder::new(&bytes[start..]).read_to_string(&mut content).unwrap();
    let count = |operator: &str| {
        content.lines().filter(|line| line.trim_end() == operator || line.ends_with(&format!(" {operator}"))).count()
    };
    let filled = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Area { fill: Some(_), .. })).count();
    assert_eq!(count("f*"), filled);
    assert!(count("Tj") >= scene.shapes.iter().filter(|shape| matches!(shape, Shape::Label(_))).count());
}

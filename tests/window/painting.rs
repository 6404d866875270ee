//! The drawing on the screen: it agrees with the picture in a file, and it is cheap.

use std::sync::Arc;
use std::time::Instant;

use egui_kittest::Harness;
use maakblok::geometry::{Bounds, Outline, point};
use maakblok::i18n::Lang;
use maakblok::io::picture::PictureOptions;
use maakblok::io::png;
use maakblok::library::{Family, Library, UseLook};
use maakblok::look::{self, Dash, Role, Stroke};
use maakblok::scene::{Camera, Heading, Paint, Pen, PlanOptions, Scene, Shape, SignKind, plan};
use maakblok::ui::Theme;
use maakblok::ui::paint::overlay::{self, SnapSign};
use maakblok::ui::paint::{PaintReport, PaintedScene};

use super::kit::save;
use super::werkhof::{rectangle, werkhof};

/// The Werkhof block as a camera of that size shows it.
fn block(size_px: [f64; 2], lang: Lang) -> (Arc<Scene>, Camera) {
    let site = Bounds::around(rectangle(-60.0, -35.0, 230.0, 150.0).outer().iter().copied()).unwrap();
    let camera = Camera::fit(site, size_px, 0.0);
    let (project, variant) = werkhof();
    let library = Library::built_in();
    let scene = plan(&project, &variant, &PlanOptions::new(lang, &library).seen_by(&camera));
    (Arc::new(scene), camera)
}

struct Canvas {
    painted: PaintedScene,
    scene: Arc<Scene>,
    camera: Camera,
    report: PaintReport,
}

fn canvas(theme: look::Theme, scale: f32, scene: Arc<Scene>, camera: Camera) -> Harness<'static, Canvas> {
    let theme = Theme::new(theme);
    let [width, height] = camera.size_px.map(|side| side as f32);
    Harness::builder()
        .with_size([width, height])
        .with_pixels_per_point(scale)
        .with_context_setup(move |ctx| theme.install(ctx))
        .wgpu()
        .build_ui_state(
            move |ui, canvas: &mut Canvas| {
                let rect = ui.ctx().content_rect();
                let painter = ui.ctx().layer_painter(egui::LayerId::background());
                painter.rect_filled(rect, 0.0, theme.color(Role::Ground));
                canvas.report = canvas.painted.paint(&painter, rect, &canvas.scene, &canvas.camera);
            },
            Canvas { painted: PaintedScene::default(), scene, camera, report: PaintReport::default() },
        )
}

#[test]
fn the_screen_agrees_with_the_picture_in_a_file() {
    for theme in look::Theme::ALL {
        let (scene, camera) = block([960.0, 600.0], Lang::Nl);
        let options = PictureOptions { scale_bar: false, north: false, ..PictureOptions::new(theme, Lang::Nl) };
        let file = png::render(&scene, &camera, &options).unwrap();
        let mut harness = canvas(theme, 1.0, scene, camera);
        harness.run();
        let screen = harness.render().unwrap();
        save(&screen, &format!("scene-{}", theme.key()));
        let far = |a: &[u8], b: &[u8]| a[..3].iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 64);
        let count = screen.pixels().zip(file.data().chunks_exact(4)).filter(|(s, f)| far(&s.0, f)).count();
        // Text is set by two different machines; all else differs by the softness of edges only.
        let share = count as f64 / (960.0 * 600.0);
        assert!(share < 0.015, "{}: {:.2} % of the pixels differ", theme.key(), share * 100.0);
    }
}

#[test]
fn a_new_scene_or_theme_starts_anew_and_the_same_one_does_not() {
    let (scene, camera) = block([640.0, 400.0], Lang::En);
    let mut harness = canvas(look::Theme::Paper, 1.0, Arc::clone(&scene), camera);
    harness.run();
    let report = harness.state().report;
    assert!(harness.state().painted.holds(&scene));
    assert!(report.shapes > 50 && report.labels > 3 && report.corners > 500, "{report:?}");
    harness.state_mut().scene = Arc::new(Scene::default());
    harness.run();
    assert!(!harness.state().painted.holds(&scene));
    assert_eq!(harness.state().report, PaintReport::default());
}

#[test]
fn a_view_that_moves_shows_what_a_fresh_one_would() {
    let (scene, camera) = block([640.0, 400.0], Lang::En);
    let mut moved = canvas(look::Theme::Paper, 1.0, Arc::clone(&scene), camera);
    for step in 1..=4 {
        moved.state_mut().camera = camera.panned([f64::from(step) * 40.0, f64::from(step) * -15.0]);
        moved.run();
    }
    let mut fresh = canvas(look::Theme::Paper, 1.0, scene, moved.state().camera);
    fresh.run();
    let (moved, fresh) = (moved.render().unwrap(), fresh.render().unwrap());
    let differ =
        moved.pixels().zip(fresh.pixels()).filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 40));
    assert!(differ.count() < 50);
}

#[test]
fn what_is_out_of_sight_costs_nothing() {
    let (scene, camera) = block([640.0, 400.0], Lang::En);
    let away = Camera { centre_local: point(9_000.0, 9_000.0), ..camera };
    let mut harness = canvas(look::Theme::Night, 1.0, scene, away);
    harness.run();
    assert_eq!(harness.state().report.corners, 0);
}

#[test]
fn broken_shapes_are_painted_as_far_as_they_go() {
    let mut scene = Scene::default();
    let pen = Pen::dashed(Role::PlotLine, Stroke::Edge, Dash::PlotLine);
    let crossing = [point(0.0, 0.0), point(20.0, 20.0), point(20.0, 0.0), point(0.0, 20.0)];
    for points in [&crossing[..], &crossing[..2], &crossing[..1], &[]] {
        let outline = Arc::new(Outline::from_points(points.iter().copied()));
        let fill = Some(Paint::Use(UseLook::given("housing", Family::Housing)));
        scene.push(Shape::Area { outline, fill, hatch: Some(Family::Housing), pen: Some(pen) });
        scene.push(Shape::Line { points: points.to_vec(), pen, width_m: Some(3.0) });
    }
    scene.push(Shape::Line { points: vec![point(f64::NAN, 0.0), point(1.0, 1.0)], pen, width_m: None });
    for kind in [SignKind::Dot, SignKind::Corner, SignKind::Access(Heading::North), SignKind::Note] {
        scene.push(Shape::Sign { at: point(10.0, 10.0), kind, role: Role::Access });
    }
    let camera = Camera { centre_local: point(10.0, 10.0), px_per_m: 8.0, size_px: [300.0, 200.0] };
    let mut harness = canvas(look::Theme::Paper, 2.0, Arc::new(scene), camera);
    harness.run();
    harness.render().unwrap();
}

/// A thousand volumes in a grid, as a plan draws them: shadow, fill with hatch and outline, parapet.
fn thousand() -> Scene {
    let mut scene = Scene::default();
    for i in 0..1_000 {
        let (x, y) = (f64::from(i % 40) * 30.0, f64::from(i / 40) * 30.0);
        let family = Family::ALL[i as usize % 10];
        let wings = [(0.0, 0.0), (24.0, 0.0), (24.0, 8.0), (8.0, 8.0), (8.0, 22.0), (0.0, 22.0)];
        let shape = |dx: f64, inset: f64| {
            let points = wings.map(|(a, b)| point(x + dx + a * (1.0 - inset) + inset, y + b * (1.0 - inset) + inset));
            Arc::new(Outline::from_points(points))
        };
        scene.push(Shape::Area {
            outline: shape(3.0, 0.0),
            fill: Some(Paint::Role(Role::DrawShadow)),
            hatch: None,
            pen: None,
        });
        let pen = Some(Pen::new(Role::VolumeEdge, Stroke::Edge));
        let fill = Some(Paint::Use(UseLook::given(family.key(), family)));
        scene.push(Shape::Area { outline: shape(0.0, 0.0), fill, hatch: Some(family), pen });
        let pen = Some(Pen::new(Role::StoreyLine, Stroke::Hair));
        scene.push(Shape::Area { outline: shape(0.0, 0.05), fill: None, hatch: None, pen });
    }
    scene
}

#[test]
fn a_thousand_volumes_are_few_meshes() {
    let camera = Camera { centre_local: point(600.0, 375.0), px_per_m: 1.0, size_px: [1280.0, 800.0] };
    let ctx = egui::Context::default();
    Theme::default().install(&ctx);
    let (scene, mut painted) = (Arc::new(thousand()), PaintedScene::default());
    let mut times: [Vec<std::time::Duration>; 3] = Default::default();
    for i in 0..30 {
        // First the scale changes in every frame, then the place, then nothing.
        let (kind, camera) = match i {
            0..10 => (0, camera.zoomed(1.0 + f64::from(i) * 0.001, [640.0, 400.0])),
            10..20 => (1, camera.panned([f64::from(i), 0.0])),
            _ => (2, camera),
        };
        let mut frame = ctx.run_ui(egui::RawInput::default(), |ui| {
            let rect = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0));
            let painter = egui::Painter::new(ui.ctx().clone(), egui::LayerId::background(), rect);
            let start = Instant::now();
            let report = painted.paint(&painter, rect, &scene, &camera);
            times[kind].push(start.elapsed());
            assert_eq!(report.shapes, 3_000);
            assert!(report.corners < 150_000, "{report:?}");
            let mut shapes = 0;
            painter.for_each_shape(|_| shapes += 1);
            assert_eq!(shapes, 1, "without text, all is one mesh");
        });
        frame.textures_delta.clear();
    }
    let [zooming, panning, still] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    // Told, not asserted: see it with `--nocapture`.
    println!("a thousand volumes: {zooming:?} zooming, {panning:?} panning, {still:?} still");
}

#[test]
fn the_hand_on_the_drawing() {
    let theme = Theme::default();
    let mut harness =
        Harness::builder().with_size([640.0, 180.0]).with_context_setup(move |ctx| theme.install(ctx)).wgpu().build_ui(
            |ui| {
                let rect = ui.ctx().content_rect();
                let painter = ui.ctx().layer_painter(egui::LayerId::background());
                let theme = Theme::of(ui.ctx());
                painter.rect_filled(rect, 0.0, theme.color(Role::Ground));
                let p = egui::pos2;
                let ring = |x: f32| vec![p(x, 20.0), p(x + 104.0, 20.0), p(x + 104.0, 96.0), p(x, 96.0)];
                for x in [20.0, 170.0, 320.0] {
                    let rect = egui::Rect::from_min_max(ring(x)[0], ring(x)[2]);
                    painter.rect_filled(rect, 0.0, theme.family_color(Family::Making));
                }
                overlay::hovered(&painter, &[ring(20.0)]);
                overlay::selected(&painter, &[ring(170.0)]);
                overlay::handles(&painter, &ring(170.0), false);
                overlay::handles(&painter, &[p(222.0, 20.0), p(222.0, 96.0)], true);
                overlay::override_mark(&painter, p(424.0, 20.0));
                overlay::ghost(&painter, &[ring(470.0)]);
                overlay::selection_box(&painter, egui::Rect::from_min_max(p(590.0, 20.0), p(630.0, 60.0)), true);
                overlay::rubber(&painter, &[p(590.0, 80.0), p(630.0, 96.0)], false);
                overlay::guide(&painter, p(10.0, 110.0), p(630.0, 110.0));
                let signs = [
                    SnapSign::End,
                    SnapSign::Midpoint,
                    SnapSign::Intersection,
                    SnapSign::Perpendicular,
                    SnapSign::OnEdge,
                    SnapSign::Extension,
                    SnapSign::Parallel,
                    SnapSign::Axis,
                    SnapSign::Grid,
                ];
                for (i, sign) in signs.into_iter().enumerate() {
                    overlay::snap(&painter, p(40.0 + i as f32 * 66.0, 145.0), sign);
                }
            },
        );
    harness.run();
    save(&harness.render().unwrap(), "hand");
}

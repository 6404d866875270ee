//! One frame of the window while a volume is dragged, without a window: all of the program's own work and egui's, up to
//! the triangles that a graphics driver would get.

use std::path::Path;

use egui::{Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2, pos2, vec2};
use maakblok::geometry::Point;
use maakblok::look;
use maakblok::model::Id;
use maakblok::studio::Services;
use maakblok::ui::{App, Theme};

const WINDOW_PX: Vec2 = vec2(1920.0, 1080.0);

/// A window with a volume under the pointer, the button down.
pub struct Dragging {
    ctx: Context,
    app: App,
    from: Pos2,
    frames: u32,
}

impl Dragging {
    /// Opens a file, looks at the middle of it (at all of it without a scale), and takes hold of the volume there.
    pub fn new(file: &Path, px_per_m: Option<f64>) -> Self {
        let ctx = Context::default();
        let app = App::new(Services::for_tests(), Some(file.to_owned()), None);
        let mut window = Self { ctx, app, from: Pos2::ZERO, frames: 0 };
        Theme::new(look::Theme::Paper).install(&window.ctx);
        window.frame(Vec::new());
        window.frame(Vec::new());
        let (id, at) = window.nearest_volume();
        let session = window.app.studio.session_mut().unwrap();
        session.selection_mut().set([id]);
        if let Some(px_per_m) = px_per_m {
            session.camera.px_per_m = px_per_m;
            session.camera.centre_local = at;
        }
        let [x, y] = session.camera.screen_from_world(at);
        let theme = Theme::new(look::Theme::Paper);
        window.from = pos2(x as f32 + theme.size("/panel/rail"), y as f32 + theme.size("/panel/top_bar"));
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.frame(vec![Event::PointerMoved(window.from)]);
        window.frame(vec![button(window.from, true)]);
        // The first steps only start the drag.
        (0..4).for_each(|_| window.step());
        let before = window.revision();
        (0..8).for_each(|_| window.step());
        assert!(window.revision() >= before + 8, "every step moves the volume");
        window
    }

    fn revision(&self) -> u64 {
        self.app.studio.session().unwrap().revision()
    }

    /// The volume nearest to the middle of the view, and a point inside it.
    fn nearest_volume(&self) -> (Id, Point) {
        let session = self.app.studio.session().unwrap();
        let middle = session.camera.centre_local;
        let inside = session.variant().volumes.iter().filter_map(|v| Some((v.id, v.footprint.inner_point()?)));
        let far = |p: Point| (p.x - middle.x).hypot(p.y - middle.y);
        inside.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).unwrap()
    }

    /// Moves the pointer on and draws.
    pub fn step(&mut self) {
        let angle = f64::from(self.frames) * 0.7;
        let to = self.from + 60.0 * vec2(angle.cos() as f32, angle.sin() as f32);
        self.frame(vec![Event::PointerMoved(to)]);
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, WINDOW_PX)),
            time: Some(f64::from(self.frames) / 60.0),
            events,
            ..RawInput::default()
        };
        let app = &mut self.app;
        app.studio.tick();
        let mut output = self.ctx.run_ui(input, |ui| app.draw(ui));
        // No driver is there to take the glyphs.
        output.textures_delta.clear();
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
    }
}

/// A window with one line of text in it.
pub struct Empty(Context);

impl Empty {
    pub fn new() -> Self {
        Self(Context::default())
    }

    pub fn step(&mut self) {
        let input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, WINDOW_PX)), ..RawInput::default() };
        let mut output = self.0.run_ui(input, |ui| {
            ui.label("Maakblok");
        });
        output.textures_delta.clear();
        std::hint::black_box(self.0.tessellate(output.shapes, output.pixels_per_point));
    }
}

//! The drawing: what is seen, and the pointer on it.
//!
//! The canvas paints the map, the plan and what the tool shows, and turns the pointer into tool events and camera moves.
//! It changes the session only through those. Keys go their own way, in `keys`.

mod entry;
mod furniture;
mod overlay;
mod view;

pub use view::CanvasView;

use egui::{Event as EguiEvent, MouseWheelUnit, PointerButton, Pos2, Rect, Sense, Ui, Vec2};

use super::seams;
use super::theme::Theme;
use crate::geometry::Point;
use crate::i18n::tr;
use crate::scene::Camera;
use crate::studio::map::MapState;
use crate::studio::tool::{Event, Overlay, Pointer, marks};
use crate::studio::{REFERENCE_AFTER_S, Session, Studio};

/// Zoom for one notch of a wheel.
const ZOOM_PER_NOTCH: f64 = 1.2;

/// Two clicks within this time and distance are a double click, in seconds and logical pixels.
const DOUBLE_CLICK: (f64, f32) = (0.35, 6.0);

/// What the canvas remembers between frames.
#[derive(Default)]
pub struct Canvas {
    view: CanvasView,
    /// A press went to the tool; its release must too.
    pressed: bool,
    panning: bool,
    /// Two fingers are, or were just now, on the drawing.
    fingers: bool,
    last_click: Option<(f64, Pos2)>,
    /// Where the pointer is, in local metres.
    pointer_world: Option<Point>,
    /// Where it was last, and over which document.
    last_world: Option<(u64, Point)>,
    entry: entry::EntryBox,
    /// Where the tag at the cursor stood last: the fields open in its place.
    tag: Option<Pos2>,
    /// Since when the pointer has rested, and whether the tool was told once more.
    rests: Rest,
}

/// What of the canvas is for something else than drawing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    /// Under a panel that lies over it.
    pub covered: Option<Rect>,
    /// Whether its lowest line is caught to make the strip higher.
    pub has_seam: bool,
}

/// How long the pointer has been still.
#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    since_s: f64,
    told: bool,
}

/// The screen point of a camera's picture as egui has it.
pub(in crate::ui) fn pos(rect: Rect, camera: &Camera, world: Point) -> Pos2 {
    let [x, y] = camera.screen_from_world(world);
    Pos2::new(rect.min.x + x as f32, rect.min.y + y as f32)
}

fn world(rect: Rect, camera: &Camera, at: Pos2) -> Point {
    camera.world_from_screen([f64::from(at.x - rect.min.x), f64::from(at.y - rect.min.y)])
}

impl Canvas {
    /// Where the pointer is over the drawing.
    #[must_use]
    pub fn world(&self) -> Option<Point> {
        self.pointer_world
    }

    /// Where the pointer is over the drawing, or was last over this document: the place stays while a button of the status
    /// line is sought.
    #[must_use]
    pub fn last_world(&self, studio: &Studio) -> Option<Point> {
        let serial = studio.document.as_ref()?.serial();
        self.last_world.filter(|(of, _)| *of == serial).map(|(_, at)| at)
    }

    /// Shows the canvas in a rectangle and hands on what the user does in the `part` of it that is free.
    pub fn show(&mut self, ui: &mut Ui, rect: Rect, part: Part, studio: &mut Studio) {
        let lang = studio.lang();
        let response = ui.allocate_rect(rect, Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, tr(lang, "canvas-name")));
        if let Some(session) = studio.session_mut() {
            let size = [f64::from(rect.width()), f64::from(rect.height())];
            if session.camera.size_px != size {
                let first = session.camera.size_px == [0.0, 0.0];
                session.resize(size);
                if first {
                    session.look_at_all();
                }
            }
        }
        self.handle_pointer(ui, rect, part, studio);
        let painter = ui.painter_at(rect);
        let theme = Theme::of(ui.ctx());
        let Some(session) = studio.session() else { return };
        self.view.paint(&painter, theme, rect, session, studio);
        let overlay = session.with_ctx(lang, |ctx| {
            let mut overlay = session.tool().overlay(ctx);
            overlay.lines.splice(0..0, marks(ctx, session.camera.bounds()));
            overlay
        });
        let overlay = match session.retyped(lang) {
            Some(again) => Overlay { lines: [overlay.lines, again.lines].concat(), ..again },
            None => overlay,
        };
        if let Some(lit) = session.lit() {
            let outlines = lit.volumes_of_row().filter_map(|id| session.variant().outline(id));
            outlines.for_each(|outline| overlay::pointed_at(&painter, rect, &session.camera, outline));
        }
        overlay::paint(&painter, theme, rect, &session.camera, &overlay, lang);
        furniture::paint(&painter, theme, rect, session, lang);
        if response.hovered() || self.pressed || self.panning {
            ui.ctx().set_cursor_icon(self.cursor(session));
            if let Some(at) = ui.input(|input| input.pointer.latest_pos()).filter(|_| !self.panning)
                && session.entry().is_none()
            {
                self.tag = overlay::cursor_tag(ui, theme, rect, session, &overlay, at, lang);
            }
        } else if session.entry().is_none() {
            self.tag = None;
        }
        if response.secondary_clicked()
            && std::mem::take(&mut self.pressed)
            && let Some(session) = studio.session_mut()
        {
            // A finger that rests has been taken for a press until now.
            session.take_back_press();
        }
        super::context_menu::show(&response, !self.fingers, studio);
        let at = ui.input(|input| input.pointer.latest_pos()).unwrap_or(rect.center());
        self.entry.show(ui, rect, self.tag, at, &overlay.readout, studio);
    }

    /// How each of the maps under the drawing fares.
    #[must_use]
    pub fn map_states(&self) -> Vec<MapState> {
        self.view.map_states()
    }

    /// Whose map is shown, for the credit on the canvas.
    pub fn credits(&self, studio: &Studio) -> String {
        self.view.credits(&studio.settings, studio.lang())
    }

    /// Writes whose map it is into the corner of the drawing that is not `covered`.
    pub fn paint_credits(&self, ui: &Ui, rect: Rect, covered: Option<Rect>, studio: &Studio) {
        let free = covered.map_or(rect, |covered| rect.with_max_x(covered.left().min(rect.right())));
        let words = self.credits(studio);
        if !words.is_empty() {
            furniture::credits(&ui.painter_at(free), Theme::of(ui.ctx()), free, &words);
        }
    }

    fn cursor(&self, session: &Session) -> egui::CursorIcon {
        use crate::studio::tool::ToolKind;
        if self.panning {
            return egui::CursorIcon::Grabbing;
        }
        match session.tool().kind() {
            ToolKind::Select | ToolKind::North | ToolKind::Offset => egui::CursorIcon::Default,
            ToolKind::Move | ToolKind::Copy => egui::CursorIcon::Move,
            _ => egui::CursorIcon::Crosshair,
        }
    }

    fn handle_pointer(&mut self, ui: &Ui, rect: Rect, part: Part, studio: &mut Studio) {
        let Part { covered, has_seam } = part;
        let hand = if has_seam { rect.with_max_y(rect.bottom() - seams::REACH) } else { rect };
        let on_canvas = |at: Pos2| {
            hand.contains(at)
                && covered.is_none_or(|covered| !covered.contains(at))
                && ui.ctx().layer_id_at(at) == Some(ui.layer_id())
        };
        let (events, modifiers, time, space) =
            ui.input(|input| (input.events.clone(), input.modifiers, input.time, input.key_down(egui::Key::Space)));
        let waiting = studio.question.is_some() || studio.path_wanted.is_some();
        if self.two_fingers(ui, rect, studio) {
            return;
        }
        let Some(camera) = studio.session().map(|session| session.camera) else { return };
        let mut camera = camera;
        let pointer = |camera: &Camera, at: Pos2| Pointer {
            world: world(rect, camera, at),
            shift: modifiers.shift,
            ctrl: modifiers.command,
            alt: modifiers.alt,
            time_s: time,
        };
        for event in events {
            match event {
                EguiEvent::PointerMoved(at) => {
                    // A menu that is open is about what was under the pointer when it opened.
                    if self.panning || egui::Popup::is_any_open(ui.ctx()) {
                        continue;
                    }
                    if !on_canvas(at) && !self.pressed && self.pointer_world.is_some() {
                        studio.tool_event(Event::Leave);
                    }
                    self.pointer_world = on_canvas(at).then(|| world(rect, &camera, at));
                    if let Some((at, document)) = self.pointer_world.zip(studio.document.as_ref()) {
                        self.last_world = Some((document.serial(), at));
                    }
                    self.rests = Rest { since_s: time, told: false };
                    if self.pressed || (on_canvas(at) && !waiting) {
                        studio.tool_event(Event::Move(pointer(&camera, at)));
                    }
                }
                EguiEvent::PointerButton { pos: at, button: PointerButton::Primary, pressed: true, .. }
                    if on_canvas(at) && !waiting && !space =>
                {
                    self.pressed = true;
                    ui.memory_mut(egui::Memory::stop_text_input);
                    studio.tool_event(Event::Move(pointer(&camera, at)));
                    studio.tool_event(Event::Press(pointer(&camera, at)));
                }
                EguiEvent::PointerButton { pos: at, button: PointerButton::Primary, pressed: false, .. }
                    if self.pressed =>
                {
                    self.pressed = false;
                    studio.tool_event(Event::Release(pointer(&camera, at)));
                    let double = self.last_click.is_some_and(|(then, there)| {
                        time - then < DOUBLE_CLICK.0 && there.distance(at) < DOUBLE_CLICK.1
                    });
                    if double {
                        studio.tool_event(Event::DoubleClick(pointer(&camera, at)));
                    }
                    self.last_click = (!double).then_some((time, at));
                }
                EguiEvent::PointerGone => {
                    self.pointer_world = None;
                    if !self.pressed {
                        studio.tool_event(Event::Leave);
                    }
                }
                EguiEvent::MouseWheel { unit, delta, .. } => {
                    let at = ui.input(|input| input.pointer.latest_pos()).filter(|at| on_canvas(*at));
                    if let Some(at) = at {
                        camera = wheel(rect, &camera, at, unit, delta, modifiers.command);
                    }
                }
                EguiEvent::Zoom(factor) => {
                    let at = ui.input(|input| input.pointer.latest_pos()).filter(|at| on_canvas(*at));
                    if let Some(at) = at {
                        camera = zoomed_about(rect, &camera, at, f64::from(factor));
                    }
                }
                _ => {}
            }
        }
        self.notice_rest(ui, studio, |at| pointer(&camera, at));
        let (drag, start) = ui.input(|input| {
            let held = input.pointer.middle_down()
                || input.pointer.secondary_down()
                || (input.pointer.primary_down() && space && !self.pressed);
            (held.then(|| input.pointer.delta()), input.pointer.press_origin())
        });
        self.panning = drag.is_some() && (self.panning || start.is_some_and(on_canvas));
        if let Some(delta) = drag.filter(|_| self.panning) {
            camera = camera.panned([f64::from(delta.x), f64::from(delta.y)]);
        }
        if let Some(session) = studio.session_mut()
            && session.camera != camera
        {
            // A command run by the tool may have moved the camera meanwhile; the size is the window's.
            session.camera = camera;
        }
    }
}

impl Canvas {
    /// Two fingers move and scale the view; one draws. `true` while there are two.
    fn two_fingers(&mut self, ui: &Ui, rect: Rect, studio: &mut Studio) -> bool {
        let Some(touch) = ui.input(egui::InputState::multi_touch) else {
            // What is left of two fingers draws nothing: all must come up first.
            let still_down = ui.input(egui::InputState::any_touches);
            self.fingers &= still_down;
            return self.fingers;
        };
        if !rect.contains(touch.center_pos) {
            return self.fingers;
        }
        if !std::mem::replace(&mut self.fingers, true) && std::mem::take(&mut self.pressed) {
            // The first finger came down a moment before the second, and was taken for a press.
            if let Some(session) = studio.session_mut() {
                session.take_back_press();
            }
        }
        if let Some(session) = studio.session_mut() {
            let [x, y] = [touch.translation_delta.x, touch.translation_delta.y].map(f64::from);
            let moved = session.camera.panned([x, y]);
            session.camera = zoomed_about(rect, &moved, touch.center_pos, f64::from(touch.zoom_delta));
        }
        true
    }

    /// A pointer that rests on an edge means it: the tool is told once more when that has become clear.
    fn notice_rest(&mut self, ui: &Ui, studio: &mut Studio, pointer: impl Fn(Pos2) -> Pointer) {
        let drawing = studio.session().is_some_and(|session| session.tool().snap().is_some());
        let at = ui.input(|input| input.pointer.latest_pos()).filter(|_| self.pointer_world.is_some());
        let Some(at) = at.filter(|_| drawing && !self.rests.told) else { return };
        let left_s = self.rests.since_s + REFERENCE_AFTER_S - ui.input(|input| input.time);
        if left_s <= 0.0 {
            self.rests.told = true;
            studio.tool_event(Event::Move(pointer(at)));
        } else {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left_s + 0.01));
        }
    }
}

/// A wheel with notches zooms, a trackpad pans; held Ctrl makes both zoom.
fn wheel(rect: Rect, camera: &Camera, at: Pos2, unit: MouseWheelUnit, delta: Vec2, ctrl: bool) -> Camera {
    const POINTS_PER_NOTCH: f64 = 50.0;
    match unit {
        MouseWheelUnit::Point if !ctrl => camera.panned([f64::from(delta.x), f64::from(delta.y)]),
        MouseWheelUnit::Point => {
            zoomed_about(rect, camera, at, ZOOM_PER_NOTCH.powf(f64::from(delta.y) / POINTS_PER_NOTCH))
        }
        MouseWheelUnit::Line | MouseWheelUnit::Page => {
            zoomed_about(rect, camera, at, ZOOM_PER_NOTCH.powf(f64::from(delta.y)))
        }
    }
}

fn zoomed_about(rect: Rect, camera: &Camera, at: Pos2, factor: f64) -> Camera {
    camera.zoomed(factor, [f64::from(at.x - rect.min.x), f64::from(at.y - rect.min.y)])
}

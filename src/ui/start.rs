//! The start screen: what was open before, the cases that come with the program, a new place on the map.

mod places;
mod wall;

use std::sync::Arc;

use egui::{Align2, Rect, Sense, Ui, UiBuilder, Vec2, pos2};

use super::icons::{Icon, paint_icon};
use super::kit::{self, Segment};
use super::paint::PaintedScene;
use super::theme::Theme;
use crate::basemap::{Placed, schematic};
use crate::crs::Frame;
use crate::geometry::Bounds;
use crate::i18n::{Lang, number, tr, tr_with};
use crate::look::{self, Role, Stroke, TypeRole};
use crate::scene::{Camera, Scene};
use crate::studio::{Action, Command, Studio};

/// A window lower than this has less air on its start screen, in logical pixels.
const LOW: f32 = 700.0;

/// What the start screen remembers between frames.
#[derive(Default)]
pub struct Start {
    places: places::Places,
    /// The last pass in which it was shown: after another screen it begins anew.
    pass: u64,
    map: Option<Placed>,
    map_scene: Option<MapPicture>,
    map_painted: PaintedScene,
    wall: Option<Vec<wall::Card>>,
}

/// The map as it was last drawn: for which language and size, what, and seen how.
struct MapPicture {
    made_for: (Lang, [u32; 2]),
    scene: Arc<Scene>,
    camera: Camera,
}

impl Start {
    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, window: Rect, studio: &Studio, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        let pass = ui.ctx().cumulative_pass_nr();
        if self.pass + 1 < pass {
            self.places = places::Places::default();
        }
        self.pass = pass;
        let left_width = theme.size("/panel/start_left").min(window.width() * 0.42);
        let left = Rect::from_min_max(window.min, pos2(window.min.x + left_width, window.max.y));
        let right = Rect::from_min_max(left.right_top(), window.max);
        ui.painter().rect_filled(left, 0.0, theme.color(Role::Panel));
        kit::hairline_v(ui, left.right(), left.y_range(), Role::Hairline);
        let margin = match window.height() {
            height if height < LOW => 20.0,
            height if height < 900.0 => 28.0,
            _ => 40.0,
        };
        let side = if left_width < 420.0 { 28.0 } else { 40.0 };
        ui.scope_builder(
            UiBuilder::new().id_salt("start left").max_rect(left.shrink2(Vec2::new(side, margin))),
            |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                self.left(ui, studio, actions);
            },
        );
        ui.scope_builder(UiBuilder::new().id_salt("wall").max_rect(right.shrink2(Vec2::new(40.0, margin))), |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            self.wall(ui, studio, actions);
        });
    }

    fn left(&mut self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        let whole = ui.max_rect();
        let low = ui.ctx().content_rect().height() < LOW;
        let gap = if low { theme.space(4) } else { theme.space(6) };
        ui.label(theme.text(TypeRole::Wordmark, Role::Ink1, tr(lang, "app-name")));
        ui.label(theme.text(TypeRole::Lead, Role::Ink2, tr(lang, "app-claim")));
        ui.add_space(gap);
        let mut commands = vec![Command::New, Command::Open, Command::Import];
        if studio.document.is_some() {
            commands.insert(0, Command::Start);
        }
        for command in commands {
            let name = if command == Command::Start { tr(lang, "start-back") } else { command.name(lang) };
            if action_row(ui, command, &name, if low { 31.0 } else { 39.0 }, lang).clicked() {
                actions.push(Action::Run(command));
            }
        }
        kit::seam(ui);
        let mut credit = theme.line(TypeRole::Caption, Role::Ink3, &tr(lang, "credit-schematic"));
        credit.wrap.max_width = whole.width();
        let credit = ui.painter().layout_job(credit);
        let foot_height = Switches::of(lang).height(ui, whole.width());
        let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - foot_height), whole.max);
        let map_bottom = foot.top() - gap - credit.size().y - 4.0;
        // What the field and a map of its least height need; the rest is for what was open before.
        let head = gap + 18.0 + theme.space(3);
        let least_map = if low { 120.0 } else { 180.0 };
        let place = head + theme.size("/control/field_height") + theme.space(3) + least_map;
        recent_rows(ui, studio, map_bottom - place - ui.cursor().top(), gap, actions);
        ui.add_space(gap);
        ui.label(theme.text(TypeRole::Label, Role::Ink1, tr(lang, "start-new-here")));
        ui.add_space(theme.space(3));
        self.places.show(ui, lang, actions);
        ui.add_space(theme.space(3));
        let map = Rect::from_min_max(
            ui.cursor().min,
            pos2(whole.right(), map_bottom.min(ui.cursor().top() + whole.width() * 1.2)),
        );
        if map.height() > 60.0 {
            self.map(ui, map, studio, actions);
            ui.painter().galley(map.left_bottom() + Vec2::new(0.0, 4.0), credit, theme.color(Role::Ink3));
        }
        foot_switches(ui, foot, studio, actions);
    }

    /// The canal zone; a click starts a project there.
    fn map(&mut self, ui: &mut Ui, rect: Rect, studio: &Studio, actions: &mut Vec<Action>) {
        const CENTRE_DEG: [f64; 2] = [4.372, 50.872];
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        let Ok(frame) = Frame::new(CENTRE_DEG[0], CENTRE_DEG[1]) else { return };
        let placed = self.map.get_or_insert_with(|| schematic().place(&frame));
        let made_for = (lang, [rect.width() as u32, rect.height() as u32]);
        if self.map_scene.as_ref().is_none_or(|map| map.made_for != made_for) {
            let half = crate::geometry::point(5200.0, 7000.0);
            let bounds = Bounds { min: crate::geometry::point(-half.x, -half.y), max: half };
            let camera = Camera::fit(bounds, [f64::from(rect.width()), f64::from(rect.height())], 4.0);
            let scene = placed.scene(lang, Some(camera.bounds()), camera.px_per_m);
            self.map_scene = Some(MapPicture { made_for, scene: Arc::new(scene), camera });
        }
        let response = ui.allocate_rect(rect, Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, tr(lang, "start-map")));
        kit::tip(&response, &tr(lang, "start-map-tip"), None);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, theme.color(Role::MapLand));
        if let Some(MapPicture { scene, camera, .. }) = &self.map_scene {
            let camera = *camera;
            self.map_painted.paint(&painter, rect, scene, &camera);
            if let Some(at) = response.hover_pos() {
                painter.circle_stroke(at, 5.0, theme.stroke(Stroke::Edge, Role::Accent));
            }
            if let Some(at) = response.interact_pointer_pos().filter(|_| response.clicked()) {
                let world = camera.world_from_screen([f64::from(at.x - rect.min.x), f64::from(at.y - rect.min.y)]);
                if let Ok([lon_deg, lat_deg]) = frame.wgs84_from_local(world) {
                    actions.push(Action::NewAt { lon_deg, lat_deg, name: tr(lang, "name-project") });
                }
            }
        }
        ui.painter().rect_stroke(rect, 0.0, theme.stroke(Stroke::Fine, Role::Hairline), egui::StrokeKind::Inside);
    }

    fn wall(&mut self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        ui.label(theme.text(TypeRole::Headline, Role::Ink1, tr(lang, "wall-title")));
        ui.add_space(theme.space(2));
        ui.label(theme.text(TypeRole::Body, Role::Ink2, tr(lang, "wall-text")));
        ui.add_space(theme.space(6));
        let cards = self.wall.get_or_insert_with(wall::cards);
        let room = ui.available_rect_before_wrap();
        let gap = theme.space(5);
        if let [only] = cards.as_mut_slice() {
            return wall::feature(ui, room, only, lang, actions);
        }
        let columns = ((room.width() / 300.0) as usize).clamp(1, 5);
        let width = (room.width() - gap * (columns as f32 - 1.0)) / columns as f32;
        let size = Vec2::new(width, width * 0.92 + 60.0);
        for (at, card) in cards.iter_mut().enumerate() {
            let (column, row) = ((at % columns) as f32, (at / columns) as f32);
            let min = room.min + Vec2::new(column * (width + gap), row * (size.y + gap));
            if wall::show_card(ui, Rect::from_min_size(min, size), card, lang).clicked() {
                actions.push(Action::OpenCase(at));
            }
        }
    }
}

fn action_row(ui: &mut Ui, command: Command, name: &str, height: f32, lang: Lang) -> egui::Response {
    let theme = Theme::of(ui.ctx());
    kit::seam(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    row_ground(ui, rect, &response, theme);
    if let Some(icon) = command.icon().and_then(Icon::of_key).or(Some(Icon::Plan)) {
        let at = pos2(rect.left() + 9.0, rect.center().y);
        paint_icon(ui.painter(), icon, at, theme.size("/icon/in_button"), theme.color(Role::Ink1));
    }
    let left = pos2(rect.left() + 32.0, rect.center().y);
    kit::paint_text(ui, left, Align2::LEFT_CENTER, TypeRole::Lead, Role::Ink1, name);
    if let Some(shortcut) = command.shortcut() {
        let right = rect.right_center();
        kit::paint_text(ui, right, Align2::RIGHT_CENTER, TypeRole::Caption, Role::Ink3, &shortcut.text(lang));
    }
    response
}

/// What was open before, in so much room: with folders where that is enough for three, else by name alone. Those beyond
/// the room are scrolled to.
fn recent_rows(ui: &mut Ui, studio: &Studio, room: f32, gap: f32, actions: &mut Vec<Action>) {
    const MOST: usize = 5;
    const TALL: f32 = 46.0;
    const FLAT: f32 = 28.0;
    let recents = &studio.settings.recent;
    if recents.is_empty() {
        return;
    }
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    ui.add_space(gap);
    ui.label(theme.text(TypeRole::Label, Role::Ink1, tr(lang, "start-recent")));
    let space = if room < 200.0 { theme.space(2) } else { theme.space(3) };
    ui.add_space(space);
    let room = room - gap - 18.0 - space;
    let wanted = recents.len().min(MOST);
    let height = if room >= TALL * wanted.min(3) as f32 { TALL } else { FLAT };
    let rows = ((room / height).floor() as usize).clamp(1, wanted);
    let size = Vec2::new(ui.available_width(), rows as f32 * height);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    // The ground under a row reaches beyond the column.
    let rect = rect.expand2(Vec2::new(ROW_REACH, 0.0));
    let mut list = ui.new_child(UiBuilder::new().id_salt("recent").max_rect(rect));
    egui::ScrollArea::vertical().auto_shrink(false).max_height(size.y).min_scrolled_height(0.0).show(&mut list, |ui| {
        for (at, recent) in recents.iter().enumerate() {
            let row = ui.push_id(at, |ui| recent_row(ui, recent, height, height == TALL, lang)).inner;
            if row.gained_focus() {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                actions.push(Action::Open(recent.path.clone()));
            }
        }
    });
}

fn recent_row(ui: &mut Ui, recent: &crate::studio::Recent, height: f32, tall: bool, lang: Lang) -> egui::Response {
    let theme = Theme::of(ui.ctx());
    let (whole, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &recent.name));
    let rect = whole.shrink2(Vec2::new(ROW_REACH, 0.0));
    row_ground(ui, rect, &response, theme);
    let left = rect.left_center();
    let rise = if tall { 9.0 } else { 0.0 };
    let name = elided(ui, TypeRole::Label, Role::Ink1, &recent.name, rect.width());
    ui.painter().galley(left - Vec2::new(0.0, rise + name.size().y / 2.0), name, theme.color(Role::Ink1));
    let count = number(lang, recent.variants as f64, 0);
    let args = [("n", crate::i18n::Arg::from(recent.variants)), ("count", count.into())];
    let folder = recent.path.parent().map(|p| p.display().to_string()).unwrap_or_default();
    let file = recent.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let caption = format!("{file} · {} · {folder}", tr_with(lang, "start-variants", &args));
    if tall {
        let galley = elided(ui, TypeRole::Caption, Role::Ink2, &caption, rect.width());
        ui.painter().galley(left + Vec2::new(0.0, 3.0), galley, theme.color(Role::Ink2));
    } else {
        kit::tip(&response, &format!("{} · {caption}", recent.name), None);
    }
    kit::hairline_h(ui, rect.x_range(), rect.bottom() - 1.0, Role::Hairline);
    response
}

/// One line, shortened where there is no room for it.
fn elided(ui: &Ui, font: TypeRole, ink: Role, words: &str, width: f32) -> Arc<egui::Galley> {
    let mut job = Theme::of(ui.ctx()).line(font, ink, words);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

/// How far the ground under a row reaches beyond the column, in logical pixels.
const ROW_REACH: f32 = 12.0;

fn row_ground(ui: &Ui, rect: Rect, response: &egui::Response, theme: Theme) {
    let ground = rect.expand2(Vec2::new(ROW_REACH, 0.0));
    if response.hovered() {
        ui.painter().rect_filled(ground, 0.0, theme.color(Role::Hover));
    }
    if response.has_focus() {
        kit::focus_ring(ui, theme, ground, egui::CornerRadius::ZERO);
    }
}

/// The words of the switches at the foot.
struct Switches {
    langs: [String; 3],
    themes: [String; 3],
}

const THEMES: [Command; 3] = [Command::ThemePaper, Command::ThemeNight, Command::ThemePrint];

impl Switches {
    const GAP: f32 = 12.0;

    fn of(lang: Lang) -> Self {
        Self { langs: Lang::ALL.map(|l| l.code().to_uppercase()), themes: THEMES.map(|command| command.name(lang)) }
    }

    fn langs(&self) -> Vec<Segment<'_, Lang>> {
        Lang::ALL.iter().zip(&self.langs).map(|(l, code)| Segment::new(*l, code.as_str())).collect()
    }

    fn themes(&self) -> Vec<Segment<'_, look::Theme>> {
        look::Theme::ALL.iter().zip(&self.themes).map(|(t, name)| Segment::new(*t, name.as_str())).collect()
    }

    fn in_one_line(&self, ui: &Ui, width: f32) -> bool {
        let langs = kit::segments_width(ui, &self.langs());
        langs + Self::GAP + kit::segments_width(ui, &self.themes()) <= width
    }

    fn height(&self, ui: &Ui, width: f32) -> f32 {
        let theme = Theme::of(ui.ctx());
        let line = theme.size("/control/segment_height");
        if self.in_one_line(ui, width) { line } else { 2.0 * line + theme.space(3) }
    }
}

/// Language and theme: side by side, or one under the other where the column is too narrow.
fn foot_switches(ui: &mut Ui, rect: Rect, studio: &Studio, actions: &mut Vec<Action>) {
    let lang = studio.lang();
    let switches = Switches::of(lang);
    let (layout, gap) = if switches.in_one_line(ui, rect.width()) {
        (egui::Layout::left_to_right(egui::Align::Min), Switches::GAP)
    } else {
        (egui::Layout::top_down(egui::Align::Min), Theme::of(ui.ctx()).space(3))
    };
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(gap);
        let mut chosen = lang;
        if kit::segments(ui, &tr(lang, "start-language"), &mut chosen, &switches.langs()) {
            let command = [Command::LangEn, Command::LangNl, Command::LangFr][chosen.index()];
            actions.push(Action::Run(command));
        }
        let mut theme = studio.settings.theme;
        if kit::segments(ui, &tr(lang, "start-theme"), &mut theme, &switches.themes()) {
            actions.push(Action::Run(THEMES[theme as usize]));
        }
    });
}

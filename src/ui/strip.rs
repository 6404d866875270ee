//! The storey strip: the buildings of a plot side by side on one ground line. Width is floor area, height is storey
//! height, so an area of paint is a volume of use.

use std::sync::Arc;

use egui::{Align2, Painter, Pos2, Rect, Sense, Ui, UiBuilder, Vec2, pos2};

use super::icons::Icon;
use super::kit::{self, SwatchOf};
use super::theme::Theme;
use crate::i18n::{Lang, NO_BREAK, number, tr};
use crate::library::Library;
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::model::{Id, State, Variant, Volume};
use crate::studio::{Action, Command, Session, Studio};

/// Buildings shown at most; a plot with more says so.
const MOST_COLUMNS: usize = 40;

/// Space between two columns, in logical pixels.
const GAP: f32 = 14.0;

/// Room at the left for the heights, and above and below the stacks for names.
const LEVELS: f32 = 56.0;
const ABOVE: f32 = 18.0;
const BELOW: f32 = 24.0;

/// A volume on the ground (or on nothing), with those that stand on it.
struct Column {
    ground: Arc<Volume>,
    upper: Vec<Arc<Volume>>,
}

/// What the strip shows of a plot; kept until the project or the plot changes.
#[derive(Default)]
pub struct Strip {
    made_for: Option<(u64, Id, Option<Id>)>,
    columns: Vec<Column>,
    of: String,
    left_out: usize,
}

impl Strip {
    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
        let theme = Theme::of(ui.ctx());
        let rect = ui.max_rect();
        self.update(session);
        let head = Rect::from_min_size(rect.min, Vec2::new(rect.width(), 34.0));
        paint_head(ui, head, &self.of, self.left_out, studio, actions);
        let body =
            Rect::from_min_max(pos2(rect.left(), head.bottom()), rect.max).shrink2(Vec2::new(theme.space(5), 0.0));
        let Some(scale) = Scale::new(&self.columns, body) else {
            kit::paint_text(
                ui,
                body.left_top(),
                Align2::LEFT_TOP,
                TypeRole::Small,
                Role::Ink2,
                &tr(lang, "strip-empty"),
            );
            return;
        };
        scale.paint_levels(ui, lang);
        let mut x = scale.left;
        for column in &self.columns {
            paint_column(ui, session, column, &scale, x, actions, lang);
            x += scale.width(&column.ground) + GAP;
        }
        let ground = theme.stroke(Stroke::Ground, Role::Ink1);
        ui.painter().hline(scale.left - 8.0..=body.right(), scale.y(0.0), ground);
    }

    /// Looks up what is to be shown: the plot of the selection, else that of the first volume; with neither, what
    /// stands on no plot.
    fn update(&mut self, session: &Session) {
        let v = session.variant();
        let selected = session.selection().ids().find_map(|id| plot_of(v, id));
        let plot = selected.unwrap_or_else(|| v.volumes.iter().next().and_then(|volume| v.plot_of(volume)));
        let key = (session.revision(), v.id, plot);
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        self.of = plot.and_then(|id| v.plots.get(id)).map(|plot| plot.name.clone()).unwrap_or_default();
        let mut volumes: Vec<Arc<Volume>> =
            v.volumes.iter().filter(|volume| v.plot_of(volume) == plot).map(Arc::clone).collect();
        // From west to east, as they lie; upper ones find the one they stand on.
        let middle = |volume: &Volume| volume.footprint.bounds().map_or(0.0, |b| b.centre().x);
        volumes.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.id.cmp(&b.id)));
        let (ground, upper): (Vec<_>, Vec<_>) = volumes.into_iter().partition(|volume| volume.begins_on_ground());
        self.left_out = ground.len().saturating_sub(MOST_COLUMNS);
        let on_ground = ground.into_iter().take(MOST_COLUMNS);
        self.columns = on_ground.map(|ground| Column { ground, upper: Vec::new() }).collect();
        for volume in upper {
            let at = volume.footprint.inner_point();
            let carries = |column: &Column| at.is_some_and(|at| column.ground.footprint.contains(at));
            match self.columns.iter().position(carries) {
                Some(below) => self.columns[below].upper.push(volume),
                None if self.left_out == 0 => self.columns.push(Column { ground: volume, upper: Vec::new() }),
                None => {}
            }
        }
    }
}

fn plot_of(variant: &Variant, id: Id) -> Option<Option<Id>> {
    if variant.plots.contains(id) {
        return Some(Some(id));
    }
    variant.volumes.get(id).map(|volume| variant.plot_of(volume))
}

/// From metres to pixels.
struct Scale {
    left: f32,
    ground_y: f32,
    px_per_m: f32,
    px_per_m2: f32,
    top_m: f64,
}

impl Scale {
    fn new(columns: &[Column], body: Rect) -> Option<Self> {
        let all = || columns.iter().flat_map(|column| std::iter::once(&column.ground).chain(&column.upper));
        let top_m = all().map(|volume| volume.top_m()).fold(4.0, f64::max);
        let below_m = all().map(|volume| depth_m(volume)).fold(0.0, f64::max);
        let area_m2: f64 = columns.iter().map(|column| column.ground.footprint.area_m2()).sum();
        let width = body.width() - LEVELS - GAP * (columns.len() as f32 - 1.0) - 8.0;
        if area_m2 <= 0.0 || width <= 0.0 {
            return None;
        }
        let height = body.height() - ABOVE - BELOW;
        let px_per_m = (height / (top_m + below_m) as f32).min(9.0);
        Some(Self {
            left: body.left() + LEVELS,
            ground_y: (body.top() + ABOVE + height - below_m as f32 * px_per_m).round(),
            px_per_m,
            px_per_m2: width / area_m2 as f32,
            top_m,
        })
    }

    fn y(&self, level_m: f64) -> f32 {
        self.ground_y - level_m as f32 * self.px_per_m
    }

    fn width(&self, volume: &Volume) -> f32 {
        (volume.footprint.area_m2() as f32 * self.px_per_m2).max(3.0)
    }

    /// Level lines at round heights.
    fn paint_levels(&self, ui: &Ui, lang: Lang) {
        const LEAST_PX: f32 = 18.0;
        // Storeys higher than any of these steps fit are a fault of the file; they get no lines.
        let steps = [3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 500.0];
        let Some(step) = steps.into_iter().find(|m| *m as f32 * self.px_per_m >= LEAST_PX) else { return };
        let mut level_m = step;
        while level_m <= self.top_m + 0.5 {
            let y = self.y(level_m);
            kit::hairline_h(ui, self.left - 8.0..=ui.max_rect().right() - 12.0, y, Role::Hairline);
            let text = format!("+{}", number(lang, level_m, 2));
            kit::paint_text(ui, pos2(self.left - 14.0, y), Align2::RIGHT_CENTER, TypeRole::Caption, Role::Ink2, &text);
            level_m += step;
        }
    }
}

fn depth_m(volume: &Volume) -> f64 {
    volume.storeys.iter().filter(|s| s.below_ground).map(|s| s.height_m).sum::<f64>() - volume.base_m.min(0.0)
}

fn paint_column(
    ui: &mut Ui,
    session: &Session,
    column: &Column,
    scale: &Scale,
    x: f32,
    actions: &mut Vec<Action>,
    lang: Lang,
) {
    let width = scale.width(&column.ground);
    paint_volume(ui, session, &column.ground, scale, x, width, true, actions, lang);
    let upper_width: f32 = column.upper.iter().map(|volume| scale.width(volume)).sum();
    let free = (width - upper_width).max(0.0) / (column.upper.len() as f32 + 1.0);
    let mut at = x + free;
    for volume in &column.upper {
        // Upper volumes together may be larger than what carries them; then they share its width.
        let part = if upper_width > width { width / upper_width } else { 1.0 };
        let own = scale.width(volume) * part;
        paint_volume(ui, session, volume, scale, at, own, false, actions, lang);
        at += own + free;
    }
}

#[allow(clippy::too_many_arguments, reason = "a volume, where it stands and how it is shown")]
fn paint_volume(
    ui: &mut Ui,
    session: &Session,
    volume: &Volume,
    scale: &Scale,
    x: f32,
    width: f32,
    on_ground: bool,
    actions: &mut Vec<Action>,
    lang: Lang,
) {
    let theme = Theme::of(ui.ctx());
    let selected = session.selection().contains(volume.id);
    let mut level_m = volume.base_m - volume.storeys.iter().filter(|s| s.below_ground).map(|s| s.height_m).sum::<f64>();
    let bottom_m = level_m;
    for (at, storey) in volume.storeys.iter().enumerate() {
        let top_m = level_m + storey.height_m;
        let cell = Rect::from_min_max(pos2(x, scale.y(top_m)), pos2(x + width, scale.y(level_m)));
        level_m = top_m;
        let response = ui.interact(cell, ui.scope_id().with((volume.id, at)), Sense::click());
        let name =
            format!("{} · {} {}", volume.name, tr(lang, "stack-storey"), number(lang, volume.level(at) as f64, 0));
        let on = selected && session.selection().storey() == Some(at);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, &name));
        paint_storey(ui.painter(), theme, session.library(), storey, cell);
        label(ui, theme, session.library(), storey, cell, on_ground.then(|| volume.footprint.area_m2()), lang);
        if response.hovered() && !on {
            ui.painter().rect_stroke(cell, 0.0, theme.stroke(Stroke::Hover, Role::Accent), egui::StrokeKind::Inside);
        }
        if response.clicked() {
            if !selected {
                actions.push(Action::Select(vec![volume.id]));
            }
            actions.push(Action::SelectStorey(Some(at)));
        }
        if on {
            ui.painter().rect_stroke(
                cell,
                0.0,
                theme.stroke(Stroke::Selection, Role::Accent),
                egui::StrokeKind::Inside,
            );
        }
    }
    let whole = Rect::from_min_max(pos2(x, scale.y(level_m)), pos2(x + width, scale.y(bottom_m)));
    ui.painter().rect_stroke(whole, 0.0, theme.stroke(Stroke::Edge, Role::VolumeEdge), egui::StrokeKind::Middle);
    if selected {
        let ring = whole.expand(2.0);
        ui.painter().rect_stroke(ring, 0.0, theme.stroke(Stroke::Selection, Role::Selection), egui::StrokeKind::Middle);
    }
    names(ui, volume, whole, scale, on_ground, selected);
}

fn paint_storey(painter: &Painter, theme: Theme, library: &Library, storey: &crate::model::Storey, cell: Rect) {
    let mut left = cell.left();
    for share in storey.uses.shares() {
        let right = left + cell.width() * share.share as f32;
        let part = Rect::from_min_max(pos2(left, cell.top()), pos2(right, cell.bottom()));
        left = right;
        match library.get(&share.id) {
            Some(u) if storey.state != State::Removed => kit::paint_swatch(painter, part, &SwatchOf::of(u)),
            _ => {
                painter.rect_filled(part, 0.0, theme.color(Role::Panel));
            }
        }
    }
    let corners = [cell.left_top(), cell.right_top(), cell.right_bottom(), cell.left_bottom(), cell.left_top()];
    if storey.state == State::Removed {
        let dash = theme.dash(Dash::Ghost);
        painter.extend(egui::Shape::dashed_line(&corners, theme.stroke(Stroke::Fine, Role::Ink2), dash[0], dash[1]));
    } else {
        painter.rect_stroke(cell, 0.0, theme.stroke(Stroke::Hair, Role::VolumeEdge), egui::StrokeKind::Middle);
    }
}

/// The use's name at the left of a cell and, on the ground, its area at the right; each on a chip of its own colour.
fn label(
    ui: &Ui,
    theme: Theme,
    library: &Library,
    storey: &crate::model::Storey,
    cell: Rect,
    area_m2: Option<f64>,
    lang: Lang,
) {
    const LEAST_HEIGHT: f32 = 13.0;
    let Some(u) = storey.uses.main().and_then(|id| library.get(id)) else { return };
    if cell.height() < LEAST_HEIGHT || storey.state == State::Removed {
        return;
    }
    let (ink, ground) = (theme.on_use(&u.id, u.family), theme.use_color(&u.id, u.family));
    let chip = |at: Pos2, align: Align2, text: &str, room: f32| -> f32 {
        let job = egui::text::LayoutJob::single_section(text.to_owned(), theme.format_in(TypeRole::Caption, ink));
        let galley = ui.painter().layout_job(job);
        if galley.size().x > room {
            return 0.0;
        }
        let rect = align.anchor_size(at, galley.size());
        ui.painter().rect_filled(rect.expand2(Vec2::new(3.0, 0.0)), 0.0, ground);
        ui.painter().galley(rect.min, galley, ink);
        rect.width() + 8.0
    };
    let used = chip(cell.left_center() + Vec2::new(6.0, 0.0), Align2::LEFT_CENTER, u.name(lang), cell.width() - 12.0);
    if let Some(area_m2) = area_m2.filter(|_| used > 0.0) {
        let text = format!("{}{NO_BREAK}m²", number(lang, area_m2, 0));
        chip(cell.right_center() - Vec2::new(6.0, 0.0), Align2::RIGHT_CENTER, &text, cell.width() - used - 16.0);
    }
}

/// The name above upper volumes, below those on the ground, where there is room.
fn names(ui: &Ui, volume: &Volume, whole: Rect, scale: &Scale, on_ground: bool, selected: bool) {
    let theme = Theme::of(ui.ctx());
    let ink = if selected { Role::Accent } else { Role::Ink1 };
    let mut job = theme.line(if on_ground { TypeRole::Small } else { TypeRole::Caption }, ink, &volume.name);
    job.wrap = egui::text::TextWrapping::truncate_at_width(whole.width().max(52.0));
    let galley = ui.painter().layout_job(job);
    let at = if on_ground {
        pos2(whole.left(), scale.y(0.0).max(whole.bottom()) + 4.0)
    } else {
        pos2(whole.center().x - galley.size().x / 2.0, whole.top() - galley.size().y - 1.0)
    };
    ui.painter().galley(at, galley, theme.color(ink));
}

fn paint_head(ui: &mut Ui, rect: Rect, of: &str, left_out: usize, studio: &Studio, actions: &mut Vec<Action>) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let left = rect.left_center() + Vec2::new(theme.space(5), 0.0);
    let title = kit::paint_text(ui, left, Align2::LEFT_CENTER, TypeRole::Label, Role::Ink1, &tr(lang, "stack-title"));
    let mut caption =
        if of.is_empty() { tr(lang, "strip-width") } else { format!("{of} · {}", tr(lang, "strip-width")) };
    if left_out > 0 {
        let count = number(lang, left_out as f64, 0);
        caption = format!("{caption} · {}", crate::i18n::tr_with(lang, "notice-more", &[("count", count.into())]));
    }
    let at = title.right_center() + Vec2::new(theme.space(3), 0.0);
    kit::paint_text(ui, at, Align2::LEFT_CENTER, TypeRole::Small, Role::Ink2, &caption);
    let right = Rect::from_min_max(pos2(rect.right() - 110.0, rect.top()), pos2(rect.right() - 12.0, rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for command in [Command::AddStorey, Command::RemoveStorey] {
                let icon = command.icon().and_then(Icon::of_key).unwrap_or(Icon::Plus);
                let shortcut = command.shortcut().map(|s| s.text(lang));
                let can = studio.can_run(command);
                let name = command.name(lang);
                if kit::icon_button(ui, icon, &name, shortcut.as_deref(), false, can.is_ok()).clicked() {
                    actions.push(Action::Run(command));
                }
            }
        });
    });
}

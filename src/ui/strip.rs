//! The storey strip: the buildings of a plot side by side on one ground line. Width is floor area, height is storey
//! height, so an area of paint is a volume of use.

mod brush;
mod grips;
mod labels;
mod levels;
mod palette;
mod range;
mod stacks;

use std::sync::Arc;

use egui::{Align2, Rect, Ui, UiBuilder, Vec2, pos2};

pub(crate) use grips::give_up as give_up_pull;

/// Gives up what is being painted; `true` when something was.
pub(crate) fn give_up_painting(ctx: &egui::Context) -> bool {
    brush::give_up(ctx)
}

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::geometry::part_inside;
use crate::i18n::{number, tr};
use crate::look::{Role, Stroke, TypeRole};
use crate::model::limits::CARRIED_PART;
use crate::model::{Id, Variant, Volume};
use crate::studio::{Action, Command, Session, Studio};

/// Buildings shown at most; a plot with more says so.
const MOST_COLUMNS: usize = 40;

/// Space between two columns, in logical pixels.
const GAP: f32 = 14.0;

/// Room at the left for the heights, and above and below the stacks for names.
const LEVELS: f32 = 56.0;
const ABOVE: f32 = 20.0;
const BELOW: f32 = 24.0;

/// A volume on the ground (or on nothing), with those that stand on it.
struct Column {
    ground: Arc<Volume>,
    upper: Vec<Arc<Volume>>,
}

/// What the strip shows of a plot; kept until the project or the plot changes.
#[derive(Default)]
pub struct Strip {
    /// Of which revision, variant and plot, and whether the hand was still moving things.
    made_for: Option<(u64, Id, Option<Id>, bool)>,
    columns: Vec<Column>,
    of: String,
    left_out: usize,
    /// The plot of what was selected last, at which revision and in which variant: it stays while nothing is selected.
    worked_on: Option<(u64, Id, Option<Id>)>,
}

impl Strip {
    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
        let theme = Theme::of(ui.ctx());
        let whole = ui.max_rect();
        self.update(session);
        let window = ui.ctx().content_rect();
        // Where there is no room beside the stacks the palette folds into the head.
        let beside = window.width() >= theme.size("/breakpoint/wide");
        let rect = if beside { whole.with_max_x(whole.right() - palette::WIDTH) } else { whole };
        if beside {
            palette::show(ui, whole.with_min_x(rect.right()), session, lang, actions);
        }
        let head = Rect::from_min_size(rect.min, Vec2::new(rect.width(), 34.0));
        paint_head(ui, head, &self.of, self.left_out, studio, !beside, actions);
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
        levels::paint(ui, &self.columns, &scale, lang);
        let mut panel = stacks::Stacks::new(session, &scale, lang);
        let mut x = scale.left;
        for column in &self.columns {
            panel.column(ui, column, x, actions);
            x += scale.width(&column.ground) + GAP;
        }
        let ground = theme.stroke(Stroke::Ground, Role::Ink1);
        ui.painter().hline(scale.left - 8.0..=body.right(), scale.y(0.0), ground);
        panel.selected(ui, actions);
        panel.brush.finish(ui, actions);
    }

    /// Looks up what is to be shown: the plot of the selection, else the one that was worked on last, else that of the first
    /// volume; with none of these, what stands on no plot.
    fn update(&mut self, session: &Session) {
        let v = session.variant();
        let selected = session.selection().ids().find_map(|id| v.plot_under(id));
        let is_here = |of: &(u64, Id, Option<Id>)| {
            let (revision, variant, plot) = *of;
            let is_there = plot.is_none_or(|plot| v.plots.contains(plot));
            Session::is_of_same(revision, session.revision()) && variant == v.id && is_there
        };
        let last = || self.worked_on.filter(is_here);
        let first = || v.volumes.iter().next().and_then(|volume| v.plot_of(volume));
        let plot = selected.unwrap_or_else(|| last().map_or_else(first, |(.., plot)| plot));
        if selected.is_some() {
            self.worked_on = Some((session.revision(), v.id, plot));
        }
        let in_gesture = session.history().in_gesture();
        let key = (session.revision(), v.id, plot, in_gesture);
        if self.made_for == Some(key) {
            return;
        }
        let before = self.made_for.replace(key);
        if in_gesture && before.is_some_and(|(_, variant, of, _)| (variant, of) == (v.id, plot)) {
            // While the hand moves things the columns stay where they are.
            return self.refresh(v);
        }
        self.of = plot.and_then(|id| v.plots.get(id)).map(|plot| plot.name.clone()).unwrap_or_default();
        let mut volumes: Vec<Arc<Volume>> = match (plot, session.sums()) {
            (Some(plot), Some(sums)) => {
                sums.volumes_on(plot).filter_map(|id| v.volumes.get(id)).map(Arc::clone).collect()
            }
            _ => v.volumes.iter().filter(|volume| v.plot_of(volume) == plot).map(Arc::clone).collect(),
        };
        // From west to east, as they lie; upper ones find the one they stand on.
        let middle = |volume: &Volume| volume.footprint.bounds().map_or(0.0, |b| b.centre().x);
        volumes.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.id.cmp(&b.id)));
        let (ground, upper): (Vec<_>, Vec<_>) = volumes.into_iter().partition(|volume| volume.begins_on_ground());
        self.left_out = ground.len().saturating_sub(MOST_COLUMNS);
        let on_ground = ground.into_iter().take(MOST_COLUMNS);
        self.columns = on_ground.map(|ground| Column { ground, upper: Vec::new() }).collect();
        for volume in upper {
            // It stands where the largest part of it does.
            let parts = self.columns.iter().map(|column| part_inside(&volume.footprint, &column.ground.footprint));
            let most = parts.enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            match most.filter(|&(_, part)| part >= CARRIED_PART) {
                Some((below, _)) => self.columns[below].upper.push(volume),
                None if self.left_out == 0 => self.columns.push(Column { ground: volume, upper: Vec::new() }),
                None => {}
            }
        }
    }

    /// Takes up what became of the volumes that are shown.
    fn refresh(&mut self, v: &Variant) {
        let all =
            self.columns.iter_mut().flat_map(|column| std::iter::once(&mut column.ground).chain(&mut column.upper));
        for volume in all {
            if let Some(now) = v.volumes.get(volume.id) {
                *volume = Arc::clone(now);
            }
        }
    }
}

/// From metres to pixels.
struct Scale {
    left: f32,
    right: f32,
    ground_y: f32,
    px_per_m: f32,
    px_per_m2: f32,
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
        // A shed does not become a tower in a high strip; but who makes it higher wants to see more.
        let px_per_m = (height / (top_m + below_m) as f32).min((height / 24.0).max(9.0));
        Some(Self {
            left: body.left() + LEVELS,
            right: body.right(),
            ground_y: (body.top() + ABOVE + height - below_m as f32 * px_per_m).round(),
            px_per_m,
            px_per_m2: width / area_m2 as f32,
        })
    }

    /// On whole pixels, so that lines are sharp.
    fn y(&self, level_m: f64) -> f32 {
        (self.ground_y - level_m as f32 * self.px_per_m).round()
    }

    fn width(&self, volume: &Volume) -> f32 {
        (volume.footprint.area_m2() as f32 * self.px_per_m2).max(3.0)
    }
}

fn depth_m(volume: &Volume) -> f64 {
    volume.storeys.iter().filter(|s| s.below_ground).map(|s| s.height_m).sum::<f64>() - volume.base_m.min(0.0)
}

fn paint_head(
    ui: &mut Ui,
    rect: Rect,
    of: &str,
    left_out: usize,
    studio: &Studio,
    with_uses: bool,
    actions: &mut Vec<Action>,
) {
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
    let room = if with_uses { 420.0 } else { 260.0 };
    let right = Rect::from_min_max(pos2(rect.right() - room, rect.top()), pos2(rect.right() - 12.0, rect.bottom()));
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
            if let Some(session) = studio.session() {
                ui.add_space(theme.space(3));
                range::show(ui, session, lang, actions);
                if with_uses {
                    ui.add_space(theme.space(3));
                    palette::folded(ui, session, lang, actions);
                }
            }
        });
    });
}

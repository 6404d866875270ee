//! A figure: its name, its value and unit, its range, its verdict; and a door to how it comes about.

use egui::{Align2, CornerRadius, Painter, Rect, Response, Role as Kind, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::hints::tip;
use super::{lay, lay_within, named, paint_galley, place};
use crate::i18n::UNDEFINED;
use crate::look::{Role, TypeRole};
use crate::ui::theme::Theme;

/// What a figure says of its target, with the signed distance in words.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Reached: `✓ +354`.
    Good(String),
    /// Missed: `! −8`.
    Warning(String),
    /// A mere difference, such as to today.
    Neutral(String),
}

impl Verdict {
    /// Its words with their sign.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Good(text) => format!("✓ {text}"),
            Self::Warning(text) => format!("! {text}"),
            Self::Neutral(text) => text.clone(),
        }
    }

    /// The role of its ink.
    #[must_use]
    pub fn ink(&self) -> Role {
        match self {
            Self::Good(_) => Role::Good,
            Self::Warning(_) => Role::Warning,
            Self::Neutral(_) => Role::Ink1,
        }
    }
}

/// The range of an estimate, and the target beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureRange {
    /// The least.
    pub low: f64,
    /// What the figure shows.
    pub mid: f64,
    /// The most.
    pub high: f64,
    /// The target, if there is one.
    pub target: Option<f64>,
}

/// Everything a cell of figures shows, in words that are ready.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureView {
    /// What is counted, in lower case.
    pub label: String,
    /// The number; ignored when there is a reason in `undefined`.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Range, bound or base, under the number at the left.
    pub note: String,
    /// What the target says.
    pub verdict: Option<Verdict>,
    /// The range as a bar.
    pub range: Option<FigureRange>,
    /// Why there is no number.
    pub undefined: Option<String>,
}

impl FigureView {
    /// A figure with its number and unit.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), unit: unit.into(), ..Self::default() }
    }

    /// A figure without a value, and why.
    #[must_use]
    pub fn undefined(label: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { label: label.into(), undefined: Some(reason.into()), ..Self::default() }
    }

    /// All of it in one line, as it is read out.
    #[must_use]
    pub fn spoken(&self) -> String {
        let (value, unit) = match &self.undefined {
            Some(reason) => (UNDEFINED, reason.as_str()),
            None => (self.value.as_str(), self.unit.as_str()),
        };
        let verdict = self.verdict.as_ref().map(Verdict::text).unwrap_or_default();
        let parts = [self.label.as_str(), value, unit, self.note.as_str(), verdict.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl FigureView {
    /// What a compact cell has no line for: range or reason, and the verdict. `None` when that is nothing.
    fn left_out(&self) -> Option<String> {
        let verdict = self.verdict.as_ref().map(Verdict::text).unwrap_or_default();
        let note = self.undefined.as_ref().unwrap_or(&self.note);
        let parts: Vec<&str> = [note.as_str(), &verdict].into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| format!("{} · {}", self.label, parts.join(" · ")))
    }
}

/// Where the lines of a cell stand, from its top, in logical pixels: tops of lines, measured on the drawing of the look.
struct Rows {
    height: f32,
    label: f32,
    value: f32,
    note: f32,
    bar: f32,
    figure: TypeRole,
}

impl Rows {
    fn of(theme: Theme, compact: bool) -> Self {
        if compact {
            let height = theme.size("/panel/figure_row/narrow");
            return Self {
                height,
                label: 5.0,
                value: 18.0,
                note: f32::NAN,
                bar: f32::NAN,
                figure: TypeRole::FigureSmall,
            };
        }
        let height = theme.size("/panel/figure_row/wide");
        Self { height, label: 6.0, value: 20.0, note: 50.0, bar: 38.0, figure: TypeRole::FigureLarge }
    }
}

/// One figure, as wide as there is room; `compact` puts what stands in the third line beside the number, where there is
/// room for it, and leaves out the bar. A click asks how it comes about.
pub fn figure_cell(ui: &mut Ui, view: &FigureView, compact: bool, on: bool) -> Response {
    let theme = Theme::of(ui.ctx());
    let rows = Rows::of(theme, compact);
    let placed = place(ui, vec2(ui.available_width(), rows.height), true, named(Kind::Button, &view.spoken()));
    // The ground reaches a little beyond the words, but leaves the hairlines above and below.
    let rect = placed.rect;
    let ground =
        Rect::from_min_max(pos2(rect.left() - 6.0, rect.top() + 3.0), pos2(rect.right() + 6.0, rect.bottom() - 2.0));
    let fill = if on {
        theme.color(Role::AccentSoft)
    } else {
        theme.faded(Role::Hover, placed.hover.max(f32::from(placed.pressed)))
    };
    ui.painter().rect_filled(ground, CornerRadius::ZERO, fill);
    paint_figure(ui, theme, rect, &rows, view, placed.enabled);
    if compact && let Some(words) = view.left_out() {
        tip(&placed.response, &words, None);
    }
    if placed.focus {
        super::focus_ring(ui, theme, ground, CornerRadius::ZERO);
    }
    placed.response
}

fn paint_figure(ui: &Ui, theme: Theme, rect: Rect, rows: &Rows, view: &FigureView, enabled: bool) {
    let ink = |role| theme.color(if enabled { role } else { Role::Disabled });
    let painter = ui.painter();
    let compact = rows.note.is_nan();
    let label = lay_within(ui, TypeRole::Caption, ink(Role::Ink2), &view.label, rect.width());
    paint_galley(painter, rect.min + vec2(0.0, rows.label), Align2::LEFT_TOP, label);

    let has_value = view.undefined.is_none() && enabled;
    let (value, unit) = if has_value { (view.value.as_str(), view.unit.as_str()) } else { (UNDEFINED, "") };
    let role = if enabled { Role::Ink1 } else { Role::Disabled };
    let number = ui.fonts_mut(|fonts| fonts.layout_job(theme.figure(rows.figure, role, value, unit)));
    let number = paint_galley(painter, rect.min + vec2(0.0, rows.value), Align2::LEFT_TOP, number);

    if let Some(verdict) = view.verdict.as_ref().filter(|_| has_value) {
        let galley = lay(ui, TypeRole::Small, theme.color(verdict.ink()), &verdict.text());
        let top = if compact { rows.value + 6.5 } else { rows.note - 1.5 };
        // In a narrow cell the number comes first: a verdict that would touch it waits for the tooltip.
        if !compact || number.right() + 3.0 + galley.size().x <= rect.right() {
            paint_galley(painter, pos2(rect.right(), rect.top() + top), Align2::RIGHT_TOP, galley);
        }
    }
    if compact {
        if has_value && view.verdict.is_none() && !view.note.is_empty() {
            let note = lay(ui, TypeRole::Caption, ink(Role::Ink2), &view.note);
            if number.right() + 6.0 + note.size().x <= rect.right() {
                let top = rect.top() + rows.value + 8.0;
                paint_galley(painter, pos2(rect.right(), top), Align2::RIGHT_TOP, note);
            }
        }
        return;
    }
    if let Some(range) = view.range.filter(|_| has_value) {
        let bar = Rect::from_min_max(
            pos2((rect.right() - 72.0).max(number.right() + 4.0), rect.top() + rows.bar - 10.0),
            pos2(rect.right(), rect.top() + rows.bar + 4.0),
        );
        if bar.width() > 40.0 {
            paint_range_bar(painter, bar, range);
        }
    }
    let note = view.undefined.as_ref().unwrap_or(&view.note);
    let galley = lay_within(ui, TypeRole::Caption, ink(Role::Ink2), note, rect.width());
    paint_galley(painter, rect.min + vec2(0.0, rows.note), Align2::LEFT_TOP, galley);
}

/// A range as a bar: its track, from least to most, a tick at the figure, a triangle at the target.
pub fn paint_range_bar(painter: &Painter, rect: Rect, range: FigureRange) {
    let theme = Theme::of(painter.ctx());
    let most = range.high.max(range.target.unwrap_or(range.high)).max(range.mid);
    let least = range.low.min(range.target.unwrap_or(range.low)).min(range.mid);
    let (from, to) = (least * 0.55, most * 1.12);
    if to.partial_cmp(&from) != Some(std::cmp::Ordering::Greater) {
        return;
    }
    let x_of = |value: f64| rect.left() + ((value - from) / (to - from)) as f32 * rect.width();
    let y = rect.bottom() - 4.0;
    painter.hline(rect.x_range(), y + 0.5, Stroke::new(1.0, theme.color(Role::HairlineStrong)));
    let ink = theme.color(Role::Ink1);
    let thick = Rect::from_x_y_ranges(x_of(range.low)..=x_of(range.high), y - 0.7..=y + 1.7);
    painter.rect_filled(thick, CornerRadius::ZERO, ink);
    painter.vline(x_of(range.mid), y - 3.5..=y + 4.5, Stroke::new(1.6, ink));
    if let Some(target) = range.target {
        let (x, accent) = (x_of(target), theme.color(Role::Accent));
        let top = y - 10.0;
        let triangle = vec![pos2(x - 4.0, top), pos2(x + 4.0, top), pos2(x, top + 5.5)];
        painter.add(Shape::convex_polygon(triangle, accent, Stroke::NONE));
        painter.vline(x, top + 4.0..=y + 0.5, Stroke::new(1.0, accent));
    }
}

/// What came of showing figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Grid {
    /// The place of the one clicked, and where it is.
    pub clicked: Option<(usize, Rect)>,
    /// Where the one is that is being explained.
    pub open: Option<Rect>,
}

/// Figures in two columns with hairlines between the rows; `open` is the one being explained.
pub fn figure_grid(ui: &mut Ui, views: &[FigureView], compact: bool, open: Option<usize>) -> Grid {
    let theme = Theme::of(ui.ctx());
    let gap = theme.space(5) + theme.space(2);
    let whole = ui.available_rect_before_wrap();
    let width = (whole.width() - gap) / 2.0;
    let height = Rows::of(theme, compact).height;
    let count = views.len().div_ceil(2) as f32;
    let mut grid = Grid::default();
    for (i, view) in views.iter().enumerate() {
        let (column, row) = ((i % 2) as f32, (i / 2) as f32);
        let min = whole.min + vec2(column * (width + gap), row * height);
        let rect = Rect::from_min_size(min, vec2(width, height));
        if column == 0.0 {
            super::hairline_h(ui, whole.x_range(), rect.top(), Role::Hairline);
        }
        let mut cell = ui.new_child(egui::UiBuilder::new().id_salt(("figure", i)).max_rect(rect));
        if figure_cell(&mut cell, view, compact, open == Some(i)).clicked() {
            grid.clicked = Some((i, rect));
        }
        if open == Some(i) {
            grid.open = Some(rect);
        }
    }
    ui.allocate_exact_size(vec2(whole.width(), height * count), Sense::hover());
    super::hairline_h(ui, whole.x_range(), whole.top() + height * count, Role::Hairline);
    grid
}

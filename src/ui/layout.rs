//! What stands where in the editor, in exact logical pixels after the look.

use egui::{Pos2, Rangef, Rect, Ui};

use super::theme::Theme;
use crate::look::{Role, Stroke};
use crate::studio::PanelSizes;

/// The parts of the editor.
pub struct Layout {
    /// The bar at the top.
    pub top: Rect,
    /// The tools at the left.
    pub rail: Rect,
    /// The drawing.
    pub canvas: Rect,
    /// What is selected, at the right; `None` while the drawer is shut.
    pub inspector: Option<Rect>,
    /// The figures below it.
    pub figures: Option<Rect>,
    /// The storeys side by side, under the drawing.
    pub strip: Rect,
    /// How low and how high its seam makes the strip, in logical pixels.
    pub strip_limits_px: Rangef,
    /// The same of the figures.
    pub figures_limits_px: Rangef,
    /// The line at the bottom.
    pub status: Rect,
    /// Whether the window is narrow: smaller figures, fewer words.
    pub narrow: bool,
    /// Whether the panel at the right is a drawer.
    pub is_drawer: bool,
    /// Whether the window is smaller than anything can be shown in.
    pub too_small: bool,
}

impl Layout {
    /// Divides a window; `sizes` are what the seams were dragged to.
    #[must_use]
    pub fn new(window: Rect, theme: Theme, drawer_open: bool, sizes: PanelSizes) -> Self {
        let narrow = window.width() < theme.size("/breakpoint/wide");
        let is_drawer = window.width() < theme.size("/breakpoint/right_is_drawer");
        let wide_or_narrow = |path: &str| theme.size(&format!("{path}/{}", if narrow { "narrow" } else { "wide" }));
        let (top_height, status_height) = (theme.size("/panel/top_bar"), theme.size("/panel/status"));
        let top = Rect::from_min_max(window.min, Pos2::new(window.max.x, window.min.y + top_height));
        let status = Rect::from_min_max(Pos2::new(window.min.x, window.max.y - status_height), window.max);
        let middle = Rect::from_min_max(top.left_bottom(), status.right_top());
        let rail = Rect::from_min_max(middle.min, Pos2::new(middle.min.x + theme.size("/panel/rail"), middle.max.y));
        let right_width = wide_or_narrow("/panel/right");
        let right_shown = !is_drawer || drawer_open;
        let right = Rect::from_min_max(Pos2::new(middle.max.x - right_width, middle.min.y), middle.max);
        let wanted = sizes.figures_px.unwrap_or_else(|| default_figures_height(theme, narrow, right.height()));
        let figures_limits_px =
            Rangef::new(LEAST_PANEL.min(right.height()), (right.height() - LEAST_PANEL).max(LEAST_PANEL));
        let figures_height = figures_limits_px.clamp(wanted);
        let split = right.max.y - figures_height;
        let canvas_right = if right_shown && !is_drawer { right.min.x } else { middle.max.x };
        // A drawer lies over the drawing; the strip makes room for it, since one scrolls the drawing but not the strip.
        let strip_right = if right_shown { right.min.x } else { middle.max.x };
        // Whatever was pulled, the drawing keeps its least.
        let strip_limits_px = Rangef::new(LEAST_PANEL, (middle.height() - LEAST_DRAWING).max(LEAST_PANEL));
        let strip_height = if middle.height() < LEAST_FOR_STRIP {
            0.0
        } else {
            strip_limits_px.clamp(sizes.strip_px.unwrap_or_else(|| wide_or_narrow("/panel/strip"))).round()
        };
        let strip_top = middle.max.y - strip_height;
        Self {
            top,
            rail,
            canvas: Rect::from_min_max(Pos2::new(rail.max.x, middle.min.y), Pos2::new(canvas_right, strip_top)),
            strip: Rect::from_min_max(Pos2::new(rail.max.x, strip_top), Pos2::new(strip_right, middle.max.y)),
            inspector: right_shown.then(|| Rect::from_min_max(right.min, Pos2::new(right.max.x, split))),
            figures: right_shown.then(|| Rect::from_min_max(Pos2::new(right.min.x, split), right.max)),
            strip_limits_px,
            figures_limits_px,
            status,
            narrow,
            is_drawer,
            too_small: window.width() < 480.0 || window.height() < 320.0,
        }
    }

    /// What the open drawer covers of the drawing.
    #[must_use]
    pub fn drawer(&self) -> Option<Rect> {
        let (inspector, figures) = self.inspector.zip(self.figures).filter(|_| self.is_drawer)?;
        Some(inspector.union(figures))
    }

    /// Hairlines between the parts, on the pixel grid.
    pub fn paint_seams(&self, ui: &Ui, theme: Theme) {
        let stroke = theme.stroke(Stroke::PanelRule, Role::Hairline);
        let painter = ui.painter();
        let half = |value: f32| value.round() - 0.5;
        painter.hline(self.top.x_range(), half(self.top.max.y), stroke);
        painter.hline(self.status.x_range(), half(self.status.min.y + 1.0), stroke);
        painter.vline(half(self.rail.max.x), self.rail.y_range(), stroke);
        if self.strip.height() > 0.0 {
            painter.hline(self.strip.x_range(), half(self.strip.min.y + 1.0), stroke);
        }
        if let (Some(inspector), Some(figures)) = (self.inspector, self.figures) {
            painter.vline(half(inspector.min.x + 1.0), inspector.min.y..=figures.max.y, stroke);
            painter.hline(
                figures.x_range(),
                half(figures.min.y + 1.0),
                theme.stroke(Stroke::PanelRule, Role::HairlineStrong),
            );
        }
    }
}

/// The inspector and the figures never get lower than this.
const LEAST_PANEL: f32 = 120.0;

/// The drawing never gets lower than this by a seam.
const LEAST_DRAWING: f32 = 320.0;

/// Below this height the drawing needs the room of the strip.
const LEAST_FOR_STRIP: f32 = 520.0;

/// Head, rows of figures, family bar and charts: high rows where they leave the inspector enough of the panel.
fn default_figures_height(theme: Theme, narrow: bool, panel_height: f32) -> f32 {
    /// The part of the panel that the figures may take.
    const PART: f32 = 0.68;
    let most = panel_height * PART;
    let with_rows = |row: &str, charts: f32| 36.0 + 6.0 * theme.size(row) + charts;
    let high = with_rows("/panel/figure_row/wide", 232.0);
    if narrow || high > most { with_rows("/panel/figure_row/narrow", 160.0).min(most) } else { high }
}

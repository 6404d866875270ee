//! The seams between panels, which can be dragged: above the figures, and above the storeys.

use egui::{CursorIcon, Rangef, Rect, Sense, Ui};

use super::layout::Layout;
use crate::studio::PanelSizes;

/// How far from a seam it can be caught, in logical pixels.
pub(super) const REACH: f32 = 4.0;

/// Lets them follow the pointer; a double click puts one back. `true` when one was let go of.
pub(super) fn drag(ui: &Ui, layout: &Layout, sizes: &mut PanelSizes) -> bool {
    let mut done = false;
    if let Some(figures) = layout.figures {
        done |= seam(ui, "figures seam", figures, layout.figures_limits_px, &mut sizes.figures_px);
    }
    if layout.strip.height() > 0.0 {
        done |= seam(ui, "strip seam", layout.strip, layout.strip_limits_px, &mut sizes.strip_px);
    }
    done
}

/// The upper edge of a panel, that makes it higher or lower.
fn seam(ui: &Ui, name: &str, panel: Rect, limits_px: Rangef, height_px: &mut Option<f32>) -> bool {
    let line = Rect::from_x_y_ranges(panel.x_range(), panel.top() - REACH..=panel.top() + REACH);
    let response = ui.interact(line, ui.scope_id().with(name), Sense::click_and_drag());
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeVertical);
    }
    // From where it began: what is laid out is rounded.
    let began = ui.scope_id().with((name, "began"));
    if response.drag_started() {
        ui.data_mut(|data| data.insert_temp(began, panel.height()));
    }
    if let Some(pulled_px) = response.total_drag_delta() {
        let from = ui.data(|data| data.get_temp::<f32>(began)).unwrap_or(panel.height());
        *height_px = Some(limits_px.clamp(from - pulled_px.y));
    }
    if response.double_clicked() {
        *height_px = None;
    }
    response.drag_stopped() || response.double_clicked()
}

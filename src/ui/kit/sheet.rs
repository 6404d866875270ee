//! Sheets that lie beside the work: pulled out of the way, and larger by their corner.

use egui::{Area, Context, CursorIcon, Id, Order, Rect, Sense, Stroke, Ui, UiKind, Vec2, vec2};

use super::raised;
use crate::look::Role;
use crate::ui::theme::Theme;

/// How large the content of a sheet is: what its corner was pulled to, in logical pixels.
#[derive(Clone, Copy, Debug, Default)]
pub struct SheetSize {
    pulled: Option<Vec2>,
    /// What it was when the pull began.
    began: Vec2,
    /// The least and the most that it could be when it was last asked for.
    limits: [Vec2; 2],
}

impl SheetSize {
    /// What it was pulled to, else what is `usual`: never more than `most`, and never less than `least` where there is room
    /// for that.
    pub fn fit(&mut self, usual: Vec2, least: Vec2, most: Vec2) -> Vec2 {
        let most = most.max(Vec2::ZERO);
        let least = least.min(most);
        self.limits = [least, most];
        self.pulled.unwrap_or(usual).clamp(least, most).round()
    }

    /// Whether it was pulled to a size of its own.
    #[must_use]
    pub fn is_pulled(&self) -> bool {
        self.pulled.is_some()
    }

    /// The corner that is pulled; a double click gives it up again.
    fn pull(&mut self, ui: &Ui, sheet: Rect, size: Vec2) {
        const CORNER: f32 = 14.0;
        let theme = Theme::of(ui.ctx());
        let corner = Rect::from_min_max(sheet.max - vec2(CORNER, CORNER), sheet.max);
        let response = ui.interact(corner, ui.scope_id().with("corner"), Sense::click_and_drag());
        let hot = response.hovered() || response.dragged();
        if hot {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeNwSe);
        }
        let line = Stroke::new(1.0, theme.color(if hot { Role::Ink1 } else { Role::Ink3 }));
        for step in [4.0, 8.0] {
            let at = corner.max - vec2(3.0, 3.0);
            ui.painter().line_segment([at - vec2(step, 0.0), at - vec2(0.0, step)], line);
        }
        if response.drag_started() {
            self.began = size;
        }
        // From where it began: what is laid out is rounded.
        if let Some(pulled) = response.total_drag_delta() {
            let [least, most] = self.limits;
            self.pulled = Some((self.began + pulled).clamp(least, most));
        }
        if response.double_clicked() {
            self.pulled = None;
        }
    }
}

/// A sheet that lies over the drawing in `within` and lets one draw on. `size` is that of its content without head and foot.
/// Its place comes back.
pub fn sheet(
    ctx: &Context,
    id: Id,
    name: &str,
    within: Rect,
    first_pos: egui::Pos2,
    (sized, size): (&mut SheetSize, Vec2),
    add: impl FnOnce(&mut Ui),
) -> Rect {
    let theme = Theme::of(ctx);
    let area = Area::new(id)
        .kind(UiKind::Window)
        .order(Order::Middle)
        .default_pos(first_pos)
        .constrain_to(within)
        .movable(true)
        .accessible_name(name)
        .role(egui::accesskit::Role::Dialog);
    let shown = area.show(ctx, |ui| {
        let framed = raised(theme, theme.space(4) as i8).show(ui, |ui| {
            ui.set_width(size.x);
            ui.spacing_mut().item_spacing.y = theme.space(2);
            add(ui);
        });
        sized.pull(ui, framed.response.rect, size);
    });
    shown.response.rect
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_as_large_as_it_was_pulled_where_there_is_room() {
        let (usual, least) = (vec2(600.0, 400.0), vec2(420.0, 250.0));
        let mut size = SheetSize::default();
        assert_eq!(size.fit(usual, least, vec2(900.0, 700.0)), usual);
        assert_eq!(size.fit(usual, least, vec2(500.0, 700.0)), vec2(500.0, 400.0));
        assert_eq!(size.fit(usual, least, vec2(900.0, 170.0)), vec2(600.0, 170.0), "the room is the last to give way");
        size.pulled = Some(vec2(5.0, 650.0));
        assert_eq!(size.fit(usual, least, vec2(900.0, 700.0)), vec2(420.0, 650.0));
        assert_eq!(size.fit(usual, least, vec2(900.0, -20.0)), vec2(420.0, 0.0));
    }
}

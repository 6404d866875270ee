//! Small charts: the bar of families, Spacematrix, the triangle of the mix.

use egui::emath::GuiRounding as _;
use egui::epaint::TextShape;
use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Response, Role as Kind, Sense, Shape, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::swatch::paint_hatch;
use crate::chart::{HEIGHTS_L, OPENNESS_OSR, top_fsi};
use crate::i18n::{Lang, number};
use crate::library::Family;
use crate::look::{Role, TypeRole};
use crate::measure::FigureId;
use crate::ui::theme::Theme;

/// What a dot in a chart stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotKind {
    /// The variant that is open.
    Open,
    /// Another variant.
    Variant,
    /// A built case; its name shows on hovering.
    Reference,
}

/// A dot in a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartDot {
    /// Its letter or name.
    pub name: String,
    /// What it stands for.
    pub kind: DotKind,
    /// Where: (GSI, FSI) in Spacematrix, (housing, working, amenities) as parts of a whole in the triangle.
    pub at: [f64; 3],
}

impl ChartDot {
    /// A dot for Spacematrix.
    #[must_use]
    pub fn density(name: impl Into<String>, kind: DotKind, gsi: f64, fsi: f64) -> Self {
        Self { name: name.into(), kind, at: [gsi, fsi, 0.0] }
    }

    /// A dot for the triangle; the three are brought to a sum of one.
    #[must_use]
    pub fn mix(name: impl Into<String>, kind: DotKind, housing: f64, working: f64, amenities: f64) -> Self {
        Self { name: name.into(), kind, at: [housing, working, amenities] }
    }
}

/// Text of the charts.
const SMALL: f32 = 10.0;

/// From a corner of the triangle to its word: a dot in the corner, with its label, stays clear of it.
const CLEAR: f32 = 8.0;

/// The families of one whole, in their order and without gaps; hatched, in an ink line.
pub fn family_bar(ui: &mut Ui, name: &str, parts: &[(Family, f64)], height: f32) -> Response {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, name));
    let total: f64 = parts.iter().map(|(_, value)| value.max(0.0)).filter(|value| value.is_finite()).sum();
    let ink = Stroke::new(1.0, theme.color(Role::Ink1));
    if total <= 0.0 {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.color(Role::Field));
        return response;
    }
    let mut parts: Vec<_> = parts.iter().filter(|(_, value)| value.is_finite() && *value > 0.0).copied().collect();
    parts.sort_by_key(|(family, _)| *family);
    let (mut sum, mut left) = (0.0, rect.left());
    for (i, (family, value)) in parts.iter().enumerate() {
        sum += value;
        let right = rect.left() + (sum / total) as f32 * rect.width();
        let piece = Rect::from_x_y_ranges(left..=right, rect.y_range());
        ui.painter().rect_filled(piece, CornerRadius::ZERO, theme.family_color(*family));
        let scale = theme.size("/hatch_rule/swatch_px_per_mm");
        paint_hatch(ui.painter(), piece, *family, scale, theme.hatch_ink("stack"));
        if i > 0 {
            ui.painter().vline(left, rect.y_range(), ink);
        }
        left = right;
    }
    ui.painter().rect_stroke(rect, CornerRadius::ZERO, ink, StrokeKind::Inside);
    response
}

/// Spacematrix (Berghauser Pont and Haupt): FSI over GSI, with lines of equal height (L, solid) and of equal openness
/// (OSR, dashed). The axis of FSI ends at 4, or at 8 when a dot that is no reference needs it.
pub fn spacematrix(ui: &mut Ui, name: &str, dots: &[ChartDot], size: Vec2, lang: Lang) -> Response {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, name));
    let painter = ui.painter_at(rect.expand(1.0));
    let own = dots.iter().filter(|dot| dot.kind != DotKind::Reference);
    let top_fsi = top_fsi(own.map(|dot| dot.at[1]).fold(0.0, f64::max));
    let axes = Axes::of(ui, rect.width() - 25.0, lang);
    let plot = Rect::from_min_max(rect.min + vec2(24.0, 8.0), rect.max - vec2(1.0, axes.foot()))
        .round_to_pixels(ui.pixels_per_point());
    let place = |gsi: f64, fsi: f64| {
        pos2(plot.left() + gsi as f32 * plot.width(), plot.bottom() - (fsi / top_fsi) as f32 * plot.height())
    };
    let line = theme.color(Role::HairlineStrong);
    for l in HEIGHTS_L {
        // FSI = L × GSI, up to the top or the right edge.
        let gsi = (top_fsi / l).min(1.0);
        let end = place(gsi, l * gsi);
        let labelled = l <= 8.0;
        // The line ends where its number begins.
        let start = place(0.0, 0.0);
        let stop = if labelled { end - (end - start).normalized() * 10.0 } else { end };
        hair(&painter, &[start, stop], line, None);
        if labelled {
            let at = if gsi < 1.0 { end + vec2(0.0, 5.0) } else { end - vec2(4.0, 0.0) };
            words(&painter, theme, at, Align2::CENTER_CENTER, Role::Ink2, &format!("{l}"), true);
        }
    }
    for osr in OPENNESS_OSR {
        // FSI = (1 − GSI) / OSR, from the left or the top edge down to (1, 0).
        let gsi = (1.0 - top_fsi * osr).max(0.0);
        hair(&painter, &[place(gsi, (1.0 - gsi) / osr), place(1.0, 0.0)], line, Some(2.0));
    }
    axes.paint(&painter, theme, plot, top_fsi);
    let spots: Vec<_> = dots
        .iter()
        .filter(|dot| dot.at[0].is_finite() && dot.at[1].is_finite())
        .map(|dot| (dot, place(dot.at[0].clamp(0.0, 1.0), dot.at[1].clamp(0.0, top_fsi))))
        .collect();
    for (_, at) in spots.iter().filter(|(dot, _)| dot.kind == DotKind::Open) {
        let accent = theme.color(Role::Accent);
        for to in [pos2(plot.left(), at.y), pos2(at.x, plot.bottom())] {
            painter.extend(Shape::dashed_line(&[to, *at], Stroke::new(1.0, accent), 3.0, 2.0));
        }
    }
    paint_dots(ui, &painter, theme, &response, &spots);
    response
}

/// The axes of Spacematrix, named as the figures are.
struct Axes {
    lang: Lang,
    fsi: String,
    gsi: String,
    /// Whether the name of GSI has no room between the numbers and stands under them.
    below: bool,
}

impl Axes {
    fn of(ui: &Ui, width: f32, lang: Lang) -> Self {
        /// Room of the numbers about the name, with the space between.
        const NUMBERS: f32 = 26.0;
        // What stands after a comma or hyphen explains the name, and has no room here.
        let name = |id: FigureId| id.name(lang).split([',', '-']).next().unwrap_or_default().to_owned();
        let (fsi, gsi) = (name(FigureId::Fsi), name(FigureId::Gsi));
        let font = FontId::new(SMALL, Theme::of(ui.ctx()).font(TypeRole::Caption).family);
        let gsi_width = ui.painter().layout_no_wrap(gsi.clone(), font, Color32::PLACEHOLDER).size().x;
        Self { lang, fsi, gsi, below: gsi_width > width / 2.0 - NUMBERS }
    }

    /// The height of what stands under the plot.
    fn foot(&self) -> f32 {
        if self.below { 32.0 } else { 20.0 }
    }

    fn paint(&self, painter: &Painter, theme: Theme, plot: Rect, top_fsi: f64) {
        let ink = Stroke::new(1.0, theme.color(Role::Ink1));
        painter.vline(plot.left(), plot.y_range(), ink);
        painter.hline(plot.x_range(), plot.bottom(), ink);
        let step = top_fsi / 4.0;
        for i in 1..=4 {
            let y = plot.bottom() - i as f32 / 4.0 * plot.height();
            let at = pos2(plot.left() - 6.0, y);
            let value = number(self.lang, step * f64::from(i), 0);
            words(painter, theme, at, Align2::RIGHT_CENTER, Role::Ink2, &value, false);
        }
        let foot = plot.bottom() + 4.0;
        words(painter, theme, pos2(plot.left() + 4.0, plot.top()), Align2::LEFT_TOP, Role::Ink2, &self.fsi, true);
        for (x, decimals, anchor) in
            [(0.0, 0, Align2::CENTER_TOP), (0.5, 1, Align2::CENTER_TOP), (1.0, 0, Align2::RIGHT_TOP)]
        {
            let at = pos2(plot.left() + x * plot.width(), foot);
            words(painter, theme, at, anchor, Role::Ink2, &number(self.lang, f64::from(x), decimals), false);
        }
        let (at, anchor) = if self.below {
            (pos2(plot.right(), foot + 12.0), Align2::RIGHT_TOP)
        } else {
            (pos2(plot.left() + 0.76 * plot.width(), foot), Align2::CENTER_TOP)
        };
        words(painter, theme, at, anchor, Role::Ink2, &self.gsi, false);
    }
}

/// The triangle of the mix: homes above, work left, amenities right; lines at every quarter.
pub fn mxi_triangle(ui: &mut Ui, name: &str, corners: [&str; 3], dots: &[ChartDot], size: Vec2) -> Response {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, name));
    let painter = ui.painter_at(rect.expand(1.0));
    let room = Rect::from_min_max(rect.min + vec2(0.0, 14.0 + CLEAR), rect.max - vec2(0.0, 14.0 + CLEAR));
    // Equal sides where the room allows it.
    let height = room.height().min((room.width() - 12.0) * 0.866);
    let half = height / 0.866 / 2.0;
    let top = pos2(room.center().x, room.bottom() - height);
    let (left, right) = (pos2(top.x - half, room.bottom()), pos2(top.x + half, room.bottom()));
    let line = theme.color(Role::HairlineStrong);
    for i in 1..4 {
        let t = i as f32 / 4.0;
        hair(&painter, &[left.lerp(top, t), right.lerp(top, t)], line, None);
        hair(&painter, &[left.lerp(top, t), left.lerp(right, t)], line, None);
        hair(&painter, &[right.lerp(top, t), right.lerp(left, t)], line, None);
    }
    let ink = Stroke::new(1.0, theme.color(Role::Ink1));
    painter.add(Shape::closed_line(vec![left, top, right], ink));
    let [housing, working, amenities] = corners;
    words(&painter, theme, top - vec2(0.0, CLEAR), Align2::CENTER_BOTTOM, Role::Ink2, housing, false);
    words(&painter, theme, pos2(rect.left(), left.y + CLEAR), Align2::LEFT_TOP, Role::Ink2, working, false);
    words(&painter, theme, pos2(rect.right(), right.y + CLEAR), Align2::RIGHT_TOP, Role::Ink2, amenities, false);
    let spots: Vec<_> = dots
        .iter()
        .filter_map(|dot| {
            let [h, w, a] = dot.at.map(|part| part.max(0.0));
            let sum = h + w + a;
            (sum.is_finite() && sum > 0.0).then(|| {
                let part = |value: f64| (value / sum) as f32;
                let at = top.to_vec2() * part(h) + left.to_vec2() * part(w) + right.to_vec2() * part(a);
                (dot, at.to_pos2())
            })
        })
        .collect();
    paint_dots(ui, &painter, theme, &response, &spots);
    response
}

/// References first, then other variants, the open one on top; dots at one place share one label.
fn paint_dots(ui: &Ui, painter: &Painter, theme: Theme, response: &Response, spots: &[(&ChartDot, Pos2)]) {
    for (_, at) in spots.iter().filter(|(dot, _)| dot.kind == DotKind::Reference) {
        painter.circle_filled(*at, 2.4, theme.color(Role::HairlineStrong));
    }
    let accent = theme.color(Role::Accent);
    for (_, at) in spots.iter().filter(|(dot, _)| dot.kind == DotKind::Variant) {
        painter.circle(*at, 4.0, theme.color(Role::Panel), Stroke::new(1.2, theme.color(Role::Ink1)));
    }
    for (_, at) in spots.iter().filter(|(dot, _)| dot.kind == DotKind::Open) {
        painter.circle_filled(*at, 4.5, accent);
    }
    let mut labelled: Vec<(Pos2, bool, Vec<&str>)> = Vec::new();
    for (dot, at) in spots.iter().filter(|(dot, _)| dot.kind != DotKind::Reference) {
        let open = dot.kind == DotKind::Open;
        match labelled.iter_mut().find(|(there, ..)| there.distance(*at) < 3.0) {
            Some((_, any_open, names)) => {
                *any_open |= open;
                names.push(&dot.name);
            }
            None => labelled.push((*at, open, vec![&dot.name])),
        }
    }
    for (at, open, mut names) in labelled {
        names.sort_unstable();
        let font = FontId::new(12.0, theme.font(TypeRole::Label).family);
        let ink = if open { accent } else { theme.color(Role::Ink1) };
        let galley = painter.layout_no_wrap(names.join(", "), font, ink);
        let min = pos2(at.x + 8.0, at.y - galley.size().y / 2.0);
        haloed(painter, min, galley, theme.color(Role::Panel), 3.0);
    }
    let under = response.hover_pos().and_then(|pointer| {
        spots
            .iter()
            .filter(|(dot, at)| dot.kind == DotKind::Reference && at.distance(pointer) < 7.0)
            .min_by(|a, b| a.1.distance(pointer).total_cmp(&b.1.distance(pointer)))
    });
    if let Some((dot, at)) = under {
        let galley = painter.layout_no_wrap(dot.name.clone(), theme.font(TypeRole::Caption), theme.color(Role::Ink1));
        let whole = response.rect;
        let left = (at.x + 6.0).min(whole.right() - galley.size().x).max(whole.left());
        haloed(
            &ui.painter().with_clip_rect(ui.clip_rect()),
            pos2(left, at.y - 15.0),
            galley,
            theme.color(Role::Panel),
            3.0,
        );
    }
}

/// A line of 0.6, which is 1 px at 60 % where pixels are coarse.
fn hair(painter: &Painter, points: &[Pos2; 2], color: Color32, dash: Option<f32>) {
    let ppp = painter.pixels_per_point();
    let width = 0.6f32.max(1.0 / ppp);
    let stroke = Stroke::new(width, color.gamma_multiply((0.6 / width).clamp(0.6, 1.0)));
    match dash {
        Some(dash) => painter.extend(Shape::dashed_line(points, stroke, dash, dash)),
        None => {
            painter.line_segment(*points, stroke);
        }
    }
}

/// Small words of a chart, on a halo where lines run under them.
fn words(painter: &Painter, theme: Theme, at: Pos2, anchor: Align2, ink: Role, text: &str, halo: bool) {
    let font = FontId::new(SMALL, theme.font(TypeRole::Caption).family);
    let galley = painter.layout_no_wrap(text.to_owned(), font, theme.color(ink));
    let min = anchor.anchor_size(at, galley.size()).min.round_to_pixels(painter.pixels_per_point());
    if halo {
        haloed(painter, min, galley, theme.color(Role::Panel), 1.5);
    } else {
        painter.galley(min, galley, Color32::PLACEHOLDER);
    }
}

/// Text on a casing of its own shape.
fn haloed(painter: &Painter, min: Pos2, galley: std::sync::Arc<egui::Galley>, casing: Color32, by: f32) {
    for i in 0..8 {
        let offset = Vec2::angled(std::f32::consts::TAU * i as f32 / 8.0) * by;
        painter.add(TextShape::new(min + offset, galley.clone(), casing).with_override_text_color(casing));
    }
    painter.galley(min, galley, Color32::PLACEHOLDER);
}

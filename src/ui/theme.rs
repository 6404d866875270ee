//! The look in egui: fonts, visuals and spacing from the tokens, and the way to ask for a colour or a size by role.
//!
//! Floor 10. A [`Theme`] is two words and copied freely; [`Theme::of`] finds the one in force. Nothing else under `ui`
//! knows a colour by value.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::epaint::Shadow;
use egui::epaint::text::FontTweak;
use egui::style::{ScrollStyle, Selection, Spacing, TextCursorStyle, WidgetVisuals, Widgets};
use egui::text::{FontData, FontDefinitions, LayoutJob, TextFormat};
use egui::{
    Align, Color32, Context, CornerRadius, FontFamily, FontId, Id, Margin, RichText, Stroke, Style, TextStyle,
    TextWrapMode, ThemePreference, Vec2, Visuals, vec2,
};

use crate::library::{Family, UseLook};
use crate::look::{self, Dash, Rgba, Role, TypeRole, TypeStyle, tokens};

/// The family of medium weight.
pub const STRONG: &str = "strong";
/// The family of light weight, for plates.
pub const DISPLAY: &str = "display";

/// Ascent of the faces in parts of their size, from their `hhea` table; a test measures it.
const ASCENT: f32 = 2728.0 / 2816.0;
/// Height of a row of the faces in parts of their size.
const ROW: f32 = (2728.0 + 680.0) / 2816.0;

/// The theme of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Paper, night or print.
    pub look: look::Theme,
    /// Whether motion is left out.
    pub reduced_motion: bool,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(look::Theme::Paper)
    }
}

/// One run of a line of text: how it is set, its colour, the words, and the space before it in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// How it is set.
    pub style: TypeRole,
    /// Its colour.
    pub ink: Role,
    /// The words.
    pub text: &'a str,
    /// Space before it, in logical pixels.
    pub gap: f32,
}

impl<'a> Run<'a> {
    /// A run that follows without a space.
    #[must_use]
    pub fn new(style: TypeRole, ink: Role, text: &'a str) -> Self {
        Self { style, ink, text, gap: 0.0 }
    }

    /// A run after some space.
    #[must_use]
    pub fn after(gap: f32, style: TypeRole, ink: Role, text: &'a str) -> Self {
        Self { style, ink, text, gap }
    }
}

/// The colour of the look as egui wants it: alpha multiplied in.
#[must_use]
pub fn color32(Rgba([r, g, b, a]): Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

impl Theme {
    /// A theme with motion.
    #[must_use]
    pub fn new(look: look::Theme) -> Self {
        Self { look, reduced_motion: false }
    }

    /// The same with motion left out, or not.
    #[must_use]
    pub fn with_reduced_motion(self, reduced: bool) -> Self {
        Self { reduced_motion: reduced, ..self }
    }

    /// The theme in force; paper before one is installed.
    #[must_use]
    pub fn of(ctx: &Context) -> Self {
        ctx.data(|data| data.get_temp(Self::place())).unwrap_or_default()
    }

    fn place() -> Id {
        Id::unique("maakblok theme")
    }

    /// Puts the theme in force. Cheap when it is already: call it whenever settings are read.
    ///
    /// The first call also brings the fonts, so it belongs before the first frame.
    pub fn install(self, ctx: &Context) {
        let before: Option<Self> = ctx.data(|data| data.get_temp(Self::place()));
        if before == Some(self) {
            return;
        }
        if before.is_none() {
            ctx.set_fonts(fonts());
        }
        ctx.data_mut(|data| data.insert_temp(Self::place(), self));
        let preference = if self.look == look::Theme::Night { ThemePreference::Dark } else { ThemePreference::Light };
        ctx.set_theme(preference);
        let style = Arc::new(self.style());
        ctx.set_style_of(egui::Theme::Light, Arc::clone(&style));
        ctx.set_style_of(egui::Theme::Dark, style);
    }

    /// The colour of a role.
    #[must_use]
    pub fn color(self, role: Role) -> Color32 {
        color32(tokens().color(self.look, role))
    }

    /// The colour of a role at a part of its opacity.
    #[must_use]
    pub fn faded(self, role: Role, opacity: f32) -> Color32 {
        color32(tokens().color(self.look, role).faded(opacity))
    }

    /// Two roles mixed: `t` = 0 is the first, 1 the second.
    #[must_use]
    pub fn mix(self, from: Role, to: Role, t: f32) -> Color32 {
        self.color(from).lerp_to_gamma(self.color(to), t)
    }

    /// The colour of a use.
    #[must_use]
    pub fn use_color(self, look: &UseLook) -> Color32 {
        color32(tokens().use_color(self.look, look))
    }

    /// The colour of a use on a wall of an axonometry.
    #[must_use]
    pub fn face_color(self, look: &UseLook, is_right: bool) -> Color32 {
        color32(tokens().face_color(self.look, look, is_right))
    }

    /// The ink that reads on a use.
    #[must_use]
    pub fn on_use(self, look: &UseLook) -> Color32 {
        color32(tokens().on_use(self.look, look))
    }

    /// The colour of a family.
    #[must_use]
    pub fn family_color(self, family: Family) -> Color32 {
        color32(tokens().family_color(self.look, family))
    }

    /// The colour of hatching at an opacity named in the tokens: `plan`, `stack`, `swatch`, `axo_exploded`, `print`.
    #[must_use]
    pub fn hatch_ink(self, place: &str) -> Color32 {
        let opacity = tokens().number(&format!("/hatch_rule/opacity/{place}"));
        color32(tokens().hatch_ink(self.look).faded(opacity))
    }

    /// A line of a role's colour and a weight of the look.
    #[must_use]
    pub fn stroke(self, weight: look::Stroke, role: Role) -> Stroke {
        Stroke::new(tokens().stroke(weight), self.color(role))
    }

    /// Strokes and gaps of a broken line in logical pixels.
    #[must_use]
    pub fn dash(self, dash: Dash) -> &'static [f32] {
        tokens().dash(dash)
    }

    /// A step of the scale of spaces, 1 to 9: 2, 4, 8, 12, 16, 24, 32, 48, 64.
    #[must_use]
    pub fn space(self, step: u8) -> f32 {
        tokens().number(&format!("/space/{step}"))
    }

    /// Any length of the tokens by its path, such as `/panel/top_bar`.
    #[must_use]
    pub fn size(self, path: &str) -> f32 {
        tokens().number(path)
    }

    /// A duration of the tokens in seconds, such as `hover`; 0 with reduced motion.
    #[must_use]
    pub fn seconds(self, motion: &str) -> f32 {
        if self.reduced_motion { 0.0 } else { tokens().number(&format!("/motion_ms/{motion}")) / 1000.0 }
    }

    /// The corners of controls.
    #[must_use]
    pub fn radius(self) -> CornerRadius {
        CornerRadius::from(tokens().number("/radius/control"))
    }

    /// The face and size of text.
    #[must_use]
    pub fn font(self, role: TypeRole) -> FontId {
        font_of(tokens().type_style(role))
    }

    /// How text of a role is set in a layout, with its line height and letter spacing.
    #[must_use]
    pub fn format(self, role: TypeRole, ink: Role) -> TextFormat {
        self.format_in(role, self.color(ink))
    }

    /// The same in a colour, such as the ink on a use.
    #[must_use]
    pub fn format_in(self, role: TypeRole, color: Color32) -> TextFormat {
        let style = tokens().type_style(role);
        TextFormat {
            font_id: font_of(style),
            extra_letter_spacing: style.spacing,
            line_height: Some(style.line),
            color,
            valign: Align::BOTTOM,
            ..TextFormat::default()
        }
    }

    /// Text for a label: wraps as the layout asks.
    #[must_use]
    pub fn text(self, role: TypeRole, ink: Role, text: impl Into<String>) -> RichText {
        let style = tokens().type_style(role);
        RichText::new(text)
            .font(font_of(style))
            .color(self.color(ink))
            .extra_letter_spacing(style.spacing)
            .line_height(Some(style.line))
    }

    /// One line of text.
    #[must_use]
    pub fn line(self, role: TypeRole, ink: Role, text: &str) -> LayoutJob {
        LayoutJob::single_section(text.to_owned(), self.format(role, ink))
    }

    /// Several runs on one baseline, such as a number and its unit. The first run sets the height of the line.
    #[must_use]
    pub fn runs(self, runs: &[Run<'_>]) -> LayoutJob {
        let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
        let Some(first) = runs.first() else { return job };
        let base = tokens().type_style(first.style);
        for run in runs {
            let mut format = self.format(run.style, run.ink);
            let size = tokens().type_style(run.style).size;
            format.line_height = Some(on_baseline_of(base, size));
            job.append(run.text, run.gap, format);
        }
        job
    }

    /// A number with its unit, as large as the style of the number: unit small, pale and after a gap.
    #[must_use]
    pub fn figure(self, style: TypeRole, ink: Role, number: &str, unit: &str) -> LayoutJob {
        let base = tokens().type_style(style);
        let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
        job.append(number, 0.0, self.format(style, ink));
        if !unit.is_empty() {
            let size = (base.size * self.size("/type/unit/scale")).max(self.size("/type/unit/min_size"));
            let format = TextFormat {
                font_id: FontId::new(size, FontFamily::Proportional),
                line_height: Some(on_baseline_of(base, size)),
                color: self.color(if ink == Role::Disabled { ink } else { Role::Ink3 }),
                valign: Align::BOTTOM,
                ..TextFormat::default()
            };
            job.append(unit, self.size("/type/unit/gap_px"), format);
        }
        job
    }

    /// The one shadow, of popovers.
    #[must_use]
    pub fn shadow(self) -> Shadow {
        Shadow {
            offset: [self.size("/shadow/popover/offset/0") as i8, self.size("/shadow/popover/offset/1") as i8],
            blur: self.size("/shadow/popover/blur") as u8,
            spread: self.size("/shadow/popover/spread") as u8,
            color: self.color(Role::Shadow),
        }
    }

    fn style(self) -> Style {
        let text_styles = [
            (TextStyle::Body, TypeRole::Body),
            (TextStyle::Button, TypeRole::Body),
            (TextStyle::Monospace, TypeRole::Body),
            (TextStyle::Small, TypeRole::Small),
            (TextStyle::Heading, TypeRole::Title),
        ];
        let mut style = Style {
            text_styles: text_styles.into_iter().map(|(style, role)| (style, self.font(role))).collect(),
            spacing: self.spacing(),
            visuals: self.visuals(),
            animation_time: self.seconds("hover"),
            ..Style::default()
        };
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.5;
        if self.reduced_motion {
            style.scroll_animation = egui::style::ScrollAnimation::none();
        }
        style.wrap_mode = None::<TextWrapMode>;
        style
    }

    fn spacing(self) -> Spacing {
        Spacing {
            item_spacing: Vec2::splat(self.space(3)),
            window_margin: Margin::same(self.space(5) as i8),
            menu_margin: Margin::same(self.space(2) as i8),
            button_padding: vec2(self.space(4), self.space(2)),
            interact_size: vec2(self.size("/control/hit_min"), self.size("/control/field_height")),
            icon_width: self.size("/icon/small"),
            icon_width_inner: self.size("/icon/small") - 6.0,
            icon_spacing: self.space(3),
            tooltip_width: 320.0,
            scroll: ScrollStyle {
                bar_width: self.space(3),
                floating_width: self.space(2),
                bar_inner_margin: 0.0,
                bar_outer_margin: 0.0,
                fade: egui::style::ScrollFadeStyle { strength: 0.0, ..Default::default() },
                ..ScrollStyle::floating()
            },
            ..Spacing::default()
        }
    }

    fn visuals(self) -> Visuals {
        let line = |role| Stroke::new(tokens().stroke(look::Stroke::Fine), self.color(role));
        let widget = |fill: Color32, outline: Role, ink: Role| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: line(outline),
            corner_radius: self.radius(),
            fg_stroke: line(ink),
            expansion: 0.0,
        };
        let night = self.look == look::Theme::Night;
        let popover_radius = CornerRadius::from(self.size("/radius/popover"));
        let strong = Role::HairlineStrong;
        Visuals {
            weak_text_color: Some(self.color(Role::Ink3)),
            widgets: Widgets {
                noninteractive: widget(self.color(Role::Panel), Role::Hairline, Role::Ink1),
                inactive: widget(self.color(Role::Panel), strong, Role::Ink1),
                hovered: widget(self.color(Role::Hover), strong, Role::Ink1),
                active: widget(self.color(strong), strong, Role::Ink1),
                open: widget(self.color(Role::Hover), strong, Role::Ink1),
            },
            selection: Selection { bg_fill: self.color(Role::AccentSoft), stroke: line(Role::Accent) },
            hyperlink_color: self.color(Role::Accent),
            faint_bg_color: self.color(Role::Field),
            extreme_bg_color: self.color(Role::Field),
            text_edit_bg_color: Some(self.color(Role::Field)),
            code_bg_color: self.color(Role::Field),
            warn_fg_color: self.color(Role::Warning),
            error_fg_color: self.color(Role::Warning),
            window_corner_radius: popover_radius,
            window_shadow: self.shadow(),
            window_fill: self.color(Role::Raised),
            window_stroke: line(strong),
            menu_corner_radius: popover_radius,
            panel_fill: self.color(Role::Panel),
            popup_shadow: self.shadow(),
            text_cursor: TextCursorStyle {
                stroke: Stroke::new(1.5, self.color(Role::Accent)),
                blink: !self.reduced_motion,
                ..TextCursorStyle::default()
            },
            disabled_alpha: 1.0,
            image_loading_spinners: false,
            ..if night { Visuals::dark() } else { Visuals::light() }
        }
    }
}

/// The face and size of a type style.
fn font_of(style: TypeStyle) -> FontId {
    let family = if style.strong { FontFamily::Name(STRONG.into()) } else { FontFamily::Proportional };
    FontId::new(style.size, family)
}

/// The line height at which text of `size`, aligned to the bottom of a row of `base`, stands on the same baseline.
///
/// egui centres a face in its own line height; both centres must leave the baselines level.
fn on_baseline_of(base: TypeStyle, size: f32) -> f32 {
    let above_centre = |size: f32| (ASCENT - ROW / 2.0) * size;
    base.line + 2.0 * (above_centre(size) - above_centre(base.size))
}

/// How far below the top of a line its baseline lies.
#[must_use]
pub fn baseline_of(style: TypeStyle) -> f32 {
    ASCENT * style.size + (style.line - ROW * style.size) / 2.0
}

/// The three families, and nothing from the system.
fn fonts() -> FontDefinitions {
    let faces: [(&str, &'static [u8]); 3] = [
        ("regular", include_bytes!("../../assets/fonts/MaakblokSans-Regular.otf")),
        ("medium", include_bytes!("../../assets/fonts/MaakblokSans-Medium.otf")),
        ("light", include_bytes!("../../assets/fonts/MaakblokSans-Light.otf")),
    ];
    // A narrow no-break space of 0.7 of a space keeps thousands together and still apart.
    let tweak = FontTweak { thin_space_width: 0.7, ..FontTweak::default() };
    let font_data = faces.map(|(name, bytes)| {
        let data = FontData::from_static(bytes).tweak(tweak.clone());
        (name.to_owned(), Arc::new(data))
    });
    let family = |name: &str, face: &str| (FontFamily::Name(name.into()), vec![face.to_owned()]);
    FontDefinitions {
        font_data: BTreeMap::from(font_data),
        families: BTreeMap::from([
            (FontFamily::Proportional, vec!["regular".to_owned()]),
            (FontFamily::Monospace, vec!["regular".to_owned()]),
            family(STRONG, "medium"),
            family(DISPLAY, "light"),
        ]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_fonts(theme: Theme, check: impl Fn(&Context)) {
        let ctx = Context::default();
        theme.install(&ctx);
        ctx.run_ui(egui::RawInput::default(), |ui| check(ui.ctx())).textures_delta.clear();
    }

    #[test]
    fn all_digits_have_one_width() {
        with_fonts(Theme::default(), |ctx| {
            for role in [TypeRole::Caption, TypeRole::FigureLarge] {
                let font = Theme::default().font(role);
                let widths = ctx
                    .fonts_mut(|fonts| "0123456789".chars().map(|c| fonts.glyph_width(&font, c)).collect::<Vec<_>>());
                assert!(widths.iter().all(|w| (w - widths[0]).abs() < 1e-3), "{role:?}: {widths:?}");
            }
        });
    }

    #[test]
    fn a_number_and_its_unit_stand_on_one_baseline() {
        let theme = Theme::default();
        with_fonts(theme, |ctx| {
            for style in [TypeRole::FigureSmall, TypeRole::FigureLarge, TypeRole::FigureExplain, TypeRole::Body] {
                let galley = ctx.fonts_mut(|fonts| fonts.layout_job(theme.figure(style, Role::Ink1, "58", "/day")));
                let glyphs = &galley.rows[0].row.glyphs;
                let (number, unit) = (glyphs[0].pos.y, glyphs[3].pos.y);
                assert!((number - unit).abs() < 0.1, "{style:?}: {number} and {unit}");
                assert!((galley.size().y - tokens().type_style(style).line).abs() < 0.1, "{style:?} grew");
            }
        });
    }

    #[test]
    fn reduced_motion_moves_nothing() {
        let still = Theme::default().with_reduced_motion(true);
        assert_eq!(still.seconds("popover"), 0.0);
        assert!((Theme::default().seconds("popover") - 0.12).abs() < 1e-6);
        assert_eq!(still.style().animation_time, 0.0);
    }
}

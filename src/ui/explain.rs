//! Why a figure is what it is: a sheet beside the figure with its formula, the numbers in it, row by row with their
//! sources, and the range on an axis. While it is open the volumes that count keep their colour in drawing and strip.

mod axis;
mod rows;

use egui::{Align2, Id, Rect, Sense, Ui, Vec2, pos2, vec2};

use super::icons::Icon;
use super::kit::{self, PopoverSide};
use super::targets::{Aim, Bound};
use super::theme::Theme;
use crate::i18n::{Lang, UNDEFINED, number, part_of, tr};
use crate::look::{Role, TypeRole};
use crate::measure::explain::{Explanation, Part, PartOf, unit_words};
use crate::measure::{AnyFigure, FigureId, Figures, Sums};
use crate::model::Target;
use crate::num::Span;
use crate::studio::{Action, Command, Session, Studio, scope_words};

/// As wide as the sheet is where there is room, and the least that its table can be read in, in logical pixels.
const WIDTH: f32 = 800.0;
const LEAST_WIDTH: f32 = 420.0;

/// Shows the sheet beside the figure at `anchor`, over the drawing in `canvas`: the strip below stays in sight, since it is
/// lit too.
pub fn show(ui: &Ui, studio: &Studio, anchor: Rect, canvas: Rect, figures: &Figures, actions: &mut Vec<Action>) {
    let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
    let Some(explanation) = session.explanation() else { return };
    let theme = Theme::of(ui.ctx());
    let room = (anchor.left() - canvas.left() - 30.0).max(LEAST_WIDTH);
    let width = WIDTH.min(room) - 2.0 * theme.space(5);
    let name = explanation.name.clone();
    let within = canvas.with_max_x(anchor.right());
    let id = Id::unique("explain");
    let shown = kit::popover(ui.ctx(), id, &name, anchor, PopoverSide::Left, within, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        head(ui, session, explanation, lang, actions);
        formula(ui, explanation);
        ui.add_space(theme.space(3));
        // What stands above and below the table.
        let room = within.height() - 320.0;
        kit::scrolled(ui, egui::ScrollArea::vertical().max_height(room.max(130.0)), |ui| {
            ui.set_width(width);
            parts(ui, session, explanation, lang, actions);
        });
        if let Some(span) = shown_value(explanation).filter(|span| span.low != span.high) {
            ui.add_space(theme.space(3));
            axis::range(ui, span, explanation.decimals, lang);
        }
        if explanation.figure == AnyFigure::Known(FigureId::Jobs) {
            axis::skills(ui, figures, lang);
        }
        foot(ui, session, explanation, lang, actions);
    });
    if shown.close {
        actions.push(Action::Explain(None));
    }
}

/// Of what the figure is, the figure itself large, its range, and a cross.
fn head(ui: &mut Ui, session: &Session, explanation: &Explanation, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let top = ui.available_rect_before_wrap().min;
    let of = format!("{} · {}", explanation.name, scope_words(session, lang));
    ui.add(egui::Label::new(theme.text(TypeRole::Caption, Role::Ink2, of)).truncate().selectable(false));
    let cross = Rect::from_min_size(pos2(top.x + ui.available_width() - 24.0, top.y - 4.0), Vec2::splat(24.0));
    let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(cross));
    if kit::icon_button(&mut corner, Icon::Close, &tr(lang, "notice-close"), None, false, true).clicked() {
        actions.push(Action::Explain(None));
    }
    let value = shown_value(explanation);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 54.0), Sense::hover());
    let number = value.map_or_else(|| UNDEFINED.to_owned(), |span| number(lang, span.mid, explanation.decimals));
    let unit = if value.is_some() { explanation.unit.as_str() } else { "" };
    let galley =
        ui.fonts_mut(|fonts| fonts.layout_job(theme.figure(TypeRole::FigureExplain, Role::Ink1, &number, unit)));
    let at = kit::paint_galley(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, galley);
    let beside = match (value, &explanation.why_not) {
        (None, Some(why)) => why.clone(),
        (Some(span), _) if span.low != span.high => crate::i18n::range(lang, span.low, span.high, explanation.decimals),
        _ => String::new(),
    };
    let baseline = pos2(at.right() + 14.0, at.bottom() - 8.0);
    kit::paint_text(ui, baseline, Align2::LEFT_BOTTOM, TypeRole::Lead, Role::Ink2, &beside);
}

/// The value in the unit it is shown in.
fn shown_value(explanation: &Explanation) -> Option<Span> {
    explanation.value.span().map(|span| span * explanation.shown_factor)
}

/// The formula in words, and with its numbers where those say more than the table.
fn formula(ui: &mut Ui, explanation: &Explanation) {
    let theme = Theme::of(ui.ctx());
    egui::Frame::new().fill(theme.color(Role::Field)).inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = format!("{} = {}", explanation.name, explanation.formula);
        ui.add(egui::Label::new(theme.text(TypeRole::Body, Role::Ink1, words)).wrap());
        let is_one_sum = matches!(explanation.parts.as_slice(), [Part { of: PartOf::Rows(_), .. }]);
        if let Some(calculation) = explanation.calculation.as_ref().filter(|text| !is_one_sum && text.contains('=')) {
            ui.add_space(theme.space(1));
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, calculation)).wrap());
        }
    });
}

/// The parts of the formula: what is summed as a table, the rest as lines.
fn parts(ui: &mut Ui, session: &Session, explanation: &Explanation, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let mut first_row = 0;
    let pointed = session.explained_row();
    let mut hovered = None;
    for (place, part) in explanation.parts.iter().enumerate() {
        match &part.of {
            PartOf::Rows(of) => {
                if explanation.parts.len() > 1 {
                    ui.add_space(if place == 0 { 0.0 } else { theme.space(3) });
                    line(ui, part, "", lang);
                }
                let table = rows::Table { session, part, rows: of, first: first_row, pointed, lang };
                hovered = table.show(ui).or(hovered);
                first_row += of.len();
            }
            PartOf::Fact => {
                line(ui, part, &tr(lang, "explain-measured"), lang);
            }
            PartOf::Rate(cell) => {
                line(ui, part, &cell.source, lang);
            }
            PartOf::Figure(figure) => {
                if line(ui, part, &tr(lang, "explain-figure"), lang) {
                    actions.push(Action::Explain(Some(*figure)));
                }
            }
        }
    }
    // The keyboard may point at a row too: only a pointer that comes to one or leaves it says something new.
    let place = ui.scope_id().with("row under the pointer");
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<usize>>(place), hovered));
    if before != hovered {
        actions.push(Action::ExplainRow(hovered));
    }
}

/// A part on a line: its name, its value, where it comes from. Whether it was clicked, where it leads on.
fn line(ui: &mut Ui, part: &Part, from: &str, lang: Lang) -> bool {
    let theme = Theme::of(ui.ctx());
    let leads_on = matches!(part.of, PartOf::Figure(_));
    let sense = if leads_on { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), sense);
    let value = part.value.map_or_else(|| UNDEFINED.to_owned(), |span| rows::told(span, lang));
    let value = format!("{value} {}", unit_words(&part.unit, lang)).trim_end().to_owned();
    response.widget_info(|| {
        let kind = if leads_on { egui::Role::Link } else { egui::Role::Label };
        egui::WidgetInfo::labeled(kind, true, part_of(lang, &part.name, &value))
    });
    if leads_on && response.hovered() {
        ui.painter().rect_filled(rect, 0.0, theme.color(Role::Hover));
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::Hairline);
    let middle = rect.left() + rect.width() * 0.42;
    let paint = |x: f32, width: f32, role: TypeRole, ink: Role, text: &str| {
        let galley = kit::lay_within(ui, role, theme.color(ink), text, width);
        kit::paint_galley(ui.painter(), pos2(x, rect.center().y), Align2::LEFT_CENTER, galley)
    };
    let ink = if leads_on { Role::Accent } else { Role::Ink1 };
    paint(rect.left() + 2.0, middle - rect.left() - 12.0, TypeRole::Small, ink, &part.name);
    let end = paint(middle, rect.right() - middle, TypeRole::Label, Role::Ink1, &value).right() + 16.0;
    paint(end, rect.right() - end, TypeRole::Caption, Role::Ink2, from);
    kit::tip(&response, &format!("{} · {from}", part.name), None);
    leads_on && response.clicked()
}

/// What the figure shall reach, in the unit that it is shown in.
fn targets(ui: &mut Ui, session: &Session, explanation: &Explanation, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let Some(coefficients) = session.sums().map(Sums::coefficients) else { return };
    let figure = explanation.figure;
    let key = figure.key(coefficients).to_owned();
    let target = session.project().brief.target_of(&key).cloned().unwrap_or_else(|| Target::new(&key));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.space(3);
        ui.label(theme.text(TypeRole::Small, Role::Ink1, tr(lang, "explain-target")));
        let aim = Aim { figure, target: &target, coefficients, lang };
        for which in Bound::ALL {
            let name = tr(lang, which.key());
            ui.label(theme.text(TypeRole::Small, Role::Ink2, &name));
            let (cell, _) = ui.allocate_exact_size(vec2(90.0, 24.0), Sense::hover());
            let mut field = ui.new_child(egui::UiBuilder::new().id_salt((which, &key)).max_rect(cell));
            actions.extend(aim.field(&mut field, "explain", &name, which).map(Action::Target));
        }
        ui.label(theme.text(TypeRole::Small, Role::Ink2, &explanation.unit));
        // Who asks for it, once something is asked for.
        if target.least.is_some() || target.most.is_some() {
            let (cell, _) = ui.allocate_exact_size(vec2(ui.available_width().max(1.0), 24.0), Sense::hover());
            let mut field = ui.new_child(egui::UiBuilder::new().id_salt(("note", &key)).max_rect(cell));
            let (name, mut text) = (tr(lang, "target-note"), target.note.clone());
            let salt = ("target note", &key, &target.note);
            if kit::TextField::new(salt, &mut text).name(&name).hint(&name).show(&mut field).committed {
                actions.push(Action::Target(Target { note: text.trim().to_owned(), ..target }));
            }
        }
    });
    ui.add_space(theme.space(3));
}

/// What can be done with the explanation, and on what it stands.
fn foot(ui: &mut Ui, session: &Session, explanation: &Explanation, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(4));
    kit::seam(ui);
    ui.add_space(theme.space(3));
    targets(ui, session, explanation, lang, actions);
    let has_dots = explanation.rows().any(|row| !row.rates.is_empty());
    let has_legend = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.space(5);
        let copy = kit::link(ui, TypeRole::Small, &tr(lang, "explain-copy"));
        kit::tip(&copy, &tr(lang, "explain-copy-tip"), None);
        if copy.clicked() {
            actions.push(Action::CopyExplanation);
        }
        let edit = kit::link(ui, TypeRole::Small, &tr(lang, "explain-edit"));
        kit::tip(&edit, &Command::Library.tip(lang), None);
        if edit.clicked() {
            actions.push(Action::Run(Command::Library));
        }
        has_dots && rows::legend(ui, lang)
    });
    if has_dots && !has_legend.inner {
        // A line of its own where the links leave no room.
        rows::legend(ui, lang);
    }
    let sources = explanation.sources.join(" · ");
    let words = [sources, tr(lang, "figures-indicative")].into_iter().filter(|words| !words.is_empty());
    ui.add_space(theme.space(2));
    let text = words.collect::<Vec<_>>().join(". ");
    ui.add(egui::Label::new(theme.text(TypeRole::Caption, Role::Ink2, text)).wrap());
}

//! What can be written in a formula: found by its name or its words, and put in where the caret was.

use egui::{Align2, ScrollArea, Sense, Ui, UiBuilder, Vec2, vec2};

use super::List;
use super::own::FIELDS;
use crate::formula::offered::Group;
use crate::i18n::{Lang, part_of, tr};
use crate::library::RateId;
use crate::look::{Role, TypeRole};
use crate::measure::AnyFigure;
use crate::ui::kit;
use crate::ui::theme::Theme;

const ROW: f32 = 24.0;
/// So many rows are seen at once.
const SEEN: f32 = 7.0;
/// How wide a piece may be before its words begin.
const PIECE: f32 = 300.0;

/// The list below a formula.
#[derive(Default)]
pub(super) struct Pieces {
    pub open: bool,
    filter: String,
    /// Of which state of the project, in which language, and beside which figure.
    made: Option<((u64, Lang, usize), Vec<Piece>)>,
}

struct Piece {
    group: String,
    text: String,
    words: String,
}

impl Pieces {
    /// Shows it for the `own`-th figure of the project; what was chosen comes back.
    pub fn show(&mut self, ui: &mut Ui, list: &List<'_>, own: usize) -> Option<String> {
        let (theme, lang) = (Theme::of(ui.ctx()), list.lang);
        let of = (list.session.revision(), lang, own);
        let known = self.made.take().filter(|(known, _)| *known == of);
        let (_, all) = self.made.insert(known.unwrap_or_else(|| (of, pieces(list, own))));
        ui.horizontal(|ui| {
            ui.add_space(FIELDS);
            let (cell, _) = ui.allocate_exact_size(vec2(260.0, 24.0), Sense::hover());
            let mut field = ui.new_child(UiBuilder::new().id_salt("formula filter").max_rect(cell));
            let name = tr(lang, "formula-filter");
            kit::TextField::new("formula filter", &mut self.filter).name(&name).hint(&name).show(&mut field);
        });
        let wanted = self.filter.trim().to_lowercase();
        let holds = |piece: &&Piece| {
            wanted.is_empty() || [&piece.text, &piece.words].iter().any(|text| text.to_lowercase().contains(&wanted))
        };
        let found: Vec<&Piece> = all.iter().filter(holds).collect();
        let mut chosen = None;
        ui.horizontal(|ui| {
            ui.add_space(FIELDS);
            let size = vec2(ui.available_width() - 8.0, ROW * SEEN);
            let (place, _) = ui.allocate_exact_size(size, Sense::hover());
            let layout = egui::Layout::top_down(egui::Align::Min);
            let mut part = ui.new_child(UiBuilder::new().id_salt("pieces").max_rect(place).layout(layout));
            part.set_clip_rect(ui.clip_rect().intersect(place));
            let scroll = ScrollArea::vertical().id_salt("pieces").auto_shrink(false).max_height(size.y);
            scroll.min_scrolled_height(size.y).show_rows(&mut part, ROW, found.len(), |ui, seen| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                for piece in found.get(seen).unwrap_or_default() {
                    if row(ui, piece, lang) {
                        chosen = Some(piece.text.clone());
                    }
                }
                if found.is_empty() {
                    ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "formula-none")));
                }
            });
        });
        chosen
    }
}

/// A piece, what it is and of which kind; whether it was chosen.
fn row(ui: &mut Ui, piece: &Piece, lang: Lang) -> bool {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let said = part_of(lang, &piece.text, &piece.words);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &said));
    if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, theme.color(Role::Hover));
    }
    let paint = |x: f32, role: TypeRole, ink: Role, text: &str, width: f32| {
        let galley = kit::lay_within(ui, role, theme.color(ink), text, width.max(1.0));
        kit::paint_galley(ui.painter(), rect.left_center() + vec2(x, 0.0), Align2::LEFT_CENTER, galley);
    };
    let group = kit::lay(ui, TypeRole::Caption, theme.color(Role::Ink3), &piece.group);
    // Clear of the scroll bar.
    let right = rect.width() - 14.0 - group.size().x;
    paint(6.0, TypeRole::Small, Role::Ink1, &piece.text, PIECE - 12.0);
    paint(PIECE, TypeRole::Small, Role::Ink2, &piece.words, right - PIECE - 8.0);
    kit::paint_galley(ui.painter(), rect.left_center() + vec2(right, 0.0), Align2::LEFT_CENTER, group);
    kit::tip(&response, &said, None);
    response.clicked()
}

/// All of them: sums first, since most figures begin with one; then figures but the one that is written, facts and rates.
fn pieces(list: &List<'_>, own: usize) -> Vec<Piece> {
    let (lang, coefficients) = (list.lang, list.coefficients());
    let of_group = |group: Group| {
        let name = tr(lang, group.key());
        group.pieces().into_iter().map(move |text| {
            let words = match group {
                Group::Function => {
                    tr(lang, &format!("formula-about-{}", text.split('(').next().unwrap_or_default().replace('_', "-")))
                }
                Group::OfUse | Group::Rate => {
                    let rate = RateId::named(text.trim_start_matches("use."));
                    rate.map(|rate| crate::formula::rate_name(rate, lang)).unwrap_or_default()
                }
                Group::Sum | Group::Fact => {
                    coefficients.read(&text).map(|expr| coefficients.in_words(&expr, lang)).unwrap_or_default()
                }
            };
            Piece { group: name.clone(), text, words }
        })
    };
    let group = tr(lang, "formula-figures");
    let others = coefficients.all_figures().filter(move |figure| *figure != AnyFigure::Own(own));
    let figures = others.map(|figure| {
        let (name, unit) = (figure.name(coefficients, lang), figure.unit(coefficients, lang));
        let words = if unit.is_empty() { name } else { format!("{name} ({unit})") };
        Piece { group: group.clone(), text: figure.key(coefficients).to_owned(), words }
    });
    let sums = of_group(Group::Sum);
    sums.chain(figures).chain(Group::ALL[1..].iter().flat_map(|group| of_group(*group))).collect()
}

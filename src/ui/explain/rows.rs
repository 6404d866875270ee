//! The table of an explanation: use, where, area, rates as low · mid · high, what comes of it, source and confidence.

use egui::text::LayoutJob;
use egui::{Align2, Response, Sense, Stroke, Ui, pos2, vec2};

use crate::i18n::{Lang, number, tr};
use crate::library::{Confidence, RateId};
use crate::look::{Role, TypeRole};
use crate::measure::explain::{Part, RateCell, RowOf, Subject, unit_words, where_words};
use crate::num::{Span, decimals_of, round_parts, round_spans};
use crate::studio::Session;
use crate::ui::kit::{self, SwatchOf};
use crate::ui::theme::Theme;

const ROW: f32 = 25.0;
/// Rates that have a column of their own; more are told in the calculation instead.
const MOST_RATES: usize = 1;

/// One sum's rows.
pub(super) struct Table<'a> {
    pub(super) session: &'a Session,
    pub(super) part: &'a Part,
    pub(super) rows: &'a [RowOf],
    /// The place of its first row among those of all sums.
    pub(super) first: usize,
    /// The row that is pointed at.
    pub(super) pointed: Option<usize>,
    pub(super) lang: Lang,
}

/// Where the columns stand, in logical pixels from the left, and what is the same in all rows.
struct Columns {
    name: [f32; 2],
    place: [f32; 2],
    /// Right ends.
    area: f32,
    rate: f32,
    values: [f32; 3],
    source: [f32; 2],
    dots: f32,
    /// Whether values have a range, and floor a column of its own.
    has_range: bool,
    has_areas: bool,
    decimals: u8,
    /// The one rate of all rows, where they have no other.
    only_rate: Option<RateId>,
}

impl Columns {
    fn new(width: f32, table: &Table<'_>) -> Self {
        let has_range = table.part.value.is_some_and(|span| span.low != span.high);
        // What is left when the numbers have their room is shared by words.
        let numbers = if has_range { 340.0 } else { 250.0 };
        let words = (width - numbers - 40.0).max(120.0);
        let name = [22.0, 22.0 + words * 0.34];
        let place = [name[1] + 8.0, name[1] + 8.0 + words * 0.36];
        let area = place[1] + 62.0;
        let rate = area + 118.0;
        let last = rate + if has_range { 160.0 } else { 70.0 };
        let values = [last - 106.0, last - 52.0, last];
        let (has_areas, decimals, only_rate) = (table.has_areas(), table.decimals(), table.only_rate());
        let (source, dots) = ([last + 14.0, width - 34.0], width - 2.0);
        Self { name, place, area, rate, values, source, dots, has_range, has_areas, decimals, only_rate }
    }
}

impl Table<'_> {
    /// Paints it; the row under the pointer comes back.
    pub(super) fn show(&self, ui: &mut Ui) -> Option<usize> {
        let columns = Columns::new(ui.available_width(), self);
        if self.rows.is_empty() {
            let theme = Theme::of(ui.ctx());
            ui.add_space(theme.space(2));
            ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(self.lang, "explain-no-rows")));
            return None;
        }
        self.heads(ui, &columns);
        let mut hovered = None;
        for (at, (row, shown)) in self.rows.iter().zip(self.shown(columns.decimals)).enumerate() {
            let place = self.first + at;
            if self.row(ui, &columns, (row, shown), self.pointed == Some(place)).hovered() {
                hovered = Some(place);
            }
        }
        if self.rows.len() > 1 {
            self.total(ui, &columns);
        }
        hovered
    }

    /// Whether floor has a column of its own: not where it is what is summed.
    fn has_areas(&self) -> bool {
        let is_other = |row: &RowOf| row.area_m2.is_some() && row.area_m2 != row.value.map(|span| span.mid);
        self.rows.iter().filter(|row| row.value.is_some()).any(is_other)
    }

    /// The one rate of all rows, where they have no other.
    fn only_rate(&self) -> Option<RateId> {
        let rates = self.rows.iter().map(|row| row.rates.as_slice());
        let mut rates = rates.filter(|rates| !rates.is_empty());
        let first = rates.next()?;
        let [one] = first else { return None };
        rates.all(|other| other.len() == MOST_RATES && other[0].rate == one.rate).then_some(one.rate)
    }

    /// So many decimals have all values: rows of one column can then be added up by hand. As the figure has, where it is this
    /// sum and no row would look like nothing.
    fn decimals(&self) -> u8 {
        let of_rows = || self.rows.iter().filter_map(|row| row.value);
        let least = of_rows().map(|span| span.mid).filter(|mid| *mid > 0.0).fold(f64::INFINITY, f64::min);
        let of_total = self.part.value.map_or(0, |span| decimals_for(span.mid));
        (of_total..3).find(|decimals| least * 10f64.powi(i32::from(*decimals)) >= 0.5).unwrap_or(3)
    }

    /// What the rows come to as they are shown: floor and values, so that each column adds up to its total.
    fn shown(&self, decimals: u8) -> Vec<(Option<f64>, Option<Span>)> {
        let counted = || self.rows.iter().filter(|row| row.value.is_some());
        let spans: Vec<Span> = counted().filter_map(|row| row.value).collect();
        let sum = |get: fn(&Span) -> f64| spans.iter().map(get).sum::<f64>();
        // A figure may be less than its rows together, as where more heat is offered than can be used.
        let adds_up =
            self.part.value.is_some_and(|total| (sum(|span| span.mid) - total.mid).abs() <= 1e-6 * total.mid.abs());
        let mut values = if adds_up { round_spans(&spans, decimals) } else { spans }.into_iter();
        let areas: Vec<f64> = counted().filter_map(|row| row.area_m2).collect();
        let mut areas = round_parts(&areas, 0).into_iter();
        let shown = self.rows.iter().map(|row| match row.value {
            Some(_) => (row.area_m2.and_then(|_| areas.next()), values.next()),
            None => (row.area_m2, None),
        });
        shown.collect()
    }

    fn heads(&self, ui: &mut Ui, columns: &Columns) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let lang = self.lang;
        let text = |x: f32, anchor: Align2, width: f32, words: &str| {
            let galley = kit::lay_within(ui, TypeRole::Caption, Theme::of(ui.ctx()).color(Role::Ink2), words, width);
            kit::paint_galley(ui.painter(), pos2(rect.left() + x, rect.bottom() - 5.0), anchor, galley);
        };
        let (left, right) = (Align2::LEFT_BOTTOM, Align2::RIGHT_BOTTOM);
        let what = match self.rows.first().map(|row| &row.subject) {
            Some(Subject::Use(_)) => "explain-head-use",
            Some(Subject::Family(_)) => "explain-head-family",
            Some(Subject::Ground(..)) => "explain-head-ground",
            _ => "explain-head-region",
        };
        text(columns.name[0], left, 120.0, &tr(lang, what));
        if self.rows.iter().any(|row| !row.places.is_empty()) {
            text(columns.place[0], left, 120.0, &tr(lang, "explain-head-where"));
        }
        if columns.has_areas {
            text(columns.area, right, 80.0, "m²");
        }
        let rate = match columns.only_rate {
            Some(rate) if rate.info().unit == "m2/job" => tr(lang, "explain-head-m2-per-job"),
            Some(rate) => crate::formula::rate_name(rate, lang),
            None if self.rows.iter().any(|row| !row.rates.is_empty()) => tr(lang, "explain-head-calculation"),
            None => String::new(),
        };
        text(columns.rate, right, 100.0, &rate);
        if columns.has_range {
            for (x, key) in columns.values.into_iter().zip(["explain-low", "explain-mid", "explain-high"]) {
                text(x, right, 60.0, &tr(lang, key));
            }
        } else {
            text(columns.values[2], right, 90.0, &unit_words(&self.part.unit, lang));
        }
        text(columns.source[0], left, 120.0, &tr(lang, "explain-head-source"));
        kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::Hairline);
    }

    /// A row with its floor and its values as they are shown.
    fn row(
        &self,
        ui: &mut Ui,
        columns: &Columns,
        (row, (area_m2, shown)): (&RowOf, (Option<f64>, Option<Span>)),
        on: bool,
    ) -> Response {
        let theme = Theme::of(ui.ctx());
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let place = where_words(&row.places, self.session.variant(), self.lang);
        let value = shown
            .map_or_else(|| tr(self.lang, "explain-not-counted"), |span| told_with(span, columns.decimals, self.lang));
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::Row, true, on, format!("{} {place} {value}", row.name))
        });
        if on {
            ui.painter().rect_filled(rect, 0.0, theme.color(Role::AccentSoft));
        }
        kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::Hairline);
        let counts = row.value.is_some();
        let ink = if counts { Role::Ink1 } else { Role::Ink3 };
        let y = rect.center().y;
        let text = |x: f32, anchor: Align2, width: f32, role: TypeRole, ink: Role, words: &str| {
            let galley = kit::lay_within(ui, role, theme.color(ink), words, width);
            kit::paint_galley(ui.painter(), pos2(rect.left() + x, y), anchor, galley);
        };
        let (left, right) = (Align2::LEFT_CENTER, Align2::RIGHT_CENTER);
        if let Some(of) = self.swatch(&row.subject) {
            kit::paint_swatch_at(ui.painter(), pos2(rect.left() + 8.0, y), theme.size("/control/swatch"), &of);
        }
        let name_role = if on { TypeRole::Label } else { TypeRole::Small };
        // A row that lies nowhere in particular has the room of both.
        let name_end = if row.places.is_empty() { columns.place[1] } else { columns.name[1] };
        text(columns.name[0], left, name_end - columns.name[0], name_role, ink, &row.name);
        text(columns.place[0], left, columns.place[1] - columns.place[0], TypeRole::Small, Role::Ink2, &place);
        if let Some(area_m2) = area_m2.filter(|_| columns.has_areas) {
            text(columns.area, right, 80.0, TypeRole::Small, ink, &number(self.lang, area_m2, 0));
        }
        match (columns.only_rate, row.rates.as_slice(), &row.calculation) {
            // So many homes, each with so many people.
            (_, _, Some(calculation)) if matches!(row.subject, Subject::Homes(_)) && calculation.contains('=') => {
                let left_side = calculation.rsplit_once(" = ").map_or(calculation.as_str(), |(left, _)| left);
                text(columns.rate, right, 150.0, TypeRole::Caption, Role::Ink2, left_side);
            }
            (Some(_), [cell], _) => paint_rate(ui, pos2(rect.left() + columns.rate, y), cell, self.lang),
            (_, [_, ..], Some(calculation)) => {
                let left_side = calculation.rsplit_once(" = ").map_or(calculation.as_str(), |(left, _)| left);
                text(columns.rate, right, 124.0, TypeRole::Caption, Role::Ink2, left_side);
            }
            _ => {}
        }
        match shown {
            None => text(columns.values[2], right, 150.0, TypeRole::Caption, Role::Ink3, &value),
            Some(span) if columns.has_range => {
                let all = [(span.low, TypeRole::Small, Role::Ink2), (span.mid, TypeRole::Label, Role::Ink1)];
                let all = all.into_iter().chain([(span.high, TypeRole::Small, Role::Ink2)]);
                for (x, (value, role, ink)) in columns.values.into_iter().zip(all) {
                    text(x, right, 70.0, role, ink, &number(self.lang, value, columns.decimals));
                }
            }
            Some(span) => {
                let words = number(self.lang, span.mid, columns.decimals);
                text(columns.values[2], right, 90.0, TypeRole::Label, Role::Ink1, &words);
            }
        }
        if let Some(cell) = row.rates.first() {
            let room = columns.source[1] - columns.source[0];
            if room > 40.0 {
                text(columns.source[0], left, room, TypeRole::Caption, Role::Ink2, &cell.source);
            }
            paint_dots(ui, pos2(rect.left() + columns.dots, y), least(&row.rates));
        }
        kit::tip(&response, &self.all_of(row, &place), None);
        response
    }

    /// Everything that may be cut in the row.
    fn all_of(&self, row: &RowOf, place: &str) -> String {
        let mut parts = vec![row.name.clone(), place.to_owned(), row.calculation.clone().unwrap_or_default()];
        for cell in &row.rates {
            let name = crate::formula::rate_name(cell.rate, self.lang);
            parts.push(format!("{name} {} ({})", rate_words(cell, self.lang), cell.source));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    fn swatch(&self, subject: &Subject) -> Option<SwatchOf> {
        match subject {
            Subject::Use(id) => self.session.library().get(&id.as_str().into()).map(SwatchOf::of),
            Subject::Family(family) => Some(SwatchOf::Family(*family)),
            Subject::Ground(..) | Subject::Homes(_) => None,
        }
    }

    fn total(&self, ui: &mut Ui, columns: &Columns) {
        let theme = Theme::of(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + 2.0), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.5, theme.color(Role::Ink1)));
        let text = |x: f32, anchor: Align2, role: TypeRole, words: &str| {
            kit::paint_text(ui, pos2(rect.left() + x, rect.center().y), anchor, role, Role::Ink1, words);
        };
        let (left, right) = (Align2::LEFT_CENTER, Align2::RIGHT_CENTER);
        text(columns.name[0], left, TypeRole::Label, &tr(self.lang, "explain-together"));
        let area_m2: f64 = self.rows.iter().filter(|row| row.value.is_some()).filter_map(|row| row.area_m2).sum();
        if area_m2 > 0.0 && columns.has_areas {
            text(columns.area, right, TypeRole::Label, &number(self.lang, area_m2, 0));
        }
        let Some(span) = self.part.value else { return };
        let decimals = columns.decimals;
        if columns.has_range {
            for (x, value) in columns.values.into_iter().zip([span.low, span.mid, span.high]) {
                text(x, right, TypeRole::Label, &number(self.lang, value, decimals));
            }
        } else {
            text(columns.values[2], right, TypeRole::Label, &number(self.lang, span.mid, decimals));
        }
    }
}

/// A value with its range.
pub(super) fn told(span: Span, lang: Lang) -> String {
    told_with(span, decimals_for(span.mid), lang)
}

fn told_with(span: Span, decimals: u8, lang: Lang) -> String {
    let mid = number(lang, span.mid, decimals);
    let range = crate::i18n::range(lang, span.low, span.high, decimals);
    if range == mid { mid } else { format!("{mid} ({range})") }
}

/// So many decimals that three digits can be told.
fn decimals_for(value: f64) -> u8 {
    match value.abs() {
        v if v >= 1.0 && v.fract() < 1e-9 => 0,
        v if v >= 100.0 || v == 0.0 => 0,
        v if v >= 10.0 => 1,
        v if v >= 1.0 => 2,
        _ => 3,
    }
}

fn short(value: f64, lang: Lang) -> String {
    number(lang, value, decimals_of(value, 0, 3))
}

fn rate_words(cell: &RateCell, lang: Lang) -> String {
    let Span { low, mid, high } = cell.value;
    if low == high { short(mid, lang) } else { [low, mid, high].map(|value| short(value, lang)).join(" · ") }
}

/// A rate as low · **mid** · high, ending at a point.
fn paint_rate(ui: &Ui, at: egui::Pos2, cell: &RateCell, lang: Lang) {
    let theme = Theme::of(ui.ctx());
    let Span { low, mid, high } = cell.value;
    let mut job = LayoutJob::default();
    let mut add = |text: &str, role: TypeRole, ink: Role| {
        job.append(text, 0.0, theme.format_in(role, theme.color(ink)));
    };
    if low == high {
        add(&short(mid, lang), TypeRole::Small, Role::Ink1);
    } else {
        add(&format!("{} · ", short(low, lang)), TypeRole::Small, Role::Ink2);
        add(&short(mid, lang), TypeRole::Label, Role::Ink1);
        add(&format!(" · {}", short(high, lang)), TypeRole::Small, Role::Ink2);
    }
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    kit::paint_galley(ui.painter(), at, Align2::RIGHT_CENTER, galley);
}

/// The least sure of some rates.
fn least(cells: &[RateCell]) -> Confidence {
    cells.iter().map(|cell| cell.confidence).min().unwrap_or(Confidence::Low)
}

/// What the dots mean, at the right of the line; `false` where it has no room.
pub(super) fn legend(ui: &mut Ui, lang: Lang) -> bool {
    /// Room for three dots and the gap before their word.
    const DOTS: f32 = 27.0;
    const GAP: f32 = 12.0;
    let theme = Theme::of(ui.ctx());
    let lay = |text: &str| kit::lay(ui, TypeRole::Caption, theme.color(Role::Ink2), text);
    let title = lay(&tr(lang, "explain-confidence"));
    let words = [Confidence::Low, Confidence::Medium, Confidence::High].map(|of| (of, lay(&of.name(lang))));
    let width: f32 = title.size().x + words.iter().map(|(_, word)| GAP + DOTS + word.size().x).sum::<f32>();
    if width > ui.available_width() {
        return false;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let y = rect.center().y;
    let mut x = rect.right() - width;
    let put = |galley: std::sync::Arc<egui::Galley>, x: f32| {
        let width = galley.size().x;
        kit::paint_galley(ui.painter(), pos2(x, y), Align2::LEFT_CENTER, galley);
        x + width
    };
    x = put(title, x);
    for (of, word) in words {
        x += GAP;
        paint_dots(ui, pos2(x + DOTS - 6.0, y), of);
        x = put(word, x + DOTS);
    }
    true
}

/// How sure a rate is: one to three full dots, ending at a point.
fn paint_dots(ui: &Ui, at: egui::Pos2, confidence: Confidence) {
    let theme = Theme::of(ui.ctx());
    let full = match confidence {
        Confidence::Low => 1,
        Confidence::Medium => 2,
        Confidence::High => 3,
    };
    for dot in 0..3 {
        let centre = at - vec2(18.0 - 7.0 * dot as f32, 0.0);
        if dot < full {
            ui.painter().circle_filled(centre, 2.2, theme.color(Role::Ink2));
        } else {
            ui.painter().circle_stroke(centre, 1.8, Stroke::new(0.8, theme.color(Role::Ink3)));
        }
    }
}

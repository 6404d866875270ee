//! Rows of the editor: a name, fields, and a dot where the project says otherwise than the library.

use std::ops::RangeInclusive;

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use crate::i18n::{Lang, UNDEFINED, number, part_of, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::num::{Span, decimals_of};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::kit;
use crate::ui::theme::Theme;

/// Room for the name of a row, and for its dot.
const NAME: f32 = 250.0;
const DOT: f32 = 20.0;

/// The sign of what is refused needs so much.
const LEAST_REFUSED: f32 = 20.0;

/// A row with its name, of what the project may say otherwise.
pub(super) struct Row<'a> {
    /// What it is.
    pub name: &'a str,
    /// Whether the project says it.
    pub is_own: bool,
    /// What the library says; nothing where it has no say.
    pub library: Option<String>,
    /// Why what the project says cannot stand; said beside the fields.
    pub fault: Option<String>,
}

impl Row<'_> {
    /// Shows it with its fields. Whether the dot was pressed: the library shall be followed again.
    pub fn show(&self, ui: &mut Ui, lang: Lang, add: impl FnOnce(&mut Ui)) -> bool {
        let theme = Theme::of(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
        let room = NAME.min(rect.width() * 0.42);
        let galley = kit::lay_within(ui, TypeRole::Small, theme.color(Role::Ink2), self.name, room - 8.0);
        let elided = galley.elided;
        kit::paint_galley(ui.painter(), rect.left_center(), egui::Align2::LEFT_CENTER, galley);
        if elided {
            let place = Rect::from_min_size(rect.min, vec2(room, rect.height()));
            let response = ui.interact(place, ui.make_persistent_id(("name", self.name)), Sense::hover());
            kit::tip(&response, self.name, None);
        }
        let cell = Rect::from_min_max(
            pos2(rect.left() + room, rect.top() + 2.0),
            pos2(rect.right() - DOT, rect.bottom() - 2.0),
        );
        let mut fields = ui.new_child(
            UiBuilder::new().id_salt(("row", self.name)).max_rect(cell).layout(Layout::left_to_right(Align::Center)),
        );
        fields.spacing_mut().item_spacing.x = theme.space(2);
        add(&mut fields);
        if let Some(words) = &self.fault {
            let mut room = Rect::from_min_max(pos2(fields.min_rect().right() + 6.0, cell.top()), cell.max);
            if room.width() < LEAST_REFUSED {
                // No room beside the fields: the sign stands before them.
                room = Rect::from_min_max(pos2(cell.left() - LEAST_REFUSED, cell.top()), cell.left_bottom());
            }
            refused(ui, room, words, self.name);
        }
        self.is_own && dot(ui, rect, self.name, self.library.as_deref(), lang)
    }
}

/// Why something cannot stand, in the room beside its fields: its sign, and as many words as go there; all of them under the
/// pointer.
pub(super) fn refused(ui: &Ui, room: Rect, words: &str, name: &str) {
    const SIGN: f32 = 14.0;
    let theme = Theme::of(ui.ctx());
    let ink = theme.color(Role::Warning);
    let centre = pos2(room.left().min(room.right() - SIGN) + SIGN / 2.0, room.center().y);
    paint_icon(ui.painter(), Icon::Warning, centre, SIGN, ink);
    let left = centre.x + SIGN / 2.0 + 4.0;
    let galley = kit::lay_within(ui, TypeRole::Small, ink, words, (room.right() - left).max(1.0));
    if room.right() - left > 40.0 {
        kit::paint_galley(ui.painter(), pos2(left, room.center().y), egui::Align2::LEFT_CENTER, galley);
    }
    let response = ui.interact(room, ui.make_persistent_id(("refused", name)), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    kit::tip(&response, words, None);
}

/// The dot of what the project says itself; whether it was pressed to follow the library again.
pub(super) fn dot(ui: &mut Ui, row: Rect, name: &str, library: Option<&str>, lang: Lang) -> bool {
    let Some(library) = library else {
        let centre = pos2(row.right() - 8.0, row.center().y);
        ui.painter().circle_filled(centre, 3.0, Theme::of(ui.ctx()).color(Role::Accent));
        return false;
    };
    let words = tr_with(lang, "library-dot", &[("value", library.into())]);
    kit::override_dot(ui, row, &part_of(lang, name, &words), &words).clicked()
}

/// How a number is typed. It is taken as it is; what cannot stand is said beside it.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    pub unit: &'a str,
    pub decimals: u8,
    pub lang: Lang,
}

impl Typed<'_> {
    /// A number as the field shows it.
    pub fn text(&self, value: f64) -> String {
        let decimals = decimals_of(value, self.decimals, 6);
        format!("{} {}", number(self.lang, value, decimals), self.unit).trim_end().to_owned()
    }

    /// Three numbers as text; one where they are the same.
    pub fn span_text(&self, span: Option<Span>) -> String {
        match span {
            None => UNDEFINED.to_owned(),
            Some(Span { low, mid, high }) if low == mid && mid == high => self.text(mid),
            Some(Span { low, mid, high }) => {
                let plain = Typed { unit: "", ..*self };
                format!("{} · {} · {}", plain.text(low), plain.text(mid), self.text(high))
            }
        }
    }

    /// One number in a field of a width; what was typed comes back.
    pub fn number(&self, ui: &mut Ui, salt: &str, name: &str, value: Option<f64>, width: f32) -> Option<f64> {
        let mut typed = value.unwrap_or(f64::NAN);
        let decimals = decimals_of(typed, self.decimals, 6);
        let (cell, _) = ui.allocate_exact_size(vec2(width.min(ui.available_width()), 24.0), Sense::hover());
        let mut field = ui.new_child(
            UiBuilder::new().id_salt((salt, name)).max_rect(cell).layout(Layout::left_to_right(Align::Center)),
        );
        let shown = kit::NumberField::new((salt, value.map(f64::to_bits)), &mut typed)
            .unit(self.unit)
            .decimals(decimals)
            .lang(self.lang)
            .name(name)
            .placeholder(value.is_none().then_some(UNDEFINED))
            .show(&mut field);
        let is_new = typed.is_finite() && Some(typed) != value;
        (shown.committed && is_new).then_some(typed)
    }

    /// Low, mid and high in three fields; what they become when one was typed. Where there was nothing, all three.
    pub fn span(&self, ui: &mut Ui, salt: &str, name: &str, value: Option<Span>, width: f32) -> Option<Span> {
        let parts = value.map(|Span { low, mid, high }| [low, mid, high]);
        let each = (width.min(ui.available_width()) - 2.0 * ui.spacing().item_spacing.x) / 3.0;
        let mut changed = None;
        for (at, key) in ["library-low", "library-mid", "library-high"].into_iter().enumerate() {
            let of = part_of(self.lang, name, &tr(self.lang, key));
            let salt = format!("{salt} {at}");
            if let Some(typed) = self.number(ui, &salt, &of, parts.map(|parts| parts[at]), each) {
                // One number with no range round it stays one number.
                let single = parts.is_none_or(|[low, mid, high]| low == mid && mid == high);
                let mut new = parts.filter(|_| !single || at != 1).unwrap_or([typed; 3]);
                new[at] = typed;
                changed = Some(Span { low: new[0], mid: new[1], high: new[2] });
            }
        }
        changed
    }
}

/// Years that a source can be of.
const YEARS: RangeInclusive<u16> = 1800..=2200;

/// A year in a field of a width; the year that was typed comes back, which may be none.
pub(super) fn year(
    ui: &mut Ui,
    salt: &str,
    name: &str,
    known: Option<u16>,
    width: f32,
    lang: Lang,
) -> Option<Option<u16>> {
    let said = known.map(|year| year.to_string()).unwrap_or_default();
    let mut text = said.clone();
    let (cell, _) = ui.allocate_exact_size(vec2(width.min(ui.available_width()), 24.0), Sense::hover());
    let mut field = ui.new_child(UiBuilder::new().id_salt((salt, "year")).max_rect(cell));
    let typed = kit::TextField::new((salt, "year", &said), &mut text).name(name).hint(UNDEFINED).show(&mut field);
    if !typed.committed || text.trim() == said {
        return None;
    }
    match text.trim() {
        "" => Some(None),
        year => {
            let found = year.parse().ok().filter(|year| YEARS.contains(year)).map(Some);
            if found.is_none() {
                let [low, high] = [YEARS.start(), YEARS.end()].map(ToString::to_string);
                let what = tr_with(lang, "field-limits", &[("low", low.into()), ("high", high.into())]);
                kit::refuse_text(&typed.response, lang, year, &what);
            }
            found
        }
    }
}

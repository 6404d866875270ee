//! The tables, beside the drawing: plots, buildings and storeys to be sorted, searched, changed in place, copied and
//! exported. A row selects what it is about.

mod cells;

use egui::{Align2, Event, Id, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::icons::{Icon, paint_icon};
use super::kit::{self, Segment};
use super::theme::Theme;
use crate::i18n::{Lang, number, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::schedule::{Cell, Column, Pasted, Row, RowOf, Schedule, ScheduleKind, Sort};
use crate::studio::{Action, Command, Screen, Session, Studio};

const ROW: f32 = 28.0;
const HEAD: f32 = 34.0;
/// Room for the scroll bar.
const BAR: f32 = 14.0;
/// The system answers within so many frames what is on the clipboard, if anything.
const PASTE_FRAMES: u8 = 20;

/// As large as the sheet gets, and the least that a table can be read in, in logical pixels.
const MOST: Vec2 = vec2(1240.0, 460.0);
const LEAST: Vec2 = vec2(560.0, 200.0);
/// What is above and below the rows.
const AROUND: f32 = 96.0;

/// The sheet.
#[derive(Default)]
pub struct Tables {
    filter: String,
    sort: Option<Sort>,
    kind: Option<ScheduleKind>,
    ordered: Option<Ordered>,
    /// The row under the pointer in the last frame: its cells are fields.
    hovered: Option<RowOf>,
    /// The cell that was pressed last, by its row and column: what a spreadsheet gives begins there.
    pressed: Option<(RowOf, usize)>,
    /// The storey whose uses are being typed.
    mix: Option<cells::MixBeingTyped>,
    sized: kit::SheetSize,
    /// Where the sheet was in the last frame.
    place: Option<Rect>,
    /// For how many frames more what comes from the clipboard is meant for the table, wherever the pointer is; 0 when nothing
    /// was asked for.
    awaits_paste: u8,
}

/// Rows in order, of one state of a table.
struct Ordered {
    of: std::sync::Weak<Schedule>,
    kind: ScheduleKind,
    filter: String,
    sort: Option<Sort>,
    lang: Lang,
    rows: std::rc::Rc<[usize]>,
    /// What the rows are about.
    shown: Vec<RowOf>,
    /// What the columns come to, by their places.
    sums: Vec<Option<f64>>,
}

impl Tables {
    /// Shows it while one is open, over the drawing in `canvas`.
    pub fn show(&mut self, ui: &Ui, studio: &mut Studio, canvas: Rect, actions: &mut Vec<Action>) {
        studio.follow_table();
        let Some(kind) = studio.panels.table else {
            (self.ordered, self.place, self.mix) = (None, None, None);
            return;
        };
        let lang = studio.lang();
        let (shown, Some(session)) = (&*studio, studio.session()) else { return };
        if self.kind != Some(kind) {
            // A column of one table is none of another.
            (self.kind, self.sort, self.pressed, self.mix) = (Some(kind), None, None, None);
        }
        let theme = Theme::of(ui.ctx());
        let room = canvas.shrink(theme.space(4));
        let around = vec2(theme.space(4) * 2.0, AROUND);
        let usual = (room.size() * vec2(1.0, 0.6) - around).max(LEAST).min(MOST);
        let mut sized = self.sized;
        let asked = sized.fit(usual, LEAST, room.size() - around);
        let mut size = asked;
        if let Some(schedule) = shown.table().filter(|_| !sized.is_pulled()) {
            // As high as its rows, however many a search leaves of them.
            size.y = size.y.min(HEAD + ROW * (schedule.rows.len().max(3) as f32 + 1.0));
        }
        let first_pos = pos2(room.left(), room.bottom() - size.y - 120.0);
        let name = Command::Tables.name(lang);
        let mut asks = false;
        let place = kit::sheet(ui.ctx(), Id::unique("tables"), &name, canvas, first_pos, (&mut sized, asked), |ui| {
            self.head(ui, kind, lang, actions);
            let Some(schedule) = shown.table() else {
                ui.allocate_ui(size, kit::loading_bars);
                return;
            };
            self.put_in_order(schedule, lang);
            let Some((rows, sums)) = self.ordered.as_ref().map(|of| (of.rows.clone(), of.sums.clone())) else {
                return;
            };
            let columns = columns(schedule.columns(), size.x - BAR);
            let view = View {
                session,
                schedule,
                columns,
                lang,
                pressed: std::cell::Cell::new(self.pressed),
                mix: std::cell::RefCell::new(self.mix.take()),
            };
            self.titles(ui, &view);
            ui.spacing_mut().item_spacing.y = 0.0;
            let hovered = view.rows(ui, &rows, self.hovered, size.y - HEAD - ROW, actions);
            // A field keeps its row while something is typed or chosen in it.
            let is_busy = ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx());
            if hovered != self.hovered && !is_busy {
                self.hovered = hovered;
                ui.ctx().request_repaint();
            }
            self.pressed = view.pressed.get();
            self.mix = view.mix.take();
            view.sums(ui, rows.len(), &sums);
            ui.spacing_mut().item_spacing.y = theme.space(2);
            asks = foot(ui, schedule, &rows, lang, actions);
        });
        (self.place, self.sized) = (Some(place), sized);
        if asks {
            (self.awaits_paste, studio.wants_clipboard) = (PASTE_FRAMES, true);
        }
    }

    /// Takes what comes from the clipboard, where it is meant for the table: while the pointer is over it, while one types in
    /// one of its cells, or when its own button asked. A single word stays with the field that one types in.
    pub fn take_pasted(&mut self, ui: &Ui, studio: &mut Studio) {
        let is_shown = studio.panels.table.is_some() && studio.screen == Screen::Editor;
        let Some((place, ordered)) = self.place.zip(self.ordered.as_ref()).filter(|_| is_shown) else {
            self.awaits_paste = 0;
            return;
        };
        // Whoever goes on with something else wants no answer any more.
        if ui.input(|input| input.pointer.any_pressed()) {
            self.awaits_paste = 0;
        }
        let layer = egui::LayerId::new(egui::Order::Middle, Id::unique("tables"));
        let field = ui.ctx().memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
        let in_cell = field.filter(|field| field.layer_id == layer && place.contains_rect(field.rect)).is_some();
        let is_typing = ui.ctx().text_edit_focused();
        // What lies over it, as a question does, is meant first.
        let pointer = ui.input(|input| input.pointer.hover_pos());
        let is_here = pointer.is_some_and(|at| place.contains(at) && ui.ctx().layer_id_at(at) == Some(layer));
        let is_meant = |text: &str| {
            let is_block = text.trim_end().contains(['\t', '\n']);
            self.awaits_paste > 0 || if is_typing { in_cell && is_block } else { is_here }
        };
        let mut texts = Vec::new();
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Paste(text) if is_meant(text) => {
                    texts.push(text.clone());
                    false
                }
                _ => true,
            });
        });
        if texts.is_empty() && self.awaits_paste > 0 {
            self.awaits_paste -= 1;
            ui.ctx().request_repaint();
            if self.awaits_paste == 0 {
                // The system gave no text: there is none.
                texts.push(String::new());
            }
        }
        for text in texts {
            self.awaits_paste = 0;
            let pasted = Pasted { text, rows: ordered.shown.clone(), at: self.pressed };
            studio.act(Action::PasteTable(Box::new(pasted)));
        }
    }

    /// Which table, what is searched for in it, and a cross.
    fn head(&mut self, ui: &mut Ui, kind: ScheduleKind, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.space(4);
            let names = ScheduleKind::ALL.map(|kind| kind.name(lang));
            let choices: Vec<Segment<'_, ScheduleKind>> =
                ScheduleKind::ALL.iter().zip(&names).map(|(kind, name)| Segment::new(*kind, name)).collect();
            let mut chosen = kind;
            if kit::segments(ui, &Command::Tables.name(lang), &mut chosen, &choices) {
                actions.push(Action::Table(Some(chosen)));
            }
            let (cell, _) = ui.allocate_exact_size(vec2(200.0, 24.0), Sense::hover());
            let mut field = ui.new_child(egui::UiBuilder::new().id_salt("table filter").max_rect(cell));
            let name = tr(lang, "table-filter");
            kit::TextField::new("table filter", &mut self.filter).name(&name).hint(&name).show(&mut field);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if kit::icon_button(ui, Icon::Close, &tr(lang, "notice-close"), None, false, true).clicked() {
                    actions.push(Action::Table(None));
                }
            });
        });
    }

    fn put_in_order(&mut self, schedule: &std::sync::Arc<Schedule>, lang: Lang) {
        let is_fresh = self.ordered.as_ref().is_some_and(|known| {
            known.of.as_ptr() == std::sync::Arc::as_ptr(schedule)
                && (&known.filter, known.sort, known.lang) == (&self.filter, self.sort, lang)
        });
        if !is_fresh {
            let found = schedule.order(&self.filter, self.sort, lang);
            // While one works in the rows they stay where they are, also one that is no longer what was searched for.
            let asked_the_same = |known: &&Ordered| {
                (&known.filter, known.sort, known.lang, known.kind) == (&self.filter, self.sort, lang, schedule.kind)
            };
            let rows = match self.ordered.as_ref().filter(asked_the_same) {
                Some(known) => schedule.keep_order(&known.shown, found),
                None => found,
            };
            let shown = rows.iter().filter_map(|at| Some(schedule.rows.get(*at)?.of)).collect();
            let of = std::sync::Arc::downgrade(schedule);
            let sum = |at: usize| match schedule.sum(&rows, at) {
                Some(Cell::Number(value)) => value,
                Some(Cell::Range(span)) => span.map(|span| span.mid),
                _ => None,
            };
            let sums = (0..schedule.columns().len()).map(sum).collect();
            let (filter, rows) = (self.filter.clone(), rows.into());
            let (kind, sort) = (schedule.kind, self.sort);
            self.ordered = Some(Ordered { of, kind, filter, sort, lang, rows, shown, sums });
        }
    }

    /// The names of the columns; a click puts the rows in their order, another turns it round, a third takes it back.
    fn titles(&mut self, ui: &mut Ui, view: &View<'_>) {
        let theme = Theme::of(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
        kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::HairlineStrong);
        for (at, (column, [left, right])) in view.schedule.columns().iter().zip(&view.columns).enumerate() {
            let cell =
                Rect::from_min_max(pos2(rect.left() + left, rect.top()), pos2(rect.left() + right, rect.bottom()));
            let title = column.title(view.lang);
            let response = ui.interact(cell, ui.make_persistent_id(("column", column.key, at)), Sense::click());
            let sorted = self.sort.filter(|sort| sort.column == at);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &title));
            kit::tip(&response, &format!("{title}. {}", tr(view.lang, "table-sort")), None);
            if response.hovered() {
                ui.painter().rect_filled(cell, 0.0, theme.color(Role::Hover));
            }
            // Numbers begin with the largest, names with the first.
            let first = column.is_number();
            if response.clicked() {
                self.sort = match sorted {
                    None => Some(Sort { column: at, falls: first }),
                    Some(sort) if sort.falls == first => Some(Sort { column: at, falls: !first }),
                    Some(_) => None,
                };
            }
            let ink = if sorted.is_some() { Role::Ink1 } else { Role::Ink2 };
            let mark = if sorted.is_some() { 14.0 } else { 0.0 };
            let width = (cell.width() - if column.is_number() { 6.0 } else { 12.0 } - mark).max(1.0);
            let mut job = egui::text::LayoutJob::simple(
                column.head(view.lang),
                theme.font(TypeRole::Caption),
                theme.color(ink),
                width,
            );
            job.wrap.max_rows = 2;
            job.halign = if column.is_number() { egui::Align::RIGHT } else { egui::Align::LEFT };
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let bottom = cell.bottom() - 5.0 - galley.size().y;
            let pad = if column.can_be_changed() { 11.0 } else { 6.0 };
            let x = if column.is_number() { cell.right() - 6.0 - mark } else { cell.left() + pad };
            ui.painter().galley(pos2(x, bottom), galley, theme.color(ink));
            if let Some(sort) = sorted {
                let centre = pos2(cell.right() - 10.0, cell.bottom() - 12.0);
                if sort.falls {
                    paint_icon(ui.painter(), Icon::ChevronDown, centre, 12.0, theme.color(Role::Ink1));
                } else {
                    let half = 4.0;
                    let points = vec![centre + vec2(-half, 2.0), centre + vec2(0.0, -2.0), centre + vec2(half, 2.0)];
                    ui.painter().line(points, egui::Stroke::new(1.2, theme.color(Role::Ink1)));
                }
            }
        }
    }
}

/// Where columns stand, from left to right, each in its part of the width.
fn columns(columns: &[Column], width: f32) -> Vec<[f32; 2]> {
    let parts: f32 = columns.iter().map(|column| column.parts).sum();
    let mut left = 0.0;
    let mut places = Vec::with_capacity(columns.len());
    for column in columns {
        let right = left + width * column.parts / parts;
        places.push([left, right]);
        left = right;
    }
    places
}

/// What rows are shown with.
struct View<'a> {
    session: &'a Session,
    schedule: &'a Schedule,
    columns: Vec<[f32; 2]>,
    lang: Lang,
    pressed: std::cell::Cell<Option<(RowOf, usize)>>,
    mix: std::cell::RefCell<Option<cells::MixBeingTyped>>,
}

impl View<'_> {
    /// Whether the uses of the storey are to be typed.
    fn is_typing_mix(&self, of: RowOf) -> bool {
        self.mix.borrow().as_ref().is_some_and(|mix| mix.of == of)
    }

    /// Takes up what is being typed of the uses of a storey.
    fn take_mix(&self, of: RowOf) -> Option<cells::MixBeingTyped> {
        self.mix.borrow_mut().take_if(|mix| mix.of == of)
    }

    /// The rows that are seen; the one under the pointer comes back.
    fn rows(
        &self,
        ui: &mut Ui,
        order: &[usize],
        hovered: Option<RowOf>,
        height: f32,
        actions: &mut Vec<Action>,
    ) -> Option<RowOf> {
        let mut under_pointer = None;
        let list =
            ScrollArea::vertical().id_salt("rows").auto_shrink(false).max_height(height).min_scrolled_height(height);
        list.show_rows(ui, ROW, order.len(), |ui, seen| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for row in order.get(seen).unwrap_or_default().iter().filter_map(|at| self.schedule.rows.get(*at)) {
                if self.row(ui, row, hovered == Some(row.of), actions) {
                    under_pointer = Some(row.of);
                }
            }
            if order.is_empty() {
                ui.add_space(12.0);
                let theme = Theme::of(ui.ctx());
                ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(self.lang, "table-empty")));
            }
        });
        under_pointer
    }

    /// A row; whether the pointer is on it.
    fn row(&self, ui: &mut Ui, row: &Row, is_hovered: bool, actions: &mut Vec<Action>) -> bool {
        let theme = Theme::of(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let response = ui.interact(rect, ui.make_persistent_id(("row", row.of)), Sense::click());
        let selected = self.session.has_row(row.of);
        let words =
            || (0..row.cells.len()).map(|at| self.schedule.text(row, at, self.lang)).collect::<Vec<_>>().join(" · ");
        response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, true, selected, words()));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Row));
        let contains = ui.rect_contains_pointer(rect);
        if selected || contains {
            let ground = if selected { Role::AccentSoft } else { Role::Hover };
            ui.painter().rect_filled(rect, 0.0, theme.color(ground));
        }
        kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::Hairline);
        if response.clicked() {
            let (ids, storey) = match row.of {
                RowOf::Storey(volume, at) => (vec![volume], Some(at)),
                RowOf::Plot(id) | RowOf::Building(id) => (self.session.drawn_of(id), None),
            };
            actions.push(Action::Select(ids));
            actions.extend(storey.map(|at| Action::SelectStorey(Some(at))));
        }
        if let Some(at) = self.pressed_column(ui, rect) {
            self.pressed.set(Some((row.of, at)));
        }
        // Fields stand where one is about to type; elsewhere words are easier to read.
        let fields = selected || is_hovered || self.is_typing_mix(row.of);
        for (at, ([left, right], column)) in self.columns.iter().zip(self.schedule.columns()).enumerate() {
            let cell = Rect::from_min_max(
                pos2(rect.left() + left + 2.0, rect.top() + 2.0),
                pos2(rect.left() + right - 2.0, rect.bottom() - 2.0),
            );
            if !(fields && column.can_be_changed() && cells::field(ui, self, row, at, cell, actions)) {
                self.cell(ui, row, at, cell.expand2(vec2(2.0, 0.0)));
            }
            if self.pressed.get() == Some((row.of, at)) {
                let line = egui::Stroke::new(1.0, theme.color(Role::Accent));
                ui.painter().rect_stroke(cell, theme.radius(), line, egui::StrokeKind::Outside);
            }
        }
        contains
    }

    /// The column that is pressed on in this frame, in a row at a place.
    fn pressed_column(&self, ui: &Ui, row: Rect) -> Option<usize> {
        let at = ui.input(|input| input.pointer.primary_pressed().then(|| input.pointer.interact_pos()))??;
        let x = at.x - row.left();
        let column = self.columns.iter().position(|[left, right]| (*left..*right).contains(&x))?;
        ui.rect_contains_pointer(row).then_some(column)
    }

    /// A cell that is only read.
    fn cell(&self, ui: &mut Ui, row: &Row, at: usize, cell: Rect) {
        let theme = Theme::of(ui.ctx());
        let column = &self.schedule.columns()[at];
        let text = self.schedule.text(row, at, self.lang);
        // Words that can be changed stand where their field will be.
        let pad = if column.can_be_changed() { 11.0 } else { 6.0 };
        let role = if column.can_be_changed() && !column.is_number() { TypeRole::Body } else { TypeRole::Small };
        let galley = kit::lay_within(ui, role, theme.color(Role::Ink1), &text, (cell.width() - pad - 6.0).max(1.0));
        let (x, anchor) = if column.is_number() {
            (cell.right() - 6.0, Align2::RIGHT_CENTER)
        } else {
            (cell.left() + pad, Align2::LEFT_CENTER)
        };
        let elided = galley.elided;
        kit::paint_galley(ui.painter(), pos2(x, cell.center().y), anchor, galley);
        let range = match row.cells.get(at) {
            Some(Cell::Range(Some(span))) if span.low != span.high => {
                let decimals = column.decimals();
                Some(crate::i18n::range(self.lang, span.low, span.high, decimals))
            }
            _ => elided.then_some(text),
        };
        if let Some(words) = range {
            let response = ui.interact(cell, ui.make_persistent_id((row.of, at)), Sense::hover());
            kit::tip(&response, &words, None);
        }
    }

    /// What the rows come to.
    fn sums(&self, ui: &mut Ui, rows: usize, sums: &[Option<f64>]) {
        let theme = Theme::of(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        kit::hairline_h(ui, rect.x_range(), rect.top(), Role::HairlineStrong);
        let count = number(self.lang, rows as f64, 0);
        let all = number(self.lang, self.schedule.rows.len() as f64, 0);
        let key = if rows == self.schedule.rows.len() { "table-rows" } else { "table-rows-of" };
        let words = tr_with(self.lang, key, &[("n", rows.into()), ("count", count.into()), ("all", all.into())]);
        let at = pos2(rect.left() + 6.0, rect.center().y);
        kit::paint_text(ui, at, Align2::LEFT_CENTER, TypeRole::Small, Role::Ink2, &words);
        let columns = self.columns.iter().zip(self.schedule.columns()).zip(sums);
        for (([_, right], column), value) in columns.filter(|((_, column), _)| column.adds) {
            let text = column.number_text(*value, self.lang);
            let galley = kit::lay(ui, TypeRole::Label, theme.color(Role::Ink1), &text);
            let at = pos2(rect.left() + right - 6.0, rect.center().y);
            kit::paint_galley(ui.painter(), at, Align2::RIGHT_CENTER, galley);
        }
    }
}

/// What can be done with the table; whether it is to take what is on the clipboard.
fn foot(ui: &mut Ui, schedule: &Schedule, rows: &[usize], lang: Lang, actions: &mut Vec<Action>) -> bool {
    let theme = Theme::of(ui.ctx());
    let mut pastes = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.space(4);
        if rows.is_empty() {
            return;
        }
        let copy = kit::link(ui, TypeRole::Small, &tr(lang, "table-copy"));
        kit::tip(&copy, &tr(lang, "table-copy-tip"), None);
        if copy.clicked() {
            actions.push(Action::CopyTable(rows.to_vec()));
        }
        let paste = kit::link(ui, TypeRole::Small, &tr(lang, "table-paste"));
        kit::tip(&paste, &tr(lang, "table-paste-tip"), None);
        pastes = paste.clicked();
        let export = kit::link(ui, TypeRole::Small, &tr(lang, "table-export"));
        kit::tip(&export, &tr(lang, "table-export-tip"), None);
        if export.clicked() {
            actions.push(Action::ExportTable(rows.to_vec()));
        }
        if schedule.kind == ScheduleKind::Storeys {
            ui.label(theme.text(TypeRole::Caption, Role::Ink2, tr(lang, "table-sum-note")));
        }
    });
    pastes
}

//! The window: what stands where, and what goes on between frames.
//!
//! `logic` takes in what threads have done and answers the system; `ui` only draws and collects wishes, which the
//! studio carries out after the frame's panels have been drawn.

use std::time::{Duration, Instant};

use egui::{Rect, Ui, UiBuilder, Vec2};

use super::all_figures::AllFigures;
use super::canvas::{self, Canvas};
use super::charts::Charts;
use super::figures::FiguresPanel;
use super::inspector::Inspector;
use super::kit;
use super::layout::Layout;
use super::library::LibraryEditor;
use super::map_sources::MapSources;
use super::palette::Palette;
use super::plot_filter::PlotFilterSheet;
use super::strip::Strip;
use super::tables::Tables;
use super::theme::Theme;
use super::typologies::Typologies;
use super::{keys, lists, notices, overlays, rail, seams, start, status, top_bar};
use crate::i18n::Lang;
use crate::look;
use crate::studio::{Action, Command, Screen, Services, Studio};

/// How long the first frame waits for the file that the window is opened with.
const FILE_PATIENCE: Duration = Duration::from_millis(150);

/// The program's window.
pub struct App {
    /// The studio behind it.
    pub studio: Studio,
    canvas: Canvas,
    palette: Palette,
    strip: Strip,
    inspector: Inspector,
    figures: FiguresPanel,
    all_figures: AllFigures,
    charts: Charts,
    tables: Tables,
    library: LibraryEditor,
    typologies: Typologies,
    plot_filter: PlotFilterSheet,
    map_sources: MapSources,
    start: start::Start,
    path_text: overlays::PathText,
    theme: Option<look::Theme>,
    /// The screen of the last frame.
    shown: Option<Screen>,
    /// What the window is called now; told to the system only when it changes, as each telling costs a frame.
    title: String,
    /// Whether the panel at the right is open where it is a drawer.
    drawer: bool,
    /// What waits until the field that is being typed in has been settled, and what may be carried out now that it has.
    late: Vec<Action>,
    ready: Vec<Action>,
}

impl App {
    /// A window at its start screen, or on the way to a file; in another language than that of the settings when one is
    /// asked for.
    #[must_use]
    pub fn new(services: Services, file: Option<std::path::PathBuf>, lang: Option<Lang>) -> Self {
        let mut studio = Studio::new(services);
        studio.asked_lang = lang;
        match file {
            Some(path) => {
                studio.act(Action::Open(path));
                // Most files are there before the first frame could be: then the start screen does not flash up.
                let patience = Instant::now() + FILE_PATIENCE;
                while studio.busy_with().next().is_some() && Instant::now() < patience {
                    std::thread::sleep(Duration::from_millis(1));
                    studio.tick();
                }
            }
            None => studio.offer_unsaved(),
        }
        Self {
            studio,
            canvas: Canvas::default(),
            palette: Palette::default(),
            strip: Strip::default(),
            inspector: Inspector::default(),
            figures: FiguresPanel::default(),
            all_figures: AllFigures::default(),
            charts: Charts::default(),
            tables: Tables::default(),
            library: LibraryEditor::default(),
            typologies: Typologies::default(),
            plot_filter: PlotFilterSheet::default(),
            map_sources: MapSources::default(),
            start: start::Start::default(),
            path_text: overlays::PathText::default(),
            theme: None,
            shown: None,
            title: String::new(),
            drawer: false,
            late: Vec::new(),
            ready: Vec::new(),
        }
    }

    fn between_frames(&mut self, ctx: &egui::Context) {
        self.studio.tick();
        self.studio.maps = self.canvas.map_states();
        if ctx.input(|input| input.viewport().close_requested()) && !self.studio.quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.act_or_settle(ctx, Action::Run(Command::Quit));
        }
        if self.studio.quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        if self.theme != Some(self.studio.settings.theme) {
            self.theme = Some(self.studio.settings.theme);
            Theme::new(self.studio.settings.theme).install(ctx);
        }
        let title = window_title(&self.studio);
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if let Some(next) = self.studio.next_tick() {
            let now = self.studio.services.clock.now();
            ctx.request_repaint_after(next.saturating_sub(now).max(Duration::from_millis(50)));
        }
        let waiting = self.studio.question.is_some() || self.studio.path_wanted.is_some();
        for file in ctx.input(|input| input.raw.dropped_files.clone()).into_iter().filter(|_| !waiting) {
            self.act_or_settle(ctx, Action::Open(file.path().to_owned()));
        }
    }

    /// Carries something out that may end the work on the project: after what is being typed has been settled.
    fn act_or_settle(&mut self, ctx: &egui::Context, action: Action) {
        if ctx.text_edit_focused() {
            self.late.push(action);
        } else {
            self.studio.act(action);
        }
    }

    /// Draws the window and carries out what was wished in it.
    pub fn draw(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        let ready = std::mem::take(&mut self.ready);
        self.tables.take_pasted(ui, &mut self.studio);
        self.late.extend(keys::handle(ui, &mut self.studio));
        let window = ui.max_rect();
        ui.painter().rect_filled(window, 0.0, Theme::of(ui.ctx()).color(look::Role::Ground));
        if self.shown != Some(self.studio.screen) {
            self.shown = Some(self.studio.screen);
            // Much is measured only in the first pass: painting it would cost a frame and show a jump.
            ui.ctx().request_discard("another screen");
        }
        let middle = match self.studio.screen {
            Screen::Start => {
                self.start.show(ui, window, &self.studio, &mut actions);
                window
            }
            Screen::Editor => self.editor(ui, window, &mut actions),
        };
        // Below what waits for an answer in the middle of the window, so that its buttons stay in reach.
        let waits = self.studio.question.is_some() || self.studio.path_wanted.is_some() || self.studio.panels.palette;
        let status = Theme::of(ui.ctx()).size("/panel/status");
        let over = if waits { window.with_max_y(window.bottom() - status) } else { middle };
        notices::show(ui, over, &self.studio, &mut actions);
        overlays::show(ui, &mut self.studio, &mut self.path_text, &mut actions);
        self.all_figures.show(ui, &self.studio, &mut actions);
        self.typologies.show(ui, &self.studio, &mut actions);
        self.plot_filter.show(ui, &self.studio, &mut actions);
        self.map_sources.show(ui, window, &self.studio, &mut actions);
        super::keep_area::show(ui, &self.studio, &mut actions);
        super::picture_sheet::show(ui, &self.studio, &mut actions);
        self.studio.follow_effect();
        self.library.show(ui, &self.studio, &mut actions);
        if self.studio.panels.palette {
            self.palette.show(ui, &mut self.studio, &mut actions);
        } else {
            self.palette.closed();
        }
        for action in actions.into_iter().chain(ready) {
            self.studio.act(action);
            ui.ctx().request_repaint();
        }
        keys::exchange_clipboard(ui.ctx(), &mut self.studio);
        if !self.late.is_empty() {
            // What was typed up to now has been read; the next frame settles it, and then carries these out.
            keys::settle_field(ui.ctx());
            self.ready = std::mem::take(&mut self.late);
            ui.ctx().request_repaint();
        }
    }

    /// Shows the editor; the place of the drawing comes back.
    fn editor(&mut self, ui: &mut Ui, window: Rect, actions: &mut Vec<Action>) -> Rect {
        let theme = Theme::of(ui.ctx());
        let layout = Layout::new(window, theme, self.drawer, self.studio.settings.panels);
        let part = canvas::Part { covered: layout.drawer(), has_seam: layout.strip.height() > 0.0 };
        self.canvas.show(ui, layout.canvas, part, &mut self.studio);
        let credits = self.canvas.credits(&self.studio);
        if layout.narrow {
            // What lies over the drawing must not hide whose map it is.
            let sheet = window.with_min_x(window.right() - super::map_sources::WIDTH);
            let covered = if self.studio.panels.map_sources { Some(sheet) } else { layout.drawer() };
            self.canvas.paint_credits(ui, layout.canvas, covered, &self.studio);
        }
        if self.studio.session().is_none() {
            return layout.canvas;
        }
        // What was drawn in this frame is explained in it.
        self.studio.refresh_explanation();
        self.charts.show(ui, &mut self.studio, layout.canvas, actions);
        self.tables.show(ui, &mut self.studio, layout.canvas, actions);
        panel(ui, "top-bar", layout.top, |ui| {
            top_bar::show(ui, &self.studio, &mut self.drawer, layout.is_drawer, actions);
        });
        panel(ui, "rail", layout.rail, |ui| rail::show(ui, &self.studio, actions));
        // Before what a drawer puts over it.
        panel(ui, "strip", layout.strip, |ui| self.strip.show(ui, &self.studio, actions));
        if let Some(rect) = layout.inspector {
            panel(ui, "inspector", rect, |ui| self.inspector.show(ui, &self.studio, actions));
        }
        if let Some(rect) = layout.figures {
            panel(ui, "figures", rect, |ui| self.figures.show(ui, &self.studio, layout.canvas, actions));
        }
        panel(ui, "status", layout.status, |ui| {
            // In the smallest windows the hint needs the room as soon as the pointer is elsewhere.
            let at = if layout.is_drawer { self.canvas.world() } else { self.canvas.last_world(&self.studio) };
            status::show(ui, &self.studio, at, &credits, layout.narrow, actions);
        });
        let mut sizes = self.studio.settings.panels;
        let let_go = seams::drag(ui, &layout, &mut sizes);
        if let_go || sizes != self.studio.settings.panels {
            self.studio.pull_panels(sizes, let_go);
        }
        layout.paint_seams(ui, theme);
        lists::show(ui, layout.canvas, &self.studio, actions);
        if layout.too_small {
            let theme = Theme::of(ui.ctx());
            ui.painter().rect_filled(window, 0.0, theme.color(look::Role::Ground));
            let words = crate::i18n::tr(self.studio.lang(), "window-too-small");
            kit::paint_text(
                ui,
                window.center(),
                egui::Align2::CENTER_CENTER,
                look::TypeRole::Body,
                look::Role::Ink1,
                &words,
            );
        }
        layout.canvas
    }
}

/// Draws something on panel ground in an exact rectangle.
fn panel(ui: &mut Ui, name: &str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return;
    }
    ui.painter().rect_filled(rect, 0.0, Theme::of(ui.ctx()).color(look::Role::Panel));
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect), |ui| {
        ui.set_clip_rect(rect.expand(2.0).intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        add(ui);
    });
}

fn window_title(studio: &Studio) -> String {
    let app = crate::i18n::tr(studio.lang(), "app-name");
    match &studio.document {
        Some(document) => {
            let mark = if document.is_dirty() { "● " } else { "" };
            let file = document.path.as_ref().map(|_| format!(" — {}", document.file_name())).unwrap_or_default();
            format!("{mark}{}{file} — {app}", document.session.project().name)
        }
        None => app,
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.between_frames(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }
}

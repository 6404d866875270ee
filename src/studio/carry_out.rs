//! The one place where wishes and commands are carried out.

use super::action::{Action, PathFor};
use super::arrays;
use super::clip::PasteAt;
use super::command::{Command, Group};
use super::index::Kind;
use super::operate;
use super::operation::{Operation, operate as operate_on, remark};
use super::relations;
use super::session::Session;
use super::state::{Screen, Studio, selected_volumes};
use super::storey_change::{LevelChange, StoreyChange};
use super::storeys;
use super::tool::{Event, ToolKind};
use crate::edit::{Edit, Info, Label};
use crate::geometry::Bounds;
use crate::i18n::{Lang, sentence, tr, tr_with};
use crate::io::drawing::PX_PER_INCH;
use crate::look::Theme;
use crate::model::{Id, LayerKind, Layers};
use crate::scene::Camera;

/// How much nearer or farther one step of the zoom commands goes.
const ZOOM_STEP: f64 = 1.5;

/// Selects what has that id (of a building, its volumes) and looks at it; what cannot be selected is only looked at.
fn show(session: &mut Session, id: Id, storey: Option<usize>, lang: Lang) {
    let variant = session.variant();
    let mut ids = session.drawn_of(id);
    ids.retain(|id| variant.has(*id));
    let context = session.project().context.get(id).and_then(|context| context.bounds());
    session.select(ids.clone());
    let is_one = session.selection().single().is_some();
    session.select_storey(storey.filter(|_| is_one));
    let bounds = session
        .with_ctx(lang, |ctx| ids.iter().filter_map(|id| ctx.outline(*id)?.bounds()).reduce(Bounds::union).or(context));
    if let Some(bounds) = bounds {
        session.look_at(bounds);
    }
}

/// What a change of layers is called: what it does to the one that changes.
fn layers_label(was: &Layers, is: &Layers, lang: Lang) -> Label {
    let differs = |layer: &LayerKind| {
        was.shows(*layer) != is.shows(*layer) || was.locked.contains(layer) != is.locked.contains(layer)
    };
    let Some(layer) = LayerKind::ALL.into_iter().find(differs) else { return Label::new("edit-layers") };
    let key = match (was.shows(layer), is.shows(layer), is.locked.contains(&layer)) {
        (true, false, _) => "layer-hide",
        (false, true, _) => "layer-show",
        (.., true) => "layer-lock",
        (.., false) => "layer-unlock",
    };
    Label::about(key, tr(lang, layer.key()))
}

/// A setting by name, and whether it is on now.
fn switched(name: &str, on: bool, lang: Lang) -> String {
    format!("{name}: {}", tr(lang, if on { "word-on" } else { "word-off" }))
}

impl Studio {
    /// Carries out a wish.
    pub fn act(&mut self, action: Action) {
        let first = self.next_notice;
        self.first_of_act = first;
        self.carry_out(action);
        self.tell_of_recipes(first);
    }

    fn carry_out(&mut self, action: Action) {
        match action {
            Action::Chart(chart) => {
                self.panels.chart = chart;
                self.last_chart = chart.unwrap_or(self.last_chart);
            }
            Action::Table(kind) => {
                self.panels.table = kind;
                self.last_table = kind.unwrap_or(self.last_table);
            }
            Action::PasteTable(pasted) => self.paste_table(&pasted),
            Action::PlaceTypology(id, plots) => self.place_typology(&id, &plots),
            Action::SaveTypology(plot, name) => self.save_typology(plot, &name),
            Action::Scatter(plots, scatter) => self.scatter(&plots, scatter),
            Action::FilterPlots(filter) => self.filter_plots(filter),
            Action::CallOff => self.tasks.call_off(),
            Action::RemoveTypology(name) => self.remove_typology(&name),
            Action::SelectAbout(about) => self.select_about(&about),
            Action::Recipe(id, step) => self.recipe_step(id, step),
            Action::TypeCell(row, column, text) => self.type_cell(row, column, &text),
            Action::CopyTable(order) => self.copy_table(&order),
            Action::ExportTable(order) => {
                self.table_rows = self.table().cloned().map(|schedule| (schedule, order));
                self.ask_path(PathFor::Table);
            }
            Action::ExportChart(chart) => self.ask_path(PathFor::Chart(chart)),
            Action::ClearTrail => self.clear_trail(),
            Action::Library(step) => self.edit_library(step),
            Action::ReplaceUse(from, to) => self.replace_use(&from, &to),
            Action::Explain(figure) => self.explain(figure),
            Action::ExplainRow(row) => self.explain_row(row),
            Action::CopyExplanation => {
                self.copy_explanation();
            }
            Action::FiguresOf(of) => self.take_figures_of(of),
            Action::Paint(step) => self.paint(step),
            Action::Preset(preset) => {
                let name = tr(self.lang(), preset.key());
                self.choose(name, |settings| settings.preset = preset);
            }
            Action::Pin(key) => self.pin(key),
            Action::SnapSwitch(switch) => {
                let on = self.settings.drawing.off.kinds.contains(&switch);
                let name = switched(&tr(self.lang(), switch.key()), on, self.lang());
                self.choose(name, |settings| settings.drawing.off.toggle(switch));
            }
            Action::Run(command) => self.run(command),
            Action::RunWith(command, measure) => self.run_with(command, measure),
            Action::Open(path) => self.open_or_ask(path),
            Action::OpenCase(index) => self.open_case_or_ask(index),
            Action::NewAt { lon_deg, lat_deg, name } => self.new_or_ask(lon_deg, lat_deg, name),
            Action::Map(step) => self.map_step(step),
            Action::ChoosePicture(choice) => self.choose_picture(choice),
            Action::WritePicture => {
                self.panels.picture = false;
                self.ask_path(PathFor::Picture);
            }
            Action::Underlay(id, step) => self.underlay_step(id, step),
            Action::KeepArea(service) => self.ask_keep(&service),
            Action::CopyText(text) => {
                self.to_clipboard = Some(text);
                self.say(tr(self.lang(), "say-copied-text"), None);
            }
            Action::LookAtPlace { lon_deg, lat_deg, px_per_m } => {
                if let Some(session) = self.session_mut() {
                    session.look_at_place([lon_deg, lat_deg], px_per_m);
                }
            }
            Action::Path(what, path) => self.use_path(what, &path),
            Action::NoPath => {
                self.path_wanted = None;
                self.after_save = None;
            }
            Action::Answer(choice) => self.answer(choice),
            Action::Dismiss(id) => self.notices.retain(|notice| notice.id != id),
            Action::NoticeButton(id) => {
                if let Some(at) = self.notices.iter().position(|notice| notice.id == id)
                    && let Some((_, action)) = self.notices.remove(at).button
                {
                    self.act(action);
                }
            }
            other => self.act_on_session(other),
        }
        self.follow_library();
        self.write_journal();
    }

    fn act_on_session(&mut self, action: Action) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        let only_looks = matches!(
            action,
            Action::Select(_) | Action::SelectStorey(_) | Action::SelectLevels(_) | Action::SelectStoreys(..)
        );
        // Whoever works elsewhere is done with what was just drawn.
        session.keep_made();
        if !only_looks {
            session.settle();
        }
        let edit = match action {
            Action::OpenVariant(id) => return session.open_variant(id),
            Action::GoTo(place) => {
                session.go_to(place);
                return self.follow_history();
            }
            Action::Select(ids) => return session.select(ids),
            Action::Show(id, storey) => return show(session, id, storey, lang),
            Action::SelectStorey(storey) => return session.select_storey(storey),
            Action::SelectLevels(levels) => return session.select_levels(levels),
            Action::SelectStoreys(volumes, levels) => {
                session.select(volumes);
                return session.select_levels(levels);
            }
            Action::Levels(change) => {
                let levels = session.selection().levels().clone();
                storeys::edit_levels(session, &selected_volumes(session), &levels, &change)
            }
            Action::UseInHand(id) => return session.use_in_hand = id,
            Action::PurposeInHand(purpose) => return session.purpose_in_hand = purpose,
            Action::SurfaceInHand(kind) => return session.surface_in_hand = kind,
            Action::NameVariant(id, name) => {
                let baseline = session.project().variant(id).is_some_and(|variant| variant.baseline);
                operate::name_variant(session, id, name, baseline)
            }
            Action::Baseline(id, baseline) => {
                let name = session.project().variant(id).map(|variant| variant.name.clone()).unwrap_or_default();
                operate::name_variant(session, id, name, baseline)
            }
            Action::Info(info) => {
                let mut edit = Edit::new(Label::new("edit-project"));
                edit.changes.push(crate::edit::Change::Info(info));
                edit
            }
            Action::Target(target) => {
                let name = operate::figure_name(session, &target.figure, lang);
                let brief = session.project().brief.clone().with_target(target);
                operate::with_info(session, Label::about("edit-target", name), |info| info.brief = brief)
            }
            Action::BriefNotes(notes) => {
                operate::with_info(session, Label::new("edit-brief-notes"), |info| info.brief.notes = notes)
            }
            Action::OwnFigures(figures) => {
                let name = operate::changed_figure(&session.project().brief.figures, &figures);
                let label = Label::about("edit-own-figure", name);
                operate::with_info(session, label, |info| info.brief.figures = figures)
            }
            Action::ArrayRule(id, rule) => arrays::with_rule(session, id, rule, lang),
            Action::UpdateArray(id) => arrays::updated(session, id, lang),
            Action::DetachArray(id) => arrays::detached(session, id),
            Action::Relate(ids, kind) => relations::related(session, &ids, kind, lang),
            Action::Unrelate(id) => relations::unrelated(session, id, lang),
            Action::Layers(layers) => {
                let mut edit = Edit::new(layers_label(&session.project().layers, &layers, lang));
                let info = Info { layers, ..Info::of(session.project()) };
                edit.changes.push(crate::edit::Change::Info(Box::new(info)));
                edit
            }
            Action::NamePlot(id, name) => operate::name_plot(session, id, name),
            Action::Region(id, region) => operate::region(session, id, region),
            Action::NameVolume(id, name) => operate::name_volume(session, id, name),
            Action::NameBuilding(id, name) => operate::building(session, id, "edit-rename", |b| b.name = name),
            Action::Rehouse(id, plot) => operate::building(session, id, "edit-rehouse", |b| b.plot = plot),
            Action::Base(id, base_m) => operate::volume(session, id, "edit-base", |v| v.base_m = base_m),
            Action::Dwellings(id, count) => operate::volume(session, id, "edit-dwellings", |v| v.dwellings = count),
            Action::SurfaceKind(id, kind) => operate::surface_kind(session, id, kind),
            Action::NameSurface(id, name) => operate::surface(session, id, "edit-rename", |s| s.name = name),
            Action::Storeys(ids, change) => storeys::edit(session, &ids, &change),
            _ => return,
        };
        let before = session.history().mark();
        self.apply(edit);
        self.tell_of_homes(before);
    }

    pub(super) fn apply(&mut self, edit: Edit) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        if let Err(err) = session.apply(edit) {
            self.complain(tr(lang, "say-edit-failed"), vec![sentence(&err.text(lang))], None);
        }
    }

    fn run(&mut self, command: Command) {
        let lang = self.lang();
        if let Err(why) = self.can_run(command) {
            return self.say(tr(lang, why), None);
        }
        if let Some(kind) = command.tool() {
            self.take_tool(kind);
            return;
        }
        if command.takes().is_some() {
            // The palette asks for the measure.
            self.panels.palette = true;
            self.palette_words = Some(format!("{} ", command.name(lang).trim_end_matches('…')));
            return;
        }
        if command == Command::ViewScale {
            // A scale is typed as it is written.
            self.panels.palette = true;
            self.palette_words = Some("1:".to_owned());
            return;
        }
        if let Some(operation) = command.operation(None) {
            return self.operate(operation);
        }
        let steps_back = command == Command::Undo && self.session().is_some_and(|session| session.tool().is_busy());
        if matches!(command.group(), Group::File | Group::Edit | Group::Storey)
            && !steps_back
            && let Some(session) = self.session_mut()
        {
            session.settle();
        }
        // What was to go on after a save that did not come about is off; so is what was to come from the clipboard.
        (self.after_save, self.paste_at) = (None, PasteAt::Pointer);
        let name = match command {
            Command::ToggleMap
            | Command::ToggleMapNames
            | Command::ToggleGrid
            | Command::CadAngles
            | Command::Snapping
            | Command::ToggleTiles => switched(&command.name(lang), !self.is_on(command), lang),
            _ => command.name(lang),
        };
        match command {
            Command::New => self.ask_new(),
            Command::Open => self.ask_path(PathFor::Open),
            Command::Save => self.save(),
            Command::SaveAs => self.ask_path(PathFor::Save),
            Command::Import => self.ask_path(PathFor::Import),
            Command::ImportPlots => self.ask_path(PathFor::ImportPlots),
            Command::Export => self.ask_path(PathFor::Export),
            Command::Start => self.screen = if self.screen == Screen::Start { Screen::Editor } else { Screen::Start },
            Command::Quit => self.ask_quit(),
            // In the middle of a drawing the last thing done is its last corner.
            Command::Undo if self.session().is_some_and(|session| session.tool().is_busy()) => {
                let takes_steps = self.session().is_some_and(|session| session.tool().takes_steps_back());
                self.tool_event(if takes_steps { Event::Backspace } else { Event::Escape });
            }
            Command::Undo => {
                let undone = self.session_mut().and_then(Session::undo);
                self.follow_history();
                if let Some(label) = undone {
                    let redo = (Command::Redo.name(lang), Action::Run(Command::Redo));
                    self.say(tr_with(lang, "say-undone", &[("name", label.text(lang).into())]), Some(redo));
                }
            }
            Command::Redo => {
                let redone = self.session_mut().and_then(Session::redo);
                self.follow_history();
                if let Some(label) = redone {
                    self.say(tr_with(lang, "say-redone", &[("name", label.text(lang).into())]), None);
                }
            }
            Command::UndoList => self.panels.undo_list = !self.panels.undo_list,
            Command::Findings => self.panels.findings = !self.panels.findings,
            Command::Charts => {
                self.panels.chart = if self.panels.chart.is_some() { None } else { Some(self.last_chart) };
            }
            Command::Library => self.toggle_library(),
            Command::Typologies => self.panels.typologies = !self.panels.typologies,
            Command::SelectPlots => self.panels.plot_filter = !self.panels.plot_filter,
            Command::ExportLibrary => self.ask_path(PathFor::Library),
            Command::Tables => {
                self.panels.table = if self.panels.table.is_some() { None } else { Some(self.last_table) };
            }
            Command::AllFigures => self.panels.figures = !self.panels.figures,
            Command::Palette => self.panels.palette = !self.panels.palette,
            Command::About => self.panels.about = true,
            Command::Shortcuts => self.panels.shortcuts = !self.panels.shortcuts,
            Command::LangEn => self.speak(name, Lang::En),
            Command::LangNl => self.speak(name, Lang::Nl),
            Command::LangFr => self.speak(name, Lang::Fr),
            Command::ThemePaper => self.choose(name, |settings| settings.theme = Theme::Paper),
            Command::ThemeNight => self.choose(name, |settings| settings.theme = Theme::Night),
            Command::ThemePrint => self.choose(name, |settings| settings.theme = Theme::Print),
            Command::ToggleMap => self.choose(name, |settings| settings.map = !settings.map),
            Command::ToggleMapNames => self.choose(name, |settings| settings.map_names = !settings.map_names),
            Command::ToggleGrid => self.choose(name, |settings| settings.grid = !settings.grid),
            Command::Coordinates => self.choose(name, |settings| settings.coordinates = settings.coordinates.next()),
            Command::CadAngles => {
                self.choose(name, |settings| settings.drawing.angles = settings.drawing.angles.other());
            }
            Command::Snapping => self.choose(name, |settings| settings.drawing.off.all = !settings.drawing.off.all),
            Command::ToggleTiles => self.toggle_online(),
            Command::AddMap => self.ask_path(PathFor::Map),
            Command::AddUnderlay => self.ask_path(PathFor::Underlay),
            Command::Picture => self.panels.picture = !self.panels.picture,
            Command::KeepArea => self.panels.keep_area = !self.panels.keep_area,
            Command::MapSources => self.panels.map_sources = !self.panels.map_sources,
            Command::ClipCopy => self.copy(),
            Command::ClipCut => self.cut(),
            Command::Paste => self.ask_clipboard(PasteAt::Pointer),
            Command::PasteInPlace => self.ask_clipboard(PasteAt::Place),
            other => self.run_on_session(other),
        }
    }

    /// Runs a command with the measure it takes.
    fn run_with(&mut self, command: Command, measure: f64) {
        if let Err(why) = self.can_run(command) {
            return self.say(tr(self.lang(), why), None);
        }
        match command.operation(Some(measure)) {
            Some(operation) => self.operate(operation),
            None if command == Command::ViewScale => {
                if let Some(session) = self.session_mut() {
                    session.camera.px_per_m = Camera::px_per_m_at(measure, PX_PER_INCH);
                }
            }
            None if command == Command::StoreysTo => {
                let volumes = self.session().map(selected_volumes).unwrap_or_default();
                self.act_on_session(Action::Storeys(volumes, StoreyChange::Above(measure as usize)));
            }
            None => self.run(command),
        }
    }

    /// Does something to the selected shapes, or says why not.
    fn operate(&mut self, operation: Operation) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.keep_made();
        session.settle();
        let (ids, place) = (session.selection().to_vec(), session.history().place());
        let (done, remark) =
            session.with_ctx(lang, |ctx| (operate_on(ctx, &ids, operation), remark(ctx, &ids, operation)));
        match done {
            Ok((edit, selected)) => {
                self.apply(edit);
                self.act_on_session(Action::Select(selected));
                let has_changed = self.session().is_some_and(|session| session.history().place() > place);
                match remark {
                    _ if !has_changed => self.say(tr(lang, "why-nothing-to-do"), None),
                    Some(remark) => self.say_done(tr(lang, remark)),
                    None => {}
                }
            }
            Err(why) => self.say(tr(lang, why), None),
        }
    }

    fn run_on_session(&mut self, command: Command) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        let volumes = selected_volumes(session);
        let variant = session.variant();
        let change = match command {
            Command::AddStorey => StoreyChange::Add,
            Command::AddBasement => StoreyChange::AddBasement,
            // With none selected, or several volumes, it is about the top of each.
            Command::DuplicateStorey if session.selection().levels().single().is_none() && session.has_levels() => {
                return self.act_on_session(Action::Levels(LevelChange::Duplicate));
            }
            Command::RemoveStorey if session.has_levels() => {
                return self.act_on_session(Action::Levels(LevelChange::Remove));
            }
            Command::DuplicateStorey => {
                session.selection().storey().map_or(StoreyChange::DuplicateTop, StoreyChange::Duplicate)
            }
            Command::RemoveStorey => StoreyChange::RemoveTop,
            // Chosen storeys are what is meant, while they are chosen.
            Command::Delete
                if session.has_levels() && session.selection().ids().all(|id| variant.volumes.contains(id)) =>
            {
                self.act_on_session(Action::Levels(LevelChange::Remove));
                return self.say_done(tr(lang, "say-storeys-removed"));
            }
            Command::Delete => {
                let ids = session.selection().to_vec();
                let name = operate::name_of(variant, &ids, lang);
                let edit = operate::delete(session, &ids, lang);
                if edit.is_empty() {
                    return;
                }
                self.apply(edit);
                return self.say_done(tr_with(lang, "say-removed", &[("name", name.into())]));
            }
            Command::Duplicate => {
                let (edit, copies) = operate::duplicate(session, &session.selection().to_vec(), lang);
                self.apply(edit);
                return self.act_on_session(Action::Select(copies));
            }
            Command::SelectAll => {
                let plots = variant.plots.iter().map(|p| (Kind::Plot, p.id));
                let volumes = variant.volumes.iter().map(|v| (Kind::Volume, v.id));
                let surfaces = variant.surfaces.iter().map(|s| (Kind::Surface, s.id));
                let sight = session.sight();
                let all = plots.chain(volumes).chain(surfaces).filter(|(kind, id)| sight.touches(*kind, *id));
                let ids: Vec<Id> = all.map(|(_, id)| id).collect();
                return session.select(ids);
            }
            Command::SelectNone => return session.selection_mut().clear(),
            Command::NewVariant => {
                let variants = &session.project().variants;
                let first = variants.iter().filter(|v| !v.baseline).count() + 1;
                let names = (first..).map(|number| format!("{} {number}", tr(lang, "name-variant")));
                let free = |name: &String| variants.iter().all(|v| v.name != *name);
                let (edit, id) = operate::new_variant(session, names.clone().find(free).unwrap_or_default());
                self.apply(edit);
                return self.act_on_session(Action::OpenVariant(id));
            }
            Command::RemoveVariant => {
                let (name, edit) = (variant.name.clone(), operate::remove_variant(session));
                self.apply(edit);
                return self.say_done(tr_with(lang, "say-removed", &[("name", name.into())]));
            }
            Command::ZoomAll => return session.look_at_all(),
            Command::ZoomSelection => {
                let bounds = session.with_ctx(lang, |ctx| {
                    let outlines = ctx.selection.ids().filter_map(|id| ctx.outline(id)?.bounds());
                    outlines.reduce(Bounds::union)
                });
                if let Some(bounds) = bounds {
                    session.look_at(bounds);
                }
                return;
            }
            Command::Isolate => return session.isolate(lang),
            Command::ZoomIn => return session.zoom(ZOOM_STEP),
            Command::ZoomOut => return session.zoom(1.0 / ZOOM_STEP),
            _ => return,
        };
        let one = session.selection().single();
        self.act_on_session(Action::Storeys(volumes, change));
        // What was added to one volume is what is worked on next.
        let Some(session) = self.session_mut() else { return };
        let Some(volume) = one.and_then(|id| session.variant().volumes.get(id)) else { return };
        let top = volume.storeys.len().checked_sub(1);
        match command {
            Command::AddStorey => session.select_storey(top),
            Command::AddBasement => session.select_storey(top.map(|_| 0)),
            Command::DuplicateStorey => {
                let copy = session.selection().storey().map(|at| at + 1).filter(|at| Some(*at) <= top);
                session.select_storey(copy);
            }
            _ => {}
        }
    }

    fn take_tool(&mut self, kind: ToolKind) {
        if let Some(session) = self.session_mut() {
            session.take_tool(kind);
        }
    }

    /// Speaks a language from now on.
    fn speak(&mut self, name: String, lang: Lang) {
        self.asked_lang = None;
        self.choose(name, |settings| settings.lang = lang);
    }
}

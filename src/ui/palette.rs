//! The command palette: every command and every place, found by a word.

use egui::text_edit::TextEditState;
use egui::{Align2, Area, Frame, Id, Key, Margin, Order, ScrollArea, Ui, Vec2};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::icons::Icon;
use super::kit;
use super::measures::{unit_of, value_of};
use super::theme::Theme;
use crate::basemap;
use crate::i18n::{Lang, NO_BREAK, tr};
use crate::io::page::{scale_of, scale_words};
use crate::look::{Role, Stroke};
use crate::studio::{Action, Command, Studio, measure};

/// Lines shown at most.
const MOST_LINES: usize = 12;

/// Height of the list at most. Said as the least that it scrolls in too: a box keeps the height of a shorter list else.
const LIST_PX: f32 = 360.0;

/// What the palette remembers while it is open.
#[derive(Default)]
pub struct Palette {
    text: String,
    at: usize,
    was_open: bool,
}

/// A line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// What that is, in a few words.
    pub about: String,
    /// Its shortcut, or why it cannot be run.
    pub right: String,
    /// Its icon.
    pub icon: Option<Icon>,
    /// What it does; `None` when it cannot be done now.
    pub action: Option<Action>,
}

/// The lines for some words: what can be done now first, then the best.
#[must_use]
pub fn lines(studio: &Studio, words: &str) -> Vec<Line> {
    let lang = studio.lang();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
    let mut found: Vec<(u32, Line)> = Vec::new();
    for &command in Command::ALL.iter().filter(|command| **command != Command::Palette) {
        let name = command.name(lang);
        // Its name counts most, then its name in another language, then its other words in any of them.
        let by_name = score(&name).map(|s| s * 4);
        let by_other_name = Lang::ALL.iter().filter_map(|&l| score(&command.name(l))).max().map(|s| s * 3);
        let by_word = score(&Lang::ALL.map(|l| command.words(l)).join(" ")).map(|s| s * 2);
        if let Some(s) = by_name.max(by_other_name).max(by_word) {
            found.push((s, command_line(studio, command, name)));
        }
    }
    if !words.trim().is_empty() {
        for place in basemap::find(words, lang) {
            let name = place.name(lang).to_owned();
            // Below a command whose name fits as well.
            let by_name = Lang::ALL.iter().filter_map(|&l| score(place.name(l))).max();
            let s = (by_name.or_else(|| score(words)).unwrap_or(1) * 4).saturating_sub(1);
            let text = format!("{} {name}", tr(lang, "palette-go"));
            let (lon_deg, lat_deg) = (place.lon, place.lat);
            let right = tr(lang, place.kind.key());
            // Where something is open one goes there; a project of its own is the other thing that can be meant.
            if studio.session().is_some_and(|session| session.reaches(lon_deg, lat_deg)) {
                let text = format!("{} {name}", tr(lang, "palette-go-to"));
                let action = Some(Action::LookAtPlace { lon_deg, lat_deg, px_per_m: place.px_per_m() });
                let line = Line { text, about: String::new(), right: right.clone(), icon: Some(Icon::Search), action };
                found.push((s + 1, line));
            }
            let action = Some(Action::NewAt { lon_deg, lat_deg, name });
            found.push((s, Line { text, about: String::new(), right, icon: Some(Icon::Plus), action }));
        }
    }
    for (name, line) in plot_lines(studio, words) {
        found.push((score(&name).or_else(|| score(words)).unwrap_or(1) * 4, line));
    }
    let said = words.trim().trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
    if let Some(scale) = scale_of(said).filter(|_| studio.session().is_some()) {
        let text = format!("{} {}", Command::ViewScale.name(lang).trim_end_matches('…'), scale_words(scale, lang));
        let line = command_line(studio, Command::ViewScale, text);
        found.push((u32::MAX / 2, Line { action: Some(Action::RunWith(Command::ViewScale, scale)), ..line }));
    }
    if let Some((asked, number)) = with_measure(words) {
        let pattern = Pattern::parse(asked, CaseMatching::Ignore, Normalization::Smart);
        let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
        for &command in Command::ALL.iter().filter(|command| command.takes().is_some()) {
            let names = Lang::ALL.map(|l| format!("{} {}", command.name(l), command.words(l)));
            // With a number Enter would do it at once: letters that merely lie scattered in its name do not say so.
            let best = names.iter().filter(|names| says(names, asked)).filter_map(|names| score(names)).max();
            if let Some((s, line)) = best.and_then(|s| Some((s, measured_line(studio, command, number)?))) {
                // A number that fits a command is what was meant.
                found.push((s * 8, line));
            }
        }
    }
    // Letters that lie scattered in a line of words find almost anything: what fits far worse than the best is noise.
    let best = found.iter().map(|(score, _)| *score).max().unwrap_or(0);
    found.retain(|(score, _)| score * 2 >= best);
    // What can be done now comes first; equals stay in the order of menus.
    found.sort_by_key(|(score, line)| (line.action.is_none(), std::cmp::Reverse(*score)));
    found.into_iter().map(|(_, line)| line).take(MOST_LINES).collect()
}

/// The plots of the open variant that are called so, or whose reference holds it: one goes there.
fn plot_lines(studio: &Studio, words: &str) -> Vec<(String, Line)> {
    /// More would fill the list.
    const MOST: usize = 5;
    /// Fewer letters are in too many names.
    const FEWEST: usize = 3;
    let wanted = words.trim().to_lowercase();
    let Some(session) = studio.session().filter(|_| wanted.chars().count() >= FEWEST) else { return Vec::new() };
    let lang = studio.lang();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let plots = session.variant().plots.iter().filter(|plot| holds(&plot.name) || holds(&plot.code));
    let line = |plot: &std::sync::Arc<crate::model::Plot>| Line {
        text: format!("{} {}", tr(lang, "palette-go-to"), plot.called()),
        about: String::new(),
        right: tr(lang, "thing-plot"),
        icon: Some(Icon::Plot),
        action: Some(Action::Show(plot.id, None)),
    };
    plots.take(MOST).map(|plot| (plot.called(), line(plot))).collect()
}

/// Whether some words begin with all that is asked for.
fn says(words: &str, asked: &str) -> bool {
    let lower = words.to_lowercase();
    let begins = |asked: &str| lower.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(asked));
    asked.to_lowercase().split_whitespace().all(begins)
}

/// What was typed before a number and the number: «offset 6», «split 3», «splitsen 500 m²».
fn with_measure(words: &str) -> Option<(&str, &str)> {
    let at = words.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '.' | '('))?;
    let (asked, number) = words.split_at(at);
    Some((asked.trim(), number.trim())).filter(|(asked, _)| !asked.is_empty())
}

/// The line of a command with its measure; `None` when the number is none for it.
fn measured_line(studio: &Studio, command: Command, number: &str) -> Option<Line> {
    let (lang, angles) = (studio.lang(), studio.settings.drawing.angles);
    let kind = command.takes()?;
    let value = measure(number, kind, angles).ok()?;
    let name = command.name(lang);
    let text =
        format!("{} {}{NO_BREAK}{}", name.trim_end_matches('…'), value_of(kind, value, angles, lang), unit_of(kind));
    let line = command_line(studio, command, text.trim_end().to_owned());
    let right = if line.action.is_some() { String::new() } else { line.right };
    Some(Line { action: line.action.map(|_| Action::RunWith(command, value)), right, ..line })
}

fn command_line(studio: &Studio, command: Command, text: String) -> Line {
    let lang = studio.lang();
    let can = studio.can_run(command);
    Line {
        text,
        about: command.tip(lang),
        right: match can {
            Ok(()) if command.takes().is_some() => tr(lang, "palette-measure"),
            Ok(()) => command.shortcut().map(|s| s.text(lang)).unwrap_or_default(),
            Err(why) => tr(lang, why),
        },
        icon: command.icon().and_then(Icon::of_key),
        action: can.is_ok().then_some(Action::Run(command)),
    }
}

impl Palette {
    /// Shows it over everything else.
    pub fn show(&mut self, ui: &Ui, studio: &mut Studio, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        let opened = !self.was_open;
        if opened {
            *self = Self::default();
            self.text = studio.palette_words.take().unwrap_or_default();
        }
        self.was_open = true;
        let lines = lines(studio, &self.text);
        let (down, up, enter) = ui.input_mut(|input| {
            let none = egui::Modifiers::NONE;
            (
                input.count_and_consume_key(none, Key::ArrowDown),
                input.count_and_consume_key(none, Key::ArrowUp),
                input.consume_key(none, Key::Enter),
            )
        });
        let last = lines.len().saturating_sub(1);
        self.at = (self.at + down).saturating_sub(up).min(last);
        let mut chosen = if enter { lines.get(self.at).and_then(|line| line.action.clone()) } else { None };
        let shown = Area::new(Id::unique("palette"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_TOP, Vec2::new(0.0, 96.0))
            .show(ui.ctx(), |ui| {
                Frame::new()
                    .fill(theme.color(Role::Raised))
                    .stroke(theme.stroke(Stroke::Fine, Role::HairlineStrong))
                    .corner_radius(theme.radius())
                    .shadow(theme.shadow())
                    .inner_margin(Margin::same(12))
                    .show(ui, |ui| {
                        ui.set_width(560.0);
                        let name = tr(lang, "cmd-palette");
                        let hint = tr(lang, "palette-hint");
                        let mut text = self.text.clone();
                        let field = kit::TextField::new("palette", &mut text).name(&name).hint(&hint).show(ui);
                        if opened {
                            field.response.request_focus();
                            // What it begins with is gone on from.
                            let end = egui::text::CCursor::new(self.text.chars().count());
                            let mut state = TextEditState::load(ui.ctx(), field.response.id).unwrap_or_default();
                            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
                            state.store(ui.ctx(), field.response.id);
                        }
                        if text != self.text {
                            self.text = text;
                            self.at = 0;
                        }
                        ui.add_space(theme.space(3));
                        ScrollArea::vertical().max_height(LIST_PX).min_scrolled_height(LIST_PX).show(ui, |ui| {
                            ui.spacing_mut().item_spacing = Vec2::ZERO;
                            for (at, line) in lines.iter().enumerate() {
                                let on = at == self.at;
                                let row = ui.push_id(at, |ui| {
                                    kit::ListRow::new(&line.text)
                                        .icon(line.icon)
                                        .about(&line.about)
                                        .right(&line.right)
                                        .on(on)
                                        .enabled(line.action.is_some())
                                        .show(ui)
                                });
                                if row.inner.clicked() {
                                    chosen.clone_from(&line.action);
                                }
                            }
                            if lines.is_empty() {
                                kit::caption(ui, &tr(lang, "palette-nothing"));
                            }
                        });
                    });
            });
        let outside = ui.input(|input| {
            input.pointer.any_pressed()
                && input.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at))
        });
        if chosen.is_some() || (outside && !opened) {
            studio.panels.palette = false;
            self.was_open = false;
        }
        actions.extend(chosen);
    }

    /// Forgets what was typed: the next time it begins anew.
    pub fn closed(&mut self) {
        self.was_open = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studio::Services;

    fn studio(lang: Command) -> Studio {
        let mut studio = Studio::new(Services::for_tests());
        studio.act(Action::Run(Command::New));
        studio.act(Action::Run(lang));
        studio
    }

    fn first(studio: &Studio, words: &str) -> Option<Action> {
        lines(studio, words).into_iter().next().and_then(|line| line.action)
    }

    #[test]
    fn a_scale_is_typed_as_it_is_written() {
        let studio = studio(Command::LangNl);
        assert_eq!(first(&studio, "1:500"), Some(Action::RunWith(Command::ViewScale, 500.0)));
        assert_eq!(first(&studio, "1:10\u{202f}000"), Some(Action::RunWith(Command::ViewScale, 10_000.0)));
        assert_eq!(first(&studio, "1:10.000"), Some(Action::RunWith(Command::ViewScale, 10_000.0)));
        for other in ["1:", "2:500", "1:0", "1:x", "1:2.5"] {
            assert!(!matches!(first(&studio, other), Some(Action::RunWith(Command::ViewScale, _))), "{other}");
        }
    }

    #[test]
    fn a_name_goes_before_a_word_and_every_language_is_understood() {
        let french = studio(Command::LangFr);
        for words in ["print", "druk", "tirage"] {
            assert_eq!(first(&french, words), Some(Action::Run(Command::ThemePrint)), "{words}");
        }
        assert_eq!(first(&french, "exporter"), Some(Action::Run(Command::Export)));
        assert_eq!(first(&studio(Command::LangEn), "beamer"), Some(Action::Run(Command::ThemeNight)), "by a word only");
        assert_eq!(first(&french, "zzqx"), None);
    }

    #[test]
    fn a_number_is_only_for_what_was_named() {
        let mut studio = studio(Command::LangEn);
        studio.act(Action::Run(Command::ToolRectangle));
        for at in [[0.0, 0.0], [20.0, 10.0]] {
            let at = crate::studio::tool::Pointer { world: crate::geometry::point(at[0], at[1]), ..Default::default() };
            studio.tool_event(crate::studio::tool::Event::Press(at));
            studio.tool_event(crate::studio::tool::Event::Release(at));
        }
        assert_eq!(first(&studio, "offset 6"), Some(Action::RunWith(Command::Offset, 6.0)));
        assert_eq!(first(&studio, "draaien 12,5"), Some(Action::RunWith(Command::TurnBy, 12.5)));
        assert_eq!(first(&studio, "number of storeys 4"), Some(Action::RunWith(Command::StoreysTo, 4.0)));
        let measured = |words: &str| {
            lines(&studio, words).into_iter().filter(|line| matches!(line.action, Some(Action::RunWith(..)))).count()
        };
        assert_eq!((measured("offset 6"), measured("move 5"), measured("zz 3")), (1, 0, 0));
    }

    #[test]
    fn a_place_is_an_offer_to_go_there_and_to_start_there() {
        let mut studio = studio(Command::LangNl);
        let found = lines(&studio, "vergote");
        assert!(matches!(found[0].action, Some(Action::LookAtPlace { .. })), "{found:?}");
        let starts = |line: &Line| matches!(&line.action, Some(Action::NewAt { name, .. }) if name.contains("Vergote"));
        assert!(found.iter().any(starts), "{found:?}");
        // Coordinates are a place too; one too far to draw at is only for another project.
        let found = lines(&studio, "148900 170600");
        assert!(
            found[0].text.contains("Lambert 72") && matches!(found[0].action, Some(Action::LookAtPlace { .. })),
            "{found:?}"
        );
        let far = lines(&studio, "48.8566 N 2.3522 E");
        assert!(matches!(far[0].action, Some(Action::NewAt { .. })), "{far:?}");
        // One goes there.
        let action = found[0].action.clone().expect("it can be done");
        studio.act(action);
        let session = studio.session().expect("it is open");
        let [lon_deg, lat_deg] = session.frame().wgs84_from_local(session.camera.centre_local).expect("it is on earth");
        assert!((lon_deg - 4.3527).abs() < 1e-3 && (lat_deg - 50.8460).abs() < 1e-3, "{lon_deg} {lat_deg}");
    }

    #[test]
    fn a_plot_is_found_by_its_name_and_gone_to() {
        let mut studio = studio(Command::LangEn);
        studio.act(Action::Run(Command::ToolPlot));
        for at in [[500.0, 400.0], [560.0, 400.0], [560.0, 440.0]] {
            let at = crate::studio::tool::Pointer { world: crate::geometry::point(at[0], at[1]), ..Default::default() };
            studio.tool_event(crate::studio::tool::Event::Press(at));
            studio.tool_event(crate::studio::tool::Event::Release(at));
        }
        studio.tool_event(crate::studio::tool::Event::Enter);
        let plot = studio.session().expect("it is open").variant().plots.iter().next().expect("it was drawn").id;
        studio.act(Action::NamePlot(plot, "Werkhof Biestebroeck".to_owned()));
        let found = lines(&studio, "werkhof");
        assert_eq!(found[0].action, Some(Action::Show(plot, None)), "{found:?}");
        studio.act(Action::Show(plot, None));
        let session = studio.session().expect("it is open");
        let bounds = session.variant().plots.get(plot).and_then(|plot| plot.outline.bounds()).expect("it has bounds");
        assert_eq!(session.camera.centre_local, bounds.centre());
    }

    #[test]
    fn what_cannot_be_done_says_why_and_stands_below() {
        let studio = studio(Command::LangEn);
        let all = lines(&studio, "storey");
        let first_off = all.iter().position(|line| line.action.is_none()).expect("no storey can be added to nothing");
        assert!(all[first_off..].iter().all(|line| line.action.is_none() && !line.right.is_empty()), "{all:#?}");
    }
}

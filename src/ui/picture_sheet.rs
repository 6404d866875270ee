//! The sheet that says how plans go onto pictures: what is seen, on which page, at which scale.

use egui::{Id, Ui};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::i18n::{NO_BREAK, number, tr};
use crate::io::page::{Paper, scale_words};
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Command, Page, PictureChoice, Studio};

/// Shows it while it is open.
pub fn show(ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
    if !studio.panels.picture || studio.session().is_none() {
        return;
    }
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let title = Command::Picture.name(lang);
    let was = studio.settings.picture;
    let mut choice = was;
    let shown = kit::modal(ui.ctx(), Id::unique("picture"), title.trim_end_matches('…'), 460.0, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let name = tr(lang, "picture-seen");
        kit::field_row(ui, &name, |ui| {
            let (view, whole) = (tr(lang, "picture-view"), tr(lang, "picture-whole"));
            let items = [kit::Segment::new(false, &view), kit::Segment::new(true, &whole)];
            kit::segments(ui, &name, &mut choice.whole, &items);
        });
        let name = tr(lang, "picture-page");
        kit::field_row(ui, &name, |ui| {
            let choices: Vec<kit::Choice> = Page::ALL.iter().map(|page| page_line(*page, choice, studio)).collect();
            let current = Page::ALL.iter().position(|page| *page == choice.page);
            if let Some(at) = kit::dropdown(ui, &name, current, "", &choices).0 {
                choice.page = Page::ALL[at];
            }
        });
        if matches!(choice.page, Page::Paper(_)) {
            kit::field_row(ui, "", |ui| {
                kit::check_row(ui, &mut choice.upright, &tr(lang, "picture-upright"), true);
            });
        }
        let name = tr(lang, "picture-scale");
        kit::field_row(ui, &name, |ui| {
            let mut choices = vec![kit::Choice::new(tr(lang, "picture-fits"))];
            choices.extend(PictureChoice::SCALES.iter().map(|n| kit::Choice::new(scale_words(f64::from(*n), lang))));
            let listed = |n: u32| PictureChoice::SCALES.iter().position(|other| *other == n).map(|at| at + 1);
            let current = choice.scale.map_or(Some(0), listed);
            if let Some(at) = kit::dropdown(ui, &name, current, "", &choices).0 {
                choice.scale = at.checked_sub(1).map(|at| PictureChoice::SCALES[at]);
            }
        });
        ui.add_space(theme.space(3));
        for words in studio.picture_words() {
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, words)).wrap());
        }
        ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink3, tr(lang, "picture-note"))).wrap());
        ui.add_space(theme.space(4));
        ui.horizontal(|ui| {
            let write = kit::Button::new(&tr(lang, "picture-write")).icon(Icon::Export).show(ui).clicked();
            (write, kit::button(ui, &tr(lang, "notice-close"), None).clicked())
        })
        .inner
    });
    if choice != was {
        actions.push(Action::ChoosePicture(choice));
    }
    match shown.inner {
        (true, _) => actions.push(Action::WritePicture),
        (_, true) => actions.push(Action::Run(Command::Picture)),
        _ if shown.close => actions.push(Action::Run(Command::Picture)),
        _ => {}
    }
}

/// A page as a line of a list, with its size at the right.
fn page_line(page: Page, choice: PictureChoice, studio: &Studio) -> kit::Choice {
    let lang = studio.lang();
    let (text, right) = match page {
        Page::Window => (tr(lang, "picture-window"), String::new()),
        Page::Hd => ("Full HD".to_owned(), "1920 × 1080".to_owned()),
        Page::Uhd => ("4K".to_owned(), "3840 × 2160".to_owned()),
        Page::Paper(paper) => (paper.name().to_owned(), in_millimetres(paper, choice.upright, studio)),
    };
    kit::Choice { right, ..kit::Choice::new(text) }
}

fn in_millimetres(paper: Paper, upright: bool, studio: &Studio) -> String {
    let [wide, high] = paper.size_mm(upright).map(|mm| number(studio.lang(), mm, 0));
    format!("{wide} × {high}{NO_BREAK}mm")
}

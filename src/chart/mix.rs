//! The mixed-use triangle (van den Hoek): housing above, work left, amenities right. The scope is the full dot, its plots
//! are hollow ones, built projects faint.

use super::dots::{self, Dot, PlotOf};
use super::sheet::{Frame, Sheet, Side};
use super::{About, Ask, mix_of, plain};
use crate::i18n::{NO_BREAK, number, tr};
use crate::look::{Role, Stroke, TypeRole};

pub(super) fn draw(sheet: &mut Sheet, frame: Frame, ask: &Ask<'_>) {
    let lang = ask.lang;
    let room = Frame {
        left: frame.left + 34.0,
        top: frame.top + 26.0,
        right: frame.right - 34.0,
        bottom: frame.bottom - 44.0,
    };
    // Equal sides where the room allows it.
    let tall = 3f64.sqrt() / 2.0;
    let height = room.height().min(room.width() * tall);
    let middle = (room.left + room.right) / 2.0;
    let (top, half) = ([middle, room.bottom - height], height / tall / 2.0);
    let (left, right) = ([middle - half, room.bottom], [middle + half, room.bottom]);
    let place = |[housing, working, amenities]: [f64; 3]| {
        let at = |axis: usize| top[axis] * housing + left[axis] * working + right[axis] * amenities;
        [at(0), at(1)]
    };
    let mut taken: Vec<Frame> = Vec::new();
    for i in 1..4 {
        let part = f64::from(i) / 4.0;
        let rest = 1.0 - part;
        let percent = format!("{}{NO_BREAK}%", number(lang, part * 100.0, 0));
        for line in [
            [[part, rest, 0.0], [part, 0.0, rest]],
            [[rest, part, 0.0], [0.0, part, rest]],
            [[rest, 0.0, part], [0.0, rest, part]],
        ] {
            sheet.line(&line.map(place), Role::HairlineStrong, Stroke::Hair);
        }
        // Each side counts towards its own corner, turning the same way.
        let [x, y] = place([part, rest, 0.0]);
        taken.push(sheet.text([x - 7.0, y - 2.0], Side::Left, TypeRole::Caption, Role::Ink3, &percent));
        let [x, y] = place([0.0, part, rest]);
        taken.push(sheet.text([x, y + 10.0], Side::Middle, TypeRole::Caption, Role::Ink3, &percent));
        let [x, y] = place([rest, 0.0, part]);
        taken.push(sheet.text([x + 7.0, y - 2.0], Side::Right, TypeRole::Caption, Role::Ink3, &percent));
    }
    sheet.line(&[left, top, right, left], Role::Ink1, Stroke::Fine);
    let corners = ["chart-housing", "chart-work", "chart-amenities"].map(|key| tr(lang, key));
    sheet.text([top[0], top[1] - 12.0], Side::Middle, TypeRole::Label, Role::Ink1, &corners[0]);
    sheet.text([left[0], left[1] + 28.0], Side::Middle, TypeRole::Label, Role::Ink1, &corners[1]);
    sheet.text([right[0], right[1] + 28.0], Side::Middle, TypeRole::Label, Role::Ink1, &corners[2]);

    sheet.row(["kind", "name", "housing", "working", "amenities"]);
    let said = |name: &str, mix: [f64; 3]| {
        let parts = mix.iter().zip(&corners);
        let words: Vec<String> =
            parts.map(|(part, name)| format!("{name} {}{NO_BREAK}%", number(lang, part * 100.0, 0))).collect();
        format!("{name} · {}", words.join(" · "))
    };
    for reference in ask.references {
        if let Some(mix) = reference.mix {
            let at = place(mix);
            sheet.dot(at, 3.0, Role::HairlineStrong, None);
            sheet.spot(at, said(&reference.name, mix), None);
            row(sheet, "reference", &reference.name, mix);
        }
    }
    let own = ask.sums.of(ask.project, ask.scope).as_ref().and_then(mix_of);
    taken.extend(own.map(|mix| dots::around(place(mix))));
    let plots: Vec<_> =
        dots::plots(ask).into_iter().filter_map(|plot| mix_of(&plot.figures).map(|mix| (plot, mix))).collect();
    let dot = |(plot, mix): &(PlotOf, [f64; 3])| Dot {
        id: plot.id,
        name: plot.name.clone(),
        at: place(*mix),
        words: said(&plot.name, *mix),
    };
    let spots: Vec<Dot> = plots.iter().map(dot).collect();
    dots::draw(sheet, ask, &spots, frame, taken);
    for (plot, mix) in &plots {
        row(sheet, "plot", &plot.name, *mix);
    }
    if let Some(mix) = own {
        let at = place(mix);
        sheet.dot(at, 4.5, Role::Accent, None);
        sheet.spot(at, said(ask.scope_name, mix), Some(About::Whole));
        row(sheet, "scope", ask.scope_name, mix);
        let words = said("", mix).trim_start_matches(" · ").to_owned();
        // Clear of the triangle, whose top is in the middle.
        for (line, part) in words.split(" · ").enumerate() {
            let y = frame.top + 8.0 + 16.0 * line as f64;
            sheet.text([frame.left, y], Side::Right, TypeRole::Small, Role::Ink2, part);
        }
    } else {
        let words = tr(lang, "chart-no-floor");
        sheet.text([frame.left, frame.top + 8.0], Side::Right, TypeRole::Body, Role::Ink2, &words);
    }
}

fn row(sheet: &mut Sheet, kind: &str, name: &str, mix: [f64; 3]) {
    let [housing, working, amenities] = mix.map(|part| plain(part, 4));
    sheet.row([kind, name, &housing, &working, &amenities]);
}

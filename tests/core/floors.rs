//! The sources keep to the house: lower floors only, no window in the core, no colour outside the look, no word on
//! screen without its three languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use maakblok::i18n::{Lang, has_message, keys};

/// The floor of every module. A module may use those below, and its neighbours as long as they do not use it back.
const FLOORS: [(&str, u8); 24] = [
    ("num", 0),
    ("cores", 0),
    ("i18n", 0),
    ("record", 0),
    ("geometry", 1),
    ("crs", 1),
    ("library", 2),
    ("look", 2),
    ("sun", 2),
    ("model", 3),
    ("edit", 4),
    ("formula", 4),
    ("measure", 5),
    ("generate", 5),
    ("rules", 5),
    ("scene", 6),
    ("basemap", 7),
    ("chart", 7),
    ("schedule", 7),
    ("sheet", 7),
    ("io", 8),
    ("studio", 9),
    ("cli", 10),
    ("ui", 10),
];

/// What only the window may name.
const WINDOW_CRATES: [&str; 4] = ["egui", "eframe", "walkers", "rfd"];

/// Colours of egui that are none: nothing, "as it was", and the tint that leaves a picture alone.
const NO_COLOURS: [&str; 3] = ["TRANSPARENT", "PLACEHOLDER", "WHITE"];

fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// A source file.
struct Source {
    /// Its path under `src`, with `/`.
    path: String,
    pieces: Vec<Piece>,
}

/// A source, taken apart; comments are gone.
#[derive(Debug, PartialEq)]
enum Piece {
    Code(String),
    Text(String),
}

impl Source {
    /// The module on the ground plan that it belongs to; the roots belong to none.
    fn module(&self) -> Option<&str> {
        let module = self.path.split('/').next().map(|first| first.trim_end_matches(".rs"))?;
        (module != "lib" && module != "main").then_some(module)
    }

    /// Its code, with every text replaced by `""`.
    fn code(&self) -> String {
        let of = |piece: &Piece| match piece {
            Piece::Code(code) => code.clone(),
            Piece::Text(_) => "\"\"".to_owned(),
        };
        self.pieces.iter().map(of).collect()
    }

    /// Its pieces up to its unit tests.
    fn without_tests(&self) -> Vec<&Piece> {
        let begins = |piece: &&Piece| match piece {
            Piece::Code(code) => !code.contains("#[cfg(test)]\nmod "),
            Piece::Text(_) => true,
        };
        self.pieces.iter().take_while(begins).collect()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|file| Source {
            path: file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
            pieces: taken_apart(&std::fs::read_to_string(&file).unwrap()),
        })
        .collect()
}

/// Splits Rust into code and texts and drops comments; good for sources that compile.
fn taken_apart(source: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if let Some((text, after)) = text_at(rest, code.chars().last()) {
            pieces.push(Piece::Code(std::mem::take(&mut code)));
            pieces.push(Piece::Text(text));
            rest = after;
        } else if let Some(length) = char_literal(rest) {
            code.push_str("' '");
            rest = &rest[length..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    pieces.push(Piece::Code(code));
    pieces
}

/// A text that begins here, plain or raw, and what comes after it.
fn text_at(rest: &str, before: Option<char>) -> Option<(String, &str)> {
    if let Some(body) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = body.char_indices().find(|&(_, c)| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let (end, _) = end?;
        return Some((body[..end].to_owned(), &body[end + 1..]));
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let raw = rest.strip_prefix('r').filter(|_| !in_word)?;
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let body = raw[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close)?;
    Some((body[..end].to_owned(), &body[end + close.len()..]))
}

/// The length of a character literal that begins here; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    let mut chars = body.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let escaped = chars.next()?.1.len_utf8();
        return body[1 + escaped..].find('\'').map(|end| 1 + 1 + escaped + end + 1);
    }
    let (end, close) = chars.next()?;
    (close == '\'').then_some(end + 2)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

/// The modules that code reaches by `crate::`, also in braces.
fn reached(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        if code[..at].chars().last().is_some_and(is_word) {
            continue;
        }
        let tail = code[at + path.len()..].trim_start();
        let first_word = |text: &str| words(text).next().unwrap_or_default().to_owned();
        let Some(group) = tail.strip_prefix('{') else {
            found.insert(first_word(tail));
            continue;
        };
        let mut depth = 0;
        let mut item = String::new();
        for c in group.chars() {
            match c {
                '}' if depth == 0 => break,
                ',' if depth == 0 => found.extend(Some(first_word(&std::mem::take(&mut item)))),
                _ => item.push(c),
            }
            depth += i32::from(c == '{') - i32::from(c == '}');
        }
        found.insert(first_word(&item));
    }
    found.remove("");
    found
}

#[test]
fn sources_are_taken_apart_rightly() {
    let code = |text: &str| vec![Piece::Code(text.to_owned())];
    assert_eq!(taken_apart("a // crate::b\nc"), code("a \nc"));
    assert_eq!(taken_apart("let x: &'a str = '\"';"), code("let x: &'a str = ' ';"));
    assert_eq!(taken_apart(r"let x = '\''; y"), code("let x = ' '; y"));
    let pieces = taken_apart(r##"f("a\"//b", r#"c"d"#)"##);
    let texts: Vec<_> = pieces.iter().filter(|piece| matches!(piece, Piece::Text(_))).collect();
    assert_eq!(texts, [&Piece::Text("a\\\"//b".into()), &Piece::Text("c\"d".into())]);
    let names = reached("use crate::{num::{Area, Span}, io}; crate::look::x(); $crate::record::y; mycrate::z");
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["io", "look", "num", "record"]);
}

#[test]
fn a_module_uses_lower_floors_only() {
    let mut faults = Vec::new();
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        let Some(module) = source.module() else { continue };
        let Some(floor) = floor_of(module) else {
            faults.push(format!("{}: module {module} stands on no floor; give it one in this test", source.path));
            continue;
        };
        let code = source.code();
        for used in reached(&code) {
            match floor_of(&used) {
                None => faults.push(format!("{}: crate::{used} stands on no floor", source.path)),
                Some(higher) if higher > floor => {
                    faults.push(format!("{}: floor {floor} uses crate::{used} on floor {higher}", source.path));
                }
                Some(_) => {
                    uses.entry(module.to_owned()).or_default().insert(used);
                }
            }
        }
    }
    for (module, used) in &uses {
        for other in used.iter().filter(|other| *other != module && floor_of(other) == floor_of(module)) {
            if module < other && uses.get(other).is_some_and(|back| back.contains(module)) {
                faults.push(format!("{module} and {other} stand on one floor and use each other"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_window_names_the_window_s_crates() {
    let mut faults = Vec::new();
    for source in sources() {
        if source.module() == Some("ui") || source.path == "main.rs" {
            continue;
        }
        let code = source.code();
        let found = words(&code).find(|word| WINDOW_CRATES.contains(word) || word.starts_with("egui_"));
        faults.extend(found.map(|word| format!("{}: names {word}", source.path)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A colour given as a number or a name in code.
fn literal_colour(code: &str) -> Option<String> {
    let starts = |text: &str, test: fn(char) -> bool| text.trim_start().chars().next().is_some_and(test);
    for (at, path) in code.match_indices("Color32::") {
        let name: String = code[at + path.len()..].chars().take_while(|&c| is_word(c)).collect();
        let after = &code[at + path.len() + name.len()..];
        let numbers =
            name.starts_with("from_") && after.strip_prefix('(').is_some_and(|a| starts(a, |c| c.is_ascii_digit()));
        let named = name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && !NO_COLOURS.contains(&name.as_str());
        if numbers || (named && !name.is_empty()) {
            return Some(format!("Color32::{name}"));
        }
    }
    for (at, opening) in code.match_indices("Rgba([") {
        let inside: String = code[at + opening.len()..].chars().take_while(|&c| c != ']').collect();
        let nothing = inside.split(',').all(|part| part.trim() == "0" || part.trim().is_empty());
        if starts(&inside, |c| c.is_ascii_digit()) && !nothing {
            return Some(format!("Rgba([{inside}])"));
        }
    }
    None
}

/// `#rrggbb` or `#rrggbbaa` in a text.
fn hex_colour(text: &str) -> Option<String> {
    text.match_indices('#').find_map(|(at, _)| {
        let digits: String = text[at + 1..].chars().take_while(|&c| is_word(c)).collect();
        let is_hex = digits.chars().all(|c| c.is_ascii_hexdigit());
        (is_hex && (digits.len() == 6 || digits.len() == 8)).then(|| format!("#{digits}"))
    })
}

#[test]
fn colours_are_found_where_they_hide() {
    assert!(literal_colour("Color32::from_rgb(12, 3, 4)").is_some());
    assert!(literal_colour("Color32::from_rgba_unmultiplied(r, g, b, a)").is_none());
    assert!(literal_colour("Color32::RED").is_some() && literal_colour("Color32::WHITE").is_none());
    assert!(literal_colour("Rgba([1, 2, 3, 255])").is_some() && literal_colour("Rgba([r, g, b, a])").is_none());
    assert!(hex_colour("fill=#F4F1EA;").is_some());
    assert!(hex_colour("#define").is_none() && hex_colour("#{:02x}").is_none());
}

#[test]
fn colours_come_from_the_look() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.module() != Some("look")) {
        for piece in source.without_tests() {
            let found = match piece {
                Piece::Code(code) => literal_colour(code),
                Piece::Text(text) => hex_colour(text),
            };
            faults.extend(found.map(|colour| format!("{}: {colour}; ask the look for a role instead", source.path)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The keys that a source asks the catalogues for: texts that are the second argument of `tr` and `tr_with`, and names
/// of edits.
fn asked(pieces: &[&Piece]) -> Vec<String> {
    let mut found = Vec::new();
    for pair in pieces.windows(2) {
        let (Piece::Code(code), Piece::Text(key)) = (pair[0], pair[1]) else { continue };
        let call = code.trim_end();
        let of_edit = key.starts_with("edit-") && (call.ends_with("Label::new(") || call.ends_with("Label::about("));
        let second = call.strip_suffix(',').is_some_and(|head| {
            // Back to the bracket that is still open: what stands before it is the function.
            let mut depth = 0;
            let open = head.char_indices().rev().find(|&(_, c)| {
                depth += i32::from(c == ')') - i32::from(c == '(');
                depth < 0
            });
            open.is_some_and(|(at, _)| {
                let one_argument = !head[at + 1..].contains(',');
                one_argument
                    && matches!(words(&head[..at]).last(), Some("tr" | "tr_with"))
                    && head[..at].ends_with(is_word)
            })
        });
        if of_edit || second {
            found.push(key.clone());
        }
    }
    found
}

#[test]
fn every_word_asked_for_is_in_three_languages() {
    let pieces = taken_apart(r#"tr(ui.lang(), "a-b"); tr_with(lang, "c", &[("name", x)]); put(lang, "no"); f("no")"#);
    assert_eq!(asked(&pieces.iter().collect::<Vec<_>>()), ["a-b", "c"]);
    let mut faults = Vec::new();
    for source in sources() {
        for key in asked(&source.without_tests()) {
            for lang in Lang::ALL.into_iter().filter(|&lang| !has_message(lang, &key)) {
                faults.push(format!("{}: {key} is not in {}.ftl", source.path, lang.code()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The keys that nobody can ask for: a source names a key whole, by its beginning (`"cmd-{}"`), or by its end
/// (`"{key}-tip"`) for a key that it names.
fn asked_by_nobody<'a>(keys: impl Iterator<Item = &'a str>, texts: &BTreeSet<&str>) -> Vec<&'a str> {
    let is_key = |head: &&str| head.ends_with('-') && head.chars().all(|c| is_word(c) || c == '-');
    let heads: Vec<&str> =
        texts.iter().filter_map(|text| text.split_once('{')).map(|(head, _)| head).filter(is_key).collect();
    let tails: Vec<&str> =
        texts.iter().filter_map(|text| text.strip_prefix("{key}")).filter(|tail| tail.starts_with('-')).collect();
    let is_asked = |key: &&str| {
        texts.contains(key)
            || heads.iter().any(|head| key.starts_with(head))
            || tails.iter().any(|tail| key.strip_suffix(tail).is_some_and(|key| texts.contains(key)))
    };
    keys.filter(|key| !is_asked(key)).collect()
}

#[test]
fn every_word_of_the_catalogue_is_asked_for() {
    let texts = BTreeSet::from(["a-b", "c-{}", "{key}-tip", "{}-far"]);
    let keys_of = ["a-b", "a-b-tip", "c-d", "c", "e", "e-tip", "e-far"];
    assert_eq!(asked_by_nobody(keys_of.into_iter(), &texts), ["c", "e", "e-tip", "e-far"]);
    let sources = sources();
    let texts = sources.iter().flat_map(Source::without_tests).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        Piece::Code(_) => None,
    });
    let unused = asked_by_nobody(keys(Lang::En), &texts.collect());
    assert!(unused.is_empty(), "nobody asks for {}", unused.join(", "));
}

#[test]
fn the_three_catalogues_hold_the_same_messages() {
    let all: BTreeSet<&str> = Lang::ALL.into_iter().flat_map(keys).collect();
    let mut faults = Vec::new();
    for lang in Lang::ALL {
        let mut seen = BTreeSet::new();
        faults
            .extend(keys(lang).filter(|key| !seen.insert(*key)).map(|key| format!("{}.ftl: {key} twice", lang.code())));
        faults.extend(all.difference(&seen).map(|key| format!("{}.ftl: {key} is missing", lang.code())));
        // A message that does not parse is in the file but not in the catalogue.
        faults.extend(
            seen.iter()
                .filter(|key| !has_message(lang, key))
                .map(|key| format!("{}.ftl: {key} is broken", lang.code())),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_message_takes_the_same_values_in_every_language() {
    let values = |lang: Lang| -> BTreeMap<String, BTreeSet<String>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/i18n/{}.ftl", lang.code()));
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in std::fs::read_to_string(file).unwrap().lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.is_empty() && !name.contains(' ')) {
                key = name.to_owned();
            }
            let names = line.split('$').skip(1);
            found
                .entry(key.clone())
                .or_default()
                .extend(names.map(|name| name.chars().take_while(|&c| is_word(c) || c == '-').collect::<String>()));
        }
        found
    };
    let english = values(Lang::En);
    for lang in [Lang::Nl, Lang::Fr] {
        for (key, names) in values(lang) {
            assert_eq!(Some(&names), english.get(&key), "{key} in {}.ftl", lang.code());
        }
    }
}

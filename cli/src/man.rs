//! The man pages, made from the command line's definition: what `man/` holds, and what `tasks man` shows.

use crate::output::wrap::wrap;
use crate::settings::{Config, SETTINGS};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::collections::BTreeMap;
use std::io;

/// Sections of the first page that are written by hand.
const SECTIONS: &str = include_str!("man/sections.txt");

/// Every page by its file name.
pub fn pages() -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut pages = BTreeMap::new();
    let mut command = crate::cli::command();
    command.build();
    add(&mut pages, &command, "tasks")?;
    Ok(pages)
}

fn add(pages: &mut BTreeMap<String, Vec<u8>>, command: &clap::Command, name: &str) -> io::Result<()> {
    let mut page = Vec::new();
    let titled = command.clone().display_name(name.to_owned());
    let man = Man::new(titled).title(name.to_uppercase()).source("tasks").manual("Tasks manual");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let is_shown = |verb: &&clap::Command| !verb.is_hide_set() && verb.get_name() != "help";
    let verbs: Vec<&clap::Command> = command.get_subcommands().filter(is_shown).collect();
    verbs_section(&verbs, name).to_writer(&mut page)?;
    if name == "tasks" {
        sections(SECTIONS).to_writer(&mut page)?;
    }
    if name == "tasks-config" {
        settings().to_writer(&mut page)?;
    }
    if let Some(text) = command.get_after_help() {
        examples(&text.to_string()).to_writer(&mut page)?;
    }
    pages.insert(format!("{name}.1"), page);
    for verb in verbs {
        add(pages, verb, &format!("{name}-{}", verb.get_name()))?;
    }
    Ok(())
}

fn verbs_section(verbs: &[&clap::Command], name: &str) -> Roff {
    let mut roff = Roff::default();
    if !verbs.is_empty() {
        roff.control("SH", ["COMMANDS"]);
    }
    for verb in verbs {
        roff.control("TP", []);
        roff.text([bold(format!("{name}-{}", verb.get_name())), roman("(1)")]);
        roff.text([roman(verb.get_about().map(ToString::to_string).unwrap_or_default())]);
    }
    roff
}

/// The table of settings.
fn settings() -> Roff {
    let mut roff = Roff::default();
    roff.control("SH", ["SETTINGS"]);
    let defaults = Config::default();
    for setting in SETTINGS {
        roff.control("TP", []);
        roff.text([bold(setting.name)]);
        let default = setting.literal(&(setting.show)(&defaults));
        let words = format!(
            "{}: {}. By default {default}. Variable: {}.",
            capital(setting.meaning),
            setting.allowed(),
            setting.variable
        );
        roff.text([roman(words)]);
    }
    roff
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Sections written by hand: a heading in capitals, then `term :: words` or a paragraph.
fn sections(text: &str) -> Roff {
    let mut roff = Roff::default();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.chars().all(|c| c.is_ascii_uppercase() || c == ' ') {
            roff.control("SH", [line]);
        } else if let Some((term, words)) = line.split_once(" :: ") {
            roff.control("TP", []);
            roff.text([bold(term)]);
            roff.text([roman(words)]);
        } else {
            roff.control("PP", []);
            roff.text([roman(line)]);
        }
    }
    roff
}

/// Text in columns as it is.
fn examples(text: &str) -> Roff {
    let mut roff = Roff::default();
    let mut open = false;
    for line in text.lines() {
        match line.strip_suffix(':') {
            Some(heading) if !line.starts_with(' ') => {
                if std::mem::replace(&mut open, true) {
                    roff.control("EE", []);
                }
                roff.control("SH", [heading.to_uppercase().as_str()]);
                roff.control("EX", []);
            }
            _ => {
                roff.text([roman(line)]);
            }
        }
    }
    if open {
        roff.control("EE", []);
    }
    roff
}

/// A page as plain text of so many columns, 100 at most: what man would show on paper, for who has no man.
///
/// Knows what [`pages`] writes, and nothing else of roff.
pub fn plain(page: &[u8], columns: Option<usize>) -> String {
    let width = columns.map_or(WIDTH, |columns| columns.min(WIDTH));
    let (below, far) = if width < WIDE { ("  ", "    ") } else { ("       ", "              ") };
    let text = String::from_utf8_lossy(page);
    let mut out = String::new();
    let (mut term, mut example) = (false, false);
    let mut indent = below;
    for line in text.lines() {
        let (request, rest) = line.split_once(' ').unwrap_or((line, ""));
        match request {
            ".SH" => {
                indent = below;
                out.push_str(&format!("\n{}\n", unroffed(rest.trim_matches('"'))));
            }
            ".TP" => {
                term = true;
                out.push('\n');
            }
            ".PP" | ".br" | ".sp" => {
                indent = below;
                out.push('\n');
            }
            ".EX" => (example, indent) = (true, below),
            ".EE" => example = false,
            ".RS" | ".RE" => {}
            _ if line.starts_with('.') => {}
            _ if std::mem::take(&mut term) => {
                let line = format!("{below}{}", unroffed(line));
                out.push_str(&format!("{}\n", wrap(&line, Some(width), below.len() + 2)));
                indent = far;
            }
            // What goes on in a further line stands further in.
            _ if example => {
                let line = format!("{indent}{}", unroffed(line));
                out.push_str(&format!("{}\n", wrap(&line, Some(width), indent.len() + 4)));
            }
            _ => {
                let room = width.saturating_sub(indent.len()).max(20);
                for part in wrap(&unroffed(line), Some(room), 0).lines() {
                    out.push_str(&format!("{indent}{}\n", part.trim_end()));
                }
            }
        }
    }
    out.trim_start_matches('\n').to_owned()
}

/// Columns of plain text.
const WIDTH: usize = 100;
/// On fewer, less of a line is left blank.
const WIDE: usize = 60;

/// A line of text without the marks of roff.
fn unroffed(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line.strip_prefix("\\&").unwrap_or(line);
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        let known = [
            ("fB", ""),
            ("fI", ""),
            ("fR", ""),
            ("*(Aq", "'"),
            ("(aq", "'"),
            ("-", "-"),
            ("&", ""),
            ("\\", "\\"),
            ("e", "\\"),
        ];
        let found = known.into_iter().find_map(|(mark, means)| Some((behind.strip_prefix(mark)?, means)));
        let (next, means) = found.unwrap_or((behind, "\\"));
        out.push_str(means);
        rest = next;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_readable_without_man() {
        for (name, page) in pages().unwrap() {
            let text = plain(&page, None);
            assert!(text.starts_with("NAME\n"), "{name}: {text}");
            for mark in ["\\f", "\\-", "\\*", "\\&", "\n."] {
                assert!(!text.contains(mark), "{name} has {mark}: {text}");
            }
        }
    }
    #[test]
    fn on_a_narrow_screen_only_what_has_no_blank_is_wider_than_it() {
        for (name, page) in pages().unwrap() {
            for line in plain(&page, Some(40)).lines().filter(|line| crate::output::text::width(line) > 40) {
                let words = line.split_whitespace().count();
                assert!(words < 3, "{name}: {line}");
            }
        }
    }
}

//! The man pages in `man/` are what the command line says of itself. `UPDATE_MAN=1 cargo test -p tasks --test man` writes them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SECTIONS: &str = include_str!("man_sections.txt");

/// Every page by its file name.
fn pages() -> BTreeMap<String, Vec<u8>> {
    let mut pages = BTreeMap::new();
    let mut command = tasks::cli::command();
    command.build();
    add(&mut pages, &command, "tasks");
    pages
}

fn add(pages: &mut BTreeMap<String, Vec<u8>>, command: &clap::Command, name: &str) {
    let mut page = Vec::new();
    let titled = command.clone().display_name(name.to_owned());
    let man = Man::new(titled).title(name.to_uppercase()).source("tasks").manual("Tasks manual");
    man.render_title(&mut page).unwrap();
    man.render_name_section(&mut page).unwrap();
    man.render_synopsis_section(&mut page).unwrap();
    man.render_description_section(&mut page).unwrap();
    man.render_options_section(&mut page).unwrap();
    let is_shown = |verb: &&clap::Command| !verb.is_hide_set() && verb.get_name() != "help";
    let verbs: Vec<&clap::Command> = command.get_subcommands().filter(is_shown).collect();
    verbs_section(&verbs, name).to_writer(&mut page).unwrap();
    if name == "tasks" {
        sections(SECTIONS).to_writer(&mut page).unwrap();
    }
    if let Some(text) = command.get_after_help() {
        examples(&text.to_string()).to_writer(&mut page).unwrap();
    }
    pages.insert(format!("{name}.1"), page);
    for verb in verbs {
        add(pages, verb, &format!("{name}-{}", verb.get_name()));
    }
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

#[test]
fn the_committed_man_pages_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../man");
    let pages = pages();
    let there = || -> Vec<String> {
        let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.filter(|name| name.ends_with(".1")).collect()
    };
    if std::env::var_os("UPDATE_MAN").is_some() {
        there().iter().for_each(|name| fs::remove_file(folder.join(name)).unwrap());
        pages.iter().for_each(|(name, page)| fs::write(folder.join(name), page).unwrap());
    }
    let mut names = there();
    names.sort();
    assert_eq!(names, pages.keys().cloned().collect::<Vec<_>>(), "run UPDATE_MAN=1 cargo test -p tasks --test man");
    for (name, page) in pages {
        let committed = fs::read(folder.join(&name)).unwrap();
        assert!(committed == page, "{name} is out of date: run UPDATE_MAN=1 cargo test -p tasks --test man");
    }
}

//! The man pages in `man/` are what the command line says of itself. `UPDATE_MAN=1 cargo test -p tasks --test man` writes them.

use std::fs;
use std::path::Path;

#[test]
fn the_committed_man_pages_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../man");
    let pages = tasks::man::pages().unwrap();
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

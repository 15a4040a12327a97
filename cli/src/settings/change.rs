//! Changing the settings file without touching what is not meant: comments, order and unknown names stay.

use super::{Config, Kind, Setting, check, file, survey};
use crate::error::CliError;
use std::path::Path;
use tasks_domain::error::ErrorKind;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// The file's text with this value set. Fails where the value is none of the setting's, or the file is broken elsewhere.
pub fn changed(text: &str, path: &Path, setting: &Setting, value: &str) -> Result<String, CliError> {
    let mut document = parsed(text, path)?;
    let mut tried = Config::default();
    (setting.apply)(&mut tried, value.trim()).map_err(|reason| {
        CliError::hinted(
            ErrorKind::Refused,
            format!("{}: `{}` is not {reason}", setting.name, file::cut(value)),
            format!("use {}", setting.allowed()),
        )
    })?;
    let value: Value = match setting.kind {
        Kind::Number(..) => (setting.show)(&tried).parse::<i64>().map_or_else(|_| value.into(), Value::from),
        Kind::Flag => ((setting.show)(&tried) == "true").into(),
        // As the program writes it: one spelling in the file.
        _ => (setting.show)(&tried).into(),
    };
    let (groups, name) = parts(setting.name);
    put(document.as_table_mut(), &groups, name, value);
    better(text, document.to_string(), path)
}

/// The file's text without this setting; `None` when it was not set there. Fails where the file is broken elsewhere.
pub fn removed(text: &str, path: &Path, setting: &Setting) -> Result<Option<String>, CliError> {
    let mut document = parsed(text, path)?;
    let (groups, name) = parts(setting.name);
    let taken = take(document.as_table_mut(), &groups, name);
    let new = better(text, document.to_string(), path)?;
    Ok(taken.then_some(new))
}

/// What stands in the file for this setting, as it is written there, whether or not it is one of its values.
pub fn written(text: &str, setting: &Setting) -> Option<String> {
    let document: DocumentMut = text.parse().ok()?;
    let mut item = document.as_item();
    for part in setting.name.split('.') {
        item = item.get(part)?;
    }
    let mut value = item.as_value()?.clone();
    // A comment behind it is none of it.
    value.decor_mut().clear();
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// The new text, unless something is wrong with it that no change of this setting mends: whoever has a file with one wrong value
/// can set that one.
fn better(old: &str, new: String, path: &Path) -> Result<String, CliError> {
    let (_, was) = survey(old, path);
    let (_, is) = survey(&new, path);
    let mends = is.len() < was.len();
    match is.into_iter().next() {
        Some(error) if !mends => Err(error),
        _ => Ok(new),
    }
}

fn parsed(text: &str, path: &Path) -> Result<DocumentMut, CliError> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        // The same, with its place.
        check(text, path)
            .err()
            .unwrap_or_else(|| CliError::new(ErrorKind::Refused, format!("{}: {}", path.display(), error.message())))
    })
}

fn parts(name: &str) -> (Vec<&str>, &str) {
    let mut parts: Vec<&str> = name.split('.').collect();
    let last = parts.pop().unwrap_or_default();
    (parts, last)
}

fn put(table: &mut dyn TableLike, groups: &[&str], name: &str, value: Value) {
    let Some((group, deeper)) = groups.split_first() else {
        match table.get_mut(name).and_then(Item::as_value_mut) {
            // Its decoration, as a comment behind it, belongs to the line.
            Some(old) => {
                let decor = old.decor().clone();
                *old = value;
                *old.decor_mut() = decor;
            }
            None => _ = table.insert(name, Item::Value(value)),
        }
        return;
    };
    if table.get_mut(group).and_then(Item::as_table_like_mut).is_none() {
        let mut fresh = Table::new();
        // `[language]` above `[language.day_parts]` says nothing.
        fresh.set_implicit(!deeper.is_empty());
        table.insert(group, Item::Table(fresh));
    }
    if let Some(inner) = table.get_mut(group).and_then(Item::as_table_like_mut) {
        put(inner, deeper, name, value);
    }
}

fn take(table: &mut dyn TableLike, groups: &[&str], name: &str) -> bool {
    let Some((group, deeper)) = groups.split_first() else { return table.remove(name).is_some() };
    let Some(inner) = table.get_mut(group).and_then(Item::as_table_like_mut) else { return false };
    take(inner, deeper, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{SETTINGS, find};

    fn set(text: &str, name: &str, value: &str) -> String {
        changed(text, Path::new("c.toml"), find(name).unwrap(), value).unwrap()
    }

    const MINE: &str = "# my settings\n[list]\nlimit = 20 # enough\nmystery = 1\n\n# days\n[agenda]\ndays = 3\n";

    #[test]
    fn comments_order_and_unknown_names_stay() {
        let text = set(MINE, "list.limit", "30");
        assert_eq!(text, MINE.replace("20", "30"));
        let text = set(&text, "language.day_parts.eod", "6:30");
        assert_eq!(text, MINE.replace("20", "30") + "\n[language.day_parts]\neod = \"06:30\"\n");
        assert_eq!(set("", "zone", "europe/berlin"), "zone = \"Europe/Berlin\"\n");
        assert_eq!(set("list = { limit = 3 }\n", "list.limit", "4"), "list = { limit = 4 }\n");
        assert_eq!(set("list.limit = 3\n", "list.sort", "title"), "list.limit = 3\nlist.sort = \"title\"\n");
    }

    #[test]
    fn what_was_set_can_be_removed() {
        let gone = |text: &str, name: &str| removed(text, Path::new("c.toml"), find(name).unwrap()).unwrap();
        assert_eq!(gone(MINE, "agenda.days"), Some(MINE.replace("days = 3\n", "")));
        assert_eq!(gone(MINE, "editor"), None);
        assert_eq!(gone("", "language.day_parts.eod"), None);
    }

    #[test]
    fn wrong_values_and_broken_files_are_left_alone() {
        let path = Path::new("c.toml");
        assert!(changed(MINE, path, find("list.limit").unwrap(), "many").is_err());
        assert!(changed("[list", path, find("list.limit").unwrap(), "5").is_err());
        assert!(removed("list = 5", path, find("list.limit").unwrap()).is_err());
        assert!(changed("list.limit = 'x'", path, find("agenda.days").unwrap(), "5").is_err());
    }

    #[test]
    fn a_wrong_value_can_be_set_right_or_taken_out() {
        let (path, limit) = (Path::new("c.toml"), find("list.limit").unwrap());
        let two_wrong = "# mine\nlist.limit = 'many'\nagenda.days = 'few'\n";
        let one_left = changed(two_wrong, path, limit, "5").unwrap();
        assert_eq!(one_left, two_wrong.replace("'many'", "5"));
        let right = removed(&one_left, path, find("agenda.days").unwrap()).unwrap().unwrap();
        assert_eq!(right, "# mine\nlist.limit = 5\n");
        let group = changed("list = 5\n", path, limit, "5").unwrap();
        assert_eq!(check(&group, path).unwrap().list_limit, 5);
        assert_eq!(written(two_wrong, limit).as_deref(), Some("many"));
        assert_eq!(written("list.limit = 7 # few", limit).as_deref(), Some("7"));
    }

    #[test]
    fn every_setting_can_be_set_to_its_default_and_reads_back_as_it() {
        let defaults = Config::default();
        for setting in SETTINGS {
            let text = set("", setting.name, &(setting.show)(&defaults));
            let config = check(&text, Path::new("c.toml")).unwrap();
            assert_eq!((setting.show)(&config), (setting.show)(&defaults), "{text}");
            assert!(config.origin(setting).is_some() && config.warnings.is_empty(), "{text}");
            for word in setting.words().iter().take(20) {
                let config = check(&set("", setting.name, word), Path::new("c.toml")).unwrap();
                assert_eq!((setting.show)(&config), *word, "{}", setting.name);
            }
        }
    }
}

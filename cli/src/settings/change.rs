//! Changing the settings file without touching what is not meant: comments, order and unknown names stay.

use super::{Config, Kind, Setting, check, file};
use crate::error::CliError;
use std::path::Path;
use tasks_domain::error::ErrorKind;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// The file's text with this value set. Fails where the value is none of the setting's, or the file is broken.
pub fn changed(text: &str, path: &Path, setting: &Setting, value: &str) -> Result<String, CliError> {
    check(text, path)?;
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
    let mut document = parsed(text, path)?;
    let (groups, name) = parts(setting.name);
    put(document.as_table_mut(), &groups, name, value);
    Ok(document.to_string())
}

/// The file's text without this setting; `None` when it was not set there.
pub fn removed(text: &str, path: &Path, setting: &Setting) -> Result<Option<String>, CliError> {
    let mut document = parsed(text, path)?;
    let (groups, name) = parts(setting.name);
    let taken = take(document.as_table_mut(), &groups, name);
    Ok(taken.then(|| document.to_string()))
}

fn parsed(text: &str, path: &Path) -> Result<DocumentMut, CliError> {
    check(text, path)?;
    text.parse().map_err(|error: toml_edit::TomlError| {
        CliError::new(ErrorKind::Refused, format!("{}: {}", path.display(), error.message()))
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

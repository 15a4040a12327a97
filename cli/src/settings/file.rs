//! The settings file: TOML, read with the place of every key and value.

use super::{Config, Kind, Origin, SETTINGS, Setting};
use crate::error::CliError;
use std::ops::Range;
use std::path::Path;
use tasks_domain::error::{ErrorKind, Span};
use tasks_domain::words::distance;
use tasks_proto::error::Failure;
use toml_edit::{Document, Item, Key, TableLike};

/// Longest piece of a wrong text that is repeated, in characters.
const SHOWN_MAX: usize = 60;
/// Most letters by which an unknown name may differ from the one that is suggested, and how many of its own letters come on each.
const DISTANCE_MAX: usize = 3;
const LETTERS_PER_SLIP: usize = 3;

/// Puts what the file says into `config`. Unknown names become warnings, wrong values are errors.
pub(super) fn apply(config: &mut Config, text: &str, path: &Path) -> Result<(), CliError> {
    survey(config, text, path).into_iter().next().map_or(Ok(()), Err)
}

/// The same, beyond what is wrong: all of that in the order of the file.
pub(super) fn survey(config: &mut Config, text: &str, path: &Path) -> Vec<CliError> {
    let reader = Reader { text, path };
    let mut wrong = Vec::new();
    match Document::parse(text) {
        Ok(document) => reader.group(config, document.as_table(), "", &mut wrong),
        Err(error) => {
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            let hint = "tasks config edit opens it; values are written as name = \"value\"";
            wrong.push(reader.wrong(error.span().unwrap_or(0..0), &format!("this is not TOML: {message}"), hint));
        }
    }
    wrong
}

struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Reader<'_> {
    fn group(&self, config: &mut Config, group: &dyn TableLike, prefix: &str, wrong: &mut Vec<CliError>) {
        for (name, item) in group.iter() {
            let span = group.key(name).and_then(Key::span).or_else(|| item.span()).unwrap_or(0..0);
            let name = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
            let setting = SETTINGS.iter().find(|setting| setting.name == name);
            match (setting, item.as_table_like()) {
                (Some(setting), None) => wrong.extend(self.value(config, setting, item).err()),
                (Some(setting), Some(_)) => {
                    let hint = format!("write {name} = {}", example(setting));
                    wrong.push(self.wrong(span, &format!("`{name}` is a setting, not a group of them"), &hint));
                }
                (None, Some(table)) if is_group(&name) => self.group(config, table, &name, wrong),
                (None, None) if is_group(&name) => {
                    let inside = SETTINGS.iter().find(|known| known.name.starts_with(&format!("{name}.")));
                    let hint = format!("write {} = …", inside.map_or("", |known| known.name));
                    wrong.push(self.wrong(span, &format!("`{name}` is a group of settings, not one"), &hint));
                }
                (None, _) => config.warnings.push(self.unknown(&name, &span)),
            }
        }
    }

    fn value(&self, config: &mut Config, setting: &'static Setting, item: &Item) -> Result<(), CliError> {
        let span = item.span().unwrap_or(0..0);
        let wrong = |reason: &str| {
            let shown = cut(self.text.get(span.clone()).unwrap_or_default());
            let hint = format!("use {}", setting.allowed());
            self.wrong(span.clone(), &format!("{}: {shown} is not {reason}", setting.name), &hint)
        };
        let number = matches!(setting.kind, Kind::Number(..));
        let text = match item.as_value() {
            Some(toml_edit::Value::String(text)) if !number => text.value().clone(),
            Some(toml_edit::Value::Integer(integer)) if number => integer.value().to_string(),
            Some(toml_edit::Value::Boolean(flag)) if matches!(setting.kind, Kind::Flag) => flag.value().to_string(),
            // TOML has times of its own: 17:30 and 17:30:00.
            Some(toml_edit::Value::Datetime(time)) if matches!(setting.kind, Kind::Time) => {
                let time = time.value().to_string();
                time.strip_suffix(":00").filter(|time| time.contains(':')).unwrap_or(&time).to_owned()
            }
            _ => return Err(wrong(if number { "a whole number" } else { "a value of that setting" })),
        };
        (setting.apply)(config, text.trim()).map_err(wrong)?;
        let (line, _) = place(self.text, span.start);
        config.remember(setting.name, Origin::File { line });
        Ok(())
    }

    fn unknown(&self, name: &str, span: &Range<usize>) -> String {
        let (line, _) = place(self.text, span.start);
        let near = nearest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("{}:{line}: there is no setting `{}`{near}", self.path.display(), cut(name))
    }

    /// An error about a place of the file: its path, line and column, and the line with the place marked.
    fn wrong(&self, span: Range<usize>, message: &str, hint: &str) -> CliError {
        let (line, column) = place(self.text, span.start);
        let begin = self.text[..floor(self.text, span.start)].rfind('\n').map_or(0, |at| at + 1);
        let shown = self.text[begin..].lines().next().unwrap_or_default();
        let start = span.start.saturating_sub(begin).min(shown.len());
        let end = span.end.saturating_sub(begin).clamp(start, shown.len());
        let message = format!("{}:{line}:{column}: {message}", self.path.display());
        let mut failure = Failure::new(ErrorKind::Refused, message).with_hint(hint);
        failure.place = Some((shown.to_owned(), Span::new(start, end)));
        failure.into()
    }
}

/// Line and column of a byte, both from 1; columns are characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor(text, at)];
    let line_begin = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_begin..].chars().count() + 1)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn is_group(name: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

fn example(setting: &Setting) -> String {
    setting.literal(&(setting.show)(&Config::default()))
}

/// The known name nearest to an unknown one, when one is near: by its letters, or by its last part.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase().replace('-', "_");
    let last = |name: &str| name.rsplit('.').next().map(str::to_owned);
    let same_part = SETTINGS.iter().find(|setting| last(setting.name) == last(&name));
    let most = DISTANCE_MAX.min(name.chars().count() / LETTERS_PER_SLIP);
    let near = SETTINGS.iter().filter_map(|setting| Some((distance(&name, setting.name, most)?, setting.name)));
    let near = near.min_by_key(|(distance, _)| *distance);
    near.map(|(_, name)| name).or_else(|| same_part.map(|setting| setting.name))
}

/// A text short enough for an error.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Pager, Theme};

    fn read(text: &str) -> Config {
        let mut config = Config::default();
        apply(&mut config, text, Path::new("config.toml")).unwrap();
        config
    }

    fn refused(text: &str) -> (String, String) {
        let mut config = Config::default();
        let Err(CliError::Failure(failure)) = apply(&mut config, text, Path::new("c.toml")) else {
            panic!("taken: {text}")
        };
        assert_eq!(failure.kind, ErrorKind::Refused);
        let (line, span) = failure.place.clone().unwrap();
        (failure.message, line[span.start..span.end].to_owned())
    }

    #[test]
    fn a_file_sets_what_it_names_and_remembers_the_line() {
        let config = read(
            "# mine\nzone = 'Asia/Kathmandu'\n[language]\nweek_start = \"Sun\"\ndate_order=\"month-first\"\n\n\
             [language.day_parts]\nmorning = 07:30:00\neow = \"thu 16:00\"\n[output]\ntheme = \"dark\"\npager='less -R'\n\
             relative_dates = false\n[list]\nlimit = 20\n[agenda]\ndays = 14\n",
        );
        assert_eq!(config.zone, Some(chrono_tz::Tz::Asia__Kathmandu));
        assert_eq!(config.language.week_start, Some(chrono::Weekday::Sun));
        assert_eq!(config.language.morning.unwrap().to_string(), "07:30:00");
        assert_eq!((config.theme, config.pager.clone()), (Theme::Dark, Pager::Command("less -R".into())));
        assert_eq!((config.list_limit, config.agenda_days, config.relative_dates), (20, 14, false));
        let line = |name: &str| config.origin(crate::settings::find(name).unwrap()).cloned();
        assert_eq!(line("list.limit"), Some(Origin::File { line: 15 }));
        assert_eq!(line("list.sort"), None);
        assert_eq!(config.warnings, Vec::<String>::new());
    }

    #[test]
    fn every_shape_of_toml_means_the_same() {
        for text in [
            "list.limit = 7",
            "[list]\nlimit = 7",
            "list = { limit = 7 }",
            "\"list\".'limit' = 7",
            "\u{feff}list.limit = 7",
        ] {
            assert_eq!(read(text).list_limit, 7, "{text}");
        }
    }

    #[test]
    fn an_unknown_name_is_a_warning_with_the_nearest_known() {
        let config = read("[list]\nlimt = 5\n[colour]\nx = 1\n[output]\nlimit = 3\n[foo]\ny = 1\n");
        assert_eq!(
            config.warnings,
            [
                "config.toml:2: there is no setting `list.limt`; did you mean `list.limit`?",
                "config.toml:3: there is no setting `colour`",
                "config.toml:6: there is no setting `output.limit`; did you mean `list.limit`?",
                "config.toml:7: there is no setting `foo`"
            ]
        );
    }

    #[test]
    fn a_wrong_value_is_refused_with_its_place() {
        for (text, message, place) in [
            ("[list]\nlimit = -1", "c.toml:2:9: list.limit: -1 is not a whole number in its range", "-1"),
            ("list.limit = '7'", "c.toml:1:14: list.limit: '7' is not a whole number", "'7'"),
            ("zone = \"Mars\"", "c.toml:1:8: zone: \"Mars\" is not a time zone", "\"Mars\""),
            (
                "[language.day_parts]\n  eod = \"5pm\"",
                "c.toml:2:9: language.day_parts.eod: \"5pm\" is not a time of day as 17:30",
                "\"5pm\"",
            ),
            ("list = 5", "c.toml:1:1: `list` is a group of settings, not one", "list"),
            ("[zone]\nname = 'UTC'", "c.toml:1:2: `zone` is a setting, not a group of them", "zone"),
            (
                "output.relative_dates = [true]",
                "c.toml:1:25: output.relative_dates: [true] is not a value of that setting",
                "[true]",
            ),
            ("editor = \"\"\"a\nb\"\"\"", "c.toml:1:10: editor: \"\"\"a\nb\"\"\" is not a text of one line", "\"\"\"a"),
        ] {
            assert_eq!(refused(text), (message.to_owned(), place.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_place() {
        let (message, _) = refused("zone = \"UTC\"\nü = \n");
        assert!(message.starts_with("c.toml:2:"), "{message}");
        let (message, _) = refused("[list\nlimit = 3");
        assert!(message.starts_with("c.toml:1:"), "{message}");
        let (message, _) = refused("a = 1\na = 2\n");
        assert!(message.contains("duplicate"), "{message}");
    }
}

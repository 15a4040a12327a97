//! What a setting is: a row of the table.

use super::Config;
use super::value::Wrong;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// As in the file: `group.name`.
    pub name: &'static str,
    /// What it decides, in a few words.
    pub meaning: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// The variable that goes before the file.
    pub variable: &'static str,
    /// Whose it is.
    pub scope: Scope,
    /// Puts a text's value into a configuration; or says what it is not.
    pub(super) apply: fn(&mut Config, &str) -> Result<(), Wrong>,
    /// The value as text.
    pub show: fn(&Config) -> String,
}

/// What the values of a setting are.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One of these words.
    Choice(fn() -> Vec<String>),
    /// A whole number, from and to.
    Number(u32, u32),
    /// True or false.
    Flag,
    /// A time of day.
    Time,
    /// A day of the week with a time.
    WeekTime,
    /// A zone of the IANA database, or `auto`.
    Zone,
    /// A word with a meaning of its own, or a text; what they are, for people.
    Text(&'static str),
}

/// Whose a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The person's, on every device: it decides what words mean. Kept in each device's file until settings are synced.
    Account,
    /// This device's.
    Local,
}

impl Scope {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Local => "local",
        }
    }
}

impl Setting {
    /// What may be set, in words.
    pub fn allowed(&self) -> String {
        match self.kind {
            Kind::Choice(words) => words().join(", "),
            Kind::Number(min, u32::MAX) => format!("a whole number from {min}"),
            Kind::Number(min, max) => format!("a whole number from {min} to {max}"),
            Kind::Flag => "true or false".to_owned(),
            Kind::Time => "a time of day as 17:30".to_owned(),
            Kind::WeekTime => "a day and a time as \"fri 17:00\"".to_owned(),
            Kind::Zone => "auto, or a zone of the IANA database as Europe/Berlin".to_owned(),
            Kind::Text(what) => what.to_owned(),
        }
    }

    /// A line of the file that sets this value.
    pub fn line(&self, value: &str) -> String {
        format!("{} = {}", self.name, self.literal(value))
    }

    /// A value as TOML writes it.
    pub fn literal(&self, value: &str) -> String {
        match self.kind {
            Kind::Number(..) | Kind::Flag => value.to_owned(),
            _ => toml_edit::Value::from(value).to_string(),
        }
    }

    /// The word for its kind, for programs.
    pub fn kind_word(&self) -> &'static str {
        match self.kind {
            Kind::Choice(_) => "choice",
            Kind::Number(..) => "number",
            Kind::Flag => "flag",
            Kind::Time => "time",
            Kind::WeekTime => "day and time",
            Kind::Zone => "zone",
            Kind::Text(_) => "text",
        }
    }

    /// The values that can be listed, for completions.
    pub fn words(&self) -> Vec<String> {
        match self.kind {
            Kind::Choice(words) => words(),
            Kind::Flag => vec!["true".to_owned(), "false".to_owned()],
            Kind::Zone => std::iter::once("auto".to_owned())
                .chain(chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().to_owned()))
                .collect(),
            Kind::Number(..) | Kind::Time | Kind::WeekTime | Kind::Text(_) => Vec::new(),
        }
    }
}

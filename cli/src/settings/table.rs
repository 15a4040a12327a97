//! The table of settings.

use super::ColorWhen;
use super::setting::{Kind, Scope, Setting};
use super::value::{self, Wrong};
use super::{Hyperlinks, Pager, Theme};
use crate::columns::read_column;
use crate::order::Sort;
use chrono::NaiveTime;
use tasks_daemon::notify::MailServer;
use tasks_domain::settings::DateOrder;
use tasks_language::DayParts;

/// The word that stands for what the surroundings say.
const AUTO: &str = "auto";
const NONE: &str = "none";
const NEVER: &str = "never";

fn shown_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

fn shown_option(value: Option<&String>, none: &str) -> String {
    value.map_or_else(|| none.to_owned(), Clone::clone)
}

fn unless(word: &str, text: &str) -> Result<Option<String>, Wrong> {
    if text.eq_ignore_ascii_case(word) { Ok(None) } else { value::line(text).map(Some) }
}

fn week_days() -> Vec<String> {
    (0..7u8).filter_map(|day| chrono::Weekday::try_from(day).ok()).map(value::day_name).collect()
}

fn date_orders() -> Vec<String> {
    [AUTO, "day-first", "month-first"].map(str::to_owned).to_vec()
}

fn date_order(text: &str) -> Result<Option<DateOrder>, Wrong> {
    match text.to_ascii_lowercase().as_str() {
        AUTO => Ok(None),
        "day-first" => Ok(Some(DateOrder::DayFirst)),
        "month-first" => Ok(Some(DateOrder::MonthFirst)),
        _ => Err("an order of dates"),
    }
}

fn shown_date_order(order: Option<DateOrder>) -> String {
    let word = match order {
        None => AUTO,
        Some(DateOrder::DayFirst) => "day-first",
        Some(DateOrder::MonthFirst) => "month-first",
    };
    word.to_owned()
}

/// A row for one hour of the day.
macro_rules! day_part {
    ($name:ident, $variable:literal, $meaning:literal) => {
        Setting {
            name: concat!("language.day_parts.", stringify!($name)),
            meaning: $meaning,
            kind: Kind::Time,
            variable: $variable,
            scope: Scope::Account,
            apply: |config, text| value::time(text).map(|time| config.language.$name = Some(time)),
            show: |config| shown_time(config.language.$name.unwrap_or(DayParts::default().$name)),
        }
    };
}

/// A row for a word of an enumeration.
macro_rules! choice {
    ($field:ident: $type:ty, $name:literal, $variable:literal, $meaning:literal) => {
        Setting {
            name: $name,
            meaning: $meaning,
            kind: Kind::Choice(value::words::<$type>),
            variable: $variable,
            scope: Scope::Local,
            apply: |config, text| value::choice(text).map(|value| config.$field = value),
            show: |config| value::word(&config.$field),
        }
    };
}

/// A row for a number.
macro_rules! number {
    ($field:ident, $min:literal..=$max:expr, $name:literal, $variable:literal, $meaning:literal) => {
        Setting {
            name: $name,
            meaning: $meaning,
            kind: Kind::Number($min, $max),
            variable: $variable,
            scope: Scope::Local,
            apply: |config, text| value::number(text, $min, $max).map(|number| config.$field = number),
            show: |config| config.$field.to_string(),
        }
    };
}

/// A row for a text, or for a word that stands for none.
macro_rules! text {
    ($($field:ident).+ or $none:expr, $scope:expr, $name:literal, $variable:literal, $meaning:literal, $allowed:literal) => {
        Setting {
            name: $name,
            meaning: $meaning,
            kind: Kind::Text($allowed),
            variable: $variable,
            scope: $scope,
            apply: |config, text| unless($none, text).map(|text| config.$($field).+ = text),
            show: |config| shown_option(config.$($field).+.as_ref(), $none),
        }
    };
}

/// A row for the path of a file.
macro_rules! path {
    ($($field:ident).+, $name:literal, $variable:literal, $meaning:literal) => {
        Setting {
            name: $name,
            meaning: $meaning,
            kind: Kind::Text("none, or the path of a file as ~/.secrets/mail"),
            variable: $variable,
            scope: Scope::Local,
            apply: |config, text| {
                let path = unless(NONE, text)?;
                let whole = path.as_deref().is_none_or(|path| path.starts_with('/') || path.starts_with("~/"));
                config.$($field).+ = if whole { path } else { return Err("a path from / or from ~/") };
                Ok(())
            },
            show: |config| shown_option(config.$($field).+.as_ref(), NONE),
        }
    };
}

/// A row for a mail address.
macro_rules! mailbox {
    ($($field:ident).+, $name:literal, $variable:literal, $meaning:literal) => {
        Setting {
            name: $name,
            meaning: $meaning,
            kind: Kind::Text("none, or a mail address as you@example.org"),
            variable: $variable,
            scope: Scope::Local,
            apply: |config, text| {
                let address = unless(NONE, text)?;
                let readable = address.as_deref().is_none_or(tasks_daemon::notify::email::is_mailbox);
                config.$($field).+ = if readable { address } else { return Err("a mail address") };
                Ok(())
            },
            show: |config| shown_option(config.$($field).+.as_ref(), NONE),
        }
    };
}

/// All settings, in the order in which they are listed.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "zone",
        meaning: "the time zone you are in; auto is TZ, or the machine's",
        kind: Kind::Zone,
        variable: "TASKS_TZ",
        scope: Scope::Account,
        apply: |config, text| {
            config.zone = if text.eq_ignore_ascii_case(AUTO) { None } else { Some(value::zone(text)?) };
            Ok(())
        },
        show: |config| config.zone.map_or_else(|| AUTO.to_owned(), |zone| zone.name().to_owned()),
    },
    text!(locale or AUTO, Scope::Account, "locale", "TASKS_LOCALE",
        "how your country writes dates; auto is LC_ALL, LC_TIME or LANG", "auto, or a locale as en_US"),
    Setting {
        name: "language.week_start",
        meaning: "the first day of a week",
        kind: Kind::Choice(week_days),
        variable: "TASKS_LANGUAGE_WEEK_START",
        scope: Scope::Account,
        apply: |config, text| value::weekday(text).map(|day| config.language.week_start = Some(day)),
        show: |config| value::day_name(config.language.week_start.unwrap_or(chrono::Weekday::Mon)),
    },
    Setting {
        name: "language.date_order",
        meaning: "which number of 3/12 is the day; auto is as the locale has it",
        kind: Kind::Choice(date_orders),
        variable: "TASKS_LANGUAGE_DATE_ORDER",
        scope: Scope::Account,
        apply: |config, text| date_order(text).map(|order| config.language.date_order = order),
        show: |config| shown_date_order(config.language.date_order),
    },
    day_part!(morning, "TASKS_LANGUAGE_DAY_PARTS_MORNING", "when \"morning\" is"),
    day_part!(noon, "TASKS_LANGUAGE_DAY_PARTS_NOON", "when \"noon\" and \"lunch\" are"),
    day_part!(afternoon, "TASKS_LANGUAGE_DAY_PARTS_AFTERNOON", "when \"afternoon\" is"),
    day_part!(evening, "TASKS_LANGUAGE_DAY_PARTS_EVENING", "when \"evening\" is"),
    day_part!(tonight, "TASKS_LANGUAGE_DAY_PARTS_TONIGHT", "when \"tonight\" is"),
    day_part!(eod, "TASKS_LANGUAGE_DAY_PARTS_EOD", "the end of the working day, \"eod\""),
    Setting {
        name: "language.day_parts.eow",
        meaning: "the end of the working week, \"eow\"",
        kind: Kind::WeekTime,
        variable: "TASKS_LANGUAGE_DAY_PARTS_EOW",
        scope: Scope::Account,
        apply: |config, text| value::week_time(text).map(|end| config.language.eow = Some(end)),
        show: |config| {
            let (day, time) = config.language.eow.unwrap_or(DayParts::default().eow);
            format!("{} {}", value::day_name(day), shown_time(time))
        },
    },
    number!(list_limit, 0..=u32::MAX, "list.limit", "TASKS_LIST_LIMIT", "most tasks of a list; 0 for all"),
    choice!(list_sort: Sort, "list.sort", "TASKS_LIST_SORT", "the order of a list"),
    Setting {
        name: "list.columns",
        meaning: "the columns of a list on a terminal; what a pipe gets stays the same",
        kind: Kind::Text("auto, or columns as id,title,due"),
        variable: "TASKS_LIST_COLUMNS",
        scope: Scope::Local,
        apply: |config, text| {
            let names = unless(AUTO, text)?;
            let columns: Result<_, _> = names.iter().flat_map(|names| names.split(',')).map(read_column).collect();
            config.list_columns = columns.map_err(|_| "auto, or columns as id,title,due")?;
            Ok(())
        },
        show: |config| {
            let names: Vec<&str> = config.list_columns.iter().map(|column| column.name()).collect();
            shown_option(Some(names.join(",")).filter(|names| !names.is_empty()).as_ref(), AUTO)
        },
    },
    number!(agenda_days, 1..=366, "agenda.days", "TASKS_AGENDA_DAYS", "days ahead that tasks without a verb shows"),
    choice!(color: ColorWhen, "output.color", "TASKS_OUTPUT_COLOR",
        "when to use colours; auto is on a terminal without NO_COLOR"),
    choice!(theme: Theme, "output.theme", "TASKS_OUTPUT_THEME", "which colours"),
    choice!(hyperlinks: Hyperlinks, "output.hyperlinks", "TASKS_OUTPUT_HYPERLINKS",
        "when to write links that a terminal opens"),
    Setting {
        name: "output.pager",
        meaning: "what long answers are shown with; auto is PAGER, or less",
        kind: Kind::Text("auto, never, or a command as \"less -R\""),
        variable: "TASKS_OUTPUT_PAGER",
        scope: Scope::Local,
        apply: |config, text| {
            config.pager = match text.to_ascii_lowercase().as_str() {
                AUTO => Pager::Auto,
                NEVER => Pager::Never,
                _ => Pager::Command(value::line(text)?),
            };
            Ok(())
        },
        show: |config| match &config.pager {
            Pager::Auto => AUTO.to_owned(),
            Pager::Never => NEVER.to_owned(),
            Pager::Command(command) => command.clone(),
        },
    },
    Setting {
        name: "output.relative_dates",
        meaning: "whether dates say how far away they are",
        kind: Kind::Flag,
        variable: "TASKS_OUTPUT_RELATIVE_DATES",
        scope: Scope::Local,
        apply: |config, text| value::flag(text).map(|on| config.relative_dates = on),
        show: |config| config.relative_dates.to_string(),
    },
    text!(editor or AUTO, Scope::Local, "editor", "TASKS_EDITOR",
        "what texts are edited with; auto is VISUAL or EDITOR", "auto, or a command as \"code --wait\""),
    Setting {
        name: "reminder.default",
        meaning: "how long before its due time a new task with a time reminds, when nothing is said",
        kind: Kind::Text("none, or a length of time as \"15 minutes\""),
        variable: "TASKS_REMINDER_DEFAULT",
        scope: Scope::Account,
        apply: |config, text| {
            let reminder = unless(NONE, text)?;
            let length = reminder.as_deref().map(tasks_language::read_duration).transpose();
            config.language.reminder = length.map_err(|_| "a length of time")?;
            config.reminder = reminder;
            Ok(())
        },
        show: |config| shown_option(config.reminder.as_ref(), NONE),
    },
    text!(channels.notify_command or NONE, Scope::Local, "notify_command", "TASKS_NOTIFY_COMMAND",
        "what shows a reminder where no desktop does; it finds TASKS_TITLE and TASKS_BODY in its environment",
        "none, or a command as 'wall \"$TASKS_TITLE\"'"),
    text!(channels.open_command or AUTO, Scope::Local, "open_command", "TASKS_OPEN_COMMAND",
        "what the button Open of a reminder runs, with TASKS_ID; auto is a terminal with tasks show",
        "auto, or a command as 'kitty tasks show $TASKS_ID'"),
    Setting {
        name: "email.server",
        meaning: "the server that takes mails; smtps is TLS from the start, smtp is STARTTLS, smtp+plain stays on this machine",
        kind: Kind::Text("none, or a server as smtps://mail.example.org"),
        variable: "TASKS_EMAIL_SERVER",
        scope: Scope::Local,
        apply: |config, text| {
            let server = unless(NONE, text)?.map(|text| text.parse::<MailServer>()).transpose()?;
            config.channels.server = server.map(|server| server.to_string());
            Ok(())
        },
        show: |config| shown_option(config.channels.server.as_ref(), NONE),
    },
    mailbox!(channels.from, "email.from", "TASKS_EMAIL_FROM", "who sends the mails"),
    mailbox!(channels.to, "email.to", "TASKS_EMAIL_TO", "who gets the mails that name nobody"),
    text!(channels.user or NONE, Scope::Local, "email.user", "TASKS_EMAIL_USER",
        "the name that the mail server knows you by", "none, or a name"),
    path!(
        channels.password_file,
        "email.password_file",
        "TASKS_EMAIL_PASSWORD_FILE",
        "the file whose first line is the password for the mail server"
    ),
    path!(
        channels.webhook_secret_file,
        "webhook.secret_file",
        "TASKS_WEBHOOK_SECRET_FILE",
        "the file whose first line is the secret that webhooks are signed with"
    ),
    text!(context or NONE, Scope::Local, "context", "TASKS_CONTEXT",
        "the view or filter that lists are narrowed to", "none, the name of a view, or a filter"),
];

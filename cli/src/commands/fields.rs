//! The flags that set fields of a task, shared by add and edit.

use crate::error::CliError;
use tasks_proto::v1;

/// The word that clears a field, beside the empty text.
const NONE: &str = "none";

/// Flags that set fields.
#[derive(clap::Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Fields")]
pub(super) struct FieldArgs {
    /// When it is due: "fri 3pm", 2026-12-24, "in 2 hours"; none clears it
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(super) due: Option<String>,
    /// How much it matters: low, medium, high, urgent, or p4 to p1
    #[arg(long, short = 'p', value_name = "PRIORITY")]
    pub(super) priority: Option<String>,
    /// A tag to add, or with `-` in front one to take off; none takes all off. Can be repeated
    #[arg(long = "tag", short = 't', value_name = "TAG", allow_hyphen_values = true)]
    pub(super) tags: Vec<String>,
    /// The project it belongs to, as home/garden; none clears it
    #[arg(long, value_name = "PROJECT")]
    pub(super) project: Option<String>,
    /// Text below the title (Markdown); none clears it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) notes: Option<String>,
    /// The task it is a part of; none clears it
    #[arg(long, value_name = "ID")]
    pub(super) parent: Option<String>,
    /// A task that must end first, or with `-` in front no longer; none clears all. Can be repeated
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(super) after: Vec<String>,
    /// How long it takes: 30m, 2h, "1 day"; none clears it
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub(super) estimate: Option<String>,
    /// When to remind: "15 minutes before", "the day before at 18:00", "tomorrow 9am"; none for not at all. Can be repeated
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(super) remind: Vec<String>,
    /// Hide it until then: monday, 2026-12-01; none clears it
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(super) wait: Option<String>,
    /// It comes again: "every monday at 9", "every 3 days after completion", an RRULE; none ends that
    #[arg(long, value_name = "RULE", allow_hyphen_values = true)]
    pub(super) repeat: Option<String>,
}

impl FieldArgs {
    /// Whether no flag was given.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As requests carry them; `none` becomes the empty text, or the flag, that clears.
    pub(super) fn to_wire(&self) -> Result<v1::Fields, CliError> {
        let value = |text: &Option<String>| {
            text.as_deref().map(|text| if is_none(text) { String::new() } else { text.to_owned() })
        };
        let (remove_tags, add_tags) = signed(&self.tags, "tag")?;
        let (remove_after, add_after) = signed(&self.after, "id")?;
        Ok(v1::Fields {
            title: None,
            due: value(&self.due),
            priority: value(&self.priority),
            project: value(&self.project),
            notes: value(&self.notes),
            estimate: value(&self.estimate),
            wait: value(&self.wait),
            parent: value(&self.parent),
            add_tags,
            remove_tags,
            add_after,
            remove_after,
            clear_tags: self.tags.iter().any(|tag| is_none(tag)),
            clear_after: self.after.iter().any(|reference| is_none(reference)),
            remind: self.remind.clone(),
            repeat: value(&self.repeat),
            rule: None,
        })
    }
}

fn is_none(text: &str) -> bool {
    text.trim().is_empty() || text.trim().eq_ignore_ascii_case(NONE)
}

/// Those with a `-` in front, without it, and the others; `none` is in neither.
fn signed(values: &[String], what: &str) -> Result<(Vec<String>, Vec<String>), CliError> {
    let (mut remove, mut add) = (Vec::new(), Vec::new());
    for value in values.iter().filter(|value| !is_none(value)) {
        match value.strip_prefix('-') {
            Some("") => {
                return Err(CliError::usage(
                    format!("`-` names no {what}"),
                    format!("name the {what} behind it, as -old"),
                ));
            }
            Some(name) => remove.push(name.to_owned()),
            None => add.push(value.clone()),
        }
    }
    Ok((remove, add))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_the_empty_text_clear_and_a_minus_takes_off() {
        let args = FieldArgs {
            due: Some("None".into()),
            project: Some(String::new()),
            priority: Some("high".into()),
            tags: vec!["new".into(), "-old".into()],
            after: vec!["none".into()],
            ..FieldArgs::default()
        };
        let fields = args.to_wire().unwrap();
        assert_eq!((fields.due.as_deref(), fields.project.as_deref()), (Some(""), Some("")));
        assert_eq!((fields.priority.as_deref(), fields.wait), (Some("high"), None));
        assert_eq!((fields.add_tags, fields.remove_tags), (vec!["new".to_owned()], vec!["old".to_owned()]));
        assert!(fields.clear_after && !fields.clear_tags && fields.add_after.is_empty());
    }
}

//! The columns that a list of tasks can have.

use tasks_domain::words::distance;

/// Slips of the finger in a name that is still taken for a known one.
const SLIPS_MAX: usize = 2;

/// A column. The titles take what room is left; labels shrink to some degree; the others are there or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Number or letters, to the right.
    Id,
    /// The title; in trees with the lines that lead to it.
    Title,
    /// Date or time it is due.
    Due,
    /// How far that is.
    Relative,
    /// Started, waiting and the like, and how much of its parts is done.
    State,
    /// Priority.
    Priority,
    /// Project and tags.
    Labels,
    /// Project.
    Project,
    /// Tags.
    Tags,
    /// How pressing it is.
    Urgency,
    /// Expected effort.
    Estimate,
    /// Parts that are done, of how many.
    Progress,
    /// First moment of a period.
    Start,
    /// Last moment of a period.
    End,
    /// Hidden until then.
    Wait,
    /// When it was made.
    Created,
    /// When it was last changed.
    Modified,
    /// When it was started.
    Started,
    /// When it was done.
    Done,
    /// When it was deleted.
    Deleted,
    /// The first line of the notes.
    Notes,
    /// All letters of the id.
    Letters,
}

impl Column {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 22] = [
        Self::Id,
        Self::Title,
        Self::Due,
        Self::Relative,
        Self::State,
        Self::Priority,
        Self::Labels,
        Self::Project,
        Self::Tags,
        Self::Urgency,
        Self::Estimate,
        Self::Progress,
        Self::Start,
        Self::End,
        Self::Wait,
        Self::Created,
        Self::Modified,
        Self::Started,
        Self::Done,
        Self::Deleted,
        Self::Notes,
        Self::Letters,
    ];

    /// Those of a list on a screen, when nobody chose.
    pub const USUAL: [Self; 7] =
        [Self::Id, Self::Title, Self::Due, Self::Relative, Self::State, Self::Priority, Self::Labels];

    /// Those of a list in a pipe: words without blanks, the title last.
    pub const PLAIN: [Self; 7] =
        [Self::Id, Self::Due, Self::Priority, Self::State, Self::Project, Self::Tags, Self::Title];

    /// As it is written after `--columns`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Due => "due",
            Self::Relative => "relative",
            Self::State => "status",
            Self::Priority => "priority",
            Self::Labels => "labels",
            Self::Project => "project",
            Self::Tags => "tags",
            Self::Urgency => "urgency",
            Self::Estimate => "estimate",
            Self::Progress => "progress",
            Self::Start => "start",
            Self::End => "end",
            Self::Wait => "wait",
            Self::Created => "created",
            Self::Modified => "modified",
            Self::Started => "started",
            Self::Done => "done",
            Self::Deleted => "deleted",
            Self::Notes => "notes",
            Self::Letters => "letters",
        }
    }

    /// Which go first when a list that nobody chose the columns of is too wide; 0 never goes.
    pub(crate) fn drops(self) -> u8 {
        match self {
            Self::Id | Self::Title => 0,
            Self::Due => 1,
            Self::Priority => 2,
            Self::State => 3,
            Self::Relative => 5,
            _ => 4,
        }
    }

    /// Whether it can be shown in part.
    pub(crate) fn shrinks(self) -> bool {
        matches!(self, Self::Labels | Self::Project | Self::Tags | Self::Notes)
    }

    /// Whether its cells stand to the right, as numbers do.
    pub(crate) fn is_right(self) -> bool {
        matches!(self, Self::Id | Self::Urgency | Self::Progress)
    }
}

/// Reads the name of a column; the error names the nearest.
pub fn read_column(text: &str) -> Result<Column, String> {
    let word = text.trim().to_lowercase();
    let meant = match word.as_str() {
        "number" => "id",
        "description" => "title",
        "state" => "status",
        "tag" => "tags",
        "uuid" => "letters",
        "entry" | "age" => "created",
        "when" | "in" => "relative",
        word => word,
    };
    if let Some(column) = Column::ALL.into_iter().find(|column| column.name() == meant) {
        return Ok(column);
    }
    let near = Column::ALL
        .into_iter()
        .filter_map(|column| Some((distance(meant, column.name(), SLIPS_MAX)?, column.name())))
        .min();
    let names = || Column::ALL.map(Column::name).join(", ");
    Err(match near {
        Some((_, name)) if !word.is_empty() => {
            format!("did you mean `{name}`? There are {}", names())
        }
        _ => format!("there are {}", names()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_read_by_its_name() {
        for column in Column::ALL {
            assert_eq!(read_column(column.name()), Ok(column));
        }
        assert_eq!(read_column(" Description"), Ok(Column::Title));
    }

    #[test]
    fn an_unknown_column_names_the_nearest() {
        assert!(read_column("projcet").unwrap_err().starts_with("did you mean `project`?"));
        assert!(read_column("colour").unwrap_err().starts_with("there are id, title, due"));
        assert!(read_column("").unwrap_err().starts_with("there are"));
    }
}

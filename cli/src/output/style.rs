//! Colours, by what they mean.

use anstyle::{AnsiColor, Style};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading of a section.
    Heading,
    /// A number or id.
    Id,
    /// Something to read past: hints, what goes without saying.
    Faint,
    /// A date that has passed.
    Overdue,
    /// A date that is near.
    Soon,
    /// A priority above high.
    Urgent,
    /// A priority above medium.
    High,
    /// A project.
    Project,
    /// A tag.
    Tag,
    /// A task that is being worked on.
    Started,
    /// Something was done.
    Good,
    /// The word `error`.
    Error,
    /// The word `warning`.
    Warning,
    /// The word `hint`.
    Hint,
    /// A stretch of text that was understood.
    Understood,
    /// Nothing in particular.
    Plain,
}

impl Role {
    /// The sixteen colours of the terminal only, so that its own theme decides.
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        match self {
            Self::Heading => Style::new().bold(),
            Self::Id => colour(AnsiColor::Cyan),
            Self::Faint => Style::new().dimmed(),
            Self::Overdue => colour(AnsiColor::Red),
            Self::Soon | Self::High => colour(AnsiColor::Yellow),
            Self::Urgent | Self::Error => colour(AnsiColor::Red).bold(),
            Self::Project => colour(AnsiColor::Blue),
            Self::Tag => colour(AnsiColor::Magenta),
            Self::Started | Self::Good => colour(AnsiColor::Green).bold(),
            Self::Warning => colour(AnsiColor::Yellow).bold(),
            Self::Hint => colour(AnsiColor::Cyan).bold(),
            Self::Understood => colour(AnsiColor::Green).underline(),
            Self::Plain => Style::new(),
        }
    }
}

/// Whether to paint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Colours, or none.
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    /// Whether colours are on.
    pub fn is_on(self) -> bool {
        self.on
    }

    /// The text in the colours of its role. It must be harmless already.
    pub fn apply(self, role: Role, text: &str) -> String {
        let style = role.style();
        if !self.on || text.is_empty() || style.is_plain() {
            return text.to_owned();
        }
        format!("{}{text}{}", style.render(), style.render_reset())
    }
}

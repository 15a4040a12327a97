//! Colours, by what they mean, and links.

use super::links;
use super::theme::{Hue, Palette};
use anstyle::Style;

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
    /// Where one is: today in a calendar.
    Here,
    /// A bar of a chart.
    Bar,
    /// Notes: strong words.
    Strong,
    /// Notes: words with a stress.
    Emphasis,
    /// Notes: words that hold no more.
    Struck,
    /// Notes: program text.
    Code,
    /// Notes: words that lead somewhere.
    Link,
    /// Nothing in particular.
    Plain,
}

impl Role {
    /// All of them, for the test that they can be read.
    #[cfg(test)]
    pub(super) const ALL: [Self; 23] = [
        Self::Heading,
        Self::Id,
        Self::Faint,
        Self::Overdue,
        Self::Soon,
        Self::Urgent,
        Self::High,
        Self::Project,
        Self::Tag,
        Self::Started,
        Self::Good,
        Self::Error,
        Self::Warning,
        Self::Hint,
        Self::Understood,
        Self::Here,
        Self::Bar,
        Self::Strong,
        Self::Emphasis,
        Self::Struck,
        Self::Code,
        Self::Link,
        Self::Plain,
    ];

    pub(super) fn style(self, palette: Palette) -> Style {
        let hue = |hue: Hue| palette.style(hue);
        match self {
            Self::Heading | Self::Strong => Style::new().bold(),
            Self::Id | Self::Code => hue(Hue::Cyan),
            Self::Faint => hue(Hue::Grey),
            Self::Overdue => hue(Hue::Red),
            Self::Soon | Self::High => hue(Hue::Yellow),
            Self::Urgent | Self::Error => hue(Hue::Red).bold(),
            Self::Project => hue(Hue::Blue),
            Self::Tag => hue(Hue::Magenta),
            Self::Started | Self::Good => hue(Hue::Green).bold(),
            Self::Warning => hue(Hue::Yellow).bold(),
            Self::Hint => hue(Hue::Cyan).bold(),
            Self::Understood => hue(Hue::Green).underline(),
            Self::Here => Style::new().bold().invert(),
            Self::Bar => hue(Hue::Green),
            Self::Emphasis => Style::new().italic(),
            Self::Struck => hue(Hue::Grey).strikethrough(),
            Self::Link => hue(Hue::Blue).underline(),
            Self::Plain => Style::new(),
        }
    }
}

/// How texts are dressed: whether and how they are painted, whether places on the web become links, and whether dates tell how far
/// they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    palette: Option<Palette>,
    links: bool,
    no_distances: bool,
}

impl Paint {
    /// In these colours, or in none.
    pub(super) fn new(palette: Option<Palette>, links: bool) -> Self {
        Self { palette, links, no_distances: false }
    }

    /// The same where dates tell how far they are, or do not.
    pub(super) fn with_distances(self, told: bool) -> Self {
        Self { no_distances: !told, ..self }
    }

    /// " (in 3 days)" behind a date, if that is wanted.
    pub(super) fn distance(self, words: &str) -> String {
        if self.no_distances || words.is_empty() {
            return String::new();
        }
        format!(" {}", self.apply(Role::Faint, &format!("({words})")))
    }

    /// No colours and no links.
    pub fn none() -> Self {
        Self { palette: None, links: false, no_distances: false }
    }

    /// Whether colours are on.
    pub fn is_on(self) -> bool {
        self.palette.is_some()
    }

    /// The text in the colours of its role. It must be harmless already.
    pub fn apply(self, role: Role, text: &str) -> String {
        let Some(palette) = self.palette else { return text.to_owned() };
        let style = role.style(palette);
        if text.is_empty() || style.is_plain() {
            return text.to_owned();
        }
        format!("{}{text}{}", style.render(), style.render_reset())
    }

    /// The same, where addresses in it become links. `whole` is what the text was cut from, so that half an address leads to all of it.
    pub fn apply_linked(self, role: Role, text: &str, whole: &str) -> String {
        if !self.links || !whole.contains(':') {
            return self.apply(role, text);
        }
        self.apply(role, &links::mark(text, whole))
    }

    /// The text as a link to this address, where the terminal knows links; else the text alone.
    pub fn link(self, text: &str, address: &str) -> String {
        if self.links { links::to(text, address) } else { text.to_owned() }
    }

    /// Whether links are on.
    pub fn has_links(self) -> bool {
        self.links
    }
}

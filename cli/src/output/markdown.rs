//! Notes, which are Markdown, as people read them on a terminal.

use super::style::{Paint, Role};
use super::text::{clean, width};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Levels of lists and quotes that move text to the right.
const LEVELS_MAX: usize = 6;
/// Widest rule.
const RULE: usize = 40;

/// The lines of a text, at most `columns` wide but for words and program text that are longer.
pub(super) fn render(text: &str, paint: Paint, columns: usize, is_unicode: bool) -> Vec<String> {
    let mut page = Page { paint, columns, is_unicode, ..Page::default() };
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(text, options) {
        page.take(event);
    }
    page.end_line();
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    page.lines
}

/// Letters of one look that stand together.
struct Piece {
    text: String,
    role: Role,
    /// Where it leads.
    address: Option<String>,
}

/// Pieces with no blank between them.
type Word = Vec<Piece>;

/// What text stands within.
enum Level {
    Quote,
    /// The number of its next point; none for dots.
    List(Option<u64>),
    /// A point, whose further lines stand below its text, so many columns to the right.
    Point(usize),
}

#[derive(Default)]
struct Page {
    paint: Paint,
    columns: usize,
    is_unicode: bool,
    lines: Vec<String>,
    levels: Vec<Level>,
    roles: Vec<Role>,
    addresses: Vec<String>,
    words: Vec<Word>,
    /// The next letters begin a new word.
    is_parted: bool,
    /// What stands before the first line of a point.
    marker: String,
    in_code: bool,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.code(&text),
            Event::Text(text) => self.text(&text, self.roles.last().copied().unwrap_or(Role::Plain)),
            Event::Code(text) => self.text(&text, Role::Code),
            // Tags are not for terminals; nothing is hidden.
            Event::Html(text) | Event::InlineHtml(text) => {
                for (index, line) in text.lines().enumerate() {
                    if index > 0 {
                        self.end_line();
                    }
                    self.text(line, Role::Faint);
                }
            }
            // Who writes notes line by line means the lines.
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::Rule => {
                self.blank();
                let room = self.columns.saturating_sub(self.left().0).clamp(3, RULE);
                let line = if self.is_unicode { "─" } else { "-" }.repeat(room);
                self.push(&self.paint.apply(Role::Faint, &line));
            }
            Event::TaskListMarker(done) => {
                let sign = match (done, self.is_unicode) {
                    (true, true) => "☑",
                    (false, true) => "☐",
                    (true, false) => "[x]",
                    (false, false) => "[ ]",
                };
                // The box stands for the dot.
                self.marker = format!("{} ", self.paint.apply(if done { Role::Good } else { Role::Plain }, sign));
                if let Some(Level::Point(columns)) = self.levels.last_mut() {
                    *columns = width(sign) + 1;
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.blank_between(),
            Tag::Heading { .. } => {
                self.blank();
                self.roles.push(Role::Heading);
            }
            Tag::BlockQuote(_) => {
                self.blank_between();
                self.levels.push(Level::Quote);
            }
            Tag::CodeBlock(kind) => {
                self.blank_between();
                self.in_code = true;
                if let CodeBlockKind::Fenced(language) = kind
                    && !language.is_empty()
                {
                    self.push(&self.paint.apply(Role::Faint, &clean(&language)));
                }
            }
            Tag::List(first) => {
                self.end_line();
                if !self.levels.iter().any(|level| matches!(level, Level::List(_))) {
                    self.blank();
                }
                self.levels.push(Level::List(first));
            }
            Tag::Item => self.begin_point(),
            Tag::Emphasis => self.roles.push(Role::Emphasis),
            Tag::Strong => self.roles.push(Role::Strong),
            Tag::Strikethrough => self.roles.push(Role::Struck),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.roles.push(Role::Link);
                self.addresses.push(dest_url.into_string());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_line(),
            TagEnd::Heading(_) => {
                self.end_line();
                self.roles.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.end_line();
                self.levels.pop();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => _ = self.roles.pop(),
            TagEnd::Link | TagEnd::Image => {
                self.roles.pop();
                self.end_link();
            }
            _ => {}
        }
    }

    fn begin_point(&mut self) {
        self.end_line();
        let marker = match self.levels.last_mut() {
            Some(Level::List(Some(number))) => {
                *number = number.saturating_add(1);
                format!("{}. ", *number - 1)
            }
            _ if self.is_unicode => "• ".to_owned(),
            _ => "- ".to_owned(),
        };
        self.levels.push(Level::Point(width(&marker)));
        self.marker = marker;
    }

    /// Where the terminal has no links, the address stands behind its words, unless they say it.
    fn end_link(&mut self) {
        let Some(address) = self.addresses.pop() else { return };
        let said: String = self
            .words
            .iter()
            .flatten()
            .filter(|piece| piece.role == Role::Link)
            .map(|piece| piece.text.as_str())
            .collect();
        if !self.paint.has_links() && !address.is_empty() && !said.ends_with(clean(&address).as_ref()) {
            self.is_parted = true;
            self.text(&format!("({address})"), Role::Faint);
        }
    }

    fn text(&mut self, text: &str, role: Role) {
        let text = clean(text);
        for part in text.split_inclusive([' ', '\t']) {
            let word = part.trim_end_matches([' ', '\t']);
            if !word.is_empty() {
                let piece = Piece { text: word.to_owned(), role, address: self.addresses.last().cloned() };
                match self.words.last_mut() {
                    Some(last) if !self.is_parted => last.push(piece),
                    _ => self.words.push(vec![piece]),
                }
                self.is_parted = false;
            }
            self.is_parted |= word.len() < part.len();
        }
    }

    fn code(&mut self, text: &str) {
        for line in text.lines() {
            let line = clean(&line.replace('\t', "    ")).into_owned();
            self.push(&format!("  {}", self.paint.apply(Role::Code, &line)));
        }
    }

    /// A blank line, unless there is one or nothing above.
    fn blank(&mut self) {
        self.end_line();
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// The same, but not before the first text of a point.
    fn blank_between(&mut self) {
        self.end_line();
        if self.marker.is_empty() {
            self.blank();
        }
    }

    /// Columns to the left of the text, and what stands there.
    fn left(&self) -> (usize, String) {
        let mut text = String::new();
        let mut columns = 0;
        for level in self.levels.iter().filter(|level| !matches!(level, Level::List(_))).take(LEVELS_MAX) {
            match level {
                Level::Quote => {
                    text.push_str(&self.paint.apply(Role::Faint, if self.is_unicode { "│ " } else { "> " }));
                    columns += 2;
                }
                Level::Point(wide) => {
                    text.push_str(&" ".repeat(*wide));
                    columns += wide;
                }
                Level::List(_) => {}
            }
        }
        (columns, text)
    }

    /// Writes a line; the first of a point gets its marker.
    fn push(&mut self, line: &str) {
        let (_, left) = self.left();
        let marker = std::mem::take(&mut self.marker);
        let before = match self.levels.last() {
            Some(Level::Point(wide)) if !marker.is_empty() => {
                let end = left.len().saturating_sub(*wide);
                format!("{}{marker}", &left[..end])
            }
            _ => left,
        };
        self.lines.push(format!("{before}{line}").trim_end().to_owned());
    }

    /// Writes the words that wait, in as many lines as they need.
    fn end_line(&mut self) {
        self.is_parted = false;
        let words = std::mem::take(&mut self.words);
        let room = self.columns.saturating_sub(self.left().0).max(12);
        let (mut line, mut used) = (String::new(), 0);
        for word in &words {
            let wide: usize = word.iter().map(|piece| width(&piece.text)).sum();
            if used > 0 && used + 1 + wide > room {
                self.push(&std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            word.iter().for_each(|piece| line.push_str(&self.painted(piece)));
            used += wide;
        }
        if !line.is_empty() {
            self.push(&line);
        }
    }

    fn painted(&self, piece: &Piece) -> String {
        match &piece.address {
            Some(address) => self.paint.link(&self.paint.apply(piece.role, &piece.text), address),
            None => self.paint.apply_linked(piece.role, &piece.text, &piece.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, columns: usize) -> Vec<String> {
        render(text, Paint::none(), columns, true)
    }

    #[test]
    fn blocks_stand_apart_and_lists_together() {
        let text = "# Plan\nFirst **this**, then *that*.\n\n- one\n- two\n  1. a\n  2. b\n- [x] done\n- [ ] not\n\n> said\n> so\n\n```sh\nmake\ttest\n```\nend";
        let want = [
            "Plan",
            "",
            "First this, then that.",
            "",
            "• one",
            "• two",
            "  1. a",
            "  2. b",
            "☑ done",
            "☐ not",
            "",
            "│ said",
            "│ so",
            "",
            "sh",
            "  make    test",
            "",
            "end",
        ];
        assert_eq!(shown(text, 60), want);
    }

    #[test]
    fn words_break_at_the_edge_below_where_they_began() {
        assert_eq!(shown("- one two three four", 14), ["• one two", "  three four"]);
        assert_eq!(shown("> one two three", 12), ["│ one two", "│ three"]);
        assert_eq!(shown("**bo**ld, and", 12), ["bold, and"]);
    }

    #[test]
    fn addresses_are_not_lost() {
        assert_eq!(shown("see [the wiki](https://a.example/x) now", 60), ["see the wiki (https://a.example/x) now"]);
        assert_eq!(shown("<https://a.example/x>", 60), ["https://a.example/x"]);
        let links = Paint::new(None, true);
        assert_eq!(
            render("[a b](https://a.example)", links, 60, true),
            ["\x1b]8;;https://a.example\x1b\\a\x1b]8;;\x1b\\ \x1b]8;;https://a.example\x1b\\b\x1b]8;;\x1b\\"]
        );
    }

    #[test]
    fn nothing_in_notes_reaches_the_terminal_as_a_command() {
        let text = "a \x1b[2J `\x1b]0;x\x07` [x](https://a.example/\x1b\\) <b>\x1b</b>\n\n    \x1b[31mcode\n\n```\x1b[1m\nx\x1b\n```\n\u{202e}";
        let all = render(text, Paint::new(None, true), 60, true).join("\n");
        let links = all.matches("\x1b]8;;").count() + all.matches("\x1b\\").count();
        assert_eq!(all.matches('\x1b').count(), links, "{all:?}");
        assert!(!all.contains(['\x07', '\u{202e}']), "{all:?}");
    }

    #[test]
    fn hostile_nesting_neither_hangs_nor_grows() {
        for text in
            [">".repeat(20_000), "- ".repeat(20_000), "*".repeat(50_000), "[".repeat(50_000), "1. ".repeat(10_000)]
        {
            let lines = shown(&format!("{text}x"), 40);
            assert!(lines.iter().map(String::len).sum::<usize>() < 2_000_000);
        }
    }
}

//! The objects of a JSON file of any length, one by one, each with its place: those of the arrays `records` and `tasks` of a
//! document, or one after the other.

use super::{Place, Problem};
use std::io::{self, BufRead};

/// Longest object that is read, in bytes: the longest notes with every character escaped, and room for the rest.
const OBJECT_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Longest word outside of objects.
const WORD_BYTES_MAX: usize = 1_000;

/// Where the reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Start,
    /// One object after the other.
    Row,
    /// In an array; whether it is a document's, and whether an object went before.
    Array {
        of_document: bool,
        after_object: bool,
    },
    End,
}

/// An object as it is in the file.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) place: Place,
    pub(super) bytes: Vec<u8>,
}

/// Reads them.
pub(super) struct Objects<R> {
    input: R,
    state: State,
    place: Place,
    bytes: u64,
    /// What of an object was read already to find out what it is.
    begun: Option<Object>,
}

impl<R: BufRead> Objects<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, state: State::Start, place: Place { line: 1, column: 1 }, bytes: 0, begun: None }
    }

    /// Bytes read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next object; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Object, Problem>> {
        match self.step() {
            Ok(object) => object.map(Ok),
            Err(problem) => Some(Err(problem)),
        }
    }

    fn step(&mut self) -> Result<Option<Object>, Problem> {
        loop {
            match self.state {
                State::Start => self.start()?,
                State::End => return Ok(None),
                State::Row => {
                    if self.begun.is_none() {
                        match self.skip_blanks()? {
                            None => self.state = State::End,
                            Some(b'{') => {}
                            Some(_) => return Err(self.stray("a task begins with {")),
                        }
                    }
                    if self.state == State::Row {
                        return self.object().map(Some);
                    }
                }
                State::Array { of_document, after_object } => match self.skip_blanks()? {
                    Some(b',') if after_object => {
                        self.take()?;
                        self.state = State::Array { of_document, after_object: false };
                    }
                    Some(b'{') if !after_object => {
                        self.state = State::Array { of_document, after_object: true };
                        return self.object().map(Some);
                    }
                    Some(b']') => {
                        self.take()?;
                        self.state = if of_document { self.members()? } else { self.last()? };
                    }
                    Some(_) => {
                        self.state = State::Array { of_document, after_object: false };
                        return Err(self.stray("the tasks of the array must be objects with commas between them"));
                    }
                    None => {
                        self.state = State::End;
                        return Err(self.problem("the array of tasks has no end"));
                    }
                },
            }
        }
    }

    fn start(&mut self) -> Result<(), Problem> {
        if self.peek()? == Some(0xef) {
            // Files that begin with a byte order mark are common.
            for _ in 0..3 {
                self.take()?;
            }
            self.place.column = 1;
        }
        match self.skip_blanks()? {
            None => self.state = State::End,
            Some(b'[') => {
                self.take()?;
                self.state = State::Array { of_document: false, after_object: false };
            }
            Some(b'{') => {
                let place = self.place;
                let mut bytes = vec![b'{'];
                self.take()?;
                self.skip_blanks()?;
                if self.peek()? == Some(b'"') {
                    let key = self.string()?;
                    if matches!(key.as_str(), "version" | "records" | "tasks" | "more") {
                        self.state = self.value_of(&key)?;
                        return Ok(());
                    }
                    bytes.extend(serde_json::to_vec(&key).unwrap_or_default());
                }
                self.begun = Some(Object { place, bytes });
                self.state = State::Row;
            }
            Some(_) => {
                self.state = State::Row;
                return Err(self.stray("this is neither a document with tasks nor a task"));
            }
        }
        Ok(())
    }

    /// The members of a document from behind one on.
    fn members(&mut self) -> Result<State, Problem> {
        self.state = State::End;
        match self.skip_blanks()? {
            Some(b',') => {
                self.take()?;
                self.skip_blanks()?;
                let key = self.string()?;
                self.value_of(&key)
            }
            Some(b'}') => {
                self.take()?;
                self.last()
            }
            _ => Err(self.problem("the document has no end")),
        }
    }

    fn value_of(&mut self, key: &str) -> Result<State, Problem> {
        self.state = State::End;
        if self.skip_blanks()? != Some(b':') {
            return Err(self.problem(&format!("`{key}` has no value")));
        }
        self.take()?;
        match (key, self.skip_blanks()?) {
            ("records" | "tasks", Some(b'[')) => {
                self.take()?;
                Ok(State::Array { of_document: true, after_object: false })
            }
            ("records" | "tasks", _) => Err(self.problem(&format!("`{key}` is no array"))),
            (_, Some(b'[' | b'{' | b'"')) => Err(self.problem(&format!("this build does not know the key `{key}`"))),
            _ => {
                let word = self.word()?;
                match (key, word.as_str()) {
                    ("version", "1") | ("more", "true" | "false" | "null") => self.members(),
                    ("version", _) => Err(self.problem(&format!("version {word} is not one that this build reads"))),
                    _ => Err(self.problem(&format!("this build does not know the key `{key}`"))),
                }
            }
        }
    }

    /// Nothing but blanks may follow.
    fn last(&mut self) -> Result<State, Problem> {
        self.state = State::End;
        match self.skip_blanks()? {
            None => Ok(State::End),
            Some(_) => Err(self.problem("there is something behind the end")),
        }
    }

    /// One object from its `{` to its `}`.
    fn object(&mut self) -> Result<Object, Problem> {
        let begun = self.begun.take();
        let mut object = begun.unwrap_or_else(|| Object { place: self.place, bytes: Vec::new() });
        let place = object.place;
        let mut scan = Scan { depth: u32::from(!object.bytes.is_empty()), ..Scan::default() };
        loop {
            let part = match self.input.fill_buf() {
                Ok(part) => part,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.failed(&error)),
            };
            if part.is_empty() {
                self.state = State::End;
                return Err(Problem { place, message: "the object that begins here has no end".to_owned() });
            }
            let (used, found) = scan.over(part, &mut self.place);
            object.bytes.extend_from_slice(&part[..used]);
            self.input.consume(used);
            self.bytes += used as u64;
            match found {
                Found::End => return Ok(object),
                Found::Broken => {
                    return Err(Problem { place, message: "the object that begins here is broken".to_owned() });
                }
                Found::More if object.bytes.len() > OBJECT_BYTES_MAX => {
                    self.skip_line()?;
                    let message = format!("the object that begins here is longer than {OBJECT_BYTES_MAX} bytes");
                    return Err(Problem { place, message });
                }
                Found::More => {}
            }
        }
    }

    fn string(&mut self) -> Result<String, Problem> {
        let mut bytes = Vec::new();
        let mut escaped = false;
        loop {
            match self.take()? {
                Some(b'"') if !bytes.is_empty() && !escaped => {
                    bytes.push(b'"');
                    break;
                }
                Some(byte) if byte != b'\n' && bytes.len() < WORD_BYTES_MAX => {
                    escaped = byte == b'\\' && !escaped;
                    bytes.push(byte);
                }
                _ => return Err(self.problem("a key is broken")),
            }
        }
        serde_json::from_slice(&bytes).map_err(|_| self.problem("a key is broken"))
    }

    fn word(&mut self) -> Result<String, Problem> {
        let mut word = String::new();
        while let Some(byte) = self.peek()?
            && (byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && word.len() < WORD_BYTES_MAX
        {
            self.take()?;
            word.push(char::from(byte));
        }
        Ok(word)
    }

    /// A problem here, where no object is; goes on behind the line, or at the next object of an array.
    fn stray(&mut self, message: &str) -> Problem {
        let problem = self.problem(message);
        let skipped = if self.state == State::Row { self.skip_line() } else { self.skip_to_object() };
        skipped.err().unwrap_or(problem)
    }

    fn skip_line(&mut self) -> Result<(), Problem> {
        while let Some(byte) = self.take()? {
            if byte == b'\n' {
                break;
            }
        }
        Ok(())
    }

    fn skip_to_object(&mut self) -> Result<(), Problem> {
        while let Some(byte) = self.peek()? {
            if byte == b'{' || byte == b']' {
                break;
            }
            self.take()?;
        }
        Ok(())
    }

    fn skip_blanks(&mut self) -> Result<Option<u8>, Problem> {
        while let Some(byte) = self.peek()? {
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Ok(Some(byte));
            }
            self.take()?;
        }
        Ok(None)
    }

    fn peek(&mut self) -> Result<Option<u8>, Problem> {
        loop {
            match self.input.fill_buf() {
                Ok(part) => return Ok(part.first().copied()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.failed(&error)),
            }
        }
    }

    fn take(&mut self) -> Result<Option<u8>, Problem> {
        let Some(byte) = self.peek()? else { return Ok(None) };
        self.input.consume(1);
        self.bytes += 1;
        advance(&mut self.place, byte);
        Ok(Some(byte))
    }

    fn problem(&self, message: &str) -> Problem {
        Problem { place: self.place, message: message.to_owned() }
    }

    fn failed(&mut self, error: &io::Error) -> Problem {
        self.state = State::End;
        self.problem(&format!("the file cannot be read on: {error}"))
    }
}

fn advance(place: &mut Place, byte: u8) {
    if byte == b'\n' {
        place.line += 1;
        place.column = 1;
    } else if byte & 0xc0 != 0x80 {
        // Every byte of UTF-8 but the continuing ones begins a character.
        place.column += 1;
    }
}

/// What a part of the input holds of an object.
enum Found {
    End,
    Broken,
    More,
}

/// Finds the end of an object by its braces, outside of strings.
#[derive(Default)]
struct Scan {
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// The last byte that is no blank.
    last: u8,
    at_line_start: bool,
}

impl Scan {
    /// How many bytes of the part belong to it, and what came of it.
    fn over(&mut self, part: &[u8], place: &mut Place) -> (usize, Found) {
        for (at, byte) in part.iter().copied().enumerate() {
            // A brace at the beginning of a line, where no value can be, begins the next object: this one was never closed.
            let is_next = byte == b'{' && self.at_line_start && !matches!(self.last, b':' | b',' | b'[' | 0);
            if is_next && !self.in_string && self.depth > 0 {
                return (at, Found::Broken);
            }
            advance(place, byte);
            self.at_line_start = byte == b'\n';
            if self.in_string {
                match byte {
                    // No string of JSON goes over a line: the quote is missing.
                    b'\n' => return (at + 1, Found::Broken),
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' => self.depth += 1,
                    b'}' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return (at + 1, Found::End);
                        }
                    }
                    _ => {}
                }
            }
            if !byte.is_ascii_whitespace() {
                self.last = byte;
            }
        }
        (part.len(), Found::More)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, column, and the text or what is wrong.
    type Found = (u64, u64, String);

    fn all(text: &str) -> Vec<Result<Found, Found>> {
        let mut objects = Objects::new(text.as_bytes());
        std::iter::from_fn(|| objects.next())
            .map(|found| match found {
                Ok(object) => Ok((object.place.line, object.place.column, String::from_utf8(object.bytes).unwrap())),
                Err(problem) => Err((problem.place.line, problem.place.column, problem.message)),
            })
            .collect()
    }

    fn objects(text: &str) -> Vec<String> {
        all(text).into_iter().map(|found| found.unwrap().2).collect()
    }

    #[test]
    fn a_document_an_array_and_a_row_of_objects_hold_the_same() {
        let want = [r#"{"id":"a","t":"}\"{"}"#, r#"{"id": {"x": 1}}"#];
        let [a, b] = want;
        assert_eq!(objects(&format!("{{\"version\": 1, \"tasks\":[{a} ,\n{b}], \"more\":false}}\n")), want);
        assert_eq!(objects(&format!("{{\"tasks\":[{a},{b}],\"version\":1}}")), want);
        assert_eq!(objects(&format!("\u{feff}[{a},{b}]")), want);
        assert_eq!(objects(&format!("\n{a}\n\n{b}\r\n")), [a, b]);
        assert_eq!(objects("{\"tasks\":[]}"), Vec::<String>::new());
        assert_eq!(objects(""), Vec::<String>::new());
    }

    #[test]
    fn a_broken_object_is_named_by_its_place_and_the_others_are_read() {
        let found = all("{\"id\":\"a\"}\n  {\"id\":\"b\n{\"id\":\"c\"}\nnonsense\n{\"id\":\"d\"\n{\"id\":\"e\"}\n");
        let places: Vec<(u64, u64, bool)> = found
            .iter()
            .map(|one| match one {
                Ok((line, column, _)) => (*line, *column, true),
                Err((line, column, _)) => (*line, *column, false),
            })
            .collect();
        assert_eq!(places, [(1, 1, true), (2, 3, false), (3, 1, true), (4, 1, false), (5, 1, false), (6, 1, true)]);
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(all("[\"äöü\", {}]")[0].as_ref().unwrap_err().1, 2);
        assert_eq!(all("[{\"t\":\"äöü\"}, 7, {}]").iter().filter(|one| one.is_ok()).count(), 2);
        assert_eq!(all("[{\"t\":\"äöü\"}, 7]")[1].as_ref().unwrap_err().1, 15);
    }

    #[test]
    fn what_is_no_file_of_tasks_is_refused() {
        for text in [
            "{\"version\":2,\"tasks\":[]}",
            "{\"tasks\":{}}",
            "{\"tasks\":[",
            "{\"tasks\":[]} x",
            "{\"version\":1,\"x\":1}",
        ] {
            assert!(all(text).iter().any(Result::is_err), "{text}");
        }
        assert!(all("{\"id\":").iter().all(Result::is_err));
    }
}

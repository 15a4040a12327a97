//! Places on the web in a text, as links of the terminal (OSC 8).

use crate::host::Env;

/// Longest address that is made a link; terminals refuse longer ones.
const ADDRESS_BYTES_MAX: usize = 2_000;
/// What addresses begin with.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];
/// The sequence that begins a link, up to the address, and what ends the sequence.
const OPEN: &str = "\x1b]8;;";
const CLOSE: &str = "\x1b\\";

/// Whether this terminal is known to understand links.
///
/// After the list that the terminals' makers keep at github.com/Alhadis/OSC8-Adoption.
pub(super) fn is_supported(env: &Env) -> bool {
    let term = env.text("TERM").unwrap_or_default();
    let program = env.text("TERM_PROGRAM").unwrap_or_default();
    let version = |name: &str| -> (u32, u32) {
        let value = env.text(name).unwrap_or_default();
        let mut parts = value.split('.').map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    };
    if let Some(forced) = env.text("FORCE_HYPERLINK") {
        return forced != "0";
    }
    // Inside a multiplexer only that one counts.
    if env.text("TMUX").is_some() || program == "tmux" || term.starts_with("tmux") || term.starts_with("screen") {
        return program == "tmux" && version("TERM_PROGRAM_VERSION") >= (3, 4);
    }
    match program.as_str() {
        "iTerm.app" => return version("TERM_PROGRAM_VERSION") >= (3, 1),
        "WezTerm" | "ghostty" | "rio" | "Hyper" | "WarpTerminal" | "Tabby" => return true,
        "vscode" => return version("TERM_PROGRAM_VERSION") >= (1, 72),
        _ => {}
    }
    let by_term = ["kitty", "alacritty", "foot", "ghostty", "contour", "wezterm"];
    // VTE, the terminal of GNOME and others, in 0.50 and crashes in 0.50.0 itself.
    version("VTE_VERSION").0 > 5000
        || env.text("WT_SESSION").is_some()
        || env.text("DOMTERM").is_some()
        || version("KONSOLE_VERSION").0 >= 201_200
        || by_term.iter().any(|name| term.contains(name))
}

/// The text as a link to this address.
pub(super) fn to(text: &str, address: &str) -> String {
    match target(address) {
        Some(target) if !text.is_empty() => format!("{OPEN}{target}{CLOSE}{text}{OPEN}{CLOSE}"),
        _ => text.to_owned(),
    }
}

/// The text with its addresses made links. It is the beginning of `whole`, or that with `…` for the rest: an address that is cut
/// leads where the whole one does.
pub(super) fn mark(text: &str, whole: &str) -> String {
    let common = text.bytes().zip(whole.bytes()).take_while(|(a, b)| a == b).count();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end) in addresses(whole) {
        if start >= common {
            break;
        }
        let shown = if end <= common { end } else { text.len() };
        out.push_str(&text[at..start]);
        out.push_str(&to(&text[start..shown], &whole[start..end]));
        at = shown;
    }
    out.push_str(&text[at..]);
    out
}

/// Byte ranges of the addresses in a text.
fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = SCHEMES.iter().filter_map(|scheme| text[at..].find(scheme)).min().map(|start| at + start) {
        let end = text[start..].find(|c: char| c.is_whitespace() || "<>\"`{}|\\^".contains(c));
        let end = start + end.unwrap_or(text.len() - start);
        let end = start + trimmed(&text[start..end]).len();
        let scheme = SCHEMES.iter().find(|scheme| text[start..].starts_with(**scheme)).map_or(0, |scheme| scheme.len());
        // A word that only ends like a scheme ("xhttps://") begins no address.
        let begins = !text[..start].ends_with(|c: char| c.is_alphanumeric());
        if begins && end > start + scheme {
            found.push((start, end));
        }
        at = end.max(start + scheme);
    }
    found
}

/// Without the signs that close a sentence rather than belong to the address.
fn trimmed(address: &str) -> &str {
    let mut address = address;
    loop {
        let unpaired = |open: char, close: char| {
            address.ends_with(close) && address.matches(close).count() > address.matches(open).count()
        };
        if address.ends_with(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '…', '”', '’', '»'])
            || unpaired('(', ')')
            || unpaired('[', ']')
        {
            address = &address[..address.char_indices().next_back().map_or(0, |(at, _)| at)];
        } else {
            return address;
        }
    }
}

/// The address as it may stand in the sequence: printable ASCII, other bytes as %XX. `None` for one of no known scheme.
fn target(address: &str) -> Option<String> {
    let known = SCHEMES.iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme));
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    (known && out.len() <= ADDRESS_BYTES_MAX).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        addresses(text).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn addresses_end_where_people_take_them_to_end() {
        for (text, want) in [
            ("read https://a.example/x?y=1#z, then call", &["https://a.example/x?y=1#z"][..]),
            ("(see http://a.example/b_(c)).", &["http://a.example/b_(c)"]),
            ("[https://a.example] and <https://b.example>", &["https://a.example", "https://b.example"]),
            ("mailto:eva@a.example!", &["mailto:eva@a.example"]),
            ("https:// xhttps://a.example file:///etc/passwd javascript:alert(1)", &[]),
            ("https://日本.example/牛乳", &["https://日本.example/牛乳"]),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }

    #[test]
    fn a_link_never_changes_what_is_read() {
        let plain = |text: &str| {
            let mut out = String::new();
            let mut rest = text;
            while let Some(at) = rest.find(OPEN) {
                out.push_str(&rest[..at]);
                let after = &rest[at + OPEN.len()..];
                rest = &after[after.find(CLOSE).unwrap() + CLOSE.len()..];
            }
            out + rest
        };
        let whole = "see https://a.example/long/path now";
        assert_eq!(
            mark(whole, whole),
            "see \x1b]8;;https://a.example/long/path\x1b\\https://a.example/long/path\x1b]8;;\x1b\\ now"
        );
        for cut in ["see https://a.ex…", "see h…", "see…", "…", ""] {
            assert_eq!(plain(&mark(cut, whole)), cut);
        }
        assert!(mark("see https://a.ex…", whole).contains("https://a.example/long/path\x1b\\https://a.ex…"));
    }

    #[test]
    fn nothing_in_an_address_reaches_the_terminal_as_a_command() {
        let link = to("x", "https://a.example/\x1b\\\x07 ü");
        assert_eq!(link, "\x1b]8;;https://a.example/%1B\\%07%20%C3%BC\x1b\\x\x1b]8;;\x1b\\");
        assert_eq!(to("x", "javascript:alert(1)"), "x");
        assert_eq!(to("x", &format!("https://a.example/{}", "y".repeat(3_000))), "x");
    }

    #[test]
    fn only_terminals_that_are_known_get_links() {
        let of = |pairs: [(&str, &str); 2]| is_supported(&Env::of(pairs));
        assert!(!of([("TERM", "xterm-256color"), ("X", "")]));
        assert!(of([("TERM", "xterm-256color"), ("VTE_VERSION", "7006")]));
        assert!(of([("TERM", "xterm-kitty"), ("X", "")]));
        assert!(!of([("TERM", "screen-256color"), ("VTE_VERSION", "7006")]));
        assert!(of([("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.4")]));
        assert!(!of([("FORCE_HYPERLINK", "0"), ("TERM", "xterm-kitty")]));
    }
}

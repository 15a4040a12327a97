//! Which colours a terminal gets, so that they can be read on its background.

use crate::host::Env;
use crate::settings::Theme;
use anstyle::{Ansi256Color, AnsiColor, Color, Style};

/// A colour by its name; how it looks is the palette's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hue {
    Red,
    Yellow,
    Green,
    Blue,
    Magenta,
    Cyan,
    Grey,
}

/// The colours of one kind of terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Palette {
    /// 256 colours, background unknown: middle tones.
    Any,
    /// 256 colours on dark.
    Dark,
    /// 256 colours on light.
    Light,
    /// 16 colours, background unknown: only the two that can be read on black and on white.
    FewAny,
    /// 16 colours on dark.
    FewDark,
    /// 16 colours on light.
    FewLight,
    /// Bold and faint only.
    None,
}

impl Palette {
    /// The one for the terminal that the environment tells of.
    ///
    /// The terminal itself is not asked (OSC 11): its answer comes late over a network and would then be taken for something typed.
    pub(super) fn of(env: &Env, theme: Theme) -> Self {
        let background = match theme {
            Theme::Auto => env.text("COLORFGBG").map_or(Theme::Auto, |value| background(&value)),
            theme => theme,
        };
        match (background, knows_256(env)) {
            (Theme::Auto, true) => Self::Any,
            (Theme::Dark, true) => Self::Dark,
            (Theme::Light, true) => Self::Light,
            // The console of Linux is black unless somebody made an effort.
            (Theme::Auto, false) if env.text("TERM").as_deref() == Some("linux") => Self::FewDark,
            (Theme::Auto, false) => Self::FewAny,
            (Theme::Dark, false) => Self::FewDark,
            (Theme::Light, false) => Self::FewLight,
            (Theme::None, _) => Self::None,
        }
    }

    /// Text of this hue.
    pub(super) fn style(self, hue: Hue) -> Style {
        match self.colour(hue) {
            Some(colour) => Style::new().fg_color(Some(colour)),
            None if hue == Hue::Grey => Style::new().dimmed(),
            None => Style::new(),
        }
    }

    fn colour(self, hue: Hue) -> Option<Color> {
        let index = match self {
            Self::Any => [160, 166, 28, 27, 163, 30, 243],
            Self::Dark => [203, 221, 114, 75, 176, 80, 246],
            Self::Light => [124, 94, 22, 25, 90, 24, 241],
            Self::None => return None,
            Self::FewAny => return few(hue, &[Hue::Red, Hue::Magenta]),
            Self::FewLight => return few(hue, &[Hue::Red, Hue::Magenta, Hue::Blue]),
            Self::FewDark => return few(hue, &[Hue::Red, Hue::Magenta, Hue::Yellow, Hue::Green, Hue::Cyan]),
        };
        Some(Ansi256Color(index[hue as usize]).into())
    }
}

/// The colour among the sixteen, when it is one of those that can be read.
fn few(hue: Hue, readable: &[Hue]) -> Option<Color> {
    let colour = match hue {
        Hue::Red => AnsiColor::Red,
        Hue::Yellow => AnsiColor::Yellow,
        Hue::Green => AnsiColor::Green,
        Hue::Blue => AnsiColor::Blue,
        Hue::Magenta => AnsiColor::Magenta,
        Hue::Cyan => AnsiColor::Cyan,
        Hue::Grey => return None,
    };
    readable.contains(&hue).then_some(colour.into())
}

/// `COLORFGBG` is "foreground;background" (rxvt, Konsole), in colours of the sixteen, sometimes with a word between.
fn background(value: &str) -> Theme {
    match value.rsplit(';').next().and_then(|last| last.parse::<u8>().ok()) {
        Some(0..=6 | 8) => Theme::Dark,
        Some(7 | 9..=15) => Theme::Light,
        _ => Theme::Auto,
    }
}

fn knows_256(env: &Env) -> bool {
    let term = env.text("TERM").unwrap_or_default();
    let by_name = ["256color", "kitty", "alacritty", "foot", "ghostty", "direct", "wezterm", "contour"];
    env.text("COLORTERM").is_some() || by_name.iter().any(|name| term.contains(name))
}

#[cfg(test)]
mod tests {
    use super::super::style::Role;
    use super::*;

    type Rgb = (u8, u8, u8);

    const BLACK: Rgb = (0, 0, 0);
    const WHITE: Rgb = (255, 255, 255);

    /// The colours of xterm, which others keep for 16 to 255.
    fn rgb(index: u8) -> Rgb {
        let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
        match index {
            0..=15 => panic!("the sixteen are the terminal's own"),
            16..=231 => {
                let cube = index - 16;
                (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
            }
            232..=255 => {
                let grey = 8 + 10 * (index - 232);
                (grey, grey, grey)
            }
        }
    }

    /// The contrast of WCAG 2: 1 for the same, 21 for black on white.
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |(r, g, b): Rgb| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read_on_its_background() {
        let dark = [BLACK, (0x1e, 0x1e, 0x1e), (0x28, 0x2c, 0x34), (0x00, 0x2b, 0x36)];
        let light = [WHITE, (0xfd, 0xf6, 0xe3), (0xf5, 0xf5, 0xf5)];
        for (palette, backgrounds, least) in [
            (Palette::Any, &[BLACK, WHITE][..], 3.5),
            (Palette::Dark, &dark[..], 4.5),
            (Palette::Light, &light[..], 4.5),
        ] {
            for role in Role::ALL {
                let Some(Color::Ansi256(Ansi256Color(index))) = role.style(palette).get_fg_color() else { continue };
                for background in backgrounds {
                    let contrast = contrast(rgb(index), *background);
                    assert!(contrast >= least, "{role:?} in {palette:?} on {background:?}: {contrast:.1}");
                }
            }
        }
    }

    #[test]
    fn what_the_terminal_says_decides_unless_the_person_does() {
        let of = |pairs: [(&str, &str); 2], theme| Palette::of(&Env::of(pairs), theme);
        assert_eq!(of([("TERM", "xterm-256color"), ("X", "")], Theme::Auto), Palette::Any);
        assert_eq!(of([("TERM", "xterm-256color"), ("COLORFGBG", "15;0")], Theme::Auto), Palette::Dark);
        assert_eq!(of([("TERM", "xterm-256color"), ("COLORFGBG", "0;default;15")], Theme::Auto), Palette::Light);
        assert_eq!(of([("TERM", "xterm-256color"), ("COLORFGBG", "0;15")], Theme::Dark), Palette::Dark);
        assert_eq!(of([("TERM", "xterm"), ("COLORFGBG", "nonsense")], Theme::Auto), Palette::FewAny);
        assert_eq!(of([("TERM", "xterm-256color"), ("COLORFGBG", "15;0")], Theme::None), Palette::None);
        assert_eq!(of([("TERM", "linux"), ("X", "")], Theme::Auto), Palette::FewDark);
        assert_eq!(of([("TERM", "xterm"), ("COLORTERM", "truecolor")], Theme::Light), Palette::Light);
    }
}

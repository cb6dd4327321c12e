//! What the words beside the figures of a date mean, in the languages that are read.

use super::spelling::normal;
use super::tokens::Token;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word can mean; some mean different things in different languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing of its own.
    Filler,
    /// That a date is only about right.
    About,
    /// That its editor is not sure of it.
    Doubt,
    /// From one day to another: before the first.
    From,
    /// The same, between the two.
    To,
    /// Before the first of two days between which something was.
    Between,
    And,
    Or,
    Before,
    After,
    /// Up to a day, with it.
    Until,
    /// From a day on, with it.
    Since,
    Not,
    Century,
    /// Of the years of the French Republic.
    Year,
    /// A part of a month or a year, which has no bounds: early, mid, late.
    PartOf,
    /// The day before or after another.
    Day,
}

const WORDS: &[(Meaning, &str)] = &[
    (
        Meaning::Filler,
        "de del den der dem des di dei du d l le la les of the am el il on in im en nel au an anno ad a dnia dzień die ce \
         year years jahr jahre jahres month mois mense mese mes maand r roku rok vom von van zum day tag dated datiert w",
    ),
    (
        Meaning::About,
        "circa ca c um vers about abt around approximately approx environ env etwa gegen zirka ungefähr verso intorno \
         hacia cerca aprox aproximadamente rond omstreeks omstr ongeveer circiter około ok",
    ),
    (
        Meaning::Doubt,
        "probably prob possibly perhaps presumably likely maybe wohl vermutlich wahrscheinlich vielleicht möglicherweise \
         mutmaßlich probablement sans-doute probabilmente forse waarschijnlijk misschien vermoedelijk wellicht fortasse \
         probabiliter probablemente quizá quizás prawdopodobnie zapewne chyba",
    ),
    (Meaning::From, "from dal dall od desde"),
    (Meaning::To, "to till until through thru bis au à a al alla tot hasta do usque"),
    (Meaning::Between, "between zwischen entre tra fra tussen inter między"),
    (Meaning::And, "and und et e ed y en i oraz &"),
    (Meaning::Or, "or oder ou o of uel lub albo"),
    (Meaning::Before, "before bef vor avant prima antes voor ante przed"),
    (Meaning::After, "after aft nach après dopo después na post po"),
    (Meaning::Until, "until till bis jusqu tot hasta fino sino usque"),
    (Meaning::Since, "since seit ab depuis sinds"),
    (Meaning::Not, "not nicht non pas niet no nie"),
    (
        Meaning::Century,
        "century centuries cent jahrhundert jahrhunderts jh jhdt jhd jhs siècle secolo sec siglo eeuw saeculo saeculum \
         saec wiek wieku",
    ),
    (Meaning::Year, "an year jahr jahre jahres anno jaar año rok roku"),
    (
        Meaning::PartOf,
        "early mid middle late later beginning begin start end half first second anfang anfangs beginn mitte ende hälfte \
         erste ersten zweite zweiten spät früh début fin mi milieu moitié inizio inizi principio fine metà eind einde \
         midden helft ineunte exeunte medio comienzos principios mediados fines finales początek początku połowa połowie \
         koniec końcu",
    ),
    (Meaning::Day, "day tag tage dag jour lendemain veille giorno día dzień dnia"),
];

static MEANINGS: LazyLock<HashMap<String, Vec<Meaning>>> = LazyLock::new(|| {
    let mut meanings: HashMap<String, Vec<Meaning>> = HashMap::new();
    for (meaning, words) in WORDS {
        for word in words.split_whitespace() {
            meanings.entry(normal(word)).or_default().push(*meaning);
        }
    }
    meanings
});

/// How people say that there is no date.
const ABSENT: &[&str] = &[
    "",
    "na",
    "n/a",
    "n.d.",
    "n. d.",
    "nd",
    "s.d.",
    "s. d.",
    "sd",
    "o.d.",
    "o. d.",
    "?",
    "-",
    "--",
    "none",
    "null",
    "nan",
    "undatiert",
    "undated",
    "ohne datum",
    "no date",
    "sans date",
    "senza data",
    "sine dato",
    "sin fecha",
    "zonder datum",
    "z.d.",
    "b.d.",
    "s.f.",
    "s. f.",
    "s.a.",
    "o.j.",
    "o. j.",
    "ohne jahr",
    "z.j.",
    "z. j.",
    "0000-00-00",
    "00.00.0000",
    "00/00/0000",
    "00-00-0000",
];

/// Whether a text says that there is no date.
pub(super) fn says_none(text: &str) -> bool {
    if text.len() > 12 {
        return false;
    }
    let text = text.trim_matches(['[', ']', '(', ')']).to_lowercase();
    ABSENT.contains(&text.as_str())
}

/// The rest of a text that begins with the words that there is no date: `o. D., [vor 9.9.1900]`.
pub(super) fn after_none(text: &str) -> Option<&str> {
    let text = text.strip_prefix(['[', '(']).unwrap_or(text);
    let (before, after) = text.split_once(['[', ',', ';', '('])?;
    let after = after.trim_start_matches([' ', '[', ',', '(']);
    (before.trim().len() > 1 && says_none(before.trim())).then_some(after)
}

/// A date without the word that it is known after all: "s.d. [ma 1604]".
pub(super) fn without_but(text: &str) -> &str {
    text.strip_prefix("ma ").unwrap_or(text)
}

/// What stands behind the words that there is no date, without a sign between: `s.d. 1850`.
pub(super) fn beside_none(text: &str) -> Option<&str> {
    // "na 1850" and "nd 1850" are other words; those with a point or of several letters are not.
    let is_plain = |form: &&&str| form.ends_with('.') || form.len() > 6 && form.starts_with(char::is_alphabetic);
    let text = text.trim_matches(['[', ']', '(', ')']);
    let behind = |form: &&str| {
        let start = text.get(..form.len()).filter(|start| start.to_lowercase() == **form)?;
        Some(text[start.len()..].trim_start_matches([']', ')', ':'])).filter(|rest| rest.starts_with(' '))
    };
    let is_bare = |rest: &&str| !rest.starts_with(['[', '(', ',', ';']);
    ABSENT.iter().filter(is_plain).find_map(behind).map(str::trim_start).filter(is_bare)
}

impl Token {
    /// Whether it is a word that can mean this.
    pub(super) fn means(&self, meaning: Meaning) -> bool {
        match self {
            Self::Word(word) => MEANINGS.get(word).is_some_and(|meanings| meanings.contains(&meaning)),
            Self::Sign('-') => meaning == Meaning::To,
            _ => false,
        }
    }

    /// Whether nothing at all is known of the word.
    pub(super) fn is_strange(&self) -> bool {
        matches!(self, Self::Word(word) if !MEANINGS.contains_key(word))
    }
}

/// What the words and signs around a date say of how sure it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sureness {
    pub(super) about: bool,
    pub(super) doubt: bool,
}

impl Sureness {
    /// Takes what says so from both ends of a date.
    pub(super) fn take(mut tokens: &[Token]) -> (Self, &[Token]) {
        let mut sureness = Self::default();
        loop {
            let first = tokens.split_first().and_then(|(token, rest)| Some((Self::said_by(token)?, rest)));
            let last = || tokens.split_last().and_then(|(token, rest)| Some((Self::said_by(token)?, rest)));
            let Some((said, rest)) = first.or_else(last) else { return (sureness, tokens) };
            (sureness, tokens) = (sureness.with(said), rest);
        }
    }

    /// Takes what says so from wherever it stands.
    pub(super) fn take_within(tokens: &[Token]) -> (Self, Vec<Token>) {
        let said = tokens.iter().filter_map(Self::said_by).fold(Self::default(), Self::with);
        (said, tokens.iter().filter(|token| Self::said_by(token).is_none()).cloned().collect())
    }

    fn said_by(token: &Token) -> Option<Self> {
        let about = *token == Token::Sign('~') || token.means(Meaning::About);
        let doubt = *token == Token::Sign('?') || token.means(Meaning::Doubt);
        (about || doubt).then_some(Self { about, doubt })
    }

    /// The sign of EDTF for it.
    pub(super) fn sign(self) -> &'static str {
        match (self.about, self.doubt) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        }
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self { about: self.about || other.about, doubt: self.doubt || other.doubt }
    }

    pub(super) fn is_sure(self) -> bool {
        self == Self::default()
    }
}

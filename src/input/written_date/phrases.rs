//! Several words that mean one thing: "no later than", "or later"; and the time of day behind a date.

use super::part;
use super::spelling::normal;
use super::tokens::{LONGEST, Token};
use std::sync::LazyLock;

/// Words for the last day that a date can be.
const AT_LATEST: &[&str] = &[
    "not later than",
    "no later than",
    "at the latest",
    "on or before",
    "in or before",
    "nicht später als",
    "spätestens",
    "am oder vor",
    "in oder vor",
    "niet later dan",
    "uiterlijk",
    "op of voor",
    "au plus tard",
    "al più tardi",
    "non più tardi di",
    "a más tardar",
    "najpóźniej",
];
/// Words for the first.
const AT_EARLIEST: &[&str] = &[
    "not earlier than",
    "no earlier than",
    "at the earliest",
    "on or after",
    "in or after",
    "nicht früher als",
    "frühestens",
    "am oder nach",
    "in oder nach",
    "niet eerder dan",
    "op of na",
    "au plus tôt",
    "al più presto",
    "najwcześniej",
];
/// The same behind the date.
const OR_EARLIER: &[&str] =
    &["or earlier", "or before", "oder früher", "oder davor", "of eerder", "ou plus tôt", "o prima", "lub wcześniej"];
const OR_LATER: &[&str] = &[
    "or later",
    "or after",
    "and later",
    "and after",
    "oder später",
    "oder danach",
    "und später",
    "of later",
    "ou plus tard",
    "o dopo",
    "lub później",
];

/// Words that bring in a time of day, and those that are one.
const AT: &str = "at um om à a alle gegen ca circa o";
const OF_CLOCK: &str = "uhr heure heures h hrs uur ore ora hora horas godz godzinie clock oclock pm am";
const PARTS_OF_DAY: &str = "morning afternoon evening night noon midnight morgens vormittags mittags nachmittags abends \
    nachts früh abend nacht vormittag nachmittag matin soir nuit midi après-midi mattina mattino sera notte ochtend \
    's-avonds avond middag nacht mañana tarde noche rano wieczorem";

/// Words that put right what stands before them.
const THAT_IS: &[&str] = &[
    "i.e.",
    "i. e.",
    "ie.",
    "that is",
    "id est",
    "viz.",
    "scil.",
    "scilicet",
    "d.h.",
    "d. h.",
    "dh.",
    "d.i.",
    "d. i.",
    "das heißt",
    "das ist",
    "c.-à-d.",
    "c. à d.",
    "c.à.d.",
    "c.à d.",
    "c-à-d.",
    "c'est-à-dire",
    "c’est-à-dire",
    "cioè",
    "cioé",
    "d.w.z.",
    "d. w. z.",
    "dwz.",
    "dat wil zeggen",
    "es decir",
    "esto es",
    "tj.",
    "t.j.",
    "t. j.",
    "to jest",
];

type Words = Vec<Vec<String>>;

fn words(phrases: &[&str]) -> Words {
    phrases.iter().map(|phrase| phrase.split_whitespace().map(normal).collect()).collect()
}

static LATEST: LazyLock<Words> = LazyLock::new(|| words(AT_LATEST));
static EARLIEST: LazyLock<Words> = LazyLock::new(|| words(AT_EARLIEST));
static EARLIER: LazyLock<Words> = LazyLock::new(|| words(OR_EARLIER));
static LATER: LazyLock<Words> = LazyLock::new(|| words(OR_LATER));
static AT_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| AT.split_whitespace().map(normal).collect());
static CLOCK_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| OF_CLOCK.split_whitespace().map(normal).collect());
static DAY_PARTS: LazyLock<Vec<String>> = LazyLock::new(|| PARTS_OF_DAY.split_whitespace().map(normal).collect());

/// What stands before and behind the words that put a date right: "2 [i.e. 3] May 1850".
pub(super) fn around_that_is(text: &str) -> Option<(&str, &str)> {
    if text.len() > LONGEST {
        return None;
    }
    let is_letter = |letter: char| letter.is_alphabetic();
    let around = |at: usize, phrase: &str| {
        let (before, after) = (&text[..at], &text[at + phrase.len()..]);
        let is_whole = !before.ends_with(is_letter) && (phrase.ends_with('.') || !after.starts_with(is_letter));
        is_whole.then_some((before, after))
    };
    THAT_IS.iter().find_map(|phrase| {
        // Of "d. I. Mai" the second is a numeral: only the first letter can be a capital.
        let capital = phrase[..1].to_uppercase() + &phrase[1..];
        [*phrase, capital.as_str()].into_iter().find_map(|form| around(text.find(form)?, form))
    })
}

/// The tokens with "not before" or "not after" in front for the phrases that mean it.
pub(super) fn plain(tokens: Vec<Token>) -> Vec<Token> {
    let mut tokens = tokens;
    // The word for a day says nothing beside a feast, but of this one it is a part.
    let [lady, day] = ["lady", "day"].map(|word| Token::Word(word.to_owned()));
    if let Some(at) = tokens.windows(2).position(|two| two[0] == lady && two[1] == day) {
        tokens.splice(at..at + 2, [Token::Word("ladyday".to_owned())]);
    }
    may_day(&mut tokens);
    let bounds = [(&*LATEST, &*EARLIER, "after"), (&*EARLIEST, &*LATER, "before")];
    for (anywhere, behind, side) in bounds {
        let found = anywhere.iter().find_map(|phrase| Some((position(&tokens, phrase)?, phrase.len())));
        let last = || {
            behind.iter().find_map(|phrase| {
                let at = tokens.len().checked_sub(phrase.len()).filter(|at| *at > 0)?;
                is_at(&tokens[at..], phrase).then_some((at, phrase.len()))
            })
        };
        if let Some((at, length)) = found.or_else(last) {
            let front = ["not", side].map(|word| Token::Word(word.to_owned()));
            return front.into_iter().chain(tokens[..at].to_vec()).chain(tokens[at + length..].to_vec()).collect();
        }
    }
    tokens
}

/// Makes the feast of the words "May Day", beside which no day of a month stands.
fn may_day(tokens: &mut Vec<Token>) {
    let is_day = |token: &Token| matches!(token, Token::Word(word) if word == "day");
    let Some(at) = tokens.iter().position(|token| *token == Token::Month(5)) else { return };
    let hyphens = usize::from(tokens.get(at + 1) == Some(&Token::Sign('-')));
    let end = at + hyphens + 2;
    let beside = at.checked_sub(1).map(|before| &tokens[before]).into_iter().chain(tokens.get(end));
    let has_day = beside.into_iter().any(|token| part::day(token).is_some());
    if tokens.get(end - 1).is_some_and(is_day) && !has_day {
        tokens.splice(at..end, [Token::Word("mayday".to_owned())]);
    }
}

fn position(tokens: &[Token], phrase: &[String]) -> Option<usize> {
    (0..tokens.len()).find(|at| is_at(&tokens[*at..], phrase))
}

fn is_at(tokens: &[Token], phrase: &[String]) -> bool {
    tokens.len() >= phrase.len()
        && tokens.iter().zip(phrase).all(|(token, word)| matches!(token, Token::Word(written) if written == word))
}

/// The tokens before a time of day; nothing where there is none at their end.
pub(super) fn before_time_of_day(tokens: &[Token]) -> Option<&[Token]> {
    let is = |token: Option<&Token>, known: &[String]| matches!(token, Some(Token::Word(word)) if known.contains(word));
    let is_hour = |token: Option<&Token>| matches!(token, Some(Token::Number { value: 0..=59, length: 1..=2, .. }));
    let is_filler =
        |token: Option<&Token>| matches!(token, Some(Token::Word(word)) if FILLERS.contains(&word.as_str()));
    let mut rest = tokens;
    let has_part = is(rest.last(), &DAY_PARTS);
    if has_part {
        rest = &rest[..rest.len() - 1];
        while is_filler(rest.last()) {
            rest = &rest[..rest.len() - 1];
        }
    }
    let has_clock = is(rest.last(), &CLOCK_WORDS) || !has_part;
    if has_clock {
        // "p. m." and "ante meridiem" are two words.
        let two = rest.len().checked_sub(2).map(|at| &rest[at..]);
        let is_half = two.is_some_and(|two| match two {
            [Token::Word(half), Token::Word(noon)] => match noon.as_str() {
                "m" => half == "a" || half == "p",
                "meridiem" => half == "ante" || half == "post",
                "clock" => half == "o",
                _ => false,
            },
            _ => false,
        });
        let length = if is_half { 2 } else { usize::from(is(rest.last(), &CLOCK_WORDS)) };
        rest = &rest[..rest.len() - length];
        let hours = rest.iter().rev().take_while(|token| is_hour(Some(token))).take(2).count();
        let is_without_hour = is_half && tokens.last() == Some(&Token::Word("meridiem".to_owned()));
        if length == 0 || hours == 0 && !is_without_hour {
            return None;
        }
        rest = &rest[..rest.len() - hours];
    }
    while is(rest.last(), &AT_WORDS) || is_filler(rest.last()) {
        rest = &rest[..rest.len() - 1];
    }
    (!rest.is_empty()).then_some(rest)
}

/// Words between a date and a part of the day.
const FILLERS: [&str; 9] = ["in", "the", "am", "de", "le", "du", "der", "la", "by"];

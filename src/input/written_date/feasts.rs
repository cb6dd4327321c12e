//! Feasts: those that have a day of their own are dates with a year; those that follow Easter are not.

use super::spelling::normal;
use super::tokens::Token;
use super::words::Meaning;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Why a feast that has another day each year is not read.
pub(super) const MOVABLE: &str = "a feast that has another day each year is not reckoned";

/// The fixed feasts by month and day: what they are called, and the saints whose names are feasts only with a word for it.
const FIXED: &[(u8, u8, &str, &str)] = &[
    (1, 1, "neujahr capodanno beschneidung circumcision circoncision", ""),
    (
        1,
        6,
        "epiphany dreikönig dreikönige dreikönigs epiphanias épiphanie epifania driekoningen",
        "drei-könige rois reyes",
    ),
    (
        2,
        2,
        "candlemas lichtmess lichtmeß mariä-lichtmess chandeleur candelora candelaria lichtmis purificatio-mariae",
        "",
    ),
    (3, 25, "ladyday annunciation mariä-verkündigung annonciation annunziata annunciazione annunciatio-mariae", ""),
    (4, 25, "", "mark markus marco"),
    (5, 1, "walpurgis philippi-jacobi mayday", ""),
    (
        6,
        24,
        "midsummer johannis johanni john-baptist jean-baptiste giovanni-battista juan-bautista",
        "john johannes jean giovanni juan jana",
    ),
    (6, 29, "petri-pauli", "peter-paul pierre-paul pietro-paolo pedro-pablo"),
    (7, 22, "", "mary-magdalene magdalena maria-magdalena marie-madeleine"),
    (7, 25, "jakobi jacobi", "james jakob jacques giacomo santiago"),
    (8, 1, "lammas", ""),
    (8, 10, "laurentii", "lawrence laurence laurentius laurenz laurent lorenzo"),
    (8, 15, "assumption mariä-himmelfahrt assomption ferragosto assumptio-mariae", ""),
    (8, 24, "bartholomäi bartholomaei", "bartholomew bartholomäus barthélemy bartolomeo bartolomé"),
    (9, 8, "mariä-geburt nativitas-mariae", ""),
    (9, 21, "matthäi", "matthew matthäus matthieu matteo mateo"),
    (9, 29, "michaelmas michaelis michaeli", "michael michel michele miguel michiel michała"),
    (10, 16, "galli", "gallus gall"),
    (10, 18, "", "luke lukas luca lucas"),
    (10, 28, "simonis-judae", "simon-jude"),
    (11, 1, "all-saints allsaints hallowmas allerheiligen toussaint ognissanti todos-santos omnium-sanctorum", ""),
    (11, 2, "all-souls allerseelen allerzielen omnium-animarum", ""),
    (11, 11, "martinmas martini", "martin martino martín maarten marcina"),
    (11, 25, "", "catherine katharina catharinae caterina catalina"),
    (11, 30, "andreae andreä", "andrew andreas andré andrea andrés"),
    (12, 6, "sinterklaas", "nicholas nikolaus nicolai nicolas nicola nicolás nicolaas"),
    (12, 13, "luciae", "lucy lucia lucie"),
    (12, 21, "thomae", "thomas"),
    (12, 24, "heiligabend christmas-eve kerstavond", ""),
    (12, 25, "christmas weihnachten weihnacht noël natale kerstmis navidad nativitas-domini boże-narodzenie", ""),
    (12, 26, "stephani", "stephen stephan stefano esteban étienne"),
    (
        12,
        27,
        "john-evangelist johannes-evangelist jean-évangéliste giovanni-evangelista juan-evangelista",
        "john johannes",
    ),
    (12, 28, "innocentium", "innocents"),
    (12, 31, "", "sylvester silvester sylvestre"),
];

/// Words that only a feast has which follows Easter.
const FOLLOW_EASTER: &str = "easter ostern ostersonntag ostermontag pâques pasqua pasen paschae pascha pascua wielkanoc \
    pentecost pentecôte whitsun whitsunday whitsuntide pfingsten pentecoste pentecostes pinksteren trinity trinitatis \
    fronleichnam ascension auffahrt hemelvaart ascensión karfreitag aschermittwoch fastnacht fasching carnival carnevale \
    lent advent avent avvento palmsonntag gründonnerstag rogation invocavit reminiscere oculi laetare judica quasimodo \
    jubilate cantate exaudi estomihi septuagesima sexagesima quinquagesima";

/// Words that make a feast of a name, or stand before one.
const FEASTS: &str = "saint saints st ste s sankt sint san santo santa sainte heilige heiliger heiligen świętego feast fest \
                      fête festa fiesta festo festum day tag tage dag jour giorno";
/// Words between, that say nothing.
const FILLERS: &str = "zu at auf op à in on les los las i";

/// A month, a day in it, and whether the name of the feast is that of a saint alone.
type FeastDay = (u8, u8, bool);

/// The days by the names of the feasts; of one name there can be several.
static BY_NAME: LazyLock<HashMap<String, Vec<FeastDay>>> = LazyLock::new(|| {
    let named = |names: &'static str, is_saint: bool| {
        names.split_whitespace().map(move |name| (of_mary(&normal(name)), is_saint))
    };
    let mut all: HashMap<String, Vec<FeastDay>> = HashMap::new();
    for (month, day, feasts, saints) in FIXED {
        for (name, is_saint) in named(feasts, false).chain(named(saints, true)) {
            all.entry(name).or_default().push((*month, *day, is_saint));
        }
    }
    all
});
static MOVABLE_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| FOLLOW_EASTER.split_whitespace().map(normal).collect());
static FEAST_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| FEASTS.split_whitespace().map(normal).collect());
static FILLER_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| FILLERS.split_whitespace().map(normal).collect());

/// Whether a feast is named that follows Easter.
pub(super) fn names_movable(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| matches!(token, Token::Word(word) if MOVABLE_WORDS.contains(word)))
}

/// A name in which Mary has one form.
fn of_mary(name: &str) -> String {
    name.replace("mariae", "maria")
}

/// The months and the days of the fixed feasts that all the words can name.
pub(super) fn fixed(tokens: &[Token]) -> Vec<(u8, u8)> {
    let (mut name, mut whole, mut is_feast) = (String::new(), String::new(), false);
    for token in tokens {
        let word = match token {
            Token::Word(word) => word.as_str(),
            Token::Sign('-') => continue,
            _ => return Vec::new(),
        };
        whole.push_str(if whole.is_empty() { "" } else { "-" });
        whole.push_str(word);
        let is_of_feasts = FEAST_WORDS.iter().any(|known| known == word);
        is_feast |= is_of_feasts;
        if is_of_feasts
            || FILLER_WORDS.iter().any(|known| known == word)
            || token.means(Meaning::Filler)
            || token.means(Meaning::And)
        {
            continue;
        }
        name.push_str(if name.is_empty() { "" } else { "-" });
        name.push_str(word);
    }
    // "Martinstag", "Johannistag": the word for the day is part of the name.
    let day = ["tag", "dag"].into_iter().find_map(|day| name.strip_suffix(day)).map(|name| (name, true));
    let plural = name.strip_suffix('s').map(|name| (name, is_feast));
    let genitive = day.and_then(|(name, _)| name.strip_suffix('s')).map(|name| (name, true));
    let forms = [Some((whole.as_str(), is_feast)), Some((name.as_str(), is_feast)), day, plural, genitive];
    let days = |(name, is_feast): (&str, bool)| {
        let known = BY_NAME.get(&of_mary(name))?;
        // A name alone is somebody's.
        let days = known.iter().filter(|(.., is_saint)| is_feast || !is_saint);
        Some(days.map(|(month, day, _)| (*month, *day)).collect::<Vec<_>>()).filter(|days| !days.is_empty())
    };
    forms.into_iter().flatten().find_map(days).unwrap_or_default()
}

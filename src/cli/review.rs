//! Asking about candidates: one key for each decision, each of which is on record before the next question.

use crate::cli::keys::Keys;
use crate::cli::print::print;
use regesta::corpus::{Decision, ReviewQuestion, ReviewSession, ReviewSide};
use regesta::diagnostic::visible;
use regesta::error::Result;

/// Reads a score, from 0 to 1.
pub(super) fn score(text: &str) -> std::result::Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number.filter(|number| (0.0..=1.0).contains(number)).ok_or_else(|| "a score is a number from 0 to 1".to_owned())
}

/// Asks about every candidate, until there is none or the answer is to stop.
pub(super) fn run(mut review: ReviewSession) -> Result<()> {
    let mut keys = Keys::new();
    let count = review.count();
    say(&format!(
        "{count} to decide: y accept, c accept as a close match, n reject, u cannot tell, s later, q stop\n"
    ))?;
    while let Some(next) = review.question() {
        say(&question(&next, count))?;
        let Some(decision) = decision(&mut keys)? else {
            return say(&format!("\n{} decided; the others are asked about when you go on\n", review.decided()));
        };
        review.decide(decision)?;
    }
    say(&format!("{} decided\n", review.decided()))
}

/// The next decision; nothing where the answer is to stop.
fn decision(keys: &mut Keys) -> Result<Option<Decision>> {
    loop {
        return Ok(Some(match keys.next()? {
            Some('y') => Decision::Accept,
            Some('c') => Decision::AcceptAsClose,
            Some('n') => Decision::Reject,
            Some('u') => Decision::CannotTell,
            Some('s') => Decision::Later,
            Some('q') | None => return Ok(None),
            Some(_) => continue,
        }));
    }
}

/// Names are as others have written them: what they may not do to a terminal is made visible.
fn say(text: &str) -> Result<()> {
    print(&visible(text))
}

fn question(question: &ReviewQuestion, count: usize) -> String {
    let side = |side: &ReviewSide| {
        let summary = plain(&side.summary);
        let summary = if side.summary.is_empty() { String::new() } else { format!("\n      {summary}") };
        format!("  {}  <{}>{summary}\n", plain(&side.name), side.iri)
    };
    let ReviewQuestion { number, ours, theirs, confidence, comment } = question;
    let why = format!("{} = {}", plain(confidence), plain(comment));
    format!("\n{number} of {count}\n{}{}  {why}\n", side(ours), side(theirs))
}

/// A text of others on one line, and not without end.
fn plain(text: &str) -> String {
    let one_line = text.split(|letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}'));
    let one_line = one_line.collect::<Vec<_>>().join(" ");
    one_line.char_indices().nth(SHOWN).map_or(one_line.clone(), |(at, _)| format!("{}…", &one_line[..at]))
}

/// The most characters of a text that are shown.
const SHOWN: usize = 400;

//! Answers of one key each.

use console::{Key, Term};
use regesta::error::{Error, Result};
use std::io::{self, Read};

/// Where answers come from: the keys of a terminal, or the letters of whatever else is at standard input.
pub(super) enum Keys {
    Terminal(Term),
    Input(io::Stdin),
}

impl Keys {
    pub(super) fn new() -> Self {
        let terminal = Term::stdout();
        let is_terminal = io::IsTerminal::is_terminal(&io::stdin()) && terminal.is_term();
        if is_terminal { Self::Terminal(terminal) } else { Self::Input(io::stdin()) }
    }

    /// The next letter; nothing where there is no more, or where the answer is to stop.
    pub(super) fn next(&mut self) -> Result<Option<char>> {
        match self {
            Self::Terminal(terminal) => match terminal.read_key() {
                Ok(Key::Char(letter)) => Ok(Some(letter.to_ascii_lowercase())),
                Ok(Key::Escape | Key::CtrlC) => Ok(None),
                Ok(_) => Ok(Some(' ')),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
                Err(error) => Err(Error::file("read a key from", "the terminal", error)),
            },
            Self::Input(input) => {
                let mut byte = [0];
                let read = input.lock().read(&mut byte);
                let count = read.map_err(|error| Error::file("read", "standard input", error))?;
                Ok((count == 1).then(|| char::from(byte[0]).to_ascii_lowercase()))
            }
        }
    }
}

//! How the bytes of a table make rows and cells (RFC 4180, section 2): the same for tables that are read whole and for
//! tables of any length.

/// What can stand between cells, in the order in which it is preferred.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// What a byte is to the row that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowPart {
    /// A part of a cell.
    Content,
    /// The quotation mark that a cell begins with.
    Opening,
    /// The quotation mark that ends such a cell, or the first of two that stand for one.
    Closing,
    /// A blank between the quotation mark and the end of the cell.
    Padding,
    /// What stands there and is no blank.
    Stray,
    /// The separator.
    CellEnd,
    /// The line feed or carriage return.
    RowEnd,
}

/// Goes through a table byte by byte.
#[derive(Debug)]
pub(crate) struct Steps {
    separator: u8,
    state: RowState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowState {
    Begin,
    Plain,
    Quoted,
    Closed,
    Padded,
}

impl Steps {
    pub(crate) fn new(separator: u8) -> Self {
        Self { separator, state: RowState::Begin }
    }

    pub(crate) fn step(&mut self, byte: u8) -> RowPart {
        let (state, part) = match (self.state, byte) {
            (RowState::Quoted, b'"') => (RowState::Closed, RowPart::Closing),
            (RowState::Quoted, _) | (RowState::Closed, b'"') => (RowState::Quoted, RowPart::Content),
            (RowState::Begin, b'"') => (RowState::Quoted, RowPart::Opening),
            (_, mark) if mark == self.separator => (RowState::Begin, RowPart::CellEnd),
            (_, b'\n' | b'\r') => (RowState::Begin, RowPart::RowEnd),
            (RowState::Closed | RowState::Padded, b' ') => (RowState::Padded, RowPart::Padding),
            (RowState::Closed | RowState::Padded, _) => (RowState::Plain, RowPart::Stray),
            (RowState::Begin | RowState::Plain, _) => (RowState::Plain, RowPart::Content),
        };
        self.state = state;
        part
    }

    /// How many bytes, the first of which is content, are content for certain.
    pub(crate) fn run(&self, bytes: &[u8]) -> usize {
        let special = |byte: &u8| matches!(*byte, b'"' | b'\n' | b'\r') || *byte == self.separator;
        bytes.iter().skip(1).position(special).map_or(bytes.len(), |at| at + 1)
    }

    /// Whether a cell has begun with a quotation mark and has not ended.
    pub(crate) fn is_open(&self) -> bool {
        self.state == RowState::Quoted
    }

    /// Whether a cell has not begun.
    pub(crate) fn is_at_begin(&self) -> bool {
        self.state == RowState::Begin
    }
}

/// What stands between the cells of a table that begins like this: of comma, semicolon and tab, the one that its first
/// row has most of outside quotation marks.
pub(crate) fn separator(bytes: &[u8]) -> u8 {
    let begin = bytes.iter().position(|byte| !matches!(byte, b'\n' | b'\r' | b' ')).unwrap_or(0);
    let mut counts = [0; SEPARATORS.len()];
    let (mut quoted, mut begins) = (false, true);
    for byte in &bytes[begin..] {
        match byte {
            // A mark within a cell is no more than a mark; two of them within a quoted cell open it once more.
            b'"' => (quoted, begins) = (!quoted && begins, quoted),
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            byte => {
                let mark = SEPARATORS.iter().position(|mark| mark == byte);
                begins = mark.is_some();
                mark.into_iter().for_each(|mark| counts[mark] += 1);
            }
        }
    }
    // Of several that are equally frequent, the first: `max_by_key` would take the last.
    (0..SEPARATORS.len()).rev().max_by_key(|mark| counts[*mark]).map_or(b',', |mark| SEPARATORS[mark])
}

#[cfg(test)]
mod tests {
    use super::separator;

    #[test]
    fn the_separator_is_what_the_first_row_has_most_of() {
        for (table, expected) in [
            ("a,b\n1;2;3", b','),
            ("\n\na;b\n", b';'),
            ("a\tb, c\td", b'\t'),
            ("\"Name, first\";b;c", b';'),
            ("\"a \"\"b\"\", c, d\";e", b';'),
            ("Sender (name, first name);b;c", b';'),
            ("size 5\";a;b\n,,,,,\"", b';'),
            ("\"a\nb,,,\";c", b';'),
            ("a,b;c", b','),
            ("a", b','),
            ("", b','),
        ] {
            assert_eq!(separator(table.as_bytes()), expected, "{table}");
        }
    }
}

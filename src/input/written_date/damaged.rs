//! Years of which figures are missing: `184?`, `18--`, `184[?]`.

/// What stands for a figure that nobody can read.
const UNREAD: [char; 8] = ['-', '?', 'x', 'X', '*', '_', '.', 'u'];

/// A year at the beginning of a text whose last figures are missing, with noughts for them; how many they are, and how many
/// bytes it has. `digits` are the figures that are there.
pub(super) fn year(text: &str, digits: &str) -> Option<(u32, u8, usize)> {
    let places = match digits.len() {
        2 => 2,
        3 => 1,
        _ => return None,
    };
    // Nobody writes of years from 2100 on.
    let first: u32 = digits[..2].parse().ok()?;
    if !(10..=20).contains(&first) {
        return None;
    }
    let rest = &text[digits.len()..];
    let bracket = rest.chars().next().filter(|sign| "[(<".contains(*sign));
    let inner = &rest[bracket.map_or(0, char::len_utf8)..];
    let sign = inner.chars().next().filter(|sign| UNREAD.contains(sign))?;
    let run = inner.chars().take_while(|next| *next == sign).count();
    let after = &inner[run..];
    let closed = match bracket {
        Some(_) => after.strip_prefix([']', ')', '>'])?,
        None => after,
    };
    let ends = !closed.starts_with(|next: char| next.is_alphanumeric() || next == sign);
    // A point behind three figures is missing one only where nothing follows; two figures and points can be a day.
    let is_point = sign == '.' && (places == 2 || !closed.trim().is_empty()) && bracket.is_none();
    if run != places || !ends || is_point {
        return None;
    }
    let value = digits.parse::<u32>().ok()? * 10_u32.pow(u32::try_from(places).ok()?);
    Some((value, u8::try_from(places).ok()?, text.len() - closed.len()))
}

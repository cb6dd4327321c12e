//! Addresses on the web that end like the name of a register of the corpus: it may be that register.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::authority_index::{AuthorityIndex, Pointer};
use crate::model::Kind;
use crate::source::Span;
use std::collections::BTreeMap;

/// The most addresses that are counted.
const ADDRESS_LIMIT: usize = 100;

/// How many references there are by the address of what may be a register, where the first is, and the register's path.
#[derive(Debug, Default)]
pub(crate) struct RegisterAddresses(BTreeMap<String, (usize, Span, String)>);

impl RegisterAddresses {
    /// Counts a reference whose address may be that of an entry of a register; whether it is one.
    pub(super) fn count(&mut self, reference: &str, span: Span, index: &AuthorityIndex) -> bool {
        let Some((address, entry)) = reference.split_once('#') else { return false };
        let file = address.rsplit('/').next().unwrap_or_default();
        let Some(register) = index.register(file) else { return false };
        let pointer = Pointer { file: "", register: Some(register) };
        if index.exact_entry(entry, Kind::Thing, pointer, "").is_none() {
            return false;
        }
        if let Some((count, ..)) = self.0.get_mut(address) {
            *count += 1;
        } else if self.0.len() < ADDRESS_LIMIT {
            self.0.insert(address.to_owned(), (1, span, register.to_owned()));
        }
        true
    }

    /// Takes up what was counted in a later part of the sources.
    pub(crate) fn append(&mut self, later: Self) {
        for (address, (count, span, register)) in later.0 {
            self.0.entry(address).or_insert((0, span, register)).0 += count;
        }
    }

    /// Offers to take the addresses for those of the registers.
    pub(crate) fn report(&self, diagnostics: &mut Diagnostics) {
        for (address, (count, span, register)) in &self.0 {
            let message = match count {
                1 => format!("1 reference leads to an entry of {address}, and {register} has it"),
                _ => format!("{count} references lead to entries of {address}, and {register} has them"),
            };
            let help = format!(
                "if that is the register, say so in regesta.toml: [sources] register-addresses = {{ \"{address}\" = \
                 \"{register}\" }}"
            );
            diagnostics.push(Diagnostic::new(Code::RegisterAddress, *span, message).help(help));
        }
    }
}

//! Identifiers in other people's authority files: their forms, and one IRI for each.

use iri_string::spec::IriSpec;
use iri_string::template::UriTemplateStr;
use iri_string::template::simple_context::SimpleContext;
use iri_string::types::IriStr;

/// An identifier of a thing in somebody else's authority file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The authority file.
    pub scheme: &'static Scheme,
    /// The one IRI that every way of writing it comes to.
    pub iri: String,
    /// What the source has.
    pub written: String,
}

/// An authority file that identifiers belong to. Adding one is a row in [`Scheme::ALL`].
#[derive(Debug)]
pub struct Scheme {
    /// The name of its column.
    pub column: &'static str,
    /// What its identifiers look like, for a diagnostic.
    pub form: &'static str,
    /// Its IRIs as an RFC 6570 template over `id`.
    template: &'static str,
    /// The hosts and paths that stand before an identifier on the web, without `http(s)://` and `www.`.
    addresses: &'static [&'static str],
    accepts: fn(&str) -> bool,
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.column == other.column
    }
}

impl Eq for Scheme {}

impl Scheme {
    /// Every authority file that has a column of its own.
    pub const ALL: &'static [Self] = &[
        Self {
            column: "wikidata",
            form: "Q and a number, as in Q42",
            template: "http://www.wikidata.org/entity/{id}",
            addresses: &["wikidata.org/entity/", "wikidata.org/wiki/", "m.wikidata.org/wiki/"],
            accepts: |id| id.strip_prefix('Q').is_some_and(number),
        },
        Self {
            column: "gnd",
            form: "digits, a hyphen in some, and a last digit or X, as in 118540238 or 4021477-1",
            template: "https://d-nb.info/gnd/{id}",
            addresses: &["d-nb.info/gnd/"],
            accepts: gnd,
        },
        Self {
            column: "viaf",
            form: "a number, as in 24602065",
            template: "http://viaf.org/viaf/{id}",
            addresses: &["viaf.org/viaf/"],
            accepts: number,
        },
        Self {
            column: "geonames",
            form: "a number, as in 2988507",
            template: "https://sws.geonames.org/{id}/",
            addresses: &["sws.geonames.org/", "geonames.org/"],
            accepts: number,
        },
        Self {
            column: "pleiades",
            form: "a number, as in 423025",
            template: "https://pleiades.stoa.org/places/{id}",
            addresses: &["pleiades.stoa.org/places/"],
            accepts: number,
        },
    ];

    /// The column `same_as`: any address on the web, kept but for the normal form of RFC 3987, section 5.3.2.
    pub const SAME_AS: &'static Self = &Self {
        column: "same_as",
        form: "a full address, as in https://example.org/authority/7",
        template: "{+id}",
        addresses: &[],
        accepts: |_| false,
    };

    /// Reads an identifier, bare or as an address on the web; nothing when it has neither form.
    pub fn identify(&'static self, written: &str) -> Option<Identifier> {
        let written = written.trim();
        let iri = if self.addresses.is_empty() { web_address(written) } else { self.iri(self.bare(written)) }?;
        Some(Identifier { scheme: self, iri, written: written.to_owned() })
    }

    /// The identifier without the address that may stand before it and the page that may follow it.
    fn bare<'a>(&self, written: &'a str) -> &'a str {
        let address = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
        let Some(address) = address else { return written };
        let address = address.strip_prefix("www.").unwrap_or(address);
        let id = self.addresses.iter().find_map(|start| address.strip_prefix(start));
        id.map_or(written, |id| id.split(['/', '#', '?']).next().unwrap_or(id))
    }

    fn iri(&self, id: &str) -> Option<String> {
        if !(self.accepts)(id) {
            return None;
        }
        let template = UriTemplateStr::new(self.template).expect("the templates of the table are well formed");
        let mut context = SimpleContext::new();
        context.insert("id", id);
        Some(template.expand::<IriSpec, _>(&context).expect("the one variable is a string").to_string())
    }
}

fn number(id: &str) -> bool {
    !id.is_empty() && id.len() <= 22 && !id.starts_with('0') && id.bytes().all(|byte| byte.is_ascii_digit())
}

fn gnd(id: &str) -> bool {
    let Some(last) = id.len().checked_sub(1).filter(|last| (1..=11).contains(last)) else { return false };
    let (digits, check) = id.split_at(last);
    let digits = digits.strip_suffix('-').unwrap_or(digits);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (check == "X" || check.bytes().all(|byte| byte.is_ascii_digit()))
}

/// An address on the web, in the normal form of RFC 3987; nothing for what could run a program or hide a password.
fn web_address(written: &str) -> Option<String> {
    let iri = IriStr::new(written).ok()?;
    let web = ["http", "https"].iter().any(|scheme| iri.scheme_str().eq_ignore_ascii_case(scheme));
    let authority = iri.authority_components().filter(|parts| parts.userinfo().is_none() && !parts.host().is_empty());
    let normal = || if iri.is_normalized() { written.to_owned() } else { iri.normalize().to_string() };
    (web && authority.is_some()).then(normal)
}

#[cfg(test)]
mod tests {
    use super::Scheme;

    #[test]
    fn every_way_of_writing_an_identifier_comes_to_one_iri() {
        let cases: &[(&str, &[&str], &str)] = &[
            (
                "wikidata",
                &["Q90", "http://www.wikidata.org/entity/Q90", "https://wikidata.org/wiki/Q90", " Q90 "],
                "http://www.wikidata.org/entity/Q90",
            ),
            (
                "gnd",
                &["118540238", "http://d-nb.info/gnd/118540238", "https://d-nb.info/gnd/118540238/"],
                "https://d-nb.info/gnd/118540238",
            ),
            ("gnd", &["4021477-1", "https://d-nb.info/gnd/4021477-1"], "https://d-nb.info/gnd/4021477-1"),
            ("viaf", &["24602065", "https://www.viaf.org/viaf/24602065/#Goethe"], "http://viaf.org/viaf/24602065"),
            (
                "geonames",
                &["2988507", "http://www.geonames.org/2988507/paris.html", "https://sws.geonames.org/2988507"],
                "https://sws.geonames.org/2988507/",
            ),
            ("pleiades", &["https://pleiades.stoa.org/places/423025/roma"], "https://pleiades.stoa.org/places/423025"),
        ];
        for (column, forms, iri) in cases {
            let scheme = Scheme::ALL.iter().find(|scheme| scheme.column == *column).expect("the column exists");
            for form in *forms {
                let identifier = scheme.identify(form).unwrap_or_else(|| panic!("{column} refuses {form}"));
                assert_eq!(identifier.iri, *iri, "{form}");
                assert_eq!(identifier.written, form.trim());
            }
        }
    }

    #[test]
    fn what_has_the_form_of_nothing_is_refused() {
        for (column, forms) in [
            ("wikidata", ["90", "P31", "Q", "https://example.org/Q90"]),
            ("gnd", ["", "12x", "X", "https://viaf.org/viaf/1"]),
            ("viaf", ["abc", "", "-1", "1 2"]),
            ("geonames", ["Paris", "0", "http://www.geonames.org/", "javascript:1"]),
        ] {
            let scheme = Scheme::ALL.iter().find(|scheme| scheme.column == column).expect("the column exists");
            for form in forms {
                assert_eq!(scheme.identify(form), None, "{column} accepts {form:?}");
            }
        }
        for form in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://user:word@example.org/",
            "example.org",
            "https://a b",
        ] {
            assert_eq!(Scheme::SAME_AS.identify(form), None, "same_as accepts {form:?}");
        }
    }
}

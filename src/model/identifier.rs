//! Identifiers in other people's authority files: their forms, and one IRI for each.

use iri_string::spec::IriSpec;
use iri_string::template::UriTemplateStr;
use iri_string::template::simple_context::SimpleContext;
use iri_string::types::IriStr;
use std::borrow::Cow;

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
            addresses: &[
                "wikidata.org/entity/",
                "wikidata.org/wiki/Special:EntityData/",
                "wikidata.org/wiki/Special:EntityPage/",
                "wikidata.org/wiki/",
                "m.wikidata.org/wiki/",
            ],
            accepts: |id| id.strip_prefix('Q').is_some_and(number),
        },
        Self {
            column: "gnd",
            form: "digits, a hyphen in some, and a last digit or X, as in 118540238 or 4021477-1",
            template: "https://d-nb.info/gnd/{id}",
            addresses: &["d-nb.info/gnd/", "lobid.org/gnd/"],
            accepts: gnd,
        },
        Self {
            column: "viaf",
            form: "a number, as in 24602065",
            template: "http://viaf.org/viaf/{id}",
            addresses: &["viaf.org/viaf/", "viaf.org/en/viaf/", "viaf.org/"],
            accepts: number,
        },
        Self {
            column: "geonames",
            form: "a number, as in 2988507",
            template: "https://sws.geonames.org/{id}/",
            addresses: &["sws.geonames.org/", "geonames.org/", "secure.geonames.org/"],
            accepts: number,
        },
        Self {
            column: "pleiades",
            form: "a number, as in 423025",
            template: "https://pleiades.stoa.org/places/{id}",
            addresses: &["pleiades.stoa.org/places/"],
            accepts: number,
        },
        Self {
            column: "tgn",
            form: "a number, as in 7008038",
            template: "http://vocab.getty.edu/tgn/{id}",
            addresses: &["vocab.getty.edu/tgn/", "vocab.getty.edu/page/tgn/"],
            accepts: number,
        },
        Self {
            column: "lcnaf",
            form: "one to three letters and digits, as in n79021164",
            template: "http://id.loc.gov/authorities/names/{id}",
            addresses: &["id.loc.gov/authorities/names/", "id.loc.gov/rwo/agents/", "lccn.loc.gov/"],
            accepts: lcnaf,
        },
        Self {
            column: "isni",
            form: "sixteen digits of which the last can be X, without blanks, as in 0000000121174585",
            template: "https://isni.org/isni/{id}",
            addresses: &["isni.org/isni/", "isni-url.oclc.nl/isni/", "isni.org/"],
            accepts: |id| id.len() == 16 && has_check_digit(id),
        },
        Self {
            column: "orcid",
            form: "four groups of four digits, as in 0000-0002-1825-0097",
            template: "https://orcid.org/{id}",
            addresses: &["orcid.org/"],
            accepts: |id| {
                id.len() == 19 && id.split('-').all(|group| group.len() == 4) && has_check_digit(&id.replace('-', ""))
            },
        },
        Self {
            column: "isil",
            form: "a country and a name joined by a hyphen, as in DE-1a",
            template: "http://ld.zdb-services.de/resource/organisations/{id}",
            addresses: &["ld.zdb-services.de/resource/organisations/", "lobid.org/organisations/", "lobid.org/isil/"],
            accepts: isil,
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

    /// The schemes that tables have columns for: every authority file, and `same_as`.
    pub fn with_columns() -> impl Iterator<Item = &'static Self> + Clone {
        Self::ALL.iter().chain([Self::SAME_AS])
    }

    /// Reads an identifier, bare or as an address on the web; nothing when it has neither form.
    pub fn identify(&'static self, written: &str) -> Option<Identifier> {
        let written = written.trim();
        let iri =
            if self.addresses.is_empty() { web_address(written) } else { self.iri(&self.usual(self.bare(written))) }?;
        Some(Identifier { scheme: self, iri, written: written.to_owned() })
    }

    /// What its IRIs begin with.
    pub fn beginning(&self) -> &'static str {
        self.template.split('{').next().unwrap_or_default()
    }

    /// The identifier that an address on the web is, in whichever authority file.
    pub fn identify_address(address: &str) -> Option<Identifier> {
        let web = address.starts_with("http://") || address.starts_with("https://");
        web.then(|| Self::ALL.iter().find_map(|scheme| scheme.identify(address)))?
    }

    /// The one form of an IRI that differs from it in no more than `http` or `https`, `www.` and a slash at its end;
    /// nothing where it has that form, or is of no authority file. Pages and files about a thing are other things.
    pub fn usual_iri(iri: &str) -> Option<String> {
        let rest = |iri: &'_ str| iri.strip_prefix("https://").or_else(|| iri.strip_prefix("http://")).map(str::len);
        let rest_of_iri = &iri[iri.len() - rest(iri)?..];
        let rest_of_iri = rest_of_iri.strip_prefix("www.").unwrap_or(rest_of_iri);
        Self::ALL.iter().find_map(|scheme| {
            let (before, _) = scheme.template.split_once("{id}").expect("the template has one variable");
            let before = &before[before.len() - rest(before)?..];
            let id = rest_of_iri.strip_prefix(before.strip_prefix("www.").unwrap_or(before))?;
            let usual = scheme.iri(id.strip_suffix('/').unwrap_or(id))?;
            (usual != iri).then_some(usual)
        })
    }

    /// The authority file that goes by a name, in capital or small letters.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = match name.to_ascii_lowercase().as_str() {
            // The name of the GND's file of persons until 2012.
            "pnd" => "gnd".to_owned(),
            "lccn" | "lcn" | "loc" => "lcnaf".to_owned(),
            other => other.to_owned(),
        };
        Self::ALL.iter().find(|scheme| scheme.column == name)
    }

    /// The identifier without the address that may stand before it and the page that may follow it.
    fn bare<'a>(&self, written: &'a str) -> &'a str {
        let after = |written: &'a str, start: &str| {
            let begins = written.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
            begins.then(|| &written[start.len()..])
        };
        let Some(address) = after(written, "https://").or_else(|| after(written, "http://")) else { return written };
        let address = after(address, "www.").unwrap_or(address);
        let id = self.addresses.iter().find_map(|start| after(address, start));
        id.map_or(written, |id| id.split(['/', '#', '?']).next().unwrap_or(id))
    }

    /// The identifier as its authority file writes it: people leave out or add what does not matter.
    fn usual<'a>(&self, id: &'a str) -> Cow<'a, str> {
        let id = [".html", ".rdf", ".json", ".ttl", ".xml"].iter().find_map(|end| id.strip_suffix(end)).unwrap_or(id);
        match self.column {
            "wikidata" if id.starts_with('q') => id.to_ascii_uppercase().into(),
            "gnd" | "orcid" if id.ends_with('x') => id.to_ascii_uppercase().into(),
            "isni" => id.replace("%20", "").replace(' ', "").to_ascii_uppercase().into(),
            "tgn" => id.trim_end_matches("-place").into(),
            _ => id.into(),
        }
    }

    fn iri(&self, id: &str) -> Option<String> {
        if !(self.accepts)(id) {
            return None;
        }
        // What the template would leave as it is (RFC 3986, section 2.3) needs no template, and identifiers are many.
        if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            let (before, after) = self.template.split_once("{id}").expect("the template has one variable");
            return Some([before, id, after].concat());
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

/// A number of the Library of Congress: a prefix of one to three letters, then eight or ten digits.
fn lcnaf(id: &str) -> bool {
    let digits = id.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    (1..=3).contains(&(id.len() - digits.len()))
        && matches!(digits.len(), 8 | 10)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the last of some digits is their check digit (ISO 7064, MOD 11-2), as ISNI and ORCID have it.
fn has_check_digit(id: &str) -> bool {
    let Some((digits, last)) = id.len().checked_sub(1).filter(|at| id.is_char_boundary(*at)).map(|at| id.split_at(at))
    else {
        return false;
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sum = digits.bytes().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let check = (12 - sum) % 11;
    if check == 10 { last == "X" } else { last == check.to_string() }
}

/// An International Standard Identifier for Libraries (ISO 15511): a prefix of one to four letters, then up to eleven
/// letters, digits and marks.
fn isil(id: &str) -> bool {
    id.split_once('-').is_some_and(|(country, name)| {
        (1..=4).contains(&country.len())
            && country.bytes().all(|byte| byte.is_ascii_alphabetic())
            && (1..=11).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'/'))
    })
}

/// An address on the web, in the normal form of RFC 3987; nothing for what could run a program or hide a password.
fn web_address(written: &str) -> Option<String> {
    if is_plain_address(written) {
        return Some(written.to_owned());
    }
    let iri = IriStr::new(written).ok()?;
    let web = ["http", "https"].iter().any(|scheme| iri.scheme_str().eq_ignore_ascii_case(scheme));
    let authority = iri.authority_components().filter(|parts| parts.userinfo().is_none() && !parts.host().is_empty());
    let normal = || if iri.is_normalized() { written.to_owned() } else { iri.normalize().to_string() };
    (web && authority.is_some()).then(normal)
}

/// Whether an address is surely valid and in its normal form: a host and a path of letters, digits and a few marks, as
/// most have. Millions of letters have an address each, and the library takes ten times as long to say so.
fn is_plain_address(written: &str) -> bool {
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    let Some((host, path)) = rest.and_then(|rest| rest.split_once('/')) else { return false };
    let in_host = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    let in_path = |byte: u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' | b'/');
    !host.is_empty() && host.bytes().all(in_host) && path.bytes().all(in_path)
}

#[cfg(test)]
mod tests {
    use super::{Scheme, is_plain_address, web_address};

    /// Columns, what can be written in them, and the IRI that it comes to.
    const FORMS: &[(&str, &[&str], &str)] = &[
        (
            "wikidata",
            &[
                "Q90",
                "http://www.wikidata.org/entity/Q90",
                "https://wikidata.org/wiki/Q90",
                " Q90 ",
                "HTTPS://www.WIKIDATA.org/wiki/q90",
                "https://www.wikidata.org/wiki/Special:EntityData/Q90.json",
            ],
            "http://www.wikidata.org/entity/Q90",
        ),
        (
            "gnd",
            &["118540238", "http://d-nb.info/gnd/118540238", "https://d-nb.info/gnd/118540238/"],
            "https://d-nb.info/gnd/118540238",
        ),
        ("gnd", &["4021477-1", "https://d-nb.info/gnd/4021477-1"], "https://d-nb.info/gnd/4021477-1"),
        (
            "viaf",
            &["24602065", "https://www.viaf.org/viaf/24602065/#Goethe", "https://viaf.org/24602065"],
            "http://viaf.org/viaf/24602065",
        ),
        (
            "geonames",
            &["2988507", "http://www.geonames.org/2988507/paris.html", "https://sws.geonames.org/2988507"],
            "https://sws.geonames.org/2988507/",
        ),
        ("pleiades", &["https://pleiades.stoa.org/places/423025/roma"], "https://pleiades.stoa.org/places/423025"),
        ("gnd", &["https://lobid.org/gnd/118540238"], "https://d-nb.info/gnd/118540238"),
        ("tgn", &["7008038", "http://vocab.getty.edu/page/tgn/7008038"], "http://vocab.getty.edu/tgn/7008038"),
        (
            "lcnaf",
            &[
                "n79021164",
                "https://id.loc.gov/authorities/names/n79021164.html",
                "http://id.loc.gov/rwo/agents/n79021164",
            ],
            "http://id.loc.gov/authorities/names/n79021164",
        ),
        (
            "isni",
            &["0000000121174585", "0000 0001 2117 4585", "http://www.isni.org/isni/0000000121174585"],
            "https://isni.org/isni/0000000121174585",
        ),
        (
            "orcid",
            &["0000-0002-1825-0097", "http://orcid.org/0000-0002-1825-0097"],
            "https://orcid.org/0000-0002-1825-0097",
        ),
        (
            "orcid",
            &["0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233x"],
            "https://orcid.org/0000-0002-1694-233X",
        ),
        ("isil", &["DE-1a"], "http://ld.zdb-services.de/resource/organisations/DE-1a"),
    ];

    #[test]
    fn every_way_of_writing_an_identifier_comes_to_one_iri() {
        for (column, forms, iri) in FORMS {
            let scheme = Scheme::ALL.iter().find(|scheme| scheme.column == *column).expect("the column exists");
            for form in *forms {
                let identifier = scheme.identify(form).unwrap_or_else(|| panic!("{column} refuses {form}"));
                assert_eq!(identifier.iri, *iri, "{form}");
                assert_eq!(identifier.written, form.trim());
            }
        }
    }

    #[test]
    fn only_what_is_written_otherwise_comes_to_the_usual_form() {
        for (iri, usual) in [
            ("https://www.wikidata.org/entity/Q90", Some("http://www.wikidata.org/entity/Q90")),
            ("http://sws.geonames.org/2988507", Some("https://sws.geonames.org/2988507/")),
            ("http://d-nb.info/gnd/118540238/", Some("https://d-nb.info/gnd/118540238")),
            ("http://www.wikidata.org/entity/Q90", None),
            ("https://www.wikidata.org/wiki/Special:EntityData/Q90", None),
            ("https://d-nb.info/gnd/118540238/about", None),
            ("https://www.geonames.org/2988507/paris.html", None),
            ("https://example.org/2988507", None),
            ("urn:x:y", None),
        ] {
            assert_eq!(Scheme::usual_iri(iri).as_deref(), usual, "{iri}");
        }
    }

    #[test]
    fn what_has_the_form_of_nothing_is_refused() {
        for (column, forms) in [
            ("wikidata", ["90", "P31", "Q", "https://example.org/Q90"]),
            ("gnd", ["", "12y", "X", "https://viaf.org/viaf/1"]),
            ("viaf", ["abc", "", "-1", "1 2"]),
            ("isni", ["0000000121174586", "1", "", "é000000121174585"]),
            ("orcid", ["0000-0002-1825-0098", "0000000218250097", "", "0000-0002-1825-009"]),
            ("lcnaf", ["79021164", "n7902116", "nabc79021164", "N79021164"]),
            ("isil", ["DE", "-1a", "GERMANY-1", "DE-1a DE-2"]),
            ("geonames", ["Paris", "0", "http://www.geonames.org/", "javascript:1"]),
        ] {
            let scheme = Scheme::ALL.iter().find(|scheme| scheme.column == column).expect("the column exists");
            for form in forms {
                assert_eq!(scheme.identify(form), None, "{column} accepts {form:?}");
            }
        }
        for written in ["https://example.org/", "http://a-1.example/B_c/~d//e/", "https://1.2.3.4/5"] {
            assert!(is_plain_address(written), "{written}");
            let iri = iri_string::types::IriStr::new(written).expect(written);
            assert!(iri.is_normalized(), "{written}");
        }
        for written in ["https:///a", "https://a", "https://A/b", "https://a/./b", "https://a/%41", "ftp://a/b"] {
            assert!(!is_plain_address(written), "{written}");
        }
        assert_eq!(web_address("https://a/./b").as_deref(), Some("https://a/b"));
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

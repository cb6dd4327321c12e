//! Identifiers in other people's authority files: their forms, and one IRI for each.

use crate::model::identifier_form::{Fault, gnd, isil, isni, lcnaf, number, orcid};
use iri_string::spec::IriSpec;
use iri_string::template::UriTemplateStr;
use iri_string::template::simple_context::SimpleContext;
use iri_string::types::IriStr;
use std::borrow::Cow;
use std::hash::{Hash, Hasher};

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
    /// Whether a text is an identifier of it; else why not.
    check: fn(&str) -> Result<(), Fault>,
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.column == other.column
    }
}

impl Eq for Scheme {}

impl Hash for Scheme {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.column.hash(state);
    }
}

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
                "wikidata.org/",
            ],
            check: |id| number(id.strip_prefix('Q').unwrap_or_default(), &[1..=10]),
        },
        Self {
            column: "gnd",
            form: "digits, a hyphen in some, and a last digit or X, as in 118540238 or 4021477-1",
            template: "https://d-nb.info/gnd/{id}",
            addresses: &["d-nb.info/gnd/", "lobid.org/gnd/", "explore.gnd.network/gnd/"],
            check: gnd,
        },
        Self {
            column: "viaf",
            form: "a number, as in 24602065",
            template: "http://viaf.org/viaf/{id}",
            addresses: &["viaf.org/viaf/", "viaf.org/"],
            check: |id| number(id, &[2..=9, 18..=22]),
        },
        Self {
            column: "geonames",
            form: "a number, as in 2988507",
            template: "https://sws.geonames.org/{id}/",
            addresses: &["sws.geonames.org/", "geonames.org/", "secure.geonames.org/"],
            check: |id| number(id, &[1..=9]),
        },
        Self {
            column: "pleiades",
            form: "a number, as in 423025",
            template: "https://pleiades.stoa.org/places/{id}",
            addresses: &["pleiades.stoa.org/places/"],
            check: |id| number(id, &[1..=12]),
        },
        Self {
            column: "tgn",
            form: "a number, as in 7008038",
            template: "http://vocab.getty.edu/tgn/{id}",
            addresses: &["vocab.getty.edu/tgn/", "vocab.getty.edu/page/tgn/"],
            check: |id| number(id, &[1..=12]),
        },
        Self {
            column: "lcnaf",
            form: "one to three letters and digits, as in n79021164",
            template: "http://id.loc.gov/authorities/names/{id}",
            addresses: &["id.loc.gov/authorities/names/", "id.loc.gov/rwo/agents/", "lccn.loc.gov/"],
            check: lcnaf,
        },
        Self {
            column: "isni",
            form: "sixteen digits of which the last can be X, without blanks, as in 0000000121174585",
            template: "https://isni.org/isni/{id}",
            addresses: &["isni.org/isni/", "isni-url.oclc.nl/isni/", "isni.org/page/", "isni.org/"],
            check: isni,
        },
        Self {
            column: "orcid",
            form: "four groups of four digits, as in 0000-0002-1825-0097",
            template: "https://orcid.org/{id}",
            addresses: &["orcid.org/"],
            check: orcid,
        },
        Self {
            column: "isil",
            form: "a country and a name joined by a hyphen, as in DE-1a",
            template: "http://ld.zdb-services.de/resource/organisations/{id}",
            addresses: &["ld.zdb-services.de/resource/organisations/", "lobid.org/organisations/", "lobid.org/isil/"],
            check: isil,
        },
    ];

    /// The column `same_as`: any address on the web, kept but for the normal form of RFC 3987, section 5.3.2.
    pub const SAME_AS: &'static Self = &Self {
        column: "same_as",
        form: "a full address, as in https://example.org/authority/7",
        template: "{+id}",
        addresses: &[],
        check: |_| Err(Fault::Form),
    };

    /// The schemes that tables have columns for: every authority file, and `same_as`.
    pub fn with_columns() -> impl Iterator<Item = &'static Self> + Clone {
        Self::ALL.iter().chain([Self::SAME_AS])
    }

    /// Reads an identifier, bare or as an address on the web.
    ///
    /// # Errors
    ///
    /// Why the text is no identifier of this authority file.
    pub fn read(&'static self, written: &str) -> Result<Identifier, Fault> {
        let written = written.trim();
        let iri = match self.addresses {
            [] => web_address(written).ok_or(Fault::Form)?,
            _ => self.iri(&self.usual(&self.bare(written)))?,
        };
        Ok(Identifier { scheme: self, iri, written: written.to_owned() })
    }

    /// The same; nothing where the text is no identifier.
    pub fn identify(&'static self, written: &str) -> Option<Identifier> {
        self.read(written).ok()
    }

    /// The authority file whose address a text is, without an identifier of it at its end, and why what stands there is
    /// none. Addresses of other pages of its site are none of these.
    pub fn faulty_address(address: &str) -> Option<(&'static Self, Fault)> {
        let address = web_host_and_path(address)?;
        let place = address.split(['#', '?']).next().unwrap_or_default();
        let found = Self::ALL.iter().find_map(|scheme| {
            let start = scheme.addresses.iter().find(|start| {
                starts_with_any_case(&address, start) || place.eq_ignore_ascii_case(start.trim_end_matches('/'))
            })?;
            Some((scheme, address.get(start.len()..).unwrap_or_default()))
        });
        let (scheme, rest) = found?;
        let id = rest.split(['/', '#', '?']).next().unwrap_or_default();
        let after = &rest[id.len()..];
        // Where the id is missing, what stands behind is no page about a thing, unless it asks for one.
        let is_page =
            if id.is_empty() { after.len() > 1 && after.contains('=') } else { !after.trim_matches('/').is_empty() };
        let fault = if id.is_empty() { Fault::Missing } else { (scheme.check)(&scheme.usual(id)).err()? };
        (!is_page).then_some((scheme, fault))
    }

    /// What its IRIs begin with.
    pub fn beginning(&self) -> &'static str {
        self.template.split('{').next().unwrap_or_default()
    }

    /// The identifier that an address on the web is, in whichever authority file.
    pub fn identify_address(address: &str) -> Option<Identifier> {
        web_host_and_path(address)?;
        Self::ALL.iter().find_map(|scheme| scheme.identify(address))
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
            let usual = scheme.iri(id.strip_suffix('/').unwrap_or(id)).ok()?;
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
    fn bare<'a>(&self, written: &'a str) -> Cow<'a, str> {
        let Some(address) = web_host_and_path(written) else { return written.into() };
        let after = |start: &&str| starts_with_any_case(&address, start).then_some(start.len());
        let Some(from) = self.addresses.iter().find_map(after) else { return written.into() };
        let to = address[from..].find(['/', '#', '?']).map_or(address.len(), |length| from + length);
        match address {
            Cow::Borrowed(address) => address[from..to].into(),
            Cow::Owned(address) => address[from..to].to_owned().into(),
        }
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

    fn iri(&self, id: &str) -> Result<String, Fault> {
        (self.check)(id)?;
        // What the template would leave as it is (RFC 3986, section 2.3) needs no template, and identifiers are many.
        if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            let (before, after) = self.template.split_once("{id}").expect("the template has one variable");
            return Ok([before, id, after].concat());
        }
        let template = UriTemplateStr::new(self.template).expect("the templates of the table are well formed");
        let mut context = SimpleContext::new();
        context.insert("id", id);
        Ok(template.expand::<IriSpec, _>(&context).expect("the one variable is a string").to_string())
    }
}

/// An address on the web without its scheme, `www.`, the usual port, empty parts of its path, and the language of a page
/// of VIAF.
fn web_host_and_path(address: &str) -> Option<Cow<'_, str>> {
    let scheme = ["https://", "http://"].iter().find(|scheme| starts_with_any_case(address, scheme))?;
    let rest = &address[scheme.len()..];
    let rest = if starts_with_any_case(rest, "www.") { &rest[4..] } else { rest };
    let (place, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let is_language = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let translated = path.split_once('/').filter(|(language, _)| is_language(language));
    let translated = translated.filter(|_| host.eq_ignore_ascii_case("viaf.org"));
    let has_more = host.contains(':') || path.starts_with('/') || path.contains("//") || translated.is_some();
    if !has_more {
        return Some(rest.into());
    }
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if translated.is_some() {
        parts.remove(0);
    }
    Some([host, "/", &parts.join("/"), query].concat().into())
}

fn starts_with_any_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// An address on the web, in the normal form of RFC 3987; nothing for what could run a program or hide a password.
fn web_address(written: &str) -> Option<String> {
    if is_plain_address(written) {
        return Some(written.to_owned());
    }
    let encoded = encoded(written);
    let written = &*encoded;
    let iri = IriStr::new(written).ok()?;
    let web = ["http", "https"].iter().any(|scheme| iri.scheme_str().eq_ignore_ascii_case(scheme));
    let authority = iri.authority_components().filter(|parts| parts.userinfo().is_none() && !parts.host().is_empty());
    let normal = || if iri.is_normalized() { written.to_owned() } else { iri.normalize().to_string() };
    (web && authority.is_some()).then(normal)
}

/// An address with what no IRI can have in its path and after it encoded, as browsers do: RFC 3987, section 3.1. Blanks divide
/// addresses, and angle brackets and braces are what templates leave behind: these stay, so that it is none.
fn encoded(written: &str) -> Cow<'_, str> {
    let host = written.find("://").map_or(0, |end| end + "://".len());
    let Some(path) = written[host..].find('/').map(|start| host + start) else { return written.into() };
    let is_wrong = |at: usize, byte: u8| match byte {
        b'|' | b'^' | b'`' | b'\\' | b'[' | b']' | b'"' => true,
        b'%' => !written.as_bytes().get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        b'#' => written[path..at].contains('#'),
        _ => false,
    };
    // A second # is searched for from the start, so that no more than a few are.
    if written.bytes().filter(|byte| *byte == b'#').nth(16).is_some() {
        return written.into();
    }
    let bytes = || written.bytes().enumerate().skip(path);
    if !bytes().any(|(at, byte)| is_wrong(at, byte)) {
        return written.into();
    }
    let mut encoded = written[..path].to_owned();
    for (at, letter) in written[path..].char_indices().map(|(at, letter)| (path + at, letter)) {
        match u8::try_from(letter) {
            Ok(byte) if letter.is_ascii() && is_wrong(at, byte) => encoded.push_str(&format!("%{byte:02X}")),
            _ => encoded.push(letter),
        }
    }
    encoded.into()
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
    use super::{Fault, Scheme, is_plain_address, web_address};

    /// Columns, what can be written in them, and the IRI that it comes to.
    const FORMS: &[(&str, &[&str], &str)] = &[
        (
            "wikidata",
            &[
                "Q90",
                "http://www.wikidata.org/entity/Q90",
                "https://wikidata.org/wiki/Q90",
                "https://wikidata.org/Q90",
                " Q90 ",
                "HTTPS://www.WIKIDATA.org/wiki/q90",
                "https://www.wikidata.org/wiki/Special:EntityData/Q90.json",
            ],
            "http://www.wikidata.org/entity/Q90",
        ),
        (
            "gnd",
            &[
                "118540238",
                "http://d-nb.info/gnd/118540238",
                "https://d-nb.info/gnd/118540238/",
                "https://d-nb.info/gnd//118540238",
                "https://d-nb.info//gnd/118540238",
                "https://d-nb.info:443/gnd/118540238",
                "https://explore.gnd.network/gnd/118540238",
            ],
            "https://d-nb.info/gnd/118540238",
        ),
        ("gnd", &["4021477-1", "https://d-nb.info/gnd/4021477-1"], "https://d-nb.info/gnd/4021477-1"),
        (
            "viaf",
            &[
                "24602065",
                "https://www.viaf.org/viaf/24602065/#Goethe",
                "https://viaf.org/24602065",
                "https://viaf.org/de/viaf/24602065",
            ],
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
            &[
                "0000000121174585",
                "0000 0001 2117 4585",
                "http://www.isni.org/isni/0000000121174585",
                "https://isni.org/page/0000000121174585/",
            ],
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
    fn an_address_of_an_authority_file_without_an_identifier_is_faulty() {
        for (address, found) in [
            ("http://d-nb.info/gnd/", Some(("gnd", Fault::Missing))),
            ("https://D-NB.info/gnd", Some(("gnd", Fault::Missing))),
            ("https://d-nb.info/gnd/XXX", Some(("gnd", Fault::Form))),
            ("https://d-nb.info/gnd/118540239", Some(("gnd", Fault::CheckDigit))),
            ("https://www.geonames.org/", Some(("geonames", Fault::Missing))),
            ("https://d-nb.info/gnd/?", Some(("gnd", Fault::Missing))),
            ("https://www.geonames.org/#", Some(("geonames", Fault::Missing))),
            ("https://viaf.org/viaf/#", Some(("viaf", Fault::Missing))),
            ("http://www.wikidata.org/entity/", Some(("wikidata", Fault::Missing))),
            ("https://viaf.org/viaf/", Some(("viaf", Fault::Missing))),
            ("https://orcid.org/0000-0002-1825-0098", Some(("orcid", Fault::CheckDigit))),
            ("https://d-nb.info/gnd/118540238", None),
            ("https://viaf.org/viaf/sourceID/DNB%7C118540238", None),
            ("https://example.org/gnd/", None),
            ("d-nb.info/gnd/", None),
        ] {
            let faulty = Scheme::faulty_address(address).map(|(scheme, fault)| (scheme.column, fault));
            assert_eq!(faulty, found, "{address}");
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
        let refused: [(&str, &[&str]); 8] = [
            ("wikidata", &["90", "P31", "Q", "https://example.org/Q90"]),
            ("gnd", &["", "12y", "X", "https://viaf.org/viaf/1", "118540239", "11854023", "4021477-2"]),
            ("viaf", &["abc", "", "-1", "1 2", "1"]),
            ("isni", &["0000000121174586", "1", "", "é000000121174585"]),
            ("orcid", &["0000-0002-1825-0098", "0000000218250097", "", "0000-0002-1825-009"]),
            ("lcnaf", &["79021164", "n7902116", "nabc79021164", "N79021164"]),
            ("isil", &["DE", "-1a", "GERMANY-1", "DE-1a DE-2"]),
            ("geonames", &["Paris", "0", "http://www.geonames.org/", "javascript:1"]),
        ];
        for (column, forms) in refused {
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
        for (written, iri) in [
            ("https://a.example/b|c.html", "https://a.example/b%7Cc.html"),
            ("https://a.example/ä[1]?q=^%zz#a#b", "https://a.example/ä%5B1%5D?q=%5E%25zz#a%23b"),
            ("https://a.example/%7Cb", "https://a.example/%7Cb"),
        ] {
            assert_eq!(web_address(written).as_deref(), Some(iri));
        }
        for form in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://user:word@example.org/",
            "example.org",
            "https://a b",
            "https://a.example/b c",
            "https://a.example/{id}",
            "https://a|b/c",
        ] {
            assert_eq!(Scheme::SAME_AS.identify(form), None, "same_as accepts {form:?}");
        }
    }
}

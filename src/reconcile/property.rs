//! What the properties of the vocabularies of letters, libraries and gazetteers say of a thing, for comparing it.

use crate::model::Scheme;
use std::collections::HashMap;

/// What a property says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// What it is called.
    Name,
    /// What else it is called.
    OtherName,
    /// What sort of thing it is.
    Type,
    /// When somebody was born.
    Born,
    /// When somebody died.
    Died,
    /// When it happened.
    Date,
    /// The first day of a span of time.
    Earliest,
    /// The last day of a span of time.
    Latest,
    /// The node that has the value of a statement of Wikidata.
    Value,
    /// A point of time in such a node.
    TimeValue,
    /// How exact it is, as a number of Wikibase.
    TimePrecision,
    /// How a statement stands beside others.
    Rank,
    /// A point as well-known text, or the geometry that has one.
    Point,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// What it lies in, or is a part of.
    Within,
    /// The country, as a code.
    Country,
    /// The same thing elsewhere.
    Same,
    /// Nearly the same thing elsewhere.
    Near,
    /// Something elsewhere that has to do with it.
    Related,
    /// Its number in an authority file.
    Number(&'static str),
    /// What it has become.
    ReplacedBy,
}

/// The vocabularies, each with its properties.
const TABLE: &[(&str, &[(&str, Says)])] = &[
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", &[("type", Says::Type), ("value", Says::Date)]),
    ("http://www.w3.org/2000/01/rdf-schema#", &[("label", Says::Name), ("seeAlso", Says::Related)]),
    ("http://www.w3.org/2002/07/owl#", &[("sameAs", Says::Same)]),
    (
        "http://www.w3.org/2004/02/skos/core#",
        &[
            ("prefLabel", Says::Name),
            ("altLabel", Says::OtherName),
            ("exactMatch", Says::Same),
            ("closeMatch", Says::Near),
            ("relatedMatch", Says::Related),
        ],
    ),
    (
        "http://schema.org/",
        &[
            ("name", Says::Name),
            ("alternateName", Says::OtherName),
            ("birthDate", Says::Born),
            ("deathDate", Says::Died),
            ("startDate", Says::Date),
            ("containedInPlace", Says::Within),
            ("location", Says::Within),
            ("addressCountry", Says::Country),
            ("latitude", Says::Latitude),
            ("longitude", Says::Longitude),
            ("sameAs", Says::Same),
        ],
    ),
    (
        "https://w3id.org/regesta/ns#",
        &[("born", Says::Born), ("died", Says::Died), ("timeSpan", Says::Date), ("place", Says::Within)],
    ),
    (
        "http://www.cidoc-crm.org/cidoc-crm/",
        &[("P82a_begin_of_the_begin", Says::Earliest), ("P82b_end_of_the_end", Says::Latest)],
    ),
    ("http://xmlns.com/foaf/0.1/", &[("name", Says::Name), ("nick", Says::OtherName)]),
    (
        "http://purl.org/dc/terms/",
        &[("title", Says::Name), ("date", Says::Date), ("isPartOf", Says::Within), ("isReplacedBy", Says::ReplacedBy)],
    ),
    (
        "http://www.opengis.net/ont/geosparql#",
        &[("hasGeometry", Says::Point), ("hasDefaultGeometry", Says::Point), ("asWKT", Says::Point)],
    ),
    ("http://www.w3.org/2003/01/geo/wgs84_pos#", &[("lat", Says::Latitude), ("long", Says::Longitude)]),
    (
        "http://www.geonames.org/ontology#",
        &[
            ("name", Says::Name),
            ("alternateName", Says::OtherName),
            ("officialName", Says::OtherName),
            ("shortName", Says::OtherName),
            ("historicalName", Says::OtherName),
            ("colloquialName", Says::OtherName),
            ("parentFeature", Says::Within),
            ("parentCountry", Says::Within),
            ("parentADM1", Says::Within),
            ("parentADM2", Says::Within),
            ("countryCode", Says::Country),
        ],
    ),
    (
        "https://d-nb.info/standards/elementset/gnd#",
        &[
            ("preferredName", Says::Name),
            ("preferredNameForThePerson", Says::Name),
            ("preferredNameForThePlaceOrGeographicName", Says::Name),
            ("preferredNameForTheCorporateBody", Says::Name),
            ("preferredNameForTheConferenceOrEvent", Says::Name),
            ("preferredNameForTheWork", Says::Name),
            ("variantName", Says::OtherName),
            ("variantNameForThePerson", Says::OtherName),
            ("variantNameForThePlaceOrGeographicName", Says::OtherName),
            ("variantNameForTheCorporateBody", Says::OtherName),
            ("dateOfBirth", Says::Born),
            ("dateOfDeath", Says::Died),
            ("dateOfConferenceOrEvent", Says::Date),
            ("broaderTermPartitive", Says::Within),
            ("place", Says::Within),
        ],
    ),
    (
        "http://www.wikidata.org/prop/direct/",
        &[
            ("P31", Says::Type),
            ("P569", Says::Born),
            ("P570", Says::Died),
            ("P585", Says::Date),
            ("P580", Says::Date),
            ("P625", Says::Point),
            ("P131", Says::Within),
            ("P17", Says::Within),
            ("P361", Says::Within),
            ("P276", Says::Within),
            ("P1566", Says::Number("geonames")),
            ("P227", Says::Number("gnd")),
            ("P214", Says::Number("viaf")),
            ("P1584", Says::Number("pleiades")),
            ("P1667", Says::Number("tgn")),
            ("P244", Says::Number("lcnaf")),
            ("P213", Says::Number("isni")),
            ("P496", Says::Number("orcid")),
            ("P791", Says::Number("isil")),
        ],
    ),
    (
        "http://www.wikidata.org/prop/",
        &[("P569", Says::Born), ("P570", Says::Died), ("P585", Says::Date), ("P580", Says::Date)],
    ),
    (
        "http://www.wikidata.org/prop/statement/value/",
        &[("P569", Says::Value), ("P570", Says::Value), ("P585", Says::Value), ("P580", Says::Value)],
    ),
    (
        "http://wikiba.se/ontology#",
        &[("timeValue", Says::TimeValue), ("timePrecision", Says::TimePrecision), ("rank", Says::Rank)],
    ),
];

/// The families of things that are compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Human beings.
    Person,
    /// Bodies and groups.
    Body,
    /// Places.
    Place,
    /// Happenings.
    Event,
    /// Works and documents.
    Work,
}

/// Classes by family; what is in none can be anything.
const CLASSES: &[(Family, &[&str])] = &[
    (
        Family::Person,
        &[
            "http://schema.org/Person",
            "http://xmlns.com/foaf/0.1/Person",
            "http://www.wikidata.org/entity/Q5",
            "http://www.cidoc-crm.org/cidoc-crm/E21_Person",
            "https://d-nb.info/standards/elementset/gnd#DifferentiatedPerson",
            "https://d-nb.info/standards/elementset/gnd#Person",
            "https://d-nb.info/standards/elementset/gnd#RoyalOrMemberOfARoyalHouse",
            "https://d-nb.info/standards/elementset/gnd#Pseudonym",
        ],
    ),
    (
        Family::Body,
        &[
            "http://schema.org/Organization",
            "http://xmlns.com/foaf/0.1/Organization",
            "http://xmlns.com/foaf/0.1/Group",
            "https://d-nb.info/standards/elementset/gnd#CorporateBody",
            "https://d-nb.info/standards/elementset/gnd#OrganOfCorporateBody",
        ],
    ),
    (
        Family::Place,
        &[
            "http://schema.org/Place",
            "http://www.geonames.org/ontology#Feature",
            "http://www.w3.org/2003/01/geo/wgs84_pos#SpatialThing",
            "http://www.cidoc-crm.org/cidoc-crm/E53_Place",
            "https://pleiades.stoa.org/places/vocab#Place",
            "https://d-nb.info/standards/elementset/gnd#PlaceOrGeographicName",
            "https://d-nb.info/standards/elementset/gnd#TerritorialCorporateBodyOrAdministrativeUnit",
            "http://www.wikidata.org/entity/Q515",
            "http://www.wikidata.org/entity/Q486972",
            "http://www.wikidata.org/entity/Q6256",
        ],
    ),
    (
        Family::Event,
        &[
            "https://w3id.org/regesta/ns#Event",
            "http://schema.org/Event",
            "http://www.cidoc-crm.org/cidoc-crm/E5_Event",
            "http://www.wikidata.org/entity/Q1656682",
            "https://d-nb.info/standards/elementset/gnd#HistoricSingleEventOrEra",
            "https://d-nb.info/standards/elementset/gnd#ConferenceOrEvent",
        ],
    ),
    (
        Family::Work,
        &[
            "http://schema.org/CreativeWork",
            "http://schema.org/Message",
            "http://schema.org/Book",
            "https://d-nb.info/standards/elementset/gnd#Work",
        ],
    ),
];

/// The properties and classes of the tables by their IRIs.
pub(super) struct Properties {
    properties: HashMap<String, Says>,
    classes: HashMap<&'static str, Family>,
}

impl Default for Properties {
    fn default() -> Self {
        let properties = TABLE
            .iter()
            .flat_map(|(namespace, names)| names.iter().map(move |(name, says)| ([*namespace, *name].concat(), *says)));
        let classes = CLASSES.iter().flat_map(|(family, classes)| classes.iter().map(move |class| (*class, *family)));
        Self { properties: properties.collect(), classes: classes.collect() }
    }
}

impl Properties {
    pub(super) fn says(&self, property: &str) -> Option<Says> {
        self.properties.get(property).copied()
    }

    pub(super) fn family(&self, class: &str) -> Option<Family> {
        self.classes.get(class).copied()
    }
}

/// The IRI of a number in an authority file.
pub(super) fn number(column: &str, number: &str) -> Option<String> {
    Scheme::named(column)?.identify(number).map(|identifier| identifier.iri)
}

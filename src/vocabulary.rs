//! Every term that the graph uses, ours and others', and the prefixes it is written with.
//!
//! A test keeps this table, `ontology/`, and the stored queries in step.

/// The prefixes of exports, queries and claim tables, in order.
pub const PREFIXES: [(&str, &str); 22] = [
    ("crm", crm::NAMESPACE),
    ("dcat", dcat::NAMESPACE),
    ("dct", dct::NAMESPACE),
    ("edtf", edtf::NAMESPACE),
    ("foaf", foaf::NAMESPACE),
    ("geo", geo::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("org", org::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("pav", pav::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("rg", rg::NAMESPACE),
    ("rgc", CONCEPTS),
    ("rico", rico::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("sd", "http://www.w3.org/ns/sparql-service-description#"),
    ("semapv", semapv::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("sssom", sssom::NAMESPACE),
    ("void", void::NAMESPACE),
];

/// The namespace of the concepts of `ontology/concepts.ttl`.
pub const CONCEPTS: &str = "https://w3id.org/regesta/concept/";

/// The namespace of XML Schema's datatypes.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// What relates a content to its triple term (RDF 1.2): the graph itself is of RDF 1.1.
pub const REIFIES: oxigraph::model::NamedNodeRef<'static> =
    oxigraph::model::NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");

/// The IRI that a name with a prefix stands for.
pub fn expand(name: &str) -> Option<String> {
    let (prefix, local) = name.split_once(':')?;
    let known = PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, namespace)| *namespace);
    let namespace = known.or((prefix == "xsd").then_some(XSD))?;
    let simple = !local.is_empty() && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    simple.then(|| format!("{namespace}{local}"))
}

/// The name with a prefix that stands for an IRI.
pub fn shortened(iri: &str) -> Option<String> {
    let of_prefix = |(prefix, namespace): &(&str, &str)| Some(format!("{prefix}:{}", iri.strip_prefix(*namespace)?));
    PREFIXES.iter().filter_map(of_prefix).find(|name| expand(name).is_some_and(|whole| whole == iri))
}

/// The names of the properties that we mint, without their prefix.
pub fn properties() -> Vec<&'static str> {
    let names = rg::ALL.iter().map(|term| &term.as_str()[rg::NAMESPACE.len()..]);
    names.filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase())).collect()
}

macro_rules! terms {
    ($(#[$documentation:meta])* $module:ident $namespace:literal $($constant:ident $name:literal)+) => {
        $(#[$documentation])*
        #[allow(missing_docs, reason = "the constants are the terms themselves; their vocabulary documents them")]
        pub mod $module {
            use oxigraph::model::NamedNodeRef;
            /// What every term of the vocabulary begins with.
            pub const NAMESPACE: &str = $namespace;
            $(pub const $constant: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $name));)+
            /// The terms of the vocabulary that are used.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($constant,)+];
        }
    };
}

terms! { /// Our own terms: `ontology/regesta.ttl`.
    rg "https://w3id.org/regesta/ns#"
    ACTION "Action" CALENDAR "calendar" CHOSEN "chosen" CIRCA_WIDTH "circaWidth" CLAIM "Claim" CLAIM_CONTENT "ClaimContent" EVENT "Event"
    AFFECTED "affected" ATTESTATION "attestation" BORN "born" CARRIED_OUT_BY "carriedOutBy" CAUSED "caused"
    CERTAINTY "certainty" CHARACTERIZED_AS "characterizedAs" CLAIMED_BY "claimedBy" CONTENT "content" CONVERTED_FROM "convertedFrom" DIED "died"
    ENCLOSES "encloses" FOUND_BY_NAME "foundByName" HAS_EXTENT "hasExtent" HEDGE "hedge" IN_POST "inPost" INCOMPATIBLE_WITH "incompatibleWith"
    LENGTH "length" OF_DOCUMENT "ofDocument" PARTICIPANT "participant" PASSAGE "passage" PLACE "place"
    REPORTED_BY "reportedBy" SPEECH_ACT "speechAct" STANCE "stance" SUB_EVENT_OF "subEventOf" SUPPORTS "supports"
    TIME_SPAN "timeSpan" WORDS "words"
}
terms! { /// Terms of several vocabularies that only datasets of others are put into, in full.
    mounted ""
    BIRTH_DATE "http://schema.org/birthDate" COUNTRY_CODE "http://www.geonames.org/ontology#countryCode"
    DATE "http://purl.org/dc/terms/date" DEATH_DATE "http://schema.org/deathDate"
    FEATURE_CLASS "http://www.geonames.org/ontology#featureClass" SEE_ALSO "http://www.w3.org/2000/01/rdf-schema#seeAlso"
    TEMPORAL_COVERAGE "http://schema.org/temporalCoverage"
}
terms! { /// CIDOC CRM, for spans of time.
    crm "http://www.cidoc-crm.org/cidoc-crm/"
    TIME_SPAN "E52_Time-Span" EARLIEST "P82a_begin_of_the_begin" LATEST_BEGIN "P81a_end_of_the_begin"
    EARLIEST_END "P81b_begin_of_the_end" LATEST "P82b_end_of_the_end"
}
terms! { /// DCAT 3, for the catalogue.
    dcat "http://www.w3.org/ns/dcat#"
    CATALOG "Catalog" DATASET "Dataset" HAS_DATASET "dataset"
}
terms! { /// Terms of several vocabularies that only the description of a build is made of, in full.
    described ""
    DISTRIBUTION "http://www.w3.org/ns/dcat#Distribution" HAS_DISTRIBUTION "http://www.w3.org/ns/dcat#distribution"
    MEDIA_TYPE "http://www.w3.org/ns/dcat#mediaType" BYTE_SIZE "http://www.w3.org/ns/dcat#byteSize"
    TITLE "http://purl.org/dc/terms/title"
    TRIPLES "http://rdfs.org/ns/void#triples" ENTITIES "http://rdfs.org/ns/void#entities"
    CLASSES "http://rdfs.org/ns/void#classes" PROPERTIES "http://rdfs.org/ns/void#properties"
    CLASS "http://rdfs.org/ns/void#class" PROPERTY "http://rdfs.org/ns/void#property"
    CLASS_PARTITION "http://rdfs.org/ns/void#classPartition" PROPERTY_PARTITION "http://rdfs.org/ns/void#propertyPartition"
    VOCABULARY "http://rdfs.org/ns/void#vocabulary"
    SERVICE "http://www.w3.org/ns/sparql-service-description#Service"
    SERVED "http://www.w3.org/ns/sparql-service-description#Dataset"
    GRAPH "http://www.w3.org/ns/sparql-service-description#Graph"
    NAMED_GRAPH "http://www.w3.org/ns/sparql-service-description#NamedGraph"
    HAS_NAMED_GRAPH "http://www.w3.org/ns/sparql-service-description#namedGraph"
    NAME "http://www.w3.org/ns/sparql-service-description#name"
    HAS_GRAPH "http://www.w3.org/ns/sparql-service-description#graph"
    DEFAULT_DATASET "http://www.w3.org/ns/sparql-service-description#defaultDataset"
    SUPPORTED_LANGUAGE "http://www.w3.org/ns/sparql-service-description#supportedLanguage"
    SPARQL_11_QUERY "http://www.w3.org/ns/sparql-service-description#SPARQL11Query"
    FEATURE "http://www.w3.org/ns/sparql-service-description#feature"
    UNION_DEFAULT_GRAPH "http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph"
    RESULT_FORMAT "http://www.w3.org/ns/sparql-service-description#resultFormat"
}
terms! { /// DCMI Metadata Terms.
    dct "http://purl.org/dc/terms/"
    BIBLIOGRAPHIC_CITATION "bibliographicCitation" CREATED "created" CREATOR "creator" DESCRIPTION "description" IS_PART_OF "isPartOf" ISSUED "issued"
    LANGUAGE "language" LICENSE "license" PUBLISHER "publisher" REFERENCES "references" RELATION "relation" RIGHTS "rights" SOURCE "source" TYPE "type"
}
terms! { /// The datatype of EDTF, as the Library of Congress names it.
    edtf "http://id.loc.gov/datatypes/edtf/"
    EDTF "EDTF"
}
terms! { /// FOAF, for collectivities.
    foaf "http://xmlns.com/foaf/0.1/"
    AGENT "Agent" GROUP "Group"
}
terms! { /// OGC GeoSPARQL, for positions.
    geo "http://www.opengis.net/ont/geosparql#"
    GEOMETRY "Geometry" AS_WKT "asWKT" HAS_GEOMETRY "hasGeometry" WKT_LITERAL "wktLiteral"
}
terms! { /// Web Annotation.
    oa "http://www.w3.org/ns/oa#"
    ANNOTATION "Annotation" SPECIFIC_RESOURCE "SpecificResource" TEXT_POSITION_SELECTOR "TextPositionSelector"
    TEXT_QUOTE_SELECTOR "TextQuoteSelector" BODY_VALUE "bodyValue" CLASSIFYING "classifying" COMMENTING "commenting" EDITING "editing" END "end"
    EXACT "exact" HAS_BODY "hasBody" HAS_SELECTOR "hasSelector" HAS_SOURCE "hasSource" HAS_TARGET "hasTarget"
    IDENTIFYING "identifying" MOTIVATED_BY "motivatedBy" START "start"
}
terms! { /// The Organization Ontology.
    org "http://www.w3.org/ns/org#"
    MEMBERSHIP "Membership" POST "Post" MEMBER "member" ORGANIZATION "organization" POST_IN "postIn"
    SUB_ORGANIZATION_OF "subOrganizationOf"
}
terms! { /// OWL, for the parts of a mapping.
    owl "http://www.w3.org/2002/07/owl#"
    ANNOTATED_PROPERTY "annotatedProperty" ANNOTATED_SOURCE "annotatedSource" ANNOTATED_TARGET "annotatedTarget"
}
terms! { /// Provenance, Authoring and Versioning, for the authors of mappings.
    pav "http://purl.org/pav/"
    AUTHORED_BY "authoredBy" RETRIEVED_FROM "retrievedFrom" RETRIEVED_ON "retrievedOn"
}
terms! { /// PROV-O.
    prov "http://www.w3.org/ns/prov#"
    ACTIVITY "Activity" ATTRIBUTION "Attribution" DERIVATION "Derivation" ENTITY "Entity" SOFTWARE_AGENT "SoftwareAgent"
    AGENT "agent" ENTITY_OF "entity" HAD_ROLE "hadRole" QUALIFIED_ATTRIBUTION "qualifiedAttribution"
    QUALIFIED_DERIVATION "qualifiedDerivation" WAS_ASSOCIATED_WITH "wasAssociatedWith" WAS_DERIVED_FROM "wasDerivedFrom"
    WAS_GENERATED_BY "wasGeneratedBy"
}
terms! { /// RDF.
    rdf "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    STATEMENT "Statement" OBJECT "object" PREDICATE "predicate" SUBJECT "subject" TYPE "type" VALUE "value"
}
terms! { /// RDF Schema.
    rdfs "http://www.w3.org/2000/01/rdf-schema#"
    COMMENT "comment"
}
terms! { /// Records in Contexts.
    rico "https://www.ica.org/standards/RiC/ontology#"
    FOLLOWS "followsOrFollowed" IS_REPLY_TO "isReplyTo" PHYSICAL_CHARACTERISTICS_NOTE "physicalCharacteristicsNote" PRECEDES "precedesOrPreceded"
}
terms! { /// schema.org.
    schema "http://schema.org/"
    CLAIM "Claim" CREATIVE_WORK "CreativeWork" MEDIA_OBJECT "MediaObject" MESSAGE "Message" ORGANIZATION "Organization"
    PERSON "Person" PLACE "Place" QUANTITATIVE_VALUE "QuantitativeValue" QUOTATION "Quotation" THING "Thing"
    ABSTRACT "abstract" APPEARANCE "appearance" AUTHOR "author" CC_RECIPIENT "ccRecipient" CONTAINED_IN_PLACE "containedInPlace" DATE_CREATED "dateCreated"
    DATE_PUBLISHED "datePublished" EDITOR "editor" ENCODES_CREATIVE_WORK "encodesCreativeWork"
    HOLDING_ARCHIVE "holdingArchive" IDENTIFIER "identifier" IN_LANGUAGE "inLanguage" IS_BASED_ON "isBasedOn" IS_PART_OF "isPartOf"
    ITEM_LOCATION "itemLocation" JOB_TITLE "jobTitle" KEYWORDS "keywords" LOCATION "location" LOCATION_CREATED "locationCreated" MAX_VALUE "maxValue" MENTIONS "mentions" MIN_VALUE "minValue" PUBLISHER "publisher"
    RECIPIENT "recipient" SAME_AS "sameAs" SENDER "sender" SHA256 "sha256" SOFTWARE_VERSION "softwareVersion" TEXT "text" TRANSLATION_OF_WORK "translationOfWork"
    TRANSLATOR "translator" UNIT_CODE "unitCode" UNIT_TEXT "unitText" URL "url" VALUE "value"
}
terms! { /// The Semantic Mapping Vocabulary.
    semapv "https://w3id.org/semapv/vocab/"
    MANUAL_MAPPING_CURATION "ManualMappingCuration"
}
terms! { /// SKOS.
    skos "http://www.w3.org/2004/02/skos/core#"
    CONCEPT "Concept" CONCEPT_SCHEME "ConceptScheme" ALT_LABEL "altLabel" BROADER "broader" DEFINITION "definition"
    BROAD_MATCH "broadMatch" CLOSE_MATCH "closeMatch" EXACT_MATCH "exactMatch" IN_SCHEME "inScheme"
    NARROW_MATCH "narrowMatch" PREF_LABEL "prefLabel" RELATED_MATCH "relatedMatch"
}
terms! { /// SSSOM.
    sssom "https://w3id.org/sssom/"
    MAPPING "Mapping" AUTHOR_LABEL "author_label" CONFIDENCE "confidence" MAPPING_JUSTIFICATION "mapping_justification"
    REVIEW_DATE "review_date" REVIEWER_ID "reviewer_id" REVIEWER_LABEL "reviewer_label"
}
terms! { /// VoID.
    void "http://rdfs.org/ns/void#"
    DATASET "Dataset" URI_SPACE "uriSpace"
}

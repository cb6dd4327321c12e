"""The ontology files: readable, documented, and holding every term that is used.

usage: ontology.py ONTOLOGY_FOLDER FOLDER_OF_QUERIES BUILD_FOLDER...
"""

import glob
import json
import os
import re
import sys

import terms
import tools
from report import check

RG, RGC = "https://w3id.org/regesta/ns#", "https://w3id.org/regesta/concept/"
DCT, OWL, VANN = "http://purl.org/dc/terms/", "http://www.w3.org/2002/07/owl#", "http://purl.org/vocab/vann/"
RDFS, SKOS = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
ONTOLOGY = terms.Iri(RG.removesuffix("#"))
# What FOOPS! looks for (OM1, OM2, OM4.1, OM5.1, OM5.2, FIND1, VER1) and what WIDOCO's guide recommends. Contributors and
# an earlier version are left out, since FOOPS! does not miss them where there are none; and DOI, logo, status and source
# (OM3), since they come from the place where an ontology is published.
HEADER = {
    "title": DCT + "title",
    "name": RDFS + "label",
    "abstract": DCT + "abstract",
    "description": DCT + "description",
    "creator": DCT + "creator",
    "publisher": DCT + "publisher",
    "licence": DCT + "license",
    "date of creation": DCT + "created",
    "date of issue": DCT + "issued",
    "date of change": DCT + "modified",
    "prefix": VANN + "preferredNamespacePrefix",
    "namespace": VANN + "preferredNamespaceUri",
    "version IRI": OWL + "versionIRI",
    "version": OWL + "versionInfo",
    "citation": DCT + "bibliographicCitation",
}


def read(ontology):
    """The triples of each Turtle file, which every tool must read alike."""
    files = {}
    for path in sorted(glob.glob(os.path.join(ontology, "*.ttl"))):
        name = os.path.basename(path)
        complaints, readings = [], {}
        for tool, reader in (
            ("rapper", tools.rapper),
            ("riot", tools.riot),
            ("rdflib", tools.with_rdflib),
            ("pyoxigraph", tools.with_pyoxigraph),
        ):
            try:
                readings[tool] = reader(path, "ttl")
            except Exception as error:
                complaints.append(f"{tool}: {error}")
                continue
            if getattr(readings[tool], "complaint", ""):
                complaints.append(f"{tool}: {readings[tool].complaint}")
        counts = {tool: len(triples) for tool, triples in readings.items()}
        if len(set(counts.values())) != 1:
            complaints.append(f"{counts}")
        check(f"ontology/{name}: as many triples in every tool", complaints, f"{counts}")
        sets = {frozenset(tools.canonical(triples)) for triples in readings.values()}
        check(f"ontology/{name}: the same triples in every tool", [] if len(sets) == 1 else ["they differ"])
        files[name] = set(next(iter(readings.values()), ()))
    return files


def values(triples, subject, predicate):
    return [triple[2] for triple in triples if triple[0] == subject and triple[1] == terms.Iri(predicate)]


def header(triples):
    missing = [f"no {name} (<{predicate}>)" for name, predicate in HEADER.items() if not values(triples, ONTOLOGY, predicate)]
    check("ontology/regesta.ttl: the header has what FOOPS! and WIDOCO look for", missing, f"{len(HEADER)} fields")
    wrong = []
    if values(triples, ONTOLOGY, VANN + "preferredNamespaceUri") != [terms.literal(RG)]:
        wrong.append("the preferred namespace is not that of the terms")
    version = values(triples, ONTOLOGY, OWL + "versionInfo")
    if version and not any(iri.value.endswith("/" + version[0].value) for iri in values(triples, ONTOLOGY, OWL + "versionIRI")):
        wrong.append(f"the version IRI does not name version {version[0]}")
    check("ontology/regesta.ttl: namespace and version agree with the terms", wrong)


def documented(name, triples, namespace, required):
    subjects = sorted({triple[0].value for triple in triples if triple[0].value.startswith(namespace)})
    wrong = []
    for subject in subjects:
        for what, predicate in required.items():
            found = values(triples, terms.Iri(subject), predicate)
            english = [value for value in found if not isinstance(value, terms.Literal) or value.language == "en"]
            if len(english) != 1:
                wrong.append(f"<{subject}> has {len(english) or 'no'} {what}")
    check(f"ontology/{name}: every term has {', '.join(required)}", wrong, f"{len(subjects)} terms")
    return set(subjects)


def named_in(path, prefixes):
    """The terms that a text names with a prefix or in full."""
    with open(path, encoding="utf-8") as file:
        text = "\n".join(line for line in file.read().splitlines() if not line.startswith("#"))
    found = set()
    for prefix, namespace in prefixes.items():
        found |= {namespace + local for local in re.findall(rf"(?<![\w-]){prefix}:([A-Za-z][\w-]*)", text)}
        found |= {namespace + local for local in re.findall(rf"{re.escape(namespace)}([A-Za-z][\w/-]*)", text)}
    return found


def iris(statements):
    return {term.value for statement in statements for term in statement if isinstance(term, terms.Iri)}


def main():
    ontology, queries, *builds = sys.argv[1:]
    files = read(ontology)
    header(files["regesta.ttl"])
    described = {"label": RDFS + "label", "definition": SKOS + "definition", "rdfs:isDefinedBy": RDFS + "isDefinedBy"}
    known = documented("regesta.ttl", files["regesta.ttl"], RG, described)
    concept = {"preferred label": SKOS + "prefLabel", "definition": SKOS + "definition"}
    known |= documented("concepts.ttl", files["concepts.ttl"], RGC, concept)

    prefixes = {"rg": RG, "rgc": RGC}
    used = {name: iris(triples) for name, triples in files.items()}
    for path in [os.path.join(ontology, "context.jsonld"), *sorted(glob.glob(os.path.join(queries, "*.rq")))]:
        used[os.path.basename(path)] = named_in(path, prefixes)
    for build in builds:
        used[f"dataset.nq of {os.path.basename(build)}"] = iris(tools.rapper(os.path.join(build, "dataset.nq"), "nq"))
    unknown = sorted(
        f"{place}: <{term}>" for place, found in used.items() for term in found
        if term.startswith((RG, RGC)) and term not in (RG, RGC) and term not in known
    )
    check("every term of ours that is used is defined", unknown, f"{len(known)} terms in {len(used)} files")

    with open(os.path.join(ontology, "context.jsonld"), encoding="utf-8") as file:
        context = json.load(file)
    names = {context_iri(definition) for definition in context["@context"].values()}
    annotation = (terms.Iri(terms.RDF + "type"), terms.Iri(OWL + "AnnotationProperty"))
    of_ours = {term for term in known if term.startswith(RG) and (terms.Iri(term), *annotation) not in files["regesta.ttl"]}
    unnamed = sorted(of_ours - {name.replace("rg:", RG, 1) for name in names if name})
    check("ontology/context.jsonld: every class and property of ours has a name", unnamed, f"{len(of_ours)} terms")


def context_iri(definition):
    return definition if isinstance(definition, str) else definition.get("@id") if isinstance(definition, dict) else None


if __name__ == "__main__":
    main()

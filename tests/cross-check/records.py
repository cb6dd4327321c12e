"""The JSON-LD of one corpus as JSON: its keys, and the record of each document.

usage: records.py NAME BUILD_FOLDER
"""

import glob
import json
import os
import sys

from pyld import jsonld

import terms
import tools
from report import check

RG = "https://w3id.org/regesta/ns#"
CONTENT = terms.Iri(RG + "ClaimContent")
OF_A_DOCUMENT = {
    terms.Iri(RG + "Action"),
    terms.Iri(RG + "Claim"),
    terms.Iri("http://schema.org/MediaObject"),
    terms.Iri("http://schema.org/Quotation"),
    terms.Iri("http://www.w3.org/ns/oa#Annotation"),
}
TYPE, SUBJECT, PREDICATE, OBJECT = (terms.Iri(terms.RDF + name) for name in ("type", "subject", "predicate", "object"))


class Context:
    """What the keys of a document mean, from the context that it carries."""

    def __init__(self, document):
        self.terms = {}
        for part in document["@context"]:
            self.terms.update(part)

    def iri(self, name):
        definition = self.terms.get(name)
        if isinstance(definition, dict):
            definition = definition.get("@id") or definition.get("@reverse")
        if isinstance(definition, str) and definition.startswith("@"):
            return definition
        prefix, colon, local = (definition or name).partition(":")
        return self.terms_prefix(prefix) + local if colon and self.terms_prefix(prefix) else definition or name

    def terms_prefix(self, prefix):
        definition = self.terms.get(prefix)
        return definition["@id"] if isinstance(definition, dict) and definition.get("@prefix") else (
            definition if isinstance(definition, str) and definition.endswith(("/", "#")) else None
        )

    def containers(self, name):
        definition = self.terms.get(name)
        container = definition.get("@container", []) if isinstance(definition, dict) else []
        return [container] if isinstance(container, str) else container


def entries(value, context):
    """Every key of every node with its value; what is below a language map is no node."""
    if isinstance(value, list):
        for below in value:
            yield from entries(below, context)
    if isinstance(value, dict):
        for key, below in value.items():
            if key == "@context":
                continue
            yield key, below
            if "@language" not in context.containers(key):
                yield from entries(below, context)


def expanded_keys(value):
    if isinstance(value, list):
        return set().union(*(expanded_keys(below) for below in value)) if value else set()
    if isinstance(value, dict):
        return set(value).union(*(expanded_keys(below) for below in value.values()))
    return set()


def problems_of_keys(document, context, forbidden):
    """Keys that the context does not have, sets that are no lists, and keys that would state what is only claimed."""
    unknown, single, claimed = set(), set(), set()
    for key, value in entries(document, context):
        if not key.startswith("@") and key not in context.terms:
            unknown.add(key)
        if "@set" in context.containers(key):
            values = value.values() if "@language" in context.containers(key) else [value]
            if not all(isinstance(each, list) for each in values):
                single.add(key)
        if key in forbidden or context.iri(key) in forbidden:
            claimed.add(key)
    claimed |= expanded_keys(jsonld.expand(document)) & forbidden
    return unknown, single, claimed


def main():
    name, folder = sys.argv[1:]
    quads = set(tools.rapper(os.path.join(folder, "dataset.nq"), "nq"))
    union = terms.triples(quads)
    contents = {triple[0] for triple in union if triple[1] == TYPE and triple[2] == CONTENT}
    parts = {content: {} for content in contents}
    for subject, predicate, value in union:
        if subject in parts:
            parts[subject][predicate] = value
    incomplete = [content for content, part in parts.items() if not {SUBJECT, PREDICATE, OBJECT} <= part.keys()]
    check(f"{name}: every content has subject, predicate and object", incomplete, f"{len(contents)} contents")
    claimed = {(part.get(SUBJECT), part.get(PREDICATE), part.get(OBJECT)) for part in parts.values()}
    check(f"{name}: no content is stated as a fact", [" ".join(map(str, triple)) for triple in claimed & union])
    stated = {triple[1] for triple in union}
    forbidden = {triple[1].value for triple in claimed if triple[1] not in stated}

    paths = [os.path.join(folder, "dataset.jsonld"), *sorted(glob.glob(os.path.join(folder, "documents", "*.jsonld")))]
    unknown, single, keys, differences, disagreements = [], [], [], [], []
    described = set()
    for path in paths:
        short = os.path.relpath(path, folder)
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        problems = problems_of_keys(document, Context(document), forbidden)
        for found, place in zip(problems, (unknown, single, keys)):
            place += [f"{short}: {key}" for key in sorted(found)]
        if short.startswith("documents"):
            record = set(tools.with_pyld(document))
            described |= record
            differences += [f"{short}: {' '.join(map(str, triple))}" for triple in sorted(record - union, key=str)]
            for tool, reader in (("rdflib", tools.with_rdflib), ("pyoxigraph", tools.with_pyoxigraph)):
                others = set(reader(path, "jsonld"))
                disagreements += [f"{short}, {tool}: {' '.join(map(str, triple))}" for triple in sorted(record ^ others, key=str)]
    records = f"{len(paths) - 1} records"
    check(f"{name}: every record says only what the dataset says", differences, f"{records}, {len(described)} triples")
    nodes = {triple[0] for triple in union if triple[1] == TYPE and triple[2] in OF_A_DOCUMENT}
    missing = nodes - {triple[0] for triple in described}
    check(f"{name}: every act, text, annotation and claim is in a record", sorted(map(str, missing)), f"{len(nodes)} nodes")
    check(f"{name}: PyLD, rdflib and pyoxigraph read the records alike", disagreements, records)
    check(f"{name}: no key states what is only claimed", keys, f"{len(forbidden)} properties that are nowhere stated")
    check(f"{name}: every key is a name of the context", unknown)
    check(f"{name}: what the context calls a set is a list", single)


if __name__ == "__main__":
    main()

"""What the datasets say that a corpus is joined with: the same in every format, and what their own files say.

usage: datasets.py NAME PROGRAM CORPUS_FOLDER ONTOLOGY_FOLDER
"""

import os
import shutil
import sys
import tempfile

from lxml import etree

import exports
import terms
import tools
from corpus import Corpus
from report import check, sets_differ, show

FORMATS = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "trig": "trig", "nq": "nquads", "jsonld": "jsonld"}
PARTIES = ("persName", "orgName", "name")
AWKWARD = """
[[dataset]]
name = "awkward"
title = "An awkward dataset"
file = "awkward.ttl"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
source = "Written for this check"
date = "2026-01-02"
"""
TEI = "{http://www.tei-c.org/ns/1.0}"
DCT, SCHEMA, SKOS = "http://purl.org/dc/terms/", "http://schema.org/", "http://www.w3.org/2004/02/skos/core#"
RG, RGC = "https://w3id.org/regesta/ns#", "https://w3id.org/regesta/concept/"


def export(program, corpus, dataset, folder):
    for ending, written in FORMATS.items():
        path = os.path.join(folder, f"dataset.{ending}")
        tools.run([program, "-C", corpus.folder, "export", written, "--dataset", dataset.name, "-o", path])


def as_their_file_says(name, dataset, triples):
    """The statements of a file of RDF, which every tool must find in it. Blank nodes have IRIs in the export."""
    blank = f"{dataset.graph}#blank-"
    anonymous = {term: terms.Blank(f"b{number}") for number, term in enumerate(
        {term for triple in triples for term in triple if isinstance(term, terms.Iri) and term.value.startswith(blank)}
    )}
    ours = tools.canonical(tuple(anonymous.get(term, term) for term in triple) for triple in triples)
    differences, readers = [], []
    for tool, (reader, endings) in exports.READERS.items():
        if dataset.format not in endings:
            continue
        try:
            theirs = tools.canonical(reader(dataset.path, dataset.format))
        except Exception as error:
            differences.append(f"{tool}: {error}")
            continue
        readers.append(tool)
        differences += sets_differ(ours, "the export", theirs, f"{tool} in {os.path.basename(dataset.path)}")
    check(f"{name}: the export says what {os.path.basename(dataset.path)} says", differences, ", ".join(readers))


def as_their_letters_say(name, dataset, triples):
    """The letters of a list in CMIF: their addresses, and who and when at each step, as they are written there."""
    theirs, addresses = set(), set()
    for letter in etree.parse(dataset.path).iter(f"{TEI}correspDesc"):
        addresses.add(letter.get("ref"))
        for action in letter.iter(f"{TEI}correspAction"):
            told = (letter.get("ref"), action.get("type"))
            names = ["".join(party.itertext()) for tag in PARTIES for party in action.iter(TEI + tag)]
            dates = [date.get("when") for date in action.iter(f"{TEI}date") if date.get("when")]
            theirs |= {(*told, " ".join(words.split())) for words in names + dates}
    ours = set(letters(triples))
    short = os.path.basename(dataset.path)
    differences = sets_differ({fact[0] for fact in ours}, "the export", addresses, short)
    differences += [f"only {short} has {show(fact)}" for fact in sorted(theirs - ours)]
    check(f"{name}: the export has the letters of {short}", differences, f"{len(addresses)} letters, {len(theirs)} facts")


def letters(triples):
    """The addresses of letters, each with the steps on its way and the names and dates of these."""
    values = {}
    for subject, predicate, value in triples:
        values.setdefault((subject, predicate.value), []).append(value)
    for action, letter in ((triple[0], triple[2]) for triple in triples if triple[1].value == RG + "ofDocument"):
        address, step = values[letter, SCHEMA + "url"][0].value, values[action, DCT + "type"][0].value.removeprefix(RGC)
        for party in values.get((action, RG + "carriedOutBy"), []):
            yield address, step, values[party, SKOS + "prefLabel"][0].value
        for span in values.get((action, RG + "timeSpan"), []):
            yield address, step, values[span, terms.RDF + "value"][0].value


def all_of(name, program, corpus, dataset, ontology=None):
    with tempfile.TemporaryDirectory() as work:
        export(program, corpus, dataset, work)
        read = exports.read_all(name, work)
        exports.counts(name, read)
        quads = exports.contents(name, read)
        exports.canonical(name, work)
        if ontology:
            exports.context(name, work, ontology, quads)
    graphs, own = {quad[3] for quad in quads}, {terms.Iri(dataset.graph)}
    check(f"{name}: it has a graph of its own", sets_differ(graphs, "the export", own, "regesta.toml"))
    if dataset.format in tools.RDFLIB:
        as_their_file_says(name, dataset, terms.triples(quads))
    if dataset.format == "cmif":
        as_their_letters_say(name, dataset, terms.triples(quads))


def with_awkward(program, corpus, work):
    """A copy of the corpus that mounts a dataset with whatever is hard to write."""
    copy = os.path.join(work, "corpus")
    shutil.copytree(corpus.folder, copy)
    with open(os.path.join(os.path.dirname(__file__), "awkward.ttl"), encoding="utf-8") as file:
        text = f"@base <{corpus.base}> .\n{file.read()}"
    with open(os.path.join(copy, "awkward.ttl"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(copy, "regesta.toml"), "a", encoding="utf-8") as file:
        file.write(AWKWARD)
    tools.run([program, "-C", copy, "lock", "awkward"])
    return Corpus(copy)


def main():
    name, program, folder, ontology = sys.argv[1:]
    corpus = Corpus(folder)
    for dataset in corpus.datasets:
        all_of(f"{name}, dataset {dataset.name}", program, corpus, dataset, ontology)
    with tempfile.TemporaryDirectory() as work:
        corpus = with_awkward(program, corpus, work)
        # Without the context: PyLD has its own difficulties when it shortens such addresses.
        all_of(f"{name}, an awkward dataset", program, corpus, corpus.datasets[-1])


if __name__ == "__main__":
    main()

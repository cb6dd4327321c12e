"""The exports of one corpus: the same statements in every format, whoever reads it.

usage: exports.py NAME BUILD_FOLDER ONTOLOGY_FOLDER
"""

import collections
import json
import os
import sys

from pyld import jsonld

import terms
import tools
from report import check, sets_differ, show

ONE_GRAPH = ("ttl", "nt", "rdf")
GRAPHS = ("trig", "nq", "jsonld")
READERS = {
    "rapper": (tools.rapper, ONE_GRAPH + ("nq", "trig")),
    "riot": (tools.riot, ONE_GRAPH + ("nq", "trig")),
    "rdflib": (tools.with_rdflib, ONE_GRAPH + GRAPHS),
    "pyoxigraph": (tools.with_pyoxigraph, ONE_GRAPH + GRAPHS),
    "PyLD": (lambda path, _ending: tools.with_pyld(load(path)), ("jsonld",)),
}


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def read_all(name, folder):
    """What each tool reads in each file, as (tool, statements) lists by the file's ending."""
    read = {}
    for ending in ONE_GRAPH + GRAPHS:
        complaints, readings = [], []
        for tool, (reader, endings) in READERS.items():
            if ending not in endings:
                continue
            try:
                statements = reader(os.path.join(folder, f"dataset.{ending}"), ending)
            except Exception as error:
                complaints.append(f"{tool}: {error}")
                continue
            readings.append((tool, statements))
            if getattr(statements, "complaint", ""):
                complaints.append(f"{tool}: {statements.complaint}")
        check(f"{name}: dataset.{ending} is read without a complaint", complaints, ", ".join(tool for tool, _ in readings))
        read[ending] = readings
    return read


def counts(name, read):
    by_kind = {}
    for ending, readings in read.items():
        found = {tool: len(statements) for tool, statements in readings}
        differ = [f"{found}"] if len(set(found.values())) != 1 else []
        check(f"{name}: dataset.{ending} has as many statements in every tool", differ, f"{found}")
        by_kind.setdefault(ending in GRAPHS, {})[ending] = set(found.values())
    for kind, name_of_kind in ((False, "triples"), (True, "quads")):
        numbers = set().union(*by_kind[kind].values())
        differ = [by_kind[kind]] if len(numbers) != 1 else []
        check(f"{name}: as many {name_of_kind} in {', '.join(by_kind[kind])}", differ, numbers)


def reported(name, read, report):
    quads = {len(statements) for _, statements in read["nq"]}
    differ = [f"{report['quads']} and {quads}"] if quads != {report["quads"]} else []
    check(f"{name}: report.json counts as many quads", differ)


def contents(name, read):
    first_tool, first = next((f"{tool} in dataset.nq", set(statements)) for tool, statements in read["nq"])
    for ending, readings in read.items():
        differences = []
        for tool, statements in readings:
            expected = first if ending in GRAPHS else terms.triples(first)
            differences += sets_differ(expected, first_tool, set(statements), f"{tool} in dataset.{ending}")
        check(f"{name}: dataset.{ending} says what dataset.nq says", differences, f"{len(readings)} tools")
    twice = {show(quad) for _, quads in read["nq"] for quad, times in collections.Counter(quads).items() if times > 1}
    check(f"{name}: no quad stands twice in dataset.nq", sorted(twice))
    blank = [show(quad) for quad in first if any(isinstance(term, terms.Blank) for term in quad)]
    check(f"{name}: there are no blank nodes", blank)
    return first


def addresses(name, quads):
    foreign = {str(term) for quad in quads for term in quad if isinstance(term, terms.Iri) and not term.value.startswith("http")}
    check(f"{name}: every IRI is an http or https address", sorted(foreign))


def canonical(name, folder):
    """The two formats in the canonical form for RDF datasets, which is a text that can be compared byte by byte."""
    said = f"{name}: dataset.nq and dataset.jsonld have one canonical form"
    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    try:
        with open(os.path.join(folder, "dataset.nq"), encoding="utf-8") as file:
            quads = jsonld.normalize(file.read(), {**options, "inputFormat": "application/n-quads"}).split("\n")
        document = jsonld.normalize(load(os.path.join(folder, "dataset.jsonld")), options).split("\n")
    except Exception as error:
        check(said, [f"PyLD: {error}"])
        return
    differences = sets_differ(set(quads), "dataset.nq", set(document), "dataset.jsonld")
    check(said, differences or (["the order"] if quads != document else []), f"{len(document) - 1} lines")


def in_order(value):
    """JSON with the lists sorted, since the order of a set means nothing."""
    if isinstance(value, dict):
        return {key: in_order(below) for key, below in sorted(value.items())}
    if isinstance(value, list):
        return sorted((in_order(below) for below in value), key=lambda below: json.dumps(below, sort_keys=True))
    return value


def context(name, folder, ontology, quads):
    document = load(os.path.join(folder, "dataset.jsonld"))
    ours = load(os.path.join(ontology, "context.jsonld"))["@context"]
    carried = document["@context"]
    check(
        f"{name}: dataset.jsonld carries the context of the ontology",
        [] if isinstance(carried, list) and carried[0] == ours else ["it is another one"],
    )
    expanded = jsonld.expand(document)
    compacted = jsonld.compact(expanded, carried)
    again = jsonld.expand(compacted)
    same = in_order(again) == in_order(expanded)
    check(f"{name}: PyLD's compaction by our context expands to the same", [] if same else ["the expansions differ"])
    check(
        f"{name}: PyLD's compaction by our context says the same",
        sets_differ(quads, "dataset.nq", set(tools.with_pyld(compacted)), "the compaction"),
    )


def main():
    name, folder, ontology = sys.argv[1:]
    read = read_all(name, folder)
    counts(name, read)
    reported(name, read, load(os.path.join(folder, "report.json")))
    quads = contents(name, read)
    addresses(name, quads)
    canonical(name, folder)
    context(name, folder, ontology, quads)


if __name__ == "__main__":
    main()

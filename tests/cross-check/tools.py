"""Other people's programs, each asked to read a file and to say in N-Quads what it has read."""

import logging
import os
import subprocess
import sys
from importlib.metadata import version

import pyoxigraph
import rdflib
from pyld import jsonld
from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.evaluate import evalAggregateJoin

import terms

# Lexical forms are to come out as they went in, and a literal that rdflib has no value for is no event.
rdflib.NORMALIZE_LITERALS = False
logging.getLogger("rdflib").setLevel(logging.ERROR)

RAPPER = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "nq": "nquads", "trig": "trig"}
RDFLIB = {"ttl": "turtle", "nt": "nt11", "rdf": "xml", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
OXIGRAPH = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


class ToolFailed(Exception):
    """A tool could not read a file."""


class Statements(list):
    """The statements that a tool has read, and what it had to say about them."""

    complaint = ""


def refuse(url, _options):
    raise ToolFailed(f"PyLD wants to load {url}; the files must stand by themselves")


jsonld.set_document_loader(refuse)


class Processor(jsonld.JsonLdProcessor):
    """PyLD, but words stay as they are written: it gives every double its canonical form, which the standard wants of
    numbers in JSON alone (JSON-LD 1.1 Processing Algorithms and API, section 8.2)."""

    def _object_to_rdf(self, item, *others):
        value = isinstance(item, dict) and item.get("@value")
        if isinstance(value, str) and item.get("@type") == jsonld.XSD_DOUBLE:
            return {"type": "literal", "value": value, "datatype": jsonld.XSD_DOUBLE}
        return super()._object_to_rdf(item, *others)


jsonld.JsonLdProcessor = Processor


def run(command, timeout=None):
    """What a program writes, and what it complains of."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=timeout)
    complaints = done.stderr.strip().splitlines()
    complaint = complaints[0] + (f" (and {len(complaints) - 1} more lines)" if complaints[1:] else "") if complaints else ""
    if done.returncode != 0:
        raise ToolFailed(complaint or f"it ended with {done.returncode}")
    return done.stdout, complaint


def canonical(triples):
    """The lines of the canonical form, in which blank nodes have names that come from what is said of them."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "inputFormat": "application/n-quads"}
    return set(jsonld.normalize("".join(f"{' '.join(map(str, triple))} .\n" for triple in triples), options).split("\n"))


def statements_of(command):
    text, complaint = run(command)
    statements = Statements(terms.statements(text))
    statements.complaint = complaint
    return statements


def jena(program):
    """The command of one of Jena's programs; Debian has their classes, but not their scripts."""
    class_path = os.environ.get("JENA_CLASS_PATH")
    package = {"riot": "riotcmd.riot", "arq": "arq.arq"}[program]
    return ["java", "-cp", class_path, package] if class_path else [program]


def rapper(path, ending):
    return statements_of(["rapper", "-q", "-i", RAPPER[ending], "-o", "nquads", path])


def riot(path, _ending):
    return statements_of([*jena("riot"), "--check", "--output=nquads", path])


def sssom(*arguments):
    """What sssom-py writes, and what it complains of."""
    return run([os.path.join(os.path.dirname(sys.executable), "sssom"), *arguments])


def of_rdflib(term):
    if isinstance(term, rdflib.URIRef):
        return terms.Iri(str(term))
    if isinstance(term, rdflib.BNode):
        return terms.Blank(str(term))
    return terms.literal(str(term), term.datatype and str(term.datatype), term.language)


def no_group_of_nothing(context, part):
    """Where GROUP BY finds nothing there is no group; rdflib makes one (its issue 3382)."""
    if part.name != "AggregateJoin" or part.p.expr is None:
        raise NotImplementedError
    return (row for row in evalAggregateJoin(context, part) if row)


CUSTOM_EVALS["no group of nothing"] = no_group_of_nothing


def rdflib_dataset(path, ending, default_union=True):
    dataset = rdflib.Dataset(default_union=default_union)
    dataset.parse(path, format=RDFLIB[ending])
    return dataset


def with_rdflib(path, ending):
    default = rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    read = []
    for *triple, graph in rdflib_dataset(path, ending).quads():
        read.append(tuple(of_rdflib(term) for term in (triple if graph in (None, default) else [*triple, graph])))
    return read


def with_pyoxigraph(path, ending):
    quads = pyoxigraph.parse(path=path, format=OXIGRAPH[ending])
    return terms.statements("".join(f"{quad} .\n" for quad in quads))


def with_pyld(document):
    return terms.statements(jsonld.to_rdf(document, {"format": "application/n-quads"}))


def versions():
    def first_line(command):
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        lines = [line for line in (done.stdout + done.stderr).splitlines() if "VERSION" in line.upper() or line[:1].isdigit()]
        return lines[0].split()[-1] if lines else "unknown"

    python = ".".join(str(part) for part in sys.version_info[:3])
    return (
        f"rapper {first_line(['rapper', '--version'])}, Jena {first_line([*jena('riot'), '--version'])}, "
        f"rdflib {version('rdflib')}, PyLD {version('PyLD')}, pyoxigraph {version('pyoxigraph')}, "
        f"sssom-py {version('sssom')}, Python {python}"
    )


if __name__ == "__main__":
    print(versions())

"""A corpus as its files have it: its base, the datasets that it mounts, and its mapping files, read by a way of our own.

What has become of a mapping: a row is accepted if a reviewer agrees with it (and one who says nothing else agrees), or,
without a reviewer, if it was made by hand. It is rejected if the reviewer disagrees, or if what is accepted is that the
two do not so relate. Everything else is a candidate.
"""

import csv
import glob
import os
import tomllib
from dataclasses import dataclass

import yaml

import terms

OWL, SKOS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#"
SEMAPV, SSSOM = "https://w3id.org/semapv/vocab/", "https://w3id.org/sssom/"
# The prefixes that need no declaration in SSSOM/TSV.
PREFIXES = {"owl": OWL, "rdf": terms.RDF, "semapv": SEMAPV, "skos": SKOS, "sssom": SSSOM, "xsd": terms.XSD}
BY_HAND = {SEMAPV + "ManualMappingCuration", SEMAPV + "MappingReview"}
# What each relation is from the other end (SKOS, section 10).
INVERSE = {
    terms.Iri(SKOS + one): terms.Iri(SKOS + other)
    for one, other in (
        ("exactMatch", "exactMatch"),
        ("closeMatch", "closeMatch"),
        ("broadMatch", "narrowMatch"),
        ("narrowMatch", "broadMatch"),
        ("relatedMatch", "relatedMatch"),
    )
}
ACCEPTED, CANDIDATE, REJECTED = "accepted", "candidate", "rejected"
TYPE = terms.Iri(terms.RDF + "type")
NODE = terms.Iri(SSSOM + "Mapping")
ENDS = tuple(terms.Iri(OWL + "annotated" + end) for end in ("Source", "Property", "Target"))


@dataclass(frozen=True)
class Dataset:
    """A dataset of others as regesta.toml mounts it; `graph` is the IRI of what it says."""

    name: str
    path: str
    format: str
    graph: str


@dataclass(frozen=True)
class Mapping:
    """A row of a mapping file: how a thing of the corpus relates to another, and what has become of that."""

    triple: tuple
    verdict: str


class Corpus:
    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "regesta.toml"), "rb") as file:
            settings = tomllib.load(file)
        self.base = settings["base"]
        self.datasets = [
            Dataset(
                mounted["name"],
                os.path.join(folder, mounted["file"]),
                mounted.get("format", os.path.splitext(mounted["file"])[1].removeprefix(".")),
                f"{self.base}dataset/{mounted['name']}",
            )
            for mounted in settings.get("dataset", [])
        ]
        self.patterns = settings.get("sources", {}).get("links", ["links/*.sssom.tsv"])

    def mapping_files(self):
        """The mappings of each mapping file, by its path below the folder."""
        found = {path for pattern in self.patterns for path in glob.glob(pattern, root_dir=self.folder, recursive=True)}
        return {path: self.mappings(path) for path in sorted(found)}

    def mappings(self, path):
        with open(os.path.join(self.folder, path), encoding="utf-8-sig", newline="") as file:
            lines = file.read().splitlines(keepends=True)
        head = [line[1:] for line in lines if line.startswith("#")]
        prefixes = PREFIXES | ((yaml.safe_load("".join(head)) or {}).get("curie_map") or {})
        rows = csv.DictReader(lines[len(head) :], delimiter="\t")
        return [Mapping(self.triple(row, prefixes), verdict(row, prefixes)) for row in rows]

    def triple(self, row, prefixes):
        """The relation as it is from the thing of the corpus to the other."""
        one, relation, other = (terms.Iri(iri(row[f"{part}_id"], prefixes)) for part in ("subject", "predicate", "object"))
        ours = one.value.startswith(self.base) and one.value.endswith("#it")
        return (one, relation, other) if ours else (other, INVERSE[relation], one)


def iri(written, prefixes):
    prefix, _, local = written.partition(":")
    return written if local.startswith("//") else prefixes[prefix] + local


def verdict(row, prefixes):
    agreement = float(row.get("reviewer_agreement") or 1)
    if row.get("reviewer_id") or row.get("reviewer_label"):
        accepted = agreement > 0
    else:
        accepted = iri(row["mapping_justification"], prefixes) in BY_HAND
    if agreement < 0 or accepted and row.get("predicate_modifier") == "Not":
        return REJECTED
    return ACCEPTED if accepted else CANDIDATE


def of_verdict(mapping_files, wanted):
    """The triples of all mappings that have met with one verdict, as often as they stand there."""
    return [mapping.triple for mappings in mapping_files.values() for mapping in mappings if mapping.verdict == wanted]

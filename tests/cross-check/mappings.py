"""The mapping files: valid for sssom-py, and the graph relates what they accept, no more and no less.

usage: mappings.py NAME PROGRAM CORPUS_FOLDER

The files are those of the corpus; those that `regesta reconcile` writes for it; and one that has a row for each way in
which a mapping can be accepted, rejected or left open.
"""

import collections
import contextlib
import csv
import itertools
import os
import shutil
import sys
import tempfile

import terms
import tools
from corpus import ACCEPTED, CANDIDATE, ENDS, INVERSE, NODE, OWL, SKOS, TYPE, Corpus, of_verdict
from report import check, sets_differ, show

SAME_AS, AXIOM = terms.Iri(OWL + "sameAs"), terms.Iri(OWL + "Axiom")
KINDS = ("persons", "organisations", "groups", "places", "events", "works")
CANDIDATES = """#+ summary: What waits for a decision
#+ datasets: all
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX sssom: <https://w3id.org/sssom/>
SELECT ?source ?property ?target WHERE {
  GRAPH <%s> {
    ?mapping a sssom:Mapping ; owl:annotatedSource ?source ; owl:annotatedProperty ?property ; owl:annotatedTarget ?target
  }
}
"""
COLUMNS = (
    "subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification", "author_id", "reviewer_id",
    "reviewer_label", "mapping_date", "confidence", "reviewer_agreement", "comment",
)
ELSEWHERE = "https://example.org/elsewhere/"
JUSTIFICATIONS = ("ManualMappingCuration", "MappingReview", "LexicalMatching")
# Reviewers by id and by name; several are divided by upright bars.
REVIEWERS = (("", ""), ("there:ann", ""), ("", "Ann"), ("there:ann|there:bob", "Ann|Bob"))
AGREEMENTS = ("", "-1.0", "-0.5", "0.0", "0.5", "1.0")


def valid(name, corpus):
    complaints = []
    files = list(corpus.mapping_files())
    for path in files:
        try:
            _, complaint = tools.sssom("validate", os.path.join(corpus.folder, path))
        except tools.ToolFailed as error:
            complaint = str(error)
        complaints += [f"{path}: {complaint}"] if complaint else []
    check(f"{name}: sssom-py finds the mapping files valid", complaints, ", ".join(files))


def relations(name, corpus, quads):
    files = corpus.mapping_files()
    differences, accepted = [], set(of_verdict(files, ACCEPTED))
    for path, mappings in files.items():
        expected = {mapping.triple for mapping in mappings if mapping.verdict == ACCEPTED}
        stated = {quad[:3] for quad in quads if quad[3] == graph_of(corpus, path) and quad[1] in INVERSE}
        differences += sets_differ(stated, f"the graph of {path}", expected, path)
    told = f"{name}: the graph of a mapping file relates what its accepted rows relate"
    check(told, differences, f"{len(accepted)} relations")
    pairs = {(source, target) for source, _, target in accepted}
    others = [mapping.triple for mappings in files.values() for mapping in mappings if mapping.verdict != ACCEPTED]
    not_so = {(source, target) for source, _, target in others} - pairs
    beside = {(quad[0], quad[2]) for quad in quads} | {(source, target) for source, _, target in nodes(quads).values()}
    stated = sorted(show(pair) for pair in not_so & beside)
    check(f"{name}: no candidate and no rejected pair is in the graph", stated, f"{len(not_so)} pairs")
    same = [show(quad) for quad in quads if quad[1] == SAME_AS]
    check(f"{name}: owl:sameAs is no predicate of the graph", same, f"{len(quads)} quads")


def graph_of(corpus, path):
    return terms.Iri(f"{corpus.base}source/{path}")


def nodes(statements):
    """The two things that each mapping node speaks of, and how they relate."""
    ends = collections.defaultdict(dict)
    for subject, predicate, value, *_ in statements:
        if predicate in ENDS:
            ends[subject][predicate] = value
    return {node: tuple(found.get(end) for end in ENDS) for node, found in ends.items()}


def descriptions(statements, kind):
    """What each node of a class says besides its class, by what it relates; numbers by their value."""
    of_kind = {subject for subject, predicate, value, *_ in statements if predicate == TYPE and value == kind}
    said = collections.defaultdict(set)
    for subject, predicate, value, *_ in statements:
        if subject in of_kind and predicate != TYPE:
            said[subject].add((predicate, terms.alike(value)))
    found = collections.defaultdict(list)
    for node, triple in nodes(statements).items():
        if node in of_kind:
            found[triple].append(said[node])
    return found


def on_whose_word(name, corpus, quads):
    """The node of each accepted mapping beside the one that sssom-py makes of its row, which says more."""
    differences, known = [], 0
    for path, mappings in corpus.mapping_files().items():
        try:
            written, _ = tools.sssom("convert", "--no-condense", "-O", "nt", os.path.join(corpus.folder, path))
        except tools.ToolFailed as error:
            differences.append(f"{path}: sssom-py: {error}")
            continue
        theirs = descriptions(terms.statements(written), AXIOM)
        ours = descriptions({quad for quad in quads if quad[3] == graph_of(corpus, path)}, NODE)
        accepted = collections.Counter(mapping.triple for mapping in mappings if mapping.verdict == ACCEPTED)
        counted = collections.Counter({triple: len(found) for triple, found in ours.items()})
        uneven = (accepted - counted) | (counted - accepted)
        differences += [f"{path}: not as many nodes as rows: {show(triple)}" for triple in uneven]
        for triple, found in ours.items():
            known += len(found)
            differences += [f"{path}: {word}" for said in found for word in unknown_to(said, triple, theirs)]
    check(f"{name}: the node of a mapping says what sssom-py says of its row", differences, f"{known} nodes")


def unknown_to(said, triple, theirs):
    """What a node says that sssom-py does not say of any row that relates the same things."""
    source, relation, target = triple
    turned = {(predicate, value) for predicate, value in said if predicate not in ENDS}
    rows = [row for key in (triple, (target, INVERSE[relation], source)) for row in theirs.get(key, [])]
    unknown = [turned - row for row in rows] or [turned]
    return [f"{show(triple)}: {predicate} {value}" for predicate, value in min(unknown, key=len)]


def candidates(name, program, corpus):
    expected = collections.Counter(of_verdict(corpus.mapping_files(), CANDIDATE))
    with tempfile.NamedTemporaryFile("w", suffix=".rq", encoding="utf-8") as file:
        file.write(CANDIDATES % f"{corpus.base}candidates")
        file.flush()
        written, _ = tools.run([program, "-C", corpus.folder, "query", "--query-file", file.name, "--format", "csv"])
    _, *rows = csv.reader(written.splitlines())
    found = collections.Counter(tuple(terms.Iri(cell) for cell in row) for row in rows)
    differences = [f"only the mapping files have {show(triple)}" for triple in expected - found]
    differences += [f"only regesta has {show(triple)}" for triple in found - expected]
    told = f"{name}: the graph of the candidates has a node for each candidate"
    check(told, differences, f"{sum(expected.values())} candidates")


def all_of(name, program, corpus):
    valid(name, corpus)
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "dataset.nq")
        tools.run([program, "-C", corpus.folder, "export", "nquads", "-o", path])
        quads = set(tools.rapper(path, "nq"))
    relations(name, corpus, quads)
    on_whose_word(name, corpus, quads)
    candidates(name, program, corpus)


def proposals(program, corpus):
    """Mapping files as `regesta reconcile` writes them from nothing: with what it proposes, and what it accepts."""
    for dataset, kind in itertools.product(corpus.datasets, KINDS):
        decided = ["--accept-above", "0.9", "--reviewer", "Ann", "--date", "2026-01-02"]
        tools.run([program, "-C", corpus.folder, "reconcile", kind, "--with", dataset.name, *decided])


def every_verdict(corpus, path, thing):
    """A mapping file in which a thing of the corpus is related in every way to something elsewhere."""
    head = {"mapping_set_id": ELSEWHERE + "links", "license": ELSEWHERE + "licence", "sssom_version": '"1.1"'}
    lines = [f"#{key}: {value}" for key, value in head.items()]
    lines += ["#curie_map:", f"#  there: {ELSEWHERE}", f"#  ours: {corpus.base}"]
    lines.append("\t".join(COLUMNS))
    relation = itertools.cycle(relation.value.replace(SKOS, "skos:") for relation in INVERSE)
    ways = itertools.product(REVIEWERS, AGREEMENTS, JUSTIFICATIONS, ("", "Not"), (False, True))
    for number, ((by_id, by_name), agreement, justification, modifier, turned) in enumerate(ways):
        if agreement and not by_id and not by_name:
            continue
        ends = [thing.value.replace(corpus.base, "ours:"), f"there:{number}"]
        subject, target = reversed(ends) if turned else ends
        lines.append("\t".join([
            subject, next(relation), modifier, target, f"semapv:{justification}", "there:eve", by_id, by_name,
            "2026-01-02", f"0.{number}", agreement, f'"number ""{number}"""',
        ]))
    with open(os.path.join(corpus.folder, path), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


@contextlib.contextmanager
def without_mappings(folder):
    """A copy of the corpus that has no mapping files yet."""
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(work, "corpus")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.sssom.tsv"))
        yield Corpus(copy)


def main():
    name, program, folder = sys.argv[1:]
    corpus = Corpus(folder)
    files = corpus.mapping_files()
    if not files:
        return
    all_of(name, program, corpus)
    with without_mappings(folder) as copy:
        proposals(program, copy)
        all_of(f"{name}, proposed", program, copy)
    with without_mappings(folder) as copy:
        path, mappings = next(iter(files.items()))
        every_verdict(copy, path, mappings[0].triple[0])
        all_of(f"{name}, every verdict", program, copy)


if __name__ == "__main__":
    main()

"""The stored queries: what regesta answers, and what other engines answer.

usage: queries.py PROGRAM FOLDER_OF_QUERIES (NAME CORPUS_FOLDER BUILD_FOLDER)...

Every query is asked with the examples of its head; without what it can do without; and about the things of each kind
that most statements point to, since the examples are of one corpus only. rdflib is asked each time, Jena's arq the first.
Parameters are put into the text here, by a way of our own. Rows are compared as terms (the JSON results) and as text
(the CSV results); numbers that differ only in how they are written (1 and 1.0, or integer and decimal) count as equal.

A query that names datasets in its head is asked over the corpus as the default graph, with a graph for each of these
datasets and one for the candidates of the mapping files, which is made here; and about each dataset. regesta loads only
the dataset that it is asked about, the others have all: that must make no difference. A few questions of our own show
what a query sees with each kind of head.
"""

import collections
import concurrent.futures
import contextlib
import csv
import glob
import io
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from decimal import Decimal

import yaml

import terms
import tools
from corpus import CANDIDATE, ENDS, NODE, TYPE, Corpus, of_verdict
from report import check

TIMEOUT = 120
ROUNDS = 3
# What a query sees: which graphs, but for the one that is made here, and which statements without naming a graph.
SEEN = {
    "graphs": """SELECT ?graph (COUNT(*) AS ?statements) WHERE {
  GRAPH ?graph { ?subject ?predicate ?object }
  FILTER(?graph != <%s>)
}
GROUP BY ?graph
ORDER BY ?graph
""",
    "statements": "SELECT DISTINCT ?subject ?predicate ?object WHERE { ?subject ?predicate ?object }\n",
}
# What is no name of a variable, although it may look like one.
TOKEN = re.compile(
    r"""(?P<other>\#[^\n]*|<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<bound>\bBOUND\s*\(\s*[?$](?P<tested>\w+)\s*\))
      | [?$](?P<variable>\w+)""",
    re.VERBOSE | re.IGNORECASE,
)


class Query:
    """A stored query as its file has it, or a question of our own."""

    def __init__(self, path, stored=True):
        self.path, self.stored = path, stored
        self.name = os.path.basename(path).removesuffix(".rq")
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        head = "\n".join(line[2:] for line in self.text.splitlines() if line.startswith("#+"))
        told = yaml.safe_load(head) or {}
        self.parameters = told.get("params") or {}
        datasets = told.get("datasets") or []
        self.datasets = [datasets] if isinstance(datasets, str) else datasets
        names = {match["variable"] for match in TOKEN.finditer(self.text) if match["variable"]}
        self.variables = {}
        for parameter in self.parameters:
            spelt = [name for name in names if re.fullmatch(f"__?{parameter}(_.+)?", name)]
            if len(spelt) != 1:
                raise ValueError(f"the parameter {parameter} belongs to {spelt}")
            self.variables[parameter] = spelt[0]
        stray = {name for name in names if name.startswith("_")} - set(self.variables.values())
        if stray:
            raise ValueError(f"the head does not tell of {sorted(stray)}")

    def term(self, parameter, value, base):
        """A value as SPARQL."""
        kind = self.parameters[parameter]["type"]
        if kind == "iri":
            if self.parameters[parameter].get("entity") == ["dataset"]:
                return f"<{base}dataset/{value}>"
            prefix, _, name = value.partition(":")
            # A name of a vocabulary, as in schema:sender, or an id of the corpus.
            if declared := re.search(rf"(?im)^PREFIX\s+{re.escape(prefix)}:\s*<([^>]*)>", self.text):
                return f"<{declared[1]}{name}>"
            return f"<{value}>" if value.startswith("http") else f"<{base}{prefix}/{name}#it>"
        quoted = json.dumps(value, ensure_ascii=False)
        if kind == "literal":
            return quoted
        datatype = {"number": "xsd:decimal", "integer": "xsd:integer"}.get(kind, kind)
        prefix, _, name = datatype.partition(":")
        if prefix == "xsd":
            return f"{quoted}^^<{terms.XSD}{name}>"
        return f"{quoted}@{kind}"

    def bound(self, values, base):
        """The text with terms in the place of parameters."""
        given = {self.variables[parameter]: self.term(parameter, value, base) for parameter, value in values.items()}

        def put(match):
            if match["bound"]:
                return "true" if match["tested"] in given else match[0]
            return given.get(match["variable"], match[0])

        return TOKEN.sub(put, self.text)


def order_conditions(text):
    """The conditions of the outermost ORDER BY: whether each is descending, and its expression."""
    parts = re.split(r"\bORDER\s+BY\b", text)
    if len(parts) == 1 or "}" in parts[-1]:
        return []
    conditions, at = [], 0
    clause = re.sub(r"\b(LIMIT|OFFSET)\b.*", "", parts[-1], flags=re.DOTALL).strip()
    while at < len(clause):
        match = re.compile(r"\s*(?:([?$]\w+)|([A-Za-z]*)\s*\()").match(clause, at)
        if not match:
            raise ValueError(f"ORDER BY is not understood from here: {clause[at:]}")
        at = match.end()
        if match[1]:
            conditions.append((False, match[1]))
            continue
        depth, start = 1, at
        while depth:
            depth += {"(": 1, ")": -1}.get(clause[at], 0)
            at += 1
        inner, function = clause[start : at - 1], match[2]
        if function.upper() in ("ASC", "DESC", ""):
            conditions.append((function.upper() == "DESC", f"({inner})"))
        else:
            conditions.append((False, f"{function}({inner})"))
        at += len(clause[at:]) - len(clause[at:].lstrip())
    return conditions


def with_keys(text, conditions):
    """The query with the keys that it orders by as further columns."""
    keys = " ".join(f"({expression} AS ?orderKey{number})" for number, (_, expression) in enumerate(conditions))
    changed, times = re.subn(r"(\bSELECT\b[^{]*?)(\s+WHERE\s*\{|\s*\{)", rf"\1 {keys}\2", text, count=1)
    if times != 1:
        raise ValueError("there is no SELECT to add columns to")
    return changed


def compare(one, other):
    """How SPARQL 1.1 (section 15.1) orders two terms; nothing where it does not say."""

    def rank(term):
        return 0 if term is None else 1 if isinstance(term, terms.Blank) else 2 if isinstance(term, terms.Iri) else 3

    if one == other:
        return 0
    if rank(one) != rank(other):
        return -1 if rank(one) < rank(other) else 1
    if isinstance(one, terms.Literal):
        if one.datatype in terms.NUMBERS and other.datatype in terms.NUMBERS:
            keys = Decimal(one.value), Decimal(other.value)
        elif one.datatype != other.datatype or one.language:
            return None
        elif one.datatype == terms.XSD + "date":
            keys = date(one.value), date(other.value)
        elif one.datatype in (terms.XSD + "string", terms.XSD + "boolean"):
            keys = one.value, other.value
        else:
            return None
    elif isinstance(one, terms.Iri):
        keys = one.value, other.value
    else:
        return None
    return (keys[0] > keys[1]) - (keys[0] < keys[1])


def date(text):
    year, month, day = re.fullmatch(r"(-?\d+)-(\d\d)-(\d\d)", text).groups()
    return int(year), int(month), int(day)


def order_differences(rows, keys, conditions):
    """Rows that stand before rows they must stand behind; and how many pairs of rows the query leaves in no order."""
    wrong, loose = [], 0
    for (above, below) in itertools.combinations(range(len(rows)), 2):
        one, other = keys.get(rows[above], set()), keys.get(rows[below], set())
        if len(one) != 1 or len(other) != 1:
            loose += 1
            continue
        verdict = 0
        for (descending, _), first, second in zip(conditions, next(iter(one)), next(iter(other))):
            verdict = compare(first, second)
            if verdict != 0:
                verdict = verdict and (-verdict if descending else verdict)
                break
        if verdict == 1:
            wrong.append(f"row {above + 1} must stand behind row {below + 1}")
        loose += verdict is None or verdict == 0
    return wrong, loose


def of_json(cell):
    if cell is None:
        return None
    if cell["type"] == "uri":
        return terms.Iri(cell["value"])
    if cell["type"] == "bnode":
        return terms.Blank(cell["value"])
    return terms.literal(cell["value"], cell.get("datatype"), cell.get("xml:lang"))


def rows_of_json(text):
    answer = json.loads(text)
    columns = answer["head"]["vars"]
    return columns, [tuple(of_json(row.get(column)) for column in columns) for row in answer["results"]["bindings"]]


class Regesta:
    def __init__(self, program, corpus):
        self.program, self.corpus = program, corpus

    def ask(self, query, values, written):
        given = [argument for parameter, value in values.items() for argument in ("-p", f"{parameter}={value}")]
        named = [query.name] if query.stored else ["--query-file", query.path]
        command = [self.program, "query", *named, *given, "--format", written, "-C", self.corpus]
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT)
        if done.returncode != 0:
            raise ValueError(f"regesta ended with {done.returncode}: {done.stderr.decode().strip().splitlines()[:1]}")
        return done.stdout.decode("utf-8")

    def rows(self, query, values):
        return rows_of_json(self.ask(query, values, "json"))

    def texts(self, query, values):
        header, *rows = csv.reader(io.StringIO(self.ask(query, values, "csv"), newline=""))
        return header, [tuple(row) for row in rows]


class TookTooLong(Exception):
    pass


class NothingToAskAbout(Exception):
    pass


def give_up(_signal, _frame):
    raise TookTooLong(f"rdflib took more than {TIMEOUT} seconds")


class Rdflib:
    """rdflib over the union of the corpus's graphs; or, with files that stand beside the corpus, over a default graph
    that is this union, and the graphs of all."""

    def __init__(self, folder, beside=()):
        path = os.path.join(folder, "dataset.nq")
        self.dataset = tools.rdflib_dataset(path, "nq", default_union=not beside)
        for path in beside:
            self.dataset.parse(path, format=tools.RDFLIB["nq"])
        # At last, since rdflib empties the default graph when it reads N-Quads.
        if beside:
            self.dataset.default_graph.parse(os.path.join(folder, "dataset.nt"), format=tools.RDFLIB["nt"])
        signal.signal(signal.SIGALRM, give_up)

    def rows(self, text):
        signal.alarm(TIMEOUT)
        try:
            answer = self.dataset.query(text)
            rows = [tuple(None if cell is None else tools.of_rdflib(cell) for cell in row) for row in answer]
            return [str(name) for name in answer.vars], rows
        finally:
            signal.alarm(0)


class Arq:
    """Jena. It has no union of graphs as its default graph, but dataset.nt is that union."""

    def __init__(self, folder, beside=()):
        paths = [os.path.join(folder, name) for name in ("dataset.nt", "dataset.nq")]
        data = [f"--data={path}" for path in [*paths, *beside]]
        self.command = [*tools.jena("arq"), *data, "--results=json"]

    def rows(self, text):
        return rows_of_json(tools.run([*self.command, text], TIMEOUT)[0])


def differences(expected, found, engine):
    expected, found = ([tuple(terms.alike(cell) for cell in row) for row in rows] for rows in (expected, found))
    mine, theirs = collections.Counter(expected), collections.Counter(found)
    only_mine, only_theirs = mine - theirs, theirs - mine
    if not only_mine and not only_theirs:
        return []
    said = [f"regesta has {len(expected)} rows, {engine} has {len(found)}"]
    for who, rows in (("regesta", only_mine), (engine, only_theirs)):
        said += [f"only {who}: {' | '.join('-' if cell is None else str(cell) for cell in row)}" for row in rows]
    return said


def text_differences(header, texts, columns, rows):
    """What the CSV has otherwise than the JSON: the lexical form of each term, and nothing where there is none."""
    if header != columns:
        return [f"the columns of the CSV are {header}, not {columns}"]
    plain = [tuple("" if cell is None else cell.value for cell in row) for row in rows]
    return [f"row {number + 1} of the CSV: {got}" for number, (got, want) in enumerate(zip(texts, plain)) if got != want] + (
        [f"the CSV has {len(texts)} rows, the JSON {len(plain)}"] if len(texts) != len(plain) else []
    )


def most_pointed_to(quads, base):
    """The things of each kind, those first that most statements point to."""
    counted = collections.Counter(quad[2].value for quad in quads if isinstance(quad[2], terms.Iri))
    things = collections.defaultdict(list)
    for subject in sorted({quad[0].value for quad in quads}):
        match = re.fullmatch(re.escape(base) + r"([a-z]+)/([a-z0-9-]+)#it", subject)
        if match:
            things[match[1]].append((-counted[subject], f"{match[1]}:{match[2]}"))
    return {kind: [thing for _, thing in sorted(of_kind)] for kind, of_kind in things.items()}


def rounds(query, things):
    """What the query is asked with, and a word for it: at first the examples, those of another corpus replaced."""
    examples = {name: str(told["example"]) for name, told in query.parameters.items()}
    known = {name: interleaved(things, told["entity"]) for name, told in query.parameters.items() if told.get("entity")}
    nothing = [name for name, things_known in known.items() if not things_known]
    if nothing:
        raise NothingToAskAbout(f"the corpus has nothing that can stand for {', '.join(nothing)}")
    first = {name: example if example in known.get(name, [example]) else known[name][0] for name, example in examples.items()}
    yield "examples" if first == examples else described(first), first
    required = {name: value for name, value in first.items() if str(query.parameters[name].get("required")) == "True"}
    yield "required only", required
    chosen = [name for name in known if name in required] or list(known)[:1]
    most = max((len(query.parameters[name]["entity"]) for name in chosen), default=0)
    for number in range(max(ROUNDS, most) if chosen else 0):
        values = dict(required)
        for place, name in enumerate(chosen):
            values[name] = known[name][(number + place) % len(known[name])]
        yield described(values), values
    for name in (name for name in known if query.parameters[name]["entity"] == ["dataset"]):
        for dataset in known[name]:
            yield described(required | {name: dataset}), required | {name: dataset}


def interleaved(things, kinds):
    """The first of each kind, then the second of each."""
    return [thing for rank in itertools.zip_longest(*(things.get(kind, []) for kind in kinds)) for thing in rank if thing]


def described(values):
    return ", ".join(f"{name}={value}" for name, value in values.items())


def paths_in(folder):
    return sorted(glob.glob(os.path.join(folder, "**", "*.rq"), recursive=True))


def main():
    program, folder_of_queries, *corpora = sys.argv[1:]
    empty, strange = {}, {}
    for name, corpus, folder in zip(corpora[::3], corpora[1::3], corpora[2::3]):
        paths = paths_in(folder_of_queries) + paths_in(os.path.join(corpus, "queries"))
        for query, found, at_home in over_corpus(name, corpus, folder, program, paths):
            empty[query] = empty.get(query, True) and not found
            strange[query] = strange.get(query, True) and not at_home
    # The examples are of the two corpora in data/; in one of them alone, some queries have nothing to find.
    if len(corpora) > 3:
        check("every stored query finds something in one of the corpora", sorted(query for query in empty if empty[query]))
        check("the examples of every query are of one of the corpora", sorted(query for query in strange if strange[query]))


def beside_corpus(program, corpus, work):
    """What each dataset says, and the candidates, as files of N-Quads; the latter under no name."""
    paths = {dataset.name: os.path.join(work, f"dataset-{dataset.name}.nq") for dataset in corpus.datasets}
    for name, path in paths.items():
        tools.run([program, "-C", corpus.folder, "export", "nquads", "--dataset", name, "-o", path])
    graph = terms.Iri(candidates_of(corpus))
    paths[""] = os.path.join(work, "candidates.nq")
    with open(paths[""], "w", encoding="utf-8") as file:
        for number, triple in enumerate(of_verdict(corpus.mapping_files(), CANDIDATE)):
            node = terms.Iri(f"{graph.value}#{number}")
            for predicate, value in ((TYPE, NODE), *zip(ENDS, triple)):
                file.write(f"{node} {predicate} {value} {graph} .\n")
    return paths


def candidates_of(corpus):
    return f"{corpus.base}candidates"


def questions(corpus, work):
    """The files of our own questions: each with no dataset in its head, with all, and with each alone."""
    for said, question in SEEN.items():
        for datasets in ("", "all", *(f"[{dataset.name}]" for dataset in corpus.datasets)):
            path = os.path.join(work, f"{said} with {datasets.strip('[]') or 'no dataset'}.rq")
            with open(path, "w", encoding="utf-8") as file:
                file.write(f"#+ summary: What is seen of {said}\n" + (f"#+ datasets: {datasets}\n" if datasets else ""))
                file.write(question.replace("%s", candidates_of(corpus)))
            yield path


def over_corpus(name, folder, build, program, paths):
    """Asks all queries of a corpus; the name of each, how many rows there were, and whether its examples are there."""
    listed = subprocess.run([program, "query", "--list", "-C", folder], capture_output=True, encoding="utf-8").stdout
    names = {line.split()[0] for line in listed.splitlines() if line[:1].strip()}
    files = {os.path.basename(path).removesuffix(".rq") for path in paths}
    check(f"{name}: the stored queries are those of the folders", sorted(names ^ files), f"{len(names)} queries")
    corpus = Corpus(folder)
    with tempfile.TemporaryDirectory() as work:
        told = (name, corpus, build, program, beside_corpus(program, corpus, work))
        asked = [(path, True) for path in paths] + [(path, False) for path in questions(corpus, work)]
        with concurrent.futures.ProcessPoolExecutor(initializer=Worker.begin, initargs=told) as pool:
            for (path, stored), (lines, *answer) in zip(asked, pool.map(Worker.ask_all, *zip(*asked))):
                print(lines, end="", flush=True)
                if stored:
                    yield os.path.basename(path), *answer


class Worker:
    """What each process holds, since rdflib takes its time."""

    @classmethod
    def begin(cls, name, corpus, folder, program, beside):
        cls.name, cls.base, cls.folder, cls.beside = name, corpus.base, folder, beside
        cls.regesta, cls.engines = Regesta(program, corpus.folder), {}
        cls.things = most_pointed_to(tools.rapper(os.path.join(folder, "dataset.nq"), "nq"), cls.base)
        cls.things["dataset"] = [dataset.name for dataset in corpus.datasets]

    @classmethod
    def engines_for(cls, query):
        """rdflib and arq, over the corpus and what the query wants beside it."""
        names = cls.things["dataset"] if "all" in query.datasets else query.datasets
        missing = [name for name in names if name not in cls.beside]
        if missing:
            raise NothingToAskAbout(f"the corpus is not joined with {', '.join(missing)}")
        paths = tuple(cls.beside[name] for name in [*names, ""]) if query.datasets else ()
        if paths not in cls.engines:
            cls.engines[paths] = Rdflib(cls.folder, paths), Arq(cls.folder, paths)
        return cls.engines[paths]

    @classmethod
    def ask_all(cls, path, stored):
        """Asks one query in all its rounds; the lines that report it, how many rows there were, and whether its
        examples are of this corpus."""
        lines, found, asked = io.StringIO(), 0, []
        with contextlib.redirect_stdout(lines):
            try:
                query = Query(path, stored)
                chosen = list(rounds(query, cls.things))
                rdflib, arq = cls.engines_for(query)
            except NothingToAskAbout as error:
                check(f"{cls.name}: {os.path.basename(path)} is not asked", [], error)
                return lines.getvalue(), found, False
            except Exception as error:
                check(f"{cls.name}: {os.path.basename(path)} can be asked", [error])
                return lines.getvalue(), found, False
            for said, values in chosen:
                if values not in asked:
                    told = f"{cls.name}: {query.name} ({said})" if values else f"{cls.name}: {query.name}"
                    found += ask(told, query, values, cls.base, cls.regesta, rdflib, None if asked else arq)
                    asked.append(values)
        return lines.getvalue(), found, chosen[0][0] == "examples"


def ask(name, query, values, base, regesta, other, third):
    """Asks every engine; the number of rows."""
    text = query.bound(values, base)
    try:
        columns, rows = regesta.rows(query, values)
        header, texts = regesta.texts(query, values)
    except Exception as error:
        check(name, [error])
        return 0
    wrong = text_differences(header, texts, columns, rows)
    for engine, ask_it in (("rdflib", other), ("arq", third)):
        if ask_it is None:
            continue
        try:
            their_columns, their_rows = ask_it.rows(text)
        except Exception as error:
            wrong.append(f"{engine}: {type(error).__name__}: {str(error)[:300]}")
            continue
        if their_columns != columns:
            wrong.append(f"the columns are {columns}, those of {engine} {their_columns}")
            continue
        wrong += differences(rows, their_rows, engine)
    conditions = order_conditions(text)
    loose = ""
    if conditions and not wrong and len(rows) > 1:
        try:
            _, keyed = other.rows(with_keys(text, conditions))
        except Exception as error:
            check(name, [f"rdflib, asked for the keys of the order: {type(error).__name__}: {str(error)[:300]}"])
            return len(rows)
        keys = collections.defaultdict(set)
        for row in keyed:
            keys[tuple(terms.alike(cell) for cell in row[: len(columns)])].add(row[len(columns) :])
        disordered, open_pairs = order_differences([tuple(terms.alike(cell) for cell in row) for row in rows], keys, conditions)
        wrong += disordered
        loose = f", {open_pairs} pairs in no fixed order" if open_pairs else ", in order"
    check(name, wrong, f"{len(rows)} rows{loose}")
    return len(rows)


if __name__ == "__main__":
    main()

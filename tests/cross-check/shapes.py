"""The shapes, asked of pySHACL: clean graphs conform, and of every planted fault it finds what regesta finds."""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import rdflib
from pyshacl import validate

from report import check

# Literals stay as they are written: what is wrong with them is what is asked for.
rdflib.NORMALIZE_LITERALS = False

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
REGESTA, SHAPES, FAULTS, CASES, CLEAN, *BUILDS = sys.argv[1:]

# What the checks of regesta and the shapes both say, by the code of the one and the words of the other.
BOTH = {
    "certainty-unsaid": ["of several answers each says how sure it is"],
    "death-before-birth": ["nobody dies before being born"],
    "event-before-part": ["an event lasts as long as its parts"],
    "membership-outside-life": ["a membership lies in the life of the member"],
    "outside-life": ["a document is written in the life of its author"],
    "reply-before-letter": ["an answer is written after what it answers"],
    "shared-identifier": ["an identifier in an authority file is that of one thing"],
    "steps-out-of-order": ["a document is sent after it is written, and received and published after that"],
    "two-identifiers": ["a thing has one identifier in an authority file"],
}

# The project file of the cases that have none of their own.
PROJECT = os.path.join(CASES, "..", "regesta.toml")

shapes = rdflib.Graph().parse(SHAPES, format="turtle")


def found(triples):
    """What pySHACL finds, as the lines of a file of faults have it, without the name of the shape."""
    graph = rdflib.Graph().parse(data=triples, format="nt")
    conforms, results, text = validate(graph, shacl_graph=shapes, advanced=True, inference="none")
    if isinstance(results, Exception) or not isinstance(results, rdflib.Graph):
        return [f"pySHACL gave up: {text}"]
    lines = set()
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        node = results.value(result, SH.focusNode)
        severity = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "hint"}[results.value(result, SH.resultSeverity)]
        node = node.n3() if isinstance(node, rdflib.URIRef) else "_:b"
        message = results.value(result, SH.resultMessage)
        lines.add(f"{severity} {node}: {message}")
    return sorted(lines)


def exported(case):
    """What exporting a case gives, in a copy with a project file: the usual one, if the case has none."""
    with tempfile.TemporaryDirectory() as folder:
        folder = shutil.copytree(os.path.join(case, "input"), os.path.join(folder, "input"), symlinks=True)
        if not os.path.lexists(os.path.join(folder, "regesta.toml")):
            shutil.copy(PROJECT, folder)
        return subprocess.run([REGESTA, "-C", folder, "export", "ntriples"], capture_output=True)


def planted(path):
    """The faults of a file: a name, the lines taken out, the lines put in, and what is found."""
    with open(path, encoding="utf-8") as file:
        sections = re.split(r"^@ ", file.read(), flags=re.MULTILINE)[1:]
    for section in sections:
        name, _, changes = section.partition("\n")
        lines = {mark: [line[2:] for line in changes.splitlines() if line.startswith(mark + " ")] for mark in "-+!"}
        expected = sorted({re.sub(r" \(shape \w+\)$", "", line) for line in lines["!"]})
        yield name, lines["-"], lines["+"], expected


with open(CLEAN, encoding="utf-8") as file:
    clean = file.read().splitlines()
check("pySHACL: the clean graph conforms", found("\n".join(clean)), f"{len(clean)} triples")
for build in BUILDS:
    with open(build, encoding="utf-8") as file:
        check(f"pySHACL: {build} conforms", found(file.read()), "")

# The cases of these codes, but for what is accepted or has another severity there, which the graph does not know.
compared = set()
for case in sorted(glob.glob(os.path.join(CASES, "*", ""))):
    name = os.path.basename(os.path.dirname(case))
    with open(os.path.join(case, "expected.diagnostics"), encoding="utf-8") as file:
        codes = set(re.findall(r": (?:error|warning)\[([a-z-]+)\]", file.read()))
    export = exported(case)
    if name.startswith(("accepted", "severit")) or export.returncode != 0:
        continue
    by_pyshacl = {line.split(": ", 1)[1] for line in found(export.stdout.decode("utf-8"))}
    differences = [
        f"{code}: regesta {'finds' if code in codes else 'does not find'} it, pySHACL finds {sorted(by_pyshacl)}"
        for code, messages in BOTH.items()
        if (code in codes) != bool(by_pyshacl.intersection(messages))
    ]
    compared |= codes.intersection(BOTH)
    check(f"pySHACL: finds in the case {name} what regesta finds", differences, ", ".join(sorted(codes.intersection(BOTH))))
check("pySHACL: there is a case of every check that the shapes say too", sorted(set(BOTH) - compared), "")

for path in sorted(glob.glob(os.path.join(FAULTS, "*.faults"))):
    differences = []
    count = 0
    for name, out, into, expected in planted(path):
        count += 1
        triples = [line for line in clean if line not in out] + into
        by_pyshacl = found("\n".join(triples) + "\n")
        if by_pyshacl != expected:
            differences.append(f"{name}: pySHACL {by_pyshacl}, regesta {expected}")
    shape = os.path.basename(path).removesuffix(".faults")
    check(f"pySHACL: the planted faults of {shape} are found by both, and nothing else", differences, f"{count} faults")

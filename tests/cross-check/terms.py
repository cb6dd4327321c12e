"""Terms and statements as plain tuples, read from the N-Quads that each tool writes.

Escapes are undone, because the tools escape differently, and language tags are in lower case, because RDF 1.1 lets a
tool have them so. Nothing else is made alike.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LANGUAGE_STRING = RDF + "langString"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}

TERM = re.compile(
    r"""\s*(?:
        <(?P<iri>[^>]*)>
      | _:(?P<blank>[^\s]+)
      | "(?P<value>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?
      | (?P<end>\.)\s*$
    )""",
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True)
class Iri:
    value: str

    def __str__(self):
        return f"<{self.value}>"


@dataclass(frozen=True)
class Blank:
    value: str

    def __str__(self):
        return f"_:{self.value}"


@dataclass(frozen=True)
class Literal:
    value: str
    datatype: str = XSD + "string"
    language: str = ""

    def __str__(self):
        value = json.dumps(self.value, ensure_ascii=False)
        if self.language:
            return f"{value}@{self.language}"
        return value if self.datatype == XSD + "string" else f"{value}^^<{self.datatype}>"


def literal(value, datatype=None, language=None):
    if language:
        return Literal(value, LANGUAGE_STRING, language.lower())
    return Literal(value, datatype or XSD + "string")


def unescape(text):
    if "\\" not in text:
        return text
    return ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else SHORT.get(m[3], m[3]), text)


def statement(line):
    """One line of N-Triples or N-Quads: subject, predicate, object and, where there is one, graph."""
    terms, at = [], 0
    while True:
        match = TERM.match(line, at)
        if not match:
            raise ValueError(f"not a line of N-Quads: {line[:200]!r}")
        at = match.end()
        if match["end"]:
            break
        if match["iri"] is not None:
            terms.append(Iri(unescape(match["iri"])))
        elif match["blank"]:
            terms.append(Blank(match["blank"]))
        else:
            datatype = match["datatype"] and unescape(match["datatype"])
            terms.append(literal(unescape(match["value"]), datatype, match["language"]))
    if len(terms) not in (3, 4):
        raise ValueError(f"not a line of N-Quads: {line[:200]!r}")
    return tuple(terms)


def statements(text):
    """The statements of an N-Quads text, as often as they stand there."""
    return [statement(line) for line in text.split("\n") if line.strip() and not line.startswith("#")]


def triples(quads):
    """What the graphs say together."""
    return {quad[:3] for quad in quads}


def alike(term):
    """A term with one way of writing numbers."""
    if isinstance(term, Literal) and term.datatype in NUMBERS:
        try:
            return Decimal(term.value).normalize()
        except InvalidOperation:
            return term
    return term

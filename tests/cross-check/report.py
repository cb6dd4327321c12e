"""One line for each check, and below a failed one where it fails."""

SHOWN = 5
WIDTH = 400


def check(name, differences, passed=""):
    """Reports a check that has failed when there is any difference; `passed` is what is said when there is none."""
    differences = [one_line(str(difference)) for difference in differences]
    if not differences:
        print(f"ok {name}" + (f": {passed}" if passed else ""), flush=True)
        return
    print(f"FAILED {name}: {differences[0]}", flush=True)
    for difference in differences[1:SHOWN]:
        print(f"    {difference}", flush=True)
    if len(differences) > SHOWN:
        print(f"    and {len(differences) - SHOWN} more", flush=True)


def one_line(text):
    text = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"


def sets_differ(one, one_name, other, other_name):
    """How two sets differ, as sentences."""
    return [f"only {one_name} has {show(item)}" for item in sorted(one - other, key=str)] + [
        f"only {other_name} has {show(item)}" for item in sorted(other - one, key=str)
    ]


def show(item):
    """A statement, a term or a row as one line."""
    return " ".join(str(part) for part in item) if isinstance(item, tuple) else str(item)

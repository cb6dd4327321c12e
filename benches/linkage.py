"""The data of `cargo bench --bench linkage -- FOLDER`, linked with Splink on DuckDB: time, memory, found and right.

usage: linkage.py FOLDER

Needs Splink 5 (pip install splink). Names are divided into family and given names, in whichever order they are
written; candidates are pairs that share a word of the family name's beginning or the whole of one name, as Splink's
documentation does it for persons.
"""

import csv
import resource
import sys
import time
from pathlib import Path

import pandas
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def persons(path):
    """A table of persons with family and given names apart."""
    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    parts = table["name"].str.split(", ", n=1, expand=True)
    turned = table["name"].str.rsplit(" ", n=1, expand=True)
    written = parts[1].notna()
    table["family"] = parts[0].where(written, turned[1]).str.lower()
    table["given"] = parts[1].where(written, turned[0]).str.lower()
    for column in ("born", "died"):
        table[column] = table[column].where(table[column] != "")
    return table.rename(columns={"id": "unique_id"})[["unique_id", "family", "given", "born", "died"]]


def link(ours, theirs):
    """All pairs above a probability of one half."""
    settings = SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("family", "substr(given, 1, 1)"),
            block_on("substr(family, 1, 4)", "given"),
            block_on("substr(family, 1, 4)", "born"),
            block_on("substr(family, 1, 4)", "died"),
            block_on("given", "born"),
        ],
        comparisons=[
            compare.JaroWinklerAtThresholds("family", [0.97, 0.9]),
            compare.JaroWinklerAtThresholds("given", [0.97, 0.85]),
            compare.ExactMatch("born"),
            compare.ExactMatch("died"),
        ],
    )
    engine = DuckDBAPI()
    tables = [
        engine.register(ours, dataset_display_name="ours"),
        engine.register(theirs, dataset_display_name="theirs"),
    ]
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("family", "given", "born")], recall=0.4)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("family", "given"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given", "born"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("family", "born"))
    return linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()


def main():
    folder = Path(sys.argv[1])
    with open(folder / "truth.csv", encoding="utf-8") as file:
        truth = {(row["ours"], row["theirs"]) for row in csv.DictReader(file)}
    clock = time.monotonic()
    ours, theirs = persons(folder / "ours.csv"), persons(folder / "theirs.csv")
    found = link(ours, theirs)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(f"processor time {usage.ru_utime + usage.ru_stime:.1f} s, on the clock {time.monotonic() - clock:.1f} s,", end=" ")
    print(f"at most {usage.ru_maxrss // 1024} MiB")
    print("\n| probability | proposed | right | precision | recall |\n|---|---|---|---|---|")
    left = found["source_dataset_l"] == "ours"
    mine = found["unique_id_l"].where(left, found["unique_id_r"])
    other = found["unique_id_r"].where(left, found["unique_id_l"])
    for threshold in (0.5, 0.8, 0.9, 0.95, 0.99):
        above = found["match_probability"] >= threshold
        pairs = set(zip(mine[above], other[above], strict=True))
        right = len(pairs & truth)
        print(f"| {threshold} | {len(pairs)} | {right} | {right / max(1, len(pairs)):.3f} | {right / len(truth):.3f} |")


if __name__ == "__main__":
    main()

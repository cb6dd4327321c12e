#!/usr/bin/env bash
# Asks other people's programs about what regesta writes: whether they read the exports alike, those of datasets too, find
# the same rows with the stored queries, take the mapping files as we do, find the same faults with the shapes, and have
# no complaint about the ontology.
#
# usage: tests/cross-check.sh [CORPUS_FOLDER...]
#
# Without a folder, both corpora in data/ are checked. The program is $REGESTA, or a release build of this folder.
# Python 3.11 or later is needed (another one than python3: $PYTHON); what else is missing is installed, the Python
# packages in a temporary folder, the rest by apt-get for root.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
checks=$root/tests/cross-check
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
lines=$work/lines
touch "$lines"
export PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1

stop() {
    echo "cross-check: $*" >&2
    exit 2
}

updated=
install() {
    local package=$1
    if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
        stop "$package is missing; install it, or run this as root on Debian or Ubuntu"
    fi
    if [[ -z $updated ]]; then
        apt-get update -qq >"$work/apt.log" 2>&1 || stop "apt-get update failed: $(tail -n 1 "$work/apt.log")"
        updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$package" >"$work/apt.log" 2>&1 ||
        stop "$package could not be installed: $(tail -n 1 "$work/apt.log")"
}

prepare_tools() {
    command -v rapper >/dev/null || install raptor2-utils
    command -v java >/dev/null || install default-jre-headless
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install python3-venv
    "$python" -m venv "$work/python" || stop "a Python environment could not be made"
    "$work/python/bin/pip" install --quiet --requirement "$checks/requirements.txt" ||
        stop "the Python packages could not be installed"
    if ! command -v riot >/dev/null || ! command -v arq >/dev/null; then
        prepare_debian_jena
    fi
}

# Debian has the classes of Jena but not its scripts, and its classes look for those of Xerces, which they carry under
# another name, at the name that Xerces gives them.
prepare_debian_jena() {
    local java=/usr/share/java name
    [[ -e $java/jena-cmds.jar ]] || install libapache-jena-java
    [[ -e $java/slf4j-simple.jar ]] || install libslf4j-java
    "$python" -m zipfile -e "$java/jena-core.jar" "$work/jena-core"
    mkdir "$work/jena"
    cp -R "$work/jena-core/org/apache/jena/ext/xerces" "$work/jena/xerces"
    mkdir -p "$work/jena/org/apache/jena"
    cp -R "$work/jena-core/org/apache/jena/ext" "$work/jena/org/apache/jena/ext"
    JENA_CLASS_PATH=$work/jena
    for name in jena-{arq,base,cmds,core,iri,rdfconnection} slf4j-{api,simple} dexx.collection guava gson protobuf thrift \
        commons-{cli,codec,compress,csv,io,lang3} httpclient httpclient-cache httpcore jcl-over-slf4j \
        jsonld-java jackson-{annotations,core,databind} titanium-json-ld jakarta.json-api; do
        [[ ! -e $java/$name.jar ]] || JENA_CLASS_PATH+=:$java/$name.jar
    done
    export JENA_CLASS_PATH
}

# Runs a command that reports checks; one that does not come to its end is itself a failed check.
checks_of() {
    local what=$1 status=0
    shift
    "$@" | tee -a "$lines" || status=${PIPESTATUS[0]}
    [[ $status -eq 0 ]] || echo "FAILED $what: the check ended with $status" | tee -a "$lines"
}

build() {
    local name=$1
    local corpus=$work/corpora/$name
    if "$regesta" build "$corpus" -o "$work/builds/$name" >"$work/build.log" 2>&1; then
        echo "ok $name: is built: $(tail -n 1 "$work/build.log")"
    else
        echo "FAILED $name: is built: $(head -n 1 "$work/build.log")"
        sed 's/^/    /' "$work/build.log"
    fi
}

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stop "Python 3.11 or later is needed"
regesta=${REGESTA:-}
if [[ -z $regesta ]]; then
    cargo build --release --quiet --manifest-path "$root/Cargo.toml" || stop "regesta could not be built"
    regesta=$root/target/release/regesta
fi
[[ -x $regesta ]] || stop "there is no program at $regesta"
if [[ $# -eq 0 ]]; then
    set -- "$root/data/exchange-2017" "$root/data/practice"
fi
prepare_tools
"$work/python/bin/python" "$checks/tools.py"

mkdir "$work/corpora" "$work/builds"
for_queries=()
builds=()
for corpus in "$@"; do
    [[ -e $corpus/regesta.toml ]] || stop "there is no corpus in $corpus"
    name=$(basename "$(cd "$corpus" && pwd)")
    # In a copy without an earlier build, from which queries would be answered.
    cp -R "$corpus" "$work/corpora/$name"
    rm -rf "$work/corpora/$name/build"
    build "$name" | tee -a "$lines"
    [[ -e $work/builds/$name ]] || continue
    checks_of "$name: exports" "$work/python/bin/python" "$checks/exports.py" "$name" "$work/builds/$name" "$root/ontology"
    checks_of "$name: records" "$work/python/bin/python" "$checks/records.py" "$name" "$work/builds/$name"
    joined=("$name" "$regesta" "$work/corpora/$name")
    checks_of "$name: datasets" "$work/python/bin/python" "$checks/datasets.py" "${joined[@]}" "$root/ontology"
    checks_of "$name: mappings" "$work/python/bin/python" "$checks/mappings.py" "${joined[@]}"
    for_queries+=("$name" "$work/corpora/$name" "$work/builds/$name")
    builds+=("$work/builds/$name")
done
checks_of "ontology" "$work/python/bin/python" "$checks/ontology.py" "$root/ontology" "$root/queries" "${builds[@]}"
"$regesta" -C "$root/tests/faults/corpus" export ntriples -o "$work/clean.nt"
checks_of "shapes" "$work/python/bin/python" "$checks/shapes.py" "$regesta" "$root/ontology/shapes.ttl" \
    "$root/tests/faults" "$root/tests/cases/check" "$work/clean.nt" "${builds[@]/%//dataset.nt}"
if [[ ${#for_queries[@]} -gt 0 ]]; then
    checks_of "queries" "$work/python/bin/python" "$checks/queries.py" "$regesta" "$root/queries" "${for_queries[@]}"
fi

passed=$(grep -c '^ok ' "$lines" || true)
failed=$(grep -c '^FAILED ' "$lines" || true)
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]

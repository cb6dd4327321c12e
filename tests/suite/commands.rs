//! The program as it is used: commands, exit codes, and what goes where.

use crate::support::{copy, regesta, repository, text};
use std::fs;
use std::process::{Command, Stdio};
use tempfile::TempDir;

fn practice() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&repository().join("data/practice"), folder.path());
    folder
}

#[test]
fn init_writes_a_corpus_that_builds_and_answers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = regesta(folder.path(), &["init", "my-letters"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let made = folder.path().join("my-letters");
    for entry in walkdir::WalkDir::new(repository().join("data/practice")) {
        let entry = entry.expect("the practice corpus can be read");
        let below = entry.path().strip_prefix(repository().join("data/practice")).expect("the walk stays below");
        if entry.file_type().is_file() && !below.starts_with("build") {
            let same = fs::read(made.join(below)).ok() == fs::read(entry.path()).ok();
            assert!(same, "{} is not what init writes", below.display());
        }
    }
    assert_eq!(regesta(folder.path(), &["build", "my-letters"]).status.code(), Some(0));
    let with_option = regesta(folder.path(), &["-C", "other-letters", "init"]);
    assert_eq!(with_option.status.code(), Some(0), "{}", text(&with_option.stderr));
    assert_eq!(regesta(folder.path(), &["init"]).status.code(), Some(2), "a folder is named");
    let again = regesta(folder.path(), &["init", "my-letters"]);
    assert_eq!(again.status.code(), Some(2), "what is there is not overwritten");
}

#[test]
fn the_corpus_is_found_from_a_folder_within() {
    let folder = practice();
    let output = regesta(&folder.path().join("documents"), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("documents"));
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let output = regesta(elsewhere.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("regesta.toml"));
}

#[test]
fn data_goes_to_standard_output_and_everything_else_to_standard_error() {
    let folder = practice();
    let output = regesta(folder.path(), &["export", "nquads"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
    assert!(text(&output.stdout).lines().all(|line| line.ends_with(" .")));
    fs::write(folder.path().join("documents/broken.md"), "no front matter").expect("it can be written");
    let output = regesta(folder.path(), &["export", "nquads"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "", "nothing is half written");
    assert!(text(&output.stderr).contains("front-matter-missing"));
}

#[test]
fn export_writes_a_file_whole_or_not_at_all() {
    let folder = practice();
    let output = regesta(folder.path(), &["export", "ttl", "-o", "graph.ttl"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let first = fs::read(folder.path().join("graph.ttl")).expect("it is there");
    fs::write(folder.path().join("documents/broken.md"), "no front matter").expect("it can be written");
    assert_eq!(regesta(folder.path(), &["export", "ttl", "-o", "graph.ttl"]).status.code(), Some(1));
    assert_eq!(fs::read(folder.path().join("graph.ttl")).expect("it is there"), first);
}

/// A device is written to, never replaced; and nobody needs to read what is said of problems.
#[cfg(unix)]
#[test]
fn devices_stay_devices_and_closed_pipes_hide_no_problem() {
    let folder = practice();
    std::os::unix::fs::symlink("/dev/null", folder.path().join("nowhere")).expect("a link can be made");
    assert_eq!(regesta(folder.path(), &["export", "ttl", "-o", "nowhere"]).status.code(), Some(0));
    assert!(folder.path().join("nowhere").is_symlink());
    fs::write(folder.path().join("documents/broken.md"), "no front matter").expect("it can be written");
    let script =
        "\"$0\" check 2>/dev/full; test $? -eq 1 && { \"$0\" check; echo $? >&3; } 2>&1 >/dev/null 3>status | true";
    let shell =
        Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_regesta")]).current_dir(folder.path()).output();
    assert!(shell.expect("bash is there").status.success());
    assert_eq!(fs::read_to_string(folder.path().join("status")).expect("it was written").trim(), "1");
}

#[test]
fn build_writes_every_file_and_replaces_only_what_it_wrote() {
    let folder = practice();
    let output = regesta(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let build = folder.path().join("build");
    for name in
        ["dataset.ttl", "dataset.trig", "dataset.nt", "dataset.nq", "dataset.rdf", "dataset.jsonld", "report.json"]
    {
        assert!(build.join(name).is_file(), "{name} is missing");
    }
    assert!(build.join("documents").read_dir().expect("records are there").count() > 5);
    for name in ["description.ttl", "dataset.trig"] {
        let output = regesta(folder.path(), &["check", &format!("build/{name}")]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
    }
    let output = regesta(folder.path(), &["check", "build/dataset.jsonld"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("turtle, trig, ntriples and nquads are read"));
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0), "a build replaces a build");
    // A folder of somebody's is refused and stays as it is.
    let foreign = folder.path().join("mine");
    fs::create_dir(&foreign).expect("a folder can be made");
    fs::write(foreign.join("notes.txt"), "mine").expect("a file can be written");
    let output = regesta(folder.path(), &["build", "-o", "mine"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("not written by regesta"));
    assert_eq!(fs::read_to_string(foreign.join("notes.txt")).expect("it is there"), "mine");
    // A name that only looks like one of ours makes no folder ours.
    let hidden = folder.path().join(".result.regesta-partial");
    fs::create_dir(&hidden).expect("a folder can be made");
    fs::write(hidden.join("notes.txt"), "mine").expect("a file can be written");
    assert_eq!(regesta(folder.path(), &["build", "-o", "result"]).status.code(), Some(2));
    assert_eq!(regesta(folder.path(), &["build", "-o", ".result.regesta-partial"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(hidden.join("notes.txt")).expect("it is there"), "mine");
    // So is the corpus itself, and a file.
    assert_eq!(regesta(folder.path(), &["build", "-o", "."]).status.code(), Some(2));
    assert_eq!(regesta(folder.path(), &["build", "-o", "regesta.toml"]).status.code(), Some(2));
}

#[test]
fn an_interrupted_build_leaves_the_old_result_and_no_trace() {
    let folder = practice();
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0));
    let before = fs::read(folder.path().join("build/dataset.nq")).expect("it is there");
    // What a killed build leaves behind: a folder beside the result, with a lock that nobody holds.
    let partial = folder.path().join(".build.regesta-partial");
    fs::create_dir(&partial).expect("a folder can be made");
    fs::write(partial.join("lock"), "").expect("a file can be written");
    fs::write(partial.join("dataset.nq"), "half").expect("a file can be written");
    assert_eq!(fs::read(folder.path().join("build/dataset.nq")).expect("it is there"), before);
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0));
    assert!(!partial.exists());
    // One that was killed before it had its lock leaves the folder alone.
    fs::create_dir(&partial).expect("a folder can be made");
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0));
    assert!(!partial.exists());
    // A build that finds an error leaves the old result whole.
    fs::write(folder.path().join("documents/broken.md"), "no front matter").expect("it can be written");
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(1));
    assert_eq!(fs::read(folder.path().join("build/dataset.nq")).expect("it is there"), before);
    assert!(!partial.exists());
}

/// The build is killed at many moments; what is there afterwards is always a whole result.
#[cfg(unix)]
#[test]
fn a_build_that_is_killed_never_leaves_half_a_result() {
    let folder = practice();
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0));
    let expected = fs::read(folder.path().join("build/dataset.jsonld")).expect("it is there");
    for milliseconds in (0..60).step_by(3) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_regesta"))
            .arg("build")
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().expect("the program ends");
        let found = fs::read(folder.path().join("build/dataset.jsonld")).expect("a whole result is there");
        assert!(found == expected, "half a result after {milliseconds} ms");
    }
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0));
    assert!(!folder.path().join(".build.regesta-partial").exists());
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = practice();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).expect("a folder can be made");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).expect("permissions can be set");
    let writable = fs::write(closed.join("probe"), "").is_ok();
    let output = regesta(folder.path(), &["build", "-o", "closed/result"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).expect("permissions can be set");
    if writable {
        // The administrator may write everywhere: a file in the place of a folder stops everybody.
        fs::write(folder.path().join("file"), "").expect("a file can be written");
        let output = regesta(folder.path(), &["build", "-o", "file/result"]);
        assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("file"), "{}", text(&output.stderr));
        return;
    }
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("closed"), "{}", text(&output.stderr));
}

#[test]
fn queries_are_answered_from_the_build_while_it_fits_the_sources() {
    let folder = practice();
    let ask = || {
        let output = regesta(folder.path(), &["query", "graph-inventory", "--format", "csv"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let from_sources = ask();
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0));
    assert_eq!(ask(), from_sources, "the answer from the build is the answer from the sources");
    // A build that was tampered with, or that is older than the sources, is not believed.
    let dataset = folder.path().join("build/dataset.nq");
    let nquads = fs::read_to_string(&dataset).expect("it is there");
    fs::write(&dataset, nquads.lines().skip(10).map(|line| format!("{line}\n")).collect::<String>())
        .expect("it can be written");
    assert_eq!(ask(), from_sources);
    let letter = "---\nkind: letter\ntitle: One more\n---\nSir, nothing is new.\n";
    fs::write(folder.path().join("documents/one-more.md"), letter).expect("it can be written");
    assert_ne!(ask(), from_sources, "one more document has a graph");
}

#[test]
fn wrong_requests_end_with_two_and_say_what_works() {
    let folder = practice();
    let wrong: &[(&[&str], &str)] = &[
        (&["query"], "--list"),
        (&["query", "claims-abuot", "-p", "entity=person:x"], "claims-about"),
        (&["query", "claims-about"], "for example: regesta query claims-about -p entity="),
        (&["query", "claims-about", "-p", "entiti=person:x"], "entity"),
        (&["query", "claims-about", "-p", "entity"], "name=value"),
        (&["query", "documents-in-period", "-p", "from=yesterday", "-p", "to=1900-01-01"], "for example"),
        (&["query", "claims-about", "-p", "entity=person:nobody-here"], "nothing in the corpus is called"),
        (&["query", "graph-inventory", "--format", "docx"], "table, csv"),
        (&["query", "graph-inventory", "--format", "turtle"], "csv"),
        (&["explain", "unknown-idd"], "unknown-id"),
        (&["export", "docx"], "turtle"),
        (&["nothing"], "Usage"),
    ];
    for (arguments, help) in wrong {
        let output = regesta(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(help), "{arguments:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
    }
}

#[test]
fn tables_show_what_has_a_name_and_no_node() {
    let folder = practice();
    let output = regesta(folder.path(), &["query", "answers-side-by-side", "-p", "question=date"]);
    let table = text(&output.stdout);
    for shown in ["answer       1851-02~\n", "source       the paper\n"] {
        assert!(table.contains(shown), "{shown}\n{table}");
    }
    assert!(!table.contains("()"), "{table}");
}

#[test]
fn a_query_can_come_from_a_file_or_from_standard_input() {
    let folder = practice();
    let query = "SELECT (COUNT(?letter) AS ?letters) WHERE { ?letter a schema:Message }";
    fs::write(folder.path().join("count.rq"), query).expect("it can be written");
    let from_file = regesta(folder.path(), &["query", "--query-file", "count.rq", "--format", "csv"]);
    assert_eq!(from_file.status.code(), Some(0), "{}", text(&from_file.stderr));
    let mut child = Command::new(env!("CARGO_BIN_EXE_regesta"))
        .args(["query", "--query-file", "-", "--format", "csv"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("it is piped"), query.as_bytes()).expect("it is read");
    let from_input = child.wait_with_output().expect("the program ends");
    assert_eq!(text(&from_input.stdout), text(&from_file.stdout));
    assert!(text(&from_file.stdout).starts_with("letters"));
    fs::write(folder.path().join("broken.rq"), "SELECT ?x WHERE {\n  ?x a\n}").expect("it can be written");
    let output = regesta(folder.path(), &["query", "--query-file", "broken.rq", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("broken.rq:3:2: error[query-syntax]: expected"), "{}", text(&output.stderr));
    fs::write(
        folder.path().join("unnamed.rq"),
        "SELECT * { GRAPH <https://example.org/practice/dataset/handbook> { ?s ?p ?o } }",
    )
    .expect("it can be written");
    let output = regesta(folder.path(), &["query", "--query-file", "unnamed.rq"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("begin the query with a line: #+ datasets: [handbook]"),
        "{}",
        text(&output.stderr)
    );
    fs::write(folder.path().join("misspelt.rq"), format!("#+ tag: [mine]\n{query}")).expect("it can be written");
    let output = regesta(folder.path(), &["query", "--query-file", "misspelt.rq", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("misspelt.rq:1:4: error[unknown-key]"), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "", "a query with an error is not answered");
}

/// Queries that would end the program by memory, stack or time end with a message and 3.
#[test]
fn no_query_ends_the_program() {
    let folder = practice();
    let binds: String = (0..40).map(|at| format!("BIND(CONCAT(?x{at}, ?x{at}) AS ?x{}) ", at + 1)).collect();
    let bomb = format!("SELECT (STRLEN(?x40) AS ?length) WHERE {{ BIND(\"aaaaaaaaaa\" AS ?x0) {binds} }}");
    fs::write(folder.path().join("bomb.rq"), bomb).expect("it can be written");
    let output = regesta(folder.path(), &["query", "--query-file", "bomb.rq", "--memory", "256"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("256 MiB"), "{}", text(&output.stderr));
    let product = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    fs::write(folder.path().join("product.rq"), product).expect("it can be written");
    let output = regesta(folder.path(), &["query", "--query-file", "product.rq", "--timeout", "1"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("--timeout"), "{}", text(&output.stderr));
}

#[test]
fn messages_come_in_four_formats_and_colour_only_when_asked() {
    let folder = practice();
    fs::write(folder.path().join("documents/broken.md"), "---\nkind: leter\ntitle: T\n---\n")
        .expect("it can be written");
    let check = |arguments: &[&str]| {
        let mut all = vec!["check"];
        all.extend(arguments);
        text(&regesta(folder.path(), &all).stderr)
    };
    let human = check(&[]);
    assert!(
        human.contains("error[unknown-kind]")
            && human.contains("--> documents/broken.md:2:7")
            && human.contains("^^^^^"),
        "{human}"
    );
    assert!(human.contains("did you mean \"letter\"?") && !human.contains('\u{1b}'), "{human}");
    assert!(check(&["--color", "always"]).contains('\u{1b}'));
    assert!(check(&["--message-format", "short"]).starts_with("documents/broken.md:2:7: error[unknown-kind]: "));
    let json: serde_json::Value =
        serde_json::from_str(check(&["--message-format", "json"]).lines().next().expect("a line")).expect("JSON");
    assert_eq!(json["place"]["line"], 2);
    assert_eq!(json["code"], "unknown-kind");
    assert!(check(&["--message-format", "github"]).starts_with("::error file=documents/broken.md,line=2,col=7,"));
}

/// Many problems of one cause are one for people, and each for programs and for who asks for all.
#[test]
fn many_problems_of_one_cause_are_summed_up_unless_all_are_wanted() {
    let folder = practice();
    let words: String = (0..30).map(|number| format!("[w{number}](person:nobody{number}) ")).collect();
    let letter = format!("---\nkind: letter\ntitle: T\n---\n{words}\n");
    fs::write(folder.path().join("documents/broken.md"), letter).expect("it can be written");
    let shown = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["check"].into_iter().chain(arguments.iter().copied()).collect();
        let output = regesta(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr)
    };
    let count = |arguments: &[&str]| shown(arguments).lines().filter(|line| line.contains("unknown-id")).count();
    for format in ["human", "short", "github"] {
        let some = shown(&["--message-format", format]);
        assert!(some.contains("and 29 more like this, as at documents/broken.md:5:"), "{some}");
        assert_eq!(count(&["--message-format", format]), 1, "{format}");
        assert_eq!(count(&["--message-format", format, "--all"]), 30, "{format}");
    }
    assert_eq!(count(&["--message-format", "json"]), 30);
    assert!(shown(&[]).contains("found 30 errors"), "what is summed up is counted");
}

#[test]
fn every_code_is_explained_and_every_command_has_help_with_an_example() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for code in regesta::diagnostic::Code::ALL {
        let output = regesta(folder.path(), &["explain", code.name()]);
        assert_eq!(output.status.code(), Some(0), "{}", code.name());
        assert!(text(&output.stdout).contains(code.summary()));
    }
    for command in ["init", "check", "build", "query", "export", "explain", "completions"] {
        let output = regesta(folder.path(), &[command, "-h"]);
        assert!(text(&output.stdout).starts_with("Example:  regesta "), "{command}");
    }
    assert!(text(&regesta(folder.path(), &["-h"]).stdout).starts_with("Example:  regesta "));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = regesta(folder.path(), &["completions", shell]);
        assert!(text(&output.stdout).contains("regesta"), "{shell}");
    }
}

//! `regesta lock`: looks at the datasets as they are now, says what changes for the corpus, and pins them.

use crate::cli::joining::{Datasets, ours};
use crate::cli::joins::lines_of_gone;
use crate::cli::workspace::{Workspace, number};
use crate::cli::{Global, Outcome, file};
use clap::Args;
use regesta::diagnostic::{Diagnostics, visible};
use regesta::error::{Error, Result};
use regesta::mount;
use regesta::project::{LOCK_FILE, Lock, Pin};
use regesta::reconcile::{KINDS, joins, linked};
use std::io::{self, Write};

#[derive(Args)]
#[command(before_help = "Example:  regesta lock gazetteer")]
pub(super) struct Arguments {
    /// The datasets to pin as they are now [default: all]
    #[arg(value_name = "DATASET")]
    datasets: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut workspace = Workspace::open(None, global)?;
    let Some(corpus) = workspace.read_unlocked(global) else {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    let ours = ours(&mut workspace, &corpus, KINDS, global)?;
    let project = workspace.project.clone().expect("what has been read has a project");
    if workspace.stops() {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    }
    let datasets = Datasets::of(&workspace, &project, global);
    let mut diagnostics = Diagnostics::default();
    let mut lines = Vec::new();
    let declared = |name: &String| project.datasets.iter().any(|dataset| dataset.name == *name);
    let mut lock = Lock { pins: project.lock.pins.clone().into_iter().filter(|(name, _)| declared(name)).collect() };
    for dataset in datasets.named(&arguments.datasets)? {
        let Some(sha256) = mount::digest(&workspace.sources, datasets.mount(dataset).files, &mut diagnostics) else {
            continue;
        };
        let Some((theirs, tally)) = datasets.entities(dataset, &mut diagnostics)? else { continue };
        let before = project.lock.pins.get(&dataset.name);
        let report = joins(
            (&dataset.name, mount::graph(&project, dataset).as_str()),
            &project.bases(),
            &ours,
            &theirs,
            &corpus.mappings,
            before,
        );
        let how = match before {
            None => "pinned",
            Some(pin) if pin.sha256 == sha256 => "as it was",
            Some(_) => "has changed, and is pinned anew",
        };
        lines.push(format!("{}: {how}; {}", dataset.name, number(theirs.described(), "thing")));
        let unused: Vec<String> = tally.unused.iter().map(|(key, count)| format!("{key} {count}")).collect();
        lines.extend((!unused.is_empty()).then(|| format!("  not used: {}", unused.join(", "))));
        lines.extend(lines_of_gone(&report, &project.bases()));
        let mut now = linked(&ours, &theirs);
        // What has vanished stays on record for as long as the corpus is linked to it.
        now.extend(report.gone.into_iter().filter(|gone| gone.was_described).map(|gone| gone.theirs));
        lock.pins.insert(dataset.name.clone(), Pin { sha256, linked: now.into_iter().collect() });
    }
    let broken = diagnostics.has_errors();
    workspace.diagnostics.append(diagnostics);
    workspace.show_diagnostics(global)?;
    if broken {
        // Nobody may be there to read it.
        let _ = writeln!(io::stderr(), "nothing was written");
        return Ok(Outcome::Problems);
    }
    let path = workspace.root.join(LOCK_FILE);
    file::replace(&path, lock.to_text().as_bytes())?;
    let text: String = lines.iter().map(|line| format!("{}\n", visible(line))).collect();
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)?;
    Ok(Outcome::Fine)
}

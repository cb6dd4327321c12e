//! `regesta reconcile`: candidates for links between the corpus and a dataset, and what is decided about them.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{print, print_problems};
use crate::cli::review::{self, score};
use crate::cli::summary;
use clap::{Args, ValueEnum};
use regesta::corpus::{ProposalRequest, joinable_kinds};
use regesta::error::Result;

#[derive(Args)]
#[command(before_help = "Example:  regesta reconcile places --with gazetteer --review --reviewer \"Greta Lam\"")]
pub(super) struct Arguments {
    /// Kind of thing: persons, organisations, groups, places, events, works or documents
    #[arg(value_name = "KIND")]
    kind: String,
    /// Dataset to link to; in a joint project also a corpus
    #[arg(long, value_name = "DATASET")]
    with: String,
    /// Lowest score, from 0 to 1, at which a name is proposed [default: 0.5 for places, 0.8 for others]
    #[arg(long, value_name = "SCORE", value_parser = score)]
    threshold: Option<f64>,
    /// Most candidates per thing [default: 5]
    #[arg(long, value_name = "NUMBER")]
    most: Option<usize>,
    /// Relation of accepted links; candidates that share only a closeMatch are always proposed as close
    #[arg(long, value_enum, value_name = "RELATION", default_value = "exact")]
    relation: RelationName,
    /// Review the candidates one by one, with one key per decision
    #[arg(long)]
    review: bool,
    /// Accept candidates that share an identifier and score at least this, without asking
    #[arg(long, value_name = "SCORE", value_parser = score, requires = "reviewer")]
    accept_above: Option<f64>,
    /// Who decides: a name, an id such as person:lam, or an address such as an ORCID
    #[arg(long, value_name = "WHO", required_if_eq("review", "true"))]
    reviewer: Option<String>,
    /// Date to record with the decisions
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RelationName {
    /// skos:exactMatch
    Exact,
    /// skos:closeMatch
    Close,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let request = ProposalRequest {
        kinds: joinable_kinds(&arguments.kind)?,
        with: &arguments.with,
        threshold: arguments.threshold,
        most: arguments.most,
        only_close: arguments.relation == RelationName::Close,
        accept_above: arguments.accept_above,
        reviewer: arguments.reviewer.as_deref(),
        date: arguments.date.as_deref(),
    };
    let mut corpus = global.open(None)?;
    let search = corpus.search(request, &global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    let Some(search) = search else { return Ok(CommandOutcome::Problems) };
    let proposals = search.write(&corpus)?;
    print(&summary::proposals(&proposals))?;
    if arguments.review {
        review::run(proposals.review.expect("clap demands a reviewer"))?;
    }
    Ok(CommandOutcome::Fine)
}

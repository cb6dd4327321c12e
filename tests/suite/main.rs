//! The tests of the whole line: from folders of sources to graphs, files and answers.

mod circles;
mod commands;
mod dates;
mod determinism;
mod exports;
mod faults;
mod gate;
mod generated;
mod guide;
mod letters;
mod limits;
mod ontology;
mod pieces;
mod queries;
mod reconcile;
mod reference;
mod sample;
mod structure;
mod support;
mod visitor;

#![no_main]
//! Hostile dates: what is read means the same when it is written in its preferred form.

use libfuzzer_sys::fuzz_target;
use regesta::model::Date;

fuzz_target!(|text: &str| {
    let Ok(date) = Date::parse(text) else { return };
    let canonical = date.canonical().expect("what was read has a preferred form");
    let again = Date::parse(&canonical).unwrap_or_else(|why| panic!("{text} became {canonical}: {why:?}"));
    assert_eq!((date.earliest, date.latest, date.precision), (again.earliest, again.latest, again.precision), "{text}");
});

//! CMIF: one file with the descriptions of many letters, divided into parts that can be read one by one.

pub(super) mod divider;
pub(super) mod frame;

//! The states of the options' sections that have one.

pub mod account;
pub mod data;

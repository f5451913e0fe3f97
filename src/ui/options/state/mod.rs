//! The states of the options page's sections.

pub mod account;
pub mod data;

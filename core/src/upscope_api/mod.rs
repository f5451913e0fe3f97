//! What Upscope's servers know, asked over the team's own REST access: where, with which key, and what comes back.
//! Rules and names are those of the vendor's REST documentation (v1.3; v1.1 and v1.2 are alike).

pub mod account;
pub mod base;
pub mod compare;
pub mod problem;
pub mod query;
pub mod request;
pub mod visitor;

//! Upscope's REST API: the base URL, the key, requests and answers. Rules and names follow the vendor's REST
//! documentation (v1.3; v1.1 and v1.2 are alike).

pub mod account;
pub mod base_url;
pub mod compare;
pub mod problem;
pub mod query;
pub mod request;
pub mod visitor;

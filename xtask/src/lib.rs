//! The parts of the project's commands: the build, the test site and the browser drivers.

pub mod axe;
pub mod bench;
pub mod build;
pub mod catalogue;
pub mod demo;
pub mod drive;
pub mod files;
pub mod lint;
pub mod messages;
pub mod missing_tool;
pub mod npm;
pub(crate) mod parts;
pub mod release;
pub mod setup;
pub mod sh;
pub mod site;
pub mod test;

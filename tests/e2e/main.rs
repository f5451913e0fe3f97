//! The whole extension in real Chromium and real Firefox: the real toolbar button, the real `activeTab`, the test
//! site's pages, and the server's record as the judge of what arrived.
//!
//! A test is written once and runs in both browsers, each run with a browser and a site of its own.

mod support;

mod access;
mod asking;
mod at_a_glance;
mod axe;
mod beside;
mod catalogue;
mod causes;
mod clock;
mod code;
mod components;
mod composing;
mod contract;
mod copy_by_key;
mod copying;
mod drafts;
mod editing;
mod exactness;
mod expectations;
mod faults;
mod frames;
mod hostile;
mod judging;
mod keeping;
mod keyboard;
mod languages;
mod last_used;
mod lazy_parts;
mod live;
mod logging_out;
mod looking;
mod managed;
mod network;
mod panels;
mod preferences;
mod presets;
mod recorded;
mod recorder;
mod recording;
mod recording_hostile;
mod recording_navigation;
mod recording_pages;
mod recording_sites;
mod report;
mod selftest;
mod server;
mod server_breaks;
mod server_find;
mod server_view;
mod states;
mod suites;
mod visiting;
mod welcome;
mod words;
mod worker;

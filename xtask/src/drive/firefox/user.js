// What the tests' Firefox has besides: a free port of Marionette.
user_pref("marionette.port", 0);
// What pages log is read from the standard output; the browser's own messages are not wanted.
user_pref("devtools.console.stdout.chrome", false);
user_pref("devtools.console.stdout.content", true);
// No test uses the history, the stored session, or media. Without them, Firefox takes less processor time in the tests.
user_pref("browser.sessionstore.interval", 3600000);
user_pref("media.rdd-process.enabled", false);
user_pref("media.utility-process.enabled", false);
user_pref("network.process.enabled", false);
user_pref("places.history.enabled", false);

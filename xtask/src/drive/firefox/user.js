// What the tests' Firefox has besides: a free port of Marionette.
user_pref("marionette.port", 0);
// What pages log is read from the standard output; the browser's own messages are not wanted.
user_pref("devtools.console.stdout.chrome", false);
user_pref("devtools.console.stdout.content", true);

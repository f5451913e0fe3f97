// The stand-in's self-test: each documented quirk as a named case. `/_selftest` runs every case in a frame `/_case`, on
// a separate host (with separate storage), or one after another on this host if cookies or a server-wide command are
// involved. Results: a table, and JSON in `document.body.dataset.results` once `dataset.done` is "true".
import { Tools } from "./selftest/tools.js";
import loading from "./selftest/loading.js";
import reading from "./selftest/reading.js";
import calls from "./selftest/calls.js";
import reset from "./selftest/reset.js";
import lookupCode from "./selftest/lookup-code.js";
import newer from "./selftest/newer.js";

const CASES = [...loading, ...reading, ...calls, ...reset, ...lookupCode, ...newer];
const TOGETHER = 6;
const CASE_TIMEOUT_MS = 30000;

if (location.pathname === "/_case") runCase(Number(new URLSearchParams(location.search).get("n")));
else runAll();

async function runCase(n) {
  const started = performance.now();
  let error = null;
  try {
    localStorage.clear();
    sessionStorage.clear();
    await CASES[n].run(new Tools());
  } catch (caught) {
    error = String(caught?.stack || caught);
  }
  window.parent.postMessage({ n, error, ms: Math.round(performance.now() - started) }, "*");
}

async function runAll() {
  const results = Array.from({ length: CASES.length });
  const alone = CASES.map((_, n) => n).filter((n) => CASES[n].alone);
  const together = CASES.map((_, n) => n).filter((n) => !CASES[n].alone);
  const take = async () => {
    while (together.length > 0) await inFrame(together.shift(), false, results);
  };
  await Promise.all(Array.from({ length: TOGETHER }, take));
  for (const n of alone) await inFrame(n, true, results);
  const failed = results.filter((result) => !result.ok).length;
  document.getElementById("summary").textContent = `${results.length - failed} of ${results.length} as the reference says`;
  document.body.dataset.results = JSON.stringify(results);
  document.body.dataset.done = "true";
}

function inFrame(n, onThisHost, results) {
  const host = onThisHost ? location.host : `case-${n}.localhost:${location.port}`;
  const frame = document.createElement("iframe");
  return new Promise((resolve) => {
    const finish = ({ error, ms }) => {
      clearTimeout(timer);
      window.removeEventListener("message", hear);
      frame.remove();
      results[n] = { section: CASES[n].section, name: CASES[n].name, ok: error === null, error, ms };
      showRow(results[n]);
      resolve();
    };
    const hear = (event) => event.source === frame.contentWindow && event.data?.n === n && finish(event.data);
    const timer = setTimeout(() => finish({ error: "timed out", ms: CASE_TIMEOUT_MS }), CASE_TIMEOUT_MS);
    window.addEventListener("message", hear);
    frame.src = `http://${host}/_case?n=${n}`;
    document.getElementById("frames").append(frame);
  });
}

function showRow({ section, name, ok, error, ms }) {
  const row = document.createElement("tr");
  for (const text of [section, name, ok ? `as it says (${ms} ms)` : error]) row.append(Object.assign(document.createElement("td"), { textContent: text }));
  document.getElementById("rows").append(row);
}

// The catalogue's menu and its grid of states. JavaScript because it is a page of the project's tools; it isn't part of
// the extension.
const at = (id) => document.getElementById(id);
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const { states, languages } = await (await fetch("/states.json")).json();
at("language").append(...languages.map((value) => make("option", { value, textContent: value, selected: value === "en" })));

/** The margin around a single component. */
const ROOM = 12;

/** A state in one color scheme: the frame element's `color-scheme` is the preferred one of its page. */
function shown({ name, page, narrow }, scheme) {
  const src = `/show/${at("language").value}/${name}/${page}`;
  const frame = make("iframe", { src, title: name, loading: "lazy", width: narrow ? 320 : at("width").value });
  frame.style.colorScheme = scheme;
  const place = make("div", {}, frame);
  // A single component needs no more space.
  frame.addEventListener("alone", ({ detail: { top, height } }) => {
    frame.style.marginTop = `${ROOM - top}px`;
    place.style.height = `${height + 2 * ROOM}px`;
  });
  return make("figure", { id: name }, make("figcaption", {}, make("a", { href: src, target: "_blank", textContent: `${name} · ${scheme}` })), place);
}

function show() {
  const wanted = states.filter(({ name }) => name.includes(at("find").value.trim()));
  const schemes = at("scheme").value === "both" ? ["light", "dark"] : [at("scheme").value];
  at("states").replaceChildren(...wanted.flatMap((state) => schemes.map((scheme) => shown(state, scheme))));
  const groups = Object.groupBy(wanted, ({ name }) => name.split("/")[0]);
  const links = (list) => list.map(({ name }) => make("a", { href: `#${name}`, textContent: name.split("/")[1] }));
  at("menu").replaceChildren(...Object.entries(groups).map(([group, list]) => make("li", {}, make("h2", { textContent: group }), ...links(list))));
}
// The URL can contain the search: ?find=editing&scheme=both&width=320
for (const [id, value] of new URLSearchParams(location.search)) at(id).value = value;
document.querySelector("form").addEventListener("input", show);
show();

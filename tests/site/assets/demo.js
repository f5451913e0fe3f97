// The demo shop: identifies the visitor in an order in which the SDK loses nothing, and shows each call.
(function () {
  var CUSTOMERS = {
    ada: {
      name: "Ada Marsh", mail: "ada@acme.example",
      visitor: {
        uniqueId: "cust-1042",
        identities: ["Ada Marsh", "ada@acme.example"],
        tags: ["#VIP", "#EARLY-ADOPTER"],
        integrationIds: ["acmechat:88213", "crm:0031"],
        metadata: { plan: "gold", seats: 12, trial: false }
      }
    },
    grace: {
      name: "Grace Lin", mail: "grace.lin@acme.example",
      visitor: {
        uniqueId: "cust-2077",
        identities: ["Grace Lin", "grace.lin@acme.example"],
        tags: ["#TRIAL"],
        integrationIds: ["crm:0588"],
        metadata: { plan: "trial", seats: 1, trial: true }
      }
    }
  };
  var PRODUCTS = [
    ["Field lamp", 58, '<path d="M80 44h40l14 44H66z"/><path d="M96 24h8v20h-8zM92 88h16v34H92zM74 122h52v8H74z" opacity=".6"/>'],
    ["Tin kettle", 42, '<path d="M62 70h70l10 56H52z"/><path d="M138 78l26-14-14 40zM70 62h54v8H70zM92 50h10v12H92z" opacity=".6"/><path d="M66 66c4-36 58-36 62 0" fill="none" stroke="currentColor" stroke-width="5"/>'],
    ["Wool blanket", 89, '<path d="M46 56h108v74H46z"/><path d="M46 72h108v8H46zM46 92h108v4H46zM46 108h108v8H46z" fill="#fff" opacity=".45"/>'],
    ["Trail axe", 64, '<path d="M94 40h12v92H94z" opacity=".6"/><path d="M70 38h54c10 0 18 14 22 30-14-6-30-8-40-8H70z"/>'],
    ["Enamel mug", 18, '<path d="M60 52h68v78H60z"/><path d="M128 66c32-4 32 46 0 44" fill="none" stroke="currentColor" stroke-width="9"/><path d="M56 46h76v8H56z" opacity=".6"/>'],
    ["Canvas pack", 124, '<path d="M62 58c0-34 76-34 76 0v72H62z"/><path d="M76 88h48v30H76zM84 34h32v6H84z" fill="#fff" opacity=".4"/><path d="M52 78h10v44H52zM138 78h10v44h-10z" opacity=".6"/>']
  ];
  var cart = { items: 0, total: 0 };
  var who = null;
  /** The identity to set once the new visitor is connected. */
  var awaited = null;

  function byId(id) { return document.getElementById(id); }
  function make(tag, text, className) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function literal(value) {
    if (Array.isArray(value)) return "[" + value.map(literal).join(", ") + "]";
    if (typeof value !== "object") return JSON.stringify(value);
    return "{ " + Object.keys(value).map(function (key) { return key + ": " + literal(value[key]); }).join(", ") + " }";
  }
  /** The call with one key per line, as a developer would write it. */
  function shown(arg) {
    if (typeof arg !== "object") return literal(arg);
    var lines = Object.keys(arg).map(function (key) { return "  " + key + ": " + literal(arg[key]); });
    return "{\n" + lines.join(",\n") + "\n}";
  }

  /** Makes the call and shows it. */
  function tell() {
    var entry = make("li");
    var args = Array.prototype.map.call(arguments, shown);
    entry.append(make("small", new Date().toLocaleTimeString()), make("pre", "Upscope(" + args.join(", ") + ")"));
    byId("log").prepend(entry);
    window.Upscope.apply(null, arguments);
  }
  function visitorOf(id) { return JSON.parse(JSON.stringify(CUSTOMERS[id].visitor)); }

  function logIn(id) {
    tell("updateConnection", visitorOf(id));
    show(id);
  }
  function logOut() {
    awaited = null;
    tell("reset");
    show(null);
  }
  // In the same task the identity would go to the previous visitor. During the reconnect it would wait and stop the
  // SDK's queue. So it is set when the new visitor is connected.
  function switchTo(id) {
    awaited = id;
    tell("reset");
    show(id);
  }

  function show(id) {
    who = id;
    sessionStorage.setItem("acme-customer", id || "nobody");
    var customer = CUSTOMERS[id];
    byId("avatar").textContent = customer ? customer.name.replace(/[^A-Z]/g, "") : "?";
    byId("avatar").classList.toggle("guest", !customer);
    byId("name").textContent = customer ? customer.name : "Guest";
    byId("mail").textContent = customer ? customer.mail : "not logged in";
    byId("greeting").textContent = customer ? "Good to see you again, " + customer.name.split(" ")[0] + "." : "Gear that outlives the trip.";
    byId("sub").textContent = customer
      ? "Your " + customer.visitor.metadata.plan + " membership ships free. Support knows you by your account."
      : "Log in to see your orders. Until then, support sees an unknown visitor.";
    showActions();
  }
  function showActions() {
    var other = who === "ada" ? "grace" : "ada";
    var buttons = who
      ? [["Switch to " + CUSTOMERS[other].name, "switch", function () { switchTo(other); }], ["Log out", "logout", logOut]]
      : [["Log in as Ada", "login-ada", function () { logIn("ada"); }], ["Log in as Grace", "login-grace", function () { logIn("grace"); }]];
    byId("actions").replaceChildren.apply(byId("actions"), buttons.map(function (spec, n) {
      var button = make("button", spec[0], n === 0 ? "main" : "");
      button.id = spec[1];
      button.addEventListener("click", spec[2]);
      return button;
    }));
  }

  function addToCart(price) {
    cart.items += 1;
    cart.total += price;
    byId("cart").value = cart.items;
    var metadata = Object.assign(who ? visitorOf(who).metadata : {}, { cartItems: cart.items, cartTotal: cart.total });
    tell("updateConnection", { metadata: metadata });
  }
  function showProducts() {
    PRODUCTS.forEach(function (product) {
      var card = make("article", "", "card");
      var drawing = new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 156" fill="currentColor">' + product[2] + "</svg>", "image/svg+xml");
      var text = make("div");
      var button = make("button", "Add");
      button.setAttribute("aria-label", "Add " + product[0] + " to the cart");
      button.addEventListener("click", function () { addToCart(product[1]); });
      text.append(make("b", product[0]), make("p", "€" + product[1]), button);
      card.append(drawing.documentElement, text);
      byId("products").append(card);
    });
  }

  showProducts();
  var remembered = sessionStorage.getItem("acme-customer") || "ada";
  var known = CUSTOMERS[remembered] ? remembered : null;
  if (known) tell("init", visitorOf(known));
  else tell("init");
  window.Upscope("on", "connection", function () {
    byId("connection").textContent = "connected";
    byId("connection").classList.add("on");
    if (!awaited) return;
    tell("updateConnection", visitorOf(awaited));
    awaited = null;
  });
  window.Upscope("on", "connectionReset", function () {
    byId("connection").textContent = "reconnecting";
    byId("connection").classList.remove("on");
  });
  show(known);
})();

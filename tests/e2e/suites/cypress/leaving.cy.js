// Tests that leave their page in each possible way.

/** Waits until the SDK is connected. */
function connected({ document }) {
  return new Promise((resolve) => {
    const looking = setInterval(() => {
      if (!document.getElementById("upscope___remote-control-container")) return;
      clearInterval(looking);
      resolve();
    }, 50);
  });
}

it("visits another page", () => {
  cy.visit("/updated");
  cy.window().then(connected);
  // The expectation must hold within this time.
  cy.wait(3000);
  cy.visit("/no-upscope?next");
});

it("visits nothing", () => {});

it("ends on a page of another origin", () => {
  cy.visit("/no-upscope?left");
  cy.window().then((window) => {
    const arrived = new Promise((resolve) => window.frameElement.addEventListener("load", resolve, { once: true }));
    window.location.hostname = "localhost";
    return arrived;
  });
});

// Tests on two origins.
it("is on the first origin", () => {
  cy.visit("/no-upscope?first");
});

it("is on the second origin", () => {
  cy.visit(Object.assign(new URL("/no-upscope?second", Cypress.config("baseUrl")), { hostname: "localhost" }).href);
});

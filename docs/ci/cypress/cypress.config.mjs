// The settings of Cypress: tests get the recorder's script by a task.
import { execFileSync } from "node:child_process";

export default {
  e2e: {
    baseUrl: "https://staging.acme.com",
    setupNodeEvents(on) {
      on("task", { upscopeScript: () => execFileSync("upscope-inspector", ["script"], { encoding: "utf8" }) });
    },
  },
};

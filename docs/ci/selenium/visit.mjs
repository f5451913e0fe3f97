// Visits pages with Selenium and records them, WAIT milliseconds each: node visit.mjs FILE URL…
import { Builder } from "selenium-webdriver";
import chrome from "selenium-webdriver/chrome.js";
import { finish, record } from "./recorder.mjs";

const [file, ...urls] = process.argv.slice(2);
const options = new chrome.Options().addArguments("--headless");
if (process.env.CHROMIUM) options.setChromeBinaryPath(process.env.CHROMIUM);
// For root, as in a container, Chromium starts only without its sandbox.
if (process.getuid?.() === 0) options.addArguments("--no-sandbox");
// With a driver given, Selenium downloads none.
const service = new chrome.ServiceBuilder(process.env.CHROMEDRIVER ?? "chromedriver");
const driver = await new Builder().forBrowser("chrome").setChromeOptions(options).setChromeService(service).build();
try {
  await record(driver);
  for (const url of urls) {
    await driver.get(url);
    // Longer than the `within` of the expectations.
    await driver.sleep(Number(process.env.WAIT ?? 12000));
    await finish(driver, file);
  }
} finally {
  await driver.quit();
}

/** Loads the page of a website in a browser until the application has rendered, and then calls the API, below the same name or its own. */
import synthetics = require("@aws/synthetics-puppeteer");

const { DOMAIN_NAME: hostname = "", READY_SELECTOR: selector = "", HEALTH_PATH: path = "" } = process.env;
const { API_DOMAIN_NAME: api = hostname } = process.env;

const TIMEOUT_MILLISECONDS = 20_000;

export async function handler(): Promise<void> {
  synthetics.getConfiguration().setConfig({
    screenshotOnStepStart: false,
    screenshotOnStepSuccess: false,
    screenshotOnStepFailure: true,
  });
  await synthetics.executeStep("page", loadPage);
  await synthetics.executeHttpStep("health", { protocol: "https:", hostname: api, port: 443, path, method: "GET" });
}

async function loadPage(): Promise<void> {
  const page = await synthetics.getPage();
  const response = await page.goto(`https://${hostname}/`, {
    waitUntil: "domcontentloaded",
    timeout: TIMEOUT_MILLISECONDS,
  });
  const status = response?.status();
  if (status !== 200) throw new Error(`https://${hostname}/: got ${status ?? "no answer"}; allowed: 200`);
  // A broken script leaves the page empty, and its status is 200 all the same.
  await page.waitForSelector(selector, { visible: true, timeout: TIMEOUT_MILLISECONDS });
}

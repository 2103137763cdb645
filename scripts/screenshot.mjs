// Takes the README's screenshot of the demo, docs/demo.png: node scripts/screenshot.mjs [--dark]
import { mkdirSync } from "node:fs";
import { serve } from "../www/server.mjs";
import { launchBrowser } from "./lib/launch-browser.mjs";
import { root } from "./lib/run.mjs";

const dark = process.argv.includes("--dark");
const demo = await serve({ port: 0 });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 960 },
    deviceScaleFactor: 1.5,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  /** Waits until the callback of a hit has run. @param {string} name */
  const arrived = (name) => page.locator(".card[data-state=ran]", { hasText: name }).first().waitFor();

  await page.goto(demo.url);
  await arrived("overtone:home");
  await page.getByRole("link", { name: "Tuning fork" }).click();
  await arrived("overtone:product:tuning-fork");
  await page.getByRole("link", { name: /care guide/ }).click();
  await arrived("Care guide");
  await page.getByRole("link", { name: "Instruments" }).first().click();
  await page.getByRole("link", { name: "Handbell" }).click();
  await arrived("overtone:product:handbell");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await arrived("Add Handbell to cart");
  await page.locator("#shop-heading").click();
  mkdirSync(`${root}/docs`, { recursive: true });
  await page.screenshot({ path: `${root}/docs/${dark ? "demo-dark" : "demo"}.png` });
} finally {
  await browser.close();
  await demo.close();
}

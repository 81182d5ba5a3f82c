// axe with every WCAG 2.2 A and AA rule it has, on the page as it stands.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import assert from "node:assert/strict";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// accessible fails with the rule, what is wrong and where. The source is evaluated by the driver, so the page's own strict policy stays on.
export async function accessible(page, what) {
  await page.evaluate(source);
  const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), tags);
  const faults = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(" ")}: ${node.failureSummary}`));
  assert.deepEqual(faults, [], what);
}

// fits fails where a page has to be scrolled sideways.
export async function fits(page, what) {
  const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= shown, `${what}: ${wide}px wide in ${shown}px`);
}

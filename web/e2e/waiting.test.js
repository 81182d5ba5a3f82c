// Who finds nothing waits: asked for with one key, told when a place opens, suggested with everybody in view, and stopped as easily.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { accessible, fits } from "./axe.js";
import { api, enter, keys, startBrowser, startHaven, until } from "./haven.js";
import { managed } from "./household.js";
import { clear, targets } from "./sight.js";

const program = fileURLToPath(new URL("../../bin/haven", import.meta.url));
const widths = [320, 360, 768, 1440, 1920];

// A mother of nine: no place of the fictional network has room for them.
const ten = { adults: [{ as: "woman" }], children: [3, 4, 5, 6, 7, 8, 9, 10, 11].map((age) => ({ age, sex: "girl" })) };
const typed = "woman girl 3 girl 4 girl 5 girl 6 girl 7 girl 8 girl 9 girl 10 girl 11 public funds";

let haven, browser;

before(async () => {
  haven = await startHaven();
  browser = await startBrowser();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  await haven?.stop();
});

// publish sends what the managed provider's own system would, over its feed.
async function publish(space) {
  const service = (await managed(haven)).find((one) => one.service !== haven.dev.provider.service).service;
  const folder = await mkdtemp(join(tmpdir(), "haven-publish-"));
  const file = join(folder, "publish.json");
  await writeFile(file, JSON.stringify({ type: "publish", service, spaces: [space] }));
  const child = spawn(program, ["feed", "publish", file], { env: { ...process.env, HAVEN_FEED_URL: haven.dev.feed_url, HAVEN_FEED_KEY: haven.dev.provider.key } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const code = await new Promise((done) => child.on("exit", done));
  await rm(folder, { recursive: true, force: true });
  assert.equal(code, 0, said);
}

const bigHouse = { ref: "Big house", bed_spaces: 12, cots: 2, wheelchair: "no", limited_mobility: "no", self_contained: "yes", state: "available" };

const texts = async () => (await (await fetch(`${haven.dev.texts_url}/messages.json`)).text()).toString();

async function waits(who, need) {
  const { body: request } = await api(haven, who, "POST", "/api/v1/requests", need);
  const { status, body } = await api(haven, who, "POST", `/api/v1/requests/${request.id}/wait`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

// sound looks at a page as it stands: axe on a phone and on a desk, every width, every target.
async function sound(page, what) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page, `${what} at ${width}`);
    if (width === 360 || width === 1440) await accessible(page, `${what} at ${width}`);
    if (width === 360) await targets(page, what);
  }
}

test("nobody waits, and nothing was missing", { timeout: 90_000 }, async () => {
  const page = await enter(browser, haven, "helpline");
  await page.goto(`${haven.url}/waiting`);
  assert.match(await page.locator("#waiting-summary").innerText(), /Nobody waits/);
  await sound(page, "nobody waits");
  const reader = await enter(browser, haven, "commissioner");
  await reader.goto(`${haven.url}/figures/unmet`);
  await sound(reader, "nothing was missing");
  const manager = await enter(browser, haven, "manager");
  await manager.goto(`${haven.url}/board/openings`);
  await sound(manager, "nothing would open a place");
});

test("keep looking by keyboard, hear of a place when it opens, hold it, stop", { timeout: 180_000 }, async () => {
  const page = await enter(browser, haven, "helpline");
  const hand = keys(page);
  await hand.type(typed);
  await page.locator("#ladder").waitFor({ timeout: 10_000 });
  await until("the list follows all that was typed", 10_000, async () => (await page.locator(".haven-chips").innerText()).includes("Girl, 11"));
  await hand.tabTo("keep looking", () => document.activeElement.id === "keep-looking");
  await Promise.all([page.waitForURL(/#waits$/), hand.press("Enter")]);
  assert.match(await page.locator("#waits").innerText(), /Haven keeps looking for this household, since \d+(:\d\d)?(am|pm)/);
  assert.equal(await page.locator("#keep-looking").count(), 0, "what is done is offered again");
  assert.ok(!/girl|woman/.test(page.url() + (await page.title())), "needs in the address or title");
  await sound(page, "a request that waits");
  const reference = (await page.locator("h1").innerText()).replace("Request ", "");

  await hand.tabTo("the waiting list", () => document.activeElement.textContent === "Waiting list");
  await Promise.all([page.waitForURL(/\/waiting$/), hand.press("Enter")]);
  const row = page.locator("tr", { hasText: reference });
  assert.match(await row.innerText(), /Nothing/);
  await until("the page is live", 20_000, async () => (await page.locator("#live-state").innerText()) === "Live");

  await publish(bigHouse);
  await until("the place is on the page without being asked for", 15_000, async () => /Opal, Walsall – Fits\. Found at \d+(:\d\d)?(am|pm)/.test(await row.innerText()));
  assert.match(await page.locator("#waiting-summary").innerText(), /A place that fits came up for 1 of them/);
  await until("it is said aloud", 10_000, async () => /A place that fits came up/.test(await page.locator("#announce-status").innerText()));
  await until("those on duty get a text", 20_000, async () => (await texts()).includes(reference));
  assert.ok(!/Opal|Walsall|girl|woman/i.test(await texts()), "a text says more than the reference");

  // The suggestion is worked out when the page is asked for, and holds nothing until somebody does.
  await page.reload();
  const plan = page.locator("#plan");
  assert.match(await plan.innerText(), /It holds nothing, and people decide/);
  const suggested = page.locator(".haven-plan__row", { hasText: reference });
  assert.match(await suggested.innerText(), /Opal, Walsall/);
  await sound(page, "a suggestion");
  await hand.tabTo("hold for this request", () => document.activeElement.textContent.startsWith("Hold for this request"));
  await Promise.all([page.waitForURL(/\/requests\/.*#hold-/), hand.press("Enter")]);
  assert.match(await page.locator("#holds").innerText(), /Held until/);

  await page.goto(`${haven.url}/waiting`);
  await until("what is held is gone for those who wait", 15_000, async () => /Opal, Walsall – Gone at/.test(await row.innerText()));
  assert.match(await plan.innerText(), /Everybody who waits here holds a place already/);
  await hand.tabTo("stop looking", () => document.activeElement.textContent.startsWith("Stop looking"));
  await hand.press("Enter");
  await page.locator("#waiting-summary", { hasText: "Nobody waits" }).waitFor({ timeout: 10_000 });
  assert.deepEqual(page.faults(), []);
});

test("without a script: keep looking, see, stop", { timeout: 60_000 }, async () => {
  const page = await enter(browser, haven, "helpline", { script: false });
  await page.locator("#adults-0-as").selectOption({ label: "Woman" });
  await page.locator("#avoid-more").fill("Bradford");
  const sends = (press) => Promise.all([page.waitForEvent("load"), press()]);
  await sends(() => page.locator("#save").click());
  await sends(() => page.locator("#keep-looking").click());
  assert.match(await page.locator("#waits").innerText(), /keeps looking/);
  await sends(() => page.locator("#waits a").click());
  assert.match(await page.locator("#waiting-summary").innerText(), /1 request waits/);
  assert.match(await page.locator("#plan").innerText(), /Worked out at/);
  await sends(() => page.getByRole("link", { name: "Refresh list" }).click());
  await sends(() => page.getByRole("button", { name: /^Stop looking/ }).click());
  assert.match(await page.locator("#waiting-summary").innerText(), /Nobody waits/);
});

test("200 that wait, and what would have met them", { timeout: 400_000 }, async () => {
  for (let i = 0; i < 200; i++) {
    await waits("helpline", {
      household: i % 20 === 0 ? ten : { adults: [{ as: i % 7 === 0 ? "man" : "woman" }], children: Array.from({ length: i % 5 }, (_, k) => ({ age: (i + 5 * k) % 17, sex: k % 2 ? "girl" : "boy" })) },
      wheelchair: i % 4 === 0 ? "yes" : "no", limited_mobility: "no", recourse: i % 3 === 0 ? "no" : "yes",
      tonight: { sleeps: ["with_abuser", "nowhere", "friends", "safe_tonight"][i % 4] },
    });
  }
  const page = await enter(browser, haven, "helpline");
  await page.goto(`${haven.url}/waiting`);
  assert.equal(await page.locator(".haven-waiting tbody tr").count(), 200);
  const suggested = await page.locator(".haven-plan__row").count();
  assert.ok(suggested > 0, "nothing is suggested for anybody");
  assert.equal(suggested + (await page.locator("#plan > ul:last-of-type > li").count()), 200, "somebody is in neither list");
  await sound(page, "200 that wait");
  const faults = page.faults();
  assert.deepEqual(faults, []);

  const officer = await enter(browser, haven, "housing");
  await officer.goto(`${haven.url}/waiting`);
  assert.match(await officer.locator("#waiting-summary").innerText(), /Nobody waits/, "a council sees a helpline's requests");

  const reader = await enter(browser, haven, "commissioner");
  await reader.goto(`${haven.url}/figures/unmet`);
  assert.match(await reader.locator("#headline").innerText(), /^\d+ .* would have met \d+% of it\.$/);
  await sound(reader, "what was missing");
  await clear(reader, "what was missing");
  const manager = await enter(browser, haven, "manager");
  await manager.goto(`${haven.url}/board/openings`);
  await sound(manager, "what would open places");
});

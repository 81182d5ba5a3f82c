// Every page of every role, with nothing on it, with something, and with a mistake: axe, no sideways scroll at any width, a focus that is seen
// and never trapped, targets a thumb can hit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, fits } from "./axe.js";
import { enter, startBrowser, startHaven } from "./haven.js";
import { hold } from "./household.js";
import { clear, targets } from "./sight.js";

const widths = [320, 360, 768, 1440, 1920];

let haven, browser;

before(async () => {
  haven = await startHaven();
  browser = await startBrowser();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  await haven?.stop();
});

// sound looks at a page as it stands: axe on a phone and on a desk, every width, and every target.
async function sound(page, what) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page, `${what} at ${width}`);
    if (width === 360 || width === 1440) await accessible(page, `${what} at ${width}`);
    if (width === 360) await targets(page, what);
  }
}

async function sends(page, name) {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name }).first().click()]);
}

async function say(page, words) {
  await page.locator("#say").fill(words);
  await page.locator("[data-space]").first().waitFor({ timeout: 10_000 });
}

test("signing in", { timeout: 60_000 }, async () => {
  const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await page.goto(`${haven.url}/sign-in`);
  await sound(page, "sign in");
  await page.locator("#email").fill("nobody@haven.example");
  await page.locator("#password").fill("not the one");
  await sends(page, "Sign in");
  await sound(page, "sign in, not known");
});

test("housing and figures, before anything happened and after", { timeout: 90_000 }, async () => {
  const officer = await enter(browser, haven, "housing");
  await sound(officer, "no stays");
  await officer.goto(`${haven.url}/holds`);
  await sound(officer, "no holds");
  await officer.goto(`${haven.url}/requests`);
  await sound(officer, "no requests");
  const reader = await enter(browser, haven, "commissioner");
  await sound(reader, "figures of nobody");

  await officer.goto(`${haven.url}/requests/new`);
  await officer.locator("#say").fill("woman girl 4");
  await officer.locator("#unmet").waitFor();
  await Promise.all([officer.waitForURL(/unmet/), officer.locator("#unmet").click()]);
  await sound(officer, "no place found");
  await sends(officer, "Record that no space was found");
  await sound(officer, "a closed request");
  await officer.goto(`${haven.url}/stays`);
  await sound(officer, "a request that found no place");
  await officer.getByRole("link", { name: /Start bed and breakfast/ }).click();
  await sound(officer, "starting a stay");
  const tonight = await officer.locator("#first_night").inputValue();
  await officer.locator("#first_night").fill("32");
  await sends(officer, "Start the stay");
  await sound(officer, "starting a stay on no day");
  await officer.locator("#first_night").fill(tonight);
  await sends(officer, "Start the stay");
  await officer.goto(`${haven.url}/stays`);
  await sound(officer, "stays");
  await reader.reload();
  await sound(reader, "figures");
  await reader.goto(`${haven.url}/nowhere`);
  await sound(reader, "a page that is not there");
  assert.deepEqual(officer.faults(), []);
});

test("the board and its requests", { timeout: 90_000 }, async () => {
  const manager = await enter(browser, haven, "manager");
  await sound(manager, "board, nothing waiting");
  await manager.goto(`${haven.url}/referrals`);
  await sound(manager, "no requests waiting");
  const waiting = await hold(haven, { household: { adults: [{ as: "woman" }], children: [{ age: 4, sex: "girl" }] }, share_needs: "yes" });
  await manager.goto(`${haven.url}/referrals`);
  await sound(manager, "requests waiting");
  await manager.goto(`${haven.url}/referrals/${waiting.hold.id}`);
  await sound(manager, "one request");
  await manager.goto(`${haven.url}/board`);
  await manager.locator(".haven-board__more summary").first().click();
  await sound(manager, "board, a card open");
  await manager.setViewportSize({ width: 360, height: 760 });
  await targets(manager, "board", { height: 44, within: "main button, main .govuk-button, main summary" });
  await manager.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await fits(manager, "board with text twice as large");
  assert.deepEqual(manager.faults(), []);
});

test("the network", { timeout: 60_000 }, async () => {
  const page = await enter(browser, haven, "administrator");
  await sound(page, "network");
  assert.deepEqual(page.faults(), []);
});

test("the console, from nothing said to a hold", { timeout: 120_000 }, async () => {
  const page = await enter(browser, haven, "helpline");
  await sound(page, "nothing said");
  await say(page, "woman girl 4 in plymouth not bradford");
  await page.locator("[data-space] summary").first().click();
  await sound(page, "a list with a space open");
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page, `the list with text twice as large at ${width}`);
  }
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  assert.ok((await page.screenshot()).length > 0);
  await page.emulateMedia({ forcedColors: "none" });

  await page.goto(`${haven.url}/requests/new`);
  await page.locator("#say").fill("woman 30 children 40");
  await page.locator("#now_in").fill("ZZ99 9ZZ");
  await sends(page, "Find places");
  await page.locator(".govuk-error-summary").waitFor();
  await sound(page, "mistakes");
  await page.goto(`${haven.url}/requests/new`);
  await say(page, "woman girl 4 in plymouth");
  await Promise.all([page.waitForURL(/requests\/[0-9a-f-]{36}/), page.locator('button[id^="hold-space-"]').first().click()]);
  await page.locator(".haven-hold").waitFor();
  await sound(page, "a hold");
  for (const path of ["/requests", "/holds"]) {
    await page.goto(haven.url + path);
    await sound(page, path);
  }
  assert.deepEqual(page.faults(), []);
});

test("focus is seen at every stop and goes on", { timeout: 120_000 }, async () => {
  const worker = await enter(browser, haven, "helpline");
  await say(worker, "woman in plymouth");
  await clear(worker, "console");
  await worker.setViewportSize({ width: 360, height: 760 });
  await clear(worker, "console on a phone");
  const manager = await enter(browser, haven, "manager", { width: 360, height: 760 });
  await clear(manager, "board");
  for (const [who, path] of [["housing", "/stays"], ["commissioner", "/figures"]]) {
    const page = await enter(browser, haven, who);
    await page.goto(haven.url + path);
    await clear(page, path);
  }
});

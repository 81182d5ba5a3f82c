// The main job by keyboard alone: a helpline worker types what she hears, holds a place, the refuge says yes in two acts, the household arrives,
// and the figures show it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, fits } from "./axe.js";
import { api, enter, keys, startBrowser, startHaven, until } from "./haven.js";

let haven, browser;

before(async () => {
  haven = await startHaven();
  browser = await startBrowser();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  await haven?.stop();
});

// freeAtManaged frees a room of the refuge whose manager signs in, as its manager would, and gives the refuge's code name.
async function freeAtManaged() {
  const { body } = await api(haven, "manager", "GET", "/api/v1/spaces");
  const mine = body.spaces.filter((s) => s.service === haven.dev.provider.service);
  const room = mine.find((s) => s.status === "available" && s.bed_spaces >= 2) ?? mine.find((s) => s.status === "taken");
  assert.ok(room, "the managed refuge has no room to show");
  return { room, name: room.code_name };
}

// show opens more of the list until a row is there, as a worker would who looks for one refuge.
async function show(page, row) {
  await page.locator("[data-space]").first().waitFor({ timeout: 5_000 });
  await until("the row is listed", 10_000, async () => {
    if (await row.count()) return true;
    const more = page.locator('main button[name="show"]').first();
    if (await more.count()) {
      await more.focus();
      await page.keyboard.press("Enter");
    }
    return false;
  });
}

test("from the first fact to the arrival, by keyboard alone", { timeout: 180_000 }, async () => {
  const { name } = await freeAtManaged();
  const worker = await enter(browser, haven, "helpline");
  const hand = keys(worker);

  // Focus is in the capture line; typing is enough.
  assert.equal(await worker.evaluate(() => document.activeElement.id), "say");
  await hand.type("woman girl 4 in plymouth");
  await until("the list follows what was typed", 5_000, async () => (await worker.locator("[data-space]").count()) > 0);
  await accessible(worker, "console with a list");
  await fits(worker, "console with a list");
  assert.ok(!worker.url().includes("plymouth") && !(await worker.title()).toLowerCase().includes("girl"), "needs in the address or title");

  // Down to the first space; its detail opens with Enter; on to a hold button by Tab.
  await hand.press("ArrowDown");
  const first = await worker.evaluate(() => document.activeElement.closest("[data-space]")?.dataset.space);
  assert.ok(first, "↓ did not reach the first space");
  await hand.press("Enter");
  const toFirst = hand.pressed;
  await hand.tabTo("a hold button", () => document.activeElement.id.startsWith("hold-space-"), 5);
  await Promise.all([worker.waitForURL(/\/requests\/[0-9a-f-]+/), hand.press("Enter")]);
  assert.ok(hand.pressed <= 45, `a hold took ${hand.pressed} keys`);
  assert.ok(toFirst < hand.pressed);
  await until("the hold is shown with its clock time", 5_000, async () => /On hold until|Held until/i.test(await worker.locator("main").innerText()));
  await accessible(worker, "request with a hold");

  // The same household, now at the refuge whose manager is here: the worker holds it too.
  const row = worker.locator("[data-space]", { hasText: `${name},` }).first();
  await show(worker, row);
  const id = await row.getAttribute("data-space");
  await worker.locator(`#hold-space-${id}`).focus();
  await Promise.all([worker.waitForEvent("load"), hand.press("Enter")]);

  const manager = await enter(browser, haven, "manager", { width: 360, height: 800 });
  const thumb = keys(manager);
  await manager.goto(`${haven.url}/referrals`);
  await accessible(manager, "requests waiting");
  await thumb.tabTo("the request", () => document.activeElement.closest("main") && document.activeElement.getAttribute("href")?.startsWith("/referrals/"), 40);
  await Promise.all([manager.waitForURL(/\/referrals\/[0-9a-f-]+/), thumb.press("Enter")]);
  await accessible(manager, "one request");
  await fits(manager, "one request");
  const seen = await manager.locator("main").innerText();
  assert.ok(!/risk|Robin|Lantern Helpline/i.test(seen), "the refuge sees what is not its own");
  if (await manager.locator("#area_confirmed").count()) {
    await manager.locator("#area_confirmed").focus();
    await thumb.press("Space");
  }
  await thumb.tabTo("an arrival time", () => document.activeElement.name === "arrive_by", 40);
  await Promise.all([manager.waitForEvent("load"), thumb.press("Enter")]);

  // The answer reaches the worker without a reload.
  await until("the worker sees the refuge's yes", 10_000, async () => (await worker.getByRole("button", { name: /She takes it/ }).count()) > 0);
  const takes = worker.locator(`section:has-text("${name}") button`, { hasText: "She takes it" }).first();
  await takes.focus();
  await Promise.all([worker.waitForEvent("load"), hand.press("Enter")]);
  await until("the place is agreed", 5_000, async () => (await worker.getByRole("button", { name: /^Arrived/ }).count()) === 1);
  await worker.getByRole("button", { name: /^Arrived/ }).focus();
  await Promise.all([worker.waitForEvent("load"), hand.press("Enter")]);

  const figures = await api(haven, "commissioner", "GET", "/api/v1/figures");
  assert.equal(figures.status, 200);
  const board = await api(haven, "manager", "GET", "/api/v1/spaces");
  assert.equal(board.body.spaces.find((s) => s.id === id).status, "taken");
  assert.deepEqual(worker.faults(), []);
  assert.deepEqual(manager.faults(), []);
});

test("a space changes on the worker's list without a reload, and one tap changes it", { timeout: 120_000 }, async () => {
  const { body } = await api(haven, "manager", "GET", "/api/v1/spaces");
  const room = body.spaces.find((s) => s.service === haven.dev.provider.service && s.status === "available");
  assert.ok(room, "nothing is free at the managed refuge");
  const worker = await enter(browser, haven, "helpline_2");
  await worker.keyboard.type("woman in plymouth");
  const row = worker.locator(`[data-space="${room.id}"]`);
  await show(worker, row);
  const manager = await enter(browser, haven, "manager", { width: 360, height: 800 });
  await accessible(manager, "board");
  await fits(manager, "board");
  const tap = manager.locator(`#space-${room.id}`).getByRole("button", { name: /^Taken/ }).first();
  await tap.focus();
  await Promise.all([manager.waitForEvent("load"), manager.keyboard.press("Enter")]);
  await until("the row says taken, where it was", 5_000, async () => /Taken/.test(await row.innerText()));
  const undo = manager.getByRole("button", { name: /^Undo/ }).first();
  await undo.focus();
  await Promise.all([manager.waitForEvent("load"), manager.keyboard.press("Enter")]);
  await until("undone", 5_000, async () => /Available/.test(await row.innerText()));
});

test("two workers want one place: one has it, the other is told and offered others", { timeout: 120_000 }, async () => {
  const pages = await Promise.all(["helpline", "helpline_2"].map((who) => enter(browser, haven, who)));
  for (const page of pages) await page.keyboard.type("woman in plymouth");
  const button = '#fits .haven-space__actions button[id^="hold-space-"], #check .haven-space__actions button[id^="hold-space-"]';
  await Promise.all(pages.map((page) => page.locator(button).first().waitFor({ timeout: 5_000 })));
  const ids = await Promise.all(pages.map((page) => page.locator(button).evaluateAll((all) => all.map((one) => one.id))));
  const both = ids[0].find((id) => ids[1].includes(id));
  for (const page of pages) await page.locator(`#${both}`).focus();
  await Promise.all(pages.map(async (page) => Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")])));
  const lost = [];
  for (const page of pages) if (await page.locator("#lost").count()) lost.push(page);
  assert.equal(lost.length, 1, "exactly one of two workers may have the place");
  assert.match(await lost[0].locator("#lost").innerText(), /another worker held this space/i);
  assert.ok((await lost[0].locator("#lost button").count()) > 0, "no other place is offered");
  await accessible(lost[0], "hold lost");
});

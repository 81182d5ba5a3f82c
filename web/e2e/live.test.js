// A list that changes under somebody's hands: nothing moves, nothing goes unsaid, and what is shown never claims to be newer than it is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "./axe.js";
import { enter, startBrowser, startHaven, until } from "./haven.js";
import { managed, report } from "./household.js";

let haven, browser;

before(async () => {
  haven = await startHaven();
  browser = await startBrowser();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  await haven?.stop();
});

const order = (page) => page.locator("[data-space]").evaluateAll((rows) => rows.map((row) => row.dataset.space));

// free makes sure that some rooms of the managed provider are free, and gives them.
async function free(most) {
  const rooms = (await managed(haven)).filter((one) => one.ref.startsWith("Flat") && one.state !== "out_of_use").slice(0, most);
  assert.ok(rooms.length > 0);
  for (const room of rooms) if (room.status !== "available") await report(haven, room.id, { state: "available", claim: room.claims[0]?.id });
  return rooms;
}

// list says the first fact and shows rows until all wanted ones are there.
async function list(page, wanted = []) {
  await page.locator("#say").fill("woman");
  await page.locator("[data-space]").first().waitFor({ timeout: 10_000 });
  await until("the wanted rows are listed", 20_000, async () => {
    const shown = await order(page);
    if (wanted.every((id) => shown.includes(id))) return true;
    const more = page.locator('#fits button[name="show"], #check button[name="show"]').first();
    if (await more.count()) await more.click();
    return false;
  });
}

test("30 changes move nothing, the row that goes stays and says so, and new spaces wait in the bar", { timeout: 120_000 }, async () => {
  const [room, other] = await free(2);
  const page = await enter(browser, haven, "helpline");
  await list(page, [room.id, other.id]);
  const row = page.locator(`#space-${room.id}`);
  await row.locator("summary").focus();
  const top = () => row.evaluate((one) => one.getBoundingClientRect().top);
  const [before, at] = [await order(page), await top()];

  for (let i = 0; i < 15; i++) {
    await report(haven, room.id, { state: "taken" });
    await report(haven, room.id, { state: "available" });
  }
  // The last change is told from those before it, which may still be on their way.
  await report(haven, room.id, { state: "out_of_use", why: "repair" });
  await until("the row says it has gone", 10_000, async () => /Out of use/.test(await row.locator(".haven-space__status").innerText()));
  assert.deepEqual(await order(page), before, "the order changed");
  assert.ok(Math.abs((await top()) - at) <= 1, "the focused row moved");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-space]")?.dataset.space), room.id, "the focus was lost");
  assert.match(await page.locator("#announce-alert").innerText(), /The space you have open/);

  // Its button stays in reach, does nothing, and says why.
  const button = row.locator('button[id^="hold-space-"]');
  assert.equal(await button.getAttribute("aria-disabled"), "true");
  await button.focus();
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#announce-alert").innerText(), /cannot be held/);
  assert.ok(page.url().endsWith("/requests/new"));

  // A new list no longer has it. Free again, it waits in the bar and is counted.
  await page.locator("#say").fill("woman ");
  await page.locator("#say").fill("woman girl 4");
  await until("a list without it", 10_000, async () => !(await order(page)).includes(room.id));
  await report(haven, room.id, { state: "available" });
  await until("the bar counts it", 10_000, async () => /\d+ new spaces?/.test(await page.locator("#update-list").innerText()));
  assert.equal(await page.locator(`#space-${room.id}`).count(), 0, "a new space pushed itself into the list");
  await accessible(page, "a list with changes waiting");
  await page.locator("#update-list").click();
  await until("the bar is empty again", 10_000, async () => page.locator("#update-list").isHidden());
  assert.deepEqual(page.faults(), []);
});

test("paused, the list stays as it is until it goes on", { timeout: 90_000 }, async () => {
  const [room] = await free(1);
  const page = await enter(browser, haven, "helpline");
  await list(page, [room.id]);
  await page.locator("#pause-list").click();
  const row = page.locator(`#space-${room.id}`);
  const rows = () => page.locator("#spaces section").evaluateAll((all) => all.map((one) => one.innerHTML).join(""));
  const before = await rows();
  await report(haven, room.id, { state: "taken" });
  await until("the bar says that something changed", 10_000, async () => /changed|new/.test(await page.locator("#update-list").innerText()));
  assert.equal(await rows(), before, "a paused list changed");
  await page.locator("#pause-list").click();
  await until("the bar offers the change", 10_000, async () => (await page.locator("#update-list").isVisible()) || /Taken/.test(await row.innerText()));
  await page.locator("#update-list").click();
  await until("the new list is without it", 10_000, async () => (await row.count()) === 0);
});

test("without a connection the header stops saying Live, and says it again", { timeout: 150_000 }, async () => {
  const page = await enter(browser, haven, "helpline");
  // The page's own clock is moved on: nobody waits a minute to see a minute pass.
  await page.clock.install();
  await page.goto(`${haven.url}/requests/new`);
  const state = page.locator("#live-state");
  await until("live", 20_000, async () => (await page.clock.runFor(1_000), (await state.innerText()) === "Live"));
  await page.context().setOffline(true);
  await page.clock.runFor(31_000);
  await until("reconnecting", 40_000, async () => (await page.clock.runFor(1_000), /^Reconnecting – list from \d+:\d\d(am|pm)$/.test(await state.innerText())));
  await page.clock.runFor(31_000);
  await until("not live", 40_000, async () => (await page.clock.runFor(1_000), (await state.innerText()) === "Not live – refresh before you promise a space"));
  assert.match(await state.getAttribute("class"), /haven-live--down/);
  await page.context().setOffline(false);
  await until("live again", 40_000, async () => (await page.clock.runFor(1_000), (await state.innerText()) === "Live"));
});

test("Shift three times covers all of it; capitals do not", { timeout: 60_000 }, async () => {
  const page = await enter(browser, haven, "helpline");
  const title = await page.title();
  await page.locator("#say").focus();
  for (const letter of "ABC") await page.keyboard.press(`Shift+${letter}`);
  assert.equal(await page.locator(".haven-cover").count(), 0, "typing capitals covered the page");
  assert.equal(await page.locator("#say").inputValue(), "ABC");
  for (let i = 0; i < 3; i++) await page.keyboard.press("Shift");
  await page.locator(".haven-cover").waitFor({ timeout: 5_000 });
  assert.equal(await page.title(), "Notes");
  assert.equal(await page.locator("#say, [data-space], .haven-header").count(), 0, "what was covered is still in the document");
  await accessible(page, "covered");
  await page.keyboard.press("Enter");
  assert.equal(await page.title(), title);
  assert.equal(await page.locator("#say:focus").inputValue(), "ABC");
});

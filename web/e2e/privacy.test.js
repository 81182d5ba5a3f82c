// What a session leaves behind: no address, title, storage or line of the log says anything about her, and neither side's page has the other's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, startBrowser, startHaven, until } from "./haven.js";
import { managed } from "./household.js";

// What is typed, in words that stand nowhere else: needs, places, and a name and number that somebody may type into the wrong field.
const typed = ["pregnant", "zz99", "plymouth", "bradford", "solihull", "zebedee", "07700 900123", "zebedee@haven.example"];

let haven, browser;

before(async () => {
  haven = await startHaven({ log: "DEBUG" });
  browser = await startBrowser();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  await haven?.stop();
});

function silent(text, what, words = typed) {
  const said = words.filter((word) => text.toLowerCase().includes(word));
  assert.deepEqual(said, [], what);
}

// remember keeps every address a page asks for, every title it has had, and what signed-in pages say of caching.
function remember(page) {
  const kept = { addresses: [], titles: [], uncached: [] };
  page.on("request", (request) => kept.addresses.push(request.url()));
  page.on("websocket", (socket) => kept.addresses.push(socket.url()));
  page.on("load", async () => kept.titles.push(await page.title().catch(() => "")));
  page.on("response", (answer) => {
    const { pathname } = new URL(answer.url());
    if (!pathname.startsWith("/assets/") && !/no-store/.test(answer.headers()["cache-control"] ?? "")) kept.uncached.push(pathname);
  });
  return kept;
}

async function stored(page) {
  return page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys()]));
}

async function holdOf(page, service) {
  const row = page.locator("[data-space]", { hasText: `${service},` }).first();
  await until("the managed refuge is listed", 20_000, async () => {
    if (await row.locator('button[id^="hold-space-"]').count()) return true;
    const more = page.locator('main button[name="show"]').first();
    if (await more.count()) await more.click();
    return false;
  });
  await Promise.all([page.waitForURL(/requests\/[0-9a-f-]{36}/), row.locator('button[id^="hold-space-"]').click()]);
}

test("a session from the first word to signing out", { timeout: 120_000 }, async () => {
  const spaces = await managed(haven);
  const free = spaces.find((one) => one.status === "available");
  const page = await enter(browser, haven, "helpline");
  const kept = remember(page);
  await page.goto(`${haven.url}/requests/new`);
  await page.locator("#say").fill("woman");
  await page.locator("#now_in").fill("ZZ99 9ZZ");
  await page.locator("#save").click();
  await page.locator(".govuk-error-summary").waitFor();
  await page.locator("#now_in").fill("");
  await page.locator("#say").fill("pregnant woman in plymouth not bradford not solihull zebedee 07700 900123 zebedee@haven.example");
  await page.locator("[data-space]").first().waitFor();
  await page.locator(".haven-facts > summary").last().click();
  await page.locator("#risk-level").selectOption({ label: "High" });
  await page.locator("#risk-source").selectOption({ index: 1 });
  await page.locator("#risk-on").fill("20 11 2026");
  await holdOf(page, free.code_name);
  const request = page.url().split("#")[0];
  await page.locator("[data-space] summary").first().click();
  const seen = await page.content();
  const rooms = spaces.map((one) => one.ref).filter((ref) => ref.length > 3); // "Flat 1"; a bare "1" stands in every page
  assert.ok(rooms.length > 0);
  silent(seen, "the helpline's page names a room", rooms.map((ref) => ref.toLowerCase()));
  assert.ok(!seen.includes("zebedee") && !seen.includes("900123"), "the line was kept");
  for (const path of ["/requests", "/holds", `${request.replace(haven.url, "")}/unmet`]) await page.goto(haven.url + path);
  silent(await stored(page), "the browser's storage");

  // The refuge sees what she agreed to, which is nothing but the size, and nobody's name at the helpline.
  const manager = await enter(browser, haven, "manager");
  const theirs = remember(manager);
  await manager.locator('.haven-board__request a[href^="/referrals/"]').first().click();
  await manager.waitForURL(/referrals\/[0-9a-f-]{36}/);
  const shown = await manager.content();
  assert.ok(!/Robin|Marsh|Lantern|\brisk\b|High/.test(shown), "the refuge sees the helpline's own");
  assert.match(await manager.locator("main").innerText(), /household size only/);
  silent(await stored(manager), "the refuge's storage");

  await Promise.all([page.waitForURL(/sign-in/), page.getByRole("button", { name: "Sign out" }).click()]);
  await page.goBack();
  await page.waitForURL(/sign-in/);
  silent(await page.content(), "what going back shows after signing out");
  assert.equal(await page.locator("[data-space], .haven-hold, .haven-chips").count(), 0);

  for (const list of [kept, theirs]) {
    silent(list.addresses.join("\n"), "addresses");
    silent(list.titles.join("\n"), "titles");
    assert.deepEqual(list.uncached, [], "answers that a browser may keep");
    assert.ok(list.addresses.length > 3 && list.titles.length > 0);
  }
  const log = haven.said();
  const banner = log.indexOf("Haven is running"); // the sign-ins of the fictional people are printed once, at the start
  silent(log.slice(0, banner) + log.slice(log.indexOf("dev.json", banner)), "the log", [...typed, "@haven.example", "robin", "woman"]);
});

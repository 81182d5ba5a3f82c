// Haven without a single script: every job of every role by plain forms.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, startBrowser, startHaven } from "./haven.js";
import { hold } from "./household.js";

let haven, browser;

before(async () => {
  haven = await startHaven();
  browser = await startBrowser();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  await haven?.stop();
});

// act presses a button and gives the answer to its form.
async function act(page, press) {
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === "POST"), page.waitForEvent("load"), press()]);
  return answer.status();
}

async function open(who, size) {
  return enter(browser, haven, who, { script: false, ...size });
}

// facts types into the fields, as somebody does who does not use the line.
async function facts(page, { now, avoid, age }) {
  await page.locator("#adults-0-as").selectOption({ label: "Woman" });
  await page.locator("#children-0-age").fill(age);
  await page.locator("#children-0-sex").selectOption({ label: "Girl" });
  await page.locator("#now_in").fill(now);
  await page.locator("#avoid-more").fill(avoid);
}

const find = (page) => act(page, () => page.locator("#save").click());

test("facts, list, hold and release", { timeout: 60_000 }, async () => {
  const page = await open("helpline");
  await facts(page, { now: "Plymouth", avoid: "Bradford\nLeeds", age: "4" });
  assert.equal(await find(page), 303);
  const known = await page.locator(".haven-chips").innerText();
  for (const fact of ["Woman", "Girl, 4", "Plymouth", "Not safe: Bradford", "Not safe: Leeds"]) assert.ok(known.includes(fact), `${fact} is not known: ${known}`);
  assert.equal(await page.locator("#avoid-1").inputValue(), "Leeds");
  assert.equal(await page.locator("#updates button").count(), 0, "a button that only a script would make work");

  assert.equal(await act(page, () => page.locator('button[id^="hold-space-"]').first().click()), 303);
  const held = page.locator(".haven-hold");
  assert.match(await held.innerText(), /Held until \d+:\d\d(am|pm)/);
  assert.equal(await act(page, () => held.getByRole("button", { name: /^Release/ }).click()), 303);
  assert.match(await page.locator("#holds").innerText(), /released/i);
});

test("what cannot be true comes back with what to do, and nothing typed is lost", { timeout: 60_000 }, async () => {
  const page = await open("helpline");
  await facts(page, { now: "ZZ99 9ZZ", avoid: "", age: "40" });
  assert.equal(await find(page), 422);
  for (const [field, value] of [["now_in", "ZZ99 9ZZ"], ["children-0-age", "40"]]) {
    assert.equal(await page.locator(`#${field}`).inputValue(), value);
    const words = await page.locator(`.govuk-error-summary a[href="#${field}"]`).innerText();
    const beside = page.locator(".govuk-form-group--error", { has: page.locator(`#${field}`) }).locator(".govuk-error-message").last();
    assert.ok((await beside.innerText()).includes(words), `the words of ${field} do not stand beside it`);
  }
  assert.equal(await page.locator("#adults-0-as").inputValue(), "woman");

  // The link of the summary leads to the field.
  await page.locator('.govuk-error-summary a[href="#now_in"]').click();
  assert.equal(new URL(page.url()).hash, "#now_in");
  assert.equal(await page.locator("#now_in:focus").count(), 1, "the link of the summary does not reach the field");
  await page.locator("#now_in").fill("Plymouth");
  await page.locator("#children-0-age").fill("4");
  assert.equal(await find(page), 303);
});

test("no place found is recorded with two keys, and the council that hears of it counts the nights", { timeout: 60_000 }, async () => {
  const page = await open("helpline");
  await facts(page, { now: "Plymouth", avoid: "", age: "4" });
  await find(page);
  await page.locator("#unmet").focus();
  await Promise.all([page.waitForURL(/unmet/), page.keyboard.press("Enter")]);
  await page.locator('[name="main"]:checked:focus').waitFor({ timeout: 5_000 });
  assert.equal(await act(page, () => page.keyboard.press("Enter")), 303);
  assert.match(await page.locator("main").innerText(), /No place was found/);

  await page.goto(`${haven.url}/requests/new`);
  await facts(page, { now: "Plymouth", avoid: "", age: "7" });
  await find(page);
  const reference = (await page.locator("h1").innerText()).replace("Request ", "");
  await act(page, () => page.locator("#unmet").click());
  await page.locator("#council").selectOption({ label: "Brindle City Council" });
  assert.equal(await act(page, () => page.getByRole("button", { name: "Record that no space was found" }).last().click()), 303);

  const officer = await open("housing");
  const passed = officer.locator("tr", { hasText: reference });
  assert.match(await passed.innerText(), /passed to you/);
  await passed.getByRole("link", { name: /Start bed and breakfast/ }).click();
  await officer.locator("#first_night-month").fill("13");
  assert.equal(await act(officer, () => officer.getByRole("button", { name: "Start the stay" }).click()), 422);
  assert.equal(await officer.locator("#first_night-month").inputValue(), "13");
  await officer.getByRole("link", { name: "Back to bed and breakfast" }).click();
  await officer.locator("tr", { hasText: reference }).getByRole("link", { name: /Start bed and breakfast/ }).click();
  assert.equal(await act(officer, () => officer.getByRole("button", { name: "Start the stay" }).click()), 303);
  const stay = officer.locator("tr", { hasText: reference });
  assert.match(await stay.innerText(), /night 1 of 42/i);
  await stay.getByRole("link", { name: /End this stay/ }).click();
  assert.equal(await act(officer, () => officer.getByRole("button", { name: "End the stay" }).click()), 303);
  assert.equal(await officer.getByRole("link", { name: /End this stay/ }).count(), 0);
});

test("a manager changes a space with one tap and answers a request with two", { timeout: 60_000 }, async () => {
  const waiting = await hold(haven, { household: { adults: [{ as: "woman" }] } });
  const page = await open("manager", { width: 360, height: 760 });
  const card = page.locator(".haven-board__card", { has: page.getByRole("button", { name: /^Taken/ }) }).first();
  const id = await card.getAttribute("id");
  assert.equal(await act(page, () => card.getByRole("button", { name: /^Taken/ }).click()), 303);
  const changed = page.locator(`#${id}`);
  assert.match(await changed.locator(".haven-board__status").innerText(), /Taken/);
  assert.equal(await act(page, () => changed.getByRole("button", { name: /^Undo/ }).click()), 303);
  assert.match(await changed.locator(".haven-board__status").innerText(), /Available/);

  await page.locator(`.haven-board__request a[href="/referrals/${waiting.hold.id}"]`).click();
  if (await page.locator("#area_confirmed").count()) await page.locator("#area_confirmed").check();
  assert.equal(await act(page, () => page.locator('#arrive_by button[name="arrive_by"]').first().click()), 303);
  assert.match(await page.locator("main").innerText(), /You can take them/);
});

test("a commissioner reads the figures and takes them along", { timeout: 60_000 }, async () => {
  const page = await open("commissioner");
  assert.match(await page.locator("main").innerText(), /Households that asked/);
  const sheet = await page.request.get(haven.url + (await page.getByRole("link", { name: /CSV/ }).getAttribute("href")));
  assert.equal(sheet.status(), 200);
  assert.match(sheet.headers()["content-type"], /^text\/csv/);
  assert.match(await sheet.text(), /Households that asked/);
  await page.locator("#from").fill("2026-01-01");
  await page.getByRole("button", { name: "Show period" }).click();
  assert.match(await page.locator("main").innerText(), /1 January 2026 to/);
});

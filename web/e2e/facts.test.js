// The facts that are asked less often: heard on the line, found by keyboard in the parts that are folded away, kept without a single script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, fits } from "./axe.js";
import { enter, keys, startBrowser, startHaven, until } from "./haven.js";
import { targets } from "./sight.js";

let haven, browser;

before(async () => {
  haven = await startHaven();
  browser = await startBrowser();
}, { timeout: 180_000 });

after(async () => {
  await browser?.close();
  await haven?.stop();
});

const chips = (page) => page.locator(".haven-chips").innerText();

// part of the form by its words.
const part = (page, words) => page.locator(".haven-facts", { has: page.locator(`summary:text-is("${words}")`) });

const isOpen = (page, words) => part(page, words).evaluate((one) => one.open);

// unfold shows all of the form, as somebody does who looks for a question.
async function unfold(page) {
  await page.locator(".haven-facts").evaluateAll((all) => all.forEach((one) => (one.open = true)));
}

// sound looks at the whole form on a phone and on a desk.
async function sound(page, what) {
  await unfold(page);
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page, `${what} at ${width}`);
    await accessible(page, `${what} at ${width}`);
    if (width === 360) await targets(page, what);
  }
}

test("several facts by keyboard, from the line and from the parts that are folded away", { timeout: 120_000 }, async () => {
  const page = await enter(browser, haven, "helpline");
  const hand = keys(page);
  await hand.type("woman son 19 deaf speaks urdu nrpf not dog plymouth");
  await until("the chips follow what was typed", 5_000, async () => (await page.locator(".haven-chips").count()) > 0 && /Speaks Urdu/.test(await chips(page)));
  const heard = await chips(page);
  for (const fact of ["Woman", "(son or daughter of 18 or over)", "Deaf or hard of hearing", "No recourse to public funds", "Plymouth"]) assert.ok(heard.includes(fact), `${fact} was not heard: ${heard}`);
  assert.ok(!heard.includes("With a pet"), `not dog became a pet: ${heard}`);
  assert.equal(await isOpen(page, "Money"), false, "a part that holds nothing is open");

  // A part opens with Enter, and its fields come next.
  await hand.tabTo("the part about money", () => document.activeElement.matches("summary") && document.activeElement.textContent === "Money");
  await hand.press("Enter");
  await hand.tabTo("the ways to pay", () => document.activeElement.id === "funding-route", 10);
  await page.keyboard.type("Migrant");
  await hand.press("Tab");
  await hand.type("27 3 2027");
  await hand.tabTo("the wishes", () => document.activeElement.matches("summary") && document.activeElement.textContent === "Wishes", 10);
  await hand.press("Enter");
  await hand.tabTo("a kitchen of their own", () => document.activeElement.id === "wish-own_kitchen-tier", 20);
  await page.keyboard.type("Strong");
  await until("the list follows the fields", 5_000, async () => /Strong wish: A kitchen of their own/.test(await chips(page)));
  assert.match(await chips(page), /Migrant victims concession \(MVDAC\), until 27 March 2027/);

  await page.locator("#say").focus();
  await Promise.all([page.waitForURL(/\/requests\/[0-9a-f-]{36}/), hand.press("Enter")]);
  for (const [words, open] of [["Access and support", true], ["Money", true], ["Wishes", true], ["Home", false], ["More about where", false]]) {
    assert.equal(await isOpen(page, words), open, `the part ${words} is open: ${!open}`);
  }
  assert.equal(await page.locator("#hearing").isChecked(), true);
  assert.equal(await page.locator("#sight:checked, #sight-1:checked, #sight-2:checked").count(), 0, "a question nobody asked has an answer");
  assert.equal(await page.locator("#language").inputValue(), "urdu");
  assert.equal(await page.locator("#adults-1-is").inputValue(), "adult_child");
  await sound(page, "a request with many facts");

  // What was tried and what the form does not ask goes with it: nothing changes by saving what is shown.
  const before = await chips(page);
  await page.locator("#say").focus();
  await Promise.all([page.waitForEvent("load"), hand.press("Enter")]);
  assert.equal(await chips(page), before);
  assert.deepEqual(page.faults(), []);
});

test("every part without a single script, with its mistakes beside it", { timeout: 120_000 }, async () => {
  const page = await enter(browser, haven, "helpline", { script: false });
  const save = async () => {
    const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === "POST"), page.waitForEvent("load"), page.locator("#save").click()]);
    return answer.status();
  };
  await page.locator("#adults-0-as").selectOption({ label: "Woman" });
  await page.locator("#avoid-more").fill("Bradford");
  for (const words of ["More about where", "Access and support", "Home", "Wishes"]) await part(page, words).locator("summary").click();
  await page.locator("#harm-people").fill("2");
  await page.locator("#routes-0-from").fill("Leeds");
  await page.locator("#routes-0-to").fill("York");
  await page.locator("#near-0-area").fill("Plymouth");
  await page.locator("#support-medication").check();
  await page.locator("#home-social_tenant-1").check();
  await page.locator("#wish-setting-which").selectOption("country");
  assert.equal(await save(), 422);
  const beside = page.locator(".govuk-form-group--error", { has: page.locator("#near-0-within_miles") });
  assert.match(await beside.locator(".govuk-error-message").innerText(), /within how many miles/);
  assert.equal(await isOpen(page, "More about where"), true, "the mistake is folded away");
  assert.equal(await page.locator("#routes-0-to").inputValue(), "York");
  assert.equal(await page.locator("#support-medication").isChecked(), true);

  await page.locator("#near-0-within_miles").fill("60");
  await page.locator("#near-0-because").selectOption("court_order");
  assert.equal(await save(), 303);
  const known = await chips(page);
  for (const fact of ["2 people cause harm", "Not safe: the way from Leeds to York", "Stays within 60 miles of Plymouth", "Support with medication", "Nice to have: City, town or country: Country"]) {
    assert.ok(known.includes(fact), `${fact} is not known: ${known}`);
  }
  // Why an area is not safe, and whose it is, stand with the area once it is known.
  await page.locator("#avoid-0-because").selectOption("family");
  await page.locator("#avoid-0-person").fill("2");
  assert.equal(await save(), 303);
  assert.equal(await page.locator("#avoid-0-person").inputValue(), "2");
  assert.equal(await page.locator("#wishes-0-which").inputValue(), "country");
  assert.equal(await page.locator("#home-social_tenant-1").isChecked(), true);
});

test("the whole form, empty", { timeout: 60_000 }, async () => {
  const page = await enter(browser, haven, "helpline");
  assert.equal(await page.locator("#facts input[type=radio]:checked").count(), 0, "an answer that nobody gave");
  await sound(page, "the whole form");
  assert.deepEqual(page.faults(), []);
});

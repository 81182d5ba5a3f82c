// What axe cannot see: whether focus is visible, uncovered and free to go on, and whether a thumb can hit what is there.
import assert from "node:assert/strict";

// most Tabs a page may need before the focus leaves it.
const most = 400;

// clear goes through a page by Tab. At each stop the focused element must look otherwise than without focus, and its middle or a corner must be
// what is on top there. A page that is not left, or not come round, within 400 Tabs is a trap.
export async function clear(page, what) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    globalThis.first = undefined;
  });
  const faults = [];
  for (let stop = 0; stop < most; stop++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(look);
    if (seen === "round") {
      assert.ok(stop > 2, `${what}: only ${stop} stops`);
      assert.deepEqual(faults, [], what);
      return;
    }
    if (seen) faults.push(seen);
  }
  assert.fail(`${what}: the focus had not come round after ${most} Tabs`);
}

// look runs in the page. The browser itself is the stop between the last element and the first, so body is the end too.
function look() {
  const one = document.activeElement;
  if (one === document.body || one === globalThis.first) return "round";
  globalThis.first ??= one;
  // The button of a date has the browser's own ring, inside the field, where a page cannot ask for it.
  if (one.type === "date" && !one.matches(":focus")) return "";
  const name = `${one.tagName} ${one.id || one.name || one.textContent.trim().slice(0, 30)}`;
  const style = getComputedStyle(one);
  const beside = one.matches("input[type=radio], input[type=checkbox]") ? getComputedStyle(one.nextElementSibling, "::before") : style;
  const marked = [style, beside].some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || style.boxShadow !== "none" || beside.boxShadow !== "none";
  if (!marked) return `${name}: nothing shows the focus`;
  const box = one.getBoundingClientRect();
  const points = [[box.left + box.width / 2, box.top + box.height / 2], [box.left + 2, box.top + 2], [box.right - 2, box.top + 2], [box.left + 2, box.bottom - 2], [box.right - 2, box.bottom - 2]];
  const mine = (on) => on && (on === one || one.contains(on) || (on.tagName === "LABEL" && on.control === one));
  if (!points.some(([x, y]) => mine(document.elementFromPoint(x, y)))) return `${name}: covered or out of sight`;
  return "";
}

// targets fails with every control smaller than it may be. A link inside a sentence may be as high as its line.
export async function targets(page, what, { height = 24, within = "a, button, summary, select, textarea, input:not([type=hidden])" } = {}) {
  const small = await page.evaluate(([selector, least]) => {
    const faults = [];
    for (const one of document.querySelectorAll(selector)) {
      if (one.closest("p, li, dd, td, th, h3") && getComputedStyle(one).display === "inline") continue;
      const box = one.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1 || one.matches(".govuk-skip-link, .govuk-back-link")) continue; // seen on focus alone; reaches 14px above and below itself
      if (box.height < least || box.width < 24) faults.push(`${one.tagName} ${one.id || one.textContent.trim().slice(0, 30)}: ${Math.round(box.width)} by ${Math.round(box.height)}`);
    }
    return faults;
  }, [within, height]);
  assert.deepEqual(small, [], `${what}: smaller than ${height}px`);
}

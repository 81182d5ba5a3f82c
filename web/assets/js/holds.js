// A part of a page that is asked for again when something about it changed elsewhere: holds, a refuge's board, and who waits.
import { announce, interrupt } from "./announce.js";

const warnBefore = 5 * 60 * 1000;

export class Part {
  constructor(element) {
    this.element = element;
    this.name = element.dataset.part;
    this.again = false;
    this.warned = new Set();
    this.said = this.summary();
    element.addEventListener("focusout", () => setTimeout(() => this.again && this.fetch(), 0));
    setInterval(() => this.warn(), 5000);
    this.warn();
  }

  // busy: somebody is at a control in it, or has a part of it open, and nothing is taken from under their hands.
  busy() {
    const active = document.activeElement;
    return (this.element.contains(active) && active.matches("a, button, input, select, summary, textarea")) || this.element.querySelector("details[open]") !== null;
  }

  async fetch() {
    if (!this.element.isConnected || this.busy()) {
      if (!this.again && this.element.dataset.changed) announce(this.element.dataset.changed);
      this.again = true;
      return;
    }
    this.again = false;
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { "Haven-Part": this.name } });
      if (!answer.ok || answer.headers.get("Haven-Part") !== this.name) return;
      const html = await answer.text();
      if (this.busy()) this.again = true;
      else this.replace(html);
    } catch {
      this.again = true;
    }
  }

  replace(html) {
    const held = this.element.contains(document.activeElement) ? document.activeElement.id : "";
    this.element.innerHTML = html;
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
    this.warn();
    const summary = this.summary();
    if (summary && summary !== this.said) announce(summary);
    this.said = summary;
  }

  // summary is what a part wants said when it changes; most want nothing said.
  summary() {
    return this.element.querySelector("[data-say]")?.dataset.say ?? "";
  }

  warn() {
    for (const hold of this.element.querySelectorAll("[data-until]")) {
      const left = Date.parse(hold.dataset.until) - Date.now();
      const key = hold.id + hold.dataset.until;
      if (left > 0 && left <= warnBefore && !this.warned.has(key)) {
        this.warned.add(key);
        interrupt("Your hold ends in 5 minutes.");
      }
      if (left <= 0 && !this.warned.has(`${key} over`)) {
        this.warned.add(`${key} over`);
        this.fetch();
      }
    }
  }
}

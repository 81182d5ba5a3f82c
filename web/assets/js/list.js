// The list under a worker's hands. Its order was settled when the facts changed, and it stays: a space that goes stays where it was and says so,
// a space that comes waits in the bar above.
import { announce, interrupt } from "./announce.js";

const offered = ["fits", "check", "unconfirmed"];

export class List {
  constructor(spaces, facts) {
    this.spaces = spaces;
    this.facts = facts;
    this.fresh = new Set();
    this.changed = new Set();
    this.versions = new Map();
    this.queue = [];
    this.pressed = false;
    this.paused = sessionStorage.getItem("paused") === "yes";
    facts.shown.push(() => this.begin());
    // Nothing moves between a finger going down and the click it makes.
    spaces.addEventListener("pointerdown", () => (this.pressed = true));
    for (const event of ["pointerup", "pointercancel"]) {
      document.addEventListener(event, () => setTimeout(() => this.released(), 0));
    }
    document.addEventListener("click", (event) => this.refuse(event), true);
    document.addEventListener("keydown", () => this.settle());
    this.begin();
  }

  // begin a new list: what was waiting is in it.
  begin() {
    this.fresh.clear();
    this.changed.clear();
    this.versions.clear();
    for (const row of this.rows()) this.versions.set(row.dataset.space, Number(row.dataset.version));
    this.bar();
  }

  rows() {
    return this.spaces.querySelectorAll("[data-space]");
  }

  take(changes) {
    for (const change of changes) if (change.space) this.queue.push(change);
    if (!this.pressed) this.apply();
  }

  released() {
    this.pressed = false;
    this.apply();
  }

  apply() {
    if (!this.spaces.isConnected || this.queue.length === 0) return;
    for (const change of this.queue.splice(0)) this.one(change);
    this.bar();
  }

  one(change) {
    const known = this.versions.get(change.space) ?? 0;
    if (change.version <= known) return;
    this.versions.set(change.space, change.version);
    const row = document.getElementById(`space-${change.space}`);
    if (!row) {
      if (!change.gone && offered.includes(change.group)) this.fresh.add(change.space);
      else this.fresh.delete(change.space);
      return;
    }
    if (this.paused) {
      this.changed.add(change.space);
      return;
    }
    const now = document.createElement("template");
    now.innerHTML = change.html ?? "";
    this.patch(row, now.content.firstElementChild, change);
  }

  // patch writes only where nothing can be focused: the status and the freshness. What else changed waits for the next update.
  patch(row, now, change) {
    for (const part of [".haven-space__status", ".haven-fresh"]) {
      const to = row.querySelector(part);
      const from = now?.querySelector(part);
      if (to && from && to.innerHTML !== from.innerHTML) to.innerHTML = from.innerHTML;
    }
    if (!now && change.gone) row.querySelector(".haven-space__status").innerHTML = '<strong class="govuk-tag govuk-tag--grey">No longer published</strong>';
    row.classList.add("haven-space--changed");
    const group = row.closest("section")?.id;
    const lost = change.gone || (change.group === "no" && group !== "no");
    if (!lost && change.group !== group) this.changed.add(change.space);
    if (lost && !change.gone) {
      row.querySelector(".haven-space__status").innerHTML = '<strong class="govuk-tag govuk-tag--grey">No longer fits</strong>';
      this.changed.add(change.space);
    }
    row.classList.toggle("haven-space--gone", lost);
    const button = row.querySelector(".haven-space__actions button");
    if (button && lost) button.setAttribute("aria-disabled", "true");
    if (button && !lost) button.removeAttribute("aria-disabled");
    const open = row.querySelector("details[open]") || row.contains(document.activeElement);
    if (open && lost) interrupt(`The space you have open: ${row.querySelector(".haven-space__status").textContent.trim()}.`);
  }

  // reconcile a list that may have missed something with one fetched now, without moving anything.
  async reconcile() {
    if (!this.spaces.querySelector("#count")) return;
    let html;
    try {
      html = await this.facts.fetch();
    } catch {
      return;
    }
    const now = document.createElement("template");
    now.innerHTML = html;
    const changes = [];
    for (const row of now.content.querySelectorAll("[data-space]")) {
      changes.push({ space: row.dataset.space, version: Number(row.dataset.version), html: row.outerHTML, group: row.closest("section").id, gone: false });
    }
    const listed = new Set(changes.map((change) => change.space));
    for (const row of this.rows()) if (!listed.has(row.dataset.space)) this.changed.add(row.dataset.space);
    this.take(changes);
    this.bar();
  }

  // bar is always there and always as tall.
  bar() {
    const bar = this.spaces.querySelector("#updates");
    if (!bar) return;
    const words = this.words();
    let button = bar.querySelector("#update-list");
    if (!button) {
      bar.append(this.button("update-list", () => this.facts.now(this.facts.extra)), this.button("pause-list", () => this.pause()));
      button = bar.querySelector("#update-list");
    }
    bar.querySelector("#updates-words").hidden = words !== "";
    button.hidden = words === "";
    button.textContent = words ? `${words} – update list` : "Update list";
    const pause = bar.querySelector("#pause-list");
    pause.textContent = this.paused ? "Go on with live updates" : "Pause live updates";
    if (words && words !== this.said) announce(words);
    this.said = words;
  }

  words() {
    const parts = [];
    if (this.fresh.size) parts.push(this.fresh.size === 1 ? "1 new space" : `${this.fresh.size} new spaces`);
    if (this.changed.size) parts.push(this.changed.size === 1 ? "1 changed" : `${this.changed.size} changed`);
    return parts.join(", ");
  }

  button(id, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = id;
    button.className = "govuk-button govuk-button--secondary";
    button.addEventListener("click", act);
    return button;
  }

  pause() {
    this.paused = !this.paused;
    sessionStorage.setItem("paused", this.paused ? "yes" : "no");
    if (!this.paused) this.reconcile();
    this.bar();
  }

  // refuse the button of a space that has gone; it can still be reached, and says why.
  refuse(event) {
    const button = event.target.closest?.('[aria-disabled="true"]');
    if (!button) return this.settle();
    event.preventDefault();
    event.stopPropagation();
    const row = button.closest(".haven-space");
    if (row) interrupt(`This space cannot be held: ${row.querySelector(".haven-space__status").textContent.trim()}.`);
  }

  // settle takes the marks of change away with the next act.
  settle() {
    for (const row of this.spaces.querySelectorAll(".haven-space--changed")) row.classList.remove("haven-space--changed");
  }
}

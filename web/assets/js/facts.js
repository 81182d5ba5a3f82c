// The list follows the facts half a second after typing stops. Nothing is saved by it, and nothing is kept in the browser.
import { announce } from "./announce.js";

const pause = 500;

export class Facts {
  constructor(form, spaces) {
    this.form = form;
    this.spaces = spaces;
    this.timer = 0;
    this.round = 0;
    this.running = Promise.resolve();
    this.shown = [];
    this.asked = this.typed();
    form.addEventListener("input", () => this.later());
    spaces.addEventListener("click", (event) => this.more(event));
  }

  // What is on the form, as the server reads it. It goes in bodies and over the socket, never in an address.
  body(extra = {}) {
    const body = new URLSearchParams(new FormData(this.form));
    for (const [name, value] of Object.entries(extra)) body.set(name, value);
    return body;
  }

  // typed is the same facts without the key that changes with each list.
  typed() {
    const body = this.body();
    body.delete("once");
    return body.toString();
  }

  // later asks once typing has paused, and not at all where nothing changed in the end.
  later() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.typed() !== this.asked) this.timer = setTimeout(() => this.now(), pause);
  }

  // now asks at once, and gives a promise of the list being there.
  now(extra) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.asked = this.typed();
    this.extra = extra;
    this.running = this.replace(extra);
    return this.running;
  }

  settled() {
    return this.timer ? this.now() : this.running;
  }

  // fetch the list as long as it was last asked to be.
  async fetch(extra = this.extra) {
    const answer = await fetch("/find", { method: "POST", headers: { "Haven-Part": "spaces" }, body: this.body(extra) });
    if (answer.headers.get("Haven-Part") !== "spaces" || (answer.status !== 200 && answer.status !== 422)) throw new Error("no list");
    return answer.text();
  }

  async replace(extra) {
    const round = ++this.round;
    let html;
    try {
      html = await this.fetch(extra);
    } catch {
      if (round === this.round) this.failed();
      return;
    }
    if (round !== this.round) return;
    const held = this.spaces.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...this.spaces.querySelectorAll("details[open]")].map((one) => one.id);
    this.spaces.innerHTML = html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (held) document.getElementById(held)?.focus();
    const count = this.spaces.querySelector("#count");
    if (count) announce(count.textContent);
    for (const then of this.shown) then();
  }

  failed() {
    this.asked = ""; // the same facts are asked about again
    const words = this.spaces.querySelector("#updates-words");
    if (words) words.textContent = "This list could not be updated. Refresh before you promise a space.";
  }

  more(event) {
    const button = event.target.closest('button[formaction="/find"]');
    if (!button) return;
    event.preventDefault();
    this.now({ [button.name]: button.value });
  }
}

// On a narrow screen the list comes right after the capture line: the parts of the form that are in order are folded away.
export function fold(form) {
  if (window.innerWidth >= 641) return;
  for (const part of form.querySelectorAll(".haven-facts")) {
    if (!part.querySelector(".govuk-form-group--error")) part.open = false;
  }
}

// From the capture line the list is one key away, and its spaces one key apart. No letter is a command. That no space was found comes after the
// last one that can be asked for.
export function keys(facts, spaces) {
  const stops = () => [
    ...spaces.querySelectorAll("section:not(#no) .haven-space summary"),
    ...spaces.querySelectorAll("#unmet"),
    ...spaces.querySelectorAll("#no .haven-space summary"),
  ];
  document.addEventListener("keydown", async (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = stops().indexOf(document.activeElement);
    const inLine = document.activeElement?.id === "say";
    if (inLine && event.key === "ArrowDown") {
      event.preventDefault();
      await facts.settled();
      stops()[0]?.focus();
    } else if (at >= 0) {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      if (next < 0) document.getElementById("say")?.focus();
      else stops()[next]?.focus();
    }
  });
}

// One socket a page. It tells what changed; every command is an ordinary form. The words in the header never claim more than is known.
const backoff = [1000, 2000, 4000, 8000, 15000];
const reconnectingAfter = 30000;
const downAfter = 60000;
const signedOut = 4002;

export class Live {
  constructor(path, { hello, changes, missed }) {
    this.path = path;
    this.hello = hello;
    this.changes = changes;
    this.missed = missed;
    this.state = document.getElementById("live-state");
    this.heard = Date.now();
    this.tries = 0;
    this.at = null;
    this.words = "";
    this.ended = false;
    this.connect();
    setInterval(() => this.show(), 1000);
    window.addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => document.hidden || this.soon(0));
    window.addEventListener("pagehide", () => this.socket?.close());
    window.addEventListener("pageshow", (event) => event.persisted && this.soon(0));
  }

  connect() {
    clearTimeout(this.timer);
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${this.path}`);
    this.socket = socket;
    socket.addEventListener("open", () => this.say());
    socket.addEventListener("message", (event) => this.frame(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => {
      if (event.code === signedOut) {
        this.ended = true;
        this.show();
        return;
      }
      const wait = backoff[Math.min(this.tries++, backoff.length - 1)];
      this.soon(wait + Math.random() * 500);
    });
  }

  soon(wait) {
    if (this.ended || (this.socket && this.socket.readyState <= WebSocket.OPEN)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), wait);
  }

  // say what this page shows, so that changes are put to the same facts.
  say() {
    const body = this.hello?.();
    if (body && this.socket.readyState === WebSocket.OPEN) this.socket.send(body);
  }

  frame(frame) {
    this.heard = Date.now();
    this.tries = 0;
    if (frame.state) this.words = frame.state;
    const whole = this.at && this.at.epoch === frame.epoch && (frame.point ? frame.to === this.at.to : frame.from === this.at.to + 1);
    this.at = { epoch: frame.epoch, to: frame.to };
    if (frame.changes.length) this.changes(frame.changes);
    if (!whole) this.missed();
    this.show();
  }

  show() {
    if (!this.state) return;
    const silent = Date.now() - this.heard;
    let words = this.words;
    let kind = words === "Live" ? "" : "haven-live--waiting";
    if (silent > reconnectingAfter) {
      words = `Reconnecting – list from ${clock(this.heard)}`;
      kind = "haven-live--waiting";
    }
    if (silent > downAfter) {
      words = "Not live – refresh before you promise a space";
      kind = "haven-live--down";
    }
    if (this.ended) {
      words = "Signed out – sign in again to go on";
      kind = "haven-live--down";
    }
    if (words && this.state.textContent !== words) this.state.textContent = words;
    this.state.className = `haven-live ${kind}`.trim();
  }
}

// clock is 2:20pm, in London wherever the browser is.
export function clock(time) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "numeric", minute: "2-digit", hour12: true }).formatToParts(time);
  const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("hour") === "0" ? "12" : part("hour")}:${part("minute")}${part("dayPeriod").toLowerCase().replaceAll(/[^apm]/g, "")}`;
}

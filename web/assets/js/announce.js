// Two regions that are in the page from the start: what is said politely, and the little that may interrupt.
const atMostEvery = 5000;

let waiting = null;
let timer = 0;
let last = 0;

function say(id, words) {
  const region = document.getElementById(id);
  if (region) region.textContent = words;
}

// Remote changes are gathered: at most one announcement in five seconds, the newest words win.
export function announce(words) {
  waiting = words;
  if (timer) return;
  const wait = Math.max(0, last + atMostEvery - Date.now());
  timer = setTimeout(() => {
    timer = 0;
    last = Date.now();
    say("announce-status", waiting);
  }, wait);
}

export function interrupt(words) {
  say("announce-alert", words);
}

// A private Haven for a test file: the built program started as a person starts it, a browser, and somebody signed in by keyboard.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// until polls: nothing here sleeps for a fixed time.
export async function until(what, within, ask) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

// startHaven gives { url, dev, stop, said }, where dev is .haven/dev.json and said() all that was logged, once the fictional network is published.
export async function startHaven({ log = "WARN" } = {}) {
  const data = await mkdtemp(join(tmpdir(), "haven-e2e-"));
  const port = await freePort();
  const child = spawn(join(root, "bin", "haven"), ["dev"], {
    env: { ...process.env, PORT: String(port), HOST: "127.0.0.1", HAVEN_DATA: data, HAVEN_URL: `http://127.0.0.1:${port}`, LOG_LEVEL: log },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = new Promise((done) => child.on("exit", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  try {
    await until("haven dev says where it runs", 120_000, () => {
      if (child.exitCode !== null) throw new Error("haven dev ended");
      return said.includes("Haven is running");
    });
    const dev = JSON.parse(await readFile(join(data, "dev.json"), "utf8"));
    return { url: dev.url, dev, stop, said: () => said };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${said.slice(-4000)}`);
  }
}

export async function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// enter opens a page of one role in a context of its own, signed in with the keyboard alone. Whatever a page logs as an error fails the test
// that looks at faults().
export async function enter(browser, haven, who, { width = 1280, height = 900, script = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: script, bypassCSP: false, locale: "en-GB" });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (409|422)/.test(message.text())) faults.push(message.text());
  });
  page.faults = () => faults;
  await page.goto(`${haven.url}/sign-in`);
  await page.locator("#email").focus();
  await page.keyboard.type(haven.dev.sign_ins[who].email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(haven.dev.sign_ins[who].password);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), page.keyboard.press("Enter")]);
  return page;
}

// keys counts what a person presses.
export function keys(page) {
  const count = { pressed: 0 };
  count.type = async (text) => {
    count.pressed += text.length;
    await page.keyboard.type(text, { delay: 15 });
  };
  count.press = async (key) => {
    count.pressed += 1;
    await page.keyboard.press(key);
  };
  // tabTo moves on until the focus is where a person wants it, and fails in a trap.
  count.tabTo = async (what, found, most = 400) => {
    for (let i = 0; i < most; i++) {
      if (await page.evaluate(found)) return;
      await count.press("Tab");
    }
    throw new Error(`never reached by Tab: ${what}`);
  };
  return count;
}

// api calls the JSON API as somebody, for what a test needs to know or to bring about beside the page.
export async function api(haven, who, method, path, body, key = crypto.randomUUID()) {
  const answer = await fetch(haven.url + path, {
    method,
    headers: { Authorization: `Bearer ${haven.dev.tokens[who]}`, "Content-Type": "application/json", "Idempotency-Key": key },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}

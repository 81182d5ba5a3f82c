// Builds web/static/dist from what is committed and what npm installed, and refuses to where a promise about it does not hold.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const assets = fileURLToPath(new URL(".", import.meta.url));
const modules = join(assets, "..", "node_modules");
const dist = join(assets, "..", "static", "dist");

// The committed file that keeps the folder, so that a checkout without assets compiles.
const placeholder = ".keep";

// A refuge manager's page is to be usable within three seconds on a slow phone, 60 KB compressed in all. This is the stylesheet's share.
const stylesheetLimit = 16 * 1024;

// What is not ours to use, and what would be fetched from elsewhere.
const forbidden = [
  [/GDS Transport/i, "the font GDS Transport"],
  [/crest|crown/i, "a crest or crown"],
  [/@font-face|@import/, "a font or an import"],
  [/url\(/, "a url()"],
];

async function stylesheet() {
  const source = join(assets, "haven.scss");
  const { css } = compile(source, { loadPaths: [modules], style: "compressed" });

  const faults = forbidden.filter(([pattern]) => pattern.test(css)).map(([, what]) => `it holds ${what}`);
  const [contract] = (await readFile(source, "utf8")).split("@use");
  for (const [name] of contract.matchAll(/\.haven-[a-z]+(?:(?:__|--)[a-z]+)*/g)) {
    if (!new RegExp(`\\${name}(?![a-z_-])`).test(css)) faults.push(`${name} is promised to the templates and has no style`);
  }
  const size = gzipSync(css).length;
  if (size > stylesheetLimit) faults.push(`it is ${size} bytes compressed, more than ${stylesheetLimit}`);
  if (faults.length > 0) throw new Error(`haven.css: ${faults.join("; ")}`);
  return css;
}

// The licence names a version, and that must be the one installed.
async function licences() {
  const { version } = JSON.parse(await readFile(join(modules, "govuk-frontend", "package.json"), "utf8"));
  const text = await readFile(join(assets, "licences.txt"), "utf8");
  if (!text.includes(`GOV.UK Frontend ${version},`)) throw new Error(`licences.txt does not speak of GOV.UK Frontend ${version}`);
  return text;
}

// One file a page needs, and in it only what it uses: served names carry a hash, which an import inside a file could not know.
async function scripts() {
  const { outputFiles } = await build({
    entryPoints: [join(assets, "js", "haven.js")],
    nodePaths: [modules],
    outdir: dist,
    bundle: true,
    format: "esm",
    target: "es2020",
    minify: true,
    write: false,
  });
  return outputFiles.map((file) => [basename(file.path), file.text]);
}

// The tab's mark is a plain square: over a shoulder it says nothing.
const icon = await readFile(join(assets, "icon.svg"), "utf8");

const files = new Map([["haven.css", await stylesheet()], ["icon.svg", icon], ["licences.txt", await licences()], ...(await scripts())]);

// Everything is built before anything is replaced: a build that fails leaves the last good one.
await mkdir(dist, { recursive: true });
for (const old of await readdir(dist)) {
  if (old !== placeholder) await rm(join(dist, old), { recursive: true });
}
for (const [name, content] of [...files].sort()) {
  await writeFile(join(dist, name), content);
  console.log(`  ${name.padEnd(24)}${String(Buffer.byteLength(content)).padStart(8)} bytes, ${gzipSync(content).length} compressed`);
}

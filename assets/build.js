// Builds everything under src/motcua/core/static/motcua from this folder. Run by `make assets` (npm ci && npm run build).
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import * as esbuild from "esbuild";
import * as sass from "sass";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "src", "motcua", "core", "static", "motcua");

const subsets = ["vietnamese", "latin", "latin-ext"];
const weights = [400, 600, 700];
const banner = "/*! Một Cửa, Apache-2.0; third parties: NOTICE.txt beside this folder. Built from assets/, do not edit. */\n";

for (const folder of ["css", "js", "fonts", "img"]) {
  rmSync(join(out, folder), { recursive: true, force: true });
  mkdirSync(join(out, folder), { recursive: true });
}

for (const name of ["motcua", "kiosk", "screen", "slides", "board", "tickets"]) {
  const compiled = sass.compile(join(here, "scss", `${name}.scss`), { loadPaths: [modules], quietDeps: true });
  const css = await esbuild.transform(compiled.css, { loader: "css", minify: true, target: ["chrome109", "firefox115", "safari15.6"] });
  writeFileSync(join(out, "css", `${name}.css`), banner + css.code);
}

for (const name of ["motcua", "govuk", "kiosk", "slides", "board", "papers", "saving", "ticket"]) {
  await esbuild.build({
    entryPoints: [join(here, "js", `${name}.js`)],
    outfile: join(out, "js", `${name}.js`),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2020"],
    charset: "utf8",
    legalComments: "none",
    banner: { js: banner.trim() },
  });
}
copyFileSync(join(modules, "htmx.org", "dist", "htmx.min.js"), join(out, "js", "htmx.min.js"));

// Every letter stays; what goes is the hinting for coarse screens, half of each file, and features no style asks for.
const lighter = { targetFormat: "woff2", noHinting: true, keepAllGlyphs: true, keepFeatures: ["ccmp", "kern", "locl", "mark", "mkmk", "tnum"] };
for (const subset of subsets) {
  for (const weight of weights) {
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    const whole = readFileSync(join(modules, "@fontsource", "be-vietnam-pro", "files", name));
    writeFileSync(join(out, "fonts", name), await subsetFont(whole, "", lighter));
  }
}
copyFileSync(join(modules, "@fontsource", "be-vietnam-pro", "LICENSE"), join(out, "fonts", "OFL.txt"));
for (const name of ["mark.svg", "favicon.svg"]) {
  copyFileSync(join(here, "img", name), join(out, "img", name));
}
// What a phone shows on its home screen; `maskable` bleeds to the edges, since each maker cuts a shape of its own.
for (const [picture, name, width] of [["favicon", "icon-192", 192], ["favicon", "icon-512", 512], ["maskable", "maskable-512", 512]]) {
  const drawing = readFileSync(join(here, "img", `${picture}.svg`), "utf8");
  writeFileSync(join(out, "img", `${name}.png`), new Resvg(drawing, { fitTo: { mode: "width", value: width } }).render().asPng());
}

const packages = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).devDependencies;
const licence = (...path) => readFileSync(join(...path), "utf8").trim();
writeFileSync(
  join(out, "NOTICE.txt"),
  [
    "Third-party works in this folder, with their licences.",
    `css/motcua.css and js/govuk.js contain parts of govuk-frontend ${packages["govuk-frontend"]} (MIT), without its fonts, crown or images:`,
    licence(here, "licences", "govuk-frontend.txt"),
    `js/htmx.min.js is htmx ${packages["htmx.org"]} (Zero-Clause BSD):`,
    licence(modules, "htmx.org", "LICENSE"),
    `fonts/ is Be Vietnam Pro (@fontsource/be-vietnam-pro ${packages["@fontsource/be-vietnam-pro"]}, SIL Open Font License 1.1), without hinting: see fonts/OFL.txt.`,
    "img/ and everything else: Một Cửa, Apache-2.0.",
    "",
  ].join("\n\n"),
);

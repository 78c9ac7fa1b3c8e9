// Builds styles, script and icons into build/static/notoneless and weighs the first phone page.
// Copies the fonts that papers are printed with to build/fonts; browsers never load them.
// htmx comes from npm, not from django-htmx's files: it is bundled and minified with our own
// script (one request), pinned and hash-checked by package-lock.json.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import * as sass from 'sass';

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, '..', 'build', 'static', 'notoneless');
const FONTS = join(HERE, '..', 'build', 'fonts');
const BUDGET_BYTES = 150_000;
// Charts are loaded by the pages that have some; no page that a teacher opens first is among them.
const CHARTS_BYTES = 200_000;
const TARGET = ['chrome87', 'firefox91', 'safari15'];

const strip = (text) => text.replace(/\/[/*][#@] sourceMappingURL=[^\n]*/g, '');

// Only a light look exists, and older phones drop a whole declaration that says light-dark().
function lightOnly(css) {
  const word = 'light-dark(';
  let out = '';
  let rest = css;
  for (let at = rest.indexOf(word); at >= 0; at = rest.indexOf(word)) {
    const { first, end } = firstArgument(rest, at + word.length);
    out += rest.slice(0, at);
    rest = first.trim() + rest.slice(end);
  }
  return out + rest;
}

function firstArgument(css, from) {
  let depth = 0;
  let comma = -1;
  for (let at = from; at < css.length; at += 1) {
    if (css[at] === '(') depth += 1;
    if (css[at] === ',' && depth === 0 && comma < 0) comma = at;
    if (css[at] === ')' && depth-- === 0) {
      return { first: css.slice(from, comma < 0 ? at : comma), end: at + 1 };
    }
  }
  throw new Error('light-dark( is not closed');
}

async function styles() {
  const { css } = sass.compile(join(HERE, 'scss', 'app.scss'), {
    loadPaths: [join(HERE, 'node_modules')],
    quietDeps: true,
  });
  const { code } = await transform(lightOnly(css), {
    loader: 'css', minify: true, target: TARGET, legalComments: 'none',
  });
  return strip(code);
}

async function script(name) {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, 'js', name)],
    bundle: true, minify: true, write: false, format: 'iife', target: TARGET, legalComments: 'none',
  });
  return strip(outputFiles[0].text);
}

function sprite() {
  const names = JSON.parse(readFileSync(join(HERE, 'icons.json'), 'utf8'));
  const symbols = names.map((name) => {
    const svg = readFileSync(
      join(HERE, 'node_modules', '@tabler', 'icons', 'icons', 'outline', `${name}.svg`), 'utf8');
    const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>[\s\S]*$/, '');
    const drawn = inside.replace(/<path stroke="none"[^>]*\/>/, '').replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

// The frame with a full menu, a form and twenty rows: heavier than the first page of a teacher.
function typicalPage() {
  const parts = join(HERE, '..', 'src', 'notoneless', 'web', 'templates', 'parts');
  const frame = readFileSync(join(parts, '..', 'base.html'), 'utf8');
  const all = readdirSync(parts).sort().map((name) => readFileSync(join(parts, name), 'utf8'));
  // Rows of a real list do not repeat byte for byte; a hash stands for names and numbers.
  const rows = Array.from({ length: 20 }, (_, n) => {
    const word = createHash('sha256').update(String(n)).digest('base64');
    return `<tr><th scope="row"><a href="/children/${word.slice(0, 36)}/">${word.slice(0, 8)}</a></th><td data-label="学籍号">${word}</td><td data-label="状态">${word.slice(0, 12)}</td></tr>`;
  });
  return frame + all.join('') + rows.join('\n');
}

const packedSize = (text) => gzipSync(text, { level: 9 }).length;

function weigh(files) {
  const sizes = Object.entries(files).map(([name, text]) => [
    name, Buffer.byteLength(text), packedSize(text),
  ]);
  const total = sizes.reduce((sum, [, , packed]) => sum + packed, 0);
  for (const [name, plain, packed] of [...sizes, ['first phone page', 0, total]]) {
    const whole = plain ? `${(plain / 1000).toFixed(1)} kB, ` : '';
    console.log(`${name.padEnd(18)}${whole}${(packed / 1000).toFixed(1)} kB compressed`);
  }
  return total;
}

function fonts() {
  const from = join(HERE, 'node_modules', '@expo-google-fonts', 'noto-serif-sc');
  mkdirSync(FONTS, { recursive: true });
  for (const weight of ['400Regular', '700Bold']) {
    const name = `NotoSerifSC_${weight}.ttf`;
    copyFileSync(join(from, weight, name), join(FONTS, name));
  }
  copyFileSync(join(from, 'LICENSE_FONT'), join(FONTS, 'LICENSE_FONT'));
}

const files = {
  'app.css': await styles(),
  'app.js': await script('app.js'),
  'icons.svg': sprite(),
  'mark.svg': readFileSync(join(HERE, 'mark.svg'), 'utf8'),
};
const charts = await script('charts.js');
const total = weigh({ ...files, 'typical page': typicalPage() });
console.log(`${'charts.js'.padEnd(18)}${(packedSize(charts) / 1000).toFixed(1)} kB compressed, apart`);
for (const [weight, budget] of [[total, BUDGET_BYTES], [packedSize(charts), CHARTS_BYTES]]) {
  if (weight > budget) {
    console.error(`too heavy: ${weight} bytes compressed, the budget is ${budget}`);
    process.exit(1);
  }
}
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
for (const [name, text] of Object.entries({ ...files, 'charts.js': charts })) {
  writeFileSync(join(OUT, name), text);
}
fonts();

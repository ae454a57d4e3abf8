/**
 * Draws the application's icons from pedkai.svg with Chromium: `node build/icons/render.mjs`. The results are committed, so that
 * only a change of the drawing needs it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findBrowser } from '../checks/find-browser.mjs';
import { encodeIcns, encodeIco } from './containers.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const sides = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const found = findBrowser(join(folder, '../..'));
if (!found.ok) throw new Error(found.reason);
const drawing = readFileSync(join(folder, 'pedkai.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: found.path });
const page = await browser.newPage();
await page.setContent(
  `<style>html, body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${drawing}`,
);

/** @type {Map<number, Buffer>} */
const images = new Map();
for (const side of sides) {
  await page.setViewportSize({ width: side, height: side });
  images.set(side, await page.screenshot({ omitBackground: true }));
}
await browser.close();

mkdirSync(join(folder, 'png'), { recursive: true });
for (const [side, png] of images) writeFileSync(join(folder, 'png', `${side}x${side}.png`), png);
writeFileSync(join(folder, 'icon.ico'), encodeIco(new Map([...images].filter(([side]) => side <= 256))));
writeFileSync(join(folder, 'icon.icns'), encodeIcns(images));

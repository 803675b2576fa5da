// The pages as people use them, in a real browser: node page.mjs URL [FOLDER FOR SCREENSHOTS]
//
// One walk at each width: type without marks, pick a facet, open a passage, follow a citation, go back, switch the
// language; then every main page under axe-core, in light and dark. Nothing may be asked of another host, and no
// error may come from the script.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [address, screenshots] = process.argv.slice(2);
if (!address) throw new Error("usage: node page.mjs URL [FOLDER]");
const base = new URL(address);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TYPED = "nang cao nang luc lanh dao";
// WCAG 2.2 AA, as far as a program can tell.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const MOST_BYTES = 150_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Containers have no namespaces of their own, and small shared memory.
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

/** A page whose errors and requests to other hosts end the run. */
async function open(options) {
  // The policy of the pages allows no script from elsewhere; axe-core is put in by the test alone.
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`script: ${error}`));
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== base.origin && url.protocol !== "data:") wrong.push(`left the host: ${url}`);
  });
  return { context, page, wrong };
}

const at = (path) => new URL(path, base).href;

async function search(page) {
  await page.goto(at("/"));
  await page.locator("#q").fill(TYPED);
  await page.locator("#q").press("Enter");
  await page.waitForSelector(".hits > li");
}

async function walk(width) {
  const { context, page, wrong } = await open({ viewport: { width, height: 900 } });
  await page.goto(at("/"));
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");

  // Suggestions come with their marks as one types without them.
  await page.locator("body").press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "/ goes to the box");
  await page.keyboard.type("dang bo", { delay: 20 });
  await page.waitForSelector("[role=option]");
  const offers = await page.locator("[role=option]").allTextContents();
  assert.ok(offers.some((offer) => offer.includes("đảng bộ")), offers.join(" | "));

  await search(page);
  const found = await page.locator(".hits mark").first().textContent();
  assert.match(found.normalize("NFC"), /nâng|cao|năng|lực|lãnh|đạo/iu);
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(scroll <= 0, `${width} px: ${scroll} px too wide`);

  // A facet narrows, and is shown as a chip.
  const before = await page.locator(".summary strong").textContent();
  // On narrow screens the filters may have to be opened first.
  const closed = page.locator("#filters details:not([open]) > summary");
  for (const summary of await closed.all()) if (await summary.isVisible()) await summary.click();
  await page.locator("#filters a[href*='place=']").first().click();
  await page.waitForSelector(".chips a");
  assert.match(page.url(), /place=/);
  assert.notEqual(await page.locator(".summary strong").textContent(), before);
  const results = page.url();

  // A hit opens at its passage.
  await page.locator(".hits > li h3 a").first().click();
  await page.waitForSelector("#title");
  assert.match(page.url(), /#p\d+/);
  assert.ok(await page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`).isVisible());

  // A citation leads to every place of the cited document.
  await page.goto(at("/?q=21-NQ%2FTW"));
  await page.locator(".hits a[href*='/citations/cited']").first().click();
  await page.waitForURL(/citations\/cited/);
  assert.ok((await page.locator("main").textContent()).includes("21-NQ/TW"));

  // Back is where one was.
  await page.goBack();
  assert.match(page.url(), /q=21-NQ/);
  await page.goto(results);
  await page.locator(".hits > li h3 a").first().click();
  await page.goBack();
  assert.equal(page.url(), results);
  assert.equal(await page.locator("#q").inputValue(), TYPED);

  // The other language keeps the question.
  await page.locator("a.lang").click();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.locator("#q").inputValue(), TYPED);
  assert.deepEqual(wrong, []);
  await context.close();
}

/** The main pages, by what a screenshot of them is called. */
const PAGES = {
  start: "/",
  results: `/?q=${encodeURIComponent(TYPED)}`,
  scan: "/?q=bai+hoc+kinh+nghiem&quality=ocr",
  nothing: "/?q=%22khong+co+cau+nay+trong+van+kien%22&place=footnote",
  documents: "/documents",
  reader: null,
  citations: "/citations",
  cited: "/citations/cited?symbol=21-NQ%2FTW",
  precedent: `/precedent?text=${encodeURIComponent("nâng cao năng lực lãnh đạo và sức chiến đấu của tổ chức cơ sở đảng, chất lượng đội ngũ cán bộ, đảng viên")}`,
};

/** What axe-core found on any page. */
const violated = [];

async function look(width, colorScheme) {
  const { context, page, wrong } = await open({ viewport: { width, height: 900 }, colorScheme });
  await page.goto(at("/documents"));
  PAGES.reader ??= new URL(await page.locator("main a[href*='/documents/']").first().getAttribute("href"), base).pathname;
  for (const [name, path] of Object.entries(PAGES)) {
    await page.goto(at(path));
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), RULES);
    const told = violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`);
    violated.push(...told.map((one) => `${name}, ${width} px, ${colorScheme}: ${one}`));
    if (screenshots) await page.screenshot({ path: `${screenshots}/${name}-${width}-${colorScheme}.png` });
  }
  assert.deepEqual(wrong, []);
  await context.close();
}

async function withoutScript() {
  const { context, page } = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  await search(page);
  await page.locator(".hits > li h3 a").first().click();
  assert.match(page.url(), /\/documents\//);
  await context.close();
}

async function weight() {
  const { context, page } = await open({});
  let bytes = 0;
  page.on("requestfinished", async (request) => {
    const sizes = await request.sizes();
    bytes += sizes.responseBodySize;
  });
  await page.goto(at(PAGES.results), { waitUntil: "networkidle" });
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  console.log(`a result page: ${bytes} bytes sent, first paint after ${Math.round(paint)} ms`);
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
  await context.close();
}

try {
  for (const width of [360, 1280]) await walk(width);
  for (const width of [360, 1280]) for (const scheme of ["light", "dark"]) await look(width, scheme);
  assert.equal(violated.length, 0, violated.join("\n"));
  await withoutScript();
  await weight();
  console.log("the pages hold");
} finally {
  await browser.close();
}

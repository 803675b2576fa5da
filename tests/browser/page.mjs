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

  // The address holds what was chosen alone.
  assert.doesNotMatch(page.url(), /sort=|marks=/);

  // Keys: down from the box to the hits, through them, Enter; Escape takes nothing away.
  await page.locator("#q").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await page.locator(".hit h4 a").nth(1).getAttribute("href");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), second);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#q").inputValue(), TYPED);

  // A facet narrows, and is shown as a chip.
  const before = await page.locator("#results").textContent();
  // On narrow screens the filters have to be opened first; they stand above the hits.
  const filters = page.locator("#filters > details");
  assert.equal(await filters.evaluate((details) => details.open), width >= 960);
  if (width < 960) await page.locator("#filters > details > summary").click();
  await page.locator("#filters a[href*='term=']").first().click();
  await page.waitForSelector(".chips a");
  assert.match(page.url(), /term=/);
  assert.notEqual(await page.locator("#results").textContent(), before);
  const results = page.url();

  // A hit opens at its passage.
  await page.locator(".hit h4 a").first().click();
  await page.waitForSelector("#title");
  assert.match(page.url(), /#p\d+/);
  const target = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
  assert.ok(await target.isVisible());
  // At once, below the bar with the way back.
  const top = await target.evaluate((passage) => passage.getBoundingClientRect().top);
  const bar = await page.locator(".bar").evaluate((bar) => bar.getBoundingClientRect().bottom);
  assert.ok(top >= bar - 1 && top < 500, `${width} px: the hit is at ${top}, the bar ends at ${bar}`);
  assert.ok(await page.locator(".bar .back").isVisible());
  await read(page, width);

  // A citation leads to every place of the cited document.
  await page.goto(at("/?q=21-NQ%2FTW"));
  await page.locator(".hits a[href*='/citations/cited']").first().click();
  await page.waitForURL(/citations\/cited/);
  assert.ok((await page.locator("main").textContent()).includes("21-NQ/TW"));

  // Back is where one was.
  await page.goBack();
  assert.match(page.url(), /q=21-NQ/);
  await page.goto(results);
  await page.locator(".hit h4 a").first().click();
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

/** The first page and the results: what is in sight at once, and what the script adds to them. */
async function results(width) {
  const { context, page, wrong } = await open({ viewport: { width, height: 780 } });
  await page.goto(at("/"));
  assert.ok(await page.locator("h1").isVisible(), "it says what it is");
  const box = await page.locator("#q").boundingBox();
  assert.ok(box.width < 800, `a box of ${box.width} px`);
  // The examples are looked for in the background, at most some seconds.
  for (let tries = 0; tries < 100 && !await page.locator(".example").count(); tries += 1) {
    await page.waitForTimeout(200);
    await page.reload();
  }
  assert.ok(await page.locator(".example a").count() > 0, "examples");

  // The first hit is in sight on a phone, and the choices are folded there.
  await page.goto(at(`/?q=${encodeURIComponent("chuyển đổi số")}`));
  const top = await page.locator(".of-document h3").first().evaluate((head) => head.getBoundingClientRect().top);
  assert.ok(top <= 330, `${width} px: the first document is at ${top} px`);
  const order = page.locator("select[name=sort]");
  assert.equal(await order.isVisible(), width >= 960);
  if (width < 960) await page.locator(".choices > summary").click();
  await order.selectOption("date");
  await page.locator("input[name=from]").fill("2025");
  await page.locator(".choices button").click();
  await page.waitForURL(/sort=date/);
  assert.match(page.url(), /from=2025/);
  assert.doesNotMatch(page.url(), /to=|marks=/);
  assert.match(await page.locator(".chips").textContent(), /2025/);

  // A long list of values is narrowed as one types, without marks too, and has what the page has not.
  await page.goto(at(`/?q=${encodeURIComponent("công tác")}`));
  if (width < 960) await page.locator("#filters > details > summary").click();
  await page.locator("#facet-cites > summary").click();
  const narrow = page.locator("#facet-cites input.narrow");
  await narrow.fill("dieu le");
  const links = page.locator("#facet-cites .values a:visible");
  await page.waitForFunction(() => [...document.querySelectorAll("#facet-cites .values li")].some((item) => item.hidden));
  for (const text of await links.allTextContents()) assert.match(text.normalize("NFC"), /Điều lệ/u);
  assert.ok(await links.count() > 0);
  await links.first().click();
  await page.waitForURL(/cites=/);
  // What was chosen stands first, open.
  if (width < 960) await page.locator("#filters > details > summary").click();
  const chosen = page.locator("#facet-cites a").first();
  assert.equal(await chosen.getAttribute("aria-current"), "true");
  assert.ok(await chosen.isVisible());

  // Nothing found: help over the whole width.
  await page.goto(at("/?q=xyzzyq"));
  const ways = await page.locator(".ways").boundingBox();
  assert.ok(ways.width > Math.min(900, width - 60), `${width} px: the help is ${ways.width} px wide`);
  assert.deepEqual(wrong, []);
  await context.close();
}

/** The reader, from a hit on. */
async function read(page, width) {
  // The words of the question are marked, and one can go through them.
  assert.ok(await page.locator(".passage:target mark").count() > 0, "marks at the hit");
  await page.locator(".steps button").nth(1).click();
  assert.equal(await page.locator("mark.current").count() > 0, true);

  // The other language is at the same passage.
  const hash = new URL(page.url()).hash;
  await page.locator(".lang").click();
  await page.waitForSelector("html[lang=en]");
  assert.equal(new URL(page.url()).hash, hash);
  await page.goBack();

  await readDocument(page, width);

  // What is looked for in the document is marked in it; suggestions are phrases.
  await page.locator("#q").fill("chi bo");
  await page.waitForSelector("[role=option]");
  assert.equal(await page.locator("[role=option][data-to]").count(), 0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.waitForURL(/documents\/.*find=/);
  assert.match(await page.locator(".steps").textContent(), /1\/\d+/);
  assert.ok(await page.locator("mark.current").first().isVisible());

  // The source of a scan is a step away.
  await page.goto(at("/documents/000"));
  const scanned = page.locator(".passage:has(.to-source)").first();
  await (await tools(scanned, width)).locator(".to-source").click();
  assert.ok((await page.locator(".source-text:popover-open").textContent()).includes("OCR"));
  await page.keyboard.press("Escape");

  // On paper it says what it is, and stands alone.
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".head .label").first().isVisible());
  assert.ok(await page.locator("dl.metadata").isVisible());
  assert.ok(await page.locator(".notes .passage").first().isVisible(), "notes are at the end of their page");
  for (const furniture of [".outline", ".search", ".tabs", ".tools >> nth=0", ".note >> nth=0"]) assert.ok(!await page.locator(furniture).isVisible(), furniture);
  await page.emulateMedia({ media: null });
  await page.goBack();
}

/** Widths from which the tools of a passage come with the pointer, and notes are in the margin. */
const GUTTER = 960;
const MARGIN = 1280;

/** The tools of a passage, opened or under the pointer. */
async function tools(passage, width) {
  if (width >= GUTTER) await passage.hover();
  else await passage.locator(".tools > summary").click();
  return passage.locator(".tools");
}

/** A document: the tools of its passages, its notes, its outline, its views. */
async function readDocument(page, width) {
  // A passage is copied with its source, for word processors too; the menu moves no text.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(at("/documents/001#n1"));
  const note = page.locator(".notes .passage").first();
  const below = page.locator(".passage.body").nth(3);
  const before = await below.boundingBox();
  await (await tools(note, width)).locator(".to-copy").click();
  await page.locator(".to-copy", { hasText: "Đã sao chép" }).waitFor();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type) => (await item.getType(type)).text();
    return [await read("text/plain"), await read("text/html")];
  });
  assert.match(copied[0], /^“.+” \(Báo cáo .+ của Đảng ủy Hội đồng nhân dân thành phố Cần Thơ.*, chú thích 1, trang \d+\)$/u);
  assert.ok(copied[1].includes(copied[0].slice(0, 40)), copied[1]);
  const after = await below.boundingBox();
  assert.equal(after.height, before.height);
  // By keyboard: one stop for each passage, whose menu opens and closes.
  const passage = page.locator(".passage.body").first();
  const summary = passage.locator(".tools > summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.ok(await passage.locator(".to-similar").isVisible());
  const target = await summary.boundingBox();
  assert.ok(target.width >= 24 && target.height >= 24, JSON.stringify(target));
  await page.keyboard.press("Escape");
  assert.ok(!await passage.locator(".tools").evaluate((menu) => menu.open));

  // Notes are in the margin where there is room, and then not at the end of the page too, unless an address leads there.
  await page.goto(at("/documents/001"));
  const inPlace = page.locator(".note").first();
  assert.equal(await inPlace.isVisible(), width >= MARGIN);
  assert.equal(await page.locator(".notes .called").first().isVisible(), width < MARGIN);
  if (width >= MARGIN) {
    const [text, margin] = [await page.locator(".passage:has(.note)").first().boundingBox(), await inPlace.boundingBox()];
    assert.ok(margin.x >= text.x + text.width && margin.x + margin.width <= width, JSON.stringify([text, margin]));
    assert.ok(Math.abs(margin.y - text.y) < 40, "beside the passage that calls it");
  }
  // A note opens where it is called, by mouse and by keyboard, and closes.
  const call = page.locator(".call button").first();
  const opened = page.locator(".note:popover-open");
  await call.click();
  assert.ok(await opened.isVisible());
  assert.ok((await opened.textContent()).length > 20);
  const box = await opened.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= width + 1, `${width} px: the note is at ${JSON.stringify(box)}`);
  await page.keyboard.press("Escape");
  assert.equal(await opened.count(), 0);
  await call.press("Enter");
  assert.equal(await opened.count(), 1);
  await opened.locator("a", { hasText: "cuối trang" }).click();
  assert.ok(await page.locator("#n1").isVisible());
  await page.keyboard.press("Escape");

  // The outline tells where one is.
  const current = page.locator(".outline [aria-current]");
  const headings = page.locator("article :is(h2, h3)");
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  await page.waitForFunction(() => document.querySelector(".outline [aria-current]")?.hash !== document.querySelector(".outline a").hash);
  const middle = await current.getAttribute("href");
  // Sections that come into sight get their height then, so that the current one may change once more.
  if (width >= GUTTER) await page.waitForFunction(() => {
    const link = document.querySelector(".outline [aria-current]");
    const [list, at] = [link.closest("ol").getBoundingClientRect(), link.getBoundingClientRect()];
    return at.top >= list.top - 1 && at.bottom <= list.bottom + 1;
  });
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForFunction((middle) => document.querySelector(".outline [aria-current]").getAttribute("href") !== middle, middle);
  assert.equal(await current.count(), 1);
  const gap = await headings.evaluateAll((all) => Math.max(...all.map((heading) => heading.parentElement.offsetHeight - heading.offsetHeight)));
  assert.ok(gap < 4, `no hole below a heading: ${gap} px`);

  // What it cites is a view of its own, from which one comes back to the place.
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator(".tabs a", { hasText: "Viện dẫn (" }).first().click();
  await page.waitForSelector(".places .sentence mark");
  await page.locator(".relations a", { hasText: "Căn cứ" }).click();
  assert.equal(await page.locator(".places > li").count(), await page.locator(".relation", { hasText: "Căn cứ" }).count());
  await page.locator(".places a[href*='#p']").first().click();
  await page.waitForSelector(".passage:target");
  await page.goto(at("/documents/001"));
}

/** A draft of a word processor, with a finding and wording that is in the seeds. */
const DRAFT = [
  "KẾ HOẠCH",
  "Thực hiện Nghị quyết số 57/NQ-TW ngày 24/12/2024 của Bộ Chính trị.",
  "Nâng cao năng lực lãnh đạo và sức chiến đấu của tổ chức cơ sở đảng, chất lượng đội ngũ cán bộ, đảng viên.",
  "Hôm nay trời nắng đẹp và những con mèo nằm ngủ dưới gốc cây khế.",
].join("\n\n");

/** Looks at what a form answered, which has no address of its own. */
async function lookAt(page, name, width, scheme) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), RULES);
  violated.push(...violations.map((one) => `${name}, ${width} px, ${scheme}: ${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) violated.push(`${name}, ${width} px: ${wide} px too wide`);
  if (screenshots) await page.screenshot({ path: `${screenshots}/${name}-${width}-${scheme}.png`, fullPage: true });
}

/** Drafts: precedents of a file and of one paragraph, two documents side by side, citations at their places. */
async function drafts(width, colorScheme) {
  const { context, page, wrong } = await open({ viewport: { width, height: 900 }, colorScheme });
  const look = (name) => lookAt(page, name, width, colorScheme);
  // A file is compared paragraph by paragraph; one paragraph leads to all passages worded so.
  await page.goto(at("/precedent"));
  await look("precedent-form");
  await page.locator("#file").setInputFiles({ name: "dự thảo.txt", mimeType: "text/plain", buffer: Buffer.from(DRAFT) });
  await page.locator("form.draft button").first().click();
  await page.waitForSelector("#d3");
  assert.ok((await page.locator("h2#results").textContent()).includes("dự thảo.txt"));
  assert.ok(await page.locator("#d3 .badge.new").isVisible(), "the last paragraph is new");
  await look("draft");
  const table = page.waitForEvent("download");
  await page.locator(".downloads button").first().click();
  assert.equal((await table).suggestedFilename(), "precedents.csv");
  await page.locator(".best a, .best button", { hasText: "Xem cả" }).first().click();
  await page.waitForSelector(".group .hits > li");
  await look("precedents");
  // The way back needs no second sending; the other language is the same answer.
  await page.goBack();
  await page.locator("button.lang").click();
  await page.waitForSelector("html[lang=en] #d3");

  // From a passage to its document beside another one.
  await page.goto(at("/precedent?passage=001:935"));
  await page.locator("a[href*='/compare']", { hasText: "So sánh hai văn bản" }).last().click();
  await page.waitForSelector(".sides");
  assert.ok(await page.locator(".aligned mark").count() > 0);
  await look("compare");
  // Documents are offered as one types.
  await page.locator("#b").fill("bao cao");
  await page.waitForSelector("#b-list option", { state: "attached" });

  // A finding is at its place, and leads there and back.
  await page.goto(at("/proof"));
  await page.locator("#text").fill(DRAFT);
  await page.locator("form.draft button").first().click();
  await page.waitForSelector("#f1");
  assert.match(page.url(), /text=/, "a short draft has an address");
  await look("proof");
  await page.locator("#f1 a.number").click();
  assert.match(page.url(), /#t1$/);
  await page.locator("#t1").click();
  assert.match(page.url(), /#f1$/);
  assert.deepEqual(wrong, []);

  // What cannot be read is told, and the form is there again.
  await page.goto(at("/proof"));
  await page.locator("#file").setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n") });
  await page.locator("form.draft button").first().click();
  await page.waitForSelector("[role=alert]");
  assert.ok(await page.locator("#file").isVisible());
  await look("refused");
  await context.close();
}

/** The views of what is cited, and the page of one cited document. */
async function citations(width) {
  const { context, page, wrong } = await open({ viewport: { width, height: 900 }, acceptDownloads: true });
  await page.goto(at("/citations?document=001"));
  // What is filtered stays from view to view, and the matrix scrolls by itself with its names in sight.
  await page.locator("nav.tabs a[href*='view=matrix']").click();
  assert.match(page.url(), /document=001/);
  await page.goto(at("/citations?view=matrix"));
  const matrix = page.locator(".matrix");
  await matrix.evaluate((matrix) => matrix.scrollTo(10_000, 0));
  const left = await matrix.evaluate((matrix) => matrix.getBoundingClientRect().left);
  const name = matrix.locator("tbody th").first();
  const box = await name.boundingBox();
  assert.ok(Math.abs(box.x - left) < 3, `${width} px: the name is at ${box.x}, the matrix at ${left}`);
  assert.ok(box.width < width / 2, `${width} px: the names take ${box.width}`);
  const cut = await matrix.locator("thead a").evaluateAll((heads) => heads.filter((head) => head.scrollHeight > head.clientHeight + 1).length);
  assert.equal(cut, 0, "no head is cut");
  await matrix.evaluate((matrix) => matrix.scrollTo(0, 0));
  await matrix.locator("tbody td a").first().click();
  await page.waitForURL(/citations\/cited\?symbol=.*document=/);

  // A relation narrows the places, and the sentence leads into the reader.
  await page.goto(at("/citations/cited?symbol=21-NQ%2FTW"));
  await page.locator(".relations a", { hasText: "Thực hiện" }).click();
  assert.equal(await page.locator(".places q").count(), 3);
  assert.ok(await page.locator(".places mark").first().isVisible());
  await page.locator(".places a").first().click();
  await page.waitForURL(/documents\/.*#p\d+/);

  // A year of the timeline is a list, which is saved as it is filtered.
  await page.goto(at("/citations?view=timeline"));
  await page.locator(".decade th a").first().click();
  await page.waitForURL(/year=\d{4}/);
  const saved = page.waitForEvent("download");
  await page.locator(".downloads a").first().click();
  assert.match((await saved).suggestedFilename(), /\.xlsx$/);

  // Who cites is folded, and opens in place; on a phone a row is a card.
  await page.goto(at("/citations"));
  const citing = page.locator("td.where details").first();
  await citing.locator("summary").click();
  assert.ok(await citing.locator("a").first().isVisible());
  assert.equal(await page.locator("table.cited thead").isVisible(), width > 640);
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
  reader: "/documents/001",
  "scan-reader": "/documents/000",
  "found-in": "/documents/001?find=chi+bo",
  cites: "/documents/001/citations",
  "cites-by-cited": "/documents/001/citations?sort=cited",
  "cited-by": "/documents/001/cited-by",
  citations: "/citations",
  "citations-filtered": "/citations?document=001&year=2020-2029",
  matrix: "/citations?view=matrix",
  timeline: "/citations?view=timeline",
  "two-cited": `/citations/cited?symbol=${encodeURIComponent("09-QĐ/ĐU")}`,
  "which-cited": `/citations/cited?symbol=${encodeURIComponent("nghị quyết")}`,
  "register-all": "/register",
  cited: "/citations/cited?symbol=21-NQ%2FTW",
  register: "/register?q=21-NQ%2FTW",
  "compare-form": "/compare?a=bao+cao",
  uncited: `/citations/cited?symbol=${encodeURIComponent("47-QĐ/TW")}`,
  precedent: `/precedent?text=${encodeURIComponent("nâng cao năng lực lãnh đạo và sức chiến đấu của tổ chức cơ sở đảng, chất lượng đội ngũ cán bộ, đảng viên")}`,
};

/** Pages that are looked at in English, or in one language only. */
Object.assign(PAGES, {
  "results-en": `${PAGES.results}&lang=en`,
  "reader-en": "/documents/001?lang=en",
  "citations-en": "/citations?lang=en",
  "matrix-en": "/citations?view=matrix&lang=en",
  "timeline-en": "/citations?view=timeline&lang=en",
  "cited-en": `${PAGES.cited}&lang=en`,
  "register-en": `${PAGES.register}&lang=en`,
  relaxed: "/?q=nang+luc+lanh+dao+xyzzyq",
  odd: "/?q=(chi+bo+AND+khong&place=body",
  error: "/documents/zzz",
  lost: "/nowhere",
  docs: "/docs",
  records: "/docs/records",
});

/** The guide and the list of documents. */
Object.assign(PAGES, {
  help: "/help",
  "help-topic": "/help/dau-va-ban-quet",
  "help-operators": "/help/serving",
  "help-en": "/help/queries?lang=en",
  "documents-chosen": "/documents?quality=ocr&sort=pages",
  "documents-none": "/documents?q=xyzzyq",
  "documents-refused": "/documents?from=mai",
  "documents-en": "/documents?lang=en",
});

/** From the guide to a search and back; documents are chosen and sorted; the search can be added to the browser. */
async function guideAndDocuments(width) {
  const { context, page, wrong } = await open({ viewport: { width, height: 900 } });
  await page.goto(at("/"));
  await page.locator("header nav a[href$='/help']").click();
  assert.match(page.url(), /\/help$/);
  const topics = page.locator("details.topics nav");
  assert.equal(await topics.isVisible(), width >= 960, `${width} px: the topics are beside the text only where there is room`);
  if (width < 960) await page.locator("details.topics > summary").click();
  await topics.locator("ol a").first().click();
  const heading = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
  assert.ok(await heading.isVisible(), "the outline leads to a heading");
  await page.locator("ul.queries a").first().click();
  await page.waitForSelector(".hits > li");
  await page.goBack();
  await page.locator("a.lang").click();
  assert.equal(await page.locator("article.prose").getAttribute("lang"), "en");

  await page.goto(at("/documents"));
  const count = () => page.locator(".documents > li").count();
  const all = await count();
  if (width < 960) await page.locator(".filters summary").click();
  await page.locator("select[name=quality]").selectOption("ocr");
  await page.locator("select[name=sort]").selectOption("pages");
  await page.locator("#q").fill("bao cao");
  await page.locator("#q").press("Enter");
  await page.waitForURL(/quality=ocr/);
  const chosen = await count();
  assert.ok(chosen > 0 && chosen < all, `${chosen} of ${all} documents`);
  assert.equal(await page.locator("select[name=quality]").inputValue(), "ocr");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".downloads a").first().click()]);
  assert.match(file.suggestedFilename(), /\.csv$/);
  await page.locator(".reset a").click();
  assert.equal(await count(), all);

  const described = await page.locator("link[rel=search]").getAttribute("href");
  const description = await (await page.request.get(at(described))).text();
  assert.ok(description.includes(`template="${at("/")}?q={searchTerms}"`), description);
  assert.deepEqual(wrong, []);
  await context.close();
}

/** More of the search. */
Object.assign(PAGES, {
  "start-en": "/?lang=en",
  "marks-split": `/?q=${encodeURIComponent("chuyển đổi số")}`,
  symbol: "/?q=21-NQ%2FTW",
  replaced: `/?q=${encodeURIComponent("47-QĐ/TW")}`,
  filtered: "/?q=chi+bo&term=2020-2025&section=ket-qua%2Fhan-che&from=2025",
  "wrong-date": "/?q=chi+bo&from=mai",
});

/** What axe-core found on any page. */
const violated = [];

async function look(width, colorScheme) {
  const { context, page, wrong } = await open({ viewport: { width, height: 900 }, colorScheme });
  for (const [name, path] of Object.entries(PAGES)) {
    await page.goto(at(path));
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), RULES);
    const told = violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) violated.push(`${name}, ${width} px: ${wide} px too wide`);
    violated.push(...told.map((one) => `${name}, ${width} px, ${colorScheme}: ${one}`));
    if (screenshots) await page.screenshot({ path: `${screenshots}/${name}-${width}-${colorScheme}.png` });
  }
  // The browser tells of the statuses of the error pages too.
  assert.deepEqual(wrong.filter((one) => !one.includes("404")), []);
  await context.close();
}

async function withoutScript() {
  const { context, page } = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  await search(page);
  await page.locator(".hit h4 a").first().click();
  assert.match(page.url(), /\/documents\//);
  // A note opens in place, and leads to its place on the page; a search in the document is a list.
  await page.goto(at("/documents/001"));
  await page.locator(".call button").first().click();
  await page.locator(".note:popover-open a[href^='#n']").first().click();
  assert.match(page.url(), /#n\d+/);
  await page.locator("#q").fill("chi bo");
  await page.locator("#q").press("Enter");
  await page.waitForSelector(".hits > li");
  assert.match(page.url(), /document=001/);
  // A long text has further pages, and stays when the language changes.
  await page.goto(at("/precedent"));
  const given = "nâng cao năng lực lãnh đạo và sức chiến đấu của tổ chức cơ sở đảng, chất lượng đội ngũ cán bộ, đảng viên. ";
  await page.locator("#text").fill(given.repeat(20));
  await page.getByRole("button", { name: "Đối chiếu", exact: true }).click();
  await page.waitForSelector(".hits > li");
  await page.locator("button.lang").click();
  await page.waitForSelector("html[lang=en]");
  assert.equal((await page.locator("#text").inputValue()).trim(), given.repeat(20).trim());
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
  for (const width of [360, 1280]) await guideAndDocuments(width);
  for (const width of [360, 1280]) await citations(width);
  for (const width of [360, 768, 1280]) await results(width);
  for (const width of [360, 1280]) for (const scheme of ["light", "dark"]) await look(width, scheme);
  for (const width of [360, 768, 1280]) for (const scheme of ["light", "dark"]) await drafts(width, scheme);
  assert.equal(violated.length, 0, violated.join("\n"));
  await withoutScript();
  await weight();
  console.log("the pages hold");
} finally {
  await browser.close();
}

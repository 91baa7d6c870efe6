"use strict";
/* A browser, and checks that speak TAP.  Used by the other files here. */
const fs = require("fs");
const path = require("path");
const { chromium } = require("playwright-core");

const folder = process.argv[2];
let failed = 0;

function ok(what, good, more) {
	console.log((good ? "ok - " : "not ok - ") + what);
	if (!good) {
		failed++;
		if (more !== undefined)
			console.log("# " + JSON.stringify(more).slice(0, 2000));
	}
}

function equal(what, want, got) {
	ok(what, JSON.stringify(want) === JSON.stringify(got), { want, got });
}

/* The document that novark printed while it wrote the page of that name. */
function document_of(name) {
	return JSON.parse(fs.readFileSync(path.join(folder, name + ".json")));
}

function file_of(name) {
	return path.join(folder, name + ".html");
}

const tabs = {};

/* A tab for these options: one is enough for pages that come one by one. */
async function tab(browser, options) {
	const key = JSON.stringify(options);

	if (tabs[key])
		return tabs[key];
	const context = await browser.newContext(options);
	const page = await context.newPage();

	page.on("request", (r) => {
		if (r.url() !== page.wanted && r.url() !== "about:blank")
			page.seen.asked.push(r.url());
	});
	page.on("console", (m) => page.seen.said.push(m.text()));
	page.on("pageerror", (e) => page.seen.said.push(e.message));
	page.on("dialog", (d) => {
		page.seen.dialogs.push(d.message());
		d.dismiss();
	});
	tabs[key] = page;
	return page;
}

/* The page of that name; what it asked for, said, or ran goes to page.seen. */
async function open(browser, name, options) {
	const all = Object.assign({ viewport: { width: 1280, height: 900 } },
	    options);
	const page = await tab(browser, all);

	page.seen = { asked: [], said: [], dialogs: [] };
	page.wanted = "file://" + file_of(name);
	await page.setViewportSize(all.viewport);
	await page.goto(page.wanted);
	/* What the script does behind the load is done. */
	if (all.javaScriptEnabled !== false)
		await page.evaluate(() => new Promise((r) => setTimeout(r, 20)));
	return page;
}

async function close(page) {
	await page.goto("about:blank");
}

/* axe-core: WCAG 2.2 A and AA, and its best practices. */
async function accessible(page, what) {
	const source = fs.readFileSync(require.resolve("axe-core"), "utf8");

	await page.evaluate(source + "; 0");
	const found = await page.evaluate(() => axe.run(document, {
		preload: false, resultTypes: ["violations"],
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
		    "wcag22aa", "best-practice"] }));
	equal("axe: " + what, [], found.violations.map((v) => [v.id,
		v.nodes.length, v.nodes[0].html.slice(0, 200),
		v.nodes[0].failureSummary]));
}

/* Each check gets the browser; one that throws has failed. */
async function run(checks) {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu"],
	});

	for (const check of checks) {
		try {
			await check(browser);
		} catch (e) {
			ok(check.name + ": " + e.message.split("\n")[0], false,
			    e.stack);
		}
	}
	await browser.close();
	process.exit(failed === 0 ? 0 : 1);
}

module.exports = { ok, equal, accessible, document_of, file_of, open, close, run, folder };

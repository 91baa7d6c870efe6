"use strict";
/* Large pages: what they show and leave out, and how long that takes.
 * node big.js FOLDER, which has big.html, more.html and their documents. */
const { ok, equal, document_of, open, close, run } = require("./browser.js");

function rows(page) {
	return page.$$eval("#changes .rows > ul > li",
	    (all) => all.filter((li) => !li.hidden).length);
}

/* Set a filter, and wait until the browser has painted what it leaves. */
async function filtered(page, id, value) {
	return page.evaluate(([id, value]) => new Promise((done) => {
		const e = document.getElementById(id);
		const start = performance.now();

		e.value = value;
		e.dispatchEvent(new Event("input", { bubbles: true }));
		requestAnimationFrame(() => setTimeout(
		    () => done(Math.round(performance.now() - start)), 0));
	}), [id, value]);
}

async function big(browser) {
	const doc = document_of("big"), start = Date.now();
	const page = await open(browser, "big");

	console.log("# figure: big: opened in " + (Date.now() - start) + " ms");
	equal("big: every change is on the page", doc.changes.length,
	    await rows(page));
	equal("big: nothing is left out", 0,
	    await page.locator("#changes .left").count());
	for (const [id, value, test] of [
		["f-kind", "file", (c) => c.kind === "file"],
		["f-kind", "", () => true],
		["f-text", "row:nova.volumes:5bd10000-1a19-4d3e-a8d5-000000000a",
		    (c) => c.item.startsWith("row:nova.volumes:5bd10000-1a19-" +
			"4d3e-a8d5-000000000A")],
		["f-text", "block_device_mapping:1234", (c) => c.item.includes(
		    "block_device_mapping:1234")],
		["f-text", "", () => true]]) {
		const time = await filtered(page, id, value);

		console.log("# figure: big: filtered by '" + value + "' in " +
		    time + " ms");
		equal("big: filtered by '" + value + "'",
		    doc.changes.filter(test).length, await rows(page));
	}
	equal("big: no message", [], page.seen.said);
	await close(page);
}

async function more(browser) {
	const doc = document_of("more"), page = await open(browser, "more");
	const shown = await rows(page);
	const left = await page.textContent("#changes .left");

	ok("more: the first ones are shown", shown > 10000 &&
	    shown < doc.changes.length);
	equal("more: it says how many are not", [doc.changes.length - shown,
	    shown, doc.changes.length],
	    left.match(/[0-9][0-9,]*/g).map((n) => +n.replace(/,/g, "")));
	equal("more: its number is that of all", doc.changes.length,
	    +(await page.textContent("dd[data-n=changes]")).replace(/,/g, ""));
	ok("more: the next steps are there all the same",
	    await page.locator("#steps input").count() ===
		doc.next_steps.length);
	await close(page);
}

const fs = require("fs");
run(fs.existsSync(require("./browser.js").file_of("more")) ? [big, more] : [big]);

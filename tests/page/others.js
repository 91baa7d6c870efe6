"use strict";
/* Pages of what else there is: what they say first, and for whom.
 * node others.js FOLDER, which has NAME.html and NAME.json. */
const { ok, equal, accessible, document_of, open, close, run } =
    require("./browser.js");

/* Of each page: the headline, and where its next step leads. */
const first = {
	joined: ["Whole and vouched for", null],
	folder: ["Something is missing", "missing"],
	shut: ["Whole and vouched for", null],
	opened: ["Whole and vouched for", null],
	partial: ["Stopped part-way", null],
	resumed: ["Done", "steps"],
	undone: ["Taken back", "steps"],
	drift: ["Not safe to go on", "drift"],
	left: ["Done, but not as expected", "leftovers"],
	receipt: ["Restored, not as expected", "differences"],
	changed: ["Not safe to go on", "made"],
	failed: ["Failed", null],
};

function rows(page, section) {
	return page.$$eval("#" + section + " .rows > ul > li",
	    (all) => all.filter((li) => !li.hidden).length);
}

/* In five seconds: what is it, why, and what now; on a phone, too. */
async function every_page(browser) {
	for (const name of Object.keys(first)) {
		const page = await open(browser, name);
		const link = page.locator(".next a");

		equal(name + ": the headline", first[name][0],
		    await page.textContent("h1"));
		ok(name + ": the next step", await page.isVisible(".next"));
		equal(name + ": where it leads", first[name][1],
		    await link.count() === 0 ? null
			: (await link.getAttribute("href")).slice(1));
		if (first[name][1])
			ok(name + ": it is there", await page.locator("#" +
			    first[name][1]).count() === 1);
		await accessible(page, name);
		await page.setViewportSize({ width: 390, height: 844 });
		equal(name + ": fits 390 pixels", 390, await page.evaluate(
		    () => document.documentElement.scrollWidth));
		ok(name + ": the headline and the next step are seen at once",
		    await page.$eval(".next",
			(e) => e.getBoundingClientRect().top < 844));
		equal(name + ": no request, no message",
		    { asked: [], said: [], dialogs: [] }, page.seen);
		await close(page);
	}
}

/* The reasons stand at the top: the first of what --json has. */
async function reasons(browser) {
	for (const [name, list] of [["drift", document_of("drift").drift],
		["folder", document_of("folder").join.missing],
		["changed", document_of("changed").items.filter(
		    (i) => i.state === "changed")]]) {
		const page = await open(browser, name);
		const got = await page.$$eval(".why li",
		    (all) => all.map((li) => li.textContent));

		equal(name + ": reasons", Math.min(list.length, 3), got.length);
		list.slice(0, 3).forEach((r, i) => ok(name + ": " + (r.item ||
		    r.name), got[i].includes(r.item || r.name)));
		await close(page);
	}
}

async function several_bundles(browser) {
	for (const name of ["joined", "folder"]) {
		const doc = document_of(name), page = await open(browser, name);

		equal(name + ": bundles", doc.bundles.length,
		    await page.locator("#about tbody tr").count());
		equal(name + ": items",
		    doc.bundles.reduce((n, b) => n + b.items.length, 0),
		    await rows(page, "items"));
		equal(name + ": missing", doc.join.missing.length,
		    await rows(page, "missing"));
		equal(name + ": notes", doc.join.notes.length,
		    await rows(page, "joined"));
		await close(page);
	}
}

async function encrypted(browser) {
	const shut = await open(browser, "shut");

	equal("shut: no contents", 0, await shut.locator("#items").count());
	ok("shut: to whom", (await shut.textContent("#about")).includes(
	    "new site"));
	ok("shut: how to open it",
	    (await shut.textContent(".next")).includes("--decrypt"));
	await close(shut);
	const opened = await open(browser, "opened");
	equal("opened: items", document_of("opened").bundles[0].items.length,
	    await rows(opened, "items"));
	await close(opened);
}

async function what_is_left(browser) {
	const left = document_of("left"), page = await open(browser, "left");

	equal("left: leftovers", left.verify.leftovers.length,
	    await rows(page, "leftovers"));
	await close(page);
	const doc = document_of("receipt").bundles[0].receipt;
	const receipt = await open(browser, "receipt");
	equal("receipt: waived", doc.waived_findings.length,
	    await rows(receipt, "waived"));
	equal("receipt: what verify found", doc.wrong ? doc.wrong.length :
	    doc.verify.leftovers, await rows(receipt, "differences"));
	await close(receipt);
	const changed = await open(browser, "changed");
	equal("changed: items", document_of("changed").items.length,
	    await rows(changed, "made"));
	await close(changed);
}

run([every_page, reasons, several_bundles, encrypted, what_is_left]);

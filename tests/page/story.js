"use strict";
/* The pages of the story: what is on them, and how they are used.
 * node story.js FOLDER, which has NAME.html and NAME.json. */
const { ok, equal, accessible, document_of, open, close, run } =
    require("./browser.js");

const names = ["audit", "dry", "unsafe", "preflight", "restore", "verify",
	"differs", "receipt", "refused"];

/* The numbers at the top, by their names. */
function numbers(page) {
	return page.$$eval("dd[data-n]", (all) => Object.fromEntries(
	    all.map((d) => [d.dataset.n, +d.textContent.replace(/,/g, "")])));
}

/* Rows in a section that are seen. */
function rows(page, section) {
	return page.$$eval("#" + section + " .rows > ul > li",
	    (all) => all.filter((li) => !li.hidden).length);
}

/* How many of a list the document has, where the page has it from. */
function count(doc, name) {
	const verify = doc.verify || {};

	return (doc[name] || verify[name] || []).length;
}

async function numbers_are_those_of_json(browser) {
	for (const name of ["dry", "unsafe", "restore", "verify", "differs"]) {
		const doc = document_of(name), page = await open(browser, name);
		const got = await numbers(page);
		const left = doc.addresses.filter((a) => a.own && a.rule === "none");

		for (const list of ["findings", "changes", "held", "drift",
			"notes", "waived", "differences", "leftovers",
			"next_steps"])
			equal(name + ": " + list, count(doc, list),
			    got[list] || 0);
		equal(name + ": own addresses without a rule", left.length,
		    got.unmapped);
		for (const list of ["findings", "changes", "held", "differences",
			"leftovers"])
			equal(name + ": rows of " + list, count(doc, list),
			    await rows(page, list));
		equal(name + ": steps", count(doc, "next_steps"),
		    await page.locator("#steps input").count());
		await close(page);
	}
}

async function numbers_of_an_audit(browser) {
	const doc = document_of("audit"), page = await open(browser, "audit");
	const got = await numbers(page), b = doc.bundles[0];

	equal("audit: items", b.items.length, got.items);
	equal("audit: rows of items", b.items.length, await rows(page, "items"));
	equal("audit: own addresses", b.own_addresses.length, got.own_addresses);
	equal("audit: warnings", b.warnings.length, got.warnings);
	ok("audit: the signer's fingerprint",
	    (await page.textContent("#about")).includes(b.signer));
	await close(page);
}

async function numbers_of_a_receipt(browser) {
	const doc = document_of("receipt"), page = await open(browser, "receipt");
	const got = await numbers(page), r = doc.bundles[0].receipt;

	equal("receipt: changes", r.changes.length, got.made);
	equal("receipt: rows", r.changes.length, await rows(page, "made"));
	equal("receipt: held", r.verify.held, got.held);
	equal("receipt: leftovers", r.verify.leftovers, got.leftovers);
	equal("receipt: steps", r.next_steps.length, got.next_steps);
	await close(page);
}

/* The table of the plan is that of "counts". */
async function counts_by_kind(browser) {
	const doc = document_of("dry"), page = await open(browser, "dry");
	const table = await page.$$eval(".counts tr", (all) => all.map((tr) =>
	    [...tr.cells].map((c) => c.textContent)));

	for (const row of table.slice(1))
		table[0].slice(1).forEach((type, i) => equal(
		    "counts: " + row[0] + " " + type,
		    (doc.counts[type] || {})[row[0]] || 0, +row[i + 1]));
	await close(page);
}

/* The picture: each own address, its kinds and how many, what it becomes. */
async function picture(browser) {
	const doc = document_of("dry"), page = await open(browser, "dry");
	const want = doc.addresses.filter((a) => a.own || a.rule !== "none");
	const got = await page.$$eval(".addr", (all) => all.map((a) => ({
		old: a.querySelector(".old code").textContent,
		becomes: (a.querySelector(".to code") || {}).textContent,
		kinds: [...a.querySelectorAll(".kinds li")].map((li) =>
		    +li.querySelector("b").textContent.replace(/,/g, "")),
	})));

	equal("picture: addresses", want.length, got.length);
	want.forEach((a, i) => {
		equal("picture: " + a.address, [a.address, a.becomes],
		    [got[i].old, got[i].becomes]);
		equal("picture: kinds of " + a.address,
		    a.kinds.map((k) => k.places), got[i].kinds);
	});
	await close(page);
	const other = await open(browser, "unmapped");
	ok("picture: an own address without a rule stands out",
	    await other.locator(".addr.none").count() === 1 &&
		await other.locator(".caution").isVisible());
	ok("picture: in words",
	    (await other.textContent(".addr.none .to")).includes("no rule"));
	await close(other);
}

/* Rows that the filters leave, and those of the document that should be. */
async function filters(browser) {
	const doc = document_of("dry"), page = await open(browser, "dry");
	const fits = async (what, test) => equal("filter: " + what,
	    [doc.changes.filter(test).length, doc.held.filter(test).length],
	    [await rows(page, "changes"), await rows(page, "held")]);
	const reset = () => page.click("#filters button");

	await page.selectOption("#f-kind", "row");
	await fits("kind", (c) => c.kind === "row");
	await page.selectOption("#f-database", "nova");
	await fits("kind and database", (c) => c.item.startsWith("row:nova."));
	ok("filter: it says how many",
	    /^Showing [0-9,]+ of [0-9,]+ rows\.$/.test(
		await page.textContent("#f-shown")));
	await reset();
	await page.waitForFunction(() => !document.querySelector("li[hidden]"));
	await fits("none", () => true);
	await page.selectOption("#f-verdict", "create");
	await fits("verdict", (c) => c.type === "create");
	await reset();
	/* By libvirt's name, by UUID, by what its owner calls it. */
	const of = (c) => /instance-0000005f/.test(c.item) ||
	    /^row:nova\.(instance_info_caches|instance_metadata):(95|1)$/
		.test(c.item);

	for (const called of ["instance-0000005F",
		"e8f73117-1a19-4d3e-a8d5-f846199d3b75", "Web95"]) {
		await page.fill("#f-instance", called);
		await fits("instance " + called, of);
	}
	await page.fill("#f-instance", "");
	await page.fill("#f-text", "Glance-Registry");
	ok("filter: text", await rows(page, "changes") > 0 &&
	    await rows(page, "changes") < doc.changes.length);
	ok("filter: what is seen has the text", (await page.$$eval(
	    "#changes .rows li:not([hidden])", (all) => all.every((li) =>
		li.textContent.toLowerCase().includes("glance-registry")))));
	await page.fill("#f-text", "no such thing anywhere");
	equal("filter: nothing fits", 0, await rows(page, "changes"));
	await close(page);
}

/* By keyboard alone. */
async function keyboard(browser) {
	const page = await open(browser, "dry");
	const at = () => page.evaluate(() => {
		const a = document.activeElement, s = getComputedStyle(a);

		const r = a.getBoundingClientRect();
		const top = document.elementFromPoint((r.left + r.right) / 2,
		    Math.max(0, (r.top + r.bottom) / 2));

		return { name: a.id || a.className || a.textContent,
			/* Nothing stands before it. */
			clear: r.height > innerHeight || (top !== null &&
			    (a.contains(top) || top.contains(a))),
			outline: parseFloat(s.outlineWidth), tag: a.tagName };
	});
	const order = [];
	const behind = [];
	let steps = 0, unseen = 0;

	await page.keyboard.press("Tab");
	equal("keyboard: the skip link comes first", "skip", (await at()).name);
	for (let i = 0; i < 80; i++) {
		await page.keyboard.press("Tab");
		const now = await at();

		if (now.tag === "BODY")
			break;
		unseen += now.outline < 2;
		if (!now.clear)
			behind.push(now.name);
		order.push(now.name);
		if (now.tag === "INPUT" && /^s\d+$/.test(now.name)) {
			await page.keyboard.press("Space");
			steps++;
		}
	}
	equal("keyboard: focus is seen everywhere", 0, unseen);
	equal("keyboard: it is behind nothing", [], behind);
	ok("keyboard: filters in their order", order.indexOf("f-text") >= 0 &&
	    order.indexOf("f-text") < order.indexOf("f-verdict") &&
	    order.indexOf("f-verdict") < order.indexOf("f-kind"));
	equal("keyboard: every step can be ticked",
	    await page.locator("#steps input").count(), steps);
	equal("keyboard: it is told how many", steps + " of " + steps + " done",
	    await page.textContent("#ticked"));
	await page.focus("summary");
	await page.keyboard.press("Enter");
	ok("keyboard: more kinds unfold",
	    await page.locator("details[open]").count() === 1);
	await page.focus("#f-kind");
	await page.keyboard.type("row");
	ok("keyboard: a filter is set", await rows(page, "changes") <
	    document_of("dry").changes.length);
	await close(page);
}

/* Without the script it is whole. */
async function without_script(browser) {
	for (const name of names) {
		const plain = await open(browser, name,
		    { javaScriptEnabled: false });
		const text = await plain.textContent("body");

		for (const list of ["changes", "held", "findings", "differences",
			"leftovers"])
			for (const one of document_of(name)[list] || [])
				if (!text.includes(one.item))
					ok(name + " without script: " + one.item,
					    false);
		ok(name + " without script: whole, and no filters",
		    !await plain.locator("#filters").isVisible());
		await close(plain);
	}
}

/* On paper: A4, no filters, nothing wider than the sheet, boxes to tick. */
async function paper(browser) {
	/* 184 mm between the margins. */
	const page = await open(browser, "dry",
	    { viewport: { width: 695, height: 1000 } });

	await page.emulateMedia({ media: "print" });
	ok("paper: no filters, no links", !await page.isVisible("#filters") &&
	    !await page.isVisible("nav"));
	equal("paper: no line is clipped", [], await page.$$eval(
	    "pre, p, code, dd, h1, h2", (all) => all.filter((e) =>
		e.getBoundingClientRect().right > 696 ||
		(e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 &&
		    getComputedStyle(e).display !== "inline"))
		.map((e) => e.textContent.slice(0, 60))));
	ok("paper: nothing stays folded", await page.$$eval("details li",
	    (all) => all.length > 0 && all.every((e) =>
		e.checkVisibility({ contentVisibilityAuto: true }) &&
		e.getBoundingClientRect().height > 0)));
	ok("paper: boxes to tick",
	    await page.locator("#steps input").first().isVisible());
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString(
	    "latin1");
	const boxes = pdf.match(/\/MediaBox ?\[[^\]]*\]/g) || [];
	ok("paper: sheets of A4 (" + boxes.length + ")", boxes.length > 1 &&
	    boxes.every((b) => /0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/.test(b)),
	    boxes);
	await close(page);
}

/* Is it safe to go on, in words. */
const headlines = { audit: "Whole and vouched for", dry: "Safe to go on",
	unsafe: "Not safe to go on", preflight: "Not safe to go on",
	restore: "Done", verify: "All as expected", differs: "Not as expected",
	receipt: "Restored and verified", refused: "Refused: do not use it",
	unmapped: "Look before you go on" };

/* Every page: its headline, for everybody, on a small screen, and quiet. */
async function every_page(browser) {
	for (const name of Object.keys(headlines)) {
		const page = await open(browser, name);

		equal(name + ": the headline", headlines[name],
		    await page.textContent("h1"));
		/* The plan of all these is one. */
		if (name !== "restore" && name !== "unmapped")
			await accessible(page, name);
		await page.setViewportSize({ width: 360, height: 740 });
		equal(name + ": fits 360 pixels", 360, await page.evaluate(
		    () => document.documentElement.scrollWidth));
		if (name === "differs")
			await accessible(page, name + ", narrow");
		equal(name + ": no request, no message",
		    { asked: [], said: [], dialogs: [] }, page.seen);
		await close(page);
	}
	for (const name of ["differs", "unmapped"]) {
		const page = await open(browser, name, { colorScheme: "dark" });

		await accessible(page, name + ", dark");
		await close(page);
	}
}

run([numbers_are_those_of_json, numbers_of_an_audit, numbers_of_a_receipt,
	counts_by_kind, picture, filters, keyboard, without_script, paper,
	every_page]);

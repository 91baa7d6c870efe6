"use strict";
/* Pages of a hostile bundle: nothing of it is markup, nothing of it runs.
 * node hostile.js FOLDER */
const { ok, equal, document_of, open, close, run } = require("./browser.js");

const names = ["audit", "dry", "differs"];

/* Every string of a document. */
function strings(value, into) {
	if (typeof value === "string")
		into.push(value);
	else if (value !== null && typeof value === "object")
		for (const one of Object.values(value))
			strings(one, into);
	return into;
}

/* Point at, click on and unfold whatever there is. */
async function poke(page) {
	await page.evaluate(() => {
		for (const e of document.querySelectorAll("*"))
			for (const type of ["mouseover", "focus", "click",
				"error", "load", "toggle", "animationstart"])
				if (e.tagName !== "A" || type !== "click")
					e.dispatchEvent(new Event(type,
					    { bubbles: true }));
	});
	await page.fill("#f-text", "<img src=x onerror=window.hit=1>");
	await page.fill("#f-text", "");
	await page.waitForTimeout(100);
}

async function nothing_runs(browser) {
	for (const name of names) {
		const page = await open(browser, name);

		await poke(page);
		equal(name + ": nothing ran", null,
		    await page.evaluate(() => window.hit || null));
		equal(name + ": nothing asked for, nothing said",
		    { asked: [], said: [], dialogs: [] }, page.seen);
		await close(page);
	}
}

/* Not because of the policy: there is no such markup. */
async function nothing_is_markup(browser) {
	const ours = new Set(("html head meta title style body a header div svg " +
	    "circle path rect p h1 h2 h3 dl dt dd nav ul li main section span " +
	    "code samp small b i em strong kbd pre del ins form label input select " +
	    "option button details summary table thead tbody tr th td footer " +
	    "script").split(" "));

	for (const name of names) {
		const page = await open(browser, name, { bypassCSP: true });
		const found = await page.evaluate(() => {
			const all = [...document.querySelectorAll("*")];

			return {
				tags: [...new Set(all.map((e) =>
				    e.tagName.toLowerCase()))],
				attributes: [...new Set(all.flatMap((e) =>
				    [...e.attributes].map((a) => a.name)))],
				links: all.map((e) => e.getAttribute("href"))
				    .filter((h) => h !== null && h[0] !== "#"),
				scripts: document.scripts.length,
				styles: document.querySelectorAll("style").length,
				metas: document.querySelectorAll("meta").length,
				hit: window.hit || null,
			};
		});

		equal(name + ": no other elements", [],
		    found.tags.filter((t) => !ours.has(t)));
		equal(name + ": no event attributes, no addresses", [],
		    found.attributes.filter((a) =>
			/^(on|src|srcdoc|action|formaction|style|data$)/.test(a)));
		equal(name + ": links within the page only", [], found.links);
		equal(name + ": one script, one style, our metas, no hit",
		    [1, 1, 5, null], [found.scripts, found.styles, found.metas,
			found.hit]);
		await close(page);
	}
}

/* It is all there to be read, and nothing changes the order of text. */
async function all_is_text(browser) {
	const page = await open(browser, "dry", { javaScriptEnabled: false });
	const text = await page.textContent("main");
	const doc = document_of("dry");
	const evil = strings(doc.changes, []).concat(strings(doc.held, []))
	    .filter((s) => /window\.hit/.test(s) && !/\n/.test(s) &&
		s.length < 100);

	ok("text: there is such text (" + evil.length + ")", evil.length > 10);
	equal("text: what stands in one line is shown as it is", [],
	    evil.filter((s) => /^(file|domain|row):/.test(s))
		.filter((s) => !text.includes(s)));
	equal("text: no control and no bidi characters", null,
	    text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/));
	ok("text: they are shown", text.includes("\\xe2\\x80\\xae"));
	await close(page);
}

/* The policy alone would stop it, too. */
async function policy(browser) {
	const page = await open(browser, "dry");
	const stopped = await page.evaluate(() => new Promise((done) => {
		const script = document.createElement("script");
		const blocked = [];

		document.addEventListener("securitypolicyviolation",
		    (e) => blocked.push(e.effectiveDirective));
		script.textContent = "window.hit = 1";
		document.body.appendChild(script);
		document.body.insertAdjacentHTML("beforeend",
		    "<img src='http://203.0.113.1/x' onerror='window.hit = 2'>");
		setTimeout(() => done([window.hit || null,
		    [...new Set(blocked)].sort()]), 300);
	}));

	equal("policy: no script, no image", [null, ["img-src", "script-src-attr",
		"script-src-elem"]], stopped);
	await close(page);
}

run([nothing_runs, nothing_is_markup, all_is_text, policy]);

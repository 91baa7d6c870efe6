"use strict";
/* Filters the lists, and counts what is ticked.  The page is whole without it.
 * Everything is read from the rows themselves: the verdict in their <b>, the
 * item in their first <code>. */
(function () {
	var byId = function (id) { return document.getElementById(id); };
	var rows = null, texts = null, names = null, form = byId("filters");

	/* What a row is about, from the name of its item. */
	function about(item) {
		var colon = item.indexOf(":"), kind = item.slice(0, colon);
		var rest = item.slice(colon + 1), of = "", database = "", m;

		if (colon < 0)
			return ["host", "", item];
		if (kind === "row" || kind === "table")
			database = rest.split(".", 1)[0];
		if (kind === "domain")
			of = rest;
		else if (kind === "file" &&
		    (m = /\/instances\/([^/]+)/.exec(rest)))
			of = m[1];
		else if ((m = /^row:[^.]+\.instances:(\d+)$/.exec(item)))
			of = "instance-" +
			    ("00000000" + (+m[1]).toString(16)).slice(-8);
		else if ((m = /(instance-[0-9a-f]{8})/.exec(rest)))
			of = m[1];
		return [kind, database, of];
	}

	function read() {
		var list = document.querySelectorAll(".list .rows > ul > li");
		var i, li, word, code, whose, row;

		rows = [];
		for (i = 0; i < list.length; i++) {
			li = list[i];
			word = li.firstElementChild;
			code = word && word.nextElementSibling;
			if (!code)
				continue;
			whose = code.nextElementSibling;
			row = [li, word.textContent].concat(
			    about(code.textContent));
			if (whose && whose.tagName === "SAMP")
				row[4] = whose.textContent.split(" ", 1)[0];
			rows.push(row);
		}
	}

	function offer(id, column) {
		var seen = {}, select = byId(id), i, names;

		for (i = 0; i < rows.length; i++)
			if (rows[i][column])
				seen["=" + rows[i][column]] = 1;
		names = Object.keys(seen).sort();
		for (i = 0; i < names.length; i++)
			select.add(new Option(names[i].slice(1)));
		select.parentNode.hidden = names.length < 2;
	}

	/* The names in libvirt of those that are called so in any way. */
	function called(wanted) {
		var list = document.querySelectorAll("#instances li");
		var found = {}, i;

		if (!names) {
			names = [];
			for (i = 0; i < list.length; i++)
				names.push([list[i].textContent.toLowerCase(),
				    list[i].firstElementChild.textContent]);
		}
		for (i = 0; wanted && i < names.length; i++)
			if (names[i][0].indexOf(wanted) >= 0)
				found["=" + names[i][1]] = 1;
		return found;
	}

	function search(wanted, i) {
		if (texts[i] === undefined)
			texts[i] = rows[i][0].textContent.toLowerCase();
		return texts[i].indexOf(wanted) >= 0;
	}

	function filter() {
		var text = byId("f-text").value.trim().toLowerCase();
		var verdict = byId("f-verdict").value;
		var kind = byId("f-kind").value;
		var database = byId("f-database").value;
		var instance = byId("f-instance").value.trim().toLowerCase();
		var any = text || verdict || kind || database || instance;
		var shown = 0, i, r, out, lists, list, found = called(instance);

		for (i = 0; i < rows.length; i++) {
			r = rows[i];
			out = (verdict && r[1] !== verdict) ||
			    (kind && r[2] !== kind) ||
			    (database && r[3] !== database) ||
			    (instance && !found["=" + r[4]] &&
				r[4].toLowerCase().indexOf(instance) < 0) ||
			    (text && !search(text, i));
			if (r[0].hidden !== !!out)
				r[0].hidden = !!out;
			shown += !out;
		}
		lists = document.querySelectorAll(".list .rows");
		for (i = 0; i < lists.length; i++) {
			list = lists[i];
			list.classList.toggle("empty",
			    !list.querySelector("li:not([hidden])"));
		}
		byId("f-shown").textContent = any
		    ? "Showing " + shown.toLocaleString("en") + " of " +
			rows.length.toLocaleString("en") + " rows."
		    : "";
	}

	function ticked() {
		var all = document.querySelectorAll("#steps input");
		var done = document.querySelectorAll("#steps input:checked");

		byId("ticked").textContent =
		    done.length + " of " + all.length + " done";
	}

	function start() {
		read();
		texts = new Array(rows.length);
		if (rows.length === 0)
			return;
		offer("f-verdict", 1);
		offer("f-kind", 2);
		offer("f-database", 3);
		form.hidden = false;
		form.addEventListener("submit", function (e) {
			e.preventDefault();
		});
		form.addEventListener("input", filter);
		form.addEventListener("reset", function () {
			setTimeout(filter, 0);
		});
	}

	/* A long page is seen first, and can be filtered then. */
	if (form)
		window.addEventListener("load", function () {
			setTimeout(start, 0);
		});
	if (byId("ticked")) {
		byId("steps").addEventListener("change", ticked);
		ticked();
	}
})();

#ifndef CMD_OPTIONS_TABLE_H
#define CMD_OPTIONS_TABLE_H

#include "cmd/options_inner.h"

/**
 * The options of every subcommand, in the order in which --help shows them.
 * Included by options.c alone.
 *
 * name, what it takes (NULL: nothing; with bars: one of these), repeatable,
 * member, subcommands that have it, subcommands that need it, help.
 */
#define ON(c)  (1u << COMMAND_##c)
#define AT(m)  offsetof(struct options, m)
#define READ   (ON(AUDIT) | ON(RESTORE) | ON(VERIFY))
#define HOST   (ON(SNAPSHOT) | ON(RESTORE) | ON(VERIFY))
#define CHANGE (ON(RESTORE) | ON(VERIFY))
#define ALL    (ON(KEYGEN) | ON(SNAPSHOT) | ON(AUDIT) | ON(RESTORE) | ON(VERIFY))

/* Name, operands, least and most of them (-1: no end), what it is for. */
static const struct command_row commands[COMMANDS] = {
	{ "keygen", "", 0, 0, "make a key pair for signing bundles" },
	{ "snapshot", "", 0, 0, "capture this node into a signed bundle" },
	{ "audit", "FILE...", 1, -1, "show and check what a bundle holds" },
	{ "restore", "FILE", 1, 1,
	    "bring a bundle back, with its addresses replaced" },
	{ "verify", "FILE", 1, 1,
	    "compare this node with a bundle; never writes" },
};

static const struct option_row rows[] = {
	{ "out", "NAME", 0, AT(out), ON(KEYGEN), ON(KEYGEN),
	    "write NAME.key (private, mode 0600) and NAME.pub" },
	{ "output", "FILE", 0, AT(output), ON(SNAPSHOT), ON(SNAPSHOT),
	    "the bundle to write" },
	{ "sign", "KEY", 0, AT(sign), ON(SNAPSHOT) | ON(RESTORE), ON(SNAPSHOT),
	    "the private key to sign it with (restore: its receipt)" },
	{ "force", NULL, 0, AT(force), ON(SNAPSHOT) | ON(RESTORE), 0,
	    "replace an existing FILE that is to be written" },
	{ "address", "ADDR", 1, AT(addresses), ON(SNAPSHOT), 0,
	    "an address of this node that its configuration does not tell" },
	{ "host", "NAME", 1, AT(hosts), ON(SNAPSHOT), 0,
	    "take only the rows of this compute host, and what they need" },
	{ "no-sweep", NULL, 0, AT(no_sweep), ON(SNAPSHOT), 0,
	    "do not search what the catalogue does not know" },
	{ "describe", NULL, 0, AT(describe), ON(SNAPSHOT), 0,
	    "only describe this host, for a rehearsal elsewhere" },
	{ "encrypt-to", "CERT", 1, AT(encrypt_to), ON(SNAPSHOT), 0,
	    "encrypt it to this certificate (PEM, RSA or EC)" },
	{ "trust", "PUB", 0, AT(trust), READ, 0,
	    "the public key, or a folder of them, of which one must have "
	    "signed the bundle (default: etc/novark/trusted.d)" },
	{ "decrypt", "KEY", 0, AT(decrypt), READ, 0,
	    "the private key that opens an encrypted bundle" },

	{ "list", NULL, 0, AT(list), ON(AUDIT), 0,
	    "only list the items; the parts are not read" },
	{ "cat", "ITEM", 0, AT(cat), ON(AUDIT), 0,
	    "write the bytes of one item, secrets masked" },
	{ "show-secrets", NULL, 0, AT(show_secrets), ON(AUDIT), 0,
	    "with --cat: the exact bytes, secrets and all" },
	{ "find", "ADDRESS", 1, AT(find), ON(AUDIT), 0,
	    "list every place of an address, a range or a DNS name" },
	{ "diff", "OTHER", 0, AT(diff), ON(AUDIT), 0,
	    "show what differs in the bundle OTHER" },
	{ "draft-map", NULL, 0, AT(draft_map), ON(AUDIT), 0,
	    "write a map file to fill in" },
	{ "here", NULL, 0, AT(here), ON(AUDIT), 0,
	    "with --draft-map: fill in the addresses of this host, where it "
	    "is clear which" },
	{ "advice", NULL, 0, AT(advice), ON(AUDIT), 0,
	    "tell what ties the node to its outer address, and which setting "
	    "would not" },

	{ "map", "OLD=NEW", 1, AT(maps), CHANGE, 0,
	    "replace an address, range, name ... by another" },
	{ "map-file", "FILE", 1, AT(map_files), CHANGE, 0,
	    "read such rules from a file, one a line" },
	{ "also", "GLOB", 1, AT(also), CHANGE, 0,
	    "change places, too, that are held by default" },
	{ "on-drift", "stop|keep|rewrite|replay", 0, AT(on_drift), CHANGE, 0,
	    "what to do where this node holds neither the old nor the "
	    "new (default: stop)" },
	{ "dry-run", NULL, 0, AT(dry_run), ON(RESTORE), 0,
	    "stop after the plan" },
	{ "against", "FILE", 0, AT(against), ON(RESTORE), 0,
	    "with --dry-run or --preflight: against this description of "
	    "the destination, not against this host" },
	{ "against-trust", "PUB", 0, AT(against_trust), ON(RESTORE), 0,
	    "the key that signed the description, or a folder (default: "
	    "--trust)" },
	{ "preflight", NULL, 0, AT(preflight), ON(RESTORE), 0,
	    "only tell whether a restore is safe here" },
	{ "force-preflight", "NAME", 1, AT(waive), ON(RESTORE), 0,
	    "let a finding of that name pass; NAME:ITEM that of an item" },
	{ "allow", "NAME", 1, AT(allow), CHANGE, 0,
	    "let definitions have what a bundle may not bring else; NAME:ITEM "
	    "for one item" },
	{ "save-plan", "FILE", 0, AT(save_plan), ON(RESTORE), 0,
	    "with --dry-run: save the plan, to be applied by --plan" },
	{ "plan", "FILE", 0, AT(plan), ON(RESTORE), 0,
	    "apply just the plan that was saved there, or nothing" },
	{ "receipt", "FILE", 0, AT(receipt), ON(RESTORE), 0,
	    "write the receipt there, too" },
	{ "yes", NULL, 0, AT(yes), ON(RESTORE), 0,
	    "do not ask before the plan is applied" },
	{ "resume", NULL, 0, AT(resume), ON(RESTORE), 0,
	    "go on with a restore that was cut short; FILE is its ID, or is "
	    "left out" },
	{ "undo", NULL, 0, AT(undo), ON(RESTORE), 0,
	    "take back a restore, also a finished one; FILE as above" },
	{ "state-dir", "DIR", 0, AT(state_dir), ON(RESTORE), 0,
	    "where restore keeps its lock and its journals (default: "
	    "var/lib/novark)" },

	{ "root", "DIR", 0, AT(root), HOST, 0,
	    "read and write files below DIR instead of /" },
	{ "connect", "URI", 0, AT(connect), HOST, 0,
	    "libvirt (default: what nova.conf says, else qemu:///system)" },
	{ "defaults-file", "FILE", 0, AT(defaults_file), HOST, 0,
	    "MySQL options file whose [client] overrides host, port, "
	    "socket, user and password of the configuration" },
	{ "only", "GLOB", 1, AT(only), HOST, 0,
	    "take only items whose name fits" },
	{ "not", "GLOB", 1, AT(except), HOST, 0,
	    "leave out items whose name fits" },
	{ "no-files", NULL, 0, AT(no_files), HOST, 0, "leave the files out" },
	{ "no-libvirt", NULL, 0, AT(no_libvirt), HOST, 0, "leave libvirt out" },
	{ "no-database", NULL, 0, AT(no_database), HOST, 0,
	    "leave the databases out" },

	{ "json", NULL, 0, AT(json), ALL, 0,
	    "one JSON document instead of text" },
	{ "quiet", NULL, 0, AT(quiet), ALL, 0, "no progress and no notes" },
	{ "help", NULL, 0, AT(help), ALL, 0, "show this" },
	{ "version", NULL, 0, AT(version), ALL, 0, "show the version" },
};

#undef ON
#undef AT
#undef READ
#undef HOST
#undef CHANGE
#undef ALL

#endif

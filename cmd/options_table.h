#ifndef CMD_OPTIONS_TABLE_H
#define CMD_OPTIONS_TABLE_H

#include "cmd/options_inner.h"

/**
 * The options of every subcommand, in the order in which --help shows them.
 * Included by options.c alone.
 *
 * name, what it takes (NULL: nothing; with bars: one of these), repeatable,
 * member, subcommands that have it, subcommands that need it, help, manual.
 *
 * manual: what novark(8) and "novark help --NAME" say, in mdoc; NULL: no more
 * than the help.  That it is required, or may be repeated, is added to it.
 */
#define ON(c)  (1u << COMMAND_##c)
#define AT(m)  offsetof(struct options, m)
#define READ   (ON(AUDIT) | ON(RESTORE) | ON(VERIFY))
#define HOST   (ON(SNAPSHOT) | ON(RESTORE) | ON(VERIFY))
#define CHANGE (ON(RESTORE) | ON(VERIFY))
#define ALL    (ON(KEYGEN) | ON(SNAPSHOT) | ON(AUDIT) | ON(RESTORE) | ON(VERIFY))

/* Name, operands, least and most of them (-1: no end), what it is for; mdoc in
 * front of the options that nothing else has, or NULL. */
static const struct command_row commands[COMMANDS] = {
	{ "keygen", "", 0, 0, "make a key pair for signing bundles",
	    NULL },
	{ "snapshot", "", 0, 0, "capture this node into a signed bundle",
	    NULL },
	{ "audit", "FILE...", 1, -1, "show and check what a bundle holds",
	    "At most one of\n"
	    ".Fl -list , -cat , -find , -diff , -draft-map\n"
	    "and\n"
	    ".Fl -advice ,\n"
	    "and then one\n"
	    ".Ar FILE\n"
	    "(but for\n"
	    ".Fl -list ) .\n"
	    "Without one of them, the contents are listed and every digest is checked,\n"
	    "and a folder stands for the files called\n"
	    ".Pa *.bundle\n"
	    "in it.\n"
	    "The listing ends with what was covered: how many kinds of place were looked at,\n"
	    "found, and absent; what the sweep found outside the catalogue; how many rows are\n"
	    "history." },
	{ "restore", "FILE", 1, 1,
	    "bring a bundle back, with its addresses replaced", NULL },
	{ "verify", "FILE", 1, 1,
	    "compare this node with a bundle; never writes", NULL },
};

static const struct option_row rows[] = {
	{ "out", "NAME", 0, AT(out), ON(KEYGEN), ON(KEYGEN),
	    "write NAME.key (private, mode 0600) and NAME.pub",
	    "Write\n"
	    ".Pa NAME.key\n"
	    "(private, mode 0600) and\n"
	    ".Pa NAME.pub ,\n"
	    "PEM as\n"
	    ".Xr openssl 1\n"
	    "reads it.\n"
	    "Neither may exist." },
	{ "output", "FILE", 0, AT(output), ON(SNAPSHOT), ON(SNAPSHOT),
	    "the bundle to write",
	    "The bundle to write; with\n"
	    ".Sq -\n"
	    "it goes to standard output: see\n"
	    ".Sx PIPES ." },
	{ "sign", "KEY", 0, AT(sign), ON(SNAPSHOT) | ON(RESTORE), ON(SNAPSHOT),
	    "the private key to sign it with (restore: its receipt)",
	    "The private key that signs the bundle.\n"
	    "With\n"
	    ".Cm restore\n"
	    "it signs the receipt: the signature, 64 bytes, stands beside it with\n"
	    ".Pa .sig\n"
	    "behind its name." },
	{ "force", NULL, 0, AT(force), ON(SNAPSHOT) | READ, 0,
	    "replace an existing FILE that is to be written",
	    "Replace an existing file that is to be written:\n"
	    ".Fl -output , -save-plan , -receipt , -html ." },
	{ "address", "ADDR", 1, AT(addresses), ON(SNAPSHOT), 0,
	    "an address of this node that its configuration does not tell",
	    "An address of this node that neither its interfaces nor its configuration tell:\n"
	    "that of a virtual address elsewhere, or the one it had before.\n"
	    "It is one of the node's own in the bundle, and the sweep looks for it." },
	{ "host", "NAME", 1, AT(hosts), ON(SNAPSHOT), 0,
	    "take only the rows of this compute host, and what they need",
	    "Take only the rows that belong to the compute host\n"
	    ".Ar NAME\n"
	    "(nova's name of it), and the rows that these need.\n"
	    "Files and libvirt's definitions are those of the node that\n"
	    ".Nm\n"
	    "runs on, as ever.\n"
	    "See\n"
	    ".Sx ONE HOST OF MANY ." },
	{ "no-sweep", NULL, 0, AT(no_sweep), ON(SNAPSHOT), 0,
	    "do not search what the catalogue does not know",
	    "Do not search for the node's own addresses in what is outside the catalogue:\n"
	    "every text column of every table of the databases, the text files below\n"
	    ".Pa /etc\n"
	    "and the instances, and config drives.\n"
	    "What is found there is captured, too (config drives are only told of); a restore\n"
	    "leaves it alone unless\n"
	    ".Fl -also\n"
	    "names it.\n"
	    "The cost of the sweep is one reading of each of these tables by the server." },
	{ "describe", NULL, 0, AT(describe), ON(SNAPSHOT), 0,
	    "only describe this host, for a rehearsal elsewhere",
	    "Only describe this host, for\n"
	    ".Nm Cm restore Fl -dry-run -against\n"
	    "elsewhere: which files stand here (size, owner, mode, SHA-256), definitions\n"
	    "without their secrets, tables and columns, what libvirt offers.\n"
	    "No contents, no rows and no passwords are in it." },
	{ "encrypt-to", "CERT", 1, AT(encrypt_to), ON(SNAPSHOT), 0,
	    "encrypt it to this certificate (PEM, RSA or EC)",
	    "Encrypt the bundle to this X.509 certificate (PEM, one in the file, with an RSA\n"
	    "or an EC key); each of several recipients can read it.\n"
	    "Whom to encrypt to is said by naming the file: its issuer is not checked, and\n"
	    "of one that has expired only a note is made.\n"
	    "Id, time and host name stay readable, and how large the parts are.\n"
	    "Nothing of them is written to a disk in the clear, not for a moment." },
	{ "trust", "PUB", 0, AT(trust), READ, 0,
	    "the public key, or a folder of them, of which one must have "
	    "signed the bundle (default: etc/novark/trusted.d)",
	    "The public key, or a folder of public keys of which one must have signed the\n"
	    "bundle.\n"
	    "They always come from you, never from the bundle.\n"
	    "Without it the keys of\n"
	    ".Pa etc/novark/trusted.d\n"
	    "below\n"
	    ".Fl -root\n"
	    "are those that are trusted; where there are none,\n"
	    ".Cm restore\n"
	    "and\n"
	    ".Cm verify\n"
	    "need it.\n"
	    "A folder holds one public key in each file and nothing else (names that begin\n"
	    "with a dot are left out).\n"
	    "Keys in\n"
	    ".Pa etc/novark/revoked.d ,\n"
	    "below\n"
	    ".Fl -root\n"
	    "and on this machine, and in a folder\n"
	    ".Pa revoked.d\n"
	    "in or beside what is given, are never trusted, whatever else is said.\n"
	    "Nobody but root and you may be able to write to\n"
	    ".Pa etc/novark ." },
	{ "decrypt", "KEY", 0, AT(decrypt), READ, 0,
	    "the private key that opens an encrypted bundle",
	    "The private key (PEM, mode 0600, without a pass phrase) of one of the\n"
	    "certificates that an encrypted bundle was encrypted to.\n"
	    "Nothing is decrypted before the signature of a trusted key holds.\n"
	    "Without it\n"
	    ".Cm audit\n"
	    "tells id, time, host, signer, recipients and sizes of an encrypted bundle, and\n"
	    "checks the digests of what is stored." },

	{ "list", NULL, 0, AT(list), ON(AUDIT), 0,
	    "only list the items; the parts are not read",
	    "Only list the items.\n"
	    "The parts are not read, so their digests are not checked." },
	{ "cat", "ITEM", 0, AT(cat), ON(AUDIT), 0,
	    "write the bytes of one item, secrets masked",
	    "Write the bytes of one item to standard output, secrets masked; the outcome\n"
	    "goes to standard error.\n"
	    "A secret is what has a secret's name (an option, a key, a word in front of it),\n"
	    "a password in a URL, a password's hash, a private key, and base64, hex or\n"
	    "percent-encoding of a text with one.\n"
	    "Keys in files of their own are binary files here.\n"
	    "A table comes as in the bundle, tab-separated; a row as lines of\n"
	    ".Sq column: value .\n"
	    "A binary file is shown only with\n"
	    ".Fl -show-secrets ." },
	{ "show-secrets", NULL, 0, AT(show_secrets), ON(AUDIT), 0,
	    "with --cat: the exact bytes, secrets and all",
	    "With\n"
	    ".Fl -cat :\n"
	    "the exact bytes, secrets and all, and behind a libvirt secret's definition its\n"
	    "value as an XML comment." },
	{ "find", "ADDRESS", 1, AT(find), ON(AUDIT), 0,
	    "list every place of an address, a range or a DNS name",
	    "List every place of an address, in any spelling, of a range such as\n"
	    "10.2.116.0/24, or of a DNS name: item, place in it, value with secrets masked,\n"
	    "kind of place (or\n"
	    ".Sq - ) ,\n"
	    "and why a map leaves it alone if it does, separated by tabs." },
	{ "diff", "OTHER", 0, AT(diff), ON(AUDIT), 0,
	    "show what differs in the bundle OTHER",
	    "Show what differs in the bundle\n"
	    ".Ar OTHER :\n"
	    "items that only one has, files and definitions as unified diffs, rows by their\n"
	    "keys.\n"
	    "Exit code 4 when something does." },
	{ "draft-map", NULL, 0, AT(draft_map), ON(AUDIT), 0,
	    "write a map file to fill in",
	    "Write a map file to fill in: each address found, how often, in what kind of\n"
	    "place, the node's own first.\n"
	    "The map is refused as long as one of its rules ends in\n"
	    ".Sq \\&? ." },
	{ "here", NULL, 0, AT(here), ON(AUDIT), 0,
	    "with --draft-map: fill in the addresses of this host, where it "
	    "is clear which",
	    "With\n"
	    ".Fl -draft-map ,\n"
	    "at the destination: fill in the addresses of this host.\n"
	    "An address of the old node becomes that of the interface of the same name here,\n"
	    "or of the only one here where the old node had one only; one that stands here\n"
	    "already is kept.\n"
	    "Where it is not clear, the question mark stays, and what this host has is shown." },
	{ "advice", NULL, 0, AT(advice), ON(AUDIT), 0,
	    "tell what ties the node to its outer address, and which setting "
	    "would not",
	    "Tell what ties the node to its outer address: settings and rows, how many, and\n"
	    "for each kind of them the setting that would prevent it and from which release\n"
	    "on it exists.\n"
	    "An address is taken for an outer one where clients are given it; when no place\n"
	    "tells, all of the node's own are." },

	{ "map", "OLD=NEW", 1, AT(maps), CHANGE, 0,
	    "replace an address, range, name ... by another",
	    "A rule of the map.\n"
	    "See\n"
	    ".Sx THE MAP ." },
	{ "map-file", "FILE", 1, AT(map_files), CHANGE, 0,
	    "read such rules from a file, one a line",
	    "Read rules from a file, one a line." },
	{ "also", "GLOB", 1, AT(also), CHANGE, 0,
	    "change places, too, that are held by default",
	    "Change places, too, that are held by default; matched with the item's name, and\n"
	    "with the item's name, a space and the place." },
	{ "on-drift", "stop|keep|rewrite|replay", 0, AT(on_drift), CHANGE, 0,
	    "what to do where this node holds neither the old nor the "
	    "new (default: stop)",
	    "What to do where this node holds neither what was captured nor what the map\n"
	    "makes of it:\n"
	    ".Cm stop\n"
	    "(the default) changes nothing at all and ends with exit code 6;\n"
	    ".Cm keep\n"
	    "leaves it as it is;\n"
	    ".Cm rewrite\n"
	    "applies the map to what is there now;\n"
	    ".Cm replay\n"
	    "takes what the bundle holds." },
	{ "dry-run", NULL, 0, AT(dry_run), ON(RESTORE), 0,
	    "stop after the plan",
	    "Stop after the plan, with the exit code that the real run would have, as\n"
	    "far as it can be known.\n"
	    "With\n"
	    ".Fl -resume\n"
	    "or\n"
	    ".Fl -undo :\n"
	    "look at everything, list what would be done or stands in the way, and do\n"
	    "nothing." },
	{ "against", "FILE", 0, AT(against), ON(RESTORE), 0,
	    "with --dry-run or --preflight: against this description of "
	    "the destination, not against this host",
	    "With\n"
	    ".Fl -dry-run\n"
	    "or\n"
	    ".Fl -preflight :\n"
	    "rehearse against the description in\n"
	    ".Ar FILE ,\n"
	    "which\n"
	    ".Nm Cm snapshot Fl -describe\n"
	    "wrote at the destination; this host is not looked at.\n"
	    "Rows, rights and the contents of files that differ are compared on the night." },
	{ "against-trust", "PUB", 0, AT(against_trust), ON(RESTORE), 0,
	    "the key that signed the description, or a folder (default: "
	    "--trust)",
	    "The public key, or a folder of them, that must have signed the description;\n"
	    "without it that of\n"
	    ".Fl -trust ." },
	{ "preflight", NULL, 0, AT(preflight), ON(RESTORE), 0,
	    "only tell whether a restore is safe here",
	    "Look for all that makes a restore unsafe here, and stop.\n"
	    "Writes nothing.\n"
	    "Of domains it looks at emulator, machine type, CPU and devices, nwfilters with\n"
	    "all that they refer to, networks, pools, secrets, bridges, and disks, kernels\n"
	    "and firmware with the images behind them, whose formats are never guessed." },
	{ "force-preflight", "NAME", 1, AT(waive), ON(RESTORE), 0,
	    "let a finding of that name pass; NAME:ITEM that of an item",
	    "Let findings of that name pass;\n"
	    ".Ar NAME : Ns Ar ITEM ,\n"
	    ".Ar ITEM\n"
	    "being a shell pattern, only those of such an item.\n"
	    "They are listed as waived." },
	{ "allow", "NAME", 1, AT(allow), CHANGE, 0,
	    "let definitions have what a bundle may not bring else; NAME:ITEM "
	    "for one item",
	    "Let definitions from the bundle have what they may not have else, by the names of\n"
	    ".Sx WHAT DEFINITIONS MAY HAVE ;\n"
	    ".Ar NAME : Ns Ar ITEM ,\n"
	    ".Ar ITEM\n"
	    "being a shell pattern, only those of such an item.\n"
	    "They are listed as waived." },
	{ "save-plan", "FILE", 0, AT(save_plan), ON(RESTORE), 0,
	    "with --dry-run: save the plan, to be applied by --plan",
	    "With\n"
	    ".Fl -dry-run :\n"
	    "save the plan in\n"
	    ".Ar FILE\n"
	    "(mode 0600).\n"
	    "It holds what was asked, what this host is, and of each change its item and\n"
	    "digests, but no value; digests are keyed, so that they tell nothing without\n"
	    "the bundle." },
	{ "plan", "FILE", 0, AT(plan), ON(RESTORE), 0,
	    "apply just the plan that was saved there, or nothing",
	    "Apply just the plan that was saved in\n"
	    ".Ar FILE ,\n"
	    "or nothing: where bundle, map, options, this host or any change is not as it\n"
	    "was then, each such thing is named, and the exit code is 6.\n"
	    "The bundle and the options are those of the saved plan; they may be given, and\n"
	    "then must agree." },
	{ "receipt", "FILE", 0, AT(receipt), ON(RESTORE), 0,
	    "write the receipt there, too",
	    "Write a copy of the receipt (and of its signature), for the change ticket." },
	{ "yes", NULL, 0, AT(yes), ON(RESTORE), 0,
	    "do not ask before the plan is applied",
	    "Do not ask before the plan is applied." },
	{ "resume", NULL, 0, AT(resume), ON(RESTORE), 0,
	    "go on with a restore that was cut short; FILE is its ID, or is "
	    "left out",
	    "Go on with a restore that stopped part-way, to where it would have come.\n"
	    ".Ar ID\n"
	    "is its name or the start of it; without one, the restore that is not finished.\n"
	    "Needs no bundle and no map.\n"
	    "The end is verified with the bundle where it was, and with the key that\n"
	    ".Fl -decrypt\n"
	    "named; it can be given again.\n"
	    "Where the key that signed the bundle was revoked since, it is refused;\n"
	    ".Fl -undo\n"
	    "is not.\n"
	    "Rows are written in one transaction for each database server.\n"
	    "One that the server takes back (a deadlock, a lock wait, a Galera node's\n"
	    "certification failure) is started again from its first row; for a server that\n"
	    "goes away novark waits up to five minutes, and what became of a commit whose\n"
	    "answer was lost is seen by looking at the rows." },
	{ "undo", NULL, 0, AT(undo), ON(RESTORE), 0,
	    "take back a restore, also a finished one; FILE as above",
	    "Take back a restore, a finished one too, also weeks later and without the\n"
	    "bundle.\n"
	    ".Ar ID\n"
	    "as for\n"
	    ".Fl -resume ;\n"
	    "without one, the restore that is not finished or else the newest.\n"
	    "Both refuse, with a list and exit code 6, where something has changed since." },
	{ "state-dir", "DIR", 0, AT(state_dir), ON(RESTORE), 0,
	    "where restore keeps its lock and its journals (default: "
	    "var/lib/novark)",
	    "Where the journals of restores and the lock against a second restore at the\n"
	    "same time are kept; else\n"
	    ".Pa var/lib/novark\n"
	    "below\n"
	    ".Fl -root ." },

	{ "root", "DIR", 0, AT(root), HOST, 0,
	    "read and write files below DIR instead of /",
	    "Read and write files below\n"
	    ".Ar DIR\n"
	    "instead of / ." },
	{ "connect", "URI", 0, AT(connect), HOST, 0,
	    "libvirt (default: what nova.conf says, else qemu:///system)",
	    "The libvirt to talk to; else what nova.conf says, else qemu:///system." },
	{ "defaults-file", "FILE", 0, AT(defaults_file), HOST, 0,
	    "MySQL options file whose [client] overrides host, port, "
	    "socket, user and password of the configuration",
	    "A MySQL options file whose\n"
	    ".Li [client]\n"
	    "section overrides host, port, socket, user and password of the databases that\n"
	    "the configuration names.\n"
	    "Passwords never go on a command line." },
	{ "only", "GLOB", 1, AT(only), HOST, 0,
	    "take only items whose name fits",
	    "Take only items whose name fits the shell pattern, in which\n"
	    ".Sq *\n"
	    "also spans slashes." },
	{ "not", "GLOB", 1, AT(except), HOST, 0,
	    "leave out items whose name fits",
	    "Leave out items whose name fits.\n"
	    "At a snapshot, a configuration file that is named in full\n"
	    ".Pq Ql file:/etc/cinder/cinder.conf\n"
	    "is not read either: for one that cannot be parsed." },
	{ "no-files", NULL, 0, AT(no_files), HOST, 0, "leave the files out",
	    "Leave the files out." },
	{ "no-libvirt", NULL, 0, AT(no_libvirt), HOST, 0, "leave libvirt out",
	    "Leave libvirt out." },
	{ "no-database", NULL, 0, AT(no_database), HOST, 0,
	    "leave the databases out",
	    "Leave the databases out." },

	{ "html", "FILE", 0, AT(html), READ, 0,
	    "write the result as a page to decide by, too",
	    "Write the result as one HTML page, too (mode 0600): is it safe to go on, where\n"
	    "each address stands and what becomes of it, findings, held places, the plan,\n"
	    "what is left to do.\n"
	    "It has the numbers of\n"
	    ".Fl -json ,\n"
	    "masked the same, loads nothing, and is whole without its script, which only\n"
	    "filters.\n"
	    "The bundle is read once more for it.\n"
	    "With\n"
	    ".Cm audit\n"
	    "of a receipt it shows the receipt;\n"
	    "with\n"
	    ".Fl -resume\n"
	    "or\n"
	    ".Fl -undo\n"
	    "what was still made or taken back." },
	{ "json", NULL, 0, AT(json), ALL, 0,
	    "one JSON document instead of text",
	    "Write one JSON document instead of text, errors included.\n"
	    "It has the members\n"
	    ".Li schema_version ,\n"
	    ".Li command ,\n"
	    ".Li outcome ,\n"
	    ".Li exit ,\n"
	    ".Li message\n"
	    "and\n"
	    ".Li errors\n"
	    "beside the result." },
	{ "quiet", NULL, 0, AT(quiet), ALL, 0, "no progress and no notes",
	    "No progress and no notes; the result and the outcome remain." },
	{ "help", NULL, 0, AT(help), ALL, 0, "show this",
	    "Show the options; also\n"
	    ".Fl h ." },
	{ "version", NULL, 0, AT(version), ALL, 0, "show the version",
	    "Show the version; also\n"
	    ".Fl V ." },
};

#undef ON
#undef AT
#undef READ
#undef HOST
#undef CHANGE
#undef ALL

#endif

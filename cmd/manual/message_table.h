#ifndef CMD_MANUAL_MESSAGE_TABLE_H
#define CMD_MANUAL_MESSAGE_TABLE_H

/**
 * What the messages from a folder of the source are about, and what helps, in
 * sentences; a folder that is not here is its parent's.  The first row is what is
 * said everywhere.  Included by message.c alone.
 */
static const struct message_row {
	const char *folder, *about, *help;
} rows[] = {
	{ "archive", "novark's own work",
	    "Memory, threads or room ran out. Make some, and run the same "
	    "again; nothing is half-done by that." },
	{ "archive/address", "addresses and names",
	    "It is written another way than novark reads it. An address, a "
	    "range such as 10.2.116.0/24 and a DNS name are what there is." },
	{ "archive/belong", "the rows of some hosts",
	    "Names are nova's, as its services have them. novark help hosts "
	    "tells what a snapshot of some hosts holds." },
	{ "archive/bundle", "a bundle as a file",
	    "One that is read is refused where anything in it is not as it was "
	    "signed: copy it again, compare sha256sum at both ends, and see "
	    "that --trust names the key of who took it (novark help 3). One "
	    "that is written has its name only when it is whole: see room and "
	    "rights where it is to be." },
	{ "archive/database", "a database server",
	    "novark logs in as the configuration says. See that the server is "
	    "up and can be reached from here, and that the login may read; or "
	    "name another one by --defaults-file. --no-database leaves the "
	    "databases out." },
	{ "archive/judge", "XML or JSON from elsewhere",
	    "It is not in a form that nova and libvirt write, and nothing of "
	    "it was used. A file or definition here can be left out with "
	    "--not; a bundle with it is refused (novark help 3)." },
	{ "archive/keys", "keys, signatures and certificates",
	    "Private keys are PEM, of mode 0600 and without a pass phrase; "
	    "public ones PEM as keygen writes them; nobody but root and you "
	    "may be able to write to etc/novark. novark help secrets, novark "
	    "help --trust and novark help --decrypt tell more." },
	{ "archive/libvirt", "libvirt",
	    "See that its daemon is up, and that you may write to it (virsh "
	    "uri); or name another one by --connect. --no-libvirt leaves it "
	    "out." },
	{ "archive/look", "a search for addresses, or a comparison",
	    "The bundle is read as it is; nothing was changed." },
	{ "archive/manifest", "the list of what is in a bundle",
	    "What novark writes is never so: it was changed since, or written "
	    "by something else, or is larger than the limits. Such a bundle is "
	    "refused (novark help 3)." },
	{ "archive/node", "files and configuration of this host",
	    "A file below the root cannot be read or written, is of another "
	    "kind than it should be, or has a line that nova would not take "
	    "either. Mend it, or leave it out: --not 'file:/ITS/PATH'." },
	{ "archive/snapshot", "a snapshot",
	    "No bundle was written, unless it is a warning. Mend what is named, "
	    "or leave that part out with the option that the message gives." },
	{ "cmd", "what was asked for",
	    "SUBCOMMAND --help lists the options; the exit code says what was "
	    "done and what was not (novark help exit-codes)." },
	{ "restore", "a restore",
	    "The exit code says what was done and what was not (novark help "
	    "exit-codes)." },
	{ "restore/accounts", "MySQL accounts that are renamed",
	    "The login needs the right CREATE USER, or an administrator does it "
	    "(novark help account). --not 'account:*' leaves them out." },
	{ "restore/allow", "what definitions may have",
	    "It is released by --allow with a name, where it is meant: novark "
	    "help definitions." },
	{ "restore/definitions", "libvirt's definitions",
	    "libvirt did not take one or give one back. What it says stands in "
	    "the message; the item can be left out with --not." },
	{ "restore/facts", "what a host is, or a description of one",
	    "Run as root to see all of it. A description that is refused is "
	    "made anew at the destination: novark snapshot --describe." },
	{ "restore/files", "files that a restore changes",
	    "Something else than at the plan stands there, or it cannot be "
	    "written: see rights, room, mounts and attributes (lsattr). "
	    "Nothing is written through a symbolic link." },
	{ "restore/journal", "the journal of a restore",
	    "It stands below var/lib/novark, or --state-dir, and is what "
	    "--resume and --undo go by: never mend it by hand. novark help "
	    "undo tells how it works." },
	{ "restore/map", "the map",
	    "The rule that is wrong is named, with its line. novark help map "
	    "has the rules." },
	{ "restore/next", "the list of what is left to do",
	    "The restore itself is not concerned; novark verify gives the "
	    "list again." },
	{ "restore/papers", "a saved plan or a receipt",
	    "It was changed, is of another version, or does not fit any more. "
	    "Make the plan again, look at it, and save it again; a receipt's "
	    "first copy stands beside the journal." },
	{ "restore/plan", "the plan",
	    "Nothing was changed. See what is named, and plan again." },
	{ "restore/preflight", "what makes a restore unsafe",
	    "Nothing was changed. novark help findings has the names." },
	{ "restore/rows", "rows of a database",
	    "The rows of a server are changed all or none. See the server's own "
	    "log; what is at odds with other rows can be left out with --not. "
	    "Once the server is well: novark help undo." },
	{ "restore/shares", "shares that are mounted",
	    "See that what is named is mounted or unmounted as it says." },
};

#endif

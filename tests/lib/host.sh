# host.sh: the host that a scenario runs on.
#
# As root it is in namespaces of its own (tests/lib/alone.c): no address but
# loopback and what is added here, no bridge, no program but the scenario's.
#
#   host_address ADDRESS...  give the host addresses
#   host_bridge NAME         a bridge
#   host_alone               ends as skipped where the host is not its own
#
# Where this cannot be, WAIVE has what novark's restore must then be let do:
# novark() of lib.sh adds it to every restore.  A scenario that is about
# findings sets WAIVE=().
# shellcheck shell=bash disable=SC2034
WAIVE=()

waive() { # NAME...
	local name
	for name; do
		WAIVE+=(--force-preflight "$name")
	done
}

host_address() { # ADDRESS...
	local a
	[ -n "${NOVARK_ALONE:-}" ] || return 0
	for a; do
		ip address add "$a" dev lo 2>/dev/null || :
		[[ $(ip -o address show dev lo) == *" ${a%/*}/"* ]] ||
		    waive "address-absent:${a%/*}"
	done
}

host_bridge() { # NAME
	[ -n "${NOVARK_ALONE:-}" ] || return 0
	if ! ip link add "$1" type bridge 2>/dev/null || ! ip link set "$1" up; then
		waive missing-bridge
	fi
}

host_alone() {
	[ -n "${NOVARK_ALONE:-}" ] ||
	    skip "machine: no namespaces of its own here, or no root"
}

# The new room, as the story's map has it.
host_new() {
	if [ -z "${NOVARK_ALONE:-}" ] || ! command -v ip >/dev/null; then
		NOVARK_ALONE=
		waive service-running libvirt-client address-absent missing-bridge
		return
	fi
	host_address 10.2.15.3/24
	host_bridge br100
}
host_new

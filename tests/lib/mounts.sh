# mounts.sh: a mount namespace of one's own, out of which no mount comes.
#
#   mounts_flags    print unshare's flags for one; 1: there is none here
# shellcheck shell=bash

# In a chroot / is no mount, and unshare cannot make it private: fine where what
# is mounted in there does not come out.
mounts_flags() {
	local flags='-m --propagation unchanged' probe comes_out=''
	if unshare -m true 2>/dev/null; then
		echo -m
		return
	fi
	probe=$(mktemp -d) || return 1
	# shellcheck disable=SC2086
	unshare $flags mount -t tmpfs tmpfs "$probe" 2>/dev/null || comes_out=1
	! mountpoint -q "$probe" || { umount "$probe"; comes_out=1; }
	rmdir "$probe"
	[ -z "$comes_out" ] || return 1
	echo "$flags"
}

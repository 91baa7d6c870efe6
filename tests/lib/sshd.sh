# sshd.sh: sshd on addresses of this scenario's own namespaces, with keys and
# configuration of its own.  Source it behind lib.sh, behind host_alone.
#
#   sshd_keys                 $SSHD: a folder with the keys of host and client
#   sshd_start ADDRESS PORT [COMMAND...]   sshd there, run by COMMAND
#   sshd_client PORT          $SSHD/client: an ssh_config that reaches them
#   sshd_ssh FILE             a program ssh that uses it, and works in $PWD of now
# shellcheck shell=bash disable=SC2154
[ -n "${NOVARK_ALONE:-}" ] || fail "sshd.sh wants namespaces of its own"

sshd_keys() {
	SSHD=$TMPDIR/sshd
	[ ! -d "$SSHD" ] || return 0
	mkdir -m 700 "$SSHD"
	ssh-keygen -q -t ed25519 -N '' -C host -f "$SSHD/host"
	ssh-keygen -q -t ed25519 -N '' -C operator -f "$SSHD/operator"
	printf '* %s\n' "$(cut -d ' ' -f 1,2 "$SSHD/host.pub")" >"$SSHD/known"
	# Where privileges are dropped; nobody else sees it.
	if [ ! -d /run/sshd ]; then
		mount -t tmpfs -o mode=755 tmpfs /run
		mkdir -m 755 /run/sshd
	fi
}

sshd_start() { # ADDRESS PORT [COMMAND...]
	local config
	sshd_keys
	config=$SSHD/config.$1.$2
	cat >"$config" <<-END
	ListenAddress $1:$2
	HostKey $SSHD/host
	AuthorizedKeysFile $SSHD/operator.pub
	PidFile none
	StrictModes no
	UsePAM no
	PasswordAuthentication no
	KbdInteractiveAuthentication no
	PermitRootLogin yes
	PrintMotd no
	MaxStartups 100
	Subsystem sftp internal-sftp
	END
	"${@:3}" "$(command -v sshd)" -D -e -f "$config" 2>"$config.log" </dev/null &
	at_exit kill $!
	for _ in $(seq 100); do
		! grep -qs 'Server listening' "$config.log" || return 0
		sleep 0.1
	done
	show "$config.log"
	fail "sshd does not start"
}

sshd_client() { # PORT
	sshd_keys
	cat >"$SSHD/client" <<-END
	Host *
	Port $1
	User root
	IdentityFile $SSHD/operator
	IdentitiesOnly yes
	UserKnownHostsFile $SSHD/known
	GlobalKnownHostsFile /dev/null
	StrictHostKeyChecking yes
	BatchMode yes
	LogLevel ERROR
	END
}

sshd_ssh() { # FILE
	cat >"$1" <<-END
	#!/bin/bash
	host=\$1
	shift
	exec $(command -v ssh) -F $SSHD/client "\$host" "cd $PWD && PATH=$PWD/bin:\\\$PATH && \$*"
	END
	chmod 755 "$1"
}

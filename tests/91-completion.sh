#!/bin/bash
# Completion in real shells, each on a terminal of its own: what is typed, and
# what stands on the line after the key that inserts every completion there is.
. "$(dirname "$0")/lib/lib.sh"
need script bash setpriv

built=$(dirname "$NOVARK")
zsh=$(command -v zsh || :)
mkdir -p "$TMPDIR/home/keys" && cd "$TMPDIR/home"
touch move.map 'my node.bundle' keys/move.pub
mkdir "keys/old ones"

# --- bash: M-* inserts all completions, C-x C-w writes the line down
cat >"$TMPDIR/bash.rc" <<-END
	PS1='> ' HISTFILE=
	bind "set completion-query-items 0"
	. "$built/novark.bash"
	bind 'set bell-style none'
	bind -x '"\C-x\C-w": printf "%s|\n" "\$READLINE_LINE" >>"$TMPDIR/lines"'
END
# --- zsh: the same two keys
cat >"$TMPDIR/.zshrc" <<-END
	PS1='> ' HISTFILE=
	unsetopt beep
	fpath=("$TMPDIR/zsh" \$fpath)
	autoload -Uz compinit && compinit -u -D
	zle -C everything complete-word _generic
	zstyle ':completion:everything::::' completer _all_matches _complete
	zstyle ':completion:everything:*' insert yes
	note() { print -r -- "\$BUFFER|" >>"$TMPDIR/lines" }
	zle -N note
	bindkey -e
	bindkey '\e*' everything '^X^W' note
END
mkdir "$TMPDIR/zsh"
cp "$built/novark.zsh" "$TMPDIR/zsh/_novark"

count_lines() { # of what was written down
	wc -l 2>/dev/null <"$TMPDIR/lines" || echo 0
}

wait_for() { # COUNT
	local i
	for ((i = 0; i < 600; i++)); do
		[ "$(count_lines)" -lt "$1" ] || return 0
		sleep 0.05
	done
	fail "no line $1: $(tail -n 3 "$TMPDIR/screen")"
}

# A shell on a terminal; what is written to its descriptor 7 is typed.  It goes
# with who started it, however that ends: script is killed, so its terminal is
# gone, which hangs up the shell.
start_shell() { # COMMAND
	rm -f "$TMPDIR/lines" "$TMPDIR/keys"
	mkfifo "$TMPDIR/keys"
	# The terminal takes no byte for a sign of its own, whoever reads it.
	TERM=xterm ZDOTDIR=$TMPDIR setpriv --pdeathsig KILL script -qfc \
	    "stty -icanon -isig -ixon -iexten -echo cols 200; exec $1" \
	    "$TMPDIR/screen" <"$TMPDIR/keys" >/dev/null 2>&1 &
	shell=$!
	exec 7>"$TMPDIR/keys"
	# Until it listens, this key is without a meaning, and costs nothing.
	until [ "$(count_lines)" -gt 0 ]; do
		kill -0 $shell || fail "no shell: $(cat "$TMPDIR/screen")"
		printf '\030\027' >&7
		sleep 0.2
	done
	sleep 0.5
	: >"$TMPDIR/lines"
}

# The shells that run, and what they run in.
none_left() { # WHEN
	local i left
	for ((i = 0; i < 100; i++)); do
		left=$(grep -lsazx "ZDOTDIR=$TMPDIR" /proc/[0-9]*/environ || :)
		[ -n "$left" ] || break
		sleep 0.1
	done
	assert_equal "no shell is left $1" "" "$left"
}

end_shell() {
	printf '\025exit\r' >&7
	exec 7>&-
	wait $shell || :
	none_left "behind $name"
}

completes() { # TYPED WANTED...: all that may stand there, in any order
	local typed=$1 got want
	shift
	: >"$TMPDIR/lines"
	printf '\025%s\033*\030\027' "$typed" >&7
	wait_for 1
	got=$(head -n 1 "$TMPDIR/lines")
	got=${got%|}
	# What was typed before the last word stays.
	got=$(printf '%s' "${got#"${typed% *} "}" | xargs printf '%s\n' | sed 's,[/=]$,,' | sort | paste -sd' ')
	want=$(printf '%s\n' "$@" | sort | paste -sd' ')
	assert_equal "$name: '$typed'" "$want" "$got"
}

options_of() { # SUBCOMMAND
	"$NOVARK" "$1" --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p'
}

check_shell() {
	local c
	completes "novark sn" snapshot
	completes "novark re" restore
	for c in keygen snapshot audit restore verify; do
		mapfile -t options < <(options_of $c)
		completes "novark $c --" "${options[@]}"
	done
	completes "novark audit --li" --list
	completes "novark audit --map" --map
	completes "novark restore x --map-f" --map-file
	# What was given is not offered again, unless it may be.
	completes "novark restore --yes --map a=b --y" --y
	completes "novark restore --map a=b --map" --map --map-file
	# Values.
	completes "novark restore --on-drift " stop keep rewrite replay
	completes "novark verify x --on-drift re" rewrite replay
	completes "novark restore --allow host" host-disk hostdev
	completes "novark restore --force-preflight missing-n" missing-nvram \
	    missing-network missing-nwfilter
	# Files, folders, and neither.
	completes "novark restore m" move.map "my node.bundle"
	completes "novark restore --map-file mo" move.map
	completes "novark audit --trust keys/m" keys/move.pub
	completes "novark restore --root k" keys
	completes "novark restore --state-dir m" m
	completes "novark restore --only m" m
	completes "novark keygen --out m" m
	completes "novark restore -- m" move.map "my node.bundle"
	# Help.
	completes "novark help bun" bundle-format
	completes "novark help res" restore
	completes "novark help missing-d" missing-disk
}

# Killed part-way, a test leaves none behind.
for shell in "bash --noprofile --rcfile '$TMPDIR/bash.rc' -i" ${zsh:+"zsh -i"}; do
	(
		start_shell "$shell"
		printf 'novark sn' >&7
		kill -KILL "$BASHPID"
	) 2>/dev/null || :
	assert "it had come up" test -e "$TMPDIR/lines"
	none_left "when ${shell%% *}'s test is killed"
done

name=bash
start_shell "bash --noprofile --rcfile '$TMPDIR/bash.rc' -i"
check_shell
# "=" parts words for bash.
completes "novark restore --on-drift=re" --on-drift=replay rewrite
completes "novark restore --on-drift=" --on-drift=keep replay rewrite stop
completes "novark restore --map-file=mo" --map-file=move.map
end_shell

# Where it does not, and with the package bash-completion, which finds the file
# by itself.
name="bash with bash-completion"
helper=/usr/share/bash-completion/bash_completion
if [ -e $helper ]; then
	mkdir -p "$TMPDIR/share/bash-completion/completions"
	cp "$built/novark.bash" "$TMPDIR/share/bash-completion/completions/novark"
	sed -i "s|^\t*\. .*/novark.bash\"|COMP_WORDBREAKS=\${COMP_WORDBREAKS//=/}\n. $helper|" \
	    "$TMPDIR/bash.rc"
	export XDG_DATA_DIRS=$TMPDIR/share
	start_shell "bash --noprofile --rcfile '$TMPDIR/bash.rc' -i"
	check_shell
	completes "novark restore --on-drift=re" --on-drift=rewrite --on-drift=replay
	completes "novark restore --map-file=mo" --map-file=move.map
	end_shell
fi

if [ -n "$zsh" ]; then
	name=zsh
	start_shell "zsh -i"
	check_shell
	completes "novark restore --on-drift=re" --on-drift=rewrite --on-drift=replay
	end_shell
fi

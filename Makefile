# novark: GNU make, one file, no recursion.  make help lists what there is.
PREFIX ?= /usr/local
DESTDIR ?=
VARIANT ?= release
BUILD ?= build/$(VARIANT)
ifeq ($(origin CC),default)
CC = gcc
endif
PKG_CONFIG ?= pkg-config

# The program loads some of them when it first needs them: archive/late/late.h.
PKGS_NOW = libarchive libzstd libxml-2.0 openssl jansson zlib libutf8proc
PKGS = libvirt mysqlclient $(PKGS_NOW)
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wformat=2 -Wundef -Wvla -Wwrite-strings -Wcast-qual
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE \
	-ffile-prefix-map=$(CURDIR)=.
HARDEN_LINK = -pie -Wl,-z,relro,-z,now
OPT = -O2
ifeq ($(VARIANT),asan)
OPT = -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
HARDEN = -fPIE
endif
# With CC=clang: what libFuzzer sees of the code, see "make fuzz".
ifeq ($(VARIANT),fuzz)
OPT = -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined -fno-omit-frame-pointer
HARDEN = -fPIE
endif
ifeq ($(VARIANT),cov)
OPT = -O0 --coverage -fprofile-update=atomic
HARDEN = -fPIE
endif
ifneq ($(WERROR),)
WARN += -Werror
endif

# Asked for when first used, and only once: the packages may have been installed
# by this very make.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS)))$(PKG_LIBS)
NOW_LIBS = $(eval NOW_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS_NOW)))$(NOW_LIBS)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. $(patsubst -I%,-isystem %,$(PKG_CFLAGS)) \
	-g $(OPT) $(HARDEN) $(WARN) $(CFLAGS)
ALL_LDFLAGS = $(OPT) $(HARDEN_LINK) $(LDFLAGS)

CMD_SRC := cmd/main.c $(wildcard archive/late/*.c)
FILL_SRC := cmd/manual/main.c
LIB_SRC := $(filter-out $(CMD_SRC) $(FILL_SRC),$(wildcard archive/*.c \
	archive/*/*.c restore/*.c restore/*/*.c cmd/*.c cmd/*/*.c))
UNIT_SRC := $(wildcard tests/unit/test_*.c)
# The man page's text, and the page's style and script, are part of the program.
SOURCE := $(BUILD)/cmd/manual/source.c
ASSETS := $(wildcard cmd/page/page.css cmd/page/page.js)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(SOURCE:.c=.o) $(ASSETS:%=$(BUILD)/%.o)
CMD_OBJ := $(CMD_SRC:%.c=$(BUILD)/%.o)
ifeq ($(VARIANT),asan)
# The leak checker falls over the threads' memory of what is loaded late.
CMD_OBJ := $(BUILD)/cmd/main.o
NOW_LIBS = $(PKG_LIBS)
endif
UNIT := $(UNIT_SRC:%.c=$(BUILD)/%)
LIB := $(BUILD)/libnovark.a
# Tests of the trust gate, each with one of its steps switched off.
GATE_OFF := $(shell sed -n 's/^\t\(GATE_[A-Z]*\),\{0,1\} .*/\1/p' \
	archive/bundle/gate.h)
GATES := $(GATE_OFF:%=$(BUILD)/gate/%)

# What is made from the tables of options and findings, by their own program.
FILL := $(BUILD)/cmd/manual/fill
MAN := $(patsubst cmd/manual/%.in,$(BUILD)/%,$(wildcard cmd/manual/*.[158].in))
COMPLETION := $(BUILD)/novark.bash $(BUILD)/novark.zsh
# Tables of data are part of the one file that includes them.
HEADERS := $(filter-out %_table.h,$(wildcard archive/*.h archive/*/*.h \
	restore/*.h restore/*/*.h cmd/*.h cmd/*/*.h))
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)
FUZZ := $(FUZZ_SRC:%.c=$(BUILD)/%)
HELPERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/lib/*.c)) \
	$(BUILD)/tests/lib/fault.so $(BUILD)/tests/lib/wrong \
	$(BUILD)/tests/lib/watch.so $(BUILD)/tests/lib/canary

# The second make of demo and check: on all processors, unless told otherwise.
JOBS ?= $(shell nproc)
AGAIN = $(MAKE) --no-print-directory -s \
	$(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: all help check demo deps install uninstall lint check-layers \
	check-headers check-crash check-asan check-valgrind unit helpers \
	fuzzers fuzz gates coverage bench \
	bench-programs deb dist clean
all: $(BUILD)/novark $(MAN) $(COMPLETION)

help:
	@echo 'make                build $(BUILD)/novark'
	@echo 'make demo           live through a site move on a throw-away site'
	@echo 'make check          all tests (installs what they need, where it can)'
	@echo 'make check-crash    killed and failed at every call there is (long)'
	@echo 'make check-asan     unit tests and the story under ASan and UBSan'
	@echo 'make check-valgrind unit tests and the story under valgrind'
	@echo 'make fuzz           libFuzzer on every parser (TARGET=map SECONDS=600)'
	@echo 'make bench          against what one would use instead (SCALE=small or full)'
	@echo 'make coverage       lines and branches that the tests reach, per room'
	@echo 'make lint           formatting, scripts, man pages, layers, headers'
	@echo 'make deps           install what build, demo and tests need'
	@echo 'make install        PREFIX=/usr/local DESTDIR='
	@echo 'make deb            a package for Debian, in build/'
	@echo 'make dist           the source as a tarball, in build/'
	@echo 'make clean          remove build/'
	@echo 'VARIANT=asan, CC=clang BUILD=build/clang, WERROR=1 build beside.'

deps:
	@tests/lib/deps build demo check

demo:
	@tests/lib/deps build demo
	@$(AGAIN) all helpers
	@NOVARK=$(BUILD)/novark HELPERS=$(BUILD)/tests/lib tests/demo.sh

check:
	@tests/lib/deps build demo check package
	@$(AGAIN) all unit helpers fuzzers gates
	@NOVARK=$(BUILD)/novark HELPERS=$(BUILD)/tests/lib tests/lib/zed-schemas
	@tests/lib/page-tools
	@tests/run --build $(BUILD)

# "make check" tries some of them, others every day.
check-crash:
	@tests/lib/deps build demo check
	@$(AGAIN) all helpers
	@tests/lib/crash-all --build $(BUILD)

check-asan:
	@tests/lib/deps build demo check
	@$(AGAIN) VARIANT=asan BUILD=build/asan all unit helpers
	@tests/run --build build/asan --unit 50-story

# SCALE=small: three minutes; full: long.  JOB= names some of tests/bench.
bench:
	@tests/lib/deps build demo check bench
	@$(AGAIN) all helpers bench-programs
	@tests/bench/run --build $(BUILD) $(JOB)

# What the tests reached, line by line and branch by branch.  TESTS= as tests/run
# takes them; none: all.
coverage:
	@tests/lib/deps build demo check
	@$(AGAIN) VARIANT=cov BUILD=build/cov all unit helpers
	@NOVARK=build/cov/novark HELPERS=build/cov/tests/lib tests/lib/zed-schemas
	@tests/lib/page-tools
	@find build/cov -name '*.gcda' -delete
	@tests/run --build build/cov --timeout 900 $(TESTS) || true
	@tests/lib/coverage build/cov

check-valgrind:
	@tests/lib/deps build demo check valgrind
	@$(AGAIN) all unit helpers
	@tests/run --build $(BUILD) --valgrind --unit 50-story

# "make check" replays what is in tests/fuzz/corpus.
fuzz:
	@tests/lib/deps build fuzz
	@$(AGAIN) VARIANT=fuzz BUILD=build/fuzz CC=clang fuzzers
	@tests/fuzz/run build/fuzz "$(TARGET)" $(SECONDS)

lint: check-layers check-headers $(MAN) $(COMPLETION)
	@tests/lib/deps lint
	@tests/lib/lint $(MAN) $(COMPLETION)

# A file includes its own folder or a lower one: cmd, restore, archive.
check-layers: ARCHIVE = archive/*.[ch] archive/*/*.[ch]
check-layers: RESTORE = restore/*.[ch] restore/*/*.[ch]
check-layers: CMD = $(wildcard cmd/*.[ch] cmd/*/*.[ch])
check-layers:
	@! grep -nE '^[ \t]*#[ \t]*include[ \t]+"(restore|cmd|tests)/' $(ARCHIVE) /dev/null
	@! grep -nE '^[ \t]*#[ \t]*include[ \t]+"(cmd|tests)/' $(RESTORE) /dev/null
	@! grep -nE '^[ \t]*#[ \t]*include[ \t]+"tests/' $(CMD) /dev/null
# libxml2 and jansson have one door each.
	@! grep -nE '\b(xml(Ctxt)?Read|xmlParse|xmlNewTextReader|json_load)[A-Za-z]*\(' \
	    $(ARCHIVE) $(RESTORE) $(CMD) | grep -v '^archive/judge/'
	@! grep -nE '^[ \t]*#[ \t]*include[ \t]+"' $(ARCHIVE) $(RESTORE) $(CMD) \
	    /dev/null | grep -vE '"(archive|restore|cmd)/([a-z]+/)?[a-z0-9_]+\.h"'

check-headers: $(HEADERS:%.h=$(BUILD)/%.h.ok)

$(BUILD)/%.h.ok: %.h
	@mkdir -p $(@D)
	printf '#include "%s"\nextern int nothing;\n' $< | \
	    $(CC) $(ALL_CFLAGS) -fsyntax-only -x c -
	@touch $@

# Where the shells look for it.
IN_BASH = share/bash-completion/completions/novark
IN_ZSH = share/zsh/site-functions/_novark
# For Ansible: playbooks, an inventory to begin with, and the role.
IN_ANSIBLE = share/novark/ansible
ANSIBLE := $(patsubst cmd/ansible/%,%,$(wildcard cmd/ansible/*.yml \
	cmd/ansible/roles/novark/*.* cmd/ansible/roles/novark/*/*.*))

install: all
	install -D -m 755 $(BUILD)/novark $(DESTDIR)$(PREFIX)/bin/novark
	install -D -m 644 $(BUILD)/novark.bash $(DESTDIR)$(PREFIX)/$(IN_BASH)
	install -D -m 644 $(BUILD)/novark.zsh $(DESTDIR)$(PREFIX)/$(IN_ZSH)
	for m in $(notdir $(MAN)); do install -D -m 644 $(BUILD)/$$m \
	    $(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$$m || exit 1; done
	for f in $(ANSIBLE); do install -D -m 644 cmd/ansible/$$f \
	    $(DESTDIR)$(PREFIX)/$(IN_ANSIBLE)/$$f || exit 1; done

# The version stands in one place.
VERSION := $(shell sed -n 's/^.define NOVARK_VERSION "\(.*\)"/\1/p' archive/version.h)
MADE = build
DEB = $(MADE)/novark_$(VERSION)_$(shell dpkg --print-architecture).deb
DIST = $(MADE)/novark-$(VERSION).tar.gz

deb:
	@tests/lib/deps build package
	@$(AGAIN) all $(BUILD)/novark-linked
	@cmd/package/deb $(BUILD) $(BUILD)/novark-linked $(VERSION) $(DEB)
	@echo $(DEB)

# Linked in the usual way, with all that it calls.
$(BUILD)/novark-linked: $(BUILD)/cmd/main.o $(LIB)
	$(CC) $(ALL_LDFLAGS) -Wl,--as-needed -o $@ $^ $(PKG_LIBS)

dist:
	@cmd/package/dist $(DIST)
	@echo $(DIST)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/novark $(DESTDIR)$(PREFIX)/$(IN_BASH) \
	    $(DESTDIR)$(PREFIX)/$(IN_ZSH)
	for m in $(notdir $(MAN)); do \
	    rm -f $(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$$m; done
	rm -rf $(DESTDIR)$(PREFIX)/share/novark

# Nothing is compiled before what that needs is here.
$(BUILD)/.packages: tests/lib/packages
	@tests/lib/deps --check build
	@mkdir -p $(@D)
	@touch $@

$(BUILD)/novark: $(CMD_OBJ) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $(CMD_OBJ) $(LIB) $(NOW_LIBS)

$(FILL): $(FILL_SRC:%.c=$(BUILD)/%.o) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

SAYS = $(wildcard archive/*.c archive/*/*.c restore/*.c restore/*/*.c cmd/*.c \
	cmd/*/*.c)
$(SOURCE:.c=.made): cmd/manual/novark.8.in cmd/manual/messages.awk $(SAYS)
	@mkdir -p $(@D)
	@{ echo '#include "cmd/manual/source.h"' && \
	  echo '#pragma GCC diagnostic ignored "-Woverlength-strings"' && \
	  echo 'const char manual_source[] =' && \
	  sed 's/[\\"]/\\&/g; s/^/"/; s/$$/\\n"/' $< && echo ';' && \
	  echo 'const char manual_messages[] =' && \
	  awk -f cmd/manual/messages.awk $(SAYS) && echo ';'; } >$@
	@cmp -s $@ $(SOURCE) || cp $@ $(SOURCE)

$(SOURCE): $(SOURCE:.c=.made) ;

$(SOURCE:.c=.o): $(SOURCE) cmd/manual/source.h | $(BUILD)/.packages
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(MAN) $(COMPLETION): $(BUILD)/%: cmd/manual/%.in $(FILL)
	$(FILL) $< >$@.new
	mv $@.new $@

$(LIB): $(LIB_OBJ)
	rm -f $@
	ar rcs $@ $(LIB_OBJ)

# Calls that fail in turn: the linker puts a wrapper before each of the table.
FAILING := $(shell sed -n 's/^[A-Z][A-Z]*.[^,]*, \([A-Za-z0-9_]*\),.*/\1/p' \
	tests/unit/failing_table.h) open openat syscall fcntl asprintf buf_addf \
	json_pack json_loadb
$(BUILD)/tests/unit/test_failing_%: $(BUILD)/tests/unit/test_failing_%.o \
	    $(BUILD)/tests/unit/failing.o $(BUILD)/tests/unit/meanwhile.o $(LIB)
	$(CC) $(ALL_LDFLAGS) $(FAILING:%=-Wl,--wrap=%) -o $@ $^ $(PKG_LIBS) -lcmocka

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) -lcmocka

$(BUILD)/tests/lib/%: tests/lib/%.c | $(BUILD)/.packages
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $<

# Makes the bundles of tests/hostile, without a line of novark's.
$(BUILD)/tests/lib/wrong: $(wildcard tests/wrong/*.[ch]) | $(BUILD)/.packages
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.c,$^) -lcrypto -lzstd

# Preloaded by tests that end or fail novark at its k-th call: not sanitised, and
# without what fortify and PIE make of the calls' names.
$(BUILD)/tests/lib/fault.so: $(wildcard tests/fault/*.[ch]) | $(BUILD)/.packages
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -I. $(patsubst -I%,-isystem %,$(PKG_CFLAGS)) \
	    -g -O2 -fPIC -shared $(WARN) -o $@ $(filter %.c,$^) -ldl

# Known secrets: looked for in files, and behind every call of a program.
$(BUILD)/tests/lib/watch.so: tests/canary/watch.c tests/canary/watch_calls.c \
    tests/canary/find.c $(wildcard tests/canary/*.h) | $(BUILD)/.packages
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -I. -g -O2 -fPIC -shared $(WARN) -o $@ \
	    $(filter %.c,$^) -ldl

$(BUILD)/tests/lib/canary: tests/canary/main.c tests/canary/find.c \
    tests/canary/canary.h | $(BUILD)/.packages
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -I. -g -O2 $(WARN) -o $@ $(filter %.c,$^)

$(BUILD)/%.o: %.c | $(BUILD)/.packages
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# cmd/page/page.css as page_css[] and page_css_len.
$(BUILD)/%.css.c $(BUILD)/%.js.c: WORD = $(subst .,_,$(notdir $(@:.c=)))
define as_c
@mkdir -p $(@D)
{ echo '#include "cmd/page/asset.h"'; \
    echo 'const unsigned char $(WORD)[] = {'; \
    od -An -v -tu1 $< | sed 's/  */,/g; s/^,//; s/$$/,/'; \
    echo '0 };'; \
    echo 'const size_t $(WORD)_len = sizeof($(WORD)) - 1;'; } >$@.new
@mv $@.new $@
endef
$(BUILD)/%.css.c: %.css
	$(as_c)
$(BUILD)/%.js.c: %.js
	$(as_c)
$(BUILD)/%.css.o: $(BUILD)/%.css.c | $(BUILD)/.packages
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/%.js.o: $(BUILD)/%.js.c | $(BUILD)/.packages
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Targets for libFuzzer, or what replays files with them (tests/fuzz/fuzz.h).
FUZZ_MAIN = $(BUILD)/tests/fuzz/replay.o
FUZZ_LINK =
ifeq ($(VARIANT),fuzz)
FUZZ_MAIN =
FUZZ_LINK = -fsanitize=fuzzer
endif
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(FUZZ_MAIN) $(LIB)
	$(CC) $(ALL_LDFLAGS) $(FUZZ_LINK) -o $@ $< $(FUZZ_MAIN) $(LIB) $(PKG_LIBS)

fuzzers: $(FUZZ)

unit: $(UNIT)

# Only the files that have the step are compiled again: all in one go, quickly.
$(BUILD)/gate/%: $(BUILD)/tests/unit/test_gate.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(filter-out -D_FORTIFY_SOURCE=%,$(ALL_CFLAGS)) -O0 -g0 \
	    -DGATE_OFF=$* $(ALL_LDFLAGS) -O0 -o $@ \
	    $$(grep -lw '$*' archive/*/*.c) $^ $(PKG_LIBS) -lcmocka

gates: $(GATES)

helpers: $(HELPERS)

# Programs that a job of the bench times: the library behind a few lines.
BENCH := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS)

bench-programs: $(BENCH)

clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d) $(FILL_SRC:%.c=$(BUILD)/%.d) $(UNIT:=.d) $(FUZZ:=.d) \
	$(BUILD)/tests/unit/failing.d $(BUILD)/tests/unit/meanwhile.d
.SECONDARY:

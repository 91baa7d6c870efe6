# novark: GNU make, one file, no recursion.  make help lists what there is.
PREFIX ?= /usr/local
DESTDIR ?=
VARIANT ?= release
BUILD ?= build/$(VARIANT)
CC ?= gcc
PKG_CONFIG ?= pkg-config

PKGS = libarchive libzstd libvirt libxml-2.0 mysqlclient openssl jansson
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wformat=2 -Wundef -Wvla -Wwrite-strings -Wcast-qual
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
HARDEN_LINK = -pie -Wl,-z,relro,-z,now
OPT = -O2
ifeq ($(VARIANT),asan)
OPT = -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
HARDEN = -fPIE
endif
ifneq ($(WERROR),)
WARN += -Werror
endif

PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. $(patsubst -I%,-isystem %,$(PKG_CFLAGS)) \
	-g $(OPT) $(HARDEN) $(WARN) $(CFLAGS)
ALL_LDFLAGS = $(OPT) $(HARDEN_LINK) $(LDFLAGS)

LIB_SRC := $(wildcard archive/*.c restore/*.c) \
	$(filter-out cmd/main.c,$(wildcard cmd/*.c))
CMD_SRC := cmd/main.c
UNIT_SRC := $(wildcard tests/unit/test_*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CMD_OBJ := $(CMD_SRC:%.c=$(BUILD)/%.o)
UNIT := $(UNIT_SRC:%.c=$(BUILD)/%)
LIB := $(BUILD)/libnovark.a

.PHONY: all unit clean
all: $(BUILD)/novark

$(BUILD)/novark: $(CMD_OBJ) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $(CMD_OBJ) $(LIB) $(PKG_LIBS)

$(LIB): $(LIB_OBJ)
	rm -f $@
	ar rcs $@ $(LIB_OBJ)

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) -lcmocka

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

unit: $(UNIT)

clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d) $(UNIT:=.d)
.SECONDARY:

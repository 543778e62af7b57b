# yichuang: one GNU Makefile. `make help` lists what it does.
CC      ?= cc
BUILD   := build
PKGS_BASE  := glib-2.0 libcrypto jansson
PKGS_STORE := sqlite3
PKGS_UI    := ncursesw panelw
PKGS_HTTP  := libcurl
PKGS_PRINT := pangocairo fontconfig librsvg-2.0
PKGS_HUB   := libmicrohttpd
PREFIX  ?= /usr/local
VERSION := 0.1.0

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wformat=2 \
	-Wundef -Wwrite-strings -Wno-unused-parameter -Wno-missing-field-initializers
ifdef CI
WARN += -Werror
endif
ifdef SAN
BUILD   := build/san
SANFLAGS := -fsanitize=$(SAN) -fno-omit-frame-pointer
endif
OPT ?= -O2 -g
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE -DYICHUANG_VERSION='"$(VERSION)"' -DYICHUANG_DATADIR='"$(PREFIX)/share/yichuang"' \
	$(OPT) $(WARN) $(SANFLAGS) -fstack-protector-strong -include src/base/banned.h -MMD -MP $(CFLAGS)
LDFLAGS_ALL = $(SANFLAGS) -Wl,--as-needed -Wl,-z,relro,-z,now $(LDFLAGS)
GEN := $(BUILD)/gen

pkg_cflags = $(shell pkg-config --cflags $(1) 2>/dev/null)
pkg_libs   = $(shell pkg-config --libs $(1) 2>/dev/null)

# ---- rooms: a folder is a library; what it may include is checked by scripts/lint-layers.sh ----
ROOMS := base core catalog scan store desk sync print hub agent cli
MAINS := src/agent/main.c src/print/main.c src/hub/main.c ui/main.c
room_sources = $(filter-out $(MAINS),$(shell find src/$(1) -name '*.c' 2>/dev/null))
room_objects = $(patsubst %.c,$(BUILD)/%.o,$(call room_sources,$(1)))
UI_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(MAINS),$(shell find ui -name '*.c' 2>/dev/null)))

define room_rules
$(BUILD)/lib$(1).a: $(call room_objects,$(1)) $(if $(filter store,$(1)),$(GEN)/statement.o $(GEN)/schema.o $(GEN)/hub_statement.o $(GEN)/hub_schema.o) $(if $(filter catalog,$(1)),$(GEN)/pinyin_table.o)
	@rm -f $$@
	@ar rcs $$@ $$(filter %.o,$$^)
endef
$(foreach room,$(ROOMS),$(eval $(call room_rules,$(room))))
$(BUILD)/libui.a: $(UI_OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

lib = $(addprefix $(BUILD)/lib,$(addsuffix .a,$(1)))
# While the house is being built a program whose main is not there yet is left out.
PROGRAMS := $(if $(wildcard ui/main.c),yichuang) $(foreach p,agent print hub,$(if $(wildcard src/$(p)/main.c),yichuang-$(p)))
SCREEN_LIBS := ui cli desk scan store catalog core base
AGENT_LIBS  := agent sync desk store catalog core base
PRINT_LIBS  := print desk store catalog core base
HUB_LIBS    := hub desk store catalog core base

# What each room may see of foreign headers.
$(BUILD)/ui/%.o: ROOM_CFLAGS = -Iui $(call pkg_cflags,$(PKGS_UI))
$(BUILD)/src/store/%.o: ROOM_CFLAGS = $(call pkg_cflags,$(PKGS_STORE))
$(BUILD)/src/sync/%.o: ROOM_CFLAGS = $(call pkg_cflags,$(PKGS_HTTP))
$(BUILD)/src/print/%.o: ROOM_CFLAGS = $(call pkg_cflags,$(PKGS_PRINT))
$(BUILD)/src/hub/%.o: ROOM_CFLAGS = $(call pkg_cflags,$(PKGS_HUB))
BASE_CFLAGS := $(call pkg_cflags,$(PKGS_BASE))

.DEFAULT_GOAL := all
.PHONY: all help demo check lint bench install install-packages clean font manuals
all: $(addprefix $(BUILD)/,$(PROGRAMS)) font manuals ## build the four programs (default)

$(BUILD)/yichuang: $(BUILD)/ui/main.o $(call lib,$(SCREEN_LIBS))
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS_ALL) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(call pkg_libs,$(PKGS_BASE) $(PKGS_STORE) $(PKGS_UI)) -lcsv -lcrypt -lm
$(BUILD)/yichuang-agent: $(BUILD)/src/agent/main.o $(call lib,$(AGENT_LIBS))
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS_ALL) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(call pkg_libs,$(PKGS_BASE) $(PKGS_STORE) $(PKGS_HTTP)) -lcsv -lcrypt -lm
$(BUILD)/yichuang-print: $(BUILD)/src/print/main.o $(call lib,$(PRINT_LIBS))
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS_ALL) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(call pkg_libs,$(PKGS_BASE) $(PKGS_STORE) $(PKGS_PRINT)) -lzint -lcups -lcsv -lcrypt -lm
$(BUILD)/yichuang-hub: $(BUILD)/src/hub/main.o $(call lib,$(HUB_LIBS))
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS_ALL) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(call pkg_libs,$(PKGS_BASE) $(PKGS_STORE) $(PKGS_HUB)) -lcsv -lcrypt -lm

$(BUILD)/src/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CFLAGS_ALL) -Isrc -I$(GEN) $(BASE_CFLAGS) $(ROOM_CFLAGS) -c -o $@ $<
$(BUILD)/ui/%.o: ui/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CFLAGS_ALL) -Isrc -I$(GEN) $(BASE_CFLAGS) $(ROOM_CFLAGS) -c -o $@ $<
$(GEN)/%.o: $(GEN)/%.c
	@$(CC) $(CFLAGS_ALL) -Isrc -I$(GEN) -c -o $@ $<

# ---- what is made from data: SQL, the pinyin table, the checked font ----
QUERIES     := $(sort $(wildcard src/store/sql/query/*.sql))
SCHEMAS     := $(sort $(wildcard src/store/sql/schema/*.sql))
HUB_QUERIES := $(sort $(wildcard src/store/hub/sql/query/*.sql))
HUB_SCHEMAS := $(sort $(wildcard src/store/hub/sql/schema/*.sql))
define sql_rules
$(GEN)/$(1).c $(GEN)/$(1).h &: scripts/embed-sql.sh $(3) $(dir $(firstword $(3) Makefile))
	@mkdir -p $(GEN)
	@scripts/embed-sql.sh $(2) $(GEN)/$(1).h $(GEN)/$(1).c $(3)
endef
$(eval $(call sql_rules,statement,STATEMENT,$(QUERIES)))
$(eval $(call sql_rules,schema,SCHEMA,$(SCHEMAS)))
$(eval $(call sql_rules,hub_statement,HUB_STATEMENT,$(HUB_QUERIES)))
$(eval $(call sql_rules,hub_schema,HUB_SCHEMA,$(HUB_SCHEMAS)))
GENERATED := $(GEN)/statement.h $(GEN)/schema.h $(GEN)/hub_statement.h $(GEN)/hub_schema.h
$(foreach room,$(ROOMS),$(call room_objects,$(room))) $(UI_OBJECTS) $(patsubst %.c,$(BUILD)/%.o,$(MAINS)): | $(GENERATED)

$(GEN)/pinyin_table.c: scripts/pinyin-table.c
	@mkdir -p $(GEN)
	@$(CC) -O1 -o $(GEN)/pinyin-table $< $(call pkg_cflags,icu-i18n icu-uc) $(call pkg_libs,icu-i18n icu-uc)
	@$(GEN)/pinyin-table >$@

FONT := $(BUILD)/fonts/YichuangSans.otf
font: $(FONT)
$(FONT): scripts/make-font.sh
	@scripts/make-font.sh $@

# ---- manual pages: the tables of errors and keys are made from the lists the program itself uses ----
MANUALS := $(patsubst man/%,$(BUILD)/man/%,$(wildcard man/*.[1-9]))
manuals: $(MANUALS)
$(BUILD)/man/%: man/% scripts/manual-tables.sh src/base/err.def ui/actions.def ui/keymap.c ui/keys.c $(wildcard ui/screens/*.c)
	@mkdir -p $(@D)
	@scripts/manual-tables.sh $< >$@.part && mv $@.part $@

# ---- tests: tests/ROOM/*_test.c are cmocka programs, the rest scripts; tests/run runs and counts them ----
TEST_SOURCES := $(sort $(shell find tests -name '*_test.c' 2>/dev/null))
TEST_PROGRAMS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SOURCES))
TEST_SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
ALL_LIBS := $(call lib,ui cli agent sync print hub desk scan store catalog core base)
TEST_LIBS := $(call pkg_libs,$(PKGS_BASE) $(PKGS_STORE) $(PKGS_UI) $(PKGS_HTTP) $(PKGS_PRINT) $(PKGS_HUB) cmocka) -lzint -lcups -lcsv -lcrypt -lm
$(BUILD)/tests/%.o: tests/%.c | $(GENERATED)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CFLAGS_ALL) -Isrc -Iui -Itests -I$(GEN) $(BASE_CFLAGS) $(call pkg_cflags,cmocka $(PKGS_STORE) $(PKGS_UI) $(PKGS_HTTP) $(PKGS_PRINT) $(PKGS_HUB)) -c -o $@ $<
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(TEST_SUPPORT) $(ALL_LIBS)
	@$(CC) $(LDFLAGS_ALL) -o $@ $< $(TEST_SUPPORT) -Wl,--start-group $(ALL_LIBS) -Wl,--end-group $(TEST_LIBS)
.SECONDARY:

.PHONY: programs test-programs check-only
test-programs: $(TEST_PROGRAMS)
check-only: all test-programs
	@BUILD=$(BUILD) tests/run $(TESTS)
check: install-packages ## install what is missing, build, lint, run every test
	@$(MAKE) --no-print-directory -j$$(nproc) all test-programs
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory check-only
lint: all ## format, layers, contracts, sizes, man pages, shell
	@scripts/lint.sh
demo: install-build-packages ## install what is missing, build, open the demo window
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@$(BUILD)/yichuang demo
bench: all $(BUILD)/tests/bench/save_bench $(BUILD)/tests/bench/catalogue_bench ## measure, beside tig and vis, and print ratios
	@BUILD=$(BUILD) tests/bench/run
.PHONY: install-build-packages
install-build-packages:
	@scripts/install-packages.sh build
install-packages: ## install the packages this needs (Debian; elsewhere it prints the list)
	@scripts/install-packages.sh
install: all ## install programs, data and manual pages under PREFIX
	@DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) BUILD=$(BUILD) scripts/install.sh
clean: ## remove everything that was built
	@rm -rf build
help: ## show this
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

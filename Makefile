# Settings: override on the command line, e.g. make CC=clang BUILD=build/clang
CC      ?= cc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
BUILD   ?= build
V       ?= 0
# ---------------------------------------------------------------------------------------------------------------------------
Q := $(if $(filter 1,$(V)),,@)
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
# No contraction, no fast-math: an fma is an instruction of its own, so that every machine gives the same bits.
STRICT := -std=c11 -D_GNU_SOURCE -ffp-contract=off -fno-fast-math -Icore $(WARN) -pthread
ARCH   := $(shell uname -m)
ifeq ($(ARCH),x86_64)
MARCH        := -march=x86-64-v3
MARCH_avx2   := -march=x86-64-v3
MARCH_avx512 := -march=x86-64-v4
ISAS := baseline avx2 avx512
else
ISAS := baseline
endif
MARCH_baseline := $(MARCH)

LIB_DIRS := base math dist graph kernel plan stats run
CMD_DIRS := report host command
LIB_SRC := $(filter-out core/kernel/kernels.c,$(foreach d,$(LIB_DIRS),$(wildcard core/$(d)/*.c)))
CMD_SRC := $(foreach d,$(CMD_DIRS),$(wildcard core/$(d)/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(if $(wildcard core/kernel/kernels.c),$(ISAS:%=$(BUILD)/core/kernel/kernels_%.o))
CMD_OBJ := $(CMD_SRC:%.c=$(BUILD)/%.o) $(BUILD)/lua_library.o
LIB_LIBS := -lsleef -lm -pthread
CMD_LIBS := -l:liblua5.4.a -lcjson -ldl
LUA_CFLAGS := $(shell pkg-config --cflags lua5.4 2>/dev/null || echo -I/usr/include/lua5.4)
LUA_SRC := $(wildcard lua/*.lua lua/*/*.lua)

all: $(BUILD)/roisim $(BUILD)/libroisim.a ## build the command and the library (the default)

$(BUILD)/roisim: $(CMD_OBJ) $(BUILD)/libroisim.a
	@echo "  LINK $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--wrap=pow -o $@ $(CMD_OBJ) $(BUILD)/libroisim.a $(CMD_LIBS) $(LIB_LIBS)

$(BUILD)/libroisim.a: $(LIB_OBJ)
	@echo "  AR   $@"
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/core/kernel/kernels_%.o: core/kernel/kernels.c
	@mkdir -p $(@D)
	@echo "  CC   $< ($*)"
	$(Q)$(CC) $(STRICT) $(CFLAGS) -O2 $(MARCH_$*) -DROI_ISA_$* -MMD -MP -c -o $@ $<

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(STRICT) $(LUA_CFLAGS) $(CFLAGS) $(MARCH) -MMD -MP -c -o $@ $<

# The library written in Lua travels inside the command, as text.
$(BUILD)/lua_library.c: $(LUA_SRC) scripts/embed.sh
	@mkdir -p $(@D)
	@echo "  GEN  $@"
	$(Q)sh scripts/embed.sh $(LUA_SRC) > $@.tmp && mv $@.tmp $@
$(BUILD)/lua_library.o: $(BUILD)/lua_library.c
	$(Q)$(CC) $(STRICT) $(CFLAGS) -c -o $@ $<

# One cmocka program for each tests/unit/*_test.c.
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
TEST_OBJ := $(filter-out $(BUILD)/core/command/main.o,$(CMD_OBJ))
$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libroisim.a $(TEST_OBJ)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	$(Q)$(CC) $(STRICT) $(LUA_CFLAGS) -Itests $(CFLAGS) $(MARCH) -Wl,--wrap=pow -MMD -MP -MF $@.d -o $@ $< $(TEST_OBJ) $(BUILD)/libroisim.a $(CMD_LIBS) $(LIB_LIBS) -lcmocka
unit: $(UNIT) ## build and run the unit tests in C
	@set -e; for t in $(UNIT); do $$t; done

clean: ## remove the build folder
	rm -rf build
help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16
.PHONY: all unit clean help
-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d) $(UNIT:=.d)

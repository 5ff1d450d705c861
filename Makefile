# Settings: override on the command line, e.g. make CC=clang BUILD=build/clang
CC      ?= cc
CFLAGS  ?= -O2 -g
LDFLAGS ?=
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
V       ?= 0
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
# ---------------------------------------------------------------------------------------------------------------------------
MAKEFLAGS += --no-builtin-rules
Q := $(if $(filter 1,$(V)),,@)
VERSION := $(shell sed -n 's/^.define ROISIM_VERSION "\(.*\)"/\1/p' core/roisim.h)
ABI     := 0
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
# No contraction, no fast-math: an fma is an instruction of its own, so that every machine gives the same bits.
STRICT  := -std=c11 -D_GNU_SOURCE -ffp-contract=off -fno-fast-math -fPIC -fno-semantic-interposition -Icore $(WARN) -pthread
ARCH    := $(shell uname -m)
ifeq ($(ARCH),x86_64)
MARCH_oldest := -march=x86-64
MARCH        := -march=x86-64-v3
MARCH_avx2   := -march=x86-64-v3
MARCH_avx512 := -march=x86-64-v4
MARCH_here   := -march=native -mprefer-vector-width=512
ISAS := baseline avx2 avx512
else
MARCH_here := -mcpu=native
ISAS := baseline
endif
MARCH_baseline := $(MARCH)

LIB_DIRS := base math dist graph kernel plan sample stats run sensitivity portfolio
CMD_DIRS := report host command
LIB_SRC := $(filter-out core/kernel/kernels.c,$(foreach d,$(LIB_DIRS),$(wildcard core/$(d)/*.c)))
CMD_SRC := $(foreach d,$(CMD_DIRS),$(wildcard core/$(d)/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(if $(wildcard core/kernel/kernels.c),$(ISAS:%=$(BUILD)/core/kernel/kernels_%.o))
CMD_OBJ := $(CMD_SRC:%.c=$(BUILD)/%.o) $(BUILD)/lua_library.o $(BUILD)/templates.o
LIB_LIBS := -lsleef -lm -pthread
# What Lua calls and gets from core/host instead: pow.c, string_seed.c.
LUA_WRAP := -Wl,--wrap=pow,--wrap=luaS_hash
CMD_LIBS := -l:liblua5.4.a -lcjson -ldl
LUA_CFLAGS := $(shell pkg-config --cflags lua5.4 2>/dev/null || echo -I/usr/include/lua5.4)
LUA_SRC := lua/roisim.lua $(wildcard lua/roisim/*.lua)
TEMPLATES := $(sort $(shell find lua/templates -type f))
ANNOTATIONS := lua/annotations/roisim.lua
SO := libroisim.so.$(ABI)
# A make started by another make shares its jobs; one started by a person gets one for each processor.
SUBMAKE = $(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

all: $(BUILD)/roisim $(BUILD)/libroisim.a ## build the command and the library (the default)

demo: ## install what is missing to build, build, run an example
	@sh scripts/setup.sh build
	@$(SUBMAKE) all
	@echo
	$(BUILD)/roisim examples/support_desk.lua

test: ## install what is missing to test, build, run every test
	@sh scripts/setup.sh test
	@$(SUBMAKE) check
check: all unit-build faults-build ## run every test
	@CC="$(CC)" JOBS="$(JOBS)" sh tests/run.sh "$(BUILD)"

$(BUILD)/roisim: $(CMD_OBJ) $(BUILD)/libroisim.a
	@echo "  LINK $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $(LUA_WRAP) -o $@ $(CMD_OBJ) $(BUILD)/libroisim.a $(CMD_LIBS) $(LIB_LIBS)

$(BUILD)/libroisim.a: $(LIB_OBJ)
	@echo "  AR   $@"
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/exports.map: core/roisim.h scripts/exports.sh
	@mkdir -p $(@D)
	$(Q)sh scripts/exports.sh core/roisim.h > $@.tmp && mv $@.tmp $@
$(BUILD)/$(SO): $(LIB_OBJ) $(BUILD)/exports.map
	@echo "  LINK $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SO) -Wl,-z,defs -Wl,--version-script=$(BUILD)/exports.map \
	  -o $@ $(LIB_OBJ) $(LIB_LIBS)

# Objects are made again when the compiler or its settings change.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(STRICT) $(CFLAGS) $(LUA_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(STRICT) $(CFLAGS) $(LUA_CFLAGS)' > $@
$(LIB_OBJ) $(CMD_OBJ): $(BUILD)/flags

$(BUILD)/core/kernel/kernels_%.o: core/kernel/kernels.c
	@mkdir -p $(@D)
	@echo "  CC   $< ($*)"
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(MARCH_$*) -DROI_ISA_$* -MMD -MP -c -o $@ $<

# What runs before the processor is known to be recent enough.
$(BUILD)/core/command/main.o $(BUILD)/core/base/cpu.o: MARCH := $(MARCH_oldest)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(STRICT) $(LUA_CFLAGS) $(CFLAGS) $(MARCH) -MMD -MP -c -o $@ $<

# The library written in Lua travels inside the command, as text.
$(BUILD)/lua_library.c: $(LUA_SRC) scripts/embed.sh
	@mkdir -p $(@D)
	@echo "  GEN  $@"
	$(Q)sh scripts/embed.sh roi_lua_library lua $(LUA_SRC) > $@.tmp && mv $@.tmp $@
# So do the files that `roisim init` makes.
$(BUILD)/templates.c: $(TEMPLATES) scripts/embed.sh
	@mkdir -p $(@D)
	@echo "  GEN  $@"
	$(Q)sh scripts/embed.sh roi_templates lua/templates $(TEMPLATES) > $@.tmp && mv $@.tmp $@
$(BUILD)/lua_library.o $(BUILD)/templates.o: %.o: %.c
	$(Q)$(CC) $(STRICT) $(CFLAGS) -c -o $@ $<

# One cmocka program for each tests/unit/*_test.c.
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
TEST_OBJ := $(filter-out $(BUILD)/core/command/main.o,$(CMD_OBJ))
$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libroisim.a $(TEST_OBJ)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	$(Q)$(CC) $(STRICT) $(LUA_CFLAGS) -Itests $(CFLAGS) $(MARCH) $(LDFLAGS) $(LUA_WRAP) -MMD -MP -MF $@.d -o $@ $< \
	  $(TEST_OBJ) $(BUILD)/libroisim.a $(CMD_LIBS) $(LIB_LIBS) -lcmocka
unit-build: $(UNIT)
unit: $(UNIT) ## build and run the unit tests in C
	@set -e; for t in $(UNIT); do $$t; done

# What makes calls of the C library fail stands before the allocator, so it is built without sanitizers.
PLAIN_CFLAGS = $(filter-out -fsanitize% -fno-sanitize%,$(CFLAGS))
faults-build: $(BUILD)/faults/failing.so $(BUILD)/faults/sweep
$(BUILD)/faults/failing.so: tests/faults/failing.c tests/faults/faults.h
	@mkdir -p $(@D)
	@echo "  TEST $@"
	$(Q)$(CC) $(STRICT) $(PLAIN_CFLAGS) -shared -fPIC -o $@ $< -ldl
$(BUILD)/faults/sweep: tests/faults/sweep.c tests/faults/faults.h
	@mkdir -p $(@D)
	@echo "  TEST $@"
	$(Q)$(CC) $(STRICT) $(PLAIN_CFLAGS) -o $@ $<

INCLUDE := $(DESTDIR)$(PREFIX)/include/roisim
SHARE   := $(DESTDIR)$(PREFIX)/share
install: all $(BUILD)/$(SO) ## install below PREFIX (DESTDIR is put before it)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(INCLUDE)/graph $(INCLUDE)/dist $(SHARE)/man/man1
	install -m 755 $(BUILD)/roisim $(DESTDIR)$(PREFIX)/bin/roisim
	install -m 644 $(BUILD)/libroisim.a $(DESTDIR)$(PREFIX)/lib/libroisim.a
	install -m 755 $(BUILD)/$(SO) $(DESTDIR)$(PREFIX)/lib/$(SO)
	ln -sf $(SO) $(DESTDIR)$(PREFIX)/lib/libroisim.so
	install -m 644 core/roisim.h $(INCLUDE)/roisim.h
	install -m 644 core/graph/op.def $(INCLUDE)/graph/op.def
	install -m 644 core/dist/family.def $(INCLUDE)/dist/family.def
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' scripts/roisim.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/roisim.pc
	for f in $(LUA_SRC) $(ANNOTATIONS); do install -D -m 644 $$f $(SHARE)/roisim/$$f || exit 1; done
	install -m 644 docs/roisim.1 $(SHARE)/man/man1/roisim.1
	install -D -m 644 LICENSE $(SHARE)/doc/roisim/LICENSE
	sed '/ \*\/$$/q' core/sample/sobol_directions.c > $(SHARE)/doc/roisim/LICENSE.directions
uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/roisim $(DESTDIR)$(PREFIX)/lib/libroisim.a $(DESTDIR)$(PREFIX)/lib/libroisim.so \
	  $(DESTDIR)$(PREFIX)/lib/$(SO) $(DESTDIR)$(PREFIX)/lib/pkgconfig/roisim.pc $(SHARE)/man/man1/roisim.1
	rm -rf $(INCLUDE) $(SHARE)/roisim $(SHARE)/doc/roisim

bench: ## measure speed and memory against a loop by hand; BENCH_FULL=1 adds a billion trials
	@sh scripts/setup.sh bench
	@$(SUBMAKE) bench-build
	@sh tests/bench/bench.sh "$(BUILD)"
	@sh tests/bench/sensitivity.sh "$(BUILD)"
	@sh tests/bench/modelling.sh "$(BUILD)"
	@sh tests/bench/long_runs.sh "$(BUILD)"
	@$(BUILD)/bench/confine_bench
bench-build: all $(patsubst %,$(BUILD)/bench/%,r1_loop engine measure kernel_bench stats_bench sensitivity_bench confine_bench)
# The yardstick may do what the engine may not: contraction, reassociation, this one processor.
$(BUILD)/bench/r1_loop: tests/bench/r1_loop.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O3 $(MARCH_here) -ffast-math -fopenmp-simd -o $@ $< -lm

randomness: ## run the random streams as laid out through dieharder (minutes to hours: see tests/bench/randomness.sh)
	@sh scripts/setup.sh randomness
	@$(SUBMAKE) $(BUILD)/bench/stream
	@sh tests/bench/randomness.sh "$(BUILD)"
$(BUILD)/bench/engine $(BUILD)/bench/sensitivity_bench $(BUILD)/bench/confine_bench: $(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libroisim.a $(TEST_OBJ)
	@mkdir -p $(@D)
	@echo "  BENCH $@"
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(MARCH) $(LUA_WRAP) -o $@ $< $(TEST_OBJ) $(BUILD)/libroisim.a $(CMD_LIBS) $(LIB_LIBS)
$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libroisim.a
	@mkdir -p $(@D)
	@echo "  BENCH $@"
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(MARCH) -o $@ $< $(BUILD)/libroisim.a $(LIB_LIBS)

coverage: ## line coverage of the tests, as a table and as pages in BUILD/coverage/html
	@sh scripts/setup.sh coverage
	@sh scripts/coverage.sh "$(BUILD)/coverage"

# One libFuzzer program for each tests/fuzz/*_fuzz.c, which runs the command in its own process: tests/fuzz/inprocess.h.
FUZZ_CFLAGS := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_BUILD  := $(BUILD)/fuzz
fuzz: ## fuzz every entry point with clang's libFuzzer, FUZZ_SECONDS=600 each; FUZZ='script prob' picks some (tests/fuzz/run.sh)
	@sh scripts/setup.sh ci
	@$(SUBMAKE) BUILD="$(FUZZ_BUILD)" CC=clang CFLAGS="$(FUZZ_CFLAGS)" fuzz-build
	@sh tests/fuzz/run.sh "$(FUZZ_BUILD)"
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_OBJ := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%.o,$(filter-out %_fuzz.c %_seeds.c,$(wildcard tests/fuzz/*.c)))
FUZZ_OBJ += $(BUILD)/fuzz/main.o $(BUILD)/fuzz/memory.o $(filter-out %/main.o %/confine.o,$(CMD_OBJ))
FUZZ_WRAP := roi_script_fork roi_child_read roi_child_send roi_seconds roi_complain roi_print_output roi_signals_begin roi_signals_end_limit kill waitpid waitid
fuzz-build: $(FUZZERS) $(BUILD)/fuzz/graph_seeds $(BUILD)/fuzz/state_seeds
$(FUZZ_OBJ): $(BUILD)/flags
$(BUILD)/fuzz/main.o: core/command/main.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(MARCH) -Dmain=roi_main -Wno-missing-prototypes -c -o $@ $<
$(BUILD)/fuzz/memory.o: core/base/memory.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(MARCH) $(foreach f,malloc calloc realloc aligned_alloc free,-D$(f)=fuzz_$(f)) -c -o $@ $<
$(BUILD)/fuzz/%_fuzz: tests/fuzz/%_fuzz.c $(FUZZ_OBJ) $(BUILD)/libroisim.a
	@mkdir -p $(@D)
	@echo "  FUZZ $@"
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(MARCH) $(LDFLAGS) -fsanitize=fuzzer $(LUA_WRAP) $(FUZZ_WRAP:%=-Wl,--wrap=%) -MMD -MP -MF $@.d -o $@ $< \
	  $(FUZZ_OBJ) $(BUILD)/libroisim.a $(CMD_LIBS) $(LIB_LIBS)
$(BUILD)/fuzz/%_seeds: tests/fuzz/%_seeds.c $(BUILD)/libroisim.a $(TEST_OBJ)
	@mkdir -p $(@D)
	@echo "  FUZZ $@"
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(MARCH) $(LDFLAGS) $(LUA_WRAP) -o $@ $< $(TEST_OBJ) $(BUILD)/libroisim.a $(CMD_LIBS) $(LIB_LIBS)

clean: ## remove the build folder
	rm -rf $(BUILD)
help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16
FORCE:
.PHONY: all demo test check unit unit-build install uninstall faults-build bench bench-build randomness coverage fuzz fuzz-build clean help FORCE
-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d) $(UNIT:=.d) $(FUZZERS:=.d) $(FUZZ_OBJ:.o=.d)

/* Landlock: the kernel refuses the process, and whatever it might start, every access that its rules do not allow. Here there are no rules.
 *
 * The numbers are those of linux/landlock.h, which on older systems lacks some of them. A kernel handles only the accesses it knows, so
 * the ruleset asks for those of its version (ABI) and earlier ones. */
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/confine.h"

/* The same on every architecture. */
#define CALL_CREATE_RULESET 444
#define CALL_RESTRICT_SELF 446
#define ASK_VERSION 1u

typedef struct ruleset {
  uint64_t files; /* to execute, write, read, list, remove, make, ...: bits 0 to 12 */
  uint64_t ports; /* to bind and connect by TCP */
  uint64_t scopes; /* abstract Unix sockets and signals, beyond this process */
} ruleset;

/* What each version added: a row holds from its version on. */
static const struct { long version; ruleset adds; } versions[] = {
    {1, {.files = 0x1fff}},
    {2, {.files = 1u << 13}}, /* to link or rename into another folder */
    {3, {.files = 1u << 14}}, /* to truncate */
    {4, {.ports = 3}},
    {5, {.files = 1u << 15}}, /* to control devices (ioctl) */
    {6, {.scopes = 3}},
};

int roi_landlock_version(void) {
  long version = syscall(CALL_CREATE_RULESET, NULL, 0, ASK_VERSION);
  return version > 0 ? (int)version : 0;
}

int roi_confine_landlock(void) {
  int version = roi_landlock_version();
  ruleset all = {0};
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
    if (version < versions[i].version) continue;
    all.files |= versions[i].adds.files;
    all.ports |= versions[i].adds.ports;
    all.scopes |= versions[i].adds.scopes;
  }
  /* An older kernel takes a larger struct as long as what it does not know is zero. */
  long fd = version < 1 ? -1 : syscall(CALL_CREATE_RULESET, &all, sizeof all, 0u);
  if (fd < 0) return -1;
  long failed = syscall(CALL_RESTRICT_SELF, (int)fd, 0u);
  close((int)fd);
  return failed ? -1 : 0;
}

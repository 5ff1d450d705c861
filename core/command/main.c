#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/cpu.h"
#include "base/error.h"
#include "command/command.h"
#include "kernel/kernel.h"
#include "math/scalar.h"

/* A closed standard stream must not become the next file that is opened. What takes its place can't be written to,
 * so that writing fails as it should. */
static roi_status fill_standard_streams(roi_error *err) {
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", O_RDONLY) != fd)
      return roi_fail(err, ROI_ERR_IO, "a standard stream is closed, and /dev/null can't be opened in its place: %s", strerror(errno));
  return ROI_OK;
}

static int print_help(void) {
  roi_buffer text = {0};
  roi_error err = {0};
  roi_cli_help(&text);
  roi_status status = roi_print_output(&text, &err);
  roi_buffer_free(&text);
  return status ? roi_complain(&err) : ROI_EXIT_OK;
}

static int print_version(const roi_cli *c) {
  roi_buffer text = {0};
  roi_error err = {0};
  roi_status status = ROI_OK;
  const roi_kernel_set *kernels = roi_kernels(c->isa, &err);
  if (!kernels) return roi_complain(&err);
  char confinement[100];
  roi_host_confinement(confinement, sizeof confinement);
  roi_buffer_print(&text, "roisim %s\nlua %s, sleef %s, cJSON %s; kernels %s\nscripts are confined by: %s\n", ROISIM_VERSION,
                   roi_host_lua_version(), roi_sleef_version(), cJSON_Version(), kernels->name, confinement);
  status = roi_print_output(&text, &err);
  roi_buffer_free(&text);
  return status ? roi_complain(&err) : ROI_EXIT_OK;
}

int main(int argc, char **argv) {
  roi_cli c;
  roi_error err = {0};
  if (fill_standard_streams(&err)) return roi_complain(&err);
  if (!roi_cpu_is_supported()) {
    roi_fail(&err, ROI_ERR_USAGE, "this processor lacks AVX2 and FMA (x86-64-v3), which roisim needs");
    return roi_complain(&err);
  }
  int code;
  if (roi_cli_read(&c, argc, argv, &err)) {
    code = roi_complain(&err);
  } else {
    roi_signals_begin(c.time_limit, ROI_GRACE_SECONDS);
    switch (c.command) {
      case ROI_COMMAND_HELP: code = print_help(); break;
      case ROI_COMMAND_VERSION: code = print_version(&c); break;
      case ROI_COMMAND_EXPLAIN: code = roi_command_explain(&c); break;
      case ROI_COMMAND_CHECK: code = roi_command_check(&c); break;
      case ROI_COMMAND_COMPARE: code = roi_command_compare(&c); break;
      case ROI_COMMAND_PORTFOLIO: code = roi_command_portfolio(&c); break;
      case ROI_COMMAND_SENSITIVITY: code = roi_command_sensitivity(&c); break;
      case ROI_COMMAND_TEST: code = roi_command_test(&c); break;
      case ROI_COMMAND_INIT: code = roi_command_init(&c); break;
      case ROI_COMMAND_MERGE: code = roi_command_merge(&c); break;
      default: code = c.range.end ? roi_command_range(&c) : roi_command_run(&c);
    }
  }
  roi_cli_free(&c);
  return code;
}

/* `roisim check`: what is likely a mistake in a model, each finding with its line, rule and reason. Nothing is simulated. */
#include "base/error.h"
#include "base/memory.h"
#include "command/command.h"
#include "math/scalar.h"
#include "report/check.h"

static roi_status write_json(const roi_cli *c, const roi_graph *g, const size_t *order, roi_error *err) {
  roi_outfile *file = NULL;
  roi_buffer text = {0};
  roi_status status = roi_open_json(c, &file, err);
  if (!status) status = roi_check_json(&text, g, order, roi_host_lua_version(), roi_sleef_version(), err);
  if (!status) status = roi_deliver_json(&text, file, err);
  roi_buffer_free(&text);
  roi_outfile_free(file);
  return status;
}

static roi_status check(const roi_cli *c, roi_graph **g, roi_host **host, int *found, roi_error *err) {
  roi_status status = roi_build_model(c, g, host, err);
  if (status) return status;
  size_t *order = roi_alloc((*g)->n_warnings + 1, sizeof *order);
  if (!order) return roi_fail_memory(err, "sorting findings");
  roi_check_order(*g, order);
  for (size_t i = 0; i < (*g)->n_warnings; i++) *found = *found || (*g)->warnings[i].level == 0;
  if (c->json) status = write_json(c, *g, order, err);
  roi_buffer text = {0};
  if (!status && !c->quiet && !roi_json_alone(c)) {
    roi_check_terminal(&text, *g, order);
    status = roi_print_output(&text, err);
  }
  roi_buffer_free(&text);
  roi_free(order);
  return status;
}

int roi_command_check(const roi_cli *c) {
  roi_graph *g = NULL;
  roi_host *host = NULL;
  roi_error err = {0};
  int found = 0;
  int code = check(c, &g, &host, &found, &err) ? roi_complain(&err) : found ? ROI_EXIT_FAILED : ROI_EXIT_OK;
  roi_host_free(host);
  roi_graph_free(g);
  return code;
}

/* Embeds the engine without Lua: a machine costs 40 to 60 now and saves 25 +-5 a year for three years; is it worth it?
 * build: cc -o embed embed.c $(pkg-config --cflags --libs roisim)
 * Installed in a folder of your own (make install PREFIX=P): PKG_CONFIG_PATH=P/lib/pkgconfig to build, LD_LIBRARY_PATH=P/lib to run. */
#include <roisim.h>
#include <stdio.h>

static roi_node uncertain(roi_graph *g, const char *name, roi_family family, double a, double b, roi_error *err) {
  roi_node params[] = {roi_constant(g, a, err), roi_constant(g, b, err)};
  return roi_draw(g, roi_dist(g, family, ROI_FORM_NATURAL, params, 2, err), name, 0, err);
}

int main(void) {
  roi_error err = {0};
  roi_result *result = NULL;
  roi_graph *g = roi_graph_new("machine", 3, ROI_YEAR, &err);
  roi_node cost = uncertain(g, "cost", ROI_FAMILY_UNIFORM, 40, 60, &err);
  roi_node saving = uncertain(g, "saving", ROI_FAMILY_NORMAL, 25, 5, &err);
  roi_node growth = roi_apply(g, ROI_POW, (roi_node[]){roi_constant(g, 1.08, &err), roi_time(g, 1, &err)}, 2, &err);
  roi_node flows = roi_apply(g, ROI_DIV, (roi_node[]){saving, growth}, 2, &err); /* discounted at 8% a year */
  roi_node value = roi_apply(g, ROI_SUM, &flows, 1, &err);
  roi_node npv = roi_apply(g, ROI_SUB, (roi_node[]){value, cost}, 2, &err);
  if (roi_graph_add_output(g, "npv", npv, &err) == ROI_OK &&
      roi_run(g, &(roi_options){.trials = 100000, .seed = 1}, &result, &err) == ROI_OK) {
    const roi_summary *s = roi_result_output(result, "npv");
    printf("npv: mean %.2f +-%.2f, P5 %.1f, P95 %.1f; loss in %.1f%% of trials\n", s->mean, s->mean_se, s->quantile[1],
           s->quantile[7], 100 * s->p_negative);
  } else {
    fprintf(stderr, "embed: %s\n", err.text);
  }
  roi_result_free(result);
  roi_graph_free(g);
  return err.status != ROI_OK;
}

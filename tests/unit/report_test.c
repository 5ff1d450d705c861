/* Reports of results made by hand: their text is the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "graph/sheets.h"
#include "report/report.h"
#include "report/width.h"

/* -- Numbers ------------------------------------------------------------------------------------------------------ */

static void numbers(void **unused) {
  (void)unused;
  char b[ROI_NUMBER];
  assert_string_equal(roi_number_fixed(b, 1234567.891, 2), "1,234,567.89");
  assert_string_equal(roi_number_fixed(b, -999.5, 0), "-1,000");
  assert_string_equal(roi_number_fixed(b, -0.004, 2), "0.00");
  assert_string_equal(roi_number_fixed(b, 123, 0), "123");
  assert_string_equal(roi_number_fixed(b, (double)NAN, 0), "-");
  assert_string_equal(roi_number_fixed(b, (double)INFINITY, 0), "never");
  assert_string_equal(roi_number_fixed(b, 1e300, 0), "1.000e300");
  assert_string_equal(roi_number_short(b, 0), "0");
  assert_string_equal(roi_number_short(b, 300), "300");
  assert_string_equal(roi_number_short(b, 188410.4), "188,410");
  assert_string_equal(roi_number_short(b, 12345678), "12.346 M");
  assert_string_equal(roi_number_short(b, 1e15), "1,000.0 trn");
  assert_string_equal(roi_number_short(b, 1.5e18), "1.500e18");
  assert_string_equal(roi_number_short(b, 1e-9), "1.000e-9");
  assert_string_equal(roi_number_short(b, 0.0125), "0.01250");
  assert_string_equal(roi_number_pm(b, 55912, 1512, "±"), "55,900 ±1,500");
  assert_string_equal(roi_number_pm(b, 12345678, 154321, "+-"), "12.35 +-0.15 M");
  assert_string_equal(roi_number_pm(b, 1e-9, 2.5e-11, "+-"), "1.000e-9 +-2.5e-11");
  assert_string_equal(roi_number_pm(b, 5, 0, "±"), "5");
  assert_string_equal(roi_number_pm(b, 0, 0.012, "±"), "0.000 ±0.012");
  assert_string_equal(roi_number_pm(b, 1440.0000000000001, 2e-14, "±"), "1,440"); /* an error that rounding left */
  const roi_scale millions = {1e6, "M", 3};
  assert_string_equal(roi_number_pm_in(b, 25611234, 12345, "±", &millions), "25.611 ±0.012");
  assert_string_equal(roi_number_pm_in(b, -4701000, 0, "±", &millions), "-4.7010");
  assert_string_equal(roi_number_pm_in(b, 0, 0, "±", &millions), "0");
  assert_string_equal(roi_number_pm(b, -3.14159, 0.00271, "±"), "-3.1416 ±0.0027");
  assert_string_equal(roi_percent_pm(b, 0.122, 0.0033, "±"), "12.2% ±0.3%");
  assert_string_equal(roi_percent_pm(b, 0.0001, 0.00001, "±"), "0.010% ±0.001%");
  assert_string_equal(roi_percent_short(b, 0.0004), "0.040%");
  assert_string_equal(roi_percent_short(b, 3), "300.0%");
  assert_string_equal(roi_periods(b, 19), "19");
  assert_string_equal(roi_periods(b, 19.25), "19.2");
  assert_string_equal(roi_periods(b, 11.98), "12");
  double far[3] = {3.9e9, -157, 439}, near[3] = {489670, 0, 0.3};
  roi_scale far_scale = roi_scale_of(far, 3), near_scale = roi_scale_of(near, 3);
  assert_int_equal(roi_scale_hides(&far_scale, far, 3), 1);
  assert_int_equal(roi_scale_hides(&near_scale, near, 3), 0);
  assert_string_equal(roi_percent_share(b, 0.9998), "99.98%");
  assert_string_equal(roi_percent_share(b, 1), "100.0%");
  assert_string_equal(roi_percent_share(b, 0.995), "99.5%");
  assert_string_equal(roi_number_step(b, 0.2617, 0.2764), "0.26");
  assert_string_equal(roi_number_step(b, 11.84, 4.41), "11.8");
  assert_string_equal(roi_number_step(b, 8614.3, 3200), "8,614");
  assert_string_equal(roi_number_step(b, 2.6e-6, 4.8e-6), "2.6e-6");
}

static void widths(void **unused) {
  (void)unused;
  char b[100];
  assert_int_equal(roi_text_width("caf\xc3\xa9"), 4);
  assert_int_equal(roi_text_width("cafe\xcc\x81"), 4);           /* a combining accent */
  assert_int_equal(roi_text_width("\xe6\x97\xa5\xe6\x9c\xac"), 4); /* two wide characters */
  assert_int_equal(roi_text_width("\xf0\x9f\x98\x80"), 2);
  assert_int_equal(roi_text_fit(b, sizeof b, "\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5", 5, "…"), 5);
  assert_string_equal(b, "\xe6\x97\xa5\xe6\x9c\xac…");
  assert_int_equal(roi_text_fit(b, sizeof b, "handling time", 8, "..."), 8);
  assert_string_equal(b, "handl...");
  assert_int_equal(roi_text_fit(b, sizeof b, "handling", 8, "..."), 8);
  assert_string_equal(b, "handling");
  roi_text_fit(b, sizeof b, "a\033[31mb\xc2\x9b\xe2\x80\xae\xff", 80, "…");
  assert_string_equal(b, "a\\x1b[31mb\\x9b\\u202e\\xff");
  char small[8];
  roi_text_fit(small, sizeof small, "0123456789", 80, "…");
  assert_string_equal(small, "0123…");
}

/* -- A run made by hand: the support desk of DESIGN's picture ----------------------------------------------------- */

enum { NPV, ROI, PAYBACK, IRR, LATE, N_OUTPUTS };

typedef struct fixture {
  roi_graph *g;
  roi_target outputs[N_OUTPUTS], inputs[1];
  roi_request request;
  roi_report report;
  roi_summary summary[N_OUTPUTS], input[1];
  roi_share_result share[2];
  roi_mean_result mean[3];
  roi_ratio_result ratio;
  size_t output_share[N_OUTPUTS];
  const char *prob[1];
  roi_driver driver[3];
  double median[N_OUTPUTS];
  roi_drivers drivers;
  roi_view view;
} fixture;

static roi_node draw(roi_graph *g, const char *name) {
  roi_error err = {0};
  roi_node p[2] = {roi_constant(g, 0, &err), roi_constant(g, 1, &err)};
  roi_node node = roi_draw(g, roi_dist(g, ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, p, 2, &err), name, 0, &err);
  assert_int_not_equal(node, ROI_NONE);
  return node;
}

static void fill(roi_summary *s, const char *name, double mean, double se, const double q[ROI_QUANTILES],
                 const double q_se[ROI_QUANTILES]) {
  *s = (roi_summary){.name = name,
                     .trials = 10000,
                     .n = 10000,
                     .mean = mean,
                     .mean_se = se,
                     .sd = se * 100,
                     .sd_se = se,
                     .min = q[0] - 1,
                     .max = isfinite(q[8]) ? q[8] * 2 : q[4]};
  memcpy(s->quantile, q, sizeof s->quantile);
  memcpy(s->quantile_se, q_se, sizeof s->quantile_se);
}

/* A skewed histogram over -300,000 to 900,000. */
static void fill_histogram(roi_summary *s) {
  s->bins = ROI_HISTOGRAM_BINS;
  uint64_t left = s->n;
  for (int i = 0; i <= s->bins; i++) s->edges[i] = -300000 + 20000.0 * i;
  for (int i = 0; i < s->bins; i++) {
    double x = (i - 20) / (i < 20 ? 5.0 : 12.0);
    s->counts[i] = (uint64_t)(470 / (1 + x * x));
    if (s->counts[i] > left) s->counts[i] = left;
    left -= s->counts[i];
  }
  s->counts[20] += left;
}

static void set_model(fixture *f) {
  static const char *const standard[] = {"npv", "roi", "payback", "irr"};
  roi_error err = {0};
  uint8_t sha[32] = {0x3f, 0x1c, 0x9a, 0x7e};
  roi_graph *g = f->g = roi_graph_new("Support-desk agent", 36, ROI_MONTH, &err);
  assert_int_equal(roi_graph_set_model(g, "Support-desk agent", "USD", 36, ROI_MONTH, 0, &err), ROI_OK);
  g->discount_rate = roi_constant(g, 0.10, &err);
  g->has_flows = 1;
  for (size_t i = 0; i < 4; i++) {
    assert_int_equal(roi_graph_add_output(g, standard[i], draw(g, standard[i]), &err), ROI_OK);
    g->outputs[i].standard = 1;
  }
  roi_node pair[2] = {g->outputs[0].node, g->outputs[1].node};
  assert_int_equal(roi_graph_add_output(g, "late", roi_apply(g, ROI_LT, pair, 2, &err), &err), ROI_OK);
  assert_int_equal(roi_graph_add_input(g, "price, \"net\"", draw(g, "price"), &err), ROI_OK);
  assert_int_equal(roi_graph_annotate_input(g, 0, "USD", "a token's price", "vendor", 0, 12, &err), ROI_OK);
  assert_int_equal(roi_graph_add_component(g, "tokens", ROI_COST, pair[0], &err), ROI_OK);
  assert_int_equal(roi_graph_add_component(g, "handling time saved", ROI_BENEFIT, pair[0], &err), ROI_OK);
  assert_int_equal(roi_graph_add_component(g, "incident.loss", ROI_RISK, pair[0], &err), ROI_OK);
  assert_int_equal(roi_graph_add_warning(g, roi_graph_string(g, "model.lua"), 14, "nothing uses 'x'", &err), ROI_OK);
  assert_int_equal(roi_graph_add_file(g, "model.lua", 0, "", sha, &err), ROI_OK);
  assert_int_equal(roi_graph_add_file(g, "prices.csv", 2, "", sha, &err), ROI_OK);
  assert_int_equal(roi_graph_add_file(g, "agents.lua", 1, "1.2", sha, &err), ROI_OK);
  assert_int_equal(roi_graph_name_library(g, "agents", "MIT", &err), ROI_OK);
  assert_int_equal(roi_graph_add_setting(g, "price", "4e-6", &err), ROI_OK);
}

static void set_results(fixture *f) {
  const double never = (double)INFINITY, unknown = (double)NAN;
  fill(&f->summary[NPV], "npv", 179756, 1704,
       (double[]){-150000, -53616, -9000, 60035, 157038, 275308, 400100, 492128, 700000},
       (double[]){5000, 2134, 1900, 1702, 2012, 2603, 4000, 5555, 12000});
  f->summary[NPV].p_negative = 0.122;
  f->summary[NPV].p_negative_se = 0.0033;
  f->summary[NPV].loss_given_loss = 55912;
  f->summary[NPV].loss_given_loss_se = 1512;
  f->summary[NPV].cvar5 = -103210;
  f->summary[NPV].cvar5_se = 2600;
  f->summary[NPV].min = -300000;
  f->summary[NPV].max = 900000;
  fill_histogram(&f->summary[NPV]);
  fill(&f->summary[ROI], "roi", 0.8412, 0.0081, (double[]){-0.5, -0.212, -0.1, 0.259, 0.705, 1.273, 1.9, 2.359, 3},
       (double[]){0.02, 0.009, 0.008, 0.008, 0.0098, 0.0131, 0.02, 0.031, 0.05});
  fill(&f->summary[PAYBACK], "payback", 17.5, 0.05, (double[]){8, 10, 11, 14, 19, 25, 34, never, never},
       (double[]){0.1, 0.05, 0.05, 0.06, 0.11, 0.2, unknown, unknown, unknown});
  f->summary[PAYBACK].n = 9050;
  f->summary[PAYBACK].never = 950;
  f->summary[PAYBACK].p_never_se = 0.0029;
  fill(&f->summary[IRR], "irr", 0.61, 0.006, (double[]){-0.4, -0.2, -0.1, 0.2, 0.5, 0.9, 1.2, 1.5, 2},
       (double[]){0.02, 0.009, 0.008, 0.008, 0.0098, 0.0131, 0.02, 0.031, 0.05});
  f->summary[IRR].n = 9690;
  f->summary[IRR].no_irr = 290;
  f->summary[IRR].many_irr = 20;
  f->summary[IRR].undefined = 310;
  fill(&f->summary[LATE], "late", 0.25, 0.004, (double[]){0, 0, 0, 0, 0, 0, 1, 1, 1}, (double[9]){0});
  fill(&f->input[0], "price, \"net\"", 5e-6, 1.7e-8, (double[]){1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6, 7e-6, 8e-6, 9e-6},
       (double[9]){0});
  f->share[0] = (roi_share_result){.k = 345, .n = 10000, .p = 0.0345, .se = 0.0018, .low = 0.0311, .high = 0.0383};
  f->share[1] = (roi_share_result){.k = 2500, .n = 10000, .p = 0.25, .se = 0.0043, .low = 0.2416, .high = 0.2586};
  f->mean[0] = (roi_mean_result){6234, 38, 10000, 0};
  f->mean[1] = (roi_mean_result){409150, 1712, 10000, 0};
  f->mean[2] = (roi_mean_result){11020, 410, 10000, 0};
  f->ratio = (roi_ratio_result){0.784, 0.0077, 10000};
  f->driver[0] = (roi_driver){"deflect", 0, (double)NAN, 0.2617, 0.5381, 0.25, 1.57};
  f->driver[1] = (roi_driver){"tokens", 0, (double)NAN, 3000, 12000, 1.01, 0.72};
  f->driver[2] = (roi_driver){"incident.occurs", 1, 0.15, 0, 1, 0.886, 0.61};
  const double median[] = {188410, 0.886, 17, 0.55, 0};
  memcpy(f->median, median, sizeof f->median);
  f->drivers = (roi_drivers){ROI, 0.886, f->median, f->driver, 3, 0};
}

static int make(void **state) {
  fixture *f = roi_alloc_zero(1, sizeof *f);
  set_model(f);
  set_results(f);
  for (size_t i = 0; i < N_OUTPUTS; i++) {
    f->outputs[i] = (roi_target){roi_graph_text(f->g, f->g->outputs[i].name), f->g->outputs[i].node};
    f->output_share[i] = i == LATE ? 1 : ROI_NO_INDEX;
  }
  f->inputs[0] = (roi_target){roi_graph_text(f->g, f->g->inputs[0].name), f->g->inputs[0].node};
  f->prob[0] = "payback <= 12";
  f->request = (roi_request){.options = {.trials = 10000, .seed = 1}, .outputs = f->outputs, .n_outputs = N_OUTPUTS,
                             .inputs = f->inputs, .n_inputs = 1};
  f->report = (roi_report){.trials = 10000,
                           .complete = 1,
                           .outputs = f->summary,
                           .inputs = f->input,
                           .shares = f->share,
                           .means = f->mean,
                           .ratios = &f->ratio,
                           .n_outputs = N_OUTPUTS,
                           .n_inputs = 1,
                           .n_shares = 2,
                           .n_means = 3,
                           .n_ratios = 1,
                           .timing = {.threads = 2, .isa = "avx2", .passes = 1}};
  f->view = (roi_view){.graph = f->g, .request = &f->request, .report = &f->report, .prob = f->prob, .n_prob = 1,
                       .output_share = f->output_share, .has_ratio = 1, .drivers = &f->drivers, .lua_version = "5.4.4",
                       .sleef_version = "3.5.1", .seconds_total = 0.02};
  *state = f;
  return 0;
}

static int drop(void **state) {
  fixture *f = *state;
  roi_graph_free(f->g);
  roi_free(f);
  return 0;
}

static void expect_terminal(const fixture *f, int utf8, const char *expected) {
  roi_buffer text = {0};
  roi_style style = {.utf8 = utf8};
  roi_report_terminal(&text, &f->view, &style);
  assert_false(text.failed);
  if (getenv("SHOW")) fputs(text.text, stderr);
  assert_string_equal(text.text, expected);
  for (const char *line = text.text; *line;) { /* no line is wider than the page */
    const char *end = strchr(line, '\n');
    char copy[1000];
    snprintf(copy, sizeof copy, "%.*s", (int)(end - line), line);
    assert_true(roi_text_width(copy) <= 80);
    line = end + 1;
  }
  roi_buffer_free(&text);
}

static const char picture_utf8[] =
    "ROI      84.1% expected; 90% range -21.2% to 235.9%\n"
    "Loss     12.2% chance; when it happens, 55,900 ±1,500 USD on average\n"
    "Payback  month 19 (median); 9.5% never within 36 months\n"
    "────────────────────────────────────────────────────────────────────────────────\n"
    "Support-desk agent  36 months  10%/year  no tax or terminal value\n"
    "\n"
    "                   mean         P5        P25        P50        P75        P95\n"
    "npv USD         179,756    -53,616     60,035    157,038    275,308    492,128\n"
    "    ±se           1,700      2,100      1,700      2,000      2,600      5,600\n"
    "roi               84.1%     -21.2%      25.9%      70.5%     127.3%     235.9%\n"
    "    ±se            0.8%       0.9%       0.8%       1.0%       1.3%       3.1%\n"
    "payback mo.           -         10         14         19         25      never\n"
    "    ±se               -       0.05       0.06       0.11       0.20          -\n"
    "irr               61.0%     -20.0%      20.0%      50.0%      90.0%     150.0%\n"
    "    ±se            0.6%       0.9%       0.8%       1.0%       1.3%       3.1%\n"
    "P(payback <= 12) 3.5% ±0.2%\n"
    "P(npv<0) 12.2% ±0.3%   worst 5% of npv -103,200 ±2,600 USD on average\n"
    "payback never 9.5% ±0.3%   P(late) 25.0% ±0.4%   E[npv]/E[cost] 78.4% ±0.8%\n"
    "irr undefined in 3.1%: no rate 2.9%, several rates 0.2%\n"
    "All inputs at median: npv 188,410, roi 88.6%, payback 17, irr 55.0%, late no\n"
    "\n"
    "npv, k USD                     ▂▅▆▇███▇▇▆▅▄▃▂▁▁                            ░\n"
    "              ░           ▁▂▄▆█████████████████▇▇▆▅▄▄▃▂▂▁▁                 ░\n"
    "              ░▃▃▃▃▄▄▅▅▆▇███████████████████████████████████▇▇▆▆▆▅▅▅▅▅▄▄▄▄▄░\n"
    "              <-200         0            200          400           600   >700\n"
    "\n"
    "Drivers of roi: input P10 to P90, others at median (|)\n"
    "deflect                0.26 to 0.54   25%  ██████████████|███████████████  157%\n"
    "tokens               12,000 to 3,000  72%            ████|███              101%\n"
    "incident.occurs 15%     yes to no     61%          ██████|                  89%\n"
    "\n"
    "Mean PV, USD: handling time saved 409,200 ±1,700; incident.loss -11,020 ±410;\n"
    "              tokens -6,234 ±38\n"
    "Libraries: agents 1.2: agents.lua 3f1c9a7e\n"
    "10,000 trials  seed 1  mc  model 3f1c9a7e  roisim 0.1.0\n";

static const char picture_ascii[] =
    "ROI      84.1% expected; 90% range -21.2% to 235.9%\n"
    "Loss     12.2% chance; when it happens, 55,900 +-1,500 USD on average\n"
    "Payback  month 19 (median); 9.5% never within 36 months\n"
    "--------------------------------------------------------------------------------\n"
    "Support-desk agent  36 months  10%/year  no tax or terminal value\n"
    "\n"
    "                   mean         P5        P25        P50        P75        P95\n"
    "npv USD         179,756    -53,616     60,035    157,038    275,308    492,128\n"
    "    +-se          1,700      2,100      1,700      2,000      2,600      5,600\n"
    "roi               84.1%     -21.2%      25.9%      70.5%     127.3%     235.9%\n"
    "    +-se           0.8%       0.9%       0.8%       1.0%       1.3%       3.1%\n"
    "payback mo.           -         10         14         19         25      never\n"
    "    +-se              -       0.05       0.06       0.11       0.20          -\n"
    "irr               61.0%     -20.0%      20.0%      50.0%      90.0%     150.0%\n"
    "    +-se           0.6%       0.9%       0.8%       1.0%       1.3%       3.1%\n"
    "P(payback <= 12) 3.5% +-0.2%\n"
    "P(npv<0) 12.2% +-0.3%   worst 5% of npv -103,200 +-2,600 USD on average\n"
    "payback never 9.5% +-0.3%   P(late) 25.0% +-0.4%   E[npv]/E[cost] 78.4% +-0.8%\n"
    "irr undefined in 3.1%: no rate 2.9%, several rates 0.2%\n"
    "All inputs at median: npv 188,410, roi 88.6%, payback 17, irr 55.0%, late no\n"
    "\n"
    "npv, k USD                     .::######:::....                            >\n"
    "              <           ..::###################::::.....                 >\n"
    "              <....:::::######################################:::::::::::::>\n"
    "              <-200         0            200          400           600   >700\n"
    "\n"
    "Drivers of roi: input P10 to P90, others at median (|)\n"
    "deflect                0.26 to 0.54   25%  ##############|###############  157%\n"
    "tokens               12,000 to 3,000  72%            ####|###              101%\n"
    "incident.occurs 15%     yes to no     61%          ######|                  89%\n"
    "\n"
    "Mean PV, USD: handling time saved 409,200 +-1,700; incident.loss -11,020 +-410;\n"
    "              tokens -6,234 +-38\n"
    "Libraries: agents 1.2: agents.lua 3f1c9a7e\n"
    "10,000 trials  seed 1  mc  model 3f1c9a7e  roisim 0.1.0\n";

static const char partial[] =
    "partial: 4,096 of 10,000 trials (interrupted)\n"
    "Loss     12.2% chance; when it happens, 55,900 +-1,500 USD on average\n"
    "--------------------------------------------------------------------------------\n"
    "Support-desk agent  36 months  10%/year  no tax or terminal value\n"
    "\n"
    "                   mean         P5        P25        P50        P75        P95\n"
    "npv USD         179,756    -53,616     60,035    157,038    275,308    492,128\n"
    "    +-se          1,700      2,100      1,700      2,000      2,600      5,600\n"
    "P(npv<0) 12.2% +-0.3%   worst 5% of npv -103,200 +-2,600 USD on average\n"
    "Libraries: agents 1.2: agents.lua 3f1c9a7e\n"
    "4,096 of 10,000 trials  seed 1  mc  model 3f1c9a7e  roisim 0.1.0\n";

static const char plain[] =
    "five                    5 in every trial\n"
    "a name that is rath...  5,400.0 trn expected; 90% range 2,000.0 to 8,000.0 trn\n"
    "日本                    5.400e-9 expected; 90% range 2.000e-9 to 8.000e-9\n"
    "--------------------------------------------------------------------------------\n"
    "\n"
    "                   mean         P5        P25        P50        P75        P95\n"
    "five                  5          5          5          5          5          5\n"
    "a name that is rather long for a column of a table, and then some... trn\n"
    "                5,400.0    2,000.0    4,000.0    5,000.0    6,000.0    8,000.0\n"
    "    +-se             10         12         12         12         12         12\n"
    "日本           5.400e-9   2.000e-9   4.000e-9   5.000e-9   6.000e-9   8.000e-9\n"
    "    +-se        1.0e-11    2.5e-11    2.5e-11    2.5e-11    2.5e-11    2.5e-11\n"
    "days                  -      never      never      never      never      never\n"
    "100 trials  seed 1  mc  roisim 0.1.0\n";

static void terminal_utf8(void **state) { expect_terminal(*state, 1, picture_utf8); }
static void terminal_ascii(void **state) { expect_terminal(*state, 0, picture_ascii); }

static void terminal_partial(void **state) {
  fixture *f = *state;
  f->view.stopped = "interrupted";
  f->report.trials = 4096;
  f->report.complete = 0;
  f->view.drivers = NULL;
  f->request.n_outputs = f->report.n_outputs = 1;
  f->report.n_means = 0;
  f->view.has_ratio = 0;
  f->view.n_prob = 0;
  f->summary[NPV].bins = 0;
  expect_terminal(f, 0, partial);
}

/* Every trial is done, and drivers are not. */
static void terminal_without_what_follows(void **state) {
  fixture *f = *state;
  f->view.stopped = "interrupted";
  f->view.drivers = NULL;
  roi_buffer text = {0};
  roi_style style = {.utf8 = 0};
  roi_report_terminal(&text, &f->view, &style);
  static const char first[] = "partial: all 10,000 trials are done, not what follows them (interrupted)\n";
  assert_int_equal(strncmp(text.text, first, sizeof first - 1), 0);
  assert_non_null(strstr(text.text, "\n10,000 trials  "));
  roi_buffer_free(&text);
}

/* A model without flows, currency or rate: one output that is always 5, one of 1e15 and one of 1e-9, long and odd
 * names. */
static void terminal_plain(void **state) {
  fixture *f = *state;
  roi_error err = {0};
  roi_graph *g = roi_graph_new("", 12, ROI_YEAR, &err);
  const char *names[] = {"five", "a name that is rather long for a column of a table, and then some more to be cut",
                         "\xe6\x97\xa5\xe6\x9c\xac", "days"};
  for (size_t i = 0; i < 4; i++) {
    assert_int_equal(roi_graph_add_output(g, names[i], draw(g, names[i]), &err), ROI_OK);
    f->outputs[i] = (roi_target){names[i], g->outputs[i].node};
    f->summary[i] = (roi_summary){.trials = 100, .n = 100, .bins = 0};
  }
  const double q[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  for (int k = 0; k < ROI_QUANTILES; k++) {
    f->summary[0].quantile[k] = 5;
    f->summary[1].quantile[k] = q[k] * 1e15;
    f->summary[2].quantile[k] = q[k] * 1e-9;
    f->summary[1].quantile_se[k] = 1.234e13;
    f->summary[2].quantile_se[k] = 2.5e-11;
    f->summary[3].quantile[k] = (double)INFINITY;
    f->summary[3].quantile_se[k] = (double)NAN;
  }
  f->summary[0].mean = f->summary[0].min = f->summary[0].max = 5;
  f->summary[1].mean = 5.4e15, f->summary[1].mean_se = 1e13, f->summary[1].min = 0, f->summary[1].max = 1e16;
  f->summary[2].mean = 5.4e-9, f->summary[2].mean_se = 1e-11, f->summary[2].min = 0, f->summary[2].max = 1e-8;
  f->summary[3] = (roi_summary){.trials = 100, .never = 100, .mean = (double)NAN, .mean_se = (double)NAN};
  for (int k = 0; k < ROI_QUANTILES; k++) {
    f->summary[3].quantile[k] = (double)INFINITY;
    f->summary[3].quantile_se[k] = (double)NAN;
  }
  f->report.trials = f->request.options.trials = 100;
  f->request.n_outputs = f->report.n_outputs = 4;
  f->report.n_means = 0;
  f->view.has_ratio = 0;
  f->view.drivers = NULL;
  f->view.n_prob = 0;
  f->view.graph = g;
  f->output_share[LATE] = ROI_NO_INDEX;
  expect_terminal(f, 0, plain);
  roi_graph_free(g);
}

/* -- Drivers ------------------------------------------------------------------------------------------------------ */

/* 10 occurs + sum of b - 3 a, where a is uniform(0, 1), b one a period over two periods, occurs
 * bernoulli(0.3), and c has no say. With every draw at its median: 10 * 0 + 2 * 0.5 - 3 * 0.5 = -0.5. */
static roi_graph *drivers_graph(void) {
  roi_error err = {0};
  roi_graph *g = roi_graph_new("drivers", 2, ROI_YEAR, &err);
  roi_node unit[2] = {roi_constant(g, 0, &err), roi_constant(g, 1, &err)}, p = roi_constant(g, 0.3, &err);
  roi_node uniform = roi_dist(g, ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, unit, 2, &err);
  roi_node a = roi_draw(g, uniform, "a", 0, &err), b = roi_draw(g, uniform, "b", 1, &err);
  roi_draw(g, uniform, "c", 0, &err);
  roi_node occurs = roi_draw(g, roi_dist(g, ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, &p, 1, &err), "occurs", 0, &err);
  roi_node ten[2] = {occurs, roi_constant(g, 10, &err)}, three[2] = {a, roi_constant(g, -3, &err)};
  roi_node sum[2] = {roi_apply(g, ROI_MUL, ten, 2, &err), roi_apply(g, ROI_SUM, &b, 1, &err)};
  roi_node all[2] = {roi_apply(g, ROI_ADD, sum, 2, &err), roi_apply(g, ROI_MUL, three, 2, &err)};
  assert_int_equal(roi_graph_add_output(g, "y", roi_apply(g, ROI_ADD, all, 2, &err), &err), ROI_OK);
  assert_int_equal(err.status, ROI_OK);
  return g;
}

static void drivers_are_found(void **unused) {
  (void)unused;
  roi_error err = {0};
  roi_graph *g = drivers_graph();
  roi_target y = {"y", g->outputs[0].node};
  roi_request request = {
      .options = {.trials = 1, .seed = 1, .threads = 1, .isa = "baseline"}, .outputs = &y, .n_outputs = 1};
  roi_drivers *d = NULL;
  assert_int_equal(roi_drivers_find(g, &request, 0, &d, &err), ROI_OK);
  assert_non_null(d);
  assert_true(fabs(d->at_median - -0.5) < 1e-12);
  assert_true(d->median[0] == d->at_median);
  assert_int_equal(d->n, 3); /* c is not among them */
  assert_string_equal(d->row[0].name, "occurs");
  assert_int_equal(d->row[0].yes_no, 1);
  assert_true(d->row[0].chance == 0.3);
  assert_true(d->row[0].p10 == 0 && d->row[0].p90 == 1);
  assert_true(fabs(d->row[0].at_p90 - 9.5) < 1e-12 && fabs(d->row[0].at_p10 - -0.5) < 1e-12);
  assert_string_equal(d->row[1].name, "a");
  assert_true(fabs(d->row[1].p10 - 0.1) < 1e-12 && fabs(d->row[1].p90 - 0.9) < 1e-12);
  assert_true(fabs(d->row[1].at_p10 - 0.7) < 1e-12 && fabs(d->row[1].at_p90 - -1.7) < 1e-12);
  assert_string_equal(d->row[2].name, "b");
  const double in_both = 0.1824166413929258; /* SciPy: norm.cdf(norm.ppf(0.1) / sqrt(2)): b is drawn in each of two periods */
  assert_true(fabs(d->row[2].p10 - in_both) < 1e-12);
  assert_true(fabs(d->row[2].at_p10 - (2 * in_both - 1.5)) < 1e-12 && fabs(d->row[2].at_p90 - (0.5 - 2 * in_both)) < 1e-12);
  roi_drivers_free(d);
  roi_graph_free(g);
}

static void drivers_without_memory(void **unused) {
  (void)unused;
  roi_graph *g = drivers_graph();
  roi_target y = {"y", g->outputs[0].node};
  roi_request request = {
      .options = {.trials = 1, .seed = 1, .threads = 1, .isa = "baseline"}, .outputs = &y, .n_outputs = 1};
  int failures = 0;
  for (long n = 0;; n++) {
    roi_error err = {0};
    roi_drivers *d = NULL;
    roi_memory_fail_after(n);
    roi_status status = roi_drivers_find(g, &request, 0, &d, &err);
    roi_memory_fail_after(-1);
    roi_drivers_free(d);
    if (status == ROI_OK) break;
    assert_int_equal(status, ROI_ERR_MEMORY);
    assert_null(d);
    failures++;
  }
  assert_true(failures > 5);
  roi_graph_free(g);
}

/* -- JSON --------------------------------------------------------------------------------------------------------- */

static const cJSON *at(const cJSON *o, const char *path) {
  char copy[200], *save = NULL;
  snprintf(copy, sizeof copy, "%s", path);
  for (char *key = strtok_r(copy, "/", &save); key && o; key = strtok_r(NULL, "/", &save))
    o = cJSON_IsArray(o) ? cJSON_GetArrayItem(o, atoi(key)) : cJSON_GetObjectItemCaseSensitive(o, key);
  return o;
}

static void json_reads_back(void **state) {
  fixture *f = *state;
  roi_buffer text = {0};
  roi_error err = {0};
  f->summary[NPV].mean = 0.1 + 0.2; /* 0.30000000000000004: the last bit counts */
  f->summary[NPV].min = -0.0;
  f->summary[NPV].max = 1234567;
  f->request.options.seed = UINT64_MAX;
  f->summary[NPV].counts[3] = UINT64_C(9007199254740993);
  assert_int_equal(roi_report_json(&text, &f->view, &err), ROI_OK);
  cJSON *o = cJSON_Parse(text.text);
  assert_non_null(o);
  assert_string_equal(at(o, "schema")->valuestring, "roisim.run/1");
  assert_string_equal(at(o, "model/name")->valuestring, "Support-desk agent");
  assert_true(at(o, "model/discount_rate")->valuedouble == 0.10);
  assert_true(at(o, "outputs/npv/mean")->valuedouble == 0.1 + 0.2);
  assert_true(signbit(at(o, "outputs/npv/min")->valuedouble));
  assert_true(cJSON_IsNull(at(o, "outputs/payback/quantiles/0.95")));
  assert_true(at(o, "outputs/payback/quantiles/0.5")->valuedouble == 19);
  assert_true(at(o, "outputs/payback/never")->valuedouble == 950);
  assert_true(at(o, "outputs/irr/several_irr")->valuedouble == 20);
  assert_true(at(o, "outputs/late/probability/high")->valuedouble == 0.2586);
  assert_int_equal(cJSON_GetArraySize(at(o, "outputs/npv/histogram/edges")), ROI_HISTOGRAM_BINS + 1);
  assert_int_equal(cJSON_GetArraySize(at(o, "outputs/npv/histogram/counts")), ROI_HISTOGRAM_BINS);
  assert_true(at(o, "outputs/npv/histogram/edges/0")->valuedouble == -300000);
  assert_true(at(o, "outputs/npv/histogram/edges/60")->valuedouble == 1234567); /* the largest value, not the axis' end */
  const cJSON *input = cJSON_GetObjectItemCaseSensitive(at(o, "inputs"), "price, \"net\"");
  assert_non_null(input);
  assert_string_equal(at(input, "unit")->valuestring, "USD");
  assert_true(at(input, "line")->valuedouble == 12);
  assert_string_equal(at(o, "probabilities/0/expr")->valuestring, "payback <= 12");
  assert_string_equal(at(o, "components/2/kind")->valuestring, "risk");
  assert_true(at(o, "warnings/0/line")->valuedouble == 14);
  assert_string_equal(at(o, "warnings/0/rule")->valuestring, "model");
  assert_string_equal(at(o, "provenance/set/0")->valuestring, "price=4e-6");
  assert_string_equal(at(o, "provenance/data/0/name")->valuestring, "prices.csv");
  assert_string_equal(at(o, "provenance/libraries/0/name")->valuestring, "agents");
  assert_string_equal(at(o, "provenance/libraries/0/file")->valuestring, "agents.lua");
  assert_string_equal(at(o, "provenance/libraries/0/version")->valuestring, "1.2");
  assert_string_equal(at(o, "provenance/libraries/0/license")->valuestring, "MIT");
  assert_string_equal(at(o, "provenance/model_sha256")->valuestring,
                      "3f1c9a7e00000000000000000000000000000000000000000000000000000000");
  assert_string_equal(at(o, "drivers/inputs/0/name")->valuestring, "deflect");
  assert_true(at(o, "drivers/inputs/2/chance")->valuedouble == 0.15);
  assert_true(at(o, "timing/threads")->valuedouble == 2);
  assert_non_null(strstr(text.text, "18446744073709551615"));
  assert_non_null(strstr(text.text, "9007199254740993"));
  for (const cJSON *part = o->child; part; part = part->next) { /* a model's own table can't have the key of one of these */
    const char *const *key = roi_reserved_keys;
    while (*key && strcmp(*key, part->string) != 0) key++;
    assert_non_null(*key);
  }
  cJSON_Delete(o);
  roi_buffer_free(&text);
}

static void json_without_memory(void **state) {
  fixture *f = *state;
  int failures = 0;
  for (long n = 0;; n += n < 50 ? 1 : 97) {
    roi_buffer text = {0};
    roi_error err = {0};
    roi_memory_fail_after(n);
    roi_status status = roi_report_json(&text, &f->view, &err);
    roi_memory_fail_after(-1);
    roi_buffer_free(&text);
    if (status == ROI_OK) break;
    assert_int_equal(status, ROI_ERR_MEMORY);
    failures++;
  }
  assert_true(failures > 20);
}

/* -- CSV and files ------------------------------------------------------------------------------------------------ */

static char folder[] = "/tmp/roisim_report_XXXXXX";
static char path[300];

static int make_folder(void **unused) {
  (void)unused;
  return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **unused) {
  (void)unused;
  return rmdir(folder); /* which fails if a temporary file was left */
}

static char *in_folder(const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void expect_file(const char *name, const char *expected) {
  char text[4000];
  FILE *file = fopen(in_folder(name), "rb");
  assert_non_null(file);
  size_t n = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[n] = '\0';
  assert_string_equal(text, expected);
}

static void csv_quotes(void **unused) {
  (void)unused;
  roi_error err = {0};
  const char *names[] = {"npv", "a,b", "say \"x\"", "=1+1", "-x", "@y", "two\nlines"};
  const double a[] = {0.1 + 0.2, -0.0}, b[] = {(double)INFINITY, 1e300}, c[] = {roi_state_value(ROI_STATE_NO_COST), 5};
  const double d[] = {roi_state_value(ROI_STATE_MANY_IRR), 1234567}, e[] = {-1.5, 999999};
  const double *columns[] = {a, b, c, d, e, a, a};
  roi_outfile *file = roi_outfile_open(in_folder("s.csv"), NULL, NULL, &err);
  assert_non_null(file);
  roi_csv *csv = roi_csv_new(file, names, 7, &err);
  assert_non_null(csv);
  assert_int_equal(roi_csv_rows(csv, 41, 2, columns, 7, &err), ROI_OK);
  assert_int_equal(access(path, F_OK), -1); /* not there before it is complete */
  assert_int_equal(roi_outfile_commit(file, &err), ROI_OK);
  roi_csv_free(csv);
  roi_outfile_free(file);
  expect_file("s.csv", "trial,npv,\"a,b\",\"say \"\"x\"\"\",'=1+1,'-x,'@y,two\\nlines\n"
                       "42,0.30000000000000004,never,no_cost,several_irr,-1.5,0.30000000000000004,0.30000000000000004\n"
                       "43,-0,1e+300,5,1234567,999999,-0,-0\n");
  unlink(path);
}

static void files_are_whole(void **unused) {
  (void)unused;
  roi_error err = {0};
  char target[300];
  snprintf(target, sizeof target, "%s", in_folder("out"));
  roi_outfile *f = roi_outfile_open(target, NULL, NULL, &err);
  assert_non_null(f);
  assert_int_equal(roi_outfile_write(f, "one", 3, &err), ROI_OK);
  assert_int_equal(roi_outfile_commit(f, &err), ROI_OK);
  roi_outfile_free(f);
  expect_file("out", "one");
  assert_int_equal(chmod(target, 0640), 0);
  f = roi_outfile_open(target, NULL, NULL, &err); /* given up: the old file stays */
  assert_int_equal(roi_outfile_write(f, "two", 3, &err), ROI_OK);
  roi_outfile_free(f);
  expect_file("out", "one");
  assert_int_equal(symlink("out", in_folder("link")), 0); /* a link stays a link, permissions stay */
  f = roi_outfile_open(path, NULL, NULL, &err);
  assert_int_equal(roi_outfile_write(f, "three", 5, &err), ROI_OK);
  assert_int_equal(roi_outfile_commit(f, &err), ROI_OK);
  roi_outfile_free(f);
  expect_file("out", "three");
  struct stat st;
  assert_int_equal(lstat(in_folder("link"), &st), 0);
  assert_true(S_ISLNK(st.st_mode));
  assert_int_equal(stat(target, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0640);
  unlink(in_folder("link"));
  unlink(target);
}

static void files_are_refused(void **unused) {
  (void)unused;
  roi_error err = {0};
  char expected[600];
  assert_null(roi_outfile_open(in_folder("no/such"), NULL, NULL, &err));
  snprintf(expected, sizeof expected, "cannot write %s: No such file or directory: make its folder first", path);
  assert_string_equal(err.text, expected);
  assert_int_equal(err.status, ROI_ERR_IO);
  assert_null(roi_outfile_open(folder, NULL, NULL, &err));
  snprintf(expected, sizeof expected, "cannot write %s: it is a folder; name a file in it", folder);
  assert_string_equal(err.text, expected);
  roi_outfile *f = roi_outfile_open("/dev/full", NULL, NULL, &err);
  assert_non_null(f);
  assert_int_equal(roi_outfile_write(f, "x", 1, &err), ROI_OK);
  assert_int_equal(roi_outfile_commit(f, &err), ROI_ERR_IO);
  assert_string_equal(err.text, "/dev/full: No space left on device: not all output could be written");
  roi_outfile_free(f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers),
      cmocka_unit_test(widths),
      cmocka_unit_test_setup_teardown(terminal_utf8, make, drop),
      cmocka_unit_test_setup_teardown(terminal_ascii, make, drop),
      cmocka_unit_test_setup_teardown(terminal_partial, make, drop),
      cmocka_unit_test_setup_teardown(terminal_without_what_follows, make, drop),
      cmocka_unit_test_setup_teardown(terminal_plain, make, drop),
      cmocka_unit_test(drivers_are_found),
      cmocka_unit_test(drivers_without_memory),
      cmocka_unit_test_setup_teardown(json_reads_back, make, drop),
      cmocka_unit_test_setup_teardown(json_without_memory, make, drop),
      cmocka_unit_test(csv_quotes),
      cmocka_unit_test(files_are_whole),
      cmocka_unit_test(files_are_refused),
  };
  return cmocka_run_group_tests(tests, make_folder, drop_folder);
}

#include "base/state.h"

const char *const roi_state_names[ROI_STATE_COUNT] = {"undefined", "no_cost", "no_irr", "several_irr", "self_funded"};
const char *const roi_state_words[ROI_STATE_COUNT] = {"undefined", "no cost", "no rate", "several rates", "self-funded"};

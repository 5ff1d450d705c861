/* json_check.h - what every JSON text of the command's must be. */
#ifndef FUZZ_JSON_CHECK_H
#define FUZZ_JSON_CHECK_H

#include <cjson/cJSON.h>

/* Parses it; a finding unless it is JSON, all of it, and no object has two members of one name. Release with cJSON_Delete. */
cJSON *fuzz_check_json(const char *text);

#endif

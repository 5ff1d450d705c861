/* Fuzzes the reading of a library's manifest (host/manifest.h): any bytes must be refused with a rule or give a manifest that can be
 * asked. The first byte chooses the form. */
#include <stdlib.h>
#include <string.h>

#include "host/manifest.h"

/* Asks for every module that is named. */
static void ask(const roi_manifest *m, roi_literal_value list) {
  for (int f = roi_literal_first(m->data, list); f >= 0; f = roi_literal_next(m->data, f)) {
    const char *key = roi_literal_text(m->data, roi_literal_key(m->data, f)), *path;
    const char *name = key ? key : roi_literal_text(m->data, roi_literal_at(m->data, f));
    if (name == NULL || strlen(name) > 200) continue;
    if (!roi_manifest_lists(m, name, &path)) abort();
    if (f > 200) return; /* each is looked for among all */
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  roi_manifest m = {0};
  roi_error err;
  if (size == 0) return 0;
  roi_status status = roi_manifest_read(&m, (const char *)bytes + 1, size - 1, bytes[0] & 1, &err);
  if (status == ROI_OK) {
    if (!*m.name || !*m.version) abort();
    ask(&m, m.modules);
    ask(&m, m.installed);
  } else if (!err.text[0]) {
    abort();
  }
  roi_manifest_release(&m);
  return 0;
}

/* library.h - which library a module belongs to: the manifest (host/manifest.h) that lists it, looked for
 *
 * - for a module of a LuaRocks tree PREFIX/share/lua/5.4: in PREFIX/lib/luarocks/rocks-5.4/NAME/VERSION/;
 * - for any: in the folder of the module's file, in each folder above it up to the one where it was found, and in the one above that
 *   unless others may write there. library.lua comes before rockspecs; of several rockspecs the highest version that lists the module.
 *
 * A manifest that can't be read, or that lists other modules or another file for this one, is a note beside the file and no failure. */
#ifndef ROI_HOST_LIBRARY_H
#define ROI_HOST_LIBRARY_H

#include "host/resolve.h"

/* Fills f's library, version, license and note from the manifest. f is a module that was found as a file. Fails only for want of
 * memory. The search keeps which manifests were read, here and below. */
roi_status roi_find_library(roi_search *s, roi_script_file *f, const char *module, roi_error *err);

/* Where the manifest in a folder says the module lies, below that folder: *path, for roi_free, or NULL if it says nothing. A manifest
 * that can't be read is described in *damage, which is otherwise left as it is. */
roi_status roi_library_path(roi_search *s, const char *folder, const char *module, char **path, roi_error *damage, roi_error *err);

#endif

/* resolve.h - from the names that scripts use to files, in the parent.
 *
 * A module is looked for, in this order: in the command itself (the library of lua/), in the model's own folder, in the --lib
 * folders, in the folders of ROISIM_PATH, and in lua_modules/share/lua/5.4 beside the model or further up in its project; in each as
 * NAME.lua, as NAME/init.lua (points being folders), and where the folder's manifest says it lies. A data file is looked for beside
 * the script that asks. A file must lie inside the folder it was found in, links resolved; it must be a regular file of bounded size. */
#ifndef ROI_HOST_RESOLVE_H
#define ROI_HOST_RESOLVE_H

#include <sys/types.h>

#include "roisim.h"

enum { ROI_FILE_MODEL = 0, ROI_FILE_LIBRARY = 1, ROI_FILE_DATA = 2 }; /* kinds, as in roi_file_row */

/* Which file it is, by whatever name. */
typedef struct roi_file_id { dev_t device; ino_t inode; } roi_file_id;
static inline int roi_same_file(roi_file_id a, roi_file_id b) { return a.device == b.device && a.inode == b.inode; }

typedef struct roi_script_file {
  int kind;
  char *request;        /* the name it was asked by */
  uint32_t asker;       /* data: the index of the asking file */
  char *shown;          /* its name in messages and results: relative to the folder it was found in; scripts differ in it (child.c) */
  char *folder;         /* where it lies, for its data files; NULL: in the command itself */
  char *root;           /* the folder it was found in, shown relative to it; NULL likewise */
  char *library;        /* the name, version and licence in the manifest that lists it (host/library.h); NULL: none does */
  char *version;        /* that of the manifest, else what the module says of itself, or NULL */
  char *license;
  char *note, *note_file; uint32_t note_line; /* what is wrong with its manifest, and where that stands; NULL: nothing */
  roi_file_id id;       /* inode 0: in the command itself */
  unsigned char *text;
  size_t size;
  uint8_t sha256[32];
} roi_script_file;

typedef struct roi_search {
  char *model_folder;
  char **folders; size_t n_folders, cap_folders; /* --lib, then ROISIM_PATH, then lua_modules; absolute */
  size_t n_lib;                                  /* how many of them come from --lib */
  roi_file_id *manifests; size_t n_manifests, cap_manifests; /* that were read, each once (host/library.c) */
} roi_search;

/* Sets the search up for a model and reads the model. Release both, also after an error. */
roi_status roi_search_begin(roi_search *s, const char *model_path, const char *const *lib_dirs, size_t n_lib_dirs,
                            roi_script_file *model, roi_error *err);
void roi_search_end(roi_search *s);
void roi_script_file_release(roi_script_file *source);

/* Reads folder/name (folder resolved) if it is there and lies inside the folder when links are resolved: fills text, size, hash,
 * folder, root and shown. A roi_status, or ROI_NOT_HERE: there is no such file. */
#define ROI_NOT_HERE (-1)
int roi_read_inside(const char *folder, const char *name, roi_script_file *out, roi_error *err);

/* The text of a module that is part of the command, static; NULL: there is none of that name. */
const unsigned char *roi_embedded_module(const char *name, size_t *size);
/* On failure err->text says what was looked for; status ROI_ERR_MODEL unless memory is out. */
roi_status roi_find_module(roi_search *s, const char *name, roi_script_file *found, roi_error *err);
roi_status roi_find_data(const roi_search *s, const roi_script_file *asker, const char *name, roi_script_file *found, roi_error *err);

#endif

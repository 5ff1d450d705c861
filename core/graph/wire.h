/* wire.h - a graph as one flat, pointer-free buffer, little-endian: a header with magic, version and the length of each table,
 * then the tables of graph.h in their order, each at a multiple of 8 bytes. The reader trusts nothing. */
#ifndef ROI_GRAPH_WIRE_H
#define ROI_GRAPH_WIRE_H

#include "graph/graph.h"

/* The largest buffer that is accepted. */
#define ROI_WIRE_MAX (UINT64_C(2) << 30)

/* The buffer of a graph: *size bytes, to be released with roi_free; NULL when memory is out. */
void *roi_graph_write(const roi_graph *g, size_t *size, roi_error *err);
/* A graph from a buffer of `size` bytes (any bytes), validated. NULL with the rule that was broken. The tables are copied;
 * further nodes can be added to the graph. Release with roi_graph_free. */
roi_graph *roi_graph_read(const void *buffer, size_t size, roi_error *err);

#endif

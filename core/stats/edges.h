/* edges.h - edges of a histogram that people can read. */
#ifndef ROI_STATS_EDGES_H
#define ROI_STATS_EDGES_H

/* Fills ascending edges for values from low to high, low <= high, both finite, and returns the number of bins, 1 to
 * ROI_HISTOGRAM_BINS. Edges are multiples of a round step; whole: the values are whole numbers, which then lie in the middle of
 * their bins, each bin holding as many of them. */
int roi_histogram_edges(double low, double high, int whole, double *edges);

#endif

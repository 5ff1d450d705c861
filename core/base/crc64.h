/* crc64.h - a checksum that tells damage: any change of up to 64 bits in a row, and all but one in 2^64 of other changes. It is no proof
 * against intent. CRC-64/XZ: polynomial 0x42f0e1eba9ea3693, reflected, initial and final value all ones; of "123456789" it is
 * 995dc9bbdf1939fa (REFERENCE ECMA-182 for the polynomial, the .xz file format for the rest). */
#ifndef ROI_BASE_CRC64_H
#define ROI_BASE_CRC64_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of what came before (crc; 0 for nothing) and n bytes more. */
uint64_t roi_crc64(uint64_t crc, const void *data, size_t n);

#endif

#!/usr/bin/env python3
"""Writes core/sample/sobol_directions.c: primitive polynomials and initial direction numbers for Sobol' points.

ORIGIN    new-joe-kuo-6.21201 of Stephen Joe and Frances Y. Kuo, https://web.maths.unsw.edu.au/~fkuo/sobol/, as SciPy carries it:
          scipy/stats/_sobol_direction_numbers.npz (SciPy 1.10.1 of Debian 12, package python3-scipy). Its array `poly` holds each
          polynomial with its coefficients as bits, highest power first; `vinit` the odd numbers m_1, m_2, ... of each.
REFERENCE Joe, Kuo: Constructing Sobol sequences with better two-dimensional projections. SIAM J. Sci. Comput. 30 (2008).
LICENCE   3-clause BSD; the text is written into the file, as it asks.
Usage:    scripts/sobol_directions.py [FILE=core/sample/sobol_directions.c]
The file is committed, so that a build needs no Python; run this again only to change the number of dimensions."""
import os
import sys

import numpy
import scipy.stats

DIMENSIONS = 4096  # ROI_SOBOL_DIMENSIONS of core/sample/sobol.h

HEADER = """\
/* Written by scripts/sobol_directions.py; do not edit. One row a dimension: its primitive polynomial, coefficients as bits, highest
 * power first; then m_2, m_3, ... of its initial direction numbers, (m_j - 1) / 2 in j - 1 bits each, from the lowest bit of 128.
 * (m_1 is 1.) Row 0 stands for the identity: all m are 1.
 *
 * The numbers are new-joe-kuo-6.21201 of S. Joe and F. Y. Kuo, https://web.maths.unsw.edu.au/~fkuo/sobol/, under this licence:
 *
 * Copyright (c) 2008, Frances Y. Kuo and Stephen Joe
 * All rights reserved.
 *
 * Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following
 * conditions are met:
 *     * Redistributions of source code must retain the above copyright notice, this list of conditions and the following
 *       disclaimer.
 *     * Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
 *       disclaimer in the documentation and/or other materials provided with the distribution.
 *     * Neither the names of the copyright holders nor the names of the University of New South Wales and the University of
 *       Waikato and its contributors may be used to endorse or promote products derived from this software without specific
 *       prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS ``AS IS'' AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED
 * TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE
 * COPYRIGHT HOLDERS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT
 * NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE. */
#include "sample/sobol_directions.h"

const roi_sobol_row roi_sobol_table[ROI_SOBOL_DIMENSIONS] = {
"""


def row(polynomial, m):
    degree = polynomial.bit_length() - 1
    packed, shift = 0, 0
    if polynomial > 1:
        assert m[0] == 1
        for j in range(2, degree + 1):
            assert m[j - 1] % 2 == 1 and m[j - 1] < 1 << j
            packed |= (m[j - 1] >> 1) << shift
            shift += j - 1
    assert packed < 1 << 128 and polynomial < 1 << 32
    return "{0x%x,0x%x,0x%x}" % (polynomial, packed & (1 << 64) - 1, packed >> 64)


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "core/sample/sobol_directions.c"
    table = numpy.load(os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz"))
    rows = [row(int(p), [int(x) for x in m]) for p, m in zip(table["poly"][:DIMENSIONS], table["vinit"][:DIMENSIONS])]
    with open(path, "w") as out:
        out.write(HEADER)
        for i in range(0, DIMENSIONS, 2):
            out.write(",".join(rows[i:i + 2]) + ",\n")
        out.write("};\n")


main()

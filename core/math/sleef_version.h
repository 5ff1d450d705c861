/* sleef_version.h - the version of SLEEF this is built with, as text: "3.5.1". */
#ifndef ROI_MATH_SLEEF_VERSION_H
#define ROI_MATH_SLEEF_VERSION_H

#include <sleef.h>

#define ROI_AS_TEXT(x) #x
#define ROI_VERSION_TEXT(a, b, c) ROI_AS_TEXT(a) "." ROI_AS_TEXT(b) "." ROI_AS_TEXT(c)
#define ROI_SLEEF_VERSION ROI_VERSION_TEXT(SLEEF_VERSION_MAJOR, SLEEF_VERSION_MINOR, SLEEF_VERSION_PATCHLEVEL)

#endif

/* The linker sends every pow of Lua's own code here (--wrap=pow): glibc's gives other bits on processors without FMA. */
#include "math/scalar.h"

double __wrap_pow(double x, double y);
double __wrap_pow(double x, double y) { return roi_pow(x, y); }

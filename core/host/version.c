#include <lua.h>

#include "host/host.h"

const char *roi_host_lua_version(void) { return LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE; }

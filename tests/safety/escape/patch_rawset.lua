-- expect status: 1
-- expect error: patch_rawset.lua:3: rawset: the table is protected
rawset(string, "upper", string.lower)

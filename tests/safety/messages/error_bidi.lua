-- expect status: 1
-- expect error: error_bidi.lua:4: before
-- Marks that turn the direction of what follows.
error("before \u{202e}drawkcab\u{2066} \u{200f}")

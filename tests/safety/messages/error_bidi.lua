-- expect status: 1
-- expect error: error_bidi.lua:4: before \u202edrawkcab\u2066 \u200f
-- Marks that turn the direction of what follows.
error("before \u{202e}drawkcab\u{2066} \u{200f}")

-- expect status: 1
-- expect error: print_frames.lua:6: still here
-- What looks like a message of the channel is only what it is: text.
print("\8\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\255\255\255\255\255\255\255\127")
print(("\0"):rep(20000))
error("still here")

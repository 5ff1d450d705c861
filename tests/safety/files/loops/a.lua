-- required by b
require "loops.b"

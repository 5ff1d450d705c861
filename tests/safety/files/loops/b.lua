require "loops.a"

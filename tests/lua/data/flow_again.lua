return require "data.flow"

-- What this library is: plain data, read without being run. Results of models that use it name it, its version and its hash.
return {
  name = "@NAME@",
  version = "0.1.0",
  license = "MIT",
  modules = { "@NAME@" },
}

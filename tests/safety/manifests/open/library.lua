-- Cut off in the middle.
return { name = "open", version = "1.0", modules = { "manifests.open

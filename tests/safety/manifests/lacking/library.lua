return { name = "lacking", version = "1.0", modules = { "another" } }

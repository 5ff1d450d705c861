return { -100, 60, 61 }

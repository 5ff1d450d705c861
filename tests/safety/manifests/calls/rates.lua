return { rate = 2 }

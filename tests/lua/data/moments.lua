return { mean = 50, sd = 5 }

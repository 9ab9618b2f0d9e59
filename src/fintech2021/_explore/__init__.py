"""Ways into the data that are about what a figure means, and not about which table holds it."""

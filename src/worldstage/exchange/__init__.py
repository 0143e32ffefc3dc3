"""Event data of others: each format described as a mapping, which the store compiles to one vectorised pass."""

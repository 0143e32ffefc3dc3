"""Roles: an actor's place in the network of relations, before and after a shock; plain arrays in, results out."""

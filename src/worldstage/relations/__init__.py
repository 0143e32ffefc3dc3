"""Events → relations: series per dyad, and how they moved across a shock."""

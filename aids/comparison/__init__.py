"""Places side by side, with the aids of one profile recomputed for each."""

"""Links that sheets show: gathered, tried with polite limits, and remembered."""

"""Benchmarks of the guide: ratios, counts and sizes; nothing here asserts a time."""

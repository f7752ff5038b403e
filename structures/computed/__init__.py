"""Figures that the guide computes from its own data: distances to care, structures around."""

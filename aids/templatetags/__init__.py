"""Template tags of the aids."""

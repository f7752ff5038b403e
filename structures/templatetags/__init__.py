"""Template tags of the structures."""

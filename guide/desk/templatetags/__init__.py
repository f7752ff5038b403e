"""Template tags of the contacts."""

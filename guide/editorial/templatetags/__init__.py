"""Template tags of the editorial content."""

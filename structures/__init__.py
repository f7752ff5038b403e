"""Floor 2: care structures, FINESS import, map data."""

"""The map of what one profile can get, commune by commune."""

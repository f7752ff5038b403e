"""Pages of the administration that belong to no app above: of one model, or through every kind of sheet."""

"""The pages of the administration that every kind of sheet shares."""

"""Floor 2: roles and perimeters, life cycle, history, conflicts, proposals, upkeep of sheets; bases of the admin."""

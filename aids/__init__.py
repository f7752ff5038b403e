"""Floor 3: aids to doctors, the engine that explains who can get them, sums, exchange."""

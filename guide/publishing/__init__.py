"""Floor 0: publication life cycle, content version, import engine and reports."""

"""Floor 0: publication life cycle, roles, history, pictures, content version, import engine and reports."""

"""Whom to call: the bodies that help a doctor, by department, profile and subject (floor 4)."""

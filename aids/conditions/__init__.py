"""The kinds of conditions of an aid: each one declared once, from which the rest derives."""

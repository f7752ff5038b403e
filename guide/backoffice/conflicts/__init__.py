"""Two people saved the same sheet: what the other changed is merged, or shown for a choice; nothing is lost."""

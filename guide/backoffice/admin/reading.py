"""Pages of the administration whose rows are written elsewhere: read there, neither added, changed nor deleted."""


class ReadOnlyMixin:
    """Before the other bases of a page; the docstring of the page says who writes its rows."""

    def has_add_permission(self, request, *args):
        """Nobody, here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody, here."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nobody, here."""
        return False

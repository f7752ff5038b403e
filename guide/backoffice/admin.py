"""The pages of the administration that belong to no app above: accounts, places, reports, proposals, bin."""

from guide.backoffice.pages import places, proposals, recycle_bin, reports, users  # noqa: F401  they register theirs

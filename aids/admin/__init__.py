"""Administration of the aids: an editor sees what a change does to the golden cases before it is kept."""

from aids.admin import pages

__all__ = ["pages"]

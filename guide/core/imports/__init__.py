"""The import engine: read, convert, compare, apply; only the last writes. See docs/imports.md."""

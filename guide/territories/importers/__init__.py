"""Importers of places, zonings and figures, on the engine of guide.core.imports. See docs/imports.md."""

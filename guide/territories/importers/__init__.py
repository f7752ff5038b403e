"""Importers of places, zonings and figures, on the engine of guide.publishing.imports. See docs/imports.md."""

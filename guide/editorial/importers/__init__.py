"""Readers of the content files, one module per kind."""

"""Importers of care structures: FINESS extracts, and the documented CSV/XLSX for what FINESS does not hold."""

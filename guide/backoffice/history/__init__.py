"""History of the sheets: every change with who and when, reverted or restored with what hangs on the sheet."""

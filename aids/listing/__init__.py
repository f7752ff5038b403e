"""The catalogue of aids: one search for the page, the files and the counts."""

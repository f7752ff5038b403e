"""Every importer of the site, and the pages where an editor runs one on a file: see docs/imports.md."""

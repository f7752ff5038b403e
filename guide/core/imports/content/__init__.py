"""Content files: a folder of Markdown with front matter and of YAML lists, written by people. See docs/content.md."""

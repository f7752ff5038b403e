"""Readers of the content files: Markdown sheets, ways to practise, YAML lists."""

"""Floor 5: home page, root addresses, sitemap, health."""

"""Floor 5: home page, root addresses, sitemap, health, imports by upload, the admin site, the demo."""

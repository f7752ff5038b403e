"""Pages, practice options, testimonials, news, agenda, key figures, documents, partners, glossary (floor 4)."""

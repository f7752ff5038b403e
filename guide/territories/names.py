"""Names of places as visitors type them."""

from guide.core.french import fold

SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def official_spelling(text: str) -> str:
    """Folded text with the short forms of "saint" written out, as the INSEE does: "St-Août" -> "saint aout"."""
    return " ".join(SHORT_FORMS.get(word, word) for word in fold(text).split())

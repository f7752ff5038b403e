"""Places found by what people type: three questions, three answers.

- `results`: which places may be meant? All kinds, for the page of the places (every word, somewhere in the name).
- `communes`: which commune does a form mean? One, or the few between which the visitor chooses.
- `suggestions`: which communes begin so? For the maps, while the visitor types; the most populated first.

Staff search by guide.backoffice.pages.places.search_places, which narrows any list that hangs on places.
"""

from guide.core.french import fold

SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def official_spelling(text: str) -> str:
    """Folded text with the short forms of "saint" written out, as the INSEE does: "St-Août" -> "saint aout"."""
    return " ".join(SHORT_FORMS.get(word, word) for word in fold(text).split())

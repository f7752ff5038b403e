"""Places found by what people type: three questions, three answers.

- `results`: which places may be meant? All kinds, for the page of the places (every word, somewhere in the name).
- `communes`: which commune does a form mean? One, or the few between which the visitor chooses.
- `suggestions`: which communes begin so? For the maps, while the visitor types; the most populated first.

Staff search by guide.territories.admin.search_places, which narrows any list that hangs on places.
"""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aids.listing.filters import FILTERS
from aids.simulator.questions import PARAMETERS

pytestmark = pytest.mark.django_db
SIMULATOR, LIST, MAP = "/aides/simulateur/", "/aides/", "/aides/carte/"


WORDS = st.one_of(
    st.sampled_from(
        ["interne", "retraite", "msp", "liberal", "secteur-1", "oui", "non", "36", "36901", "ZIP", "HZ", "bourse", "0"]
    ),
    st.text(max_size=40),
    st.dates().map(str),
    st.integers().map(str),
)
NAMES = st.one_of(st.sampled_from([one.name for one in (*PARAMETERS, *FILTERS)]), st.text(max_size=8))


@given(pairs=st.lists(st.tuples(NAMES, WORDS), max_size=8))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_string_is_an_error_of_the_server(client, pairs):
    query = urlencode(pairs, errors="surrogatepass")
    for path in (SIMULATOR, LIST, MAP):
        assert client.get(f"{path}?{query}").status_code in (200, 302)
    for path in ("/aides.csv", "/aides.json", "/aides/simulateur.ics"):
        assert client.get(f"{path}?{query}").status_code in (200, 400)

"""Which links a browser may fetch ahead, when the pointer rests on them or a finger touches them."""

from django.http import HttpRequest, JsonResponse

from guide.core.http import public

CONTENT_TYPE = "application/speculationrules+json"
# Pages of the site, but neither the admin nor files: pages are public, cached and without cookie, so a fetch that
# serves nothing costs one conditional answer.
NEVER = ("/admin/*", "/*.csv", "/*.json", "/*.geojson", "/*.xml", "/*.ics", "/*.pdf")
RULES = {
    "prefetch": [
        {
            "where": {"and": [{"href_matches": "/*"}, *({"not": {"href_matches": one}} for one in NEVER)]},
            "eagerness": "moderate",
        }
    ]
}


@public
def rules(request: HttpRequest) -> JsonResponse:
    """The rules, in the format of the HTML standard (speculative loading)."""
    return JsonResponse(RULES, content_type=CONTENT_TYPE)

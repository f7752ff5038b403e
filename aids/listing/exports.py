"""Open data of a catalogue search: CSV, and the exchange file that another site can import.

The same filters as the catalogue; a wrong value answers 400 and says what is wrong.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from aids.addresses import page_of
from aids.amounts import short_amount
from aids.catalogue import AID_FIELDS, rules_of
from aids.exchange.rows import export
from aids.listing.search import AidSearch
from guide.core import exports
from guide.core.http import public
from structures.data_views import LICENCE_URL

COLUMNS = (
    "code", "nom", "financeur", "forme", "situation", "confiance", "resume", "montants", "engagement", "ouverte_le",
    "dernier_jour", "textes", "verifiee_le", "page",
)  # fmt: skip


@require_safe
@public
def csv_file(request: HttpRequest) -> HttpResponse:
    """`/aides.csv`: the aids of a search."""
    search = AidSearch.read(request)
    if not search.is_valid:
        return HttpResponse("\n".join(search.messages), status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse("".join(exports.csv_lines(COLUMNS, _rows(search))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="aides.csv"'
    return _licensed(response)


@require_safe
@public
def json_file(request: HttpRequest) -> HttpResponse:
    """`/aides.json`: the aids of a search in the exchange format (docs/aids-format.md)."""
    search = AidSearch.read(request)
    options = {"ensure_ascii": False, "separators": (",", ":")}
    if not search.is_valid:
        return JsonResponse({"erreur": " ".join(search.messages)}, status=400, json_dumps_params=options)
    aids = search.whole()
    collection = aids.order_by("collection").values_list("collection", flat=True).first() or settings.REGION
    return _licensed(JsonResponse(export(aids, collection), json_dumps_params=options))


def _licensed(response: HttpResponse) -> HttpResponse:
    response["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return response


def _rows(search: AidSearch) -> Iterator[list]:
    extra = ("summary", "funder__name", "verified_on", "legal_reference")
    rows = list(search.whole().values(*AID_FIELDS, *extra))
    for values, rule in zip(rows, rules_of(rows), strict=True):
        yield [
            rule.code,
            rule.name,
            values["funder__name"],
            rule.form.label,
            rule.state_on(search.day).label,
            rule.mark.label,
            values["summary"],
            short_amount(rule.cases),
            rule.commitment.text,
            values["opens_on"] or "",
            values["closes_on"] or "",
            values["legal_reference"],
            values["verified_on"] or "",
            settings.SITE_URL + page_of(rule.code),
        ]

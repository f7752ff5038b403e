"""What the map draws under its points: the ground of the region, then the communes of a department in view."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from guide.core.http import public
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.map_base import department_ground, region_ground

MAX_CODE = 20
COMPACT = {"separators": (",", ":"), "ensure_ascii": False}


@require_safe
@public
def map_ground(request: HttpRequest) -> JsonResponse:
    """`/carte/fond.json`: contours of the region and its departments, and the main towns."""
    return JsonResponse(region_ground(request.content_version), json_dumps_params=COMPACT)


@require_safe
@public
def map_communes(request: HttpRequest) -> JsonResponse:
    """`/carte/communes.json?departement=36`: contours and names of the communes of one department."""
    code = request.GET.get("departement", "")
    if not code or len(code) > MAX_CODE or "\x00" in code:
        return _refuse("Indiquez le code d'un département, par exemple «\u00a0departement=36\u00a0».", 400)
    department = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).filter(code=code).first()
    if department is None:
        return _refuse("Aucun département de la région ne porte ce code.", 404)
    return JsonResponse(department_ground(department, request.content_version), json_dumps_params=COMPACT)


def _refuse(message: str, status: int) -> JsonResponse:
    return JsonResponse({"erreur": message}, status=status, json_dumps_params={"ensure_ascii": False})

"""What is asked for beside the sitemap: files, addresses that are wrong, and 500 query strings, always the same."""

import random

SEED = 24

PLAIN = """
/sitemap.xml /robots.txt /healthz /speculation.json /agenda.ics /aides/flux.xml /actualites/flux.xml /aides.csv
/aides.json /structures.csv /structures.geojson /carte/points.json /carte/fond.json /carte/communes.json
/pages/composants/ /territoires/comparer/ /aides/simulateur.ics /territoires/recherche.json /structures /aides /carte
/nulle-part/ /structures/nulle-part/ /aides/nulle-part/ /territoires/nulle-part-36999/ /territoires/la-chatre-36046
/temoignages/nulle-part/ /temoignages/merci/faux/ /temoignages/retirer/faux/ /apercu/faux/ /confirmer/faux/
/media/rien.webp /admin/ /admin/login/ /sitemap-rien.xml /pages/documents/rien.pdf /recherche/
"""

# Parameter → values as an address holds them: those that say something, a slash, those that are wrong.
WORDS = "chatre msp hopital Ch%C3%A2teauroux l%27 a 36000 clinique+saint installation / zzzz <b> %25 _ %00 %FF"
COMMUNES = "36046 36044 18033 45234 28085 37261 41018 36063 36001 / 99999 chatre 3"
LIVES = "La+Ch%C3%A2tre 36400 saint Bourges D%C3%A9ols+(36063) orleans / zzzz 36 Paris <i>"
DEPARTMENTS = "18 28 36 37 41 45 / 75 indre 036"
PROFILES = """
etudiant-1er-cycle externe interne docteur-junior medecin-adjoint remplacant-non-these remplacant-these jeune-diplome
primo-installe collaborateur assistant-partage installe-region installe-ailleurs salarie padhue diplome-ue
maitre-de-stage cedant retraite porteur-de-projet / zzzz
"""
SPECIALTIES = "medecine-generale medecine-generale chirurgie-vasculaire urgences pediatrie psychiatrie / zzzz"
MODES = """
liberal salarie hospitalier mixte coordonne liberal-individuel cabinet-de-groupe msp esp cpts collaboration telesante
remplacement cabinet-secondaire centre-de-sante assistanat-partage coordination-ehpad enseignement / z
"""
YES_NO = "oui non / peut-etre"
NUMBERS = "0 1 2 4 8 12 40 / -1 9999 x"
DAYS = "2026-12-20 2027-03-01 2026-06-30 2024-01-15 2018-01-01 / 2099-01-01 2026-02-30 hier"
PAGES = "1 2 3 / 0 99 x"
PERSON = {"profil": PROFILES, "specialite": SPECIALTIES, "mode": MODES}
ANSWERS = PERSON | {
    "secteur": "secteur-1 secteur-2-optam secteur-2-optam-aco secteur-2 non-conventionne / z",
    "lieu": LIVES,
    "commune": COMMUNES,
    "departement": DEPARTMENTS,
    "date": DAYS,
    "premiere-installation": YES_NO,
    "meme-categorie": YES_NO,
    "date-installation": DAYS,
    "demi-journees": NUMBERS,
    "exercice-coordonne": YES_NO,
    "permanence-des-soins": YES_NO,
    "effectif": NUMBERS,
    "regime-fiscal": "reel micro / z",
    "age": "25 34 40 58 66 70 / 200 x",
    "etudes": NUMBERS,
    "depart": "2 5 12 2028-01-01 / -1 x",
    "structure": "msp cpts esp hopital centre-de-sante / zzzz",
    "point": "a.oui b.non / c d.x",
}
STRUCTURES = {
    "type": """
msp cpts centre-de-sante hopital clinique dac had laboratoire dialyse ght radiotherapie smr residence-internes
soins-non-programmes maison-medicale osat esp / zzzz
""",
    "departement": DEPARTMENTS,
    "mode": "liberal salarie hospitalier mixte coordonne / z",
    "recrute": "1 / 0 oui",
    "stage": "1 / 0 non",
    "specialite": "medecin-generaliste medecin pediatre sage-femme psychologue osteopathe / zzzz",
    "territoire": "indre la-chatre-36046 centre-val-de-loire cc-du-perche cher / nulle-part",
    "commune": COMMUNES,
    "lieu": LIVES,
    "rayon": "5 10 20 30 50 100 / 7 x",
    "q": WORDS,
    "bbox": "1.5,46.5,2.5,47.5 0,45,3,49 / 1,2 x 2.5,46,1.5,47",
    "tri": "nom distance type / z",
    "page": "1 2 3 4 11 / 12 999 0 x",
}
AIDS = PERSON | {
    "zone": "ZIP ZAC ZV HZ FRR FRR%2B QPV ZR / zip FRR+",
    "departement": DEPARTMENTS,
    "commune": COMMUNES,
    "q": WORDS,
    "forme": "forfait mensualite pourcentage exoneration pret bourse salaire en-nature statut / z",
    "financeur": "etat assurance-maladie region-24 ars departement-36 carmf a2i communes ordre-des-medecins / z",
    "etat": "ouverte annoncee fermee / close",
}
PLACES = {
    "t": "indre cher la-chatre-36046 bourges chateauroux loiret centre-val-de-loire cc-du-perche / nulle-part 36046",
    "lieu": LIVES,
}
CONTACTS = {
    "departement": DEPARTMENTS,
    "commune": COMMUNES,
    "profil": PROFILES,
    "sujet": "aides fiscalite installation stage salariat / z",
}
TESTIMONIALS = PERSON | {"departement": DEPARTMENTS, "etape": "installe interne / z", "page": PAGES}
QUESTIONS = {
    "statut": "liberal salarie indifferent / z",
    "equipe": "seul petite grande / z",
    "gestion": "oui non / z",
    "horaires": "fixes souples / z",
    "engagement": "essayer durable / z",
    "lieu": "ville hopital domicile plusieurs / z",
    "transmettre": "oui non / z",
}
# Address → how many query strings, and its parameters.
SEARCHES = {
    "/structures/": (90, STRUCTURES),
    "/carte/": (40, STRUCTURES),
    "/carte/points.json": (25, STRUCTURES),
    "/carte/communes.json": (4, {"departement": DEPARTMENTS}),
    "/structures.csv": (20, STRUCTURES),
    "/structures.geojson": (20, STRUCTURES),
    "/aides/": (80, AIDS),
    "/aides.csv": (15, AIDS),
    "/aides.json": (15, AIDS),
    "/aides/simulateur/": (95, ANSWERS),
    "/aides/simulateur.ics": (10, ANSWERS),
    "/aides/carte/": (15, ANSWERS),
    "/territoires/": (6, {"q": WORDS}),
    "/territoires/recherche.json": (8, {"q": WORDS}),
    "/territoires/comparer/": (20, PERSON | PLACES),
    "/contact/": (12, CONTACTS),
    "/temoignages/": (8, TESTIMONIALS),
    "/actualites/": (5, {"rubrique": "actualite initiative / z", "page": PAGES}),
    "/exercer/comparer/": (6, {"o": "msp hopital cabinet-de-groupe centre-de-sante remplacement cpts esp / zzzz"}),
    "/exercer/questionnaire/": (6, QUESTIONS),
}
STRAY = ("utm_source=lettre", "inconnu=1", "departements=36", "q=", "page=")
REPEATED = ("t", "o", "type", "zone", "profil", "mode", "departement")


def queries() -> list[str]:
    """One to eight parameters each, a few values wrong, some parameters repeated, now and then an unknown one."""
    chance = random.Random(SEED)
    found: dict[str, None] = {}
    for path, (count, parameters) in SEARCHES.items():
        wanted = len(found) + count
        while len(found) < wanted:
            found[f"{path}?{_query(parameters, chance)}"] = None
    return list(found)


def _query(parameters: dict[str, str], chance: random.Random) -> str:
    names = chance.sample(sorted(parameters), min(chance.choice((1, 1, 2, 2, 3, 4, 8)), len(parameters)))
    names += [name for name in names if name in REPEATED and chance.random() < 0.5]
    pairs = [f"{name}={_value(parameters[name], chance)}" for name in names]
    pairs += [chance.choice(STRAY)] if chance.random() < 0.05 else []
    return "&".join(pairs)


def _value(values: str, chance: random.Random) -> str:
    good, _, wrong = values.partition(" / ")
    return chance.choice((wrong if chance.random() < 0.08 else good).split())

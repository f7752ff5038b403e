"""FINESS categories of establishments, as this guide understands them.

Source: nomenclature TRE_R397 of the Agence du numérique en santé (it replaces TRE_R66, same numbers), version
20260601, and the DREES nomenclature of 2021 for the labels. Left out on purpose: pharmacies (620), EHPAD (500),
CMP (156), groupings of means (696, 697), other entities (698, 699), and the categories closed for years
(108, 439, 601, 602, 605). ESP and imaging practices have no category at all.
"""

from structures.enums import Kind, Rank

# 161 is called "Maison de Santé pour Maladies Mentales": a private psychiatric clinic, never an MSP (603).
CATEGORIES: dict[str, tuple[Kind, Rank | str]] = {
    "101": (Kind.HOSPITAL, Rank.CHU),
    "106": (Kind.HOSPITAL, Rank.LOCAL),
    "109": (Kind.REHABILITATION, ""),
    "122": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "124": (Kind.HEALTH_CENTRE, ""),
    "127": (Kind.HOME_HOSPITAL, ""),
    "128": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "129": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "131": (Kind.HOSPITAL, ""),
    "141": (Kind.DIALYSIS, ""),
    "146": (Kind.DIALYSIS, ""),
    "161": (Kind.CLINIC, Rank.PSYCHIATRY),
    "292": (Kind.HOSPITAL, Rank.PSYCHIATRY),
    "355": (Kind.HOSPITAL, Rank.CH),
    "362": (Kind.HOSPITAL, Rank.LONG_STAY),
    "365": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "603": (Kind.MSP, ""),
    "604": (Kind.CPTS, ""),
    "606": (Kind.DAC, ""),
    "610": (Kind.LABORATORY, ""),
    "611": (Kind.LABORATORY, ""),
    "617": (Kind.UNSCHEDULED, ""),
    "647": (Kind.ESS, ""),
    "648": (Kind.SAS, ""),
}

"""Sections of the form of an aid, in the order of its public page."""

from guide.backoffice.bases.parts import section

FIELDSETS = [
    section("Ce que c'est", "name code funder form mark summary description warnings", ""),
    section(
        "Pour qui", "audience sentences legal_reference", "En mots ; les règles que le simulateur lit sont plus bas."
    ),
    section("Quand", "time_state opens_on closes_on dates_note replaced_by", "Premier et dernier jours sont inclus."),
    section(
        "Engagement",
        "commitment_text commitment_months commitment_as_paid commitment_after_studies commitment_mark",
        "",
    ),
    section(
        "Départ anticipé",
        "exit_kind exit_text exit_penalty_per_month exit_penalty_minimum exit_penalty_after_degree exit_mark",
        "En euros. Ce que dit le texte de l'engagement, jamais une supposition.",
    ),
    section("Autres aides", "generic incompatible", ""),
    section(
        "Publication",
        "status publish_at unpublish_at verified_on verify_every responsible collection missing_since "
        "created_by created_at updated_by updated_at",
        "Un changement qui modifie le verdict d'un cas type est d'abord montré ; rien n'est écrit avant confirmation.",
        "last",
    ),
]

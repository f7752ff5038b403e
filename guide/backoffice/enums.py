"""States of what editors do about sheets; codes in English, labels in French."""

from django.db import models


class ProposalState(models.TextChoices):
    """What became of a proposed change."""

    WAITING = "waiting", "en attente"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"


class LinkState(models.TextChoices):
    """What is known of an address that a sheet shows."""

    UNKNOWN = "unknown", "pas encore vérifié"
    ALIVE = "alive", "répond"
    SHY = "shy", "refuse les robots"  # 401, 403, 429: somebody may read it, we cannot tell
    FAILING = "failing", "en panne, à revoir"
    DEAD = "dead", "mort"


class InvitationState(models.TextChoices):
    """What became of a link sent to the people that a sheet speaks of."""

    SENT = "sent", "envoyée"
    ANSWERED = "answered", "répondue"
    REVOKED = "revoked", "annulée"

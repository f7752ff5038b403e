"""The administration of what all sheets share, and of places; the bases that the apps above build their pages on."""

from django.contrib import admin

from guide.backoffice.admin import places, reports, tasks, users  # noqa: F401  the first three register their pages
from guide.backoffice.admin.links import LinkCheckAdmin
from guide.backoffice.admin.proposals import ProposalAdmin
from guide.backoffice.history import bin as recycle_bin  # noqa: F401  registers the page of the bin
from guide.backoffice.models import LinkCheck, Proposal

admin.site.register(LinkCheck, LinkCheckAdmin)
admin.site.register(Proposal, ProposalAdmin)
users.register(admin.site)

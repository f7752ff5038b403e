"""Registers the pages of the administration that belong to no app above: accounts, places, reports, proposals, bin."""

from django.contrib import admin

from guide.backoffice.models import LinkCheck, Proposal
from guide.backoffice.pages import places, recycle_bin, reports, users  # noqa: F401  they register theirs
from guide.backoffice.pages.proposals import ProposalAdmin
from guide.backoffice.pages.reports import LinkCheckAdmin

admin.site.register(LinkCheck, LinkCheckAdmin)
admin.site.register(Proposal, ProposalAdmin)
users.register(admin.site)

"""Keeping sheets true: the blocks of the dashboard, the weekly mail, the invitations to confirm a sheet."""

"""Forms of the accounts: a name, a password, and nothing of how passwords are kept."""

from django.contrib.auth.forms import ReadOnlyPasswordHashField, ReadOnlyPasswordHashWidget, UserChangeForm


class PasswordButton(ReadOnlyPasswordHashWidget):
    """The way to a new password, without the algorithm of the old one."""

    def get_context(self, name, value, attrs):
        """As Django's, without the summary."""
        return super().get_context(name, value, attrs) | {
            "summary": [],
            "button_label": "Donner un nouveau mot de passe",
        }


class AccountForm(UserChangeForm):
    """An account that exists."""

    password = ReadOnlyPasswordHashField(
        label="Mot de passe",
        widget=PasswordButton,
        help_text="Personne ne peut lire le mot de passe d'un autre : s'il est oublié, donnez-en un nouveau.",
    )

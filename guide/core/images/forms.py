"""The form of a picture: the file is checked at its field, and only what was made from it is kept."""

from django import forms

from guide.core.images.making import PictureRefused, open_picture, upright
from guide.core.images.models import save_picture

HELP = "JPEG, PNG ou WebP, 10 Mo au plus. La position et la date que l'appareil y a mises sont retirées."


class PictureField(forms.FileField):
    """An uploaded picture. What comes out is the upload, with the upright picture as `picture`."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file is not initial:
            try:
                file.picture = upright(open_picture(file, file.size))
            except PictureRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file


class PictureForm(forms.ModelForm):
    """Base of the forms of pictures."""

    image = PictureField(label="Image", help_text=HELP)
    erase = forms.BooleanField(
        label="Effacer définitivement cette photo (retrait de l'accord)",
        required=False,
        help_text="Ses fichiers et ce que l'historique en garde disparaissent : personne ne pourra la rendre.",
    )

    class Meta:
        help_texts = {
            "alternative": "Ce que l'image montre, pour qui ne la voit pas. Une phrase.",
            "credit": "Auteur et année, par exemple « Commune de La Châtre, 2026 ».",
            "people_shown": "Cochez si l'on peut reconnaître quelqu'un : son accord écrit est alors nécessaire.",
        }

    def save(self, commit=True):
        """A new file is written by the named write; words alone are saved as usual."""
        source = getattr(self.cleaned_data.get("image"), "picture", None)
        if source is None or not commit:
            return super().save(commit)
        return save_picture(picture=self.instance, source=source)

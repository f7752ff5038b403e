"""The editorial models, one file per subject."""

from guide.editorial.models.content import Content, Reference
from guide.editorial.models.events import Event
from guide.editorial.models.figures import KeyFigure
from guide.editorial.models.library import Document, GlossaryTerm, Partner
from guide.editorial.models.news import NewsItem
from guide.editorial.models.pages import Page
from guide.editorial.models.practice import PracticeFit, PracticeKind, PracticeOption, PracticePoint, PracticeStep
from guide.editorial.models.testimonial import Testimonial, TestimonialPortrait

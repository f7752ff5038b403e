"""The editorial models, one file per subject."""

from guide.editorial.models.content import Content, Event, NewsItem, Page, Reference
from guide.editorial.models.library import Document, GlossaryTerm, KeyFigure, Partner
from guide.editorial.models.practice import PracticeFit, PracticeKind, PracticeOption, PracticePoint, PracticeStep
from guide.editorial.models.testimonial import Testimonial, TestimonialPortrait

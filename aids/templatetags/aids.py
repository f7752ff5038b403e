"""What the aids add to pages: the aids of a place, and the long lists of choices of their forms."""

from django import template

from aids.aids_of_place import aids_here, sums_here
from aids.simulator.questions import options

register = template.Library()
register.inclusion_tag("aids/_here.html", takes_context=True)(aids_here)
register.inclusion_tag("aids/_sums.html", takes_context=True)(sums_here)
register.simple_tag(options)

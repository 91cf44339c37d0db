"""The words by which names of organizations, places and people are recognized."""

from seed.language.word_lists import word_set, words

ORGANIZATIONS = word_set("names/organizations")
"""Words that names of organizations contain, and names of people do not."""

PLATFORMS = word_set("names/platforms")
"""Platforms on which people write, and which write nothing themselves: `in a Facebook post`."""

PLACES = word_set("names/places")
"""Words that names of places begin with."""

NEVER_NAMES = word_set("names/never")
"""Words that may begin with a capital and alone are no name."""

PARTICLES = word_set("names/particles")
"""Words in lower case within a person's name."""

LINKS = words("& and at for in of on the")
"""Words in lower case within an organization's name, between two words with capitals."""

NATIONALITIES = word_set("names/nationalities")
"""Adjectives that may precede a title or an organization's name without being part of it."""

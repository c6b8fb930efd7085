"""Settings for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# a busy machine is no failure; and what lands must not hang on the luck of the draw, while at a desk the search goes on
settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")

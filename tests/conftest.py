"""Settings for all tests."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

# a busy machine is no failure; and what lands must not hang on the luck of the draw, while at a desk the search goes on
settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")

# what a test keeps for the next start must not outlive the tests, nor come from before them
os.environ["HAANDBOGSBOT_CACHE"] = tempfile.mkdtemp(prefix="haandbogsbot-cache-")

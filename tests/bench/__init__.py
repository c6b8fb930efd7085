"""`make bench`: the machine measured against a bot that does nothing on zulip-run-bot."""

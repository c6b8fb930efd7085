"""The Zulip side: calls and what can go wrong with them, the event queue, and messages in Zulip's dress."""

"""What the long-running bot keeps: what it says (outbox), what was said (memory), and who works (copies)."""

"""The long-running bot's work: hearing, answering, sending, announcing, and telling how it goes."""

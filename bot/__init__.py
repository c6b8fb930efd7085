"""The machine: Zulip, time, storage, settings and the command line. It knows nothing about invoices or tags."""

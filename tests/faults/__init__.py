"""`make faults`: everything goes wrong at random, and every question is answered, and every reminder sent, once."""

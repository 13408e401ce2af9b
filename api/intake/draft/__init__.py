"""Valid records in, drafts out: rows without ids, and claims with the words that they quote."""

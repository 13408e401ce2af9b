"""Who may ask, and how much: keys and buckets, knowing nothing of HTTP."""

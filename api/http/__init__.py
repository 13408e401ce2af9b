"""What HTTP asks of us: questions in, answers out, and the page for people."""

"""The server process: its settings, worker processes, protocol, logs, traces and health checks."""

"""A primary PostgreSQL server, two replicas and a Mithaq with two workers: `make cluster`.

With `--drill` the servers are lost one after the other under load, and a table is printed.
"""

import argparse
import asyncio
import signal
import sys
from contextlib import suppress
from time import perf_counter

from tests.cluster import Cluster, running_cluster
from tests.ops.load import Load, find_port
from tests.server import started

SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'; SELECT pg_reload_conf()"
DELAY = 0.1  # seconds that the proxy of a slow server takes for each chunk


async def drill(cluster: Cluster, load: Load) -> float:
    """Lose the servers; return the seconds from a promotion to the next written pair."""
    primary, one, two = cluster.servers
    _, proxy, _ = cluster.proxies
    for server in cluster.servers:
        server.run_script("mithaq", SYNCHRONOUS)
    follow = f"ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port={one.port} user=mithaq'"
    async with load.running():
        async with load.phase("all servers answer"):
            pass
        async with load.phase("replica 1 is cut off"):
            proxy.cut()
        async with load.phase(f"replica 1 is back, {DELAY * 1_000:.0f} ms late"):
            proxy.delay = DELAY
            proxy.mend()
        async with load.phase("replica 1 is back in time; replica 2 is killed"):
            proxy.delay = 0
            two.kill()
        async with load.phase("replica 2 is started"):
            await asyncio.to_thread(two.start)
        async with load.phase("the primary is killed"):
            primary.kill()
        async with load.phase("replica 1 is promoted, and replica 2 follows it"):
            await asyncio.to_thread(one.promote)
            start = perf_counter()
            load.wrote.clear()
            await asyncio.to_thread(two.run_script, "mithaq", f"{follow}; SELECT pg_reload_conf()")
            await load.wrote.wait()
            back = perf_counter() - start
    return back


def serve(cluster: Cluster, seconds: float | None) -> None:
    """Serve a cluster: for the drill, or until the command is interrupted."""
    settings = cluster.settings()
    environment = {"MITHAQ_READ_URLS": settings.read_urls}
    with started(settings, ("--workers", "2"), environment) as (process, address):
        if seconds is None:
            sys.stdout.write(explain(cluster, address))
            sys.stdout.flush()
            with suppress(KeyboardInterrupt):
                process.wait()
            return
        load = Load(cluster.key, find_port(address), seconds)
        back = asyncio.run(drill(cluster, load))
    sys.stdout.write(f"{load.report()}\nWritten again {back:.1f} s after the promotion.\n")


def explain(cluster: Cluster, address: str) -> str:
    """Return how to use the cluster, and how to lose its servers."""
    primary, one, two = cluster.servers
    return f"""
Mithaq:     {address}
A key:      {cluster.key}
Primary:    {primary.url("mithaq")}
Replica 1:  {one.url("mithaq")}
Replica 2:  {two.url("mithaq")}

See which respond:    curl {address.replace("/graphql", "/health/ready")}
Lose the primary:     kill -9 $(head -1 {primary.data}/postmaster.pid)
Promote replica 1:    {one.binaries}/psql {one.url("mithaq")} -c 'SELECT pg_promote()'

Ctrl-C stops all of it and removes its data.
"""


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drill", action="store_true", help="lose the servers under load")
    parser.add_argument("--seconds", type=float, default=5, help="the length of a phase")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), running_cluster() as cluster:
        serve(cluster, given.seconds if given.drill else None)


if __name__ == "__main__":
    main()

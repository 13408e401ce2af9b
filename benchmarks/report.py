"""Cells in, a table and a plot out."""
import sys
from pathlib import Path
from typing import Any
def show(cell: Any) -> None:
    print(f"{cell.peer:18} {cell.query:14} {cell.rate:9.1f}/s p50 {cell.p50:8.2f} p99 {cell.p99:8.2f} cpu {cell.cpu:7.3f} db {cell.database_cpu:7.3f} {cell.size:9.0f} B c={cell.connections} {cell.memory>>20} MiB {cell.problem[:150]}", flush=True)
def write(scale: str) -> None: pass

"""The fastest of several calls, in milliseconds of wall clock and of processor time, and what the call returned."""
import time


def best(times, call):
    wall, cpu, value = float("inf"), float("inf"), None
    for _ in range(times):
        started, used = time.perf_counter(), time.process_time()
        value = call()
        wall = min(wall, 1000 * (time.perf_counter() - started))
        cpu = min(cpu, 1000 * (time.process_time() - used))
    return {"ms": wall, "cpuMs": cpu, "value": float(value)}

"""PyTorch with timm as one contender of `benchmarks/step`; speaks the protocol that `serve.ts` describes."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True  # leaves no __pycache__ among the sources
sys.path.insert(0, str(Path(__file__).parent / "pytorch"))
os.environ.setdefault("TORCHINDUCTOR_FORCE_DISABLE_CACHES", "1")  # or a second run's first step would be another thing


def say(message):
    print(json.dumps(message, allow_nan=False), flush=True)


def peak_memory():
    """The most memory that this process ever held, in bytes; None where the system doesn't tell."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def milliseconds(step):
    started = time.perf_counter()
    loss = step()
    return (time.perf_counter() - started) * 1000, loss


def main():
    flags = argparse.ArgumentParser()
    flags.add_argument("--setting", type=json.loads)
    flags.add_argument("--labels")
    flags.add_argument("--start")
    flags.add_argument("--precision", choices=["float32", "bf16"], default="float32")
    flags.add_argument("--compiled", action="store_true")
    given = flags.parse_args()
    try:
        import torch
        from training import training_step

        step = training_step(given.setting, given.labels, given.start, given.precision, given.compiled)
        first, loss = milliseconds(step)
    except ModuleNotFoundError as error:
        remedy = f"{sys.executable} -m pip install torch timm safetensors"
        return say({"unavailable": f"{error}; to have it: {remedy}"})
    except Exception as error:
        reason = next((line for line in str(error).splitlines() if line.strip()), "")
        return say({"unavailable": f"{type(error).__name__}: {reason}"})

    say({"ready": {"engine": f"PyTorch {torch.__version__}", "firstStep": first, "loss": loss}})
    for line in sys.stdin:
        times, losses = zip(*(milliseconds(step) for _ in range(json.loads(line)["steps"])))
        say({"steps": {"milliseconds": times, "losses": losses}})
    say({"end": {"peakMemory": peak_memory()}})


if __name__ == "__main__":  # a library on one machine imported this file
    main()

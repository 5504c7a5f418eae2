"""Run a `stakeholder` command in a process of its own and say on standard error how much memory it took."""

import resource
import subprocess
import sys

if __name__ == "__main__":
    done = subprocess.run([sys.executable, "-m", "wsgi", *sys.argv[1:]], check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    sys.stderr.write(f"peak memory {peak} MB\n")
    sys.exit(done.returncode)

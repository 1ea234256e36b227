"""`python -m bench` measures everything and writes it down; `python -m bench voices` the voices."""

import sys

if sys.argv[1:2] == ["voices"]:
    from bench.voices.run import main as voices

    raise SystemExit(voices(sys.argv[2:]))

from bench.run import main

raise SystemExit(main())

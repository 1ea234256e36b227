"""`python -m bench` measures everything and writes it down."""

from bench.run import main

raise SystemExit(main())

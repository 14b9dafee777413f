"""`python -m rashomon` is the program `rashomon`."""

from .cli import main

main()

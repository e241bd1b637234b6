"""`python -m console` is the same as `liangdeng`."""

from console.app.cli import main

main()

"""`python -m seed`: the command line of the loader."""

from seed.cli.commands import main

if __name__ == "__main__":
    main()

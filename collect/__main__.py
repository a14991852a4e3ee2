"""`python -m collect` is `collect`."""

from collect.cli import main

if __name__ == "__main__":
    main()

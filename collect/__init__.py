"""collect: the command line a collections executive keeps open all day."""

__version__ = "0.1.0"

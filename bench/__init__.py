"""How fast the program is, against yardsticks taken in the same run: `make bench`. Standard library only."""

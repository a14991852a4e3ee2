"""Exports as each accounting program writes them, made here, with the figures a collector expects of them."""

"""The resource directory: what is imported, searched, shown and kept true (HSDS)."""

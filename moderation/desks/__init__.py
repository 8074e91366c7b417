"""The desks staff work at: one file each."""

"""The few pages that belong to no single room: the cover, the door, the first pages behind it, the way out."""

"""What a report recommends, and to whom."""

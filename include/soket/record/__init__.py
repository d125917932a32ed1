"""What the bucket holds of a campaign: records, decisions, and the register that is derived from them."""

"""What the product costs, measured on a real stack."""

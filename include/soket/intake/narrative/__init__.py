"""The report in words against its table: amounts whose indicator and year are beyond doubt."""

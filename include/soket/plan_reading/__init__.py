"""A plan as issued, on paper: its dates, duties and bodies, written as a plan in YAML that says where each is from."""

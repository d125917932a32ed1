"""Review plans: their model, their YAML files with every fault told at once, and their working days."""

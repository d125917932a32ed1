"""One module a DAG: each wires a stage's steps so that the graph reads like the plan."""

"""What sentences say, strictly read, that figures may contradict: values of a year, changes between years."""

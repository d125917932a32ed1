"""Word documents: from templates, in the form that officials expect."""

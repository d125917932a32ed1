"""What a sentence says, and what its heading asks for: results, failings, what is to come; whose doing; its theme."""

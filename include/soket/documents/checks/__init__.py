"""What an appraisal looks for in an official draft, each check by itself."""

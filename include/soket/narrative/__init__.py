"""What intake, drafts and appraisal read prose with: sentences, headings, amounts and measures."""

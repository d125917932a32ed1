"""Prose as intake, drafts and appraisal read it.

Its packages stand in an order, too: `sentences`, what prose is cut into; `quantities`, how much; `sections`, what is
under which heading; `names`, what is spoken of, whose and when; `figures`, which figure is of what; `claims`, what may
be held against tables; `said`, how a sentence stands to what it speaks of; `requests`, what is asked, of whom.
"""

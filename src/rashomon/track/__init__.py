"""The ledger's books over time: control of places, pledges, forecasts, naming, revisions.

Every function is handed what the ledger holds (`View.stated`) and gives back frozen records that cite it. Nothing is voted
away, nobody is believed: a line stands beside another line.
"""

"""Linking block by block: pieces of work that a worker does by itself, and the workers of this machine.

    pool       work handed to workers that may die
    processes  workers that are processes of this machine
    steps      the steps of linking, wherever sketches and readings come from
"""

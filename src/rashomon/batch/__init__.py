"""Reading and linking over many machines, and what comes of it as Parquet.

Each module stands by itself, so that what needs Ray or pyarrow is imported where it is used.

    folder   what lies where in the folder of a batch
    cluster  workers that are actors of Ray
    reading  documents into shards
    shards   the record of what has been read
    linking  shards into stories and incidents, block by block
    tables   the columns of the Parquet files, and writing them
    loading  the Parquet files back into a ledger
    run      all of it in order
"""

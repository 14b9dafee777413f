def test_x(ledger):
    assert ledger

"""What the dashboard shows of every kind of sheet."""

from guide.backoffice.upkeep import board, others, sheets

board.register(sheets.blocks, position=10)
board.register(others.proposal_block, position=20)
board.register(others.link_block, position=70)
board.register(others.import_block, position=90)

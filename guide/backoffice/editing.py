"""What the dashboard shows of every kind of sheet."""

from guide.backoffice.upkeep import blocks, board

board.register(blocks.sheet_blocks, position=10)
board.register(blocks.proposal_block, position=20)
board.register(blocks.link_block, position=70)
board.register(blocks.import_block, position=90)

-- What has gone back of each line, so that no more is ever taken off than was sold: refunds may be told before the receipt, so facts alone cannot say.

CREATE TABLE IF NOT EXISTS volume_line_refund (
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  goods_fen BIGINT NOT NULL, -- Of the whole line.
  refunded_fen BIGINT NOT NULL,
  reversed_fen BIGINT NOT NULL, -- Taken off what is recognised.
  PRIMARY KEY (line_id),
  CONSTRAINT volume_line_refund_within CHECK (refunded_fen >= 0 AND refunded_fen <= goods_fen),
  CONSTRAINT volume_line_reversal_within CHECK (reversed_fen >= 0 AND reversed_fen <= goods_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

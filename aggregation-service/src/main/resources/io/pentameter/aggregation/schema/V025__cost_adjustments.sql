-- Differences between invoices and the ledger that a person accepted. Rows are written once; what is taken back is taken back by
-- a row of its own.

CREATE TABLE IF NOT EXISTS cost_adjustment
(
  tenant LowCardinality(String),
  adjustment_id String,
  provider LowCardinality(String),
  from_day Date32,
  to_day Date32 COMMENT 'the day after the last',
  usd_nano Int64,
  reason LowCardinality(String),
  note String,
  reverses String COMMENT 'id of the adjustment that this one takes back; empty for none',
  posted_by String,
  posted_at DateTime64(6, 'UTC'),
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}
ORDER BY (tenant, adjustment_id)
SETTINGS ${window} = 20000;

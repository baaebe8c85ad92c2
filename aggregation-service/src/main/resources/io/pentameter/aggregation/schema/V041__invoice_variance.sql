-- How far invoices and ledger are apart, each time that somebody looked: what rules about it watch. Rows of one look have the same
-- time; the latest look counts.

CREATE TABLE IF NOT EXISTS invoice_variance
(
  tenant LowCardinality(String),
  at DateTime64(6, 'UTC'),
  provider LowCardinality(String),
  invoice_nano Int64,
  ledger_nano Int64 COMMENT 'with adjustments',
  share Float64 COMMENT 'of the invoice that remains, 0 or more; 1 where nothing was billed',
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}
ORDER BY (tenant, at, provider)
TTL toDateTime(at) + INTERVAL 35 DAY DELETE;

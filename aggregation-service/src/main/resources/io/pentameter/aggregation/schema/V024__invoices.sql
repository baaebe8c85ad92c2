-- What providers billed. An import is never edited; its versions only say whether it counts. Its lines count only while the last
-- version of the import does.

CREATE TABLE IF NOT EXISTS invoice
(
  tenant LowCardinality(String),
  invoice_id String COMMENT 'hash of content, provider, account and rates',
  version UInt64 COMMENT 'microseconds since the epoch',
  is_withdrawn UInt8,
  provider LowCardinality(String),
  account String,
  format LowCardinality(String),
  name String,
  from_day Date32,
  to_day Date32 COMMENT 'the day after the last',
  is_daily UInt8 COMMENT 'no line is longer than a day',
  content LowCardinality(String) COMMENT 'charges, usage or both',
  lines Int64,
  usd_nano Int64,
  imported_by String,
  imported_at DateTime64(6, 'UTC'),
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}
ORDER BY (tenant, invoice_id, version)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS invoice_line
(
  tenant LowCardinality(String),
  invoice_id String,
  number Int32,
  kind LowCardinality(String) COMMENT 'charge or use; a row of a table can be both',
  from_day Date32,
  to_day Date32,
  project LowCardinality(String),
  model LowCardinality(String),
  item LowCardinality(String),
  tier LowCardinality(String),
  usd_nano Int64,
  bound String COMMENT 'decimal USD by which the amount may be off because of its digits',
  amount String COMMENT 'as written',
  currency LowCardinality(String),
  in_uncached Int64,
  in_cache_read Int64,
  in_cache_write Int64,
  out_all Int64,
  requests Int64 COMMENT '-1 absent',
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}
ORDER BY (tenant, invoice_id, number, kind)
SETTINGS ${window} = 20000;

-- Repricing: costs under other prices, beside the ones that spans came with.
--
-- A span's own row is never changed. A repricing writes rows of its generation, which nobody sees; one row in
-- repricing_event makes the generation visible, one more makes it invisible again. Of the visible generations that have a
-- row for a span the greatest counts, as long as the span is the one that was repriced.

ALTER TABLE span ADD COLUMN IF NOT EXISTS
  unit_counts Map(LowCardinality(String), Int64) COMMENT 'what is billed by the piece: searches, images ...' AFTER service_tier;

CREATE TABLE IF NOT EXISTS repricing
(
  tenant LowCardinality(String),
  id String,
  generation UInt64,
  state LowCardinality(String) COMMENT 'queued, calculating, calculated, failed, expired',
  request String COMMENT 'JSON',
  begin DateTime('UTC'),
  finish DateTime('UTC'),
  price_version String,
  own_version Int64,
  chunks Int64 COMMENT '-1 not known yet',
  chunks_done Int64,
  detail String,
  made_by String,
  created_at DateTime64(6, 'UTC'),
  version UInt64
)
ENGINE = ${replacing}(version)
ORDER BY (tenant, id);

-- Two kinds: applied, reverted.
CREATE TABLE IF NOT EXISTS repricing_event
(
  tenant LowCardinality(String),
  generation UInt64,
  kind LowCardinality(String),
  begin DateTime('UTC'),
  finish DateTime('UTC'),
  at DateTime64(6, 'UTC'),
  actor String
)
ENGINE = ${replacing}
ORDER BY (tenant, generation, kind);

-- The prices of a generation, for each kind of call in their order. Prices are decimal text of 1e-18 USD, -1 for none.
CREATE TABLE IF NOT EXISTS repricing_line
(
  tenant LowCardinality(String),
  generation UInt64,
  line UInt32,
  provider LowCardinality(String),
  model LowCardinality(String),
  requested_model LowCardinality(String),
  service_tier LowCardinality(String),
  valid_from Int64,
  valid_until Int64,
  day_from Int32,
  day_until Int32,
  above Int64,
  prices Array(String),
  fee String,
  price_id String,
  price_source String,
  price_hash String,
  unknown_reason LowCardinality(String)
)
ENGINE = ${replacing}
PARTITION BY generation
ORDER BY (tenant, generation, line);

-- Spans whose cost the generation changes. Tokens are in the span's row: with the line they give the components again.
CREATE TABLE IF NOT EXISTS repriced_span
(
  tenant LowCardinality(String),
  generation UInt64,
  trace_id FixedString(16),
  span_id FixedString(8),
  start DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  span_version UInt64 COMMENT 'receipt of the record that was repriced, microseconds' CODEC(Delta(8), ZSTD(1)),
  feature LowCardinality(String),
  customer String CODEC(ZSTD(1)),
  provider LowCardinality(String),
  model LowCardinality(String),
  billed_known UInt8 COMMENT 'as the span came',
  billed_nano Int64 CODEC(T64, ZSTD(1)),
  was_known UInt8 COMMENT 'with the generations that were visible when this one was worked out',
  was_nano Int64 CODEC(T64, ZSTD(1)),
  cost_known UInt8,
  cost_unknown_reason LowCardinality(String),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  line UInt32 CODEC(T64, ZSTD(1))
)
ENGINE = ${replacing}
PARTITION BY generation
PRIMARY KEY (tenant, toStartOfMinute(start), trace_id)
ORDER BY (tenant, toStartOfMinute(start), trace_id, span_id)
TTL toDateTime(start) + INTERVAL 400 DAY DELETE;

-- Outcomes and changes in full; spans that have begun and not ended; what clients measured themselves.

ALTER TABLE outcome
  ADD COLUMN IF NOT EXISTS success Nullable(UInt8) AFTER attributes,
  ADD COLUMN IF NOT EXISTS value_nano Nullable(Int64) COMMENT '1e-9 USD; value is then absent' AFTER success,
  ADD COLUMN IF NOT EXISTS customer String CODEC(ZSTD(1)) AFTER value_nano,
  ADD COLUMN IF NOT EXISTS user String CODEC(ZSTD(1)) AFTER customer,
  ADD COLUMN IF NOT EXISTS feature LowCardinality(String) AFTER user,
  ADD COLUMN IF NOT EXISTS key_id LowCardinality(String) AFTER feature,
  ADD COLUMN IF NOT EXISTS is_deleted UInt8 COMMENT 'taken back' AFTER version;

ALTER TABLE change
  ADD COLUMN IF NOT EXISTS ended_at DateTime64(6, 'UTC') COMMENT '1970 for what happened at one moment, or still goes on' AFTER occurred_at,
  ADD COLUMN IF NOT EXISTS received_at DateTime64(6, 'UTC') AFTER ended_at,
  ADD COLUMN IF NOT EXISTS key_id LowCardinality(String) AFTER received_at,
  ADD COLUMN IF NOT EXISTS feature LowCardinality(String) AFTER key_id,
  ADD COLUMN IF NOT EXISTS environment LowCardinality(String) AFTER feature,
  ADD COLUMN IF NOT EXISTS provider LowCardinality(String) AFTER environment,
  ADD COLUMN IF NOT EXISTS model LowCardinality(String) AFTER provider,
  ADD COLUMN IF NOT EXISTS prompt_name LowCardinality(String) AFTER model,
  ADD COLUMN IF NOT EXISTS prompt_version LowCardinality(String) AFTER prompt_name,
  ADD COLUMN IF NOT EXISTS release LowCardinality(String) AFTER prompt_version;

-- A span that has begun. Nothing counts it. Whether it has ended is told by the table of spans, so that the order in which the
-- two come does not matter.
CREATE TABLE IF NOT EXISTS span_open
(
  tenant LowCardinality(String),
  trace_id FixedString(16),
  span_id FixedString(8),
  parent_span_id FixedString(8) COMMENT 'zeros for a root',
  start DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  kind LowCardinality(String),
  name LowCardinality(String),
  is_request UInt8,
  feature LowCardinality(String),
  route LowCardinality(String),
  customer String CODEC(ZSTD(1)),
  user String CODEC(ZSTD(1)),
  session String CODEC(ZSTD(1)),
  model LowCardinality(String),
  provider LowCardinality(String),
  environment LowCardinality(String),
  dialect LowCardinality(String),
  key_id LowCardinality(String),
  received_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfDay(start)
ORDER BY (tenant, trace_id, span_id)
TTL toDateTime(start) + toIntervalDay(3) DELETE
SETTINGS ttl_only_drop_parts = 1, ${window} = 20000;

-- Points as clients sent them: a cumulative point stays cumulative.
CREATE TABLE IF NOT EXISTS client_metric
(
  tenant LowCardinality(String),
  name LowCardinality(String),
  series FixedString(16),
  at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  unit LowCardinality(String),
  type LowCardinality(String) COMMENT 'counter, up_down_counter, gauge, histogram',
  is_cumulative UInt8,
  start_us Int64 COMMENT 'microseconds since the epoch since when it counts; 0 if not known' CODEC(Delta(8), ZSTD(1)),
  value Float64 COMMENT 'of counters and gauges' CODEC(Gorilla, ZSTD(1)),
  count UInt64 COMMENT 'of histograms' CODEC(T64, ZSTD(1)),
  sum Nullable(Float64) CODEC(ZSTD(1)),
  min Nullable(Float64) CODEC(ZSTD(1)),
  max Nullable(Float64) CODEC(ZSTD(1)),
  bounds Array(Float64) COMMENT 'upper bounds of explicit buckets' CODEC(ZSTD(1)),
  counts Array(UInt64) COMMENT 'one more than bounds' CODEC(ZSTD(1)),
  log_counts Map(Int16, UInt64) COMMENT 'logarithmic buckets over value * 1e9' CODEC(ZSTD(1)),
  feature LowCardinality(String),
  route LowCardinality(String),
  customer String CODEC(ZSTD(1)),
  user String CODEC(ZSTD(1)),
  session String CODEC(ZSTD(1)),
  intent LowCardinality(String),
  prompt_name LowCardinality(String),
  prompt_version LowCardinality(String),
  model LowCardinality(String),
  requested_model LowCardinality(String),
  provider LowCardinality(String),
  environment LowCardinality(String),
  region LowCardinality(String),
  release LowCardinality(String),
  service LowCardinality(String),
  operation LowCardinality(String),
  language LowCardinality(String),
  attrs Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  key_id LowCardinality(String),
  received_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  retention_days UInt16 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}(version)
PARTITION BY (retention_days, toStartOfMonth(at))
ORDER BY (tenant, name, series, at)
TTL toDateTime(at) + toIntervalDay(retention_days) DELETE
SETTINGS ttl_only_drop_parts = 1, ${window} = 20000;

-- What ingest found out about a span besides its failure, and what only the whole trace tells (usage_repeated, and the attempts
-- of one request that came in several deliveries). The columns that only the whole trace tells are written again by the sink when
-- the rest of the trace comes; such a row has the version of the span's own row, plus one.

ALTER TABLE span
  ADD COLUMN IF NOT EXISTS failure_detail LowCardinality(String) AFTER failure,
  ADD COLUMN IF NOT EXISTS severity LowCardinality(String) AFTER failure_detail,
  ADD COLUMN IF NOT EXISTS failure_rule LowCardinality(String) AFTER severity,
  ADD COLUMN IF NOT EXISTS failure_hidden UInt8 COMMENT 'a later attempt of the same request succeeded' AFTER failure_rule,
  ADD COLUMN IF NOT EXISTS language LowCardinality(String) AFTER operation,
  ADD COLUMN IF NOT EXISTS intent_source LowCardinality(String) AFTER language,
  ADD COLUMN IF NOT EXISTS intent_confidence Float32 COMMENT '0 where nothing was classified' CODEC(ZSTD(1)) AFTER intent_source,
  ADD COLUMN IF NOT EXISTS intent_model LowCardinality(String) AFTER intent_confidence,
  ADD COLUMN IF NOT EXISTS language_source LowCardinality(String) AFTER intent_model,
  ADD COLUMN IF NOT EXISTS language_confidence Float32 COMMENT '0 where nothing was classified' CODEC(ZSTD(1)) AFTER language_source,
  ADD COLUMN IF NOT EXISTS language_model LowCardinality(String) AFTER language_confidence,
  ADD COLUMN IF NOT EXISTS response_id String CODEC(ZSTD(1)) AFTER dialect,
  ADD COLUMN IF NOT EXISTS attempt_group UInt64 COMMENT '0 for what is no attempt' CODEC(ZSTD(1)) AFTER response_id,
  ADD COLUMN IF NOT EXISTS attempt_number UInt16 COMMENT '1 for the first; 0 for what is no attempt' CODEC(T64, ZSTD(1)) AFTER attempt_group,
  ADD COLUMN IF NOT EXISTS attempt_of UInt16 CODEC(T64, ZSTD(1)) AFTER attempt_number,
  ADD COLUMN IF NOT EXISTS attempt_superseded UInt8 COMMENT 'failed, and another attempt followed' AFTER attempt_of,
  ADD COLUMN IF NOT EXISTS usage_reading LowCardinality(String) AFTER usage_source,
  ADD COLUMN IF NOT EXISTS usage_reported_in LowCardinality(String) AFTER usage_reading,
  ADD COLUMN IF NOT EXISTS usage_repeated UInt8 COMMENT 'a call below has the same usage: it is not counted here' AFTER usage_reported_in,
  ADD COLUMN IF NOT EXISTS client_reported_in LowCardinality(String) AFTER client_cost_nano;

ALTER TABLE score ADD COLUMN IF NOT EXISTS language LowCardinality(String) AFTER region;

-- Traces with a call whose parents were not in the sink's batch, so that they may have come before or will come later: only
-- there can a call be above a call that came in another delivery.
CREATE TABLE IF NOT EXISTS split_trace
(
  tenant LowCardinality(String),
  trace_id FixedString(16),
  start DateTime('UTC') COMMENT 'when the earliest of its calls known then began' CODEC(Delta(4), ZSTD(1))
)
ENGINE = ${replacing}
PARTITION BY toYYYYMM(start)
ORDER BY (tenant, trace_id)
TTL start + toIntervalDay(40) DELETE
SETTINGS ttl_only_drop_parts = 1, ${window} = 20000;

-- Changes of rows that are no deliveries: together with sunk what a seal is compared with.
CREATE TABLE IF NOT EXISTS touched
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') COMMENT 'start of the five minutes in which the spans began',
  cause LowCardinality(String),
  records UInt64
)
ENGINE = ${summing}(records)
PARTITION BY toYear(bucket)
ORDER BY (tenant, bucket, cause)
SETTINGS ${window} = 20000;

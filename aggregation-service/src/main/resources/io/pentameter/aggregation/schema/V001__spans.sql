-- Spans, their payloads, what the sink took, and the rollups sealed from them.
--
-- ${replacing}, ${summing} and ${window} stand for the engine words: on one node ReplacingMergeTree, SummingMergeTree and
-- non_replicated_deduplication_window; on a cluster their Replicated forms. The window must hold all inserts that can lie
-- between an insert and its repetition; without it a token does nothing.
-- -1 means absent in the columns that say so: a Nullable column costs a second stream for something hardly ever asked.

CREATE TABLE IF NOT EXISTS span
(
  tenant LowCardinality(String),
  trace_id FixedString(16),
  span_id FixedString(8),
  parent_span_id FixedString(8) COMMENT 'zeros for a root',
  start DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  duration_ns Int64 CODEC(T64, ZSTD(1)),
  kind LowCardinality(String),
  name LowCardinality(String),
  is_request UInt8,
  error UInt8,
  failure LowCardinality(String),
  error_type LowCardinality(String),
  error_message String CODEC(ZSTD(3)),
  http_status UInt16 CODEC(T64, ZSTD(1)),
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
  key_id LowCardinality(String),
  dialect LowCardinality(String),
  has_usage UInt8,
  in_uncached Int64 CODEC(T64, ZSTD(1)),
  in_cache_read Int64 CODEC(T64, ZSTD(1)),
  in_cache_write_5m Int64 CODEC(T64, ZSTD(1)),
  in_cache_write_1h Int64 CODEC(T64, ZSTD(1)),
  in_audio Int64 CODEC(T64, ZSTD(1)),
  in_image Int64 CODEC(T64, ZSTD(1)),
  out_text Int64 CODEC(T64, ZSTD(1)),
  out_reasoning Int64 CODEC(T64, ZSTD(1)),
  out_audio Int64 CODEC(T64, ZSTD(1)),
  reported_input Int64 COMMENT '-1 absent' CODEC(T64, ZSTD(1)),
  reported_output Int64 COMMENT '-1 absent' CODEC(T64, ZSTD(1)),
  reported_total Int64 COMMENT '-1 absent' CODEC(T64, ZSTD(1)),
  usage_source LowCardinality(String),
  service_tier LowCardinality(String),
  has_cost UInt8 COMMENT 'there was something to price',
  cost_known UInt8,
  cost_unknown_reason LowCardinality(String),
  cost_nano Int64 COMMENT '1e-9 USD; 0 where not known, so that sums need no condition' CODEC(T64, ZSTD(1)),
  price_version LowCardinality(String),
  price_id LowCardinality(String),
  client_cost_nano Int64 COMMENT '-1 absent' CODEC(T64, ZSTD(1)),
  cost_buckets Array(LowCardinality(String)),
  cost_units Array(Int64),
  cost_unit_prices Array(LowCardinality(String)),
  cost_parts_nano Array(Int64),
  ttft_ns Int64 COMMENT '-1 absent' CODEC(T64, ZSTD(1)),
  attrs Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  tags Array(LowCardinality(String)),
  warnings Array(LowCardinality(String)),
  redacted Array(LowCardinality(String)),
  input_preview String CODEC(ZSTD(3)),
  output_preview String CODEC(ZSTD(3)),
  input_size Int64 CODEC(T64, ZSTD(1)),
  output_size Int64 CODEC(T64, ZSTD(1)),
  payload_truncated UInt8,
  finish_reason LowCardinality(String),
  output_type LowCardinality(String),
  received_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  schema_version UInt16 CODEC(T64, ZSTD(1)),
  kafka_partition UInt16 CODEC(T64, ZSTD(1)),
  kafka_offset UInt64 CODEC(Delta(8), ZSTD(1)),
  retention_days UInt16 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8,
  INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_customer customer TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_user user TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_session session TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_attribute mapKeys(attrs) TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_receipt received_at TYPE minmax GRANULARITY 1,
  CONSTRAINT tenant_is_known CHECK tenant != '',
  CONSTRAINT duration_is_not_negative CHECK duration_ns >= 0
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY (retention_days, toStartOfMonth(start))
PRIMARY KEY (tenant, toStartOfMinute(start), trace_id)
ORDER BY (tenant, toStartOfMinute(start), trace_id, span_id)
TTL toDateTime(start) + toIntervalDay(retention_days) DELETE
SETTINGS ttl_only_drop_parts = 1, ${window} = 20000;

CREATE TABLE IF NOT EXISTS span_payload
(
  tenant LowCardinality(String),
  trace_id FixedString(16),
  span_id FixedString(8),
  start DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  input String CODEC(ZSTD(3)),
  output String CODEC(ZSTD(3)),
  retention_days UInt16 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY (retention_days, toStartOfMonth(start))
ORDER BY (tenant, trace_id, span_id)
TTL toDateTime(start) + toIntervalDay(retention_days) DELETE
SETTINGS ttl_only_drop_parts = 1, index_granularity = 1024, index_granularity_bytes = '64Mi',
  min_compress_block_size = 4194304, max_compress_block_size = 8388608, ${window} = 20000;

-- What the sink took from the log: the accounting's other side, and what a seal is compared with. Records of a bucket
-- only grow in number, so a bucket has changed since its seal exactly if the number differs.
CREATE TABLE IF NOT EXISTS sunk
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') COMMENT 'start of the five minutes in which the spans began; 0 for dead letters',
  received_minute DateTime('UTC'),
  key_id LowCardinality(String),
  reason LowCardinality(String) COMMENT 'of the dead letter; empty for what was stored',
  records UInt64
)
ENGINE = ${summing}(records)
PARTITION BY toYear(bucket)
ORDER BY (tenant, bucket, received_minute, key_id, reason)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS dead_letter
(
  tenant LowCardinality(String),
  topic LowCardinality(String),
  kafka_partition UInt16,
  kafka_offset UInt64,
  reason LowCardinality(String),
  detail String,
  key_id LowCardinality(String),
  received_at DateTime64(6, 'UTC'),
  record String COMMENT 'the record as it lay in the log' CODEC(ZSTD(3))
)
ENGINE = ${replacing}
PARTITION BY toStartOfMonth(received_at)
ORDER BY (tenant, received_at, topic, kafka_partition, kafka_offset)
SETTINGS ${window} = 20000;

-- A seal names the number of records that were in the log's share of the bucket when its rollup rows were made.
CREATE TABLE IF NOT EXISTS seal
(
  rollup LowCardinality(String),
  tenant LowCardinality(String),
  bucket DateTime('UTC'),
  records UInt64,
  sealed_at DateTime64(3, 'UTC'),
  version UInt64
)
ENGINE = ${replacing}(version)
PARTITION BY toYear(bucket)
ORDER BY (rollup, tenant, bucket);

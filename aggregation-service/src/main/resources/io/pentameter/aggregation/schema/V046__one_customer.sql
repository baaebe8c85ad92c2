-- What one customer had is read from a block of some hundred rows in each hour, where it took a block of eight thousand: the hours of a month were
-- read whole. How wide the blocks of a table are is chosen when it is made. Both are sealed again from the spans, which live no shorter than they do.

ALTER TABLE seal DELETE WHERE startsWith(rollup, 'rollup_session_1h') OR startsWith(rollup, 'rollup_customer_1h') SETTINGS mutations_sync = 2;

DROP TABLE IF EXISTS rollup_session_1h;

CREATE TABLE IF NOT EXISTS rollup_session_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  customer String CODEC(ZSTD(1)),
  user String CODEC(ZSTD(1)),
  session String CODEC(ZSTD(1)),
  feature LowCardinality(String),
  environment LowCardinality(String),
  spans UInt64 CODEC(T64, ZSTD(1)),
  requests UInt64 CODEC(T64, ZSTD(1)),
  request_errors UInt64 CODEC(T64, ZSTD(1)),
  model_calls UInt64 CODEC(T64, ZSTD(1)),
  model_call_errors UInt64 CODEC(T64, ZSTD(1)),
  usage_spans UInt64 CODEC(T64, ZSTD(1)),
  input_tokens Int64 CODEC(T64, ZSTD(1)),
  cached_tokens Int64 CODEC(T64, ZSTD(1)),
  output_tokens Int64 CODEC(T64, ZSTD(1)),
  reasoning_tokens Int64 CODEC(T64, ZSTD(1)),
  priceable UInt64 CODEC(T64, ZSTD(1)),
  priced UInt64 CODEC(T64, ZSTD(1)),
  priced_tokens Int64 CODEC(T64, ZSTD(1)),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket, customer)
ORDER BY (tenant, bucket, customer, user, session, feature, environment)
TTL bucket + toIntervalDay(400) DELETE
SETTINGS index_granularity = 512;

DROP TABLE IF EXISTS rollup_customer_1h;

CREATE TABLE IF NOT EXISTS rollup_customer_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  customer String CODEC(ZSTD(1)),
  feature LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  provider LowCardinality(String),
  spans UInt64 CODEC(T64, ZSTD(1)),
  requests UInt64 CODEC(T64, ZSTD(1)),
  request_errors UInt64 CODEC(T64, ZSTD(1)),
  model_calls UInt64 CODEC(T64, ZSTD(1)),
  model_call_errors UInt64 CODEC(T64, ZSTD(1)),
  usage_spans UInt64 CODEC(T64, ZSTD(1)),
  input_tokens Int64 CODEC(T64, ZSTD(1)),
  cached_tokens Int64 CODEC(T64, ZSTD(1)),
  output_tokens Int64 CODEC(T64, ZSTD(1)),
  reasoning_tokens Int64 CODEC(T64, ZSTD(1)),
  priceable UInt64 CODEC(T64, ZSTD(1)),
  priced UInt64 CODEC(T64, ZSTD(1)),
  priced_tokens Int64 CODEC(T64, ZSTD(1)),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket, customer)
ORDER BY (tenant, bucket, customer, feature, environment, model, provider)
TTL bucket + toIntervalDay(400) DELETE
SETTINGS index_granularity = 512;

-- Attributes that a tenant has declared as dimensions of its own, and their sums for each hour. A declaration is the whole list, in a row that is never
-- changed; the last one counts. How many there are is part of what a seal notes, so each makes the tenant's sealed hours old.

CREATE TABLE IF NOT EXISTS own_dimension
(
  tenant LowCardinality(String),
  version UInt64 COMMENT 'microseconds, growing with each declaration of the tenant',
  change_id String,
  attributes Array(String) COMMENT 'names without attr., all that are declared from then on',
  changed_by String,
  changed_at DateTime64(6, 'UTC'),
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}
ORDER BY (tenant, version, change_id)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS rollup_own_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  own_key LowCardinality(String) COMMENT 'a declared attribute; every span is in one row of each',
  own_value String COMMENT 'empty if the span does not have it' CODEC(ZSTD(1)),
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
PRIMARY KEY (tenant, own_key, bucket)
ORDER BY (tenant, own_key, bucket, own_value, feature, environment, model, provider)
TTL bucket + toIntervalDay(400) DELETE;

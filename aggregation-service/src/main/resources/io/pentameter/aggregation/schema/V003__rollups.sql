-- Rollups. A bucket is sealed from the deduplicated spans and sealed again when spans in it change; nothing is ever added
-- to a row. Groups that vanish are marked deleted by the seal that no longer has them. Histograms hold the logarithmic
-- buckets of statistics.quantile.LogBuckets, values in nanoseconds.

-- The panels of most people: few groups, so that a histogram stands for many spans.
CREATE TABLE IF NOT EXISTS rollup_model_5m
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  feature LowCardinality(String),
  environment LowCardinality(String),
  kind LowCardinality(String),
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
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  timed_output_tokens Int64 CODEC(T64, ZSTD(1)),
  timed_ns Int64 CODEC(T64, ZSTD(1)),
  request_latency Map(Int16, UInt64) CODEC(ZSTD(1)),
  model_latency Map(Int16, UInt64) CODEC(ZSTD(1)),
  ttft Map(Int16, UInt64) CODEC(ZSTD(1)),
  version UInt64,
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket)
ORDER BY (tenant, bucket, feature, environment, kind, model, provider);

-- Every dimension of few values; an hour, so that a group still holds spans enough.
CREATE TABLE IF NOT EXISTS rollup_wide_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  feature LowCardinality(String),
  route LowCardinality(String),
  intent LowCardinality(String),
  environment LowCardinality(String),
  region LowCardinality(String),
  release LowCardinality(String),
  service LowCardinality(String),
  operation LowCardinality(String),
  kind LowCardinality(String),
  model LowCardinality(String),
  provider LowCardinality(String),
  prompt_name LowCardinality(String),
  prompt_version LowCardinality(String),
  key_id LowCardinality(String),
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
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  timed_output_tokens Int64 CODEC(T64, ZSTD(1)),
  timed_ns Int64 CODEC(T64, ZSTD(1)),
  request_latency Map(Int16, UInt64) CODEC(ZSTD(1)),
  model_latency Map(Int16, UInt64) CODEC(ZSTD(1)),
  ttft Map(Int16, UInt64) CODEC(ZSTD(1)),
  version UInt64,
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket)
ORDER BY (tenant, bucket, feature, route, intent, environment, region, release, service, operation, kind, model, provider, prompt_name, prompt_version, key_id);

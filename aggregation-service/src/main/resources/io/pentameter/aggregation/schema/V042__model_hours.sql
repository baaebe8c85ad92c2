-- What features and models had in an hour, sums only: dashboards of weeks read these rows. Sealed as the other rollups are.

CREATE TABLE IF NOT EXISTS rollup_model_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  feature LowCardinality(String),
  route LowCardinality(String),
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
  priced_tokens Int64 CODEC(T64, ZSTD(1)),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  timed_output_tokens Int64 CODEC(T64, ZSTD(1)),
  timed_ns Int64 CODEC(T64, ZSTD(1)),
  failures UInt64 CODEC(T64, ZSTD(1)),
  visible_failures UInt64 CODEC(T64, ZSTD(1)),
  hidden_failures UInt64 CODEC(T64, ZSTD(1)),
  attempts UInt64 CODEC(T64, ZSTD(1)),
  attempted_requests UInt64 CODEC(T64, ZSTD(1)),
  retried_requests UInt64 CODEC(T64, ZSTD(1)),
  waste_priceable UInt64 CODEC(T64, ZSTD(1)),
  waste_priced UInt64 CODEC(T64, ZSTD(1)),
  waste_nano Int64 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket)
ORDER BY (tenant, bucket, feature, route, environment, kind, model, provider);

-- What each customer had on a day: sums only, for of customers there may be a million. Sealed as the other rollups are.

CREATE TABLE IF NOT EXISTS rollup_customer_1d
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  customer String CODEC(ZSTD(1)),
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
PRIMARY KEY (tenant, bucket, customer)
ORDER BY (tenant, bucket, customer)
TTL bucket + toIntervalDay(400) DELETE;

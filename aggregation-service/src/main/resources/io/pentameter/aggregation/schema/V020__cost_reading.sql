-- Tokens that have a price, so that the coverage by tokens is known without reading the spans. And columns that the cost of
-- failures, retries and outcomes is read from, as far as they are not there already.

ALTER TABLE rollup_model_5m ADD COLUMN IF NOT EXISTS priced_tokens Int64 CODEC(T64, ZSTD(1)) AFTER priced;

ALTER TABLE rollup_wide_1h ADD COLUMN IF NOT EXISTS priced_tokens Int64 CODEC(T64, ZSTD(1)) AFTER priced;

ALTER TABLE span
  ADD COLUMN IF NOT EXISTS attempt_group UInt64 CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS attempt_number UInt16 CODEC(T64, ZSTD(1)),
  ADD COLUMN IF NOT EXISTS attempt_of UInt16 CODEC(T64, ZSTD(1)),
  ADD COLUMN IF NOT EXISTS attempt_superseded UInt8,
  ADD COLUMN IF NOT EXISTS usage_repeated UInt8;

ALTER TABLE outcome
  ADD COLUMN IF NOT EXISTS success Nullable(UInt8),
  ADD COLUMN IF NOT EXISTS value_nano Nullable(Int64),
  ADD COLUMN IF NOT EXISTS is_deleted UInt8;

-- Shared costs. Every version of a pool stays: what was allocated yesterday can be worked out again from what stood yesterday.
-- The last version of an id counts; a deletion is a version too.

CREATE TABLE IF NOT EXISTS cost_pool
(
  tenant LowCardinality(String),
  pool_id String,
  version UInt64 COMMENT 'microseconds since the epoch at which it was changed',
  is_deleted UInt8,
  name String,
  definition String COMMENT 'the terms as JSON, in the words of the API; amounts as decimal numbers',
  changed_by String,
  changed_at DateTime64(6, 'UTC'),
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}
ORDER BY (tenant, pool_id, version)
SETTINGS ${window} = 20000;

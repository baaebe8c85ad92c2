-- Since when tenants' data is kept: what began before is deleted, or is about to be. Nothing before that time is sealed again, for its spans
-- are gone; the rollups without names keep what they have. The latest time counts: what was deleted once does not come back.

CREATE TABLE IF NOT EXISTS kept_since
(
  tenant LowCardinality(String),
  since DateTime('UTC') COMMENT 'a midnight',
  days UInt16 COMMENT 'that the tenant keeps its data',
  at DateTime64(3, 'UTC') COMMENT 'when it was written down',
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}(since)
ORDER BY tenant;

-- Sums of days without names outlive the spans, as those of hours and of five minutes do.
ALTER TABLE rollup_model_1d MODIFY TTL bucket + toIntervalDay(3650) DELETE;

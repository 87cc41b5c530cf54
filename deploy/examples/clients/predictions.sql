-- Flink SQL over the topics of predictions, explanations and alerts with kafka.format: json.
-- Needs Flink's connector for Kafka and its format for JSON. The last line of each table's options
-- ends the reading at what is there now; leave it out for a job that goes on.

CREATE TABLE predictions (
  asset STRING,
  `time` TIMESTAMP_LTZ(3),
  prediction DOUBLE,
  `lower` DOUBLE,
  `upper` DOUBLE,
  expectedError DOUBLE,
  baseline DOUBLE,
  contributions MAP<STRING, DOUBLE>,
  channels ARRAY<ROW<channel STRING, contribution DOUBLE>>,
  present ARRAY<STRING>,
  modelVersion BIGINT,
  explanation ROW<status STRING, effectiveSamples DOUBLE, conditional MAP<STRING, DOUBLE>>,
  WATERMARK FOR `time` AS `time` - INTERVAL '1' HOUR
) WITH (
  'connector' = 'kafka',
  'topic' = 'plant.predictions',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'scan.bounded.mode' = 'latest-offset'
);

CREATE TABLE explanations (
  asset STRING,
  `time` TIMESTAMP_LTZ(3),
  status STRING,
  reason STRING,
  effectiveSamples DOUBLE,
  information MAP<STRING, DOUBLE>,
  conditional MAP<STRING, DOUBLE>,
  shapley MAP<STRING, DOUBLE>
) WITH (
  'connector' = 'kafka',
  'topic' = 'plant.explanations',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'scan.bounded.mode' = 'latest-offset'
);

CREATE TABLE alerts (
  id STRING,
  kind STRING,
  state STRING,
  asset STRING,
  modality STRING,
  channel STRING,
  openedAt TIMESTAMP_LTZ(3),
  resolvedAt TIMESTAMP_LTZ(3),
  message STRING,
  cause STRING,
  `measures` ARRAY<ROW<name STRING, unit STRING, `before` DOUBLE, `after` DOUBLE>>
) WITH (
  'connector' = 'kafka',
  'topic' = 'plant.alerts',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'scan.bounded.mode' = 'latest-offset'
);

-- How wide were the intervals, and how much did each modality move the predictions?
SELECT asset, modality, COUNT(*) AS predictions,
       AVG(`upper` - `lower`) AS mean_width, AVG(ABS(contribution)) AS mean_contribution
FROM predictions CROSS JOIN UNNEST(contributions) AS c (modality, contribution)
GROUP BY asset, modality;

-- What each modality knew that the others did not, in bits, as the newest block says.
SELECT asset, `time`, modality, bits
FROM (
  SELECT asset, `time`, conditional,
         ROW_NUMBER() OVER (PARTITION BY asset ORDER BY `time` DESC) AS newest
  FROM explanations
  WHERE status = 'OK'
) CROSS JOIN UNNEST(conditional) AS c (modality, bits)
WHERE newest = 1;

-- Alerts that were opened.
SELECT openedAt, asset, kind, modality, message FROM alerts WHERE state = 'OPEN';

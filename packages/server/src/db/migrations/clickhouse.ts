/**
 * Migrations of the event store, applied in order and never changed once released.
 *
 * `trace_key` and `span_key` are the ids as one number each, by which the overview groups and joins four times faster than by text. The text
 * indexes cut ASCII words and single other characters (see `traces/text.ts`).
 */
export const clickhouseMigrations: readonly { name: string; statements: readonly string[] }[] = [
  {
    name: '0001_spans_and_feedback',
    statements: [
      `CREATE TABLE IF NOT EXISTS spans (
        project_id LowCardinality(String),
        trace_id String,
        span_id String,
        parent_span_id String,
        name String,
        kind LowCardinality(String),
        start_time DateTime64(3, 'UTC'),
        end_time DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
        duration_ms Float64,
        first_token_ms Nullable(Float64),
        status LowCardinality(String),
        status_message String,
        model LowCardinality(String),
        provider LowCardinality(String),
        prompt_name LowCardinality(String),
        prompt_version LowCardinality(String),
        parameters String,
        input String CODEC(ZSTD(1)),
        output String CODEC(ZSTD(1)),
        input_text String CODEC(ZSTD(1)),
        output_text String CODEC(ZSTD(1)),
        tools String CODEC(ZSTD(1)),
        documents String CODEC(ZSTD(1)),
        input_tokens Nullable(Float64),
        output_tokens Nullable(Float64),
        cache_read_tokens Nullable(Float64),
        cache_write_tokens Nullable(Float64),
        reasoning_tokens Nullable(Float64),
        cost_usd Nullable(Float64),
        session_id String,
        user_id String,
        release LowCardinality(String),
        environment LowCardinality(String),
        service LowCardinality(String),
        tags Array(LowCardinality(String)),
        metadata Map(LowCardinality(String), String),
        attributes Map(LowCardinality(String), String),
        events String CODEC(ZSTD(1)),
        ingest_version UInt64,
        trace_key UInt64 MATERIALIZED cityHash64(trace_id) CODEC(NONE),
        span_key UInt64 MATERIALIZED cityHash64(trace_id, span_id) CODEC(NONE),
        INDEX ix_span span_id TYPE bloom_filter(0.001) GRANULARITY 4,
        INDEX ix_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 4,
        INDEX ix_session session_id TYPE bloom_filter(0.01) GRANULARITY 4,
        INDEX ix_input input_text TYPE text(tokenizer = asciiCJK, preprocessor = lower(input_text)),
        INDEX ix_output output_text TYPE text(tokenizer = asciiCJK, preprocessor = lower(output_text))
      ) ENGINE = ReplacingMergeTree(ingest_version)
      PARTITION BY toYYYYMM(start_time)
      ORDER BY (project_id, toStartOfHour(start_time), trace_id, span_id)
      SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1`,
      `CREATE TABLE IF NOT EXISTS feedback (
        project_id LowCardinality(String),
        trace_id String,
        span_id String,
        identity String,
        feedback_id String,
        session_id String,
        target_kind LowCardinality(String),
        document_index Nullable(UInt32),
        outputs Array(String),
        criterion LowCardinality(String),
        kind LowCardinality(String),
        value String CODEC(ZSTD(1)),
        score Nullable(Float64),
        label LowCardinality(String),
        author_kind LowCardinality(String),
        author_id String,
        author_role LowCardinality(String),
        identifier String,
        rationale String CODEC(ZSTD(1)),
        time DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
        received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
        metadata Map(LowCardinality(String), String),
        presentation String CODEC(ZSTD(1)),
        version UInt64,
        is_deleted UInt8,
        trace_key UInt64 MATERIALIZED if(trace_id = '', 0, cityHash64(trace_id)) CODEC(NONE),
        span_key UInt64 MATERIALIZED if(span_id = '', 0, cityHash64(trace_id, span_id)) CODEC(NONE),
        INDEX ix_feedback feedback_id TYPE bloom_filter(0.001) GRANULARITY 4,
        INDEX ix_outputs outputs TYPE bloom_filter(0.001) GRANULARITY 4,
        INDEX ix_session session_id TYPE bloom_filter(0.01) GRANULARITY 4
      ) ENGINE = ReplacingMergeTree(version, is_deleted)
      ORDER BY (project_id, trace_id, span_id, identity)
      SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1`,
    ],
  },
  {
    name: '0002_consensus',
    statements: [
      // One row for each item that several people judged on a criterion; with an empty item, where the criterion's rows come from.
      `CREATE TABLE IF NOT EXISTS consensus (
        project_id LowCardinality(String),
        criterion LowCardinality(String),
        kind LowCardinality(String),
        item String,
        trace_id String,
        span_id String,
        session_id String,
        value String CODEC(ZSTD(1)),
        score Nullable(Float64),
        sd Nullable(Float64),
        probability Nullable(Float64),
        posterior String CODEC(ZSTD(1)),
        votes UInt32,
        time DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
        spread Float64,
        method LowCardinality(String),
        source String CODEC(ZSTD(1)),
        version UInt64,
        is_deleted UInt8,
        judged_key UInt64 MATERIALIZED cityHash64(criterion, kind, item) CODEC(NONE),
        trace_key UInt64 MATERIALIZED if(trace_id = '', 0, cityHash64(trace_id)) CODEC(NONE),
        span_key UInt64 MATERIALIZED if(span_id = '', 0, cityHash64(trace_id, span_id)) CODEC(NONE)
      ) ENGINE = ReplacingMergeTree(version, is_deleted)
      ORDER BY (project_id, criterion, kind, item)
      SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1`,
      // The item of a reviewer's score as one number, by which the overview finds its consensus; 0 for everybody else's feedback.
      `ALTER TABLE feedback ADD COLUMN IF NOT EXISTS judged_key UInt64 MATERIALIZED if(
        author_kind = 'human' AND author_role != 'end_user' AND author_id != '' AND kind IN ('rating', 'thumbs'),
        cityHash64(criterion, kind, multiIf(
          target_kind = 'session', concat('session ', session_id),
          target_kind = 'document', concat(trace_id, ':', span_id, '#', toString(document_index)),
          concat(trace_id, ':', span_id))),
        0) CODEC(NONE)`,
    ],
  },
  {
    name: '0003_small_inserts',
    // Feedback comes a few rows at a time. By default the engine merges each of these again and again with what is there, and counts distinct
    // values that no query of ours asks for: most of what an insert costs.
    statements: ['feedback', 'consensus'].map(
      (table) => `ALTER TABLE ${table} MODIFY SETTING merge_selector_base = 10, auto_statistics_types = ''`,
    ),
  },
]

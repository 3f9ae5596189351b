/** What vectors of outputs cost each project, and each training. */
export const embeddingMigration = {
  name: '0005_vectors_of_outputs',
  sql: `
    CREATE TABLE embedding_usage (
      project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
      model text NOT NULL,
      texts bigint NOT NULL,
      requests bigint NOT NULL,
      tokens bigint NOT NULL,
      cost_usd double precision,
      since timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (project_id, model)
    );
    ALTER TABLE reward_run ADD COLUMN vectors jsonb;
  `,
} as const

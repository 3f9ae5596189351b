/** Data sets, runs over them, and reward models that are served elsewhere. */
export const learningMigration = {
  name: '0003_data_sets_and_runs',
  sql: `
    CREATE TABLE dataset (
      id uuid PRIMARY KEY,
      project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
      name text NOT NULL,
      version integer NOT NULL CHECK (version > 0),
      state text NOT NULL CHECK (state IN ('building', 'ready', 'failed')),
      description text NOT NULL,
      licence text NOT NULL,
      provenance text NOT NULL,
      definition jsonb NOT NULL,
      card jsonb,
      checksum text,
      rows integer NOT NULL DEFAULT 0,
      error text,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (project_id, name, version)
    );
    CREATE INDEX ON dataset (project_id, created_at DESC, id DESC);
    CREATE TABLE dataset_chunk (
      dataset_id uuid NOT NULL REFERENCES dataset ON DELETE CASCADE,
      number integer NOT NULL,
      rows integer NOT NULL,
      lines bytea NOT NULL,
      PRIMARY KEY (dataset_id, number)
    );
    CREATE TABLE dataset_file (
      dataset_id uuid PRIMARY KEY REFERENCES dataset ON DELETE CASCADE,
      file bytea NOT NULL
    );
    CREATE TABLE reward_run (
      id uuid PRIMARY KEY,
      project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('train', 'evaluate')),
      state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
      dataset_id uuid NOT NULL REFERENCES dataset ON DELETE CASCADE,
      model_id uuid REFERENCES reward_model ON DELETE SET NULL,
      name text NOT NULL,
      options jsonb NOT NULL,
      progress jsonb NOT NULL,
      card jsonb,
      error text,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      started_at timestamptz,
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON reward_run (project_id, created_at DESC);
    ALTER TABLE reward_model
      ALTER COLUMN file DROP NOT NULL,
      ADD COLUMN endpoint jsonb,
      ADD COLUMN endpoint_key text,
      ADD COLUMN sample_rate double precision NOT NULL DEFAULT 1,
      ADD COLUMN activated_at timestamptz;
  `,
} as const

/** Rubrics, guidelines and queues. */
export const reviewMigration = {
  name: '0002_review',
  sql: `
    CREATE TABLE document (
      id uuid PRIMARY KEY,
      project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('rubric', 'guideline')),
      newest integer NOT NULL DEFAULT 1,
      archived boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON document (project_id, kind);
    CREATE TABLE document_version (
      document_id uuid NOT NULL REFERENCES document ON DELETE CASCADE,
      version integer NOT NULL CHECK (version > 0),
      name text NOT NULL,
      content jsonb NOT NULL,
      note text NOT NULL DEFAULT '',
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (document_id, version)
    );
    CREATE TABLE guideline_acknowledgement (
      guideline_id uuid NOT NULL REFERENCES document ON DELETE CASCADE,
      version integer NOT NULL,
      person_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (guideline_id, version, person_id)
    );
    CREATE TABLE queue (
      id uuid PRIMARY KEY,
      project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
      name text NOT NULL,
      item_kind text NOT NULL CHECK (item_kind IN ('span', 'trace', 'session', 'comparison')),
      rubric_id uuid NOT NULL REFERENCES document,
      guideline_id uuid REFERENCES document,
      overlap integer NOT NULL CHECK (overlap > 0),
      settings jsonb NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paused', 'archived')),
      rule_from timestamptz,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON queue (project_id);
    CREATE TABLE queue_item (
      id uuid PRIMARY KEY,
      queue_id uuid NOT NULL REFERENCES queue ON DELETE CASCADE,
      target jsonb NOT NULL,
      target_key text NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'needs_lead', 'removed')),
      priority integer NOT NULL DEFAULT 0,
      position double precision NOT NULL,
      slots_open integer NOT NULL CHECK (slots_open >= 0),
      judged integer NOT NULL DEFAULT 0,
      gold jsonb,
      stratum text,
      inclusion_probability double precision,
      plan jsonb,
      preview text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (queue_id, target_key)
    );
    CREATE INDEX queue_item_open ON queue_item (queue_id, priority DESC, position) WHERE state = 'open' AND slots_open > 0 AND gold IS NULL;
    CREATE INDEX queue_item_gold ON queue_item (queue_id, position) WHERE gold IS NOT NULL;
    CREATE INDEX queue_item_page ON queue_item (queue_id, id);
    CREATE TABLE assignment (
      id uuid PRIMARY KEY,
      item_id uuid NOT NULL REFERENCES queue_item ON DELETE CASCADE,
      queue_id uuid NOT NULL REFERENCES queue ON DELETE CASCADE,
      person_id text NOT NULL,
      state text NOT NULL CHECK (state IN ('leased', 'expired', 'submitted', 'late', 'skipped')),
      expires_at timestamptz,
      side_order jsonb NOT NULL DEFAULT '[]',
      draft jsonb,
      bookmarked boolean NOT NULL DEFAULT false,
      lead_note text,
      challenge text,
      skip_reason text,
      skip_note text,
      submission_id uuid,
      answers jsonb,
      rationales jsonb,
      presentation jsonb,
      rubric_version integer,
      guideline_version integer,
      active_ms double precision NOT NULL DEFAULT 0,
      gold_correct double precision,
      claimed_at timestamptz NOT NULL DEFAULT now(),
      submitted_at timestamptz,
      published boolean NOT NULL DEFAULT true,
      UNIQUE (item_id, person_id)
    );
    CREATE INDEX assignment_lease ON assignment (expires_at) WHERE state = 'leased';
    CREATE INDEX assignment_person ON assignment (queue_id, person_id, state);
    CREATE INDEX assignment_unpublished ON assignment (submitted_at) WHERE NOT published;
    CREATE INDEX assignment_challenge ON assignment (queue_id) WHERE challenge IS NOT NULL;
    CREATE TABLE decision (
      item_id uuid PRIMARY KEY REFERENCES queue_item ON DELETE CASCADE,
      person_id text NOT NULL,
      answers jsonb NOT NULL,
      rationales jsonb NOT NULL DEFAULT '{}',
      errors jsonb NOT NULL DEFAULT '[]',
      note text NOT NULL DEFAULT '',
      time timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE queue_person (
      queue_id uuid NOT NULL REFERENCES queue ON DELETE CASCADE,
      person_id text NOT NULL,
      paused_reason text,
      qualified_at timestamptz,
      changed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (queue_id, person_id)
    );
    CREATE TABLE person_skill (
      project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
      person_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      skill text NOT NULL,
      PRIMARY KEY (project_id, person_id, skill)
    );
  `,
} as const

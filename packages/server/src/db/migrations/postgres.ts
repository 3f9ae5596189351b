import { embeddingMigration } from './embedding.ts'
import { learningMigration } from './learning.ts'
import { reviewMigration } from './review.ts'
import { reviewWatchMigration } from './review-watch.ts'

/** Migrations of the transactional store, applied in order, each in one transaction, and never changed once released. */
export const postgresMigrations: readonly { name: string; sql: string }[] = [
  {
    name: '0001_people_projects_and_models',
    sql: `
      CREATE TABLE "user" (
        id text PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL UNIQUE,
        "emailVerified" boolean NOT NULL DEFAULT false,
        image text,
        "createdAt" timestamptz NOT NULL DEFAULT now(),
        "updatedAt" timestamptz NOT NULL DEFAULT now(),
        "mustChangePassword" boolean NOT NULL DEFAULT false
      );
      CREATE TABLE session (
        id text PRIMARY KEY,
        "expiresAt" timestamptz NOT NULL,
        token text NOT NULL UNIQUE,
        "createdAt" timestamptz NOT NULL DEFAULT now(),
        "updatedAt" timestamptz NOT NULL DEFAULT now(),
        "ipAddress" text,
        "userAgent" text,
        "userId" text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE
      );
      CREATE INDEX ON session ("userId");
      CREATE TABLE account (
        id text PRIMARY KEY,
        "accountId" text NOT NULL,
        "providerId" text NOT NULL,
        "userId" text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
        "accessToken" text,
        "refreshToken" text,
        "idToken" text,
        "accessTokenExpiresAt" timestamptz,
        "refreshTokenExpiresAt" timestamptz,
        scope text,
        password text,
        "createdAt" timestamptz NOT NULL DEFAULT now(),
        "updatedAt" timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ON account ("userId");
      CREATE TABLE verification (
        id text PRIMARY KEY,
        identifier text NOT NULL,
        value text NOT NULL,
        "expiresAt" timestamptz NOT NULL,
        "createdAt" timestamptz NOT NULL DEFAULT now(),
        "updatedAt" timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ON verification (identifier);

      CREATE TABLE project (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        slug text NOT NULL UNIQUE,
        settings jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE membership (
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('owner', 'engineer', 'lead', 'reviewer')),
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (project_id, user_id)
      );
      CREATE INDEX ON membership (user_id);
      CREATE TABLE api_key (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        name text NOT NULL,
        public_key text NOT NULL UNIQUE,
        secret_hash text NOT NULL UNIQUE,
        secret_hint text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX ON api_key (project_id);
      CREATE TABLE reward_model (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        name text NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        state text NOT NULL CHECK (state IN ('active', 'shadow', 'archived')),
        file bytea NOT NULL,
        report jsonb NOT NULL,
        training jsonb NOT NULL DEFAULT '{}',
        scored_to timestamptz,
        backfill jsonb,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (project_id, name, version)
      );
      CREATE UNIQUE INDEX reward_model_one_active ON reward_model (project_id) WHERE state = 'active';
      CREATE TABLE audit_log (
        id uuid PRIMARY KEY,
        project_id uuid REFERENCES project ON DELETE SET NULL,
        actor text NOT NULL,
        action text NOT NULL,
        subject text NOT NULL,
        detail jsonb NOT NULL DEFAULT '{}',
        time timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ON audit_log (project_id, time DESC);
      CREATE TABLE setting (name text PRIMARY KEY, value jsonb NOT NULL);
    `,
  },
  reviewMigration,
  learningMigration,
  reviewWatchMigration,
  embeddingMigration,
]

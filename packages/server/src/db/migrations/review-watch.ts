/** Who stopped a person and since when they are watched; webhooks and what was sent to them. */
export const reviewWatchMigration = {
  name: '0004_review_watch_and_webhooks',
  sql: `
    ALTER TABLE queue_person ADD COLUMN paused_by text CHECK (paused_by IN ('lead', 'test', 'watch'));
    ALTER TABLE queue_person ADD COLUMN watched_from timestamptz;
    ALTER TABLE queue_item ADD COLUMN plan_version text;
    CREATE INDEX assignment_submitted ON assignment (queue_id, submitted_at) WHERE state = 'submitted';
    CREATE TABLE webhook (
      id uuid PRIMARY KEY,
      project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
      queue_id uuid REFERENCES queue ON DELETE CASCADE,
      url text NOT NULL,
      secret text NOT NULL,
      enabled boolean NOT NULL DEFAULT true,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON webhook (project_id);
    CREATE TABLE webhook_delivery (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      webhook_id uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
      event text NOT NULL,
      item_id uuid REFERENCES queue_item ON DELETE CASCADE,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL DEFAULT now(),
      status integer,
      problem text,
      created_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now()),
      delivered_at timestamptz
    );
    CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE state = 'waiting';
    CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook_id, created_at DESC, id);
    CREATE FUNCTION note_item_done() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO webhook_delivery (webhook_id, event, item_id) SELECT w.id, 'item.done', NEW.id FROM webhook w JOIN queue q ON q.id = NEW.queue_id
        WHERE w.project_id = q.project_id AND w.enabled AND (w.queue_id IS NULL OR w.queue_id = q.id) ; RETURN NULL ; END $$;
    CREATE TRIGGER item_done AFTER UPDATE OF state ON queue_item FOR EACH ROW
      WHEN (OLD.state <> 'done' AND NEW.state = 'done' AND NEW.gold IS NULL) EXECUTE FUNCTION note_item_done();
  `,
} as const

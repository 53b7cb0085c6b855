-- What an account's owner is still to be told of: written with the event, deleted once the message was handed over. No reference to the event, which
-- would have PostgreSQL read its table, and so every two sign-ins at once would conflict.
CREATE TABLE notices (
    event_id BIGINT NOT NULL PRIMARY KEY,
    due_at BIGINT NOT NULL,
    tries INTEGER NOT NULL
);

CREATE INDEX notices_due ON notices (due_at);
